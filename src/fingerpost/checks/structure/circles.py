"""FP301: cycles in the graph of steps, within a tree or across links between trees.

A frightened reader who meets the same question twice thinks that the answer was wrong. So edges,
of answers and of carry-ons, may part and meet again, but form no cycle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model.diagnostics import Diagnostic, Related
from ...model.graph import Node, StepGraph
from ...model.library import Library
from ...model.tree import Question

_MOST_NAMED = 8
"""Up to this many steps of a cycle are named in a message."""


def find(library: Library) -> Iterator[Diagnostic]:
    """One mistake for each source of a back edge, at the place that has the edge."""
    graph = StepGraph.whole(library)
    for path, back in graph.depth_first():
        if back is not None:
            closes = graph.nodes[path[-1]]
            steps = [graph.nodes[number] for number in path[back : back + _MOST_NAMED]]
            count = len(path) - back
            if count > 1 or isinstance(closes.step, Question):  # an ending to itself is FP215
                yield _mistake(library, steps, count, closes)


def _mistake(library: Library, first: Sequence[Node], count: int, closes: Node) -> Diagnostic:
    """The mistake for a cycle of ``count`` steps, given its first ones and the step that closes
    it."""
    ways = [to for _, to in closes.step.ways]
    if isinstance(closes.step, Question) and closes.step.otherwise is not None:
        ways.append(closes.step.otherwise)
    back = dict.fromkeys(to.span for to in ways if library.place(to) == first[0].place)
    span, *more_spans = back
    trees = {node.tree for node in first}
    names = [node.step.name if len(trees) == 1 else "/".join(node.place) for node in first]
    more = [f"{count - len(first)} more"] if count > len(first) else []
    return Diagnostic(
        "FP301",
        f"these steps lead round in a circle: {', '.join((*names, *more, names[0]))}",
        span,
        hint="lead on to another step; ways may meet again, but never go back",
        related=(
            *(Related("this leads back too", each) for each in more_spans),
            *(
                Related(f"“{name}” is here", node.step.span)
                for name, node in zip(names, first, strict=True)
            ),
        ),
    )
