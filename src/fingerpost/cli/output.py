"""What the program prints, as text whoever wrote it, and the status with which it exits."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from io import StringIO
from typing import TYPE_CHECKING

import click

from ..model.sanitize import clean, one_line

if TYPE_CHECKING:
    from ..model.diagnostics import Diagnostic
    from ..page.text_layout import Block


class Exit(IntEnum):
    """The reason why the program ended."""

    DONE = 0
    PROBLEMS = 1
    """Mistakes were found in trees, or nothing was found that was looked for."""
    USAGE = 2
    """The command line is wrong."""
    CANNOT = 3
    """The environment does not allow it: an unreadable file, or lost output."""
    BUG = 70
    STOPPED = 130
    """Ctrl-C, or the end of input before an ending."""


def echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print text without control characters: the name of a file is an author's text too."""
    click.echo(clean(text), err=err, nl=nl)


def echo_mistakes(found: Iterable[Diagnostic], texts: Mapping[str, str]) -> None:
    """Print mistakes: wrapped and with weight on a terminal, and else each part on one line, as
    editors read it."""
    from ..checks.reports.text import MARGIN, blocks, for_people
    from ..page.text_layout import GAP
    from ..terminal.io import streams

    if not streams.is_terminal(sys.stdout):
        echo(for_people(found, texts))
        return
    width, _ = streams.size(sys.stdout)
    told = blocks(found, texts, width - len(MARGIN) - 2)  # a sign at either end where it is cut
    echo_blocks(block for n, each in enumerate(told) for block in ((GAP, each) if n else (each,)))


def echo_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], notes: Iterable[str] = ()
) -> None:
    """Print rows of cells, and notes below them: as a table on a terminal; and else whole, with
    tabs between the cells and without notes, for programs."""
    from ..terminal.io import streams

    if not streams.is_terminal(sys.stdout):
        for row in (head, *rows):
            click.echo("\t".join(map(one_line, row)))
        return
    from ..page.text_layout import GAP, Line, Style, table

    width, _ = streams.size(sys.stdout)
    told = ((Line(note, Style.QUIET),) for note in notes)
    echo_blocks([*table(head, rows, width), GAP, *told])


def echo_blocks(blocks: Iterable[Block], *, paged: bool = False) -> None:
    """Print blocks wrapped at the width of the window; on a terminal, names and numbers in bold and
    links underlined, as in a walk. With ``paged`` what is longer than the window goes through the
    pager of the terminal, which says whether it can show weights, and cannot be asked for links."""
    from ..model.base import replace
    from ..page.text_layout import Style
    from ..terminal.io import streams
    from ..terminal.io.safe_line import safe_blocks
    from ..terminal.io.screen import console_of, weighted

    width, height = streams.size(sys.stdout)
    links = not paged and streams.has_links(os.environ)
    lines = [line for block in safe_blocks(blocks, sys.stdout.encoding) for line in block]
    lines = [replace(e, style=Style.TITLE) if e.style is Style.SERVICE else e for e in lines]
    rows = [row for line in lines for row in weighted(line, width, links=links)]
    if streams.can_clear(sys.stdout, os.environ):
        drawn = StringIO()
        console = console_of(drawn, terminal=True)
        for row in rows:
            console.print(row)
        text = drawn.getvalue()
    else:
        text = "".join(f"{row.plain}\n" for row in rows)
    if paged and len(rows) >= height:
        _tell_keys_of_less()
        click.echo_via_pager(text)
    else:
        click.echo(text, nl=False, color=True)  # what has colours was drawn for this terminal


def _tell_keys_of_less() -> None:
    """Have less say below its page how to go on and how to leave. Other pagers don't read this, and
    whoever has set LESS knows it."""
    from ..page.messages import say

    # A dot and a question mark would have a meaning there.
    at_end, on = (re.sub(r"([?:.%\\])", r"\\\1", say(f"pager.{key}")) for key in ("end", "keys"))
    os.environ.setdefault("LESS", f"-R -Ps?e{at_end}:{on}.")
