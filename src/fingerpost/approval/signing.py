"""What a person signs, added to what was signed before, and all of it as ``approvals.yaml``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta

from ..model.approval import Approval, Comment
from ..model.base import Frozen, as_json, replace
from ..model.diagnostics import Span
from ..page.approval import Fingerprints

NAME = "approvals.yaml"

_HEAD = """\
# Who read what, with a fingerprint of each part as it was, and what they said of it: “fingerpost
# approve” writes this. It is a record, kept with the files, and no seal: whoever can write here can
# write anything.
"""


class Signature(Frozen):
    """Who signs, on which day, until which day, for which organisation, and the lines of which
    nation; the last two may be empty."""

    by: str
    role: str
    on: date
    until: date
    organisation: str = ""
    nation: str = ""


A_YEAR = timedelta(days=365)
"""After which what was signed is to be read again."""


def sign(
    approvals: Sequence[Approval],
    fingerprints: Fingerprints,
    signature: Signature,
    parts: Iterable[str],
) -> tuple[Approval, ...]:
    """These approvals with one of some parts as they are now: that with this signature goes on,
    though others have come after it. What was signed of words that these parts no longer have is
    left out."""
    now = {part: fingerprints.of(part) for part in parts}
    kept = [_only(each, lambda part, mark: now.get(part, mark) == mark) for each in approvals]
    fields = {name: getattr(signature, name) for name in Signature.__struct_fields__}
    for at, each in enumerate(kept):
        if all(getattr(each, name) == value for name, value in fields.items()):
            kept[at] = replace(each, pages={**each.pages, **now})
            break
    else:
        kept.append(Approval(span=Span("", 1, 1, 1, 1), pages=now, **fields))
    return tuple(each for each in kept if each.pages)


def take_back(
    approvals: Iterable[Approval], by: str, parts: Collection[str]
) -> tuple[Approval, ...]:
    """These approvals without what one person signed of some parts."""
    kept = (
        _only(each, lambda part, _: part not in parts) if each.by == by else each
        for each in approvals
    )
    return tuple(each for each in kept if each.pages)


def _only(approval: Approval, keeps: Callable[[str, str], bool]) -> Approval:
    pages = {part: mark for part, mark in approval.pages.items() if keeps(part, mark)}
    return replace(approval, pages=pages)


def as_yaml(approvals: Iterable[Approval], comments: Iterable[Comment]) -> str:
    """The whole file."""
    signed = [
        f"{_entry(each, 'by', 'role', 'organisation', 'nation', 'on', 'until')}\n    pages:\n"
        + "\n".join(f"      {as_json(part)}: {mark}" for part, mark in each.pages.items())
        for each in approvals
    ]
    closed = ("closed", "closed_on", "because")
    said = [_entry(x, "page", "line", "says", "by", "on", "nation", *closed) for x in comments]
    parts = [*(["approvals:", *signed] if signed else []), *(["comments:", *said] if said else [])]
    return _HEAD + "\n".join([*(parts or ["approvals: []"]), ""])


def _entry(value: Approval | Comment, *names: str) -> str:
    """An entry of a list with these fields, as far as they are told."""
    keys = {"organisation": "for", "closed_on": "closed-on"}
    told = {keys.get(name, name): getattr(value, name) for name in names}
    rows = (f"{n}: {v if isinstance(v, date) else as_json(v)}" for n, v in told.items() if v)
    return "  - " + "\n    ".join(rows)
