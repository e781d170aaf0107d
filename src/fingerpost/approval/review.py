"""A review on paper: what can be signed of what was ticked, and what was said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ..model.approval import Comment, Review
from ..model.base import Frozen
from ..model.diagnostics import Span
from ..model.spelling import meant
from .leaves import Leaf, Leaves
from .signing import Signature


class Ticked(Frozen):
    """What was ticked of the book of some ``trees``, or of the whole library if there are none: the
    leaves ``signed``, with the ``parts`` of them that nobody had signed; and those ``objected`` to,
    which are not signed though they were ticked. ``missing`` are the leaves for which pages that
    were ticked wait. ``unknown`` are the numbers of no leaf as it is now, each with that whose
    number is nearest, if any is near."""

    trees: tuple[str, ...]
    signed: tuple[Leaf, ...]
    parts: tuple[str, ...]
    objected: tuple[Leaf, ...]
    missing: tuple[Leaf, ...]
    unknown: Mapping[str, Leaf | None]
    comments: tuple[Comment, ...]


def ticked(
    leaves: Leaves,
    review: Review,
    signature: Signature,
    read: Collection[str],
    trees: Sequence[str] = (),
) -> Ticked:
    """What a review signs, if some parts are ``read``; of a book of these ``trees``, of one tree,
    or of the whole library. Nobody signs what they object to."""
    numbers = review.read | review.comments.keys()
    scope, book, found = _book(leaves, numbers, trees)
    # Boxes of two books can have some of their parts in common.
    wrong = {p for n, leaf in found.items() if n in review.comments for p in leaf.parts}
    ticks = [leaf for number, leaf in found.items() if number in review.read]
    signed = [leaf for leaf in ticks if wrong.isdisjoint(leaf.parts)]
    parts = {*read, *(part for leaf in signed for part in leaf.parts)}
    needed = {part for leaf in signed for part in leaves.needed(leaf)} - parts
    near = {leaf.number: leaf for leaf in book if leaf.number not in found}
    return Ticked(
        trees=scope,
        signed=tuple(signed),
        parts=tuple(p for leaf in signed for p in leaf.parts if p not in read),
        objected=tuple(leaf for leaf in ticks if leaf not in signed),
        missing=tuple(leaf for leaf in book if not needed.isdisjoint(leaf.parts)),
        unknown={
            each: near.get(meant(each, near) or "") for each in sorted(numbers - found.keys())
        },
        comments=tuple(
            Comment(
                span=Span("", 1, 1, 1, 1),
                page=leaf.parts[0],
                says=review.comments[number],
                by=signature.by,
                on=signature.on,
            )
            for number, leaf in found.items()
            if number in review.comments
        ),
    )


def _book(
    leaves: Leaves, numbers: Collection[str], trees: Sequence[str]
) -> tuple[tuple[str, ...], Sequence[Leaf], Mapping[str, Leaf]]:
    """The trees and the leaves of the book that has the most of some numbers, and all leaves that
    have these: of the pages of a tree in its own book, and in others if they stand in none."""
    every = [(tree,) for tree in leaves.library.trees]
    books = {scope: tuple(leaves.of(scope or None)) for scope in (tuple(trees), (), *every)}

    def rank(scope: tuple[str, ...]) -> tuple[int, int]:
        hits = [leaf for leaf in books[scope] if leaf.number in numbers]
        own = any(leaf.parts[0].partition("/")[0] in scope for leaf in hits)
        # What is in several books alike tells nothing of the tree, unless it is a page.
        return len(hits), 2 if own or (trees and scope == tuple(trees)) else not scope

    order = sorted(books, key=rank, reverse=True)
    known = {leaf.number: leaf for scope in reversed(order) for leaf in books[scope]}
    first = books[order[0]]
    in_order = {leaf.number: leaf for leaf in first} | known
    return order[0], first, {n: leaf for n, leaf in in_order.items() if n in numbers}
