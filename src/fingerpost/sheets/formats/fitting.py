"""How the parts of a paper take least room on A4, guessed by the number of letters in them.

To measure would be exact, and would take as long again as to set the paper: so it is done only
where a guess comes too close. All lengths are in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from ...model.base import Frozen
from ..document import Block, Box, Brief, Code, Fine, Heading, Paragraph, Points, Steps

_MM = 72 / 25.4

WIDTH, HEIGHT, MARGIN = 210 * _MM, 297 * _MM, 12 * _MM
"""A4, and what stays white round it: no printer needs more."""

TEXT_WIDTH, TEXT_HEIGHT = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN

GUTTER = 6 * _MM
"""Between two columns."""

COLUMN_WIDTH = (TEXT_WIDTH - GUTTER) / 2

MODULE = 1.75
"""How wide a module of a code is, on any paper. At 1.5 some codes could no longer be read from a
copy of 72 dots to the inch; at 1.6 all could."""

BASE, LARGE = 12, 18
"""How high letters are. Everything else is measured by them, and none are smaller."""

_LETTER = 0.5
"""How wide a letter is, as a part of its height, with what stays empty at the end of a line."""

_LINE, _SPACE = 1.3, 0.8
"""How high a line is, and how much stays empty round a part, in heights of letters."""

INSET, GAP = (0.55, 0.45), 0.3
"""Within a frame, at the side and above, and beside a code, in heights of letters."""

_NARROWEST = 11
"""So many heights of letters a text beside codes is wide at least."""

_MOST_COLUMNS = 3
_MOST_ADDRESSES = 4

_CLOSE = (0.85, 1.3)
"""The guess is never a tenth out on real papers. Of those that fill so much of a side it has to be
measured whether they need two."""


class Arrangement(Frozen):
    """Where the codes of a box stand: in so many columns, ``beside all`` that is said of the
    service, ``above the notes`` and beside the rest, or ``below``, which is the last resort, far
    from the words. ``width`` is how wide all columns are."""

    columns: int
    place: str
    width: float


class Fitting(Frozen):
    """What is guessed of papers whose letters are so high."""

    base: float

    def arrangement(self, box: Box, sides: Sequence[int], width: float) -> Arrangement:
        """How the codes take least of a page. ``sides`` are how many modules wide each is, one or
        more, and ``width`` how wide the frame is."""
        room = width - 2 * INSET[0] * self.base
        told, noted = _told(box), _noted(box)
        widest = max(map(self.code_width, sides)) + GAP * self.base

        def of_codes(columns: int) -> float:
            return ceil(len(sides) / columns) * (widest + self._lines(1))

        def arranged(columns: int, place: str) -> Arrangement:
            return Arrangement(columns, place, self._codes_width(sides, columns))

        most = max(1, int(room / widest))
        below = self._height((*told, *noted), room) + of_codes(most) + self._lines(2)
        ways = [(below, arranged(most, "below"))]
        for columns in range(1, min(len(sides), _MOST_COLUMNS) + 1):
            beside = room - columns * widest
            if beside > _NARROWEST * self.base:
                codes = of_codes(columns)
                whole = max(codes, self._height((*told, *noted), beside))
                parted = max(codes, self._height(told, beside)) + self._height(noted, room)
                ways.append((whole, arranged(columns, "beside all")))
                ways.append((parted, arranged(columns, "above the notes")))
        return min(ways, key=lambda way: way[0])[1]

    def code_width(self, side: int) -> float:
        """How wide a code and the words under it are; it is so many modules wide."""
        return max(MODULE * side, 6 * self.base)

    def _codes_width(self, sides: Sequence[int], columns: int) -> float:
        """How wide codes are that stand in rows, each column as wide as its widest."""
        each = [map(self.code_width, sides[column::columns]) for column in range(columns)]
        return sum(max(widths, default=0) for widths in each) + (columns - 1) * GAP * self.base

    def surely_on_a_page(self, box: Box, width: float) -> bool:
        """Whether a box need not be measured: what is higher than a page has to be parted, or its
        end would be lost."""
        room = width - 2 * INSET[0] * self.base
        guessed = self._height((*_told(box), *_noted(box)), room)
        return guessed < TEXT_HEIGHT / 2 and len(box.addresses) <= _MOST_ADDRESSES

    def close(self, blocks: Iterable[Block]) -> bool:
        """Whether blocks fill about one side, so that it has to be measured how many they need."""
        least, most = _CLOSE
        lengths = (self._height(_texts(block), TEXT_WIDTH) for block in blocks)
        filled = sum(length + self._lines(_SPACE) for length in lengths)
        return least <= filled / TEXT_HEIGHT <= most

    def _height(self, texts: Iterable[str], width: float) -> float:
        """How high texts are below each other."""
        a_line = width / (_LETTER * self.base)
        return self._lines(sum(ceil(len(text) / a_line) for text in texts))

    def _lines(self, count: float) -> float:
        return count * _LINE * self.base


def _told(box: Box) -> tuple[str, ...]:
    said = (f"{each.label}{each.text}{each.note}" for each in box.addresses)
    return (box.title, *said, *box.steps)


def _noted(box: Box) -> tuple[str, ...]:
    return tuple(f"{note.label}{note.text}" for note in box.notes)


def _texts(block: Block) -> tuple[str, ...]:
    """The lines of a block, each of which may take several."""
    match block:
        case Heading() | Paragraph():
            return (block.text,)
        case Steps() | Points():
            return block.lines
        case Box():
            return (*_told(block), *_noted(block))
        case Brief():
            return tuple(" ".join(_told(box)) for box in block.boxes)
        case Code():
            return (f"{block.label}{block.letters}{block.note}",)
        case Fine():
            return (" ".join(block.lines),)
        case _:
            return ("",)
