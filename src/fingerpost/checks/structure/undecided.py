"""FP312: what could not be decided within a budget, and so is not proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model.diagnostics import Diagnostic

if TYPE_CHECKING:
    from ...model.diagnostics import Span
    from ...proof.prover import Proofs


def undecided(what: str, span: Span, proofs: Proofs) -> Diagnostic:
    """The mistake for a question that was left open. ``what`` begins with "whether"."""
    why = f"it would take more than {proofs.node_budget:,} states to keep"
    hint = "read fewer facts in the conditions that decide it, or part the tree in two"
    if proofs.work.is_spent:
        why = f"all proofs together would take more than {proofs.work.budget:,} steps of work"
        hint = "part the library in two, or read fewer facts in its conditions"
    return Diagnostic("FP312", f"it is not decided {what}: {why}", span, hint=hint)
