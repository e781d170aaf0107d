"""Cases that can be rehearsed: those that ship, and the one that the docs print for a trainer."""

from __future__ import annotations

import re
from pathlib import Path

from fingerpost.checks.runner import rehearsable
from fingerpost.reading.loader import load, shipped


def test_every_case_of_ours_can_be_rehearsed() -> None:
    read = load([shipped()], whole=True)
    found = rehearsable(read)
    assert found.library == read.library
    assert found.mistakes == ()


def test_the_file_that_the_page_prints_is_a_whole_file(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "content.md").read_text("utf-8")
    [printed] = re.findall(r"^```yaml\n(cases:.*?)^```$", page, re.M | re.S)
    (tmp_path / "ours.yaml").write_text(printed, "utf-8")
    found = rehearsable(load([shipped()], own_cases=tmp_path, whole=True))
    assert found.mistakes == ()
    assert "after-the-five-a-side" in found.library.cases
