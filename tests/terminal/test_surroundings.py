"""Odd surroundings: streams that are closed or full, no home, no folder, other letters."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.page.messages import LAST_RESORT
from fingerpost.page.text_layout import Line, Style
from fingerpost.terminal.io import streams
from fingerpost.terminal.io.safe_line import can_encode, encodable, safe_blocks, safe_line

from ..support.signals import with_default_signals

LIBRARY = Path(__file__).parents[1] / "fixtures" / "talks" / "library"
PROGRAM = f"{sys.executable} -m fingerpost"
LOST = f"walk lost --plain --trees {LIBRARY} --only"
TO_THE_END = "1\n1\n1\n1\n"

unix = pytest.mark.pty
"""What follows needs a system with a shell, file descriptors and signals."""


def shell(
    command: str, environ: Mapping[str, str | None] | None = None, **more: Any
) -> subprocess.CompletedProcess[bytes]:
    # To measure coverage takes files of its own, where six may be all that there are.
    kept = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    whole = {**kept, **(environ or {})}
    return subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", command],
        env={name: value for name, value in whole.items() if value is not None},
        capture_output=True,
        timeout=60,
        check=False,
        **more,
    )


def ended_well(ran: subprocess.CompletedProcess[bytes]) -> str:
    """The end of a whole walk; gives what was said."""
    said = ran.stdout.decode("utf-8")
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == b""
    for whole in ["Phone 0800 1111", "Phone 020 7946 0002", "Lost Property Desk"]:
        assert whole in said
    return said


# Streams


@unix
@pytest.mark.parametrize("command", ["routes", "trees", "--version", "--help", LOST])
def test_a_full_disk_is_told_of(command: str) -> None:
    ran = shell(f"{PROGRAM} {command} > /dev/full", input=TO_THE_END.encode())
    assert ran.returncode == 3
    first, second = ran.stderr.decode().splitlines()
    assert first == LAST_RESORT
    assert second == "Nothing more can be shown: No space left on device."


@unix
@pytest.mark.parametrize("command", ["routes", "routes --format json", LOST])
def test_a_closed_pipe_is_no_success_and_no_news(command: str) -> None:
    """Whoever has closed it does not want to hear more."""
    ran = shell(f"{PROGRAM} {command} | true", input=TO_THE_END.encode() * 2000)
    assert ran.returncode == 3, ran.stderr
    assert ran.stderr == b""


@unix
@pytest.mark.parametrize("command", ["routes", "--version", LOST])
def test_a_closed_output_is_told_of(command: str) -> None:
    ran = shell(f"{PROGRAM} {command} >&-", input=TO_THE_END.encode())
    assert ran.returncode == 3
    assert ran.stderr.decode().splitlines() == [
        LAST_RESORT,
        "There is nowhere to write to: the output is closed.",
    ]


@unix
def test_closed_input_is_the_end_of_input() -> None:
    ran = shell(f"{PROGRAM} {LOST} <&-")
    assert ran.returncode == 130
    assert b"Who is answering?" in ran.stdout
    assert ran.stderr == b""


@pytest.mark.slow
@unix
@pytest.mark.parametrize("command", [f"{LOST} 2>&-", f"{LOST} 2>/dev/full"])
def test_errors_that_nobody_hears_stop_nothing(command: str) -> None:
    ended_well(shell(f"{PROGRAM} {command}", input=TO_THE_END.encode()))
    nowhere = f"{PROGRAM} walk nowhere --trees {LIBRARY} --only"
    assert shell(f"{nowhere} 2>&-").returncode == 2
    assert shell(f"{nowhere} 2>/dev/full").returncode == 2
    assert shell(f"{PROGRAM} --version <&- >&- 2>&-").returncode == 3


@unix
def test_six_files_at_a_time_are_enough() -> None:
    ended_well(shell(f"ulimit -n 6; {PROGRAM} {LOST}", input=TO_THE_END.encode()))


@unix
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, -signal.SIGTERM), (signal.SIGINT, 130)]
)
def test_a_signal_ends_a_conversation_on_a_pipe(number: signal.Signals, status: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "fingerpost", *LOST.split()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=with_default_signals,
    ) as program:
        assert program.stdout
        assert program.stderr
        while b"3. A worker" not in program.stdout.readline():
            pass
        for _ in range(30):  # Python may miss a Ctrl-C in the moment before it begins to wait
            program.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                program.wait(timeout=1)
                break
        assert program.returncode == status
        assert program.stderr.read() == b""


# The system


@unix
@pytest.mark.parametrize(
    "environ",
    [
        {"HOME": None},
        {"HOME": __file__},
        {"HOME": "/nowhere/at/all"},
        {"HOME": None, "XDG_CONFIG_HOME": __file__},
        {"TZ": "Nowhere/At-All"},
        {"TZ": "\x01"},
        {"COLUMNS": "0"},
        {"TERM": "dumb"},
        {"LANG": "C", "LC_ALL": "C"},
        {"LANG": "no_such_place"},
        {"PATH": "/nowhere"},
    ],
    ids=str,
)
def test_odd_surroundings(environ: dict[str, str | None]) -> None:
    said = ended_well(shell(f"{PROGRAM} {LOST}", environ, input=TO_THE_END.encode()))
    assert "\x1b" not in said


@unix
def test_a_folder_that_has_been_deleted(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    ended_well(shell(f"cd {gone} && rmdir {gone} && {PROGRAM} {LOST}", input=TO_THE_END.encode()))


@unix
@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1", "utf-8", "ascii:strict"])
def test_other_letters_lose_no_number_and_no_route(encoding: str) -> None:
    ran = shell(f"{PROGRAM} {LOST}", {"PYTHONIOENCODING": encoding}, input=TO_THE_END.encode())
    assert ran.returncode == 0, ran.stderr
    said = ran.stdout.decode(encoding.partition(":")[0])
    for whole in ["Phone 0800 1111", "Phone 020 7946 0002", "Lost Property Desk"]:
        assert whole in said


# What the code asks of its streams


class Odd(io.StringIO):
    """A stream that remembers how it was set up."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal
        self.how: dict[str, str] = {}

    def reconfigure(self, **how: str) -> None:
        self.how = how


@pytest.fixture
def terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "is_terminal", lambda stream: stream.terminal)


@pytest.mark.usefixtures("terminals")
@pytest.mark.parametrize(
    ("terminal", "environ", "how"),
    [
        (True, {}, {"errors": "replace"}),
        (False, {}, {"encoding": "utf-8", "errors": "replace"}),
        (False, {"PYTHONIOENCODING": "cp1252"}, {"errors": "replace"}),
        (False, {"PYTHONIOENCODING": ""}, {"encoding": "utf-8", "errors": "replace"}),
    ],
)
def test_streams_take_every_letter(
    terminal: bool, environ: dict[str, str], how: dict[str, str]
) -> None:
    stream = Odd(terminal)
    streams.prepare(stream, None, io.StringIO(), environ=environ)
    assert stream.how == how


@pytest.mark.usefixtures("terminals")
@pytest.mark.parametrize(
    ("term", "can"),
    [
        ("xterm", True),
        ("linux", True),
        ("dumb", False),
        ("unknown", False),
        ("", False),
        (None, False),
    ],
)
def test_what_can_be_cleared(monkeypatch: pytest.MonkeyPatch, term: str | None, can: bool) -> None:
    monkeypatch.setattr(streams, "sys", SimpleNamespace(platform="linux"))
    environ = {} if term is None else {"TERM": term}
    assert streams.can_clear(Odd(terminal=True), environ) is can


@pytest.mark.parametrize(
    ("real", "written_for"),
    [
        ((80, 24), (80, 24)),
        ((0, 0), (80, 24)),
        ((1, 1), (20, 6)),
        ((40, 20), (40, 20)),
        ((200, 50), (100, 50)),
        (None, (80, 24)),
    ],
)
def test_the_size_that_is_written_for(
    monkeypatch: pytest.MonkeyPatch, real: tuple[int, int] | None, written_for: tuple[int, int]
) -> None:
    def size(_descriptor: int) -> os.terminal_size:
        if real is None:
            raise OSError
        return os.terminal_size(real)

    monkeypatch.setattr(streams.os, "get_terminal_size", size)
    stream = SimpleNamespace(fileno=lambda: 1)
    assert streams.size(stream) == written_for  # type: ignore[arg-type]  # all that is asked of it
    assert streams.size(io.StringIO()) == (80, 24)


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        ("“Don’t” – ring…", "utf-8", "“Don’t” – ring…"),
        ("“Don’t” – ring…", None, "“Don’t” – ring…"),
        ("“Don’t” – ring…", "cp1252", "“Don’t” – ring…"),
        ("“Don’t” – ring…", "latin-1", '"Don\'t" - ring...'),
        ("“Don’t” – ring…", "ascii", '"Don\'t" - ring...'),
        ("Meic Cymru: ŵ ŷ â é", "cp1252", "Meic Cymru: w y â é"),
        ("£1, 50 €", "ascii", "GBP 1, 50 ?"),
        ("漢字 0800 1111", "ascii", "?? 0800 1111"),
    ],
)
def test_what_a_console_lacks_is_said_plainer(text: str, encoding: str | None, said: str) -> None:
    assert encodable(text, encoding) == said


@given(st.text(), st.sampled_from(["ascii", "cp1252", "latin-1", "cp437", "cp850", "utf-8"]))
@settings(max_examples=60, deadline=None)
def test_every_console_can_say_every_harmless_line(text: str, encoding: str) -> None:
    line = safe_line(Line(text, Style.TITLE, "  1. ", 5), encoding)
    assert can_encode(line.text, encoding)
    assert (line.style, line.before, line.hang) == (Style.TITLE, "  1. ", 5)
    assert "\n" not in line.text
    assert all(
        char.isprintable() or char in " \u200c\u200d\u200e\u200f" or not char.isascii()
        for char in line.text
    )
    assert safe_blocks([(Line(text),)], encoding) == [(safe_line(Line(text), encoding),)]


@given(st.text("0123456789 "), st.sampled_from(["ascii", "cp1252", "latin-1"]))
@settings(max_examples=60, deadline=None)
def test_numbers_are_never_touched(number: str, encoding: str) -> None:
    assert encodable(f"“{number}”", encoding)[1:-1] == number
