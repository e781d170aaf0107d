"""The work that all proofs of one check may take together."""

from __future__ import annotations

from .state_sets import LimitReached

WORK_BUDGET = 12_000_000
"""Units of work, each a few microseconds: a node made, a pair of nodes visited, an ending asked of.
The shipped library takes half of it."""

PER_STEP = 12
"""Units that an exploration takes for each step of the graph, however few states there are."""


class Work:
    """What is left of a work budget, shared by proofs. When it is spent none of them goes on, so
    that what they were to show is not decided."""

    def __init__(self, budget: int = WORK_BUDGET) -> None:
        self.budget = budget
        self.left = budget

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left."""
        return self.left <= 0

    def done(self, units: int) -> None:
        """Take what was done from what is left."""
        self.left -= units

    def go_on(self) -> None:
        """Raise LimitReached if nothing is left."""
        if self.is_spent:
            raise LimitReached
