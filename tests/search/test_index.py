"""An index counts what stands in the texts of a library, and a search looks up what is typed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from math import isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.model.base import as_json, from_json
from fingerpost.model.library import CrisisKind, CrisisWords, SearchWords
from fingerpost.model.sanitize import clean
from fingerpost.search.crisis import CrisisSearch
from fingerpost.search.index import SearchIndex, lettered
from fingerpost.search.indexing import index_of, sentences_of
from fingerpost.search.sentences import DANGER, USUAL
from fingerpost.search.trees import TreeSearch
from fingerpost.search.words import english_stems, tokens

from ..support.shipped import shipped_search, whole_library

WORD = st.sampled_from(["a", "aa", "cut", "cuts", "cutting", "cuttt", "hen", "the", "then", "é"])
SENTENCE = st.lists(WORD, max_size=9).map(" ".join)
SOME = st.lists(SENTENCE, max_size=6).map(tuple)


@given(st.tuples(SOME, SOME, SOME), SENTENCE)
def test_as_many_sentences_have_a_term_as_are_counted_one_by_one(
    sets: tuple[tuple[str, ...], ...], said: str
) -> None:
    first, second, usual = sets
    kinds = {"first": CrisisKind(heard=first), "second": CrisisKind(heard=second)}
    known = SearchWords(crisis=CrisisWords(words={"h": ("hen", "cut")}, kinds=kinds, usual=usual))
    search = CrisisSearch(known.crisis, sentences_of(known), english_stems(), ())

    def counted(sentences: Sequence[str]) -> Counter[object]:
        return Counter(term for each in sentences for term in search._terms(tokens(each)))

    texts = {"first": first, "second": second, USUAL: usual, DANGER: (*first, *second)}
    for some, others in ((DANGER, USUAL), ("first", DANGER), ("second", DANGER)):
        for term in search._terms(tokens(said)):
            shares = [
                (counted(texts[each])[term] + 0.1) / (len(texts[each]) + 0.2)
                for each in (some, others)
            ]
            is_there = counted(texts[some])[term] or counted(texts[others])[term]
            wanted = log(shares[0] / shares[1]) if is_there and texts[some] and texts[others] else 0
            wanted *= abs(wanted) >= 0.4  # what tells less does not count
            assert isclose(search._compared.likeness([term], some, others), wanted, abs_tol=1e-9)


def test_a_word_and_a_pair_are_as_frequent_in_what_ships_as_they_stand_there() -> None:
    index, search = index_of(whole_library()), shipped_search()
    words = {letter: word for word, letter in lettered(word for word, _ in index.spread).items()}
    small = search._vocabulary.small
    for name in ("threatened", "not-coping"):
        often: dict[tuple[str, ...], float] = defaultdict(float)
        for part in index.parts[name]:
            for text in part.texts.splitlines():
                row = [words[letter] for letter in text]
                pairs = (p for p in pairwise(row) if part.is_typed or not small.issuperset(p))
                for term in (*((word,) for word in row), *pairs):
                    often[term] += part.share / part.length
        for term in (*often,)[::50]:
            assert isclose(search._shares(term)[name], often[term])


@pytest.mark.parametrize("said", ["threatening me on snapchat", "threatening " * 50])
def test_a_search_looks_up_what_is_typed_and_nothing_twice(said: str) -> None:
    index = from_json(as_json(index_of(whole_library())).encode(), SearchIndex)
    search = TreeSearch(index)
    looked_up: list[list[int]] = []
    for _ in range(2):
        search.find(said)
        search.is_crisis(said)
        caches = search._shares, search._crisis._compared._worth
        looked_up.append([cache.cache_info().misses for cache in caches])
    assert looked_up[0] == looked_up[1]
    assert 0 < looked_up[0][0] < 40
    terms, kinds = search._crisis._terms(tokens(said)), index.words.crisis.kinds
    assert 0 < looked_up[0][1] <= len(terms) * (1 + len(kinds))


def test_each_word_has_a_letter_of_its_own_that_every_copy_keeps() -> None:
    words = [str(number) for number in range(60_000)]
    letters = lettered(words)
    assert len({*letters.values()}) == len(words)
    text = "".join(letters.values())
    assert clean(text) == text
    assert "\n" not in text
    assert from_json(as_json(text).encode(), str) == text
    assert len(as_json(text[:91])) == 93  # nothing is escaped
