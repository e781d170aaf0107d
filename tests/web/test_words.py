"""Words, stems and corrected words in a browser are those of Python."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from random import Random

import pytest

from fingerpost.model.spelling import meant
from fingerpost.search.words import english_stems, tokens

from ..support.journeys import Differs
from ..support.node import run
from ..support.shipped import whole_library

pytestmark = pytest.mark.node


def same(texts: Sequence[str], want: Iterable[object], have: Iterable[object]) -> None:
    for text, one, other in zip(texts, want, have, strict=True):
        if one != other:
            raise Differs(f"{text!r}: Python has {one!r}, the browser {other!r}")


# --- words ---------------------------------------------------------------------------------------

EVERY = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
KNOWN = [letter for letter in EVERY if unicodedata.category(letter) != "Cn"]
"""Every character that this Python knows. Newer ones may be letters in a browser already."""

LIKELY = KNOWN[:0x3000]


def compare_words(texts: Sequence[str]) -> None:
    (found,) = run("words.mjs", [{"split": texts}])
    told = [*zip(texts, found["split"], strict=True)]
    both = [(text, have) for text, have in told if have is not None]
    assert len(both) > 0.9 * len(told)  # the rest is newer than this Node.js
    same([text for text, _ in both], (tokens(text) for text, _ in both), [have for _, have in both])


def without_cherokee(letters: Iterable[str]) -> list[str]:
    return [each for each in letters if "CHEROKEE" not in unicodedata.name(each, "")]


def test_each_likely_character_is_the_same_in_a_browser() -> None:
    compare_words([f"a{letter}A" for letter in without_cherokee(LIKELY)])


@pytest.mark.slow
def test_each_character_is_the_same_in_a_browser() -> None:
    compare_words([f"a{letter}A" for letter in without_cherokee(KNOWN)])


def test_cherokee_has_other_letters_in_a_browser_but_as_many() -> None:
    """Python folds it to its capitals. Nothing is lost: who types it in either finds the same."""
    cherokee = [each for each in KNOWN if "CHEROKEE" in unicodedata.name(each, "")]
    (found,) = run("words.mjs", [{"split": cherokee}])
    pairs = {(*tokens(each), *have) for each, have in zip(cherokee, found["split"], strict=True)}
    assert len(pairs) == len({one for one, _ in pairs}) == len({other for _, other in pairs}) > 80


def test_words_side_by_side_are_the_same_in_a_browser() -> None:
    """A final sigma, an accent of its own, apostrophes of every kind, sums, and letters of two
    units of UTF-16."""
    compare_words(
        [
            "ΟΔΟΣ ΣΑΣ ς σ",
            "e\u0301te\u0301 A\u030a \u1e9b\u0323",
            "don't don\u2019t \u2018quoted\u2019 'n' o''clock",
            "£200 pay £ ££ 5£",
            "straße STRASSE STRAẞE ﬁne ﬃ ŉ ǰ İI ıi",
            "𝓀𝒾𝓁𝓁 𝐊𝐈𝐋𝐋 😭😭 𐐀𐐨",
            "under_score a-b a.b a\u200bb a\u00adb a\u0000b",
            "½ ² ٣ Ⅷ ⅷ 五",
            "",
            " \n\t",
        ]
    )


# --- stems ---------------------------------------------------------------------------------------

ENDS = """
    ed eed ing edly eedly ingly s ies ied sses us ly li y tional enci anci abli entli izer
    ization ational ation ator alism aliti alli fulness ousli ousness iveness iviti biliti bli
    fulli lessli ogi ogist alize icate iciti ical ful ness ative al ance ence er ic able ible
    ant ement ment ent ism ate iti ous ive ize sion tion e l ll
"""
"""The ends of which the rules of the stemmer speak."""

BEGINNINGS = """
    arsen commun emerg gener inter later organ past univers succ proc exc even cann inn earr
    herr out sk sky ski skis dying tying news howe atlas cosmos bias andes idl gentl ugl earl
    onl singl
"""
"""The beginnings that have a rule of their own."""

LETTERS = "aeiouybcdlnrstwxyY'é𝓀£2"


def drawn_words(seed: int, count: int) -> Iterator[str]:
    random = Random(seed)
    for _ in range(count):
        begin = "".join(random.choices(LETTERS, k=random.randint(0, 7)))
        yield begin + "".join(random.choices(ENDS.split(), k=random.randint(0, 2)))


@cache
def known() -> tuple[str, ...]:
    """The words and names of the library that ships, as far as they are told in cases."""
    library = whole_library()
    told = (*library.search.same, *library.search.said.values())
    stories = (case.story.texts for case in library.cases.values())
    lines = (line for each in (*told, *stories) for line in each)
    return tuple(dict.fromkeys(word for line in lines for word in tokens(line)))


def ruled_words() -> list[str]:
    return [begin + end for begin in ("", "a", *BEGINNINGS.split()) for end in ("", *ENDS.split())]


def compare_stems(words: Sequence[str]) -> None:
    (found,) = run("words.mjs", [{"stems": words}])
    same(words, map(english_stems(), words), found["stems"])


def test_stems_are_the_same_in_a_browser() -> None:
    compare_stems([*ruled_words(), "𝓀y", "𝓀ies", *drawn_words(0, 2_000), *known()])


# --- corrected words -----------------------------------------------------------------------------


def slips(seed: int, known: Sequence[str], count: int) -> Iterator[str]:
    """Known words with up to three letters left out, put in, replaced, or swapped."""
    random = Random(seed)
    for _ in range(count):
        word = random.choice(known)
        for _ in range(random.randint(0, 3)):
            at = random.randint(0, len(word))
            other = random.choice("aeiost𝓀")
            word = random.choice(
                (
                    word[:at] + word[at + 1 :],
                    word[:at] + other + word[at:],
                    word[:at] + other + word[at + 1 :],
                    word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
                )
            )
        yield word


ALIKE = [
    *("tear", "bear", "dear", "year", "ears", "gear", "teary", "treat", "rate", "tare", "trea"),
    *("photograph", "photographs", "phonograph", "fotograph", "x" * 39, "x" * 40, "x" * 41, "abc"),
    *("𝓀𝒾𝓁𝓁", "kill", "ki𝓁l", "abcd", "acbd", "badc", "", "a"),
]
"""Words that are near one another, short and long ones, and letters of two units of UTF-16."""


def compare_slips(words: Sequence[str], known: Sequence[str]) -> None:
    (found,) = run("words.mjs", [{"slips": words, "known": known}])
    same(words, (meant(word, known) for word in words), found["meant"])


def alike() -> list[str]:
    return [*ALIKE, *slips(0, ALIKE, 1_500), *slips(1, ["abcd", "badc", "x" * 40], 500)]


def test_words_are_corrected_as_in_python() -> None:
    compare_slips(alike(), ALIKE)
