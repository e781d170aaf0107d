"""A walk leaves no trace: no file, no socket, no program started, no core dump."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

LIBRARY = Path(__file__).parents[1] / "fixtures" / "talks" / "library"
LOST = ["walk", "lost", "--trees", str(LIBRARY), "--only"]

WATCH = """
import json, os, sys
report = sys.argv.pop(1)
told = []
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

def watch(event, what):
    if event == "open":
        path, mode, flags = what
        if not (flags or 0) & WRITES and not set(mode or "r") & set("wax+"):
            return
    elif not event.startswith(("socket.", "subprocess.", "os.", "shutil.", "tempfile.", "ftplib.",
                               "urllib.", "smtplib.", "webbrowser.", "sqlite3.", "ctypes.")):
        return
    elif event in ("os.listdir", "os.scandir"):
        return
    told.append([event, [repr(each) for each in what]])

sys.addaudithook(watch)
sys.argv[0] = "fingerpost"
code = sys.argv.pop(1) if sys.argv[1].startswith("import") else ""
try:
    if code:
        exec(code)
    else:
        from fingerpost.cli.main import run
        run()
finally:
    status = list(told)
    told.clear()
    with open(report, "w") as file:
        json.dump(status, file)
"""


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    """A home, a folder to work in and a folder for temporary files, each with something in it."""
    found = {name: tmp_path / name for name in ("HOME", "TMPDIR", "work")}
    for folder in found.values():
        folder.mkdir()
        (folder / "there-before").write_text("as it was", "utf-8")
    return found


def listing(folders: dict[str, Path]) -> dict[str, str]:
    """Every file below, with what is in it and when it was written."""
    return {
        str(path): f"{path.stat().st_mtime_ns} {_content(path)}"
        for folder in folders.values()
        for path in (folder, *sorted(folder.rglob("*")))
    }


def _content(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "a folder"


def environment(folders: dict[str, Path]) -> dict[str, str]:
    """The bytecode of the program itself is no trace of a walk, and is left out of this."""
    kept = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    places = {name: str(folders[name]) for name in ("HOME", "TMPDIR")}
    home = {"XDG_CONFIG_HOME": "", "XDG_CACHE_HOME": "", "XDG_STATE_HOME": ""}
    return {**kept, **home, **places, "PYTHONDONTWRITEBYTECODE": "1", "TERM": "xterm-256color"}


def watched(
    tmp_path: Path, folders: dict[str, Path], *arguments: str, typed: str = ""
) -> tuple[list[str], subprocess.CompletedProcess[bytes]]:
    """What was asked of the system, in words."""
    report = tmp_path / "report.json"
    ran = subprocess.run(
        [sys.executable, "-c", WATCH, str(report), *arguments],
        input=typed.encode(),
        cwd=folders["work"],
        env=environment(folders),
        capture_output=True,
        timeout=300,  # “check” takes long on a busy machine
        check=False,
    )
    return asked(report), ran


def asked(report: Path) -> list[str]:
    return [f"{event} {' '.join(what)}" for event, what in json.loads(report.read_text("utf-8"))]


EVERY_ASIDE = "1\nw\ng\nn\n!\n1\n1\n1 10\nm\ng\nn\nr\n1\nc\n3\n2\n1\ns\n1\nq\n"


@pytest.mark.parametrize("last", ["q\n", "x\n", ""])
def test_a_walk_line_by_line_leaves_nothing(
    tmp_path: Path, folders: dict[str, Path], last: str
) -> None:
    before = listing(folders)
    told, ran = watched(tmp_path, folders, *LOST, "--plain", typed=EVERY_ASIDE + last)
    assert ran.returncode == 0, ran.stderr
    assert b"It's fine to stop here." in ran.stdout
    assert told == []
    assert listing(folders) == before


TO_A_SHEET = "1\n1\n1\n1\np\n{}\nq\n"


@pytest.mark.parametrize(("number", "name"), [("1", "advice-1.html"), ("4", "advice-1.pdf")])
def test_a_sheet_that_was_asked_for_is_all_that_is_left(
    tmp_path: Path, folders: dict[str, Path], number: str, name: str
) -> None:
    before = listing(folders)
    told, ran = watched(tmp_path, folders, *LOST, "--plain", typed=TO_A_SHEET.format(number))
    assert ran.returncode == 0, ran.stderr
    assert f"Saved as {name}".encode() in ran.stdout
    # The folder is made if need be, a file that is open is written to, and there is no other file.
    usual = re.compile(rf"os\.mkdir PosixPath\('\.'\)|os\.mkdir '\.'|open \d+ |.*{re.escape(name)}")
    assert [each for each in told if not usual.match(each)] == []
    after = listing(folders)
    assert after.keys() - before.keys() == {str(folders["work"] / name)}
    changed = {path for path in before if after[path] != before[path]}
    assert changed == {str(folders["work"])}


@pytest.mark.parametrize("tree", ["image-shared", "threatened"])
def test_a_walk_of_a_shipped_tree_leaves_nothing(
    tmp_path: Path, folders: dict[str, Path], tree: str
) -> None:
    before = listing(folders)
    told, ran = watched(tmp_path, folders, "walk", tree, "--plain", typed="1\n" * 30)
    assert ran.returncode == 0, ran.stderr
    assert told == []
    assert listing(folders) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ["walk", "nowhere"],
        ["routes"],
        ["trees"],
        ["check", "--trees", str(LIBRARY), "--only"],
        ["walk", "--nation", "x"],
    ],
)
def test_other_commands_leave_nothing_either(
    tmp_path: Path, folders: dict[str, Path], arguments: list[str]
) -> None:
    before = listing(folders)
    told, _ = watched(tmp_path, folders, *arguments)
    assert told == []
    assert listing(folders) == before


@pytest.fixture
def on_a_terminal(tmp_path: Path, folders: dict[str, Path]) -> Iterator[pexpect.spawn]:
    child = pexpect.spawn(
        sys.executable,
        ["-c", WATCH, str(tmp_path / "report.json"), *LOST],
        cwd=str(folders["work"]),
        env=environment(folders),
        dimensions=(24, 80),
        timeout=20,
        encoding="utf-8",
    )
    yield child
    child.close(force=True)


@pytest.mark.slow
@pytest.mark.pty
@pytest.mark.parametrize("last", ["x", "q", "\x03"])
def test_a_walk_on_a_terminal_leaves_nothing(
    tmp_path: Path, folders: dict[str, Path], on_a_terminal: pexpect.spawn, last: str
) -> None:
    before = listing(folders)
    for key, shown in [
        ("", "Enter or Space goes on"),
        (" ", "Who is answering"),
        ("1", "Are you safe"),
        ("!", "Ring 999"),
        ("<", "Are you safe"),
        ("1", "What have you lost"),
        ("1", "Where have you looked"),
        ("1\r", "Chosen"),
        ("\r", "GET HELP TODAY"),
    ]:
        on_a_terminal.send(key)
        on_a_terminal.expect_exact(shown)
        on_a_terminal.expect_exact("all keys")
    on_a_terminal.send(last)
    if last == "q":
        on_a_terminal.expect_exact("fine to stop")
        on_a_terminal.send(" ")
    on_a_terminal.expect(pexpect.EOF)
    # To see how large the window is, and to stand aside, is to ask; nothing of it is a trace.
    assert asked(tmp_path / "report.json") == []
    assert listing(folders) == before


@pytest.mark.pty
def test_no_core_dump_can_be_written(folders: dict[str, Path]) -> None:
    """Memory holds the answers."""
    program = (
        "import resource, sys; sys.argv = ['fingerpost', *sys.argv[1:]]\n"
        "from fingerpost.terminal.io.plain_ui import PlainUi\n"
        "PlainUi.question = lambda *_: print(resource.getrlimit(resource.RLIMIT_CORE)) or 'x'\n"
        "from fingerpost.cli.main import run\n"
        "run()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, *LOST, "--plain"],
        env=environment(folders),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert b"(0, 0)" in ran.stdout, ran.stderr
