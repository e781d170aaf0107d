"""FP308 for what is shared: conditions on facts that no tree asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...model.diagnostics import Diagnostic, Related, Severity
from ...model.facts import WROTE
from ...proof.prover import BEFOREHAND
from .conditional import conditional

if TYPE_CHECKING:
    from ...model.diagnostics import Span
    from ...model.graph import StepGraph
    from ...model.library import Library

_MOST_NAMED = 3


def facts_asked(library: Library) -> frozenset[str]:
    """The facts that can be known on some path: asked for, given by a tree,
    settled, or typed."""
    found = {*BEFOREHAND, WROTE}
    for tree in library.trees.values():
        found |= {question.fact for question in tree.asked} | tree.given.keys()
        for ending in tree.outcomes.values():
            found |= ending.carry_on.sets.keys() if ending.carry_on else set()
    return frozenset(found)


def values_asked(graph: StepGraph, fact: str) -> frozenset[str]:
    """All values that a question of the graph offers for a fact."""
    asked = (question for question in graph.questions() if question.fact == fact)
    return frozenset(value for question in asked for value in question.values)


def unasked(library: Library) -> Iterator[Diagnostic]:
    """One mistake for each fact that a shared “when” reads and no tree asks for.

    Where only routes read it, a notice: their tree may still have to be written.
    """
    asked = facts_asked(library)
    reading: dict[str, list[tuple[str, Span, Severity]]] = {}
    for each in conditional(library):
        for fact in () if each.own else each.wanted.keys() - asked:
            reading.setdefault(fact, []).append((each.what, each.span, Severity.WARNING))
    for route in library.routes.values():
        for fact in {f: None for when in route.whens for f in when.facts if f not in asked}:
            what = f"the route “{route.name}”"
            reading.setdefault(fact, []).append((what, route.span, Severity.NOTICE))
    for fact, readers in reading.items():
        (what, span, severity), *more = readers
        yield Diagnostic(
            "FP308",
            f"no tree asks for “{fact}”, so {what} is never shown",
            span,
            lowered=severity,
            hint="ask for it in a tree, or take it out of “when”",
            related=tuple(Related(f"nor is {also}", at) for also, at, _ in more[:_MOST_NAMED]),
        )
