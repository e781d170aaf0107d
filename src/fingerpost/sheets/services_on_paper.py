"""The services of a sheet: whom to ring at its top, and who can help with a need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from itertools import groupby
from operator import itemgetter

from ..model.base import grouped, replace
from ..model.route import front_page
from ..page import labels
from ..page.contact import Channel, Contact
from ..page.messages import say
from ..page.page import Help, Lifeline, Page
from ..page.visibility import EMERGENCY
from . import document as parts
from .document import Address, Block, Box, Heading, Paragraph

TEXTPHONE = "tel:18001"
"""The prefix for a textphone, by which Relay UK joins the call."""


def helplines_of(page: Page) -> tuple[Lifeline, ...]:
    """The helplines of the first side: a parent's own, and then those for the young person. For a
    child that is one number, whatever need it stands under: the first that answers at any hour.
    """
    if not page.under_13:
        found: dict[str, Lifeline] = {}
        for each in filter(None, (page.own_line, *page.to_talk, page.lifeline)):
            found.setdefault(each.route, each)
        return tuple(found.values())
    contacts = (c for each in page.help if each.need != EMERGENCY for c in each.contacts)
    ways = (Lifeline(c.route, c.title, way) for c in contacts for way in c.ways)
    rung = [each for each in ways if each.way.channel == "phone" and not each.way.unsure]
    always = say("hours.always")
    return tuple(sorted(rung, key=lambda each: each.way.says != always))[:1]


def helpline_blocks(page: Page, talk: tuple[Lifeline, ...]) -> Iterator[Block]:
    """The helplines of the first side under their label, and who answers a parent at night."""
    for label, some in labels.helplines(page, talk):
        boxes = [Box(each.title, (address_of(each.way),)) for each in some]
        if page.under_13:
            yield from (replace(box, title=f"{label}: {box.title}") for box in boxes)
            continue
        if page.at_night and page.own_line in some:
            title = say("sheet.at-night", title=page.at_night.title)
            boxes.append(Box(title, (address_of(page.at_night.way),)))
        yield Heading(label)
        yield parts.Brief(tuple(boxes))


def foot(page: Page, talk: tuple[Lifeline, ...]) -> tuple[str, ...]:
    """The numbers that stand on each side, since a side may come away from the others: of the
    helplines that which surely answers."""
    every = (*filter(None, [page.at_night]), *talk)
    rung = (f"{each.title} {each.way.address}" for each in every if each.way.channel == "phone")
    return (say("phone.danger"), *tuple(rung)[:1])


def chat_codes(page: Page, talk: Iterable[Lifeline]) -> Iterator[Address]:
    """The code of the chat of the one helpline that a child has at the top."""
    rung = [each.route for each in talk if page.under_13]
    shown = (c for each in page.help for c in each.contacts if c.route in rung)
    for title, way in ((c.title, way) for c in shown for way in c.ways if way.channel == "chat"):
        yield Address(say("sheet.scan-chat", title=title), way.address, way.uri)


def is_rung_first(page: Page, each: Help) -> bool:
    """Whether the first step means the first service of a need, by a word that says not how."""
    step = page.steps[0].text.casefold() if page.steps else ""
    return any(contact.word and contact.word in step for contact in each.contacts[:1])


def help_blocks(each: Help, told: Set[str], said: Set[Channel]) -> Iterator[Block]:
    """One need, each service on a line; one that has steps or forms has a box.

    ``told`` are the details that stand too: in danger of all but the first, else of that alone.
    Who can be reached only as has been ``said`` is left out, and so is a need of which nobody is
    left.
    """
    made: list[tuple[bool, Box]] = []
    for number, contact in enumerate(each.contacts):
        left = ways_left(contact, number, said)
        if left is not None:
            known = told if (number == 0) is not (each.need == EMERGENCY) else set()
            box = _box(replace(contact, ways=left), known)
            if has_more(contact):
                box = replace(box, codes=(*codes_of(contact, left, said),))
            made.append((has_more(contact), box))
    to_write = len(made) == 1 and not (each.contacts[0].ways or has_more(each.contacts[0]))
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


def ways_left(contact: Contact, number: int, said: Set[Channel]) -> tuple[Channel, ...] | None:
    """The ways of a service that paper shows, but for those ``said``; None to leave it out. Beside
    a number no page stands, and of a further service no mailbox, but of those with steps."""
    besides = {"web"} if number == 0 else {"web", "email"}
    ways = contact.ways
    if not has_more(contact) and any(way.channel not in besides | {"bsl"} for way in ways):
        ways = tuple(way for way in ways if way.channel not in besides)
    left = ways if has_more(contact) else tuple(way for way in ways if way not in said)
    return None if ways and not left else left


def has_more(contact: Contact) -> bool:
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
        yield address_of(main, *too, title=title)


_BESIDES = {"web": 1, "bsl": 2}
"""Rank of a channel among those of one address; 0 for others."""


def address_of(way: Channel, *besides: str, title: str = "") -> Address:
    is_named = title and way.channel in ("web", "chat")
    return Address(
        label=labels.channel(way.channel),
        text=way.address,
        uri=way.uri,
        note=", ".join(filter(None, (way.label, way.says, *besides))),
        does=say(f"sheet.scan-{way.channel}", title=title) if is_named else "",
    )


def code_row(codes: Iterable[Address]) -> Iterator[parts.Scans]:
    """Some codes beside each other, each once."""
    if once := tuple({code.uri: code for code in codes}.values()):
        yield parts.Scans(once)


def code_of(title: str, ways: Iterable[Channel]) -> Iterator[Address]:
    """The code of a service of which a page is long to type, which says what it does: to ring, else
    to open the first of its pages, but never that in sign language."""
    found = [way for way in ways if scannable(way.uri) and way.channel != "bsl"]
    # A number is short, and so is the front page of a site.
    if not all(way.uri.startswith("tel:") or front_page(way.uri) is not None for way in found):
        does = say(f"sheet.scan-{found[0].channel}", title=title)
        yield Address(does, found[0].address, found[0].uri)


def codes_of(contact: Contact, ways: Iterable[Channel], said: Set[Channel]) -> Iterator[Address]:
    """The code of a service, and of each of its forms."""
    yield from code_of(contact.title, (way for way in ways if way not in said))
    yield from (Address(form.says, form.web, form.web) for form in contact.forms)


def scannable(uri: str) -> bool:
    """Whether an address gets a QR code: links, and numbers of more than three digits.

    999, 112 and 101 must not be rung by accident. The textphone prefix does not count.
    """
    scheme, _, number = uri.replace(TEXTPHONE, "tel:").partition(":")
    return scheme == "https" or (scheme == "tel" and len(number) > len("999"))
