"""Conditions on facts: when a line, a need or a route is shown."""

from __future__ import annotations

from .base import Frozen
from .facts import Facts


class When(Frozen):
    """Every fact named must hold; for each, any one of the listed values is enough.

    A fact that has not been asked does not hold. The empty condition always holds.
    """

    tests: tuple[tuple[str, frozenset[str]], ...] = ()

    def holds(self, facts: Facts) -> bool:
        """Whether this condition is met by what is known."""
        return all(
            fact in facts and not wanted.isdisjoint(facts[fact]) for fact, wanted in self.tests
        )

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of the facts that this condition reads, in the order written."""
        return tuple(fact for fact, _ in self.tests)


ALWAYS = When()
