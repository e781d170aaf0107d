"""A page of advice as a document to print: what is on the sheet, and in which order.

The advice is that of the page, line for line, with every step and every answer. Paper leaves out
what nobody needs in order to act: the routes behind "more", what else there is to know of a
service, and below its top the numbers that stand there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from ..model.base import Frozen, grouped, replace
from ..model.facts import BILINGUAL, TELLERS
from ..model.route import front_page
from ..page import labels
from ..page.contact import Channel, Contact
from ..page.joined import page_of
from ..page.messages import say
from ..page.page import Help, Instruction, Lifeline, Page, Part, PartKind
from ..page.visibility import EMERGENCY
from . import document as parts
from .document import Address, Block, Box, Document, Heading, Paragraph, Points, Steps

if TYPE_CHECKING:
    from ..walk.walk import Walk
    from .discretion import Discretion

Blocks: TypeAlias = Iterator[Block]

MOST_SIDES = 2
"""A third side is lost, or is never read."""

EMERGENCY_NUMBER = "tel:999"
"""What the line for danger leads to."""

LEAD = "safeguarding-lead"
"""The need whose service a worker tells, whose number stands with the steps."""

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
) -> Document:
    """The sheet of the ending at which a walk stands."""
    shown = page_of(walk)
    discretion = None
    if discreet:
        from .discretion import Discretion

        discretion = Discretion.of(walk.library)
    return sheet(shown, Sheet(printed_on, large, discretion))


def sheet(page: Page, how: Sheet) -> Document:
    """The page as a document."""
    if how.discretion is not None:
        return _discreet(page, how, how.discretion)
    for_staff = page.reader == "staff"
    talk = _to_talk(page)
    return Document(
        title=page.title,
        blocks=tuple(_blocks(page, talk, how)),
        kicker=f"{say('sheet.for.staff')} {page.tree_title}" if for_staff else page.tree_title,
        banner=labels.urgency(page.urgency),
        foot=_foot(talk),
        large=how.large,
        most_sides=MOST_SIDES,
        child=page.under_13,
    )


def _foot(talk: tuple[Lifeline, ...]) -> tuple[str, ...]:
    """The numbers that stand on each side, since a side may come away from the others."""
    rung = (f"{each.title} {each.way.address}" for each in talk if each.way.channel == "phone")
    return (say("phone.danger"), *tuple(rung)[:1])


def _blocks(page: Page, talk: tuple[Lifeline, ...], how: Sheet) -> Blocks:
    named = _named(page, talk)
    night = _at_night(page, talk)
    # A line that is for some, as of one nation, stands among the others all the same.
    said = {each.way for each in (*talk, *night) if not each.way.label} | named.keys()
    said |= {*page.emergency.ways[:1]} if page.emergency else set()
    rung = (*_helplines(page, talk, night),)
    yield from _top(page, talk, rung, named, _every_help(page, said, on_top=True))
    runs_on = page.reader != TELLERS[0] and bool(page.lines_of(PartKind.MORE))
    # A child's own questions come before what a grown-up does.
    for part in sorted(page.parts, key=lambda p: page.under_13 and p.kind is not PartKind.ANSWER):
        if part.kind is PartKind.HELP:
            yield from _every_help(page, said, on_top=False)
            yield from _row(_scanned(page, named, said))
        elif runs_on and (line := _one_line(part)):
            yield Points((f"{part.title}: {line}",))
        elif not _is_on_front(page, part):
            more = len(page.steps) + 1 if part.kind is PartKind.MORE else 0
            yield from _section(part.title, more, part.lines, named)
            yield from _answered(part)
    yield parts.Blank(say("sheet.who-i-told"))
    whose = say(f"sheet.for.{page.reader}")
    for_staff = page.reader == "staff"  # that stands above the title
    told = origins(page, page.contacts if for_staff else (), how.printed_on)
    yield parts.Fine(tuple(told) if for_staff else (whose, *told))


def _one_line(part: Part) -> str:
    """What an adult says or does near, far or on the phone, if one line says it: it needs no
    heading of its own below what else to do."""
    said = [line.text for line in part.lines] or [*part.text[:1]]
    is_short = part.kind in (PartKind.NEAR, PartKind.FAR, PartKind.CALL) and len(said) == 1
    return said[0] if is_short else ""


def _answered(part: Part) -> Iterator[Block]:
    """The paragraphs of a part, the first of which begins with its answer in short. What happens
    on a call is for the screen."""
    if part.text:
        first, *others = part.text[:1] if part.kind is PartKind.CALL else part.text
        yield Heading(part.title, folds=part.kind is not PartKind.CALL)
        yield Paragraph(f"{part.short} {first}" if part.short else first)
        yield from map(Paragraph, others)


def _every_help(page: Page, said: Set[Channel], *, on_top: bool) -> Iterator[Block]:
    """Whom the first step says to ring, the needs of danger and a worker's lead, or all others,
    without the addresses that have been ``said``."""
    languages = {"languages"} if page.nation in BILINGUAL else set()
    rung = {each.need for each in page.help if _is_rung_first(page, each)}
    first = {*rung, EMERGENCY, *([LEAD] if page.reader == "staff" else [])}
    why: set[str] = set()
    for each in sorted(page.help, key=lambda each: each.need not in rung):
        if (each.need in first) is on_top:
            told = {"limits"} if each.need == EMERGENCY else languages
            because = tuple(text for text in each.because if text not in why)
            if shown := [*_help(replace(each, because=because), told, said)]:
                why |= {*because}
                yield from shown


def _is_rung_first(page: Page, each: Help) -> bool:
    """Whether the first step means the first service of a need, by a word that says not how."""
    step = page.steps[0].text.casefold() if page.steps else ""
    return any(contact.word and contact.word in step for contact in each.contacts[:1])


def _at_night(page: Page, talk: Sequence[Lifeline]) -> tuple[Lifeline, ...]:
    """Who answers at any hour where the first number may not: somebody to talk to, of any age."""
    always = say("hours.always")
    if page.under_13 or not talk or talk[0].way.says == always:
        return ()
    rung = {each.route for each in talk}
    contacts = (
        contact
        for each in page.help
        if page.lifeline and any(c.route == page.lifeline.route for c in each.contacts)
        for contact in each.contacts
        if contact.route not in rung and not contact.under
    )
    ways = (Lifeline(c.route, c.title, way) for c in contacts for way in c.ways)
    return tuple(e for e in ways if e.way.channel == "phone" and e.way.says == always)[:1]


def _to_talk(page: Page) -> tuple[Lifeline, ...]:
    """The helplines of the first side: a parent's own, and then those for the young person. For a
    child that is one number, of the first service that has any, whatever need it stands under.
    """
    if not page.under_13:
        found: dict[str, Lifeline] = {}
        for each in filter(None, (page.own_line, *page.to_talk, page.lifeline)):
            found.setdefault(each.route, each)
        return tuple(found.values())
    contacts = (c for each in page.help if each.need != EMERGENCY for c in each.contacts)
    ways = (Lifeline(c.route, c.title, way) for c in contacts for way in c.ways)
    rung = (each for each in ways if each.way.channel == "phone" and not each.way.unsure)
    return tuple(rung)[:1]


def _helplines(page: Page, talk: tuple[Lifeline, ...], night: tuple[Lifeline, ...]) -> Blocks:
    """The helplines of the first side under their label, and who answers when the first is shut."""
    for at, (label, some) in enumerate(labels.helplines(page, talk)):
        boxes = [Box(each.title, (_address(each.way),)) for each in some]
        if page.under_13:
            yield from (replace(box, title=f"{label}: {box.title}") for box in boxes)
            continue
        for each in () if at else night:
            title = say("sheet.at-night", title=each.title)
            boxes.insert(1, Box(title, (_address(each.way),)))
        yield Heading(label)
        yield parts.Brief(tuple(boxes))


def _top(
    page: Page, talk: tuple[Lifeline, ...], rung: Iterable[Block], named: _Named, first: Blocks
) -> Blocks:
    """Danger, whom to talk to, the steps and ``first``, with who approved the words. A child has
    these few on a side of their own; a worker has steps before helplines."""
    child = page.under_13
    yield Paragraph(page.opening)
    # The screen has a key for this; paper says it first.
    yield Paragraph(say("sheet.danger"), strong=True, uri=EMERGENCY_NUMBER)
    yield Paragraph(say("sheet.cannot-speak"))
    steps = _section(say("page.what-to-do"), 1, page.steps, named)
    lines = page.steps if child else page.instructions
    codes = _row((*_chats(page, talk), *_codes_named(named, lines)))
    if page.reader == "staff":
        yield from (*steps, *first, *rung, *codes, Paragraph(labels.reviewed(page)))
    elif not child:
        yield from (*rung, *steps, *codes, Paragraph(labels.reviewed(page)), *first)
    else:
        yield from (*rung, *steps, *codes)
        for part in page.parts:
            if _is_on_front(page, part):
                yield from _answered(part)
        yield parts.Fine((labels.reviewed(page),))
        yield parts.Break()
        yield Paragraph(say("sheet.for.rest"), strong=True)
        yield from first


def _chats(page: Page, talk: Iterable[Lifeline]) -> Iterator[Address]:
    """The code of the chat of the one helpline that a child has at the top."""
    rung = [each.route for each in talk if page.under_13]
    shown = (c for each in page.help for c in each.contacts if c.route in rung)
    for title, way in ((c.title, way) for c in shown for way in c.ways if way.channel == "chat"):
        yield Address(say("sheet.scan-chat", title=title), way.address, way.uri)


def _section(heading: str, first: int, lines: Sequence[Instruction], named: _Named) -> Blocks:
    """A list under its heading, numbered from ``first``; of points, if that is 0."""
    if lines:
        ways = tuple(
            (lines.index(at), replace(_address(way, title=title), label="", note=""))
            for way, (at, title) in named.items()
            if at in lines
        )
        yield Heading(heading, folds=first != 1)
        told = tuple(line.text for line in lines)
        yield Steps(told, ways, first) if first else Points(told, ways)


def _is_on_front(page: Page, part: Part) -> bool:
    """Whether these are the words with which a child begins a call, which stand at its number."""
    return page.under_13 and part.kind is PartKind.CALL


_Named: TypeAlias = Mapping[Channel, tuple[Instruction, str]]
"""Each page of a service that the advice names, with the first line that does, and that service."""


def _named(page: Page, talk: Iterable[Lifeline]) -> _Named:
    """The pages of services that the advice names. Of those whose number stands at the top it is
    only that for a chat: who must not be heard looks for it at the line that says so."""
    contacts = (c for each in page.help for c in (*each.contacts, *each.more))
    services = {way: contact for contact in contacts for way in contact.ways}
    rung = {each.route for each in talk}
    chats = {way.uri for way in services if way.channel == "chat"}
    named: dict[Channel, tuple[Instruction, str]] = {}
    for line in page.instructions:
        for way in line.ways:
            service = services.get(way)
            is_at_top = service is not None and service.route in rung
            if way.uri.startswith("https:") and (way.uri in chats or not is_at_top):
                named.setdefault(way, (line, service.title if service else way.address))
    return named


def _help(each: Help, told: Set[str], said: Set[Channel]) -> Iterator[Block]:
    """One need, each service on a line; one that has steps or forms has a box.

    ``told`` are the details that stand too: in danger of all but the first, else of that alone.
    Who can be reached only as has been ``said`` is left out, and so is a need of which nobody is
    left.
    """
    made: list[tuple[bool, Box]] = []
    for number, contact in enumerate(each.contacts):
        left = _left(contact, number, said)
        if left is not None:
            known = told if (number == 0) is not (each.need == EMERGENCY) else set()
            box = _box(replace(contact, ways=left), known)
            if _has_more(contact):
                box = replace(box, codes=(*_codes_of(contact, left, said),))
            made.append((_has_more(contact), box))
    to_write = len(made) == 1 and not (each.contacts[0].ways or _has_more(each.contacts[0]))
    if (made or not each.contacts) and (each.because or not to_write):
        title = say("sheet.reach-999") if each.need == EMERGENCY else each.heading
        yield Heading(title, folds=True)
        yield from map(Paragraph, each.because)
    if to_write:
        yield parts.Blank(say("sheet.to-write", who=each.heading), boxed=True)
        return
    for is_boxed, group in groupby(made, itemgetter(0)):
        some = tuple(box for _, box in group)
        yield from some if is_boxed else [parts.Brief(some)]


def _left(contact: Contact, number: int, said: Set[Channel]) -> tuple[Channel, ...] | None:
    """The ways of a service that paper shows, but for those ``said``; None to leave it out. Beside
    a number no page stands, and of a further service no mailbox, but of those with steps."""
    besides = {"web"} if number == 0 else {"web", "email"}
    ways = contact.ways
    if not _has_more(contact) and any(way.channel not in besides | {"bsl"} for way in ways):
        ways = tuple(way for way in ways if way.channel not in besides)
    left = ways if _has_more(contact) else tuple(way for way in ways if way not in said)
    return None if ways and not left else left


def _has_more(contact: Contact) -> bool:
    return bool(contact.steps or contact.forms)


def _box(contact: Contact, told: Set[str]) -> Box:
    notes = (
        parts.Note("" if detail.field == "limits" else labels.detail(detail.field), detail.text)
        for detail in contact.details
        if detail.field in told
    )
    title, ways, uri = labels.title_of(contact), contact.ways, ""
    if len(ways) == 1 and (alone := labels.number_alone(title, ways[0])):
        title, uri = alone, ways[0].uri
        ways = ()
    return Box(
        title=title,
        addresses=(
            *_addresses(ways, contact.title),
            *(Address(f.says, f.web, f.web) for f in contact.forms),
        ),
        steps=contact.steps,
        notes=tuple(notes),
        uri=uri,
    )


def _addresses(ways: Iterable[Channel], title: str) -> Iterator[Address]:
    """Each address once, but for what is said of it: the main channel, with others in its note. A
    web page is obvious."""
    alike = grouped(((way.uri, way.address, way.label), way) for way in ways)
    for several in alike.values():
        main, *others = sorted(several, key=lambda way: _BESIDES.get(way.channel, 0))
        named = (labels.channel(way.channel).lower() for way in others if way.channel != "web")
        too = (say("sheet.channel-too", channel=each) for each in named)
        yield _address(main, *too, title=title)


_BESIDES = {"web": 1, "bsl": 2}
"""Rank of a channel among those of one address; 0 for others."""


def _address(way: Channel, *besides: str, title: str = "") -> Address:
    is_named = title and way.channel in ("web", "chat")
    return Address(
        label=labels.channel(way.channel),
        text=way.address,
        uri=way.uri,
        note=", ".join(filter(None, (way.label, way.says, *besides))),
        does=say(f"sheet.scan-{way.channel}", title=title) if is_named else "",
    )


def _row(codes: Iterable[Address]) -> Iterator[parts.Scans]:
    """Some codes beside each other, each once."""
    if once := tuple({code.uri: code for code in codes}.values()):
        yield parts.Scans(once)


def _code_of(title: str, ways: Iterable[Channel]) -> Iterator[Address]:
    """The code of a service of which a page is long to type, which says what it does: to ring, else
    to open the first of its pages, but never that in sign language."""
    found = [way for way in ways if scannable(way.uri) and way.channel != "bsl"]
    # A number is short, and so is the front page of a site.
    if not all(way.uri.startswith("tel:") or front_page(way.uri) is not None for way in found):
        does = say(f"sheet.scan-{found[0].channel}", title=title)
        yield Address(does, found[0].address, found[0].uri)


def _codes_named(named: _Named, lines: Collection[Instruction]) -> Iterator[Address]:
    for way, (line, title) in named.items():
        if line in lines:
            yield from _code_of(title, (way,))


def _scanned(page: Page, named: _Named, said: Set[Channel]) -> Iterator[Address]:
    """The codes of what further lines of a child name, of the first service of each need and of an
    organisation's own. Those of a box stand in it."""
    if page.under_13:
        yield from _codes_named(named, page.lines_of(PartKind.MORE))
    for each in page.help:
        for number, contact in enumerate(each.contacts):
            if (number == 0 or contact.local) and not _has_more(contact):
                yield from _codes_of(contact, _left(contact, number, said) or (), said)


def _codes_of(contact: Contact, ways: Iterable[Channel], said: Set[Channel]) -> Iterator[Address]:
    """The code of a service, and of each of its forms."""
    yield from _code_of(contact.title, (way for way in ways if way not in said))
    yield from (Address(form.says, form.web, form.web) for form in contact.forms)


def scannable(uri: str) -> bool:
    """Whether an address gets a QR code: links, and numbers of more than three digits.

    999, 112 and 101 must not be rung by accident. The textphone prefix does not count.
    """
    scheme, _, number = uri.partition(":")
    rung = number.removeprefix(_TEXTPHONE)
    return scheme == "https" or (scheme == "tel" and len(rung) > len("999"))


def origins(page: Page, contacts: Iterable[Contact], today: date) -> Iterator[str]:
    """How old the details of ``contacts`` are, and from whom it is not. The day of a source says
    nothing of an organisation's own details."""
    yield from _overdue(page, today)
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
    found: dict[str, dict[str, Address]] = {}  # each number once, under one heading of its kind
    for each in page.help:
        told = say("sheet.someone") if discretion.tells(each.heading) else each.heading
        for address in _numbers(each, discretion) if each.need != EMERGENCY else ():
            title = say("sheet.text") if address.uri.startswith("sms:") else told
            title = say("sheet.not-urgent") if address.text == "101" else title  # the police
            found.setdefault(title, {}).setdefault(address.uri, address)
    yield from (Box(title, tuple(addresses.values())) for title, addresses in found.items())
    overdue = _overdue(page, how.printed_on)
    yield parts.Fine((*overdue, say("page.may-change")))


def _numbers(each: Help, discretion: Discretion) -> Iterator[Address]:
    """The numbers of one need without the names of services. Of one that is free that is said, and
    of one that is not for all ages, and of those rung or texted beside it, whom they serve:
    somebody else may have the card."""
    limited = {
        way.channel for c in each.contacts if discretion.under.get(c.route) for way in _rung(c)
    }
    for contact in each.contacts:
        costs = (d.text for d in contact.details if d.field == "cost")
        free = [say("sheet.free").lower()] * any(t.startswith(say("sheet.free")) for t in costs)
        under = discretion.under.get(contact.route, "")
        limit = say("mark.under", age=under) if under else ""
        every = say("sheet.for-anyone") if contact.route in discretion.any_age else ""
        for way in _rung(contact):
            ages = limit or (every if way.channel in limited else "")
            label = ages if discretion.tells(way.label) else way.label or ages
            yield _address(replace(way, label=label), *free)


def _rung(contact: Contact) -> Iterator[Channel]:
    """The ways by number, except textphones, whose prefix could not be explained discreetly. The
    word to send stands, though it may be the name of a service: a text without it is lost."""
    for way in contact.ways:
        if way.uri.startswith(("tel:", "sms:")) and not way.uri.startswith(f"tel:{_TEXTPHONE}"):
            yield way
