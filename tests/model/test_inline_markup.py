"""Sentences with names in them, and conditions on facts: the smallest parts of every page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.model.diagnostics import Span
from fingerpost.model.inline_markup import (
    FactWords,
    HardWord,
    Plain,
    RouteName,
    Stray,
    Token,
    fill,
    tokens,
)
from fingerpost.model.sentence import Sentence

QUICK = settings(max_examples=150, deadline=None, derandomize=True)

# Letters, braces and everything else that a sentence's own marks are made of.
ODD_TEXT = st.text(st.sampled_from("ab-:{}[]<*$# \n0é") | st.characters(codec="utf-8"))


def as_written(token: Token) -> Iterator[str]:
    """What an author may have written for a token; spaces beside a name do not count."""
    match token:
        case Plain(text=text) | Stray(text=text):
            yield text
        case RouteName(route=name):
            yield f"{{route:{name}}}"
        case FactWords(fact=name):
            yield f"{{{name}}}"
        case HardWord(word=word):
            yield f"{{{{{word}}}}}"


def filled(text: str) -> str:
    return fill(text, lambda name: f"<route {name}>", lambda name: f"<fact {name}>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Tell someone.", "Tell someone."),
        ("Use {route:report-remove}.", "Use <route report-remove>."),
        ("{route: shout }", "<route shout>"),
        ("It is on {where}.", "It is on <fact where>."),
        ("{{grooming}} and {{ hate crime }}", "grooming and hate crime"),
        ("a{b", "a{b"),
        ("}{", "}{"),
        ("{Not A Name}", "{Not A Name}"),
        ("{{}}", "{{}}"),
        ("[b]*bold*[/b] <i> $x$ # :warning:", "[b]*bold*[/b] <i> $x$ # :warning:"),
    ],
)
def test_names_become_words_and_nothing_else_does(text: str, expected: str) -> None:
    assert filled(text) == expected


@QUICK
@given(ODD_TEXT)
def test_tokens_put_together_again_are_the_text(text: str) -> None:
    again = "".join(part for token in tokens(text) for part in as_written(token))
    assert "".join(again.split()) == "".join(text.split())


def test_a_sentence_is_read_by_its_reader() -> None:
    place = Span.start_of("made-up")
    same = Sentence("Hello.", span=place)
    assert same.read_by("staff") == same.read_by(None) == "Hello."
    assert same.texts == ("Hello.",)
    by_reader = Sentence("They.", by_teller=(("young-person", "You."),), span=place)
    assert by_reader.read_by("young-person") == by_reader.read_by(None) == "You."
    assert by_reader.read_by("parent") == "They."
    assert by_reader.texts == ("They.", "You.")
    for_all = Sentence("", by_teller=(("young-person", "A"), ("staff", "A")), span=place)
    assert for_all.texts == ("A",)
