"""``fingerpost sheet --all``: a folder of leaflets, with a page to find them by."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from ..model.base import Frozen, replace
from ..model.facts import Facts
from ..model.library import Library
from ..model.sanitize import clean
from ..proof.path_count import PEOPLE
from ..reading.loader import Reading
from ..sheets.discretion import Discretion
from ..sheets.document import Document
from ..sheets.formats import CannotPrint, Format, NotInstalled, named
from ..sheets.formats.index_html import index
from ..sheets.leaflet_index import contents
from ..sheets.leaflets import Order, pack
from ..terminal.io.progress_bar import progress_bar
from .context import no_such
from .exit_codes import Exit
from .files import AlreadyThere, NotWritten, remove, write

INDEX = "index.html"

MOST = 500
"""Sheets that are made without asking: more of them were probably not meant."""


class Printing(Frozen):
    """How every sheet of a pack is to be printed.

    ``format_`` names one of FORMATS. ``audience`` is a teller, or None for whoever reads each
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
    sheets, unless ``vary`` names it. ``yes``: so many sheets are meant. ``force``: the folder may
    hold something, and files of the same names are replaced.
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
    there = _names_in(folder)
    _refuse_filled(folder, there, force=force)
    found = pack(library, order)
    format_ = named(how.format_)
    suffix = f".{format_.suffix}"
    papers = {leaflet.name + suffix: leaflet.paper for leaflet in (*found.leaflets, *found.apps)}
    _refuse_too_many(len(papers), yes=yes)
    guide = index(contents(library, order, found, suffix)).encode()
    try:
        bar = progress_bar(len(papers), "Sheets", sys.stderr, os.environ)
        with _stopped_half_way(), bar as more:
            _write(folder, papers, guide, format_, more, force=force)
    except AlreadyThere as taken:
        raise click.ClickException(f"{taken} To replace what is in the way: --force") from taken
    except (NotWritten, NotInstalled) as wrong:
        raise click.ClickException(str(wrong)) from wrong
    if others := there - {*papers, INDEX}:
        told = "1 other file is" if len(others) == 1 else f"{len(others):,} other files are"
        click.echo(clean(f"{told} still in {folder}, and not on the index."))
    click.echo(clean(f"All are there. To find one, open {folder / INDEX}"))


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


def _names_in(folder: Path) -> frozenset[str]:
    """All that is there; the folder itself need not be."""
    try:
        return frozenset(path.name for path in folder.iterdir())
    except FileNotFoundError:
        return frozenset()
    except OSError as wrong:
        told = f"{folder} cannot be the folder of the sheets: {wrong.strerror}."
        raise click.ClickException(clean(told)) from wrong


def _refuse_filled(folder: Path, there: frozenset[str], *, force: bool) -> None:
    """Somebody may have written into a leaflet by hand, or keep older ones."""
    if there and not force:
        told = f"{folder} is not empty: {min(there)} is in it, and is left as it is."
        raise click.ClickException(
            clean(f"{told} Name a new folder, or replace what has the name of a sheet: --force")
        )


def _refuse_too_many(number: int, *, yes: bool) -> None:
    """Say how many sheets come; the command line was wrong if that many were not meant."""
    click.echo(f"{_sheets(number)} to make.")
    if number > MOST and not yes:
        raise click.UsageError(
            f"That is more than {MOST}. To make them all: --yes. To make fewer: name one tree, "
            "or --vary fewer facts."
        )


# Making


def _write(
    folder: Path,
    papers: Mapping[str, Document],
    guide: bytes,
    format_: Format,
    more: Callable[[int], None],
    *,
    force: bool,
) -> None:
    """Write every sheet, and the index when all that it speaks of is there.

    ``more`` is told of each sheet. Raises NotInstalled and NotWritten; ends the command for a sheet
    that cannot be made.
    """
    rendered = format_.renderer()
    if force:
        # Half way the old one would call new sheets by what was in the old ones.
        remove(folder / INDEX)
    for name, paper in papers.items():
        try:
            data = rendered(paper)
        except CannotPrint as wrong:
            click.echo(clean(f"{name}: {wrong}"), err=True)
            raise click.exceptions.Exit(Exit.PROBLEMS) from wrong
        write(folder / name, data, replace=force)
        more(1)
    write(folder / INDEX, guide, replace=force)


@contextmanager
def _stopped_half_way() -> Iterator[None]:
    """Say to whoever interrupts what is there."""
    try:
        yield
    except KeyboardInterrupt:
        told = "Stopped. The sheets that are there are whole, and have no index yet."
        click.echo(f"{told} To make all of them, run the same again with --force.", err=True)
        raise


def _sheets(number: int) -> str:
    return "1 sheet" if number == 1 else f"{number:,} sheets"
