"""Names that only the whole library can judge: doors from tree to tree, and needs to routes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fingerpost.reading.loader import load

Change = Callable[[str, str, str], None]


def test_a_need_that_no_route_serves_is_one_mistake_where_it_is_first_named(
    folder: Path, change: Change
) -> None:
    """Not one at each of the endings that name it."""
    change("routes/uk.yaml", "serves: [talk]", "serves: [emergency]")
    change("routes/wales.yaml", "serves: talk", "serves: emergency")
    [mistake] = load([folder]).mistakes
    assert (mistake.code, mistake.span.line, mistake.span.column) == ("FP206", 75, 9)
    assert mistake.span.file.endswith("first.yaml")
    assert mistake.message == "no route serves the need “talk”"
    assert mistake.hint == "add it to the “serves” of a route"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("serves: [talk]", "serves: [tlak]", "FP205"),
        ("    serves: [talk]\n", "", "FP102"),
        ("  line:\n    name: A line\n", "  line: later\n  more:\n    name: A line\n", "FP101"),
        ("routes:\n", "routes: {\n", "FP001"),
    ],
)
def test_while_a_route_cannot_be_read_nothing_is_said_of_what_is_not_served(
    folder: Path, change: Change, old: str, new: str, code: str
) -> None:
    change("routes/wales.yaml", "serves: talk", "serves: emergency")
    change("routes/uk.yaml", old, new)
    reading = load([folder])
    assert [m.code for m in reading.mistakes] == [code]
