"""Each condition of the engine decides something that the comparison of walks sees.

Three of eight ``if`` and ``? :``, spread evenly, are turned into their opposite one after the
other, in a copy of the modules, and a small sample of journeys must differ.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from fingerpost.model.library import Library

from ..support.journeys import (
    MOMENTS,
    Journey,
    compare,
    expected,
)
from ..support.mutants import PARTS, mutants, unnoticed
from ..support.odd_libraries import long_library
from .test_journeys import through_odd_ones

pytestmark = pytest.mark.node

STEPS = {20: 6, 1: 20}
"""Every so many of the journeys are compared in at most so many seconds, the few first: they notice
most. A condition that is turned may let a loop go round for ever. On a slow computer the few take
half a second, and all take three."""

TURNED = ("engine/*.mjs",)
"""The modules whose conditions are turned."""

ELSEWHERE = {
    ("engine/messages.mjs", 'values.count === 1 && text.has("one")'): "the view alone counts",
    ("engine/page.mjs", "clock"): "what a sheet has no room for is in test_page",
}
"""Conditions that no journey decides, each with the reason."""


@cache
def sample() -> tuple[tuple[Library, ...], tuple[Journey, ...], tuple[str, ...]]:
    """Journeys through made-up libraries, with what Python sees on them."""
    odd, through_odd = through_odd_ones(1, 40, 5)
    libraries = (*odd, long_library())
    journeys = (*through_odd, Journey(len(odd), "t", MOMENTS["a day"]))
    return libraries, journeys, tuple(expected(each, libraries[each.library]) for each in journeys)


def compare_sample(modules: Path) -> None:
    libraries, journeys, wanted = sample()
    for step, seconds in STEPS.items():
        compare(journeys[::step], libraries, wanted[::step], modules, seconds=seconds)


@pytest.mark.slow
def test_the_sample_is_the_same_in_a_browser() -> None:
    libraries, journeys, wanted = sample()
    compare(journeys, libraries, wanted)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(0, PARTS, 3))
def test_each_condition_that_is_turned_is_noticed(part: int, tmp_path: Path) -> None:
    found = unnoticed(part, TURNED, tmp_path, compare_sample)
    assert [name for name in found if name not in ELSEWHERE] == []


def test_each_condition_of_a_module_is_turned() -> None:
    every = {mutant.name for mutant in mutants(*TURNED)}
    assert ELSEWHERE.keys() <= every
    assert ("engine/walk.mjs", "!walk.replies.length") in every
    assert ("engine/walk.mjs", "walk.here.at_ending && !inCycle(walk)") in every
    assert len(every) > 100
