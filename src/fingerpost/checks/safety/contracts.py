"""Is everyone who is shown a route within its contract?

A contract says whom a service serves, in its own words; “when” says to whom we show it. They are
written apart, so that one can prove the other. A fact that nobody has asked counts as not sure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from ...model.base import replace
from ...model.diagnostics import Diagnostic, Related
from ...model.facts import NOT_SURE
from ...page import visibility
from ...proof.dependencies import conditions
from ...proof.formula import ALWAYS, NEVER, Formula, Test, both, no
from ...proof.prover import Met, Proofs, Search
from ...proof.verdict import Claim, Doubts
from ..structure.undecided import undecided

if TYPE_CHECKING:
    from ...model.library import Library
    from ...model.route import Route
    from ...page.rules import Arrival

_Terms: TypeAlias = dict[str, frozenset[str]]
"""For a fact that a contract speaks of, the values that it serves."""


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Each route that leaves its contract, and each that is never shown."""
    return prove(Proofs(library))


def prove(proofs: Proofs) -> tuple[Diagnostic, ...]:
    """The same, of a library whose ways through are worked out already."""
    found = [mistake for route in proofs.library.routes.values() for mistake in _of(proofs, route)]
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _of(proofs: Proofs, route: Route) -> Iterator[Diagnostic]:
    terms = _terms_to_prove(proofs.library, route)
    shown_to_some = False
    for fact, served in terms.items() or {"": frozenset[str]()}.items():
        doubts = proofs.doubts(_claims(proofs, route, fact, served))
        search = _search(proofs, route, fact, served, doubts)
        shown_to_some = shown_to_some or bool(doubts.meant)
        if search.found:
            yield _outside(proofs.library, route, fact, search.found[fact])
        elif not (doubts.complete and search.complete):
            yield undecided(f"whether “{route.name}” keeps its contract", route.span, proofs)
            return
    if not shown_to_some:
        yield Diagnostic(
            "FP305",
            f"no tree can show the route “{route.name}” to anybody yet",
            route.span,
            hint="call for a need that it serves in an ending, or widen its “when”",
        )


def _claims(proofs: Proofs, route: Route, fact: str, served: frozenset[str]) -> Mapping[int, Claim]:
    """That all who may be shown a route are served, as far as a fact says. Another may stand in
    for it, so they need not all be shown it."""
    within = _within(proofs.library, fact, served) if fact else ALWAYS
    alike: dict[int, tuple[Formula, Claim]] = {}
    claims: dict[int, Claim] = {}
    for number, outcome in proofs.endings():
        calls = proofs.formulas.calls_for(outcome, route)
        # By identity, which is quick: it is the same one wherever only what is shared calls.
        if id(calls) not in alike:
            alike[id(calls)] = calls, Claim(both(calls, proofs.formulas.offered(route)), within)
        if calls != NEVER:
            claims[number] = alike[id(calls)][1]
    return claims


def _within(library: Library, fact: str, served: frozenset[str]) -> Formula:
    """Who is served: whoever has no value but those, and who was not asked if not sure is one."""
    values = frozenset(library.questions[fact].values)
    inside = no(Test(fact, values - served))
    return inside if NOT_SURE in served else both(Test(fact, values), inside)


def _search(
    proofs: Proofs, route: Route, fact: str, served: frozenset[str], doubts: Doubts
) -> Search[str]:
    """Look, of those in doubt, for some who are really shown a route and are not served."""
    if not doubts.doubtful:
        return Search({}, complete=True)
    others = tuple(r for r in proofs.library.routes.values() if r.instead == route.name)
    small = replace(proofs.library, routes={r.name: r for r in (route, *others)})

    def look(arrival: Arrival) -> Iterator[str]:
        needs = visibility.needs(small, arrival.outcome, arrival.facts)
        on_page = needs.keys() & set(route.serves) and route in visibility.offered(
            small, arrival.facts
        )
        if on_page and not arrival.facts.get(fact, frozenset({NOT_SURE})) <= served:
            yield fact

    tests = [
        *(test for each in small.routes.values() for test in conditions(each.whens, each.unless)),
        *(test for need in route.serves for test in proofs.dependencies.need(need)),
    ]
    return proofs.search_doubts(tests, look, doubts)


def _terms_to_prove(library: Library, route: Route) -> _Terms:
    """What a contract asks of a fact, where it leaves somebody out and “when” does not say so.

    A condition on the fact itself that names only who is served needs no proof.
    """
    if route.contract is None:
        return {}
    asked = {
        "age": route.contract.ages,
        "nation": route.contract.nations,
        "teller": route.contract.tellers,
    }
    read = [test for when in route.whens for test in when.tests]
    return {
        fact: served
        for fact, served in asked.items()
        if (question := library.questions.get(fact))
        and not served.issuperset(question.values)
        and (question.many or not any(f == fact and v <= served for f, v in read))
    }


def _outside(library: Library, route: Route, fact: str, met: Met) -> Diagnostic:
    words = met.witness.words(library)
    said = dict(word.split("=", 1) for word in words)
    known = ",".join(sorted(met.arrival.facts.get(fact, ())))
    value = said.get(fact) or known or "never asked"
    ending = f"{met.arrival.tree}/{met.arrival.outcome.name}"
    return Diagnostic(
        "FP304",
        f"“{route.name}” is shown at “{ending}” to someone outside its contract: {fact} {value}",
        route.span,
        hint=f"say in its “when” for which values of {fact} it is, as its contract does",
        related=(Related("this ending shows it", met.arrival.outcome.span),),
        witness=words,
        begins=met.witness.tree,
    )
