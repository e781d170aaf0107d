"""Parse and word a small subset of OpenStreetMap's ``opening_hours``.

``24/7``, or rules such as ``Mo-Fr 09:00-17:00; Sa 10:00-14:00; PH off``. Everything is in
Europe/London wall-clock time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from ..model.base import Frozen
from .london_time import WHOLE_DAY, day_name, time_of_day
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
        read = parse(hours or "")
    except UnreadableHours:
        return ""
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
