"""A page of advice as a document to print: what is on the sheet, and in which order.

The advice is that of the page, line for line, with every step and every answer. Paper leaves out
what nobody needs in order to act: the routes behind "more", what else there is to know of a
service, and below its top the numbers that stand there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from ..model.base import Frozen, replace
from ..model.facts import BILINGUAL
from ..model.route import front_page
from ..page import labels
from ..page.contact import Channel, Contact
from ..page.joined import page_of
from ..page.messages import say
from ..page.page import Help, Instruction, Lifeline, Page, Part, PartKind
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

EMERGENCY_NUMBER = "tel:999"
"""What a line in danger leads to, where no service is on the page."""

_TEXTPHONE = "18001"
"""The prefix for a textphone, by which Relay UK joins the call."""


class Sheet(Frozen):
    """How a page is to be printed, for its reader.

    ``printed_on`` decides whether the review of the page is overdue. ``discretion`` leaves out what
    would reveal its topic.
    """

    printed_on: date
    large: bool = False
    discretion: Discretion | None = None


def sheet_of(
    walk: Walk,
    printed_on: date,
    *,
    large: bool = False,
    discreet: bool = False,
    coded: bool = False,
) -> Document:
    """The sheet of the ending at which a walk stands; ``coded``: with its code."""
    shown = page_of(walk)
    discretion = None
    if discreet:
        from .discretion import Discretion

        discretion = Discretion.of(walk.library)
    code = code_of(walk.library, walk.start.tree, walk.facts) if coded else ""
    return sheet(shown, code, Sheet(printed_on, large, discretion))


def sheet(page: Page, code: str, how: Sheet) -> Document:
    """The page as a document. ``code`` is that of the sheet, or empty; a discreet one has none."""
    if how.discretion is not None:
        return _discreet(page, how, how.discretion)
    for_staff = page.reader == "staff"
    return Document(
        title=page.title,
        blocks=tuple(_blocks(page, code, how)),
        kicker=f"{say('sheet.for.staff')} {page.tree_title}" if for_staff else page.tree_title,
        banner=labels.urgency(page.urgency),
        large=how.large,
        most_sides=MOST_SIDES,
        child=page.under_13,
    )


def _blocks(page: Page, code: str, how: Sheet) -> Iterator[Block]:
    talk = _to_talk(page, always=how.large)
    yield from _top(page, talk)
    # A line that is for some, as of one nation, stands among the others all the same.
    said = {each.way for each in talk if not each.way.label}
    said |= {*page.emergency.ways[:1]} if page.emergency else set()
    said |= {*_named(page)}
    for part in page.parts:
        if part.kind is PartKind.HELP:
            yield from _every_help(page, said, scan=not talk)
        elif part.kind is not PartKind.WORKER and not _is_on_front(page, part):
            yield from _section(page, part.title, Points, part.lines)
            yield from _answered(part)
    yield Blank(say("sheet.who-i-told"))
    if code:
        yield Code(say("page.code"), code, say("sheet.code-holds"))
    whose = say(f"sheet.for.{page.reader}")
    for_staff = page.reader == "staff"  # that stands above the title
    dated = page.contacts if for_staff else ()
    # In large letters they would be half a side more, and the usual sheet has them.
    sources = () if how.large else _sources(page)
    told = origins(page, dated, how.printed_on, sources)
    yield Fine(tuple(told) if for_staff else (whose, *told))


def _answered(part: Part) -> Iterator[Block]:
    """The paragraphs of a part, the first of which begins with its answer in short. What happens
    on a call is for the screen."""
    if part.text:
        first, *others = part.text[:1] if part.kind is PartKind.CALL else part.text
        yield Heading(part.title, folds=True)
        yield Paragraph(f"{part.short} {first}" if part.short else first)
        yield from map(Paragraph, others)


def _every_help(page: Page, said: Set[Channel], *, scan: bool) -> Iterator[Block]:
    """Every need, without the addresses that have been ``said``.

    ``scan``: the first service has a code whatever its address is, as no number stands at the top.
    """
    others = (each for each in page.help if each.need != EMERGENCY and scan)
    scanned = next(filter(_first_is_scannable, others), None)
    told = {"languages"} if page.nation in BILINGUAL else set()
    why: set[str] = set()
    for each in page.help:
        because = tuple(text for text in each.because if text not in why)
        known = told if each.need != EMERGENCY else set()
        if shown := [*_help(replace(each, because=because), known, said, each is scanned)]:
            why |= {*because}
            yield from shown


def _to_talk(page: Page, *, always: bool) -> tuple[Lifeline, ...]:
    """The helplines of the first side. For a child that is one number, of the first service that
    has any, whatever need it stands under.

    ``always``: the first service may be on the next side, so a helpline stands here too.
    """
    if not page.under_13:
        return page.to_talk or ((page.lifeline,) if always and page.lifeline else ())
    contacts = (c for each in page.help if each.need != EMERGENCY for c in each.contacts)
    ways = (Lifeline(c.route, c.title, way) for c in contacts for way in c.ways)
    rung = (each for each in ways if each.way.channel == "phone" and not each.way.unsure)
    return tuple(rung)[:1]


def _top(page: Page, talk: tuple[Lifeline, ...]) -> Iterator[Block]:
    """Danger, whom to talk to and the steps. A child has these few on a side of their own."""
    child = page.under_13
    # The screen has a key for this; paper says it first.
    rung = page.emergency.ways[0].uri if page.emergency else EMERGENCY_NUMBER
    yield Paragraph(labels.danger(page) or say("sheet.danger"), strong=True, uri=rung)
    yield Paragraph(page.opening)
    label = labels.lifeline(page)
    boxes = [
        Box(each.title if number else f"{label}: {each.title}", (_address(each.way, scan=child),))
        for number, each in enumerate(talk)
    ]
    if boxes and not child:
        yield Brief(tuple(boxes))
    yield from _section(page, say("page.what-to-do"), Steps, page.steps)
    if child:
        yield from boxes
        for part in page.parts:
            if _is_on_front(page, part):
                yield from _answered(part)
        yield Break()


def _section(
    page: Page, heading: str, kind: type[Steps] | type[Points], lines: Sequence[Instruction]
) -> Iterator[Block]:
    if lines:
        named = ((lines.index(at), way) for way, at in _named(page).items() if at in lines)
        ways = tuple(
            (at, replace(_address(way, scan=True), label="", note="")) for at, way in named
        )
        yield Heading(heading, folds=kind is Points)
        yield kind(tuple(line.text for line in lines), ways)


def _is_on_front(page: Page, part: Part) -> bool:
    """Whether these are the words with which a child begins a call, which stand at its number."""
    return page.under_13 and part.kind is PartKind.CALL


def _named(page: Page) -> dict[Channel, Instruction]:
    """The pages of services that the advice names, with the first line that does."""
    named: dict[Channel, Instruction] = {}
    for line in page.instructions:
        for way in line.ways:
            if way.uri.startswith("https:"):
                named.setdefault(way, line)
    return named


def _help(each: Help, told: Set[str], said: Set[Channel], scanned: bool) -> Iterator[Block]:
    """One need, each service on a line; one that has steps, or a code to scan, has a box.

    ``scanned``: its first service has a code whatever its address is. Beside a number no page
    stands, and of a further service no mailbox, but of those with steps. Who can be reached only as
    has been ``said`` is left out, and so is a need of which nobody is left.
    """
    made: list[tuple[bool, Box]] = []
    for number, contact in enumerate(each.contacts):
        has_more = contact.steps or contact.forms
        besides = ("web",) if number == 0 else ("web", "email")
        answering = tuple(way for way in contact.ways if way.channel not in besides)
        ways = contact.ways if has_more or not answering else answering
        if ways and said >= {*ways} and not has_more:
            continue
        left = tuple(way for way in ways if way not in said)
        known, short = (told, scanned) if number == 0 else (set(), False)
        box = _box(replace(contact, ways=left), known, short=short)
        may_be_boxed = number == 0 or contact.local or has_more
        made.append((bool(may_be_boxed and _has_box(box)), box))
    if made or not each.contacts:
        yield Heading(each.heading, folds=True)
        yield from map(Paragraph, each.because)
    if len(made) == 1 and _is_unknown(each.contacts[0]):
        yield Blank(say("sheet.to-write"))
        return
    for is_boxed, group in groupby(made, itemgetter(0)):
        some = tuple(box for _, box in group)
        yield from some if is_boxed else [Brief(some)]


def _is_unknown(contact: Contact) -> bool:
    """Whether nothing says how to reach somebody: then there is room to write it."""
    return not (contact.ways or contact.steps or contact.forms)


def _has_box(box: Box) -> bool:
    return bool(box.steps or box.notes or any(each.scan for each in box.addresses))


def _box(contact: Contact, told: Set[str], *, short: bool) -> Box:
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


def _sources(page: Page) -> Iterator[str]:
    """Whose words they are."""
    if named := dict.fromkeys(each.publisher or each.title for each in page.sources):
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
        if contact.seen and contact.ways and not contact.local:
            seen.setdefault(contact.seen, {})[contact.title] = None
    if seen:
        told = (f"{', '.join(titles)} ({day})" for day, titles in seen.items())
        yield say("sheet.seen", sources="; ".join(told))
    yield say("sheet.may-change")


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
    yield Paragraph(say("sheet.emergency"), strong=True, uri=EMERGENCY_NUMBER)
    for each in page.help:
        if each.need != EMERGENCY:
            yield from _numbers(each, discretion)
    overdue = _overdue(page, how.printed_on)
    change = say("page.may-change")
    yield Fine((say(f"sheet.for.{page.reader}"), *overdue, change, say("sheet.not-law")))


def _numbers(each: Help, discretion: Discretion) -> Iterator[Box]:
    """The numbers of one need without the names of services, those to text apart; each once. Of
    one that is free that is said."""
    kinds: dict[str, dict[str, Address]] = {"tel:": {}, "sms:": {}}
    for contact in each.contacts:
        free = any(
            d.field == "cost" and d.text.startswith(say("sheet.free")) for d in contact.details
        )
        for way in _rung(contact):
            label = "" if discretion.tells(way.label) else way.label
            costs = (say("sheet.free").lower(),) if free else ()
            address = _address(replace(way, label=label), *costs, scan=False)
            kinds[way.uri[:4]].setdefault(way.uri, address)
    told = say("sheet.someone") if discretion.tells(each.heading) else each.heading
    for title, addresses in zip((told, say("sheet.text")), kinds.values(), strict=True):
        if addresses:
            yield Box(title, tuple(addresses.values()))


def _rung(contact: Contact) -> Iterator[Channel]:
    """The ways by number, except textphones, whose prefix could not be explained discreetly. The
    word to send stands, though it may be the name of a service: a text without it is lost."""
    for way in contact.ways:
        if way.uri.startswith(("tel:", "sms:")) and not way.uri.startswith(f"tel:{_TEXTPHONE}"):
            yield way
