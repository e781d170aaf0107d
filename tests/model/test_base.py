"""What all values have in common."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.model.base import as_json, replace
from fingerpost.model.diagnostics import Span
from fingerpost.model.route import Phone, Route
from fingerpost.model.sentence import Sentence
from fingerpost.model.tree import Target

HERE, THERE = Span("a.yaml", 1, 1, 1, 5), Span("b.yaml", 2, 7, 2, 9)


def test_where_something_stands_is_no_part_of_what_it_says() -> None:
    here, there = (Target("tree", "step", span=span) for span in (HERE, THERE))
    assert here == there
    assert len({here, there}) == 1
    assert here.span != there.span
    assert here != Target("tree", "other", span=HERE)
    assert Sentence("tree", span=HERE) != Phone("tree", span=HERE)
    # Deep inside, too.
    numbers = [Phone("999", Sentence("Ring", span=span), span=span) for span in (HERE, THERE)]
    assert numbers[0] == numbers[1]


def test_nor_where_the_fields_of_a_route_stand() -> None:
    route = Route("r", Sentence("R", span=HERE), (), None, spans={"title": HERE}, span=HERE)
    moved = replace(route, spans={"title": THERE}, span=THERE)
    assert route == moved
    assert route != replace(route, web="https://example.org/")


LEAVES = st.text() | st.booleans() | st.none() | st.integers(0, 9999) | st.floats(0, 9999)
TOLD = st.recursive(LEAVES, lambda some: st.lists(some) | st.dictionaries(st.text(), some))


@pytest.mark.slow
@given(TOLD)
def test_what_is_told_in_json_is_read_again_as_it_was(told: object) -> None:
    assert json.loads(as_json(told)) == told
