"""``fingerpost check``: read everything and report every mistake."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from ..diagnostics import Diagnostic, Severity
from ..exits import Exit
from ..library import CannotRead, Reading
from .asked import read
from .options import library_options


@click.command("check", epilog="Example: fingerpost check --trees my-trees")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@library_options
def command(
    files: tuple[Path, ...], trees_folder: Path | None, only: bool, local_file: Path | None
) -> None:
    """Read every file of a library and report every mistake in it, with its place and a hint.

    With FILES, only mistakes in those files are shown. Exits with 1 if there is an error.
    """
    from ..render.diagnostics import for_people, summary

    reading = read(trees_folder, only, local_file, whole=True)
    found = _mistakes(reading)
    if files:
        found = _only_in(files, found, reading.texts)
    if found:
        click.echo(for_people(found, reading.texts))
        click.echo(summary(found))
    else:
        count = len(files or reading.texts)
        click.echo(f"{count} {'file' if count == 1 else 'files'} read. No mistakes found.")
    if any(mistake.severity is Severity.ERROR for mistake in found):
        raise click.exceptions.Exit(Exit.PROBLEMS)


def _mistakes(reading: Reading) -> list[Diagnostic]:
    """What reading found and what the checks find, in the order in which a reader meets it."""
    from ..checks import every

    found = {*reading.mistakes, *reading.local_mistakes}
    # A value that could not be read is empty, and a check would find that wrong once more.
    places = {mistake.span for mistake in found}
    for check in every():
        found.update(m for m in check.find(reading.library) if m.span not in places)
    return sorted(found, key=lambda mistake: mistake.order)


def _only_in(
    files: tuple[Path, ...], found: list[Diagnostic], texts: Iterable[str]
) -> list[Diagnostic]:
    """The mistakes in these files. Raises CannotRead for a file that the library does not have:
    to say that nothing is wrong with it would be untrue."""
    known = {Path(name).resolve() for name in (*texts, *(m.span.file for m in found))}
    wanted = {file.resolve(): file for file in files}
    for path, file in wanted.items():
        if path not in known:
            raise CannotRead(
                f"{file} is not a file of the library. Say which folder it is in: --trees DIR."
            )
    return [mistake for mistake in found if Path(mistake.span.file).resolve() in wanted]
