"""A page of advice as a document to print: what is on the sheet, and in which order.

The advice is that of the page, line for line, with every step and every answer. Paper leaves out
what nobody needs in order to act: the routes behind "more", what else there is to know of a
service, and below its top the numbers that stand there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from ..model.base import Frozen, replace
from ..model.facts import BILINGUAL, TELLERS
from ..page import labels
from ..page.contact import Channel, Contact
from ..page.joined import page_of
from ..page.messages import say
from ..page.page import Help, Instruction, Lifeline, Page, Part, PartKind
from ..page.visibility import EMERGENCY
from . import document as parts
from . import services_on_paper as services
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
    talk = services.helplines_of(page)
    return Document(
        title=page.title,
        blocks=tuple(_blocks(page, talk, how)),
        kicker=f"{say('sheet.for.staff')} {page.tree_title}" if for_staff else page.tree_title,
        banner=labels.urgency(page.urgency),
        foot=services.foot(page, talk),
        large=how.large,
        most_sides=MOST_SIDES,
        child=page.under_13,
    )


def _blocks(page: Page, talk: tuple[Lifeline, ...], how: Sheet) -> Blocks:
    named = _named(page, talk)
    # A line that is for some, as of one nation, stands among the others all the same.
    top = (*talk, *filter(None, [page.at_night]))
    said = {each.way for each in top if not each.way.label} | named.keys()
    said |= {*page.emergency.ways[:1]} if page.emergency else set()
    rung = (*services.helpline_blocks(page, talk),)
    yield from _top(page, talk, rung, named, _every_help(page, said, on_top=True))
    runs_on = page.reader != TELLERS[0] and bool(page.lines_of(PartKind.MORE))
    # A child's own questions come before what a grown-up does.
    for part in sorted(page.parts, key=lambda p: page.under_13 and p.kind is not PartKind.ANSWER):
        if part.kind is PartKind.HELP:
            yield from _every_help(page, said, on_top=False)
            yield from services.code_row(_scanned(page, named, said))
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
    rung = {each.need for each in page.help if services.is_rung_first(page, each)}
    first = {*rung, EMERGENCY, *([LEAD] if page.reader == "staff" else [])}
    why: set[str] = set()
    for each in sorted(page.help, key=lambda each: each.need not in rung):
        if (each.need in first) is on_top:
            told = {"limits"} if each.need == EMERGENCY else languages
            because = tuple(text for text in each.because if text not in why)
            if shown := [*services.help_blocks(replace(each, because=because), told, said)]:
                why |= {*because}
                yield from shown


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
    codes = services.code_row((*services.chat_codes(page, talk), *_codes_named(named, lines)))
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


def _section(heading: str, first: int, lines: Sequence[Instruction], named: _Named) -> Blocks:
    """A list under its heading, numbered from ``first``; of points, if that is 0."""
    if lines:
        ways = tuple(
            (lines.index(at), replace(services.address_of(way, title=title), label="", note=""))
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
    offered = {way: contact for contact in contacts for way in contact.ways}
    rung = {each.route for each in talk}
    chats = {way.uri for way in offered if way.channel == "chat"}
    named: dict[Channel, tuple[Instruction, str]] = {}
    for line in page.instructions:
        for way in line.ways:
            service = offered.get(way)
            is_at_top = service is not None and service.route in rung
            if way.uri.startswith("https:") and (way.uri in chats or not is_at_top):
                named.setdefault(way, (line, service.title if service else way.address))
    return named


def _codes_named(named: _Named, lines: Collection[Instruction]) -> Iterator[Address]:
    for way, (line, title) in named.items():
        if line in lines:
            yield from services.code_of(title, (way,))


def _scanned(page: Page, named: _Named, said: Set[Channel]) -> Iterator[Address]:
    """The codes of what further lines of a child name, of the first service of each need and of an
    organisation's own. Those of a box stand in it."""
    if page.under_13:
        yield from _codes_named(named, page.lines_of(PartKind.MORE))
    for each in page.help:
        for number, contact in enumerate(each.contacts):
            if (number == 0 or contact.local) and not services.has_more(contact):
                left = services.ways_left(contact, number, said) or ()
                yield from services.codes_of(contact, left, said)


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
            yield services.address_of(replace(way, label=label), *free)


def _rung(contact: Contact) -> Iterator[Channel]:
    """The ways by number, except textphones, whose prefix could not be explained discreetly. The
    word to send stands, though it may be the name of a service: a text without it is lost."""
    for way in contact.ways:
        if way.uri.startswith(("tel:", "sms:")) and not way.uri.startswith(services.TEXTPHONE):
            yield way
