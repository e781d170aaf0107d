"""What a page needs beside its library, worked out when it is made: hours, holidays, approvals.

The engine in the browser reads no opening hours as text and makes no fingerprints.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..model.approval import Approval
from ..model.base import Frozen
from ..model.library import Library
from ..page.approval import Item, changed_before, shared_items, since
from ..page.availability import BankHolidays
from ..page.fingerprint import lines
from ..page.opening_hours import Hours, UnreadableHours, as_written, parse


class WrittenHours(Frozen):
    """Opening hours: what paper says of them, and their plans, or None if they cannot be read."""

    says: str
    read: Hours | None


class EndingSince(Frozen):
    """``page.approval.Since`` of an ending: the lines that are ``new``, and the places in
    ``items`` of what ``stands``, each a bit of a hexadecimal number."""

    new: frozenset[str]
    gone: int
    in_order: bool
    stands: str | None


class ApprovedTree(Frozen):
    """Who approved a tree, and what has become of it since. ``before`` is the number of changes in
    what is read before an ending. ``places`` has for each of ``items`` where it stood among what
    was approved, or -1."""

    by: str
    role: str
    on: date
    until: date
    organisation: str
    before: int
    places: tuple[int, ...]
    endings: Mapping[str, EndingSince]


def page_data(library: Library) -> dict[str, object]:
    """The table of bank holidays, the hours of all routes by their text, the approvals by tree,
    and what trees share, as far as an approval counts it."""
    items = tuple(shared_items(library)) if library.approvals else ()
    written = {text for route in library.routes.values() for text in route.hours.values()}
    return {
        "holidays": BankHolidays.load(),
        "hours": {text: WrittenHours(as_written(text), _read(text)) for text in sorted(written)},
        "items": items,
        "approvals": {
            name: _approved(library, approval, items)
            for name, approval in library.approvals.items()
        },
    }


def _read(text: str) -> Hours | None:
    try:
        return parse(text)
    except UnreadableHours:
        return None


def _approved(library: Library, approval: Approval, items: tuple[Item, ...]) -> ApprovedTree:
    tree = library.trees.get(approval.tree)
    place = {mark: at for at, mark in enumerate(approval.shared)}
    endings: dict[str, EndingSince] = {}
    for name, outcome in tree.outcomes.items() if tree else ():
        become = since(approval, outcome, items)
        stands = become.stands
        if stands is not None:
            bits = sum(1 << at for at, item in enumerate(items) if item.mark in stands)
        new = frozenset(lines(become.new))
        endings[name] = EndingSince(
            new, become.gone, become.in_order, None if stands is None else hex(bits)
        )
    return ApprovedTree(
        by=approval.by,
        role=approval.role,
        on=approval.on,
        until=approval.until,
        organisation=approval.organisation,
        before=sum(1 for _ in changed_before(library, tree, approval)) if tree else 0,
        places=tuple(place.get(item.mark, -1) for item in items),
        endings=endings,
    )
