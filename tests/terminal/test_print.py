"""The key p: what is asked before a sheet is saved, what is then written, and what never is."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, suppress
from datetime import date
from functools import cache
from pathlib import Path

import pexpect
import pytest

from fingerpost.cli.browser import browser
from fingerpost.cli.files import NotWritten
from fingerpost.cli.save_folder import FolderPrinter
from fingerpost.reading import loader
from fingerpost.sheets import formats
from fingerpost.sheets.formats import CannotPrint, Format, NotInstalled, named
from fingerpost.sheets.sheet import sheet_of
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io.keyboard import ENTER
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.save_prompt import Order, Printer, Saving
from fingerpost.terminal.walk_session import WalkSession, Wish
from fingerpost.walk.sheet_code import opened
from fingerpost.walk.walk import Walk

from ..support.seat import CLOCK, PretendedPrinter, Sit, lined

LIBRARY = Path(__file__).parents[1] / "fixtures" / "talks" / "library"
ASKED = "Could someone find this who should not?"
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
        ("1", "advice-1.html", Order()),
        ("2", "advice-1.html", Order(large=True)),
        ("3", "advice-1.html", Order(discreet=True)),
        ("4", "advice-1.pdf", Order("pdf")),
    ],
)
def test_a_sheet_of_each_kind_is_saved(folder: Path, number: str, name: str, order: Order) -> None:
    said, _ = plainly([*TO_THE_END, "p", number], printer())
    assert names(folder) == [name]
    assert f"Saved as {name} in {folder}. Delete it when" in " ".join(said.split())
    paper = sheet_of(an_ending(), date(2026, 11, 24), large=order.large, discreet=order.discreet)
    assert (folder / name).read_bytes() == named(order.format).renderer()(paper)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_it_is_for_its_owner_alone(folder: Path) -> None:
    plainly([*TO_THE_END, "p", "1"], printer())
    assert stat.S_IMODE((folder / "advice-1.html").stat().st_mode) == 0o600


def test_no_file_is_ever_written_over(folder: Path) -> None:
    (folder / "advice-1.html").write_text("mine", "utf-8")
    (folder / "advice-2.pdf").write_text("mine", "utf-8")
    (folder / "advice-3.html").symlink_to(folder / "nowhere")
    (folder / "advice-4.html").mkdir()
    plainly([*TO_THE_END, "p", "1"], printer())
    assert (folder / "advice-5.html").exists()
    assert (folder / "advice-1.html").read_text("utf-8") == "mine"
    assert not (folder / "nowhere").exists()


def test_a_name_that_is_taken_at_this_moment_is_left_for_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = os.path.lexists

    def too_late(path: str | Path) -> bool:
        there = seen(path)
        if Path(path).name == "advice-1.html":
            Path(path).write_text("mine", "utf-8")
        return there

    monkeypatch.setattr(os.path, "lexists", too_late)
    told = printer().save(an_ending(), Order()).told
    assert told.startswith("Saved as advice-2.html")
    assert (folder / "advice-1.html").read_text("utf-8") == "mine"


def test_a_code_is_on_a_sheet_that_was_asked_to_have_one_and_on_no_screen(folder: Path) -> None:
    said, _ = plainly([*TO_THE_END, "p", "5", "p", "1"], printer())
    text = (folder / "advice-1.html").read_text("utf-8").replace(" ", "")
    [code] = re.findall(r"(?:[A-Z]{4}-){4}[A-Z]{4}", text)
    assert code not in said
    assert opened(small().library, code).tree == "lost"
    assert "Sheet code" not in (folder / "advice-2.html").read_text("utf-8")


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


def test_where_there_is_no_pdf_none_is_offered(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda _: None)
    said, _ = plainly([*TO_THE_END, "p", "5"], printer())
    assert "PDF" not in said
    assert "  5. Do not save anything" in said
    assert names(folder) == []


def test_whether_there_is_pdf_is_found_out_without_loading_it() -> None:
    loaded = "typst" in sys.modules
    assert named("pdf").available
    assert ("typst" in sys.modules) == loaded


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


def test_the_menu_is_one_screen(sit: Sit) -> None:
    one = PretendedPrinter()
    shots, at_once = drawn(sit, ["p", "x"], one)
    assert at_once
    assert shots[-1] == "\n".join(
        [
            ASKED,
            "Anyone who finds the sheet can read the advice. It stays until somebody deletes",
            "it.",
            "  Where: /somewhere",
            "",
            "  1. Save a sheet to print",
            "     advice-1.html. A browser opens and prints it.",
            "  2. Save it in large print",
            "     advice-1.html, in letters of 18 pt.",
            "  3. Save a discreet sheet",
            "     advice-1.html. Numbers to ring, and nothing that says what it is about.",
            "  4. Save a PDF",
            "     advice-1.pdf, with the same on it.",
            "  5. Save it with a code, to come back to this topic",
            "     advice-1.html. Anyone who has fingerpost can read the topic from the code.",
            "  6. Do not save anything",
            *[""] * 5,
            "In danger: ring 999. To talk: Childline 0800 1111.",
            "1-6 or up, down, Enter  < back",
            "! danger now  x leave at once  q stop  ? all keys",
        ]
    )
    assert one.orders == []


def test_no_folder_can_act_on_a_screen(sit: Sit) -> None:
    face, typist = sit([*DRAWN, ENTER, "p", "1", "x"])
    with pytest.raises(Left):
        WalkSession(face, small(), lambda: CLOCK, PretendedPrinter(HOSTILE, HOSTILE)).run(
            "lost", {}
        )
    written = typist.window.getvalue()
    assert "[red]" in written
    assert not re.search("\x07|\x9b|\u202e|\x1b\\]", written)


# A sheet that is opened


def test_a_saved_sheet_is_opened_in_the_browser_if_somebody_chooses_that(
    folder: Path, sit: Sit
) -> None:
    opened_files: list[Path] = []

    def opens(path: Path) -> bool:
        opened_files.append(path)
        return len(opened_files) == 1

    one = FolderPrinter("2026-11-24", browser=lambda: opens)
    keys = [" ", "p", "1", "2", "p", "1", "1", "z", "p", "1", "1", "z", "x"]
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


@pytest.mark.parametrize(
    "why",
    [
        NotWritten("The disk is full."),
        CannotPrint("The fonts have no such letter."),
        NotInstalled("To make PDFs, install one more package."),
    ],
    ids=lambda why: type(why).__name__,
)
def test_what_cannot_be_saved_is_said_and_not_opened_and_the_walk_goes_on(
    folder: Path, sit: Sit, monkeypatch: pytest.MonkeyPatch, why: Exception
) -> None:
    def fail(_: object) -> None:
        raise why

    monkeypatch.setattr(Format, "renderer", fail)
    one = FolderPrinter("2026-11-24", browser=lambda: lambda _: True)
    shots, _ = drawn(sit, ["p", "1", "z", "x"], one)
    page, _, told, again = shots[-4:]
    assert f"Nothing was saved. {why}" in told
    assert "Open it" not in told
    assert again == page
    assert names(folder) == []


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


# A sheet at the end of the questions


WISH = Wish("advice.html")


def to_paper(sit: Sit, keys: Sequence[str], wish: Wish = WISH) -> tuple[list[str], Walk, Saving]:
    face, typist = sit([*DRAWN, ENTER, *keys])
    walk, saving = WalkSession(face, small(), lambda: CLOCK).to_paper("lost", {}, wish)
    return typist.shots, walk, saving


@pytest.mark.parametrize(
    ("key", "saving"), [("1", Saving.AS_ASKED), ("2", Saving.DISCREET), ("3", Saving.NOT)]
)
def test_what_becomes_of_a_sheet_is_asked_at_its_ending(sit: Sit, key: str, saving: Saving) -> None:
    shots, walk, found = to_paper(sit, [key])
    assert found is saving
    assert walk.facts == an_ending().facts
    assert shots[-1].splitlines()[:5] == [
        ASKED,
        "GET HELP TODAY: Look again, and ask",
        "Anyone who finds the sheet can read the advice. It stays until somebody deletes",
        "it.",
        "  Where: advice.html",
    ]


def test_a_sheet_that_is_printed_at_once_stays_nowhere(sit: Sit) -> None:
    shots, _, _ = to_paper(sit, ["1"], Wish(""))
    assert "Anyone who finds the sheet" in shots[-1]
    assert "deletes it" not in shots[-1]
    assert "Where:" not in shots[-1]


# On a real terminal


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[..., pexpect.spawn]]:
    """Starts the program on a terminal of 80 columns and 24 rows."""
    children: list[pexpect.spawn] = []

    def run(*arguments: str) -> pexpect.spawn:
        child = pexpect.spawn(
            sys.executable,
            ["-m", "fingerpost", *arguments, "--trees", str(LIBRARY), "--only"],
            dimensions=(24, 80),
            env={**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"},
            encoding="utf-8",
            timeout=20,
            cwd=str(folder),
        )
        child.delaybeforesend = None
        children.append(child)
        return child

    yield run
    for child in children:
        with suppress(OSError):
            child.close(force=True)


Start = Callable[..., pexpect.spawn]

KEYS = [
    ("", "Any.other.key.goes.on"),
    (" ", "Who is answering"),
    ("1", "Are you safe"),
    ("1", "What have you lost"),
    ("1", "Where have you looked"),
    ("1\r", "Chosen"),
]


def press(child: pexpect.spawn, steps: Sequence[tuple[str, str]]) -> None:
    for key, shown in steps:
        child.send(key)
        child.expect(shown)


def ended(child: pexpect.spawn) -> int:
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus is not None
    return int(child.exitstatus)


CLEARED = "\x1b[H\x1b[2J\x1b[3J"


@pytest.mark.pty
def test_a_sheet_is_saved_in_the_middle_of_a_walk(start: Start, folder: Path) -> None:
    child = start("walk", "lost")
    press(child, [*KEYS, ("\r", "GET HELP TODAY"), ("p", "Could someone find this")])
    assert names(folder) == []
    press(child, [("1", "Saved as advice-1.html"), (" ", "GET HELP TODAY")])
    child.send("x")
    assert ended(child) == 0
    assert child.before.endswith(CLEARED)
    assert names(folder) == ["advice-1.html"]


@pytest.mark.pty
@pytest.mark.parametrize(
    ("key", "status", "written"),
    [("1", 0, True), ("2", 0, True), ("3", 0, False), ("x", 0, False), ("\x03", 130, False)],
)
def test_a_sheet_that_was_asked_for(
    start: Start, folder: Path, key: str, status: int, written: bool
) -> None:
    child = start("sheet", "lost", "-o", "advice.html")
    press(child, [*KEYS, ("\r", "Could someone find this")])
    assert names(folder) == []
    child.send(key)
    assert ended(child) == status
    assert ("Written: advice.html" in child.before) == written
    assert child.before.endswith(CLEARED) == (key == "x")
    assert names(folder) == (["advice.html"] if written else [])


@pytest.mark.pty
def test_a_sheet_for_the_output_is_asked_for_on_the_terminal(start: Start, folder: Path) -> None:
    child = start("sheet", "lost", "-o", "-", "--format", "txt")
    press(child, [*KEYS, ("\r", "Could someone find this")])
    child.send("1")
    assert ended(child) == 0
    _, left, after = child.before.partition("\x1b[?1049l")
    assert left
    assert after.startswith("GET HELP TODAY\r\n")
    assert "\x1b" not in after


@pytest.mark.pty
def test_line_by_line_on_a_terminal_too(start: Start, folder: Path) -> None:
    child = start("sheet", "lost", "-o", "advice.html", "--plain")
    press(child, [("1\n" * 4, "Could someone find this"), ("", "1 to 3: ")])
    assert names(folder) == []
    child.send("2\n")
    assert ended(child) == 0
    assert "\x1b" not in child.before
    assert "Who to ring" in (folder / "advice.html").read_text("utf-8")
