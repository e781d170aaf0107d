"""Documents to hand out after rehearsing: the review of each story, and the votes on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..model.base import Frozen, replace
from ..model.sentence import Source
from ..page import labels
from ..page.messages import say
from ..sheets.document import (
    Block,
    Box,
    Break,
    Document,
    Fine,
    Heading,
    Note,
    Paragraph,
    Points,
    lead,
)
from .rehearsal import Rehearsal
from .review import HOW_SOON, URGENCY, BrokenRule, Decision, Review, broken_rules, review
from .review_document import NOBODY, WHY, led, review_document, says, soon_enough, story_again
from .scene_review import mattered_most, scene_document
from .votes import Vote

TITLE = "What the room can take home"

_LEFT = "Where the room left the safe path"
_KEPT = "The room kept to it."
_SAID = "The room said"
_OTHERS = "What others in the room said"
_AGREED = "Wherever hands were counted, the room was of one mind."
_NOT_COUNTED = "No hands were counted."
_LISTEN = "Ask what they saw. Somebody who sees it otherwise may be the one who is right."
_RIGHTLY = "What the room saw rightly"
_WHOM = "Whom to turn to"
_ALL_NAMED = "Those whom the room named are those on the page."
_FOR_THEM, _FOR_THEM_TOO = "These are for them:", "These are for them too:"


class Rehearsed(Frozen):
    """A finished rehearsal, and the votes of the group during it."""

    rehearsal: Rehearsal
    votes: tuple[Vote, ...] = ()


def reviews(rehearsed: Sequence[Rehearsed], name: str = "") -> Document:
    """The reviews of at least one story, each on a page of its own."""
    return _joined([_review(each.rehearsal, name) for each in rehearsed])


def _review(rehearsal: Rehearsal, name: str) -> Document:
    if rehearsal.case.scene:
        return scene_document(rehearsal, name)
    return review_document(review(rehearsal), name)


def debrief(rehearsed: Sequence[Rehearsed], name: str = "") -> Document:
    """The same for a group, one side for each story: the story, each mistake once, and what the
    group saw rightly."""
    documents = []
    for each in rehearsed:
        found = review(each.rehearsal)
        blocks = tuple(_side(found, each))
        documents.append(replace(review_document(found, name), blocks=blocks))
    title = f"{TITLE}, for {name}" if name else TITLE
    return replace(_joined(documents), title=title, most_sides=len(documents))


def _joined(documents: Sequence[Document]) -> Document:
    """Documents concatenated, each under a heading of its topic."""
    first, *others = documents
    if not others:
        return first
    blocks: list[Block] = []
    for number, document in enumerate(documents):
        blocks += [Break()] if number else []
        blocks += [Heading(f"{document.banner}: {document.kicker}"), *document.blocks]
    return replace(first, blocks=tuple(blocks), kicker="")


def _side(found: Review, rehearsed: Rehearsed) -> Iterator[Block]:
    """Everything that a group takes home of one story, what it saw rightly first."""
    yield from story_again(found)
    yield from _rightly(found, rehearsed)
    if rehearsed.rehearsal.case.scene:
        yield Heading(say("scene.mattered-most"))
        yield Paragraph(mattered_most(rehearsed.rehearsal))
    yield from _left(found, broken_rules(rehearsed.rehearsal))
    yield from _others(rehearsed.votes)
    if not rehearsed.rehearsal.case.scene:  # that asks whom to ring as its last moment
        yield from _whom(found)
    yield Fine((*map(labels.cited, _cited(found)), *NOBODY))


def _left(found: Review, broken: Iterable[BrokenRule]) -> Iterator[Block]:
    """Each mistake once, with one reason: an urgency that is too low, answers, and judgements."""
    yield Heading(_LEFT)
    reasons: dict[tuple[str, str], str] = {}
    for rule in broken:
        reasons.setdefault((rule.asked, rule.said), rule.because)
    timing, boxes = found.timing, []
    if timing.too_low:
        said, needed = URGENCY[timing.said], Note("It is needed", URGENCY[timing.called])
        why = reasons.get((HOW_SOON, said), "")
        boxes.append(_mistake(HOW_SOON, said, needed, Note("Why", why)))
    for each in found.departures:
        meant = "" if each.meaning is None else " ".join(led(each.meaning))
        why = reasons.get((each.asked, each.said)) or meant
        boxes.append(_mistake(each.asked, each.said, says(each), Note("What it would mean", why)))
    wrong = [each for each in found.decisions if each.verdict == "wrong"]
    boxes += map(_decided, wrong)
    yield from boxes or (Paragraph(_KEPT),)
    yield from (_decided(each) for each in found.decisions if each.verdict == "partly")


def _mistake(asked: str, said: str, *notes: Note) -> Box:
    return Box(asked, (), notes=(Note(_SAID, said), *(note for note in notes if note.text)))


def _decided(made: Decision) -> Box:
    """A judgement that was not right, with what is missing and a better one."""
    better = (Note("Better", says) for says, _ in made.better[:1])
    return _mistake(made.asked, made.said, Note(WHY[made.verdict], made.because), *better)


def _rightly(found: Review, rehearsed: Rehearsed) -> Iterator[Block]:
    """What the group was asked and decided as the story has it."""
    asked = {vote.asked for vote in rehearsed.votes}
    right = [(d.asked, d.said) for d in found.decisions if d.verdict == "right"]
    lines = [f"{ask} {said}" for ask, said in (*found.agreed, *right) if ask in asked]
    is_asked = rehearsed.rehearsal.soon is not None
    lines += [soon_enough(found.timing, _SAID)] if is_asked and not found.timing.too_low else []
    lines += [f"{_WHOM}: {', '.join(found.named)}"] if found.named else []
    if lines:
        yield Heading(_RIGHTLY)
        yield Points(tuple(lines))


def _whom(found: Review) -> Iterator[Block]:
    yield Heading(_WHOM)
    if found.missed:
        yield Paragraph(_FOR_THEM_TOO if found.named else _FOR_THEM)
        yield Points(tuple(f"{each.title}. {lead(each.why)[0]}".strip() for each in found.missed))
    if found.misplaced:
        yield Paragraph("These are not for them here:")
        yield Points(tuple(f"{each.title}. {each.why}".strip() for each in found.misplaced))
    if not (found.missed or found.misplaced):
        yield Paragraph(_ALL_NAMED)


def _cited(found: Review) -> Iterable[Source]:
    """The sources of what was decided, once each."""
    return dict.fromkeys(source for each in found.decisions if each.said for source in each.sources)


def _others(votes: Iterable[Vote]) -> Iterator[Block]:
    counted = [vote for vote in votes if any(vote.hands)]
    split = [vote for vote in counted if vote.others]
    yield Heading(_OTHERS)
    if not split:
        yield Paragraph(_AGREED if counted else _NOT_COUNTED)
        return
    yield Paragraph(_LISTEN)
    # No share of the voters: with several answers allowed, their number is not known.
    yield Points(tuple(f"{vote.asked} {_hands(vote)}" for vote in split))


def _hands(vote: Vote) -> str:
    """The hands for what was not taken, most first."""
    told = (
        f"{say('vote.hands', count=count)}: {option.says.removesuffix('.')}"
        for option, count in vote.others
    )
    return f"{'; '.join(told)}."
