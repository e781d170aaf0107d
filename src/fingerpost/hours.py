"""Is a service open now, and when does it open next.

Hours are a small subset of OpenStreetMap's ``opening_hours``: ``24/7``, or rules such as
``Mo-Fr 09:00-17:00; Sa 10:00-14:00; PH off``. Everything is in Europe/London and speaks of the
clock on the wall: in the hour that the autumn repeats, a range that covers 01:15 covers it twice,
and in spring the minutes that do not exist are nobody's opening hours.

Where we cannot be sure we say so. A caller who is told *open* and hears an answering machine may
not try again; one who is told *check before you call* loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, StrEnum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeAlias

from .frozen import Frozen

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WHOLE_DAY = 24 * 60
_ONE_DAY = timedelta(days=1)
_LAST_HOUR = 23
_FURTHEST_WEEKDAY = 6  # days ahead for which the name of a weekday is not ambiguous

_DIVISIONS = ("england-and-wales", "scotland", "northern-ireland")
_DIVISION_OF = {
    "england": _DIVISIONS[:1],
    "wales": _DIVISIONS[:1],
    "scotland": _DIVISIONS[1:2],
    "northern-ireland": _DIVISIONS[2:],
}

CHECK = "check before you call"
"""What is said wherever the hours, or the bank holidays, are not known for sure."""


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

_ALL_DAY: Plan = (Range(0, _WHOLE_DAY),)


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
    rule for Saturday does not cut it short. (Strict OpenStreetMap readers would cut it, which is
    not what anyone who writes such hours means.) The rule for bank holidays, ``PH``, comes last.

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
    if max(minute, end_minute) > 59 or start >= _WHOLE_DAY or end > _WHOLE_DAY:
        raise UnreadableHours(f"“{piece}” has a time that no clock shows (24:00 only ends a range)")
    if start == end:
        raise UnreadableHours(f"“{piece}” begins when it ends: the whole day is 00:00-24:00")
    return Range(start, end if end > start else end + _WHOLE_DAY)


def _together(ranges: Iterator[Range]) -> Plan:
    joined: list[Range] = []
    for one in sorted(ranges):
        if joined and one.start <= joined[-1].end:
            one = Range(joined[-1].start, max(joined.pop().end, one.end))
        joined.append(one)
    return tuple(joined)


class _Day(Enum):
    ORDINARY = auto()
    HOLIDAY = auto()
    MOVED = auto()  # the Saturday or Sunday whose holiday is taken on a later weekday
    UNCOVERED = auto()  # the table does not reach so far


class BankHolidays(Frozen):
    """GOV.UK's bank holidays, by its three divisions of the United Kingdom.

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
        import json  # only an ending asks, never --version or --help

        path = Path(__file__).parent / "data" / "bank-holidays.json"
        table = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            source=table["source"],
            licence=table["licence"],
            as_of=date.fromisoformat(table["as_of"]),
            covers_from=date.fromisoformat(table["covers_from"]),
            covers_until=date.fromisoformat(table["covers_until"]),
            holidays={
                division: frozenset(date.fromisoformat(row["date"]) for row in table[division])
                for division in _DIVISIONS
            },
            moved={
                division: frozenset(
                    date.fromisoformat(row["instead_of"])
                    for row in table[division]
                    if "instead_of" in row
                )
                for division in _DIVISIONS
            },
        )

    def _kind(self, day: date, division: str) -> _Day:
        if not self.covers_from <= day <= self.covers_until:
            return _Day.UNCOVERED
        if day in self.holidays[division]:
            return _Day.HOLIDAY
        return _Day.MOVED if day in self.moved[division] else _Day.ORDINARY


class State(StrEnum):
    """Whether anyone answers, in the order in which a page lists its routes."""

    OPEN = "open"
    UNKNOWN = "unknown"
    SHUT = "shut"


class Availability(Frozen):
    """Whether a service is open at one moment. All moments are in Europe/London.

    ``until`` is when an open service shuts, or when we stop being sure that it is open; None if
    that is more than six days off. ``opens`` is the first moment at which a shut service is open
    for sure, or None. ``at_the_latest`` says that it may open before that: a bank holiday lies
    between, or the nations differ.
    """

    state: State
    at: datetime
    until: datetime | None = None
    opens: datetime | None = None
    at_the_latest: bool = False

    def says(self) -> str:
        """In a few words for a page: "open now, until 10pm", "opens at 9am tomorrow"."""
        if self.state is State.UNKNOWN:
            return CHECK
        if self.state is State.OPEN:
            return f"open now, until {self._ends(self.until)}" if self.until else "open now"
        if self.opens is None:
            return f"shut now, {CHECK}"
        return f"opens {self._begins(self.opens)}{' at the latest' * self.at_the_latest}"

    def _ends(self, until: datetime) -> str:
        clock = _clock(until)
        days = (_evening(until) - self.at.date()).days
        if days == 0 or (clock != "midnight" and until - self.at < timedelta(hours=12)):
            return clock
        return f"{clock} {'tomorrow' if days == 1 else 'on ' + _weekday(_evening(until))}"

    def _begins(self, opens: datetime) -> str:
        clock, day = _clock(opens), _evening(opens)
        days = (day - self.at.date()).days
        if clock == "midnight":
            near = {0: "tonight", 1: "tomorrow night"}.get(days, f"on {_weekday(day)} night")
            far = f"at midnight on the night of {_long_date(day)}"
            return f"at midnight {near}" if days <= _FURTHEST_WEEKDAY else far
        near = {0: "today", 1: "tomorrow"}.get(days, f"on {_weekday(day)}")
        far = f"{_long_date(day)} at {clock}"
        return f"at {clock} {near}" if days <= _FURTHEST_WEEKDAY else far


def availability(
    hours: str | None, at: datetime, nation: str | None, holidays: BankHolidays
) -> Availability:
    """Whether a service with these hours is open at a moment, for a person in this nation.

    - No hours, or hours that cannot be read: unknown. ``24/7`` is always open.
    - On a bank holiday of the nation, hours that say nothing about PH are unknown all that day:
      no source we have read says what such services do then.
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
    here = at.astimezone(_london())
    unknown = Availability(State.UNKNOWN, here)
    try:
        read = parse(hours) if hours is not None else None
    except UnreadableHours:
        return unknown
    if read is None:
        return unknown
    if read.always:
        return Availability(State.OPEN, here)

    def in_division(division: str) -> Availability:
        return _foresee(read, here, holidays, lambda day: holidays._kind(day, division))

    found = tuple(map(in_division, _DIVISION_OF.get(nation or "", _DIVISIONS)))
    first = found[0]
    if len(set(found)) == 1:
        return first
    if any(one.state is not first.state for one in found):
        return unknown
    if first.state is State.OPEN:
        return Availability(State.OPEN, here)
    opens = [one.opens for one in found if one.opens]
    latest = max(opens, key=datetime.timestamp) if len(opens) == len(found) else None
    return Availability(State.SHUT, here, opens=latest, at_the_latest=latest is not None)


def _foresee(
    hours: Hours, here: datetime, holidays: BankHolidays, kind: Callable[[date], _Day]
) -> Availability:
    state = _state(hours, here, kind)
    if state is State.UNKNOWN:
        return Availability(state, here)
    within_a_week = here.date() + (_FURTHEST_WEEKDAY + 1) * _ONE_DAY
    last = within_a_week if state is State.OPEN else holidays.covers_until
    doubt = False
    for moment in _changes(hours, here, last):
        then = _state(hours, moment, kind)
        if state is State.OPEN and then is not State.OPEN:
            near = _evening(moment) < within_a_week
            return Availability(state, here, until=moment if near else None)
        if state is State.SHUT and then is State.OPEN:
            return Availability(state, here, opens=moment, at_the_latest=doubt)
        doubt = doubt or then is State.UNKNOWN
    return Availability(state, here)


def _state(hours: Hours, here: datetime, kind: Callable[[date], _Day]) -> State:
    day, minute = here.date(), here.hour * 60 + here.minute
    eve = day - _ONE_DAY
    told = (hours.week[eve.weekday()], hours.holiday or ())
    nights: set[bool] = set()
    for plan in _possible(hours, eve.weekday(), kind(eve)):
        begun = (plan,) if plan is not None else (*told, ())
        nights |= {_covers(ranges, minute + _WHOLE_DAY) for ranges in begun}
    if nights == {True}:
        return State.OPEN
    today, *others = _possible(hours, day.weekday(), kind(day))
    if today is None or others:
        return State.UNKNOWN
    if _covers(today, minute):
        return State.OPEN
    return State.UNKNOWN if True in nights else State.SHUT


def _possible(hours: Hours, weekday: int, kind: _Day) -> set[Plan | None]:
    """The plans that may hold on such a day. None stands for one that nobody has told us."""
    usual = hours.week[weekday]
    if kind is _Day.ORDINARY:
        return {usual}
    if kind is _Day.MOVED:
        return {usual, hours.holiday or ()}
    return {hours.holiday if kind is _Day.HOLIDAY else None}


def _covers(plan: Plan, minute: int) -> bool:
    return any(one.covers(minute) for one in plan)


def _changes(hours: Hours, here: datetime, last: date) -> Iterator[datetime]:
    """Every moment after this one, to the end of a day, at which anything could change, in order.

    These are the midnights, the ends of ranges (both times, where the autumn repeats them) and
    01:00 UTC, at which the clocks change.
    """
    plans = (*hours.week, hours.holiday or ())
    marks = {0} | {
        minute % _WHOLE_DAY for plan in plans for one in plan for minute in (one.start, one.end)
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


def moment(text: str) -> datetime:
    """The moment that ``--now`` names, in Europe/London.

    ``2026-12-25`` means midday on that day, ``2026-12-25T03:00`` that minute. A minute that the
    clocks skip in spring means the one an hour later; of an autumn minute that comes twice, the
    first is meant. Anything else is a ValueError with one sentence.
    """
    found = re.fullmatch(r"(20[0-9]{2})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}))?", text)
    if not found:
        raise ValueError(f"“{text}” is not a moment: write 2026-12-25 (midday) or 2026-12-25T03:00")
    year, month, day, hour, minute = (int(digits) for digits in found.groups(default="-1"))
    if hour == -1:
        hour, minute = 12, 0
    try:
        named = datetime(year, month, day, hour, minute, tzinfo=_london())
    except ValueError:
        raise ValueError(f"“{text}” is on no calendar or clock") from None
    return named.astimezone(UTC).astimezone(_london())


def now() -> datetime:
    """This moment in Europe/London, whatever the computer's own time zone."""
    return datetime.now(_london())


def today() -> date:
    """The date in Europe/London, whatever the computer's own time zone."""
    return london_day(datetime.now(UTC))


def london_day(utc: datetime) -> date:
    """The date in Europe/London at a moment of 1972 or later that is given in UTC.

    Clocks there are never behind UTC, and never more than an hour before it. So the time zone,
    which takes a while to load, decides nothing but the last hour of a day.
    """
    return utc.date() if utc.hour < _LAST_HOUR else utc.astimezone(_london()).date()


def as_written(hours: str | None) -> str:
    """Opening hours in plain words, for paper: "Monday to Friday, 10am to 4pm".

    Paper is read on another day, so it never says "open now". Without hours, or with hours that
    cannot be read, it says to check.
    """
    try:
        read = parse(hours) if hours is not None else None
    except UnreadableHours:
        read = None
    if read is None:
        return CHECK
    if read.always:
        return "any time, day or night"
    names = {
        plan: _day_list([day for day in range(7) if read.week[day] == plan])
        for plan in dict.fromkeys(read.week)
        if plan
    }
    if read.holiday:
        usual = names.get(read.holiday)
        names[read.holiday] = f"{usual} and bank holidays" if usual else "bank holidays"
    parts = [f"{days}, {_in_words(plan)}" for plan, days in names.items()]
    if parts and read.holiday == ():
        parts.append("closed on bank holidays")
    return "; ".join(parts) or "closed"


def _day_list(days: list[int]) -> str:
    """Weekdays (0 is Monday) in words; three or more in a row, also over Sunday, are a range."""
    if len(days) == 7:
        return "every day"
    firsts = [day for day in days if (day - 1) % 7 not in days]
    names = [_DAY_NAMES[day] for day in days]
    if len(firsts) == 1 and len(days) >= 3:
        return f"{_DAY_NAMES[firsts[0]]} to {_DAY_NAMES[(firsts[0] + len(days) - 1) % 7]}"
    return _and(names)


def _in_words(plan: Plan) -> str:
    if plan == _ALL_DAY:
        return "all day and all night"
    return _and([f"{_minute(one.start)} to {_minute(one.end)}" for one in plan])


def _and(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _clock(when: datetime) -> str:
    return _minute(when.hour * 60 + when.minute)


def _minute(minute: int) -> str:
    """A time of day as GOV.UK writes it: 9am, 5:30pm, midday, midnight."""
    minute %= _WHOLE_DAY
    if minute in {0, _WHOLE_DAY // 2}:
        return "midday" if minute else "midnight"
    hour, past = divmod(minute, 60)
    half = "am" if hour < 12 else "pm"
    return f"{(hour - 1) % 12 + 1}{f':{past:02}' if past else ''}{half}"


def _evening(when: datetime) -> date:
    """The day to which people count a moment: midnight ends the day before."""
    return (when - timedelta(minutes=1)).date() if _clock(when) == "midnight" else when.date()


def _weekday(day: date) -> str:
    return _DAY_NAMES[day.weekday()]


def _long_date(day: date) -> str:
    return f"{_weekday(day)} {day.day} {_MONTH_NAMES[day.month - 1]}"


def _london() -> ZoneInfo:
    from zoneinfo import ZoneInfo  # slow to import, and only an ending needs it

    return ZoneInfo("Europe/London")
