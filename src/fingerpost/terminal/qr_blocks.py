"""QR codes drawn with block characters, with the words about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from ..page.messages import say
from ..page.text_layout import Block, Line, Style, wrap
from ..sheets.qr import QUIET_ZONE, qr_code

_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}

SIGNS = "".join(_HALVES.values())
"""The characters of a drawn code. A console without them cannot show one."""

_QUIET_ZONES = (QUIET_ZONE, 2)
"""Light modules around the code, by which phones find it: four, or two where there is no room."""

MANY = 98
"""Pages or codes, of which a number is as wide as any."""

_ENDS = re.compile(r"(?<=\D[.!?])\s")
"""Where a sentence ends."""

_MOST_CODES = 3
"""The codes for which anyone holds up a phone."""

_GAP, _LEAST = 2, 24
"""Columns between a code and the words at its right, and the fewest that those need."""


def code_blocks(about: Sequence[str], lines: Sequence[str], width: int, rows: int) -> list[Block]:
    """The codes of some lines, two modules to a character, light on dark, and at the right of each,
    else above it, the words about it. Each has as many lines as the window has room for; one that
    no code has room for goes on in the next one with a sentence. Lines beyond three codes are left
    out, whole.

    Where none fits there are the words, with advice.
    """
    if whole := _code("\n".join(lines), about, width, rows):
        return [whole]
    of = (say("phone.code-of", count=MANY, all=MANY), *about)
    texts: list[str] = []
    for line in lines:
        before = [*texts]
        fits = _code(line, of, width, rows)
        for at, each in enumerate([line] if fits else _ENDS.split(line)):
            longer = f"{texts[-1]}{' ' if at else chr(10)}{each}" if texts else each
            alone = f"... {each}" if at else each
            if texts and _code(longer, of, width, rows):
                texts[-1] = longer
            elif fits or _code(alone, of, width, rows):
                texts.append(alone)
            else:
                return words_blocks(about, lines, width, rows)
        if len(texts) > _MOST_CODES:
            texts = before
            break
    blocks: list[Block] = []
    for count, text in enumerate(texts, 1):
        code = _code(text, (say("phone.code-of", count=count, all=len(texts)), *about), width, rows)
        # A camera would take two that share a page for one another.
        blocks.append((*code, *[Line("")] * (rows // 2 - len(code) + 1)))
    return blocks


def words_blocks(about: Iterable[str], lines: Sequence[str], width: int, _rows: int) -> list[Block]:
    """What stands instead of codes: the words about them and advice, and what to copy by hand, but
    an address, which is among the words."""
    told = (*about, say("qr.too-small"), *(lines if len(lines) > 1 else ()))
    return [(Line(row),) for each in told for row in wrap(Line(each), width)]


def _code(text: str, about: Iterable[str], width: int, rows: int) -> Block:
    """The code of one text with the words about it, and what it says where there is room at its
    right; empty where the window has no room."""
    for zone in _QUIET_ZONES:
        drawn = _drawn(qr_code(text, quiet_zone=zone).rows)
        wide = len(drawn[0]) + _GAP
        beside_it = max(width - wide, _LEAST)
        words = [row for each in about for row in (*wrap(Line(each), beside_it), "")]
        if width - wide >= _LEAST and max(len(drawn), len(words)) <= rows:
            said = [row for each in text.split("\n") for row in wrap(Line(each), beside_it)]
            words += said if " " in text and len(words) + len(said) <= rows else []
            beside = zip_longest(drawn, words, fillvalue="")
            return tuple(Line(word, Style.CODE, before=row.ljust(wide)) for row, word in beside)
        above = tuple(Line(row) for each in about for row in wrap(Line(each), width))
        if len(drawn[0]) <= width and len(above) + len(drawn) <= rows:
            return (*above, *(Line("", Style.CODE, before=row) for row in drawn))
    return ()


def _drawn(dark: tuple[tuple[bool, ...], ...]) -> list[str]:
    """Rows of characters for rows of modules. Light modules are drawn: most terminals are dark."""
    light = [[not module for module in row] for row in dark]
    if len(light) % 2:
        light.append([False] * len(light[0]))
    return [
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(light[::2], light[1::2], strict=True)
    ]
