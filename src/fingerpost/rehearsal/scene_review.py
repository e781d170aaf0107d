"""The review of a scene: what went well, what mattered most, and then each moment, on one side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model.case import Choice, Judgement
from ..page.messages import say
from ..page.speaker import Speaker
from ..sheets.document import Block, Document, Heading, Paragraph, Points
from .answer_key import Verdict
from .rehearsal import Chosen, Rehearsal
from .review import page_at_end
from .review_document import banner, foot, titled_for

_RIGHT, _PARTLY, _WRONG = "right", "partly", "wrong"


def scene_document(rehearsal: Rehearsal, name: str = "") -> Document:
    """The review of a finished scene, with the trainee's name in the title if one is given.

    Raises ValueError for a case without a scene.
    """
    scene = rehearsal.case.scene
    if scene is None:
        raise ValueError(f"{rehearsal.case.name} has no scene")
    speaker = Speaker(rehearsal.library, rehearsal.walk.facts, rehearsal.case.tree)
    return Document(
        title=titled_for(say("rehearsal.review.title"), name),
        blocks=tuple(_blocks(rehearsal, speaker)),
        kicker=speaker.say(scene.title),
        banner=banner(),
        every_side=True,
    )


def _blocks(rehearsal: Rehearsal, speaker: Speaker) -> Iterator[Block]:
    made = rehearsal.judgements
    well = next((e for kind in (_RIGHT, _PARTLY) for e in made if e.choice.verdict == kind), None)
    yield Heading(say("scene.went-well"))
    yield Paragraph(_with_reason(well, speaker) if well else say("scene.stayed"))
    most = _most(made, speaker)
    yield Heading(say("scene.mattered-most"))
    yield Paragraph(most)
    if missed := [each for each in made if each.choice.verdict != _RIGHT]:
        yield Heading(say("scene.moments"))
        yield Points(tuple(_moment(each, speaker, most) for each in missed))
    sources = (each.choice.source for each in made)
    yield foot([page_at_end(rehearsal.told)], filter(None, sources))


def _most(made: Sequence[Chosen], speaker: Speaker) -> str:
    """What would have been right where the trainee was furthest from it; among equals at the moment
    that matters, or else at the last. Where all was right, why it was."""
    harm = (_RIGHT, _PARTLY, _WRONG).index
    most = max(reversed(made), key=lambda e: (harm(e.choice.verdict), e.judgement.matters))
    if most.choice.verdict == _RIGHT:
        return _with_reason(most, speaker)
    return _better(most.judgement, speaker)


def _with_reason(made: Chosen, speaker: Speaker) -> str:
    return said_by_you(f"{speaker.say(made.choice.say)} {speaker.say(made.choice.because)}")


def said_by_you(words: str) -> str:
    """What the trainee said, after a word that says so; what they did says it itself."""
    return say("scene.you", words=words) if words.startswith('"') else words


def _better(judgement: Judgement, speaker: Speaker) -> str:
    """What would have been right at a moment, and why."""
    right = _right(judgement)
    return say("scene.could", words=f"{speaker.say(right.say)} {speaker.say(right.because)}")


def _right(judgement: Judgement) -> Choice:
    return next(each for each in judgement.choices if each.verdict == _RIGHT)


def _moment(made: Chosen, speaker: Speaker, known: str) -> str:
    """What was said that was not right, how far from it, why, and what would be, if that is not
    ``known`` yet."""
    said = f"{Verdict.of(made.choice.verdict).word}: {speaker.say(made.choice.say)}"
    better = speaker.say(_right(made.judgement).say)
    because = speaker.say(made.choice.because)
    return (
        f"{said} {because}"
        if better in known
        else f"{said} {because} {say('scene.could', words=better)}"
    )
