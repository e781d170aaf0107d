"""Opens a file that the program has written in the browser of a desktop.

No other module starts a program for a user. Only the URI of a file is ever passed on, never one
from a tree or from what somebody typed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

Opens: TypeAlias = Callable[[Path], bool]
"""Opens a file in a window of its own, and tells whether it could."""

_DESKTOPS = ("win32", "darwin")
"""Platforms with a desktop. Elsewhere a variable names the display."""


def browser(environ: Mapping[str, str]) -> Opens | None:
    """The browser of this desktop, or None. Asking may start a program of the desktop.

    A browser that would take over the terminal does not count, nor does the desktop of a computer
    that is reached from afar, at which somebody else may sit.
    """
    import webbrowser

    display = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    far_away = "SSH_CONNECTION" in environ
    if not display and (far_away or sys.platform not in _DESKTOPS):
        return None
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return None
    is_generic = isinstance(found, webbrowser.GenericBrowser)
    if is_generic and not isinstance(found, webbrowser.BackgroundBrowser):
        return None
    if not getattr(found, "background", True):  # such as elinks
        return None
    shows = found.open
    return lambda path: shows(path.absolute().as_uri())
