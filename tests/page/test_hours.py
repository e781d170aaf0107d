"""The clock, held to other people's clocks and to a scan of every minute.

The oracles: ``opening_hours`` for weekly hours, ``holidays`` for each nation's dates, and for the
rest a reading of the rules here, minute by minute, that shares no code with the product.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays as holidays_package
import opening_hours
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fingerpost
from fingerpost.model import facts
from fingerpost.page.london_time import london_day, moment, now
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

WEEKEND_LINE = "Mo 00:00-06:00,18:00-02:00; Tu-Th 18:00-02:00; Fr 18:00-24:00; Sa,Su 00:00-24:00"


def at(text: str, hours: str | None, nation: str | None = "england") -> Availability:
    return availability(hours, moment(text), nation, TABLE)


# Reading hours


def test_midnight_may_be_written_both_ways() -> None:
    assert parse("Mo 18:00-00:00") == parse("Mo 18:00-24:00")


def test_only_24_7_is_always() -> None:
    assert parse("24/7").always
    assert parse(" 24/7 ").always
    assert not parse("Mo-Su,PH 00:00-24:00").always


REFUSED = {
    "": "empty rule",
    "Mo 09:00-10:00;": "empty rule",
    "Mo 09:00-10:00;; Tu 09:00-10:00": "empty rule",
    "24/7; PH off": "“24/7” stands alone",
    "Mo": "“Mo” has no times",
    "09:00-17:00": "“09:00-17:00” names no days",
    "Mo 09:00-10:00, Tu 09:00-10:00": "“Mo 09:00-10:00, Tu 09:00-10:00” is not days",
    "Dec 25 off": "“Dec 25 off” is not days",
    "SH off": "“SH” is not a day",
    "Monday 09:00-10:00": "“Monday” is not a day",
    "mo-fr 09:00-10:00": "“mo-fr” is not a day",
    "Mo–Fr 09:00-10:00": "“Mo–Fr” is not a day",
    "Mo-PH off": "“Mo-PH” is not a day",
    "PH-Mo off": "“PH-Mo” is not a day",
    "Mo-Fr-Su off": "“Mo-Fr-Su” is not a day",
    "Mo,,Tu off": "“” is not a day",
    "Mo\u00a009:00-10:00": "is not a day",
    "Mo-Mo 09:00-10:00": "“Mo-Mo” begins and ends on one day",
    "sunrise-sunset": "“sunrise-sunset” is not a day",
    "Mo closed": "“closed” is not a range of times",
    "Mo 9:00-17:00": "“9:00-17:00” is not a range of times",
    "Mo 09:00": "“09:00” is not a range of times",
    "Mo 09:00+": "“09:00+” is not a range of times",
    "Mo 09:00-17:00,": "“” is not a range of times",
    "Mo 09:00–17:00": "“09:00–17:00” is not a range of times",
    "Mo ٠٩:٠٠-١٧:٠٠": "is not a range of times",
    "Mo 09:60-17:00": "“09:60-17:00” has a time that no clock shows",
    "Mo 09:00-17:60": "“09:00-17:60” has a time that no clock shows",
    "Mo 24:00-02:00": "“24:00-02:00” has a time that no clock shows",
    "Mo 18:00-26:00": "“18:00-26:00” has a time that no clock shows",
    "Mo 09:00-24:01": "“09:00-24:01” has a time that no clock shows",
    "Mo 09:00-09:00": "“09:00-09:00” begins when it ends",
    "PH off; Mo-Fr 09:00-17:00": "“Mo-Fr 09:00-17:00” comes after the rule for PH",
}


@pytest.mark.parametrize(("hours", "why"), REFUSED.items())
def test_anything_else_is_refused_by_naming_the_piece(hours: str, why: str) -> None:
    with pytest.raises(UnreadableHours) as refusal:
        parse(hours)
    assert why in str(refusal.value)
    assert "\n" not in str(refusal.value)


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
same_day = st.tuples(minutes, minutes | st.just(1440)).filter(lambda r: r[0] < r[1])
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
@given(rules(same_day), st.lists(weekly_moments, min_size=12, max_size=12))
def test_weekly_hours_agree_with_opening_hours(written: list[Rule], when: list[datetime]) -> None:
    text = "; ".join(rule.text for rule in written)
    oracle = opening_hours.OpeningHours(text)
    for wall in when:
        expected = Openness.OPEN if oracle.is_open(wall) else Openness.SHUT
        found = availability(text, wall.replace(tzinfo=LONDON), "england", TABLE).state
        assert found is expected, (text, wall)


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


@pytest.mark.slow
def test_every_minute_of_a_week_agrees_with_opening_hours() -> None:
    oracle = opening_hours.OpeningHours(
        "Mo 00:00-06:00, Mo-Th 18:00-02:00, Fr 18:00-24:00, Sa,Su 00:00-24:00"
    )
    for minute in range(7 * 1440):
        wall = datetime(2026, 11, 9) + minute * MINUTE
        found = availability(WEEKEND_LINE, wall.replace(tzinfo=LONDON), "scotland", TABLE).state
        assert found is (Openness.OPEN if oracle.is_open(wall) else Openness.SHUT), wall


# The two clock changes

CLOCK_CHANGES = (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2027, 3, 27, 12, tzinfo=UTC))
HOURS_AT_THE_CHANGE = (
    "Mo-Su 18:00-02:00",
    "Mo-Su 22:00-01:30",
    "Mo-Su 00:30-01:30",
    "Mo-Su 01:15-01:45",
    "Mo-Su 01:30-05:00",
    "Sa 09:00-17:00; Su 02:00-03:00",
)


def minutes_from(start: datetime, days: float) -> Iterator[datetime]:
    for minute in range(int(days * 1440)):
        yield (start + minute * MINUTE).astimezone(LONDON)


@pytest.mark.parametrize("start", CLOCK_CHANGES)
@pytest.mark.parametrize("hours", HOURS_AT_THE_CHANGE)
def test_the_clock_on_the_wall_decides_when_the_clocks_change(start: datetime, hours: str) -> None:
    oracle = opening_hours.OpeningHours(hours)
    states = []
    for here in minutes_from(start, 1):
        found = availability(hours, here, "wales", TABLE)
        assert found.state is (
            Openness.OPEN if oracle.is_open(here.replace(tzinfo=None, fold=0)) else Openness.SHUT
        ), here
        states.append((here.astimezone(UTC), found))
    for (instant, found), (_, then) in pairwise(states):
        change = found.until or found.opens
        assert change is not None
        if found.state is then.state:
            assert change == (then.until or then.opens)
        else:
            assert change.astimezone(UTC) == instant + MINUTE


@pytest.mark.parametrize(
    ("hours", "when", "says"),
    [
        # Scotland, because Easter Monday, a bank holiday elsewhere, is the day after.
        # 00:59 is followed by 02:00 on 28 March 2027.
        ("Mo-Su 00:30-01:30", "2027-03-28T00:45", "open now, until 2am"),
        ("Mo-Su 00:30-01:30", "2027-03-28T02:00", "opens at 12:30am tomorrow"),
        ("Mo-Su 01:30-05:00", "2027-03-28T00:45", "opens at 2am today"),
        ("Su 01:15-01:45", "2027-03-28T00:45", "opens Sunday 4 April at 1:15am"),
        # 01:59 is followed by 01:00 on 25 October 2026, once.
        ("Mo-Su 18:00-02:00", "2026-10-25T01:15", "open now, until 2am"),
        ("Mo-Su 09:00-17:00", "2026-10-24T18:00", "opens at 9am tomorrow"),
    ],
)
def test_what_is_said_around_the_clock_changes(hours: str, when: str, says: str) -> None:
    assert at(when, hours, "scotland").says() == says


def test_a_moment_in_another_time_zone_is_the_same_moment() -> None:
    hours = "Mo-Fr 09:00-17:00"
    here = moment("2026-07-01T16:30")
    assert availability(hours, here.astimezone(UTC), "wales", TABLE) == at(
        "2026-07-01T16:30", hours, "wales"
    )


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


def test_the_table_says_what_it_is() -> None:
    assert TABLE.source == "https://www.gov.uk/bank-holidays.json"
    assert TABLE.licence.startswith("Open Government Licence v3.0")
    assert (TABLE.covers_from, TABLE.covers_until) == (date(2026, 1, 1), date(2027, 12, 31))
    assert date(2026, 2, 5) < TABLE.as_of <= date.today()


def test_every_bank_holiday_has_a_title_and_stands_in_order() -> None:
    path = Path(fingerpost.__file__).parent / "page" / "bank-holidays.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    for division in {nation.bank_holidays for nation in facts.NATIONS.values()}:
        dates = [row["date"] for row in table[division]]
        assert dates == sorted(set(dates))
        assert all(row["title"] for row in table[division])


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


def test_without_a_nation_the_next_opening_is_the_latest_of_all() -> None:
    found = at("2026-11-29T12:00", "Mo-Fr 09:00-17:00; PH off", None)
    assert found.says() == "opens at 9am on Tuesday at the latest"


def test_without_a_nation_one_that_never_opens_again_leaves_no_opening() -> None:
    only_on_holidays = "PH 10:00-11:00"
    the_last_of_the_table = "2027-12-28T12:00"
    assert at(the_last_of_the_table, only_on_holidays, None).opens is None
    assert at("2027-11-30T12:00", only_on_holidays, None).opens == moment("2027-12-27T10:00")


def test_where_only_some_nations_open_again_no_opening_is_promised() -> None:
    none: dict[str, frozenset[date]] = dict.fromkeys(NATIONS, frozenset())
    table = BankHolidays(
        source="",
        licence="",
        as_of=date(2026, 1, 1),
        covers_from=date(2026, 1, 1),
        covers_until=date(2026, 12, 31),
        holidays={**none, "scotland": frozenset({date(2026, 11, 30)})},
        moved=none,
    )
    found = availability("PH 10:00-11:00", moment("2026-11-29"), None, table)
    assert found.says() == "shut now"


@pytest.mark.parametrize("when", ["2025-12-31T11:00", "2028-01-01T11:00", "2099-12-31T23:59"])
def test_outside_the_years_of_the_table_only_24_7_is_sure(when: str) -> None:
    assert at(when, "Mo-Su 00:00-24:00; PH off").says() == ""
    assert at(when, "Mo-Su,PH 09:00-17:00").says() == ""
    assert at(when, "24/7").says() == "open now"


def test_no_opening_is_promised_beyond_the_table() -> None:
    found = at("2027-12-31T20:00", "Mo-Fr 09:00-17:00")
    assert found.says() == "shut now"


def test_the_last_night_of_the_table_counts_by_the_day_it_began() -> None:
    assert at("2027-12-31T23:00", "Mo-Su 18:00-02:00").says() == "open now, until 2am"


def test_the_first_night_of_the_table_may_have_begun_before_it() -> None:
    assert at("2026-01-02T01:00", "Mo-Su 18:00-02:00", "wales").state is Openness.UNKNOWN
    assert at("2026-01-01T01:00", "Mo-Su 18:00-02:00; PH off", "wales").state is Openness.UNKNOWN


@pytest.mark.parametrize("hours", [None, "", "any time"])
def test_without_hours_that_can_be_read_nothing_is_known(hours: str | None) -> None:
    assert at("2026-11-25", hours).says() == ""


def test_a_moment_without_its_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        availability("24/7", datetime(2026, 11, 25), None, TABLE)


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


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(rules(any_range, (*DAYS, "PH")), around_holidays, st.integers(0, 2879))
def test_without_a_nation_nothing_is_said_that_is_wrong_in_one(
    written: list[Rule], start: str, minute: int
) -> None:
    written = sorted(written, key=lambda rule: "PH" in rule.days)
    text = "; ".join(rule.text for rule in written)
    here = moment(start) + minute * MINUTE
    unknown = availability(text, here, None, TABLE)
    each = [availability(text, here, nation, TABLE) for nation in NATIONS]
    assert unknown.state is (
        each[0].state if len({one.state for one in each}) == 1 else Openness.UNKNOWN
    )
    if unknown.until:
        assert {one.until for one in each} == {unknown.until}
    if unknown.opens:
        assert all(one.opens and one.opens <= unknown.opens for one in each)
        assert unknown.at_the_latest or all(one.opens == unknown.opens for one in each)


# What is said


@pytest.mark.parametrize(
    ("hours", "when", "says"),
    [
        ("Mo-Fr 09:00-17:00", "2026-11-25T09:00", "open now, until 5pm"),
        ("Mo-Fr 09:00-17:00", "2026-11-25T16:59", "open now, until 5pm"),
        ("Mo-Fr 09:00-17:00", "2026-11-25T17:00", "opens at 9am tomorrow"),
        ("Mo-Fr 09:00-17:00", "2026-11-25T08:59", "opens at 9am today"),
        ("Mo-Fr 09:30-16:00", "2026-11-27T23:00", "opens at 9:30am on Monday"),
        ("Tu 10:00-12:00", "2026-11-25T11:00", "opens at 10am on Tuesday"),
        ("We 10:00-12:00", "2026-11-25T12:00", "opens Wednesday 2 December at 10am"),
        ("Mo 10:00-12:00", "2026-12-27T12:00", "opens Monday 4 January at 10am at the latest"),
        ("Mo-Fr 10:00-16:00", "2026-12-24T17:00", "opens at 10am on Tuesday at the latest"),
        ("Mo-Su 17:00-24:00", "2026-11-25T18:00", "open now, until midnight"),
        ("Mo-Su 12:00-14:00", "2026-11-25T11:00", "opens at midday today"),
        ("Mo-Su 10:00-12:00", "2026-11-25T11:00", "open now, until midday"),
        ("Mo-Su 18:00-02:00", "2026-11-25T23:00", "open now, until 2am"),
        ("Mo-Su 18:00-02:00", "2026-11-26T01:59", "open now, until 2am"),
        ("Mo-Su 14:00-06:00", "2026-11-25T17:00", "open now, until 6am tomorrow"),
        ("Mo-Su 14:00-06:00", "2026-11-25T19:00", "open now, until 6am"),
        (WEEKEND_LINE, "2026-11-28T10:00", "open now, until 6am on Monday"),
        ("We,Th 00:00-24:00", "2026-11-25T10:00", "open now, until midnight tomorrow"),
        ("Mo-Fr 00:00-24:00", "2026-11-25T10:00", "open now, until midnight on Friday"),
        ("Th 00:00-06:00", "2026-11-25T10:00", "opens at midnight tonight"),
        ("Fr 00:00-06:00", "2026-11-25T10:00", "opens at midnight tomorrow night"),
        ("Su 00:00-06:00", "2026-11-25T10:00", "opens at midnight on Saturday night"),
        ("We 00:00-06:00", "2026-11-25T10:00", "opens at midnight on Tuesday night"),
        (
            "Mo 00:00-06:00",
            "2026-12-26T10:00",
            "opens at midnight on the night of Sunday 3 January at the latest",
        ),
        ("Mo-Su 00:00-24:00", "2026-11-10T10:00", "open now"),
        ("Tu-Su 00:00-24:00; Mo 00:00-06:00", "2026-11-10T10:00", "open now, until 6am on Monday"),
        ("Tu-Su 00:00-24:00; Mo 00:00-06:00,07:00-24:00", "2026-11-09T10:00", "open now"),
        ("Mo-Sa 00:00-24:00", "2026-11-09T10:00", "open now, until midnight on Saturday"),
        ("Mo-Su off", "2026-11-25T10:00", "shut now"),
    ],
)  # fmt: skip
def test_what_is_said(hours: str, when: str, says: str) -> None:
    assert at(when, hours).says() == says


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (None, ""),
        ("by appointment", ""),
        ("24/7", "any time, day or night"),
        ("Mo-Fr 10:00-16:00", "Monday to Friday, 10am to 4pm"),
        ("Mo-Su 08:00-24:00", "every day, 8am to midnight"),
        ("Sa,Su 18:00-22:00", "Saturday and Sunday, 6pm to 10pm"),
        ("Mo,We,Fr 12:00-13:30", "Monday, Wednesday and Friday, midday to 1:30pm"),
        ("Fr-Mo 18:00-02:00", "Friday to Monday, 6pm to 2am"),
        (
            "Mo-Th 10:00-20:30; Fr 10:00-16:30",
            "Monday to Thursday, 10am to 8:30pm; Friday, 10am to 4:30pm",
        ),
        ("Mo 10:00-12:00,13:00-16:00", "Monday, 10am to midday and 1pm to 4pm"),
        (
            "Mo 09:00-10:00,11:00-12:00,14:05-15:00",
            "Monday, 9am to 10am, 11am to midday and 2:05pm to 3pm",
        ),
        ("Sa,Su 00:00-24:00", "Saturday and Sunday, all day and all night"),
        ("Mo 00:00-06:00,00:30-00:40", "Monday, midnight to 6am"),
        ("Mo-Fr 10:00-16:00; PH off", "Monday to Friday, 10am to 4pm; closed on bank holidays"),
        (
            "Mo-Fr 10:00-16:00; PH 10:00-14:00",
            "Monday to Friday, 10am to 4pm; bank holidays, 10am to 2pm",
        ),
        ("Su,PH 10:00-14:00", "Sunday and bank holidays, 10am to 2pm"),
        ("PH 10:00-14:00", "bank holidays, 10am to 2pm"),
        ("Mo-Fr off", "closed"),
        ("PH off", "closed"),
        (
            WEEKEND_LINE,
            (
                "Monday, midnight to 6am and 6pm to 2am; Tuesday to Thursday, 6pm to 2am; "
                "Friday, 6pm to midnight; Saturday and Sunday, all day and all night"
            ),
        ),
    ],
)
def test_hours_on_paper(hours: str | None, words: str) -> None:
    assert as_written(hours) == words


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


def test_now_is_now_in_london() -> None:
    before, found, after = datetime.now(UTC), now(), datetime.now(UTC)
    assert before <= found <= after
    assert str(found.tzinfo) == "Europe/London"


@given(st.datetimes(datetime(1972, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC)))
def test_the_day_in_london_is_known_without_its_time_zone(utc: datetime) -> None:
    last_hour = utc.replace(hour=23)
    for moment_in_utc in (utc, last_hour):
        here = moment_in_utc.astimezone(ZoneInfo("Europe/London"))
        assert london_day(moment_in_utc) == here.date()
