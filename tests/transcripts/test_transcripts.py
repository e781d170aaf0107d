"""Whole sessions on the command line: what is there, what is typed, and everything that is printed.

Each text beside this file, in a folder by topic, is one session. It says what it shows, and then
what is done, in its order:

- ``Library: NAME``, above all: a copy of a folder of ``tests/fixtures`` lies in ``library``; and so
  for ``Cases: NAME`` and ``Before: NAME``.
- ``-- FILE --`` and lines: this is written into the file. An author's folder begins empty.
- ``-- in FILE --`` and lines of ``- `` and ``+ ``: the one text in the place of the other.
- ``-- no FILE --``: it is taken away, a folder with all in it.
- ``$ fingerpost ...`` and perhaps lines of ``< ``, which somebody types: it is run. What follows is
  the output, then the errors, each line with ``! `` before it, and how it ended, as ``[1]``, if not
  well. Of a long output ``| grep -E PATTERN`` shows some lines.
- ``$ cat FILE`` and ``$ ls`` show what has been written.

After a change of wording RENEW_GOLDENS=1 writes what is printed anew. Nothing that it writes is
kept unread: the difference is what a person would see.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent

import pytest

from fingerpost import __version__
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit

HERE = Path(__file__).parent
FIXTURES = HERE.parent / "fixtures"
SESSIONS = sorted(HERE.glob("*/*.txt"))

_STEP = re.compile(r"^(?=-- .+ --$|\$ (?:fingerpost|cat|ls)\b)", re.M)
_COPIED = re.compile(r"^(Library|Cases|Before): (.+)$", re.M)
_TYPED = re.compile(r"^< (.*\n)", re.M)
_CHANGE = re.compile(r"((?:- .*\n)+)((?:\+ .*\n)+)")


@pytest.mark.parametrize("session", SESSIONS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_session_is_as_it_was_written_down(
    session: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    written = session.read_text("utf-8")
    prose, *steps = _STEP.split(written)
    for folder, fixture in _COPIED.findall(prose):
        shutil.copytree(FIXTURES / fixture, folder.lower())
    said = [prose.rstrip("\n") + "\n"]
    for step in steps:
        head, body = step.split("\n", 1)
        match shlex.split(head):
            case ["$", *words]:
                typed = "".join(_TYPED.findall(body))
                monkeypatch.setattr("sys.stdin", io.StringIO(typed))
                output = printed(words, capsys).replace(f"{tmp_path}/", "")
                output = output.replace(f"fingerpost {__version__}", "fingerpost X.Y.Z")
                said.append(f"{head}\n{marked(typed, '< ')}{output}")
            case ["--", *place, "--"]:
                prepare(place, body.rstrip("\n") + "\n")
                said.append(f"{step.rstrip()}\n")
    told = "\n".join(said)
    if os.environ.get("RENEW_GOLDENS"):
        session.write_text(told, "utf-8")
    assert told == written


def prepare(place: list[str], text: str) -> None:
    """Write a file, change it or take it away."""
    match place:
        case ["in", name]:
            file = Path(name)
            before = file.read_text("utf-8")
            assert _CHANGE.sub("", text) == "", f"neither - nor +: {text}"
            for old, new in _CHANGE.findall(text):
                old, new = ("\n".join(line[2:] for line in t.splitlines()) for t in (old, new))
                assert before.count(old) == 1, f"{name} has {before.count(old)} times: {old}"
                before = before.replace(old, new)
            file.write_text(before, "utf-8")
        case ["no", name] if Path(name).is_dir():
            shutil.rmtree(name)
        case ["no", name]:
            Path(name).unlink()
        case [name]:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(text, "utf-8")


def printed(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What a command prints, and how it ends."""
    match words:
        case ["cat", name]:
            return whole(Path(name).read_text("utf-8"))
        case ["ls"]:
            return whole("\n".join(sorted(everything())))
        case [*words, "|", "grep", "-E", pattern]:
            lines = printed(words, capsys).splitlines()
            return whole("\n".join(line for line in lines if re.search(pattern, line)))
        case _:
            status = main(words[1:])
            said, complaint = capsys.readouterr()
            assert status != Exit.BUG, complaint  # a pattern would hide it
            end = f"[{int(status)}]\n" if status else ""
            return whole(said) + marked(whole(complaint), "! ") + end


def marked(text: str, mark: str) -> str:
    """Every line with a mark before it."""
    return indent(text, mark, lambda _: True)


def whole(text: str) -> str:
    """Whole lines."""
    text = text.rstrip("\n")
    return f"{text}\n" if text else ""


def everything() -> Iterator[str]:
    """The files below the folder, but for those that were copied."""
    for path in Path().rglob("*"):
        if path.is_file() and path.parts[0] not in ("library", "cases", "before"):
            yield path.as_posix()
