"""Walks in a browser are walks in Python: the same questions, pages and numbers at every step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest

from fingerpost.model.base import Frozen, replace
from fingerpost.model.diagnostics import Severity
from fingerpost.model.facts import NATIONS, TELLERS
from fingerpost.model.library import Library
from fingerpost.reading.loader import load, shipped

from ..support.journeys import (
    AROUND,
    MOMENTS,
    MOVES,
    REFUSED,
    Differs,
    Journey,
    at_random,
    compare,
    expected,
    went,
)
from ..support.node import MODULES, planted
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


class Sample(Frozen):
    """Few journeys that meet nearly everything, with what Python sees on them."""

    libraries: tuple[Library, ...]
    journeys: tuple[Journey, ...]
    wanted: tuple[str, ...]

    def compare(self, modules: Path = MODULES) -> None:
        compare(self.journeys, self.libraries, self.wanted, modules)


@cache
def sample() -> Sample:
    odd, journeys = through_odd_ones(100, 30, 5)
    every = dict(enumerate(odd))
    for which, of_it in ((CLUB, 40), (ALONE, 10)):
        journeys += [
            replace(each, library=len(every)) for each in at_random_through([which], 100, of_it)
        ]
        every[len(every)] = library(which)
    journeys.append(Journey(len(every), "t", MOMENTS["a day"]))  # of which no length is told
    chosen = (*every.values(), long_library())
    wanted = tuple(expected(each, chosen[each.library]) for each in journeys)
    return Sample(chosen, tuple(journeys), wanted)


@pytest.mark.slow
def test_a_sample_of_journeys_is_the_same_in_a_browser() -> None:
    sample().compare()


@pytest.mark.slow
def test_many_journeys_through_odd_libraries_are_the_same_in_a_browser() -> None:
    odd, journeys = through_odd_ones(1, 60, 5)
    compare(journeys, odd)


# --- they go everywhere --------------------------------------------------------------------------


def test_journeys_at_random_go_everywhere() -> None:
    """Every tree, reader, nation and moment, with every move, and some that are refused."""
    found = at_random_through((SHIPPED, CLUB, ALONE), 1, 500)
    every = {(at, name) for at, each in enumerate(libraries()) for name in each.trees}
    assert {(each.library, each.tree) for each in found} == every
    given = {(fact, value) for each in found for fact, some in each.given for value in some}
    assert given >= {("teller", each) for each in TELLERS} | {("nation", each) for each in NATIONS}
    assert {move[0] for each in found for move in each.moves} == MOVES.keys()
    near = timedelta(minutes=AROUND)
    for moment in MOMENTS.values():
        assert any(abs(each.at - moment) <= near for each in found)


@pytest.mark.slow
def test_each_kind_of_step_is_seen() -> None:
    found = sample()
    steps = [s for each in found.journeys for s in went(each, found.libraries[each.library])]
    assert REFUSED in steps
    names = {name for step in steps if not isinstance(step, str) for name in step}
    assert names >= {"standing", "walk", "question", "unasked", "danger", "page", "paper"}


# --- a difference is found, and told -------------------------------------------------------------


@pytest.mark.slow
def test_a_difference_is_found(tmp_path: Path) -> None:
    odd, journeys = through_odd_ones(1, 10, 5)
    fault = ("found === NOT_SURE ? undefined : found", "found")
    modules = planted(tmp_path, "engine/walk.mjs", *fault)
    with pytest.raises(Differs, match=r"^/\d+/walk/nation: Python has None, the browser 'not"):
        compare(journeys, odd, modules=modules)
