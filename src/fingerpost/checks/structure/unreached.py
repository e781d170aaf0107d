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
    from ...model.onward import Place
    from ...model.tree import Step


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Each lost step to which no other lost step leads, and one of each lost circle."""
    return prove(Proofs(library))


def prove(proofs: Proofs) -> tuple[Diagnostic, ...]:
    """The same, of a library whose ways through are worked out already."""
    library = proofs.library
    onward = proofs.onward
    reached = onward.reached(onward.starts)
    every = [
        (name, step)
        for name, tree in library.trees.items()
        for step in (*tree.questions, *tree.outcomes)
    ]
    lost = [place for place in every if place not in reached]
    led_to = {to for place in lost for to in onward.ways[place] if to != place}
    found: list[Diagnostic] = []
    told: set[Place] = set()
    for place in (*(p for p in lost if p not in led_to), *(p for p in lost if p in led_to)):
        if place not in told:
            behind = [each for each in onward.reached([place]) if each not in reached]
            found.append(_lost(onward.steps[place], len(behind) - 1))
            told.update(behind)
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
