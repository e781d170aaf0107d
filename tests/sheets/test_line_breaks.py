"""A long word is parted where a reader would part it, and nothing of it is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fingerpost.sheets.formats.pdf import pieces

any_words = st.text(st.sampled_from("ab/.-_=? \u00a0x\u0302é"), max_size=60)


def test_an_address_is_parted_after_slashes_and_only_then_after_other_signs() -> None:
    assert pieces("Go to https://example.org/a-b now", 20) == [
        "Go to https://example.org/",
        "a-b now",
    ]
    assert pieces("https://a.org/online-mobile-safety/a-b", 15)[1:] == [
        "online-",
        "mobile-",
        "safety/",
        "a-b",
    ]


def test_a_piece_that_is_still_long_is_parted_after_any_letter() -> None:
    assert pieces("abcdef g", 5) == ["a", "b", "c", "d", "e", "f g"]
    assert pieces("no/abcdef", 5) == ["no/", "a", "b", "c", "d", "e", "f"]


@given(any_words, st.integers(1, 12))
def test_together_the_pieces_are_the_text(text: str, longest: int) -> None:
    found = pieces(text, longest)
    assert "".join(found) == text
    assert all(found) or found == [""]


@given(any_words, st.integers(2, 12))
def test_no_piece_has_a_word_that_is_too_long(text: str, longest: int) -> None:
    words = [word for piece in pieces(text, longest) for word in piece.split()]
    # A letter may have any number of marks, and no line ends between those.
    assert all(len(word) <= longest or len(word.replace("\u0302", "")) <= 1 for word in words)


@given(any_words, st.integers(1, 12))
def test_no_line_ends_within_a_short_word(text: str, longest: int) -> None:
    found = pieces(text, longest)
    ends = {sum(map(len, found[:number])) for number in range(1, len(found))}
    for end in ends:
        word = text[:end].split()[-1] + text[end:].split()[0]
        assert len(word) > longest
        assert not text[end - 1].isspace()
        assert not text[end].isspace()
