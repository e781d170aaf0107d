"""FP304 and FP305: routes shown to readers whom their contract leaves out, or never shown.

A contract says whom a service serves; “when” says to whom its route is shown. They are written
apart, so that one can be proved from the other. A fact that is not known counts as not sure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import TypeAlias

from ...model.base import replace
from ...model.diagnostics import Diagnostic, Related
from ...model.facts import NOT_SURE, Facts
from ...model.library import Library
from ...model.route import Route
from ...model.tree import When
from ...page import visibility
from ...page.visibility import Arrival
from ...proof.formula import ALWAYS, NEVER, Formula, Test, both, no
from ...proof.prover import Met, Proofs, Search
from ...proof.verdict import Claim
from ..witnessed import witnessed

Terms: TypeAlias = Mapping[str, frozenset[str]]
"""For each fact by which a contract leaves readers out, the values that it serves."""


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each route that is shown outside its contract, and each that is never shown."""
    for route in proofs.library.routes.values():
        yield from _of(proofs, route)


def _of(proofs: Proofs, route: Route) -> Iterator[Diagnostic]:
    terms = to_prove(proofs.library, terms_of(proofs.library, route), route.whens)
    searches = [
        _search(proofs, route, fact, served)
        for fact, served in terms.items() or {"": frozenset[str]()}.items()
    ]
    for search in searches:
        yield from witnessed(proofs.library, search, partial(_outside, proofs, route))
    if not any(search.meant for search in searches):
        yield Diagnostic(
            "FP305",
            f"no tree can show the route “{route.name}” to anybody yet",
            route.span,
            hint="call for a need that it serves in an ending, or widen its “when”",
        )


def _claims(proofs: Proofs, route: Route, fact: str, served: frozenset[str]) -> Mapping[int, Claim]:
    """The claims that all who may be shown a route are served, as far as a fact says. They are an
    over-approximation of those who are shown it, since another route may stand in for it."""
    inside = within(proofs.library, fact, served) if fact else ALWAYS
    shown = ((number, proofs.formulas.shown(outcome, route)) for number, outcome in proofs.endings)
    return {number: Claim(each, inside) for number, each in shown if each != NEVER}


def within(library: Library, fact: str, served: frozenset[str]) -> Formula:
    """A formula for readers with no other values than those served; unknown counts as not sure."""
    values = frozenset(library.questions[fact].values)
    inside = no(Test(fact, values - served))
    return inside if NOT_SURE in served else both(Test(fact, values), inside)


def _search(proofs: Proofs, route: Route, fact: str, served: frozenset[str]) -> Search[str]:
    """Readers who are really shown a route and are not served."""
    others = tuple(r for r in proofs.library.routes.values() if r.instead == route.name)
    small = replace(proofs.library, routes={r.name: r for r in (route, *others)})

    def look(arrival: Arrival) -> Iterator[str]:
        if visibility.is_on_page(small, arrival.outcome, arrival.facts, route):
            yield from outside({fact: served}, arrival.facts)

    claims = _claims(proofs, route, fact, served)
    return proofs.disprove(claims, proofs.dependencies.route(route.name), look)


def terms_of(library: Library, route: Route) -> Terms:
    """The terms of a route's contract; none for a fact of which it serves every value."""
    if route.contract is None:
        return {}
    asked = {
        "age": route.contract.ages,
        "nation": route.contract.nations,
        "teller": route.contract.tellers,
    }
    return {
        fact: served
        for fact, served in asked.items()
        if (question := library.questions.get(fact)) and not served.issuperset(question.values)
    }


def to_prove(library: Library, terms: Terms, whens: Iterable[When]) -> Terms:
    """The terms that need a proof: no condition on the fact itself names only values served."""
    read = [test for when in whens for test in when.tests]
    return {
        fact: served
        for fact, served in terms.items()
        if library.questions[fact].many or not any(f == fact and v <= served for f, v in read)
    }


def outside(terms: Terms, facts: Facts) -> Iterator[str]:
    """The facts by which a reader is outside a contract."""
    for fact, served in terms.items():
        if not facts.get(fact, frozenset({NOT_SURE})) <= served:
            yield fact


def value_told(fact: str, met: Met, witness: Collection[str]) -> str:
    """What the readers that were met are known to have answered, in the words of a message."""
    known = ",".join(sorted(met.arrival.facts.get(fact, ())))
    return dict(word.split("=", 1) for word in witness).get(fact) or known or "never asked"


def _outside(proofs: Proofs, route: Route, fact: str, met: Met) -> Diagnostic:
    value = value_told(fact, met, met.witness.words(proofs.library))
    ending = f"{met.arrival.tree}/{met.arrival.outcome.name}"
    return Diagnostic(
        "FP304",
        f"“{route.name}” is shown at “{ending}” to someone outside its contract: {fact} {value}",
        route.span,
        hint=f"say in its “when” for which values of {fact} it is, as its contract does",
        related=(Related("this ending shows it", met.arrival.outcome.span),),
    )
