"""The clock, held to other people's clocks and to a scan of every minute."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays as holidays_package
import opening_hours
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.page.london_time import london_day, moment
from fingerpost.page.opening_hours import (
    Availability,
    BankHolidays,
    Hours,
    Openness,
    UnreadableHours,
    as_written,
    availability,
    parse,
)

LONDON = ZoneInfo("Europe/London")
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
NATIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"}
TABLE = BankHolidays.load()
MINUTE = timedelta(minutes=1)


def at(text: str, hours: str | None, nation: str | None = "england") -> Availability:
    return availability(hours, moment(text), nation, TABLE)


# Reading hours


def on_paper(hours: str) -> str:
    try:
        parse(hours)
    except UnreadableHours as refused:
        return f"refused: {refused}"
    return as_written(hours)


def test_what_is_said_of_hours_is_as_it_was_written_down() -> None:
    """After a change RENEW_GOLDENS=1 writes it anew, and the difference is read. In Scotland Easter
    Monday is no bank holiday; 00:59 is followed by 02:00 on 28 March 2027."""
    golden = Path(__file__).parents[1] / "golden" / "hours.txt"
    written = golden.read_text("utf-8")
    said, hours = [], ""
    for line in written.splitlines():
        if line.startswith('"'):
            hours = json.loads(line)
        if line.startswith("  on paper:"):
            line = f"  on paper: {on_paper(hours)}"
        elif asked := re.match(r"  (\S+) in (\S+):", line):
            line = f"{asked[0]} {at(asked[1], hours, asked[2]).says()}"
        said.append(f"{line}\n")
    if os.environ.get("RENEW_GOLDENS"):
        golden.write_text("".join(said), "utf-8")
    assert "".join(said) == written


@settings(deadline=None)
@given(st.text())
def test_no_text_breaks_the_clock(text: str) -> None:
    here = moment("2026-11-25")
    try:
        read = parse(text)
    except UnreadableHours:
        assert as_written(text) == ""
        assert availability(text, here, "wales", TABLE) == Availability(Openness.UNKNOWN, here)
    else:
        assert isinstance(read, Hours)
        assert as_written(text)


# Weekly hours against opening_hours


@dataclass(frozen=True)
class Rule:
    """A rule as a test wrote it: the days it names, and the minutes from which to which."""

    days: tuple[str, ...]
    ranges: tuple[tuple[int, int], ...]

    @property
    def text(self) -> str:
        return f"{','.join(self.days)} {times(self.ranges) or 'off'}"


def times(ranges: tuple[tuple[int, int], ...]) -> str:
    def clock(minute: int) -> str:
        return f"{minute // 60:02}:{minute % 60:02}"

    return ",".join(f"{clock(start)}-{clock(end)}" for start, end in ranges)


minutes = st.integers(0, 1439) | st.sampled_from((0, 60, 75, 90, 120, 540, 1020, 1080))
any_range = st.tuples(minutes, minutes | st.just(1440)).filter(lambda r: r[0] != r[1])


def rules(
    ranges: st.SearchStrategy[tuple[int, int]], days: tuple[str, ...] = DAYS
) -> st.SearchStrategy[list[Rule]]:
    return st.lists(
        st.builds(
            Rule,
            days=st.lists(st.sampled_from(days), min_size=1, max_size=4, unique=True).map(tuple),
            ranges=st.lists(ranges, max_size=3).map(tuple),
        ),
        min_size=1,
        max_size=4,
    )


def last_rules(written: list[Rule]) -> dict[str, tuple[tuple[int, int], ...]]:
    return {day: rule.ranges for rule in written for day in rule.days}


def by_the_day_it_began(written: list[Rule]) -> str:
    """The same hours with OpenStreetMap's comma, which adds and never cuts a night short."""
    days = [f"{day} {times(ranges)}" for day, ranges in last_rules(written).items() if ranges]
    return ", ".join(days) or "off"


weekly_moments = st.datetimes(datetime(2026, 11, 2), datetime(2026, 11, 28, 23, 59))


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(rules(any_range), st.lists(weekly_moments, min_size=12, max_size=12))
def test_overnight_hours_agree_with_opening_hours(
    written: list[Rule], when: list[datetime]
) -> None:
    text = "; ".join(rule.text for rule in written)
    oracle = opening_hours.OpeningHours(by_the_day_it_began(written))
    for wall in when:
        expected = Openness.OPEN if oracle.is_open(wall) else Openness.SHUT
        found = availability(text, wall.replace(tzinfo=LONDON), "england", TABLE).state
        assert found is expected, (text, wall)


# The two clock changes


def minutes_from(start: datetime, days: float) -> Iterator[datetime]:
    for minute in range(int(days * 1440)):
        yield (start + minute * MINUTE).astimezone(LONDON)


# Bank holidays


@pytest.mark.parametrize("nation", NATIONS)
def test_the_table_agrees_with_the_holidays_package(nation: str) -> None:
    oracle = holidays_package.country_holidays("GB", subdiv=NATIONS[nation], years=(2026, 2027))
    # The package counts both Boxing Day and the Monday that stands in for it.
    assert TABLE.holidays[nation] | TABLE.moved[nation] == set(oracle)
    assert not TABLE.holidays[nation] & TABLE.moved[nation]
    assert all(day.weekday() < 5 for day in TABLE.holidays[nation])
    assert all(day.weekday() >= 5 for day in TABLE.moved[nation])
    observed = {day for day, name in oracle.items() if "observed" in name}
    assert len(observed) == len(TABLE.moved[nation])


def test_the_table_says_how_far_it_reaches() -> None:
    assert (TABLE.covers_from, TABLE.covers_until) == (date(2026, 1, 1), date(2027, 12, 31))


def test_a_holiday_of_scotland_is_a_working_day_in_england() -> None:
    st_andrews_day = "2026-11-30T11:00"
    hours = "Mo-Fr 09:00-17:00; PH off"
    assert at(st_andrews_day, hours, "scotland").state is Openness.SHUT
    assert at(st_andrews_day, hours, "england").says() == "open now, until 5pm"
    assert at(st_andrews_day, hours, None).says() == ""
    assert at(st_andrews_day, hours, "not-sure").says() == ""


def test_without_a_nation_an_answer_that_all_nations_give_stands() -> None:
    hours = "Mo-Fr 09:00-17:00; PH off"
    assert at("2026-11-30T08:00", hours, None).state is Openness.SHUT
    assert at("2026-12-25T11:00", hours, None).state is Openness.SHUT
    assert at("2026-12-01T11:00", hours, None).says() == "open now, until 5pm"


@pytest.mark.parametrize("when", ["2025-12-31T11:00", "2028-01-01T11:00", "2099-12-31T23:59"])
def test_outside_the_years_of_the_table_only_24_7_is_sure(when: str) -> None:
    assert at(when, "Mo-Su 00:00-24:00; PH off").says() == ""
    assert at(when, "Mo-Su,PH 09:00-17:00").says() == ""
    assert at(when, "24/7").says() == "open now"


def test_the_first_night_of_the_table_may_have_begun_before_it() -> None:
    assert at("2026-01-02T01:00", "Mo-Su 18:00-02:00", "wales").state is Openness.UNKNOWN
    assert at("2026-01-01T01:00", "Mo-Su 18:00-02:00; PH off", "wales").state is Openness.UNKNOWN


# The next change, against a scan of every minute


def worlds(day: date, nation: str, hours: dict[str, tuple[tuple[int, int], ...]]) -> list[object]:
    """What may hold on a day: lists of ranges, or None where hours are silent."""
    oracle = ORACLE[nation]
    usual = hours.get(DAYS[day.weekday()], ())
    spoken = hours.get("PH")
    if day not in oracle:
        return [usual]
    if day.weekday() < 5:
        return [spoken]
    return [usual, spoken if spoken is not None else ()]


ORACLE = {
    nation: holidays_package.country_holidays("GB", subdiv=code, years=(2025, 2026, 2027, 2028))
    for nation, code in NATIONS.items()
}


def inside(ranges: object, minute: int) -> bool:
    assert isinstance(ranges, tuple)
    return any(start <= minute < (end if end > start else end + 1440) for start, end in ranges)


def minutes_open(ranges: object) -> frozenset[int]:
    return frozenset(minute for minute in range(2880) if inside(ranges, minute))


class Scan:
    """The state at every minute, worked out the slow way."""

    def __init__(self, written: list[Rule], nation: str) -> None:
        self.hours = last_rules(written)
        self.nation = nation
        self.days: dict[date, list[frozenset[int] | None]] = {}

    def open_in(self, day: date) -> list[frozenset[int] | None]:
        if day not in self.days:
            self.days[day] = [
                None if world is None else minutes_open(world)
                for world in worlds(day, self.nation, self.hours)
            ]
        return self.days[day]

    def night_before(self, day: date, minute: int) -> set[bool]:
        answers: set[bool] = set()
        for world in self.open_in(day):
            if world is None:  # silent: perhaps as usual, perhaps not at all
                usual = self.hours.get(DAYS[day.weekday()], ())
                answers |= {False, inside(usual, minute + 1440)}
            else:
                answers.add(minute + 1440 in world)
        return answers

    def state(self, here: datetime) -> Openness:
        day, minute = here.date(), here.hour * 60 + here.minute
        before = self.night_before(day - timedelta(days=1), minute)
        if before == {True}:
            return Openness.OPEN
        today = self.open_in(day)
        if None in today or len(set(today)) > 1:
            return Openness.UNKNOWN
        (known,) = set(today)
        assert known is not None
        if minute in known:
            return Openness.OPEN
        return Openness.UNKNOWN if True in before else Openness.SHUT


around_holidays = st.sampled_from(
    (
        "2026-03-16", "2026-04-02", "2026-06-14", "2026-07-11", "2026-08-30", "2026-10-24",
        "2026-11-29", "2026-12-23", "2026-12-26", "2026-12-31", "2027-03-26", "2027-12-24",
    )
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    rules(any_range),
    st.none() | st.lists(any_range, max_size=2).map(tuple),
    around_holidays,
    st.integers(0, 2879),
    st.sampled_from(tuple(NATIONS)),
)
def test_the_next_change_is_the_first_minute_at_which_a_scan_finds_one(
    written: list[Rule],
    on_holidays: tuple[tuple[int, int], ...] | None,
    start: str,
    minute: int,
    nation: str,
) -> None:
    if on_holidays is not None:
        written = [*written, Rule(("PH",), on_holidays)]
    text = "; ".join(rule.text for rule in written)
    here = (moment(start).astimezone(UTC) + minute * MINUTE).astimezone(LONDON)
    scan = Scan(written, nation)
    found = availability(text, here, nation, TABLE)
    assert found.state is scan.state(here)
    doubt = False
    for then in minutes_from(here.astimezone(UTC) + MINUTE, 5):
        state = scan.state(then)
        if found.state is Openness.OPEN and state is not Openness.OPEN:
            assert found.until == then
            return
        if found.state is Openness.SHUT and state is Openness.OPEN:
            assert found.opens == then
            assert found.at_the_latest is doubt
            return
        doubt = doubt or state is Openness.UNKNOWN
    change = found.until or found.opens
    assert change is None or change > here + timedelta(days=4, hours=22)


# The moment of --now


def test_a_minute_is_in_london() -> None:
    assert moment("2026-12-25T03:00") == datetime(2026, 12, 25, 3, tzinfo=UTC)
    assert moment("2026-07-25T03:00") == datetime(2026, 7, 25, 2, tzinfo=UTC)


def test_a_minute_that_spring_skips_moves_forward() -> None:
    found = moment("2027-03-28T01:30")
    assert found == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert (found.hour, found.minute) == (2, 30)


def test_of_an_autumn_minute_that_comes_twice_the_first_is_meant() -> None:
    assert moment("2026-10-25T01:30").astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "", "now", "25/12/2026", "2026-12", "2026-1-1", "2026-12-25T3:00", "2026-12-25 03:00",
        "2026-12-25T03:00Z", "2026-12-25T03:00:00", "2026-12-25\n", "1999-12-25", "２０２６-12-25",
        "9999-12-31",
    ],
)  # fmt: skip
def test_what_is_not_a_moment_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="is not a moment: write 2026-12-25") as refusal:
        moment(text)
    assert text in str(refusal.value)


@pytest.mark.parametrize(
    "text", ["2026-02-29", "2026-13-01", "2026-12-25T24:00", "2026-12-25T09:60"]
)
def test_a_moment_that_never_comes_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="is on no calendar or clock"):
        moment(text)


@given(st.datetimes(datetime(1972, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC)))
def test_the_day_in_london_is_known_without_its_time_zone(utc: datetime) -> None:
    last_hour = utc.replace(hour=23)
    for moment_in_utc in (utc, last_hour):
        here = moment_in_utc.astimezone(ZoneInfo("Europe/London"))
        assert london_day(moment_in_utc) == here.date()
