"""Evaluation of a safety rule on one page: what it must and must never show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..model.base import Frozen
from ..model.facts import Facts
from ..model.library import Library
from ..model.route import Route
from ..model.tree import Expectation, Outcome, Rule
from . import visibility
from .page import FIRST_SHOWN


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
    here = visibility.urgency(library, arrival.outcome, arrival.facts)
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
        needs = [served.routes for served in visibility.served(library, outcome, facts)]
        yield expected.first, _names(needs[0][:1] if needs else ())
        yield expected.route, _names(route for routes in needs for route in routes[:first])
    yield expected.need, visibility.needs(library, outcome, facts)
    if expected.advice or expected.top:
        lines = visibility.lines(library, outcome, facts)
        yield expected.advice, [line.name for line in lines]
        yield expected.top, [line.name for line in lines if line.tops]
    yield expected.outcome, (outcome.name,)


def _names(routes: Iterable[Route]) -> Collection[str]:
    return [route.name for route in routes]
