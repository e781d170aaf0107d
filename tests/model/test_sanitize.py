"""Text that is shown can be read and can do nothing else: held for every character there is."""

from __future__ import annotations

from unicodedata import bidirectional, category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.model.sanitize import clean

LOST = "\N{REPLACEMENT CHARACTER}"

TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""Unicode's own names for embeddings, overrides and isolates."""

JOINERS_AND_MARKS = "\u200c\u200d\u200e\u200f\u061c"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[3J", f"{LOST}[3J"),  # clears the scrollback
        ("\x1b]52;c;cm0gLXJm\x07", f"{LOST}]52;c;cm0gLXJm{LOST}"),  # writes the clipboard
        ("\x9b2J", f"{LOST}2J"),  # the same in C1
        ("a\rb", f"a{LOST}b"),  # would write over the line
        ("a\x08b", f"a{LOST}b"),
        ("\u202etxt.exe", f"{LOST}txt.exe"),
        ("\u2066a\u2069", f"{LOST}a{LOST}"),
        ("a\u200bb\ufeff", f"a{LOST}b{LOST}"),
        ("ok\U000e0041", f"ok{LOST}"),
        ("a\u2028b\x85c", f"a{LOST}b{LOST}c"),
        ("\ud83d", LOST),
        ("\0", LOST),
        ("a\r\nb\n", "a\nb\n"),
        ("a\tb", "a b"),
    ],
)
def test_what_a_terminal_would_obey_is_seen_and_does_nothing(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ring Childline on 0800 1111.",
        "Ŵyt ti’n iawn? Dŵr, tŷ, £5 – “ie”",
        "می‌خواهم",  # Persian: ZWNJ inside a word
        "क्‍ष",  # Hindi: ZWJ
        "👩‍❤️‍👩 🏴‍☠️",
        "\u200fشارع 12\u200e",
        "\u0600١٢",  # Arabic's number sign, which Unicode counts among the invisible
        "line\nline",
        "\ue000\u0378",  # of private use, or not yet a letter: a box at worst
    ],
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@given(st.text())
def test_to_clean_twice_is_to_clean_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_nothing_is_left_but_what_can_be_printed(text: str) -> None:
    allowed = JOINERS_AND_MARKS + "\n"
    for letter in clean(text):
        assert category(letter) not in ("Cc", "Cs", "Zl", "Zp") or letter in allowed
        assert bidirectional(letter) not in TURNS
