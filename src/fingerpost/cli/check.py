"""``fingerpost check``: read everything, prove what can be proved, and report every mistake."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from ..diagnostics import Diagnostic, Severity
from ..exits import Exit
from ..library import CannotRead, Reading
from .asked import moment_of, read
from .options import library_options, now_option

_FORMATS = ("text", "json", "github", "sarif")


@click.command("check", epilog="Example: fingerpost check --trees my-trees --strict")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    default="text",
    help="For people, for programs, for GitHub's pages, or SARIF.",
)
@click.option("--strict", is_flag=True, help="Let warnings count: exit with 1 for them too.")
@now_option
@library_options
def command(
    files: tuple[Path, ...],
    format_: str,
    strict: bool,
    moment: str | None,
    trees_folder: Path | None,
    only: bool,
    local_file: Path | None,
) -> None:
    """Read every file of a library and report every mistake in it, with its place and a hint.

    With FILES, only mistakes in those files are shown. Exits with 1 if there is an error.
    """
    today = moment_of(moment).date()
    reading = read(trees_folder, only, local_file, whole=True)
    found = _mistakes(reading, today)
    if files:
        found = _only_in(files, found, reading.texts)
    _show(format_, found, reading, len(files or reading.texts))
    counted = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(mistake.severity in counted for mistake in found):
        raise click.exceptions.Exit(Exit.PROBLEMS)


def _show(format_: str, found: list[Diagnostic], reading: Reading, files: int) -> None:
    match format_:
        case "json":
            from ..render.report.json import as_json

            click.echo(as_json(found))
        case "github":
            from ..render.report.github import as_github

            click.echo(as_github(found), nl=bool(found))
        case "sarif":
            from ..render.report.sarif import as_sarif

            click.echo(as_sarif(found))
        case _:
            _show_people(found, reading, files)


def _show_people(found: list[Diagnostic], reading: Reading, files: int) -> None:
    from ..render.diagnostics import for_people, summary

    if found:
        click.echo(for_people(found, reading.texts))
        click.echo(summary(found))
    else:
        click.echo(f"{files} {'file' if files == 1 else 'files'} read. No mistakes found.")


def _mistakes(reading: Reading, today: date) -> list[Diagnostic]:
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
