"""FP302: steps that are not reachable from the start of any tree.

Reachability is computed from the starts, so steps that lead only to one another are found too.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostics import Diagnostic, Related
from ...model.graph import Node, StepGraph
from ...model.tree import Outcome
from ...proof.prover import Proofs


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each unreachable step without an unreachable predecessor, and one step of each such cycle."""
    graph = proofs.all_steps
    reached = graph.reachable_from(graph.starts.values())
    lost = [number for number in range(len(graph.nodes)) if number not in reached]
    led_to = {to for number in lost for to in graph.nodes[number].successors if to != number}
    reported: set[int] = set()
    for number in sorted(lost, key=led_to.__contains__):
        if number not in reported:
            behind = graph.reachable_from([number]) - reached
            yield _mistake(graph, graph.nodes[number], len(behind) - 1)
            reported |= behind


def _mistake(graph: StepGraph, node: Node, behind: int) -> Diagnostic:
    step = node.step
    kind = "ending" if isinstance(step, Outcome) else "question"
    more = f", nor to the {behind} behind it" * (behind > 0)
    return Diagnostic(
        "FP302",
        f"nothing leads to the {kind} “{step.name}”{more}",
        step.span,
        hint="lead an answer here with “goto”; take it away only if nobody can need it",
        related=tuple(_meant(graph, node)),
    )


def _meant(graph: StepGraph, node: Node) -> Iterator[Related]:
    """The answers of which the step has the name, such as danger-hurt, and where they lead now."""
    asked = (each for each in graph.nodes if each.tree == node.tree)
    for each in asked:
        for value, to in each.edges:
            if f"{each.step.name}-{value}" == node.step.name:
                there = graph.nodes[to].step.name
                told = f"“{value}” of “{each.step.name}” leads to “{there}” instead"
                yield Related(told, each.step.span)
