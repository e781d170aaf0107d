"""Whoever would rather not say what is true as well has not said that none of it is."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from fingerpost.model.facts import NOT_SURE
from fingerpost.page.availability import BankHolidays
from fingerpost.page.page import Clock
from fingerpost.page.question import QuestionView, asking
from fingerpost.reading import loader
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.walk import WalkSession
from fingerpost.walk.walk import Walk

from ..support.shipped import whole_library

CLOCK = Clock(datetime(2026, 11, 24, 15, 0, tzinfo=UTC), BankHolidays.load())
REFUSAL, HOME = "I'd rather not say", "Is home safe for you?"


def typed(*said: str) -> str:
    """What is seen line by line by a young person who is not coping, until the input ends."""
    seen, reading = io.StringIO(), loader.load([loader.shipped()], ["not-coping"])
    one = PlainUi(seen, io.StringIO("".join(f"{each}\n" for each in said)), can_clear=False)
    young = {"teller": frozenset({"young-person"})}
    with pytest.raises(Left):
        WalkSession(one, reading, lambda: CLOCK).run("not-coping", young)
    return seen.getvalue()


def ticks() -> tuple[Walk, QuestionView]:
    """The list of ticks of that young person."""
    walk = Walk.begin(whole_library(), "not-coping", {"teller": frozenset({"young-person"})})
    for value in ("none", "13-15", "england", "no", "too-much"):
        walk = walk.answer({value})
    return walk, asking(walk)


def test_enter_alone_is_a_refusal_and_not_none_of_these() -> None:
    answers = ("1", "2", "1", "3", "8")
    refused, none = typed(*answers, ""), typed(*answers, "9")
    assert f"Or just press Enter: {REFUSAL}" in refused
    assert HOME not in refused
    assert HOME in none


def test_a_refusal_leaves_all_of_it_unsaid() -> None:
    walk, shown = ticks()
    assert (shown.unticked, shown.unticked_value) == (REFUSAL, NOT_SURE)
    assert NOT_SURE not in [each.value for each in shown.choices]
    assert shown.choices[-1].value == "none"
    assert walk.answer({shown.unticked_value}).facts["also"] == {NOT_SURE}


def test_every_list_of_ticks_can_be_refused() -> None:
    for tree in whole_library().trees.values():
        for question in tree.asked:
            assert not question.many or question.answer(NOT_SURE), f"{tree.name}/{question.name}"
