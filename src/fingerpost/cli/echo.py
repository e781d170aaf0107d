"""The one way to print a line: as text, whoever wrote it."""

from __future__ import annotations

import click

from ..model.sanitize import clean


def echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print text without control characters: the name of a file is an author's text too."""
    click.echo(clean(text), err=err, nl=nl)
