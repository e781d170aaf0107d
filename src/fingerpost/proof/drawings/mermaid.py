"""A tree in Mermaid's flowchart language.

Author text stands only between double quotes, and there only letters, digits and a little
punctuation stand as they are; everything else is written as an entity code. So no text can end
its quotes, be read as markup, as a comment or as a directive, or name a place or a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from ...model.sentence import Urgency
from ..drawing import Graph, Place, Shape, Way, split
from .labels import COLOURS, heading, label, summary

MOST_WAYS = 500
"""Mermaid draws no more in one diagram (its ``maxEdges``)."""

LONGEST = 50_000
"""Characters; Mermaid reads no more in one diagram (its ``maxTextSize``)."""

_SHAPES = {
    Shape.QUESTION: ("(", ")"),
    Shape.ENDING: ("([", "])"),
    Shape.DOOR: ("[[", "]]"),
    Shape.ELSEWHERE: (">", "]"),
}

_PLAIN = frozenset(" .,!?'‘’“”–—…-()/£")
_LIST = re.compile(r"^(\d*)([-.)])")
"""How a list begins in Markdown, which Mermaid would take a label for."""


def mermaid(whole: Graph) -> tuple[str, ...]:
    """The diagrams of a tree: one, or several where Mermaid would refuse one."""
    most = MOST_WAYS
    while True:
        drawn = tuple(_diagram(part) for part in split(whole, most))
        if most == 1 or all(len(text) <= LONGEST for text in drawn):
            return drawn
        most //= 2


def _diagram(drawing: Graph) -> str:
    return "\n".join(_lines(drawing)) + "\n"


def _lines(drawing: Graph) -> Iterator[str]:
    yield "flowchart TD"
    yield f"  accTitle: {heading(drawing)}"
    yield f"  accDescr: {summary(drawing)}"
    yield from map(_place, drawing.places)
    yield from map(_way, drawing.ways)
    for urgency in sorted(COLOURS, reverse=True):
        yield from _coloured(drawing, urgency)


def _place(place: Place) -> str:
    before, after = _SHAPES[place.shape]
    return f"  s{place.number}{before}{_quoted(label(place))}{after}"


def _way(way: Way) -> str:
    arrow = "-.->" if way.carries_on else "-->"
    return f"  s{way.start} {arrow}|{_quoted(way.words)}| s{way.end}"


def _coloured(drawing: Graph, urgency: Urgency) -> Iterator[str]:
    endings = [
        f"s{place.number}"
        for place in drawing.places
        if place.shape is Shape.ENDING and place.urgency is urgency
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
