"""``fingerpost sheet``: what is asked, what is written and where, and what is refused."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.terminal.io import streams

from ..support.doctoring import copy_with

LIBRARY = Path(__file__).parents[1] / "fixtures" / "talks" / "library"
SMALL = ["--trees", str(LIBRARY), "--only", "--now", "2026-11-24T02:00"]
KNOWN = ["--teller", "young-person", "--given", "what=phone", "--given", "seen=bag"]
SAFE, UNSAFE = ["--given", "safe=yes"], ["--given", "safe=no"]
LOST = ["sheet", "lost", *SMALL]

Type = Callable[[str], None]
Said = pytest.CaptureFixture[str]


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Type:
    """What somebody types, line by line."""
    return lambda typed: monkeypatch.setattr(sys, "stdin", io.StringIO(typed))


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, types: Type) -> Path:
    """An empty folder to work in; nobody types anything."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    types("")
    return work


def inside(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def sheet(*options: str, name: str = "advice.txt") -> str:
    """What stands on the sheet of somebody who is safe and has lost a phone."""
    assert main([*LOST, *KNOWN, *SAFE, "-o", name, *options]) == Exit.DONE
    return Path(name).read_text("utf-8")


def changed_copy(folder: Path, file: str, right: str, wrong: str) -> list[str]:
    """The options that read the small library with one thing in it written otherwise."""
    copy = copy_with(folder, LIBRARY, file, right, wrong)
    return ["--trees", str(copy), "--only", "--now", "2026-11-24T02:00"]


# What is asked


@pytest.mark.parametrize("count", range(4))
@pytest.mark.parametrize("output", ["advice.html", "-"])
def test_the_end_of_input_before_an_ending_writes_nothing(
    folder: Path, types: Type, capsys: Said, count: int, output: str
) -> None:
    types("1\n" * count)
    assert main([*LOST, "-o", output]) == Exit.STOPPED
    assert "Written" not in capsys.readouterr().out
    assert inside(folder) == []


@pytest.mark.parametrize(
    ("answer", "written", "title"),
    [
        ("1\n", ["advice.txt"], "Look again, and ask"),
        ("2\n", ["advice.txt"], "Who to ring"),
        ("3\n", [], ""),
        ("x\n", [], ""),
        ("q\n", [], ""),
        ("b\n1\n1\n", ["advice.txt"], "Look again, and ask"),
        ("!\n2\n", ["advice.txt"], "Who to ring"),
        ("4\n9\nyes\n1\n", ["advice.txt"], "Look again, and ask"),
    ],
)
def test_a_person_at_a_terminal_is_asked_before_anything_is_written(
    folder: Path,
    types: Type,
    capsys: Said,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    written: list[str],
    title: str,
) -> None:
    monkeypatch.setattr(streams, "is_terminal", lambda stream: stream is sys.stdin)
    types(f"1\n{answer}")
    assert main([*LOST, *KNOWN, "-o", "advice.txt", "--plain"]) == Exit.DONE
    said = capsys.readouterr().out
    asked = said.partition("Could someone find this who should not?")[2]
    for told in (
        "GET HELP TODAY: Look again, and ask",
        "Anyone who finds the sheet",
        "advice.txt",
    ):
        assert told in asked
    assert inside(folder) == written
    if written:
        assert title in (folder / "advice.txt").read_text("utf-8")


# What stands on it


def test_the_same_answers_are_the_same_bytes_at_another_hour() -> None:
    assert sheet("--now", "2026-11-24T02:00", name="a.html") == sheet(
        "--now", "2026-12-25T14:30", name="b.html"
    )


# To the output


def test_where_nobody_can_be_asked_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    with monkeypatch.context() as context:
        context.setattr(sys, "stderr", None)
        assert main([*LOST, "-o", "-"]) == Exit.CANNOT
        assert main([*LOST, *KNOWN, *SAFE, "-o", "-"]) == Exit.DONE  # nothing is to be asked
    assert "Look again, and ask" in capsys.readouterr().out


def test_input_that_is_closed_is_no_person(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main([*LOST, "-o", "a.txt"]) == Exit.STOPPED
    assert main([*LOST, *KNOWN, *SAFE, "-o", "a.txt"]) == Exit.DONE
    assert inside(folder) == ["a.txt"]
