"""Approvals and comments as the text of ``approvals.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.approval import Approval, Comment
from ..model.base import as_json

NAME = "approvals.yaml"

_HEAD = """\
# yaml-language-server: $schema=../schema/approvals.schema.json
# Who read what, with a fingerprint of each part as it was, and what they said of it: “fingerpost
# approve” writes this. It is a record, kept with the files, and no seal: whoever can write here can
# write anything.
"""


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
        yield from [f"    {key}:"] if parts else []
        yield from (f"      {as_json(part)}: {mark}" for part, mark in parts.items())


def _said(comment: Comment) -> Iterator[str]:
    yield f"  - page: {as_json(comment.page)}"
    if comment.line:
        yield f"    line: {as_json(comment.line)}"
    yield f"    says: {as_json(comment.says)}"
    yield f"    by: {as_json(comment.by)}"
    yield f"    on: {comment.on.isoformat()}"
