"""Opening hours: read, put into words, and whether a service is open at a moment or opens next.

Hours are a small subset of OpenStreetMap's ``opening_hours``: ``24/7``, or rules such as
``Mo-Fr 09:00-17:00; Sa 10:00-14:00; PH off``. Everything is in Europe/London and speaks of the
clock on the wall: in the hour that the autumn repeats, a range that covers 01:15 covers it twice,
and in spring the minutes that do not exist are in no opening hours.

Whether a service is open is three-valued, and unknown wherever the source does not settle it: a
caller who is told *open* and hears an answering machine may not try again; one who is told nothing
tries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, StrEnum, auto
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Self, TypeAlias

from ..model.base import Frozen, from_json
from ..model.facts import NATIONS
from .london_time import (
    FURTHEST_WEEKDAY,
    WHOLE_DAY,
    clock_time,
    day_name,
    evening,
    is_midnight,
    london,
    long_date,
    time_of_day,
    weekday,
)
from .messages import listed, say

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


class UnreadableHours(ValueError):
    """Opening hours outside the subset. The message is one sentence that names the piece."""


class Range(Frozen, order=True):
    """From one minute of a day up to, not including, another.

    Both count from the midnight that begins the day; an overnight range ends beyond 1440.
    """

    start: int
    end: int

    def covers(self, minute: int) -> bool:
        """Whether this minute, counted from the same midnight, is in the range."""
        return self.start <= minute < self.end


Plan: TypeAlias = tuple[Range, ...]
"""The ranges that begin on one day, in order and apart from each other. Empty: shut all day."""

_ALL_DAY: Plan = (Range(0, WHOLE_DAY),)


class Hours(Frozen):
    """What opening hours say: a plan for each weekday from Monday, and one for bank holidays.

    ``holiday`` is None where they say nothing about bank holidays. ``always`` marks ``24/7``,
    which alone is a promise about every day of the year.
    """

    week: tuple[Plan, ...]
    holiday: Plan | None = None
    always: bool = False


def parse(text: str) -> Hours:
    """Read opening hours. A later rule replaces an earlier one for the days that it names.

    A range belongs to the day on which it begins: ``Fr 18:00-02:00`` runs into Saturday, and a
    rule for Saturday does not cut it short. (Strict OpenStreetMap readers would cut it, against
    what authors of such hours mean.) The rule for bank holidays, ``PH``, comes last.

    Raises UnreadableHours for anything outside the subset.
    """
    if text.strip(" ") == "24/7":
        return Hours((_ALL_DAY,) * 7, _ALL_DAY, always=True)
    plans: dict[str, Plan] = {}
    for rule in (between.strip(" ") for between in text.split(";")):
        days, plan = _rule(rule, text)
        if "PH" in plans and "PH" not in days:
            raise UnreadableHours(f"“{rule}” comes after the rule for PH: put PH last")
        plans |= dict.fromkeys(days, plan)
    return Hours(tuple(plans.get(day, ()) for day in _DAYS), plans.get("PH"))


def _rule(rule: str, text: str) -> tuple[tuple[str, ...], Plan]:
    if not rule:
        raise UnreadableHours(f"“{text}” has an empty rule: write one rule between two semicolons")
    if rule == "24/7":
        raise UnreadableHours("“24/7” stands alone: beside other rules write Mo-Su 00:00-24:00")
    pieces = re.split(" +", rule)
    if len(pieces) > 2:
        raise UnreadableHours(f"“{rule}” is not days, one space, times; rules are parted by “; ”")
    if len(pieces) == 1 and re.match("[0-9]", rule):
        raise UnreadableHours(f"“{rule}” names no days: Mo-Su is every day")
    days = tuple(day for piece in pieces[0].split(",") for day in _days(piece))
    if len(pieces) == 1:
        raise UnreadableHours(f"“{rule}” has no times: write them after the days, or off")
    if pieces[1] == "off":
        return days, ()
    return days, _together(_range(piece) for piece in pieces[1].split(","))


def _days(piece: str) -> tuple[str, ...]:
    if piece == "PH" or piece in _DAYS:
        return (piece,)
    first, dash, last = piece.partition("-")
    if not dash or first not in _DAYS or last not in _DAYS:
        raise UnreadableHours(
            f"“{piece}” is not a day or a range of days: use Mo, Tu, We, Th, Fr, Sa, Su and PH"
        )
    if first == last:
        raise UnreadableHours(f"“{piece}” begins and ends on one day: write {first} or Mo-Su")
    start = _DAYS.index(first)
    length = (_DAYS.index(last) - start) % 7 + 1
    return tuple(_DAYS[(start + step) % 7] for step in range(length))


def _range(piece: str) -> Range:
    found = re.fullmatch(r"([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})", piece)
    if not found:
        raise UnreadableHours(f"“{piece}” is not a range of times: write 09:00-17:00, or off")
    hour, minute, end_hour, end_minute = (int(digits) for digits in found.groups())
    start, end = hour * 60 + minute, end_hour * 60 + end_minute
    if max(minute, end_minute) > 59 or start >= WHOLE_DAY or end > WHOLE_DAY:
        raise UnreadableHours(f"“{piece}” has a time that no clock shows (24:00 only ends a range)")
    if start == end:
        raise UnreadableHours(f"“{piece}” begins when it ends: the whole day is 00:00-24:00")
    return Range(start, end if end > start else end + WHOLE_DAY)


def _together(ranges: Iterator[Range]) -> Plan:
    joined: list[Range] = []
    for one in sorted(ranges):
        if joined and one.start <= joined[-1].end:
            one = Range(joined[-1].start, max(joined.pop().end, one.end))
        joined.append(one)
    return tuple(joined)


def as_written(hours: str | None) -> str:
    """Opening hours in plain words, for paper: "Monday to Friday, 10am to 4pm".

    Paper is read on another day, so it never says "open now". Without hours, or with hours that
    cannot be read, it says nothing.
    """
    try:
        return _written(parse(hours or ""))
    except UnreadableHours:
        return ""


def unanswered(hours: Iterable[str]) -> str:
    """When a service is shut by each of these opening hours, in plain words; empty for never."""
    read = [parse(each) for each in hours]
    week, days = 7 * WHOLE_DAY, [*range(-7 * WHOLE_DAY, 14 * WHOLE_DAY, WHOLE_DAY)]
    opened = _together(
        Range(day + one.start, day + one.end)
        for each in read
        for day, plan in zip(days, each.week * 3, strict=True)
        for one in plan
    )
    gaps = [(a.end, b.start) for a, b in pairwise(opened) if 0 <= a.end < week]
    if not gaps or any(each.always for each in read):
        return ""
    plans: list[Plan] = [()] * 7
    told: list[str] = []
    for start, end in gaps:
        day, at = divmod(start, WHOLE_DAY)
        if end - start <= WHOLE_DAY:
            plans[day] += (Range(at, at + end - start),)
        else:
            ends = [
                f"{day_name(each // WHOLE_DAY % 7)} {time_of_day(each)}" for each in (start, end)
            ]
            told.append(say("hours.range", first=ends[0], last=ends[1]))
    if any(plans):
        told.insert(0, _written(Hours(tuple(plans))))
    if _together(one for each in read for one in each.holiday or ()) != _ALL_DAY:
        told.append(say("hours.bank-holidays"))
    return "; ".join(told)


def _written(read: Hours) -> str:
    if read.always:
        return say("hours.always")
    names = {
        plan: _day_list([day for day in range(7) if read.week[day] == plan])
        for plan in dict.fromkeys(read.week)
        if plan
    }
    if read.holiday:
        usual = names.get(read.holiday)
        names[read.holiday] = (
            say("hours.and-bank-holidays", days=usual) if usual else say("hours.bank-holidays")
        )
    parts = [f"{days}, {_in_words(plan)}" for plan, days in names.items()]
    if parts and read.holiday == ():
        parts.append(say("hours.closed-bank-holidays"))
    return "; ".join(parts) or say("hours.closed")


def _day_list(days: list[int]) -> str:
    """Weekdays (0 is Monday) in words; three or more in a row, also over Sunday, are a range."""
    if len(days) == 7:
        return say("hours.every-day")
    firsts = [day for day in days if (day - 1) % 7 not in days]
    names = [day_name(day) for day in days]
    if len(firsts) == 1 and len(days) >= 3:
        last = (firsts[0] + len(days) - 1) % 7
        return say("hours.range", first=day_name(firsts[0]), last=day_name(last))
    return listed(names)


def _in_words(plan: Plan) -> str:
    if plan == _ALL_DAY:
        return say("hours.all-day")
    return listed(
        [
            say("hours.range", first=time_of_day(one.start), last=time_of_day(one.end))
            for one in plan
        ]
    )


_ONE_DAY = timedelta(days=1)


class _Day(Enum):
    ORDINARY = auto()
    HOLIDAY = auto()
    MOVED = auto()  # the Saturday or Sunday whose holiday is taken on a later weekday
    UNCOVERED = auto()  # the table does not reach so far


class BankHolidays(Frozen):
    """GOV.UK's bank holidays, by nation.

    ``holidays`` are the days off, ``moved`` the weekend days for which one of them stands in.
    Nothing is known before ``covers_from`` or after ``covers_until`` (both included).
    """

    covers_from: date
    covers_until: date
    holidays: Mapping[str, frozenset[date]]
    moved: Mapping[str, frozenset[date]]

    @classmethod
    def load(cls) -> Self:
        """The table in the package."""
        path = Path(__file__).parent / "bank-holidays.json"
        table = from_json(path.read_bytes(), dict[str, Any])

        def dates(key: str) -> dict[str, frozenset[date]]:
            return {
                name: frozenset(
                    date.fromisoformat(row[key])
                    for row in table[nation.bank_holidays]
                    if key in row
                )
                for name, nation in NATIONS.items()
            }

        return cls(
            covers_from=date.fromisoformat(table["covers_from"]),
            covers_until=date.fromisoformat(table["covers_until"]),
            holidays=dates("date"),
            moved=dates("instead_of"),
        )

    def _kind(self, nation: str, day: date) -> _Day:
        if not self.covers_from <= day <= self.covers_until:
            return _Day.UNCOVERED
        if day in self.holidays[nation]:
            return _Day.HOLIDAY
        return _Day.MOVED if day in self.moved[nation] else _Day.ORDINARY


class Openness(StrEnum):
    """The state of a service, in the order in which a page lists its routes."""

    OPEN = "open"
    UNKNOWN = "unknown"
    SHUT = "shut"


class Availability(Frozen):
    """The state of a service at one moment. All moments are in Europe/London.

    ``until`` is the end of the period in which an open service is known to be open; None if that
    is more than six days ahead. ``opens`` is the first moment at which a shut service is known to
    be open, or None. ``at_the_latest``: it may open earlier, because a bank holiday lies between
    or the nations differ.
    """

    state: Openness
    at: datetime
    until: datetime | None = None
    opens: datetime | None = None
    at_the_latest: bool = False

    def says(self) -> str:
        """In a few words for a page: "open now, until 10pm", "opens at 9am tomorrow". Empty if it
        is not known."""
        if self.state is Openness.UNKNOWN:
            return ""
        if self.state is Openness.OPEN:
            if self.until is None:
                return say("hours.open")
            return say("hours.open-until", time=self._ends(self.until))
        if self.opens is None:
            return say("hours.shut")
        key = "hours.opens-latest" if self.at_the_latest else "hours.opens"
        return say(key, when=self._begins(self.opens))

    def _ends(self, until: datetime) -> str:
        clock = clock_time(until)
        days = (evening(until) - self.at.date()).days
        if days == 0 or (not is_midnight(until) and until - self.at < timedelta(hours=12)):
            return clock
        if days == 1:
            return say("hours.time-tomorrow", time=clock)
        return say("hours.time-on", time=clock, day=weekday(evening(until)))

    def _begins(self, opens: datetime) -> str:
        clock, day = clock_time(opens), evening(opens)
        days = (day - self.at.date()).days
        which = {0: "today", 1: "tomorrow"}.get(days, "on" if days <= FURTHEST_WEEKDAY else "date")
        key = f"hours.{'midnight' if is_midnight(opens) else 'at'}-{which}"
        return say(key, time=clock, day=weekday(day), date=long_date(day))


class Clock(Frozen):
    """The moment at which a page is read, and the table of bank holidays.

    Paper has no moment: a page without a clock gives opening hours instead of "open now".
    """

    at: datetime
    holidays: BankHolidays


def availability(
    hours: str | None, at: datetime, nation: str | None, holidays: BankHolidays
) -> Availability:
    """Whether a service with these hours is open at a moment, for a person in this nation.

    - No hours, or hours that cannot be read: unknown. ``24/7`` is always open.
    - On a bank holiday of the nation, hours that say nothing about PH are unknown all that day:
      no source says what such services do then.
    - The Saturday or Sunday whose holiday is taken on a weekday (Boxing Day in 2026) may be kept
      either way: it is known only where its usual hours and the PH hours agree, or where the
      service never opens on that weekday and says nothing about PH.
    - A range that began the day before counts by the day on which it began.
    - Without a nation (None, or any word that is not one of the four) an answer stands only if it
      is the same in every nation.
    - Outside the years that the table covers: unknown.

    ``at`` may be in any time zone, but must be in one: a naive moment is a ValueError.
    """
    if at.utcoffset() is None:
        raise ValueError("a moment needs its time zone")
    here = at.astimezone(london())
    unknown = Availability(Openness.UNKNOWN, here)
    try:
        read = parse(hours or "")
    except UnreadableHours:
        return unknown
    if read.always:
        return Availability(Openness.OPEN, here)

    found = tuple(
        _foresee(read, here, holidays, partial(holidays._kind, each))
        for each in ([nation] if nation and nation in NATIONS else NATIONS)
    )
    first = found[0]
    if len(set(found)) == 1:
        return first
    if any(one.state is not first.state for one in found):
        return unknown
    if first.state is Openness.OPEN:
        return Availability(Openness.OPEN, here)
    opens = [one.opens for one in found if one.opens]
    latest = max(opens, key=datetime.timestamp) if len(opens) == len(found) else None
    return Availability(Openness.SHUT, here, opens=latest, at_the_latest=latest is not None)


def _foresee(
    hours: Hours, here: datetime, holidays: BankHolidays, kind: Callable[[date], _Day]
) -> Availability:
    state = _state(hours, here, kind)
    if state is Openness.UNKNOWN:
        return Availability(state, here)
    within_a_week = here.date() + (FURTHEST_WEEKDAY + 1) * _ONE_DAY
    last = within_a_week if state is Openness.OPEN else holidays.covers_until
    doubt = False
    for moment in _changes(hours, here, last):
        then = _state(hours, moment, kind)
        if state is Openness.OPEN and then is not Openness.OPEN:
            near = evening(moment) < within_a_week
            return Availability(state, here, until=moment if near else None)
        if state is Openness.SHUT and then is Openness.OPEN:
            return Availability(state, here, opens=moment, at_the_latest=doubt)
        doubt = doubt or then is Openness.UNKNOWN
    return Availability(state, here)


def _state(hours: Hours, here: datetime, kind: Callable[[date], _Day]) -> Openness:
    day, minute = here.date(), here.hour * 60 + here.minute
    eve = day - _ONE_DAY
    told = (hours.week[eve.weekday()], hours.holiday or ())
    nights: set[bool] = set()
    for plan in _possible(hours, eve.weekday(), kind(eve)):
        begun = (plan,) if plan is not None else (*told, ())
        nights |= {_covers(ranges, minute + WHOLE_DAY) for ranges in begun}
    if nights == {True}:
        return Openness.OPEN
    today, *others = _possible(hours, day.weekday(), kind(day))
    if today is None or others:
        return Openness.UNKNOWN
    if _covers(today, minute):
        return Openness.OPEN
    return Openness.UNKNOWN if True in nights else Openness.SHUT


def _possible(hours: Hours, weekday: int, kind: _Day) -> set[Plan | None]:
    """The plans that may hold on such a day; None stands for an unknown plan."""
    usual = hours.week[weekday]
    if kind is _Day.ORDINARY:
        return {usual}
    if kind is _Day.MOVED:
        return {usual, hours.holiday or ()}
    return {hours.holiday if kind is _Day.HOLIDAY else None}


def _covers(plan: Plan, minute: int) -> bool:
    return any(one.covers(minute) for one in plan)


def _changes(hours: Hours, here: datetime, last: date) -> Iterator[datetime]:
    """Every later moment up to the end of ``last`` at which the state could change, in order.

    These are the midnights, the ends of ranges (both times, where the autumn repeats them) and
    01:00 UTC, at which the clocks change.
    """
    plans = (*hours.week, hours.holiday or ())
    marks = {0} | {
        minute % WHOLE_DAY for plan in plans for one in plan for minute in (one.start, one.end)
    }
    zone = here.tzinfo
    now, day = here.astimezone(UTC), here.date()
    while day <= last:
        moments = {datetime.combine(day, time(1), UTC)} | {
            datetime.combine(day, time(mark // 60, mark % 60, fold=fold), zone).astimezone(UTC)
            for mark in marks
            for fold in (0, 1)
        }
        for moment in sorted(moments):
            if moment > now:
                yield moment.astimezone(zone)
        day += _ONE_DAY
