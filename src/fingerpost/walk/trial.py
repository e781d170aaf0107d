"""A made-up case, walked: its answers are given where somebody asks for their facts."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.case import Case
from ..model.library import Library
from ..model.tree import Question
from .walk import Walk, answer_in


def steps(library: Library, case: Case) -> Iterator[Walk]:
    """The walk at each step that the case comes to, in order; there is at least one.

    From an ending that is not the one it expects it goes on, if there is a way on. It stops at a
    question that it does not answer, and where it would go in a circle.
    """
    walk: Walk | None = Walk.begin(library, case.tree)
    while walk is not None:
        yield walk
        walk = _next(walk, case)


def tried(library: Library, case: Case) -> Walk:
    """The walk where the case ends, or where it can go no further."""
    *_, last = steps(library, case)
    return last


def _next(walk: Walk, case: Case) -> Walk | None:
    here = walk.here
    if walk.comes_round:
        return None
    if isinstance(here, Question):
        values = answer_in(case.answers, here)
        return None if values is None else walk.answer(values)
    if here.name == case.expect.outcome or here.carry_on is None:
        return None
    return walk.carry_on()
