r"""A tree in Graphviz's DOT language.

Author text stands only between double quotes, with ``"``, ``\`` and ``&`` escaped: ``\`` begins
DOT's own escapes and ``&`` an entity. Labels in quotes are never read as HTML, and no attribute
that is a link is ever written.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..drawing import Graph, Place, Shape, Way
from .labels import COLOURS, heading, label, summary

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "&": "&amp;"})

_SHAPES = {
    Shape.QUESTION: "shape=box, style=rounded",
    Shape.ENDING: "shape=box, style=filled, penwidth=2",
    Shape.DOOR: "shape=component",
    Shape.ELSEWHERE: "shape=cds",
}


def dot(drawing: Graph) -> str:
    """The whole drawing as one digraph, with a line for each place and each way."""
    return "\n".join(_lines(drawing)) + "\n"


def _lines(drawing: Graph) -> Iterator[str]:
    yield f"digraph {_quoted(drawing.tree)} {{"
    yield f"  label={_quoted(f'{heading(drawing)}: {summary(drawing)}')};"
    yield '  node [fontname="sans-serif", fontcolor=black];'
    yield '  edge [fontname="sans-serif"];'
    yield from map(_place, drawing.places)
    yield from map(_way, drawing.ways)
    yield "}"


def _place(place: Place) -> str:
    looks = _SHAPES[place.shape]
    if place.shape is Shape.ENDING and place.urgency is not None:
        fill, edge = COLOURS[place.urgency]
        looks += f', fillcolor="{fill}", color="{edge}"'
    return f"  s{place.number} [label={_quoted(label(place))}, {looks}];"


def _way(way: Way) -> str:
    dotted = ", style=dashed" if way.carries_on else ""
    return f"  s{way.start} -> s{way.end} [label={_quoted(way.words)}{dotted}];"


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'
