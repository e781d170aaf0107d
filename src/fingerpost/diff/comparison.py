"""What changes between two libraries: for people, and in words."""

from __future__ import annotations

from ..model.base import Frozen
from ..model.library import Library
from .impact import Change, for_people
from .lockstep import MOST_STATES
from .text_changes import Reworded, reworded


class Difference(Frozen):
    """All that is otherwise in ``new``. ``not_decided`` is what could not be told for people
    within the limits; then nobody may say that nothing changes for them."""

    old: Library
    new: Library
    changes: tuple[Change, ...]
    not_decided: tuple[str, ...]
    words: tuple[Reworded, ...]

    @property
    def is_empty(self) -> bool:
        """Whether everything is surely the same."""
        return not (self.changes or self.not_decided or self.words)


def compare(old: Library, new: Library, most: int = MOST_STATES) -> Difference:
    """What changes. Both libraries have been read, whole and without an error.

    ``most`` states are looked at in each comparison, and no more.
    """
    found = for_people(old, new, most)
    return Difference(old, new, found.changes, found.not_decided, reworded(old, new))
