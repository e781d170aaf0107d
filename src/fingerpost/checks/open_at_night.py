"""Is there somebody who answers at any hour, at every ending that cannot wait?

An ending that is “now” or “today” is met at two in the morning too. A web form is open then, but
nobody answers: only a phone, a text line or a chat that is open 24/7 counts, and only if its hours
are sure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from .. import shown
from ..diagnostics import Diagnostic
from ..model import Urgency
from ..proofs import Met, Proofs, Search
from . import Manual
from .undecided import undecided

if TYPE_CHECKING:
    from ..explore import Arrival
    from ..model import Library, Outcome, Route

MANUALS = (
    Manual(
        "FP306",
        "An urgent ending where nobody answers at night",
        "For these people no route on the page has a phone, a text line or a chat that is open at "
        "any hour and whose hours are sure. Call for a need that such a route serves.",
        bad='urgency: today\nhours: {phone: "Mo-Fr 09:00-17:00"}',
        good='urgency: today\nhours: {phone: "24/7"}',
    ),
)
"""What the code means."""

_LIVE = ("phone", "text", "chat")
_AT_ANY_HOUR = "24/7"


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Each urgent ending where some people find nobody at night."""
    proofs = Proofs(library)
    awake = [route for route in library.routes.values() if _answers_at_night(route)]
    # Those that are for everyone mostly serve, and read few facts; only then look at the rest.
    for_all = [r for r in awake if r.unless is None and not any(w.tests for w in r.whens)]
    search = _search(proofs, for_all)
    if search.found or not search.complete:
        search = _search(proofs, awake)
    found = [_mistake(library, met) for met in search.found.values()]
    if not search.complete:
        first = next(iter(library.trees.values()))
        found.append(undecided("whether somebody answers at night", first.span, proofs))
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _answers_at_night(route: Route) -> bool:
    return any(
        route.hours.get(channel) == _AT_ANY_HOUR
        and not {channel, f"hours.{channel}"} & route.unsure
        for channel in _LIVE
    )


def _search(proofs: Proofs, awake: Collection[Route]) -> Search[tuple[str, str]]:
    """The urgent endings where some people see none of these routes."""
    library = proofs.library
    names = {route.name for route in awake}
    beside = {r.name: r for r in library.routes.values() if r.name in names or r.instead in names}
    small = replace(library, routes=beside)
    serves = dict.fromkeys(need for route in awake for need in route.serves)
    tests = [
        *proofs.reads.urgency(),
        *(test for need in serves for test in proofs.reads.need(need)),
        *(test for route in awake for test in proofs.reads.offered(route)),
    ]

    def look(_: str, arrival: Arrival) -> Iterator[tuple[str, str]]:
        outcome: Outcome = arrival.outcome
        if shown.urgency(library, outcome, arrival.facts) < Urgency.TODAY:
            return
        called = shown.needs(library, outcome, arrival.facts).keys()
        offered = shown.offered(small, arrival.facts)
        if not any(r.name in names and called & set(r.serves) for r in offered):
            yield arrival.tree, outcome.name

    return proofs.search(tests, look)


def _mistake(library: Library, met: Met) -> Diagnostic:
    ending = met.arrival.outcome
    return Diagnostic(
        "FP306",
        f"at night nobody answers some who come to “{met.arrival.tree}/{ending.name}”",
        ending.span,
        hint="call for a need with a phone, text line or chat that is open 24/7 for them",
        witness=met.way.words(library),
    )
