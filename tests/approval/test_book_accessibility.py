"""The book of a tree that ships, as HTML and as a PDF: nothing keeps anybody from it."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from pdfua import validate

from fingerpost.cli.main import main
from fingerpost.cli.output import Exit

from ..sheets.test_pdf import faults
from ..support.chromium import BROWSER, node_here, ran

pytestmark = pytest.mark.slow

TREE = "threatened"
"""It has every kind of part, and what all trees share; only words differ in others."""


def made(folder: Path, format_: str) -> Path:
    path = folder / f"book.{format_}"
    assert main(["approve", TREE, "--book", str(path), "--now", "2026-11-27"]) == Exit.DONE
    return path


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("page"), "html")


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("paper"), "pdf")


@pytest.mark.browser
@pytest.mark.poppler
def test_axe_finds_nothing_against_it(page: Path) -> None:
    [found] = json.loads(ran(node_here(), BROWSER / "look.mjs", page, seconds=1200))
    for width in ("1280", "320"):
        looked = found["at"][width]
        assert looked["violations"] == []
        assert looked["unsure"] == []
        assert looked["scrolls"] == int(width)
    assert (found["requests"], found["said"]) == ([], [])
    assert json.loads(ran(node_here(), BROWSER / "validate.mjs", page, seconds=600)) == []


def test_nothing_is_found_against_its_pdf(paper: Path) -> None:
    assert faults(paper.read_bytes()) == []
    report = validate(str(paper))
    assert report.findings == ()
    # The one rule that this checker cannot ask of a heading in several pieces; faults asks it.
    assert {rule.rule_id for rule in report.skipped} <= {"UA-14-001"}
    with pikepdf.open(paper) as document:
        assert len(document.pages) < 70
