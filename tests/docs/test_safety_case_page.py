"""``docs/safety-case.md`` is the safety case of the library as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fingerpost.cli.exit_codes import Exit
from fingerpost.cli.main import main

pytestmark = pytest.mark.slow

PAGE = Path(__file__).parents[2] / "docs" / "safety-case.md"


def test_the_page_of_this_repository_is_as_things_stand(capsys: pytest.CaptureFixture[str]) -> None:
    """After a change of a tree, a rule, a route or a hazard: make it again, and read what has
    changed in it."""
    page = PAGE.read_text(encoding="utf-8")
    made_on = re.search(r"^.*Made on (\d{4}-\d\d-\d\d) by fingerpost", page, re.M)
    assert made_on is not None
    command = ["safety-case", "-o", "-", "--format", "md", "--now", made_on[1]]
    assert main(command) == Exit.DONE
    made = capsys.readouterr().out
    assert made == page, f"make it again: fingerpost {' '.join(command)} > docs/safety-case.md"
