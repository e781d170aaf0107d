"""``sheet --all`` writes a folder of leaflets, each of them whole, over nothing that is there."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

import pytest

from fingerpost.cli import leaflets as command
from fingerpost.cli.leaflets import MOST
from fingerpost.cli.main import main
from fingerpost.page.messages import LAST_RESORT
from fingerpost.sheets.document import Document
from fingerpost.sheets.formats import CannotPrint, Format
from fingerpost.sheets.formats.html import html
from fingerpost.sheets.formats.index_html import index
from fingerpost.sheets.leaflet_index import Entry, Section
from fingerpost.terminal.io.progress_bar import progress_bar

RACK = Path(__file__).parents[1] / "fixtures" / "rack"

# Counted by hand in test_pack.py: 30 leaflets and two apps.
SHEETS = {f"advice-{n}.html" for n in range(1, 31)} | {"app-1.html", "app-2.html"}
ALL = SHEETS | {"index.html"}

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


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


# --- what is made --------------------------------------------------------------------------------


def test_every_sheet_is_made_with_an_index(run: Run, out: Path) -> None:
    status, said, complained = run()
    assert (status, complained) == (0, "")
    first, second, last = said.splitlines()
    assert first == "6 endings to look at, for everyone who may come there."
    assert second == "32 sheets to make."
    assert last == f"All are there. To find one, open {out / 'index.html'}"
    assert set(holds(out)) == ALL
    assert out.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}


def test_one_tree_is_made_alone(run: Run, out: Path) -> None:
    status, said, _ = run("late", "--vary", "nation")
    assert (status, said.splitlines()[1]) == (0, "1 sheet to make.")
    assert set(holds(out)) == {"advice-1.html", "index.html"}


@pytest.mark.parametrize(("format_", "begins"), [("md", b""), ("txt", b""), ("pdf", b"%PDF-")])
def test_every_format_is_made_and_the_index_is_always_a_page(
    run: Run, out: Path, format_: str, begins: bytes
) -> None:
    status, _, _ = run("late", "--format", format_)
    assert status == 0
    made = holds(out)
    sheets = {f"advice-{n}.{format_}" for n in (1, 2, 3)}
    assert set(made) == {*sheets, "index.html"}
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
    assert (
        run("lost", "--teller", "staff", "--nation", "wales")[1].splitlines()[1]
        == "7 sheets to make."
    )
    assert b"Nation: England" not in holds(out)["index.html"]


def test_sheets_are_for_the_nation_of_the_local_file_unless_all_are_asked_for(
    run: Run, out: Path, tmp_path: Path
) -> None:
    local = tmp_path / "local.yaml"
    local.write_text("nation: wales\n", encoding="utf-8")
    # Three readers at each of four endings, by two ages at one of them, and two apps.
    assert run("lost", "--local", str(local))[1].splitlines()[1] == "17 sheets to make."
    assert b"Nation: Wales." in holds(out)["index.html"]
    assert b"England" not in holds(out)["index.html"]
    assert run("lost", "--local", str(local), "--vary", "nation", "--force")[0] == 0
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


# --- run again -----------------------------------------------------------------------------------


def test_a_leaflet_that_somebody_has_edited_is_left_as_it_is(run: Run, out: Path) -> None:
    run()
    (out / "advice-7.html").write_text("Mine.", encoding="utf-8")
    before = holds(out)
    status, said, complained = run()
    assert (status, said) == (3, "")
    assert complained.splitlines()[-1] == (
        f"{out} is not empty: advice-1.html is in it, and is left as it is. "
        "Name a new folder, or replace what has the name of a sheet: --force"
    )
    assert holds(out) == before


def test_asked_to_replace_it_writes_all_of_them_again(run: Run, out: Path) -> None:
    run()
    whole = holds(out)
    (out / "advice-7.html").write_text("Mine.", encoding="utf-8")
    (out / "advice-8.html").unlink()
    status, said, complained = run("--force")
    assert (status, complained) == (0, "")
    assert "other file" not in said
    assert holds(out) == whole


def test_what_is_not_a_sheet_of_this_time_stays_and_is_told_of(run: Run, out: Path) -> None:
    run()
    (out / "notes.txt").write_text("Mine.", encoding="utf-8")
    old = holds(out)
    status, said, _ = run("late", "--force")
    assert status == 0
    assert f"30 other files are still in {out}, and not on the index." in said
    new = holds(out)
    assert new.keys() == old.keys()
    assert {name for name in old if new[name] != old[name]} <= {
        *(f"advice-{n}.html" for n in (1, 2, 3)),
        "index.html",
    }
    assert b"advice-4.html" not in new["index.html"]


# --- what others put there -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["advice-7.html", "notes.txt", ".hidden"])
def test_a_folder_that_holds_anything_is_refused_before_the_work(
    run: Run, out: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(command, "pack", None)
    out.mkdir()
    (out / name).write_text("Mine.", encoding="utf-8")
    status, _, complained = run()
    assert status == 3
    assert f"{out} is not empty: {name} is in it" in complained
    assert holds(out) == {name: b"Mine."}


def test_an_empty_folder_is_as_good_as_a_new_one(run: Run, out: Path) -> None:
    out.mkdir()
    assert run("late")[0] == 0


def test_a_file_that_comes_while_sheets_are_made_stays(
    run: Run, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(_: object) -> bytes:
        (out / "advice-2.html").write_text("Mine.", encoding="utf-8")
        return b"Ours."

    out.mkdir()
    monkeypatch.setattr(Format, "renderer", lambda _: too_late)
    status, _, complained = run("late")
    assert status == 3
    assert f"{out / 'advice-2.html'} is there already" in complained
    assert holds(out) == {"advice-1.html": b"Ours.", "advice-2.html": b"Mine."}


@pytest.mark.parametrize("name", ["advice-1.html", "index.html"])
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
    half = holds(out)
    assert len(half) == 20
    assert "index.html" not in half
    assert run("--force")[0] == 0
    whole = holds(out)
    assert set(whole) == ALL
    assert all(whole[name] == half[name] for name in half)


# --- before anything is made ---------------------------------------------------------------------


def test_more_sheets_than_were_probably_meant_are_not_made_unasked(
    run: Run, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST == 500
    monkeypatch.setattr(command, "MOST", 31)
    status, said, complained = run()
    assert status == 2
    assert said == "6 endings to look at, for everyone who may come there.\n"
    assert "That would be more than 31 sheets. To make them all: --yes." in complained
    assert "--rack" in complained
    assert not out.exists()
    assert run("--yes")[0] == 0
    monkeypatch.setattr(command, "MOST", 32)
    shutil.rmtree(out)
    assert run()[0] == 0


def test_a_fact_that_no_tree_knows_is_a_usage_error(run: Run, out: Path) -> None:
    status, _, complained = run("--vary", "natoin")
    assert status == 2
    assert "There is no fact “natoin”. Did you mean “nation”?" in complained
    assert not out.exists()


@pytest.mark.parametrize("broken", ["", "a: [", "- a list\n"], ids=["empty", "no YAML", "a list"])
def test_no_tree_is_left_out_in_silence(run: Run, library: Path, out: Path, broken: str) -> None:
    """A rack without the leaflets of one tree looks whole."""
    (library / "late.yaml").write_text(broken, encoding="utf-8")
    status, said, complained = run()
    assert (status, said) == (1, "")
    first, second, third, *_ = complained.splitlines()
    assert first == LAST_RESORT
    assert second == "No sheets can be made until these mistakes are mended:"
    assert "late.yaml:1:" in third
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
@pytest.mark.parametrize("again", [False, True])
def test_whoever_interrupts_has_whole_sheets_and_no_index(
    run: Run, out: Path, monkeypatch: pytest.MonkeyPatch, number: int, again: bool
) -> None:
    """With an index that was there before, sheets could be called by what was in older ones."""
    run()
    whole = holds(out)
    if not again:
        shutil.rmtree(out)
    monkeypatch.setattr(Format, "renderer", failing(number, KeyboardInterrupt()))
    status, _, complained = run(*(["--force"] if again else []))
    assert status == 130
    assert complained.startswith("Stopped. The sheets that are there are whole, and have no index")
    half = holds(out) if out.exists() else {}
    assert all(half[name] == whole[name] for name in half)
    assert len(half) == (32 if again else number - 1)
    assert "index.html" not in half
    monkeypatch.undo()
    assert run("--force")[0] == 0
    assert holds(out) == whole


def test_a_sheet_of_which_no_pdf_can_be_made_is_named(
    run: Run, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    why = CannotPrint("The fonts have no such letter.")
    monkeypatch.setattr(Format, "renderer", failing(18, why))
    status, _, complained = run()
    assert status == 1
    assert complained == "advice-18.html: The fonts have no such letter.\n"
    assert "advice-17.html" in holds(out)


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
    own = "style-src 'unsafe-inline'; font-src data:; img-src data:"
    assert policy == f"default-src 'none'; {own}"
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
    " {{ 7 * 7 }} {% raw %}",
    "&lt;b&gt; & javascript:alert(1)",
    "\u202egnp.exe",
    "a" * 300,
    "one\ntwo\x1b[2J",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_words_of_an_author_are_words_on_the_index(text: str) -> None:
    def of(words: str) -> Section:
        part = Section(words, (words,), ((words, words),), (Entry("advice-1.html", words),))
        return Section(words, (words,), sections=(Section(words, sections=(part,)),))

    harmless, hostile = Parsed(index(of("words"))), Parsed(index(of(text)))
    assert hostile.elements == harmless.elements
    joined = "".join(hostile.text)
    assert " 49 " not in joined
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
        with progress_bar(3, "Sheets", stream, environ) as more:
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
    with file, progress_bar(3, "Sheets", file, {"TERM": "xterm"}) as more:
        more(3)
    assert (tmp_path / "file").read_bytes() == b""
    with progress_bar(3, "Sheets", None, {"TERM": "xterm"}) as more:
        more(3)


def test_what_goes_wrong_within_a_bar_comes_through() -> None:
    def fail() -> NoReturn:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), progress_bar(3, "Sheets", sys.stdout, {}):
        fail()


# --- leaflets for the rack -----------------------------------------------------------------------


def rack(out: Path, *arguments: str) -> int:
    return main(["sheet", "--rack", "-o", str(out), "--now", "2026-11-25", *arguments])


def test_the_rack_is_filled_with_leaflets_in_both_formats(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rack(out, "hate") == 0
    files = {f"hate-{who}.{end}" for who in ("young-person", "parent") for end in ("html", "pdf")}
    assert set(holds(out)) == files | {"index.html"}
    said = capsys.readouterr().out
    assert said == f"2 leaflets are there. To find one, open {out / 'index.html'}\n"


def test_a_leaflet_has_the_name_of_the_club_from_the_line_or_from_the_local_file(
    out: Path, tmp_path: Path
) -> None:
    local = tmp_path / "local.yaml"
    local.write_text("name: Canton Youth Centre\nnation: wales\n", encoding="utf-8")
    assert rack(out, "hate", "--local", str(local), "--format", "html") == 0
    page = holds(out)["hate-parent.html"]
    assert b"Canton Youth Centre" in page
    assert b"Meic" in page
    assert rack(out, "hate", "--local", str(local), "--name", "Our Den", "--force") == 0
    assert b"Our Den" in holds(out)["hate-parent.html"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--discreet"],
        ["--large-print"],
        ["--given", "age=13-15"],
        ["--for", "staff"],
        ["--teller", "parent"],
        ["--all"],
        ["--vary", "age"],
    ],
)
def test_a_leaflet_cannot_be_for_some_people(
    out: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert rack(out, *arguments) == 2
    assert "--" in capsys.readouterr().err
    assert not out.exists()


def test_a_name_is_for_leaflets_alone(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sheet", "hate", "-o", str(out), "--name", "Our Den"]) == 2
    assert "--name goes with --rack." in capsys.readouterr().err


def test_without_the_extra_there_are_pages_and_it_is_said(
    out: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Format, "available", property(lambda each: not each.needs))
    assert rack(out, "hate") == 0
    assert "Only as HTML" in capsys.readouterr().out
    assert set(holds(out)) == {"hate-young-person.html", "hate-parent.html", "index.html"}


def test_a_tree_for_workers_has_no_leaflet(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rack(out, "staff-disclosure") == 3
    assert "There is no leaflet about this" in capsys.readouterr().err
    assert not out.exists()


def test_a_full_folder_is_left_alone(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out.mkdir()
    (out / "notes.txt").write_text("ours", encoding="utf-8")
    assert rack(out, "hate") == 3
    assert "is not empty" in capsys.readouterr().err
    assert set(holds(out)) == {"notes.txt"}
