"""Walking on automatically, as far as a policy gives answers.

A policy says what is answered to a question, and from which endings to carry on: the answers that
are known already, those of a made-up case, or those of the person in its story.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ..model.base import replace
from ..model.case import Case
from ..model.facts import NOT_SURE, Facts
from ..model.library import Library
from ..model.tree import Outcome, Question
from .walk import Reply, Walk, answer_in


def steps(
    walk: Walk,
    answer: Callable[[Question], frozenset[str] | None],
    carry_on: Callable[[Walk], bool],
) -> Iterator[Walk]:
    """The walk as it stands, and then at each step that it comes to.

    ``answer`` gives values that are an answer to a question, or None to stop there. ``carry_on``
    is asked at each ending that has a way on. A walk also stops where it would go in a circle.
    """
    yield walk
    while not walk.comes_round:
        here = walk.here
        if isinstance(here, Question):
            values = answer(here)
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
    """The walk where it stops, by the same policy."""
    *_, last = steps(walk, answer, carry_on)
    return last


# Policies


def play_known(walk: Walk, facts: Facts, *, carry_on: bool = False) -> Walk:
    """The walk as far as these facts answer what it asks; also what a walk always asks.

    ``carry_on`` leaves endings that have a way on.
    """
    return play(walk, partial(answer_in, facts), lambda _: carry_on)


def case_steps(library: Library, case: Case) -> Iterator[Walk]:
    """The walk at each step that a case comes to by its answers. From an ending that is not the
    one it expects it carries on."""
    return steps(
        Walk.begin(library, case.tree),
        partial(answer_in, case.answers),
        lambda walk: walk.here.name != case.expect.outcome,
    )


def play_case(library: Library, case: Case) -> Walk:
    """The walk where a case ends, or where it can go no further."""
    *_, last = case_steps(library, case)
    return last


def play_story(
    library: Library, case: Case, known: Facts, answers: Facts, otherwise: Facts | None = None
) -> Walk:
    """Where the person in a case comes to, or the question at which nothing tells the way on.

    ``known`` is what is true of them, and ``answers`` what is answered: the same, or with an
    answer that departs from it. What neither tells is answered by ``otherwise``, and then with
    "not sure".
    """

    def answer(question: Question) -> frozenset[str] | None:
        unsure = {question.fact: frozenset({NOT_SURE})}
        every = (answer_in(told, question) for told in (answers, otherwise or {}, unsure))
        return next(filter(None, every), None)

    return play(Walk.begin(library, case.tree), answer, lambda walk: goes_on(walk, case, known))


def goes_on(walk: Walk, case: Case, known: Facts) -> bool:
    """Whether the story of a case goes on from the ending at which a walk stands.

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


# A walk that is taken again


def reask(walk: Walk) -> Walk:
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
