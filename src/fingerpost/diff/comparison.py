"""The difference between two libraries: its effects on people, and its wording."""

from __future__ import annotations

from ..model.base import Frozen
from ..model.library import Library
from .impact import Change, for_people
from .lockstep import MOST_STATES
from .text_changes import Reworded, reworded


class Difference(Frozen):
    """Everything that differs in ``new``. ``not_decided`` names the effects that could not be
    determined within the limits; then an absence of changes proves nothing."""

    old: Library
    new: Library
    changes: tuple[Change, ...]
    not_decided: tuple[str, ...]
    words: tuple[Reworded, ...]

    @property
    def is_empty(self) -> bool:
        """Whether it is certain that nothing changes."""
        return not (self.changes or self.not_decided or self.words)


def compare(old: Library, new: Library, most: int = MOST_STATES) -> Difference:
    """Compare two libraries that have been read whole and without an error.

    ``most`` limits the states that are explored in each comparison.
    """
    if old == new:  # as to explore all states of both would say, after some seconds
        return Difference(old, new, (), (), ())
    return Difference(old, new, *for_people(old, new, most), reworded(old, new))
