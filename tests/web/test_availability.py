"""The opening hours of the page in a browser: the same states and words as Python's, at the same
moments, for hours that ship and for hours that nobody has written yet."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from fingerpost.model.base import replace
from fingerpost.model.library import Library
from fingerpost.model.route import Phone, Route
from fingerpost.page.opening_hours import BankHolidays, availability
from fingerpost.web.data import walk_data

from ..support.node import run
from ..support.oracle import HERE, WORDS, of_trees
from ..support.shipped import whole_library

pytestmark = pytest.mark.node

LONDON = ZoneInfo("Europe/London")
TABLE = BankHolidays.load()
NATIONS = ("england", "wales", "scotland", "northern-ireland", "not-sure", "toString", None)
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH")
UNREADABLE = ("", "by appointment", "Mo-Fr 9-5")
AT_EDGES = (
    "Mo-Su 00:00-24:00",
    "Mo-Su 00:00-24:00; PH off",
    "Mo-Su 00:00-24:00; PH 00:00-10:00",
    "Mo-Su 21:00-09:00; PH 22:00-10:00",
    "Mo,Fr 20:00-04:00",
    "Fr-Su 22:00-02:00; PH off",
    "Sa 18:00-01:30; Su 01:15-01:45,12:00-13:00",
    "Fr 12:00-13:00; PH off",
)
"""Hours that end beyond a week, at a change of the clocks, or in the night around a holiday."""

EDGES = (
    *(datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)),
    *(datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC)),
    *(datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)),
)
"""When the clocks change in the years of the table, and where it begins and ends."""

Job = dict[str, Any]


@cache
def shipped_hours() -> tuple[str, ...]:
    routes = whole_library().routes.values()
    return tuple(sorted({text for route in routes for text in route.hours.values()}))


def any_time(chance: random.Random) -> str:
    return f"{chance.randrange(24):02}:{chance.choice((0, 0, 15, 30, 59)):02}"


def any_ranges(chance: random.Random) -> str:
    if chance.random() < 0.15:
        return "off"
    ranges = []
    for _ in range(chance.randint(1, 2)):
        start, end = any_time(chance), chance.choice((any_time(chance), "24:00"))
        ranges.append(f"{start}-{end if end != start else '24:00'}")
    return ",".join(ranges)


def any_hours(chance: random.Random) -> str:
    """One to three rules for some days, and often one for bank holidays."""
    rules = [
        f"{','.join(chance.sample(DAYS[:7], chance.randint(1, 7)))} {any_ranges(chance)}"
        for _ in range(chance.randint(1, 3))
    ]
    if chance.random() < 0.6:
        rules.append(f"PH {any_ranges(chance)}")
    return "; ".join(rules)


def any_moment(chance: random.Random) -> datetime:
    """Any in the years of the table and just outside, near an edge, or near a bank holiday; half
    of them at a full hour."""
    match chance.randrange(3):
        case 0:
            about, days = datetime(2027, 1, 1, tzinfo=UTC), 375.0
        case 1:
            about, days = chance.choice(EDGES), chance.choice((0.25, 8))
        case _:
            table = chance.choice((TABLE.holidays, TABLE.moved))
            day = chance.choice(sorted({each for some in table.values() for each in some}))
            about, days = datetime(day.year, day.month, day.day, tzinfo=UTC), chance.choice((2, 8))
    at = about + timedelta(seconds=round(chance.uniform(-days, days) * 86400))
    return at.replace(minute=0, second=0) if chance.random() < 0.5 else at


def with_hours(hours: tuple[str, ...]) -> Library:
    """A library whose routes have these hours, and are called so."""
    phone = (Phone("999", span=HERE),)
    routes = {
        text: Route(text, WORDS, (), None, phone=phone, hours={"phone": text}, span=HERE)
        for text in hours
    }
    return replace(of_trees(), routes=routes)


def jobs(chance: random.Random, hours: tuple[str, ...], each: int) -> Iterator[Job]:
    for text in hours:
        for _ in range(each):
            at, nation = any_moment(chance), chance.choice(NATIONS)
            yield {"hours": text, "at": at.isoformat(), "nation": nation}


def in_python(job: Job) -> Job:
    at = datetime.fromisoformat(job["at"])
    found = availability(job["hours"], at, job["nation"], TABLE)

    def moment(then: datetime | None) -> int | None:
        return None if then is None else round(then.timestamp() * 1000)

    return {
        "state": found.state.value,
        "until": moment(found.until),
        "opens": moment(found.opens),
        "at_the_latest": found.at_the_latest,
        "says": found.says(),
    }


def different(asked: list[Job], hours: tuple[str, ...]) -> list[Job]:
    """The jobs whose answers differ, each with both of them."""
    found = run("hours.mjs", asked, walk_data(with_hours(hours)))
    assert len(found) == len(asked)
    both = zip(asked, found, map(in_python, asked), strict=True)
    return [{**job, "is": its, "Python": ours} for job, its, ours in both if its != ours]


@cache
def few() -> tuple[list[Job], tuple[str, ...]]:
    chance = random.Random(1)
    drawn = (any_hours(chance) for _ in range(40))
    hours = (*shipped_hours(), *drawn, *AT_EDGES, *UNREADABLE)
    return [*jobs(chance, hours, 6), *jobs(chance, AT_EDGES, 150)], hours


@pytest.mark.slow
def test_hours_are_the_same_at_any_moment_in_any_nation() -> None:
    asked, hours = few()
    assert different(asked, hours) == []
    assert {in_python(job)["state"] for job in asked} == {"open", "unknown", "shut"}


# London's clocks


def moments() -> list[int]:
    """Every half-hour of the days around each change, and one in every week, of forty years."""
    first, last = datetime(1996, 1, 1, tzinfo=UTC), datetime(2037, 12, 31, tzinfo=UTC)
    found = [first + timedelta(hours=hour) for hour in range(0, (last - first).days * 24, 163)]
    for year in range(first.year, last.year + 1):
        for month in (3, 10):
            begun = datetime(year, month, 24, tzinfo=UTC)
            found += [begun + timedelta(minutes=30 * step) for step in range(8 * 48)]
    return [round(each.timestamp() * 1000) for each in found]


def offset(moment: int) -> int:
    told = datetime.fromtimestamp(moment / 1000, LONDON).utcoffset()
    assert told is not None
    return round(told.total_seconds() * 1000)


def wrong_clocks() -> list[int]:
    every = moments()
    (found,) = run("hours.mjs", [{"utc": every}], walk_data(with_hours(())))
    return [moment for moment, its in zip(every, found, strict=True) if its != offset(moment)]


def test_londons_clocks_are_those_of_the_time_zone_database() -> None:
    assert wrong_clocks() == []
    assert {offset(each) for each in moments()} == {0, 3600_000}
