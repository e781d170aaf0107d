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
from ...page.labels import urgency
from ..drawing import DrawnStep, Edge, Graph, Shape

COLOURS = {
    Urgency.NOW: ("#fbd5d5", "#a00016"),
    Urgency.TODAY: ("#fde4c9", "#9a4a00"),
    Urgency.SOON: ("#fbf4c4", "#6b5d00"),
    Urgency.INFO: ("#dbe9f6", "#1f4e79"),
}
"""The fill and the edge of an ending; black text is legible on each."""

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


def _lines(drawing: Graph) -> Iterator[str]:
    yield "flowchart TD"
    yield f"  accTitle: Tree {drawing.tree}"
    yield f"  accDescr: {_summary(drawing)}"
    yield from map(_step, drawing.steps)
    yield from map(_edge, drawing.edges)
    for each in sorted(COLOURS, reverse=True):
        yield from _coloured(drawing, each)


def _step(step: DrawnStep) -> str:
    before, after = _SHAPES[step.shape]
    return f"  s{step.number}{before}{_quoted(_label(step))}{after}"


def _edge(edge: Edge) -> str:
    arrow = "-.->" if edge.carries_on else "-->"
    return f"  s{edge.start} {arrow}|{_quoted(edge.words)}| s{edge.end}"


def _coloured(drawing: Graph, of: Urgency) -> Iterator[str]:
    endings = [
        f"s{step.number}"
        for step in drawing.steps
        if step.shape is Shape.ENDING and step.urgency is of
    ]
    if endings:
        name = f"urgency-{of.name.lower()}"
        fill, edge = COLOURS[of]
        yield f"  classDef {name} fill:{fill},stroke:{edge},stroke-width:2px,color:#000"
        yield f"  class {','.join(endings)} {name}"


def _label(step: DrawnStep) -> str:
    """The label of a step; it also says what its colour and its shape mean."""
    if step.shape is Shape.LINK:
        return f"Another tree: {step.words}"
    begins = "Start: " if step.start else ""
    ends = "" if step.urgency is None else f"{urgency(step.urgency)}: "
    return f"{begins}{ends}{step.words}"


def _summary(drawing: Graph) -> str:
    """A text alternative of a drawing. It contains no author text."""

    def count(shape: Shape, one: str) -> str:
        number = sum(step.shape is shape for step in drawing.steps)
        return f"{number} {one}" if number == 1 else f"{number} {one}s"

    counts = (count(Shape.QUESTION, "question"), count(Shape.ENDING, "ending"))
    return f"{counts[0]}, {counts[1]}, {count(Shape.LINK, 'door')} to other trees"


def _quoted(text: str) -> str:
    escaped = "".join(letter if _harmless(letter) else f"#{ord(letter)};" for letter in text)
    escaped = _LIST.sub(lambda found: f"{found[1]}#{ord(found[2])};", escaped)
    return f'"{escaped}"'


def _harmless(letter: str) -> bool:
    return letter in _PLAIN or letter.isalnum() or category(letter).startswith("M")
