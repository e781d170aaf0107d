"""``fingerpost approve``, and ``check --strict --approved``."""

from __future__ import annotations

import stat
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


def test_a_tree_is_signed_beside_those_that_are(run: Ran, folder: Path) -> None:
    assert run("approve", "one", *LEAD, *TODAY)[0] == Exit.DONE
    status, said = run("approve", "two", "--by", "A", "--role", "B", "--for", "A club", *TODAY)
    assert status == Exit.DONE
    assert "A, B, approves two, until 2027-11-27." in said
    approvals = load([folder]).library.approvals
    assert {name: (a.by, a.organisation) for name, a in approvals.items()} == {
        "one": ("Jo Field", ""),
        "two": ("A", "A club"),
    }
    again = (folder / "approvals.yaml").read_text(encoding="utf-8")
    run("approve", "one", *LEAD, *TODAY)
    assert (folder / "approvals.yaml").read_text(encoding="utf-8") == again
    assert stat.S_ISREG((folder / "approvals.yaml").stat().st_mode)


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["one", "--by", "Jo"], Exit.USAGE, "--role ROLE"),
        (["one", "--by", " ", "--role", "A"], Exit.USAGE, "--role ROLE"),
        (["tow", *LEAD], Exit.USAGE, "did you mean “two”?"),
        (["one", *LEAD, "--until", "soon"], Exit.USAGE, "write a day"),
        (["one", *LEAD, "--until", "2026-11-27"], Exit.USAGE, "not after"),
        (["--status", "--by", "Jo"], Exit.USAGE, "signs nothing"),
    ],
)
def test_nothing_is_signed_by_mistake(
    run: Ran, folder: Path, words: list[str], status: Exit, told: str
) -> None:
    ended, said = run("approve", *words, *TODAY)
    assert ended == status
    assert told.lower() in said.lower()
    assert not (folder / "approvals.yaml").exists()


def test_a_library_with_a_mistake_is_not_signed(run: Ran, folder: Path) -> None:
    written(folder, {"two.yaml": FILES["two.yaml"].replace("today", "later")})
    status, said = run("approve", "one", *LEAD)
    assert (status, "FP105" in said) == (Exit.PROBLEMS, True)


def test_approvals_with_a_mistake_are_not_written_over(run: Ran, folder: Path) -> None:
    written(folder, {"approvals.yaml": "approvals: {one: {by: A}}"})
    status, said = run("approve", "two", *LEAD)
    assert (status, "Mend this file first" in said) == (Exit.PROBLEMS, True)
    assert (folder / "approvals.yaml").read_text(encoding="utf-8") == "approvals: {one: {by: A}}"


def test_status_says_never_approved_changed_and_overdue(run: Ran, folder: Path) -> None:
    assert "one: nobody has approved it\n" in run("approve", "--status", *TODAY)[1]
    run("approve", "one", *LEAD, *TODAY)
    said = run("approve", "--status", *TODAY)[1]
    day = "on 2026-11-27, until 2027-11-27"
    assert f"one: approved by Jo Field, Safeguarding lead, {day}\n" in said
    assert "1 of 2 trees are approved as they stand." in said
    written(folder, {"one.yaml": FILES["one.yaml"].replace("Ring a friend", "Ring a pal")})
    said = run("approve", "--status", "one", "--now", "2027-11-28")[1]
    assert "  overdue: it was to be read again by 2027-11-27\n" in said
    assert f"    the page “Talk” (ending one/calm, {number('ending one/calm')})\n" in said
    assert "0 of 1 trees" in said


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
    written(folder, {"shared/advice.yaml": change})
    said = run("approve", "--status", *TODAY)[1]
    assert "In words, since it was signed (git " in said
    assert "  - do: Breathe out.\n  + do: Breathe in.\n" in said
    # Signed again and not committed: what was signed is not in git.
    run("approve", "one", *LEAD, *TODAY)
    written(folder, {"shared/advice.yaml": FILES["shared/advice.yaml"]})
    assert "In words" not in run("approve", "--status", *TODAY)[1]


def test_a_check_can_ask_that_all_is_approved(run: Ran, folder: Path) -> None:
    strict = ("check", "--strict", "--approved", *TODAY)
    status, said = run("check", "--approved", *TODAY)
    assert (status, "one: nobody has approved it" in said) == (Exit.DONE, True)
    assert run(*strict)[0] == Exit.PROBLEMS
    run("approve", *LEAD, *TODAY)
    assert run(*strict)[0] == Exit.DONE
    assert run("check", "--strict", "--approved", "--now", "2027-11-28")[0] == Exit.PROBLEMS
    written(folder, {"one.yaml": FILES["one.yaml"].replace("Ring a friend", "Ring a pal")})
    status, said = run(*strict)
    assert (status, "ending one/calm" in said) == (Exit.PROBLEMS, True)
    assert run("check", "--strict", *TODAY)[0] == Exit.DONE


def test_an_approval_is_on_the_sheet(run: Ran) -> None:
    run("approve", "one", *LEAD, *TODAY)
    given = ["--given", "teller=parent", "--given", "safe=no", "-o", "-", "--format", "txt"]
    said = run("sheet", "one", *given, *TODAY)[1]
    assert "Approved by Jo Field, Safeguarding lead, on 2026-11-27." in " ".join(said.split())


LINKED = {
    "two.yaml": FILES["two.yaml"].replace(
        "      advice: [{do: Get up.}, {use: breathe}]}",
        "      advice: [{do: Get up.}, {use: breathe}],\n"
        "      carry-on: {say: Go on, goto: one/rude}}",
    )
}
"""A tree that leads workers to a page to which they do not come in its own tree."""


def test_a_sheet_of_one_tree_knows_who_else_comes_to_its_pages(run: Ran, folder: Path) -> None:
    written(folder, LINKED)
    run("approve", *LEAD, *TODAY)
    given = ("teller=young-person", "safe=yes", "where=there")
    sheet = ["sheet", "one", *(w for each in given for w in ("--given", each)), "-o", "-"]
    said = run(*sheet, "--format", "txt", *TODAY)[1]
    assert "Approved by Jo Field, Safeguarding lead, on 2026-11-27." in " ".join(said.split())
    written(folder, {"shared/advice.yaml": FILES["shared/advice.yaml"].replace("Write it", "Note")})
    said = run(*sheet, "--format", "txt", *TODAY)[1]
    assert "on 2026-11-27, and changed since." in " ".join(said.split())


def test_a_tree_with_a_mistake_keeps_nobody_from_another_that_is_approved(
    run: Ran, folder: Path
) -> None:
    run("approve", *LEAD, *TODAY)
    given = ["--given", "teller=parent", "--given", "safe=no", "-o", "-", "--format", "txt"]
    for broken in ("start: [", FILES["two.yaml"].replace("yes: go", "yes: gone")):
        written(folder, {"two.yaml": broken})
        status, said = run("sheet", "one", *given, *TODAY)
        assert (status, "Approved by Jo Field" in said) == (Exit.DONE, True)


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


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("read: [aaa-aaa]", "no part of the book has the number"),
        ("comments: {aaa-aaa: A}", "no part of the book has the number"),
        ("reed: []", "a review has no key “reed”"),
        ("read: {a: b}", "must be text"),
        ("- a", "FP"),
    ],
)
def test_a_review_with_a_mistake_signs_nothing(
    run: Ran, folder: Path, tmp_path: Path, text: str, code: str
) -> None:
    review = tmp_path / "review.yaml"
    review.write_text(text, encoding="utf-8")
    status, said = run("approve", "--from", str(review), *LEAD)
    assert (status, code in said) == (Exit.PROBLEMS, True), said
    assert not (folder / "approvals.yaml").exists()


def test_comments_are_of_a_review(run: Ran) -> None:
    assert run("approve", "--comments")[0] == Exit.USAGE


def test_every_part_with_a_number_in_the_book_can_be_ticked(folder: Path) -> None:
    written(folder, {"one.yaml": FORKED})
    library = load([folder]).library
    paper = book(library, tuple(library.trees), date(2026, 11, 27), whole=True)
    ticks = {block.number for block in paper.blocks if isinstance(block, Tick)}
    assert ticks == places(library).keys()
