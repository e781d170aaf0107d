"""Answers that are there before anybody is asked: how far they lead, and what is asked again."""

from __future__ import annotations

from functools import cache
from pathlib import Path

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
