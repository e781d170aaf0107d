"""The one way to print a line: as text, whoever wrote it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from ..model.sanitize import clean

if TYPE_CHECKING:
    from ..page.text_layout import Block


def echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print text without control characters: the name of a file is an author's text too."""
    click.echo(clean(text), err=err, nl=nl)


def echo_blocks(blocks: Iterable[Block]) -> None:
    """Print blocks wrapped at the width of the window, and on a terminal the names in bold."""
    from ..model.base import replace
    from ..model.sanitize import one_line
    from ..page.text_layout import Style, wrap
    from ..terminal.io import streams
    from ..terminal.io.sanitize import encodable

    width, _ = streams.size(sys.stdout)
    weighted = streams.can_clear(sys.stdout, os.environ)
    for block in blocks:
        for line in block:
            bold = weighted and line.style in (Style.TITLE, Style.SERVICE)
            for row in wrap(replace(line, text=one_line(line.text)), width):
                shown = encodable(clean(row), sys.stdout.encoding)
                click.echo(click.style(shown, bold=True) if bold else shown)
