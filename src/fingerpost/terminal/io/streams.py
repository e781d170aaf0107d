"""The two ends of a conversation: whether they are a real terminal, and how large it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import IO

NARROWEST, WIDEST = 20, 100
"""Columns: what we write for. Narrower than this a number would be cut, and in longer rows the
eye loses its place."""

_LOWEST = 6
"""Rows: enough for one line of text above the keys."""

_USUAL = os.terminal_size((80, 24))


def prepare(*streams: IO[str] | None, environ: Mapping[str, str]) -> None:
    """Let every stream take any letter: a console that cannot show ŵ shows another sign for it.

    On Windows what goes to a pipe or a file would be cp1252, in which ŵ ends the program: it is
    UTF-8, unless somebody has asked for something else.
    """
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:  # closed, or not a stream of the system
            continue
        if is_terminal(stream) or environ.get("PYTHONIOENCODING"):
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="replace")


def is_terminal(stream: IO[str] | None) -> bool:
    """Whether a stream is a real terminal, asked of the system and of nobody else."""
    try:
        return stream is not None and not stream.closed and os.isatty(stream.fileno())
    except (OSError, ValueError):
        return False


def can_clear(stream: IO[str], environ: Mapping[str, str]) -> bool:
    """Whether the screen can be cleared: on a real terminal that understands us."""
    if not is_terminal(stream):
        return False
    if sys.platform == "win32":
        return _windows_understands(stream)
    return environ.get("TERM", "dumb") not in ("dumb", "unknown", "")


def size(stream: IO[str]) -> tuple[int, int]:
    """Columns and rows to write for: those of the window, or 80 and 24 where nobody knows."""
    try:
        columns, rows = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        columns, rows = _USUAL
    columns, rows = columns or _USUAL.columns, rows or _USUAL.lines
    return min(max(columns, NARROWEST), WIDEST), max(rows, _LOWEST)


def _windows_understands(stream: IO[str]) -> bool:  # pragma: no cover - Windows alone
    from rich.console import Console

    return not Console(file=stream).legacy_windows
