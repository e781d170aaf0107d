"""Sets of states, as decision diagrams, against plain sets of digits."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import product

import pytest

from fingerpost.proof.state_sets import Assignment, LimitReached, StateSets

SIZES = (2, 3, 2, 4)
EVERY = tuple(product(*map(range, SIZES)))


def made(sets: StateSets, members: Iterable[Assignment]) -> int:
    """The set of some states."""
    these = sets.empty
    for member in members:
        one = sets.unit
        for place, digit in enumerate(member):
            one = sets.assign(one, place, 1 << digit)
        these = sets.union(these, one)
    return these


def with_digits(members: set[Assignment], place: int, digits: int) -> set[Assignment]:
    return {
        (*member[:place], digit, *member[place + 1 :])
        for member in members
        for digit in range(SIZES[place])
        if digits >> digit & 1
    }


def test_all_that_can_be_done_with_them() -> None:
    sets = StateSets(SIZES, 100_000)
    for seed in range(400):
        chance = random.Random(seed)
        one, other = (set(chance.sample(EVERY, chance.choice([0, 1, 5, 30]))) for _ in range(2))
        these, those = made(sets, one), made(sets, other)
        assert (these == sets.empty) == (not one)
        assert [*sets.members(these)] == sorted({*sets.members(these)}, key=last_first)
        assert {*sets.members(these)} == one
        assert sets.count(these) == len(one)
        assert {*sets.members(sets.union(these, those))} == one | other
        assert {*sets.members(sets.difference(these, those))} == one - other
        place = chance.randrange(len(SIZES))
        digits = chance.randrange(1, 1 << SIZES[place])
        kept = {member for member in one if digits >> member[place] & 1}
        assert {*sets.members(sets.restrict(these, place, digits))} == kept
        put = with_digits(one, place, digits)
        assert {*sets.members(sets.assign(these, place, digits))} == put
        places = frozenset(chance.sample(range(len(SIZES)), chance.randint(0, len(SIZES))))
        left = {
            tuple(0 if place in places else digit for place, digit in enumerate(member))
            for member in one
        }
        assert {*sets.members(sets.project(these, places))} == left
        # Equal sets are one number, however they came to be.
        assert sets.union(these, those) == made(sets, [*other, *one])


def last_first(member: Assignment) -> Assignment:
    return member[::-1]


def test_what_is_told_are_the_digits_that_are_not_zero() -> None:
    sets = StateSets(SIZES, 1_000)
    these = made(sets, [(1, 0, 0, 3), (0, 0, 0, 0), (0, 2, 0, 0)])
    assert [*sets.sparse_members(these)] == [{}, {1: 2}, {0: 1, 3: 3}]
    assert [*sets.sparse_members(sets.empty)] == []


def test_a_diagram_that_would_be_too_large_is_refused() -> None:
    with pytest.raises(LimitReached):
        made(StateSets(SIZES, 3), EVERY[::5])
