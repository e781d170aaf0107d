"""Claims about all who come to an ending, and the verdict of a proof of a safety rule."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property

from ..model.base import Frozen
from ..page.visibility import Arrival
from .formula import Formula, both, no
from .witness import Witness


class Status(StrEnum):
    """The outcome of a proof attempt. Only PROVED is a proof."""

    PROVED = "proved"
    BROKEN = "broken"
    NEVER_TESTED = "never tested"


class Verdict(Frozen):
    """The result for one rule, with the number of endings at which it speaks of somebody.

    ``witness`` is a short walk to a violation, and ``arrival`` the ending there, or None.
    """

    status: Status
    endings: int = 0
    witness: Witness | None = None
    arrival: Arrival | None = None


class Claim(Frozen, dict=True, gc=True):
    """Everybody of whom ``meant`` is true is one of whom ``true`` is."""

    meant: Formula
    true: Formula

    @cached_property
    def doubtful(self) -> Formula:
        """The counterexamples: ``meant``, and not ``true``."""
        return both(self.meant, no(self.true))


class Doubts(Frozen):
    """The evaluation of some claims: the endings at which somebody is meant, and those with a
    counterexample, each with a formula for those in doubt. Where the ``true`` of a claim is an
    under-approximation, a counterexample to it need not be one to the property.

    Endings are numbers of nodes.
    """

    meant: frozenset[int]
    doubtful: Mapping[int, Formula]
