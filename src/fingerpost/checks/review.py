"""Has a person looked at this lately, and is there anything behind what it says?

Numbers change and advice ages. These are the only checks that depend on the day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Severity
from . import Manual

if TYPE_CHECKING:
    from ..model import Library, Route, Tree

MANUALS = (
    Manual(
        "FP402",
        "A tree that is due to be reviewed",
        "Past its day every page of a tree says that it is overdue. The warning comes 30 days "
        "before, so that there is time for a person to read the whole tree and set a new day.",
        bad="""\
# bullied.yaml, at its top
review-by: 2026-06-30
""",
        good="""\
# bullied.yaml, at its top
review-by: 2027-05-31
""",
    ),
    Manual(
        "FP403",
        "A route that nobody has checked for a year",
        "Where a route's source was seen more than a year ago, or nobody knows when, and no "
        "person has checked it since, its number may have changed. Ring it or open it, and then "
        "write down who did so and when. Only that person may write it.",
        bad="""\
# routes/uk.yaml, in childline
source: {url: "https://www.example.org", seen: 2022-08}
""",
        good="""\
# routes/uk.yaml, in childline
source: {url: "https://www.example.org", seen: 2022-08}
checked: {date: 2026-05-20, by: safeguarding lead}
""",
    ),
    Manual(
        "FP404",
        "A tree without any source",
        "Whoever signs a tree off wants to know where its advice comes from. At least one of the "
        "lines that it shows names a source.",
        bad="""\
# bullied.yaml, in told
advice:
  - do: Tell someone you trust.
""",
        good="""\
# bullied.yaml, in told
advice:
  - do: Tell someone you trust.
    source: guide
""",
    ),
)
"""What the codes mean."""

_SOON = timedelta(days=30)
_MOMENT = re.compile(r"(?<!\d)(20\d\d)(?!\d)(?:-(\d\d)(?!\d)(?:-(\d\d)(?!\d))?)?")
"""A year, and perhaps a month (or, after 2024-25, a second year) and a day."""


def find(library: Library, today: date | None = None) -> tuple[Diagnostic, ...]:
    """Every tree that is due or has no source, and every route that nobody has checked lately.

    ``today`` is the day to judge by; None is the day on which this runs.
    """
    day = today or date.today()
    found = [mistake for tree in library.trees.values() for mistake in _in_tree(tree, day)]
    for route in library.routes.values():
        found += _in_route(route, day)
    return tuple(sorted(found, key=lambda mistake: mistake.order))


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


def _in_tree(tree: Tree, day: date) -> Iterator[Diagnostic]:
    due = f"{tree.name} was to be reviewed by {tree.review_by}"
    if tree.review_by >= day:
        due = f"{tree.name} is to be reviewed by {tree.review_by}"
    if tree.review_by - day <= _SOON:
        hint = "let a person read the whole tree, and then set a new day in “review-by”"
        yield Diagnostic("FP402", due, tree.span, Severity.WARNING, hint)
    if not any(line.source for outcome in tree.outcomes.values() for line in outcome.advice):
        message, hint = f"{tree.name} names no source", "name one beside a line of advice: source:"
        yield Diagnostic("FP404", message, tree.span, Severity.WARNING, hint)


def _in_route(route: Route, day: date) -> Iterator[Diagnostic]:
    known: date | None
    if route.checked:
        known, said = route.checked.on, f"was last checked on {route.checked.on}"
    elif route.source:
        seen = route.source.seen
        known, said = latest(seen), f"has a source that was seen “{seen}”, and nobody checked it"
    else:
        return  # an organisation's own details have no source
    if known is None or known < _a_year_before(day):
        place = route.spans.get("checked" if route.checked else "source", route.span)
        hint = "try it, and write down: checked: {date, by}"
        yield Diagnostic("FP403", f"route {route.name} {said}", place, Severity.NOTICE, hint)


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)
