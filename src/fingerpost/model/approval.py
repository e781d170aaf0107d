"""What a person approved: which pages they read and when, and what they said of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from .base import Frozen, field
from .sentence import Placed

ALL_NATIONS = "all"


class Approval(Placed):
    """One sitting of a person: the fingerprints of what they read, by the names of its parts.

    A part is a page ("threatened/suicide-now"), the questions of a tree ("threatened"), or what
    trees share ("shared line tell-lead"). ``until`` is the day by which it is to be read again.
    ``nation`` is where those live whose lines they read: ALL_NATIONS, and empty, are everybody.
    """

    by: str
    role: str
    on: date
    until: date
    organisation: str = ""
    nation: str = ""
    pages: Mapping[str, str] = field(default_factory=dict)


class Comment(Placed):
    """What a person says of a part: of all of it, or of the words ``line``, and of these wherever
    they stand. It is open as long as they stand anywhere, unless somebody ``closed`` it. ``nation``
    is that of an approval."""

    page: str
    says: str
    by: str
    on: date
    line: str = ""
    nation: str = ""
    closed: str = ""
    closed_on: date | None = None
    because: str = ""

    @property
    def is_of_all(self) -> bool:
        """Whether it is of all of a part, and not of a line, or of one on that page alone."""
        return not self.line and not self.says.startswith("On “")

    @property
    def objects(self) -> bool:
        """Whether it holds back what it is said of: a remark has “Note:” in front. No
        objection begins with that."""
        remark = r"^(on (all from )?“.*”: )?note ?:"
        return not re.search(remark, self.says, re.IGNORECASE)


def is_of_place(says: str) -> bool:
    """Whether a comment on a line is on where it stands, and not on its words."""
    return says.casefold().startswith("not here")


class Remark(Frozen):
    """What is wrong with the box of a number: with all of it, or with the ``line`` of a number, if
    it is not 0."""

    number: str
    says: str
    line: int = 0


class Review(Frozen):
    """A review on paper, typed in: who ``signs``, the numbers beside the boxes that they ticked,
    and what they said is wrong. Who says that of all of a box has not approved it, ticked or not.
    ``unclear`` are the rows on a box that say neither. Each number is in ``typed`` as it was."""

    signs: Mapping[str, str]
    read: frozenset[str]
    remarks: tuple[Remark, ...]
    unclear: tuple[Remark, ...]
    typed: Mapping[str, str]
