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


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each reachable question that no reader is asked."""
    graph = proofs.all_steps
    asked, come = proofs.asked()
    for number in graph.reachable_from(graph.starts.values()):
        node = graph.nodes[number]
        if isinstance(node.step, Question) and not node.step.fork and node.place not in asked:
            yield _mistake(graph, number, node.step, comes=node.place in come)


def _mistake(graph: StepGraph, number: int, question: Question, *, comes: bool) -> Diagnostic:
    fact = question.fact
    before = graph.nearest_before(number, lambda step: settles(step, fact))
    if not comes:
        message = f"nobody comes to the question “{question.name}”"
        hint = "every way to it begins at an answer that nobody can give there: it is known before"
    elif question.when.tests:
        message = f"nobody who comes to “{question.name}” is asked it"
        hint = f"change its “when”, or see if “{fact}” is known already"
    else:
        message = f"nobody is asked “{question.name}”: “{fact}” is known on every way to it"
        hint = "take the question away, or lead to what comes after it"
    related = (Related(f"“{fact}” is settled here", before.span),) if before and comes else ()
    return Diagnostic("FP309", message, question.span, hint=hint, related=related)
