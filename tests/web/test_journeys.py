"""Walks in a browser are walks in Python: the same questions, pages and numbers at every step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

import pytest

from fingerpost.model.diagnostics import Severity
from fingerpost.model.library import Library
from fingerpost.reading.loader import load, shipped

from ..support.journeys import MOMENTS, Journey, at_random, compare
from ..support.odd_libraries import long_library, odd_library
from .test_page import with_approvals

pytestmark = pytest.mark.node

HERE = Path(__file__).parent
EVERY_KEY = HERE.parent / "fixtures" / "every_key"
EXAM = HERE.parent / "exam"

# --- libraries and journeys ----------------------------------------------------------------------


SHIPPED, CLUB, ALONE = range(3)
WEIGHTS = (6, 3, 1)
"""How often a journey at random is through each of these libraries."""


@cache
def library(which: int) -> Library:
    """What ships with all cases, what ships with a club's own details, or another alone."""
    if which == SHIPPED:
        reading = load([shipped()], own_cases=EXAM, whole=True)
    elif which == CLUB:
        reading = load([shipped()], local_file=HERE / "local.yaml")
    else:
        reading = load([EVERY_KEY], local_file=EVERY_KEY / "own" / "local.yaml", whole=True)
    found = (*reading.mistakes, *reading.local_mistakes)
    assert [each for each in found if each.severity is Severity.ERROR] == []
    return reading.library


def libraries() -> tuple[Library, ...]:
    return tuple(map(library, (SHIPPED, CLUB, ALONE)))


def at_random_through(which: Sequence[int], seed: int, count: int) -> list[Journey]:
    """Journeys at random through some of these libraries, the same for the same seed."""
    random = Random(seed)
    chosen = random.choices(which, [WEIGHTS[each] for each in which], k=count)
    return [at_random(random, library(each), each) for each in chosen]


def through_odd_ones(seed: int, count: int, each: int) -> tuple[list[Library], list[Journey]]:
    """Libraries at random, some of whose trees somebody has approved, and journeys through each."""
    random = Random(seed)
    odd = [with_approvals(random, odd_library(random), 0.5) for _ in range(count)]
    return odd, [at_random(random, odd[at], at) for at in range(count) for _ in range(each)]


# --- the walks -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_many_journeys_through_odd_libraries_are_the_same_in_a_browser() -> None:
    """And the first step of a tree that is too long for anybody to be told its length."""
    odd, journeys = through_odd_ones(1, 60, 5)
    compare([*journeys, Journey(len(odd), "t", MOMENTS["a day"])], [*odd, long_library()])
