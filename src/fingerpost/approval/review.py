"""A review on paper: what can be signed of what was ticked, and what was said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from ..model.approval import Comment, Review
from ..model.base import Frozen
from ..model.diagnostics import Span
from .leaves import Leaf, Leaves
from .signing import Signature


class Ticked(Frozen):
    """What was ticked: the leaves ``signed``; and those that wait, each with the leaves that have
    some of its words and are not ticked. ``unknown`` are the numbers of no leaf as it is now."""

    signed: tuple[Leaf, ...]
    waiting: tuple[tuple[Leaf, tuple[Leaf, ...]], ...]
    unknown: tuple[str, ...]
    comments: tuple[Comment, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that are signed."""
        return tuple(part for leaf in self.signed for part in leaf.parts)


def ticked(
    leaves: Leaves,
    review: Review,
    signature: Signature,
    approved: Collection[str],
    trees: Sequence[str] = (),
) -> Ticked:
    """What a review signs, if some parts are approved; of a book of these ``trees``, of one tree,
    or of the whole library."""
    numbers = review.read | review.comments.keys()
    book = _book(leaves, numbers, trees)
    signed = [book[number] for number in book if number in review.read]
    while True:  # a leaf that waits can make others wait
        parts = {*approved, *(part for leaf in signed for part in leaf.parts)}
        kept = [leaf for leaf in signed if parts.issuperset(leaves.needed(leaf))]
        if len(kept) == len(signed):
            break
        signed = kept
    waits = [book[n] for n in book if n in review.read and book[n] not in signed]
    return Ticked(
        signed=tuple(signed),
        waiting=tuple((leaf, tuple(_without(leaves, book, leaf, parts))) for leaf in waits),
        unknown=tuple(sorted(numbers - book.keys())),
        comments=tuple(
            Comment(
                span=Span("", 1, 1, 1, 1),
                page=leaf.parts[0],
                says=review.comments[number],
                by=signature.by,
                on=signature.on,
            )
            for number, leaf in book.items()
            if number in review.comments
        ),
    )


def _book(leaves: Leaves, numbers: Collection[str], trees: Sequence[str]) -> Mapping[str, Leaf]:
    """The leaves by number, as they stand in the book that has the most of these. Others may have
    them too, with another page before that has some of the words."""
    one_each = ((tree,) for tree in leaves.library.trees)
    books = [{x.number: x for x in leaves.of(some)} for some in (*one_each, trees or None, None)]
    books.sort(key=lambda book: -len(book.keys() & numbers))
    found: dict[str, Leaf] = {}
    for book in books:
        found = {**book, **found}
    return found


def _without(
    leaves: Leaves, book: Mapping[str, Leaf], leaf: Leaf, parts: Collection[str]
) -> Iterator[Leaf]:
    """The leaves of a book that a leaf waits for."""
    missing = frozenset(leaves.needed(leaf)).difference(parts)
    first = {part: other for other in reversed([*book.values()]) for part in other.parts}
    yield from dict.fromkeys(first[part] for part in sorted(missing) if part in first)
