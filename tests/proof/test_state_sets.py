"""Sets of states, as bits and as diagrams, against plain sets of digits."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import product

import pytest

from fingerpost.proof.state_sets import Diagrams
from fingerpost.proof.states import Algebra, Bits, Member, TooMany

SIZES = (2, 3, 2, 4)
EVERY = tuple(product(*map(range, SIZES)))


def made(algebra: Algebra[int], members: Iterable[Member]) -> int:
    """The set of some states."""
    these = algebra.nothing
    for member in members:
        one = algebra.begin
        for place, digit in enumerate(member):
            one = algebra.put(one, place, 1 << digit)
        these = algebra.union(these, one)
    return these


def with_digits(members: set[Member], place: int, digits: int) -> set[Member]:
    return {
        (*member[:place], digit, *member[place + 1 :])
        for member in members
        for digit in range(SIZES[place])
        if digits >> digit & 1
    }


@pytest.mark.parametrize("algebra", [Bits(SIZES), Diagrams(SIZES, 100_000)])
def test_all_that_can_be_done_with_them(algebra: Algebra[int]) -> None:
    for seed in range(400):
        chance = random.Random(seed)
        one, other = (set(chance.sample(EVERY, chance.choice([0, 1, 5, 30]))) for _ in range(2))
        these, those = made(algebra, one), made(algebra, other)
        assert (these == algebra.nothing) == (not one)
        assert [*algebra.members(these)] == sorted({*algebra.members(these)}, key=order(algebra))
        assert {*algebra.members(these)} == one
        assert algebra.count(these) == len(one)
        assert {*algebra.members(algebra.union(these, those))} == one | other
        assert {*algebra.members(algebra.without(these, those))} == one - other
        place = chance.randrange(len(SIZES))
        digits = chance.randrange(1, 1 << SIZES[place])
        kept = {member for member in one if digits >> member[place] & 1}
        assert {*algebra.members(algebra.keep(these, place, digits))} == kept
        put = with_digits(one, place, digits)
        assert {*algebra.members(algebra.put(these, place, digits))} == put
        places = frozenset(chance.sample(range(len(SIZES)), chance.randint(0, len(SIZES))))
        left = {
            tuple(0 if place in places else digit for place, digit in enumerate(member))
            for member in one
        }
        assert {*algebra.members(algebra.forget(these, places))} == left
        # Equal sets are one number, however they came to be.
        assert algebra.union(these, those) == made(algebra, [*other, *one])


def order(algebra: Algebra[int]) -> object:
    if isinstance(algebra, Bits):
        return lambda member: member[::-1]
    return lambda member: member


def test_what_is_told_are_the_digits_that_are_not_zero() -> None:
    diagrams = Diagrams(SIZES, 1_000)
    these = made(diagrams, [(1, 0, 0, 3), (0, 0, 0, 0), (0, 2, 0, 0)])
    assert [*diagrams.told(these)] == [{}, {1: 2}, {0: 1, 3: 3}]
    assert [*diagrams.told(diagrams.nothing)] == []


def test_a_diagram_that_would_be_too_large_is_refused() -> None:
    with pytest.raises(TooMany):
        made(Diagrams(SIZES, 3), EVERY[::5])
