"""A review on paper: what can be signed of what was ticked, and what was said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ..model.approval import Comment, Remark, Review
from ..model.base import Frozen
from ..model.diagnostics import Span
from ..model.sanitize import shorten
from ..page.messages import say
from .leaves import Leaf, Leaves
from .lines import Line
from .signing import Signature


class Ticked(Frozen):
    """What was ticked of a book: the leaves ``signed``, with the ``parts`` of them that nobody had
    signed; and those ``objected`` to, which are not signed though they were ticked. ``unknown`` are
    the numbers of no leaf or line as it is now, and ``on`` the remarks on a line."""

    signed: tuple[Leaf, ...]
    parts: tuple[str, ...]
    objected: tuple[Leaf, ...]
    unknown: Sequence[str]
    on: Mapping[Remark, Line]
    comments: tuple[Comment, ...]


def ticked(
    leaves: Leaves,
    book: Mapping[str, Leaf],
    review: Review,
    signature: Signature,
    read: Collection[str],
) -> Ticked:
    """What a review signs of the leaves of a book, by number, if some parts are ``read``. Nobody
    signs a box with all of which something is wrong, or with a line that it has not, or one that
    they did not tick; of a line that is wrong the comment holds back what has it."""
    every = ((x, line) for x in review.remarks if x.number in book for line in book[x.number].lines)
    on = {each: line for each, line in every if each.line and line.number == each.line}
    known = [x for x in review.remarks if x in on or (x.number in book and not x.line)]
    lost = [x for x in review.remarks if x not in known]
    said = {x: comment(leaves, book[x.number], on.get(x), x.says, signature) for x in known}
    wrong = {x.number for x, each in said.items() if each.objects and not x.line}
    wrong |= {x.number for x in lost}
    ticks = [leaf for number, leaf in book.items() if number in review.read]
    signed = [leaf for leaf in ticks if leaf.number not in wrong]
    return Ticked(
        signed=tuple(signed),
        parts=tuple(p for leaf in signed for p in leaf.parts if p not in read),
        objected=tuple(leaf for leaf in ticks if leaf not in signed),
        unknown=sorted({*(review.read - book.keys()), *(each.at for each in lost)}),
        on=on,
        comments=tuple(said.values()),
    )


def comment(
    leaves: Leaves, leaf: Leaf, line: Line | None, says: str, signature: Signature
) -> Comment:
    """What a person says of a line of a leaf, or of all of that."""
    # Of words that are other for each reader the first are enough to know them again.
    part, words = (line.part, line.wordings[:2][-1]) if line else (leaf.parts[0], "")
    if line and not line.of:  # it stands on the page, and in no file
        says, words = say("approve.on-line", line=shorten(words), words=says), ""
    elif not (line or leaf.tree) and leaf.parts[1:]:  # filed with the first, it says it is of all
        ends = (leaves.lines_of(each)[0].says for each in (leaf.parts[0], leaf.parts[-1]))
        first, last = map(shorten, ends)
        says = say("approve.on-all", first=first, last=last, words=says)
    by, on, where = signature.by, signature.on, signature.nation
    at = Span("", 1, 1, 1, 1)
    return Comment(span=at, page=part, says=says, by=by, on=on, line=words, nation=where)
