"""A page of advice as a document to print: what is on the sheet, and in which order.

The advice is that of the page, line for line. Paper leaves out what would fill a second side
without being needed to act: the routes behind "more", and the details of services that are not the
first on the page. Every line of advice and every step is on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from ..model.base import Frozen, replace
from ..model.facts import BILINGUAL
from ..model.route import front_page
from ..model.sentence import Urgency
from ..model.tree import Kind
from ..page import labels
from ..page.joined import page_of
from ..page.messages import say
from ..page.page import Channel, Contact, Help, Instruction, Page, Part, PartKind
from ..page.visibility import EMERGENCY
from ..walk.sheet_code import code_of
from .document import (
    Address,
    Blank,
    Block,
    Box,
    Break,
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
    from ..walk.walk import Walk
    from .discretion import Discretion

MOST_SIDES = 2
"""A third side is lost, or is never read."""

_TEXTPHONE = "18001"
"""The prefix for a textphone, by which Relay UK joins the call."""

_TOLD_FIRST = frozenset({"cost", "private"})
"""Details of the first service: whether a bill or a person may reveal the call."""

_TOLD_TO_STAFF = frozenset({"cost", "expect", "private"})
"""The same for staff, who explain what will happen."""


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


def sheet_of(
    walk: Walk,
    printed_on: date,
    *,
    audience: str | None = None,
    large: bool = False,
    discreet: bool = False,
    coded: bool = False,
) -> Document:
    """The sheet of the ending at which a walk stands; ``coded``: with its code.

    ``audience`` is a teller; None is the reader of the page.
    """
    shown = page_of(walk)
    discretion = None
    if discreet:
        from .discretion import Discretion

        discretion = Discretion.of(walk.library)
    code = code_of(walk.library, walk.start.tree, walk.facts) if coded else ""
    return sheet(shown, code, Sheet(audience or shown.reader, printed_on, large, discretion))


def sheet(page: Page, code: str, how: Sheet) -> Document:
    """The page as a document. ``code`` is that of the sheet, or empty; a discreet one has none."""
    if how.discretion is not None:
        return _discreet(page, how, how.discretion)
    return Document(
        title=page.title,
        blocks=tuple(_blocks(page, code, how)),
        kicker=page.tree_title,
        banner=labels.urgency(page.urgency),
        large=how.large,
        most_sides=MOST_SIDES,
        child=page.under_13,
    )


def _blocks(page: Page, code: str, how: Sheet) -> Iterator[Block]:
    for_staff = how.audience == "staff"
    if page.under_13:
        yield from _for_a_child(page)
    else:
        yield from _top(page, always=how.large)
        yield from _section(say("page.what-to-do"), Steps, _texts(page.steps, for_staff=for_staff))
    for part in page.parts:
        if part.kind is PartKind.HELP:
            yield from _every_help(page, for_staff=for_staff)
        elif for_staff or part.kind is not PartKind.WORKER:
            yield from _section(part.title, Points, _texts(part.lines, for_staff=for_staff))
            yield from _answered(part)
    yield Blank(say("sheet.who-i-told"))
    if code:
        yield Code(say("page.code"), code, say("sheet.code-holds"))
    yield Fine(
        (
            say(f"sheet.for.{how.audience}"),
            *origins(page, page.contacts, how.printed_on, _sources(page, in_full=for_staff)),
        )
    )


def _texts(lines: Iterable[Instruction], *, for_staff: bool) -> Iterable[str]:
    return (line.text for line in lines if for_staff or line.kind is not Kind.WORKER)


def _answered(part: Part) -> Iterator[Block]:
    """The paragraphs of a part, the first of which begins with its answer in short."""
    if part.text:
        first, *others = part.text
        yield Heading(part.title)
        yield Paragraph(f"{part.short} {first}" if part.short else first)
        yield from map(Paragraph, others)


def _every_help(page: Page, *, for_staff: bool) -> Iterator[Block]:
    others = [each for each in page.help if each.need != EMERGENCY]
    first = next(iter(others), None)
    # A child has that code on the first side.
    scanned = None if page.under_13 else next(filter(_first_is_scannable, others), None)
    for each in page.help:
        told = (_TOLD_TO_STAFF if for_staff else _TOLD_FIRST) if each is first else frozenset()
        if page.nation in BILINGUAL:
            told |= {"languages"}
        yield from _help(each, told, scanned=each is scanned)


def _for_a_child(page: Page) -> Iterator[Block]:
    """A side with few steps and one number; what else there is to know is behind it."""
    yield from _first_words(page)
    yield from _section(say("page.what-to-do"), Steps, (line.text for line in page.steps))
    if rung := _first_number(page):
        title, way = rung
        yield Box(f"{labels.lifeline(page)}: {title}", (_address(way, scan=True),))
    yield Break()


def _first_number(page: Page) -> tuple[str, Channel] | None:
    """The name and the number of the first service, whatever need it stands under."""
    contacts = (c for each in page.help if each.need != EMERGENCY for c in each.contacts)
    ways = ((contact.title, way) for contact in contacts for way in contact.ways)
    return next((each for each in ways if each[1].channel == "phone" and not each[1].unsure), None)


def _first_words(page: Page) -> Iterator[Block]:
    # The screen has a key for this; paper says it first.
    yield Paragraph(labels.danger(page) or say("sheet.danger"), strong=True)
    yield Paragraph(page.opening)


def _top(page: Page, *, always: bool) -> Iterator[Block]:
    """``always``: the first service may be on the next side, so a helpline stands here too."""
    yield from _first_words(page)
    if page.lifeline and (always or page.urgency >= Urgency.TODAY):
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


def _help(each: Help, told: frozenset[str], *, scanned: bool) -> Iterator[Block]:
    """One need: the first service and those with steps in boxes, the rest in brief, as is one of
    which there is only the name to print.

    ``scanned``: its first service has a code whatever its address is.
    """
    yield Heading(each.heading)
    for because in each.because:
        yield Paragraph(because)
    brief: list[Box] = []
    for number, contact in enumerate(each.contacts):
        if number == 0 or contact.steps or contact.forms:
            urgent = each.need == EMERGENCY
            known = told if number == 0 and not urgent else frozenset()
            box = _box(contact, known, urgent=urgent, short=scanned and number == 0)
            if box.addresses or box.steps or box.notes or box.uri:
                yield box
            else:
                brief.append(box)
        else:
            brief.append(_box(_live(contact), frozenset()))
    if brief:
        yield Brief(tuple(brief))


def _live(contact: Contact) -> Contact:
    """The contact with its live ways only, or with all if none is live."""
    live = tuple(way for way in contact.ways if way.live)
    return replace(contact, ways=live or contact.ways)


def _box(
    contact: Contact, told: frozenset[str], *, urgent: bool = False, short: bool = False
) -> Box:
    forms = (Address(form.says, form.web, form.web, scan=True) for form in contact.forms)
    notes = (
        Note(labels.detail(detail.field), detail.text)
        for detail in contact.details
        if detail.field in told
    )
    title, ways, uri = labels.title_of(contact), contact.ways, ""
    if len(ways) == 1 and (alone := labels.number_alone(title, ways[0])):
        title, uri = alone, ways[0].uri
        ways = ()
    return Box(
        title=title,
        addresses=(*_addresses(ways, short=short), *forms),
        steps=contact.steps,
        notes=tuple(notes),
        urgent=urgent,
        uri=uri,
    )


def _addresses(ways: Iterable[Channel], *, short: bool) -> Iterator[Address]:
    """Each address once, but for what is said of it: the main channel, with others in its note.

    One has a code, to be scanned: the first that is long to type, and with ``short`` any.
    """
    alike: dict[tuple[str, str, str], list[Channel]] = {}
    for way in ways:
        alike.setdefault((way.uri, way.address, way.label), []).append(way)
    links = sorted((uri for uri, *_ in alike if scannable(uri)), key=_is_short)
    scanned = next((uri for uri in links if short or not _is_short(uri)), "")
    for several in alike.values():
        main, *others = sorted(several, key=lambda way: _BESIDES.get(way.channel, 0))
        yield _address(main, *filter(None, map(_too, others)), scan=main.uri == scanned)
        scanned = "" if main.uri == scanned else scanned


_BESIDES = {"web": 1, "bsl": 2}
"""Rank of a channel among those of one address; 0 for others."""


def _too(way: Channel) -> str:
    """The note for a further channel of one address; none for a web page, which is obvious."""
    if way.channel == "web":
        return ""
    return say("sheet.channel-too", channel=labels.channel(way.channel).lower())


def _address(way: Channel, *besides: str, scan: bool) -> Address:
    return Address(
        label=labels.channel(way.channel),
        text=way.address,
        uri=way.uri,
        note=", ".join(filter(None, (way.label, way.says, *besides))),
        scan=scan and scannable(way.uri),
    )


def _is_short(uri: str) -> bool:
    """Whether this is a number, or the front page of a site."""
    return uri.startswith("tel:") or front_page(uri) is not None


def scannable(uri: str) -> bool:
    """Whether an address gets a QR code: links, and numbers of more than three digits.

    999, 112 and 101 must not be rung by accident. The textphone prefix does not count.
    """
    scheme, _, number = uri.partition(":")
    rung = number.removeprefix(_TEXTPHONE)
    return scheme == "https" or (scheme == "tel" and len(rung) > len("999"))


def _first_is_scannable(each: Help) -> bool:
    """Whether the first service of a need has an address that gets a QR code."""
    return any(scannable(way.uri) for contact in each.contacts[:1] for way in contact.ways)


def _sources(page: Page, *, in_full: bool) -> Iterator[str]:
    """What the words are from; ``in_full`` with titles."""
    if page.sources:
        named = dict.fromkeys(labels.cited(source, title=in_full) for source in page.sources)
        yield say("sheet.sources", sources="; ".join(named))


def origins(
    page: Page, contacts: Iterable[Contact], today: date, sources: Iterable[str] = ()
) -> Iterator[str]:
    """Who has read a page, what it is from, how old the details of ``contacts`` are, and from whom
    it is not. The day of a source says nothing of an organisation's own details."""
    yield labels.reviewed(page)
    yield from _overdue(page, today)
    yield from sources
    seen: dict[str, dict[str, None]] = {}
    for contact in contacts:
        if contact.seen and not contact.local:
            seen.setdefault(contact.seen, {})[contact.title] = None
    if seen:
        told = (f"{', '.join(titles)} ({day})" for day, titles in seen.items())
        yield say("sheet.seen", sources="; ".join(told))
    yield say("page.may-change")
    yield say("page.from-nobody")


def _overdue(page: Page, today: date) -> Iterator[str]:
    if today > date.fromisoformat(page.review_by):
        yield labels.overdue(page)
    if page.approval is not None and today > page.approval.until:
        yield labels.approval_over(page.approval)


# Discreet sheets


def _discreet(page: Page, how: Sheet, discretion: Discretion) -> Document:
    """Wallet cards with numbers and hours, and of the rest only harmless texts."""
    return Document(
        title=say("sheet.who-to-ring"),
        blocks=tuple(_discreet_blocks(page, how, discretion)),
        large=how.large,
        card=True,
    )


def _discreet_blocks(page: Page, how: Sheet, discretion: Discretion) -> Iterator[Block]:
    yield Paragraph(say("sheet.emergency"), strong=True)
    for each in page.help:
        if each.need != EMERGENCY and (box := _numbers(each, discretion)).addresses:
            yield box
    overdue = _overdue(page, how.printed_on)
    change = say("page.may-change")
    yield Fine((say(f"sheet.for.{how.audience}"), *overdue, change, say("sheet.not-law")))


def _numbers(each: Help, discretion: Discretion) -> Box:
    """The numbers of one need without the names of services; each number once."""
    addresses: dict[str, Address] = {}
    for contact in each.contacts:
        for way in _rung(contact, discretion):
            label = "" if discretion.tells(way.label) else way.label
            addresses.setdefault(way.uri, _address(replace(way, label=label), scan=False))
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
