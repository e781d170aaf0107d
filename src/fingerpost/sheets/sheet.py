"""A page of advice as a document to print: what is on the sheet, and in which order.

The advice is that of the page, line for line. Paper leaves out what would fill a second side
without being needed to act: the routes behind "more", and the details of services that are not the
first for their need.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from ..model.base import Frozen, replace
from ..model.sentence import Urgency
from ..model.tree import Kind
from ..page import labels
from ..page.messages import say
from ..page.page import Channel, Contact, Help, Instruction, Page
from ..page.visibility import EMERGENCY
from .document import (
    Address,
    Blank,
    Block,
    Box,
    Brief,
    Code,
    Document,
    Fine,
    Heading,
    Note,
    Paragraph,
    Points,
    Steps,
)

if TYPE_CHECKING:
    from .discretion import Discretion

_TEXTPHONE = "18001"
"""The prefix for a textphone, by which Relay UK joins the call."""

_TOLD_FIRST = frozenset({"cost", "private"})
"""Details of the first helpline: whether a bill or a person may reveal the call."""

_TOLD_TO_STAFF = frozenset({"cost", "expect", "private"})
"""Details of the first service of each need for staff, who explain what will happen."""


class Sheet(Frozen):
    """How a page is to be printed.

    ``audience`` is a teller, for whom the sheet is: it changes no fact, and only a sheet for staff
    has worker's notes. ``printed_on`` decides whether the review of the page is overdue.
    ``discretion`` leaves out what would reveal its topic.
    """

    audience: str
    printed_on: date
    large: bool = False
    discretion: Discretion | None = None


def sheet(page: Page, code: str, how: Sheet) -> Document:
    """The page as a document. ``code`` is the resume code, or empty."""
    if how.discretion is not None:
        return _discreet(page, code, how, how.discretion)
    return Document(
        title=page.title,
        blocks=tuple(_blocks(page, code, how)),
        kicker=page.tree_title,
        banner=labels.urgency(page.urgency),
        large=how.large,
    )


def _blocks(page: Page, code: str, how: Sheet) -> Iterator[Block]:
    yield from _top(page)
    for_staff = how.audience == "staff"
    to_do = [line for line in page.instructions if for_staff or line.kind is not Kind.WORKER]
    yield from _section(say("page.what-to-do"), Steps, (line.text for line in to_do))
    yield from _section(say("page.near"), Points, (line.text for line in page.near))
    yield from _section(say("page.far"), Points, (line.text for line in page.far))
    first = next((each for each in page.help if each.need != EMERGENCY), None)
    for each in page.help:
        told = _TOLD_TO_STAFF if for_staff else _TOLD_FIRST if each is first else frozenset()
        yield from _help(each, told)
    yield from _section(say("page.good-to-know"), Points, (line.text for line in page.know))
    if page.worse:
        yield Heading(say("page.if-worse"))
        yield Paragraph(page.worse)
    if for_staff:
        yield from _section(say("page.for-worker"), Points, (line.text for line in page.worker))
    yield Blank(say("sheet.who-i-told"))
    if code:
        yield Code(say("page.code"), code, say("sheet.code-holds"))
    yield Fine(
        (
            say(f"sheet.for.{how.audience}"),
            *origins(page, page.contacts, how.printed_on, _sources(page, in_full=for_staff)),
        )
    )


def _top(page: Page) -> Iterator[Block]:
    # The screen has a key for this; paper says it first.
    yield Paragraph(labels.danger(page) or say("sheet.danger"), strong=True)
    yield Paragraph(page.opening)
    if page.lifeline and page.urgency >= Urgency.TODAY:
        way = _address(page.lifeline.way, scan=False)
        text = page.text_line
        also = (Box(text.title, (_address(text.way, scan=False),)),) if text else ()
        yield Brief((Box(f"{labels.lifeline(page)}: {page.lifeline.title}", (way,)), *also))


def _section(
    heading: str, kind: type[Steps] | type[Points], lines: Iterable[str]
) -> Iterator[Block]:
    if told := tuple(lines):
        yield Heading(heading)
        yield kind(told)


def _help(each: Help, told: frozenset[str]) -> Iterator[Block]:
    """One need: the first service and those with steps in boxes, the rest in brief."""
    yield Heading(each.heading)
    for because in each.because:
        yield Paragraph(because)
    brief: list[Box] = []
    for number, contact in enumerate(each.contacts):
        if number == 0 or contact.steps or contact.forms:
            urgent = each.need == EMERGENCY
            known = told if number == 0 and not urgent else frozenset()
            yield _box(contact, known, urgent=urgent)
        else:
            brief.append(_box(_live(contact), frozenset()))
    if brief:
        yield Brief(tuple(brief))


def _live(contact: Contact) -> Contact:
    """The contact with its live ways only, or with all if none is live."""
    live = tuple(way for way in contact.ways if way.live)
    return replace(contact, ways=live or contact.ways)


def _box(contact: Contact, told: frozenset[str], *, urgent: bool = False) -> Box:
    forms = (
        Address(form.says, form.web, form.web, labels.check_first(form.unsure), scan=True)
        for form in contact.forms
    )
    notes = [
        Note(labels.detail(detail.field), labels.flagged(detail.text, unsure=detail.unsure))
        for detail in contact.details
        if detail.field in told
    ]
    if contact.steps and contact.unsure_steps:
        notes.append(Note("", say("page.steps-change")))
    return Box(
        title=labels.title_of(contact),
        addresses=(*_addresses(contact.ways), *forms),
        steps=contact.steps,
        notes=tuple(notes),
        urgent=urgent,
    )


def _addresses(ways: Iterable[Channel]) -> Iterator[Address]:
    """Each address once: the main channel, with the others in its note."""
    alike: dict[tuple[str, str], list[Channel]] = {}
    for way in ways:
        alike.setdefault((way.uri, way.address), []).append(way)
    for several in alike.values():
        main, *others = sorted(several, key=lambda way: _BESIDES.get(way.channel, 0))
        yield _address(main, *filter(None, map(_too, others)), scan=True)


_BESIDES = {"web": 1, "bsl": 2}
"""Rank of a channel among those of one address; 0 for others."""


def _too(way: Channel) -> str:
    """The note for a further channel of one address; none for a web page, which is obvious."""
    if way.channel == "web":
        return ""
    return labels.flagged(
        say("sheet.channel-too", channel=labels.channel(way.channel).lower()), unsure=way.unsure
    )


def _address(way: Channel, *besides: str, scan: bool) -> Address:
    said = [
        labels.check_first(way.unsure),
        way.label,
        labels.flagged(way.says, unsure=way.unsure_hours) if way.says else "",
        *besides,
    ]
    return Address(
        label=labels.channel(way.channel),
        text=way.address,
        uri=way.uri,
        note=", ".join(filter(None, said)),
        scan=scan and _scannable(way.uri),
    )


def _scannable(uri: str) -> bool:
    """Whether an address gets a QR code: links, and numbers of more than three digits.

    999, 112 and 101 must not be rung by accident. The textphone prefix does not count.
    """
    scheme, _, number = uri.partition(":")
    rung = number.removeprefix(_TEXTPHONE)
    return scheme == "https" or (scheme == "tel" and len(rung) > len("999"))


def _sources(page: Page, *, in_full: bool) -> Iterator[str]:
    """What the words are from; ``in_full`` with titles."""
    if page.sources:
        named = dict.fromkeys(labels.cited(source, title=in_full) for source in page.sources)
        yield say("sheet.sources", sources="; ".join(named))


def origins(
    page: Page, contacts: Iterable[Contact], today: date, sources: Iterable[str] = ()
) -> Iterator[str]:
    """Who has read a page, what it is from, how old the details of ``contacts`` are, and from whom
    it is not."""
    yield labels.reviewed(page)
    yield from _overdue(page, today)
    yield from sources
    seen = dict.fromkeys(f"{c.title} {c.seen}" for c in contacts if c.seen)
    if seen:
        yield say("sheet.seen", sources="; ".join(seen))
    yield say("page.from-nobody")


def _overdue(page: Page, today: date) -> Iterator[str]:
    if today > date.fromisoformat(page.review_by):
        yield labels.overdue(page)


# Discreet sheets


def _discreet(page: Page, code: str, how: Sheet, discretion: Discretion) -> Document:
    """Numbers and hours, and of the rest only harmless texts."""
    return Document(
        title=say("sheet.who-to-ring"),
        blocks=tuple(_discreet_blocks(page, code, how, discretion)),
        large=how.large,
    )


def _discreet_blocks(page: Page, code: str, how: Sheet, discretion: Discretion) -> Iterator[Block]:
    def harmless(lines: Iterable[Instruction]) -> Iterator[str]:
        return (line.text for line in lines if not discretion.tells(line.text))

    yield Paragraph(say("sheet.emergency"), strong=True)
    for each in page.help:
        if each.need != EMERGENCY and (box := _numbers(each, discretion)).addresses:
            yield box
    to_do = (line for line in page.instructions if line.kind is not Kind.WORKER)
    yield from _section(say("page.what-to-do"), Steps, harmless(to_do))
    yield from _section(say("page.near"), Points, harmless(page.near))
    yield from _section(say("page.far"), Points, harmless(page.far))
    yield from _section(say("page.good-to-know"), Points, harmless(page.know))
    if how.audience == "staff":
        notes = (*page.instructions, *page.worker)
        yield from _section(
            say("page.for-worker"), Points, harmless(n for n in notes if n.kind is Kind.WORKER)
        )
    yield Blank(say("sheet.who-i-told"))
    if code:
        yield Code(say("sheet.code-discreet"), code, say("sheet.keep-code"))
    origins = (*_overdue(page, how.printed_on), *_discreet_origins(page, discretion))
    yield Fine((say(f"sheet.for.{how.audience}"), *origins, say("sheet.not-law")))


def _numbers(each: Help, discretion: Discretion) -> Box:
    """The numbers of one need without the names of services; each number once."""
    addresses: dict[str, Address] = {}
    for contact in each.contacts:
        for way in _rung(contact, discretion):
            label = "" if discretion.tells(way.label) else way.label
            addresses.setdefault(way.uri, _address(replace(way, label=label), scan=True))
    return Box(
        title=say("sheet.someone") if discretion.tells(each.heading) else each.heading,
        addresses=tuple(addresses.values()),
    )


def _rung(contact: Contact, discretion: Discretion) -> Iterator[Channel]:
    """The ways by number, except textphones, whose prefix could not be explained discreetly.

    A word to send may be the name of the service.
    """
    for way in contact.ways:
        rung = way.uri.startswith(("tel:", "sms:")) and not way.uri.startswith(f"tel:{_TEXTPHONE}")
        if rung and not discretion.tells(way.address):
            yield way


def _discreet_origins(page: Page, discretion: Discretion) -> Iterator[str]:
    contacts = (c for each in page.help if each.need != EMERGENCY for c in each.contacts)
    seen = {c.seen for c in contacts if c.seen and any(_rung(c, discretion))}
    if told := sorted(each for each in seen if not discretion.tells(each)):
        yield say("sheet.numbers-seen", sources="; ".join(told))
