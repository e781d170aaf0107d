"""Sign a tree: the fingerprints of everything in it that a person has read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from ..model.approval import Approval, ApprovedEnding
from ..model.base import Frozen
from ..model.library import Library
from ..page.approval import about_mark, opening_mark, own_marks
from ..page.fingerprint import fingerprint
from .reach import Reach


class Signature(Frozen):
    """Who signs, on which day, until which day, and for which organisation, which may be empty."""

    by: str
    role: str
    on: date
    until: date
    organisation: str = ""


def a_year_after(day: date) -> date:
    """The same day of the next year; for the 29th of February the 1st of March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def sign(library: Library, name: str, signature: Signature, reached: Reach) -> Approval:
    """The approval of a tree as it stands in a library. Raises KeyError for an unknown tree."""
    tree = library.trees[name]
    here = {ending: reached.shows[name, ending] for ending in tree.outcomes}
    shared = sorted(frozenset().union(*here.values()))
    places = {at: place for place, at in enumerate(shared)}

    def shows(at: Collection[int]) -> int:
        return sum(1 << places[each] for each in at)

    return Approval(
        tree=name,
        by=signature.by,
        role=signature.role,
        on=signature.on,
        until=signature.until,
        organisation=signature.organisation,
        about=about_mark(tree),
        opening=opening_mark(library),
        questions={q.name: fingerprint(q) for q in tree.questions.values()},
        endings={
            o.name: ApprovedEnding(fingerprint(o), own_marks(o), shows(here[o.name]))
            for o in tree.outcomes.values()
        },
        shared=tuple(reached.items[at].mark for at in shared),
        span=tree.span,
    )
