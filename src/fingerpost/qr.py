"""Codes that a phone can scan, as squares that are dark or light, in no format."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

QUIET_ZONE = 4
"""Light modules all round, by which a phone finds the code (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code. ``rows`` are its modules from the top, True for dark, quiet zone included."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def side(self) -> int:
        """Its width and its height, in modules."""
        return len(self.rows)

    def svg(self) -> str:
        """The code as an SVG picture of one dark path on white, a user unit to a module."""
        dark = "".join(
            f"M{x} {y}h{length}v1h-{length}z"
            for y, row in enumerate(self.rows)
            for x, length in _runs(row)
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.side} {self.side}" '
            f'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{self.side}v{self.side}H0z"/>'
            f'<path d="{dark}"/></svg>'
        )


def qr_code(uri: str, *, quiet_zone: int = QUIET_ZONE) -> QrCode:
    """The code of a link or number. A Micro QR code would be smaller, and phones rarely read it."""
    import segno

    code = segno.make(uri, micro=False, error="l")
    rows = code.matrix_iter(border=quiet_zone)
    return QrCode(tuple(tuple(bool(module) for module in row) for row in rows))


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Where each run of dark modules begins, and how long it is."""
    runs, at = [], 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            runs.append((at, length))
        at += length
    return runs
