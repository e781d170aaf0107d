"""Every made-up person and many journeys come in a browser where they come in Python."""

from __future__ import annotations

from functools import cache

import pytest

from fingerpost.model.base import replace
from fingerpost.walk.autoplay import case_steps

from ..support.journeys import MOMENTS, Journey, compare, of_case
from .test_journeys import ALONE, CLUB, SHIPPED, at_random_through, libraries, library

pytestmark = [pytest.mark.node, pytest.mark.slow]


@cache
def people() -> list[Journey]:
    """The journeys of all made-up people who are the first to come to some step as such a reader,
    at one moment after the other."""
    ships, moments = library(SHIPPED), [*MOMENTS.values()]
    met, found = set[object](), list[Journey]()
    for at, case in enumerate(ships.cases.values()):
        journey = of_case(case, ships, SHIPPED, moments[at % len(moments)])
        way = {(walk.tree.name, walk.here.name, walk.teller) for walk in case_steps(ships, case)}
        if not way <= met:
            found.append(journey)
        met |= way
    assert len(found) > 400
    return found


@pytest.mark.parametrize("part", range(2))
def test_every_made_up_person_comes_to_the_same_page_in_a_browser(part: int) -> None:
    compare(people()[part::2], libraries())


def test_many_journeys_come_to_the_same_in_a_browser() -> None:
    """Where each of their steps leads, and all that is seen at their end. All that is seen on the
    way is compared for the made-up people, and for the sample of ``test_journeys.py``."""
    journeys = at_random_through((SHIPPED, CLUB, ALONE), 1, 400)
    compare([replace(each, end=True) for each in journeys], libraries())
