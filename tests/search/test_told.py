"""What people really write: whole stories, of which half were looked at once, when all was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from ..support.shipped import shipped_search

TOLD = Path(__file__).parents[1] / "fixtures" / "told.yaml"

FIRST, IN_THREE = 0.64, 0.88
"""The floors of the right door first, and in three. The aims are 0.78 and 0.93: words alone do not
tell one trouble from another in every story."""

STOPPED, HEARD = 1 / 8, 0.8
"""The most of those in no danger who are stopped by the block of who answers now, and the least of
those in danger; the others have the line with 999."""


@pytest.fixture(scope="module")
def unseen() -> Sequence[Mapping[str, Any]]:
    every = yaml.safe_load(TOLD.read_text(encoding="utf-8"))
    return [each for each in every if each["half"] == "unseen"]


def test_most_stories_find_their_door(unseen: Sequence[Mapping[str, Any]]) -> None:
    search = shipped_search()
    found = [[hit.tree for hit in search.find(each["said"], each["by"])] for each in unseen]
    pairs = [(hits, each["doors"]) for hits, each in zip(found, unseen, strict=True)]
    assert sum(hits[:1] and hits[0] in doors for hits, doors in pairs) >= FIRST * len(pairs)
    assert sum(not set(hits[:3]).isdisjoint(doors) for hits, doors in pairs) >= IN_THREE * len(
        pairs
    )


def test_danger_in_a_story_is_heard_and_others_are_left_in_peace(
    unseen: Sequence[Mapping[str, Any]],
) -> None:
    search = shipped_search()
    danger = [each["said"] for each in unseen if each["danger"] == "full"]
    calm = [each["said"] for each in unseen if each["danger"] == "none"]
    assert (len(danger), len(calm)) == (42, 61)
    assert all(search.may_be_crisis(said) for said in danger)
    assert sum(map(search.is_crisis, danger)) >= HEARD * len(danger)
    assert sum(map(search.is_crisis, calm)) <= STOPPED * len(calm)
