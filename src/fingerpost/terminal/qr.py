"""A code on the screen that a phone can scan."""

from __future__ import annotations

from ..render.layout import Block, Line, Style, height, wrap

_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}

SIGNS = "".join(_HALVES.values())
"""What a code is drawn with. A console that lacks them can show none."""

_QUIET_ZONE = 2
"""Light modules around the code; phones need a margin to find it."""


def code_blocks(title: str, address: str, uri: str, width: int, rows: int) -> tuple[Block, ...]:
    """A code for an https or tel address, two modules to a character, in light on dark.

    Where it does not fit the window the address alone is shown, with what to do.
    """
    import segno

    matrix = segno.make(uri, micro=False, error="l").matrix_iter(border=_QUIET_ZONE)
    # A terminal is mostly dark: what is light in the code is what is drawn.
    light = [[not dark for dark in row] for row in matrix]
    if len(light) % 2:
        light.append([False] * len(light[0]))
    drawn = [
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(light[::2], light[1::2], strict=True)
    ]
    about = Line(f"{title}: {address}", Style.SERVICE)
    if len(light[0]) > width or len(drawn) + height(wrap(about, width), width) > rows:
        too_small = "Make the window larger to see the code, or type the address."
        return ((about, Line(too_small)),)
    return ((about, *(Line("", Style.CODE, before=row) for row in drawn)),)
