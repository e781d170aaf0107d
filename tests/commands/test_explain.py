"""``fingerpost check --explain``: what a code means, for people and as a page."""

from __future__ import annotations

import json

import pytest

from fingerpost.checks.reports import manuals
from fingerpost.checks.reports.sarif import as_sarif
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.model.diagnostics import Diagnostic, Manual, Severity, Span, codes, manual
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


# SARIF


def test_sarif_has_the_manual_of_each_code_that_was_found() -> None:
    place = Span("a.yaml", 1, 1, 1, 1)
    found = [
        Diagnostic("FP401", "no", place, lowered=Severity.WARNING),
        Diagnostic("FP304", "no", place),
        Diagnostic("FP304", "no", place),
    ]
    [run] = json.loads(as_sarif(found))["runs"]
    contract, not_sure = run["tool"]["driver"]["rules"]
    manual = next(manual for manual in EVERY if manual.code == "FP304")
    assert contract == {
        "id": "FP304",
        "shortDescription": {"text": manual.title},
        "fullDescription": {"text": manual.why},
        "help": {"text": manuals.as_text(manual), "markdown": manuals.as_markdown(manual)},
        "defaultConfiguration": {"level": "error"},
    }
    assert (not_sure["id"], not_sure["defaultConfiguration"]) == ("FP401", {"level": "warning"})
