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
    hard_words,
    tokens,
)
from fingerpost.model.sentence import Sentence
from fingerpost.model.tree import ALWAYS, When

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


def test_tokens_say_where_they_stand() -> None:
    assert list(tokens("A {where} {{hash}} {route:x} }")) == [
        Plain("A "),
        FactWords("where", 2),
        Plain(" "),
        HardWord("hash", 10),
        Plain(" "),
        RouteName("x", 19),
        Plain(" "),
        Stray("}", 29),
    ]


@QUICK
@given(ODD_TEXT)
def test_tokens_put_together_again_are_the_text(text: str) -> None:
    again = "".join(part for token in tokens(text) for part in as_written(token))
    assert "".join(again.split()) == "".join(text.split())


@QUICK
@given(ODD_TEXT)
def test_text_without_braces_is_left_alone(text: str) -> None:
    plain = text.replace("{", "").replace("}", "")
    assert filled(plain) == plain


def test_hard_words_come_in_order_each_once() -> None:
    assert hard_words("{{b}} {{a}} {{b}} {c} {route:d}") == ("b", "a")


def when(**tests: set[str]) -> When:
    return When(tuple((fact, frozenset(values)) for fact, values in tests.items()))


def test_a_condition_holds_if_every_fact_has_one_of_its_values() -> None:
    condition = when(age={"18", "16-17"}, nation={"wales"})
    assert condition.facts == ("age", "nation")
    wales, england = frozenset({"wales"}), frozenset({"england"})
    assert condition.holds({"age": frozenset({"18"}), "nation": wales})
    assert not condition.holds({"age": frozenset({"18"}), "nation": england})
    assert not condition.holds({"age": frozenset({"13-15"}), "nation": wales})
    assert not condition.holds({"nation": wales})


def test_of_many_answers_any_one_is_enough() -> None:
    condition = when(where={"a", "b"})
    assert condition.holds({"where": frozenset({"b", "c"})})
    assert not condition.holds({"where": frozenset({"c"})})
    assert not condition.holds({"where": frozenset()})


def test_the_empty_condition_always_holds() -> None:
    assert ALWAYS.holds({})
    assert ALWAYS.facts == ()


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
