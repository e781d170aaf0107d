"""Whoever would rather not say what is true as well has not said that none of it is."""

from __future__ import annotations

from fingerpost.model.facts import NOT_SURE

from ..support.seat import walked
from ..support.shipped import whole_library, whole_reading

REFUSAL, HOME = "I'd rather not say", "If home's safe, tell someone there too"


def typed(*said: str) -> str:
    """What is seen line by line by a young person who is not coping, until the input ends."""
    known = {"teller": frozenset({"young-person"})}
    return walked(whole_reading(), said, "not-coping", known)


def test_enter_alone_is_a_refusal_and_not_none_of_these() -> None:
    answers = ("1", "2", "1", "3", "6")
    refused, none = typed(*answers, ""), typed(*answers, "6")
    assert f"Or just press Enter: {REFUSAL}" in refused
    assert HOME not in refused
    assert HOME in none


def test_every_list_of_ticks_can_be_refused() -> None:
    for tree in whole_library().trees.values():
        for question in tree.asked:
            assert not question.many or question.answer(NOT_SURE), f"{tree.name}/{question.name}"
