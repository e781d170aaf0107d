"""``fingerpost check``: read and prove a whole library, and report every mistake."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...model.base import replace
from ...model.diagnostics import Diagnostic, Severity
from ...page.messages import say
from ...page.text_layout import Line, Style
from ...proof.verdict import Status
from ...reading.folders import CannotRead
from ..context import day_of, folders_read, no_such, read, shipped_below, warn_of_unread
from ..options import cases_option, format_option, library_options, now_option
from ..output import Exit, echo, echo_blocks, echo_mistakes

if TYPE_CHECKING:
    from ...checks.runner import Checked
    from ...model.library import Library
    from ...reading.reading import Reading


@click.command("check", epilog="Example: fingerpost check --trees my-trees --strict")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@format_option("text", "json")
@click.option("--notices", is_flag=True, help="Show notices too, and what is proved.")
@click.option("--strict", is_flag=True, help="Let warnings count: exit with 1 for them too.")
@click.option(
    "--explain", is_flag=True, help="Say what a CODE such as FP304 means; without it, all codes."
)
@cases_option
@now_option
@library_options
def command(
    files: tuple[str, ...],
    format_: str,
    notices: bool,
    strict: bool,
    explain: bool,
    moment: str | None,
    cases_folder: Path | None,
    **where: Any,
) -> None:
    """Read every file of a library and report each mistake a program can find, with a hint.

    With FILE, only mistakes in that file are shown. With --cases, your own stories are walked
    too, as ours are. Exits with 1 if there is an error. To see what a code means: fingerpost
    check --explain FP304. If all is approved: fingerpost approve --status --exit-code
    """
    if explain:
        _explain(files)
        return
    from ...checks.runner import check

    paths = tuple(map(Path, files))
    today, before = day_of(moment), shipped_below(**where)
    gc.disable()  # no value is part of a cycle, and searching for cycles takes a tenth of the time
    try:
        reading = read(**where, whole=True, own_cases=cases_folder, told=False)
        _refuse_others(paths, reading)  # at once: to check all takes a while
        checked = check(reading, today, before)
        wanted = {path.resolve() for path in paths}
        found = _of_own(checked.mistakes, **where)
        found = tuple(x for x in found if not wanted or Path(x.span.file).resolve() in wanted)
        checked = replace(checked, mistakes=found)
        if format_ == "text":
            _show_people(checked, reading.texts, paths, notices=notices)
            read_in_all = len(files or reading.texts)
            _show_in_all(checked, read_in_all, folders_read(**where), notices=notices)
            if not (files or any(x.severity is Severity.ERROR for x in checked.mistakes)):
                _show_unsigned(reading.library, before, where["trees_folder"])
            warn_of_unread(**where)
        else:
            _show_machines(checked)
    finally:
        gc.enable()
    counted = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(mistake.severity in counted for mistake in found):
        raise click.exceptions.Exit(Exit.PROBLEMS)


def _explain(codes: tuple[str, ...]) -> None:
    """Say what some codes mean, or without any what each is called."""
    from ...checks.reports.manuals import all_as_text, as_text
    from ...model.diagnostics import codes as every_code
    from ...model.diagnostics import manual
    from ...terminal.io.safe_line import encodable

    known, wanted = every_code(), [code.upper() for code in codes]
    if unknown := next((code for code in wanted if code not in known), None):
        raise no_such("code", unknown, known)
    said = "\n".join(as_text(manual(code)) for code in wanted) or all_as_text(map(manual, known))
    echo(encodable(said, sys.stdout.encoding), nl=False)


def _show_machines(checked: Checked) -> None:
    from ...checks.reports.json import as_json

    echo(as_json(checked.mistakes, checked.lines))


def _show_people(
    checked: Checked, texts: Mapping[str, str], files: tuple[Path, ...], *, notices: bool
) -> None:
    shown = _shown(checked.mistakes, notices=notices)
    if shown:
        echo_mistakes(shown, texts)
        echo("")
        first = min(shown, key=lambda mistake: mistake.order)
        echo(say("check.explain", code=first.code))
    if notices and not files and checked.verdicts:
        proved = sum(each.status is Status.PROVED for _, each in checked.verdicts)
        echo(say("check.proved", count=proved))


def _show_in_all(checked: Checked, read_in_all: int, where: str, *, notices: bool) -> None:
    """The verdict: after all else, so that it is never scrolled away."""
    from ...checks.reports.text import summary

    if shown := _shown(checked.mistakes, notices=notices):
        told = say("check.found", count=read_in_all, where=where, mistakes=summary(shown))
        told += say("check.stopped") if checked.stopped else ""
    else:
        told = say("check.none-found", count=read_in_all, where=where)
    echo_blocks([(Line(told, Style.TITLE),)])


def _show_unsigned(library: Library, before: Library | None, folder: Path | None) -> None:
    """Say what has changed and nobody has signed: of the sense of words that is the only guard."""
    from ...approval.status import changed_unsigned, first_named

    if changed := changed_unsigned(library, before):
        told = say("check.unsigned", count=len(changed), named=first_named(changed))
        see = say("check.unsigned-see" if before else "check.unsigned-status", folder=folder)
        echo_blocks([(Line(f"{told} {see}"),)])


def _shown(found: Sequence[Diagnostic], *, notices: bool) -> Sequence[Diagnostic]:
    return [m for m in found if notices or m.severity is not Severity.NOTICE]


def _of_own(
    found: Iterable[Diagnostic], trees_folder: Path | None, only: bool, **_more: Any
) -> tuple[Diagnostic, ...]:
    """What was found, without notices on the library over which somebody lays a folder: of the
    hundreds those are theirs that stand in it."""
    if trees_folder is None or only:
        return tuple(found)
    own = trees_folder.resolve()
    return tuple(
        mistake
        for mistake in found
        if mistake.severity is not Severity.NOTICE
        or Path(mistake.span.file).resolve().is_relative_to(own)
    )


def _refuse_others(files: tuple[Path, ...], reading: Reading) -> None:
    """Raises CannotRead for a file that is not read, which would else pass as free of mistakes."""
    names = (*reading.texts, *(mistake.span.file for mistake in reading.mistakes))
    known = {Path(name).resolve() for name in names}
    for file in files:
        if file.resolve() not in known:
            raise CannotRead(
                f"{file} is not a file of the library. Say which folder it is in: --trees DIR, or "
                "--cases DIR for cases of your own."
            )
