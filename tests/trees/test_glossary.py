"""The glossary: what a hard word means is said so that somebody of eleven reads it with ease.

That each meaning is one short sentence is held in ``test_platforms``.
"""

from __future__ import annotations

import re

from fingerpost.checks.content.reading_age import YOUNG_PERSON_AGE, count
from fingerpost.reading.loader import load, shipped


def troubles(word: str, meaning: str) -> list[str]:
    """What keeps a meaning from being easy, and from saying no more than what the word is."""
    found = []
    if count(meaning).reading_age > YOUNG_PERSON_AGE:
        found.append("is for older readers")
    if re.search(rf"\b{re.escape(word)}\b", meaning, re.IGNORECASE):
        found.append("uses the word itself")
    if "{" in meaning:
        found.append("needs another word explained")
    if re.search(r"\b(?:never|must not|should|danger)\b", meaning, re.IGNORECASE):
        found.append("tells what to do, or frightens")
    return found


def test_every_meaning_is_easy_and_says_no_more() -> None:
    words = load([shipped()]).library.words
    assert len(words) > 40
    found = {
        word: trouble
        for word, meaning in words.items()
        for text in meaning.texts
        if (trouble := troubles(word, text))
    }
    assert found == {}
