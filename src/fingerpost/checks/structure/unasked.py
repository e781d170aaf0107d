"""Conditions of what is shared on facts that no tree asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...model.diagnostics import Diagnostic, Related, Severity
from ...proof.prover import BEFOREHAND
from .conditional import conditional

if TYPE_CHECKING:
    from ...model.diagnostics import Span
    from ...model.library import Library

_MOST_NAMED = 3


def facts_asked(library: Library) -> frozenset[str]:
    """The facts that can be known to somebody: asked for, given by a tree, or settled."""
    found = set(BEFOREHAND)
    for tree in library.trees.values():
        found |= {question.fact for question in tree.questions.values()} | tree.given.keys()
        for ending in tree.outcomes.values():
            found |= ending.carry_on.sets.keys() if ending.carry_on else set()
    return frozenset(found)


def unasked(library: Library) -> Iterator[Diagnostic]:
    """The mistake FP308, once for each fact that a shared “when” reads and no tree asks for.

    Of routes alone it is a notice: their tree may still have to be written.
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
