"""The answer key: what the story says at the current step of a rehearsal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from string import ascii_uppercase

from ..model.base import Frozen
from ..model.case import RING, Judgement, Scene
from ..model.sentence import Urgency
from ..model.tree import Outcome, Question
from ..page import visibility
from ..page.messages import say
from ..page.speaker import Speaker
from . import services
from .rehearsal import JudgementStep, QuestionStep, Rehearsal, ServicesStep, UrgencyStep

_SPOKEN = re.compile('"([^"]+)"')


class Verdict(Frozen):
    """What the story says of one choice: a word, which needs no colour, and a reason. Both may be
    empty. ``agrees``: the choice is right."""

    word: str = ""
    because: str = ""
    agrees: bool = False

    @classmethod
    def of(cls, kind: str, because: str = "") -> Verdict:
        """A verdict by its name in the catalogue of messages."""
        word = say(f"rehearsal.verdict.{kind}")
        return cls(word, because, agrees=kind in {"right", "story", "fits"})


def what_is_asked(judgement: Judgement, speaker: Speaker) -> str:
    """What a judgement asks. At the end of each scene it is the same."""
    return say("scene.ring-asks") if judgement.name == RING else speaker.say(judgement.ask)


def said_alike(judgement: Judgement, speaker: Speaker) -> tuple[str, ...]:
    """What can be chosen, as it is shown: without the marks of speech that only some of an exercise
    have, which would tell the right one."""
    says = tuple(speaker.say(each.say) for each in judgement.choices)
    bare = tuple(found[1] if (found := _SPOKEN.fullmatch(each)) else each for each in says)
    return says if judgement.name or not set(says).intersection(bare) else bare


def lettered(scene: Scene) -> dict[str, str]:
    """The letter of each moment by its name: on the screen, the script and the paper of the
    participants. A moment to which only a wrong turn leads has the letter before it again, so that
    none is left out by who needs no second try."""
    letters, letter, found = iter(ascii_uppercase), "", {}
    for each in scene.moments:
        is_met = each in scene.right_way
        letter = next(letters) if is_met else letter
        found[each.name] = letter if is_met else say("rehearsal.letter-again", letter=letter)
    return found


def answer_key(rehearsal: Rehearsal) -> tuple[Verdict, ...]:
    """A verdict for each choice at the current step.

    They are in the order of the choices, with that of no service last. Empty for a step without
    choices.
    """
    match rehearsal.here:
        case JudgementStep(judgement):
            speaker = Speaker(rehearsal.library, rehearsal.expected, rehearsal.case.tree)
            judged = ((each.verdict, speaker.say(each.because)) for each in judgement.choices)
            return tuple(Verdict.of(*each) for each in judged)
        case QuestionStep(walk) if isinstance(walk.here, Question):
            wanted = rehearsal.expected.get(walk.here.fact, frozenset())
            return tuple(_said(answer.value in wanted for answer in walk.here.answers))
        case UrgencyStep():
            called = called_for(rehearsal)
            return tuple(_said(urgency is called for urgency in sorted(Urgency, reverse=True)))
        case ServicesStep(routes):
            told = rehearsal.told
            best = services.right(rehearsal.case, told)
            right = services.fitting(rehearsal.case, told, best)
            verdicts = (
                Verdict.of("fits")
                if r.name in right
                else Verdict.of("not-here", services.why_unsuitable(r, told))
                for r in routes
            )
            return (*verdicts, Verdict())
        case _:
            return ()


def called_for(rehearsal: Rehearsal) -> Urgency | None:
    """The urgency of the page of the story; None if it is not known."""
    told = rehearsal.told
    if not isinstance(told.here, Outcome):
        return rehearsal.case.expect.urgency
    return visibility.urgency(told.library, told.here, told.facts)


def _said(wanted: Iterable[bool]) -> Iterator[Verdict]:
    return (Verdict.of("story") if each else Verdict() for each in wanted)
