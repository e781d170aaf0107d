"""The alternate screen of a terminal, on which sanitised lines are drawn, and a progress bar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from os.path import commonprefix
from typing import TextIO

from rich.console import Console
from rich.text import Text

from ...page.text_layout import MARKER, Line, Style, cells, height, wrap
from . import streams
from .streams import CLEAR_ALL, HOME, WIDEST, WIPE

_ENTER_ALTERNATE = "\x1b[?1049h"
_LEAVE_ALTERNATE = "\x1b[?1049l"

_STYLES = {
    Style.PLAIN: "",
    Style.TITLE: "bold",
    Style.HEADING: "bold underline",
    Style.PART: "bold underline",
    Style.MORE_STEPS: "bold underline",
    Style.ON_TOP: "bold underline",
    Style.URGENT: "bold reverse",
    # Fixed colours of 256, by number: those that have names are what a theme makes of them.
    Style.DANGER: "bold reverse color(124) on color(231)",
    Style.NOW: "bold reverse color(124) on color(231)",
    Style.TODAY: "bold reverse color(94) on color(231)",
    Style.SOON: "bold reverse color(25) on color(231)",
    Style.INFO: "bold reverse color(238) on color(231)",
    Style.SERVICE: "",
    Style.ITEM: "",
    Style.KEYS: "",
    Style.QUIET: "",
    Style.FAINT: "dim",
    Style.CODE: "color(231) on color(16)",
}

_TO_RING = re.compile(
    r"(?<![\w/.-])(?:999|101|105|111|116 \d{3}|0\d{2,4}(?: \d{2,4}){1,3}|\d{5})(?![\w/-])"
)
"""Numbers to ring or to text: short ones, those with groups of digits, and short codes."""

_LINK = re.compile(r"https://[^\s()]*[^\s().,;:]")
_KEY = re.compile(r"(\S+)(?: \S+)*")
"""A key and what it does; keys are parted by two spaces."""


_BANDS = (Style.DANGER, Style.NOW, Style.TODAY, Style.SOON, Style.INFO)
"""The lines that are as wide as the screen: dark red, brown, blue or grey, under white letters."""


def console_of(stream: TextIO, *, terminal: bool | None = None) -> Console:
    """What turns rows that are wrapped into the sequences of a terminal; whether the stream is one
    is found out if it is not said.

    Without an explicit size it would read COLUMNS, and show nothing at all where that is 0.
    """
    return Console(
        file=stream,
        force_terminal=terminal,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=True,
        width=WIDEST,
        height=WIDEST,
    )


def weighted(line: Line, width: int, *, links: bool = False) -> list[Text]:
    """The rows of a line, in which what to ring and to open stands out."""
    style, whole = _STYLES[line.style], line.style in (*_BANDS, Style.CODE)
    rows = [Text(row, style=style if whole else "") for row in wrap(line, width)]
    addresses = iter(_LINK.findall(line.text))
    address = rest = ""
    for row in rows:
        if not whole:
            row.stylize(style, len(row.plain) - len(row.plain.lstrip(" ")))
        if line.style in _BANDS:
            row.pad_right(max(0, width - cells(row.plain)))
            continue
        if line.style is Style.KEYS:
            for told in _KEY.finditer(row.plain):
                if len(told[1]) == 1 or not told[0].endswith("."):  # a sentence names no key first
                    row.stylize("bold", *told.span(1))
            continue
        row.highlight_regex(_TO_RING, "bold")
        # An address that goes on in this row is a link to the whole of it there too.
        begin = len(row.plain) - len(row.plain.lstrip(" "))
        goes_on = len(commonprefix([rest, row.plain[begin:]]))  # noqa: RUF071 - of letters
        starts = (found.span() for found in _LINK.finditer(row.plain))
        for start, end in ((begin, begin + goes_on), *starts):
            said = row.plain[start:end]
            if said.startswith("https:"):
                address = rest = next(addresses, said)
            rest = rest.removeprefix(said)
            link = f" link {address}" if links else ""
            row.stylize(f"underline{link}", start, end)
        if row.plain.startswith(MARKER):
            row.stylize("bold", 0, len(MARKER))
    return rows


class Screen:
    """The alternate screen of a real terminal, whose content never enters the scrollback.

    ``links``: the terminal opens links that are marked as such (OSC 8).
    """

    def __init__(self, stream: TextIO, *, links: bool = False) -> None:
        self.stream = stream
        self.links = links
        self.console = console_of(stream)
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

    def draw(
        self,
        lines: Sequence[Line],
        footer: Sequence[Line],
        width: int,
        rows: int,
        cursor: Line | None = None,
    ) -> None:
        """Show lines from the top and a footer at the bottom. Their text must be sanitised.

        The cursor is put at the end of one of these lines, or at the top.
        """
        links = self.links
        body = [(line, row) for line in lines for row in weighted(line, width, links=links)]
        foot = [(line, row) for line in footer for row in weighted(line, width, links=links)]
        # An unbreakable row that is longer than the window takes several of the window's rows.
        taken = height((row.plain for _, row in (*body, *foot)), width)
        gap = [(None, Text(""))] * max(0, rows - taken)
        drawn = [*body, *gap, *foot]
        with self.console.capture() as seen:
            self.console.print(Text("\n").join(row for _, row in drawn), end="")
        self._send(HOME + WIPE + seen.get() + _at(drawn, cursor, width))

    def _send(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()


def _at(drawn: Sequence[tuple[Line | None, Text]], cursor: Line | None, width: int) -> str:
    """The sequence that moves the cursor to the end of the last row of a line, or to the top."""
    ends = [n for n, (line, _) in enumerate(drawn, 1) if line is cursor and line is not None]
    if not ends:
        return HOME
    above = height((row.plain for _, row in drawn[: ends[-1] - 1]), width)
    column = min(cells(drawn[ends[-1] - 1][1].plain) + 1, width)
    return f"\x1b[{above + 1};{column}H"


def tall(lines: Iterable[Line], width: int) -> int:
    """The number of rows that lines take in a window of ``width`` columns."""
    return sum(height(wrap(line, width), width) for line in lines)


def fitted(footer: Sequence[Line], width: int, rows: int, *, first: int) -> list[Line]:
    """As many lines of a footer as fit half the window, and at least one.

    ``first`` is the index of the line that is left out first.
    """
    left = list(footer)
    while len(left) > 1 and tall(left, width) > rows // 2:
        del left[max(first, -len(left))]
    return left


@contextmanager
def progress_bar(
    total: int, what: str, stream: TextIO | None, environ: Mapping[str, str]
) -> Iterator[Callable[[int], None]]:
    """A transient bar while the block runs, as in “Sheets ━━━━ 34/120”.

    Yields a function to call with the number of steps done since the last call. On a stream that
    is no terminal, or has no escape sequences, nothing is shown.
    """
    if stream is None or not streams.can_clear(stream, environ):
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns, _ = streams.size(stream)
    console = Console(file=stream, width=columns, markup=False, emoji=False, highlight=False)
    shown = (TextColumn(what, markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*shown, console=console, transient=True, auto_refresh=False) as progress:
        task = progress.add_task(what, total=total)
        progress.refresh()
        yield lambda more: progress.update(task, advance=more, refresh=True)
