"""The leaflets of a rack: one for each tree and reader, right for anyone who takes one.

Nobody is asked anything. So a leaflet holds the page of those who answer “not sure” wherever they
may: each rule of safety is proved for them, and their page presumes neither who it is nor where it
is safe. Where such an answer leads on to another tree, that tree's leaflet is the one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import chain, islice, repeat
from typing import TypeAlias

from ..model.base import Frozen, replace
from ..model.facts import BILINGUAL, NOT_SURE, TELLERS, Facts
from ..model.library import Library
from ..model.route import Route, front_page
from ..model.tree import Kind, Outcome, Question
from ..page import labels
from ..page.contact import Channel, Contact
from ..page.messages import say
from ..page.page import Page, page
from ..page.visibility import EMERGENCY
from ..walk.autoplay import play
from ..walk.walk import Walk, answer_in
from .document import Address, Blank, Block, Box, Document, Fine, Paragraph, Scans, Steps, lead
from .leaflet_index import Entry, Section
from .leaflets import Leaflet
from .sheet import EMERGENCY_NUMBER, origins

READERS = ("young-person", "parent")
"""Those for whom there are leaflets, in the order of the index; a worker has sheets."""

MOST_STEPS = 5
MOST_LETTERS = 520
MOST_CODES = 2


class Rack(Frozen):
    """What is printed on all leaflets of a rack.

    ``nation`` is where it stands, or None for anywhere in the UK. ``name`` is that of the
    organisation, or empty for room to write it. ``printed_on`` decides what is overdue.
    """

    printed_on: date
    nation: str | None = None
    name: str = ""


def rack(library: Library, trees: Collection[str], how: Rack) -> Section:
    """The index of the leaflets: for each reader by title. Without sections there are none."""
    found = (
        Section(say(f"rack.for.{reader}"), entries=entries)
        for reader in READERS
        if (entries := tuple(sorted(_entries(library, trees, reader, how), key=_by_title)))
    )
    lines = (labels.approval_of(library, None), say("page.from-nobody"))
    return Section(say("rack.title"), lines, sections=tuple(found))


def _entries(library: Library, trees: Iterable[str], reader: str, how: Rack) -> Iterator[Entry]:
    for tree in trees:
        walk = _not_sure(library, tree, reader, how.nation)
        if isinstance(walk.here, Outcome) and walk.tree.name == tree:
            # Whose nation it is would make the first need one for some alone.
            shown = page(replace(library, nation=None), walk.tree, walk.here, walk.facts)
            if shown.reader == reader:
                leaflet = Leaflet(f"{tree}-{reader}", _leaflet(library, shown, how))
                yield Entry(leaflet, leaflet.document.title)


def _by_title(entry: Entry) -> str:
    return entry.text.casefold()


def _not_sure(library: Library, tree: str, reader: str, nation: str | None) -> Walk:
    """The walk of a reader who is in no danger now, and not sure of anything else."""
    told: Facts = {"teller": frozenset({reader})}
    if nation:
        told = {**told, "nation": frozenset({nation})}

    def answer(question: Question) -> frozenset[str]:
        return answer_in(told, question) or frozenset({_vaguest(question)})

    return play(Walk.begin(library, tree, told), answer, lambda _: False)


def _vaguest(question: Question) -> str:
    """The answer that says least: none of them all, “not sure”, or that which is offered last.

    The danger line at the top of a leaflet is for those who answer otherwise.
    """
    alone = [each.value for each in question.answers if each.alone]
    calm = [value for value in question.values if value not in question.in_danger]
    return next(iter([*alone, *(v for v in calm if v == NOT_SURE), *reversed(calm)]))


# What stands on a leaflet


def _leaflet(library: Library, shown: Page, how: Rack) -> Document:
    reader = say(f"rack.for.{shown.reader}")
    return Document(
        title=shown.tree_title.removeprefix(f"{reader}: "),
        blocks=tuple(_blocks(library, shown, how)),
        kicker=reader,
        banner=f"{say('sheet.danger')} {say('sheet.cannot-speak')}",
        banner_uri=EMERGENCY_NUMBER,
        leaflet=True,
    )


def _blocks(library: Library, shown: Page, how: Rack) -> Iterator[Block]:
    yield Paragraph(shown.opening)
    rung = _helplines(library, shown, how.nation)
    languages = frozenset({"languages"} if shown.nation in BILINGUAL else ())
    told = chain([languages | {"cost"}], repeat(languages))
    yield Box(
        title=say("page.lifeline"),
        addresses=tuple(
            Address(contact.title, _said(way), way.uri, " ".join(_known(contact, way, fields)))
            for (contact, way), fields in zip(rung, told, strict=False)
        ),
    )
    yield Steps(tuple(_steps(shown)))
    codes = _scanned(library, shown, {contact.route for contact, _ in rung})
    yield Scans(tuple({code.uri: code for code in codes}.values())[:MOST_CODES])
    yield Paragraph(how.name) if how.name else Blank(say("rack.club"))
    # When a number was seen is for those who can find a newer one.
    yield Fine((say("rack.more"), labels.reviewed(shown), *origins(shown, (), how.printed_on)))


def _said(way: Channel) -> str:
    """A number to ring, or what to text: a number alone would be rung."""
    return f"{labels.channel(way.channel)} {way.address}" if way.channel == "text" else way.address


def _steps(shown: Page) -> Iterator[str]:
    """The first things to do, as many as there is room for; the order is that of their weight."""
    told = (line.text for line in shown.instructions if line.kind is not Kind.WORKER)
    room = MOST_LETTERS
    for text in islice(told, MOST_STEPS):
        room -= len(text)
        if room < 0:
            break
        yield text


_Reached: TypeAlias = tuple[tuple[Contact, Channel], ...]
"""Services, each with the way by which a leaflet reaches it."""


def _helplines(library: Library, shown: Page, nation: str | None) -> _Reached:
    """The first helpline that is for this reader alone, or else for all; the first by text at any
    hour for a young person, or a parent's own; and the first of the nation's own; and one for any
    age at any hour, if none of these is open then. A need that says why it is there is for some
    alone. An adult whose page begins with a crisis has that first. One that may be shut is never
    above one for the same needs that is not."""
    others = {*READERS} - {shown.reader}
    first = next((h.need for h in shown.help if h.need != EMERGENCY and TELLERS[0] in others), "")
    live = {name for name, need in library.needs.items() if need.live}
    needs = (each for each in shown.help if not each.because)
    every = [c for each in needs for c in (*each.contacts, *each.more)]
    every = [c for c in every if not live.isdisjoint(library.routes[c.route].serves)]
    rung = [*_by("phone", every)]

    def for_others(found: tuple[Contact, Channel]) -> bool:
        route = _route(library, found)
        leads = route.serves == (first,) and not own(found)
        return not leads and not (route.contract and route.contract.tellers.isdisjoint(others))

    def own(found: tuple[Contact, Channel]) -> bool:
        contract = _route(library, found).contract
        return contract is not None and contract.nations == {nation}

    def shut(found: tuple[Contact, Channel]) -> bool:
        return not _route(library, found).is_always_open(found[1].channel)

    line = shown.own_line
    theirs = [each for each in rung if line and each[0].route == line.route]
    second = sorted(_by("text", every), key=shut)[:1] if shown.reader == TELLERS[0] else theirs
    best = (*sorted(rung, key=for_others)[:1], *second)
    nations = tuple(islice(filter(own, rung), 1))
    if all(map(shut, (*best, *nations))):
        best += tuple(each for each in rung if not (each[0].under or shut(each)))[:1]
    found = {way.uri: (contact, way) for contact, way in (*best, *nations)}.values()
    same = {*_route(library, best[0]).serves} if best else set()
    return tuple(
        sorted(found, key=lambda e: shut(e) or not same.issubset(_route(library, e).serves))
    )


def _route(library: Library, found: tuple[Contact, Channel]) -> Route:
    return library.routes[found[0].route]


def _scanned(library: Library, shown: Page, rung: Collection[str]) -> Iterator[Address]:
    """The first services of different needs that have a web page, and then further ones, each under
    its need and with its number, with its hours if it may be shut; with what is short to type those
    ``rung`` in the box. Whoever is the same for everybody and has no number to ring comes first."""

    def numbers(contact: Contact) -> Iterator[str]:
        for _, each in _by("phone", [contact]):
            yield each.address
            if not library.routes[contact.route].is_always_open("phone"):
                yield each.says

    def other(found: tuple[str, Contact]) -> bool:
        contact = found[1]
        fixed = library.routes[contact.route].fixed
        return not fixed or any(way.channel == "phone" for way in contact.ways)

    left_out = (EMERGENCY, "learn-more")  # whose pages get nobody help
    helped = [each for each in shown.help if each.need not in left_out]
    firsts = [(each.heading, contact) for each in helped for contact in each.contacts[:1]]
    others = [(each.heading, contact) for each in helped for contact in each.contacts[1:]]
    for heading, contact in (*sorted(firsts, key=other), *others):
        for _, way in _by("web", [contact]):
            short = labels.typed(way.address) if front_page(way.uri) else ""
            known = (short,) if contact.route in rung else numbers(contact)
            told = (contact.title, *(each for each in known if each not in contact.title))
            yield Address(heading, " · ".join(told), way.uri)


def _by(channel: str, contacts: Iterable[Contact]) -> Iterator[tuple[Contact, Channel]]:
    """Each contact that has an address of this channel that is sure."""
    for contact in contacts:
        for way in contact.ways:
            if way.channel == channel and not way.unsure:
                yield contact, way
                break


def _known(helpline: Contact, way: Channel, fields: Collection[str]) -> Iterator[str]:
    """What to press, when a helpline answers, and the first sentences of these details."""
    for text in filter(None, (way.label, way.says)):
        yield f"{text[0].upper()}{text[1:]}."
    for detail in helpline.details:
        if detail.field in fields:
            yield lead(detail.text)[0]
