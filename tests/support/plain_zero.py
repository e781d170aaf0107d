"""Takes the slash out of the zero of the fonts of the sheets: a number to ring is no code, and a
slash in it looks like a letter that is crossed out.

What is left is the outline of the zero and the counter in it, of which the font has a quarter.

    python -m pip install fonttools brotli
    python tests/support/plain_zero.py
"""

from __future__ import annotations

from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[2] / "src/fingerpost/sheets/formats/fonts"
SLASHED = 3
"""The contours of a zero whose slash parts the counter in two."""


def take_out_the_slash(path: Path) -> None:
    """Redraw the zero of a font file, unless it has no slash."""
    font = TTFont(path, recalcTimestamp=False)
    glyphs = font["glyf"]
    points, ends, _ = glyphs["zero"].getCoordinates(glyphs)
    if len(ends) != SLASHED:
        return
    outline = [*points[: ends[0] + 1]]
    # The lower counter begins at the bottom, and ends with the quarter from the left to there.
    bottom, *_, left, one, two, three = points[ends[0] + 1 : ends[1] + 1]
    across = 2 * bottom[0]
    up = 2 * left[1]
    quarter = [left, one, two, three]
    right = [(across - x, y) for x, y in (bottom, *reversed(quarter[1:]))]
    upper = [(across - x, up - y) for x, y in quarter]
    last = [(x, up - y) for x, y in (bottom, *reversed(quarter[1:]))]
    pen = TTGlyphPen(None)
    draw(pen, outline)
    draw(pen, [*right, *upper, *last, *quarter])
    glyphs["zero"] = pen.glyph()
    font.save(path)


def draw(pen: TTGlyphPen, contour: list[tuple[int, int]]) -> None:
    """A contour of four quarters, each a point on the curve and three that bend it."""
    pen.moveTo(contour[0])
    for at in range(0, len(contour), 4):
        pen.qCurveTo(*contour[at + 1 : at + 4], (contour * 2)[at + 4])
    pen.closePath()


if __name__ == "__main__":
    for each in FONTS.glob("*Next-*"):
        take_out_the_slash(each)
