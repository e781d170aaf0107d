"""Coverage of a library by its made-up cases: what they reach, and what no case reaches.

What the news in the middle of a case would lead to does not count: a case expects nothing there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeAlias

from ...model.base import Frozen
from ...model.case import Case
from ...model.diagnostics import Span
from ...model.facts import Facts
from ...model.library import Library
from ...model.tree import Advice, Always, Outcome, Tree
from ...page import visibility
from ...walk.autoplay import case_steps


class Kind(StrEnum):
    """The kinds of things that a case can reach, each in the plural of a report."""

    ENDING = "endings"
    ANSWER = "answers"
    LINE = "lines that only some see"
    ROUTE = "routes"
    NEWS = "pieces of news"


class Thing(Frozen):
    """Something that a case can reach. ``tree`` is the one that has it, or empty for what trees
    share. An answer is the same at every question of a tree that sets its fact."""

    kind: Kind
    tree: str
    name: str
    span: Span


class Coverage(Frozen):
    """Everything that a case can reach, in the order of the library, and what is reached.

    ``cases`` has the number of cases of each tree.
    """

    cases: Mapping[str, int]
    things: tuple[Thing, ...]
    reached: frozenset[Thing]

    def counted(self, kind: Kind, tree: str | None = None) -> tuple[int, int]:
        """How many things of a kind are reached, and how many there are, in a tree or in all."""
        there = [t for t in self.things if t.kind is kind and tree in (None, t.tree)]
        return sum(thing in self.reached for thing in there), len(there)

    @property
    def missed(self) -> tuple[Thing, ...]:
        """What no case reaches, by file and place."""
        left = (thing for thing in self.things if thing not in self.reached)
        return tuple(sorted(left, key=lambda thing: (thing.span, thing.tree, thing.name)))


def coverage(library: Library) -> Coverage:
    """The coverage of a library. A case of a tree that is missing reaches nothing."""
    things = tuple(dict.fromkeys(_things(library)))
    tried = [case for case in library.cases.values() if _can_begin(library, case)]
    marks = {mark for case in tried for mark in _marks(library, case)}
    return Coverage(
        cases={name: sum(case.tree == name for case in tried) for name in library.trees},
        things=things,
        reached=frozenset(thing for thing in things if _mark(thing) in marks),
    )


def _can_begin(library: Library, case: Case) -> bool:
    tree = library.trees.get(case.tree)
    return tree is not None and tree.step("") is not None


# --- everything that can be reached --------------------------------------------------------------


def _things(library: Library) -> Iterator[Thing]:
    for tree in library.trees.values():
        yield from _answers(tree)
        for outcome in tree.outcomes.values():
            yield Thing(Kind.ENDING, tree.name, outcome.name, outcome.span)
            yield from _conditional(tree, outcome)
    for entry in library.always:
        facts = " and ".join(entry.when.facts)
        yield Thing(Kind.LINE, "", f"what is always added by {facts}", entry.span)
        yield from _conditional(None, entry)
    called = {need.need for shows in library.shows for need in shows.needs}
    for route in library.routes.values():
        if called.intersection(route.serves):
            yield Thing(Kind.ROUTE, "", route.name, route.span)
    for case in library.cases.values():
        for inject in case.injects:
            name = f"{case.name}, after {inject.after}"
            yield Thing(Kind.NEWS, case.tree, name, inject.say.span)


def _answers(tree: Tree) -> Iterator[Thing]:
    """Each answer where the tree first offers it."""
    first: dict[str, Span] = {}
    for question in tree.asked:
        for answer in question.answers:
            first.setdefault(f"{question.fact}: {answer.value}", answer.span)
    return (Thing(Kind.ANSWER, tree.name, name, span) for name, span in first.items())


def _conditional(tree: Tree | None, shows: Outcome | Always) -> Iterator[Thing]:
    """The lines and needs that have a condition; those of a shared ending belong to no tree."""
    lines = ((line.span, _called_line(line)) for line in shows.advice if line.whens or line.unless)
    needs = ((need.span, f"need {need.need}") for need in shows.needs if need.when.tests)
    for span, name in (*lines, *needs):
        own = tree is not None and span.file == tree.span.file
        yield Thing(Kind.LINE, tree.name if tree is not None and own else "", name, span)


def _called_line(line: Advice) -> str:
    return line.name or f"“{next(iter(line.say.texts), '')}”"


# --- what one case reaches -----------------------------------------------------------------------

_Mark: TypeAlias = tuple[Kind, str, str] | Span
"""The identity of a thing: its kind, tree and name; or its place, where the same line may be shown
by many endings."""


def _mark(thing: Thing) -> _Mark:
    if thing.kind in (Kind.LINE, Kind.NEWS):
        return thing.span
    return (thing.kind, thing.tree, thing.name)


def _marks(library: Library, case: Case) -> Iterator[_Mark]:
    steps = tuple(case_steps(library, case))
    for walk in steps:
        if isinstance(walk.here, Outcome):
            yield (Kind.ENDING, walk.tree.name, walk.here.name)
            yield from _on_the_page(library, walk.here, walk.facts)
    answered = tuple(steps[-1].answered())
    for _, question, reply in answered:
        for value in reply.values:
            yield (Kind.ANSWER, reply.tree, f"{question.fact}: {value}")
    asked = {question.fact for _, question, _ in answered}
    for inject in case.injects:
        if inject.after in asked:
            yield inject.say.span


def _on_the_page(library: Library, outcome: Outcome, facts: Facts) -> Iterator[_Mark]:
    for entry in library.always:
        if entry.shown(facts):
            yield entry.span
    for line in visibility.lines(library, outcome, facts):
        yield line.span
    for wanted in visibility.needs(library, outcome, facts).values():
        for need in wanted:
            yield need.span
    for served in visibility.served(library, outcome, facts):
        for route in served.routes:
            yield (Kind.ROUTE, "", route.name)
