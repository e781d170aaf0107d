"""FP402, FP403 and FP404: trees and routes due for review, and trees without a source.

Numbers change and advice ages. A tree says until which day its words may stand, and a route when it
was last seen to be right; an imprecise date is taken for its last day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from ...model.diagnostics import Diagnostic
from ...model.library import Library
from ...model.route import Route
from ...model.tree import Tree

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
