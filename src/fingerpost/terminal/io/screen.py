"""The alternate screen of a terminal, on which sanitised lines are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TextIO

from rich.console import Console
from rich.text import Text

from ...page.text_layout import Line, Style, height, wrap
from .streams import CLEAR_ALL, HOME, WIDEST, WIPE

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
    """The alternate screen of a real terminal, whose content never enters the scrollback."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        # Rows are wrapped before. Without an explicit size the console would read COLUMNS, and
        # show nothing at all where that is 0.
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
        """Back to the main screen; with ``clear``, wipe that and the scrollback too.

        Does nothing if the terminal is gone.
        """
        with suppress(OSError):
            if self.entered:
                self._send(HOME + WIPE + _LEAVE_ALTERNATE)
            if clear:
                self._send(CLEAR_ALL)
        self.entered = False

    def draw(self, lines: Sequence[Line], footer: Sequence[Line], width: int, rows: int) -> None:
        """Show lines from the top and a footer at the bottom. Their text must be sanitised."""
        body = [row for line in lines for row in _rows(line, width)]
        foot = [row for line in footer for row in _rows(line, width)]
        # An unbreakable row that is longer than the window takes several of the window's rows.
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


def tall(lines: Iterable[Line], width: int) -> int:
    """The number of rows that lines take in a window of ``width`` columns."""
    return sum(height(wrap(line, width), width) for line in lines)


def fitted(footer: Sequence[Line], width: int, rows: int, *, first: int) -> list[Line]:
    """As many lines of a footer as fit half the window, and at least one.

    ``first`` is the index of the line that is left out first.
    """
    left = list(footer)
    while len(left) > 1 and tall(left, width) > rows // 2:
        del left[first]
    return left
