"""``fingerpost explain``: what a code means, for people and as a page."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from fingerpost.checks.reports import manuals
from fingerpost.checks.reports.manuals import GROUPS
from fingerpost.checks.reports.sarif import as_sarif
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.model.base import replace
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
    assert main(["explain", *arguments]) == Exit.DONE
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


def test_without_a_code_every_code_is_listed_in_its_group(capsys: Capture) -> None:
    said = explained(capsys)
    groups = said.split("\n\n")
    assert [group.split("\n")[0] for group in groups[:-1]] == list(GROUPS.values())
    listed = [row for group in groups[:-1] for row in group.split("\n")[1:]]
    assert listed == [f"{manual.code}  {manual.title}" for manual in EVERY]
    assert groups[-1] == "For more on one of them: fingerpost explain CODE\n"


@pytest.mark.parametrize("code", ["", *(manual.code for manual in EVERY)])
def test_it_fits_80_columns_and_has_no_control_character(capsys: Capture, code: str) -> None:
    said = explained(capsys, *([code] if code else []))
    assert max(map(cells, said.splitlines())) <= 80
    assert said.replace("\n", "").isprintable()


def test_a_console_of_few_letters_is_told_the_same_in_plainer_ones() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "fingerpost", "explain", "FP113"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert ran.stdout.startswith(b'FP113: "alone" where only one answer can be chosen')
    assert ran.stdout.isascii()


# Markdown


def test_words_are_no_markup_in_markdown_and_examples_stand_as_they_are() -> None:
    said = manuals.as_markdown(MADE_UP)
    assert r"Write \*this\*, not \<that\>: see `https://www.example.org/a_b` and {route" in said
    assert f"```yaml\n{MADE_UP.bad}```\n" in said
    assert f"```yaml\n{MADE_UP.good}```\n" in said


# For a terminal


def test_what_an_example_holds_can_do_nothing_to_a_terminal() -> None:
    said = manuals.as_text(replace(MADE_UP, bad="# one.yaml\nopen: \x1b[2J\u202e\n"))
    assert said.replace("\n", "").isprintable()


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
