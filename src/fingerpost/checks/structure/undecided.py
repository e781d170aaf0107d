"""FP312: what could not be decided within a budget, and so is not proved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...model.base import replace
from ...model.diagnostics import UNDECIDED, Diagnostic

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
    return Diagnostic(UNDECIDED, f"it is not decided {what}: {why}", span, hint=hint)


def in_one(mistakes: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Mistakes in their order, with the first of what was not decided in place of all of it: a
    library for which the budget is too small has thousands, which would hide every other."""
    found = sorted(mistakes, key=lambda mistake: mistake.order)
    others = tuple(each for each in found if each.code != UNDECIDED)
    count = len(found) - len(others)
    if not count:
        return others
    first = found[len(others)]
    what, _, why = first.message.rpartition(": ")
    more = f", and {count - 1:,} more" if count > 1 else ""
    return (*others, replace(first, message=f"{what}{more}: {why}", count=count))
