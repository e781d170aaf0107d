"""Approvals as the text of ``approvals.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.approval import Approval
from ..model.base import as_json

NAME = "approvals.yaml"

_HEAD = """\
# yaml-language-server: $schema=../schema/approvals.schema.json
# Who read which tree, and a fingerprint of each page as it was: “fingerpost approve” writes this.
# It is a record, kept with the files, and no seal: whoever can write here can write anything.
approvals:
"""


def as_yaml(approvals: Iterable[Approval]) -> str:
    """The whole file, in the order of the names of the trees."""
    in_order = sorted(approvals, key=lambda approval: approval.tree)
    return _HEAD + "".join(f"{line}\n" for each in in_order for line in _lines(each))


def _lines(approval: Approval) -> Iterator[str]:
    yield f"  {approval.tree}:"
    yield f"    by: {as_json(approval.by)}"
    yield f"    role: {as_json(approval.role)}"
    yield f"    on: {approval.on.isoformat()}"
    yield f"    until: {approval.until.isoformat()}"
    if approval.organisation:
        yield f"    for: {as_json(approval.organisation)}"
    yield f"    before: {approval.before}"
    yield "    endings:"
    for name, mark in approval.endings.items():
        yield f"      {name}: {mark}"
