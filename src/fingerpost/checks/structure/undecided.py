"""FP312: what could not be decided within the node budget, and so is not proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model.diagnostics import Diagnostic

if TYPE_CHECKING:
    from ...model.diagnostics import Span
    from ...proof.prover import Proofs


def undecided(what: str, span: Span, proofs: Proofs) -> Diagnostic:
    """The mistake for a question that was left open. ``what`` begins with "whether"."""
    return Diagnostic(
        "FP312",
        f"it is not decided {what}: it would take more than {proofs.node_budget:,} states to keep",
        span,
        hint="read fewer facts in the conditions that decide it, or part the tree in two",
    )
