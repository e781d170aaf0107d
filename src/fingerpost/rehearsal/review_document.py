"""The review of a rehearsal as a document: what went well, what mattered most, and who can help.

It says what was done and what that would have meant, and never gives a grade.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..model.sentence import Source
from ..page import labels
from ..page.messages import as_sentence, say
from ..page.page import Page
from ..sheets.document import Block, Document, Fine, Heading, Paragraph, Points
from .rehearsal import Rehearsal
from .review import PARTLY, RIGHT, UNLIKE, WRONG, Finding, Review, review


def banner() -> str:
    """The banner on every screen and print of a rehearsal."""
    return say("rehearsal.banner")


def who_approved(pages: Iterable[Page | None]) -> Paragraph:
    """Who approved the words of pages, or that nobody has: large enough for all to see it."""
    lines = (labels.reviewed(each) if each else say("page.not-reviewed") for each in pages)
    return Paragraph(" ".join(dict.fromkeys(lines)))


def foot(sources: Iterable[Source] = ()) -> Fine:
    """What every handout, review and debrief ends with: what to read, and that it is made up and
    from no service."""
    cited = "; ".join(map(labels.cited, dict.fromkeys(sources)))
    to_read = [say("rehearsal.handout.sources", sources=cited)] if cited else []
    return Fine((*to_read, say("rehearsal.review.made-up"), say("page.from-nobody")))


def review_document(rehearsal: Rehearsal, folded: Iterable[Block] = ()) -> Document:
    """The review of a rehearsal as a document; above its foot stands what is ``folded``."""
    made = review(rehearsal)
    helping = _services(made, asked=rehearsal.turned is not None)
    return Document(
        title=say("rehearsal.review.title"),
        blocks=(*_blocks(made), *helping, who_approved([made.page]), *folded, foot(made.sources)),
        kicker=made.topic,
        banner=banner(),
        every_side=True,
    )


def _blocks(made: Review) -> Iterator[Block]:
    most = max(made.findings, key=lambda each: each.harm, default=None)
    others = [each for each in made.findings if each is not most]
    well = next((each.says for each in others if each.verdict == RIGHT), "")
    yield Heading(say("scene.went-well"))
    yield Paragraph(well or _named(made) or say("scene.stayed"))
    if most:
        yield Heading(say("scene.mattered-most"))
        yield from map(Paragraph, filter(None, (_judged(most), most.better)))
    hurt, partly, unlike = (_told(others, each) for each in (WRONG, PARTLY, UNLIKE))
    yield from listed_under("scene.hurt-too", hurt)
    yield from listed_under("scene.moments", [*partly, *unlike])


def _judged(made: Finding) -> str:
    """What was said or done, after its verdict unless that is praise."""
    if made.verdict in (RIGHT, UNLIKE):
        return made.says
    return f"{as_sentence(say(f'rehearsal.verdict.{made.verdict}'))} {made.says}"


def _told(findings: Iterable[Finding], verdict: str) -> list[str]:
    return [f"{e.says} {e.better}".strip() for e in findings if e.verdict == verdict]


def _named(made: Review) -> str:
    return say("rehearsal.review.named", services=", ".join(made.named)) if made.named else ""


def _services(made: Review, *, asked: bool) -> Iterator[Block]:
    """Who can help: those that were chosen if that was asked, others, and who can't."""
    if made.named or made.missed or made.misplaced:
        yield Heading(say("rehearsal.review.whom" if asked else "rehearsal.who-helps"))
    if made.named:
        yield Paragraph(_named(made))
    if made.missed:
        yield from [Paragraph(say("rehearsal.review.for-them-too"))] if asked else []
        yield Points(made.missed)
    if made.misplaced:
        yield Paragraph(say("rehearsal.review.not-for-them"))
        yield Points(made.misplaced)


def listed_under(title: str, lines: Sequence[str]) -> Iterator[Block]:
    """Lines as points under the heading of this name; nothing without lines."""
    if lines:
        yield from (Heading(say(title)), Points(tuple(lines)))
