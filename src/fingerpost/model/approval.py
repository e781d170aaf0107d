"""An approval of a tree: who read its words, when, and the fingerprints of what they read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .base import Frozen, field
from .sentence import Placed


class ApprovedEnding(Frozen):
    """The fingerprints of an ending: of the whole, of each of its own items, and the places in
    ``Approval.shared`` of what else could be shown on it, each a bit of ``shows``."""

    whole: str = ""
    own: frozenset[str] = frozenset()
    shows: int = 0


class Approval(Placed):
    """An approval of one tree, as a record of who read what.

    ``about`` is the fingerprint of its title and of what it says it is for, ``opening`` that of
    what is said before the first question, and ``shared`` are those of all that trees share and
    that could be shown on one of its endings, in the order of the library.
    """

    tree: str
    by: str
    role: str
    on: date
    until: date
    organisation: str = ""
    about: str = ""
    opening: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)
    endings: Mapping[str, ApprovedEnding] = field(default_factory=dict)
    shared: tuple[str, ...] = ()

    def shown_on(self, ending: str) -> frozenset[str]:
        """The fingerprints of what trees share that was approved on an ending."""
        shows = self.endings[ending].shows
        return frozenset(mark for at, mark in enumerate(self.shared) if shows >> at & 1)


class Review(Frozen):
    """A review on paper, typed in: who read, the numbers of the parts that they ticked, and their
    comments by number."""

    by: str
    role: str
    read: frozenset[str]
    comments: Mapping[str, str]
