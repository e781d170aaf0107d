"""The lines among which a reader chooses what has happened: doors, and trees that stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from ..model.library import Library
from ..model.tree import Door

AT_ONCE = 9
"""Lines that have a key of their own."""

Entrance: TypeAlias = tuple[Door | None, Sequence[str]]
"""A line: its door, or None for a tree that is behind none, and the trees behind it."""


def entrances(library: Library, teller: str, trees: Iterable[str]) -> list[Entrance]:
    """The lines for a reader, who may choose these trees.

    First those with a tree for this reader alone, then the doors as they are written down, then
    the trees that are behind none, in the order given. A ``catch_all`` tree comes last.
    """
    able = [n for n in trees if teller in library.trees[n].given.get("teller", (teller,))]
    facts = {"teller": frozenset({teller})}
    found: list[Entrance] = [
        (door, behind)
        for door in library.doors
        if door.shown(facts) and (behind := [name for name in able if name in door.trees])
    ]
    behind_one = {name for _, behind in found for name in behind}
    found += [(None, [name]) for name in able if name not in behind_one]

    def place(line: Entrance) -> tuple[bool, bool]:
        behind = [library.trees[name] for name in line[1]]
        own = any("teller" in tree.given for tree in behind)
        return all(tree.catch_all for tree in behind), not own

    return sorted(found, key=place)
