"""A signal at the worst moment, a crash, and input without end: what is left and what is said."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from fingerpost.cli import main as cli
from fingerpost.cli.output import Exit
from fingerpost.page.messages import LAST_RESORT
from fingerpost.sheets import qr
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.io.ui import Item, Menu

LIBRARY = Path(__file__).parents[1] / "fixtures" / "mistakes" / "sound"

posix = pytest.mark.skipif(os.name == "nt", reason="signals are another thing on Windows")

INTERRUPTED = """
import os, runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
class Presser:
    def find_spec(self, name, path=None, target=None):
        if name == module:
            os.kill(os.getpid(), signal.SIGINT)
module = sys.argv.pop(1)
sys.meta_path.insert(0, Presser())
runpy.run_module("fingerpost", run_name="__main__", alter_sys=True)
"""
"""Runs the program, with Ctrl-C while it imports a module."""


@posix
@pytest.mark.parametrize("module", ["click", "msgspec", "fingerpost.cli.commands.trees"])
def test_ctrl_c_before_the_first_word_prints_nothing(module: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, module, "trees"], capture_output=True, check=False
    )
    assert ran.returncode in (Exit.STOPPED, -signal.SIGINT)
    assert (ran.stdout, ran.stderr.strip()) == (b"", b"")  # click ends the line


@posix
def test_in_the_background_ctrl_c_is_still_ignored() -> None:
    """A shell starts what is not meant to hear it with the signal ignored."""
    ignored = INTERRUPTED.replace("signal.default_int_handler", "signal.SIG_IGN")
    ran = subprocess.run(
        [sys.executable, "-c", ignored, "click", "--version"], capture_output=True, check=False
    )
    assert ran.returncode == 0
    assert ran.stdout.startswith(b"fingerpost ")


@posix
def test_no_signal_arrives_while_the_drawer_of_codes_is_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An extension whose loading is interrupted by an exception ends the process there and then."""
    held: list[set[int]] = []

    class Watcher:
        def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
            if name == "zxingcpp":
                held.append(set(signal.pthread_sigmask(signal.SIG_BLOCK, ())))
                raise ImportError("no drawer")
            return None

    monkeypatch.delitem(sys.modules, "zxingcpp", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Watcher(), *sys.meta_path])
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    with pytest.raises(ImportError, match="no drawer"):
        qr.qr_code("https://www.example.org")
    assert {signal.SIGINT, signal.SIGTERM, signal.SIGHUP} <= held[0]
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before


def test_a_crash_without_end_is_told_of_on_one_screen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def deeper() -> None:
        deeper()

    monkeypatch.setattr(cli.program, "main", lambda *_, **__: deeper())
    assert cli.main([]) == Exit.BUG
    first, *rest = capsys.readouterr().err.splitlines()
    assert first == LAST_RESORT
    assert len(rest) < 22
    assert rest[1].startswith("  main at main.py:")
    assert rest[-1] == "  RecursionError"


# Input without end


class Endless(io.StringIO):
    """A line of 500 MB, of which it is counted how much is asked for at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.left = 500_000_000
        self.most = 0

    def readline(self, size: int | None = -1, /) -> str:
        if size is None or size < 0:
            raise AssertionError("the whole line was asked for")
        self.most = max(self.most, size)
        given = min(size, self.left)
        self.left -= given
        return "9" * given if given else "2\n"


def test_of_an_endless_line_little_is_kept() -> None:
    menu = Menu("What?", (Item("One"), Item("Two")))
    typed = Endless()
    assert PlainUi(io.StringIO(), typed, False).menu(menu) == 1
    assert typed.most <= 10_000
