"""The hazards of the shipped library: what is named is there, and a manager can read it all.

That each rule stands under a hazard is a check (FP413), which every file that ships passes.
"""

from __future__ import annotations

import re
from pathlib import Path

from fingerpost.model.facts import PEOPLE

from ..support.shipped import whole_library

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "safety-case.md"

MOST_WORDS = 2200
"""What somebody reads in ten minutes, at 220 a minute."""


def words(text: str) -> int:
    """How many words a text has: marks of Markdown are none."""
    return sum(1 for word in text.split() if re.search(r"\w", word))


def test_each_test_that_is_named_is_a_test_of_the_project() -> None:
    named = {test for hazard in whole_library().hazards for test in hazard.tests}
    assert named
    for test in sorted(named):
        assert re.fullmatch(r"tests/[\w/]+/test_\w+\.py", test), test
        assert (ROOT / test).is_file(), test


def test_no_hazard_is_told_twice() -> None:
    hazards = whole_library().hazards
    assert len({hazard.harm.read_by("staff") for hazard in hazards}) == len(hazards)


def test_a_manager_reads_it_in_ten_minutes() -> None:
    body, annex = PAGE.read_text(encoding="utf-8").split("## What guards, by hazard\n")
    assert 0 < words(body) <= MOST_WORDS
    assert words(annex) > words(body)
    rules = [*whole_library().rules, *(r for t in whole_library().trees.values() for r in t.rules)]
    people = ([each for each in rule.when.tests if each[0] in PEOPLE] for rule in rules)
    for_staff = sum(tests == [("teller", frozenset({"staff"}))] for tests in people)
    assert annex.count(", workers |") == for_staff > 0


def test_a_word_has_a_letter_or_a_digit() -> None:
    assert words("## 1\\. Danger\n\n- it's 999.\n") == 4
