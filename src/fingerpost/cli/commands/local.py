"""``fingerpost local``: the file of an organisation's own details."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from ...model.diagnostics import Diagnostic, Severity
from ...model.facts import NATIONS
from ...model.library import Library
from ...model.sanitize import one_line
from ...page.messages import say
from ...reading.folders import read_file
from ...reading.reading import Reading
from ..context import local_place, read
from ..files import write
from ..options import local_option
from ..output import Exit, echo, echo_mistakes
from ..writer import say_written


@click.command("local", epilog="Example: fingerpost local --init")
@click.option("--init", is_flag=True, help="Write a file to start from. It never replaces one.")
@local_option("Where your organisation's details are, if not in the usual place.")
def command(init: bool, local_file: Path | None) -> None:
    """Show where your organisation's own details live, and whether they can be read.

    They are your safeguarding lead, your duty number and your local children's services. They
    never leave this computer.
    """
    place = local_file or local_place()
    if init:
        _start_file(place)
    else:
        _show(place)


def _start_file(place: Path) -> None:
    write(place, Path(__file__).with_name("local.yaml").read_bytes())
    say_written(place)
    echo("Open it in an editor and fill in what you know.")


def _show(place: Path) -> None:
    echo(f"Local details: {one_line(str(place))}")
    if not _is_there(place):
        echo("There is no such file yet. To start one: fingerpost local --init")
        return
    read_file(place)  # raises CannotRead for a folder or without permission: no mistake in a file
    reading = read(None, only=False, local_file=place, whole=True)
    mistakes = _mistakes(reading, place)
    if mistakes:
        echo_mistakes(mistakes, reading.texts)
    if any(mistake.severity is Severity.ERROR for mistake in mistakes):
        raise click.exceptions.Exit(Exit.PROBLEMS)
    library = reading.library
    given = [each for each in (library.organisation, library.nation) if each]
    given += [r.title.read_by("staff") for r in library.routes.values() if r.local]
    echo(f"It can be read. It gives: {', '.join(given) or 'nothing yet'}.")
    for line in _not_shown(library):
        echo(line)


def _not_shown(library: Library) -> Iterator[str]:
    """What the file gives that its own nation is never shown, or if it names none, some nation."""
    nation = library.questions.get("nation")
    for answer in nation.answers if nation else ():
        if answer.value in ((library.nation,) if library.nation else NATIONS):
            unseen = [
                route.title.read_by("staff")
                for route in library.routes.values()
                if route.local and not route.is_for_nation(answer.value)
            ]
            if unseen:
                words = answer.say.read_by("staff")
                yield say("routes.not-shown", nation=words, routes=", ".join(unseen))


def _mistakes(reading: Reading, place: Path) -> list[Diagnostic]:
    """The mistakes in the local file alone."""
    from ...checks.content import contacts

    here, every = place.resolve(), contacts.find(reading.library)
    found = [m for m in every if Path(m.span.file).resolve() == here]
    return [*reading.local_mistakes, *found]


def _is_there(place: Path) -> bool:
    try:
        return place.exists()
    except OSError:  # a folder on the way may not be looked into
        return True
