"""How much is asked of somebody: never more than seven questions of a tree's own, doors counted.

The questions that everybody is asked, and those about danger and about suicide, do not count.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TypeAlias

import pytest

from fingerpost.model.library import Library
from fingerpost.model.tree import CarryOn, Question, Step, Target

from ..support.oracle import HERE, WORDS, ending, of_trees, question, target, tree
from ..support.shipped import whole_library

MOST = 7
NOT_COUNTED = frozenset({"teller", "nation", "danger", "suicide"})

Place: TypeAlias = tuple[str, str]
"""A tree and a step of it; the empty step is its start."""

Known: TypeAlias = frozenset[tuple[str, str]]
"""The facts that are known, each with its value."""


class Longest:
    """The longest way through a library from any step, as the facts that it asks for.

    What is known by then is remembered only as far as a step ahead asks for it, since that alone
    changes the way on. Of a question with many answers the first stands for all.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._ahead: dict[Place, frozenset[str]] = {}
        self._found: dict[tuple[Place, Known], tuple[str, ...]] = {}

    def of(self, name: str) -> tuple[str, ...]:
        """The facts that the longest way from the start of a tree asks for and that count."""
        return self._from((name, ""), {})

    def _from(self, place: Place, known: Mapping[str, str]) -> tuple[str, ...]:
        here = self.library.trees[place[0]]
        given = {fact: next(iter(v)) for fact, v in here.given.items() if fact != "danger"}
        known = {**known, **given}
        ahead = self._asked_ahead(place)
        key = (place, frozenset((f, v) for f, v in known.items() if f in ahead))
        if key not in self._found:
            self._found[key] = self._longest(place, dict(key[1]))
        return self._found[key]

    def _longest(self, place: Place, known: Mapping[str, str]) -> tuple[str, ...]:
        step = self._step(place)
        if not isinstance(step, Question):
            settled = {fact: next(iter(values)) for fact, values in step.settles.items()}
            ways = [self._from(_place(goto), {**known, **settled}) for _, goto in step.ways]
            return max(ways, key=len, default=())
        if step.fact in known:
            goto = dict(step.ways).get(known[step.fact])
            return () if goto is None else self._from(_place(goto), known)
        asked = () if step.fact in NOT_COUNTED else (step.fact,)
        ways = [self._from(_place(to), {**known, step.fact: value}) for value, to in step.ways]
        return asked + max(ways, key=len)

    def _step(self, place: Place) -> Step:
        name, step = place
        found = self.library.trees[name].step(step)
        assert found is not None
        return found

    def _asked_ahead(self, place: Place) -> frozenset[str]:
        if place not in self._ahead:
            step = self._step(place)
            here = {step.fact} if isinstance(step, Question) else set()
            further = (self._asked_ahead(_place(goto)) for _, goto in step.ways)
            self._ahead[place] = frozenset(here).union(*further)
        return self._ahead[place]


def _place(goto: Target) -> Place:
    return goto.tree, goto.step


@cache
def shipped() -> Longest:
    return Longest(whole_library())


TREES = sorted(whole_library().trees)


@pytest.mark.parametrize("name", TREES)
def test_nobody_is_asked_more_than_seven_questions(name: str) -> None:
    asked = shipped().of(name)
    assert len(asked) <= MOST, asked


def test_what_is_asked_behind_a_door_counts_unless_it_is_known() -> None:
    """Small enough to count by hand: two facts in the first tree, and one more in the second."""
    first = tree(
        "one",
        [
            question("q1", "age", {"under-18": "one/q2", "18": "one/short"}),
            question("q2", "where", {"here": "one/short", "there": "two/q1"}),
            ending("short"),
        ],
    )
    second = tree(
        "two",
        [
            question("q1", "age", {"under-18": "two/q2", "18": "two/long"}),
            question("q2", "picture", {"nude": "two/long", "none": "two/long"}),
            ending("long"),
        ],
    )
    library = of_trees(first, second)
    assert Longest(library).of("one") == ("age", "where", "picture")
    assert Longest(library).of("two") == ("age", "picture")


def test_a_way_that_is_too_long_is_found_also_behind_an_ending() -> None:
    """Seven questions and an ending that leads on to another: who is safe now goes on."""
    asked = [question(f"q{n}", f"f{n}", {"a": f"one/q{n + 1}", "b": "one/end"}) for n in range(7)]
    on = CarryOn(WORDS, target("one/q8"), {"f9": frozenset({"a"})}, span=HERE)
    last = question("q8", "f9", {"a": "one/q10", "b": "one/end"})
    also = question("q10", "f10", {"a": "one/end"})
    library = of_trees(tree("one", [*asked, ending("q7", on), last, also, ending("end")]))
    longest = Longest(library).of("one")
    assert longest == ("f0", "f1", "f2", "f3", "f4", "f5", "f6", "f10")
    assert len(longest) > MOST
