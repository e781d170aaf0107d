"""``fingerpost routes``: look up services, or list what to check by hand."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from ...model.base import grouped, replace
from ...model.facts import NATIONS
from ...model.spelling import did_you_mean, meant
from ...page.messages import LAST_RESORT, say
from ...page.speaker import Speaker
from ...terminal.io import streams
from ..context import day_of, moment_of, read
from ..options import (
    ValueOf,
    format_option,
    library_options,
    nation_option,
    now_option,
    teller_option,
)
from ..output import Exit, echo, echo_blocks, echo_table

if TYPE_CHECKING:
    from ...model.library import Library
    from ...model.route import Route
    from ...page.contact import Channel, Contact
    from ...page.opening_hours import Clock
    from ...page.text_layout import Block
    from ...reading.reading import Reading
    from ...search.routes import Wanted

_Found: TypeAlias = "tuple[Route, Contact]"

_FOR = ("ages", "nations", "tellers")
_AGES = ("under-13", "13-15", "16-17", "18", "19-or-over")


@click.command("routes", epilog="Example: fingerpost routes meic")
@click.argument("words", nargs=-1)
@nation_option("Only for")
@click.option(
    "--age", type=ValueOf("age", _AGES), metavar="AGE", help=f"Only for: {', '.join(_AGES)}."
)
@click.option("--need", metavar="NEED", help="Only for this need, such as take-down. ? lists all.")
@click.option("--open-now", is_flag=True, help="Only services known to answer now.")
@teller_option("Only for")
@click.option("--to-check", is_flag=True, help="List what a person must check by hand.")
@format_option("text", "json")
@now_option
@library_options
def command(
    words: tuple[str, ...],
    nation: str | None,
    age: str | None,
    need: str | None,
    open_now: bool,
    teller: str | None,
    to_check: bool,
    format_: str,
    moment: str | None,
    **where: Any,
) -> None:
    """List services by what they help with, or all about the one that WORDS name.

    WORDS are looked for in names, numbers, needs and what services say.
    """
    if to_check:
        if words or nation or age or need or open_now or format_ != "text":
            raise click.UsageError("--to-check is of the whole library, and for people.")
        _show_to_check(read(**where, whole=True), moment)
        return
    from ...page.contact import answers_now, contact
    from ...page.opening_hours import BankHolidays, Clock
    from ...search.routes import Wanted, look_up

    reading = read(**where, trees=())
    library = reading.library
    if need == "?":
        # The fullest words: to some readers two needs are called the same.
        rows = [(name, max(each.say.texts, key=len)) for name, each in library.needs.items()]
        echo_table(("--need", "What it is"), rows)
        return
    if need and need not in library.needs:
        hint = did_you_mean(need, tuple(library.needs)) or f"look it up: fingerpost routes {need}"
        raise click.UsageError(f"There is no need “{need}”. {hint[0].upper()}{hint[1:]}")
    clock = Clock(moment_of(moment), BankHolidays.load())
    _tell_of_mistakes(reading)
    # Whoever says an age asks for a person of that age, unless they say who they are.
    teller = teller or ("young-person" if age else None)
    wanted = Wanted(words, nation, age, need, teller)
    home = nation or library.nation
    every = [
        (route, contact(library, route, teller or "staff", home, clock))
        for route in look_up(library, wanted) or _nearest(library, wanted, format_)
    ]
    found = [pair for pair in every if not open_now or answers_now(*pair)]
    if format_ == "json":
        _as_json(found, clock)
        raise click.exceptions.Exit(Exit.DONE if found else Exit.PROBLEMS)
    by_name = _named(found, words)
    further = _further(found, words, by_name)
    listed = _listed(found, wanted, home)
    left_out = {"left-out": len(every) - len(found), "narrow": len(found) - len(listed)}
    further += [say(f"routes.{why}", count=count) for why, count in left_out.items() if count]
    if len(listed) > 1 and not by_name:
        _as_list(library, listed, need, further)
        return
    if listed:
        _as_text(*(by_name or listed[0]))
    else:
        from ...page.text_layout import Line

        sought = " ".join(filter(None, (*words, need, age, nation)))
        none = () if every else (Line(say("routes.none", sought=sought)),)
        echo_blocks([(*none, Line(LAST_RESORT))])
    for line in further:
        echo(line)
    if not found:
        raise click.exceptions.Exit(Exit.PROBLEMS)


def _nearest(library: Library, wanted: Wanted, format_: str) -> tuple[Route, ...]:
    """Who answers the number nearest to the one typed, told as a guess; a program gets none."""
    from ...search.routes import look_up, nearest_number

    if format_ == "json" or (near := nearest_number(library, wanted)) is None:
        return ()
    echo(say("routes.near", sought=" ".join(wanted.words)))
    return look_up(library, replace(wanted, words=(near,)))


def _show_to_check(reading: Reading, moment: str | None) -> None:
    from ...checks.manual_review import to_check
    from ...checks.reports.manual_review import for_people

    _tell_of_mistakes(reading)
    echo(for_people(to_check(reading.library, day_of(moment))), nl=False)


def _tell_of_mistakes(reading: Reading) -> None:
    if reading.mistakes:
        echo("Some files have mistakes. To see them, run: fingerpost check", err=True)


def _named(found: list[_Found], words: tuple[str, ...]) -> _Found | None:
    """The service of which the words are the whole name, as a key or a title, or nearly."""
    named = {t.casefold(): each for each in found for t in (*each[0].title.texts, each[0].name)}
    typed = " ".join(words).casefold()
    return named.get(typed) or named.get(meant(typed, named) or "")


def _listed(found: list[_Found], wanted: Wanted, nation: str | None) -> list[_Found]:
    """For a reader alone, without what is of one app or of another nation."""
    from ...search.routes import is_narrow

    is_long = (wanted.nation or wanted.teller) and not (wanted.words or wanted.need)
    return [pair for pair in found if not (is_long and is_narrow(pair[0], nation))]


def _further(found: list[_Found], words: tuple[str, ...], by_name: _Found | None) -> list[str]:
    """Where else to look: beside the one, what else is called so; where nothing is, the walk."""
    from ...search.routes import is_called

    called = [route for route, _ in found if is_called(route, words)]
    beside = [route for route in called if by_name and route is not by_name[0]]
    asked = any(map(str.isalpha, "".join(words))) and not called
    also = (say("routes.also", title=r.title.read_by("staff"), name=r.name) for r in beside)
    return [*also, *([say("routes.walk")] if asked else [])]


_Row: TypeAlias = tuple[str, str, str, str, str]


def _by_need(library: Library, found: Iterable[_Found], need: str | None) -> dict[str, list[_Row]]:
    """A row for each service, under the first need that it serves."""
    under = grouped(
        (need or route.serves[0], (_titled(library, route, title), how, now, who, hours))
        for route, each in found
        for title, how, now, who, hours in [_row(route, each)]
    )
    # A number that stands twice below a heading, again for one reader alone, is one line.
    return {
        name: [
            row
            for row in rows
            if not any(row[1] == o[1] and row[0].startswith(f"{o[0]} (") for o in rows)
        ]
        for name, rows in under.items()
    }


def _as_list(
    library: Library, found: Iterable[_Found], need: str | None, further: list[str]
) -> None:
    """Print each service in two lines, danger above and below, and there the ``further`` lines; for
    programs a row for each."""
    rows_by_need = _by_need(library, found, need)
    if not streams.is_terminal(sys.stdout):
        head = [say(f"routes.{column}") for column in ("service", "how", "now", "for", "when")]
        echo_table(head, [row for rows in rows_by_need.values() for row in rows])
        for line in further:
            echo(line)
        return
    from ...page.text_layout import GAP, Line, Style

    blocks: list[Block] = [(Line(LAST_RESORT),)]
    for name, rows in rows_by_need.items():
        heading = library.needs[name].say.read_by("staff") if name in library.needs else name
        blocks += [GAP, (Line(heading, Style.HEADING),), *(_block(*row) for row in rows)]
    told = (say(f"routes.{note}") for note in ("hours-unknown", "whole"))
    blocks += [GAP, *((Line(line),) for line in further)]
    blocks += [(Line(note, Style.QUIET),) for note in (*told, say("page.may-change"))]
    echo_blocks([*blocks, (Line(LAST_RESORT),)], paged=True)


def _titled(library: Library, route: Route, title: str) -> str:
    """Its name, with the nations that it serves if they are not all."""
    served = set(NATIONS) & (route.contract.nations if route.contract else set(NATIONS))
    speaker = Speaker(library, {"teller": frozenset({"staff"})})
    nations = "" if served == set(NATIONS) else speaker.answers("nation", served)
    return title if nations in title else f"{title} ({nations})"


def _block(title: str, how: str, now: str, who: str, hours: str) -> Block:
    from ...page.text_layout import Line, Style

    how = re.sub(r"https://(?:www\.)?([^/\s]+)/?$", r"\1", how)  # only of a first page
    rest = " ".join(filter(None, [who, say("routes.hours", hours=hours) if hours else ""]))
    named = title if title.endswith(how) else f"{title}: {how}"  # 999
    first = Line(" - ".join(filter(None, [named, now])), Style.SERVICE, "  ", 4)
    return (first, Line(rest, before="    ", hang=4)) if rest else (first,)


def _row(route: Route, each: Contact) -> _Row:
    """Its name; the first way to get in touch; whether someone answers now; for whom; its hours."""
    from ...page import labels
    from ...page.contact import says_no_hours

    who = next((detail.text for detail in each.details if detail.field == "who"), "")
    ways = (way for way in each.ways if way.live and way.says_open)
    if (way := next(ways, None) or next(iter(each.ways), None)) is None:
        how = say("routes.see-steps") if each.steps else say("routes.no-number")
        return labels.title_of(each), how, "", who, ""
    # One number alone would be wrong for some, such as in another nation.
    lines = [other for other in each.ways if other.channel == way.channel and other.label]
    how = "; ".join(f"{other.address} ({other.label})" for other in lines)
    if len(lines) < 2:
        is_named = way.channel in ("text", "chat")
        how = f"{labels.channel(way.channel)} {way.address}" if is_named else way.address
    hours = say("routes.not-confirmed") if says_no_hours(route) else _hours(route, way.channel)
    return labels.title_of(each), how, "" if way.says == hours else way.says, who, hours


def _hours(route: Route, channel: str) -> str:
    """The hours in words; empty where none are known or numbers have their own."""
    from ...page.contact import hours_on_paper

    is_told = channel in route.hours and len(route.lines(channel)) == 1
    return hours_on_paper(route, channel) if is_told else ""


def _as_text(route: Route, contact: Contact) -> None:
    """Print all about one route, and the name by which a local file changes it, if one may."""
    from ...page import labels
    from ...page.page_text import contact_blocks
    from ...page.text_layout import GAP, Line, Style

    hours = tuple(
        Line(say("routes.hours-of", how=labels.channel(channel), hours=told), before="  ", hang=4)
        for channel in dict.fromkeys(way.channel for way in contact.ways)
        if (told := _hours(route, channel))
    )
    named = () if route.fixed else (say("routes.in-local-file", name=route.name),)
    notes = (Line(text, Style.QUIET) for text in (*named, say("page.may-change")))
    live = {way.state.value for way in contact.ways if way.live}
    shut = [(Line(say("routes.shut")),), GAP] if "shut" in live and "open" not in live else []
    echo_blocks([*contact_blocks(contact), hours, GAP, *shut, tuple(notes)])


def _as_json(found: list[_Found], clock: Clock) -> None:
    """Print every field of each route, as ASCII, so that no control character gets through."""
    import json

    routes = [_plain(route, each) for route, each in found]
    echo(json.dumps({"at": clock.at.isoformat(), "routes": routes}, indent=2))


def _plain(route: Route, each: Contact) -> dict[str, Any]:
    return {
        "route": each.route,
        "name": each.title,
        "needs": list(route.serves),
        # Null if it is not known whom it serves.
        "for": route.contract and {who: sorted(getattr(route.contract, who)) for who in _FOR},
        "state": each.state.value,
        "ways": [
            {
                "channel": way.channel,
                "address": way.address,
                "uri": way.uri,
                "label": way.label,
                "hours": _line_of(route, way).hours.get(way.channel, ""),
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


def _line_of(route: Route, way: Channel) -> Route:
    """The route that has the hours of a way."""
    own, *kept = route.lines(way.channel)
    return next((r for r in kept if way.address in [phone.number for phone in r.phone]), own)
