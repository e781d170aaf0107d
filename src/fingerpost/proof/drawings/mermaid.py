"""A tree in Mermaid's flowchart language.

Author text stands only between double quotes, and there only letters, digits and a little
punctuation stand as they are; everything else is an entity code. So no text can end its quotes, be
read as markup, as a comment or as a directive, or name a step or a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from ...model.sentence import Urgency
from ..drawing import DrawnStep, Edge, Graph, Shape
from .labels import COLOURS, label, summary

MOST_WAYS = 500
"""The most edges that Mermaid draws in one diagram (its ``maxEdges``)."""

LONGEST = 50_000
"""The most characters that Mermaid reads in one diagram (its ``maxTextSize``)."""

_SHAPES = {
    Shape.QUESTION: ("(", ")"),
    Shape.FORK: ("{{", "}}"),
    Shape.ENDING: ("([", "])"),
    Shape.LINK: ("[[", "]]"),
}

_PLAIN = frozenset(" .,!?'‘’“”–—…-()/£")
_LIST = re.compile(r"^(\d*)([-.)])")
"""The start of a Markdown list, for which Mermaid would take a label."""


def mermaid(drawing: Graph) -> str:
    """The diagram of a tree."""
    return "\n".join(_lines(drawing)) + "\n"


def is_too_large(drawing: Graph, diagram: str) -> bool:
    """Whether Mermaid draws no diagram of this size."""
    return len(drawing.edges) > MOST_WAYS or len(diagram) > LONGEST


def _lines(drawing: Graph) -> Iterator[str]:
    yield "flowchart TD"
    yield f"  accTitle: Tree {drawing.tree}"
    yield f"  accDescr: {summary(drawing)}"
    yield from map(_step, drawing.steps)
    yield from map(_edge, drawing.edges)
    for urgency in sorted(COLOURS, reverse=True):
        yield from _coloured(drawing, urgency)


def _step(step: DrawnStep) -> str:
    before, after = _SHAPES[step.shape]
    return f"  s{step.number}{before}{_quoted(label(step))}{after}"


def _edge(edge: Edge) -> str:
    arrow = "-.->" if edge.carries_on else "-->"
    return f"  s{edge.start} {arrow}|{_quoted(edge.words)}| s{edge.end}"


def _coloured(drawing: Graph, urgency: Urgency) -> Iterator[str]:
    endings = [
        f"s{step.number}"
        for step in drawing.steps
        if step.shape is Shape.ENDING and step.urgency is urgency
    ]
    if endings:
        name = f"urgency-{urgency.name.lower()}"
        fill, edge = COLOURS[urgency]
        yield f"  classDef {name} fill:{fill},stroke:{edge},stroke-width:2px,color:#000"
        yield f"  class {','.join(endings)} {name}"


def _quoted(text: str) -> str:
    escaped = "".join(letter if _harmless(letter) else f"#{ord(letter)};" for letter in text)
    escaped = _LIST.sub(lambda found: f"{found[1]}#{ord(found[2])};", escaped)
    return f'"{escaped}"'


def _harmless(letter: str) -> bool:
    return letter in _PLAIN or letter.isalnum() or category(letter).startswith("M")
