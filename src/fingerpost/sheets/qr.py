"""QR codes as matrices of modules, and as SVG."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from math import isqrt
from typing import Any, cast

from ..model.base import Frozen

QUIET_ZONE = 4
"""Width of the light margin in modules (ISO/IEC 18004)."""

_LEAST_MM = 0.65
"""Millimetres of a module. At 72 dpi, every code that was tried scans with 0.65 or 0.75, and some
do not with 0.6 or 0.7."""

_LEAST, _MORE = "L", "MQH"
"""The error correction levels of the standard, from 7 % to 30 % of a code that may be damaged."""


class QrCode(Frozen):
    """A QR code. ``rows`` are its modules from the top, True for dark, quiet zone included."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def side(self) -> int:
        """Its width and its height, in modules."""
        return len(self.rows)

    def width(self, *, large: bool = False) -> float:
        """Its width and its height on paper in millimetres, with the quiet zone.

        Without it a code is 25 mm wide, or 30 in large print, and more if it has many modules.
        """
        return self.side * max((30 if large else 25) / (self.side - 2 * QUIET_ZONE), _LEAST_MM)

    def svg(self) -> str:
        """The code as an SVG of one dark path on white, with one user unit per module."""
        dark = "".join(
            f"M{run.start()} {y}h{len(run[0])}v1h-{len(run[0])}z"
            for y, row in enumerate(self.rows)
            for run in re.finditer(b"\1+", bytes(row))
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.side} {self.side}" '
            f'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{self.side}v{self.side}H0z"/>'
            f'<path d="{dark}"/></svg>'
        )


def qr_code(uri: str, *, quiet_zone: int = QUIET_ZONE) -> QrCode:
    """The smallest QR code of a URI, with the best error correction that this size allows.

    Micro QR codes would be smaller, but few phones read them.
    """
    dots = _drawn(uri, _strongest(uri))
    side = isqrt(len(dots))
    beside = (False,) * quiet_zone
    light = (False,) * (side + 2 * quiet_zone)
    rows = (tuple(dot == 0 for dot in dots[at : at + side]) for at in range(0, len(dots), side))
    above = (light,) * quiet_zone
    return QrCode((*above, *((*beside, *row, *beside) for row in rows), *above))


def _strongest(uri: str) -> str:
    """The highest error correction level that makes the code no larger.

    The size is found with a fixed mask: to try all eight masks takes seven times as long.
    """
    found, least = _LEAST, len(_drawn(uri, _LEAST, data_mask=0))
    for level in _MORE:
        if len(_drawn(uri, level, data_mask=0)) > least:
            break
        found = level
    return found


def _drawn(uri: str, level: str, **options: int) -> bytes:
    """The modules of a code with this error correction level, row by row, 0 for dark."""
    with _signals_held_back():
        from zxingcpp import BarcodeFormat, create_barcode

    code = create_barcode(uri, BarcodeFormat.QRCode, ec_level=level, **options)
    picture = code.to_image(scale=1, add_quiet_zones=False)
    return bytes(cast("Any", picture))  # a buffer, as its types say only from Python 3.12


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Inside, no signal arrives: one that raises while an extension is loaded ends the process
    there and then, with the screen left as it was drawn."""
    if sys.platform == "win32":  # there only Ctrl-C arrives, on a thread of its own
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
