"""An approval of a tree: who read its words, when, and a fingerprint of each page as it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .base import Frozen, field
from .sentence import Placed


class Approval(Placed):
    """An approval of one tree, as a record of who read what.

    ``before`` is the fingerprint of what is read before an ending, and ``endings`` are those of all
    that each ending could show anybody.
    """

    tree: str
    by: str
    role: str
    on: date
    until: date
    organisation: str = ""
    before: str = ""
    endings: Mapping[str, str] = field(default_factory=dict)


class Review(Frozen):
    """A review on paper, typed in: who read, the numbers of the parts that they ticked, and their
    comments by number."""

    by: str
    role: str
    read: frozenset[str]
    comments: Mapping[str, str]
