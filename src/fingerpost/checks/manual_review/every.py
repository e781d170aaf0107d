"""Everything that a person must review by hand, as far as the library itself can tell.

A program can see that a number is marked as unsure, that no check of it was recorded, that a source
has no date, or that a line speaks of the law. Whether it is right only a person can see. What no
date shows at all comes first, as questions.
"""

from __future__ import annotations

from datetime import date

from ...model.base import Frozen
from ...model.library import Library, ReviewQuestion
from . import routes, sources, trees
from .item import Group, Item


class ToCheck(Frozen):
    """What is to be reviewed on a day: what only people can judge, and what the files show."""

    on: date
    questions: tuple[ReviewQuestion, ...]
    items: tuple[Item, ...]


def to_check(library: Library, day: date) -> ToCheck:
    """What a person must review in a library that was read whole; deterministic for a day.

    The most urgent group comes first, and within a group the order is that of the files.
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
