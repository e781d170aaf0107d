"""A difference as JSON, in ASCII, so that it holds no control or bidirectional characters."""

from __future__ import annotations

import json
from typing import Any

from ..model.library import Library
from ..proof.witness import Witness
from .audience import Told, Whom
from .comparison import Difference
from .impact import Change
from .text_changes import Written


def as_json(difference: Difference, old: str, new: str) -> str:
    """One object with a format version; ``old`` and ``new`` name what was compared."""
    written = {
        "version": 1,
        "old": old,
        "new": new,
        "people": [_change(difference, change) for change in difference.changes],
        "not_decided": list(difference.not_decided),
        "words": [
            {
                "name": each.name,
                "also": list(each.also),
                "old": _written(each.old),
                "new": _written(each.new),
            }
            for each in difference.words
        ],
    }
    return json.dumps(written, indent=2) + "\n"


def _change(difference: Difference, change: Change) -> dict[str, Any]:
    return {
        "what": change.what.value,
        "turn": change.turn.value,
        "name": change.name,
        "words": change.words,
        "at": None if change.at is None else "/".join(change.at),
        "old": change.old,
        "new": change.new,
        "for": _whom(change.whom),
        "old_way": _way(difference.old, change.old_way),
        "new_way": _way(difference.new, change.new_way),
        "gone": list(change.beside.gone),
        "come": list(change.beside.come),
        "instead": list(change.beside.instead),
    }


def _whom(whom: Whom) -> dict[str, Any]:
    """The groups; none means everyone, or an unspecified part of them."""
    return {"some": whom.some, "groups": [[*map(_told, group)] for group in whom.groups]}


def _told(told: Told) -> dict[str, Any]:
    """The values that a fact may have, or that it does not have; null is unknown."""
    values = [value or None for value in told.values]
    return {"fact": told.fact, "none_of" if told.without else "any_of": values}


def _way(library: Library, way: Witness | None) -> dict[str, Any] | None:
    return None if way is None else {"tree": way.tree, "answers": list(way.words(library))}


def _written(written: Written | None) -> dict[str, Any] | None:
    if written is None:
        return None
    return {"text": written.text, "file": written.span.file, "line": written.span.line}
