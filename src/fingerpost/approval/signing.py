"""Sign parts that a person has read: their fingerprints, added to what was signed before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ..model.approval import Approval
from ..model.base import Frozen, replace
from ..model.diagnostics import Span
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


def sign(
    approvals: Sequence[Approval],
    fingerprints: Fingerprints,
    signature: Signature,
    parts: Iterable[str],
    waiting: Iterable[str] = (),
) -> tuple[Approval, ...]:
    """These approvals with one of some parts as they are now, and of some that are ``waiting``:
    that with this signature goes on, though others have come after it. What was signed of words
    that these parts no longer have is left out, and nobody waits for what they have signed."""
    now = {part: fingerprints.of(part) for part in parts}
    then = {part: fingerprints.of(part) for part in waiting}
    kept = [_without(each, now, signature.by) for each in approvals]
    fields = {name: getattr(signature, name) for name in Signature.__struct_fields__}
    for at, each in enumerate(kept):
        if all(getattr(each, name) == value for name, value in fields.items()):
            kept[at] = replace(each, pages={**each.pages, **now}, waiting={**each.waiting, **then})
            break
    else:
        kept.append(Approval(span=Span("", 1, 1, 1, 1), pages=now, waiting=then, **fields))
    return tuple(each for each in kept if each.pages or each.waiting)


def _without(approval: Approval, now: dict[str, str], by: str) -> Approval:
    pages = {p: mark for p, mark in approval.pages.items() if now.get(p, mark) == mark}
    waiting = {p: m for p, m in approval.waiting.items() if approval.by != by or p not in now}
    return replace(approval, pages=pages, waiting=waiting)


def read_before(
    approvals: Iterable[Approval], fingerprints: Fingerprints, by: str
) -> frozenset[str]:
    """The parts that a person has read, in the words that they have now, before what they share."""
    every = (item for each in approvals if each.by == by for item in each.waiting.items())
    return frozenset(part for part, mark in every if fingerprints.of(part) == mark)
