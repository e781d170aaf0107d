"""A made-up case, walked: its answers are given where somebody asks for their facts."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Case, Library, Question
from .walk import Walk, fits


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
    if any(reply.place == (walk.tree.name, here.name) for reply in walk.replies):
        return None
    if isinstance(here, Question):
        values = case.answers.get(here.fact, frozenset())
        return walk.answer(values) if fits(here, values) else None
    if here.name == case.expect.outcome or here.carry_on is None:
        return None
    return walk.carry_on()
