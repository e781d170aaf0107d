"""QR codes drawn with block characters, with the words about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product, zip_longest

from ..page.messages import say
from ..page.text_layout import Block, Line, Style, wrap
from ..sheets.qr import QUIET_ZONE, qr_code

_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}

SIGNS = "".join(_HALVES.values())
"""The characters of a drawn code. A console without them cannot show one."""

_QUIET_ZONES = (QUIET_ZONE, 2)
"""Light modules around the code, by which phones find it: four, or two where there is no room."""

_GAP, _LEAST = 2, 24
"""Columns between a code and the words at its right, and the fewest that those need."""


def code_blocks(
    about: Sequence[str], texts: Mapping[str, str], width: int, rows: int
) -> tuple[Block, ...]:
    """The code of the first of some texts for which the window has room, two modules to a
    character, light on dark, and at its right, else above it, the words about it: about all of the
    texts, and those that each has.

    Where none fits there are the words, with advice.
    """
    for (text, more), zone in product(texts.items(), _QUIET_ZONES):
        said = (more, *about) if more else about
        above = tuple(Line(row) for each in said for row in _rows(each, width))
        drawn = _drawn(qr_code(text, quiet_zone=zone).rows)
        left = width - len(drawn[0]) - _GAP
        words = [row for each in said for row in (*_rows(each, max(left, _LEAST)), "")]
        if left >= _LEAST and max(len(drawn), len(words)) <= rows:
            beside = zip_longest(drawn, words, fillvalue="")
            wide = len(drawn[0]) + _GAP
            return (tuple(Line(word, Style.CODE, before=row.ljust(wide)) for row, word in beside),)
        if len(drawn[0]) <= width and len(above) + len(drawn) <= rows:
            return ((*above, *(Line("", Style.CODE, before=row) for row in drawn)),)
    above = tuple(Line(row) for each in about for row in _rows(each, width))
    return ((*above, Line(say("qr.too-small"))),)


def _rows(text: str, width: int) -> Iterator[str]:
    """A text wrapped; what is longer than a row, as an address, ends it behind a slash."""
    for row in wrap(Line(text), width):
        while len(row) > width:
            at = row.rfind("/", 0, width) + 1 or width
            yield row[:at]
            row = row[at:]
        yield row


def _drawn(dark: tuple[tuple[bool, ...], ...]) -> list[str]:
    """Rows of characters for rows of modules. Light modules are drawn: most terminals are dark."""
    light = [[not module for module in row] for row in dark]
    if len(light) % 2:
        light.append([False] * len(light[0]))
    return [
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(light[::2], light[1::2], strict=True)
    ]
