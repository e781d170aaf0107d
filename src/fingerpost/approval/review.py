"""A review that was done on paper and typed in: ticks and comments by the numbers of parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.approval import Review
from ..model.base import Frozen
from ..model.diagnostics import Span
from ..model.library import Library
from ..page.approval import Fingerprints
from ..page.reach import Kind
from .book import shared_question
from .numbers import number


class Place(Frozen):
    """A part of the book: its name, and where it stands in a file; None if in several."""

    name: str
    span: Span | None

    @property
    def order(self) -> tuple[str, int]:
        """The order of places in files."""
        return (self.span.file, self.span.line) if self.span else ("", 0)


def places(library: Library) -> dict[str, Place]:
    """Every part of the book of a library, by its number."""
    return {number(place.name): place for place in _places(library)}


def _places(library: Library) -> Iterator[Place]:
    yield Place("opening", library.opening[0].span if library.opening else None)
    yield Place("always", library.always[0].span if library.always else None)
    for tree in library.trees.values():
        yield Place(f"tree {tree.name}", tree.span)
        for question in tree.questions.values():
            yield Place(f"question {tree.name}/{question.name}", question.span)
        for outcome in tree.outcomes.values():
            yield Place(f"ending {tree.name}/{outcome.name}", outcome.span)
    for question in library.questions.values():
        yield Place(shared_question(question), question.span)
    for line in library.advice.values():
        yield Place(f"{Kind.LINE} {line.name}", line.span)
    for need in library.needs.values():
        yield Place(f"{Kind.NEED} {need.name}", need.span)
    for route in library.routes.values():
        yield Place(f"{Kind.ROUTE} {route.name}", route.span)
    for word, meaning in library.words.items():
        yield Place(f"{Kind.WORD} {word}", meaning.span)


def parts_of(fingerprints: Fingerprints, name: str) -> frozenset[str]:
    """The names of all parts that whoever signs a tree has read."""
    library = fingerprints.library
    tree = library.trees[name]
    own = {"opening", "always", f"tree {name}"}
    own |= {f"question {name}/{question}" for question in tree.questions}
    own |= {f"ending {name}/{ending}" for ending in tree.outcomes}
    for question in tree.asked:
        if question.shared and question.fact in library.questions:
            own.add(shared_question(library.questions[question.fact]))
    for outcome in tree.outcomes.values():
        own |= {f"{Kind.LINE} {a.name}" for a in outcome.advice if a.name in library.advice}
    known = {place.name for place in _places(library)}
    for outcome in tree.outcomes.values():
        own |= fingerprints.shared_parts(tree, outcome) & known
    return frozenset(own)


class Left(Frozen):
    """What keeps a tree from being signed: parts not ticked, and parts with a comment."""

    unread: tuple[str, ...] = ()
    commented: tuple[str, ...] = ()


def left(review: Review, parts: Iterable[str]) -> Left:
    """What is left of some parts."""
    names = sorted(parts)
    return Left(
        tuple(name for name in names if number(name) not in review.read),
        tuple(name for name in names if number(name) in review.comments),
    )
