"""What a person must check by hand of what ships. Which of it is listed, and why, is in the
transcripts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from fingerpost.checks.manual_review import Group, to_check
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit

from ..support.shipped import whole_library

REVIEW = Path(__file__).parents[2] / "docs" / "review.md"
DAY = date(2026, 6, 15)
QUESTIONS = whole_library().review_questions


def test_what_a_question_is_about_is_there() -> None:
    """A question about what is gone would be asked for nothing."""
    library = whole_library()
    names = {*library.trees, *library.routes, *library.advice}
    assert {name for question in QUESTIONS for name in question.about} <= names


def test_the_page_of_this_repository_is_as_things_stand(capsys: pytest.CaptureFixture[str]) -> None:
    """After a change of a tree, a route or a source: run the command in its head, and read what
    has changed in it."""
    page = REVIEW.read_text(encoding="utf-8")
    command = re.search(r"^    fingerpost (routes --to-check --now (\S+))$", page, re.M)
    assert command is not None
    assert main(command[1].split()) == Exit.DONE
    made = capsys.readouterr().out
    assert made == page, f"make it again: fingerpost {command[1]} > docs/review.md"


def test_the_shipped_library_lists_what_a_life_depends_on_first() -> None:
    found = to_check(whole_library(), DAY).items
    first = [item.name for item in found if item.group is Group.LIFE]
    assert [item.name for item in found][: len(first)] == first
    assert first[0] == "police-999"
    assert {
        *("police-999-sms", "police-999-bsl", "childline", "samaritans", "papyrus", "shout"),
        *("nhs-111-mental-health-england", "nhs-111-wales-press-2", "nhs-24-scotland"),
        "lifeline-ni",
    } <= {*first}


def test_the_law_that_was_repealed_is_a_reminder_for_every_nation() -> None:
    """The answer on threats rests on one law in three nations and on another in Scotland, and is
    read as its reader reads it: question, short answer and the rest."""
    found = to_check(whole_library(), DAY).items
    threats = {
        item.name: each.where
        for item in found
        if item.group is Group.LAW
        for each in item.statements
        if each.words.startswith("Is it a crime? It can be. You don't need")
    }
    assert threats == {
        "osa-2023": "threatened, ending violence-later, england and wales and northern-ireland",
        "scotland-2017": "threatened, ending violence-later, scotland",
    }
