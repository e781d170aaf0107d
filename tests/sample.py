"""Two trees of what ships as a library of their own: large enough to try a check on, and quick.

That a check finds nothing in all that ships is held to in ``test_shipped.py``.
"""

from __future__ import annotations

from fingerpost.frozen import replace
from fingerpost.library import load, shipped
from fingerpost.model import Library

FIRST_TWO = ("image-shared", "threatened")


def first_two() -> Library:
    """The two oldest trees, with their cases and with what is shared as far as it is theirs.

    What only reads facts for which neither tree asks is left out, as if it had not been written.
    """
    library = load([shipped()], FIRST_TWO, whole=True).library
    trees = library.trees.values()
    asked = {question.fact for tree in trees for question in tree.questions.values()}
    return replace(
        library,
        questions={fact: each for fact, each in library.questions.items() if fact in asked},
        always=tuple(each for each in library.always if asked.issuperset(each.when.facts)),
        routes={
            name: route
            for name, route in library.routes.items()
            if all(asked.issuperset(when.facts) for when in route.whens)
        },
        cases={name: case for name, case in library.cases.items() if case.tree in FIRST_TWO},
    )
