"""Whom to ring, and whom each number is for: at the foot of every screen, and before the age is
known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

import pytest

from fingerpost.model.base import replace
from fingerpost.model.facts import Facts
from fingerpost.model.library import Library
from fingerpost.model.tree import Outcome, Question
from fingerpost.page.contact import contact, for_ages
from fingerpost.page.messages import LAST_RESORT
from fingerpost.page.opening_hours import BankHolidays, Clock
from fingerpost.page.page import Page, danger, page
from fingerpost.page.question import standing
from fingerpost.reading.loader import load, shipped
from fingerpost.walk.walk import Walk

NIGHT = Clock(datetime(2026, 11, 28, 2, 0, tzinfo=UTC), BankHolidays.load())
RING = "In danger: ring 999."


@cache
def library() -> Library:
    return load([shipped()]).library


def known(**facts: str) -> Facts:
    return {fact: frozenset({value}) for fact, value in facts.items()}


def test_before_the_age_is_known_each_number_says_whom_it_is_for() -> None:
    """It is what a refusal of the program says too."""
    for facts in ({}, known(teller="young-person"), known(teller="young-person", age="not-sure")):
        assert standing(library(), facts) == LAST_RESORT
    assert "Under 19: Childline 0800 1111. Any age: Samaritans 116 123." in LAST_RESORT


def test_one_number_to_talk_is_enough_for_whoever_told_an_age() -> None:
    for age in library().questions["age"].values[:-1]:
        helpline = "Samaritans 116 123" if age == "19-or-over" else "Childline 0800 1111"
        facts = known(teller="young-person", age=age)
        assert standing(library(), facts) == f"{RING} To talk: {helpline}."


@pytest.mark.parametrize("teller", ["parent", "staff"])
def test_an_adult_has_a_number_for_the_child_and_one_of_their_own(teller: str) -> None:
    """The age that they tell is not theirs. The helplines for adults are shut at night."""
    for facts in (known(teller=teller), known(teller=teller, age="13-15")):
        assert standing(library(), facts) == LAST_RESORT


def test_without_a_helpline_or_any_number_there_is_still_whom_to_ring() -> None:
    emergency = {"police-999": library().routes["police-999"]}
    assert standing(replace(library(), routes=emergency), {}) == RING
    assert standing(replace(library(), routes={}), {}) == LAST_RESORT


# Pages that come before the age


def before_the_age() -> Iterator[Page]:
    """The pages that a young person comes to by an answer about danger, and has told no age."""
    for tree in library().trees:
        begun = Walk.begin(library(), tree, known(teller="young-person"))
        for walk in _by_danger(begun):
            walk = walk.past_unasked()
            if isinstance(walk.here, Outcome) and "age" not in walk.facts:
                yield page(library(), walk.tree, walk.here, walk.facts, NIGHT)


def _by_danger(walk: Walk) -> Iterator[Walk]:
    if isinstance(walk.here, Question) and walk.here.fact == "danger":
        yield from (walk.answer({answer.value}) for answer in walk.here.answers)


def test_a_page_before_the_age_has_a_number_for_any_age_at_its_top() -> None:
    pages = [shown for shown in before_the_age() if shown.to_talk]
    assert len(pages) > 10
    for shown in pages:
        talk = {each.title: each.way.channel for each in shown.to_talk}
        assert "Childline" not in talk, shown.outcome
        assert talk.get("Samaritans") == "phone", shown.outcome
        assert "Childline (under 19)" in talk, shown.outcome


def test_help_in_danger_says_whom_a_helpline_is_for_until_the_age_is_known() -> None:
    def titles(facts: Facts) -> set[str]:
        served = danger(library(), facts, NIGHT)
        return {for_ages(contact) for each in served for contact in each.contacts}

    assert {"Childline (under 19)", "Samaritans"} <= titles({})
    # It may be shut: nobody has confirmed its hours.
    assert "PAPYRUS HOPELINE247 (under 35)" not in titles({})
    assert {"Childline", "Samaritans"} <= titles(known(teller="young-person", age="13-15"))


def test_a_number_whose_hours_nobody_has_found_says_that_it_may_be_shut() -> None:
    route = library().routes["nspcc-helpline"]
    for clock in (None, NIGHT):
        first, *_ = contact(library(), route, "staff", None, clock).ways
        assert (first.channel, first.says) == ("phone", "may be shut at night or weekends")
