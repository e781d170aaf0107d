"""Real terminals: what a person sees, what is left behind, and that the terminal is as it was."""

from __future__ import annotations

import copy
import os
import re
import signal
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pytest

from ..support.signals import with_default_signals

pytestmark = pytest.mark.pty

LIBRARY = Path(__file__).parents[1] / "fixtures" / "talks" / "library"
SMALL = ("--trees", str(LIBRARY), "--only")
NIGHT = ("--now", "2026-11-24T02:00")

ENTER_ALTERNATE, LEAVE_ALTERNATE = b"\x1b[?1049h", b"\x1b[?1049l"
CLEARED = b"\x1b[H\x1b[2J\x1b[3J"
OURS = re.compile(rb"\x1b\[(?:\?1049[hl]|(?:\d+;\d+)?H|[23]J|(?:\d+(?:;\d+)*)?m)")
"""Every escape sequence that the program itself may send."""

PATIENCE = 20.0
"""Seconds until we give up on a machine that is busy with other things."""


class Emulator(pyte.HistoryScreen):
    """A terminal with a scrollback and a second screen, which pyte's own does not have."""

    ALTERNATE = 1049

    def __init__(self, columns: int, rows: int) -> None:
        self.first: Any = None
        super().__init__(columns, rows, history=1000, ratio=0.5)

    def set_mode(self, *modes: int, **how: Any) -> None:
        if how.get("private") and self.ALTERNATE in modes and self.first is None:
            self.first = (copy.deepcopy(self.buffer), copy.copy(self.cursor))
            self.buffer.clear()
        super().set_mode(*modes, **how)

    def reset_mode(self, *modes: int, **how: Any) -> None:
        if how.get("private") and self.ALTERNATE in modes and self.first is not None:
            buffer, self.cursor = self.first
            self.buffer.clear()
            self.buffer.update(buffer)
            self.first = None
        super().reset_mode(*modes, **how)

    def index(self) -> None:
        """What scrolls off the second screen is gone; off the first it goes to the scrollback."""
        if self.first is None:
            super().index()
        else:
            pyte.Screen.index(self)

    def everything(self) -> str:
        """The screen and the scrollback above it, as somebody would see who scrolled up."""
        above = ["".join(row[x].data for x in range(self.columns)) for row in self.history.top]
        return "\n".join(row.rstrip() for row in (*above, *self.display)).strip("\n")


class Terminal:
    """A program on a pseudo-terminal, and what its window shows."""

    def __init__(
        self,
        command: str,
        arguments: list[str],
        size: tuple[int, int],
        environ: Mapping[str, str],
        **more: Any,
    ) -> None:
        columns, rows = size
        self.screen = Emulator(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.bytes = b""
        self.child = pexpect.spawn(
            command,
            arguments,
            dimensions=(rows, columns),
            env=dict(environ),
            timeout=1,
            preexec_fn=with_default_signals,
            **more,
        )
        self.child.delaybeforesend = None
        self.modes = termios.tcgetattr(self.child.child_fd)

    def seen(self) -> str:
        return "\n".join(row.rstrip() for row in self.screen.display).rstrip("\n")

    def until(self, text: str | Callable[[str], bool]) -> str:
        """Wait until the window shows a text, and give what it shows."""
        shown = text if callable(text) else lambda seen: text in seen and self.drawn(seen)
        end = time.monotonic() + PATIENCE
        while not shown(self.seen()):
            if not self.read() or time.monotonic() > end:
                raise AssertionError(f"{text!r} is not shown but\n{self.seen()}")
        return self.seen()

    def drawn(self, seen: str) -> bool:
        """Whether a drawn screen has come to its last row, the keys that are always there."""
        return self.screen.first is None or seen.endswith(("all keys", "leaves at once", "q stop"))

    def read(self) -> bool:
        """Read a little; False at the end."""
        try:
            data = self.child.read_nonblocking(65536, timeout=0.1)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.bytes += data
        self.stream.feed(data)
        return True

    def press(self, keys: str | bytes, then: str | Callable[[str], bool] = "") -> str:
        self.child.send(keys)
        return self.until(then)

    def gone_within(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not self.read():
                return True
        return False

    def ended(self) -> int:
        """Wait for the end; the exit status, or 128 and more for a signal, as a shell gives it."""
        end = time.monotonic() + PATIENCE
        while self.read():
            assert time.monotonic() < end, f"still there:\n{self.seen()}"
        self.child.wait()
        if self.child.signalstatus is not None:
            return 128 + int(self.child.signalstatus)
        return int(self.child.exitstatus)

    def is_as_it_was(self) -> bool:
        return termios.tcgetattr(self.child.child_fd) == self.modes


Start = Callable[..., Terminal]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the program on a terminal; whatever happens, it is gone afterwards."""
    started: list[Terminal] = []

    def run(
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        environ: Mapping[str, str | None] | None = None,
        command: str = sys.executable,
        before: tuple[str, ...] = ("-m", "fingerpost"),
    ) -> Terminal:
        changed = {"TERM": "xterm-256color", "LANG": "C.UTF-8", **(environ or {})}
        whole = {**os.environ, **changed}
        terminal = Terminal(
            command,
            [*before, *arguments],
            size,
            {name: value for name, value in whole.items() if value is not None},
            cwd=str(tmp_path),
        )
        started.append(terminal)
        return terminal

    yield run
    for terminal in started:
        with suppress(OSError):  # one test closes its end by itself
            terminal.child.close(force=True)


def walk(start: Start, *arguments: str, **more: Any) -> Terminal:
    return start("walk", "lost", *SMALL, *NIGHT, *arguments, **more)


def at_first_question(start: Start, *arguments: str, **more: Any) -> Terminal:
    terminal = walk(start, *arguments, **more)
    while "Who is answering?" not in terminal.until(
        lambda seen: "goes on" in seen or "Who" in seen
    ):
        shown = terminal.seen()
        terminal.press(" ", lambda seen, shown=shown: seen != shown)
    return terminal


def at_ending(start: Start, *arguments: str, **more: Any) -> Terminal:
    terminal = at_first_question(start, *arguments, **more)
    terminal.press("1", "Are you safe?")
    terminal.press("1", "What have you lost?")
    terminal.press("1", "Where have you looked?")
    terminal.press("1\r", "[x] In the bag")
    terminal.press("\r", "GET HELP TODAY")
    return terminal


# Keys


def test_every_key_on_the_way(start: Start) -> None:
    terminal = walk(start)
    terminal.until("Enter or Space goes on")
    about = terminal.press("i", "About this program")
    assert "It clears this screen and what was above it." in " ".join(about.split())
    terminal.press("b", "Enter or Space goes on")
    terminal.press(" ", "Who is answering?")
    terminal.press("1", "Are you safe?")
    terminal.press("<", "Who is answering?")
    terminal.press("1", "Are you safe?")
    danger = terminal.press("!", "Ring 999.")
    for way in ["Text 999", "press 55", "Childline", "0800 1111"]:
        assert way in danger
    terminal.press("!", "Are you safe?")
    terminal.press("0", "Ring 999.")
    terminal.press("b", "Are you safe?")
    terminal.press("9", "There is no number 9 here.")
    terminal.press("1", "What have you lost?")
    terminal.press("n", "Do not ask who lost it.")
    terminal.press("b", "What have you lost?")
    terminal.press("1", "Where have you looked?")
    terminal.press("w", "Things that somebody has found")
    terminal.press("b", "Where have you looked?")
    terminal.press("10\r", "Chosen: At the lost property desk")
    terminal.press("10\r", "Where have you looked?")  # and off again
    terminal.press("1\r", "Chosen: In the bag")
    terminal.press("/", "Find:")
    terminal.press("xgard", "Find: xgard")
    terminal.press("\x7f" * 5, lambda seen: "Find:\n" in seen)
    terminal.press("gard", "Enter takes this one")
    terminal.press("\r", "Chosen: In the bag, In the garden")
    ending = terminal.press("\r", "GET HELP TODAY")
    assert "Space more (1 of 4)" in ending
    terminal.press("d", "Childline\n  Phone 0800 1111")
    terminal.press(" ", "Where this comes from")
    terminal.press("v", lambda seen: "v more help" not in seen)
    terminal.press("<", "(1 of")
    terminal.press("<", "Where have you looked?")
    terminal.press("u", "Which answer do you want to change?")
    terminal.press("3", "What have you lost?")
    terminal.press("2", "Which door do they open?")
    terminal.press("1", "Where have you looked?")
    terminal.press("1\r", "Chosen: In the bag")
    changed = terminal.press("\r", "You said Keys.")
    assert "GET HELP TODAY" in changed
    terminal.press("s", "Yes, start again")
    terminal.press("1", "question 1")
    terminal.press("q", "It's fine to stop here.")
    terminal.press(" ")
    assert terminal.ended() == 0
    assert terminal.is_as_it_was()


PASTES = {
    "bare": "I MISSED THE BUS",
    "in brackets": "\x1b[200~I MISSED THE BUS\x1b[201~",
    "with an end of line": "I MISSED\rTHE BUS\r",
    "with sequences": "I \x1b[31mMISSED\x1b]0;title\x07 THE BUS\x1b[2J",
}


@pytest.mark.slow
@pytest.mark.parametrize("pasted", PASTES.values(), ids=PASTES)
def test_a_sentence_pasted_into_a_search_finds_as_if_it_was_typed(
    start: Start, pasted: str
) -> None:
    terminal = start("walk", *SMALL, *NIGHT)
    terminal.until("Who is answering?")
    terminal.press("1", "or choose below:")
    terminal.press(pasted, "below: I MISSED THE BUS")
    found = terminal.until(lambda seen: "I have lost something" not in seen)  # once keys rest
    assert "below: I MISSED THE BUS" in found
    terminal.until("I am late")
    assert "I have lost something" not in terminal.seen()
    assert not OURS.sub(b"", terminal.bytes).count(b"\x1b")
    terminal.press("\r", "I am late - question 1")
    terminal.press("x")
    assert terminal.ended() == 0


# What is left


SECRETS = [f"an earlier line that is nobody's business: {n}" for n in range(60)]


def with_secrets(start: Start, *arguments: str, **more: Any) -> Terminal:
    """A terminal in which somebody has been at work before."""
    script = 'n=$1; shift; while [ $n -gt 0 ]; do echo "$1"; shift; n=$((n-1)); done; exec "$@"'
    command = [sys.executable, "-m", "fingerpost", *arguments]
    shell = ("-c", script, "sh", str(len(SECRETS)))
    return start(*SECRETS, *command, command="/bin/sh", before=shell, **more)


LOST = ("walk", "lost", *SMALL, *NIGHT)


def test_after_x_nothing_of_before_is_left(start: Start) -> None:
    terminal = with_secrets(start, *LOST)
    terminal.until("Enter or Space goes on")
    assert "nobody's business" not in terminal.seen()
    terminal.press(" ", "Who is answering?")
    terminal.press("1", "Are you safe?")
    assert "nobody's business" in terminal.screen.everything()  # the test could see it
    terminal.press("x")
    assert terminal.ended() == 0
    assert terminal.bytes.endswith(LEAVE_ALTERNATE + CLEARED)
    assert terminal.screen.everything() == ""
    assert terminal.is_as_it_was()


def test_after_q_the_screen_of_before_is_back_and_nothing_of_ours(start: Start) -> None:
    terminal = with_secrets(start, *LOST)
    terminal.until("Enter or Space goes on")
    terminal.press(" ", "Who is answering?")
    terminal.press("q", "It's fine to stop here.")
    terminal.press("z")
    assert terminal.ended() == 0
    assert terminal.screen.everything() == "\n".join(SECRETS)
    assert terminal.is_as_it_was()


@pytest.mark.parametrize(
    ("key", "at_the_end", "status"),
    [("\x03", False, 130), ("\x04", False, 130), ("\x03", True, 130), ("\x04", True, 0)],
)
def test_control_c_and_the_end_of_input(
    start: Start, key: str, at_the_end: bool, status: int
) -> None:
    terminal = at_ending(start) if at_the_end else at_first_question(start)
    terminal.press(key)
    assert terminal.ended() == status
    assert terminal.bytes.endswith(LEAVE_ALTERNATE)
    assert terminal.screen.everything() == ""
    assert terminal.is_as_it_was()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT"])
@pytest.mark.parametrize("plain", [(), ("--plain",)], ids=["screen", "plain"])
def test_a_signal_puts_the_terminal_right(start: Start, name: str, plain: tuple[str, ...]) -> None:
    number = getattr(signal, name)
    terminal = walk(start, *plain)
    terminal.until("In danger now?")
    terminal.press(b"\n" if plain else " ", "Who is answering?")
    for _ in range(30):  # Python may miss a Ctrl-C in the moment before it begins to wait
        terminal.child.kill(number)
        if terminal.gone_within(1.0):
            break
    assert terminal.ended() == 128 + number
    assert terminal.is_as_it_was()
    if not plain:
        assert terminal.bytes.endswith(LEAVE_ALTERNATE)
        assert terminal.screen.everything() == ""


def test_a_window_that_is_closed_ends_the_program(start: Start) -> None:
    terminal = at_first_question(start)
    pid = terminal.child.pid
    os.close(terminal.child.child_fd)
    end = time.monotonic() + PATIENCE
    while os.waitpid(pid, os.WNOHANG) == (0, 0):
        assert time.monotonic() < end
        time.sleep(0.02)


def test_put_aside_and_brought_back(start: Start) -> None:
    """In a shell: what was asked is not on the screen meanwhile, and the keys work again."""
    shell = start(command="/bin/bash", before=("--norc", "-i"), environ={"PS1": "shell> "})
    shell.until("shell>")
    shell.press("stty -a > before\r", "shell>")
    program = " ".join([sys.executable, "-m", "fingerpost", *LOST])
    shell.press(f"{program}\r", "Enter or Space goes on")
    shell.press(" ", "Who is answering?")
    aside = shell.press("\x1a", "Stopped")
    assert "Who is answering?" not in aside
    shell.press("stty -a > meanwhile\r", "meanwhile\nshell>")
    shell.press("fg\r", "Who is answering?")
    shell.press("1", "Are you safe?")
    shell.press("q", "fine to stop")
    shell.press("z", lambda seen: "fine to stop" not in seen)
    shell.press("stty -a > after; echo status $?\r", "status 0")
    folder = Path(shell.child.cwd)
    before, meanwhile, after = (
        (folder / name).read_text() for name in ("before", "meanwhile", "after")
    )
    assert before == meanwhile == after


# Line by line


def test_plain_sends_no_escape_and_x_sends_exactly_three(start: Start) -> None:
    terminal = walk(start, "--plain")
    terminal.until("Who is answering?")
    terminal.press("!\n", "Ring 999.")
    terminal.press("1\n", "Are you safe?")
    assert b"\x1b" not in terminal.bytes
    terminal.press("x\n")
    assert terminal.ended() == 0
    assert terminal.bytes.endswith(CLEARED)
    assert terminal.bytes.count(b"\x1b") == 3
    assert terminal.screen.everything() == ""
    assert terminal.is_as_it_was()


def test_a_variable_chooses_plain_for_somebody_who_always_needs_it(start: Start) -> None:
    terminal = walk(start, environ={"FINGERPOST_PLAIN": "1"})
    terminal.until("1 to 3:")
    terminal.press("x\n")
    assert terminal.ended() == 0
    assert terminal.bytes.count(b"\x1b") == 3  # those that clear, alone
    terminal = walk(start, environ={"FINGERPOST_PLAIN": ""})
    terminal.until("all keys")
    assert ENTER_ALTERNATE in terminal.bytes


@pytest.mark.parametrize("term", ["dumb", "unknown", "", None])
def test_a_terminal_that_understands_nothing_gets_no_escape(start: Start, term: str | None) -> None:
    terminal = walk(start, environ={"TERM": term})
    first = terminal.until("Who is answering?")
    assert "close this window when you leave" in " ".join(first.split())
    terminal.press("x\n")
    assert terminal.ended() == 0
    assert b"\x1b" not in terminal.bytes


# Surroundings


@pytest.mark.slow
@pytest.mark.parametrize(
    "environ",
    [
        {"NO_COLOR": "1"},
        {"COLUMNS": "0", "LINES": "0"},
        {"COLUMNS": "not a number"},
        {"LANG": "C", "LC_ALL": "C"},
        {"TERM": "a-terminal-that-nobody-knows"},
        {"TERM": "linux"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"HOME": None},
        {"HOME": "/dev/null"},
        {"TZ": "Nowhere/At-All"},
        {"FORCE_COLOR": "1"},
    ],
    ids=str,
)
def test_odd_surroundings_lose_no_number(start: Start, environ: dict[str, str | None]) -> None:
    terminal = at_ending(start, environ=environ)
    assert "open now:  Childline: 0800 1111" in terminal.seen()
    second = terminal.press("d", "Who can help\n")
    assert "Phone 020 7946 0002" in second
    assert "Lost Property Desk" in second
    assert not OURS.sub(b"", terminal.bytes).count(b"\x1b")
    terminal.press("x")
    assert terminal.ended() == 0
    assert terminal.is_as_it_was()


def test_a_window_that_changes_is_drawn_anew(start: Start) -> None:
    terminal = at_first_question(start)
    for columns, rows in [(1, 1), (40, 20), (200, 50), (80, 24)]:
        terminal.screen.resize(rows, columns)
        terminal.screen.erase_in_display(2)
        terminal.child.setwinsize(rows, columns)
        if rows > 1:
            shown = terminal.until(  # a screen is drawn in parts, of which the first comes alone
                lambda seen, rows=rows: len(seen.splitlines()) == rows and "Who is" in seen
            )
            assert "Who is answering?" in shown
            assert shown.endswith("all keys")
    terminal.press("1", "Are you safe?")
    terminal.press("x")
    assert terminal.ended() == 0
