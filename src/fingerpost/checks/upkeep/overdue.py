"""FP402, FP403 and FP404: trees and routes due for review, and trees without a source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ...model.diagnostics import Diagnostic
from . import staleness

if TYPE_CHECKING:
    from ...model.library import Library
    from ...model.route import Route
    from ...model.tree import Tree


def find(library: Library, today: date) -> Iterator[Diagnostic]:
    """Every tree that is due or has no source, and every route whose last check is too old."""
    for tree in library.trees.values():
        yield from _in_tree(tree, today)
    for route in library.routes.values():
        yield from _in_route(route, today)


def _in_tree(tree: Tree, day: date) -> Iterator[Diagnostic]:
    due = f"{tree.name} was to be reviewed by {tree.review_by}"
    if tree.review_by >= day:
        due = f"{tree.name} is to be reviewed by {tree.review_by}"
    if staleness.due(tree, day):
        hint = "let a person read the whole tree, and then set a new day in “review-by”"
        yield Diagnostic("FP402", due, tree.span, hint=hint)
    if not any(line.source for outcome in tree.outcomes.values() for line in outcome.advice):
        message, hint = f"{tree.name} names no source", "name one beside a line of advice: source:"
        yield Diagnostic("FP404", message, tree.span, hint=hint)


def _in_route(route: Route, day: date) -> Iterator[Diagnostic]:
    if not staleness.stale(route, day):
        return
    if route.checked:
        place, said = "checked", f"was last checked on {route.checked.on}"
    else:
        seen = route.source.seen if route.source else ""
        place, said = "source", f"has a source that was seen “{seen}”, and nobody checked it"
    message, span = f"route {route.name} {said}", route.spans.get(place, route.span)
    hint = "try it, and write down: checked: {date, by}"
    yield Diagnostic("FP403", message, span, hint=hint)
