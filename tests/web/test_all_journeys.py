"""Every made-up person and two thousand journeys come in a browser where they come in Python."""

from __future__ import annotations

import pytest

from fingerpost.model.base import replace

from ..support.journeys import MOMENTS, Journey, compare, of_case
from .test_journeys import ALONE, CLUB, SHIPPED, at_random_through, libraries, library

pytestmark = [pytest.mark.node, pytest.mark.slow]


def of_people(first: int, step: int) -> list[Journey]:
    """The journeys of every so many of the made-up people, at one moment after the other."""
    ships, moments = library(SHIPPED), [*MOMENTS.values()]
    cases = enumerate([*ships.cases.values()][first::step])
    return [of_case(case, ships, SHIPPED, moments[at % len(moments)]) for at, case in cases]


@pytest.mark.parametrize("part", range(4))
def test_every_made_up_person_comes_to_the_same_page_in_a_browser(part: int) -> None:
    compare(of_people(part, 4), libraries())


@pytest.mark.parametrize("seed", [1, 2])
def test_two_thousand_journeys_come_to_the_same_in_a_browser(seed: int) -> None:
    """Where each of their steps leads, and all that is seen at their end. All that is seen on the
    way is compared for the made-up people, and for the sample of ``test_journeys.py``."""
    journeys = at_random_through((SHIPPED, CLUB, ALONE), seed, 1_000)
    compare([replace(each, end=True) for each in journeys], libraries())
