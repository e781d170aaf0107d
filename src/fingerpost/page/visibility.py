"""What an ending shows by the facts: urgency, lines, needs and routes.

This module knows only facts and names; words and opening hours are added by the page. Whether
that keeps a safety rule, by what it must and must never show, is told here too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar

from ..model.base import Frozen
from ..model.facts import Facts
from ..model.library import Library
from ..model.route import EMERGENCY as EMERGENCY
from ..model.route import Route
from ..model.sentence import Urgency
from ..model.tree import Advice, Always, Expectation, Need, Outcome, Rule

Shown = TypeVar("Shown", Advice, Need)

FIRST_SHOWN = 3
"""Routes of a need on the page itself; the rest are shown on request."""


class Served(Frozen):
    """A need of an ending, its declarations, and the routes that serve it, in the order of a page
    on which all are open."""

    need: str
    wanted: tuple[Need, ...]
    routes: tuple[Route, ...]


def urgency(library: Library, outcome: Outcome, facts: Facts) -> Urgency:
    """The maximum urgency of an ending and of the entries that are always added."""
    added = (entry.urgency for entry in library.always if entry.shown(facts))
    return max([outcome.urgency, *(each for each in added if each is not None)])


def is_private(library: Library, outcome: Outcome, facts: Facts) -> bool:
    """Whether nothing of an ending may be put on a phone, as of every one of a library that always
    keeps nothing off."""
    added = [entry for entry in library.always if entry.private]
    return outcome.private or not added or any(entry.shown(facts) for entry in added)


def lines(library: Library, outcome: Outcome, facts: Facts) -> Iterable[Advice]:
    """The lines of an ending among those always added, those that are first above all others;
    duplicates of a shared line are dropped."""
    return sorted(_lines(library, outcome, facts), key=lambda line: not line.first)


def _lines(library: Library, outcome: Outcome, facts: Facts) -> Iterator[Advice]:
    given: set[str] = set()
    for line in _in_order(library, outcome.advice, facts, lambda entry: entry.advice):
        if line.shown(facts) and line.name not in given:
            yield line
            if line.name:
                given.add(line.name)


def speaks_of_the_hurt(outcome: Outcome, facts: Facts) -> bool:
    """Whether an ending itself gives first aid for which help is rung."""
    return any(line.help == "999" and line.shown(facts) for line in outcome.advice)


def needs(library: Library, outcome: Outcome, facts: Facts) -> dict[str, tuple[Need, ...]]:
    """The needs of an ending, danger first, each with all its declarations."""
    called: dict[str, tuple[Need, ...]] = {}
    for need in _in_order(library, outcome.needs, facts, lambda entry: entry.needs):
        if need.when.holds(facts):
            called[need.need] = (*called.get(need.need, ()), need)
    return dict(sorted(called.items(), key=lambda item: item[0] != EMERGENCY))


def _in_order(
    library: Library,
    own: Iterable[Shown],
    facts: Facts,
    of: Callable[[Always], Iterable[Shown]],
) -> Iterator[Shown]:
    """What an ending has of its own, between what is always added before and after it."""
    added = [entry for entry in library.always if entry.shown(facts)]
    yield from (each for entry in added if not entry.after for each in of(entry))
    yield from own
    yield from (each for entry in added if entry.after for each in of(entry))


def offered(library: Library, facts: Facts) -> tuple[Route, ...]:
    """The routes for a person with these facts, in file order, without superseded ones.

    A route is superseded if others that are offered ``instead`` of it cover every value
    that was chosen: Police Scotland covers 101 in Scotland; but where a picture is on Instagram
    and somewhere else, the advice for any app stays.
    """
    found = [route for route in library.routes.values() if route.offered(facts)]
    covered: dict[str, dict[str, frozenset[str]]] = {}
    for route in found:
        if route.instead:
            so_far = covered.setdefault(route.instead, {})
            for when in route.whens:
                for fact, values in when.tests:
                    so_far[fact] = so_far.get(fact, frozenset()) | values
    return tuple(
        route
        for route in found
        if route.name not in covered
        or any(not facts[fact] <= values for fact, values in covered[route.name].items())
    )


def is_on_page(library: Library, outcome: Outcome, facts: Facts, route: Route) -> bool:
    """Whether an ending shows a route."""
    called = not needs(library, outcome, facts).keys().isdisjoint(route.serves)
    return called and route in offered(library, facts)


def served(library: Library, outcome: Outcome, facts: Facts) -> Iterator[Served]:
    """Each need with its routes; a route is shown once, under the first need that it serves.

    A need without routes of its own is left out.
    """
    routes = offered(library, facts)
    shown: set[str] = set()
    for need, wanted in needs(library, outcome, facts).items():
        serving = [r for r in routes if need in r.serves and r.name not in shown]
        if serving:
            shown |= {route.name for route in serving}
            serving.sort(key=lambda route: not route.first)
            yield Served(need, wanted, tuple(serving))


class Arrival(Frozen):
    """An ending, and the facts of the reader of its page."""

    tree: str
    outcome: Outcome
    facts: Facts

    @property
    def place(self) -> tuple[str, str]:
        """The ending by its tree and its name."""
        return (self.tree, self.outcome.name)


def keeps(library: Library, rule: Rule, arrival: Arrival) -> bool:
    """Whether the page of an arrival keeps a rule; ``rule.when`` is not evaluated."""
    must, never = rule.must, rule.never
    here = urgency(library, arrival.outcome, arrival.facts)
    if must.urgency is not None and here < must.urgency:
        return False
    if never.urgency is not None and here >= never.urgency:
        return False
    meets = (not w or bool(set(w) & set(s)) for w, s in _asked(library, must, arrival, FIRST_SHOWN))
    breaks = (bool(set(w) & set(s)) for w, s in _asked(library, never, arrival, None))
    return all(meets) and not any(breaks)


def _asked(
    library: Library, expected: Expectation, arrival: Arrival, first: int | None
) -> Iterator[tuple[tuple[str, ...], Iterable[str]]]:
    """Pairs of the expected and the shown names; up to ``first`` routes of each need, or all."""
    outcome, facts = arrival.outcome, arrival.facts
    if expected.first or expected.route:
        found = [each.routes for each in served(library, outcome, facts)]
        yield expected.first, _names(found[0][:1] if found else ())
        yield expected.route, _names(route for routes in found for route in routes[:first])
    yield expected.need, needs(library, outcome, facts)
    if expected.advice or expected.top:
        shown = lines(library, outcome, facts)
        yield expected.advice, [line.name for line in shown]
        yield expected.top, [line.name for line in shown if line.tops]
    yield expected.outcome, (outcome.name,)


def _names(routes: Iterable[Route]) -> Collection[str]:
    return [route.name for route in routes]
