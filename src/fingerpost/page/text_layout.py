"""Layout of text: wrapping to a width in terminal columns, and pagination to a height.

A block is never split over two pages, so that a service stays with its number. Numbers are never
broken, however narrow the window, nor are web addresses within a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import accumulate, chain, repeat, takewhile, zip_longest
from typing import TypeAlias

from ..model.base import Frozen, replace
from ..model.route import address_parts
from ..model.sanitize import one_line


class Style(StrEnum):
    """The role of a line, shown by bold or colour; it carries no meaning of its own."""

    PLAIN = "plain"
    TITLE = "title"
    HEADING = "heading"
    PART = "part"
    MORE_STEPS = "more-steps"
    ON_TOP = "on-top"
    URGENT = "urgent"
    NOW = "now"
    TODAY = "today"
    SOON = "soon"
    INFO = "info"
    DANGER = "danger"
    SERVICE = "service"
    ITEM = "item"
    KEYS = "keys"
    QUIET = "quiet"
    FAINT = "faint"
    CODE = "code"


MARKER = "> "
"""What stands before the item that Enter takes."""


class Line(Frozen):
    """An unwrapped line: its text, prefix, and the indent of its continuation rows."""

    text: str
    style: Style = Style.PLAIN
    before: str = ""
    hang: int = 0


Block: TypeAlias = tuple[Line, ...]
"""Lines that stay together on one page."""

GAP: Block = (Line(""),)
"""An empty line between blocks; dropped at the top of a page."""

# A telephone number: groups of digits with single spaces or hyphens in between.
_NUMBER = re.compile(r"\+?\(?\d[\d()]*(?:[ -]\(?\d[\d()]*)+")

_LONGEST_NUMBER = 20
"""Characters; a longer run of digits is a list, which may be wrapped."""

_JOINER = "\N{NO-BREAK SPACE}"

SPACED = f"{_JOINER} "
"""The wide space between things listed in a row; where the row ends, none of it is left."""


def cells(text: str) -> int:
    """The width of a text in terminal columns."""
    if text.isascii():  # nearly always, and fifty times faster
        return len(text)
    return sum(_cells_of(char) for char in text)


def together(text: str) -> str:
    """A text that no row parts."""
    return text.replace(" ", _JOINER)


def wrap(line: Line, width: int, *, breaks: bool = True) -> list[str]:
    """A line wrapped to rows of at most ``width`` columns.

    A web address that is longer ``breaks`` after a slash, else after a hyphen; without that, as in
    a file, it stays whole, and joining the rows with spaces gives the text again. Any other word
    that is longer makes a longer row.
    """
    words = [part for word in _words(line.text) for part in _parted(word, width - line.hang)]
    rows: list[str] = []
    row, taken = line.before, cells(line.before)
    margin, empty = " " * line.hang, True
    for word in words:
        breakable = breaks and "/" in word
        parts = address_parts(word, width - line.hang) if breakable else [word]
        for part, gap in zip(parts, chain([" "], repeat("")), strict=False):
            said = part if empty else gap + part
            if not empty and taken + cells(said) > width:
                rows.append(row)
                row, taken, said = margin, line.hang, part
            row, taken, empty = row + said, taken + cells(said), False
    rows.append(row)
    return [row.replace(_JOINER, " ").rstrip() for row in rows]


def _words(text: str) -> list[str]:
    return _NUMBER.sub(_in_one_piece, text).split(" ")


def _parted(word: str, width: int) -> list[str]:
    """Words that were held together, apart if a row has no room for them: no number breaks then."""
    return _words(word.replace(_JOINER, " ")) if cells(word) > width else [word]


def text(blocks: Iterable[Block], width: int = 80) -> str:
    """Blocks as plain text, wrapped; control characters in author text are made harmless."""
    rows: list[str] = []
    for block in blocks:
        for line in block:
            rows += wrap(replace(line, text=one_line(line.text)), width, breaks=False)
    return "\n".join([*rows, ""])


_NARROW = 60
"""Columns of a window below which a table has no room."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]], width: int) -> Iterator[Block]:
    """Rows of cells under their headings: the first and the last column are wrapped, those between
    never. In a narrow window the cells stand below the first."""
    cleaned = [tuple(map(one_line, row)) for row in rows]
    if width < _NARROW:
        for first, *rest in cleaned:
            told = (Line(cell, before="  ", hang=2) for cell in rest if cell)
            yield (Line(first, Style.SERVICE, hang=2), *told)
        return
    wide = [max(map(cells, column)) for column in zip(head, *cleaned, strict=True)]
    room = width - sum(wide[1:-1]) - len(_BETWEEN) * (len(wide) - 1)
    wide[0] = min(wide[0], room * 3 // 5)
    wide[-1] = room - wide[0]
    for row in (head, *cleaned):
        style = Style.TITLE if row is head else Style.PLAIN
        wrapped = (wrap(Line(cell), size) for cell, size in zip(row, wide, strict=True))
        yield tuple(
            Line(_BETWEEN.join(map(_filled, each, wide)), style)
            for each in zip_longest(*wrapped, fillvalue="")
        )


_BETWEEN = "  "


def _filled(cell: str, width: int) -> str:
    return cell + " " * (width - cells(cell))


def height(rows: Iterable[str], width: int) -> int:
    """The number of screen rows in a window of ``width``, in which over-long rows wrap."""
    return sum(max(1, -(-cells(row) // width)) for row in rows)


def pages(
    blocks: Sequence[Block], width: int, rows: int, first: int | None = None
) -> list[list[Line]]:
    """Blocks distributed to as few pages as can be, of at most ``rows`` rows.

    A block that begins with a line of style ON_TOP begins a page. One of style PART does if else
    it followed what comes before the parts on the first page, and one of style MORE_STEPS if not
    all that stands under it has room there. ``first`` are the rows of that page, if not as many.
    Only a block that is taller than a page is split. Of layouts with as few pages, one with the
    fullest first page is taken, for what comes first counts most. Of those it is the one with the
    fewest pages half empty, then the one that parts the fewest sections, each of which begins with
    a heading.
    """
    rooms = (rows if first is None else first, rows)
    units = _units([block for block in blocks if block], width, rooms)
    onward = [_Layout(0, 0, 0, len(units))] * (len(units) + 1)
    for start in range(len(units) - 1, -1, -1):
        onward[start] = _best_from(start, units, onward, rooms[1])
    dealt: list[list[Line]] = []
    start, end = 0, _best_from(0, units, onward, rooms[0], begins=True).end if units else 0
    while start < len(units):
        lines = [line for unit in units[start:end] for line in unit.lines]
        begin = next((n for n, line in enumerate(lines) if line != GAP[0]), len(lines))
        while len(lines) > begin and not lines[-1].text and not lines[-1].before:
            lines.pop()
        dealt += [lines[begin:]] if lines[begin:] else []
        start, end = end, onward[end].end
    return dealt or [[]]


_TITLES = (Style.HEADING, Style.PART, Style.MORE_STEPS, Style.ON_TOP)
"""A section begins with one."""


class _Unit(Frozen):
    """Lines that stay on one page, and the rows that they take."""

    lines: Block
    rows: int

    @property
    def style(self) -> Style:
        return self.lines[0].style


class _Layout(Frozen):
    """The cost of the pages from some unit on, and the unit after the first of them."""

    pages: int
    half_empty: int
    parted: int
    end: int

    @property
    def cost(self) -> tuple[int, int, int, int]:
        return (self.pages, self.half_empty, self.parted, -self.end)


def _units(blocks: Iterable[Block], width: int, rooms: tuple[int, int]) -> list[_Unit]:
    """Each block. Of one that is taller than a page, its first lines up to half a page stay
    together, and then come its lines one by one."""
    units: list[_Unit] = []
    for block in blocks:
        sizes = [height(wrap(line, width), width) for line in block]
        if sum(sizes) <= (max(rooms) if units else rooms[0]):
            units.append(_Unit(block, sum(sizes)))
        else:
            most = rooms[1 if units else 0] // 2
            first = max(1, sum(total <= most for total in accumulate(sizes)))
            units.append(_Unit(block[:first], sum(sizes[:first])))
            rest = zip(block[first:], sizes[first:], strict=True)
            units += [_Unit((line,), size) for line, size in rest]
    return units


def _best_from(
    start: int,
    units: Sequence[_Unit],
    onward: Sequence[_Layout],
    room: int,
    *,
    begins: bool = False,
) -> _Layout:
    """The best layout from a unit on, if its first page has this room; the fullest first page if it
    ``begins`` the text."""
    found: list[_Layout] = []
    # What no page has below other blocks.
    begins_with_part = units[start].style in (Style.PART, Style.MORE_STEPS)
    apart = {Style.ON_TOP, *([Style.PART] if begins and not begins_with_part else ())}
    used = gaps = 0
    for end, unit in enumerate(units[start:], start + 1):
        if unit.style in apart and end > start + 1:
            break
        if begins and unit.style is Style.MORE_STEPS and end > start + 1:
            under = takewhile(lambda each: each.style not in _TITLES, units[end:])
            if used + gaps + unit.rows + sum(each.rows for each in under) > room:
                break
        if unit.lines == GAP:
            gaps += 1
        elif used and used + gaps + unit.rows > room:
            break
        else:
            used, gaps = used + unit.rows + (gaps if used else 0), 0
        if end == len(units):
            found.append(_Layout(1, 0, 0, end))
        elif units[end].lines != GAP:
            then = onward[end]
            half_empty = then.half_empty + (2 * used < room)
            parted = then.parted + (units[end].style not in _TITLES)
            found.append(_Layout(then.pages + 1, half_empty, parted, end))
    if begins:
        return min(found, key=lambda layout: (layout.pages, -layout.end))
    return min(found, key=lambda layout: layout.cost)


def _in_one_piece(number: re.Match[str]) -> str:
    whole = number[0]
    return together(whole) if len(whole) <= _LONGEST_NUMBER else whole


def _cells_of(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
