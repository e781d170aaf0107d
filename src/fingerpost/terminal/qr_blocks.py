"""QR codes drawn with block characters."""

from __future__ import annotations

from ..page.messages import say
from ..page.text_layout import Block, Line, Style, height, wrap
from ..sheets.qr import QUIET_ZONE, qr_code

_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}

SIGNS = "".join(_HALVES.values())
"""The characters of a drawn code. A console without them cannot show one."""

_QUIET_ZONES = (QUIET_ZONE, 2)
"""Light modules around the code, by which phones find it: four, or two where there is no room."""


def code_blocks(title: str, address: str, uri: str, width: int, rows: int) -> tuple[Block, ...]:
    """A code for an https or tel address, two modules to a character, light on dark.

    A code that does not fit the window is replaced by the address and advice.
    """
    about = Line(f"{title}: {address}", Style.SERVICE)
    room = rows - height(wrap(about, width), width)
    for zone in _QUIET_ZONES:
        drawn = _drawn(qr_code(uri, quiet_zone=zone).rows)
        if len(drawn[0]) <= width and len(drawn) <= room:
            return ((about, *(Line("", Style.CODE, before=row) for row in drawn)),)
    return ((about, Line(say("qr.too-small"))),)


def _drawn(dark: tuple[tuple[bool, ...], ...]) -> list[str]:
    """Rows of characters for rows of modules. Light modules are drawn: most terminals are dark."""
    light = [[not module for module in row] for row in dark]
    if len(light) % 2:
        light.append([False] * len(light[0]))
    return [
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(light[::2], light[1::2], strict=True)
    ]
