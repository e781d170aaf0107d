r"""A tree in Graphviz's DOT language.

Author text stands only between double quotes, with ``"``, ``\`` and ``&`` escaped: ``\`` begins
DOT's own escapes and ``&`` an entity. Labels in quotes are never read as HTML, and no attribute
that is a link is ever written.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..drawing import DrawnStep, Edge, Graph, Shape
from .labels import COLOURS, label, summary

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "&": "&amp;"})

_SHAPES = {
    Shape.QUESTION: "shape=box, style=rounded",
    Shape.FORK: "shape=hexagon",
    Shape.ENDING: "shape=box, style=filled, penwidth=2",
    Shape.LINK: "shape=component",
}


def dot(drawing: Graph) -> str:
    """The whole drawing as one digraph, with a line for each step and each edge."""
    return "\n".join(_lines(drawing)) + "\n"


def _lines(drawing: Graph) -> Iterator[str]:
    yield f"digraph {_quoted(drawing.tree)} {{"
    yield f"  label={_quoted(f'Tree {drawing.tree}: {summary(drawing)}')};"
    yield '  node [fontname="sans-serif", fontcolor=black];'
    yield '  edge [fontname="sans-serif"];'
    yield from map(_step, drawing.steps)
    yield from map(_edge, drawing.edges)
    yield "}"


def _step(step: DrawnStep) -> str:
    looks = _SHAPES[step.shape]
    if step.shape is Shape.ENDING and step.urgency is not None:
        fill, edge = COLOURS[step.urgency]
        looks += f', fillcolor="{fill}", color="{edge}"'
    return f"  s{step.number} [label={_quoted(label(step))}, {looks}];"


def _edge(edge: Edge) -> str:
    dotted = ", style=dashed" if edge.carries_on else ""
    return f"  s{edge.start} -> s{edge.end} [label={_quoted(edge.words)}{dotted}];"


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'
