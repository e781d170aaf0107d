"""Read ``approvals.yaml``: who read which tree, and the fingerprints of what they read."""

from __future__ import annotations

from datetime import date

from ...model.approval import Approval, ApprovedEnding
from ..located import Entry, Node
from .fields import Fields, Reader
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
        about=fields.text("about"),
        opening=fields.text("opening"),
        questions=_texts(fields, "questions"),
        endings={name: _ending(text) for name, text in _texts(fields, "endings").items()},
        shared=tuple(fields.text("shared").split()),
        span=entry.span,
    )


def _texts(fields: Fields, key: str) -> dict[str, str]:
    return {
        entry.text: fields.reader.text_of(entry.value, f"a fingerprint in “{key}”")
        for entry in fields.listed(key)
    }


def _ending(text: str) -> ApprovedEnding:
    """The fingerprints of an ending; what is written in another way approves nothing."""
    whole, own, shows = [*map(str.strip, text.split("/")), "", "", ""][:3]
    try:
        return ApprovedEnding(whole, frozenset(own.split()), int(shows, 16))
    except ValueError:
        return ApprovedEnding()
