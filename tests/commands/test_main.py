"""The command line: what is refused, in which words, and with which exit status."""

from __future__ import annotations

import io
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from fingerpost.cli import main as cli
from fingerpost.cli.main import COMMANDS, GROUPS, main
from fingerpost.cli.output import Exit
from fingerpost.model.facts import understood
from fingerpost.page.messages import LAST_RESORT
from fingerpost.reading.loader import shipped
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io import streams
from fingerpost.terminal.io.keyboard import Ended
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.io.screen_ui import ScreenUi
from fingerpost.terminal.walk_session import WalkSession

LIBRARY = Path(__file__).parents[1] / "fixtures" / "talks" / "library"
SMALL = ["--trees", str(LIBRARY), "--only"]
LOST = ["walk", "lost", *SMALL, "--plain", "--now", "2026-11-24T02:00"]

Type = Callable[[str], None]


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Type:
    """What somebody types, line by line."""
    return lambda typed: monkeypatch.setattr(sys, "stdin", io.StringIO(typed))


@pytest.fixture(autouse=True)
def nobody_types(types: Type) -> None:
    types("")


# What is known already


@pytest.mark.parametrize(
    ("typed", "band"),
    [
        ("7", "under-13"),
        ("13", "13-15"),
        ("14", "13-15"),
        ("17", "16-17"),
        ("18", "18"),
        ("40", "19-or-over"),
        ("Under 13", "under-13"),
        ("fourteen", "fourteen"),
        ("13-", "13-"),
        ("", ""),
    ],
)
def test_an_age_is_understood_as_its_band(typed: str, band: str) -> None:
    known = ("under-13", "13-15", "16-17", "18", "19-or-over", "not-sure")
    assert understood("age", typed, known) == band


@pytest.mark.parametrize("fact", ["danger=none", "suicide=no"])
def test_nothing_given_answers_what_the_shipped_trees_always_ask(
    capsys: pytest.CaptureFixture[str], types: Type, fact: str
) -> None:
    types("1\n")
    known = ["age=13-15", "nation=england", "threat=money", fact]
    given = [option for one in known for option in ("--given", one)]
    arguments = ["walk", "threatened", "--plain", "--teller", "young-person", *given]
    assert main(arguments) == Exit.STOPPED
    said = capsys.readouterr().out
    assert "Is anyone in danger right now?" in said
    assert "thinking about killing yourself?" in said


# Help and version


@pytest.mark.parametrize("arguments", [[], *([name] for name in COMMANDS)])
def test_every_command_has_help_with_an_example(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main([*arguments, "--help"]) == Exit.DONE
    said = capsys.readouterr().out
    assert f"Usage: {' '.join(['fingerpost', *arguments])} " in said
    assert "Example: fingerpost " in said
    is_for_helpers = set(arguments) <= set(GROUPS["helpers"])
    assert said.count("\n") <= 24 or not is_for_helpers  # one screen


@pytest.mark.slow
def test_every_example_is_right(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What help says to type is typed, as far as that changes nothing, beside a copy of trees.
    The safety case, whose proofs take a minute, ``test_shipped.py`` makes."""
    for folder in ("before", "now"):
        shutil.copytree(shipped(), tmp_path / folder / "trees")
    monkeypatch.chdir(tmp_path / "now")
    for name in set(COMMANDS) - {"safety-case"}:
        main([name, "--help"])
        example_ = capsys.readouterr().out.partition("Example: fingerpost ")[2].split()
        if "--init" not in example_ and "my-trees" not in example_:
            assert main(example_) in (Exit.DONE, Exit.STOPPED), example_


# How it ends


def test_a_bug_says_where_to_turn_and_nothing_that_was_answered(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, types: Type
) -> None:
    def crash(*values: Any) -> None:
        secret = "my keys"  # noqa: F841 - a local value, which may not be told
        raise RuntimeError(f"in the middle of {values}")

    monkeypatch.setattr(PlainUi, "ending", crash)
    types("1\n1\n2\n1\n1\n")
    assert main(LOST) == Exit.BUG
    told = capsys.readouterr().err
    assert told.startswith(f"{LAST_RESORT}\nSomething went wrong inside fingerpost.")
    assert "  crash at test_main.py:" in told
    assert told.endswith("  RuntimeError\n")
    for secret in ["keys", "Keys", "middle", "front", "Look again"]:
        assert secret not in told


@pytest.mark.parametrize(
    ("raised", "status", "told"),
    [
        (KeyboardInterrupt(), Exit.STOPPED, ""),
        (EOFError(), Exit.STOPPED, ""),
        (click.Abort(), Exit.STOPPED, ""),
        (OSError(28, "No space left on device"), Exit.CANNOT, "No space left on device."),
        (BrokenPipeError(32, "Broken pipe"), Exit.CANNOT, ""),
        (SystemExit(1), Exit.CANNOT, ""),
        (MemoryError(), Exit.BUG, "MemoryError"),
        (RecursionError(), Exit.BUG, "RecursionError"),
        (click.ClickException("It cannot be."), Exit.CANNOT, "It cannot be."),
        (click.UsageError("Not so."), Exit.USAGE, "Not so.\nFor help: fingerpost --help"),
    ],
    ids=repr,
)
def test_every_way_to_end_is_an_exit_status(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    raised: BaseException,
    status: Exit,
    told: str,
) -> None:
    def fail(*_arguments: Any, **_options: Any) -> None:
        raise raised

    closed: list[int] = []
    monkeypatch.setattr(cli.program, "main", fail)
    monkeypatch.setattr(cli.os, "dup2", lambda _devnull, descriptor: closed.append(descriptor))
    assert main([]) == status
    said, refused = capsys.readouterr()
    assert said == ""
    assert refused.startswith(f"{LAST_RESORT}\n" if told else "")
    assert refused.rstrip().endswith(told)
    # Where output is lost, Python may not try again on its way out.
    assert closed == ([1, 2] if isinstance(raised, (OSError, SystemExit)) else [])


# The drawn screen, as far as this process can tell; the rest is in test_terminal_pty.py


@pytest.mark.pty
@pytest.mark.parametrize(
    ("ending", "status", "last"),
    [
        (None, Exit.DONE, "\x1b[?1049l"),
        (Left(at_once=False), Exit.DONE, "\x1b[?1049l"),
        (Left(at_once=True), Exit.DONE, "\x1b[?1049l\x1b[H\x1b[2J\x1b[3J"),
        (KeyboardInterrupt(), Exit.STOPPED, "\x1b[?1049l"),
        (EOFError(), Exit.STOPPED, "\x1b[?1049l"),
        (Ended(signal.SIGTERM), 143, "\x1b[?1049l"),
        (ZeroDivisionError(), Exit.BUG, "\x1b[?1049l"),
    ],
    ids=repr,
)
def test_a_screen_is_left_as_it_was(
    monkeypatch: pytest.MonkeyPatch, ending: BaseException | None, status: int, last: str
) -> None:
    outside, inside = os.openpty()
    written = io.StringIO()
    faces = []

    def talk(self: WalkSession, *_how: Any) -> None:
        faces.append(self.ui)
        if ending is not None:
            raise ending

    with os.fdopen(inside, encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        monkeypatch.setattr(sys, "stdout", written)
        monkeypatch.setattr(streams, "can_clear", lambda *_: True)
        monkeypatch.setattr(WalkSession, "run", talk)
        assert main(["walk", "lost", *SMALL]) == status
    os.close(outside)
    assert [type(face) for face in faces] == [ScreenUi]
    assert written.getvalue().endswith(last)
    assert written.getvalue().startswith("\x1b[?1049h")


@pytest.mark.parametrize(
    ("can_clear", "left", "last"),
    [(True, "x\n", "\x1b[H\x1b[2J\x1b[3J"), (False, "x\n", ": \n"), (True, "q\n", "Ring 999.\n")],
)
def test_line_by_line_only_x_clears_and_only_where_it_can(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    types: Type,
    can_clear: bool,
    left: str,
    last: str,
) -> None:
    monkeypatch.setattr(streams, "can_clear", lambda *_: can_clear)
    types(left)
    assert main(LOST) == Exit.DONE
    said = capsys.readouterr().out
    assert said.endswith(last)
    assert "\x1b" not in said.removesuffix("\x1b[H\x1b[2J\x1b[3J")


def test_help_and_version_are_commands_too(capsys: pytest.CaptureFixture[str]) -> None:
    for command, option in (("help sheet", "sheet --help"), ("version", "--version")):
        assert main(command.split()) == Exit.DONE
        said = capsys.readouterr().out
        assert main(option.split()) == Exit.DONE
        assert said == capsys.readouterr().out
