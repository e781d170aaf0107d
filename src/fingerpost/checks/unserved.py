"""Is every need of every ending served for everyone who comes there?

An ending names what somebody needs, and the routes that serve it are found by what is known of
them. So a route taken away, or a condition made narrower, can leave some people with nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from .. import shown
from ..diagnostics import Diagnostic, Related
from ..proofs import Met, Proofs
from . import Manual
from .undecided import undecided

if TYPE_CHECKING:
    from ..diagnostics import Span
    from ..explore import Arrival
    from ..model import Library, Route

MANUALS = (
    Manual(
        "FP303",
        "A need that nobody serves for some people",
        "The ending says that this is needed, and for these people no route is shown for it. The "
        "witness is the shortest list of answers that leads there. Mostly a route is missing for "
        "one nation or one age.",
        bad="friend: {name: A friend, serves: [talk], when: {safe: yes}}",
        good="friend: {name: A friend, serves: [talk]}",
    ),
)
"""What the code means."""


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Each place that calls for a need which somebody who comes there finds unserved."""
    proofs = Proofs(library)
    found: list[Diagnostic] = []
    for name in dict.fromkeys(need.need for _, need in proofs.reads.needs):
        serving = [route for route in library.routes.values() if name in route.serves]
        if serving and not _served_for_all(library, name, serving):
            found += _unserved(proofs, name, serving)
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _served_for_all(library: Library, need: str, serving: list[Route]) -> bool:
    """Whether one of these routes is for everyone, and so is whatever stands in for any of them.

    Who is stood in for is replaced by a route that serves the same, so somebody is always left.
    """
    return any(r.unless is None and not any(w.tests for w in r.whens) for r in serving) and all(
        need in other.serves
        for other in library.routes.values()
        if library.routes.get(other.instead) in serving
    )


def _unserved(proofs: Proofs, name: str, serving: list[Route]) -> Iterator[Diagnostic]:
    library = proofs.library
    names = {route.name for route in serving}
    beside = {r.name: r for r in library.routes.values() if r.name in names or r.instead in names}
    small = replace(library, routes=beside)
    tests = [*proofs.reads.need(name), *(t for r in serving for t in proofs.reads.offered(r))]

    def look(_: str, arrival: Arrival) -> Iterator[Span]:
        wanted = shown.needs(library, arrival.outcome, arrival.facts).get(name, ())
        if wanted and not any(name in r.serves for r in shown.offered(small, arrival.facts)):
            yield wanted[0].span

    search = proofs.search(tests, look)
    for span, met in search.found.items():
        yield _mistake(library, name, span, met)
    if not search.found and not search.complete:
        wanted = next(need for _, need in proofs.reads.needs if need.need == name)
        yield undecided(f"whether the need “{name}” is always served", wanted.span, proofs)


def _mistake(library: Library, name: str, span: Span, met: Met) -> Diagnostic:
    ending = met.arrival.outcome
    return Diagnostic(
        "FP303",
        f"nobody serves the need “{name}” for some who come to “{met.arrival.tree}/{ending.name}”",
        span,
        hint="add a route that serves it for them, or say with “when” who needs it",
        related=(Related("the ending is here", ending.span),),
        witness=met.way.words(library),
    )
