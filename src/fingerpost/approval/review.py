"""A review on paper: what can be signed of what was ticked, and what was said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ..model.approval import Comment, Review
from ..model.base import Frozen
from ..model.diagnostics import Span
from ..model.spelling import meant
from .leaves import Leaf, Leaves
from .signing import Signature
from .status import open_comments


class Ticked(Frozen):
    """What was ticked of the book of some ``trees``, or of the whole library if there are none: the
    leaves ``signed``, with the ``parts`` of them that nobody had approved; those that are
    ``waiting``, and the leaves of that book which are ``missing`` for them: some of their words are
    there, and they are not ticked. A tick does not count on those ``objected`` to in words.
    ``unknown`` are the numbers of no leaf as it is now, each with that whose number is nearest, if
    any is near."""

    trees: tuple[str, ...]
    signed: tuple[Leaf, ...]
    parts: tuple[str, ...]
    waiting: tuple[Leaf, ...]
    missing: tuple[Leaf, ...]
    objected: tuple[str, ...]
    unknown: Mapping[str, Leaf | None]
    comments: tuple[Comment, ...]


def ticked(
    leaves: Leaves,
    review: Review,
    signature: Signature,
    approved: Collection[str],
    read: frozenset[str] = frozenset(),
    trees: Sequence[str] = (),
) -> Ticked:
    """What a review signs, if some parts are approved, and some were ``read`` before by the same
    person; of a book of these ``trees``, of one tree, or of the whole library."""
    numbers = review.read | review.comments.keys()
    scope, book, found = _book(leaves, numbers, trees)
    said = (each.comment for each in open_comments(leaves.fingerprints))
    read -= {each.page for each in said if each.by == signature.by}
    before = (leaf for leaf in book if leaf.number not in found and read.issuperset(leaf.parts))
    # Boxes of two books can have some of their parts in common.
    wrong = {p for n, leaf in found.items() if n in review.comments for p in leaf.parts}
    every = [*(leaf for number, leaf in found.items() if number in review.read), *before]
    ticks = [leaf for leaf in every if wrong.isdisjoint(leaf.parts)]
    signed = [*ticks]
    while True:  # a leaf that waits can make others wait
        parts = {*approved, *(part for leaf in signed for part in leaf.parts)}
        kept = [leaf for leaf in signed if parts.issuperset(leaves.needed(leaf))]
        if len(kept) == len(signed):
            break
        signed = kept
    waits = tuple(leaf for leaf in ticks if leaf not in signed)
    needed = frozenset().union(*map(leaves.needed, waits)).difference(parts)
    near = {leaf.number: leaf for leaf in book if leaf.number not in found}
    return Ticked(
        trees=scope,
        signed=tuple(signed),
        parts=tuple(p for leaf in signed for p in leaf.parts if p not in approved),
        waiting=waits,
        missing=tuple(x for x in book if x not in ticks and not needed.isdisjoint(x.parts)),
        objected=tuple(leaf.number for leaf in every if leaf not in ticks),
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
