"""The sheet of an ending, and the place of what is written: a file or stdout."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from ..model.base import Frozen
from ..model.sanitize import one_line
from ..model.tree import Outcome
from ..page.messages import LAST_RESORT
from ..page.page import page
from ..sheets.document import Document
from ..sheets.formats import (
    FORMATS,
    CannotPrint,
    Format,
    Renderer,
    named,
    of_suffix,
)
from ..sheets.sheet import Sheet, sheet
from ..terminal.io.sanitize import encodable
from ..walk.sheet_code import code_of
from ..walk.walk import Walk
from .context import day_of
from .echo import echo
from .exit_codes import Exit
from .files import AlreadyThere, look_at, write

OUTPUT = "-"
"""The name that stands for stdout."""

output_option = click.option(
    "-o", "output", metavar="FILE", required=True, help="Where to write it, or - for the output."
)

suffix_option = click.option(
    "--format",
    "format_",
    type=click.Choice([each.suffix for each in FORMATS]),
    help="How to write it, if the name of the file does not say.",
)

_NOTE = "whoever finds it can read it"
_KEPT = "is there already, and is left as it is. To replace it: --force"


class Place(Frozen):
    """Where something is to be written; ``path`` is None for stdout."""

    path: Path | None
    force: bool

    @classmethod
    def of(cls, option: str, place: str, *, force: bool) -> Place:
        """The place that a command line names by ``option``, such as -o.

        Raises a ClickException for one that cannot be written, so that a command can fail before it
        asks a question.
        """
        if place == OUTPUT:
            return cls(None, force)
        path = Path(place)
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
            raise click.ClickException(f"{place} is a folder. Name a file in it.")
        if os.path.lexists(path) and not force:
            raise click.ClickException(f"{place} {_KEPT}")
        if not os.path.lexists(path.parent):
            raise click.ClickException(f"There is no folder {path.parent}. Name one that is there.")
        look_at(path, replace=force)
        return cls(path, force)

    def write(self, data: bytes, note: str) -> None:
        """Write a file, and say so with a note on it. Raises NotWritten."""
        if self.path is None:
            echo(encodable(data.decode(), sys.stdout.encoding), nl=False)
            return
        self.keep(data)
        self.say_written(note)

    def keep(self, data: bytes) -> None:
        """Write a file without a word, as while a screen is drawn. Raises NotWritten."""
        assert self.path is not None
        try:
            write(self.path, data, replace=self.force)
        except AlreadyThere as there:
            raise click.ClickException(f"{self.path} {_KEPT}") from there

    def say_written(self, note: str) -> None:
        """Say that the file has been written, with a note on it."""
        echo(f"Written: {one_line(str(self.path))} ({note})")


class Target(Frozen):
    """A place for a document, and its renderer."""

    place: Place
    rendered: Renderer

    @classmethod
    def of(
        cls, option: str, place: str, name: str | None, *, force: bool, large: bool = False
    ) -> Target:
        """The target that a command line asks for; ``option`` names its place, as in ``Place.of``.

        Raises NotInstalled or a usage error as well.
        """
        format_ = named(name) if name else None
        if place == OUTPUT:
            if format_ and format_.binary:
                told = f"A {format_.suffix.upper()} is not for the output: {option} FILE."
                raise click.UsageError(told)
            format_ = format_ or FORMATS[0]
        format_ = format_ or of_suffix(Path(place).suffix)
        if format_ is None:
            endings = ", ".join(f".{each.suffix}" for each in FORMATS)
            told = f"{option} {place}: end the name with one of {endings}, or say --format."
            raise click.UsageError(told)
        return cls(Place.of(option, place, force=force), made(format_, large=large))

    @property
    def path(self) -> Path | None:
        """The file that is to be written, or None for stdout."""
        return self.place.path

    def try_words(self, words: str) -> None:
        """End the command if these words cannot be rendered, before anybody works for a document
        that has them."""
        self.rendered(Document(title=words))

    def write(self, paper: Document) -> None:
        """Write a document. Raises NotWritten; ends the command if it cannot be rendered."""
        self.place.write(self.rendered(paper), _NOTE)

    def keep(self, paper: Document) -> None:
        """As ``write``, without a word."""
        self.place.keep(self.rendered(paper))

    def say_written(self) -> None:
        """Say that the document has been written."""
        self.place.say_written(_NOTE)


def made(format_: Format, *, large: bool = False) -> Renderer:
    """The renderer of a format, which ends the command for a document that it cannot render.

    Raises NotInstalled, or a usage error for ``large`` letters in a format where they have no size.
    """
    if large and not format_.sized:
        sized = " and ".join(each.suffix for each in FORMATS if each.sized)
        told = f"--large-print is for {sized}: in {format_.suffix} letters have no size."
        raise click.UsageError(told)
    rendered = format_.renderer()

    def printed(paper: Document) -> bytes:
        try:
            return rendered(paper)
        except CannotPrint as wrong:
            echo(f"{LAST_RESORT}\n{wrong}", err=True)
            raise click.exceptions.Exit(Exit.PROBLEMS) from wrong

    return printed


def paper_of(
    walk: Walk,
    *,
    audience: str | None = None,
    large: bool = False,
    discreet: bool = False,
    coded: bool = False,
    moment: str | None = None,
) -> Document:
    """The sheet of the ending at which a walk stands; ``coded``: with its code.

    ``audience`` is a teller; None is the reader of the page. ``moment`` is the text of --now.
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
    code = code_of(walk.library, walk.start.tree, walk.facts) if coded else ""
    return sheet(shown, code, how)
