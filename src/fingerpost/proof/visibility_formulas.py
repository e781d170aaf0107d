"""Visibility of lines, needs and routes at an ending, as formulas over the facts.

The symbolic counterpart of ``page/visibility.py``, which decides for one state. Where visibility
depends on the order of a page, or on one route replacing another, a formula is an under- or an
over-approximation, and says which; then ``page/visibility.py`` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations

from ..model.base import grouped
from ..model.facts import WROTE
from ..model.library import Library
from ..model.route import Route
from ..model.sentence import Urgency
from ..model.tree import Advice, Expectation, Outcome, Rule
from ..page import visibility
from ..page.visibility import FIRST_SHOWN
from .formula import ALWAYS, NEVER, Formula, both, either, no, of

_MOST_BEFORE = 12
"""Routes before one; of more the formula would be too long, and is approximated by NEVER."""


class VisibilityFormulas:
    """Formulas for what is shown, in one library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._urgent: dict[Urgency, Formula] = {}
        self._offered: dict[str, Formula] = {}
        self._few: dict[tuple[str, str], Formula] = {}

    def urgent(self, outcome: Outcome, least: Urgency) -> Formula:
        """The page of an ending is at least as urgent as ``least``. Exact."""
        if outcome.urgency >= least:
            return ALWAYS
        if least not in self._urgent:
            self._urgent[least] = either(
                of(entry.when, unless=entry.unless)
                for entry in self.library.always
                if entry.urgency is not None and entry.urgency >= least
            )
        return self._urgent[least]

    def called(self, outcome: Outcome, need: str) -> Formula:
        """An ending calls for a need. Exact."""
        own = [of(each.when) for each in outcome.needs if each.need == need]
        return either([self._always_called.get(need, NEVER), *own])

    def told(self, outcome: Outcome, name: str) -> Formula:
        """A line of shared advice is shown at an ending. Exact."""
        own = [_own(line) for line in outcome.advice if line.name == name]
        return either([self._always_told.get(name, NEVER), *own])

    def offered(self, route: Route) -> Formula:
        """A route is offered. An over-approximation for routes that are ``partly_superseded``,
        exact for others."""
        if route.name not in self._offered:
            partly = route.name in self.partly_superseded
            others = () if partly else self._plainly_instead.get(route.name, ())
            self._offered[route.name] = both(_own(route), no(either(map(_own, others))))
        return self._offered[route.name]

    def calls_for(self, outcome: Outcome, route: Route) -> Formula:
        """An ending calls for a need that a route serves. Exact."""
        return either(self.called(outcome, need) for need in route.serves)

    def shown(self, outcome: Outcome, route: Route) -> Formula:
        """A route is shown at an ending; approximated as by ``offered``."""
        return both(self.calls_for(outcome, route), self.offered(route))

    def under_approximation(self, rule: Rule, outcome: Outcome) -> Formula:
        """A sufficient condition for the page of an ending to keep a rule."""
        return both(*self._must(rule.must, outcome), *self._never(rule.never, outcome))

    def serving(self, need: str) -> Sequence[Route]:
        """The routes that serve a need, in page order."""
        return self._serving.get(need, ())

    @cached_property
    def partly_superseded(self) -> frozenset[str]:
        """The routes that another replaces for some chosen values only, as the advice for one app
        does."""
        return frozenset(
            route.instead
            for route in self.library.routes.values()
            if route.instead and not self._plain(route)
        )

    def _must(self, must: Expectation, outcome: Outcome) -> Iterator[Formula]:
        if must.first:
            yield self.sufficient_for_first(must.first, outcome)
        if must.route:
            yield either(self._sufficient_for_route(name, outcome) for name in must.route)
        if must.need:
            yield either(self.called(outcome, need) for need in must.need)
        if must.advice:
            yield either(self.told(outcome, name) for name in must.advice)
        if must.top:
            yield either(self.told(outcome, name) for name in self._tops(must.top))
        if must.outcome:
            yield ALWAYS if outcome.name in must.outcome else NEVER
        if must.urgency is not None:
            yield self.urgent(outcome, must.urgency)

    def _never(self, never: Expectation, outcome: Outcome) -> Iterator[Formula]:
        for route in self._routes((*never.first, *never.route)):
            yield no(self.shown(outcome, route))
        for need in never.need:
            yield no(self.called(outcome, need))
        for name in (*never.advice, *self._tops(never.top)):
            yield no(self.told(outcome, name))
        if outcome.name in never.outcome:
            yield NEVER
        if never.urgency is not None:
            yield no(self.urgent(outcome, never.urgency))

    def sufficient_for_first(self, names: Iterable[str], outcome: Outcome) -> Formula:
        """A sufficient condition for one of these routes to be the first on the page: it is the
        first route for danger, is always offered, and danger is called for."""
        first = next(iter(self.serving(visibility.EMERGENCY)), None)
        if first is None or first.name not in names or not self._for_all(first):
            return NEVER
        return self.called(outcome, visibility.EMERGENCY)

    def _sufficient_for_route(self, name: str, outcome: Outcome) -> Formula:
        """A sufficient condition for a route to be among the first of its need: few are offered
        before it, under every need that is called for."""
        route = self.library.routes.get(name)
        if route is None or name in self.partly_superseded:
            return NEVER
        few = (
            either([no(self.called(outcome, need)), self._few_before(route, need)])
            for need in route.serves
        )
        return both(self.shown(outcome, route), *few)

    def _few_before(self, route: Route, need: str) -> Formula:
        """Fewer than FIRST_SHOWN routes are offered before this one."""
        key = (route.name, need)
        if key not in self._few:
            before = self.serving(need)[: self.serving(need).index(route)]
            many = combinations(map(self.offered, before), FIRST_SHOWN)
            self._few[key] = (
                no(either(both(*together) for together in many))
                if len(before) <= _MOST_BEFORE
                else NEVER
            )
        return self._few[key]

    def _for_all(self, route: Route) -> bool:
        return self.offered(route) == ALWAYS and route.name not in self.partly_superseded

    def _tops(self, names: Iterable[str]) -> Iterator[str]:
        """Those of these lines that stand at the top of every page that shows them."""
        advice = self.library.advice
        return (name for name in names if name in advice and advice[name].tops)

    def _routes(self, names: Iterable[str]) -> Iterator[Route]:
        return (self.library.routes[name] for name in names if name in self.library.routes)

    def _plain(self, route: Route) -> bool:
        """Whether a route that replaces another does so wherever it is offered: it reads no fact
        of which several values may be chosen, or typed."""
        read = (fact for when in route.whens for fact in when.facts)
        one = {f for f, question in self.library.questions.items() if not question.many} - {WROTE}
        return one.issuperset(read)

    @cached_property
    def _plainly_instead(self) -> dict[str, list[Route]]:
        routes = self.library.routes.values()
        return grouped((r.instead, r) for r in routes if r.instead and self._plain(r))

    @cached_property
    def _serving(self) -> dict[str, list[Route]]:
        routes = sorted(self.library.routes.values(), key=lambda route: not route.first)
        return grouped((need, route) for route in routes for need in route.serves)

    @cached_property
    def _always_called(self) -> dict[str, Formula]:
        called = grouped(
            (need.need, both(of(entry.when, unless=entry.unless), of(need.when)))
            for entry in self.library.always
            for need in entry.needs
        )
        return {need: either(formulas) for need, formulas in called.items()}

    @cached_property
    def _always_told(self) -> dict[str, Formula]:
        told = grouped(
            (line.name, both(of(entry.when, unless=entry.unless), _own(line)))
            for entry in self.library.always
            for line in entry.advice
        )
        return {name: either(formulas) for name, formulas in told.items() if name}


def _own(shown: Route | Advice) -> Formula:
    """The conditions of a route or a line hold, whatever replaces it."""
    return of(*shown.whens, unless=shown.unless)
