"""The empty page on which a worker writes down what was said, from each place that offers it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from fingerpost.sheets.formats.pdf import PdfRenderer
from fingerpost.sheets.formats.text import text
from fingerpost.sheets.record import record_page

from ..support.driving import Job, Step, drive, keys
from ..support.shipped import page_to_search, whole_library, whole_reading

RECORD = whole_library().record
AT_AN_ENDING = "{}\n2\np\n"
"""Someone is badly hurt: what a reader chooses on the first page of the tree."""


def test_it_is_one_side_with_room_for_their_own_words() -> None:
    assert RECORD
    assert text(record_page(RECORD)) == Path(__file__).with_name("record.txt").read_text()
    with pikepdf.open(BytesIO(PdfRenderer().print(record_page(RECORD)))) as pdf:
        assert len(pdf.pages) == 1


def walked(folder: Path, typed: str) -> str:
    """What a walk line by line says, in a folder of its own."""
    command = [sys.executable, "-m", "fingerpost", "walk", "threatened", "--plain"]
    return subprocess.run(command, cwd=folder, input=typed, capture_output=True, text=True).stdout


def test_a_worker_saves_one_at_an_ending_and_nobody_else_is_offered_it(tmp_path: Path) -> None:
    offered = "Save an empty page, to write down what was said"
    assert offered not in walked(tmp_path, AT_AN_ENDING.format(1))
    said = walked(tmp_path, AT_AN_ENDING.format(3))
    [number] = [line.split(".")[0] for line in said.splitlines() if line.endswith(offered)]
    walked(tmp_path, f"{AT_AN_ENDING.format(3)}{number}\nx\n")
    [saved] = tmp_path.iterdir()
    assert "What they said, in their own words" in saved.read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.slow
def test_a_browser_prints_the_same_for_a_worker(tmp_path: Path) -> None:
    assert RECORD
    page = tmp_path / "page.html"
    page.write_text(
        page_to_search(whole_reading().walkable, made_on=date(2026, 12, 1)), encoding="utf-8"
    )
    words = ("run", "[...document.querySelectorAll('.paper > *')].map((each) => each.textContent)")
    steps: list[Step] = [
        *[*keys("3"), ("wait", "#said"), *keys("12"), ("wait", ".urgency")],
        *[
            ("click", "Print"),
            ("click", "Print an empty page, to write down what was said"),
        ],
        *[("run", "dispatchEvent(new Event('beforeprint'))"), words],
    ]
    [driven] = drive([Job(page, steps, {"before": "window.print = () => {}"})])
    above = "".join(each.otherwise for each in RECORD.say)
    told = [RECORD.title.otherwise, above, *(each.ask.otherwise for each in RECORD.blanks)]
    assert driven.sees[-1] == told
