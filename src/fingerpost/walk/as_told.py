"""The way through the real tree of the person in a made-up case, by what is known of them."""

from __future__ import annotations

from ..model.case import Case
from ..model.facts import NOT_SURE, Facts
from ..model.library import Library
from ..model.tree import Outcome, Question
from .walk import Walk, answer_in


def as_told(
    library: Library, case: Case, known: Facts, answers: Facts, otherwise: Facts | None = None
) -> Walk:
    """Where the person in a case comes to, or the question at which nothing tells the way on.

    ``known`` is what is true of them, and ``answers`` what is answered: the same, or with an
    answer that departs from it. What neither tells is answered by ``otherwise``, and then with
    "not sure".
    """
    unknown = otherwise or {}
    walk = Walk.begin(library, case.tree)
    while True:
        here = walk.here
        if walk.comes_round:
            return walk
        if isinstance(here, Outcome):
            if not goes_on(walk, case, known):
                return walk
            walk = walk.carry_on()
            continue
        values = _answer(here, answers, unknown)
        if values is None:
            return walk
        walk = walk.answer(values)


def goes_on(walk: Walk, case: Case, known: Facts) -> bool:
    """Whether the case goes on from the ending at which a walk stands.

    It does from an ending that it does not expect, if there is a way on. It does not where an
    answer led there that is not what is known, nor where going on would say that some news is no
    longer true ("everyone is safe now").
    """
    here = walk.here
    if not isinstance(here, Outcome) or here.carry_on is None or walk.comes_round:
        return False
    if here.name == case.expect.outcome:
        return False
    for _, question, reply in tuple(walk.answered())[-1:]:
        if known.get(question.fact) != reply.values:
            return False
    news = {fact: values for fact, values in known.items() if case.answers.get(fact) != values}
    return all(news.get(fact, values) == values for fact, values in here.carry_on.sets.items())


def _answer(question: Question, answers: Facts, otherwise: Facts) -> frozenset[str] | None:
    unsure = {question.fact: frozenset({NOT_SURE})}
    every = (answer_in(told, question) for told in (answers, otherwise, unsure))
    return next(filter(None, every), None)
