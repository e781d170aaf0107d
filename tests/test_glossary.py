"""The glossary: each hard word in one sentence that somebody of eleven reads with ease."""

from __future__ import annotations

import re

import pytest

from fingerpost import readability
from fingerpost.checks.reading_age import YOUNG_PERSON_AGE
from fingerpost.library import load, shipped


def troubles(word: str, meaning: str) -> list[str]:
    """What keeps a meaning from being one easy sentence that says no more than what a word is."""
    found = []
    if len(readability.sentences(meaning)) != 1 or not meaning.endswith("."):
        found.append("is not one sentence")
    if readability.reading_age([meaning]) > YOUNG_PERSON_AGE:
        found.append("is for older readers")
    if re.search(rf"\b{re.escape(word)}\b", meaning, re.IGNORECASE):
        found.append("uses the word itself")
    if "{" in meaning:
        found.append("needs another word explained")
    if re.search(r"\b(?:never|must not|should|danger)\b", meaning, re.IGNORECASE):
        found.append("tells what to do, or frightens")
    return found


def test_every_meaning_is_one_easy_sentence() -> None:
    words = load([shipped()]).library.words
    assert len(words) > 60
    found = {
        word: trouble
        for word, meaning in words.items()
        for text in meaning.texts
        if (trouble := troubles(word, text))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("meaning", "trouble"),
    [
        ("When someone lies. It is bad.", "is not one sentence"),
        ("When someone lies", "is not one sentence"),
        ("Deliberate misrepresentation of identity.", "is for older readers"),
        ("A scam is a trick.", "uses the word itself"),
        ("A trick, or {{grooming}}.", "needs another word explained"),
        ("A trick, so never pay.", "tells what to do, or frightens"),
    ],
)
def test_a_meaning_that_is_none_is_seen(meaning: str, trouble: str) -> None:
    assert troubles("scam", meaning) == [trouble]
