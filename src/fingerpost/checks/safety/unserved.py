"""FP303: needs of an ending that no route serves for some of its readers.

An ending names a need, and the routes that serve it are chosen by the facts. So a route that is
removed, or a condition that is made narrower, can leave some readers without any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from ...model.base import replace
from ...model.diagnostics import Diagnostic, Related, Span
from ...model.route import Route
from ...page import visibility
from ...page.visibility import Arrival
from ...proof.formula import NEVER, either
from ...proof.prover import Met, Proofs, Search
from ...proof.verdict import Claim
from ..witnessed import witnessed


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each place that calls for a need which is unserved for a reader there."""
    for need in dict.fromkeys(need.need for _, need in proofs.dependencies.needs):
        if proofs.formulas.serving(need):
            yield from _of(proofs, need)


def _of(proofs: Proofs, need: str) -> Iterator[Diagnostic]:
    """The mistakes of one need."""
    formulas, claims = proofs.formulas, dict[int, Claim]()
    served = either(formulas.offered(route) for route in _surely_serving(proofs, need))
    for number, outcome in proofs.endings:
        called = formulas.called(outcome, need)
        if called != NEVER:
            claims[number] = Claim(called, served)
    search = _search(proofs, need, claims)
    yield from witnessed(proofs.library, search, partial(_mistake, need))


def _surely_serving(proofs: Proofs, need: str) -> Iterator[Route]:
    """The routes that serve a need for all to whom they are offered.

    A route that others may stand in for is one of them if each of those serves the need too, and
    has no route that stands in for it in turn.
    """
    others = [route for route in proofs.library.routes.values() if route.instead]
    replaced = {route.instead for route in others}
    for route in proofs.formulas.serving(need):
        standing_in = (other for other in others if other.instead == route.name)
        if route.name not in proofs.formulas.partly_superseded or all(
            need in other.serves and other.name not in replaced for other in standing_in
        ):
            yield route


def _search(proofs: Proofs, name: str, claims: Mapping[int, Claim]) -> Search[Span]:
    """Places that call for the need where it is unserved for somebody."""
    library = proofs.library
    serving = proofs.formulas.serving(name)
    names = {route.name for route in serving}
    beside = {r.name: r for r in library.routes.values() if r.name in names or r.instead in names}
    small = replace(library, routes=beside)
    tests = [
        *proofs.dependencies.need(name),
        *(t for r in serving for t in proofs.dependencies.offered(r)),
    ]

    def look(arrival: Arrival) -> Iterator[Span]:
        wanted = visibility.needs(library, arrival.outcome, arrival.facts).get(name, ())
        if wanted and not any(name in r.serves for r in visibility.offered(small, arrival.facts)):
            yield wanted[0].span

    return proofs.disprove(claims, tests, look)


def _mistake(name: str, span: Span, met: Met) -> Diagnostic:
    ending = met.arrival.outcome
    return Diagnostic(
        "FP303",
        f"nobody serves the need “{name}” for some who come to “{met.arrival.tree}/{ending.name}”",
        span,
        hint="add a route that serves it for them, or say with “when” who needs it",
        related=(Related("the ending is here", ending.span),),
    )
