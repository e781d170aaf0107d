"""Where a document goes: a file of its own, or the output of the program."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from ..model.base import Frozen
from ..model.sanitize import clean
from ..sheets.document import Document
from ..terminal.io.sanitize import sayable
from .exit_codes import Exit
from .files import AlreadyThere, NotWritten, write
from .formats import FORMATS, SIZED, format_of, renderer

OUTPUT = "-"
"""What stands for the output in place of a file's name."""

_KEPT = "is there already, and is left as it is. To replace it: --force"


class Target(Frozen):
    """Where a document goes and what makes it; ``path`` is None for the output."""

    path: Path | None
    rendered: Callable[[Document], bytes]
    force: bool

    @classmethod
    def of(
        cls, option: str, place: str, format_: str | None, *, force: bool, large: bool = False
    ) -> Target:
        """What an option, --format, --force and --large-print ask for.

        ``option`` is the one that names the place, such as -o. What cannot be done is refused here,
        before a single question is asked.
        """
        if place == OUTPUT:
            if format_ == "pdf":
                raise click.UsageError(f"A PDF is not for the output: {option} FILE.")
            return cls(None, made(format_ or FORMATS[0], large=large), force)
        path = Path(place)
        format_ = format_ or format_of(path.suffix)
        if format_ is None:
            endings = ", ".join(f".{each}" for each in FORMATS)
            told = f"{option} {place}: end the name with one of {endings}, or say --format."
            raise click.UsageError(told)
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
            raise click.ClickException(f"{place} is a folder. Name a file in it.")
        if os.path.lexists(path) and not force:
            raise click.ClickException(f"{place} {_KEPT}")
        return cls(path, made(format_, large=large), force)

    def write(self, paper: Document) -> None:
        """Write a document there. Ends the command with a sentence if that cannot be done."""
        data = self.rendered(paper)
        if self.path is None:
            click.echo(sayable(data.decode(), sys.stdout.encoding), nl=False)
            return
        try:
            write(self.path, data, replace=self.force)
        except AlreadyThere as there:
            raise click.ClickException(f"{self.path} {_KEPT}") from there
        except NotWritten as wrong:
            raise click.ClickException(str(wrong)) from wrong
        name = clean(str(self.path)).replace("\n", " ")
        click.echo(f"Written: {name} (whoever finds it can read it)")


def made(format_: str, *, large: bool = False) -> Callable[[Document], bytes]:
    """What makes a file in one of FORMATS; the command ends with a sentence where it cannot, or
    where letters are to be ``large`` and have no size."""
    if large and format_ not in SIZED:
        told = f"--large-print is for {' and '.join(SIZED)}: in {format_} letters have no size."
        raise click.UsageError(told)
    if format_ != "pdf":
        return renderer(format_)
    from ..sheets.formats.pdf import CannotPrint, NoPdf

    try:
        rendered = renderer(format_)
    except NoPdf as wrong:
        raise click.ClickException(str(wrong)) from wrong

    def printed(paper: Document) -> bytes:
        try:
            return rendered(paper)
        except CannotPrint as wrong:
            from ..terminal.views.walk import LAST_RESORT

            click.echo(f"{LAST_RESORT}\n{clean(str(wrong))}", err=True)
            raise click.exceptions.Exit(Exit.PROBLEMS) from wrong

    return printed
