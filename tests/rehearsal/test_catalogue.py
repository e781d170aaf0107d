"""Cases to choose from: by topic and by words; and how long they take."""

from __future__ import annotations

import pytest

from fingerpost.model.base import replace
from fingerpost.model.library import Library
from fingerpost.page.speaker import Speaker
from fingerpost.rehearsal.answer_key import said_alike
from fingerpost.rehearsal.catalogue import (
    Lesson,
    Search,
    SpokenOf,
    minutes,
    syllabus,
    warning,
)

from ..support.printed import LIBRARY as SHIPPED

TREES = ("image-shared", "threatened")
LIBRARY = replace(SHIPPED, cases={n: c for n, c in SHIPPED.cases.items() if c.tree in TREES})
"""All trees, and the cases of two: what is found among them does not change with other trees."""

EVERY = tuple(each for topic in syllabus(LIBRARY) for each in topic.lessons)


def names(lessons: tuple[Lesson, ...]) -> set[str]:
    return {each.case.name for each in lessons}


def test_every_case_that_ships_has_a_topic() -> None:
    shipped = [each.case.name for topic in syllabus(SHIPPED) for each in topic.lessons]
    assert sorted(shipped) == sorted(SHIPPED.cases)


# By words


def search(library: Library = LIBRARY) -> Search:
    return Search(library, syllabus(library))


def about(words: str) -> tuple[Lesson, ...]:
    return search().among(EVERY, words)


BLACKMAIL = {n for n, c in LIBRARY.cases.items() if c.expect.outcome == "sextortion"}
"""Every story that ends at blackmail over a picture. The page for those under 13 has easier words,
and where somebody is in danger that page is the ending."""


@pytest.mark.parametrize("words", ["sextortion", "SEXTORTION", " sextortion ", "the sextortion"])
def test_sextortion_finds_the_blackmail(words: str) -> None:
    assert names(about(words)) == BLACKMAIL


@pytest.mark.slow
def test_words_of_a_story_are_found_where_no_title_has_them() -> None:
    assert "two-in-the-morning" in names(about("tablets"))  # they come as news
    assert names(about("talent show")) == {"the-talent-show"}
    assert "waiting-at-the-bus-stop" in names(about("knife"))
    assert names(about("empty account")) == {"two-in-the-morning"}  # a choice


def test_a_sentence_finds_first_what_it_says_though_no_story_has_all_its_words() -> None:
    stories, every = search(SHIPPED), [e for t in syllabus(SHIPPED) for e in t.lessons]
    for said, tree, found in (
        ("he is moving drugs for older lads", "exploited", "they-set-a-place-for-him"),
        ("boy lost his savings to a scam", "fake-account-or-hacked", "a-tax-on-the-profit"),
        ("boy owes money for skins and gambling", "exploited", "i-owe-my-mate-for-a-bet"),
    ):
        first, *others = stories.among(every, said)
        assert first.case.tree == tree
        assert found in names((first, *others[:4]))


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("sextorsion", "sextortion"),
        ("sextorshun", "sextortion"),
        ("talnet show", "talent show"),
        ("the zebra", ""),
    ],
)
def test_a_slip_of_typing_is_answered_with_what_may_be_meant(typed: str, instead: str) -> None:
    assert search().mended(typed) == instead


# How long


def test_minutes_are_those_of_reading_and_choosing_of_a_scene_and_an_exercise_alike() -> None:
    """Two who played a scene and an exercise without haste took six and five."""
    scenes = [each for each in SHIPPED.cases.values() if each.scene]
    assert len(scenes) >= 24
    assert {
        each.name for each in scenes if not 4 <= minutes(SHIPPED, each, far=False) <= 8
    } == set()
    assert {
        each.name for each in scenes if not 12 <= minutes(SHIPPED, each, far=True) <= 20
    } == set()
    assert minutes(SHIPPED, SHIPPED.cases["the-football-coach-and-his-parcels"], far=False) == 5


def test_no_marks_of_speech_tell_what_is_right_in_an_exercise() -> None:
    for case in SHIPPED.cases.values():
        for made in case.judgements:
            says = said_alike(made, Speaker(SHIPPED, case.answers, case.tree))
            spoken = [each for each in says if each[0] == each[-1] == '"' and each.count('"') == 2]
            assert len(spoken) in {0, len(says)}


def test_stories_are_found_by_what_a_trainer_would_call_them() -> None:
    stories = search(SHIPPED)
    for word, meant in {
        "suicide": {"rory-at-two", "silence-in-belfast", "she-says-that-i-hit-her"},
        "Grooming": {"a-scout-leader-and-a-ten-year-old"},
        "child sexual abuse": {"something-about-my-uncle-perhaps"},
        "eating disorder": {"only-an-apple"},
        "racism": {"the-p-word-every-day"},
        "a girl wants to run away": {"a-bed-for-the-night"},
        "consensual nudes": {"i-found-a-picture-of-him", "both-of-us-since-easter"},
    }.items():
        assert meant < names(tuple(e for t in stories.topics(word) for e in t.lessons))
    friend, *_ = stories.among(
        (e for t in syllabus(SHIPPED) for e in t.lessons), "My friend wants to die"
    )
    assert friend.case.expect.outcome == "friend-plan"
    scenes = [each for t in stories.topics("suicide") for each in t.lessons if each.case.scene]
    assert "suicide" in scenes[0].subject  # before those in which it is only spoken of
    assert "It speaks of sexual abuse" in warning(
        SpokenOf(SHIPPED), SHIPPED.cases["granddads-visits"]
    )
    known = {x for c in SHIPPED.cases.values() for x in (c.name, c.tree, c.expect.outcome)}
    trade = SHIPPED.search.trade
    assert {each for meant in trade.values() for each in meant} <= known | trade.keys()
