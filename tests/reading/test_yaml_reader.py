"""The strict reader: every value as typed, every mistake in its place, and no file that harms."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.model.diagnostics import Diagnostic, Severity, Span
from fingerpost.reading import decode, yaml_reader
from fingerpost.reading.located import Mapping, Node, Scalar, Sequence


def read(text: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    return yaml_reader.read(text.encode("utf-8", "surrogatepass"), "a.yaml")


def plain(node: Node | None) -> Any:
    """A node as Python's own values, for comparing."""
    match node:
        case Mapping(by_text=entries):
            return {entry.key.text: plain(entry.value) for entry in entries.values()}
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


def scalars(node: Node | None) -> Iterator[Scalar]:
    match node:
        case Mapping(by_text=entries):
            for entry in entries.values():
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


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_from_any_editor_reads_the_same(mark: str, end: str) -> None:
    text = "a: b\nlist:\n  - c\ntext: |\n  one\n  two\n"
    assert read(mark + text.replace("\n", end)) == read(text)


# --- what it makes of each file ------------------------------------------------------------------

GOLDEN = Path(__file__).parents[1] / "golden" / "yaml.txt"


def data_of(file: str) -> bytes:
    typed = ast.literal_eval(file) if file[0] == "b" else json.loads(file)
    return typed if isinstance(typed, bytes) else str(typed).encode("utf-8", "surrogatepass")


def place(span: Span) -> str:
    return f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"


def spans(node: Node) -> Iterator[Span]:
    yield node.span
    match node:
        case Mapping(by_text=entries):
            for entry in entries.values():
                yield entry.key.span
                yield from spans(entry.value)
        case Sequence(items=items):
            for item in items:
                yield from spans(item)


def told(file: str) -> str:
    """What is made of a file."""
    node, mistakes = yaml_reader.read(data_of(file), "a.yaml")
    lines = [file, f"  {json.dumps(plain(node))}" if node else "  nothing"]
    if node:
        lines.append(f"  at {' '.join(map(place, spans(node)))}")
    for each in mistakes:
        hint = f" ({each.hint})" if each.hint else ""
        lines.append(f"  {each.severity} {each.code} at {place(each.span)}: {each.message}{hint}")
        lines += [f"    {place(more.span)}: {more.message}" for more in each.related]
    return "\n".join(lines)


def test_each_file_is_read_as_it_was_written_down() -> None:
    written = GOLDEN.read_text("utf-8")
    parts = [part.rstrip() for part in written.split("\n\n")]
    made = "\n\n".join(told(p.split("\n")[0]) if p[0] in 'b"' else p for p in parts) + "\n"
    if os.environ.get("RENEW_GOLDENS"):
        GOLDEN.write_text(made, "utf-8")
    assert made == written


# --- bytes and characters ------------------------------------------------------------------------


REFUSED = [
    "\x00", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x80", "\x85", "\x9b",
    "\xad", "\u180e", "\u200b", "\u2028", "\u2029", "\u202a", "\u202d", "\u202e", "\u2060",
    "\u2066",
    "\u2069", "\u206f", "\ufeff", "\ufff9", "\ufffc", "\ufffd", "\ufdd0", "\ufffe", "\uffff",
    "\U000e0001", "\U000e0067", "\U000e007f", "\U0010ffff",
]  # fmt: skip


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


# --- each code -----------------------------------------------------------------------------------


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


# --- the parser without C ------------------------------------------------------------------------


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


ATTACKS = Path(__file__).parents[1] / "support" / "attacks.py"

READ = {"one text", "one quoted text", "joiners", "emoji", "questions", "escapes"}
"""The attacks of which something can be read; all others are refused."""


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
