"""Claims about the states at an ending, and the verdict of a proof of a safety rule."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property

from ..model.base import Frozen
from ..page.rules import Arrival
from .formula import All, Formula, Test, alternatives, both, no
from .formula import tests as tests_of
from .witness import Witness


class Status(StrEnum):
    """The outcome of a proof attempt. Only PROVED is a proof."""

    PROVED = "proved"
    BROKEN = "broken"
    NEVER_TESTED = "never tested"
    NOT_DECIDED = "not decided"


class Verdict(Frozen):
    """The result for one rule, with the number of endings and of states that it covers.

    ``witness`` is a shortest walk to a violation, and ``arrival`` the ending there, or None.
    """

    status: Status
    endings: int = 0
    states: int = 0
    witness: Witness | None = None
    arrival: Arrival | None = None


class Claim(Frozen, dict=True, gc=True):
    """Every state that satisfies ``meant`` satisfies ``true``."""

    meant: Formula
    true: Formula

    @cached_property
    def whole(self) -> Formula:
        """A formula that reads all that the claim reads."""
        return All((self.meant, self.true))

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        """All tests of the claim, once each."""
        return tuple(dict.fromkeys((*tests_of(self.meant), *tests_of(self.true))))

    @cached_property
    def doubtful(self) -> Formula:
        """The counterexamples: ``meant``, and not ``true``."""
        return both(self.meant, no(self.true))

    @cached_property
    def doubts(self) -> tuple[Formula, ...]:
        """The same as several formulas, each far easier to evaluate than their disjunction."""
        return alternatives(self.doubtful)


class Doubts(Frozen):
    """The evaluation of some claims: the endings at which a state is meant, and those with a
    counterexample, each with a formula for the states in doubt. Where the ``true`` of a claim is
    an under-approximation, a counterexample to it need not be one to the property.

    Endings are numbers of nodes. ``states`` is the number of states covered; if ``complete`` is
    false a node budget was spent.
    """

    meant: frozenset[int]
    doubtful: Mapping[int, Formula]
    states: int
    complete: bool
