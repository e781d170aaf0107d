"""Sign a tree: a fingerprint of each page of it that a person has read."""

from __future__ import annotations

from datetime import date

from ..model.approval import Approval
from ..model.base import Frozen
from ..page.approval import Fingerprints


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


def sign(fingerprints: Fingerprints, name: str, signature: Signature) -> Approval:
    """The approval of a tree as it stands in a library. Raises KeyError for an unknown tree."""
    tree = fingerprints.library.trees[name]
    return Approval(
        tree=name,
        by=signature.by,
        role=signature.role,
        on=signature.on,
        until=signature.until,
        organisation=signature.organisation,
        before=fingerprints.before(tree),
        endings={ending: fingerprints.ending(tree, o) for ending, o in tree.outcomes.items()},
        span=tree.span,
    )
