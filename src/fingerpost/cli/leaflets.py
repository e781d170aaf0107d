"""``fingerpost sheet --all`` and ``--rack``: a folder of sheets or of leaflets, with an index."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from ..model.base import Frozen
from ..model.facts import Facts
from ..model.library import Library
from ..page.messages import say
from ..proof.path_count import PEOPLE
from ..reading.reading import Reading
from ..sheets import rack
from ..sheets.discretion import Discretion
from ..sheets.document import Document
from ..sheets.formats import CannotPrint, Format, named
from ..sheets.formats.index_html import index
from ..sheets.leaflet_index import contents
from ..sheets.leaflets import Order, Pack, TooMany, pack
from ..sheets.rack import Rack
from ..terminal.io.progress_bar import progress_bar
from .context import known_facts, no_such, refuse
from .echo import echo
from .exit_codes import Exit
from .files import AlreadyThere, remove, write

INDEX = "index.html"

MOST = 500
"""The number of sheets above which --yes is required."""


class Printing(Frozen):
    """How every sheet of a pack is printed.

    ``format_`` names one of FORMATS. ``audience`` is a teller, or None for the reader of each
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
    """Write the pack. ``reading`` is a whole library, whose cases say what the sheets are for.

    ``trees`` are the trees whose endings are wanted, empty for all. ``vary`` names the facts of
    which every value gets its own sheet, empty for the default; ``given`` holds for all sheets,
    except for the facts of ``vary``. ``yes`` allows more than MOST sheets. ``force`` allows a
    folder that is not empty, and replaces files of the same names.
    """
    wanted = tuple(trees) or tuple(reading.files)
    _refuse_mistakes(reading, wanted)
    library = reading.walkable
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
    found = _packed(library, order, yes=yes)
    format_ = named(how.format_)
    suffix = f".{format_.suffix}"
    papers = {leaflet.name: leaflet.document for leaflet in (*found.leaflets, *found.apps)}
    guide = index(contents(library, order, found, suffix))
    _fill(folder, papers, guide, (format_,), force=force)
    _tell_of_others(folder, there - {*(name + suffix for name in papers), INDEX})
    echo(f"All are there. To find one, open {folder / INDEX}")


def make_rack(
    reading: Reading,
    trees: Collection[str],
    folder: Path,
    how: Rack,
    formats: tuple[Format, ...],
    *,
    force: bool = False,
) -> None:
    """Write the leaflets of a rack in each of these formats; the rest is as for ``make``."""
    wanted = tuple(trees) or tuple(reading.library.trees)
    _refuse_mistakes(reading, wanted)
    there = _names_in(folder)
    _refuse_filled(folder, there, force=force)
    made = tuple(rack.leaflets(reading.library, wanted, how))
    if not made:
        raise click.ClickException(say("rack.none", tree=", ".join(wanted)))
    papers = {leaflet.name: leaflet.document for _, leaflet in made}
    suffixes = tuple(f".{each.suffix}" for each in formats)
    _fill(folder, papers, index(rack.contents(made, suffixes)), formats, force=force)
    files = (name + suffix for name in papers for suffix in suffixes)
    _tell_of_others(folder, there - {*files, INDEX})
    echo(say("rack.made", count=len(made), index=folder / INDEX))


# Before anything is made


def _refuse_mistakes(reading: Reading, trees: tuple[str, ...]) -> None:
    """End the command if any of the trees cannot be walked."""
    stopping = tuple(dict.fromkeys(m for name in trees for m in reading.stopping(name)))
    if stopping:
        why = "No sheets can be made until these mistakes are mended:"
        refuse(why, stopping, reading.texts)


def _refuse_unknown(library: Library, vary: tuple[str, ...]) -> None:
    known = tuple(known_facts(library))
    for fact in vary:
        if fact not in known:
            raise no_such("fact", fact, known)


def _names_in(folder: Path) -> frozenset[str]:
    """The names in a folder, which need not exist."""
    try:
        return frozenset(path.name for path in folder.iterdir())
    except FileNotFoundError:
        return frozenset()
    except OSError as wrong:
        told = f"{folder} cannot be the folder of the sheets: {wrong.strerror}."
        raise click.ClickException(told) from wrong


def _refuse_filled(folder: Path, there: frozenset[str], *, force: bool) -> None:
    """Raise a ClickException for a folder that is not empty, unless ``force``."""
    if there and not force:
        told = f"{folder} is not empty: {min(there)} is in it, and is left as it is."
        raise click.ClickException(
            f"{told} Name a new folder, or replace what has the name of a sheet: --force"
        )


def _packed(library: Library, order: Order, *, yes: bool) -> Pack:
    """The pack, with the number of endings first and a bar meanwhile.

    Raises a usage error as soon as there are too many sheets, unless ``yes``.
    """
    endings = sum(len(library.trees[tree].outcomes) for tree in order.trees)
    echo(say("pack.to-look-at", count=endings))
    try:
        with progress_bar(endings, "Endings", sys.stderr, os.environ) as more:
            found = pack(library, order, more, math.inf if yes else MOST)
    except TooMany:
        raise click.UsageError(
            f"That would be more than {MOST} sheets. To make them all: --yes. To make fewer: name "
            "one tree, or --vary fewer facts. For some thirty leaflets that fit whoever takes "
            "one: --rack."
        ) from None
    echo(say("pack.to-make", count=len(found.leaflets) + len(found.apps)))
    return found


# Making


def _fill(
    folder: Path,
    papers: Mapping[str, Document],
    guide: str,
    formats: tuple[Format, ...],
    *,
    force: bool,
) -> None:
    """Write every paper in every format, and then the index, with a bar meanwhile."""
    try:
        bar = progress_bar(len(papers), "Sheets", sys.stderr, os.environ)
        with _stopped_half_way(), bar as more:
            _write(folder, papers, guide.encode(), formats, more, force=force)
    except AlreadyThere as taken:
        raise click.ClickException(f"{taken} To replace what is in the way: --force") from taken


def _write(
    folder: Path,
    papers: Mapping[str, Document],
    guide: bytes,
    formats: tuple[Format, ...],
    more: Callable[[int], None],
    *,
    force: bool,
) -> None:
    """Write every sheet, and then the index; ``more`` is called with 1 for each sheet.

    Raises NotInstalled and NotWritten; ends the command for a sheet that cannot be rendered.
    """
    renderers = {f".{each.suffix}": each.renderer() for each in formats}
    if force:
        # Until the end the old index would describe new sheets by the old ones.
        remove(folder / INDEX)
    for name, paper in papers.items():
        for suffix, rendered in renderers.items():
            try:
                data = rendered(paper)
            except CannotPrint as wrong:
                echo(f"{name}{suffix}: {wrong}", err=True)
                raise click.exceptions.Exit(Exit.PROBLEMS) from wrong
            write(folder / f"{name}{suffix}", data, replace=force)
        more(1)
    write(folder / INDEX, guide, replace=force)


def _tell_of_others(folder: Path, others: Collection[str]) -> None:
    """Say how many files are in the folder that the index does not know."""
    if others:
        echo(say("pack.others", count=len(others), folder=folder))


@contextmanager
def _stopped_half_way() -> Iterator[None]:
    """On Ctrl-C, say which files are complete."""
    try:
        yield
    except KeyboardInterrupt:
        told = "Stopped. The sheets that are there are whole, and have no index yet."
        echo(f"{told} To make all of them, run the same again with --force.", err=True)
        raise
