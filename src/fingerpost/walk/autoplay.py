"""Continue a walk automatically, as far as a policy gives answers.

A policy answers questions and selects the endings to carry on from: by known facts, by the answers
of a made-up case, or by those of the person in its story.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ..model.case import Case
from ..model.facts import NOT_SURE, Facts
from ..model.library import Library
from ..model.tree import Outcome, Question
from .walk import Walk, answer_in


def steps(
    walk: Walk,
    answer: Callable[[Question], frozenset[str] | None],
    carry_on: Callable[[Walk], bool],
) -> Iterator[Walk]:
    """The walk, and then the walk at each further step.

    ``answer`` returns the values of a valid answer, or None to stop; a question that is asked at
    the ending does not stop it. ``carry_on`` decides at each ending with a way on. A walk also
    stops in a cycle.
    """
    yield walk
    while not walk.in_cycle:
        here = walk.here
        if isinstance(here, Question):
            values = answer(here) or walk.unasked
            if values is None:
                return
            walk = walk.answer(values)
        elif here.carry_on is not None and carry_on(walk):
            walk = walk.carry_on()
        else:
            return
        yield walk


def play(
    walk: Walk,
    answer: Callable[[Question], frozenset[str] | None],
    carry_on: Callable[[Walk], bool],
) -> Walk:
    """The last of ``steps``."""
    *_, last = steps(walk, answer, carry_on)
    return last


# Policies


def play_known(walk: Walk, facts: Facts, *, carry_on: bool = False) -> Walk:
    """The walk as far as these facts answer its questions, including those always asked.

    ``carry_on`` continues from endings with a way on.
    """
    return play(walk, partial(answer_in, facts), lambda _: carry_on)


def case_steps(library: Library, case: Case) -> Iterator[Walk]:
    """The walk at each step of a case by its answers, carrying on from endings that it does not
    expect."""
    return steps(
        Walk.begin(library, case.tree),
        partial(answer_in, case.answers),
        lambda walk: walk.here.name != case.expect.outcome,
    )


def play_case(library: Library, case: Case) -> Walk:
    """The last of ``case_steps``: the end of a case, or where it stops."""
    *_, last = case_steps(library, case)
    return last


def play_story(
    library: Library, case: Case, known: Facts, answers: Facts, otherwise: Facts | None = None
) -> Walk:
    """The end of the walk of the person in a case, or the question that nothing answers.

    ``known`` is true of the person, and ``answers`` is what is answered, which may depart from it.
    Other questions are answered by ``otherwise``, and then with "not sure".
    """

    def answer(question: Question) -> frozenset[str] | None:
        unsure = {question.fact: frozenset({NOT_SURE})}
        every = (answer_in(facts, question) for facts in (answers, otherwise or {}, unsure))
        return next(filter(None, every), None)

    return play(Walk.begin(library, case.tree), answer, lambda walk: goes_on(walk, case, known))


def goes_on(walk: Walk, case: Case, known: Facts) -> bool:
    """Whether the story of a case goes on from the ending of a walk.

    It does from an unexpected ending with a way on, unless the last answer before it departs from
    the known facts, or the way on contradicts news of the case ("everyone is safe now").
    """
    here = walk.here
    if not isinstance(here, Outcome) or here.carry_on is None or walk.in_cycle:
        return False
    if here.name == case.expect.outcome:
        return False
    asked = [(question, reply) for _, question, reply in walk.answered() if not question.at_ending]
    for question, reply in asked[-1:]:
        if known.get(question.fact) != reply.values:
            return False
    news = {fact: values for fact, values in known.items() if case.answers.get(fact) != values}
    return all(news.get(fact, values) == values for fact, values in here.carry_on.sets.items())
