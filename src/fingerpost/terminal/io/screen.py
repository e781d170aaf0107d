"""Draws lines on a real terminal. Author text reaches it harmless, and only as ``Text``."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

from rich.console import Console
from rich.text import Text

from ...page.text_layout import Line, Style, height, wrap
from .sanitize import CLEAR_ALL, HOME, WIPE
from .streams import WIDEST

_ENTER_ALTERNATE = "\x1b[?1049h"
_LEAVE_ALTERNATE = "\x1b[?1049l"

_STYLES = {
    Style.PLAIN: "",
    Style.TITLE: "bold",
    Style.HEADING: "bold underline",
    Style.URGENT: "bold",
    Style.SERVICE: "bold",
    Style.QUIET: "dim",
    Style.CODE: "white on black",
}


class Screen:
    """The alternate screen of a real terminal, so that nothing of a walk stays behind."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        # Rows are cut before they come here. Without a size of its own the console would ask
        # COLUMNS, and where that is 0 show nothing at all.
        self.console = Console(
            file=stream,
            markup=False,
            emoji=False,
            highlight=False,
            soft_wrap=True,
            width=WIDEST,
            height=WIDEST,
        )
        self.entered = False

    def enter(self) -> None:
        """Go to the alternate screen."""
        self.entered = True
        self._send(_ENTER_ALTERNATE + HOME + WIPE)

    def leave(self, *, clear: bool = False) -> None:
        """Back to the screen that was there before; with ``clear``, wipe that too.

        A terminal that has gone away has nothing left to restore.
        """
        with suppress(OSError):
            if self.entered:
                self._send(HOME + WIPE + _LEAVE_ALTERNATE)
            if clear:
                self._send(CLEAR_ALL)
        self.entered = False

    def draw(self, lines: Sequence[Line], footer: Sequence[Line], width: int, rows: int) -> None:
        """Show lines from the top and a footer at the bottom. Their text is harmless already."""
        body = [row for line in lines for row in _rows(line, width)]
        foot = [row for line in footer for row in _rows(line, width)]
        # A row that is longer than the window takes more than one of the window's own.
        taken = height((row.plain for row in (*body, *foot)), width)
        gap = [Text("")] * max(0, rows - taken)
        with self.console.capture() as drawn:
            self.console.print(Text("\n").join([*body, *gap, *foot]), end="")
        self._send(HOME + WIPE + drawn.get())

    def _send(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()


def _rows(line: Line, width: int) -> list[Text]:
    return [Text(row, style=_STYLES[line.style]) for row in wrap(line, width)]
