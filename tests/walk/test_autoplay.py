"""Answers that are there before anybody is asked: how far they lead, and what is asked again."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from fingerpost.model.facts import Facts
from fingerpost.model.library import Library
from fingerpost.reading import loader
from fingerpost.walk.autoplay import play_known
from fingerpost.walk.walk import Walk

SMALL = Path(__file__).parents[1] / "fixtures" / "talks" / "library"


@cache
def small() -> Library:
    found = loader.load([SMALL])
    assert found.mistakes == ()
    return found.library


def facts(**known: str) -> Facts:
    return {fact: frozenset(values.split()) for fact, values in known.items()}


def begin(tree: str = "lost", **known: str) -> Walk:
    return Walk.begin(small(), tree, facts(**known))


ALL = facts(teller="parent", safe="yes", what="phone", seen="bag coat")


# How far facts lead


def test_facts_answer_what_is_asked_also_what_is_always_asked() -> None:
    walk = play_known(begin(), ALL)
    assert walk.here.name == "look"
    assert walk.facts == ALL
    assert [reply.step for reply in walk.replies] == ["teller", "safe", "what", "seen"]


@pytest.mark.parametrize(
    ("known", "here"),
    [
        ({}, "teller"),
        ({"safe": "yes"}, "teller"),
        ({"teller": "parent"}, "safe"),
        ({"teller": "parent", "safe": "yes", "seen": "bag"}, "what"),
        ({"teller": "parent", "safe": "perhaps"}, "safe"),  # no answer to that question
        ({"teller": "parent", "safe": "yes no"}, "safe"),  # it has one answer
        ({"teller": "parent", "safe": "yes", "what": "phone", "seen": "bag nowhere"}, "seen"),
        ({"teller": "parent", "safe": "no", "what": "phone", "seen": "bag"}, "danger-now"),
    ],
)
def test_it_stops_where_nothing_is_an_answer(known: dict[str, str], here: str) -> None:
    assert play_known(begin(), facts(**known)).here.name == here


def test_nothing_known_changes_nothing() -> None:
    walk = begin().answer({"staff"})
    assert play_known(walk, {}) == walk
    ending = play_known(begin(), ALL)
    assert play_known(ending, ALL, carry_on=True) == ending


def test_an_ending_that_has_a_way_on_is_left_if_that_is_asked() -> None:
    known = {**ALL, **facts(safe="no")}
    assert play_known(begin(), known).here.name == "danger-now"
    onward = play_known(begin(), known, carry_on=True)
    assert onward.here.name == "look"
    assert onward.facts["safe"] == {"yes"}  # the ending sets it


def test_a_circle_is_walked_once(tmp_path: Path) -> None:
    for path in SMALL.rglob("*.yaml"):
        copy = tmp_path / path.relative_to(SMALL)
        copy.parent.mkdir(exist_ok=True)
        text = path.read_text("utf-8").replace("goto: what, sets: {safe: yes}", "goto: safe")
        copy.write_text(text, "utf-8")
    turning = loader.load([tmp_path]).library
    known = facts(teller="parent", safe="no")
    walk = play_known(Walk.begin(turning, "lost"), known, carry_on=True)
    assert walk.here.name == "safe"
    assert [reply.step for reply in walk.replies] == ["teller", "safe", "danger-now"]


# What waits until the ending


@cache
def with_app() -> Library:
    found = loader.load([SMALL, SMALL.parent / "with-app"])
    assert found.mistakes == ()
    return found.library


def test_what_waits_until_the_ending_stops_nobody_and_counts_as_not_sure() -> None:
    known = facts(teller="parent", safe="yes", meant="friend")
    walk = play_known(Walk.begin(with_app(), "message"), known)
    assert walk.here.name == "call-back"
    assert walk.facts["where"] == {"not-sure"}
    [(_, question, _)] = walk.waiting()
    assert question.fact == "where"


def test_what_is_given_of_it_counts() -> None:
    known = facts(teller="parent", safe="yes", meant="friend", where="mailer")
    assert play_known(Walk.begin(with_app(), "message"), known).facts["where"] == {"mailer"}


def test_without_an_answer_to_the_rest_it_goes_no_further() -> None:
    walk = play_known(Walk.begin(with_app(), "message"), facts(teller="parent", safe="yes"))
    assert walk.here.name == "meant"
