"""The library that docs/format.md prints is run, as the page says it can be, and its tables."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from fingerpost.reading.format import FORMAT as THE_FORMAT

from ..support.format_page import PAGE as FORMAT
from ..support.format_page import reached, told, with_tables

_FILE = re.compile(r"^`(?P<name>[\w/-]+\.yaml)`\n\n```yaml\n(?P<text>.*?)^```$", re.M | re.S)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The files of the page, in a folder."""
    folder = tmp_path / "example"
    for found in _FILE.finditer(FORMAT.read_text(encoding="utf-8")):
        path = folder / found["name"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found["text"], encoding="utf-8")
    return folder


def fingerpost(*arguments: str | Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "fingerpost", *arguments],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_example_has_no_mistake(example: Path) -> None:
    assert len(list(example.rglob("*.yaml"))) == 7
    ran = fingerpost("check", "--trees", example, "--only")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_example_can_be_walked_to_its_ending(example: Path) -> None:
    answers = ("teller=young-person", "age=13-15", "nation=wales", "what-happened=taken-over")
    given = [word for answer in answers for word in ("--given", answer)]
    ran = fingerpost(
        "walk", "locked-out", "--plain", "--trees", example, "--only", *given, typed="1\n"
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Change the password of your email first." in ran.stdout
    assert "0800 1111" in ran.stdout
    assert "Get to where other people are." not in ran.stdout


def test_the_tables_of_keys_are_made_of_the_format() -> None:
    """To make them anew: ``python tests/support/format_page.py``."""
    page = FORMAT.read_text(encoding="utf-8")
    assert with_tables(page) == page
    old = page.replace("| the first step |", "| the last step |")
    assert old != page
    assert with_tables(old) == page


@pytest.mark.parametrize("file", [file for file in THE_FORMAT.files if file != "local"])
def test_the_page_tells_every_key_of_a_kind_of_file(file: str) -> None:
    """Not of local files: their routes have no key that those of a library do not have."""
    page = FORMAT.read_text(encoding="utf-8")
    assert reached(file) <= told(page)
    assert not reached("cases") <= told(page.replace("<!-- keys: case -->", ""))
