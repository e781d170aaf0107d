"""Names that only the whole library can judge: doors from tree to tree, and needs to routes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fingerpost.reading.cross_references import links, targets
from fingerpost.reading.loader import Reading, load

SOUND = Path(__file__).parents[1] / "fixtures" / "mistakes" / "sound"

Change = Callable[[str, str, str], None]


def found(reading: Reading) -> list[tuple[str, str, int]]:
    return [(m.code, Path(m.span.file).name, m.span.line) for m in reading.mistakes]


def test_the_ways_on_from_a_tree_are_those_of_its_answers_and_of_its_endings() -> None:
    tree = load([SOUND]).library.trees["first"]
    ways = [f"{target.tree}/{target.step}" for target in targets(tree)]
    assert ways == [
        *("first/age", "first/danger", "first/danger"),
        *("first/where", "first/what", "first/what"),
        *("first/where", "second/", "second/middle"),
        *["first/friend-age"] * 3,
        *["first/grown"] * 2,
        *["first/app"] * 2,  # from the answers to a question that is only for some
        "first/app",  # and past it
        *["first/ending"] * 2,
        *["first/money"] * 2,  # a fork
        "first/app",
        "first/age",
    ]
    assert links(tree) == ("second",)


def test_a_door_to_a_tree_of_so_many_steps_that_they_cannot_be_listed(
    folder: Path, change: Change
) -> None:
    steps = "".join(f"  e{n}: {{use: danger}}\n" for n in range(20))
    change("second.yaml", "  end:\n", f"{steps}  end:\n")
    change("first.yaml", "goto: second/middle", "goto: second/xyz")
    [mistake] = load([folder]).mistakes
    assert mistake.hint == "name a question or an ending of that tree"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("start: middle", "start: midle"),
        ("    needs: [talk]\n", "    needs: [talk]\nquestion: {}\n"),
    ],
)
def test_a_mistake_behind_a_door_is_not_one_of_the_door(
    folder: Path, change: Change, old: str, new: str
) -> None:
    change("second.yaml", old, new)
    assert {file for _, file, _ in found(load([folder]))} == {"second.yaml"}


def test_a_door_into_a_tree_without_endings_is_not_judged(folder: Path, change: Change) -> None:
    change("first.yaml", "goto: second/middle", "goto: second/end")
    change("second.yaml", "outcomes:\n  end:", "outcomes: later\nrules:\n  end:")
    assert {file for _, file, _ in found(load([folder]))} == {"second.yaml"}


def test_a_need_that_no_route_serves_is_one_mistake_where_it_is_first_named(
    folder: Path, change: Change
) -> None:
    """Not one at each of the endings that name it."""
    change("routes/uk.yaml", "serves: [talk]", "serves: [emergency]")
    change("routes/wales.yaml", "serves: talk", "serves: emergency")
    [mistake] = load([folder]).mistakes
    assert (mistake.code, mistake.span.line, mistake.span.column) == ("FP206", 76, 9)
    assert mistake.span.file.endswith("first.yaml")
    assert mistake.message == "no route serves the need “talk”"
    assert mistake.hint == "add it to the “serves” of a route"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("serves: [talk]", "serves: [tlak]", "FP205"),
        ("    serves: [talk]\n", "", "FP102"),
        ("  line:\n    name: A line\n", "  line: later\n  more:\n    name: A line\n", "FP101"),
        ("routes:\n", "routes: {\n", "FP001"),
    ],
)
def test_while_a_route_cannot_be_read_nothing_is_said_of_what_is_not_served(
    folder: Path, change: Change, old: str, new: str, code: str
) -> None:
    change("routes/wales.yaml", "serves: talk", "serves: emergency")
    change("routes/uk.yaml", old, new)
    reading = load([folder])
    assert [m.code for m in reading.mistakes] == [code]


def test_a_need_that_nothing_lists_is_misspelt_and_not_unserved(
    folder: Path, change: Change
) -> None:
    change("second.yaml", "needs: [talk]", "needs: [tlak]")
    assert [code for code, _, _ in found(load([folder]))] == ["FP205"]
