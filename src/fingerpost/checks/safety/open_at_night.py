"""Is there somebody who answers at any hour, at every ending that cannot wait?

An ending that is “now” or “today” is met at two in the morning too. A web form is open then, but
nobody answers: only a phone, a text line or a chat that is open 24/7 counts, and only if its hours
are sure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from ...model.base import replace
from ...model.diagnostics import Diagnostic
from ...model.sentence import Urgency
from ...page import visibility
from ...proof.formula import NEVER, either
from ...proof.prover import Met, Proofs, Search
from ...proof.verdict import Claim, Doubts
from ..structure.undecided import undecided

if TYPE_CHECKING:
    from ...model.library import Library
    from ...model.route import Route
    from ...page.rules import Arrival

_LIVE = ("phone", "text", "chat")
_AT_ANY_HOUR = "24/7"


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Each urgent ending where some people find nobody at night."""
    return prove(Proofs(library))


def prove(proofs: Proofs) -> tuple[Diagnostic, ...]:
    """The same, of a library whose ways through are worked out already."""
    awake = [route for route in proofs.library.routes.values() if _answers_at_night(route)]
    doubts = proofs.doubts(_claims(proofs, awake))
    found: list[Diagnostic] = []
    complete = doubts.complete
    if doubts.doubtful:
        search = _search(proofs, awake, doubts)
        found = [_mistake(proofs.library, met) for met in search.found.values()]
        complete = complete and search.complete
    if not complete:
        first = next(iter(proofs.library.trees.values()))
        found.append(undecided("whether somebody answers at night", first.span, proofs))
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _claims(proofs: Proofs, awake: Collection[Route]) -> Mapping[int, Claim]:
    """That all for whom an ending is urgent may be shown one of these routes, for which no other
    stands in."""
    formulas, alike = proofs.formulas, dict[Claim, Claim]()
    sure = [route for route in awake if route.name not in formulas.partly_superseded]
    claims: dict[int, Claim] = {}
    for number, outcome in proofs.endings():
        urgent = formulas.urgent(outcome, Urgency.TODAY)
        if urgent != NEVER:
            claim = Claim(urgent, either(formulas.shown(outcome, route) for route in sure))
            claims[number] = alike.setdefault(claim, claim)
    return claims


def _answers_at_night(route: Route) -> bool:
    return any(
        route.hours.get(channel) == _AT_ANY_HOUR
        and not {channel, f"hours.{channel}"} & route.unsure
        for channel in _LIVE
    )


def _search(proofs: Proofs, awake: Collection[Route], doubts: Doubts) -> Search[tuple[str, str]]:
    """Those of these endings where some of those in doubt see none of these routes."""
    library = proofs.library
    names = {route.name for route in awake}
    beside = {r.name: r for r in library.routes.values() if r.name in names or r.instead in names}
    small = replace(library, routes=beside)
    serves = dict.fromkeys(need for route in awake for need in route.serves)
    tests = [
        *(test for need in serves for test in proofs.dependencies.need(need)),
        *(test for route in awake for test in proofs.dependencies.offered(route)),
    ]

    def look(arrival: Arrival) -> Iterator[tuple[str, str]]:
        called = visibility.needs(library, arrival.outcome, arrival.facts).keys()
        offered = visibility.offered(small, arrival.facts)
        if not any(r.name in names and called & set(r.serves) for r in offered):
            yield arrival.place

    return proofs.search_doubts(tests, look, doubts)


def _mistake(library: Library, met: Met) -> Diagnostic:
    ending = met.arrival.outcome
    return Diagnostic(
        "FP306",
        f"at night nobody answers some who come to “{met.arrival.tree}/{ending.name}”",
        ending.span,
        hint="call for a need with a phone, text line or chat that is open 24/7 for them",
        witness=met.witness.words(library),
        begins=met.witness.tree,
    )
