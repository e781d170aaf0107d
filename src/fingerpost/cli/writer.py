"""The one way to write: a file, a folder of leaflets or stdout, and what is said of it.

A place that cannot be written is refused before anything is read, asked or made.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..model.base import Frozen
from ..model.sanitize import one_line
from ..page.messages import say
from ..sheets.document import Document
from ..sheets.formats import FORMATS, CannotPrint, Format, Renderer, named, of_suffix
from ..terminal.io.safe_line import encodable
from .files import AlreadyThere, look_at, names_in, remove, write
from .output import echo

if TYPE_CHECKING:
    from ..sheets.leaflet_index import Section

OUTPUT = "-"
"""The name that stands for stdout."""

INDEX = "index.html"

_NOTE = "whoever finds it can read it"

output_option = click.option(
    *("-o", "output"),
    metavar="FILE",
    required=True,
    help="Where to write it, or - for the output.",
)

suffix_option = click.option(
    "--format",
    "format_",
    type=click.Choice([each.suffix for each in FORMATS]),
    metavar="KIND",
    help=f"{', '.join(each.suffix for each in FORMATS)}: if FILE does not say.",
)

force_option = click.option(
    "--force", is_flag=True, hidden=True, help="Replace a file that is there."
)


def say_written(path: Path, note: str = "") -> None:
    """Say that a file has been written, with a note on it."""
    echo(f"Written: {one_line(str(path))}{f' ({note})' if note else ''}")


class Writer(Frozen):
    """A file, or stdout if ``path`` is None, with what renders a document for it."""

    path: Path | None
    force: bool
    rendered: Renderer

    @classmethod
    def of(
        cls, option: str, place: str, name: str | None, *, force: bool, large: bool = False
    ) -> Writer:
        """The writer that a command line asks for: its place by ``option``, such as -o, and the
        name of its format, or None for that of the file's suffix.

        Raises NotInstalled, or a ClickException for what cannot be written.
        """
        format_ = named(name) if name else None
        if place == OUTPUT:
            format_ = format_ or FORMATS[0]
            if format_.binary:
                told = f"A {format_.suffix.upper()} is not for the output: {option} FILE."
                raise click.UsageError(told)
        format_ = format_ or of_suffix(Path(place).suffix)
        if format_ is None:
            endings = ", ".join(f".{each.suffix}" for each in FORMATS)
            told = f"{option} {place}: end the name with one of {endings}, or say --format."
            raise click.UsageError(told)
        path = None if place == OUTPUT else _file(place, force=force)
        return cls(path, force, _renderer(format_, large=large))

    def write(self, paper: Document | str, note: str = _NOTE) -> None:
        """Write a document, or a text as it is, and say so with a note on it.

        Raises CannotPrint and NotWritten.
        """
        if self.path is None:
            echo(encodable(self._bytes(paper).decode(), sys.stdout.encoding), nl=False)
            return
        self.keep(paper)
        self.say_kept(note)

    def keep(self, paper: Document | str) -> None:
        """As ``write`` to a file, without a word, as while a screen is drawn."""
        assert self.path is not None
        data = self._bytes(paper)
        with _or_by_force():
            write(self.path, data, replace=self.force)

    def say_kept(self, note: str = _NOTE) -> None:
        """Say that the file has been written, with a note on it."""
        assert self.path is not None
        say_written(self.path, note)

    def _bytes(self, paper: Document | str) -> bytes:
        return paper.encode() if isinstance(paper, str) else self.rendered(paper)


class FolderWriter(Frozen):
    """A folder of leaflets with an index, and what renders each for a suffix such as ``.html``.

    ``there`` are the names of what was in it before.
    """

    folder: Path
    force: bool
    rendered: Mapping[str, Renderer]
    there: frozenset[str]

    @classmethod
    def of(
        cls, place: str, formats: Iterable[Format], *, force: bool, large: bool = False
    ) -> FolderWriter:
        """The writer of a folder, which may have something in it only with ``force``.

        Raises NotInstalled, or a ClickException for what cannot be written.
        """
        folder = Path(place)
        rendered = {f".{each.suffix}": _renderer(each, large=large) for each in formats}
        there = names_in(folder)
        if there and not force:
            told = f"{folder} is not empty: {min(there)} is in it, and is left as it is."
            raise click.ClickException(
                f"{told} Name a new folder, or replace what has the name of a sheet: --force"
            )
        look_at(folder / INDEX, replace=True)
        return cls(folder, force, rendered, there)

    def fill(self, contents: Section) -> None:
        """Write every leaflet of an index in every format, and then the index, and say so.

        Raises CannotPrint and NotWritten. A bar is shown meanwhile. Whatever stops it leaves whole
        files, and no index, which would describe new leaflets by old ones.
        """
        from ..sheets.formats.html import index
        from ..terminal.io.screen import progress_bar

        papers = contents.papers()
        bar = progress_bar(len(papers), "Sheets", sys.stderr, os.environ)
        with _or_by_force(), _stopped_half_way(), bar as more:
            if self.force:
                remove(self.folder / INDEX)
            for name, paper in papers.items():
                self._write(name, paper)
                more(1)
            guide = index(contents, tuple(self.rendered)).encode()
            write(self.folder / INDEX, guide, replace=self.force)
        known = {INDEX, *(name + suffix for name in papers for suffix in self.rendered)}
        if others := self.there - known:
            echo(say("folder.others", count=len(others), folder=self.folder))
        echo(say("folder.made", index=self.folder / INDEX))

    def _write(self, name: str, paper: Document) -> None:
        for suffix, rendered in self.rendered.items():
            try:
                data = rendered(paper)
            except CannotPrint as wrong:
                raise CannotPrint(f"{name}{suffix}: {wrong}") from wrong
            write(self.folder / f"{name}{suffix}", data, replace=self.force)


def _file(place: str, *, force: bool) -> Path:
    """A file that can be written in a folder that is there, as far as can be told beforehand."""
    path = Path(place)
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
        raise click.ClickException(f"{place} is a folder. Name a file in it.")
    with _or_by_force():
        look_at(path, replace=force)
    if not os.path.lexists(path.parent):
        raise click.ClickException(f"There is no folder {path.parent}. Name one that is there.")
    return path


def _renderer(format_: Format, *, large: bool) -> Renderer:
    """The renderer of a format, or a usage error for ``large`` letters where they have no size."""
    if large and not format_.sized:
        sized = " and ".join(each.suffix for each in FORMATS if each.sized)
        told = f"--large-print is for {sized}: in {format_.suffix} letters have no size."
        raise click.UsageError(told)
    return format_.renderer()


@contextmanager
def _or_by_force() -> Iterator[None]:
    """Name the option that replaces a file where one is in the way."""
    try:
        yield
    except AlreadyThere as there:
        raise click.ClickException(f"{there} To replace it: --force") from there


@contextmanager
def _stopped_half_way() -> Iterator[None]:
    """On Ctrl-C, say which files are complete."""
    try:
        yield
    except KeyboardInterrupt:
        told = "Stopped. The sheets that are there are whole, and have no index yet."
        echo(f"{told} To make all of them, run the same again with --force.", err=True)
        raise
