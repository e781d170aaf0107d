"""Two trees of what ships as a library of their own: large enough to try a check on, and quick.

That a check finds nothing in all that ships is held to in ``test_shipped.py``.
"""

from __future__ import annotations

from collections.abc import Iterable

from fingerpost.model.base import replace
from fingerpost.model.library import Library
from fingerpost.model.tree import Outcome, When
from fingerpost.reading.loader import load, shipped

FIRST_TWO = ("image-shared", "threatened")


def first_two() -> Library:
    """The two oldest trees, with their cases and with what is shared as far as it is theirs.

    What only reads facts for which neither tree asks is left out, as if it had not been written.
    """
    library = load([shipped()], FIRST_TWO, whole=True).library
    asked = {q.fact for tree in library.trees.values() for q in tree.questions.values()}

    def without_others(ending: Outcome) -> Outcome:
        return replace(
            ending,
            advice=tuple(each for each in ending.advice if reads(each.whens) <= asked),
            needs=tuple(each for each in ending.needs if reads([each.when]) <= asked),
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
        always=tuple(each for each in library.always if asked.issuperset(each.when.facts)),
        routes={
            name: route for name, route in library.routes.items() if reads(route.whens) <= asked
        },
        cases={name: case for name, case in library.cases.items() if case.tree in FIRST_TWO},
    )


def reads(whens: Iterable[When]) -> set[str]:
    """The facts that these conditions read."""
    return {fact for when in whens for fact in when.facts}
