"""The answer key: what the story says at the current step of a rehearsal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.case import RING, Judgement
from ..model.sentence import Urgency
from ..model.tree import Outcome, Question
from ..page import visibility
from ..page.messages import say
from ..page.speaker import Speaker
from . import services
from .rehearsal import JudgementStep, QuestionStep, Rehearsal, ServicesStep, UrgencyStep

VERDICT = {"right": "RIGHT", "partly": "PARTLY RIGHT", "wrong": "WRONG"}
"""The words of a verdict, which need no colour."""

THE_STORY_SAYS = "THE STORY SAYS THIS"
FITS, DOES_NOT_FIT = "FITS", "NOT HERE"

AGREES = frozenset({VERDICT["right"], THE_STORY_SAYS, FITS})
"""The words for what is right."""

NOTHING = ("", "")


def what_is_asked(judgement: Judgement, speaker: Speaker) -> str:
    """What a judgement asks. At the end of each scene it is the same."""
    return say("scene.ring-asks") if judgement.name == RING else speaker.say(judgement.ask)


def answer_key(rehearsal: Rehearsal) -> tuple[tuple[str, str], ...]:
    """A verdict and a reason for each choice at the current step; both may be empty.

    They are in the order of the choices, with that of no service last. Empty for a step without
    choices.
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
            told = rehearsal.told
            right = services.fitting(rehearsal.library, rehearsal.case, told)
            verdicts = (
                (FITS, "") if r.name in right else (DOES_NOT_FIT, services.why_unsuitable(r, told))
                for r in routes
            )
            return (*verdicts, NOTHING)
        case _:
            return ()


def called_for(rehearsal: Rehearsal) -> Urgency | None:
    """The urgency of the page of the story; None if it is not known."""
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
