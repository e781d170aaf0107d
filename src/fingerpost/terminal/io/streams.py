"""Input and output streams: detecting a real terminal, its size, and clearing it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import IO

NARROWEST, WIDEST = 20, 100
"""Columns: the bounds of the text width. Narrower, a phone number would be cut; wider, rows are
hard to read."""

_LOWEST = 6
"""Rows: enough for one line of text above the keys."""

HOME, WIPE, WIPE_SCROLLBACK = "\x1b[H", "\x1b[2J", "\x1b[3J"

CLEAR_ALL = HOME + WIPE + WIPE_SCROLLBACK
"""Clears the screen and the scrollback. In another order some terminals keep lines."""

_VTE_WITH_LINKS = 5000
_WITH_LINKS = ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper")
_SIGNS_OF_LINKS = ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM")
"""Variables that terminals set which open links."""

_USUAL = os.terminal_size((80, 24))


def prepare(*streams: IO[str] | None, environ: Mapping[str, str]) -> None:
    """Make every stream take any character, with a replacement for what it cannot encode.

    A pipe or a file gets UTF-8 unless PYTHONIOENCODING says otherwise: on Windows its default is
    cp1252, in which ŵ is an error.
    """
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:  # closed, or no text file
            continue
        if is_terminal(stream) or environ.get("PYTHONIOENCODING"):
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="replace")


def is_terminal(stream: IO[str] | None) -> bool:
    """Whether a stream is a real terminal, according to the system alone."""
    try:
        return stream is not None and not stream.closed and os.isatty(stream.fileno())
    except (OSError, ValueError):
        return False


def can_clear(stream: IO[str], environ: Mapping[str, str]) -> bool:
    """Whether the screen can be cleared: on a terminal that interprets escape sequences."""
    if not is_terminal(stream):
        return False
    if sys.platform == "win32":
        return _windows_understands(stream)
    return environ.get("TERM", "dumb") not in ("dumb", "unknown", "")


def has_links(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is one of those known to open links that are marked as such (OSC 8)."""
    vte = environ.get("VTE_VERSION", "")
    if vte.isdigit() and int(vte) >= _VTE_WITH_LINKS:
        return True
    return environ.get("TERM_PROGRAM") in _WITH_LINKS or any(map(environ.get, _SIGNS_OF_LINKS))


def size(stream: IO[str]) -> tuple[int, int]:
    """Columns and rows to write for: those of the window, or 80 and 24 if unknown."""
    try:
        columns, rows = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        columns, rows = _USUAL
    columns, rows = columns or _USUAL.columns, rows or _USUAL.lines
    return min(max(columns, NARROWEST), WIDEST), max(rows, _LOWEST)


def _windows_understands(stream: IO[str]) -> bool:  # pragma: no cover - Windows alone
    from rich.console import Console

    return not Console(file=stream).legacy_windows
