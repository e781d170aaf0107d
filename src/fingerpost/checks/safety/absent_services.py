"""FP319: sentences that name a service to readers on whose page it does not stand.

“Use {route:report-remove}” helps whoever finds its address below. Where the service is not called
for, its name is all there is. A number goes with the name into the sentence, and a worker's own
lead is known to them: these may stand anywhere, as long as they are offered to this reader. Who is
worried about the lead must not be sent to the lead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ...model.base import Frozen
from ...model.diagnostics import Diagnostic, Related
from ...model.facts import TELLERS
from ...model.inline_markup import routes
from ...model.tree import Kind
from ...page import visibility
from ...page.page import CHANNELS, addresses
from ...proof.formula import ALWAYS, NEVER, Formula, Test, both, either, holds, no, of
from ...proof.verdict import Claim
from ..structure.undecided import undecided
from .named_services import named

if TYPE_CHECKING:
    from ...model.library import Library
    from ...model.route import Route
    from ...model.sentence import Sentence
    from ...model.tree import Advice, Outcome
    from ...page.rules import Arrival
    from ...proof.prover import Met, Proofs

_TELLER = "teller"


class _Said(Frozen):
    """A sentence of a page that names a service, and when it is read."""

    sentence: Sentence
    read: Formula


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each service that a page names and does not show."""
    library = proofs.library
    always = _by_name(_always(library))
    own = [(n, outcome, _by_name(_own(outcome))) for n, outcome in proofs.endings]
    names = dict.fromkeys((*always, *(name for _, _, said in own for name in said)))
    for route in map(library.routes.__getitem__, names):
        if not _names_its_number(route):
            said = {n: (*always.get(route.name, ()), *s.get(route.name, ())) for n, _, s in own}
            outcomes = {n: outcome for n, outcome, _ in own}
            yield from _judged(proofs, route, said, outcomes)


def _judged(
    proofs: Proofs,
    route: Route,
    said: Mapping[int, tuple[_Said, ...]],
    outcomes: Mapping[int, Outcome],
) -> Iterator[Diagnostic]:
    formulas, claims = proofs.formulas, dict[int, Claim]()
    tellers = route.contract.tellers if route.contract else TELLERS
    reached = route.steps or any(any(addresses(route, c, None)) for c in CHANNELS)
    anywhere = not reached or all(map(route.short_address, tellers))
    alike = dict[Claim, Claim]()
    for number, outcome in outcomes.items():
        if said[number]:
            shown = formulas.offered(route) if anywhere else formulas.shown(outcome, route)
            claim = Claim(either(each.read for each in said[number]), shown)
            claims[number] = alike.setdefault(claim, claim)
    doubts = proofs.doubts(claims)
    by_place = {(o.name, o.span): said[n] for n, o in outcomes.items()}

    def look(arrival: Arrival) -> Iterator[Sentence]:
        facts, ending = arrival.facts, arrival.outcome
        offered = {each.name for each in visibility.offered(proofs.library, facts)}
        called = visibility.needs(proofs.library, ending, facts)
        if route.name in offered and (anywhere or not called.keys().isdisjoint(route.serves)):
            return
        for each in by_place[ending.name, ending.span]:
            if holds(each.read, facts):
                yield each.sentence

    tests = [
        *(test for claim in claims.values() for test in claim.tests),
        *proofs.dependencies.offered(route),
        *(test for need in route.serves for test in proofs.dependencies.need(need)),
    ]
    search = proofs.search_doubts(tests, look, doubts)
    for sentence, met in search.found.items():
        yield _mistake(proofs.library, route, sentence, met)
    if not search.found and not (doubts.complete and search.complete):
        what = f"whether “{route.name}” stands on every page that names it"
        yield undecided(what, route.span, proofs)


def _mistake(library: Library, route: Route, sentence: Sentence, met: Met) -> Diagnostic:
    return Diagnostic(
        "FP319",
        f"at “{'/'.join(met.arrival.place)}” “{route.name}” is named, but is not on the page",
        sentence.span,
        hint="call for a need that it serves, say with “when” who reads this, or leave it out",
        related=(Related("the service is here", route.span),),
        witness=met.witness.words(library),
        begins=met.witness.tree,
    )


def _names_its_number(route: Route) -> bool:
    """Whether the name of a service holds its number, as that of 999 does."""
    return any(all(each.number in title for title in route.title.texts) for each in route.phone)


def _by_name(said: Iterator[tuple[Sentence | None, Formula]]) -> Mapping[str, list[_Said]]:
    """Sentences by the services that they name, each with those who read of it."""
    found: dict[str, list[_Said]] = {}
    for sentence, shown in said:
        if sentence is None:
            continue
        for name in named(sentence):
            read = both(shown, _readers(sentence, name))
            found.setdefault(name, []).append(_Said(sentence, read))
    return found


def _readers(sentence: Sentence, name: str) -> Formula:
    """Those whose wording of a sentence names a service."""
    naming = {t for t, text in sentence.by_teller if name in routes(text)}
    others = {t for t, _ in sentence.by_teller} - naming
    if name not in routes(sentence.otherwise):
        return Test(_TELLER, frozenset(naming)) if naming else NEVER
    return no(Test(_TELLER, frozenset(others))) if others else ALWAYS


def _always(library: Library) -> Iterator[tuple[Sentence | None, Formula]]:
    for entry in library.always:
        for line in entry.advice:
            yield line.say, both(of(entry.when, unless=entry.unless), _shown(line))


def _own(outcome: Outcome) -> Iterator[tuple[Sentence | None, Formula]]:
    onward = outcome.carry_on.say if outcome.carry_on else None
    yield from ((said, ALWAYS) for said in (outcome.title, outcome.open, outcome.worse, onward))
    yield from ((line.say, _shown(line)) for line in outcome.advice)


def _shown(line: Advice) -> Formula:
    """A line is shown. What an adult does beside somebody is never shown to a young person."""
    shown = of(*line.whens, unless=line.unless)
    beside = line.kind in (Kind.NEAR, Kind.FAR)
    return both(shown, no(Test(_TELLER, frozenset({"young-person"})))) if beside else shown
