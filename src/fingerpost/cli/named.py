"""The one tree that a command line names, read and without mistakes."""

from __future__ import annotations

from pathlib import Path

import click

from ..reading.loader import Reading
from .context import no_such, read
from .exit_codes import Exit


def read_tree(name: str, trees_folder: Path | None, only: bool, local_file: Path | None) -> Reading:
    """The library with this tree and all that it leads into.

    A usage error if there is no such tree; where mistakes leave nothing to follow they are shown
    and the command ends.
    """
    reading = read(trees_folder, only, local_file, trees=(name,))
    if name not in reading.files:
        raise no_such("tree", name, tuple(reading.files))
    stopping = reading.stopping(name)
    if stopping:
        from ..checks.reports.text import for_people

        click.echo("This cannot be used until these mistakes are mended:", err=True)
        click.echo(for_people(stopping, reading.texts), err=True)
        raise click.exceptions.Exit(Exit.PROBLEMS)
    return reading
