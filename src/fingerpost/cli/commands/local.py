"""``fingerpost local``: the file of an organisation's own details."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from ...model import inline_markup
from ...model.base import replace
from ...model.diagnostics import Severity, Span
from ...model.facts import NATIONS
from ...model.library import Library
from ...model.sanitize import one_line
from ...page.contact import contact
from ...page.messages import say
from ...page.opening_hours import unanswered
from ...page.speaker import Speaker, beside_it
from ...page.text_layout import Line
from ...reading.folders import read_file
from ..context import local_place, read
from ..files import write
from ..options import local_option
from ..output import Exit, echo, echo_blocks, echo_mistakes, echo_table
from ..writer import say_written

_ADD = "If there's a number for then, add a service with it, as in the file that --init writes."


@click.command("local", epilog="Example: fingerpost local --init")
@click.option("--init", is_flag=True, help="Write a file to start from. It never replaces one.")
@local_option("Where your organisation's details are, if not in the usual place.")
def command(init: bool, local_file: Path | None) -> None:
    """Show where your organisation's own details live, and whether they can be read.

    They are your safeguarding lead, your duty number and your local children's services. They
    stand on each page and sheet that you make; nothing else sends them on.
    """
    place = local_file or local_place()
    if init:
        _start_file(place)
    elif local_file and not _is_there(place):
        start = f"fingerpost local --init --local {one_line(str(place))}"
        raise click.ClickException(f"There is no file {one_line(str(place))}. To start it: {start}")
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
    reading = read(None, only=False, local_file=place, whole=True, told=False)
    if mistakes := reading.local_mistakes:
        echo_mistakes(mistakes, reading.texts)
    is_wrong = any(mistake.severity is Severity.ERROR for mistake in mistakes)
    if is_wrong and reading.without_local is None:
        echo("Until this is mended the whole file is left out, and no page shows your details.")
        raise click.exceptions.Exit(Exit.PROBLEMS)
    library = reading.library
    rows = [*_rows(library, place)]
    if is_wrong:
        echo("Until this is mended, each service with a mistake is left out. The rest gives:")
    else:
        echo("It can be read. It gives:" if rows else "It can be read. It gives nothing yet.")
    if rows:
        echo_table(("Name", "Number or link", "Hours"), rows)
    echo_blocks((Line(text),) for text in (*_not_shown(library), *_in_no_step(library, place)))
    _tell_unanswered(library, place)
    if is_wrong:
        raise click.exceptions.Exit(Exit.PROBLEMS)


def _rows(library: Library, place: Path) -> Iterator[tuple[str, str, str]]:
    """What the file itself gives: each name with its numbers, and their hours as paper has them."""
    if library.organisation:
        yield library.organisation, "", ""
    if library.nation:
        yield _in_words(library, library.nation), "", ""
    for route in library.routes.values():
        given = {
            key.partition(".")[2] or key for key, at in route.spans.items() if _is_in(at, place)
        }
        if route.local and given:
            own = contact(library, replace(route, kept=None), "staff", library.nation, None)
            ways = [way for way in own.ways if way.channel in given]
            numbers = [f"{w.address} ({w.label})" if w.label else w.address for w in ways]
            yield own.title, (numbers or [""])[0], (ways[0].says if ways else "")
            yield from (
                ("", number, way.says) for number, way in zip(numbers[1:], ways[1:], strict=True)
            )


def _tell_unanswered(library: Library, place: Path) -> None:
    """Print when nobody answers a number laid over a shipped service, and what may be added."""

    def title(name: str) -> str:
        return library.routes[name].title.read_by("staff")

    routes = [r for r in library.routes.values() if r.local and r.phone and not r.kept]
    teams = [r for r in routes if _is_in(r.spans.get("phone", r.span), place)]
    for team in (r for r in teams if not _is_in(r.span, place)):
        beside = [team, *beside_it(library, team)]
        silent = [r.name for r in beside if r.phone and "phone" not in r.hours]
        told = [f"The file doesn't say when {{route:{n}}} answers: add the hours." for n in silent]
        if shut := unanswered(r.hours["phone"] for r in beside if "phone" in r.hours):
            told += [f"Nobody answers for {{route:{team.name}}}: {shut}."]
            told += [f"A page then says: “{each.read_by('staff')}”" for each in team.if_shut]
            told.append(_ADD)
        echo_blocks((Line(inline_markup.fill(text, title, str)),) for text in told)


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
                words = _in_words(library, answer.value)
                yield say("routes.not-shown", nation=words, routes=", ".join(unseen))


def _in_no_step(library: Library, place: Path) -> Iterator[str]:
    """Routes of the file under a new name that serve what a shipped one is named after, such as the
    lead, while that one has no details: then the steps name nobody."""
    for route in library.routes.values():
        for named in (library.routes.get(need) for need in route.serves):
            stands = any(route in beside_it(library, r) for r in library.routes.values() if r.local)
            if _is_in(route.span, place) and named and not (named.local or stands):
                yield (
                    f"No step names {route.title.read_by('staff')}: to have it stand in the steps, "
                    f"give its details under “{named.name}” itself."
                )


def _in_words(library: Library, nation: str) -> str:
    return Speaker(library, {"teller": frozenset({"staff"})}).answers("nation", {nation})


def _is_in(span: Span, place: Path) -> bool:
    return Path(span.file).resolve() == place.resolve()


def _is_there(place: Path) -> bool:
    try:
        return place.exists()
    except OSError:  # a folder on the way may not be looked into
        return True
