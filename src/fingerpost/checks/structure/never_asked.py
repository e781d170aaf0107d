"""FP309: questions that are reachable, but skipped by every reader.

A question is skipped where its fact is known already. If that is so on every path, its words and
its edges are never used.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostics import Diagnostic, Related
from ...model.graph import StepGraph, settles
from ...model.tree import Question
from ...proof.prover import Proofs
from .undecided import undecided


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each reachable question that no reader is asked."""
    graph = proofs.all_steps
    asked, complete = proofs.asked()
    never = {
        number: node.step
        for number in graph.reachable_from(graph.starts.values())
        if isinstance((node := graph.nodes[number]).step, Question)
        and not node.step.fork
        and node.place not in asked
    }
    if never and not complete:
        first = next(iter(never.values()))
        yield undecided(f"whether anybody is asked “{first.name}”", first.span, proofs)
    else:
        yield from (_mistake(graph, number, question) for number, question in never.items())


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
