"""How many questions are usually still to come: on small trees where it can be counted by hand."""

from __future__ import annotations

from fingerpost.model.base import replace
from fingerpost.model.tree import Question
from fingerpost.page.question import asking
from fingerpost.reading.loader import load, shipped
from fingerpost.walk.progress import usual_length
from fingerpost.walk.walk import Walk

from ..support.steps import asked, end, library, tree


def begin(*questions: Question, onward: str = "end", **known: str) -> Walk:
    """At the first of these questions. Their endings are ``end`` and ``danger``, which leads on."""
    made = library(tree("t", *questions, end("end"), end("danger", onward)))
    return Walk.begin(made, "t", {fact: frozenset({value}) for fact, value in known.items()})


def ladder(*names: str) -> tuple[Question, ...]:
    """One question after the other."""
    onward = [*names[1:], "end"]
    return tuple(asked(name, {"x": to, "y": to}) for name, to in zip(names, onward, strict=True))


def test_the_two_numbers_hold_the_middle_half_of_the_ways() -> None:
    # One way in four is a single question long, two are two long, one is three long.
    walk = begin(
        asked("a", {"1": "end", "2": "b", "3": "b", "4": "c"}),
        asked("b", {"x": "end"}),
        asked("c", {"x": "b"}),
    )
    assert usual_length(walk) == (1, 2)
    # Of five ways, the shortest and the longest are beyond the middle half.
    walk = begin(
        asked("a", {"1": "end", "2": "b", "3": "b", "4": "b", "5": "c"}),
        asked("b", {"x": "end"}),
        asked("c", {"x": "b"}),
    )
    assert usual_length(walk) == (2, 2)


def test_in_a_very_large_tree_nobody_is_told() -> None:
    names = [f"q{number}" for number in range(801)]
    assert usual_length(begin(*ladder(*names[:800]))) == (800, 800)
    walk = begin(*ladder(*names))
    assert usual_length(walk) is None
    assert asking(walk).progress == "question 1"


def test_nobody_is_ever_at_a_later_question_than_there_usually_are() -> None:
    # Nine ways in ten are one question long; whoever is at the second reads of two, not of one.
    walk = begin(asked("a", {**dict.fromkeys("123456789", "end"), "10": "b"}),
                 asked("b", {**dict.fromkeys("123456789", "end"), "10": "c"}),
                 asked("c", {"x": "end"}))  # fmt: skip
    assert asking(walk).progress == "question 1, usually 1"
    assert asking(walk.answer({"10"})).progress == "question 2, usually 2"
    assert asking(walk.answer({"10"}).answer({"10"})).progress == "question 3, usually 3"


def test_what_waits_until_the_ending_is_not_counted() -> None:
    app = replace(asked("app", {"one": "b", "not-sure": "b"}), at_ending=True)
    walk = begin(asked("a", {"x": "app"}), app, asked("b", {"x": "end"}))
    assert asking(walk).progress == "question 1, usually 2"
    walk = walk.answer({"x"}).answer({"not-sure"})
    assert asking(walk).progress == "question 2, usually 2"


def test_the_shipped_trees_say_how_long_they_are() -> None:
    library = load([shipped()]).library
    for name in library.trees:
        low, high = usual_length(Walk.begin(library, name)) or (0, 0)
        assert 4 <= low <= high <= 12
