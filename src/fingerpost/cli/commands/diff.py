"""``fingerpost diff``: the changes between two libraries, in what people see and in wording."""

from __future__ import annotations

from pathlib import Path

import click

from ...model.library import Library
from ...reading.loader import load
from ...reading.reading import shipped
from ..context import refuse
from ..output import Exit, echo


@click.command("diff", epilog="Example: fingerpost diff ../before/trees trees")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--over-shipped",
    is_flag=True,
    help="Lay each folder over the trees that come with fingerpost, as --trees does.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything changes.")
def command(old: Path, new: Path, over_shipped: bool, exit_code: bool) -> None:
    """Show what changes for people between two libraries, and which words.

    OLD and NEW are folders of trees. Exits with 1 if a library has mistakes.
    """
    from ...diff.as_text import as_text
    from ...diff.comparison import compare

    before, after = (_read(folder, over_shipped=over_shipped) for folder in (old, new))
    found = compare(before, after)
    echo(as_text(found, str(old), str(new)), nl=False)
    if exit_code and not found.is_empty:
        raise click.exceptions.Exit(Exit.PROBLEMS)


def _read(folder: Path, *, over_shipped: bool) -> Library:
    """Read a library. Raises CannotRead, and UsageError for one that is meant to lie over what is
    shipped; ends the command if it has mistakes.

    Errors in rules or cases only cause a note that some of their words are not compared, because no
    walk depends on them.
    """
    reading = load([shipped(), folder] if over_shipped else [folder], whole=True)
    errors = reading.blocking
    if errors and not over_shipped and not load([shipped(), folder]).blocking:
        raise click.UsageError(
            f"{folder} names what comes with fingerpost, and cannot be read alone. "
            "To lay it over that, add --over-shipped."
        )
    if len(errors) < len(reading.errors):
        told = f"{folder} has mistakes in rules or cases. Not all of their words are compared."
        echo(told, err=True)
    if errors:
        why = f"{folder} cannot be compared until these mistakes are mended:"
        refuse(why, errors, reading.texts)
    return reading.library
