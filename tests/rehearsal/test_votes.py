"""A show of hands: what is counted, what leads, and who is left over."""

from __future__ import annotations

import pytest

from fingerpost.rehearsal.votes import Option, counted, leading

LOOK, DECLINE, NOBODY = Option("Look"), Option("Decline"), Option("Nobody", alone=True)


@pytest.mark.parametrize(
    ("typed", "hands"),
    [
        ("3 5 0", (3, 5, 0)),
        ("3,5,0", (3, 5, 0)),
        ("2:9 3:5", (0, 9, 5)),
        ("4:1", None),
        ("2:9 3", None),
        ("  12   0, 999 ", (12, 0, 999)),
        ("3 5", None),
        ("3 5 0 1", None),
        ("", None),
        ("3 5 x", None),
        ("3 5 -1", None),
        ("3 5 1000", None),
        ("3 5 ٣", None),  # a digit, but not one of ours
    ],
)
def test_hands_are_one_number_for_each_option(typed: str, hands: tuple[int, ...] | None) -> None:
    assert counted(typed, 3) == hands


@pytest.mark.parametrize(
    ("hands", "many", "lead"),
    [
        ((3, 5, 0), False, {1}),
        ((5, 5, 0), False, {0, 1}),
        ((0, 0, 0), False, set()),
        ((), False, set()),
        # Of several answers those count that more than half as many are for as for the first.
        ((4, 7, 0), True, {0, 1}),
        ((3, 6, 0), True, {1}),
        # One that stands alone needs to be the first, and is then taken alone.
        ((5, 6, 4), True, {0, 1}),
        ((5, 4, 6), True, {2}),
        ((5, 4, 5), True, {0, 1}),
        ((0, 0, 0), True, set()),
    ],
)
def test_what_most_are_for_leads(hands: tuple[int, ...], many: bool, lead: set[int]) -> None:
    assert leading((LOOK, DECLINE, NOBODY), hands, many=many) == lead
