"""The names that files give and use, each of a sort."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from enum import Enum

from ...model.base import Frozen, field
from ...model.library import Library
from ...model.route import Route
from ...model.tree import Advice, NeedWords, Outcome, Question

NAME_RULE = "may hold only small letters a-z, digits and hyphens, and begins with no hyphen"

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\Z")
_NO_NAME = re.compile(r"[^a-z0-9]+")


class Sort(Enum):
    """A sort of name: its field of ``Names``, its words in messages, the code of an unknown one,
    and the file that would define it."""

    QUESTION = ("questions", "shared question", "FP202", "shared/questions.yaml")
    ADVICE = ("advice", "shared advice", "FP202", "shared/advice.yaml")
    OUTCOME = ("outcomes", "shared ending", "FP202", "shared/outcomes.yaml")
    FACT = ("facts", "fact", "FP203", "shared/questions.yaml")
    NEED = (
        "needs",
        "need",
        "FP205",
        "shared/needs.yaml, if none fits of fingerpost routes --need ?",
    )
    ROUTE = ("routes", "route", "FP207", "a file of routes/")
    WORD = ("words", "glossary word", "FP208", "shared/words.yaml")
    TREE = ("trees", "tree", "FP210", "a file of its own")
    ENDING = ("endings", "ending", "FP201", "“outcomes” in a tree")

    def __init__(self, field: str, words: str, code: str, home: str) -> None:
        self.field = field
        self.words = words
        self.code = code
        self.home = home


class Names(Frozen):
    """The names that are known.

    ``facts`` maps a fact to its values in the order offered; one without values has an unknown
    question, and nothing more is reported of it. ``groups`` are names for several of its values, by
    fact. ``many`` are the facts that may have several
    values at once. Those of a sort in ``unread`` are unknowable, since a file that gives them has
    a mistake.
    """

    facts: Mapping[str, Collection[str]] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    many: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    trees: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    routes: Mapping[str, Route] = field(default_factory=dict)
    needs: Mapping[str, NeedWords] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    advice: Mapping[str, Advice] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    unread: frozenset[Sort] = frozenset()

    def of(self, sort: Sort) -> Collection[str]:
        """The names of one sort."""
        names: Collection[str] = getattr(self, sort.field)
        return names


def names_of(
    library: Library, outcomes: Mapping[str, Outcome] | None = None, trees: Collection[str] = ()
) -> Names:
    """The names of what all trees of a library share, with its endings and the names of trees."""
    questions = library.questions.values()
    return Names(
        facts={question.fact: question.values for question in questions},
        groups={question.fact: dict(question.groups) for question in questions},
        many=frozenset(question.fact for question in questions if question.many),
        routes=library.routes,
        words=frozenset(library.words),
        trees=frozenset(trees),
        needs=library.needs,
        questions=library.questions,
        advice=library.advice,
        outcomes=outcomes or {},
    )


def is_name(text: str) -> bool:
    """Whether a text is a valid name."""
    return _NAME.match(text) is not None


def better_name(text: str) -> str:
    """The valid name most similar to a text; empty if there is none."""
    return _NO_NAME.sub("-", text.lower()).strip("-")
