"""Documents to hand out after rehearsing: the review of each story, and the votes on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..model.base import Frozen, replace
from ..model.case import Case
from ..model.sentence import Source
from ..page import labels
from ..page.messages import as_sentence, say
from ..page.page import Contact, Page
from ..sheets.document import (
    Block,
    Box,
    Break,
    Document,
    Heading,
    Note,
    Paragraph,
    Points,
    Steps,
    lead,
)
from .answer_key import Verdict
from .rehearsal import Finished, Rehearsal
from .review import (
    BrokenRule,
    Decision,
    Review,
    broken_rules,
    first_things,
    review,
    soon,
)
from .review_document import (
    foot,
    led,
    review_document,
    says,
    services,
    soon_enough,
    story_again,
    titled_for,
    why,
)
from .scene_review import mattered_most, scene_document
from .services import expected_on
from .votes import Vote

_NOT_RIGHT = ("wrong", "partly")
"""The verdicts of what left the safe path."""


class Rehearsed(Frozen):
    """A rehearsal that has begun, and the votes of the group during it."""

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
    """The same for a group, one side for each story: the story, what the group got right, each
    mistake once, what every other choice that had hands would have meant, and what to do."""
    documents = []
    for each in rehearsed:
        found = review(each.rehearsal)
        blocks = tuple(_side(found, each))
        documents.append(replace(review_document(found, name), blocks=blocks))
    title = titled_for(say("rehearsal.debrief.title"), name)
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
    """Everything that a group takes home of one story, what it got right first."""
    rehearsal, votes = rehearsed.rehearsal, rehearsed.votes
    is_scene = rehearsal.case.scene is not None
    yield from story_again(found)
    if not isinstance(rehearsal.here, Finished):
        yield Paragraph(say("rehearsal.debrief.stopped"))
    yield from _rightly(found, rehearsed)
    known = mattered_most(rehearsal, votes) if is_scene and rehearsal.judgements else ""
    if known:
        yield Heading(say("scene.mattered-most"))
        yield Paragraph(known)
    yield from _left(found, broken_rules(rehearsal), votes, known)
    yield from _others(found, votes, known)
    yield from _talked(found, votes, known)
    if rehearsal.turned is not None:  # which a scene does not ask
        yield from _whom(found)
    if found.page:
        yield from _to_do(found.page, rehearsal.case)
    yield Paragraph(say("rehearsal.afterwards"))
    yield foot([found.page], _cited(found))


def _rightly(found: Review, rehearsed: Rehearsed) -> Iterator[Block]:
    """What the group was asked and decided as the story has it."""
    rehearsal = rehearsed.rehearsal
    asked = {vote.asked for vote in rehearsed.votes}
    right = [each for each in found.decisions if each.verdict == "right" and each.asked in asked]
    lines = [f"{ask} {said}" for ask, said in found.agreed if ask in asked]
    if rehearsal.case.scene:  # what they said stands in the answer, and the reason helps more
        lines += (f"{each.said} {each.because}" for each in right)
    else:
        lines += (f"{each.asked} {each.said}" for each in right)
    if found.timing and not found.timing.too_low:
        lines.append(soon_enough(found.timing, say("rehearsal.review.room")))
    if found.named:
        lines.append(say("rehearsal.debrief.whom-said", names=", ".join(found.named)))
    if lines:
        yield Heading(say("rehearsal.debrief.rightly"))
        yield Points(tuple(lines))


def _left(
    found: Review, broken: Iterable[BrokenRule], votes: Sequence[Vote], known: str
) -> Iterator[Block]:
    """Each mistake once, with one reason: an urgency that is too low, answers, and judgements."""
    yield Heading(say("rehearsal.debrief.left"))
    reasons: dict[tuple[str, str], str] = {}
    for rule in broken:
        reasons.setdefault((rule.asked, rule.said), rule.because)
    timing, boxes = found.timing, []
    if timing and timing.too_low:
        asked, said = say("rehearsal.urgency-asks"), soon(timing.said)
        needed = Note(say("rehearsal.debrief.needed"), soon(timing.called))
        boxes.append(_mistake(asked, said, needed, why("right", reasons.get((asked, said), ""))))
    for each in found.departures:
        meant = "" if each.meaning is None else " ".join(led(each.meaning))
        meaning = reasons.get((each.asked, each.said)) or meant
        told = Note(say("rehearsal.debrief.would-mean"), meaning)
        boxes.append(_mistake(each.asked, each.said, says(each), told))
    boxes += (
        _decided(each, votes, known) for each in found.decisions if each.verdict in _NOT_RIGHT
    )
    yield from boxes or (Paragraph(say("rehearsal.debrief.kept")),)


def _mistake(asked: str, said: str, *notes: Note) -> Box:
    told = Note(say("rehearsal.debrief.said"), said)
    return Box(asked, (), notes=(told, *(note for note in notes if note.text)))


def _decided(made: Decision, votes: Iterable[Vote], known: str) -> Box:
    """A judgement that was not right, with what is missing, what others said, and a better one if
    they did not say it and it is not ``known`` yet."""
    others = [note for vote in votes if vote.asked == made.asked for note in _meant(vote, known)]
    known = " ".join((known, *(note.text for note in others)))
    better = (
        Note(say("rehearsal.review.better"), says)
        for says, _ in made.better[:1]
        if says not in known
    )
    return _mistake(made.asked, made.said, why(made.verdict, made.because), *others, *better)


def _whom(found: Review) -> Iterator[Block]:
    yield Heading(say("rehearsal.debrief.whom"))
    briefly = tuple(replace(each, why=lead(each.why)[0]) for each in found.missed)
    key = "rehearsal.review.for-them-too" if found.named else "rehearsal.debrief.for-them"
    yield from services(say(key), briefly)
    yield from services(say("rehearsal.review.not-for-them"), found.misplaced)
    if not (found.missed or found.misplaced):
        yield Paragraph(say("rehearsal.debrief.all-named"))


def _cited(found: Review) -> Iterable[Source]:
    """The sources of what was decided, once each."""
    return dict.fromkeys(source for each in found.decisions if each.said for source in each.sources)


def _others(found: Review, votes: Sequence[Vote], known: str) -> Iterator[Block]:
    """What other choices that had hands would have meant where the group was right.

    No number of hands: in a small room one hand is a person.
    """
    left = {each.asked for each in found.decisions if each.verdict in _NOT_RIGHT}
    counted = [vote for vote in votes if any(vote.hands)]
    split = [vote for vote in counted if vote.others]
    apart = [vote for vote in split if vote.asked not in left]
    if apart or not split:
        yield Heading(say("rehearsal.debrief.others"))
    yield from (Box(vote.asked, (), notes=tuple(_meant(vote, known))) for vote in apart)
    if not split:
        key = "rehearsal.debrief.agreed" if counted else "rehearsal.debrief.not-counted"
        yield Paragraph(say(key))


def _talked(found: Review, votes: Sequence[Vote], known: str) -> Iterator[Block]:
    """What is right where the group went on without a vote, if that is not ``known`` yet."""
    asked = {vote.asked for vote in votes}
    lines = [
        f"{as_sentence(each.said)} {each.because}"
        for each in found.decisions
        if each.verdict == "right" and each.asked not in asked and each.said not in known
    ]
    if lines:
        yield Heading(say("rehearsal.debrief.talked"))
        yield Points(tuple(lines))


def _to_do(page: Page, case: Case) -> Iterator[Block]:
    """The first things to do on the page of the story, and who can help, with their numbers."""
    yield Heading(say("rehearsal.debrief.to-do"))
    if first := first_things(page):
        yield Steps(first)
    if served := [*map(_reached, expected_on(page, case))]:
        yield Paragraph(say("rehearsal.debrief.who", names=", ".join(served)))


def _reached(contact: Contact) -> str:
    """The name of a service, with its telephone number if it has one that is not in the name."""
    title = labels.title_of(contact)
    number = next((way.address for way in contact.ways if way.channel == "phone"), "")
    return title if number in title else f"{title} {number}"


def _meant(vote: Vote, known: str) -> Iterator[Note]:
    """Each choice that had hands and was not taken, with what it would have meant, if that is not
    ``known`` yet."""
    label = say("rehearsal.debrief.others-said")
    for at in vote.others:
        verdict = vote.verdicts[at] if vote.verdicts else Verdict()
        because = "" if verdict.because in known else verdict.because
        told = filter(None, (vote.options[at].says, verdict.word, because))
        yield Note(label, " ".join(map(as_sentence, told)))
