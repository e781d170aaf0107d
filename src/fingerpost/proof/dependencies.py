"""Dependencies of what is shown: the tests of facts that a proof has to distinguish.

Each is an over-approximation of what ``page/visibility.py`` reads. A missing test would make a
proof unsound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.library import Library
from ..model.route import Route
from ..model.tree import Advice, Always, Expectation, Need, Outcome, Rule, When
from ..page import visibility
from .formula import Test


class Dependencies:
    """The tests that decide what is shown, in one library.

    ``lines`` and ``needs`` are all lines of advice and all needs, each with the entry of what is
    always added that has it, or None for an ending's own.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        endings = [o for tree in library.trees.values() for o in tree.outcomes.values()]
        self.lines: tuple[tuple[Always | None, Advice], ...] = (
            *((entry, line) for entry in library.always for line in entry.advice),
            *((None, line) for ending in endings for line in ending.advice),
        )
        self.needs: tuple[tuple[Always | None, Need], ...] = (
            *((entry, need) for entry in library.always for need in entry.needs),
            *((None, need) for ending in endings for need in ending.needs),
        )

    def shared(self) -> Iterator[Test]:
        """The tests of what endings share: what is always added, and the routes."""
        for entry in self.library.always:
            yield from conditions((entry.when,), entry.unless)
            for line in entry.advice:
                yield from conditions(line.whens, line.unless)
        for route in self.library.routes.values():
            yield from conditions(route.whens, route.unless)

    def own(self, outcome: Outcome) -> Iterator[Test]:
        """The tests of an ending's own lines and needs."""
        for line in outcome.advice:
            yield from conditions(line.whens, line.unless)
        for need in outcome.needs:
            yield from of(need.when)

    def rules_of(self, tree: str) -> Iterator[Test]:
        """The tests that decide to whom the rules of a tree apply."""
        for rule in self.library.trees[tree].rules:
            yield from of(rule.when)

    def rule(self, rule: Rule) -> Iterator[Test]:
        """Whether a rule applies, and whether it is kept."""
        yield from of(rule.when)
        for name in rule.must.route:
            yield from self.among_the_first(name)
        for name in rule.never.route:
            yield from self.route(name)
        for expected in (rule.must, rule.never):
            yield from self._expectation(expected)

    def advice(self, name: str) -> Iterator[Test]:
        """Whether a shared line of advice is shown."""
        for entry, line in self.lines:
            if line.name == name:
                yield from _entry(entry)
                yield from conditions(line.whens, line.unless)

    def need(self, name: str) -> Iterator[Test]:
        """Whether a need is called for."""
        for entry, need in self.needs:
            if need.need == name:
                yield from _entry(entry)
                yield from of(need.when)

    def offered(self, route: Route) -> Iterator[Test]:
        """Whether a route is offered: its own conditions, and those of routes that replace it."""
        yield from conditions(route.whens, route.unless)
        for other in self.library.routes.values():
            if other.instead == route.name:
                yield from conditions(other.whens, other.unless)

    def route(self, name: str) -> Iterator[Test]:
        """Whether a route is on a page at all."""
        route = self.library.routes.get(name)
        if route is not None:
            yield from self.offered(route)
            for need in route.serves:
                yield from self.need(need)

    def among_the_first(self, name: str) -> Iterator[Test]:
        """Whether a route is among the first of its need.

        Besides itself: the routes that serve the same needs, and the earlier needs under which
        one of those may have been shown already.
        """
        route = self.library.routes.get(name)
        serves = set(route.serves) if route else set()
        beside = [r for r in self.library.routes.values() if serves & set(r.serves)]
        for need in dict.fromkeys(need for route in beside for need in route.serves):
            yield from self.need(need)
        for route in beside:
            yield from self.offered(route)

    def first(self, names: Iterable[str]) -> Iterator[Test]:
        """Whether one of these routes is the first on a page.

        The routes for danger come first where it is called for. A route that serves no other need
        is not shown without it, so then the other needs do not matter.
        """
        routes = self.library.routes
        in_danger = (visibility.EMERGENCY,)
        only_danger = all(name in routes and routes[name].serves == in_danger for name in names)
        for need in in_danger if only_danger else dict.fromkeys(n.need for _, n in self.needs):
            yield from self.need(need)
        for route in routes.values():
            if visibility.EMERGENCY in route.serves or not only_danger:
                yield from self.offered(route)

    def urgency(self) -> Iterator[Test]:
        """How urgent a page is."""
        for entry in self.library.always:
            if entry.urgency is not None:
                yield from _entry(entry)

    def _expectation(self, expected: Expectation) -> Iterator[Test]:
        for name in (*expected.advice, *expected.top):
            yield from self.advice(name)
        for name in expected.need:
            yield from self.need(name)
        if expected.first:
            yield from self.first(expected.first)
        if expected.urgency is not None:
            yield from self.urgency()


def of(when: When) -> Iterator[Test]:
    """The tests of a condition."""
    return (Test(fact, values) for fact, values in when.tests)


def conditions(whens: Iterable[When], unless: Iterable[When] = ()) -> Iterator[Test]:
    """The tests of several conditions, and of those that must not hold."""
    for when in (*whens, *unless):
        yield from of(when)


def _entry(entry: Always | None) -> Iterator[Test]:
    if entry is not None:
        yield from conditions((entry.when,), entry.unless)
