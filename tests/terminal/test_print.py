"""The key p: what is asked before a sheet is saved, what is then written, and what never is."""

from __future__ import annotations

import io
import re
import sys
import webbrowser
from collections.abc import Sequence
from contextlib import chdir
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from fingerpost.cli.browser import browser
from fingerpost.cli.save_folder import FolderPrinter
from fingerpost.reading import loader
from fingerpost.sheets.formats import named
from fingerpost.sheets.sheet import sheet_of
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io.keyboard import ENTER
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.save_prompt import Order, Printer
from fingerpost.terminal.walk_session import WalkSession
from fingerpost.walk.walk import Walk

from ..support.seat import CLOCK, PretendedPrinter, Sit, lined

LIBRARY = Path(__file__).parents[1] / "fixtures" / "talks" / "library"
TO_THE_END = ["1", "1", "1", "1"]


@cache
def small() -> loader.Reading:
    found = loader.load([LIBRARY])
    assert found.mistakes == ()
    return found


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder in which somebody is at work."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def printer(moment: str = "2026-11-24") -> FolderPrinter:
    return FolderPrinter(moment)


def an_ending() -> Walk:
    walk = Walk.begin(small().library, "lost")
    for values in ({"young-person"}, {"yes"}, {"phone"}, {"bag"}):
        walk = walk.answer(values)
    return walk


def plainly(typed: Sequence[str], one: Printer | None) -> tuple[str, str]:
    """A conversation line by line, and how it ended."""
    said, heard = io.StringIO(), lined(typed)
    ended = "the end of input"
    try:
        face = PlainUi(said, heard, can_clear=True)
        WalkSession(face, small(), lambda: CLOCK, one).run("lost", {})
    except Left as left:
        ended = "at once" if left.at_once else "kindly"
    except EOFError:
        pass
    return said.getvalue(), ended


# What is saved


@pytest.mark.parametrize(
    ("number", "name", "order"),
    [
        ("1", "advice-1.html", Order(discreet=True)),
        ("2", "advice-1.html", Order()),
        ("3", "advice-1.html", Order(large=True)),
        ("4", "advice-1.pdf", Order("pdf")),
    ],
)
def test_a_sheet_of_each_kind_is_saved(folder: Path, number: str, name: str, order: Order) -> None:
    said, _ = plainly([*TO_THE_END, "p", number], printer())
    assert names(folder) == [name]
    assert f"Saved as {name} in {folder}. Delete it when" in " ".join(said.split())
    paper = sheet_of(an_ending(), date(2026, 11, 24), large=order.large, discreet=order.discreet)
    assert (folder / name).read_bytes() == named(order.format).renderer()(paper)


def test_no_file_is_ever_written_over(folder: Path) -> None:
    (folder / "advice-1.html").write_text("mine", "utf-8")
    (folder / "advice-2.pdf").write_text("mine", "utf-8")
    (folder / "advice-3.html").symlink_to(folder / "nowhere")
    (folder / "advice-4.html").mkdir()
    plainly([*TO_THE_END, "p", "1"], printer())
    assert (folder / "advice-5.html").exists()
    assert (folder / "advice-1.html").read_text("utf-8") == "mine"
    assert not (folder / "nowhere").exists()


# What is never written


@pytest.mark.parametrize(
    "typed",
    [
        ["p"],
        ["p", "b"],
        ["p", "6"],
        ["p", "x"],
        ["p", "q"],
        ["p", "7", "zzz", "", "b"],
        ["p", "!", "6"],
        ["v", "w", "t", "1", "a", "<", "<"],
    ],
)
def test_nothing_is_written_unless_it_is_chosen(folder: Path, typed: list[str]) -> None:
    plainly([*TO_THE_END, *typed], printer())
    assert names(folder) == []


# What cannot be saved is said


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    with chdir(gone):
        gone.rmdir()
        said, _ = plainly([*TO_THE_END, "p", "1", "v"], printer())
    assert "Nothing was saved. advice-1.html could not be written:" in " ".join(said.split())
    assert said.count("Look again, and ask") == 2  # and the conversation goes on


HOSTILE = "\x1b[2J\x1b]52;c;ZXZpbA==\x07\x9b2J\u202e/[red]"


def test_neither_a_folder_nor_a_printer_can_act() -> None:
    said, _ = plainly(
        [*TO_THE_END, "p", "1", "p", "3"], PretendedPrinter(HOSTILE, f"Saved in {HOSTILE}")
    )
    assert "[red]" in said
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said)


# On a screen


DRAWN = [" ", "1", "1", "1", "1", ENTER]
"""The keys to the ending: in a list of many, Enter chooses; once more goes on."""


def drawn(sit: Sit, keys: Sequence[str], one: Printer | None) -> tuple[list[str], bool | None]:
    """What is on the screen before each key, and whether it was left at once; None if not left."""
    face, typist = sit([*DRAWN, ENTER, *keys])
    with pytest.raises(Left) as left:
        WalkSession(face, small(), lambda: CLOCK, one).run("lost", {})
    return typist.shots, left.value.at_once


# A sheet that is opened


def test_a_saved_sheet_is_opened_in_the_browser_if_somebody_chooses_that(
    folder: Path, sit: Sit
) -> None:
    opened_files: list[Path] = []

    def opens(path: Path) -> bool:
        opened_files.append(path)
        return len(opened_files) == 1

    one = FolderPrinter("2026-11-24", browser=lambda: opens)
    keys = [" ", "p", "1", "2", "p", "1", "1", "b", "p", "1", "1", "b", "x"]
    shots, _ = drawn(sit, keys, one)
    page, _, asked, back, _, _, told, _, _, _, failed, again = shots[-12:]
    told_where = f"Saved as advice-1.html in {folder}. Delete it"  # a long path is broken
    assert "".join(asked.split()).startswith(told_where.replace(" ", ""))
    assert "  1. Open it in the browser, to read or print\n" in asked
    assert "keeps in its list of pages that it was opened" in asked
    assert "It is opening in the browser." in told
    assert "The browser could not be opened." in failed
    assert page == back == again
    assert opened_files == [Path("advice-2.html"), Path("advice-3.html")]


class InAWindow:
    background = True

    def __init__(self) -> None:
        self.opened: list[str] = []

    def open(self, uri: str) -> bool:
        self.opened.append(uri)
        return True


X11 = {"DISPLAY": ":0"}


@pytest.mark.parametrize(
    ("platform", "environ", "found"),
    [
        ("linux", X11, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {}, False),
        ("linux", {"SSH_CONNECTION": "1"}, False),
        ("linux", {"SSH_CONNECTION": "1", **X11}, True),
        ("darwin", {}, True),
        ("darwin", {"SSH_CONNECTION": "1"}, False),
        ("win32", {}, True),
    ],
)
def test_only_a_desktop_at_which_somebody_sits_has_a_browser(
    monkeypatch: pytest.MonkeyPatch, platform: str, environ: dict[str, str], found: bool
) -> None:
    window = InAWindow()
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(webbrowser, "get", lambda: window)
    opens = browser(environ)
    assert (opens is not None) is found
    if opens is not None:
        assert opens(Path("a sheet.html"))
        assert window.opened == [f"{Path.cwd().as_uri()}/a%20sheet.html"]


def test_a_browser_in_the_terminal_or_none_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would draw over the walk, and leave the page in what can be scrolled back to."""
    elinks = InAWindow()
    elinks.background = False
    for other in (webbrowser.GenericBrowser("w3m"), elinks):
        monkeypatch.setattr(webbrowser, "get", lambda other=other: other)
        assert browser(X11) is None
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.BackgroundBrowser("xdg-open"))
    assert browser(X11) is not None

    def none() -> None:
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", none)
    assert browser(X11) is None


# For the young person


def test_a_worker_can_have_a_sheet_in_the_words_of_the_young_person(folder: Path) -> None:
    """Their own is not to be given away. Back from the first question is their page."""
    _, *others = TO_THE_END
    said, _ = plainly(["3", *others, "p", "3", "<", "p", "3", *others, "p", "2"], printer())
    assert said.count("3. A sheet for the young person") == 2
    paper = sheet_of(an_ending(), date(2026, 11, 24))
    assert (folder / "advice-1.html").read_bytes() == named("html").renderer()(paper)
