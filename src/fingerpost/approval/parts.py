"""The parts of a library that a person reads and approves, each with all its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from ..model.base import Frozen, replace
from ..model.route import Route
from ..model.sanitize import shorten
from ..model.sentence import Sentence
from ..model.tree import Advice, Answer, Door, NeedWords, Question, Tree
from ..page.approval import Fingerprints
from ..page.messages import say
from ..page.reach import Kind
from .lines import (
    Line,
    advice_lines,
    answer_lines,
    in_order,
    of_service,
    page_lines,
    question_lines,
    readers_of,
    route_lines,
    tree_lines,
    wording_lines,
)
from .marks import filled

_TITLED = frozenset({"advice", "route", "sentence"})
"""Kinds of shared parts that stand under a title of their own."""


class Part(Frozen):
    """A part with all its lines; its ``subject`` is its tree, and empty for what trees share."""

    name: str
    subject: str
    title: str
    lines: tuple[Line, ...]


class Parts:
    """The parts of a library that has all its trees: what trees share, and those of each tree."""

    def __init__(self, fingerprints: Fingerprints) -> None:
        self.fingerprints = fingerprints
        self.library = fingerprints.library
        self.of_all = cache(self._one_part_of_all)
        self.of_tree = cache(self._parts_of)

    def lines_of(self, name: str) -> tuple[Line, ...]:
        """All lines of a part, or of the menu of an app, which is none; else none."""
        tree = self.library.trees.get(name.partition("/")[0])
        if tree:
            return next((part.lines for part in self.of_tree(tree.name) if part.name == name), ())
        return self.of_all(name).lines if self._values(name) else ()

    def _parts_of(self, name: str) -> tuple[Part, ...]:
        """The questions of a tree, and each page."""
        return tuple(self._each_part_of(self.library.trees[name]))

    def _each_part_of(self, tree: Tree) -> Iterator[Part]:
        title = filled(self.library, tree.title, "young-person")
        asked = _of(tree.name, tree_lines(self.library, tree))
        yield Part(tree.name, title, say("book.its-questions"), asked)
        for number, outcome in enumerate(in_order(self.library, tree), 1):
            says = shorten(filled(self.library, outcome.title, readers_of(tree)[0]))
            called = say("book.page", number=number, title=says)
            name = f"{tree.name}/{outcome.name}"
            lines = _of(name, page_lines(self.library, tree, outcome))
            yield Part(name, title, called, lines)

    def _one_part_of_all(self, name: str) -> Part:
        value = self._values(name)[0]
        kind = type(value).__name__.lower()
        title = say(f"book.shared-{kind}" if kind in _TITLED else "book.shared")
        return Part(name, "", title, _of(name, self._lines(name)))

    def _values(self, name: str) -> Sequence[object]:
        route = self.library.routes.get(name.removeprefix(f"{Kind.ROUTE} "))
        return self.fingerprints.shared.get(name, (route,) if route else ())

    def _lines(self, name: str) -> Iterator[Line]:
        """The lines of a shared part."""
        library = self.library
        every = self._values(name)
        match every[0]:
            case Answer() as value:
                yield from answer_lines(library, value)
            case Question() as value:
                yield from question_lines(library, value)
            case Route() as value:
                yield from route_lines(library, value)
            case NeedWords() as value:
                yield from self._heading(value)
            case Sentence() as value:
                yield from wording_lines(library, value, f"{name.removeprefix(f'{Kind.WORD} ')}:")
            case Door() as value:
                yield from wording_lines(library, value.say, say("book.door"), value.whens)
                yield from wording_lines(library, value.about, "", value.whens)
            case _:
                lines = (line for line in every if isinstance(line, Advice))
                yield from (x for line in lines for x in advice_lines(library, line))

    def _heading(self, words: NeedWords) -> Iterator[Line]:
        called = say("book.heading")
        for line in wording_lines(self.library, words.say, called, span=words.span, head=True):
            yield replace(line, note=True)
        because = of_service(self.library, words.name)
        for entry in self.library.always:
            for need in (each for each in entry.needs if each.need == words.name):
                whens = (entry.when, need.when)
                yield from wording_lines(self.library, need.because, because, whens)


def _of(name: str, lines: Iterator[Line]) -> tuple[Line, ...]:
    return tuple(replace(line, part=name) for line in lines)
