"""The review of a scene: what went well, what mattered most, and then each moment, on one side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model.base import grouped
from ..model.case import RING
from ..page.messages import say
from ..page.speaker import Speaker
from ..sheets.document import Block, Document, Heading, Paragraph
from .answer_key import Verdict
from .rehearsal import Chosen, Rehearsal
from .review import page_at_end, who_can_help
from .review_document import banner, foot, listed_under

_RIGHT, _PARTLY, _WRONG = "right", "partly", "wrong"


def scene_document(rehearsal: Rehearsal) -> Document:
    """The review of a finished scene.

    Raises ValueError for a case without a scene.
    """
    scene = rehearsal.case.scene
    if scene is None:
        raise ValueError(f"{rehearsal.case.name} has no scene")
    speaker = Speaker(rehearsal.library, rehearsal.walk.facts, rehearsal.case.tree)
    return Document(
        title=say("rehearsal.review.title"),
        blocks=tuple(_blocks(rehearsal, speaker)),
        kicker=speaker.say(scene.title),
        banner=banner(),
        every_side=True,
    )


def _blocks(rehearsal: Rehearsal, speaker: Speaker) -> Iterator[Block]:
    made = rehearsal.judgements
    most = _mattered(made)
    is_right = most.choice.verdict == _RIGHT
    right = most.judgement.right
    better = f"{speaker.say(right.say)} {speaker.say(right.because)}"
    well = next((each for each in made if each.choice.verdict == _RIGHT), None)
    others = grouped(
        (each.choice.verdict, _moment(each, speaker)) for each in made if each is not most
    )
    hurt: list[Block] = [
        Heading(say("scene.mattered-most")),
        Paragraph(_with_reason(most, speaker)),
        *([] if is_right else [Paragraph(say("scene.better", words=better))]),
        *listed_under("scene.hurt-too", others.get(_WRONG, ())),
    ]
    went: list[Block] = [
        Heading(say("scene.went-well")),
        Paragraph(_with_reason(well, speaker) if well else say("scene.stayed")),
    ]
    # What could have hurt stands on the first screen, whatever went well.
    yield from hurt if well is most else (*went, *hurt) if is_right else (*hurt, *went)
    yield from listed_under("scene.moments", others.get(_PARTLY, ()))
    yield from listed_under("rehearsal.who-helps", who_can_help(rehearsal))
    sources = (each.choice.source for each in made)
    yield foot([page_at_end(rehearsal.told)], filter(None, sources))


def _harm(made: Chosen) -> int:
    return (_RIGHT, _PARTLY, _WRONG).index(made.choice.verdict)


def _mattered(made: Sequence[Chosen]) -> Chosen:
    """Where the trainee was furthest from right; of what can hurt a call, which nobody can take
    back; among equals the moment that matters, or else the first."""

    def weight(each: Chosen) -> tuple[int, bool, bool]:
        asked, harm = each.judgement, _harm(each)
        return harm, asked.name == RING and each.choice.verdict == _WRONG, asked.matters

    return max(made, key=weight)


def _with_reason(made: Chosen, speaker: Speaker) -> str:
    said, because = speaker.say(made.choice.say), speaker.say(made.choice.because)
    return f"{said_by_you(said, 'scene.you-said')} {because}"


def said_by_you(words: str, key: str = "scene.you") -> str:
    """What the trainee said, after a word that says so; what they did says it itself."""
    return say(key, words=words) if words.startswith('"') else words


def _moment(made: Chosen, speaker: Speaker) -> str:
    """What was said that was not right, how far from it, why, and what would be."""
    choice, better = made.choice, speaker.say(made.judgement.right.say)
    said = f"{Verdict.of(choice.verdict).word}: {speaker.say(choice.say)}"
    return f"{said} {speaker.say(choice.because)} {say('scene.better', words=better)}"
