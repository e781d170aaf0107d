"""A thing for a person to check: what to do, what to hold it against, and why."""

from __future__ import annotations

from enum import Enum

from ...model.base import Frozen
from ...page.page import Channel

READER = "staff"
"""Who checks: everything is in the words for a worker."""


class Group(Enum):
    """Why something is to be checked, the most urgent first."""

    LIFE = "life"
    TREES = "trees"
    DOUBTFUL = "doubtful"
    LAW = "law"
    UNSOURCED = "unsourced"
    APPS = "apps"
    UNCHECKED = "unchecked"
    SOURCES = "sources"


class Doubt(Frozen):
    """A field of a route of which we are not sure: what it is, and what it says now."""

    field: str
    label: str
    says: str


class Statement(Frozen):
    """What rests on a source: where it stands, and its words. ``case`` names a case, or nothing."""

    where: str
    words: str
    case: str = ""


class Item(Frozen):
    """One thing to check.

    ``name`` is what the files call it and ``title`` what people do. ``task`` says what to do, in
    one sentence, and ``reasons`` why. ``ways`` and ``steps`` are what a route tells people to ring,
    open or do. ``whom`` says who it is for, ``seen`` when somebody last saw it, or of when a source
    is, and ``page`` is the link to it. ``statements`` rest on a source, and so does what ``cases``
    say of right and wrong. All but the first five may be empty.
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
