"""Is every question asked of somebody?

A question is passed over by whoever has answered it before. If that is everybody, its words and
its ways on are for nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model.diagnostics import Diagnostic, Related
from ...model.graph import StepGraph, settles
from ...model.tree import Question
from ...proof.prover import Proofs
from .undecided import undecided

if TYPE_CHECKING:
    from ...model.library import Library


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Each question to which a way leads and which everybody passes over."""
    return prove(Proofs(library))


def prove(proofs: Proofs) -> tuple[Diagnostic, ...]:
    """The same, of a library whose ways through are worked out already."""
    graph = proofs.all_steps
    asked, complete = proofs.asked()
    never = {
        number: node.step
        for number in graph.reachable_from(graph.starts.values())
        if isinstance((node := graph.nodes[number]).step, Question) and node.place not in asked
    }
    if never and not complete:
        first = next(iter(never.values()))
        return (undecided(f"whether anybody is asked “{first.name}”", first.span, proofs),)
    found = (_mistake(graph, number, question) for number, question in never.items())
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _mistake(graph: StepGraph, number: int, question: Question) -> Diagnostic:
    fact = question.fact
    before = graph.nearest_before(number, lambda step: settles(step, fact))
    if before or any(fact in tree.given for tree in graph.library.trees.values()):
        message = f"nobody is asked “{question.name}”: “{fact}” is known on every way to it"
        hint = "take the question away, or lead to what comes after it"
    else:
        message = f"nobody comes to the question “{question.name}”"
        hint = "every way to it begins at an answer that nobody can give there: it is known before"
    return Diagnostic(
        "FP309",
        message,
        question.span,
        hint=hint,
        related=(Related(f"“{fact}” is settled here", before.span),) if before else (),
    )
