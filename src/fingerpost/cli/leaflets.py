"""``fingerpost sheet --all``: a folder of leaflets, with a page to find them by."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path

import click

from .. import __version__
from ..model.base import Frozen, replace
from ..model.facts import Facts
from ..model.library import Library
from ..model.sanitize import clean
from ..proof.path_count import PEOPLE
from ..reading.loader import Reading
from ..sheets.discretion import Discretion
from ..sheets.document import Document
from ..sheets.filling import Filling, fill, planned
from ..sheets.formats.index_html import index
from ..sheets.formats.pdf import CannotPrint, NoPdf
from ..sheets.leaflet_index import contents
from ..sheets.leaflets import Order, Pack, pack
from ..terminal.io.progress_bar import bar
from .context import no_such
from .exit_codes import Exit
from .files import AlreadyThere, Folder, NotWritten, open_folder
from .formats import renderer

INDEX = "index.html"

MOST = 500
"""Sheets that are made without asking: more of them were probably not meant."""


class Printing(Frozen):
    """How every sheet of a pack is to be printed.

    ``format_`` is html, pdf, md or txt. ``audience`` is a teller, or None for whoever reads each
    sheet. ``printed_on`` decides what is overdue for checking.
    """

    format_: str
    printed_on: date
    audience: str | None = None
    large: bool = False
    discreet: bool = False


def make(
    reading: Reading,
    trees: Collection[str],
    folder: Path,
    how: Printing,
    *,
    vary: tuple[str, ...] = (),
    given: Facts | None = None,
    yes: bool = False,
    force: bool = False,
) -> None:
    """Make the pack. The library is read whole, for its cases say what the sheets are for.

    ``trees`` are the trees whose endings are wanted, or none for all. ``vary`` names the facts of
    which every value gets its sheet, or none for the usual ones; ``given`` is what holds for all
    sheets, unless ``vary`` names it. ``yes``: so many sheets are meant. ``force``: files that stand
    in the way are replaced.
    """
    library = _with_sound_cases(reading)
    wanted = tuple(trees) or tuple(library.trees)
    _refuse_mistakes(reading, wanted)
    _refuse_unknown(library, vary)
    order = Order(
        trees=wanted,
        printed_on=how.printed_on,
        vary=vary or PEOPLE,
        given={fact: values for fact, values in (given or {}).items() if fact not in vary},
        audience=how.audience,
        large=how.large,
        discretion=Discretion.of(library) if how.discreet else None,
    )
    found = pack(library, order)
    files = _Files.of(library, order, found, how.format_)
    try:
        _refuse_too_many(_looked_at(folder, files), yes=yes)
        with open_folder(folder) as opened:
            _fill(opened, files, force=force)
    except AlreadyThere as there:
        raise click.ClickException(f"{there} To replace what is in the way: --force") from there
    except (NotWritten, NoPdf) as wrong:
        raise click.ClickException(str(wrong)) from wrong


# Before anything is made


def _with_sound_cases(reading: Reading) -> Library:
    """The library without the cases of trees that cannot be walked."""
    library = reading.library
    sound = {name for name in library.trees if not reading.stopping(name)}
    return replace(library, cases={n: c for n, c in library.cases.items() if c.tree in sound})


def _refuse_mistakes(reading: Reading, trees: tuple[str, ...]) -> None:
    """A pack is made of all that was asked for, or not at all."""
    stopping = tuple(dict.fromkeys(m for name in trees for m in reading.stopping(name)))
    if stopping:
        from ..checks.reports.text import for_people

        click.echo("No sheets can be made until these mistakes are mended:", err=True)
        click.echo(for_people(stopping, reading.texts), err=True)
        raise click.exceptions.Exit(Exit.PROBLEMS)


def _refuse_unknown(library: Library, vary: tuple[str, ...]) -> None:
    own = (question.fact for tree in library.trees.values() for question in tree.questions.values())
    known = tuple(dict.fromkeys((*library.questions, *own)))
    for fact in vary:
        if fact not in known:
            raise no_such("fact", fact, known)


def _looked_at(folder: Path, files: _Files) -> Filling:
    """What there is to do, found out without making the folder."""
    if not os.path.lexists(folder):
        return planned(None, files.wanted, INDEX)
    with open_folder(folder) as opened:
        return planned(opened, files.wanted, INDEX)


def _refuse_too_many(plan: Filling, *, yes: bool) -> None:
    """Say how many sheets come; the command line was wrong if that many were not meant."""
    every = len(plan.wanted) - 1
    to_make = sum(name != INDEX for name in plan.to_make)
    click.echo(f"{_sheets(every)} in all: {every - to_make:,} there already, {to_make:,} to make.")
    if to_make > MOST and not yes:
        raise click.UsageError(
            f"That is more than {MOST}. To make them all: --yes. To make fewer: name one tree, "
            "or --vary fewer facts."
        )


# Making


class _Files(Frozen):
    """The papers and the index by the names of their files, and what each is made of.

    The sheets come first: the index is made when all that it speaks of is there.
    """

    papers: dict[str, Document]
    index: bytes
    wanted: dict[str, str]
    format_: str

    @classmethod
    def of(cls, library: Library, order: Order, found: Pack, format_: str) -> _Files:
        suffix = f".{format_}"
        papers = {
            leaflet.name + suffix: leaflet.paper for leaflet in (*found.leaflets, *found.apps)
        }
        page = index(contents(library, order, found, suffix)).encode()
        made_of = f"{__version__}\n{format_}\n"
        wanted = {name: _hash(f"{made_of}{paper!r}".encode()) for name, paper in papers.items()}
        return cls(papers, page, {**wanted, INDEX: _hash(page)}, format_)

    def maker(self) -> Callable[[str], bytes]:
        """What makes the bytes of a file. Raises NoPdf, and what it gives ends the command for a
        sheet of which no PDF can be made."""
        rendered = renderer(self.format_)

        def made(name: str) -> bytes:
            if name == INDEX:
                return self.index
            try:
                return rendered(self.papers[name])
            except CannotPrint as wrong:
                click.echo(clean(f"{name}: {wrong}"), err=True)
                raise click.exceptions.Exit(Exit.PROBLEMS) from wrong

        return made


def _fill(folder: Folder, files: _Files, *, force: bool) -> None:
    plan = planned(folder, files.wanted, INDEX)
    with _going_on_later(), bar(len(plan.to_make), "Sheets", sys.stderr, os.environ) as more:
        kept = fill(folder, plan, files.maker(), more, force=force)
    for name in kept:
        told = "is no longer one of the sheets, but somebody has changed it, so it stays."
        click.echo(clean(f"{folder.path / name} {told}"))
    click.echo(clean(f"All are there. To find one, open {folder.path / INDEX}"))


@contextmanager
def _going_on_later() -> Iterator[None]:
    """Say to whoever interrupts that nothing is lost."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("Stopped. To go on from here, run the same again.", err=True)
        raise


def _sheets(number: int) -> str:
    return "1 sheet" if number == 1 else f"{number:,} sheets"


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()
