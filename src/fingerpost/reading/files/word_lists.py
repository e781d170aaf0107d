"""Read ``search.yaml``, ``discreet.yaml`` and ``review-questions.yaml``.

They stand beside the trees and are kept by a safeguarding lead.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...model.diagnostics import Related
from ...model.library import ReviewQuestion, SearchWords
from ..format import FORMAT
from ..located import Node
from .fields import Fields, Reader

WHOM = tuple(FORMAT.kinds["whom-words"].by_name)
"""The keys of the words by which ``search.perspective`` tells whom a text is about."""


def search(reader: Reader, node: Node) -> SearchWords:
    """The words by which people find a tree, a story or a service."""
    top = reader.top(node, "search")
    whom = top.inner("whom", "whom-words")
    return SearchWords(
        same=_groups(top),
        small=_words(top, "small"),
        whom={key: _words(whom, key) for key in whom.entries} if whom else {},
    )


def together(layers: Sequence[SearchWords]) -> SearchWords:
    """Several layers as one, the lowest first: each adds to those below it."""
    return SearchWords(
        same=tuple(group for each in layers for group in each.same),
        small=tuple(word for each in layers for word in each.small),
        whom={key: tuple(w for each in layers for w in each.whom.get(key, ())) for key in WHOM},
    )


def harmless(reader: Reader, node: Node) -> frozenset[str]:
    """The words that a discreet sheet may show, in small letters; phrases have spaces."""
    top = reader.top(node, "discreet")
    return frozenset(word.casefold().replace("-", " ") for word in _words(top, "harmless"))


def questions(reader: Reader, node: Node) -> tuple[ReviewQuestion, ...]:
    """Questions for reviewers, in the order in which they are printed."""
    top = reader.top(node, "review-questions")
    read: list[ReviewQuestion] = []
    for item in top.items("questions"):
        fields = reader.fields(item, "review-question")
        to, ask, known = (fields.text(key) for key in ("to", "ask", "known"))
        read.append(ReviewQuestion(to, ask, known, _about(fields)))
    return tuple(read)


def _words(fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(fields.text(key).split())


def _groups(top: Fields) -> tuple[tuple[str, ...], ...]:
    """Groups of synonyms. A word in two groups is a mistake: it would make one group of both."""
    read: list[tuple[str, ...]] = []
    seen: dict[str, Node] = {}
    for item in top.items("same"):
        group = tuple(top.reader.text_of(item, "words for one thing").split())
        read.append(group)
        for word in dict.fromkeys(map(str.casefold, group)):
            earlier = seen.setdefault(word, item)
            if earlier is not item:
                first = Related("it is here already", earlier.span)
                message, hint = f"“same” has “{word}” twice", "take one of them out"
                top.reader.error("FP117", message, item.span, hint, first)
    return tuple(read)


def _about(fields: Fields) -> tuple[str, ...]:
    """The trees, routes and lines of shared advice that a question is about."""
    names = fields.reader.names
    known = {*names.trees, *names.routes, *names.advice}
    found = fields.words("about", "a name in “about”")
    for name, at in found:
        if name not in known and not names.unread:
            hint = fields.reader.meant(name, sorted(known))
            message = f"there is no tree, route or shared advice “{name}”"
            fields.reader.error("FP210", message, at.span, hint)
    return tuple(name for name, _ in found)
