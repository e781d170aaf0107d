"""The parts of a library that a person reads and approves, each with all its lines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from ..model.base import Frozen, replace
from ..model.diagnostics import Span
from ..model.library import Library
from ..model.route import Route
from ..model.sanitize import shorten
from ..model.sentence import Urgency
from ..model.tree import Advice, Answer, NeedWords, Outcome, Question, Tree, When
from ..page import labels
from ..page.approval import (
    ALWAYS_PART,
    OPENING,
    QUESTION,
    TICK,
    Fingerprints,
    added_lines,
    added_needs,
)
from ..page.messages import say
from ..page.reach import Kind as Shared
from .lines import (
    Line,
    added_beside,
    added_for,
    advice_lines,
    answer_lines,
    asked_in_short,
    file_of,
    in_order,
    merged,
    page_lines,
    question_lines,
    readers_of,
    route_lines,
    table_lines,
    wording_lines,
)
from .marks import either, filled, for_one, mark

IN_ORDER = (40, 60, 90)
"""Letters of a line by which a page for people in danger names it, in its order: more if another is
named by the same."""

_DANGER = ("danger", "suicide")
"""The questions of which the answers say that somebody is in danger."""


class Part(Frozen):
    """A part with all its lines. One that ``joins`` may stand on a leaf with others, and stands
    with the part that it answers ``to`` if there is room. One ``in_danger`` is a page for people
    who need help now."""

    name: str
    subject: str
    title: str
    lines: tuple[Line, ...]
    span: Span | None = None
    joins: bool = False
    to: str = ""
    shares: frozenset[str] = frozenset()
    in_danger: bool = False


class Parts:
    """The parts of a library that has all its trees: what trees share, and those of each tree."""

    def __init__(self, fingerprints: Fingerprints) -> None:
        self.fingerprints = fingerprints
        self.library = fingerprints.library
        self.added_lines = added_lines(self.library)
        self.added_needs = added_needs(self.library)
        self.of_all = cache(self._one_part_of_all)
        self.of_tree = cache(self._parts_of)

    def lines_of(self, name: str) -> tuple[Line, ...]:
        """All lines of a part, none of them shortened; none if the library has no such part."""
        tree = self.library.trees.get(name.partition("/")[0])
        if tree:
            return next((part.lines for part in self.of_tree(tree.name) if part.name == name), ())
        return self.of_all(name).lines if name in self.fingerprints.shared else ()

    def _parts_of(self, name: str) -> tuple[Part, ...]:
        """The questions of a tree, and each page."""
        return tuple(self._each_part_of(self.library.trees[name]))

    def _each_part_of(self, tree: Tree) -> Iterator[Part]:
        title = filled(self.library, tree.title, "young-person")
        table = tuple(table_lines(self.library, tree))
        yield Part(tree.name, title, say("book.its-questions"), table, tree.span)
        for number, outcome in enumerate(in_order(tree), 1):
            says = shorten(filled(self.library, outcome.title, readers_of(tree)[0]))
            urgency = labels.urgency(outcome.urgency)
            called = say("book.page", number=number, title=says, urgency=urgency)
            now = outcome.urgency is Urgency.NOW
            added = self._added_here(tree, outcome) if now else ()
            lines = tuple(page_lines(self.library, tree, outcome, added))
            name = f"{tree.name}/{outcome.name}"
            yield Part(name, title, called, lines, outcome.span, in_danger=now)

    def _added_here(self, tree: Tree, outcome: Outcome) -> Iterator[tuple[bool, bool, Line]]:
        """What is always added to a page for people in danger, by its first words: each with
        whether it comes after what the page has of its own, and whether it is first of all."""
        reach, place = self.fingerprints.reach, (tree.name, outcome.name)
        state, shows = reach.possible.at(place), reach.possible.shows
        some: dict[Line, list[str]] = {}
        of: dict[Line, tuple[bool, bool]] = {}
        for item in (reach.items[at] for at in reach.at(place)):
            line, tests = item.part, [test for when in item.whens for test in when.tests]
            if not isinstance(line, Advice) or not any(fact in _DANGER for fact, _ in tests):
                continue
            open_ = (When((test,)) for test in tests if shows(state, (), (When((test,)),)))
            marked = mark(open_, (w for w in item.unless if shows(state, (*item.whens, w))))
            said = wording_lines(
                self.library, line.ask or line.say, "", item.whens, readers=readers_of(tree)
            )
            for first in islice(said, 1):
                text, stop, _ = for_one(first.says).partition(". ")
                named = Line(f"»{shorten(f'{text}{stop}'.rstrip(), IN_ORDER[0])}", again=True)
                some.setdefault(named, []).append(marked)
                of.setdefault(named, (item.after, line.first))
        for named, marks in some.items():
            yield *of[named], replace(named, mark=either(marks))

    def _one_part_of_all(self, name: str) -> Part:
        subject, lines = _subject(self.library, name), tuple(self._lines(name))
        title, to, place = subject, "", lines[0].span if lines else None
        kind, value = _shared_value(self.library, name)
        if isinstance(value, Answer):
            fact = name.removeprefix(f"{kind} ").partition("/")[0]
            to = f"{QUESTION} {fact}"
            asked = asked_in_short(self.library, self.library.questions[fact])
            title = say("book.more-answers", question=asked)
        return Part(name, subject, title, lines, place, joins=True, to=to)

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
                yield from self._line(value)
            case _, Route():
                yield from route_lines(library, value)
            case Shared.NEED, _:
                yield from self._heading(value)
            case Shared.WORD, _:
                yield from wording_lines(library, value, f"{name.removeprefix(f'{kind} ')}:")
            case _ if name == OPENING:
                for line in library.opening:
                    yield from advice_lines(library, line)
                for number, door in enumerate(library.doors, 1):
                    yield from wording_lines(
                        library, door.say, say("book.door", number=number), door.whens
                    )
            case _:
                yield from added_beside(library)

    def _line(self, line: Advice) -> Iterator[Line]:
        yield from advice_lines(self.library, line)
        yield from added_for(
            mark((e.when, *(when for when in added.whens if when not in line.whens)), e.unless)
            for e, added in self.added_lines.get(line.name, ())
        )

    def _heading(self, words: NeedWords) -> Iterator[Line]:
        yield from wording_lines(self.library, words.say, f"{words.name}:", span=words.span)
        added = self.added_needs.get(words.name, ())
        yield from added_for(mark((e.when, need.when), e.unless) for e, need in added)
        yield from merged(
            line
            for entry, need in added
            for line in wording_lines(
                self.library, need.because, say("book.because"), (entry.when, need.when)
            )
        )


def _subject(library: Library, name: str) -> str:
    """The subject of a shared part: that of its kind, and of the file that it is in."""
    kind, value = _shared_value(library, name)
    file = file_of(value) if isinstance(value, Advice | Route) else ""
    subject = {
        OPENING: "opening",
        QUESTION: "questions",
        TICK: "questions",
        Shared.LINE: "lines",
        ALWAYS_PART: "always",
        Shared.NEED: "needs",
        Shared.ROUTE: "routes",
        Shared.WORD: "words",
    }[kind]
    return say(f"book.subject.{subject}", file=file.replace("-", " "))


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
