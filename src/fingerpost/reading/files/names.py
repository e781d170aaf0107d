"""The names that a file may use, and how they are found before the file is read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum

from ...model.base import Frozen, field
from ...model.library import Library
from ...model.sentence import Source
from ...model.spelling import closest
from ...model.tree import Advice, NeedWords, Outcome, Question
from ..format import FORMAT
from ..located import Entry, Node, Scalar
from ..located import Mapping as YamlMapping


class Sort(Enum):
    """A sort of name: its field of ``Names``, its words in messages, the code of an unknown one,
    and the file that would define it."""

    QUESTION = ("questions", "shared question", "FP202", "shared/questions.yaml")
    ADVICE = ("advice", "shared advice", "FP202", "shared/advice.yaml")
    OUTCOME = ("outcomes", "shared ending", "FP202", "shared/outcomes.yaml")
    FACT = ("facts", "fact", "FP203", "shared/questions.yaml")
    NEED = ("needs", "need", "FP205", "shared/needs.yaml")
    ROUTE = ("routes", "route", "FP207", "a file of routes/")
    WORD = ("words", "glossary word", "FP208", "shared/words.yaml")
    SOURCE = ("sources", "source", "FP209", "“sources” in this file")
    TREE = ("trees", "tree", "FP210", "a file of its own")
    ENDING = ("endings", "ending", "FP201", "“outcomes” in a tree")

    def __init__(self, field: str, words: str, code: str, home: str) -> None:
        self.field = field
        self.words = words
        self.code = code
        self.home = home


class Names(Frozen):
    """The names known so far.

    ``facts`` maps a fact to its values in the order offered; one without values has an unreadable
    question, and nothing more is reported of it. ``many`` are the facts that may have several
    values at once. ``unread`` are the sorts whose names are unknowable because a file cannot be
    read: to report one of them as missing would only repeat that mistake.
    """

    facts: Mapping[str, Collection[str]] = field(default_factory=dict)
    many: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    trees: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    needs: Mapping[str, NeedWords] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    advice: Mapping[str, Advice] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    unread: frozenset[Sort] = frozenset()

    def of(self, sort: Sort) -> Collection[str]:
        """The names of one sort."""
        names: Collection[str] = getattr(self, sort.field)
        return names


def names_of(library: Library) -> Names:
    """The names of a library in which there was no mistake."""
    questions = library.questions.values()
    return Names(
        facts={question.fact: question.values for question in questions},
        many=frozenset(question.fact for question in questions if question.many),
        routes=frozenset(library.routes),
        words=frozenset(library.words),
        trees=frozenset(library.trees),
        needs=library.needs,
        questions=library.questions,
        advice=library.advice,
    )


MOST_GUESSES = 20
"""The most misspelt keys of one mapping that are corrected; with more it is another mapping."""


def by_key(node: Node | None, kind: str) -> dict[str, Entry]:
    """The entries of a mapping by corrected key.

    So one misspelt ``questions`` is one mistake, and not one for every step that it holds. A key
    unlike all keys of this kind of ``FORMAT`` keeps its spelling. Empty for a node that is not a
    mapping; the mapping's own entries if no key is misspelt.
    """
    if not isinstance(node, YamlMapping):
        return {}
    known = FORMAT.kinds[kind].by_name
    for key in node.by_text:
        if key not in known:
            return _corrected(node.by_text, known)
    return node.by_text


def _corrected(written: Mapping[str, Entry], known: Collection[str]) -> dict[str, Entry]:
    entries = dict(written)
    strange = [key for key in entries if key not in known]
    for key in strange[:MOST_GUESSES]:
        meant = closest(key, tuple(k for k in known if k not in entries))
        if meant is not None:
            entries[meant] = entries.pop(key)
    return entries


def entries_under(node: Node | None, kind: str, key: str) -> dict[str, Entry] | None:
    """The entries below the top key ``key`` of a file of this kind, whatever else is wrong in it.

    None if they are unknowable: the key is missing, or its value is not a mapping.
    """
    return _inside(by_key(node, kind).get(key))


def plain_text(entry: Entry | None) -> str:
    """The text of a value; empty if there is none."""
    return entry.value.text.strip() if entry and isinstance(entry.value, Scalar) else ""


def values_asked(keys: Mapping[str, Entry]) -> tuple[Collection[str], bool]:
    """The answers that a question with these keys offers, and whether many may hold.

    They are needed before the question itself is read: any sentence may show the words of a fact,
    and a condition may stand above the question that it reads. Empty if unknowable.
    """
    has_many = "many" in keys and plain_text(keys["many"]) != "false"
    return _inside(keys.get("answers")) or (), has_many


def _inside(entry: Entry | None) -> dict[str, Entry] | None:
    if entry is None or not isinstance(entry.value, YamlMapping):
        return None
    return entry.value.by_text
