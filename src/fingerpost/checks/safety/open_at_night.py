"""FP306: urgent endings that show some readers no route with live answers at night.

An ending that is “now” or “today” is read at two in the morning too. A web form is open then, but
is not answered: only a phone, a text line or a chat that is open 24/7 counts, and only if its
hours are not marked as unsure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ...model.base import replace
from ...model.diagnostics import Diagnostic
from ...model.graph import Place
from ...model.route import Route
from ...model.sentence import Urgency
from ...page import visibility
from ...page.visibility import Arrival
from ...proof.formula import NEVER, either
from ...proof.prover import Met, Proofs, Search
from ...proof.verdict import Claim
from ..witnessed import witnessed

_LIVE = ("phone", "text", "chat")
_AT_ANY_HOUR = "24/7"


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each urgent ending where a reader may be shown no such route."""
    awake = [route for route in proofs.library.routes.values() if _answers_at_night(route)]
    yield from witnessed(proofs.library, _search(proofs, awake), _mistake)


def _claims(proofs: Proofs, awake: Collection[Route]) -> Mapping[int, Claim]:
    """The claims that all for whom an ending is urgent are shown one of these routes, of those that
    no other can stand in for."""
    formulas = proofs.formulas
    sure = [route for route in awake if route.name not in formulas.partly_superseded]
    claims: dict[int, Claim] = {}
    for number, outcome in proofs.endings:
        urgent = formulas.urgent(outcome, Urgency.TODAY)
        if urgent != NEVER:
            claims[number] = Claim(urgent, either(formulas.shown(outcome, r) for r in sure))
    return claims


def _answers_at_night(route: Route) -> bool:
    return any(
        route.hours.get(channel) == _AT_ANY_HOUR
        and not {channel, f"hours.{channel}"} & route.unsure
        for channel in _LIVE
    )


def _search(proofs: Proofs, awake: Collection[Route]) -> Search[Place]:
    """Endings where none of these routes is shown to somebody."""
    library = proofs.library
    names = {route.name for route in awake}
    beside = {r.name: r for r in library.routes.values() if r.name in names or r.instead in names}
    small = replace(library, routes=beside)
    tests = (test for route in awake for test in proofs.dependencies.route(route.name))

    def look(arrival: Arrival) -> Iterator[Place]:
        called = visibility.needs(library, arrival.outcome, arrival.facts).keys()
        offered = visibility.offered(small, arrival.facts)
        if not any(r.name in names and called & set(r.serves) for r in offered):
            yield arrival.place

    return proofs.disprove(_claims(proofs, awake), tests, look)


def _mistake(_place: Place, met: Met) -> Diagnostic:
    ending = met.arrival.outcome
    return Diagnostic(
        "FP306",
        f"at night nobody answers some who come to “{met.arrival.tree}/{ending.name}”",
        ending.span,
        hint="call for a need with a phone, text line or chat that is open 24/7 for them",
    )
