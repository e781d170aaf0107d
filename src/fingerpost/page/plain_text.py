"""Blocks of lines as plain text."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.sanitize import clean
from .text_layout import Block, Line, wrap


def text(blocks: Iterable[Block], width: int = 80) -> str:
    """Every block, wrapped, each line on its own; author text can do nothing but be read."""
    rows: list[str] = []
    for block in blocks:
        for line in block:
            harmless = clean(line.text).replace("\n", " ")
            rows += wrap(Line(harmless, line.style, line.before, line.hang), width)
    return "\n".join([*rows, ""])
