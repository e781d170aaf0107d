"""``fingerpost web``: what is written and where, what it begins with, and what is refused."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from datetime import date
from gzip import decompress
from pathlib import Path
from typing import Any

import pytest

from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.reading.loader import load

from ..support.shipped import page_to_search

LIBRARY = Path(__file__).parents[1] / "fixtures" / "talks" / "library"

SMALL = ["--trees", str(LIBRARY), "--only", "--now", "2026-11-28"]
WEB = ["web", *SMALL, "-o"]

LOCAL = """\
nation: scotland
routes:
  lost-desk: {who: Anyone of ours.}
"""

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder to work in."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


def written(*options: str) -> Any:
    """The data of a walk in the page that these options make."""
    assert main([*WEB, "page.html", "--force", *options]) == Exit.DONE
    return packed("walk")


def packed(name: str) -> Any:
    """Some data of the page that was written."""
    page = Path("page.html").read_text("utf-8")
    letters = re.search(f'<template id="{name}">(.*)</template>', page)
    assert letters
    return json.loads(decompress(b64decode(letters[1])))


def small_page() -> str:
    library = load([LIBRARY], whole=True).library
    return page_to_search(library, made_on=date(2026, 11, 28))


def test_a_page_is_written_into_a_file_or_to_the_output(capsys: Said) -> None:
    assert main([*WEB, "page.html"]) == Exit.DONE
    assert capsys.readouterr().out == "Written: page.html (it opens in any browser)\n"
    assert Path("page.html").read_text("utf-8") == small_page()
    assert main([*WEB, "-"]) == Exit.DONE
    assert capsys.readouterr().out == small_page()


@pytest.mark.parametrize(
    ("options", "tree", "given"),
    [
        ([], None, {}),
        (["--tree", "lost"], "lost", {}),
        (["--teller", "staff"], None, {"teller": ["staff"]}),
        (["--nation", "WALES"], None, {"nation": ["wales"]}),
        (["--local", "local.yaml"], None, {"nation": ["scotland"]}),
        (["--local", "local.yaml", "--nation", "wales"], None, {"nation": ["wales"]}),
    ],
    ids=str,
)
def test_it_begins_with_what_is_known(
    options: list[str], tree: str | None, given: dict[str, list[str]]
) -> None:
    Path("local.yaml").write_text(LOCAL, "utf-8")
    made = written(*options)["made"]
    assert made["tree"] == tree
    assert {fact: values["set"] for fact, values in made["given"]["map"]} == given
    assert made["made_on"] == "28 November 2026"
