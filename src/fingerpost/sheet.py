"""A page of advice as a document to print: what stands on the sheet, and in what order.

The advice is the page's own, line for line. What paper leaves out is what fills a second side
without being needed to act: the routes behind "more", and what else there is to know about a
service that is not the first for its need.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from . import labels
from .discretion import Discretion
from .model import Kind, Urgency
from .page import Contact, Help, Instruction, Page, Way
from .paper import (
    Address,
    Blank,
    Block,
    Box,
    Brief,
    Code,
    Fine,
    Heading,
    Note,
    Paper,
    Paragraph,
    Points,
    Steps,
)
from .shown import EMERGENCY

WHO_I_TOLD = "Who I told, and when"

_CODE_NOTE = (
    "This code opens these answers again in fingerpost. It holds no name. Anyone who has "
    "fingerpost can read the answers from it, so keep it as you keep a record."
)

_FOR = {
    "young-person": "For a young person to keep.",
    "parent": "For a parent or carer to keep.",
    "staff": "For the worker. Not to be given to a young person.",
}
"""What a sheet says of who it is for."""

_TOLD_ON_PAPER = ("cost", "expect", "private")
"""What is told of the first service of a need: how it costs, what happens, what stays private."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a page is to be printed.

    ``audience`` is one of the tellers and says who the paper is for: it changes no fact, and only
    a sheet for staff holds worker's notes. ``printed_on`` decides whether the page is overdue for
    checking. ``discretion`` leaves out whatever would tell what it is about.
    """

    audience: str
    printed_on: date
    large: bool = False
    discretion: Discretion | None = None


def sheet(page: Page, code: str, how: Sheet) -> Paper:
    """The page as a document. ``code`` reopens it, or is empty where there is none."""
    if how.discretion is not None:
        return _discreet(page, code, how, how.discretion)
    return Paper(
        title=page.title,
        blocks=tuple(_blocks(page, code, how)),
        kicker=page.tree_title,
        banner=labels.URGENCY[page.urgency],
        large=how.large,
    )


def _blocks(page: Page, code: str, how: Sheet) -> Iterator[Block]:
    yield from _top(page)
    for_staff = how.audience == "staff"
    to_do = [line for line in page.instructions if for_staff or line.kind is not Kind.WORKER]
    yield from _section(labels.WHAT_TO_DO, Steps, map(_marked, to_do))
    boxed: set[str] = set()
    for each in page.help:
        yield from _help(each, boxed)
    yield from _section(labels.GOOD_TO_KNOW, Points, (line.text for line in page.know))
    if page.worse:
        yield Heading(labels.IF_WORSE)
        yield Paragraph(page.worse)
    if for_staff:
        yield from _section(labels.FOR_WORKER, Points, (line.text for line in page.worker))
    yield from _record(code)
    yield Fine((_FOR[how.audience], *_origins(page, how.printed_on)))


def _top(page: Page) -> Iterator[Block]:
    if danger := labels.danger(page):
        yield Paragraph(danger, strong=True)
    yield Paragraph(page.opening)
    if page.lifeline and page.urgency >= Urgency.TODAY:
        way = _address(page.lifeline.way, scan=False)
        yield Brief((Box(f"Talk to someone: {page.lifeline.title}", (way,)),))


def _section(
    heading: str, kind: type[Steps] | type[Points], lines: Iterable[str]
) -> Iterator[Block]:
    if told := tuple(lines):
        yield Heading(heading)
        yield kind(told)


def _marked(line: Instruction) -> str:
    return labels.MARK.get(line.kind, "") + line.text


def _help(each: Help, boxed: set[str]) -> Iterator[Block]:
    """One need: the first service in a box, and so every one with steps; the rest in brief."""
    yield Heading(each.heading)
    for because in each.because:
        yield Paragraph(because)
    brief: list[Box] = []
    for number, contact in enumerate(each.contacts):
        if number == 0 or contact.steps or contact.forms:
            urgent = each.need == EMERGENCY
            yield _box(contact, told=() if urgent else _TOLD_ON_PAPER, urgent=urgent)
        else:
            brief.append(_box(_live(contact), told=()))
    if brief:
        yield Brief(tuple(brief))


def _live(contact: Contact) -> Contact:
    """The ways by which somebody answers, or every way where nobody does."""
    live = tuple(way for way in contact.ways if way.live)
    return replace(contact, ways=live or contact.ways)


def _box(contact: Contact, told: tuple[str, ...], *, urgent: bool = False) -> Box:
    ways = {way.uri: way for way in reversed(contact.ways)}  # the first of those that lead alike
    first = [way for way in contact.ways if ways[way.uri] is way]
    forms = (
        Address(form.says, form.web, form.web, _unsure(form.unsure), scan=True)
        for form in contact.forms
    )
    notes = [
        Note(labels.DETAIL[detail.field], labels.flagged(detail.text, unsure=detail.unsure))
        for detail in contact.details
        if detail.field in told
    ]
    if contact.steps and contact.unsure_steps:
        notes.append(Note("", labels.STEPS_CHANGE))
    return Box(
        title=labels.title_of(contact),
        addresses=(*(_address(way, scan=True) for way in first), *forms),
        steps=contact.steps,
        notes=tuple(notes),
        urgent=urgent,
    )


def _address(way: Way, *, scan: bool) -> Address:
    said = [
        _unsure(way.unsure),
        way.label,
        labels.flagged(way.says, unsure=way.unsure_hours) if way.says else "",
    ]
    return Address(
        label=labels.CHANNEL[way.channel],
        text=way.address,
        uri=way.uri,
        note=", ".join(filter(None, said)),
        scan=scan and _scannable(way.uri),
    )


def _unsure(unsure: bool) -> str:
    return labels.CHECK_FIRST if unsure else ""


def _scannable(uri: str) -> bool:
    """Links, and numbers but 999, 112 and 101: those are rung, and never by a slip of a camera."""
    scheme, _, number = uri.partition(":")
    return scheme == "https" or (scheme == "tel" and len(number) > len("999"))


def _record(code: str) -> Iterator[Block]:
    yield Blank(WHO_I_TOLD)
    if code:
        yield Code("Sheet code", code, _CODE_NOTE)


def _origins(page: Page, today: date) -> Iterator[str]:
    yield labels.reviewed(page)
    if today > date.fromisoformat(page.review_by):
        yield labels.overdue(page)
    if page.sources:
        named = dict.fromkeys(
            f"{source.title}, {source.publisher}"
            + (f", {source.published}" if source.published else "")
            for source in page.sources
        )
        yield f"Sources: {'; '.join(named)}."
    seen = dict.fromkeys(f"{c.title} {c.seen}" for c in page.contacts if c.seen)
    if seen:
        yield f"Numbers and links as their sources gave them: {'; '.join(seen)}."
    yield labels.FROM_NOBODY


# A sheet that does not tell


WHO_TO_RING = "Who to ring"
"""The title of a discreet sheet, whatever it is about."""

_SOMEONE = "Someone who can help"
_RECORD_NOTE = "Keep this code as you keep a record."
_NOT_LAW = "This is not legal advice."


def _discreet(page: Page, code: str, how: Sheet, discretion: Discretion) -> Paper:
    """Numbers and hours, and of everything else what does not tell."""
    return Paper(
        title=WHO_TO_RING,
        blocks=tuple(_discreet_blocks(page, code, how, discretion)),
        large=how.large,
    )


def _discreet_blocks(page: Page, code: str, how: Sheet, discretion: Discretion) -> Iterator[Block]:
    def harmless(lines: Iterable[Instruction]) -> Iterator[str]:
        return (line.text for line in lines if not discretion.tells(line.text))

    yield Paragraph("In an emergency, ring 999.", strong=True)
    numbers = [_numbers(each, discretion) for each in page.help if each.need != EMERGENCY]
    yield from filter(lambda box: box.addresses, numbers)
    to_do = (line for line in page.instructions if line.kind is not Kind.WORKER)
    yield from _section(labels.WHAT_TO_DO, Steps, harmless(to_do))
    yield from _section(labels.GOOD_TO_KNOW, Points, harmless(page.know))
    if how.audience == "staff":
        notes = (*page.instructions, *page.worker)
        yield from _section(
            labels.FOR_WORKER, Points, harmless(n for n in notes if n.kind is Kind.WORKER)
        )
    yield Blank(WHO_I_TOLD)
    if code:
        yield Code("Code", code, _RECORD_NOTE)
    seen = sorted({contact.seen for contact in page.contacts if contact.seen})
    yield Fine((f"Numbers as their sources gave them: {'; '.join(seen)}.", _NOT_LAW))


def _numbers(each: Help, discretion: Discretion) -> Box:
    """The numbers of one need, which nobody can tell services from."""
    addresses = [
        replace(address, note="" if discretion.tells(address.note) else address.note)
        for contact in each.contacts
        for address in _box(contact, told=()).addresses
        if address.uri.startswith(("tel:", "sms:")) and not discretion.tells(address.text)
    ]
    return Box(
        title=_SOMEONE if discretion.tells(each.heading) else each.heading,
        addresses=tuple({address.uri: address for address in addresses}.values()),
    )
