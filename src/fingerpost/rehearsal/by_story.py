"""A made-up case, rehearsed by somebody who does at every place what its story says."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.case import Case
from ..model.facts import NOT_SURE
from ..model.library import Library
from ..model.tree import Question
from ..walk.walk import answer_in, fits
from .rehearsal import EndingStep, JudgementStep, NewsStep, QuestionStep, Rehearsal


def by_story(library: Library, case: Case) -> Iterator[Rehearsal]:
    """The rehearsal at each place to which the story comes, in order; there is at least one.

    Of what the story does not tell nobody is sure. It stops where the tree has come to its ending,
    at a question to which not even that is an answer, and where it would go in a circle.
    """
    rehearsal: Rehearsal | None = Rehearsal.begin(library, case)
    while rehearsal is not None:
        yield rehearsal
        rehearsal = _next(rehearsal)


def told(rehearsal: Rehearsal, question: Question) -> frozenset[str]:
    """What the story answers to a question; of what it does not tell, nobody is sure."""
    return answer_in(rehearsal.expected, question) or frozenset({NOT_SURE})


def _next(rehearsal: Rehearsal) -> Rehearsal | None:
    match rehearsal.here:
        case JudgementStep(judgement) if judgement.choices:
            return rehearsal.judged(judgement.choices[0].name)  # whichever: it changes no fact
        case QuestionStep(walk) if isinstance(walk.here, Question):
            values = told(rehearsal, walk.here)
            stuck = walk.comes_round or not fits(walk.here, values)
            return None if stuck else rehearsal.answered(values)
        case NewsStep() | EndingStep():
            return rehearsal.went_on()
        case _:
            return None
