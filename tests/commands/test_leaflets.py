"""``sheet --all`` writes a folder of leaflets, each of them whole, over nothing that is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import NoReturn

import pytest

from fingerpost.cli import leaflets as command
from fingerpost.cli.leaflets import MOST
from fingerpost.cli.main import main
from fingerpost.sheets.document import Document
from fingerpost.sheets.formats import Format
from fingerpost.sheets.formats.html import index
from fingerpost.sheets.leaflet_index import Entry, Section
from fingerpost.sheets.leaflets import Leaflet
from fingerpost.terminal.io.screen import progress_bar

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


@pytest.mark.parametrize(
    ("golden", "options"),
    [
        ("all", []),
        ("what", ["lost", "--vary", "what"]),
        ("where", ["lost", "--vary", "where"]),
        ("safe", ["lost", "--vary", "safe"]),
        ("parent", ["lost", "--for", "parent"]),
        ("given", ["--nation", "wales", "--given", "what=keys"]),
        ("discreet", ["--discreet", "--vary", "what", "--vary", "nation"]),
    ],
)
def test_the_index_is_as_it_was_written_down(
    run: Run, out: Path, golden: str, options: list[str]
) -> None:
    """Which sheets there are, and for whom each is, with the text of the links to them. After a
    change of wording, RENEW_GOLDENS=1 writes it anew, to be read: all can be counted by hand."""
    assert run(*options)[0] == 0
    file = Path(__file__).parents[1] / "golden" / f"leaflets-{golden}.txt"
    page = (out / "index.html").read_text("utf-8").partition("<body>")[2]
    told = re.sub("<(/?[a-z0-9]+).*?>", lambda tag: _SIGNS.get(tag[1], ""), page)
    said = re.sub(" *\n+", "\n", unescape(told)).strip() + "\n"
    if os.environ.get("RENEW_GOLDENS"):
        file.write_text(said, encoding="utf-8", newline="\n")
    assert said == file.read_text("utf-8")


_SIGNS = {**{f"h{n}": f"\n{'#' * n} " for n in range(1, 5)}, "p": "\n", "li": "\n- "}
"""How the golden index writes what begins with an element."""


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


def test_a_discreet_pack_tells_nothing_and_holds_no_apps(run: Run, out: Path) -> None:
    assert run("--discreet")[0] == 0
    made = holds(out)
    assert not any(name.startswith("app-") for name in made)
    for data in made.values():
        assert not re.search(rb"lost|keys|chirp|childline|police|app\b", data, re.IGNORECASE)
    assert b"Who to ring 1." in made["index.html"]


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


def test_no_pdf_where_none_can_be_made(
    run: Run, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    status, _, complained = run("--format", "pdf")
    assert status == 3
    assert "pip install" in complained
    assert not out.exists()


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
        leaflet = Leaflet("advice-1", Document(words))
        part = Section(words, (words,), ((words, words),), (Entry(leaflet, words),))
        return Section(words, (words,), sections=(Section(words, sections=(part,)),))

    harmless, hostile = (Parsed(index(of(each), (".html",))) for each in ("words", text))
    assert hostile.elements == harmless.elements
    joined = "".join(hostile.text)
    assert " 49 " not in joined
    assert not {"\u202e", "\x1b"} & set(joined)
    assert text.replace("\n", " ").split("\x1b")[0].replace("\u202e", "\ufffd")[:20] in joined


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
    assert said == (f"2 leaflets to make.\nAll are there. To find one, open {out / 'index.html'}\n")


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


def test_without_the_extra_there_are_pages_and_it_is_said(
    out: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Format, "available", property(lambda each: not each.needs))
    assert rack(out, "hate") == 0
    assert "Only as HTML" in capsys.readouterr().out
    assert set(holds(out)) == {"hate-young-person.html", "hate-parent.html", "index.html"}
