"""Two trees of what ships as a library of their own: large enough to try a check on, and quick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from fingerpost.model.base import replace
from fingerpost.model.library import Library
from fingerpost.model.tree import Always, Outcome, Question, Tree, When
from fingerpost.reading.loader import load, shipped

FIRST_TWO = ("image-shared", "threatened")


Shows = TypeVar("Shows", Outcome, Always)


def first_two() -> Library:
    """The two oldest trees, with their cases and with what is shared as far as it is theirs.

    An answer that leads to another tree, and what reads facts, or answers alone, for which neither
    tree asks, is left out, as if it had not been written.
    """
    library = load([shipped()], FIRST_TWO, whole=True).library
    library = replace(library, trees={name: alone(library.trees[name]) for name in FIRST_TWO})
    asked = offered(library)

    def without_others(ending: Shows) -> Shows:
        return replace(
            ending,
            advice=tuple(each for each in ending.advice if can_hold(each.whens, asked)),
            needs=tuple(each for each in ending.needs if can_hold([each.when], asked)),
        )

    return replace(
        library,
        trees={
            name: replace(
                tree, outcomes={n: without_others(each) for n, each in tree.outcomes.items()}
            )
            for name, tree in library.trees.items()
        },
        questions={fact: each for fact, each in library.questions.items() if fact in asked},
        always=tuple(
            without_others(each) for each in library.always if can_hold([each.when], asked)
        ),
        routes={
            name: route for name, route in library.routes.items() if can_hold(route.whens, asked)
        },
        rules=tuple(each for each in library.rules if can_hold([each.when], asked)),
        cases={
            name: case
            for name, case in library.cases.items()
            if case.tree in FIRST_TWO
            and all(values <= asked.get(fact, frozenset()) for fact, values in case.answers.items())
        },
    )


def alone(tree: Tree) -> Tree:
    """A tree without the answers that lead to others than these two."""

    def without_others(question: Question) -> Question:
        answers = [a for a in question.answers if not a.goto or a.goto.tree in FIRST_TWO]
        return replace(question, answers=tuple(answers))

    return replace(tree, questions={n: without_others(q) for n, q in tree.questions.items()})


def offered(library: Library) -> Mapping[str, frozenset[str]]:
    """Each fact that some tree settles, with all the values that it can have there."""
    values: dict[str, set[str]] = {}
    for tree in library.trees.values():
        for question in tree.questions.values():
            values.setdefault(question.fact, set()).update(question.values)
        for outcome in tree.outcomes.values():
            for fact, settled in outcome.settles.items():
                values.setdefault(fact, set()).update(settled)
    return {fact: frozenset(some) for fact, some in values.items()}


def can_hold(whens: Iterable[When], asked: Mapping[str, frozenset[str]]) -> bool:
    """Whether these conditions read only what is asked, and of each fact an answer there is."""
    tests = [test for when in whens for test in when.tests]
    return all(not values.isdisjoint(asked.get(fact, ())) for fact, values in tests)
