"""Every command that writes: what is there, for whom a file is, and what is said."""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import stat
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.model.facts import TELLERS
from fingerpost.page.messages import LAST_RESORT
from fingerpost.sheets.document import Document
from fingerpost.sheets.formats import CannotPrint, Format
from fingerpost.sheets.formats.html import html

from ..approval.library import written
from ..support.staged import CASES, TALKS

RACK = Path(__file__).parents[1] / "fixtures" / "rack"
TODAY = ["--only", "--now", "2026-11-24"]
SMALL = ["--trees", str(TALKS / "library"), *TODAY]
KNOWN = ["--teller", "young-person", "--given", "what=phone", "--given", "seen=bag"]
STORY = ["rehearse", *SMALL, "--cases", str(CASES), "--case", "a-late-bus"]
FOUND = "whoever finds it can read it"

Said = pytest.CaptureFixture[str]
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files and modes")


class Command(NamedTuple):
    """A command that writes, but for the place that follows: its words, the name of what it writes,
    what somebody types meanwhile, and what is said of the file."""

    words: Sequence[str]
    name: str
    typed: str = ""
    note: str = FOUND


FILES = {
    "sheet": Command(["sheet", "lost", *SMALL, *KNOWN, "--given", "safe=yes", "-o"], "advice.txt"),
    "sheet, asking": Command(["sheet", "lost", *SMALL, *KNOWN, "-o"], "advice.html", "1\n"),
    "web": Command(["web", *SMALL, "-o"], "page.html", note="it opens in any browser"),
    "book": Command(["approve", "one", "--trees", "../signed", *TODAY, "--book"], "book.md"),
    "handout": Command([*STORY, "--handout"], "handout.html", note="print one for each person"),
    "review": Command([*STORY, "--review"], "review.txt", "1\n1\n1\n1\n4\n3\n1\nq\n"),
}
"""Those that write one file, where a command line says."""

FOLDERS = {
    "all": Command(["sheet", "late", "--all", "--trees", str(RACK), *TODAY, "-o"], "out"),
    "rack": Command(["sheet", "hate", "--leaflets", "--format", "html", "-o"], "out"),
}
"""Those that write a folder."""

HELD = {
    "all": {*(f"late-wait-{who}.html" for who in TELLERS), "index.html"},
    "rack": {"hate-parent.html", "hate-young-person.html", "index.html"},
}
"""What each of them writes."""

STARTERS = {
    "local": Command(["local", "--init", "--local"], "local.yaml", note=""),
    "new": Command(["new", "locked-out", "--trees"], "locked-out.yaml", note=""),
}
"""Those that write a file to start from, and never in the place of another."""

files = pytest.mark.parametrize("command", FILES.values(), ids=FILES)


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder to work in."""
    written(tmp_path / "signed")
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> Callable[..., tuple[int, str, str]]:
    """A command with its place: how it ends, and what it says."""

    def run_it(command: Command, place: str, *options: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(command.typed))
        status = main([*command.words, place, *options])
        said, complaint = capsys.readouterr()
        if status:
            assert complaint.startswith((f"{LAST_RESORT}\n", "Stopped."))
            complaint = complaint.removeprefix(f"{LAST_RESORT}\n")
        return status, said, complaint.rstrip("\n")

    return run_it


Run = Callable[..., tuple[int, str, str]]


def held(folder: Path) -> dict[str, bytes | str]:
    """Everything in a folder, hidden files too: what is in each, or what it is."""
    found: dict[str, bytes | str] = {}
    for path in folder.rglob("*"):
        kind = path.lstat().st_mode
        name = str(path.relative_to(folder))
        if stat.S_ISREG(kind):
            found[name] = path.read_bytes()
        else:
            found[name] = str(path.readlink()) if stat.S_ISLNK(kind) else stat.filemode(kind)[0]
    return found


def in_the_way(kind: str, path: Path) -> None:
    """Something at a path, and a file of somebody's beside it."""
    path.with_name("other").write_bytes(b"old")
    match kind:
        case "file":
            path.write_bytes(b"mine")
            path.chmod(0o644)
        case "folder":
            path.mkdir()
        case "link":
            path.symlink_to("other")
        case "link to nowhere":
            path.symlink_to("nowhere")
        case "pipe":
            os.mkfifo(path)


# A file


@files
def test_a_file_is_written_for_its_owner_alone_and_said_so(
    command: Command, folder: Path, run: Run
) -> None:
    status, said, complaint = run(command, command.name)
    assert (status, complaint) == (Exit.DONE, "")
    assert said.endswith(f"Written: {command.name} ({command.note})\n")
    assert list(held(folder)) == [command.name]
    assert stat.S_IMODE((folder / command.name).stat().st_mode) == 0o600


@files
def test_on_the_output_stands_what_would_be_in_the_file(
    command: Command, folder: Path, run: Run
) -> None:
    suffix = Path(command.name).suffix[1:]
    options = [] if "web" in command.words else ["--format", suffix]
    status, said, complaint = run(command, "-", *options)
    if "--review" in command.words:
        assert (status, said) == (Exit.USAGE, "")
        assert complaint.startswith("A review is written to a file: --review FILE.")
        return
    assert status == Exit.DONE
    assert list(held(folder)) == []
    assert bool(complaint) == bool(command.typed)  # what is asked stands with the errors
    run(command, command.name)
    assert said == (folder / command.name).read_text("utf-8")


THERE = {
    ("file", False): "{name} is there already, and is left as it is. To replace it: --force",
    ("file", True): "",
    ("folder", False): "{name} is a folder. Name a file in it.",
    ("folder", True): "{name} is a folder. Name a file in it.",
    ("link", False): "{name} is there already, and is left as it is.",
    ("link", True): "{name} could not be written: it is a link, and links are not followed.",
    ("link to nowhere", False): "{name} is there already, and is left as it is.",
    ("link to nowhere", True): "{name} could not be written: it is a link, and links are not "
    "followed.",
    ("pipe", False): "{name} is there already, and is left as it is.",
    ("pipe", True): "{name} could not be written: it is not a file.",
}
"""What is said of what is in the way, with --force and without; nothing if it is replaced."""


@posix
@files
@pytest.mark.parametrize(("kind", "force"), THERE)
def test_what_is_in_the_way_is_left_and_nothing_is_asked(
    command: Command, kind: str, force: bool, folder: Path, run: Run
) -> None:
    path = folder / command.name
    in_the_way(kind, path)
    before = held(folder)
    status, said, complaint = run(command, command.name, *(["--force"] if force else []))
    told = THERE[kind, force].format(name=command.name)
    if "--review" in command.words and (kind, force) == ("file", False):
        beside = f"{path.stem}-2{path.suffix}"  # nobody decides about a file before a room
        assert (status, complaint) == (Exit.DONE, "")
        assert said.endswith(f"Written: {beside} ({command.note})\n")
        assert held(folder).items() - before.items() == {(beside, held(folder)[beside])}
    elif told:
        assert (status, said, complaint) == (Exit.CANNOT, "", told)
        assert held(folder) == before
    else:
        assert (status, complaint) == (Exit.DONE, "")
        assert path.read_bytes() != b"mine"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert held(folder).keys() == before.keys()


@files
@pytest.mark.parametrize(
    ("place", "told"),
    [
        (".", ". is a folder. Name a file in it."),
        ("", " is a folder. Name a file in it."),
        ("no/{name}", "There is no folder no. Name one that is there."),
        ("a/b/{name}", "There is no folder a/b. Name one that is there."),
        ("a-file/{name}", "a-file/{name} could not be written: a-file is a file."),
        ("shut/{name}", "shut/{name} could not be written: you may not write in {folder}/shut."),
    ],
)
@pytest.mark.parametrize("force", [[], ["--force"]], ids=["new", "force"])
def test_a_place_that_cannot_be_is_one_sentence_and_nothing_is_asked(
    command: Command,
    place: str,
    told: str,
    force: list[str],
    folder: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No folder is made: it is a slip more often than a wish, and the file would be where nobody
    looks for it."""
    real = os.access
    monkeypatch.setattr(os, "access", lambda p, mode: Path(p).name != "shut" and real(p, mode))
    (folder / "shut").mkdir()
    (folder / "a-file").write_text("mine", "utf-8")
    options = [] if "web" in command.words else ["--format", "txt"]
    status, said, complaint = run(command, place.format(name=command.name), *options, *force)
    assert (status, said) == (Exit.CANNOT, "")
    assert complaint == told.format(name=command.name, folder=folder)
    assert held(folder) == {"a-file": b"mine", "shut": "d"}


@files
@pytest.mark.parametrize("old", [None, b"mine"])
def test_a_full_disk_is_one_sentence_and_an_older_file_stays(
    command: Command,
    old: bytes | None,
    folder: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = {} if old is None else {command.name: old}
    if old is not None:
        (folder / command.name).write_bytes(old)
    monkeypatch.setattr(os, "fsync", full_after(0))
    status, said, complaint = run(command, command.name, "--force")
    assert (status, "Written" in said) == (Exit.CANNOT, False)
    assert complaint == f"{command.name} could not be written: no space left on device."
    assert held(folder) == before


def full_after(count: int) -> Callable[[int], None]:
    """What a disk does that has room for some files more."""
    real, left = os.fsync, iter(range(count))

    def fsync(descriptor: int) -> None:
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    return fsync


# Formats


DOCUMENTS = {name: command for name, command in FILES.items() if name != "web"}
"""Those that can write in every format."""


@pytest.mark.parametrize("command", DOCUMENTS.values(), ids=DOCUMENTS)
@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("a", [], "{option} a: end the name with one of .html, .pdf, .md, .txt, or say --format."),
        ("a.docx", [], "{option} a.docx: end the name with one of .html, .pdf, .md, .txt"),
        ("-", ["--format", "pdf"], "A PDF is not for the output: {option} FILE."),
        ("a.txt", ["--format", "docx"], "--format: write html, pdf, md or txt."),
    ],
)
def test_what_has_no_format_is_refused_before_anything_is_asked(
    command: Command, name: str, options: list[str], told: str, folder: Path, run: Run
) -> None:
    option = command.words[-1]
    if name == "-" and option == "--review":
        told = "A review is written to a file: --review FILE."
    status, said, complaint = run(command, name, *options)
    assert (status, said) == (Exit.USAGE, "")
    assert told.format(option=option) in complaint
    assert held(folder) == {}


@pytest.mark.parametrize("command", DOCUMENTS.values(), ids=DOCUMENTS)
def test_without_the_extra_one_sentence_says_how_to_get_pdf(
    command: Command, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    status, said, complaint = run(command, "a.pdf")
    assert (status, said) == (Exit.CANNOT, "")
    assert 'pip install ".[pdf]"' in complaint
    assert "HTML" in complaint
    assert held(folder) == {}


@pytest.mark.parametrize("command", DOCUMENTS.values(), ids=DOCUMENTS)
def test_what_cannot_be_printed_is_a_problem_and_nothing_is_written(
    command: Command, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Format, "renderer", failing(1, CannotPrint("It has no such letter.")))
    status, said, complaint = run(command, "a.html")
    assert (status, complaint) == (Exit.PROBLEMS, "It has no such letter.")
    assert "Written" not in said
    assert held(folder) == {}


def failing(number: int, why: BaseException) -> Callable[[object], Callable[[Document], bytes]]:
    """A renderer of pages that fails at one of them."""
    made: list[Document] = []

    def one(paper: Document) -> bytes:
        made.append(paper)
        if len(made) == number:
            raise why
        return html(paper).encode()

    return lambda _: one


# A folder


folders = pytest.mark.parametrize("kind", FOLDERS)


@folders
@pytest.mark.parametrize("place", ["out", "a/b/out", "there"])
def test_a_folder_is_made_and_filled_for_its_owner_alone(
    kind: str, place: str, folder: Path, run: Run
) -> None:
    (folder / "there").mkdir()
    status, said, complaint = run(FOLDERS[kind], place)
    assert (status, complaint) == (Exit.DONE, "")
    assert said.endswith(f"All are there. To find one, open {place}/index.html\n")
    out = folder / place
    assert held(out).keys() == HELD[kind]
    assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}
    assert place == "there" or out.stat().st_mode & 0o777 == 0o700
    links = re.findall('href="(.*?)"', (out / "index.html").read_text("utf-8"))
    assert {*links, "index.html"} == HELD[kind]


@folders
@pytest.mark.parametrize("name", ["late-wait-parent.html", "index.html", "notes.txt", ".hidden"])
def test_a_folder_that_holds_anything_is_refused_before_the_work(
    kind: str, name: str, folder: Path, run: Run
) -> None:
    """Somebody may have written into a leaflet."""
    (folder / "out").mkdir()
    (folder / "out" / name).write_bytes(b"Mine.")
    told = f"out is not empty: {name} is in it, and is left as it is. Name a new folder, or"
    told += " replace what has the name of a sheet: --force"
    assert run(FOLDERS[kind], "out") == (Exit.CANNOT, "", told)
    assert held(folder / "out") == {name: b"Mine."}


@folders
def test_by_force_all_are_written_again_and_the_rest_is_told_of(
    kind: str, folder: Path, run: Run
) -> None:
    run(FOLDERS[kind], "out")
    whole = held(folder / "out")
    changed, missing, *_ = sorted(HELD[kind])
    (folder / "out" / changed).write_bytes(b"Mine.")
    (folder / "out" / missing).unlink()
    (folder / "out" / "notes.txt").write_bytes(b"Mine.")
    status, said, complaint = run(FOLDERS[kind], "out", "--force")
    assert (status, complaint) == (Exit.DONE, "")
    assert "\n1 other file is still in out, and not on the index.\n" in said
    assert held(folder / "out") == {**whole, "notes.txt": b"Mine."}


@posix
@folders
def test_no_link_in_a_folder_is_followed(kind: str, folder: Path, run: Run) -> None:
    (folder / "canary").write_bytes(b"Untouched.")
    for name in HELD[kind]:
        (folder / "out").mkdir()
        (folder / "out" / name).symlink_to(folder / "canary")
        status, _, complaint = run(FOLDERS[kind], "out", "--force")
        assert status == Exit.CANNOT
        assert complaint.endswith(": it is a link, and links are not followed.")
        assert (folder / "canary").read_bytes() == b"Untouched."
        shutil.rmtree(folder / "out")


def stopped(how: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Let something stop the second sheet: the status then, and what is said."""
    file = "late-wait-parent.html"
    if how == "a full disk":
        monkeypatch.setattr(os, "fsync", full_after(1))
        return Exit.CANNOT, f"out/{file} could not be written: no space left on device."
    if how == "Ctrl-C":
        monkeypatch.setattr(Format, "renderer", failing(2, KeyboardInterrupt()))
        told = "Stopped. The sheets that are there are whole, and have no index yet."
        return Exit.STOPPED, f"{told} To make all of them, run the same again with --force."
    if how == "no such letter":
        monkeypatch.setattr(Format, "renderer", failing(2, CannotPrint("No such letter.")))
        return Exit.PROBLEMS, f"{file}: No such letter."

    def too_late(paper: Document) -> bytes:
        (folder / "out").mkdir(exist_ok=True)
        (folder / "out" / file).write_bytes(b"Mine.")
        return html(paper).encode()

    monkeypatch.setattr(Format, "renderer", lambda _: too_late)
    return Exit.CANNOT, THERE["file", False].format(name=f"out/{file}")


@pytest.mark.parametrize("how", ["a full disk", "Ctrl-C", "no such letter", "a file meanwhile"])
def test_what_stops_it_leaves_whole_files_and_no_index(
    how: str, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an older index, new leaflets would be called by what was in the old ones."""
    run(FOLDERS["all"], "whole")
    whole = held(folder / "whole")
    status, told = stopped(how, folder, monkeypatch)
    ended, _, complaint = run(FOLDERS["all"], "out")
    assert (ended, complaint) == (status, told)
    half = held(folder / "out")
    first, second, _ = (f"late-wait-{who}.html" for who in TELLERS)
    mine = {second: b"Mine."} if how == "a file meanwhile" else {}
    assert half == {first: whole[first], **mine}
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    if not mine:
        stopped(how, folder, monkeypatch)
        shutil.copytree(folder / "whole", folder / "out", dirs_exist_ok=True)
        assert run(FOLDERS["all"], "out", "--force")[0] == status
        assert held(folder / "out").keys() == whole.keys() - {"index.html"}
        monkeypatch.undo()
        monkeypatch.chdir(folder)
    assert run(FOLDERS["all"], "out", "--force")[0] == Exit.DONE
    assert held(folder / "out") == whole


# A file to start from


@posix
@pytest.mark.parametrize("kind", ["file", "folder", "link", "link to nowhere"])
@pytest.mark.parametrize(
    ("command", "taken"),
    [("local", "local.yaml"), ("new", "locked-out.yaml"), ("new", "cases/locked-out.yaml")],
)
def test_a_file_to_start_from_is_never_written_over_another_or_beside_one(
    command: str, taken: str, kind: str, folder: Path, run: Run
) -> None:
    (folder / "cases").mkdir()
    in_the_way(kind, folder / taken)
    before = held(folder)
    place = "." if command == "new" else taken
    told = f"{taken} is there already, and is left as it is."
    assert run(STARTERS[command], place) == (Exit.CANNOT, "", told)
    assert held(folder) == before


@posix
@pytest.mark.parametrize("kind", ["file", "link", "folder"])
def test_a_signature_replaces_only_a_file(kind: str, folder: Path, run: Run) -> None:
    shutil.copytree("../signed", "signed")
    if kind == "file":
        (folder / "signed" / "approvals.yaml").write_text("approvals: []\n", "utf-8")
    else:
        in_the_way(kind, folder / "signed" / "approvals.yaml")
    approve = Command(["approve", "--by", "A", "--role", "B", *TODAY, "--trees"], "", "\na\n")
    status, said, _ = run(approve, "signed")
    assert (status == Exit.DONE) == (kind == "file")
    assert ("\nKept in signed/approvals.yaml." in said) == (kind == "file")
    if kind == "link":
        assert (folder / "signed" / "other").read_bytes() == b"old"
