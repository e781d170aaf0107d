"""Documents after rehearsing: the review of each story, and what a room takes home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..model.base import Frozen, replace
from ..model.case import Case
from ..model.library import Library
from ..page.messages import say
from ..page.speaker import Speaker
from ..sheets.document import (
    Block,
    Box,
    Break,
    Brief,
    Document,
    Heading,
    Note,
    Paragraph,
    Steps,
)
from .answer_key import Verdict, lettered, what_is_asked
from .handout import with_reason
from .rehearsal import Rehearsal
from .review import VERDICTS, page_at_end, read_out, titled
from .review_document import banner, foot, review_document
from .services import to_write_in, who_helps
from .votes import Vote


class Rehearsed(Frozen):
    """A rehearsal that has begun, and the votes of the group during it."""

    rehearsal: Rehearsal
    votes: tuple[Vote, ...] = ()


def reviews(rehearsed: Sequence[Rehearsed]) -> Document:
    """The reviews of at least one story, each on a page of its own."""
    return _joined([_review(each.rehearsal) for each in rehearsed])


def _review(rehearsal: Rehearsal) -> Document:
    """A review; of an exercise with its page and its story, folded."""
    if rehearsal.case.scene:
        return review_document(rehearsal)
    news = (_speaker(rehearsal).say(each.say) for each in rehearsal.news)
    story = map(Paragraph, (read_out(rehearsal.library, rehearsal.case), *news))
    heading = Heading(say("rehearsal.review.story"), folds=True)
    return review_document(rehearsal, [*_to_do(rehearsal, folds=True), heading, *story])


def take_home(library: Library, cases: Iterable[Case], *, large: bool = False) -> Document:
    """What a room takes home of each case, the same whatever it voted for: what to do and who can
    help; then the story and all that is decided in it, of a scene on the other side."""
    documents = []
    for case in cases:
        *_, done = Rehearsal.begin(library, case).played_by_the_story()
        speaker, scene, page = _speaker(done), case.scene, page_at_end(done.told)
        title = titled(library, case)
        cited = (choice.source for made in case.every_judgement for choice in made.choices)
        told = (*_to_do(done), *([Break()] if scene else []), *_story(done, speaker, title))
        blocks = (*told, Paragraph(say("rehearsal.afterwards")), foot([page], filter(None, cited)))
        documents.append(
            Document("", blocks, kicker=title, banner=banner(), every_side=True, large=large)
        )
    sides = sum(1 + any(isinstance(e, Break) for e in each.blocks) for each in documents)
    return replace(_joined(documents), title=say("rehearsal.debrief.title"), most_sides=sides)


def _speaker(rehearsal: Rehearsal) -> Speaker:
    return Speaker(rehearsal.library, rehearsal.case.answers, rehearsal.case.tree)


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


def _story(done: Rehearsal, speaker: Speaker, title: str) -> Iterator[Block]:
    """The whole story, so that who was not there can follow it: how it opens, and for each that is
    decided what helps, then what does not, each with why."""
    scene = done.case.scene
    yield Heading(f"{banner()}: {title}" if scene else say("rehearsal.review.story"))
    news = (speaker.say(each.say) for each in done.news)
    yield from map(Paragraph, (read_out(done.library, done.case), *news))
    for made in done.case.every_judgement:
        notes = []
        for choice in sorted(made.choices, key=lambda e: -VERDICTS.index(e.verdict)):
            helps = say(f"rehearsal.debrief.{'matters' if made.matters else 'right'}")
            label = helps if choice.verdict == "right" else Verdict.of(choice.verdict).word
            notes.append(Note(label, with_reason(choice, speaker)))
        asked = what_is_asked(made, speaker)
        if scene:
            kind = "handout.moment" if made in scene.right_way else "debrief.again"
            asked = say(f"rehearsal.{kind}", letter=lettered(scene)[made.name], asked=asked)
        yield Box(asked, (), notes=tuple(notes))


def _to_do(done: Rehearsal, *, folds: bool = False) -> Iterator[Block]:
    """What to do on the page of the story, and who can help."""
    if page := page_at_end(done.told):
        kind = "to-do" if page.reader == "staff" else "they-do"
        yield Heading(say(f"rehearsal.debrief.{kind}"), folds=folds)
        if page.reader == "staff":
            yield Paragraph(page.opening)
        if page.instructions:
            yield Steps(tuple(line.text for line in page.instructions))
        lives = _speaker(done).answers("nation", [page.nation])
        yield Heading(say(f"rehearsal.who-helps{'-in' if lives else ''}", nation=lives))
        yield Brief(who_helps(page, done.told, done.case))
        yield from to_write_in(page, done.told)
