"""The aspects of pages, with the endings at which their conditions differ in two libraries.

``page/visibility.py`` decides what is shown, and ``proof/dependencies.py`` which facts it reads.
This module only rules out the endings at which nothing can differ.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import chain
from operator import ne
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
    FACT = "fact"
    ANSWER = "answer"
    ENDING = "ending"
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
    yield from _Lines(*sides).aspects()


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

    def need_everywhere(self, name: str) -> tuple[Hashable, ...]:
        """The conditions under which every ending calls for a need."""
        return tuple(
            (*_entry(entry), need.when)
            for entry, need in self.dependencies.needs
            if entry is not None and need.need == name
        )

    def need_at(self, name: str, place: Place) -> tuple[Hashable, ...]:
        """The conditions under which an ending itself calls for a need."""
        return tuple(need.when for need in self.endings[place].needs if need.need == name)

    def offer(self, name: str) -> Hashable:
        """The conditions under which a route is offered; None if it does not exist."""
        route = self.library.routes.get(name)
        return route and (
            route.serves,
            _conditions(route),
            tuple(_conditions(other) for other in self._standing_in(name)),
        )

    def calls_for(self, name: str) -> Shows:
        """Whether an ending calls for a need."""
        return lambda place, facts: (
            name in visibility.needs(self.library, self.endings[place], facts)
        )

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


def _conditions(route: Route) -> Hashable:
    return route.whens, route.unless


def _entry(entry: Always) -> tuple[Hashable, ...]:
    return entry.when, entry.unless


def _both(old: _Side, new: _Side) -> Iterator[Place]:
    return (place for place in old.endings if place in new.endings)


def _urgency(old: _Side, new: _Side) -> Aspect:
    def everywhere(side: _Side) -> list[Hashable]:
        always = side.library.always
        return [(*_entry(e), e.urgency) for e in always if e.urgency is not None]

    def shows(side: _Side) -> Shows:
        return lambda place, facts: visibility.urgency(side.library, side.endings[place], facts)

    everyone = everywhere(old) != everywhere(new)
    at = (
        place
        for place in _both(old, new)
        if everyone or old.endings[place].urgency != new.endings[place].urgency
    )
    tests = frozenset((*old.dependencies.urgency(), *new.dependencies.urgency()))
    return Aspect(What.URGENCY, "", "", tests, frozenset(at), shows(old), shows(new))


def _needs(old: _Side, new: _Side) -> Iterator[Aspect]:
    for name in {need.need: None for _, need in (*old.dependencies.needs, *new.dependencies.needs)}:
        known = new.library.needs.get(name) or old.library.needs.get(name)
        yield Aspect(
            What.NEED,
            name,
            known.say.read_by(None) if known else "",
            frozenset((*old.dependencies.need(name), *new.dependencies.need(name))),
            frozenset(_where_called(old, new, name, ne)),
            old.calls_for(name),
            new.calls_for(name),
        )


_Counts: TypeAlias = Callable[[tuple[Hashable, ...], tuple[Hashable, ...]], object]
"""Whether the conditions of a need in either library make a place count."""


def _where_called(old: _Side, new: _Side, need: str, counts: _Counts) -> Iterator[Place]:
    everyone = counts(old.need_everywhere(need), new.need_everywhere(need))
    for place in _both(old, new):
        if everyone or counts(old.need_at(need, place), new.need_at(need, place)):
            yield place


def _routes(old: _Side, new: _Side) -> Iterator[Aspect]:
    routes = {**old.library.routes, **new.library.routes}
    for name, route in routes.items():
        offered_alike = old.offer(name) == new.offer(name)
        serves = (*route.serves, *(old.library.routes.get(name) or route).serves)
        # One that is offered otherwise can differ wherever either library calls for it.
        counts: _Counts = ne if offered_alike else lambda one, other: one or other
        at = (_where_called(old, new, need, counts) for need in dict.fromkeys(serves))
        yield Aspect(
            What.ROUTE,
            name,
            route.title.read_by(None),
            frozenset((*old.dependencies.route(name), *new.dependencies.route(name))),
            frozenset(chain.from_iterable(at)),
            old.offers(name),
            new.offers(name),
        )


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
        says_the_same = mine.say == theirs.say
        return says_the_same or (self.why == other.why and not (mine.name or theirs.name))

    def tests(self) -> Iterator[Test]:
        """The tests that decide whether it is shown."""
        if self.entry is not None:
            yield from conditions((self.entry.when,), self.entry.unless)
        yield from conditions(self.advice.whens, self.advice.unless)


class _Lines:
    """The lines of advice of two libraries. A line that was only reworded is the same line."""

    def __init__(self, old: _Side, new: _Side) -> None:
        self.sides = (old, new)
        self.both = dict.fromkeys((None, *_both(old, new)))
        self.old, self.new = (
            grouped((line.place, line) for line in _lines(side) if line.place in self.both)
            for side in self.sides
        )
        self.reworded = dict(self._reworded())

    def aspects(self) -> Iterator[Aspect]:
        """Each line of either library."""
        old, new = self._by_key(self.old, {}), self._by_key(self.new, self.reworded)
        for key in {**old, **new}:
            before, after = old.get(key, {}), new.get(key, {})
            lines = list(chain(*before.values(), *after.values()))
            at = [
                place
                for place in {**before, **after}
                if _whys(before.get(place)) != _whys(after.get(place))
            ]
            everywhere = self.both if None in at else at
            yield Aspect(
                What.ADVICE,
                lines[-1].advice.name,
                lines[-1].advice.say.read_by(None),
                frozenset(test for line in lines for test in line.tests()),
                frozenset(place for place in everywhere if place is not None),
                _shows(self.sides[0], before),
                _shows(self.sides[1], after),
            )

    def _reworded(self) -> Iterator[tuple[tuple[Place | None, _Key], _Key]]:
        """The new lines that correspond to an old one that is gone: with the same text, where only
        one of the two is shared; or with another text under the same conditions."""
        for place in self.both:
            old, new = self.old.get(place, ()), self.new.get(place, ())
            kept = {line.key for line in old} & {line.key for line in new}
            gone = [line for line in old if line.key not in kept]
            for line in new:
                same = next(filter(line.stands_for, gone), None) if line.key not in kept else None
                if same is not None:
                    gone.remove(same)
                    yield (place, line.key), same.key

    def _by_key(self, by_place: _ByPlace, reworded: _Reworded) -> dict[_Key, _ByPlace]:
        lines = chain(*by_place.values())
        found = grouped((reworded.get((line.place, line.key), line.key), line) for line in lines)
        return {key: grouped((line.place, line) for line in same) for key, same in found.items()}


def _whys(lines: Iterable[_Line] | None) -> list[_Why]:
    return [line.why for line in lines or ()]


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


_ByPlace: TypeAlias = Mapping[Place | None, list[_Line]]
_Reworded: TypeAlias = Mapping[tuple[Place | None, _Key], _Key]


def _lines(side: _Side) -> Iterator[_Line]:
    for entry in side.library.always:
        for line in entry.advice:
            yield _Line(None, entry, line)
    for place, outcome in side.endings.items():
        for line in outcome.advice:
            yield _Line(place, None, line)
