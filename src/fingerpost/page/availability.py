"""Whether a service is open at a moment, and when it opens next.

Hours are a small subset of OpenStreetMap's ``opening_hours``: ``24/7``, or rules such as
``Mo-Fr 09:00-17:00; Sa 10:00-14:00; PH off``. Everything is in Europe/London and speaks of the
clock on the wall: in the hour that the autumn repeats, a range that covers 01:15 covers it twice,
and in spring the minutes that do not exist are in no opening hours.

The answer is three-valued, and unknown wherever the source does not settle it: a caller who is
told *open* and hears an answering machine may not try again; one who is told nothing tries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, StrEnum, auto
from functools import partial
from pathlib import Path
from typing import Any, Self

from ..model.base import Frozen, from_json
from ..model.facts import NATIONS
from .london_time import (
    FURTHEST_WEEKDAY,
    WHOLE_DAY,
    clock_time,
    evening,
    is_midnight,
    london,
    long_date,
    weekday,
)
from .messages import say
from .opening_hours import Hours, Plan, UnreadableHours, parse

_ONE_DAY = timedelta(days=1)


class _Day(Enum):
    ORDINARY = auto()
    HOLIDAY = auto()
    MOVED = auto()  # the Saturday or Sunday whose holiday is taken on a later weekday
    UNCOVERED = auto()  # the table does not reach so far


class BankHolidays(Frozen):
    """GOV.UK's bank holidays, by nation.

    ``holidays`` are the days off, ``moved`` the weekend days for which one of them stands in.
    Nothing is known before ``covers_from`` or after ``covers_until`` (both included). ``as_of``
    is the day on which the table was put together.
    """

    source: str
    licence: str
    as_of: date
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
            source=table["source"],
            licence=table["licence"],
            as_of=date.fromisoformat(table["as_of"]),
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
