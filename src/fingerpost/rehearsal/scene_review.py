"""The review of a scene: what went well, what mattered most, and then each moment, on one side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model.case import Judgement
from ..page import labels
from ..page.messages import say
from ..page.speaker import Speaker
from ..sheets.document import Block, Document, Fine, Heading, Paragraph, Points
from .answer_key import Verdict
from .rehearsal import Chosen, Rehearsal
from .review_document import BANNER, NOBODY, titled_for

_RIGHT, _WRONG = "right", "wrong"


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
        blocks=tuple(_blocks(rehearsal.judgements, speaker)),
        kicker=speaker.say(scene.title),
        banner=BANNER,
        every_side=True,
    )


def mattered_most(rehearsal: Rehearsal) -> str:
    """What mattered most in a finished scene, and why."""
    speaker = Speaker(rehearsal.library, rehearsal.walk.facts, rehearsal.case.tree)
    return _most(rehearsal.judgements, speaker)


def _blocks(made: Sequence[Chosen], speaker: Speaker) -> Iterator[Block]:
    well = next((each for each in made if each.choice.verdict == _RIGHT), None)
    yield Heading(say("scene.went-well"))
    yield Paragraph(_with_reason(well, speaker) if well else say("scene.stayed"))
    most = _most(made, speaker)
    yield Heading(say("scene.mattered-most"))
    yield Paragraph(most)
    yield Heading(say("scene.moments"))
    yield Points(tuple(_moment(each, speaker, most) for each in made))
    sources = (each.choice.source for each in made)
    yield Fine((*dict.fromkeys(labels.cited(each) for each in sources if each), *NOBODY))


def _most(made: Sequence[Chosen], speaker: Speaker) -> str:
    """What mattered most: what was missed at the moment of which that is so, or else the worst that
    was missed, the last of these; if nothing was, why it was right."""
    missed = sorted(
        (each for each in reversed(made) if each.choice.verdict != _RIGHT),
        key=lambda each: (not each.judgement.matters, each.choice.verdict != _WRONG),
    )
    if missed:
        return _better(missed[0].judgement, speaker)
    return _with_reason(next((e for e in made if e.judgement.matters), made[-1]), speaker)


def _with_reason(made: Chosen, speaker: Speaker) -> str:
    return said_by_you(f"{speaker.say(made.choice.say)} {speaker.say(made.choice.because)}")


def said_by_you(words: str) -> str:
    """What the trainee said, after a word that says so; what they did says it itself."""
    return say("scene.you", words=words) if words.startswith('"') else words


def _better(judgement: Judgement, speaker: Speaker) -> str:
    """What would have been right at a moment, and why."""
    right = next(each for each in judgement.choices if each.verdict == _RIGHT)
    return say("scene.could", words=f"{speaker.say(right.say)} {speaker.say(right.because)}")


def _moment(made: Chosen, speaker: Speaker, known: str) -> str:
    """What was said at a moment, how good it was, why it was not right, and what would be, if that
    is not ``known`` yet."""
    said = f"{Verdict.of_choice(made.judgement, made.choice).word}: {speaker.say(made.choice.say)}"
    if made.choice.verdict == _RIGHT:
        return said
    right = next(each for each in made.judgement.choices if each.verdict == _RIGHT)
    better, because = speaker.say(right.say), speaker.say(made.choice.because)
    return (
        f"{said} {because}"
        if better in known
        else f"{said} {because} {say('scene.could', words=better)}"
    )
