"""Dates as people write them, and the last day that each can mean."""

from __future__ import annotations

from datetime import date

import pytest

from fingerpost.checks.upkeep.overdue import latest


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("2024", date(2024, 12, 31)), ("2024-02", date(2024, 2, 29)),
        ("2024-25", date(2025, 12, 31)),
        ("2024-11-04", date(2024, 11, 4)), ("2024-02-31", date(2024, 2, 29)),
        ("May 2026", date(2026, 12, 31)), ("20 Nov 2024", date(2024, 12, 31)),
        ("about 2017-19", date(2019, 12, 31)), ("2023 and undated", date(2023, 12, 31)),
        ("2024-03 and 2026-01", date(2026, 1, 31)), ("undated", None), ("", None),
        ("undated, 2022 or later", None), ("0800 20241", None),
    ],
)  # fmt: skip
def test_the_last_day_that_a_date_can_mean(written: str, last: date | None) -> None:
    assert latest(written) == last
