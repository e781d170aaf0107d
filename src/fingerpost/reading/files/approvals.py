"""Read ``approvals.yaml``: who read which tree, and a fingerprint of each page as it was."""

from __future__ import annotations

from datetime import date

from ...model.approval import Approval
from ..located import Entry, Node
from .fields import Reader
from .names import Sort


def approvals(reader: Reader, node: Node) -> dict[str, Approval]:
    """The approvals by tree."""
    return {e.text: _approval(reader, e) for e in reader.top(node, "approvals").listed("approvals")}


def _approval(reader: Reader, entry: Entry) -> Approval:
    reader.must_know(entry.text, entry.key, Sort.TREE)
    fields = reader.inside(entry, "approval")
    return Approval(
        tree=entry.text,
        by=fields.text("by"),
        role=fields.text("role"),
        on=fields.day("on") or date.max,
        until=fields.day("until") or date.min,
        organisation=fields.text("for"),
        before=fields.text("before"),
        endings={
            each.text: reader.text_of(each.value, "a fingerprint in “endings”")
            for each in fields.listed("endings")
        },
        span=entry.span,
    )
