"""The book of a tree that ships, as HTML and as a PDF: nothing keeps anybody from it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pdfua import validate

from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.proof.drawing import graph
from fingerpost.proof.drawings.labels import COLOURS
from fingerpost.proof.drawings.svg import picture

from ..sheets.test_pdf import faults
from ..support.chromium import BROWSER, node_here, ran
from ..support.shipped import whole_library

pytestmark = pytest.mark.slow

TREE = "threatened"
"""It has every kind of part, and what all trees share; only words and pictures differ in others,
and each picture is looked at."""


def made(folder: Path, format_: str) -> Path:
    path = folder / f"book.{format_}"
    assert main(["book", TREE, "-o", str(path), "--now", "2026-11-27"]) == Exit.DONE
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
    """What axe cannot tell is the contrast of letters in a picture, which a test below tells."""
    [found] = json.loads(ran(node_here(), BROWSER / "look.mjs", page, seconds=1200))
    for width in ("1280", "320"):
        looked = found["at"][width]
        assert looked["violations"] == []
        assert [each for each in looked["unsure"] if "color-contrast: <text " not in each] == []
        assert looked["scrolls"] == int(width)
    assert (found["requests"], found["said"]) == ([], [])
    assert json.loads(ran(node_here(), BROWSER / "validate.mjs", page, seconds=600)) == []


def letters(svg: str) -> Iterator[tuple[str, str]]:
    """The colour of each text of a drawing and that of the box behind it, or of the paper."""
    behind = "#fff"
    for tag in re.findall(r"<rect [^>]*>|<text [^>]*>", svg):
        filled = re.search(r'fill="(#\w+)"', tag)
        if tag.startswith("<rect"):
            assert filled
            behind = filled[1]
        else:
            yield filled[1] if filled else "#000", behind
            behind = "#fff"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, by WCAG 2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
    shares = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return sum(part * share for part, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_every_word_of_a_drawing_can_be_read() -> None:
    library = whole_library()
    pairs = {p for name in library.trees for p in letters(picture(graph(library, name)).svg)}
    assert {("#000", fill) for fill, _ in COLOURS.values()} | {("#333", "#fff")} <= pairs
    assert min(contrast(*pair) for pair in pairs) >= 7


def test_nothing_is_found_against_its_pdf(paper: Path) -> None:
    assert faults(paper.read_bytes()) == []
    report = validate(str(paper))
    assert report.findings == ()
    # The one rule that this checker cannot ask of a heading in several pieces; faults asks it.
    assert {rule.rule_id for rule in report.skipped} <= {"UA-14-001"}
    with pikepdf.open(paper) as document:
        assert len(document.pages) > 100
