"""Conditions on facts: when a line, a need or a route is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from .base import Frozen

Facts: TypeAlias = Mapping[str, frozenset[str]]
"""What is known: each fact's name with the values that were chosen.

A question with one answer gives a set of one; a ``many`` question gives as many as were
chosen. A fact that nobody has asked is not a key.
"""


TELLERS = ("young-person", "parent", "staff")
"""Who is reading: the values of the built-in fact ``teller``, in the order they are offered."""

UK = ("england", "wales", "scotland", "northern-ireland")
"""The nations of the United Kingdom, which a contract may name at one go."""

NATIONS = UK
"""The nations, as values of the built-in fact ``nation``. One that is added here is not one that
a contract with ``nations: uk`` claims."""

NOT_SURE = "not-sure"
"""The value of the answer that is always fair, and is treated with care."""


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
