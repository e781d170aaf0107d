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
from ..sheets.sheet import LEAD
from .answer_key import Verdict, what_is_asked
from .handout import with_reason
from .rehearsal import Rehearsal
from .review import VERDICTS, page_at_end, read_out, titled
from .review_document import banner, foot, review_document, who_approved
from .services import helping, to_write_in, who_helps
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
    """What a room takes home of each case, the same whatever it voted for: what to do when it's
    real and who can help; then the story, and what helps in it; of an exercise what doesn't too."""
    documents = []
    for case in cases:
        *_, done = Rehearsal.begin(library, case).played_by_the_story()
        speaker, page, title = _speaker(done), page_at_end(done.told), titled(library, case)
        cited = (choice.source for made in case.every_judgement for choice in made.choices)
        told = (*_to_do(done), *_story(done, speaker), *_decided(done, speaker))
        afterwards = Paragraph(say("rehearsal.afterwards"))
        blocks = (who_approved([page]), *told, afterwards, foot(filter(None, cited)))
        documents.append(
            Document("", blocks, kicker=title, banner=banner(), every_side=True, large=large)
        )
    return replace(_joined(documents), title=say("rehearsal.debrief.title"))


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


def _story(done: Rehearsal, speaker: Speaker) -> Iterator[Block]:
    """How the story begins and what news there was, so that who was not there can follow it."""
    yield Heading(say("rehearsal.review.story"))
    news = (speaker.say(each.say) for each in done.news)
    yield from map(Paragraph, (read_out(done.library, done.case), *news))


def _decided(done: Rehearsal, speaker: Speaker) -> Iterator[Box]:
    """What can be said or done, and why; of a scene, which has more of it, what is right."""
    scene = done.case.scene
    for made in scene.right_way if scene else done.case.judgements:
        notes = []
        for choice in sorted(made.choices, key=lambda e: -VERDICTS.index(e.verdict)):
            helps = say(f"rehearsal.debrief.{'matters' if made.matters else 'right'}")
            label = helps if choice.verdict == "right" else Verdict.of(choice.verdict).word
            if choice.verdict == "right" or not scene:
                notes.append(Note(label, with_reason(choice, speaker)))
        yield Box(what_is_asked(made, speaker), (), notes=tuple(notes))


def _to_do(done: Rehearsal, *, folds: bool = False) -> Iterator[Block]:
    """What to do on the page of the story, and who can help."""
    page = page_at_end(done.told)
    kind = "to-do" if page is None or page.reader == "staff" else "they-do"
    yield Heading(say(f"rehearsal.debrief.{kind}"), folds=folds)
    # A story without danger is where nobody expects any, and its page may not say 999.
    yield Paragraph(say("rehearsal.debrief.danger"), strong=True)
    if page:
        if page.reader == "staff":
            yield Paragraph(page.opening)
        if page.instructions:
            yield Steps(tuple(line.text for line in page.instructions))
        lives = _speaker(done).answers("nation", [page.nation])
        yield Heading(say(f"rehearsal.who-helps{'-in' if lives else ''}", nation=lives))
        lead = helping(page, done.told, done.case).get(LEAD)
        helps = who_helps(page, done.told, done.case)
        # Without a number a lead has a line to write one in, below; and 999 stands above.
        said = [Box("999", (), notes=(Note("", say("danger.title")),))]
        said += [lead] if lead and not lead.addresses else []
        yield Brief(tuple(each for each in helps if each not in said))
        yield from to_write_in(page, done.told)
