"""The parts of a library that a person reads and approves, each with all its lines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from ..model.base import Frozen, replace
from ..model.library import Library
from ..model.route import Route
from ..model.sanitize import shorten
from ..model.tree import Advice, Answer, NeedWords, Question, Tree
from ..page.approval import OPENING, QUESTION, TICK, Fingerprints
from ..page.messages import say
from ..page.reach import Kind as Shared
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
from .marks import Namer, filled


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
        """All lines of a part; none if the library has no such part."""
        tree = self.library.trees.get(name.partition("/")[0])
        if tree:
            return next((part.lines for part in self.of_tree(tree.name) if part.name == name), ())
        return self.of_all(name).lines if name in self.fingerprints.shared else ()

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
        title, lines = say("book.shared"), _of(name, self._lines(name))
        kind, value = _shared_value(self.library, name)
        if isinstance(value, Answer):
            fact = name.removeprefix(f"{kind} ").partition("/")[0]
            asked = Namer(self.library, ()).asked(self.library.questions[fact])
            title = say("book.more-answers", question=asked)
        return Part(name, "", title, lines)

    def _lines(self, name: str) -> Iterator[Line]:
        """The lines of a shared part."""
        library = self.library
        kind, value = _shared_value(library, name)
        match kind, value:
            case _, Answer():
                yield from answer_lines(library, value)
            case _, Question():
                yield from question_lines(library, value)
            case _, Advice():
                yield from advice_lines(library, value)
            case _, Route():
                yield from route_lines(library, value)
            case Shared.NEED, _:
                yield from self._heading(value)
            case Shared.WORD, _:
                yield from wording_lines(library, value, f"{name.removeprefix(f'{kind} ')}:")
            case _ if name == OPENING:
                yield from (x for line in library.opening for x in advice_lines(library, line))
                for number, door in enumerate(library.doors, 1):
                    called = say("book.door", number=number)
                    for words in (door.say, door.about):
                        yield from wording_lines(library, words, called, door.whens)
            case _:
                added = (line for entry in library.always for line in entry.advice)
                yield from (
                    x for line in added if not line.name for x in advice_lines(library, line)
                )

    def _heading(self, words: NeedWords) -> Iterator[Line]:
        for line in wording_lines(self.library, words.say, say("book.heading"), span=words.span):
            yield replace(line, note=True)
        because = of_service(self.library, words.name)
        for entry in self.library.always:
            for need in (each for each in entry.needs if each.need == words.name):
                whens = (entry.when, need.when)
                yield from wording_lines(self.library, need.because, because, whens)


def _of(name: str, lines: Iterator[Line]) -> tuple[Line, ...]:
    return tuple(replace(line, part=name) for line in lines)


def _shared_value(library: Library, name: str) -> tuple[str, Any]:
    """The kind of a shared part, and the part of the library that has it."""
    for kind, known in (
        (QUESTION, library.questions),
        (Shared.LINE, library.advice),
        (Shared.NEED, library.needs),
        (Shared.ROUTE, library.routes),
        (Shared.WORD, library.words),
    ):
        if name.startswith(f"{kind} "):
            return kind, known[name.removeprefix(f"{kind} ")]
    if name.startswith(f"{TICK} "):
        fact, _, answer = name.removeprefix(f"{TICK} ").partition("/")
        return TICK, library.questions[fact].answer(answer)
    return name, None
