"""The report of safety rules: which are proved, and how the other proofs ended."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator

from ...model.sanitize import clean
from ...model.tree import Rule
from ...proof.verdict import Status, Verdict

_WIDTH = 79


def for_people(verdicts: Iterable[tuple[Rule, Verdict]]) -> str:
    """Each rule that is proved, with its reason and the number of endings; then how many are not.
    Empty if there is no rule."""
    every = tuple(verdicts)
    proved = [(rule, verdict) for rule, verdict in every if verdict.status is Status.PROVED]
    rows: list[str] = []
    if proved:
        rows += ["", "Proved for everyone, on every path:"]
        rows += (row for rule, verdict in proved for row in _proved(rule, verdict))
    if left := len(every) - len(proved):
        rows += ["", f"{left} of {len(every)} rules {'is' if left == 1 else 'are'} not proved."]
    return "\n".join(rows)


def summary(verdicts: Iterable[tuple[Rule, Verdict]]) -> str:
    """The numbers of rules by how their proofs ended. Empty if there is no rule."""
    ended = Counter(verdict.status for _, verdict in verdicts)
    every, proved = ended.total(), ended.pop(Status.PROVED, 0)
    rows: list[str] = []
    if proved:
        rules, them = ("rule", "it") if proved == 1 else ("rules", "them")
        rows += [f"{proved} {rules} proved on every path. To see {them}: fingerpost check --rules"]
    if left := ended.total():
        how = ", ".join(f"{ended[status]} {status}" for status in Status if ended[status])
        rows += [f"{left} of {every} rules {'is' if left == 1 else 'are'} not proved: {how}."]
    return "\n".join(rows)


def _proved(rule: Rule, verdict: Verdict) -> Iterator[str]:
    endings = f"{verdict.endings} ending{'s' * (verdict.endings != 1)}"
    line = clean(f"{rule.name} - on {endings}")
    yield from textwrap.wrap(
        line, _WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
    )
    if rule.because is not None:
        because = clean(rule.because.read_by("staff"))
        yield from textwrap.wrap(because, _WIDTH, initial_indent="    ", subsequent_indent="    ")
