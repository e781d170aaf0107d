"""``fingerpost rehearse``: which stories, what is written, and what is refused."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fingerpost.cli.main import main
from fingerpost.cli.output import Exit

from ..support.staged import CASES, TALKS

SMALL = ["--trees", str(TALKS / "library"), "--only", "--now", "2026-11-24T02:00"]
REHEARSE = ["rehearse", *SMALL, "--cases", str(CASES)]
LATE = ["1", "1", "1", "4", "3"]
"""What to type for the whole of the late bus, to the ending that the tree shows."""

Said = pytest.CaptureFixture[str]
Type = Callable[..., None]


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Type:
    """What somebody types, line by line."""
    return lambda *lines: monkeypatch.setattr(
        sys, "stdin", io.StringIO("".join(f"{x}\n" for x in lines))
    )


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, types: Type) -> Path:
    """An empty folder to work in; nobody types anything."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    types()
    return work


# The review


def test_the_end_of_input_before_a_review_is_not_done(folder: Path, types: Type) -> None:
    types("1")
    review = ["--case", "a-late-bus", "--review", "review.txt"]
    assert main([*REHEARSE, *review]) == Exit.STOPPED
    assert list(folder.iterdir()) == []


def test_a_take_home_of_what_was_begun_is_written_however_a_room_stops(
    folder: Path, types: Type
) -> None:
    """Stopped, left at once or at the end of input; the next morning's stands beside it."""
    room = ["--room", "--case", "a-phone-on-the-bus", "--review", "home.txt"]
    for ended in (["q"], ["x"], []):
        types("n", "n", *"nnnnn", "1 0 7", "", *ended)
        main([*REHEARSE, *room])
    names = ["home-2.txt", "home-3.txt", "home.txt"]
    assert sorted(path.name for path in folder.iterdir()) == names
    for name in names:
        written = " ".join((folder / name).read_text("utf-8").split())
        assert "This can hurt: Wait until it turns up" in written
        assert "No safeguarding professional has approved these words yet." in written


def test_who_leaves_at_once_leaves_no_name_of_a_file_on_the_screen(
    types: Type, capsys: Said
) -> None:
    types("n", "n", *"nnnnn", "1 0 7", "x")
    main([*REHEARSE, "--room", "--case", "a-phone-on-the-bus", "--review", "home.txt"])
    assert "home.txt" not in "".join(capsys.readouterr())
    assert Path("home.txt").exists()


def said_in(page: Path) -> list[str]:
    """The words of each part that may lie about alone: a page, or what stands below a heading."""
    if page.suffix == ".pdf":
        whole = subprocess.run(["pdftotext", page, "-"], capture_output=True, check=True).stdout
        return whole.decode().rstrip("\f").split("\f")
    parts = {".html": '<div class="break"></div>', ".md": "\n---\n\n## ", ".txt": "\f"}
    return page.read_text("utf-8").split(parts[page.suffix])


@pytest.mark.parametrize("suffix", ["html", "pdf", "md", "txt"])
@pytest.mark.parametrize("what", ["review", "debrief", "handout", "script"])
def test_every_print_says_that_it_is_a_rehearsal(
    what: str, suffix: str, folder: Path, types: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    """And a script says how its room begins."""
    if suffix == "pdf":
        pytest.importorskip("typst")
        if not shutil.which("pdftotext"):
            pytest.skip("poppler is not installed")
    in_room = ["n", "n", *"nn" * 5, "n", "s"]
    typed = {"review": [*LATE, "1", "1", *LATE, "1", "q"], "debrief": [*in_room, *in_room, "q"]}
    options = {
        "review": ["--review", f"paper.{suffix}"],
        "debrief": ["--review", f"paper.{suffix}", "--room"],
        "handout": ["--handout", f"paper.{suffix}"],
        "script": ["--script", f"paper.{suffix}"],
    }
    types(*typed.get(what, []))
    begin = "fingerpost rehearse a-late-bus a-late-bus --room"
    twice = ["a-late-bus"] * 2
    assert main([*REHEARSE, *twice, *options[what]]) == Exit.DONE
    assert (f"To begin: {begin}\n" in capsys.readouterr().out) == (what == "script")
    parts = said_in(folder / f"paper.{suffix}")
    assert sum(part.count("REHEARSAL") for part in parts) >= 2
    for part in parts:
        assert "REHEARSAL" in part
    if suffix == "html":
        assert '<div class="edge" aria-hidden="true">REHEARSAL</div>' in parts[0]
