"""``fingerpost approve``, and ``check --strict --approved``."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from fingerpost.approval.book import book
from fingerpost.approval.numbers import number
from fingerpost.approval.review import places
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.reading.loader import load
from fingerpost.sheets.document import Tick

from .library import FILES, written
from .test_book import FORKED

LEAD = ["--by", "Jo Field", "--role", "Safeguarding lead"]
TODAY = ["--now", "2026-11-27"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "library")


class Ran:
    """Runs the command line on one library."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.where = ["--trees", str(folder), "--only"]
        self.capsys = capsys

    def __call__(self, *words: str) -> tuple[int, str]:
        status = main([*words, *self.where])
        told = self.capsys.readouterr()
        return status, told.out + told.err


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Ran:
    return Ran(folder, capsys)


def test_status_has_old_beside_new_where_git_has_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder.parent)
    run = Ran(Path("library"), capsys)
    run("approve", *LEAD, *TODAY)
    change = FILES["shared/advice.yaml"].replace("Breathe out", "Breathe in")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "--quiet"], ["add", "library"], ["commit", "--quiet", "-m", "signed"]):
        subprocess.run([*git, *words], check=True)
    one = FILES["one.yaml"].replace("Run out", "Get out")
    written(folder, {"shared/advice.yaml": change, "one.yaml": one})
    said = run("approve", "--status", *TODAY)[1]
    assert said.partition("\nIn words, since it was signed (git ")[2].splitlines()[1:] == [
        "shared advice breathe (library/shared/advice.yaml:2)",
        "  - do: Breathe out.",
        "  + do: Breathe in.",
        "one: ending danger: advice (library/one.yaml:20)",
        "  - do: Run out. (source paper)",
        "  + do: Get out. (source paper)",
    ]
    # Signed again and not committed: what was signed is not in git.
    run("approve", "one", *LEAD, *TODAY)
    written(folder, {"shared/advice.yaml": FILES["shared/advice.yaml"]})
    assert "In words" not in run("approve", "--status", *TODAY)[1]


def ticked(folder: Path, *but: str) -> str:
    """A review in which every part is ticked, but for some by name."""
    known = places(load([folder]).library)
    return ", ".join(number for number, place in known.items() if place.name not in but)


def test_a_review_on_paper_signs_the_trees_of_which_all_is_ticked(
    run: Ran, folder: Path, tmp_path: Path
) -> None:
    review = tmp_path / "review.yaml"
    who = "by: Jo Field\nrole: Safeguarding lead\n"
    review.write_text(f"{who}read: [{ticked(folder, 'ending two/go')}]\n", encoding="utf-8")
    status, said = run("approve", "--from", str(review), *TODAY)
    assert status == Exit.DONE
    assert "two: not signed: 1 parts not ticked, 0 with a comment" in said
    assert {n: a.by for n, a in load([folder]).library.approvals.items()} == {"one": "Jo Field"}


def test_a_comment_keeps_a_tree_from_being_signed_and_has_its_place(
    run: Ran, folder: Path, tmp_path: Path
) -> None:
    review = tmp_path / "review.yaml"
    calm, line = number("ending one/calm"), number("route line")
    text = f"by: Jo\nrole: Lead\nread: [{ticked(folder)}]\ncomments:\n"
    review.write_text(f"{text}  {line}: Is it free?\n  {calm}: Say it shorter.\n", encoding="utf-8")
    status, said = run("approve", "--from", str(review), *TODAY)
    assert status == Exit.PROBLEMS
    assert "one: not signed: 0 parts not ticked, 2 with a comment" in said
    assert not (folder / "approvals.yaml").exists()
    status, said = run("approve", "--comments", "--from", str(review))
    assert status == Exit.DONE
    first, second, third, fourth, last = said.splitlines()
    assert "one.yaml:" in first
    assert first.endswith(f": ending one/calm ({calm})")
    assert (second, fourth, last) == ("  Say it shorter.", "  Is it free?", "2 comments of Jo")
    assert third.endswith(f": route line ({line})")


def test_every_part_with_a_number_in_the_book_can_be_ticked(folder: Path) -> None:
    written(folder, {"one.yaml": FORKED})
    library = load([folder]).library
    paper = book(library, tuple(library.trees), date(2026, 11, 27), whole=True)
    ticks = {block.number for block in paper.blocks if isinstance(block, Tick)}
    assert ticks == places(library).keys()
