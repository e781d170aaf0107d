"""FP414: more lines to choose from, where a walk begins, than have a key of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...model.diagnostics import Diagnostic
from ...model.facts import TELLERS
from ...model.library import Library
from ...walk.doors import AT_ONCE, entrances


def find(library: Library) -> Iterator[Diagnostic]:
    """The first line too many, once for all readers who have it. A folder that is laid over the one
    with the doors may add trees of its own."""
    told = set()
    shared = {Path(door.span.file).parent.parent for door in library.doors}
    trees = [
        n for n, t in library.trees.items() if not shared or Path(t.span.file).parent in shared
    ]
    for teller in TELLERS:
        lines = entrances(library, teller, trees)
        for door, behind in lines[AT_ONCE : AT_ONCE + 1]:
            span = door.span if door else library.trees[behind[0]].span
            if span not in told:
                told.add(span)
                yield Diagnostic(
                    "FP414",
                    f"a {teller} has {len(lines)} lines to choose from, and {AT_ONCE} have a key",
                    span,
                    hint="put trees behind one door, in shared/doors.yaml",
                )
