"""What all values have in common."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.model.base import Frozen, as_json, field, field_names, replace
from fingerpost.model.diagnostics import Span
from fingerpost.model.route import Phone, Route
from fingerpost.model.sentence import Sentence
from fingerpost.model.tree import Target, When

HERE, THERE = Span("a.yaml", 1, 1, 1, 5), Span("b.yaml", 2, 7, 2, 9)


class Pair(Frozen):
    """Something with a default of its own."""

    one: str
    two: int = 2
    more: dict[str, str] = field(default_factory=dict)


class Other(Frozen):
    """Something with the same fields, which means something else."""

    one: str
    two: int = 2
    more: dict[str, str] = field(default_factory=dict)


def test_a_value_cannot_be_changed_and_has_no_other_fields() -> None:
    pair = Pair("a")
    with pytest.raises(AttributeError):
        pair.two = 3  # type: ignore[misc]  # that is what is tried
    with pytest.raises(AttributeError):
        pair.three = 3  # type: ignore[attr-defined]  # the same
    assert (pair.one, pair.two) == ("a", 2)


def test_values_of_one_class_are_equal_if_their_fields_are() -> None:
    assert Pair("a") == Pair("a", 2, {})
    assert Pair("a") != Pair("b")
    assert Pair("a") != Other("a")
    assert When((("age", frozenset({"18"})),)) in {When((("age", frozenset({"18"})),))}


def test_each_value_has_a_default_of_its_own() -> None:
    assert Pair("a").more is not Pair("a").more


def test_a_changed_copy_leaves_the_value_as_it_was() -> None:
    pair = Pair("a")
    assert replace(pair, two=3) == Pair("a", 3)
    assert pair == Pair("a")
    assert field_names(pair) == ("one", "two", "more")


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


def test_a_place_is_given_by_its_name_and_never_left_out() -> None:
    with pytest.raises(TypeError):
        Target("tree", "step", HERE)  # type: ignore[call-arg, misc]  # that is what is tried
    with pytest.raises(TypeError):
        Target("tree", "step")  # type: ignore[call-arg]  # the same


def test_a_copy_is_equal() -> None:
    target = Target("tree", "step", span=HERE)
    assert copy.copy(target) == target
    assert copy.copy(target).span == HERE


LEAVES = st.text() | st.booleans() | st.none() | st.integers(0, 9999) | st.floats(0, 9999)
TOLD = st.recursive(LEAVES, lambda some: st.lists(some) | st.dictionaries(st.text(), some))


@pytest.mark.slow
@given(TOLD)
def test_what_is_told_in_json_is_read_again_as_it_was(told: object) -> None:
    assert json.loads(as_json(told)) == told


def test_json_by_hand() -> None:
    assert as_json({"a": ['say "\u00e9"\n', (1, 2.5)], "b": None}) == (
        '{"a":["say \\"\u00e9\\"\\n",[1,2.5]],"b":null}'
    )
