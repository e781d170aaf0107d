"""FP312: what could not be decided, since there was no room, and so is not proved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ...model.base import replace
from ...model.diagnostics import UNDECIDED, Diagnostic, Span
from ...proof.prover import Key, Met, Proofs, Search


def undecided(what: str, span: Span, proofs: Proofs) -> Diagnostic:
    """The mistake for a question that was left open. ``what`` begins with "whether"."""
    why = f"all proofs together would tell apart more than {proofs.room.most:,} kinds of people"
    hint = "read fewer facts in its conditions, or part the library in two"
    return Diagnostic(UNDECIDED, f"it is not decided {what}: {why}", span, hint=hint)


def judged(
    proofs: Proofs,
    search: Search[Key],
    mistake: Callable[[Key, Met], Diagnostic],
    what: str,
    span: Span,
) -> Iterator[Diagnostic]:
    """The mistakes that a search found, each with its witness; or, if it found none and could not
    be ended, that. ``what`` begins with "whether"."""
    for key, met in search.found.items():
        way = met.witness
        yield replace(mistake(key, met), witness=way.words(proofs.library), begins=way.tree)
    if not search.found and not search.complete:
        yield undecided(what, span, proofs)


def in_one(mistakes: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Mistakes in their order, with the first of what was not decided in place of all of it: a
    library for which the budget is too small has thousands, which would hide every other."""
    found = sorted(mistakes, key=lambda mistake: mistake.order)
    first, *others = [each for each in found if each.code == UNDECIDED] or (None,)
    if first is None:
        return tuple(found)
    what, _, why = first.message.rpartition(": ")
    more = f", and {len(others):,} more" if others else ""
    told = replace(first, message=f"{what}{more}: {why}", count=len(others) + 1)
    left = (each for each in found if each is first or each.code != UNDECIDED)
    return tuple(told if each is first else each for each in left)
