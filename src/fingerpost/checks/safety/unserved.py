"""Is every need of every ending served for everyone who comes there?

An ending names what somebody needs, and the routes that serve it are found by what is known of
them. So a route taken away, or a condition made narrower, can leave some people with nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...model.base import replace
from ...model.diagnostics import Diagnostic, Related
from ...page import visibility
from ...proof.formula import NEVER, Formula, either
from ...proof.prover import Met, Proofs
from ...proof.verdict import Claim, Doubts
from ..structure.undecided import undecided

if TYPE_CHECKING:
    from ...model.diagnostics import Span
    from ...model.library import Library
    from ...model.route import Route
    from ...page.rules import Arrival


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Each place that calls for a need which somebody who comes there finds unserved."""
    return prove(Proofs(library))


def prove(proofs: Proofs) -> tuple[Diagnostic, ...]:
    """The same, of a library whose ways through are worked out already."""
    found: list[Diagnostic] = []
    for need in dict.fromkeys(need.need for _, need in proofs.dependencies.needs):
        if proofs.formulas.serving(need):
            found += _of(proofs, need)
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _of(proofs: Proofs, need: str) -> Iterator[Diagnostic]:
    """Where a need is called for by people whom nobody serves."""
    formulas, claims = proofs.formulas, dict[int, Claim]()
    served = either(formulas.offered(route) for route in _surely_serving(proofs, need))
    alike: dict[Formula, Claim] = {}
    for number, outcome in proofs.endings():
        called = formulas.called(outcome, need)
        if called != NEVER:
            claims[number] = alike.setdefault(called, Claim(called, served))
    doubts = proofs.doubts(claims)
    if doubts.doubtful:
        yield from _unserved(proofs, need, doubts)
    elif not doubts.complete:
        wanted = next(each for _, each in proofs.dependencies.needs if each.need == need)
        yield undecided(f"whether the need “{need}” is always served", wanted.span, proofs)


def _surely_serving(proofs: Proofs, need: str) -> Iterator[Route]:
    """The routes that serve a need for all to whom they are offered. Who is stood in for is
    replaced by routes, and those have to serve the same, and be replaced by none."""
    others = [route for route in proofs.library.routes.values() if route.instead]
    replaced = {route.instead for route in others}
    for route in proofs.formulas.serving(need):
        standing_in = (other for other in others if other.instead == route.name)
        if route.name not in proofs.formulas.partly_superseded or all(
            need in other.serves and other.name not in replaced for other in standing_in
        ):
            yield route


def _unserved(proofs: Proofs, name: str, doubts: Doubts) -> Iterator[Diagnostic]:
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

    search = proofs.search_doubts(tests, look, doubts)
    for span, met in search.found.items():
        yield _mistake(library, name, span, met)
    if not search.found and not search.complete:
        wanted = next(need for _, need in proofs.dependencies.needs if need.need == name)
        yield undecided(f"whether the need “{name}” is always served", wanted.span, proofs)


def _mistake(library: Library, name: str, span: Span, met: Met) -> Diagnostic:
    ending = met.arrival.outcome
    return Diagnostic(
        "FP303",
        f"nobody serves the need “{name}” for some who come to “{met.arrival.tree}/{ending.name}”",
        span,
        hint="add a route that serves it for them, or say with “when” who needs it",
        related=(Related("the ending is here", ending.span),),
        witness=met.witness.words(library),
        begins=met.witness.tree,
    )
