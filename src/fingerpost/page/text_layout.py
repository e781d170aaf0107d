"""Layout of text: wrapping to a width in terminal columns, and pagination to a height.

A block is never split over two pages, so that a service stays with its number. Numbers and web
addresses are never broken, however narrow the window.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TypeAlias

from ..model.base import Frozen, replace
from ..model.sanitize import clean


class Style(StrEnum):
    """The role of a line, shown by bold or colour; it carries no meaning of its own."""

    PLAIN = "plain"
    TITLE = "title"
    HEADING = "heading"
    URGENT = "urgent"
    DANGER = "danger"
    SERVICE = "service"
    ITEM = "item"
    KEYS = "keys"
    QUIET = "quiet"
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


def cells(text: str) -> int:
    """The width of a text in terminal columns."""
    if text.isascii():  # nearly always, and fifty times faster
        return len(text)
    return sum(_cells_of(char) for char in text)


def wrap(line: Line, width: int) -> list[str]:
    """A line wrapped to rows of at most ``width`` columns.

    Only a single word that is longer, such as a web address, makes a longer row. Joining the rows
    with spaces gives the text again.
    """
    held = _NUMBER.sub(_in_one_piece, line.text)
    rows: list[str] = []
    row, taken = line.before, cells(line.before)
    margin, empty = " " * line.hang, True
    for word in held.split(" "):
        size = cells(word)
        if not empty and taken + 1 + size > width:
            rows.append(row)
            row, taken, empty = margin, line.hang, True
        if not empty:
            row, taken = row + " ", taken + 1
        row, taken, empty = row + word, taken + size, False
    rows.append(row)
    return [row.replace(_JOINER, " ").rstrip() for row in rows]


def text(blocks: Iterable[Block], width: int = 80) -> str:
    """Blocks as plain text, wrapped; control characters in author text are made harmless."""
    rows: list[str] = []
    for block in blocks:
        for line in block:
            rows += wrap(replace(line, text=clean(line.text).replace("\n", " ")), width)
    return "\n".join([*rows, ""])


def height(rows: Iterable[str], width: int) -> int:
    """The number of screen rows in a window of ``width``, in which over-long rows wrap."""
    return sum(max(1, -(-cells(row) // width)) for row in rows)


def pages(blocks: Sequence[Block], width: int, rows: int) -> list[list[Line]]:
    """Blocks distributed to pages of at most ``rows`` rows.

    Only a block that is taller than a page is split.
    """
    dealt: list[list[Line]] = [[]]
    room = rows
    for block in blocks:
        sizes = [height(wrap(line, width), width) for line in block]
        if block == GAP and (not dealt[-1] or room < 1):
            continue
        if room < sum(sizes) <= rows:
            dealt.append([])
            room = rows
        for line, size in zip(block, sizes, strict=True):
            if size > room and dealt[-1]:
                dealt.append([])
                room = rows
            dealt[-1].append(line)
            room -= size
    for page in dealt:
        while page and not page[-1].text and not page[-1].before:
            page.pop()
    return [page for page in dealt if page] or [[]]


def _in_one_piece(number: re.Match[str]) -> str:
    whole = number[0]
    return whole.replace(" ", _JOINER) if len(whole) <= _LONGEST_NUMBER else whole


def _cells_of(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
