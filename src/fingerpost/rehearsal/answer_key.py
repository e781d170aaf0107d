"""What the story says at the place to which a rehearsal has come: for a room that has voted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.case import Judgement
from ..model.route import Route
from ..model.sentence import Urgency
from ..model.tree import Outcome, Question
from ..page import visibility
from ..page.speaker import Speaker
from . import service_choices
from .rehearsal import JudgementStep, QuestionStep, Rehearsal, ServicesStep, UrgencyStep
from .unsuitable import why_not

VERDICT = {"right": "RIGHT", "partly": "PARTLY RIGHT", "wrong": "WRONG"}
"""What is said in front of the reason, in words that need no colour."""

THE_STORY_SAYS = "THE STORY SAYS THIS"
FITS, DOES_NOT_FIT = "FITS", "NOT HERE"

NOTHING = ("", "")


def reveal(rehearsal: Rehearsal) -> tuple[tuple[str, str], ...]:
    """For each thing that can be chosen here a word and a reason; both may be empty.

    They are in the order in which things are chosen; after the services comes the choice of none.
    Nothing where there is nothing to choose.
    """
    match rehearsal.here:
        case JudgementStep(judgement):
            return tuple(_verdicts(rehearsal, judgement))
        case QuestionStep(walk) if isinstance(walk.here, Question):
            wanted = rehearsal.expected.get(walk.here.fact, frozenset())
            return tuple(_said(answer.value in wanted for answer in walk.here.answers))
        case UrgencyStep():
            called = called_for(rehearsal)
            return tuple(_said(urgency is called for urgency in sorted(Urgency, reverse=True)))
        case ServicesStep(routes):
            return (*_fitting(rehearsal, routes), NOTHING)
        case _:
            return ()


def called_for(rehearsal: Rehearsal) -> Urgency | None:
    """How soon the tree says that the person in the story needs help; None if nothing tells."""
    told = rehearsal.told
    if not isinstance(told.here, Outcome):
        return rehearsal.case.expect.urgency
    return visibility.urgency(told.library, told.here, told.facts)


def _said(wanted: Iterable[bool]) -> Iterator[tuple[str, str]]:
    return ((THE_STORY_SAYS, "") if each else NOTHING for each in wanted)


def _verdicts(rehearsal: Rehearsal, judgement: Judgement) -> Iterator[tuple[str, str]]:
    speaker = Speaker(rehearsal.library, rehearsal.expected, rehearsal.case.tree)
    for choice in judgement.choices:
        source = f" ({choice.source.title})" if choice.source else ""
        yield VERDICT[choice.verdict], f"{speaker.say(choice.because)}{source}"


def _fitting(rehearsal: Rehearsal, routes: tuple[Route, ...]) -> Iterator[tuple[str, str]]:
    told = rehearsal.told
    right = service_choices.fitting(rehearsal.library, rehearsal.case, told)
    for route in routes:
        fits = route.name in right
        yield (FITS, "") if fits else (DOES_NOT_FIT, why_not(route, told))
