"""FP412: somebody is told half a year before the table of bank holidays ends."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from fingerpost.checks.upkeep import overdue
from fingerpost.model.diagnostics import Severity
from fingerpost.model.library import Library
from fingerpost.page.opening_hours import BankHolidays
from fingerpost.reading.loader import load, shipped

from ..support.checking import found_by

find = partial(found_by, overdue, only="FP412")


@pytest.fixture(scope="module")
def library() -> Library:
    return load([shipped()], ["threatened"], whole=True).library


END = BankHolidays.load().covers_until


@pytest.mark.parametrize(("days", "told"), [(184, False), (183, True), (0, True), (-400, True)])
def test_the_warning_comes_half_a_year_before_and_stays(
    library: Library, days: int, told: bool
) -> None:
    found = find(library, END - timedelta(days=days))
    assert bool(found) is told
    for mistake in found:
        assert mistake.code == "FP412"
        assert mistake.severity is Severity.WARNING
        assert str(END) in mistake.message
        assert "/routes/" in mistake.span.file
