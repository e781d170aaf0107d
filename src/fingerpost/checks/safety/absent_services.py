"""FP319: sentences that name a service to readers on whose page it does not stand.

“Use {route:report-remove}” helps whoever finds its address below. Where the service is not called
for, its name is all there is. A number goes with the name into the sentence, and a worker's own
lead is known to them: these may stand anywhere, as long as they are offered to this reader. Who is
worried about the lead must not be sent to the lead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ...model.base import grouped
from ...model.diagnostics import Diagnostic, Related
from ...model.facts import TELLERS
from ...model.route import Route
from ...model.sentence import Sentence
from ...page import visibility
from ...page.contact import CHANNELS, addresses
from ...page.visibility import Arrival
from ...proof.formula import either, holds
from ...proof.prover import Met, Proofs
from ...proof.verdict import Claim
from ..witnessed import witnessed
from .named_services import Said, named, readers_of, said_at_endings


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each service that a page names and does not show."""
    every = (said for said in said_at_endings(proofs.library) if not said.shown.needs)
    by_name = grouped((name, said) for said in every for name in named(said.sentence))
    for name, said in by_name.items():
        route = proofs.library.routes[name]
        if not _names_its_number(route):
            yield from _of(proofs, route, said)


def _of(proofs: Proofs, route: Route, said: Sequence[Said]) -> Iterator[Diagnostic]:
    library, formulas, claims = proofs.library, proofs.formulas, dict[int, Claim]()
    tellers = route.contract.tellers if route.contract else TELLERS
    reached = route.how_to or any(any(addresses(route, c, None)) for c in CHANNELS)
    anywhere = not reached or all(map(route.short_address, tellers))
    read = [(each, readers_of(library, each, route.name)) for each in said]
    for number, outcome in proofs.endings:
        place = proofs.map.nodes[number].place
        if here := [by for each, by in read if each.at is None or place in each.at]:
            shown = formulas.offered(route) if anywhere else formulas.shown(outcome, route)
            claims[number] = Claim(either(here), shown)

    def look(arrival: Arrival) -> Iterator[Sentence]:
        facts = arrival.facts
        if anywhere:
            is_there = route in visibility.offered(library, facts)
        else:
            is_there = visibility.is_on_page(library, arrival.outcome, facts, route)
        for each, by in read if not is_there else ():
            if (each.at is None or arrival.place in each.at) and holds(by, facts):
                yield each.sentence

    search = proofs.disprove(claims, proofs.dependencies.route(route.name), look)
    yield from witnessed(library, search, partial(_mistake, route))


def _mistake(route: Route, sentence: Sentence, met: Met) -> Diagnostic:
    return Diagnostic(
        "FP319",
        f"at “{'/'.join(met.arrival.place)}” “{route.name}” is named, but is not on the page",
        sentence.span,
        hint="call for a need that it serves, say with “when” who reads this, or leave it out",
        related=(Related("the service is here", route.span),),
        words=f"{{route:{route.name}}}",
    )


def _names_its_number(route: Route) -> bool:
    """Whether the name of a service holds its number, as that of 999 does."""
    return any(all(each.number in title for title in route.title.texts) for each in route.phone)
