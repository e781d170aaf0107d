"""The aspects of pages, with the endings at which their conditions differ in two libraries.

``page/visibility.py`` decides what is shown, and ``proof/dependencies.py`` which facts it reads.
This module only rules out the endings at which nothing can differ.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from enum import StrEnum
from typing import TypeAlias

from ..model.base import Frozen, grouped, replace
from ..model.facts import Facts
from ..model.graph import Place
from ..model.library import Library
from ..model.route import Route
from ..model.tree import Advice, Always, Outcome
from ..page import visibility
from ..proof.dependencies import Dependencies, conditions
from ..proof.formula import Test


class What(StrEnum):
    """What a change is about."""

    TREE = "tree"
    ANSWER = "answer"
    WAY_ON = "way on"
    WAY = "way"
    URGENCY = "urgency"
    NEED = "need"
    ROUTE = "route"
    ADVICE = "advice"


Shows: TypeAlias = Callable[[Place, Facts], Hashable]
"""From an ending and the known facts to what its page shows: whether a thing, or how urgent."""


class Aspect(Frozen):
    """One thing that a page may show.

    ``words`` are its text or title. ``tests`` are all that decide it in either library. ``at`` are
    the endings at which its conditions differ.
    """

    what: What
    name: str
    words: str
    tests: frozenset[Test]
    at: frozenset[Place]
    old: Shows
    new: Shows

    @property
    def facts(self) -> frozenset[str]:
        """The facts that decide it."""
        return frozenset(test.fact for test in self.tests)


def aspects(old: Library, new: Library) -> Iterator[Aspect]:
    """Everything that a page can show in either library."""
    sides = _Side(old), _Side(new)
    yield _urgency(*sides)
    yield from _needs(*sides)
    yield from _routes(*sides)
    yield from _advice(*sides)


class _Side:
    """One library, and what it shows at each of its endings."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.dependencies = Dependencies(library)
        self.endings: Mapping[Place, Outcome] = {
            (tree.name, name): outcome
            for tree in library.trees.values()
            for name, outcome in tree.outcomes.items()
        }

    def calls(self, needs: Collection[str], place: Place) -> tuple[Hashable, ...]:
        """The conditions under which an ending, or every ending, calls for one of some needs."""
        always = ((entry, need) for entry, need in self.dependencies.needs if entry is not None)
        own = ((None, need) for need in self.endings[place].needs)
        return tuple(
            (need.need, entry and _entry(entry), need.when)
            for entry, need in (*always, *own)
            if need.need in needs
        )

    def calls_for(self, name: str) -> Shows:
        """Whether an ending calls for a need."""
        return lambda place, facts: (
            name in visibility.needs(self.library, self.endings[place], facts)
        )

    def offered(self, name: str, place: Place) -> tuple[Hashable, ...]:
        """All that decides whether a route is on the page of an ending; empty if nothing there
        calls for it."""
        route = self.library.routes.get(name)
        called = self.calls(route.serves, place) if route else ()
        if route is None or not called:
            return ()
        return (*called, *((o.whens, o.unless) for o in (route, *self._standing_in(name))))

    def offers(self, name: str) -> Shows:
        """Whether a route is on a page; of others only those that replace it are evaluated."""
        route = self.library.routes.get(name)
        if route is None:
            return lambda _, __: False
        routes = {each.name: each for each in (route, *self._standing_in(name))}
        small = replace(self.library, routes=routes)

        def shows(place: Place, facts: Facts) -> bool:
            served = visibility.served(small, self.endings[place], facts)
            return any(route in each.routes for each in served)

        return shows

    def _standing_in(self, name: str) -> Iterator[Route]:
        return (route for route in self.library.routes.values() if route.instead == name)


def _entry(entry: Always) -> tuple[Hashable, ...]:
    return entry.when, entry.unless


def _both(old: _Side, new: _Side) -> Iterator[Place]:
    return (place for place in old.endings if place in new.endings)


def _urgency(old: _Side, new: _Side) -> Aspect:
    def why(side: _Side, place: Place) -> Hashable:
        added = [(*_entry(e), e.urgency) for e in side.library.always if e.urgency is not None]
        return side.endings[place].urgency, tuple(added)

    def shows(side: _Side) -> Shows:
        return lambda place, facts: visibility.urgency(side.library, side.endings[place], facts)

    at = frozenset(place for place in _both(old, new) if why(old, place) != why(new, place))
    tests = frozenset((*old.dependencies.urgency(), *new.dependencies.urgency()))
    return Aspect(What.URGENCY, "", "", tests, at, shows(old), shows(new))


def _needs(old: _Side, new: _Side) -> Iterator[Aspect]:
    for name in {need.need: None for _, need in (*old.dependencies.needs, *new.dependencies.needs)}:
        at = frozenset(p for p in _both(old, new) if old.calls({name}, p) != new.calls({name}, p))
        known = new.library.needs.get(name) or old.library.needs.get(name)
        tests = frozenset((*old.dependencies.need(name), *new.dependencies.need(name)))
        title = known.say.read_by(None) if known else ""
        yield Aspect(What.NEED, name, title, tests, at, old.calls_for(name), new.calls_for(name))


def _routes(old: _Side, new: _Side) -> Iterator[Aspect]:
    for name, route in {**old.library.routes, **new.library.routes}.items():
        at = (p for p in _both(old, new) if old.offered(name, p) != new.offered(name, p))
        tests = frozenset((*old.dependencies.route(name), *new.dependencies.route(name)))
        title = route.title.read_by(None)
        sides = old.offers(name), new.offers(name)
        yield Aspect(What.ROUTE, name, title, tests, frozenset(at), *sides)


_Key: TypeAlias = Hashable
"""The identity of a line: its name if it is shared, else its kind and its text."""

_Why: TypeAlias = tuple[Hashable, ...]
"""The conditions under which a line is shown."""


class _Line(Frozen):
    """A line at an ending, or at every ending (then ``place`` is None)."""

    place: Place | None
    entry: Always | None
    advice: Advice

    @property
    def key(self) -> _Key:
        return self.advice.name or (self.advice.kind, self.advice.say)

    @property
    def why(self) -> _Why:
        entry = _entry(self.entry) if self.entry else ()
        return (*entry, self.advice.whens, self.advice.unless)

    def stands_for(self, other: _Line) -> bool:
        """Whether it is the other line, changed only in name or only in text."""
        mine, theirs = self.advice, other.advice
        if mine.kind is not theirs.kind or (mine.name and theirs.name):
            return False
        is_own = not (mine.name or theirs.name)
        return mine.say == theirs.say or (is_own and self.why == other.why)

    def tests(self) -> Iterator[Test]:
        """The tests that decide whether it is shown."""
        if self.entry is not None:
            yield from conditions((self.entry.when,), self.entry.unless)
        yield from conditions(self.advice.whens, self.advice.unless)


def _advice(old: _Side, new: _Side) -> Iterator[Aspect]:
    """Each line of either library. A line that was only reworded is the same line."""
    places = dict.fromkeys((None, *_both(old, new)))
    before, after = (grouped((line.place, line) for line in _lines(side)) for side in (old, new))
    keyed: tuple[dict[_Key, _ByPlace], dict[_Key, _ByPlace]] = ({}, {})
    for place in places:
        theirs, mine = before.get(place, []), after.get(place, [])
        kept = {line.key for line in theirs} & {line.key for line in mine}
        gone = [line for line in theirs if line.key not in kept]
        for line in theirs:
            keyed[0].setdefault(line.key, {}).setdefault(place, []).append(line)
        for line in mine:
            was = next(filter(line.stands_for, gone), line) if line.key not in kept else line
            if was in gone:
                gone.remove(was)
            keyed[1].setdefault(was.key, {}).setdefault(place, []).append(line)
    for key in {**keyed[0], **keyed[1]}:
        sides = keyed[0].get(key, {}), keyed[1].get(key, {})
        lines = [line for side in sides for here in side.values() for line in here]
        at = [p for p in {**sides[0], **sides[1]} if _whys(sides[0], p) != _whys(sides[1], p)]
        yield Aspect(
            What.ADVICE,
            lines[-1].advice.name,
            lines[-1].advice.say.read_by(None),
            frozenset(test for line in lines for test in line.tests()),
            frozenset(place for place in (places if None in at else at) if place is not None),
            _shows(old, sides[0]),
            _shows(new, sides[1]),
        )


def _whys(line: _ByPlace, place: Place | None) -> list[_Why]:
    return [each.why for each in line.get(place, ())]


def _shows(side: _Side, line: _ByPlace) -> Shows:
    """Whether a line is shown at an ending, its own or everywhere; no other line is evaluated."""
    everywhere = {id(each.advice) for each in line.get(None, ())}
    small = replace(
        side.library,
        always=tuple(
            replace(entry, advice=tuple(a for a in entry.advice if id(a) in everywhere))
            for entry in side.library.always
        ),
    )

    def shows(place: Place, facts: Facts) -> bool:
        here = tuple(each.advice for each in line.get(place, ()))
        return any(visibility.lines(small, replace(side.endings[place], advice=here), facts))

    return shows


_ByPlace: TypeAlias = dict[Place | None, list[_Line]]


def _lines(side: _Side) -> Iterator[_Line]:
    for entry in side.library.always:
        for line in entry.advice:
            yield _Line(None, entry, line)
    for place, outcome in side.endings.items():
        for line in outcome.advice:
            yield _Line(place, None, line)
