"""What a person must still check by hand, and why, as far as the library itself can tell.

A machine can see that a number is marked as unsure, that nobody wrote down a look at it, that a
source has no date, or that a line speaks of the law. Whether it is right only a person can see. So
all of this is work for people, and what no date shows at all stands before it as questions.
"""

from __future__ import annotations

from datetime import date

from ...model.base import Frozen
from ...model.library import Library, ReviewQuestion
from . import routes, sources, trees
from .item import Group, Item


class ToCheck(Frozen):
    """All that is to be checked on a day: what only people can judge, and what the files show."""

    on: date
    questions: tuple[ReviewQuestion, ...]
    items: tuple[Item, ...]


def to_check(library: Library, day: date) -> ToCheck:
    """What a person must check in a library that was read whole: the same for the same day.

    The most urgent comes first, and then everything stands in the order of the files.
    """
    items = (
        *routes.items(library, day),
        *trees.items(library, day),
        *sources.items(library, day),
        *sources.missing(library),
    )
    groups = list(Group)
    return ToCheck(
        on=day,
        questions=tuple(each for each in library.review_questions if each.concerns(library)),
        items=tuple(sorted(items, key=lambda item: groups.index(item.group))),
    )
