"""``fingerpost check --explain``: what a code means, for people and as a page."""

from __future__ import annotations

import pytest

from fingerpost.checks.reports import manuals
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.model.diagnostics import Manual, Severity, codes, manual
from fingerpost.page.text_layout import cells

Capture = pytest.CaptureFixture[str]

EVERY = tuple(map(manual, codes()))
MADE_UP = Manual(
    "FP304",
    "A title",
    Severity.ERROR,
    "Write *this*, not <that>: see https://www.example.org/a_b and {route:childline}.",
    bad="# one.yaml, in told\nopen: Hello.\n",
    good="# one.yaml, in told\n\topen: >-\n" + "      word" * 12 + "\n",
)


def explained(capsys: Capture, *arguments: str) -> str:
    assert main(["check", "--explain", *arguments]) == Exit.DONE
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


@pytest.mark.parametrize("code", ["", *(manual.code for manual in EVERY)])
def test_it_fits_80_columns_and_has_no_control_character(capsys: Capture, code: str) -> None:
    said = explained(capsys, *([code] if code else []))
    assert max(map(cells, said.splitlines())) <= 80
    assert said.replace("\n", "").isprintable()


# Markdown


def test_words_are_no_markup_in_markdown_and_examples_stand_as_they_are() -> None:
    said = manuals.as_markdown(MADE_UP)
    assert r"Write \*this\*, not \<that\>: see `https://www.example.org/a_b` and {route" in said
    assert f"```yaml\n{MADE_UP.bad}```\n" in said
    assert f"```yaml\n{MADE_UP.good}```\n" in said
