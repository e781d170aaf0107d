"""Read ``search.yaml``, ``discreet.yaml``, ``front-pages.yaml`` and ``review-questions.yaml``.

They stand beside the trees and are kept by a safeguarding lead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

from ...model.base import Frozen, field_names, grouped
from ...model.diagnostics import Related
from ...model.facts import WROTE
from ...model.library import CrisisKind, CrisisWords, FrontPages, ReviewQuestion, SearchWords
from ..located import Node
from .fields import Fields, Reader
from .names import Sort

_Layer = TypeVar("_Layer")


def search(reader: Reader, node: Node) -> SearchWords:
    """The words by which people find a tree, a story or a service."""
    top = reader.top(node, "search")
    whom = top.inner("whom", "whom-words")
    return SearchWords(
        same=_groups(top),
        small=words_of(top, "small"),
        whom={key: words_of(whom, key) for key in whom.entries} if whom else {},
        said=_said(top, "said"),
        in_doubt=_said(top, "in-doubt"),
        crisis=_crisis(top.inner("crisis", "crisis-words")),
    )


def together(layers: Sequence[_Layer]) -> _Layer:
    """Several layers as one, the lowest first: one adds to the lists below it and to what has a
    name there, and says anew what is neither."""
    every: Sequence[Any] = layers
    match every[0]:
        case tuple():
            one: Any = tuple(dict.fromkeys(each for layer in every for each in layer))
        case Mapping():
            named = grouped(item for layer in every for item in layer.items())
            one = {name: together(found) for name, found in named.items()}
        case Frozen() as lowest:
            fields = field_names(lowest)
            one = type(lowest)(*(together([getattr(e, f) for e in every]) for f in fields))
        case lowest:
            one = next(filter(None, reversed(every)), lowest)
    return cast(_Layer, one)


def harmless(reader: Reader, node: Node) -> frozenset[str]:
    """The words that a discreet sheet may show, in small letters; phrases have spaces."""
    top = reader.top(node, "discreet")
    return frozenset(word.casefold().replace("-", " ") for word in words_of(top, "harmless"))


def front_pages(reader: Reader, node: Node) -> FrontPages:
    """The sites whose front page is no address of a service."""
    top = reader.top(node, "front-pages")
    many, one = (frozenset(words_of(top, key)) for key in ("many-purposes", "one-purpose"))
    return FrontPages(many, one)


def questions(reader: Reader, node: Node) -> tuple[ReviewQuestion, ...]:
    """Questions for reviewers, in the order in which they are printed."""
    top = reader.top(node, "review-questions")
    read: list[ReviewQuestion] = []
    for item in top.items("questions"):
        fields = reader.fields(item, "review-question")
        to, ask, known = (fields.text(key) for key in ("to", "ask", "known"))
        read.append(ReviewQuestion(to, ask, known, _about(fields)))
    return tuple(read)


def words_of(fields: Fields, key: str) -> tuple[str, ...]:
    """The words of a text."""
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


def _said(top: Fields, key: str) -> dict[str, tuple[str, ...]]:
    """Sentences by the tree that is for them."""
    read: dict[str, tuple[str, ...]] = {}
    for entry in top.listed(key):
        top.reader.must_know(entry.text, entry.value, Sort.TREE)
        lines = top.reader.phrases(entry.value, entry.text)
        read[entry.text] = tuple(text for text, _ in lines)
    return read


def _crisis(fields: Fields | None) -> CrisisWords:
    """The words that may speak of danger."""
    if fields is None:
        return CrisisWords()
    theirs = fields.inner("theirs", "theirs")
    return CrisisWords(
        needs=fields.names("needs", Sort.NEED),
        theirs={key: theirs.name(key, Sort.TREE) for key in theirs.entries} if theirs else {},
        words={
            entry.text: tuple(fields.reader.text_of(entry.value, "words for one thing").split())
            for entry in fields.listed("words")
        },
        kinds={
            entry.text: _kind(fields.reader.inside(entry, "crisis-kind"))
            for entry in fields.listed("kinds")
        },
        later=_later(fields),
        usual=_phrases(fields, "usual"),
    )


def _later(fields: Fields) -> dict[str, CrisisKind]:
    """The kinds of danger that may be for later: each a value of ``wrote``."""
    reader, read = fields.reader, {}
    for entry in fields.listed("later"):
        reader.must_be_value(entry.text, entry.key, WROTE, reader.names.facts.get(WROTE, ()))
        read[entry.text] = _kind(reader.inside(entry, "later-kind"))
    return read


def _kind(fields: Fields) -> CrisisKind:
    doors = fields.names("doors", Sort.TREE)
    return CrisisKind(doors, *(_phrases(fields, key) for key in ("says", "plain", "heard")))


def _phrases(fields: Fields, key: str) -> tuple[str, ...]:
    """Phrases in the order written."""
    return tuple(fields.reader.text_of(item, "a phrase") for item in fields.items(key))


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
