"""``fingerpost routes``: look up services, or list what to check by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from ...model.facts import NATIONS, TELLERS
from ...model.spelling import meant
from ...page.messages import LAST_RESORT, say
from ..context import day_of, doors, moment_of, no_such, read
from ..options import ValueOf, format_option, library_options, need_names, now_option, route_names
from ..output import echo, echo_blocks, echo_table

if TYPE_CHECKING:
    from ...model.route import Route
    from ...page.page import Clock, Contact
    from ...reading.reading import Reading

_AGES = ("under-13", "13-15", "16-17", "18", "19-or-over")


@click.command("routes", epilog="Example: fingerpost routes meic")
@click.argument("words", nargs=-1, shell_complete=route_names)
@click.option("--nation", type=ValueOf("nation", NATIONS), help="Only services for this nation.")
@click.option("--age", type=ValueOf("age", _AGES), help="Only services for someone of this age.")
@click.option(
    "--need",
    metavar="NEED",
    shell_complete=need_names,
    help="Only services for this need, such as take-down.",
)
@click.option("--open-now", is_flag=True, help="Only services that can be reached now.")
@click.option("--teller", type=ValueOf("teller", TELLERS), default="staff", help="Who is reading.")
@click.option(
    "--to-check",
    is_flag=True,
    help="List what a person must check by hand, in services, trees and sources.",
)
@format_option("text", "json")
@now_option
@library_options
def command(
    words: tuple[str, ...],
    nation: str | None,
    age: str | None,
    need: str | None,
    open_now: bool,
    teller: str,
    to_check: bool,
    format_: str,
    moment: str | None,
    **where: Any,
) -> None:
    """List services, one a line; or show all about the one that WORDS name.

    WORDS are looked for in names, numbers, needs and what each service says of itself.
    With --to-check, what must be checked by hand before a release, as Markdown.
    """
    if to_check:
        if words or nation or age or need or open_now or format_ != "text":
            raise click.UsageError("--to-check is of the whole library, and for people.")
        _show_to_check(read(**where, whole=True), moment)
        return
    from ...page.opening_hours import BankHolidays, Openness
    from ...page.page import Clock, contact
    from ...search.routes import Wanted, is_called, look_up

    reading = read(**where, trees=())
    library = reading.library
    if need is not None and need not in library.needs:
        raise no_such("need", need, tuple(library.needs))
    clock = Clock(moment_of(moment), BankHolidays.load())
    _tell_of_mistakes(reading)
    found = [
        (route, contact(library, route, teller, nation or library.nation, clock))
        for route in look_up(library, Wanted(words, nation, age, need))
    ]
    if open_now:
        found = [(route, each) for route, each in found if each.state is Openness.OPEN]
    if format_ == "json":
        _as_json(found, clock)
    else:
        if named := _named(found, words):
            _as_text(named, library.routes[named.route])
        elif found:
            _as_table([each for _, each in found])
        else:
            echo(f"Nothing fits that. {LAST_RESORT}")
        if words and not any(is_called(route, words) for route, _ in found):
            _tell_of_doors(where, words)


def _show_to_check(reading: Reading, moment: str | None) -> None:
    from ...checks.manual_review import to_check
    from ...checks.reports.manual_review import for_people

    _tell_of_mistakes(reading)
    echo(for_people(to_check(reading.library, day_of(moment))), nl=False)


def _tell_of_mistakes(reading: Reading) -> None:
    if reading.mistakes or reading.local_mistakes:
        echo("Some files have mistakes. To see them, run: fingerpost check", err=True)


def _tell_of_doors(where: Mapping[str, Any], words: tuple[str, ...]) -> None:
    """Name the trees that the search finds for words that no service is called by."""
    for tree in doors(" ".join(words), **where):
        echo(f"If it has happened: fingerpost walk {tree}")


def _named(found: list[tuple[Route, Contact]], words: tuple[str, ...]) -> Contact | None:
    """The service of which the words are the whole name, as a key or a title, or nearly; or the
    only one that was found."""
    if len(found) == 1:
        return found[0][1]
    named = {text.casefold(): each for route, each in found for text in route.title.texts}
    named |= {route.name: each for route, each in found}
    typed = " ".join(words).casefold()
    return named.get(typed) or named.get(meant(typed, named) or "")


def _as_table(contacts: list[Contact]) -> None:
    """Print a line for each service."""
    from ...page import labels

    head = [say(f"routes.{column}") for column in ("name", "how", "now", "for-whom")]
    rows = []
    for each in contacts:
        for_whom = next((detail.text for detail in each.details if detail.field == "who"), "")
        rows.append((labels.title_of(each), *_how(each), for_whom.removesuffix(".")))
    echo_table(head, rows, [say("routes.whole"), say("page.may-change")])


def _how(contact: Contact) -> tuple[str, str]:
    """A number, or else the kind of a first way to get in touch, whose address fills a row; and
    whether someone answers now."""
    from ...page import labels

    way = contact.live_now or next(iter(contact.ways), None)
    if way is None:
        return say("routes.steps"), ""
    now = say(f"hours.{way.state.value}") if way.says else ""
    if sum(bool(each.label) for each in contact.ways if each.channel == way.channel) > 1:
        # One number alone would be wrong for some, such as in another nation.
        return say("routes.several"), now
    if way.channel == "phone":
        return way.address, now
    kind = labels.channel(way.channel)
    return f"{kind} {way.address}" if way.channel == "text" else kind, now


def _as_text(contact: Contact, route: Route) -> None:
    """Print all about one route, and the name by which a local file changes it, if one may."""
    from ...page.page_text import contact_blocks
    from ...page.text_layout import GAP, Line, Style

    named = () if route.fixed else (say("routes.in-local-file", name=route.name),)
    told = (Line(text, Style.QUIET) for text in (*named, say("page.may-change")))
    echo_blocks([*contact_blocks(contact), GAP, tuple(told)])


def _as_json(found: list[tuple[Route, Contact]], clock: Clock) -> None:
    """Print every field of each route, as ASCII, so that no control character gets through."""
    import json

    routes = [_plain(route, each) for route, each in found]
    echo(json.dumps({"at": clock.at.isoformat(), "routes": routes}, indent=2))


def _plain(route: Route, each: Contact) -> dict[str, Any]:
    return {
        "route": each.route,
        "name": each.title,
        "needs": list(route.serves),
        "for": _contract(route),
        "state": each.state.value,
        "ways": [
            {
                "channel": way.channel,
                "address": way.address,
                "uri": way.uri,
                "label": way.label,
                "hours": route.hours.get(way.channel, ""),
                "says": way.says,
                "state": way.state.value,
            }
            for way in each.ways
        ],
        "details": {detail.field: detail.text for detail in each.details},
        "steps": list(each.steps),
        "forms": [{"for": form.says, "web": form.web} for form in each.forms],
        "unsure": sorted(route.unsure),
        "source": {"url": each.source_url, "seen": each.seen},
        "confidence": each.confidence,
        "local": each.local,
    }


def _contract(route: Route) -> dict[str, list[str]] | None:
    """The people whom the service says it serves, or None if that is not known."""
    if route.contract is None:
        return None
    return {
        "ages": sorted(route.contract.ages),
        "nations": sorted(route.contract.nations),
        "tellers": sorted(route.contract.tellers),
    }
