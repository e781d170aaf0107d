"""Where the words of a library are shown, and to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from ..model.base import Frozen, grouped
from ..model.diagnostics import Span
from ..model.facts import TELLERS
from ..model.graph import Place
from ..model.library import Library
from ..model.route import Route
from ..model.text_index import PassageKind, of_route, passages, readers_of
from ..model.tree import Advice, Need, NeedWords
from ..page.contact import CHANNELS
from ..page.reach import Item, Reach


class Use(Frozen):
    """Words at a question or an ending, or at neither, such as the title of a tree."""

    span: Span
    readers: tuple[str, ...]
    kind: PassageKind
    place: Place | None = None


class Readership(Frozen):
    """How many pages and questions can show some words, and to which readers."""

    pages: int
    questions: int
    readers: tuple[str, ...]


class Readerships:
    """The readership of what stands at a place in the files of a library with all its trees."""

    def __init__(self, library: Library) -> None:
        uses = chain(_in_passages(library), _added(library))
        self._uses = grouped((use.span, use) for use in uses)
        self._words = {line.span: line.say.span for line in _lines(library)}

    def of(self, span: Span) -> Readership | None:
        """That of a sentence, a line or a detail of a service; None if nobody reads it."""
        uses = self._uses.get(self._words.get(span, span), ())
        places = {(use.kind, use.place) for use in uses if use.place}
        pages = sum(kind is PassageKind.ENDING for kind, _ in places)
        readers = {teller for use in uses for teller in use.readers}
        told = tuple(teller for teller in TELLERS if teller in readers)
        return Readership(pages, len(places) - pages, told) if uses else None


def _lines(library: Library) -> Iterator[Advice]:
    """The lines of advice, each where its words are written."""
    yield from (*library.advice.values(), *library.opening)
    yield from (line for line in library.lines if line.name not in library.advice)


def _in_passages(library: Library) -> Iterator[Use]:
    tree = ""
    for passage in passages(library):
        tree = passage.name if passage.place is PassageKind.TREE else tree
        asked = passage.place in (PassageKind.QUESTION, PassageKind.ENDING)
        # What trees share is read where they use it, and cases are for rehearsing.
        if passage.place in _ELSEWHERE or (asked and not tree):
            continue
        place = (tree, passage.name) if asked else None
        for use in passage.said:
            yield Use(use.sentence.span, use.readers, passage.place, place)


_ELSEWHERE = (
    PassageKind.ADVICE,
    PassageKind.ALWAYS,
    PassageKind.ROUTE,
    PassageKind.NEED,
    PassageKind.CASE,
)


def _added(library: Library) -> Iterator[Use]:
    """What is added to endings, services and the headings above them, at each that can show it."""
    reach = Reach(library)
    spans = [tuple(_spans(item)) for item in reach.items]
    readers = [readers_of(item.whens, item.unless) for item in reach.items]
    for tree in library.trees.values():
        for name in tree.outcomes:
            for at in reach.at((tree.name, name)):
                for span in spans[at]:
                    yield Use(span, readers[at], PassageKind.ENDING, (tree.name, name))


_READ = (*CHANNELS, "hours")
"""What people read of a service beside its sentences."""


def _spans(item: Item) -> Iterable[Span]:
    match item.part:
        case Advice() as line:
            return (each.span for each in line.sentences)
        case Need(because=because):
            return (because.span,) if because else ()
        case Route() as route:
            said = (use.sentence.span for use in of_route(route).said)
            spans = ((key.partition(".")[0], span) for key, span in route.spans.items())
            return {*said, *(span for key, span in spans if key in _READ)}
        case NeedWords(say=heading):
            return (heading.span,)
        case _:
            return ()
