"""Moments and dates in Europe/London, parsed and put into words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from .messages import say

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo
WHOLE_DAY = 24 * 60
_LAST_HOUR = 23
FURTHEST_WEEKDAY = 6  # days ahead for which the name of a weekday is not ambiguous


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
        named = datetime(year, month, day, hour, minute, tzinfo=london())
    except ValueError:
        raise ValueError(f"“{text}” is on no calendar or clock") from None
    return named.astimezone(UTC).astimezone(london())


def now() -> datetime:
    """The current moment in Europe/London, whatever the computer's time zone."""
    return datetime.now(london())


def today() -> date:
    """The current date in Europe/London, whatever the computer's time zone."""
    return london_day(datetime.now(UTC))


def london_day(utc: datetime) -> date:
    """The date in Europe/London of a UTC moment of 1972 or later.

    The offset is 0 or 1 hour, so the time zone, which is slow to load, matters only in the last
    hour of a day.
    """
    return utc.date() if utc.hour < _LAST_HOUR else utc.astimezone(london()).date()


def clock_time(when: datetime) -> str:
    return time_of_day(when.hour * 60 + when.minute)


def time_of_day(minute: int) -> str:
    """A time of day as GOV.UK writes it: 9am, 5:30pm, midday, midnight."""
    minute %= WHOLE_DAY
    if minute in {0, WHOLE_DAY // 2}:
        return say("time.midday" if minute else "time.midnight")
    hour, past = divmod(minute, 60)
    twelve = f"{(hour - 1) % 12 + 1}{f':{past:02}' if past else ''}"
    return say("time.am" if hour < 12 else "time.pm", hour=twelve)


def evening(when: datetime) -> date:
    """The day that a moment belongs to in speech: midnight ends the day before."""
    return (when - timedelta(minutes=1)).date() if is_midnight(when) else when.date()


def is_midnight(when: datetime) -> bool:
    return when.hour == when.minute == 0


def weekday(day: date) -> str:
    return day_name(day.weekday())


def day_name(weekday: int) -> str:
    return say(f"day.{weekday}")


def long_date(day: date) -> str:
    return say("date.long", weekday=weekday(day), day=day.day, month=say(f"month.{day.month}"))


def date_of_year(day: date) -> str:
    return say("date.of-year", day=day.day, month=say(f"month.{day.month}"), year=day.year)


def london() -> ZoneInfo:
    from zoneinfo import ZoneInfo  # slow to import, and only an ending needs it

    return ZoneInfo("Europe/London")
