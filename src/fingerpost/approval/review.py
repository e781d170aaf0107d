"""A review on paper: what can be signed of what was ticked, and what was said."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ..model.approval import Comment, Review, is_of_place
from ..model.base import Frozen
from ..model.diagnostics import Span
from ..model.sanitize import shorten
from ..page.messages import say
from .leaves import Leaf, Leaves
from .lines import Line
from .signing import Signature
from .status import first_words


class Ticked(Frozen):
    """What a review signs of a book: the leaves ``signed``, with the ``parts`` of them that nobody
    had signed; and its ``comments``. ``told`` says where each of these landed. ``unsigned`` are the
    boxes of the review that are not signed, by their numbers as typed, each with why in a word or
    three; ``has_slip``: not all of them are meant to be."""

    signed: tuple[Leaf, ...]
    parts: tuple[str, ...]
    comments: tuple[Comment, ...]
    told: tuple[str, ...]
    unsigned: Mapping[str, str]
    has_slip: bool


def ticked(
    leaves: Leaves,
    book: Mapping[str, Leaf],
    review: Review,
    signature: Signature,
    read: Collection[str],
) -> Ticked:
    """What a review signs of the leaves of a book, by number, if some parts are ``read``. Nobody
    signs a box that they did not tick, or of all of which they say that something is wrong, or what
    is not clear, or with a number of no line: it could be any. Of a line that is wrong the comment
    holds back what has it."""
    lines = {(n, x.number): x for n, leaf in book.items() for x in leaf.lines}
    boxes = {each: book[each].parts if each in book else ("",) for each in review.typed}
    open_ = (x for x in boxes if x not in review.read and not {*boxes[x]} <= {*read})
    why = dict.fromkeys(open_, "no-ok")
    told = [say("approve.unclear", row=x.says) for x in review.unclear]
    slips = dict.fromkeys((x.number for x in review.unclear), "unclear")
    slips |= dict.fromkeys(review.typed.keys() - book.keys(), "unknown")
    comments = []
    for x in review.remarks:
        at = review.typed[x.number] + f".{x.line}" * bool(x.line)
        if x.number not in book:
            told.append(say("approve.unknown-said", number=at, words=x.says))
            continue
        line = lines.get((x.number, x.line)) if x.line else None
        is_lost = bool(x.line) and line is None
        says = say("approve.lost-line", words=x.says, line=x.line) if is_lost else x.says
        comments.append(comment(leaves, book[x.number], line, says, signature))
        if line:
            told.append(say("approve.on", number=at, line=first_words(line.says)))
            continue
        told += [say("approve.lost", number=at)] * is_lost
        if comments[-1].objects:
            at_fault = slips if is_lost else why
            at_fault[x.number] = "no-line" if is_lost else "said"
    why |= slips
    signed = tuple(leaf for n, leaf in book.items() if n in review.read and n not in why)
    return Ticked(
        signed=signed,
        parts=tuple(p for leaf in signed for p in leaf.parts if p not in read),
        comments=tuple(comments),
        told=tuple(told),
        unsigned={review.typed[x]: say(f"approve.why.{why[x]}") for x in sorted(why)},
        has_slip=bool(slips),
    )


def comment(
    leaves: Leaves, leaf: Leaf, line: Line | None, says: str, signature: Signature
) -> Comment:
    """What a person says of a line of a leaf, or of all of that; “Not here” is of that page."""
    # Of words that are other for each reader the first are enough to know them again.
    part, words = (line.part, line.wordings[:2][-1]) if line else (leaf.parts[0], "")
    is_here = leaf.tree and is_of_place(says)
    if line and (is_here or not line.of):  # of one that stands on the page, and in no file, too
        part = leaf.parts[0] if is_here else part
        says, words = say("approve.on-line", line=shorten(words), words=says), ""
    elif not (line or leaf.tree) and leaf.parts[1:]:  # filed with the first, it says it is of all
        ends = (leaves.lines_of(each)[0].says for each in (leaf.parts[0], leaf.parts[-1]))
        first, last = map(shorten, ends)
        says = say("approve.on-all", first=first, last=last, words=says)
    by, on, where = signature.by, signature.on, signature.nation
    at = Span("", 1, 1, 1, 1)
    return Comment(span=at, page=part, says=says, by=by, on=on, line=words, nation=where)
