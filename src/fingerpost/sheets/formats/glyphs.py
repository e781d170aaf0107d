"""Which letters a font can draw, by the font's own table of them."""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from


def letters(font: bytes) -> frozenset[str]:
    """The letters for which an OpenType font has a shape.

    Only the subtable that every font of ordinary letters has is read (``cmap``, format 4), so the
    rarer ones beyond U+FFFF count as missing. Raises ValueError if there is none.
    """
    return frozenset(_drawn(font, _subtable(font)))


def _subtable(font: bytes) -> int:
    """Where the subtable of format 4 begins."""
    (tables,) = unpack_from(">H", font, 4)
    for table in range(tables):
        tag, begins = unpack_from(">4s4xI", font, 12 + 16 * table)
        if tag == b"cmap":
            (subtables,) = unpack_from(">H", font, begins + 2)
            for subtable in range(subtables):
                (offset,) = unpack_from(">I", font, begins + 8 + 8 * subtable)
                if unpack_from(">H", font, begins + offset) == (4,):
                    return int(begins + offset)
    raise ValueError("this font has no table of letters in format 4")


def _drawn(font: bytes, at: int) -> Iterator[str]:
    """Each letter that has a shape: number 0 is the box that is drawn for a missing one.

    The subtable is four columns, with a word of padding after the first: the last letter of each
    stretch, its first letter, what to add to a letter to get the number of its shape, and how far
    from here a list of numbers begins that is asked instead, or 0.
    """
    (double,) = unpack_from(">H", font, at + 6)
    count = double // 2
    lasts, firsts, added, lists = (
        unpack_from(f">{count}H", font, at + 14 + double * column + (2 if column else 0))
        for column in range(4)
    )
    for stretch in range(count):
        here = at + 16 + double * 3 + 2 * stretch
        for code in range(firsts[stretch], lasts[stretch] + 1):
            shape = code
            if lists[stretch]:
                step = 2 * (code - firsts[stretch])
                (shape,) = unpack_from(">H", font, here + lists[stretch] + step)
                if not shape:
                    continue
            if (shape + added[stretch]) % 0x10000:
                yield chr(code)
