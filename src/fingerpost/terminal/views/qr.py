"""A code on the screen that a phone can scan."""

from __future__ import annotations

from ...page.messages import say
from ...page.text_layout import Block, Line, Style, height, wrap
from ...sheets.qr import QUIET_ZONE, qr_code

_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}

SIGNS = "".join(_HALVES.values())
"""What a code is drawn with. A console that lacks them can show none."""

_QUIET_ZONES = (QUIET_ZONE, 2)
"""Light modules around the code, by which phones find it: four, or two where there is no room."""


def code_blocks(title: str, address: str, uri: str, width: int, rows: int) -> tuple[Block, ...]:
    """A code for an https or tel address, two modules to a character, in light on dark.

    Where it does not fit the window the address alone is shown, with what to do.
    """
    about = Line(f"{title}: {address}", Style.SERVICE)
    room = rows - height(wrap(about, width), width)
    for zone in _QUIET_ZONES:
        drawn = _drawn(qr_code(uri, quiet_zone=zone).rows)
        if len(drawn[0]) <= width and len(drawn) <= room:
            return ((about, *(Line("", Style.CODE, before=row) for row in drawn)),)
    return ((about, Line(say("qr.too-small"))),)


def _drawn(dark: tuple[tuple[bool, ...], ...]) -> list[str]:
    """Rows of characters for rows of modules. A terminal is mostly dark, so light is drawn."""
    light = [[not module for module in row] for row in dark]
    if len(light) % 2:
        light.append([False] * len(light[0]))
    return [
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(light[::2], light[1::2], strict=True)
    ]
