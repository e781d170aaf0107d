"""FP402, FP403, FP404 and FP412: what is due for review, has no source, or is soon out of date.

Numbers change and advice ages. A tree says until which day its words may stand, and a route when it
was last seen to be right; an imprecise date is taken for its last day. Past the end of the table of
bank holidays no opening hours are certain, and no page says whether a line is open. The day itself
would go unnoticed, so the warning comes before it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from ...model.diagnostics import Diagnostic, Span
from ...model.library import Library
from ...model.route import Route
from ...model.tree import Tree
from ...page.opening_hours import BankHolidays, UnreadableHours, parse

_SOON = timedelta(days=30)
_MOMENT = re.compile(r"(?<!\d)(20\d\d)(?!\d)(?:-(\d\d)(?!\d)(?:-(\d\d)(?!\d))?)?")
"""A year, and perhaps a month (or, after 2024-25, a second year) and a day."""


def due(tree: Tree, day: date) -> bool:
    """Whether the review of a tree is due: its day has passed, or comes within 30 days."""
    return tree.review_by - day <= _SOON


def stale(route: Route, day: date) -> bool:
    """Whether a route was last recorded to be right more than a year ago, or at an unknown time.

    False for an organisation's own details that have neither a source nor a check: they have no
    date that could be too old.
    """
    if route.checked:
        last: date | None = route.checked.on
    elif route.source:
        last = latest(route.source.seen)
    else:
        return False
    return last is None or last < years_before(day, 1)


def latest(written: str) -> date | None:
    """The last day that a date such as 2024, 2024-25, 2024-03 or “May 2026” can mean.

    None if it names no year, or says “later”, and so may mean any day.
    """
    if "later" in written:
        return None
    days = []
    for year, second, day in _MOMENT.findall(written):
        last = date(int(year), 12, 31)
        if second and 1 <= int(second) <= 12:
            month = int(second)
            end = monthrange(last.year, month)[1]
            last = date(last.year, month, int(day) if day and 1 <= int(day) <= end else end)
        elif second:
            last = date(last.year // 100 * 100 + int(second), 12, 31)
        days.append(last)
    return max(days, default=None)


def years_before(day: date, years: int) -> date:
    """The same day a number of years before; the 28th for 29 February."""
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


def find(library: Library, today: date) -> Iterator[Diagnostic]:
    """Every tree that is due or has no source, every route whose last check is too old, and the
    bank holidays if their table ends soon."""
    yield from _reviews(library, today)
    yield from _bank_holidays(library, today)


def _reviews(library: Library, today: date) -> Iterator[Diagnostic]:
    """Every tree that is due or has no source, and every route whose last check is too old."""
    for tree in library.trees.values():
        yield from _in_tree(tree, today)
    for route in library.routes.values():
        yield from _in_route(route, today)


def _in_tree(tree: Tree, day: date) -> Iterator[Diagnostic]:
    if due(tree, day):
        was = "is" if tree.review_by >= day else "was"
        message = f"{tree.name} {was} to be reviewed by {tree.review_by}"
        hint = "let a person read the whole tree, and then set a new day in “review-by”"
        yield Diagnostic("FP402", message, tree.span, hint=hint)
    if not any(line.source for outcome in tree.outcomes.values() for line in outcome.advice):
        message, hint = f"{tree.name} names no source", "name one beside a line of advice: source:"
        yield Diagnostic("FP404", message, tree.span, hint=hint)


def _in_route(route: Route, day: date) -> Iterator[Diagnostic]:
    if not stale(route, day):
        return
    if route.checked:
        place, said = "checked", f"was last checked on {route.checked.on}"
    else:
        seen = route.source.seen if route.source else ""
        place, said = "source", f"has a source that was seen “{seen}”, and nobody checked it"
    message, span = f"route {route.name} {said}", route.spans.get(place, route.span)
    hint = "try it, and write down: checked: {date, by}"
    yield Diagnostic("FP403", message, span, hint=hint)


_HALF_A_YEAR = timedelta(days=183)


def _bank_holidays(library: Library, today: date) -> Iterator[Diagnostic]:
    """One warning, at the first hours that a bank holiday can change, if the table ends soon."""
    until = BankHolidays.load().covers_until
    first = _first_hours(library) if until - today <= _HALF_A_YEAR else None
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
