"""A review on paper: what can be signed of what was ticked, and what was said."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

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
    """What was ticked of a book: the leaves ``signed``, with the ``parts`` of them that nobody had
    signed; and those ``objected`` to, which are not signed though they were ticked. ``unknown`` are
    the numbers of no leaf as it is now, each with that whose number is nearest, if any is near.
    ``unclear`` are remarks on a line of which none or several begin so, as many as are counted.
    """

    signed: tuple[Leaf, ...]
    parts: tuple[str, ...]
    objected: tuple[Leaf, ...]
    unknown: Mapping[str, Leaf | None]
    unclear: tuple[tuple[Remark, int], ...]
    comments: tuple[Comment, ...]


def ticked(
    leaves: Leaves,
    book: Mapping[str, Leaf],
    review: Review,
    signature: Signature,
    read: Collection[str],
) -> Ticked:
    """What a review signs of the leaves of a book, by number, if some parts are ``read``. Nobody
    signs a box with all of which something is wrong, or one that they did not tick; of a line that
    is wrong the comment holds back what has it."""
    numbers = review.read | {each.number for each in review.remarks}
    lines = {
        each: [*_begun(book[each.number], each.words)] if each.words else [None]
        for each in review.remarks
        if each.number in book
    }
    wrong = {each.number for each in lines if not each.words and objects(each.says)}
    ticks = [leaf for number, leaf in book.items() if number in review.read]
    signed = [leaf for leaf in ticks if leaf.number not in wrong]
    near = {number: leaf for number, leaf in book.items() if number not in numbers}
    return Ticked(
        signed=tuple(signed),
        parts=tuple(p for leaf in signed for p in leaf.parts if p not in read),
        objected=tuple(leaf for leaf in ticks if leaf not in signed),
        unknown={each: near.get(meant(each, near) or "") for each in sorted(numbers - book.keys())},
        unclear=tuple((each, len(some)) for each, some in lines.items() if len(some) != 1),
        comments=tuple(
            comment(leaves, book[each.number], line, each.says, signature)
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
