"""Do the ways through a library ever lead round in a circle?

A frightened person who meets the same question twice thinks that the answer was wrong. Ways may
part and meet again; they never lead back, neither by an answer nor by a carry-on, in one tree
or through the doors between trees.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...model.diagnostics import Diagnostic, Related
from ...model.graph import StepGraph
from ...model.tree import Question

if TYPE_CHECKING:
    from ...model.graph import Node
    from ...model.library import Library


_MOST_NAMED = 8
"""So many steps of a circle are named in a message."""


def find(library: Library) -> tuple[Diagnostic, ...]:
    """One mistake for each step that leads back to one before it, at the place that says so."""
    graph = StepGraph.whole(library)
    found = []
    for path, back in graph.depth_first():
        if back is not None:
            closes = graph.nodes[path[-1]]
            steps = [graph.nodes[number] for number in path[back : back + _MOST_NAMED]]
            count = len(path) - back
            if count > 1 or isinstance(closes.step, Question):  # an ending to itself is FP215
                found.append(_circle(library, steps, count, closes))
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _circle(library: Library, first: Sequence[Node], count: int, closes: Node) -> Diagnostic:
    """What to say of a circle of ``count`` steps, of its first ones and of the step that leads
    back to the first of all."""
    ways = closes.step.ways
    back = dict.fromkeys(to.span for _, to in ways if library.place(to) == first[0].place)
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
