"""The libraries that ``check`` is measured with are what they claim to be."""

from __future__ import annotations

import runpy
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest

from fingerpost.checks.content import contacts, not_sure, sentences
from fingerpost.checks.structure import circles, no_difference, unreached
from fingerpost.model.diagnostics import Severity
from fingerpost.model.library import Library
from fingerpost.model.tree import Outcome
from fingerpost.proof.prover import Proofs
from fingerpost.proof.verdict import Status
from fingerpost.reading import cross_references
from fingerpost.reading.loader import load

from ..support.checking import found_by

PROGRAM = Path(__file__).parents[2] / "benchmarks" / "libraries.py"

libraries = SimpleNamespace(**runpy.run_path(str(PROGRAM)))

RULES = 20


def read(folder: Path, kind: str, size: int, seed: str = "1") -> Library:
    """A library as it is read from its files, which have no mistake of any kind."""
    place = folder / f"{kind}-{size}-{seed}"
    libraries.write(libraries.KINDS[kind](size, seed), place)
    reading = load([place], whole=True)
    assert reading.mistakes == ()
    return reading.library


def questions(library: Library) -> int:
    return sum(len(tree.questions) for tree in library.trees.values())


@pytest.mark.parametrize("kind", libraries.KINDS)
@pytest.mark.parametrize("size", [10, 23, 150])
def test_every_kind_is_read_without_a_mistake_at_any_size(
    tmp_path: Path, kind: str, size: int
) -> None:
    library = read(tmp_path, kind, size)
    assert len(library.rules) == RULES
    for check in (circles, contacts, not_sure, sentences):
        assert found_by(check, library) == ()


@pytest.mark.parametrize("kind", libraries.KINDS)
def test_a_seed_always_gives_the_same_bytes_and_another_gives_others(kind: str) -> None:
    write = libraries.KINDS[kind]
    assert write(150, "1") == write(150, "1") != write(150, "2")


@pytest.mark.parametrize("kind", ["topics", "ladder", "islands"])
@pytest.mark.parametrize("size", [10, 11, 12, 13, 25, 120, 121, 161, 999])
def test_so_many_questions_were_asked_for(tmp_path: Path, kind: str, size: int) -> None:
    assert questions(read(tmp_path, kind, size)) == size


def test_everything_is_proved_of_topics(tmp_path: Path) -> None:
    found = Proofs(read(tmp_path, "topics", 60)).verdicts
    assert [verdict.status for _, verdict in found] == [Status.PROVED] * RULES


def test_topics_are_as_an_author_writes_them(tmp_path: Path) -> None:
    library = read(tmp_path, "topics", 1_000)
    trees = list(library.trees.values())
    assert all(40 <= len(tree.questions) <= 120 for tree in trees)
    # Doors lead to later trees only, and there are many.
    doors = [(tree.name, other) for tree in trees for other in cross_references.links(tree)]
    assert len(doors) > len(trees) / 2
    assert all(here < there for here, there in doors)
    # Advice and a need of every ending of a tree's own depend on what was asked.
    own = [o for tree in trees for name, o in tree.outcomes.items() if name.startswith("end-")]
    assert len(own) > len(trees) * 4
    for ending in own:
        assert sum(bool(line.whens) for line in ending.advice if not line.name) == 3
        assert any(need.when.tests for need in ending.needs)
    # Ways part and meet again, some questions take many answers, and each changes something.
    asked = [question for tree in trees for question in tree.questions.values()]
    assert sum(question.many for question in asked) > len(trees)
    assert {len(q.answers) for q in asked if not q.shared} >= {3, 4, 5}
    assert not [m for m in found_by(no_difference, library) if m.severity is not Severity.NOTICE]


def test_a_ladder_has_more_paths_than_can_be_walked(tmp_path: Path) -> None:
    library = read(tmp_path, "ladder", 5_000)
    assert list(library.trees) == ["ladder-0", "ladder-1"]
    assert paths(library) >= 8 * 10**425


def paths(library: Library) -> int:
    """How many different ways there are from the start of the first tree to any ending."""
    ways: dict[tuple[str, str], int] = {}

    def onward(tree: str, step: str) -> list[tuple[str, str]]:
        here = library.trees[tree].step(step)
        if isinstance(here, Outcome) or here is None:
            return []
        # Two answers that lead to one step are one way.
        return list(dict.fromkeys((a.goto.tree, a.goto.step) for a in here.answers if a.goto))

    first = next(iter(library.trees.values()))
    waiting = [(first.name, first.start)]
    while waiting:
        place = waiting[-1]
        missing = [other for other in onward(*place) if other not in ways]
        if missing:
            waiting += missing
        else:
            ways[place] = sum(ways[other] for other in onward(*place)) or 1
            waiting.pop()
    return ways[first.name, first.start]


def test_everything_is_proved_of_a_ladder_too(tmp_path: Path) -> None:
    found = {rule.name: verdict for rule, verdict in Proofs(read(tmp_path, "ladder", 23)).verdicts}
    assert {verdict.status for verdict in found.values()} == {Status.PROVED}
    assert len(found) == RULES + 1
    assert "everyone-sees-a-line-that-fits" in found


def test_a_menu_is_wide_in_both_ways(tmp_path: Path) -> None:
    library = read(tmp_path, "menu", 500)
    (tree,) = library.trees.values()
    one, many = tree.questions["which"], tree.questions["sites"]
    assert (len(one.answers), one.many) == (500, False)
    assert (len(many.answers), many.many) == (501, True)
    assert sum(route.name.startswith("site-") for route in library.routes.values()) == 50
    assert len({answer.goto for answer in one.answers}) > 20


def test_nothing_leads_to_half_of_the_islands(tmp_path: Path) -> None:
    library = read(tmp_path, "islands", 400)
    lost = [name for tree in library.trees.values() for name in tree.questions if "-lost-" in name]
    assert len(lost) == 200
    codes = [mistake.code for mistake in found_by(unreached, library)]
    assert codes == ["FP302"] * 20


CLAUSES: Mapping[str, Status] = {"met": Status.BROKEN, "unmet": Status.PROVED}


@pytest.mark.parametrize("kind", ["three-sat", "ways-sat"])
def test_a_rule_holds_if_and_only_if_the_clauses_cannot_be_met(tmp_path: Path, kind: str) -> None:
    facts = 7
    seen = set()
    for seed in map(str, range(6)):
        library = read(tmp_path, kind, facts, seed)
        (tree,) = library.trees.values()
        (rule,) = tree.rules
        clauses = libraries.clauses(facts, seed)
        met = "met" if can_be_met(clauses, facts) else "unmet"
        assert Proofs(library).rule(rule, tree.name).status is CLAUSES[met]
        seen.add(met)
    assert seen == set(CLAUSES)


def can_be_met(clauses: list[tuple[tuple[int, bool], ...]], facts: int) -> bool:
    """Whether some answers meet every clause, by trying all."""
    return any(
        all(any(answers[fact] is yes for fact, yes in clause) for clause in clauses)
        for answers in product((True, False), repeat=facts)
    )


def test_the_hardest_clauses_are_as_many_as_they_should_be() -> None:
    clauses = libraries.clauses(50)
    assert len(clauses) == 215
    assert all(len({fact for fact, _ in clause}) == 3 for clause in clauses)


def test_the_program_writes_a_folder(tmp_path: Path) -> None:
    assert libraries.main(["topics", "10", str(tmp_path / "one")]) == 0
    assert libraries.main(["topics", "10", str(tmp_path / "two"), "7"]) == 0
    one, two = (
        {str(p.relative_to(folder)): p.read_text() for p in folder.rglob("*.yaml")}
        for folder in (tmp_path / "one", tmp_path / "two")
    )
    assert one == libraries.topics(10)
    assert two == libraries.topics(10, "7")


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["topics", "10"],
        ["topics", "9", "folder"],
        ["topics", "ten", "folder"],
        ["trees", "10", "folder"],
        ["topics", "10", "folder", "1", "2"],
    ],
)
def test_the_program_says_what_it_needs(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert libraries.main(wrong) == 2
    assert "KIND N FOLDER" in capsys.readouterr().err
