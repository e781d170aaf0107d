"""``sheet --all`` writes a folder of leaflets, each of them whole, over nothing that is there."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path

import pytest

from fingerpost.cli import leaflets as command
from fingerpost.cli.leaflets import MOST
from fingerpost.cli.main import main
from fingerpost.sheets.formats import Format
from fingerpost.terminal.io.screen import progress_bar

RACK = Path(__file__).parents[1] / "fixtures" / "rack"


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


# --- what is made --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("golden", "options"),
    [
        ("all", []),
        ("what", ["lost", "--vary", "what"]),
        ("where", ["lost", "--vary", "where"]),
        ("safe", ["lost", "--vary", "safe"]),
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
    assert "--leaflets" in complained
    assert not out.exists()
    assert run("--yes")[0] == 0
    monkeypatch.setattr(command, "MOST", 32)
    shutil.rmtree(out)
    assert run()[0] == 0


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


# --- leaflets for the rack -----------------------------------------------------------------------


def rack(out: Path, *arguments: str) -> int:
    return main(["sheet", "--leaflets", "-o", str(out), "--now", "2026-11-25", *arguments])


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
    assert b"Wales Hate Support Centre" in page
    assert rack(out, "hate", "--local", str(local), "--name", "Our Den", "--force") == 0
    assert b"Our Den" in holds(out)["hate-parent.html"]


def test_without_the_extra_there_are_pages_and_it_is_said(
    out: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Format, "available", property(lambda each: not each.needs))
    assert rack(out, "hate") == 0
    assert "Only as HTML" in capsys.readouterr().out
    assert set(holds(out)) == {"hate-young-person.html", "hate-parent.html", "index.html"}
