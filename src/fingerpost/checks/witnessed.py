"""Mistakes on a path, each with a walk that leads to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..model.base import replace
from ..model.diagnostics import Diagnostic
from ..model.library import Library
from ..proof.prover import Key, Met, Search


def witnessed(
    library: Library, search: Search[Key], mistake: Callable[[Key, Met], Diagnostic]
) -> Iterator[Diagnostic]:
    """The mistakes that a search found, each with its witness."""
    for key, met in search.found.items():
        way = met.witness
        yield replace(mistake(key, met), witness=way.words(library), begins=way.tree)
