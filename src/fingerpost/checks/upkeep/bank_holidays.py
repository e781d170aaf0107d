"""FP412: a table of bank holidays that ends within half a year.

Past its end no opening hours are certain, and no page says whether a line is open. The day itself
would go unnoticed, so the warning comes before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ...model.diagnostics import Diagnostic, Span
from ...model.library import Library
from ...page.opening_hours import BankHolidays, UnreadableHours, parse

_SOON = timedelta(days=183)


def find(library: Library, today: date) -> Iterator[Diagnostic]:
    """One warning, at the first hours that a bank holiday can change, if the table ends soon."""
    until = BankHolidays.load().covers_until
    first = _first_hours(library) if until - today <= _SOON else None
    if first is not None:
        message = f"the bank holidays are known until {until}, and these hours depend on them"
        hint = "get a newer fingerpost, or add the next years to its page/bank-holidays.json"
        yield Diagnostic("FP412", message, first, hint=hint)


def _first_hours(library: Library) -> Span | None:
    """Where the first opening hours stand that are not the same on every day."""
    for route in library.routes.values():
        if any(map(_varies, route.hours.values())):
            return route.spans.get("hours", route.span)
    return None


def _varies(hours: str) -> bool:
    try:
        return not parse(hours).always
    except UnreadableHours:  # FP153
        return False
