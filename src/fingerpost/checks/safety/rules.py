"""FP310 and FP311: safety rules that are broken on some path, or that apply to no reader."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostics import Diagnostic, Related
from ...model.library import Library
from ...model.tree import Rule
from ...proof.prover import Proofs
from ...proof.verdict import Status, Verdict


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each rule that is broken or vacuous, in the order written."""
    for rule, verdict in proofs.verdicts:
        if verdict.status is Status.BROKEN:
            yield _broken(proofs.library, rule, verdict)
        elif verdict.status is Status.NEVER_TESTED:
            yield Diagnostic(
                "FP311",
                f"the rule “{rule.name}” is about nobody: no path meets its “when”",
                rule.span,
                hint="look for a slip in “when”, or take the rule away",
            )


def _broken(library: Library, rule: Rule, verdict: Verdict) -> Diagnostic:
    assert verdict.witness is not None  # it has one if it is broken
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
