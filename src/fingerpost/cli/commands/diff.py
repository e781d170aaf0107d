"""``fingerpost diff``: the changes between two libraries, in what people see and in wording."""

from __future__ import annotations

from pathlib import Path

import click

from ...page.messages import say
from ...reading.loader import load
from ...reading.reading import Reading, shipped
from ..context import refuse
from ..output import Exit, echo, echo_mistakes


@click.command("diff", epilog="Example: fingerpost diff ../before/trees trees")
@click.argument("folders", metavar="OLD NEW", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--shipped", "shipped_first", is_flag=True, help="Compare what comes with fingerpost and NEW."
)
@click.option(
    "--over-shipped",
    is_flag=True,
    help="Lay each folder over the trees that come with fingerpost, as --trees does.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything changes.")
def command(
    folders: tuple[Path, ...], shipped_first: bool, over_shipped: bool, exit_code: bool
) -> None:
    """Show what changes for people between two libraries, and which words.

    OLD and NEW are folders of trees; with --shipped only NEW is given. Exits with 1 if a library
    cannot be compared, or if a number or an address of NEW is a mistake.
    """
    from ...checks.content import contacts
    from ...diff.as_text import as_text
    from ...diff.comparison import compare

    if len(folders) != (1 if shipped_first else 2):
        raise click.UsageError("Name OLD and NEW, or with --shipped only NEW.")
    *old, new = folders
    before = _read(*old or [shipped()], over_shipped=over_shipped)
    after = _read(new, over_shipped=over_shipped or shipped_first)
    found = compare(before.library, after.library)
    echo(as_text(found, str(*old) or say("check.shipped"), str(new)), nl=False)
    if wrong := [*contacts.find(after.library)]:
        echo_mistakes(wrong, after.texts)
    if wrong or (exit_code and not found.is_empty):
        raise click.exceptions.Exit(Exit.PROBLEMS)


def _read(folder: Path, *, over_shipped: bool) -> Reading:
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
    return reading
