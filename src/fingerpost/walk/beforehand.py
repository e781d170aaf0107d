"""Answers that are there before anybody is asked: from a command line, or from a sheet's code."""

from __future__ import annotations

from ..model.base import replace
from ..model.facts import Facts
from ..model.tree import Question
from .walk import Reply, Walk, answer_in


def answered(walk: Walk, facts: Facts, *, carry_on: bool = False) -> Walk:
    """The walk as far as these facts answer what it asks; also what a walk always asks.

    ``carry_on`` leaves endings that have a way on. It stops where nothing here is an answer, at
    an ending, and where it would go in a circle.
    """
    onward: Walk | None = walk
    while onward is not None:
        walk = onward
        onward = _next(walk, facts, carry_on=carry_on)
    return walk


def _next(walk: Walk, facts: Facts, *, carry_on: bool) -> Walk | None:
    here = walk.here
    if walk.comes_round:
        return None
    if isinstance(here, Question):
        values = answer_in(facts, here)
        return None if values is None else walk.answer(values)
    return walk.carry_on() if carry_on and here.carry_on is not None else None


def asked_again(walk: Walk) -> Walk:
    """The same walk, taken again by somebody who has to be asked what is always asked.

    It stands at the first such question, and the answers that come after are used where they are
    met. An ending that was left for more questions is shown again: whoever is in danger today may
    not be led past it.
    """
    again = tuple(reply for reply in walk.replies if _holds_today(walk, reply))
    begun = replace(Walk.begin(walk.library, walk.start.tree, walk.given), kept=again)
    for reply in again:
        if reply.place == (begun.tree.name, begun.here.name):
            return begun.answer(reply.values)
    return begun


def _holds_today(walk: Walk, reply: Reply) -> bool:
    """Whether a reply is an answer, and to a question that need not be asked again."""
    question = walk.library.trees[reply.tree].questions.get(reply.step)
    return question is not None and not walk.library.always_asks(question.fact)
