"""``sheet --all`` fills a folder, goes on where it was stopped, and touches nothing of others."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

import pytest

from fingerpost.cli import leaflets as command
from fingerpost.cli.files import AlreadyThere, open_folder
from fingerpost.cli.leaflets import MOST
from fingerpost.cli.main import main
from fingerpost.sheets.document import Document
from fingerpost.sheets.filling import MANIFEST, Made, fill, planned
from fingerpost.sheets.formats.html import html
from fingerpost.sheets.formats.index_html import index
from fingerpost.sheets.formats.pdf import CannotPrint
from fingerpost.sheets.leaflet_index import Contents, Entry, Section
from fingerpost.terminal.io.progress_bar import bar

RACK = Path(__file__).parents[1] / "fixtures" / "rack"

# Counted by hand in test_pack.py: 30 leaflets and two apps.
SHEETS = {f"advice-{n}.html" for n in range(1, 31)} | {"app-1.html", "app-2.html"}
ALL = SHEETS | {"index.html", MANIFEST}

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The small library, to be changed."""
    return Path(shutil.copytree(RACK, tmp_path / "library"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the sheets go: a folder that is not there yet."""
    return tmp_path / "out"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], library: Path, out: Path) -> Run:
    """``sheet --all`` of the small library into the folder: how it ends, and what it says."""

    def run_it(*arguments: str) -> tuple[int, str, str]:
        given = ["sheet", "--all", "-o", str(out), "--trees", str(library), "--only"]
        status = main([*given, "--now", "2026-11-25", *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run_it


def holds(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """By what it is seen whether a file has been written again."""
    return {p.name: (p.stat().st_ino, p.stat().st_mtime_ns) for p in folder.iterdir()}


def written_since(before: Mapping[str, tuple[int, int]], folder: Path) -> set[str]:
    now = stamps(folder)
    return {name for name in now if now[name] != before.get(name)}


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


# --- what is made --------------------------------------------------------------------------------


def test_every_sheet_is_made_with_an_index_and_a_manifest(run: Run, out: Path) -> None:
    status, said, complained = run()
    assert (status, complained) == (0, "")
    first, last = said.splitlines()
    assert first == "32 sheets in all: 0 there already, 32 to make."
    assert last == f"All are there. To find one, open {out / 'index.html'}"
    assert set(holds(out)) == ALL
    assert out.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}


def test_one_tree_is_made_alone(run: Run, out: Path) -> None:
    status, said, _ = run("late", "--vary", "nation")
    assert (status, said.splitlines()[0]) == (0, "1 sheet in all: 0 there already, 1 to make.")
    assert set(holds(out)) == {"advice-1.html", "index.html", MANIFEST}


@pytest.mark.parametrize(("format_", "begins"), [("md", b""), ("txt", b""), ("pdf", b"%PDF-")])
def test_every_format_is_made_and_the_index_is_always_a_page(
    run: Run, out: Path, format_: str, begins: bytes
) -> None:
    status, _, _ = run("late", "--format", format_)
    assert status == 0
    made = holds(out)
    sheets = {f"advice-{n}.{format_}" for n in (1, 2, 3)}
    assert set(made) == {*sheets, "index.html", MANIFEST}
    assert all(made[name].startswith(begins) for name in sheets)
    assert all(f'href="{name}"'.encode() in made["index.html"] for name in sheets)


def test_options_reach_every_sheet(run: Run, out: Path) -> None:
    run("--large-print", "--for", "staff")
    made = {name: data for name, data in holds(out).items() if name.startswith("advice")}
    assert all(b"Not to be given to a young person" in data for data in made.values())
    assert all(b' class="large"' in data for data in made.values())


def test_letters_without_a_size_are_not_made_large(run: Run, out: Path) -> None:
    status, _, told = run("--large-print", "--format", "txt")
    assert (status, out.exists()) == (2, False)
    assert "in txt letters have no size." in " ".join(told.split())


def test_a_discreet_pack_tells_nothing_and_holds_no_apps(run: Run, out: Path) -> None:
    assert run("--discreet")[0] == 0
    made = holds(out)
    assert not any(name.startswith("app-") for name in made)
    for data in made.values():
        assert not re.search(rb"lost|keys|chirp|childline|police|app\b", data, re.IGNORECASE)
    assert b"Who to ring 1." in made["index.html"]


def test_what_is_given_on_the_command_line_holds_for_all(run: Run, out: Path) -> None:
    # Everybody is a worker in Wales: one sheet at each ending, and two at “rung”, by age.
    assert run("lost", "--teller", "staff", "--nation", "wales")[1].startswith("7 sheets in all")
    assert b"Nation: England" not in holds(out)["index.html"]


def test_sheets_are_for_the_nation_of_the_local_file_unless_all_are_asked_for(
    run: Run, out: Path, tmp_path: Path
) -> None:
    local = tmp_path / "local.yaml"
    local.write_text("nation: wales\n", encoding="utf-8")
    # Three readers at each of four endings, by two ages at one of them, and two apps.
    assert run("lost", "--local", str(local))[1].startswith("17 sheets in all")
    assert b"Nation: Wales." in holds(out)["index.html"]
    assert b"England" not in holds(out)["index.html"]
    assert run("lost", "--local", str(local), "--vary", "nation")[0] == 0
    assert b"England" in holds(out)["index.html"]


PLACES = ({"TZ": "UTC", "PYTHONHASHSEED": "1"}, {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "2"})


def test_the_same_library_gives_the_same_bytes_wherever_and_whenever(tmp_path: Path) -> None:
    made = []
    for number, surroundings in enumerate(PLACES):
        where = tmp_path / str(number)
        where.mkdir()
        program = [sys.executable, "-m", "fingerpost", "sheet", "--all", "-o", f"out-{number}"]
        subprocess.run(
            [*program, "--trees", str(RACK), "--only"],
            cwd=where,
            env={**os.environ, **surroundings, "USER": f"someone-{number}", "HOME": str(where)},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        made.append(holds(where / f"out-{number}"))
    assert made[0] == made[1]
    assert set(made[0]) == ALL


def test_the_manifest_holds_hashes_and_nothing_else(run: Run, out: Path) -> None:
    run()
    manifest = json.loads(holds(out)[MANIFEST])
    assert set(manifest) == {"kind", "files"}
    assert set(manifest["files"]) == SHEETS | {"index.html"}
    for made in manifest["files"].values():
        assert set(made) == {"of", "holds"}
        assert all(re.fullmatch("[0-9a-f]{64}", each) for each in made.values())


# --- run again -----------------------------------------------------------------------------------


def test_nothing_is_written_again_where_nothing_has_changed(run: Run, out: Path) -> None:
    run()
    before = stamps(out)
    status, said, _ = run()
    assert (status, said.splitlines()[0]) == (0, "32 sheets in all: 32 there already, 0 to make.")
    assert not written_since(before, out)


def test_what_has_changed_is_made_again_and_only_that(run: Run, out: Path, library: Path) -> None:
    run()
    before = stamps(out)
    change(library / "lost.yaml", "open: Nothing has gone.", "open: Nothing at all has gone.")
    assert run()[1].startswith("32 sheets in all: 26 there already, 6 to make.")
    of_it = {f"advice-{n}.html" for n in range(25, 31)}
    assert written_since(before, out) == of_it | {MANIFEST}
    assert all(b"Nothing at all has gone." in holds(out)[name] for name in of_it)


def test_another_format_or_another_version_is_another_file(
    run: Run, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("late")
    monkeypatch.setattr(command, "__version__", "0.0.0-other")
    assert run("late")[1].startswith("3 sheets in all: 0 there already, 3 to make.")
    run("late", "--format", "txt")
    assert set(holds(out)) == {*(f"advice-{n}.txt" for n in (1, 2, 3)), "index.html", MANIFEST}


def test_a_file_that_is_damaged_or_gone_is_made_again(run: Run, out: Path) -> None:
    run()
    whole = holds(out)
    (out / "advice-3.html").write_bytes(whole["advice-3.html"][:100])
    (out / "advice-4.html").unlink()
    assert run()[1].startswith("32 sheets in all: 30 there already, 2 to make.")
    assert holds(out) == whole


def test_what_is_no_longer_wanted_goes_unless_somebody_has_changed_it(run: Run, out: Path) -> None:
    run()
    (out / "advice-30.html").write_text("My own words.", encoding="utf-8")
    (out / "app-2.html").unlink()
    (out / "advice-29.html").unlink()
    (out / "advice-29.html").mkdir()
    (out / "notes.txt").write_text("Mine.", encoding="utf-8")
    status, said, _ = run("late")
    assert status == 0
    ours = {*(f"advice-{n}.html" for n in (1, 2, 3)), "index.html", MANIFEST}
    kept = {"advice-29.html", "advice-30.html", "notes.txt"}
    assert {path.name for path in out.iterdir()} == ours | kept
    assert (out / "advice-30.html").read_text(encoding="utf-8") == "My own words."
    for name in ("advice-29.html", "advice-30.html"):
        assert f"{out / name} is no longer one of the sheets" in said
    # From now on it is not ours, and stands in nobody's way.
    assert "no longer" not in run("late")[1]


# --- what others put there -----------------------------------------------------------------------


def test_a_file_of_somebody_else_is_never_replaced_unasked(run: Run, out: Path) -> None:
    out.mkdir()
    (out / "advice-7.html").write_text("Mine.", encoding="utf-8")
    status, _, complained = run()
    assert status == 3
    assert f"{out / 'advice-7.html'} is there already" in complained
    assert "To replace what is in the way: --force" in complained
    assert set(holds(out)) == {"advice-7.html"}
    assert run("--force")[0] == 0
    assert set(holds(out)) == ALL
    assert holds(out)["advice-7.html"] != b"Mine."


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"[" * 100_000,
        b"\xff",
        b'{"kind": "another", "files": {}}',
        b'{"kind": "fingerpost sheets 1"}',
        b'{"kind": "fingerpost sheets 1", "files": []}',
        b'{"kind": "fingerpost sheets 1", "files": {"advice-1.html": {"of": "", "holds": ""}}}',
        b'{"kind": "fingerpost sheets 1", "files": {"advice-1.html": {"of": 1, "holds": 2}}}',
        b'{"kind": "fingerpost sheets 1", "files": {"advice-1.html": {"of": "0"}}}',
        *(
            json.dumps(
                {
                    "kind": "fingerpost sheets 1",
                    "files": {name: {"of": "0" * 64, "holds": "0" * 64}},
                }
            ).encode()
            for name in ("../advice-1.html", "/etc/passwd", "My notes.txt", MANIFEST, "")
        ),
    ],
)
def test_a_manifest_that_we_did_not_write_is_left_alone(run: Run, out: Path, other: bytes) -> None:
    out.mkdir()
    (out / MANIFEST).write_bytes(other)
    status, _, complained = run("late")
    assert status == 3
    assert f"{out / MANIFEST} is there already" in complained
    assert holds(out) == {MANIFEST: other}
    assert run("late", "--force")[0] == 0
    assert "advice-1.html" in json.loads(holds(out)[MANIFEST])["files"]


@pytest.mark.parametrize("name", ["advice-1.html", "index.html", MANIFEST])
def test_no_link_in_the_folder_is_followed(run: Run, out: Path, tmp_path: Path, name: str) -> None:
    canary = tmp_path / "canary"
    canary.write_text("Untouched.", encoding="utf-8")
    out.mkdir()
    (out / name).symlink_to(canary)
    assert run("late")[0] == 3
    assert run("late", "--force")[0] == 3
    assert canary.read_text(encoding="utf-8") == "Untouched."


def test_a_folder_that_cannot_be_one_is_a_sentence(run: Run, out: Path) -> None:
    out.write_text("A file.", encoding="utf-8")
    status, _, complained = run("late")
    assert status == 3
    assert str(out) in complained
    assert out.read_text(encoding="utf-8") == "A file."


def test_a_disk_that_is_full_leaves_whole_files(
    run: Run, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync
    synced: list[int] = []

    def full(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) > 20:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    status, _, complained = run()
    assert status == 3
    assert "no space left on device" in complained
    monkeypatch.undo()
    before = stamps(out)
    assert run()[0] == 0
    assert set(holds(out)) == ALL
    assert len(written_since(before, out)) < 20


# --- before anything is made ---------------------------------------------------------------------


def test_more_sheets_than_were_probably_meant_are_not_made_unasked(
    run: Run, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST == 500
    monkeypatch.setattr(command, "MOST", 31)
    status, said, complained = run()
    assert status == 2
    assert said == "32 sheets in all: 0 there already, 32 to make.\n"
    assert "That is more than 31. To make them all: --yes." in complained
    assert not out.exists()
    assert run("--yes")[0] == 0
    assert run()[0] == 0  # all are there
    monkeypatch.setattr(command, "MOST", 32)
    shutil.rmtree(out)
    assert run()[0] == 0


def test_a_fact_that_no_tree_knows_is_a_usage_error(run: Run, out: Path) -> None:
    status, _, complained = run("--vary", "natoin")
    assert status == 2
    assert "There is no fact “natoin”. Did you mean “nation”?" in complained
    assert not out.exists()


def test_a_tree_with_mistakes_is_refused_and_another_is_made_without_its_cases(
    run: Run, out: Path, library: Path
) -> None:
    change(library / "lost.yaml", "age: {use: age, goto: nation}", "age: {use: age, goto: moon}")
    change(library / "late.yaml", "goto: lost/what", "goto: wait")
    for arguments in ((), ("lost",)):
        status, _, complained = run(*arguments)
        assert status == 1
        assert "moon" in complained
        assert not out.exists()
    assert run("late")[0] == 0
    assert "advice-3.html" in holds(out)


def test_no_pdf_where_none_can_be_made(
    run: Run, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    status, _, complained = run("--format", "pdf")
    assert status == 3
    assert "pip install" in complained
    assert not out.exists()


# --- stopped half way ----------------------------------------------------------------------------


def failing(number: int, why: BaseException) -> Callable[[str], Callable[[Document], bytes]]:
    """A renderer of pages that fails at one of them."""
    made: list[Document] = []

    def one(paper: Document) -> bytes:
        made.append(paper)
        if len(made) == number:
            raise why
        return html(paper).encode()

    return lambda _: one


@pytest.mark.parametrize("number", [1, 17, 32])
def test_whoever_interrupts_goes_on_later(
    run: Run, out: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    run()
    whole = holds(out)
    shutil.rmtree(out)
    monkeypatch.setattr(command, "renderer", failing(number, KeyboardInterrupt()))
    status, _, complained = run()
    assert status == 130
    assert complained.startswith("Stopped. To go on from here, run the same again.")
    half = holds(out)
    assert all(half[name] == whole[name] for name in half if name != MANIFEST)
    assert "index.html" not in half
    monkeypatch.undo()
    before = stamps(out)
    assert run()[0] == 0
    assert holds(out) == whole
    assert not written_since(before, out) & (set(half) - {MANIFEST})


def test_a_sheet_of_which_no_pdf_can_be_made_is_named(
    run: Run, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    why = CannotPrint("The fonts have no such letter.")
    monkeypatch.setattr(command, "renderer", failing(18, why))
    status, _, complained = run()
    assert status == 1
    assert complained == "advice-18.html: The fonts have no such letter.\n"
    assert "advice-16.html" in holds(out)


KILLED = """
import hashlib, json, os, shutil, signal, sys
from pathlib import Path
from fingerpost.filling import MANIFEST, fill, planned
from fingerpost.cli.files import NotWritten, open_folder

def wanted(texts):
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}

def do(folder, texts):
    with open_folder(folder) as opened:
        plan = planned(opened, wanted(texts), "index.html")
        fill(opened, plan, lambda name: texts[name].encode() * 1000, lambda _: None)

OLD = {f"advice-{n}.html": f"old {n}" for n in range(1, 40)} | {"index.html": "old index"}
NEW = {f"advice-{n}.html": f"{'old' if n % 3 else 'new'} {n}" for n in range(1, 37)}
NEW = NEW | {"app-1.html": "new app", "index.html": "new index"}
MOMENTS = ("open", "fsync", "replace", "link", "rename", "unlink", "close")

def kill_at(moment):
    left = moment
    def counted(real):
        def call(*args, **kwargs):
            nonlocal left
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)
        return call
    for name in MOMENTS:
        setattr(os, name, counted(getattr(os, name)))

def holds(folder):
    found = {}
    for path in folder.iterdir():
        if path.name.startswith(".") or path.name == MANIFEST:
            continue
        found[path.name] = path.read_text()
    return found

def whole(texts):
    return {name: text * 1000 for name, text in texts.items()}

def do_it_badly(folder, texts):
    for name in reversed(texts):
        made = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        data = texts[name].encode() * 1000
        os.write(made, data[:1000])
        os.fsync(made)
        os.write(made, data[1000:])
        os.close(made)

place = Path(sys.argv[1])
old, new = whole(OLD), whole(NEW)
start = place / "start"
do(start, OLD)
(start / "notes.txt").write_text("Mine.")
troubles, moment, step = [], 0, int(sys.argv[2])
while True:
    moment += step
    folder = Path(shutil.copytree(start, place / "now"))
    child = os.fork()
    if not child:
        kill_at(moment)
        do_it_badly(folder, NEW) if sys.argv[3:] else do(folder, NEW)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    left = holds(folder)
    if left.pop("notes.txt", None) != "Mine.":
        troubles.append([moment, "somebody's notes"])
    for name, text in left.items():
        if text not in (old.get(name), new.get(name)):
            troubles.append([moment, f"{name} is not whole"])
    told = left.get("index.html")
    if told == old["index.html"] and any(left[n] != old[n] for n in left):
        troubles.append([moment, "the old index tells of new files"])
    if told == new["index.html"] and any(left.get(n) != new[n] for n in new):
        troubles.append([moment, "the new index tells of old files"])
    try:
        do(folder, NEW)
    except NotWritten:
        pass
    if holds(folder) != new | {"notes.txt": "Mine."}:
        troubles.append([moment, "it does not go on"])
    shutil.rmtree(folder)
    if os.waitstatus_to_exitcode(status) == 0:
        break
print(json.dumps([moment, troubles]))
"""


def killed(place: Path, *arguments: str) -> tuple[int, list[list[object]]]:
    """At how many moments it was killed, and what was wrong after any of them."""
    program = [sys.executable, "-c", textwrap.dedent(KILLED), str(place), *arguments]
    said = subprocess.run(program, check=True, capture_output=True, text=True)
    moments, troubles = json.loads(said.stdout)
    return moments // int(arguments[0]), troubles


NO_FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


@NO_FORK
def test_killed_at_any_moment_it_leaves_whole_files_and_goes_on(tmp_path: Path) -> None:
    moments, troubles = killed(tmp_path, "3")
    assert troubles == []
    assert moments > 20


@NO_FORK
def test_the_test_of_killing_finds_what_is_written_badly(tmp_path: Path) -> None:
    _, troubles = killed(tmp_path, "7", "badly")
    said = " ".join(str(trouble) for trouble in troubles)
    assert "is not whole" in said
    assert "the new index tells of old files" in said


# --- filling, by itself --------------------------------------------------------------------------


HASH = "0" * 64


def test_a_folder_that_is_not_there_yet_has_everything_to_make() -> None:
    plan = planned(None, {"advice-1.html": HASH, "index.html": HASH}, "index.html")
    assert plan.to_make == ("advice-1.html", "index.html")
    assert (plan.taken, plan.to_remove, dict(plan.listed)) == ((), (), {})


def test_the_bar_is_told_of_every_file(tmp_path: Path) -> None:
    wanted = {f"advice-{n}.txt": HASH for n in range(40)}
    told: list[int] = []
    with open_folder(tmp_path / "out") as folder:
        kept = fill(
            folder, planned(folder, wanted, "index.html"), lambda n: n.encode(), told.append
        )
    assert kept == ()
    assert sum(told) == 40
    assert len(told) > 1


def test_a_file_that_comes_between_the_plan_and_the_writing_stays(tmp_path: Path) -> None:
    with open_folder(tmp_path) as folder:
        plan = planned(folder, {"advice-1.txt": HASH}, "index.html")
        (tmp_path / "advice-1.txt").write_text("Mine.", encoding="utf-8")
        with pytest.raises(AlreadyThere):
            fill(folder, plan, lambda _: b"Ours.", lambda _: None)
    assert (tmp_path / "advice-1.txt").read_text(encoding="utf-8") == "Mine."


def test_what_is_listed_and_gone_is_not_missed(tmp_path: Path) -> None:
    with open_folder(tmp_path) as folder:
        fill(folder, planned(folder, {"a.txt": HASH}, "i.html"), lambda _: b"", lambda _: None)
        (tmp_path / "a.txt").unlink()
        plan = planned(folder, {}, "i.html")
        assert plan.listed["a.txt"] == Made(HASH, plan.listed["a.txt"].holds)
        assert plan.to_remove == ("a.txt",)
        assert fill(folder, plan, lambda _: b"", lambda _: None) == ()
        assert dict(planned(folder, {}, "i.html").listed) == {}


# --- the index as a page -------------------------------------------------------------------------


class Parsed(HTMLParser):
    """The elements of a page in order, with their attributes, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]

    def attributes(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attributes for found, attributes in self.elements if found == tag)


def test_the_index_runs_nothing_fetches_nothing_and_leads_to_every_sheet(
    run: Run, out: Path
) -> None:
    run()
    page = Parsed((out / "index.html").read_text(encoding="utf-8"))
    assert "script" not in page.tags
    assert not {"link", "img", "iframe", "object", "form", "base"} & set(page.tags)
    (policy,) = (m["content"] for m in page.attributes("meta") if "http-equiv" in m)
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert next(page.attributes("html")) == {"lang": "en-GB"}
    assert "title" in page.tags
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert {link["href"] for link in page.attributes("a")} == SHEETS


def test_a_page_that_runs_something_would_be_seen() -> None:
    page = Parsed("<p onclick='x()'>Text<script>x()</script></p>")
    assert page.tags == ["p", "script"]
    assert list(page.attributes("p")) == [{"onclick": "x()"}]


def test_the_headings_of_the_index_go_down_one_step_at_a_time(run: Run, out: Path) -> None:
    run()
    page = Parsed((out / "index.html").read_text(encoding="utf-8"))
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))
    assert max(levels) == 4


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; & javascript:alert(1)",
    "\u202egnp.exe",
    "a" * 300,
    "one\ntwo\x1b[2J",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_words_of_an_author_are_words_on_the_index(text: str) -> None:
    def of(words: str) -> Contents:
        part = Section(words, (words,), ((words, words),), (Entry("advice-1.html", words),))
        return Contents(words, (words,), (Section(words, sections=(part,)),))

    harmless, hostile = Parsed(index(of("words"))), Parsed(index(of(text)))
    assert hostile.elements == harmless.elements
    joined = "".join(hostile.text)
    assert "49" not in joined
    assert not {"\u202e", "\x1b"} & set(joined)
    assert text.replace("\n", " ").split("\x1b")[0].replace("\u202e", "\ufffd")[:20] in joined


def test_the_index_of_hostile_trees_is_a_page_like_any_other(
    run: Run, out: Path, library: Path
) -> None:
    change(library / "late.yaml", "title: I am late", "title: <script>alert(1)</script>")
    change(library / "late.yaml", "ask: How late are you?", "ask: <b onclick=alert(1)>?")
    assert run("late")[0] == 0
    page = Parsed((out / "index.html").read_text(encoding="utf-8"))
    assert "script" not in page.tags
    assert "<script>alert(1)</script>" in page.text
    assert "<b onclick=alert(1)>? " in page.text


# --- the bar -------------------------------------------------------------------------------------


def shown_on_a_terminal(environ: Mapping[str, str]) -> str:
    """What a bar of three shows on a terminal of 80 columns."""
    theirs, ours = os.openpty()
    with os.fdopen(ours, "w", encoding="utf-8") as stream:
        with bar(3, "Sheets", stream, environ) as more:
            more(1)
            more(2)
        stream.write("end")
        stream.flush()
        shown = b""
        while not shown.endswith(b"end"):
            shown += os.read(theirs, 4096)
    os.close(theirs)
    return shown.decode()


@pytest.mark.pty
def test_the_bar_is_shown_on_a_terminal_and_gone_at_the_end() -> None:
    shown = shown_on_a_terminal({"TERM": "xterm"})
    assert [each in shown for each in ("Sheets", "0/3", "1/3", "3/3")] == [True] * 4
    # The line is wiped, and what comes next stands in its place.
    assert "\x1b[2K" in shown[shown.rindex("3/3") :]


@pytest.mark.pty
def test_a_terminal_that_cannot_go_back_in_a_line_is_shown_no_bar() -> None:
    assert shown_on_a_terminal({"TERM": "dumb"}) == "end"


def test_nothing_is_shown_in_a_file_or_where_there_is_nothing(tmp_path: Path) -> None:
    file = (tmp_path / "file").open("w", encoding="utf-8")
    with file, bar(3, "Sheets", file, {"TERM": "xterm"}) as more:
        more(3)
    assert (tmp_path / "file").read_bytes() == b""
    with bar(3, "Sheets", None, {"TERM": "xterm"}) as more:
        more(3)


def test_what_goes_wrong_within_a_bar_comes_through() -> None:
    def fail() -> NoReturn:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), bar(3, "Sheets", sys.stdout, {}):
        fail()
