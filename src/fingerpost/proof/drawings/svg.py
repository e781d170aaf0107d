"""A tree as one SVG picture: a row for each way on, indented below the step that it leads from.

A question is drawn with what follows where the picture first comes to it, and by its number after
that. An ending says in words and in shade how urgent it is. Author text is only ever escaped text.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ...model.base import Frozen, grouped
from ..drawing import DrawnStep, Edge, Graph, Shape, shorten
from .labels import COLOURS, label

_ROW, _INDENT, _FONT = 11.5, 12, 9.5
"""Units of a row, of one step further in, and of the letters."""

_LETTER = 5.1
"""Units of an average letter in this size, rather too wide than too narrow."""

_LONGEST_WAY = 44


class Picture(Frozen):
    """The SVG of a tree, its size in units of its own, and its rows in words."""

    svg: str
    width: int
    height: int
    lines: tuple[str, ...]


class _Row(Frozen):
    """A way on, or the start: how far in it stands, its words and the step that it leads to."""

    depth: int
    parent: int | None
    way: str
    step: DrawnStep
    again: bool
    carries_on: bool = False

    @property
    def words(self) -> str:
        """The step in words, with its number if it is a question."""
        if self.step.shape is not Shape.QUESTION:
            return label(self.step)
        number = self.step.number + 1
        return f"see {number}" if self.again else f"{number}. {label(self.step)}"

    @property
    def line(self) -> str:
        """The row in words."""
        return f"{self.way}: {self.words}" if self.way else self.words


def picture(drawing: Graph) -> Picture:
    """The whole drawing."""
    rows = tuple(_rows(drawing))
    width = int(max(_end(row) for row in rows)) + 8
    height = int(_ROW * len(rows)) + 8
    last = {row.parent: at for at, row in enumerate(rows) if row.parent is not None}
    spines = (_spine(rows[at].depth, at, end) for at, end in last.items())
    drawn = "".join((*spines, *(each for at, row in enumerate(rows) for each in _drawn(at, row))))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="Atkinson Hyperlegible Next, Arial, sans-serif" font-size="{_FONT}">'
    )
    return Picture(f"{head}{drawn}</svg>", width, height, tuple(row.line for row in rows))


def _rows(drawing: Graph) -> Iterator[_Row]:
    """The rows from the start down; a step that nothing leads to begins again at the margin."""
    steps = {step.number: step for step in drawing.steps}
    ways = grouped((edge.start, edge) for edge in drawing.edges)
    reached = {edge.end for edge in drawing.edges}
    roots = [s.number for s in drawing.steps if s.start]
    roots += [s.number for s in drawing.steps if s.number not in reached and not s.start]
    told: set[int] = set()
    count = 0
    for root in roots:
        waiting: list[tuple[int, int | None, Edge | None, int]] = [(0, None, None, root)]
        while waiting:
            depth, parent, edge, number = waiting.pop()
            again = number in told
            told.add(number)
            way = "" if edge is None else shorten(edge.words, _LONGEST_WAY)
            carries = edge is not None and edge.carries_on
            yield _Row(depth, parent, way, steps[number], again, carries)
            if not again:
                on = reversed(ways.get(number, []))
                waiting += ((depth + 1, count, each, each.end) for each in on)
            count += 1


def _start(row: _Row) -> float:
    return 4 + row.depth * _INDENT


def _end(row: _Row) -> float:
    return _start(row) + _LETTER * (len(row.way) + len(row.words)) + 18


def _spine(depth: int, at: int, end: int) -> str:
    x = 4 + depth * _INDENT + 4
    return f'<path d="M{x} {_ROW * at + _ROW + 2}V{_middle(end)}" stroke="#555" stroke-width=".8"/>'


def _middle(at: int) -> float:
    return _ROW * at + _ROW / 2 + 4


def _drawn(at: int, row: _Row) -> Iterator[str]:
    x, y = _start(row), _middle(at)
    if row.parent is not None:
        dashes = ' stroke-dasharray="2 2"' if row.carries_on else ""
        begin = x - _INDENT + 4
        yield f'<path d="M{begin} {y}H{x - 1}" stroke="#555" stroke-width=".8"{dashes}/>'
    if row.way:
        yield f'<text x="{x}" y="{y + 3.3:g}" fill="#333">{escape(row.way)}</text>'
        x += _LETTER * len(row.way) + 6
    wide = _LETTER * len(row.words) + 6
    fill, edge = ("#fff", "#000")
    if row.step.urgency is not None:
        fill, edge = COLOURS[row.step.urgency]
    if not (row.again and row.step.shape is Shape.QUESTION):
        yield (
            f'<rect x="{x:g}" y="{y - 5.2:g}" width="{wide:g}" height="10.4" rx="2" '
            f'fill="{fill}" stroke="{edge}" stroke-width=".7"/>'
        )
    yield f'<text x="{x + 3:g}" y="{y + 3.3:g}">{escape(row.words)}</text>'
