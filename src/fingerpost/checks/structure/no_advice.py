"""FP314: endings that give advice, but none to some of their readers.

An ending may have no advice at all, and leave it to the services that it names. Where every line
has a condition, there may be readers who meet none.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostics import Diagnostic
from ...model.graph import Place
from ...model.tree import Advice, Kind
from ...proof.formula import ALWAYS, Formula, Test, both, either, of
from ...proof.prover import Met, Proofs
from ...proof.verdict import Claim
from ..witnessed import witnessed

_STAFF = frozenset({"staff"})


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each ending with lines of advice at which a reader may be shown none."""
    library = proofs.library
    own = {
        number: either(map(_advised, outcome.advice))
        for number, outcome in proofs.endings
        if outcome.advice and not any(_for_all(line) for line in outcome.advice)
    }
    # The lines of the ending itself are mostly enough, and read few facts.
    first = proofs.doubts({number: Claim(ALWAYS, advised) for number, advised in own.items()})
    added = either(
        both(of(entry.when, unless=entry.unless), _advised(line))
        for entry in library.always
        for line in entry.advice
    )
    claims = {n: Claim(ALWAYS, either([own[n], added])) for n in first.doubtful}
    # What is in doubt is a mistake: the claims are exact.
    search = proofs.disprove(claims, (), lambda arrival: [arrival.place])
    yield from witnessed(library, search, _mistake)


def _advised(line: Advice) -> Formula:
    """A formula for the readers whom a line advises; a note to the worker advises staff alone."""
    shown_to = of(*line.whens, unless=line.unless)
    return both(shown_to, Test("teller", _STAFF)) if line.kind is Kind.WORKER else shown_to


def _for_all(line: Advice) -> bool:
    return line.kind is not Kind.WORKER and not line.whens and not line.unless


def _mistake(_place: Place, met: Met) -> Diagnostic:
    ending = met.arrival.outcome
    return Diagnostic(
        "FP314",
        f"some who come to “{met.arrival.tree}/{ending.name}” are given no advice at all",
        ending.span,
        hint="add a line for them, or one without “when”",
    )
