"""A review on paper: what can be signed of what was ticked, and what was said."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from ..model.approval import Comment, Remark, Review, objects
from ..model.base import Frozen
from ..model.diagnostics import Span
from ..model.sanitize import shorten
from ..model.spelling import meant
from ..page.messages import say
from .leaves import Leaf, Leaves
from .lines import Line
from .signing import Signature

_FEWEST = 3
"""Words by which a line is known, if it has more."""


class Ticked(Frozen):
    """What was ticked of the book of some ``trees``: the leaves ``signed``, with the ``parts`` of
    them that nobody had signed; and those ``objected`` to, which are not signed though they were
    ticked. ``unknown`` are the numbers of no leaf as it is now, each with that whose number is
    nearest, if any is near. ``unclear`` are remarks on a line of which none or several begin so, as
    many as are counted. ``trees`` is empty for the ``book`` of the whole library.
    """

    trees: tuple[str, ...]
    signed: tuple[Leaf, ...]
    parts: tuple[str, ...]
    objected: tuple[Leaf, ...]
    book: tuple[Leaf, ...]
    unknown: Mapping[str, Leaf | None]
    unclear: tuple[tuple[Remark, int], ...]
    comments: tuple[Comment, ...]


Books: TypeAlias = dict[tuple[str, ...], dict[str, Leaf]]
"""The leaves of books by their number, by the trees of each book: none for the whole library."""


def books(leaves: Leaves, trees: Sequence[str] = ()) -> Books:
    """The books that a review can be of: of these ``trees``, of one, or of the whole library."""
    every = dict.fromkeys((tuple(trees), *((tree,) for tree in leaves.library.trees), ()))
    return {some: {leaf.number: leaf for leaf in leaves.of(some or None)} for some in every}


def ticked(
    leaves: Leaves,
    books: Books,
    review: Review,
    signature: Signature,
    read: Collection[str],
    trees: Sequence[str] = (),
) -> Ticked:
    """What a review signs, if some parts are ``read``; of the book of these ``trees``, of one tree,
    or of the whole library. Nobody signs a box with all of which something is wrong, or one that
    they did not tick; of a line that is wrong the comment holds back what has it."""
    numbers = review.read | {each.number for each in review.remarks}
    scope, book, found = _book(books, numbers, trees)
    lines = {
        each: [*_begun(found[each.number], each.words)] if each.words else [None]
        for each in review.remarks
        if each.number in found
    }
    # Boxes of two books can have some of their parts in common.
    wrong = {
        part
        for each in lines
        if (not each.words and objects(each.says)) or each.number not in review.read
        for part in found[each.number].parts
    }
    ticks = [leaf for number, leaf in found.items() if number in review.read]
    signed = [leaf for leaf in ticks if wrong.isdisjoint(leaf.parts)]
    near = {number: leaf for number, leaf in book.items() if number not in found}
    return Ticked(
        trees=scope,
        signed=tuple(signed),
        parts=tuple(p for leaf in signed for p in leaf.parts if p not in read),
        objected=tuple(leaf for leaf in ticks if leaf not in signed),
        book=tuple(book.values()),
        unknown={
            each: near.get(meant(each, near) or "") for each in sorted(numbers - found.keys())
        },
        unclear=tuple((each, len(some)) for each, some in lines.items() if len(some) != 1),
        comments=tuple(
            comment(leaves, found[each.number], line, each.says, signature)
            for each, some in lines.items()
            for line in some
        ),
    )


def comment(
    leaves: Leaves, leaf: Leaf, line: Line | None, says: str, signature: Signature
) -> Comment:
    """What a person says of a line of a leaf, or of all of that."""
    # Of words that are other for each reader the first are enough to know them again.
    part, words = (line.part, line.wordings[:2][-1]) if line else (leaf.parts[0], "")
    if line and not line.of:  # it stands on the page, and in no file
        says, words = say("approve.on-line", line=shorten(words), words=says), ""
    elif not line and len(leaf.parts) > 1:  # filed with the first, it says that it is of all
        ends = (leaves.lines_of(each)[0].says for each in (leaf.parts[0], leaf.parts[-1]))
        first, last = map(shorten, ends)
        says = say("approve.on-all", first=first, last=last, words=says)
    by, on = signature.by, signature.on
    return Comment(span=Span("", 1, 1, 1, 1), page=part, says=says, by=by, on=on, line=words)


def _begun(leaf: Leaf, words: str) -> Iterable[Line]:
    """The lines of a leaf that begin with some words, as any reader has them: if some are no more
    than these, those alone; and if some stand there for the first time, those alone."""
    wanted = _words(words)
    every = {each: [*_wordings(each)] for each in leaf.lines if not each.note}
    found = [each for each, texts in every.items() if wanted in texts]
    if not found and len(wanted) >= _FEWEST:
        begun = (each for each, texts in every.items() if any(_starts(t, wanted) for t in texts))
        found = [*begun]
    found = [each for each in found if not each.again] or found
    return {(each.part, each.says): each for each in found}.values()


def _starts(text: Sequence[str], wanted: Sequence[str]) -> bool:
    return text[: len(wanted)] == wanted


def _wordings(line: Line) -> Iterator[list[str]]:
    for says in line.wordings:
        yield _words(says)
        yield _words(f"{line.called} {says}")


def _words(text: str) -> list[str]:
    """The words of a text, however their quotes and dashes are typed."""
    return re.findall(r"\w+", re.sub("['’]", "", text.casefold()))


def _book(
    books: Books, numbers: Collection[str], trees: Sequence[str]
) -> tuple[tuple[str, ...], Mapping[str, Leaf], Mapping[str, Leaf]]:
    """The trees and the leaves by number of the book of these ``trees``; else of a tree of which a
    page is among the numbers, if its own book has all that any has, or of the whole library. And
    all leaves that have these numbers, in whichever book."""
    known = {n: leaf for book in reversed(books.values()) for n, leaf in book.items()}
    found = known.keys() & numbers
    own = {known[number].tree for number in found}
    fits = (some for some, book in books.items() if own & set(some) and found <= book.keys())
    scope = tuple(trees) or next(fits, ())
    in_order = books[scope] | known
    return scope, books[scope], {n: leaf for n, leaf in in_order.items() if n in numbers}
