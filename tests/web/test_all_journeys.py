"""Every made-up person and ten thousand journeys come in a browser where they come in Python.

A file of its own, since it takes longest: another process takes the rest meanwhile.
"""

from __future__ import annotations

import pytest

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


@pytest.mark.in_turn(5)
@pytest.mark.parametrize("seed", range(1, 6))
def test_ten_thousand_journeys_are_the_same_in_a_browser(seed: int) -> None:
    compare(at_random_through((SHIPPED, CLUB, ALONE), seed, 2_000), libraries())
