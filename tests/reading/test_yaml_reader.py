"""The strict reader: every value as typed, every mistake in its place, and no file that harms."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fingerpost.model.diagnostics import Diagnostic, Severity, Span
from fingerpost.reading import decode, yaml_reader
from fingerpost.reading.located import Mapping, Node, Scalar, Sequence


def read(text: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    return yaml_reader.read(text.encode("utf-8", "surrogatepass"), "a.yaml")


def plain(node: Node | None) -> Any:
    """A node as Python's own values, for comparing."""
    match node:
        case Mapping(entries=entries):
            return {entry.key.text: plain(entry.value) for entry in entries}
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Scalar(text=text):
            return text
    return None


def value(text: str) -> Any:
    """What a right file says."""
    node, mistakes = read(text)
    assert mistakes == ()
    assert isinstance(node, Mapping)
    return plain(node)


def said(text: str) -> list[tuple[str, int, int]]:
    """Code, line and column of every mistake."""
    return [(each.code, each.span.line, each.span.column) for each in read(text)[1]]


def codes(text: str) -> list[str]:
    return [each.code for each in read(text)[1]]


def only(text: str) -> Diagnostic:
    """The one mistake of a text."""
    (mistake,) = read(text)[1]
    return mistake


def scalars(node: Node | None) -> Iterator[Scalar]:
    match node:
        case Mapping(entries=entries):
            for entry in entries:
                yield entry.key
                yield from scalars(entry.value)
        case Sequence(items=items):
            for item in items:
                yield from scalars(item)
        case Scalar():
            yield node


def between(text: str, span: Span) -> str:
    """The text that a span covers."""
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines) + 1)]
    start = starts[span.line - 1] + span.column - 1
    return text[start : starts[span.end_line - 1] + span.end_column - 1]


@pytest.fixture
def pure(monkeypatch: pytest.MonkeyPatch) -> None:
    """No C parser."""
    monkeypatch.delattr(yaml, "CSafeLoader")


# --- as typed ------------------------------------------------------------------------------------

TYPED = [
    "yes", "no", "NO", "on", "off", "y", "n", "true", "False", "null", "Null", "~",
    "0800 1111", "01010", "0161", "017", "0o17", "0x1F", "1_000", "1e3", "1.10", "-1", "+44", ".5",
    ".inf", ".nan", "10:00", "09:00", "22:22", "24/7", "2026-11-24", "2001-13-45", "2024-03",
    "2001-01-01T00:00:00Z", "13-15", "19-or-over", "999", "=", "--", "a-b", "-a", "?a", "a?",
    "https://www.childline.org.uk", "help@nspcc.org.uk", "text#1", "100%", "£5", "5" * 5000,
    "What, now?", "it's", 'say "no"', "a & b", "a * b", "a ! b", "{", "a [b] {c}", "Mo-Fr 09:00",
    "Ŵyt ti’n iawn", "می‌خواهم", "क्‍ष", "👩‍❤️‍👩", "\u200fشارع\u200e", "a\xa0b", "\ue000",
]  # fmt: skip


@pytest.mark.parametrize("typed", [typed for typed in TYPED if not typed.startswith("{")])
def test_a_value_is_the_very_text_on_the_page(typed: str) -> None:
    assert value(f"key: {typed}\n") == {"key": typed}
    assert value(f"- {typed}\n".join(["list:\n", ""])) == {"list": [typed]}


@pytest.mark.parametrize("typed", TYPED)
def test_in_quotation_marks_too(typed: str) -> None:
    quoted = typed.replace("'", "''")
    assert value(f"key: '{quoted}'\n") == {"key": typed}
    assert value(f"list: ['{quoted}']\n") == {"list": [typed]}
    assert value(f'key: "{json.dumps(typed, ensure_ascii=False)[1:-1]}"\n') == {"key": typed}
    assert value(f"key: |-\n  {typed}\n") == {"key": typed}


@pytest.mark.parametrize(
    "typed", ["yes", "no", "0800 1111", "18", "2026-11-24", "~", "10:00", "-1"]
)
def test_a_key_is_text_too(typed: str) -> None:
    assert value(f"{typed}: a\n") == {typed: "a"}
    assert value(f"map: {{{typed}: a}}\n") == {"map": {typed: "a"}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("key:\n", {"key": ""}),
        ("key:", {"key": ""}),
        ("key:   # a comment\nnext: a", {"key": "", "next": "a"}),
        ("key: ''\n", {"key": ""}),
        ("list:\n  -\n  - b\n", {"list": ["", "b"]}),
        ("map: {a: , b: c}\n", {"map": {"a": "", "b": "c"}}),
        ("map: {a, b}\n", {"map": {"a": "", "b": ""}}),
        ("map: {}\nlist: []\n", {"map": {}, "list": []}),
        ("list:\n- a\n- b\n", {"list": ["a", "b"]}),
        (
            "a:\n  b:\n    - c: d\n      e: f\n    - - g\n",
            {"a": {"b": [{"c": "d", "e": "f"}, ["g"]]}},
        ),
        ("a: one\n  two\n\n  three\n", {"a": "one two\nthree"}),
        ("a: >\n  one\n  two\n\n  three\n", {"a": "one two\nthree\n"}),
        ("a: |\n  one\n   two\n", {"a": "one\n two\n"}),
        ("a: |# a comment\n  one\n", {"a": "one\n"}),
        ("a: |2-\n   one\n", {"a": " one"}),
        ("a: >+\n  one\n\n", {"a": "one\n\n"}),
        ('a: "one\n  two"\n', {"a": "one two"}),
        (r'a: "\u00a35 \x41 \"q\" \\ \/"', {"a": '£5 A "q" \\ /'}),
        ("{a: b}\n", {"a": "b"}),
        ("---\na: b\n...\n", {"a": "b"}),
        ("# yaml-language-server: $schema=x\na: b\n", {"a": "b"}),
        ("a: b # a comment\n", {"a": "b"}),
        ("a: {say: Are you ok?, goto: b}\n", {"a": {"say": "Are you ok?", "goto": "b"}}),
        ("a: [x: y]\n", {"a": [{"x": "y"}]}),
    ],
)
def test_shapes(text: str, expected: Any) -> None:
    assert value(text) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_from_any_editor_reads_the_same(mark: str, end: str) -> None:
    text = "a: b\nlist:\n  - c\ntext: |\n  one\n  two\n"
    assert read(mark + text.replace("\n", end)) == read(text)


# --- places --------------------------------------------------------------------------------------


def test_every_value_knows_its_place() -> None:
    text = "title: A picture\nlist:\n  - one\n  - {a: 'b c', d: []}\n"
    node, _ = read(text)
    assert isinstance(node, Mapping)
    assert node.span == Span("a.yaml", 1, 1, 4, 22)
    title, list_ = node.entries
    assert title.key.span == Span("a.yaml", 1, 1, 1, 6)
    assert title.value.span == Span("a.yaml", 1, 8, 1, 17)
    assert list_.value.span == Span("a.yaml", 3, 3, 4, 22)
    assert isinstance(list_.value, Sequence)
    assert [item.span.column for item in list_.value.items] == [5, 5]
    assert [between(text, each.span) for each in scalars(node)] == (
        ["title", "A picture", "list", "one", "a", "'b c'", "d"]
    )


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("a: |\n  one\n  two\nb: c\n", (3, 6)),
        ("a: |\n  one\n\n\n# a comment\nb: c\n", (2, 6)),
        ("a: >+\n  one\n\n\n\nb: c\n", (2, 6)),
        ("a: |\n  one", (2, 6)),
        ("a: |\nb: c\n", (1, 5)),
        ("a: one\n  two  \n\nb: c\n", (2, 6)),
        ("a: 'one\n\n  two'\nb: c\n", (3, 7)),
        ("a: [one,\n  two\n  ]\nb: c\n", (3, 4)),
        ("a:\n  b: c\n\n\nd: e\n", (2, 7)),
        ("a:\n  - c\n\n# e\nd: e\n", (2, 6)),
        ("a: [b: c ]\n", (1, 11)),
        ("a:\nb: c\n", (1, 3)),
    ],
)
def test_no_place_runs_on_into_what_follows(text: str, end: tuple[int, int]) -> None:
    node, _ = read(text)
    assert isinstance(node, Mapping)
    span = node.entries[0].value.span
    assert (span.end_line, span.end_column) == end


@pytest.mark.parametrize(
    "text",
    ["a:", "a: ", "a:\n", "a: # b\n", "{a: , b: c}", "{a:\n , b: c}", "{a: }", "{'a': # c\n}"],
)
def test_an_empty_value_stands_right_behind_its_colon(text: str) -> None:
    node, _ = read(text)
    assert isinstance(node, Mapping)
    at = node.entries[0].value.span
    colon = text.index(":")
    assert (at.line, at.column) == (at.end_line, at.end_column) == (1, colon + 2)


def test_columns_count_characters() -> None:
    node, _ = read("ŵ🙂: [é, 名]\n")
    assert [each.span.column for each in scalars(node)] == [1, 6, 9]


# --- bytes and characters ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("title: £5\n".encode("latin-1"), (1, 8)),
        ("a: b\ntitle: “no”\n".encode("cp1252"), (2, 8)),
        ("ŵ: ".encode() + b"\xff", (1, 4)),
        (b"\xef\xbb\xbfa: \xff", (1, 4)),
        (b"a: b\r\nc: \x81", (2, 4)),
        (b"a: \xed\xa0\x80", (1, 4)),  # half a letter
        (b"a: \xc3", (1, 4)),  # cut short in the middle of a letter
    ],
)
def test_bytes_that_are_not_utf8(data: bytes, place: tuple[int, int]) -> None:
    node, (mistake, *others) = yaml_reader.read(data, "a.yaml")
    assert (mistake.code, mistake.span.line, mistake.span.column) == ("FP002", *place)
    assert "save as UTF-8" in mistake.hint
    assert others == []
    assert node is not None  # the rest can be looked at all the same


@pytest.mark.parametrize(
    "data",
    [
        b"- after: safe\n  say: It rings.\n{  answers: {safe: no}",  # the file ends too soon
        b"\n&sources:",  # a key is missing, and nothing stands before it
    ],
)
def test_no_mistake_lies_outside_its_file(data: bytes) -> None:
    _, mistakes = yaml_reader.read(data, "a.yaml")
    rows = data.decode().split("\n")
    assert mistakes
    for span in (each.span for each in mistakes):
        for line, column in ((span.line, span.column), (span.end_line, span.end_column)):
            assert 1 <= column <= len(rows[line - 1]) + 1


def test_a_file_from_windows_is_read_as_its_author_saw_it() -> None:
    node, mistakes = yaml_reader.read("say: “no” – £5\nsay: é\n".encode("cp1252"), "a.yaml")
    assert plain(node) == {"say": "“no” – £5"}
    assert [each.code for each in mistakes] == ["FP002", "FP003"]
    assert "“" in mistakes[0].message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_utf16_is_told_apart(encoding: str) -> None:
    node, (mistake,) = yaml_reader.read("title: A picture\n".encode(encoding), "a.yaml")
    assert node is None
    assert mistake.code == "FP002"
    assert "UTF-16" in mistake.message
    assert "save as UTF-8" in mistake.hint


REFUSED = [
    "\x00", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x80", "\x85", "\x9b",
    "\xad", "\u180e", "\u200b", "\u2028", "\u2029", "\u202a", "\u202d", "\u202e", "\u2060",
    "\u2066",
    "\u2069", "\u206f", "\ufeff", "\ufff9", "\ufffc", "\ufffd", "\ufdd0", "\ufffe", "\uffff",
    "\U000e0001", "\U000e0067", "\U000e007f", "\U0010ffff",
]  # fmt: skip


def test_what_is_not_looked_at_more_closely_is_never_suspect() -> None:
    ordinary = decode._BEYOND_SUSPICION.decode()
    assert decode._ANYTHING_SUSPECT.search(ordinary) is None


@pytest.mark.parametrize("letter", REFUSED, ids=ascii)
@pytest.mark.parametrize("frame", ["a: x{}y\n", "a: 'x{}y'\n", "a: |\n  x{}y\n", "a: b # x{}y\n"])
def test_a_refused_character_is_an_error_wherever_it_is_typed(frame: str, letter: str) -> None:
    text = frame.format(letter)
    node, (mistake,) = read(text)
    line = 2 if "|" in frame else 1
    column = frame.split("\n")[line - 1].index("{") + 1
    assert mistake.code == "FP005"
    assert mistake.span == Span("a.yaml", line, column, line, column + 1)
    assert f"U+{ord(letter):04X}" in mistake.message
    assert mistake.hint
    if node is not None:  # where it is no line break, the rest is as it was
        assert next(scalars(node)).text == "a"
        assert letter not in "".join(each.text for each in scalars(node))


@pytest.mark.parametrize(
    ("letter", "escape"),
    [
        ("\x00", r"\0"), ("\x00", r"\x00"), ("\x07", r"\a"), ("\x1b", r"\e"), ("\x1b", r"\x1b"),
        ("\t", r"\t"), ("\r", r"\r"), ("\x85", r"\N"), ("\u2028", r"\L"), ("\u2029", r"\P"),
        ("\u202e", r"\u202E"), ("\u200b", r"\u200b"), ("\U000e0041", r"\U000E0041"),
        ("\ufdd0", r"\ufdd0"), ("\x08", r"\b"), ("\x0b", r"\v"), ("\x0c", r"\f"),
    ],
)  # fmt: skip
def test_an_escaped_one_is_an_error_at_its_escape(letter: str, escape: str) -> None:
    node, (mistake,) = read(f'a: b\nc: "\\\\ x{escape}y"\n')
    assert mistake.code == "FP005"
    assert mistake.span == Span("a.yaml", 2, 9, 2, 9 + len(escape))
    assert f"U+{ord(letter):04X}" in mistake.message
    assert plain(node) == {"a": "b", "c": "\\ xy"}


def test_escapes_in_a_text_of_several_lines_have_their_own_lines() -> None:
    assert said('a: "one\n  \\e two\n  \\0\\e"\n') == [
        ("FP005", 2, 3),
        ("FP005", 3, 3),
        ("FP005", 3, 5),
    ]


@pytest.mark.parametrize("escape", [r"\ud83d\ude00", r"\uDEAD", r"\U0000d800", r"\U00110000"])
def test_an_escape_for_no_letter(escape: str) -> None:
    mistake = only(f'a: b\nc: "x{escape}"\n')
    assert (mistake.code, mistake.span.line, mistake.span.column) == ("FP001", 2, 6)
    assert "backslash" in mistake.message


# What nobody has yet found the cause of is told in a sentence that is true, with its line.
UNKNOWN = [
    ("needs: [a,, b]\nx: y\n", 1),
    ("needs: [\n  - a\n  - b\n  ]\n", 2),
    ("text: |\n  one\n two\nx: y\n", 3),
    ("// a comment\nx: y\n", 1),
    ("<<<<<<< HEAD\nstart: a\n=======\n", 1),
    (f"{'k' * 1100}: b\n", 1),
]


@pytest.mark.parametrize(("text", "line"), UNKNOWN)
def test_a_rare_mistake_still_has_its_line_and_a_hint(text: str, line: int) -> None:
    mistake = only(text)
    assert (mistake.code, mistake.span.line) == ("FP001", line)
    assert mistake.hint


@pytest.mark.parametrize(
    ("text", "column"),
    [("a: 0800\u200c1111", 8), ("a: pay\u200dpal", 7), ("a: é \u200d", 6), ("\u200da: b", 1),
     ("a: é\u200d\u200d", 6), ("a: “\u200c", 5)],
)  # fmt: skip
def test_joiners_that_join_nothing_are_refused(text: str, column: int) -> None:
    assert said(text) == [("FP005", 1, column)]


def test_the_flag_of_wales_is_explained() -> None:
    mistake = only("a: 🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f\n")
    assert "flag" in mistake.hint
    assert mistake.span == Span("a.yaml", 1, 5, 1, 11)


def test_every_bad_character_is_reported_in_one_run() -> None:
    assert said("a: \x01b\n\u200bc: d\ne: 'f\u202e'\n# \x1b\n") == [
        ("FP005", 1, 4),
        ("FP005", 2, 1),
        ("FP005", 3, 6),
        ("FP005", 4, 3),
    ]


@pytest.mark.slow
@given(st.text(st.characters(codec="utf-8"), max_size=40))
@example("\u200d")
def test_no_text_that_is_handed_on_holds_a_refused_character(text: str) -> None:
    quoted = json.dumps(text)
    refused = yaml_reader._REFUSED
    for form in (f"a: {text}\n", f"a: '{text}'\n", f"a: {quoted}\n", f"a: |\n  {text}\n"):
        node, mistakes = read(form)
        assert not any(refused.search(each.text) for each in scalars(node))
        assert node is not None or mistakes


# --- each code -----------------------------------------------------------------------------------


def test_a_key_written_twice_names_both_places() -> None:
    node, (mistake,) = read("danger: ring 999\nother: a\ndanger: wait\n")
    assert (mistake.code, mistake.span) == ("FP003", Span("a.yaml", 3, 1, 3, 7))
    assert [each.span for each in mistake.related] == [Span("a.yaml", 1, 1, 1, 7)]
    assert "danger" in mistake.message
    assert plain(node) == {"danger": "ring 999", "other": "a"}


@pytest.mark.parametrize(
    "text", ['1: a\n"1": b\n', "a: 1\n'a': 2\n", "{a: 1, a: 2}\n", "? a\n: 1\na: 2\n"]
)
def test_equal_keys_are_equal_however_they_are_quoted(text: str) -> None:
    assert ("FP003" in codes(text)) == ("?" not in text)


def test_every_key_that_is_written_twice_is_reported() -> None:
    text = "a: 1\nb:\n  a: 1\n  c: 2\n  c: 3\na: 4\na: 5\nd: {e: 1, e: 2}\n"
    assert said(text) == [("FP003", 5, 3), ("FP003", 6, 1), ("FP003", 7, 1), ("FP003", 8, 11)]


def test_a_long_key_is_shortened() -> None:
    key = "long " * 100
    assert len(only(f"{key}: a\n{key}: b\n").message) < 80


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a: &x b\n", [(1, 4)]),
        ("a: &x\n  b: c\n", [(1, 4)]),
        ("&x a: b\n", [(1, 1)]),
        ("a: [&x b, &y c]\n", [(1, 5), (1, 11)]),
        ("a: &x b\nc: *x\n", [(1, 4), (2, 4)]),
        ("a: *nobody\n", [(1, 4)]),
        ("*x : b\n", [(1, 1)]),
        ("a: &x [*x]\n", [(1, 4), (1, 8)]),
        ("<<: {a: b}\n", [(1, 1)]),
        ("a: &x {b: c}\nd:\n  <<: *x\n", [(1, 4), (3, 3), (3, 7)]),
        ("a: !b c\n", [(1, 4)]),
        ("a: ! c\n", [(1, 4)]),
        ("a: !!python/object/apply:os.system [x]\n", [(1, 4)]),
        ("a: !include b.yaml\n", [(1, 4)]),
        ("a: !<tag:yaml.org,2002:str> b\n", [(1, 4)]),
        ("a: !e!b c\n", [(1, 4)]),
        ("a: [!b, c]\n", [(1, 5)]),
        ("a: !b%41 c\n", [(1, 4)]),
        ("a: !b, c\n", [(1, 4)]),
        ("a: !b{ c\n", [(1, 4)]),
        ("!!map\na: b\n", [(1, 1)]),
        ("%YAML 1.1\n---\na: b\n", [(1, 1)]),
        ("%YAML 9.9\n---\na: b\n", [(1, 1)]),
        ("%YAML 1.1\n", [(1, 1)]),
        ("%TAG ! tag:x,2000:\n---\na: b\n", [(1, 1)]),
        ("%FOO\n---\na: b\n", [(1, 1)]),
        ("# a\n%YAML " + "9" * 5000 + "\n---\na: b\n", [(2, 1)]),
        ("a: *bold* text\n", [(1, 4)]),
        ("a: & more\n", [(1, 4)]),
        ("a: *b\nc: d: e\n", [(1, 4), (2, 5)]),
    ],
)
def test_what_yaml_can_do_and_trees_need_not(text: str, places: list[tuple[int, int]]) -> None:
    found = said(text)
    assert [place for code, *place in found if code == "FP004"] == [
        list(place) for place in places if place != (2, 5)
    ]
    assert {code for code, *_ in found} <= {"FP004", "FP001"}


def test_a_text_that_begins_with_a_mark_is_told_to_be_quoted() -> None:
    for mark in "&*!":
        assert (
            "quotation marks"
            in only(f"say: {mark}word and more\n" if mark != "*" else "a: *b\n").hint
        )


def test_quoted_signs_are_text() -> None:
    assert value("'<<': a\nb: ['&x', '*x', '!x', \"%x\"]\n") == {
        "<<": "a",
        "b": ["&x", "*x", "!x", "%x"],
    }


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a:\n\tb: c\n", (2, 1)),
        ("a:\n  \tb: c\n", (2, 1)),
        ("\ta: b\n", (1, 1)),
        ("a: |\n\tb\n", (2, 1)),
        ("a:\n\xa0\xa0b: c\n", (2, 1)),
        ("a:\n \u3000b: c\n", (2, 1)),
        ("a: b\n\t\nc: d\n", (2, 1)),
        ("a:\tb\n", (1, 3)),
        ("a: b\tc\n", (1, 5)),
        ("a: b\t# c\n", (1, 5)),
        ("a: 'b\t\tc'\n", (1, 6)),
    ],
)
def test_tabs(text: str, place: tuple[int, int]) -> None:
    mistake = only(text)
    assert (mistake.code, mistake.span.line, mistake.span.column) == ("FP006", *place)
    assert "space bar" in mistake.hint


def test_a_tab_in_a_line_leaves_the_rest_as_it_is() -> None:
    assert plain(read("a:\tb\nc: d\te\n")[0]) == {"a": "b", "c": "d e"}


def test_after_so_many_lines_with_tabs_the_reading_stops() -> None:
    mistake = only("a:\n" + "\tb: c\n" * 5000)
    assert mistake.code == "FP006"
    assert "999 more" in mistake.message


def test_tabs_in_every_line_are_one_mistake() -> None:
    text = "a:\n" + "".join(f"\tb{n}:\n\t\tc: d\n" for n in range(50))
    mistake = only(text)
    assert "99 more" in mistake.message
    assert [each.span.line for each in mistake.related] == [3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a: b\n---\nc: d\n", [2]),
        ("a: b\n...\n---\nc: d\n", [3]),
        ("---\n---\na: b\n", [2]),
        ("a: b\n---\nc: d\n---\n", [2, 4]),
    ],
)
def test_a_second_document(text: str, lines: list[int]) -> None:
    node, mistakes = read(text)
    assert node is None
    assert [(each.code, each.span.line) for each in mistakes] == [("FP007", n) for n in lines]


def test_what_is_wrong_in_a_second_document_is_said_too() -> None:
    assert codes("a: b\n---\nc: &x d\nc: e\n") == ["FP007", "FP004", "FP003"]


def nested(depth: int, kind: str) -> str:
    """A file whose values stand so deep in one another, the top one included."""
    if kind == "block":
        return "".join(" " * level + "a:\n" for level in range(depth))
    if kind == "dashes":
        return "a:\n  " + "- " * (depth - 1) + "b\n"
    if kind == "lines":
        return "a:\n" + " [\n" * (depth - 1) + "]" * (depth - 1) + "\n"
    return "a: " + "[" * (depth - 1) + "]" * (depth - 1) + "\n"


@pytest.mark.parametrize("kind", ["block", "dashes", "lines", "brackets"])
def test_forty_deep_is_read_and_forty_one_is_not(kind: str) -> None:
    assert read(nested(40, kind))[1] == ()
    node, (mistake,) = read(nested(41, kind))
    assert (node, mistake.code) == (None, "FP008")


@pytest.mark.parametrize("depth", [41, 900, 1100, 30_000])
def test_the_place_of_too_deep_is_the_forty_first(depth: int) -> None:
    assert said(nested(depth, "brackets")) == [("FP008", 1, 4 + 39)]
    assert said("a: {b: " + "[" * depth) == [("FP008", 1, 8 + 38)]


def test_eight_megabytes_and_no_more() -> None:
    head = b"a: "
    node, mistakes = yaml_reader.read(head + b"b" * (decode.LARGEST - len(head)), "a.yaml")
    assert (node is not None, mistakes) == (True, ())
    node, (mistake,) = yaml_reader.read(head + b"b" * (decode.LARGEST - len(head) + 1), "a.yaml")
    assert (node, mistake.code) == (None, "FP009")
    assert "8 MB" in mistake.message


def test_only_so_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_reader, "MOST_VALUES", 5)
    assert read("a: [b, c]\n")[1] == ()
    assert said("a: [b, c, d]\n") == [("FP009", 1, 11)]


def test_after_so_many_mistakes_the_reading_stops() -> None:
    node, mistakes = read("a: b\n" * 3000)
    assert node is None
    assert len(mistakes) == decode.MOST_MISTAKES + 1
    assert {each.code for each in mistakes} == {"FP003", "FP009"}
    assert [each.code for each in mistakes if each.code == "FP009"] == ["FP009"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "nothing"),
        ("\n\n", "nothing"),
        ("# only\n# comments\n", "nothing"),
        ("---\n", "nothing"),
        ("---\n...\n", "nothing"),
        ("''\n", "nothing"),
        ("\ufeff", "nothing"),
        ("- a\n- b\n", "a list"),
        ("[a, b]\n", "a list"),
        ("just text\n", "a text"),
        ("<html>\n<body>\n", "a text"),
    ],
)
def test_a_file_without_keys(text: str, word: str) -> None:
    node, (mistake,) = read(text)
    assert (node, mistake.code) == (None, "FP010")
    assert word in mistake.message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("? [a]\n: b\n", (1, 3)),
        ("[a]: b\n", (1, 1)),
        ("{a: b}: c\n", (1, 1)),
        ("a: {{b}: c}\n", (1, 5)),
        ("say: {{grooming}}\n", (1, 7)),
        ("say: {{grooming}} is a word\n", (1, 7)),
        ("say: {{{a}}}\n", (1, 7)),
        ("? - a\n  - b\n: c\n", (1, 3)),
        ("? a\n: b\n", (1, 3)),
        ("{? a : b}\n", (1, 4)),
        ("a: b\n?\n  c\n: d\n", (3, 3)),
        ("a: b\n? # a comment\n\n  # another\n  c\n: d\n", (5, 3)),
        (": a\n", (1, 1)),
        ("a:\n  - : b\n", (2, 5)),
        ("a: {: b}\n", (1, 5)),
        ("a: {b: c, : d}\n", (1, 11)),
        ("a: {? , b: c}\n", (1, 5)),
        ("a: [? : b]\n", (1, 5)),
        ("?\n", (1, 1)),
        ("ask: ? What now\n", (1, 6)),
    ],
)
def test_a_key_that_is_no_plain_text(text: str, place: tuple[int, int]) -> None:
    node, (mistake,) = read(text)
    assert node is None
    assert (mistake.code, mistake.span.line, mistake.span.column) == ("FP011", *place)


@pytest.mark.parametrize(
    "text",
    [
        "a: What?\nb: c\n",
        "a: What ?\nb: c\n",
        "a: [b ?, c]\nd: e\n",
        "a: b\n# ?\nc: d\n",
        "a: |\n  ?\n\nb: c\n",
        "a:\n  - b ?\n  - c: d\n",
    ],
)
def test_a_question_mark_in_a_text_is_only_that(text: str) -> None:
    value(text) if "|" not in text else read(text)


@pytest.mark.parametrize(
    ("text", "place", "kept"),
    [
        ("say: We are #1 here\n", (1, 13), {"say": "We are"}),
        ("say: #help\n", (1, 6), {"say": ""}),
        ("list:\n  - #1\n", (2, 5), {"list": [""]}),
        ("map: {a: #1\n  , b: c}\n", (1, 10), {"map": {"a": "", "b": "c"}}),
        ("a: b  #c\n", (1, 7), {"a": "b"}),
    ],
)
def test_a_text_that_is_cut_short_is_a_warning(
    text: str, place: tuple[int, int], kept: Any
) -> None:
    node, (mistake,) = read(text)
    assert (mistake.code, mistake.severity) == ("FP012", Severity.WARNING)
    assert (mistake.span.line, mistake.span.column) == place
    assert plain(node) == kept


@pytest.mark.parametrize(
    "text", ["a: b # c\n", "a: b#c\n", "a: '#c'\n", "a: b ##\n", "a: b #\n", "#c\na: b"]
)
def test_a_comment_or_a_sign_is_not_taken_for_a_text_cut_short(text: str) -> None:
    value(text)


def test_what_came_before_a_syntax_error_is_still_said() -> None:
    text = "a: &x b\nc: \u200bd\ne: 1\ne: 2\nf: g: h\ni: *x\n"
    assert said(text) == [
        ("FP004", 1, 4),
        ("FP005", 2, 4),
        ("FP003", 4, 1),
        ("FP001", 5, 5),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a:\n\tb: c\n\t  d: e\nf: g: h\n",  # after a guessed indentation
        "a: b\x85c: d: e\n",  # and a guessed line break
        'a: "b\u200b" c\n',  # in the line that lacks a character
    ],
)
def test_a_syntax_error_that_may_be_an_echo_is_not_said(text: str) -> None:
    assert "FP001" not in codes(text)
    assert read(text)[0] is None


# --- forty ordinary mistakes ---------------------------------------------------------------------

HEAD = "fingerpost: 1\ntitle: A picture\nabout: Some words\n"

ORDINARY: list[tuple[str, int, str]] = [
    # the text after HEAD, the line where the mistake is, a word of its cause
    ('start: "safe\nquestions:\n  safe: {use: safe}\n', 4, "not closed"),
    ('start: "safe\nnext: "x"\nquestions:\n', 4, "not closed"),
    ('needs:\n  - "one\n  - "two"\n  - three\n', 5, "not closed"),
    ('q: {say: "Yes, goto: a}\nb: {say: "No", goto: c}\n', 4, "not closed"),
    ("start: 'safe\nquestions:\n  safe: y\n", 4, "not closed"),
    ("open: 'tis fine\nx: y\n", 4, "apostrophe"),
    ("open: 'Don't worry'\nx: y\n", 4, "apostrophe"),
    ('say: "She said "no" to me"\nx: y\n', 4, "closing quotation mark"),
    ('say: "Yes" she said\nx: y\n', 4, "closing quotation mark"),
    ('"say" it: b\nx: y\n', 4, "closing quotation mark"),
    ("open: Note: this\nx: y\n", 4, "second colon"),
    ("do:\n  - do: Say this: hello\n", 5, "second colon"),
    ("safe: use: safe\nx: y\n", 4, "second colon"),
    ("open: Thank you\n  for this: it helps\n", 5, "further in"),
    ("open:Thank you\nx: y\n", 4, "space after this colon"),
    ("questions:\n  safe:\n    use:safe\n    goto: x\n", 6, "space after this colon"),
    ('answers:\n  yes: {say:"Yes", goto: x}\n', 5, "space after the colon"),
    ("start:\u00a0safe\nx: y\n", 4, "space after this colon"),
    ("start\nx: y\n", 4, "no colon"),
    ("questions\n  safe:\n    use: safe\n", 4, "no colon"),
    ("questions:\n  safe\n    use: safe\n", 5, "no colon"),
    ("start = safe\nx: y\n", 4, "colon"),
    ("start：safe\nx: y\n", 4, "colon"),
    ("questions:\n    safe:\n      use: safe\n   age:\n      use: age\n", 7, "level with"),
    (" start: x\nfoo: y\n", 4, "further in"),
    ("questions:\n  safe:\n    use: safe\n     goto: age\n", 7, "further in"),
    ("needs:\n  - a\n - b\n", 6, "no list is"),
    ("needs:\n  - a\n  -b\n  - c\n", 6, "space after this dash"),
    ("needs:\n  -a\n  -b\n", 5, "space after this dash"),
    ("needs: - a\n  - b\n", 4, "in the line of its key"),
    ("needs:\n  - a\n  b: c\n", 6, "“- ”"),
    ("a:\n  b: c\n  - d\n", 6, "no list is"),
    ("needs: [a, b\nopen: text\nx: y\n", 4, "[ that opens here is not closed"),
    ("goto: {yes: a, no: b\nopen: text\n", 4, "{ that opens here is not closed"),
    ("needs: [a, b]]\nx: y\n", 4, "closes nothing"),
    ("goto: {a: b c: d}\nx: y\n", 4, "comma"),
    ('needs: ["a" "b"]\nx: y\n', 4, "comma is missing"),
    ("answers: {\n  a: {say: x}\n  b: {say: z}\n}\n", 5, "comma is missing"),
    ("say: {route:childline} can help\nx: y\n", 4, "begins with {"),
    ("say: [Name] is angry\nx: y\n", 4, "bracket"),
    ("say: {{grooming}} is bad\nx: y\n", 4, "bracket"),
    ("say: *bold* text\nx: y\n", 4, "alias"),
    ("say: !important thing\nx: y\n", 4, "tag"),
    ("say: @name said\nx: y\n", 4, "begin with @"),
    ("say: %50 of them\nx: y\n", 4, "begin with %"),
    ("say: > 18 years\nx: y\n", 4, "no text may follow >"),
    ("say: |text\nx: y\n", 4, "no text may follow |"),
    ('path: "C:\\path"\nx: y\n', 4, "backslash"),
    ('outcomes:\n  a:\n    title: "It has', 6, "not closed"),
    ("outcomes:\n  a:\n    needs: [one, ", 6, "not closed"),
    ("outcomes:\n  a:\n    title: x\n    op", 7, "cut short"),
    ("questions:\n\tsafe: x\n", 5, "tab"),
    ("title: Again\n", 4, "twice"),
    ("say: We are #1\n", 4, "comment"),
    ("--- \nx: y\n", 4, "second document"),
]  # fmt: skip


@pytest.mark.parametrize(("rest", "line", "cause"), ORDINARY)
def test_an_ordinary_mistake_is_said_once_in_its_line_with_its_cause(
    rest: str, line: int, cause: str
) -> None:
    (mistake,) = read(HEAD + rest)[1]
    assert abs(mistake.span.line - line) <= 1
    assert cause in f"{mistake.message}; {mistake.hint}"
    assert mistake.hint
    assert not mistake.message.endswith(".")


def test_there_are_at_least_forty_of_them() -> None:
    assert len({rest for rest, _, _ in ORDINARY}) >= 40


LESS_ORDINARY: list[tuple[str, str, tuple[int, int], str]] = [
    ("  a: 1\nb: 2\n", "FP001", (2, 1), "level with"),
    ("a: 1\n]\n", "FP001", (2, 1), "closes nothing"),
    ("a: {b: 1\n   c: 2}\n", "FP001", (1, 8), "comma"),
    ("a: [b, 'c' d]\n", "FP001", (1, 12), "closing quotation mark"),
    ("a: [@b]\n", "FP001", (1, 5), "begin with @"),
    ("a: [b, |c]\n", "FP001", (1, 8), "follow |"),
    ("a: {b: c:}\n", "FP001", (1, 9), "colon"),
    ("a: [b\n", "FP001", (1, 4), "not closed"),
    ("[\n", "FP001", (1, 1), "not closed"),
    ("a: b\n{\n", "FP001", (2, 1), "not closed"),
    ('a: "b\n---\nc: d\n', "FP001", (1, 4), "not closed"),
    ("a: 'b' 'c'\n", "FP001", (1, 8), "closing quotation mark"),
    ('a: "\\q"\n', "FP001", (1, 5), "backslash"),
    ('a: "\\xZZ"\n', "FP001", (1, 5), "backslash"),
    ("a: b\nc: {d: e} f\n", "FP001", (2, 11), "closing bracket"),
    ("a:\n  - b\n  - c: d\n    - e\n", "FP001", (4, 5), "no list is"),
    ("a: b\nc: [d, e] f: g\n", "FP001", (2, 11), "closing bracket"),
    ("a: `b`\n", "FP001", (1, 4), "begin with `"),
    ('{\n "a": 1\n "b": 2\n}\n', "FP001", (2, 7), "comma"),
]


@pytest.mark.parametrize(("text", "code", "place", "cause"), LESS_ORDINARY)
def test_a_less_ordinary_mistake(text: str, code: str, place: tuple[int, int], cause: str) -> None:
    mistake = only(text)
    assert (mistake.code, mistake.span.line, mistake.span.column) == (code, *place)
    assert cause in f"{mistake.message}; {mistake.hint}"


# --- the parser without C ------------------------------------------------------------------------

EVERY_INPUT = sorted(
    {
        *(f"key: {typed}\n" for typed in TYPED),
        *(f"key: [{typed}]\n" for typed in TYPED),
        *(f'key: "{letter}x"\n' for letter in REFUSED),
        *(HEAD + rest for rest, _, _ in ORDINARY),
        *(text for text, *_ in LESS_ORDINARY),
        *(nested(depth, kind) for depth in (40, 41) for kind in ("block", "dashes", "brackets")),
        "a: [&x b, *x, !y c, !<z> d, !!str e]\nf: &g\n  h: i\n",
        "a: !b, c\n",
        "a: [!b%zz c]\n",
        "a: [!b!c d]\n",
        "%YAML 1.1\n---\na: b\n",
        "%YAML 1.1 # c\n",
        "%TAG !a! b\n---\nc: !a!d e\n",
        "%YAML 11111111111.1\n---\n",
        "%FOO\n---\na: b\n",
        "a: b\n---\nc: d\n...\ne: f\n",
        "a: |2-\n   b\nc: >+\n  d\n\ne: |# f\n  g\nh: |-1\n i\n",
        "a: |0\n b\n",
        "a: [b?, c ?d, ?, e]\n",
        "{a:,}\n",
        "{a: b:, c}\n",
        "a: [b#c, d #e\n , f]\n",
        'a: "\\ud800"\n',
        'a: "b\n---\nc"\n',
        'a: "b',
        "a: b\n[\n",
        "- {\n",
        "a: b # c\n  d\n",
        "a: b\n  # c\n  d\n",
        "",
    }
)


@pytest.mark.usefixtures("pure")
def test_without_a_c_parser_pyyaml_s_own_is_taken() -> None:
    assert yaml_reader._parser() is yaml.SafeLoader
    assert value("a: [b, c]\n") == {"a": ["b", "c"]}


@pytest.mark.slow
@pytest.mark.usefixtures("pure")
@pytest.mark.parametrize(
    "text",
    [
        *EVERY_INPUT,
        'a: "\\UFFFFFFFF"\n',
        'a: "\\U00110000"\n',
        f"%YAML {'1' * 5000}.1\n---\na: b\n",
    ],
)
def test_without_a_c_parser_nothing_is_raised_either(text: str) -> None:
    node, mistakes = read(text)
    assert isinstance(node, Mapping) or any(each.severity is Severity.ERROR for each in mistakes)


PIECES = [
    "a", "b: ", "k:", "c", "- ", "-", "\n", "\n  ", "\n    ", ": ", ":", ", ", ",", "[", "]", "{",
    "}", "'", '"', "'d'", '"e"', " # f", " #g", " ", "|\n  h\n", ">-\n  i\n", "?", "<<: ", "0", "é",
    "\U0001f642", "\\", "\\u0041", "---\n", "//", "=", "&x ", "*x", "!y ", "@", "%", "\t", "\u200b",
    "\xa0", "\ufeff", "\r\n", "key: value\n", "  nested: [1, 2]\n", "{say: Yes, goto: x}", "\\0",
]  # fmt: skip
"""What small files are made of, right ones and wrong ones."""


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_with_or_without_a_c_parser_nothing_is_raised_on_anything(text: str) -> None:
    for parser in (yaml.CSafeLoader, yaml.SafeLoader):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yaml_reader, "_parser", lambda parser=parser: parser)
            node, mistakes = read(text)
        assert node is not None or any(each.severity is Severity.ERROR for each in mistakes)


# --- other readers ------------------------------------------------------------------------------

EVERYDAY = [
    "a: b\n",
    "a: b",
    "# c\n\n  # d\na: b\n   \n#e\n",
    " a: b\n c: d\n",
    "a: b # c\nd: e  #\nf: g ##\n",
    "a: b   \nc: d\n",
    "a: b#c:d/e\n",
    "a b: c\n18: d\né-ŵ: f\n",
    "a:\n  b:\n    c: d\n  e: f\n",
    "a: # b\n    c: d\ne: f\n",
    "a:\n- b\n- c: d\n  e: f\ng: h\n",
    "a:\n  - b\n  - - c\n    - d\n  -   e: f\n      g:\n      - h\n",
    "a: 'b'\nc: ''\nd: 'it''s' # e\n",
    'a: "b"\nc: ""\nd: "e \\"f\\" # g: h"   # i\n',
    "a: b\n  c\n   {d} [e], & f\ng: h\n",
    "a:\n  - b\n    c\n  - d: e\n     f\n",
    "a: >-\n  b: c\n  # d\ne: f\n",
    "a:\n  - |-\n    b\n    - c\n  - d: |-\n     e\n",
    "a: {b: c}\nd: [e]\n",
    'a: {b: c d, e: "f, {g}", h: [i, {j: k}, "l"]}   # m\n',
    "a: {b: {c: [d, e], f: g}, h: i?, j: 10:00, k: it's}\n",
    "a: [b - c, d ? e, f & g, https://h.i]\n",
    "a: b\xa0c \u202fd\n",
    "{a: b}\n",
    "a:\n  b\nc:\n   'd'\ne:\n - f:\n     g h\n",
    "a:\n  {b: c}\nd:\n  # e\n\n  [f]\n",
    "a:\n  >-\n   b\n   c\n",
    "a: >-\n    b\n  # c\n\n\n  # d\ne:\n  - f: |-\n      g\n      h\n    i: j\n  - >-\n   k\n\n",
    "a: [b, c,\n  d,\n      e]\nf: {g: h,\n i: [j, k], l: m} # n\no: p\n",
    'a: {b c: d  e}   \nf:\n  - {g: "h: {i} # j"} # k\n  - l: {m: https://n.o}\np:\n  {q: r}\n',
    f'a: {{b: {"c " * 1000}d}}\ne: {{f: "{"g" * 2000}"}}\n',
]
"""Each form, and what may stand around it."""


def says_the_same(text: str) -> bool:
    """Whether a text is read as PyYAML reads it for others, without places."""
    expected: Any = yaml.load(text, Loader=yaml.CBaseLoader)  # texts, lists and maps alone
    return bool(value(text) == expected)


@pytest.mark.parametrize("text", EVERYDAY)
def test_what_people_write_every_day_means_what_yaml_says(text: str) -> None:
    assert says_the_same(text)


STARTS = ["", "a: ", "b: ", "c:", "d: ", "- ", "- e: ", "- - ", "-   f: ", "18: "]
INDENTS = ["", "", "  ", "  ", "    ", "      ", " "]
VALUES = [
    "", "x", "x y", "x y", "http://x.y/z", "x#y", "x # c", "x #c", "x  ", "x: y", "x:", "'q'",
    "'q''r'",
    "'q", '"q"', '"q \\" r"', '"\\x41"', '"q" # c', "{a: b}", "{a: b, c: [d, e]}", "[x, y]",
    "[x, {a: b}]",
    "{a: {b: c}}", '{a: "x, y", b: z}', "{a: it's}", "{a: b ?, c: x:y}", "{a: b", "{ a: b }",
    "{a:b}",
    "{a, b}", "[a: b]", "[a,b]", "[a, ]", "[]", "{a: b} # c", "[a]]", ">-", "|-", "|",
    ">-\n  x\n  y",
    "|-\n    x\n    - y", "x\n  y", "x\n    y: z", "x\n  - y", "# c", "&a x", "*b", "!t x", "? x",
    "- z", "-x",
    "@", "<<", "...", "é ŵ", "🙂", "x\xa0y", "é\u200dé", "\t", "\u200b", "~", "null", "9:30", "?x",
    "%",
]  # fmt: skip
LINES = st.tuples(*map(st.sampled_from, (INDENTS, STARTS, VALUES))).map("".join)


@pytest.mark.slow
@settings(max_examples=700, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=7).map("\n".join))
def test_lines_of_every_kind_mean_what_yaml_says_or_are_a_mistake(text: str) -> None:
    assert read(text)[1] or says_the_same(text)


NAMES = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)
WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=30)
TREES = st.dictionaries(
    NAMES,
    st.recursive(
        WORDS, lambda more: st.lists(more, max_size=4) | st.dictionaries(NAMES, more, max_size=4)
    ),
    min_size=1,
    max_size=5,
)


def acceptable(tree: Any) -> bool:
    """Whether nothing in a tree would be refused wherever it stands."""
    text = json.dumps(tree, ensure_ascii=False)
    return (
        yaml_reader._REFUSED.search(text) is None and decode._ANYTHING_SUSPECT.search(text) is None
    )


@settings(max_examples=50, deadline=None)
@given(tree=TREES.filter(acceptable), flow=st.booleans(), style=st.sampled_from([None, "'", '"']))
def test_what_another_program_writes_is_read_as_it_was(
    tree: dict[str, Any], flow: bool, style: str | None
) -> None:
    text = yaml.safe_dump(
        tree, allow_unicode=True, default_flow_style=flow, default_style=style, width=60
    )
    if style == "'":  # tags are written before whatever would need one
        text = text.replace("!!str ", "")
    node, mistakes = read(text)
    assert plain(node) == tree
    assert mistakes == ()


@given(TREES.filter(acceptable))
@settings(max_examples=25, deadline=None)
def test_places_of_words_hold_the_words(tree: dict[str, Any]) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, width=1000)
    node, _ = read(text)
    for each in scalars(node):
        if each.span.line == each.span.end_line:
            typed = between(text, each.span)
            assert each.text in (typed, *([yaml.safe_load(typed)] if typed[:1] in "'\"" else []))


# --- nothing harms -------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace"))
)
def test_no_bytes_raise(data: bytes) -> None:
    node, mistakes = yaml_reader.read(data, "a.yaml")
    assert node is None or isinstance(node, Mapping)
    assert node is not None or any(each.severity is Severity.ERROR for each in mistakes)
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for each in mistakes:
        assert (each.span.line, each.span.column) >= (1, 1)
        assert (each.span.line, each.span.column) <= (each.span.end_line, each.span.end_column)
        assert each.span.end_line <= lines
        assert each.message
    assert list(mistakes) == sorted(mistakes, key=lambda each: each.order)


def test_a_parser_that_gives_no_place_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def __init__(self, text: str) -> None: ...

        def get_event(self) -> None:
            raise yaml.YAMLError("no idea")

    monkeypatch.setattr(yaml_reader, "_parser", lambda: Broken)
    assert said("'a': b\n") == [("FP001", 1, 1)]


ATTACKS = Path(__file__).parents[1] / "support" / "attacks.py"

READ = {"one text", "one quoted text", "joiners", "emoji"}
"""The attacks that are only large; all others are refused."""


HANGS = 30
"""Seconds of a processor: far more than any file takes (see benchmarks/reading.py), and far less
than a reader whose work grows with the square of a file's size."""


@pytest.mark.slow
def test_no_attack_hangs_or_takes_more_than_200_mib() -> None:
    """The memory is that of the whole process with the largest of the files, 64 MB of text."""
    places = os.pathsep.join(sys.path)
    run = subprocess.run(
        [sys.executable, str(ATTACKS)],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": places},
        text=True,
        check=True,
    )
    *results, most = map(json.loads, run.stdout.splitlines())
    assert len(results) == 29
    hanging = [(name, spent) for name, spent, *_ in results if spent > HANGS]
    assert hanging == []
    assert most is None or most <= 200
    assert {name for name, _, was_read, *_ in results if was_read} == READ
    assert all(count <= decode.MOST_MISTAKES + 1 for *_, count in results)


@pytest.mark.usefixtures("pure")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: " + "[" * 100_000, "FP008"),
        ("a:\n" + " [\n" * 100_000, "FP008"),
        ("a:\n  " + "- " * 50_000, "FP008"),
        ("{" * 100_000, "FP008"),
        ("a: b\n" * 5_000, "FP003"),
        ("a: " + "b" * 100_000 + ": c", "FP001"),
    ],
)
def test_the_pure_parser_stops_as_early(text: str, code: str) -> None:
    assert codes(text)[0] == code
