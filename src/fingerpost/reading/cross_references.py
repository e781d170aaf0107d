"""Check references between files: links from tree to tree, and needs served by routes."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.base import grouped
from ..model.diagnostics import Diagnostic
from ..model.library import Library
from ..model.spelling import did_you_mean
from ..model.tree import Target, Tree


def targets(tree: Tree) -> Iterator[Target]:
    """The targets of all answers, conditions and carry-ons of a tree."""
    for question in tree.questions.values():
        yield from (goto for _, goto in question.ways)
        if question.otherwise is not None:
            yield question.otherwise
    for outcome in tree.outcomes.values():
        if outcome.carry_on is not None:
            yield outcome.carry_on.goto


def links(tree: Tree) -> tuple[str, ...]:
    """The other trees that a tree links to."""
    return tuple(dict.fromkeys(target.tree for target in _elsewhere(tree)))


def _elsewhere(tree: Tree) -> list[Target]:
    return [target for target in targets(tree) if target.tree != tree.name]


def broken_links(library: Library) -> Iterator[Diagnostic]:
    """Links to a step that the other tree does not have."""
    for tree in library.trees.values():
        # A target of several answers is one mistake.
        for target in {target.span: target for target in _elsewhere(tree)}.values():
            other = library.trees.get(target.tree)
            if other is None or other.step(target.step) is not None:
                continue
            if target.step and other.questions and other.outcomes:
                message = f"the tree “{other.name}” has nothing called “{target.step}”"
                meant = did_you_mean(target.step, (*other.questions, *other.outcomes))
                hint = meant or "name a question or an ending of that tree"
                yield Diagnostic("FP201", message, target.span, hint=hint)


def unserved(library: Library) -> Iterator[Diagnostic]:
    """Needs that no route serves, each at its first place."""
    served = {need for route in library.routes.values() for need in route.serves}
    needs = ((need.need, need) for shows in library.shows for need in shows.needs)
    for name, (need, *_) in grouped(needs).items():
        if name in library.needs and name not in served:
            yield Diagnostic(
                "FP206",
                f"no route serves the need “{name}”",
                need.span,
                hint="add it to the “serves” of a route",
            )
