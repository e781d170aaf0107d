"""Path counts and paths as JSON, in ASCII.

Numbers of paths are strings of digits: most programs would round a number that large.
"""

from __future__ import annotations

import json
from typing import Any

from ...model.library import Library
from ..path_count import Counted, Ending, Path
from .path_words import digits, known, said


def counted(library: Library, found: Counted) -> str:
    """Every ending of a tree, as one object."""
    written = {
        "tree": found.tree,
        "given": list(known(found.given)),
        "paths": digits(found.paths),
        "endings": [_ending(library, ending) for ending in found.endings],
    }
    return json.dumps(written, indent=2) + "\n"


def one(library: Library, path: Path) -> str:
    """A path as an object on one line, for JSON Lines."""
    replies = list(said(library, path))
    return json.dumps({"tree": path.tree, "outcome": path.outcome.name, "said": replies})


def _ending(library: Library, ending: Ending) -> dict[str, Any]:
    shortest = ending.shortest
    return {
        "tree": ending.tree,
        "outcome": ending.outcome.name,
        "urgency": ending.outcome.urgency.name.lower(),
        "paths": digits(ending.paths),
        "for": {fact: sorted(values) for fact, values in ending.people.items()},
        "shortest": None if shortest is None else list(said(library, shortest)),
    }
