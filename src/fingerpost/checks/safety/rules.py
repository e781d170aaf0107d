"""Is every safety rule kept, for everyone for whom it speaks, on every path?

A rule is proved on all paths, broken with the shortest answers that break it, or about nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ...model.diagnostics import Diagnostic, Related
from ...proof.prover import Proofs
from ...proof.verdict import Status, Verdict
from ..structure.undecided import undecided

if TYPE_CHECKING:
    from ...model.library import Library
    from ...model.rule import Rule


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Each rule that is broken, not decided or about nobody, in the order written."""
    return prove(Proofs(library))


def prove(proofs: Proofs) -> tuple[Diagnostic, ...]:
    """The same, of a library whose ways through are worked out already."""
    return tuple(judged(proofs, proofs.verdicts()))


def judged(proofs: Proofs, verdicts: Iterable[tuple[Rule, Verdict]]) -> Iterator[Diagnostic]:
    """What to say of rules of which it is known how their proof ended."""
    for rule, verdict in verdicts:
        match verdict.status:
            case Status.BROKEN:
                yield _broken(proofs.library, rule, verdict)
            case Status.NEVER_TESTED:
                yield Diagnostic(
                    "FP311",
                    f"the rule “{rule.name}” is about nobody: no path meets its “when”",
                    rule.span,
                    hint="look for a slip in “when”, or take the rule away",
                )
            case Status.NOT_DECIDED:
                yield undecided(f"whether the rule “{rule.name}” is kept", rule.span, proofs)
            case _:
                pass


def _broken(library: Library, rule: Rule, verdict: Verdict) -> Diagnostic:
    assert verdict.witness is not None  # a broken rule has somebody who breaks it
    assert verdict.arrival is not None
    ending = f"{verdict.arrival.tree}/{verdict.arrival.outcome.name}"
    because = rule.because.read_by("staff") if rule.because else ""
    return Diagnostic(
        "FP310",
        f"the rule “{rule.name}” is broken at “{ending}”",
        rule.span,
        hint=because or "change what this ending shows, or what the rule asks for",
        related=(Related("this ending breaks it", verdict.arrival.outcome.span),),
        witness=verdict.witness.words(library),
        begins=verdict.witness.tree,
    )
