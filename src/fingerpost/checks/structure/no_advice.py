"""Is there advice for everyone who comes to an ending that gives any?

An ending may leave the advice to the services that it names. But where its lines are all for
others, somebody reads a page on which nothing is said to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model.diagnostics import Diagnostic
from ...model.tree import Kind
from ...proof.formula import ALWAYS, Formula, Test, both, either, of
from ...proof.prover import Met, Proofs, Search
from ...proof.verdict import Claim, Doubts
from .undecided import undecided

if TYPE_CHECKING:
    from ...model.library import Library
    from ...model.tree import Advice

_STAFF = frozenset({"staff"})


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Each ending with advice at which somebody is given none."""
    return prove(Proofs(library))


def prove(proofs: Proofs) -> tuple[Diagnostic, ...]:
    """The same, of a library whose ways through are worked out already."""
    library = proofs.library
    own = {
        number: either(map(_advised, outcome.advice))
        for number, outcome in proofs.endings()
        if outcome.advice and not any(_for_all(line) for line in outcome.advice)
    }
    # Their own lines mostly are enough, and to read few facts is quick.
    first = proofs.doubts({number: Claim(ALWAYS, advised) for number, advised in own.items()})
    added = either(
        both(of(entry.when, unless=entry.unless), _advised(line))
        for entry in library.always
        for line in entry.advice
    )
    left = first.doubtful if first.complete else own
    doubts = proofs.doubts({n: Claim(ALWAYS, either([own[n], added])) for n in left})
    search = _search(proofs, doubts)
    found = [_mistake(library, met) for met in search.found.values()]
    if not doubts.complete or not search.complete:
        first_tree = next(iter(library.trees.values()))
        found.append(undecided("whether there is advice for everyone", first_tree.span, proofs))
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _search(proofs: Proofs, doubts: Doubts) -> Search[tuple[str, str]]:
    """Who is in doubt is given no advice: what decides that is in no order, and nothing stands in
    for it."""
    return proofs.search_doubts((), lambda arrival: [arrival.place], doubts)


def _advised(line: Advice) -> Formula:
    """Who is advised by a line: those to whom it is shown, and of a word to the worker staff."""
    shown_to = of(*line.whens, unless=line.unless)
    return both(shown_to, Test("teller", _STAFF)) if line.kind is Kind.WORKER else shown_to


def _for_all(line: Advice) -> bool:
    return line.kind is not Kind.WORKER and not line.whens and line.unless is None


def _mistake(library: Library, met: Met) -> Diagnostic:
    ending = met.arrival.outcome
    return Diagnostic(
        "FP314",
        f"some who come to “{met.arrival.tree}/{ending.name}” are given no advice at all",
        ending.span,
        hint="add a line for them, or one without “when”",
        witness=met.witness.words(library),
        begins=met.witness.tree,
    )
