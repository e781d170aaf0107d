"""``fingerpost check``: read everything, prove what can be proved, and report every mistake."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from ..clean import clean
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
@click.option("--notices", is_flag=True, help="Show notices too, and not only their number.")
@click.option("--strict", is_flag=True, help="Let warnings count: exit with 1 for them too.")
@now_option
@library_options
def command(
    files: tuple[Path, ...],
    format_: str,
    notices: bool,
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
    if format_ == "text":
        _show_people(found, reading, files, notices=notices)
    else:
        _show_machines(format_, found)
    counted = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(mistake.severity in counted for mistake in found):
        raise click.exceptions.Exit(Exit.PROBLEMS)


def _show_machines(format_: str, found: list[Diagnostic]) -> None:
    match format_:
        case "json":
            from ..render.report.json import as_json

            click.echo(as_json(found))
        case "github":
            from ..render.report.github import as_github

            click.echo(as_github(found), nl=bool(found))
        case _:
            from ..render.report.sarif import as_sarif

            click.echo(as_sarif(found))


def _show_people(
    found: list[Diagnostic], reading: Reading, files: tuple[Path, ...], *, notices: bool
) -> None:
    from ..render.diagnostics import for_people, summary

    shown = [m for m in found if notices or m.severity is not Severity.NOTICE]
    if shown:
        click.echo(for_people(shown, reading.texts))
        click.echo(summary(shown))
    else:
        read = len(files or reading.texts)
        click.echo(f"{read} {'file' if read == 1 else 'files'} read. No mistakes found.")
    if kept_back := len(found) - len(shown):
        said = "notice. To see it" if kept_back == 1 else "notices. To see them"
        click.echo(f"{kept_back} {said}: fingerpost check --notices")
    if not files and not any(m.severity is Severity.ERROR for m in found):
        _show_proved(reading)


def _show_proved(reading: Reading) -> None:
    """The safety rules that hold, for whoever answers for the trees."""
    from ..proofs import State, verdicts

    proved = [(r, v) for r, v in verdicts(reading.library) if v.state is State.PROVED]
    if proved:
        click.echo("\nProved for everyone, on every path:")
    for rule, verdict in proved:
        endings = f"{verdict.endings} ending{'s' * (verdict.endings != 1)}"
        click.echo(clean(f"  {rule.name} - on {endings}, in {verdict.states:,} states"))


def _mistakes(reading: Reading, today: date) -> list[Diagnostic]:
    """What reading found and what the checks find, in the order in which a reader meets it.

    Where there is an error, what goes further is not judged: it would be the error's echo.
    """
    from ..checks import dated, of_any, of_sound

    found = {*reading.mistakes, *reading.local_mistakes}
    # A value that could not be read is empty, and a check would find that wrong once more.
    places = {mistake.span for mistake in found}
    for check in of_any():
        found.update(m for m in check.find(reading.library) if m.span not in places)
    if not any(mistake.severity is Severity.ERROR for mistake in found):
        for check in of_sound():
            found.update(check.find(reading.library))
        for dated_check in dated():
            found.update(dated_check.find(reading.library, today))
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
