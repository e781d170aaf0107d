"""The sheet of an ending, and where a document goes: a file of its own, or the output."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from ..model.base import Frozen
from ..model.sanitize import clean
from ..model.tree import Outcome
from ..page.page import page
from ..sheets.document import Document
from ..sheets.formats import (
    FORMATS,
    CannotPrint,
    Format,
    NotInstalled,
    Renderer,
    named,
    of_suffix,
)
from ..sheets.sheet import Sheet, sheet
from ..terminal.io.sanitize import encodable
from ..walk.resume_code import code_of
from ..walk.walk import Walk
from .context import day_of
from .exit_codes import Exit
from .files import AlreadyThere, NotWritten, write

OUTPUT = "-"
"""What stands for the output in place of a file's name."""

_KEPT = "is there already, and is left as it is. To replace it: --force"


class Target(Frozen):
    """Where a document goes and what makes it; ``path`` is None for the output."""

    path: Path | None
    rendered: Renderer
    force: bool

    @classmethod
    def of(
        cls, option: str, place: str, name: str | None, *, force: bool, large: bool = False
    ) -> Target:
        """What an option, --format, --force and --large-print ask for.

        ``option`` is the one that names the place, such as -o. What cannot be done is refused here,
        before a single question is asked.
        """
        format_ = named(name) if name else None
        if place == OUTPUT:
            if format_ and format_.binary:
                told = f"A {format_.suffix.upper()} is not for the output: {option} FILE."
                raise click.UsageError(told)
            return cls(None, made(format_ or FORMATS[0], large=large), force)
        path = Path(place)
        format_ = format_ or of_suffix(path.suffix)
        if format_ is None:
            endings = ", ".join(f".{each.suffix}" for each in FORMATS)
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
            click.echo(encodable(data.decode(), sys.stdout.encoding), nl=False)
            return
        try:
            write(self.path, data, replace=self.force)
        except AlreadyThere as there:
            raise click.ClickException(f"{self.path} {_KEPT}") from there
        except NotWritten as wrong:
            raise click.ClickException(str(wrong)) from wrong
        name = clean(str(self.path)).replace("\n", " ")
        click.echo(f"Written: {name} (whoever finds it can read it)")


def made(format_: Format, *, large: bool = False) -> Renderer:
    """What makes a file in a format; the command ends with a sentence where it cannot, or where
    letters are to be ``large`` and have no size."""
    if large and not format_.sized:
        sized = " and ".join(each.suffix for each in FORMATS if each.sized)
        told = f"--large-print is for {sized}: in {format_.suffix} letters have no size."
        raise click.UsageError(told)
    try:
        rendered = format_.renderer()
    except NotInstalled as wrong:
        raise click.ClickException(str(wrong)) from wrong

    def printed(paper: Document) -> bytes:
        try:
            return rendered(paper)
        except CannotPrint as wrong:
            from ..page.messages import LAST_RESORT

            click.echo(f"{LAST_RESORT}\n{clean(str(wrong))}", err=True)
            raise click.exceptions.Exit(Exit.PROBLEMS) from wrong

    return printed


def paper_of(
    walk: Walk,
    *,
    audience: str | None = None,
    large: bool = False,
    discreet: bool = False,
    moment: str | None = None,
) -> Document:
    """The sheet of the ending at which a walk stands, with its code.

    ``audience`` is whom the paper is for: None for whoever reads the page. ``moment`` is what
    --now names.
    """
    assert isinstance(walk.here, Outcome)
    discretion = None
    if discreet:
        from ..sheets.discretion import Discretion

        discretion = Discretion.of(walk.library)
    shown = page(walk.library, walk.tree, walk.here, walk.facts)
    how = Sheet(
        audience=audience or shown.reader,
        printed_on=day_of(moment),
        large=large,
        discretion=discretion,
    )
    return sheet(shown, code_of(walk), how)
