"""``fingerpost new``: a tree and a case that need no mending before they are made one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from fingerpost.cli.commands.new import command
from fingerpost.cli.main import main
from fingerpost.model.library import Library
from fingerpost.model.sentence import Urgency
from fingerpost.model.tree import Question
from fingerpost.page.page import Page, page
from fingerpost.reading.loader import Reading, load, shipped
from fingerpost.walk.walk import Walk

Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in an empty folder, and what it says."""
    monkeypatch.chdir(tmp_path)

    def run_it(*arguments: str) -> str:
        command.main(list(arguments), standalone_mode=False)
        return capsys.readouterr().out

    return run_it


def fresh(name: str) -> Reading:
    """The shipped library with what ``new`` has written in ./trees on top."""
    assert Path("trees", f"{name}.yaml").exists()
    return load([shipped(), Path("trees")], whole=True)


def test_the_tree_has_what_every_tree_begins_with(run: Run) -> None:
    run("locked-out", "--now", "2026-12-01")
    tree = fresh("locked-out").library.trees["locked-out"]
    assert tree.title.read_by(None) == "Locked out"
    asked = [question.name for question in tree.asked]
    assert asked == ["teller", "danger", "age", "nation", "going-on", "also"]
    assert tree.review_by.isoformat() == "2027-06-01"
    in_danger = {name for name in tree.outcomes if name.startswith("danger-")}
    assert in_danger == {f"danger-{page}" for page in DANGERS.values()}
    assert all(tree.outcomes[name].carry_on is not None for name in in_danger)
    assert set(tree.outcomes) - in_danger == {"help-young", "help-today", "help-soon"}


@pytest.mark.slow
def test_it_passes_the_strictest_check_as_it_stands(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("locked-out", "--now", "2026-12-01")
    own = ("trees/locked-out.yaml", "trees/cases/locked-out.yaml")
    status = main(["check", *own, "--strict", "--trees", "trees", "--now", "2026-12-01"])
    assert status == 0
    assert "2 files of what comes with fingerpost and trees read. No mistakes" in (
        capsys.readouterr().out
    )


DANGERS = {
    "hurt": "hurt",
    "swallowed": "hurt",
    "suicide": "suicide",
    "person": "person",
    "missing": "missing",
    "not-sure": "other",
}
"""Kinds of danger, each with the page that it has."""


def ending(library: Library, answers: Mapping[str, str]) -> Page:
    """The page at which somebody with these answers ends."""
    walk = Walk.begin(library, "locked-out")
    while isinstance(walk.here, Question):
        walk = walk.answer({answers[walk.here.fact]})
    return page(library, library.trees["locked-out"], walk.here, walk.facts)


@pytest.mark.parametrize("kind", DANGERS)
def test_danger_comes_first_in_it(run: Run, kind: str) -> None:
    run("locked-out")
    answers = {"teller": "young-person", "danger": kind}
    shown = ending(fresh("locked-out").library, answers)
    assert (shown.outcome, shown.urgency) == (f"danger-{DANGERS[kind]}", Urgency.NOW)
    assert shown.contacts[0].route == "police-999"
    assert shown.carry_on  # and nobody needs to say that all are safe
    assert "safe" not in shown.carry_on


def test_diff_says_how_to_compare_what_it_writes(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("locked-out")
    assert main(["diff", "trees", "trees"]) == 2
    told = capsys.readouterr().err
    assert "To lay it over that, add --over-shipped." in told
    assert "FP202" not in told
    assert main(["diff", "trees", "trees", "--over-shipped"]) == 0
    broken = Path("trees", "locked-out.yaml")
    broken.write_text(broken.read_text("utf-8").replace("use: teller", "use: taller"), "utf-8")
    assert main(["diff", "trees", "trees"]) == 1
    assert "there is no shared question “taller”" in capsys.readouterr().err
