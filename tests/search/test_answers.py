"""Answers found by a reader's own words."""

from __future__ import annotations

import pytest
from tests.support.shipped import shipped_search, whole_library

from fingerpost.model.facts import Facts
from fingerpost.search.answers import MOST_FOUND, AnswerSearch

_OF_14: Facts = {"teller": frozenset({"young-person"}), "age": frozenset({"13-15"})}
_PARENT: Facts = {"teller": frozenset({"parent"}), "age": frozenset({"13-15"})}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("is dad going to hear about this", "will-they-tell-my-parents"),
        ("do u need my real name", "do-i-have-to-give-my-name"),
        ("no one will believe me", "will-they-believe-me"),
        ("what do childline say when you phone", "what-happens-when-i-ring-childline"),
        ("will my parants find out", "will-they-tell-my-parents"),
    ],
)
def test_the_answer_that_fits_is_among_the_first_two(typed: str, first: str) -> None:
    found = AnswerSearch(whole_library(), _OF_14, spelt=shipped_search().spelt).find(typed)
    assert first in [line.name for line in found][:2]
    assert len(found) <= MOST_FOUND


def test_a_story_asks_a_question_only_where_it_has_its_words() -> None:
    search = AnswerSearch(whole_library(), _OF_14)
    asked = search.asked_by("a boy has my picture and i am so scared, will my mum find out")
    assert [line.name for line in asked] == ["will-they-tell-my-parents"]
    assert search.asked_by("my friend was laughing at me in maths") == ()


def test_a_question_that_is_all_that_is_said_is_answered_and_a_story_is_not() -> None:
    search = AnswerSearch(whole_library(), _PARENT)
    line = search.asked_plainly("should i be reading my daughters messages")
    assert line is not None
    assert line.name == "should-i-read-my-childs-messages"
    assert (
        search.asked_plainly("read her messages. it's a grown man. she says i've wrecked her")
        is None
    )


def test_only_what_is_for_this_reader_is_found() -> None:
    search = AnswerSearch(whole_library(), _PARENT)
    assert search.lines
    assert all(line.shown(_PARENT) for line in search.lines)
    assert not all(line.shown(_PARENT) for line in AnswerSearch(whole_library(), _OF_14).lines)


def test_words_that_no_question_has_find_nothing() -> None:
    assert AnswerSearch(whole_library(), _OF_14).find("xylophone") == ()
    assert AnswerSearch(whole_library(), _OF_14).find("") == ()
