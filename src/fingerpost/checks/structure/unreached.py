"""Does something lead to every step, from the start of a tree or through a door?

Walked from the starts, so that steps which lead only to one another are found too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model.diagnostics import Diagnostic
from ...model.tree import Outcome
from ...proof.prover import Proofs

if TYPE_CHECKING:
    from ...model.library import Library
    from ...model.tree import Step


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Each lost step to which no other lost step leads, and one of each lost circle."""
    return prove(Proofs(library))


def prove(proofs: Proofs) -> tuple[Diagnostic, ...]:
    """The same, of a library whose ways through are worked out already."""
    graph = proofs.all_steps
    reached = graph.reachable_from(graph.starts.values())
    lost = [number for number in range(len(graph.nodes)) if number not in reached]
    led_to = {to for number in lost for to in graph.nodes[number].successors if to != number}
    found: list[Diagnostic] = []
    told: set[int] = set()
    for number in (*(n for n in lost if n not in led_to), *(n for n in lost if n in led_to)):
        if number not in told:
            behind = graph.reachable_from([number]) - reached
            found.append(_lost(graph.nodes[number].step, len(behind) - 1))
            told |= behind
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _lost(step: Step, behind: int) -> Diagnostic:
    kind = "ending" if isinstance(step, Outcome) else "question"
    more = f", nor to the {behind} behind it" * (behind > 0)
    return Diagnostic(
        "FP302",
        f"nothing leads to the {kind} “{step.name}”{more}",
        step.span,
        hint="lead an answer here with “goto”, or take it away",
    )
