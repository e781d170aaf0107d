"""What a page needs beside its library, worked out when it is made: contacts, hours, approvals.

The engine in the browser reads no opening hours as text and makes no fingerprints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ..model.approval import Approval
from ..model.base import Frozen
from ..model.facts import TELLERS
from ..model.library import Library
from ..model.route import Route
from ..model.sentence import Sentence
from ..model.tree import When
from ..page.approval import Item, Since, changed_before, shared_items, since
from ..page.availability import BankHolidays
from ..page.fingerprint import lines
from ..page.opening_hours import Hours, UnreadableHours, parse
from ..page.page import (
    CHANNELS,
    DETAILS,
    addresses,
    hours_on_paper,
    says_open,
)
from ..page.question import is_for_any_age


class WrittenHours(Frozen):
    """Opening hours: what paper says of them, and their plans, or None if they cannot be read."""

    says: str
    read: Hours | None


class Way(Frozen):
    """``page.page.Channel`` without what a moment and a reader decide. ``adults`` alone may be
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
    """``page.page.Detail`` for all readers."""

    field: str
    say: Sentence


class Link(Frozen):
    """``page.page.FormLink`` for all readers."""

    says: Sentence
    web: str


class Service(Frozen):
    """A route: for whom it is, and ``page.page.Contact`` for all readers. ``nation`` is the only
    one that it serves, or empty. ``ways_in`` has the nations that have ways of their own. ``short``
    is an address that fits into a sentence, for a young
    person and, under an empty name, for any other teller."""

    name: str
    title: Sentence
    serves: tuple[str, ...]
    nation: str
    short: Mapping[str, str]
    whens: tuple[When, ...]
    unless: tuple[When, ...]
    first: bool
    instead: str
    under: str
    any_age: bool
    ways: tuple[Way, ...]
    ways_in: Mapping[str, tuple[Way, ...]]
    details: tuple[About, ...]
    steps: tuple[Sentence, ...]
    forms: tuple[Link, ...]
    seen: str
    source_url: str
    confidence: str
    local: bool


class EndingSince(Frozen):
    """``page.approval.Since`` of an ending: the lines that are ``new``, and the places in
    ``items`` of what ``stands``, each a bit of a hexadecimal number."""

    new: frozenset[str]
    gone: int
    in_order: bool
    stands: str | None


class ApprovedTree(Frozen):
    """Who approved a tree, and what has become of it since. ``before`` is the number of changes in
    what is read before an ending. ``places`` has for each of ``items`` where it stood among what
    was approved, or -1."""

    by: str
    role: str
    on: date
    until: date
    organisation: str
    before: int
    places: tuple[int, ...]
    endings: Mapping[str, EndingSince]


def page_data(library: Library) -> dict[str, object]:
    """The table of bank holidays, the routes as services by name, the approvals by tree, and what
    trees share, as far as an approval counts it."""
    items = tuple(shared_items(library)) if library.approvals else ()
    approvals = library.approvals.items()
    return {
        "holidays": BankHolidays.load(),
        "routes": {name: _service(library, route) for name, route in library.routes.items()},
        "items": items,
        "approvals": {name: _approved(library, approval, items) for name, approval in approvals},
    }


def _service(library: Library, route: Route) -> Service:
    nations = route.contract.nations if route.contract else frozenset()
    details = ((field, getattr(route, field)) for field in DETAILS)
    return Service(
        name=route.name,
        title=route.title,
        serves=route.serves,
        nation="".join(nations) if len(nations) == 1 else "",
        short={who: short for who in (TELLERS[0], "") if (short := route.short_address(who))},
        whens=route.whens,
        unless=route.unless,
        first=route.first,
        instead=route.instead,
        under=route.under,
        any_age=is_for_any_age(library, route),
        ways=tuple(_ways(route, None)),
        ways_in={nation: tuple(_ways(route, nation)) for nation in route.web_by_nation},
        details=tuple(About(name, say) for name, say in details if say),
        steps=route.steps,
        forms=tuple(Link(form.say, form.web) for form in route.forms),
        seen=route.source.seen if route.source else "",
        source_url=route.source.url if route.source else "",
        confidence=route.confidence,
        local=route.local,
    )


def _ways(route: Route, nation: str | None) -> Iterator[Way]:
    for channel in CHANNELS:
        written = route.hours.get(channel, "")
        hours = WrittenHours(hours_on_paper(route, channel), _read(written)) if written else None
        for address, uri, label in addresses(route, channel, nation):
            yield Way(
                channel=channel,
                address=address,
                uri=uri,
                label=label,
                hours=hours,
                unsure=channel in route.unsure,
                adults=route.is_for_adults(channel),
                silent=not says_open(route, channel),
            )


def _read(text: str) -> Hours | None:
    try:
        return parse(text)
    except UnreadableHours:
        return None


def _approved(library: Library, approval: Approval, items: tuple[Item, ...]) -> ApprovedTree:
    tree = library.trees[approval.tree]
    place = {mark: at for at, mark in enumerate(approval.shared)}
    return ApprovedTree(
        by=approval.by,
        role=approval.role,
        on=approval.on,
        until=approval.until,
        organisation=approval.organisation,
        before=sum(1 for _ in changed_before(library, tree, approval)),
        places=tuple(place.get(item.mark, -1) for item in items),
        endings={
            name: _ending(since(approval, outcome, items), items)
            for name, outcome in tree.outcomes.items()
        },
    )


def _ending(since: Since, items: tuple[Item, ...]) -> EndingSince:
    new, stands = frozenset(lines(since.new)), since.stands
    if stands is None:
        return EndingSince(new, since.gone, since.in_order, None)
    bits = sum(1 << at for at, item in enumerate(items) if item.mark in stands)
    return EndingSince(new, since.gone, since.in_order, hex(bits))
