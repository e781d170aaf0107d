"""What trees share and each ending could show somebody.

That is decided by what each fact can be there, so now and then something counts that nobody can
see; what somebody can see always does.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache, cached_property
from typing import TypeAlias

from ..model.base import Frozen, grouped
from ..model.graph import Place
from ..model.library import Library
from ..model.route import Route
from ..model.sentence import Urgency
from ..model.tree import Advice, Need, NeedWords, When
from ..walk.possible_facts import PossibleFacts


class Kind(StrEnum):
    """The kind of something that trees share, in the word that a message uses."""

    URGENCY = "urgency"
    LINE = "shared line"
    CALLED = "need called for"
    NEED = "need"
    ROUTE = "route"
    WORD = "hard word"


SharedPart: TypeAlias = Urgency | Advice | Need | NeedWords | Route


class Item(Frozen):
    """Something that trees share, and all conditions under which it is shown: those of an entry
    that always adds it too. ``after``: it comes after what an ending has of its own. ``instead``
    are the conditions of whatever stands in for a route."""

    kind: Kind
    name: str
    part: SharedPart
    whens: tuple[When, ...] = ()
    unless: tuple[When, ...] = ()
    after: bool = False
    instead: tuple[tuple[str, tuple[When, ...], frozenset[When]], ...] = ()

    def __str__(self) -> str:
        """The name of the part of the book, which stays the same when others change."""
        return f"{self.kind} {self.name}".rstrip()


class Reach:
    """Of a library that has all its trees, what each ending could show. ``items`` are all that
    trees share, in the order of the library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.items = tuple(_items(library))
        self.at = cache(self._at)

    @cached_property
    def possible(self) -> PossibleFacts:
        """What each fact can be at each step."""
        return PossibleFacts(self.library)

    def _at(self, place: Place) -> list[int]:
        """The places in ``items`` of what an ending could show."""
        state, shows = self.possible.at(place), self.possible.shows
        outcome = self.library.trees[place[0]].outcomes[place[1]]
        called = {need.need for need in outcome.needs if shows(state, (need.when,))}
        found: list[int] = []
        for at, item in enumerate(self.items):
            if item.kind is Kind.NEED and item.name not in called:
                continue
            if isinstance(item.part, Route) and called.isdisjoint(item.part.serves):
                continue
            if shows(state, item.whens, item.unless):
                found.append(at)
                if item.kind is Kind.CALLED:
                    called.add(item.name)
        return found


def _items(library: Library) -> Iterator[Item]:
    """All that trees share; what calls for a need comes before what serves it."""
    for entry in library.always:
        when, unless = entry.when, entry.unless
        if entry.urgency is not None:
            yield Item(Kind.URGENCY, "", entry.urgency, (when,), unless)
        for line in entry.advice:
            whens = (when, *line.whens)
            yield Item(Kind.LINE, line.name, line, whens, (*unless, *line.unless), entry.after)
        for need in entry.needs:
            yield Item(Kind.CALLED, need.need, need, (when, need.when), unless, entry.after)
    others = grouped((route.instead, route) for route in library.routes.values())
    for name, route in library.routes.items():
        instead = tuple((r.name, r.whens, frozenset(r.unless)) for r in others.get(name, ()))
        yield Item(Kind.ROUTE, name, route, route.whens, route.unless, instead=instead)
    for name, words in sorted(library.needs.items()):
        yield Item(Kind.NEED, name, words)
