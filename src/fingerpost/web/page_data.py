"""What a page needs beside its library, worked out when it is made: contacts, hours, approvals.

The engine in the browser reads no opening hours as text and makes no fingerprints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model.base import Frozen
from ..model.facts import BILINGUAL, TELLERS
from ..model.library import Library
from ..model.route import Route
from ..model.sentence import Sentence
from ..model.tree import Advice, When
from ..page.approval import Approved, Fingerprints, of_part, unsigned
from ..page.contact import CHANNELS, DETAILS, addresses, hours_on_paper, how_to, says_open
from ..page.opening_hours import BankHolidays, Hours, UnreadableHours, parse
from ..page.question import is_for_any_age
from ..page.reach import Kind
from ..page.speaker import in_sentence, when_shut


class WrittenHours(Frozen):
    """Opening hours: what paper says of them, and their plans, or None if they cannot be read."""

    says: str
    read: Hours | None


class Way(Frozen):
    """``page.contact.Channel`` without what a moment and a reader decide. ``adults`` alone may be
    shown the number; ``silent``: nothing says that it is open."""

    channel: str
    address: str
    uri: str
    label: Sentence | None
    hours: WrittenHours | None
    unsure: bool
    adults: bool
    silent: bool


class About(Frozen):
    """``page.contact.Detail`` for all readers."""

    field: str
    say: Sentence


class Link(Frozen):
    """``page.contact.FormLink`` for all readers."""

    says: Sentence
    web: str


class Service(Frozen):
    """A route: for whom it is, and ``page.contact.Contact`` for all readers. ``nation`` is the only
    one that it serves, or empty. ``ways_in`` has the nations that have ways of their own. ``short``
    is what stands beside its name in a sentence, by teller, and beside a hard ``word``; ``shut``
    follows it, unless the sentence names the same service."""

    name: str
    title: Sentence
    serves: tuple[str, ...]
    nation: str
    short: Mapping[str, str]
    shut: str
    whens: tuple[When, ...]
    unless: tuple[When, ...]
    first: bool
    instead: str
    word: str
    under: str
    any_age: bool
    ways: tuple[Way, ...]
    ways_in: Mapping[str, tuple[Way, ...]]
    details: tuple[About, ...]
    steps: tuple[Sentence, ...]
    forms: tuple[Link, ...]
    seen: str
    local: bool


class _Asked(Frozen):
    """An answer, and the ways in which people put its question."""

    line: Advice
    ways: tuple[str, ...]


def page_data(library: Library) -> dict[str, object]:
    """The table of bank holidays, the nations in which paper says the languages of a service, the
    routes as services by name, and the approvals of pages."""
    return {
        "answers": [_Asked(line, line.said) for line in library.advice.values() if line.said],
        "holidays": BankHolidays.load(),
        "bilingual": sorted(BILINGUAL),
        "routes": {name: _service(library, route) for name, route in library.routes.items()},
        "kinds": (Kind.LINE, Kind.NEED, Kind.ROUTE, Kind.WORD),
        **(_approvals(library) if library.approvals else {"approvals": {}, "unsigned": {}}),
    }


def _service(library: Library, route: Route) -> Service:
    nations = route.contract.nations if route.contract else frozenset()
    details = ((field, getattr(route, field)) for field in DETAILS)
    return Service(
        name=route.name,
        title=route.title,
        serves=route.serves,
        nation="".join(nations) if len(nations) == 1 else "",
        short={who: in_sentence(route, who) for who in (*TELLERS, "other")},
        shut=when_shut(library, route),
        word=route.word,
        whens=route.whens,
        unless=route.unless,
        first=route.first,
        instead=route.instead,
        under=route.under,
        any_age=is_for_any_age(library, route),
        ways=tuple(_ways(route, None)),
        ways_in={nation: tuple(_ways(route, nation)) for nation in route.web_by_nation},
        details=tuple(About(name, say) for name, say in details if say),
        steps=how_to(library, route),
        forms=tuple(Link(form.say, form.web) for form in route.forms),
        seen=route.source.seen if route.source else "",
        local=route.local,
    )


def _ways(route: Route, nation: str | None) -> Iterator[Way]:
    lines = ((channel, line) for channel in CHANNELS for line in route.lines(channel))
    for channel, line in lines:
        written = line.hours.get(channel, "")
        says = hours_on_paper(line, channel)
        hours = WrittenHours(says, _read(written)) if written or says else None
        for address, uri, label in addresses(line, channel, nation):
            yield Way(
                channel=channel,
                address=address,
                uri=uri,
                label=label,
                hours=hours,
                unsure=channel in line.unsure,
                adults=line.is_for_adults(channel),
                silent=not says_open(line, channel),
            )


def _read(text: str) -> Hours | None:
    try:
        return parse(text)
    except UnreadableHours:
        return None


def _approvals(library: Library) -> dict[str, dict[str, Approved] | dict[str, bool]]:
    """Who signed each page; and what is not approved of pages and of what they share, each with
    whether this is only as it has changed since it was."""
    found = Fingerprints(library)
    pages = [f"{tree.name}/{ending}" for tree in library.trees.values() for ending in tree.outcomes]
    signed = ((page, of_part(found, page, None)) for page in pages)
    return {
        "approvals": {page: by for page, by in signed if by},
        "unsigned": unsigned(found, (*pages, *found.shared)),
    }
