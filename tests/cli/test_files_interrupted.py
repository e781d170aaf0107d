"""Killed at any moment of a write, the program leaves the old file whole or the new file whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO, NoReturn

import pytest

from fingerpost.cli import files
from fingerpost.cli.files import write

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")

NAME = "advice-1.html"
OLD = b"old" * 5_000
NEW = b"new" * 10_000
PIECE = len(NEW) // 5


@dataclass(frozen=True, slots=True)
class Killed:
    """What a process that was killed has left, and whether another write goes well after it."""

    status: int
    """How it ended, as ``os.waitstatus_to_exitcode`` has it: minus a signal, or an exit status."""
    holds: str
    """What the file holds: ``old``, ``new``, ``nothing`` if it is not there, or ``a part``."""
    beside: list[str]
    """What each temporary file holds, in the same words."""
    others: list[str]
    """The names of all other files."""
    mended: bool
    """After another write there is the newest file, for its owner alone, and nothing new."""


# --- In the child --------------------------------------------------------------------------------


def replace_it(folder: Path) -> None:
    write(folder / NAME, NEW, replace=True)


def write_it_anew(folder: Path) -> None:
    write(folder / NAME, NEW)


def write_it_anew_without_links(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files.os, "link", _no_links)
        write(folder / NAME, NEW)


def _no_links(*_: object, **__: object) -> NoReturn:
    raise PermissionError(1, "Operation not permitted")


WAYS: dict[str, tuple[Callable[[Path], None], bytes | None]] = {
    "replace_it": (replace_it, OLD),
    "write_it_anew": (write_it_anew, None),
    "write_it_anew_without_links": (write_it_anew_without_links, None),
}
"""Each way to write, with what is there before."""


def every_moment(folder: Path, way: str, number: int, lines: int) -> Iterator[Killed]:
    """Begin to write, and be killed some lines later each time, until that comes to its end."""
    write_it, before = WAYS[way]
    # What the system has been given is not lost when a program is killed, so nobody need wait for
    # the disk here.
    files.os.fsync = lambda _: None
    for moment in count(step=lines):
        if before is None:
            (folder / NAME).unlink(missing_ok=True)
        else:
            (folder / NAME).write_bytes(before)
        child = os.fork()
        if not child:
            _write_until(moment, number, write_it, folder)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        yield _what_is_left(folder, status)
        if status == 0:
            return


def _write_until(
    moment: int, number: int, write_it: Callable[[Path], None], folder: Path
) -> NoReturn:
    """Send oneself a signal after so many lines."""
    lines = iter(range(moment))

    def trace(_frame: FrameType, event: str, _: object) -> Any:
        if event == "line" and next(lines, None) is None:
            os.kill(os.getpid(), number)
        return trace

    files.open = lambda path, mode, opener: InPieces(  # type: ignore[attr-defined]
        open(path, mode, buffering=0, opener=opener)  # noqa: SIM115 - closed there
    )
    status = 1
    try:
        sys.settrace(trace)
        write_it(folder)
        sys.settrace(None)
        status = 0
    except KeyboardInterrupt:
        status = 130
    finally:
        os._exit(status)


class InPieces:
    """A file that takes its time, with lines between the pieces."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.fileno, self.flush = file, file.fileno, file.flush

    def __enter__(self) -> InPieces:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> None:
        for start in range(0, len(data), PIECE):
            self._file.write(data[start : start + PIECE])


def _what_is_left(folder: Path, status: int) -> Killed:
    holds = {path.name: _called(path.read_bytes()) for path in folder.iterdir()}
    temporary = {name for name in holds if name.startswith(f".{NAME}.")}
    write(folder / NAME, b"newest", replace=True)
    after = {path.name: path for path in folder.iterdir()}
    newest = after[NAME]
    mended = newest.read_bytes() == b"newest" and newest.stat().st_mode & 0o777 == 0o600
    mended &= set(after) == {*holds, NAME}
    for name in temporary:
        after[name].unlink()
    return Killed(
        status,
        holds.get(NAME, "nothing"),
        [holds[name] for name in temporary],
        [name for name in holds if name not in {NAME, *temporary}],
        mended,
    )


def _called(data: bytes) -> str:
    return {OLD: "old", NEW: "new"}.get(data, "a part")


# --- The tests -----------------------------------------------------------------------------------


def killed(folder: Path, way: str, number: signal.Signals, lines: int) -> list[Killed]:
    ran = subprocess.run(
        [sys.executable, __file__, folder, way, str(int(number)), str(lines)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stderr == ""
    return [Killed(**each) for each in json.loads(ran.stdout)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "lines"), [(signal.SIGKILL, 5), (signal.SIGTERM, 7), (signal.SIGINT, 5)]
)
@pytest.mark.parametrize("way", WAYS)
def test_a_file_is_old_and_whole_or_new_and_whole(
    tmp_path: Path, way: str, number: signal.Signals, lines: int
) -> None:
    *interrupted, ended = killed(tmp_path, way, number, lines)
    before = "old" if WAYS[way][1] else "nothing"
    states = [each.holds for each in interrupted]
    assert states == [before] * states.count(before) + ["new"] * states.count("new")
    assert {before, "new"} == set(states)
    assert len(states) >= 25
    assert {each.status for each in interrupted} == {130 if number == signal.SIGINT else -number}
    assert (ended.status, ended.holds, ended.beside) == (0, "new", [])
    # Some are killed with a part on the disk; after Ctrl-C there is time to take it away.
    parts = [each for each in interrupted if "a part" in each.beside]
    assert bool(parts) is (number != signal.SIGINT)
    assert [each for each in (*interrupted, ended) if each.others or not each.mended] == []


if __name__ == "__main__":
    # A job in the background of a shell ignores it, and passes that on.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _, place, chosen, *numbers = sys.argv
    print(
        json.dumps([asdict(each) for each in every_moment(Path(place), chosen, *map(int, numbers))])
    )
