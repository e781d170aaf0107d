"""Mistakes as people read them: the place, the line, a caret that stands right, and the hint."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.checks.reports.text import for_people
from fingerpost.model.diagnostics import Diagnostic, Related, Span
from fingerpost.model.sanitize import clean
from fingerpost.page.text_layout import cells


def at(line: int, column: int, end: int, *, file: str = "a.yaml", end_line: int = 0) -> Diagnostic:
    return Diagnostic("FP201", "wrong", Span(file, line, column, end_line or line, end))


def rows(mistake: Diagnostic, text: str) -> list[str]:
    return for_people([mistake], {"a.yaml": text}).split("\n")


@pytest.mark.parametrize(
    ("text", "mistake", "shown", "caret"),
    [
        ("goto: danger", at(1, 7, 13), "    goto: danger", "          ^^^^^^"),
        ("goto:", at(1, 6, 6), "    goto:", "         ^"),  # no width
        ("a: |\n  b", at(1, 4, 4, end_line=2), "    a: |", "       ^"),  # several lines
        ("\ta: b", at(1, 2, 3), "     a: b", "     ^"),  # a tab takes one column
        ("名前: x", at(1, 5, 6), "    名前: x", "          ^"),  # two columns for a letter
        ("say: 名前", at(1, 6, 8), "    say: 名前", "         ^^^^"),
        ("e\u0301te\u0301: x", at(1, 6, 7), "    e\u0301te\u0301: x", "       ^"),  # and none
        ("a: 🙂 b", at(1, 6, 7), "    a: 🙂 b", "          ^"),
        ("\u0301: x", at(1, 1, 2), "    \u0301: x", "    ^"),  # a mark alone has a caret too
        ("ab", at(1, 9, 12), "    ab", "      ^"),  # beyond the line's end
        ("\ufeffab: x", at(1, 1, 3), "    ab: x", "    ^^"),  # a mark at the file's start
        ("x: 1\r\nab: x\r\n", at(2, 1, 3), "    ab: x", "    ^^"),
        ("x: 1\rab: x\r", at(2, 1, 3), "    ab: x", "    ^^"),
        ("x\x85y\x0bz: 1\nab: x", at(2, 1, 3), "    ab: x", "    ^^"),  # no line breaks to us
    ],
)
def test_the_caret_stands_under_the_place(
    text: str, mistake: Diagnostic, shown: str, caret: str
) -> None:
    assert rows(mistake, text)[1:3] == [shown, caret]


def test_what_an_author_wrote_can_do_nothing() -> None:
    mistake = Diagnostic(
        "FP202",
        "no “\x1b[2J”\nanywhere",
        Span("evil\x1b]0;x\x07.yaml", 1, 1, 1, 2),
        hint="did you mean “\u202e”?",
        related=(Related("here\n\x9b", Span("e\rvil", 1, 1, 1, 1)),),
    )
    shown = for_people([mistake], {"evil\x1b]0;x\x07.yaml": "\x1b[3Ja\u202eb"})
    assert shown.split("\n") == [
        "evil�]0;x�.yaml:1:1: error FP202 no “�[2J” anywhere",
        "    �[3Ja�b",
        "    ^",
        "  hint: did you mean “�”?",
        "  note: e�vil:1: here �",
    ]


@given(
    text=st.text(max_size=300),
    line=st.integers(1, 5),
    column=st.integers(1, 320),
    width=st.integers(0, 320),
)
def test_any_text_and_any_place_give_one_caret_row_at_most(
    text: str, line: int, column: int, width: int
) -> None:
    shown = rows(at(line, column, column + width), text)
    assert len(shown) in (1, 3)
    assert all(clean(row) == row for row in shown)
    if len(shown) == 3:
        assert set(shown[2]) == {" ", "^"}
        assert cells(shown[2]) <= 4 + 2 * 102
