"""What is claimed of the people at an ending, and how a proof of a safety rule ended."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property

from ..model.base import Frozen
from ..page.rules import Arrival
from .formula import All, Formula, Test, both, no
from .formula import tests as tests_of
from .witness import Witness


class Status(StrEnum):
    """How a proof ended. Only PROVED is a proof."""

    PROVED = "proved"
    BROKEN = "broken"
    NEVER_TESTED = "never tested"
    NOT_DECIDED = "not decided"


class Verdict(Frozen):
    """The result for one rule: on how many endings, in how many states, and who breaks it.

    ``witness`` is a shortest walk to where it breaks, and ``arrival`` the ending there, or None.
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


class Doubts(Frozen):
    """What was found of some claims: the endings at which a state is meant, and those with a
    counterexample, each with a formula for the states in doubt. Where the ``true`` of a claim is
    an under-approximation, a counterexample to it need not be one to what is to be proved.

    Endings are numbers of nodes. ``states`` is how many states were covered; if ``complete`` is
    false a node budget was spent.
    """

    meant: frozenset[int]
    doubtful: Mapping[int, Formula]
    states: int
    complete: bool
