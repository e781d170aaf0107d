"""An item for a person to review: what to do, what to compare, and why."""

from __future__ import annotations

from enum import Enum

from ...model.base import Frozen
from ...page.page import Channel

READER = "staff"
"""The reader in whose words everything is written: a worker."""


class Group(Enum):
    """Why something is to be reviewed, the most urgent first."""

    LIFE = "life"
    TREES = "trees"
    DOUBTFUL = "doubtful"
    LAW = "law"
    UNSOURCED = "unsourced"
    APPS = "apps"
    UNCHECKED = "unchecked"
    SOURCES = "sources"


class Doubt(Frozen):
    """A field of a route that is marked as unsure: its label, and what it says now."""

    field: str
    label: str
    says: str


class Statement(Frozen):
    """What rests on a source: where it is, and its words. ``case`` names a case, or is empty."""

    where: str
    words: str
    case: str = ""


class Item(Frozen):
    """One thing to review.

    ``name`` is its name in the files and ``title`` that for people. ``task`` says what to do, in
    one sentence, and ``reasons`` why. ``ways`` and ``steps`` are what a route tells people to ring,
    open or do. ``whom`` says who it is for, ``seen`` when it was last seen or the date of a source,
    and ``page`` is the link to it. ``statements`` rest on a source, and so does what ``cases`` say
    of right and wrong. All but the first five may be empty.
    """

    group: Group
    name: str
    title: str
    task: str
    reasons: tuple[str, ...]
    ways: tuple[Channel, ...] = ()
    steps: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    whom: str = ""
    seen: str = ""
    page: str = ""
    statements: tuple[Statement, ...] = ()
    cases: tuple[str, ...] = ()
