"""What a person signs, added to what was signed before, and all of it as ``approvals.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ..model.approval import Approval, Comment
from ..model.base import Frozen, as_json, replace
from ..model.diagnostics import Span
from ..page.approval import Fingerprints

NAME = "approvals.yaml"

_HEAD = """\
# yaml-language-server: $schema=../schema/approvals.schema.json
# Who read what, with a fingerprint of each part as it was, and what they said of it: “fingerpost
# approve” writes this. It is a record, kept with the files, and no seal: whoever can write here can
# write anything.
"""


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


def waiting(approvals: Iterable[Approval], fingerprints: Fingerprints) -> dict[str, Approval]:
    """The parts that people have read, in the words that they have now, before what they share; and
    when they did."""
    every = ((*item, each) for each in approvals for item in each.waiting.items())
    return {part: each for part, mark, each in every if fingerprints.of(part) == mark}


def read_before(
    approvals: Iterable[Approval], fingerprints: Fingerprints, by: str
) -> frozenset[str]:
    """The parts for which the reading of one person waits."""
    return frozenset(waiting((each for each in approvals if each.by == by), fingerprints))


def as_yaml(approvals: Iterable[Approval], comments: Iterable[Comment]) -> str:
    """The whole file."""
    signed = [line for each in approvals for line in _signed(each)]
    said = [line for each in comments for line in _said(each)]
    parts = [*(["approvals:", *signed] if signed else []), *(["comments:", *said] if said else [])]
    return _HEAD + "\n".join([*(parts or ["approvals: []"]), ""])


def _signed(approval: Approval) -> Iterator[str]:
    yield f"  - by: {as_json(approval.by)}"
    yield f"    role: {as_json(approval.role)}"
    if approval.organisation:
        yield f"    for: {as_json(approval.organisation)}"
    yield f"    on: {approval.on.isoformat()}"
    yield f"    until: {approval.until.isoformat()}"
    for key, parts in (("pages", approval.pages), ("waiting", approval.waiting)):
        if parts or key == "pages":
            yield f"    {key}:" if parts else f"    {key}: {{}}"
        yield from (f"      {as_json(part)}: {mark}" for part, mark in parts.items())


def _said(comment: Comment) -> Iterator[str]:
    yield f"  - page: {as_json(comment.page)}"
    if comment.line:
        yield f"    line: {as_json(comment.line)}"
    yield f"    says: {as_json(comment.says)}"
    yield f"    by: {as_json(comment.by)}"
    yield f"    on: {comment.on.isoformat()}"
