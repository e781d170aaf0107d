"""The library that ships as the build has read it, so that no YAML is parsed to walk it.

A wheel has it in ``fingerpost/compiled``: what all trees share in one file, each tree in one of its
own, which is decoded when it is first needed, and the index of a search in another. A checkout has
none, and reads the YAML.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from ..model.base import Frozen, as_json, from_json, replace
from ..model.graph import breadth_first
from ..model.library import Library
from ..model.tree import Tree
from .cross_references import links
from .folders import ENDING, shown
from .reading import Reading, shipped

_FOLDER = Path(__file__).parents[1] / "compiled"
_SHARED, _SEARCH = "library.json", "search.json"

_Index = TypeVar("_Index", bound=Frozen)


class _Compiled(Frozen):
    """A library without its trees and the sentences of its search, and the names of the trees."""

    library: Library
    trees: tuple[str, ...]


def files_of(trees: Path, index_of: Callable[[Library], Frozen]) -> Mapping[str, bytes]:
    """The compiled files of a folder of trees, by name; ``index_of`` makes that of a search.
    Raises ValueError if there is a mistake."""
    from .loader import load

    reading = load([trees])
    if reading.errors:
        raise ValueError(f"{len(reading.errors)} mistakes, the first: {reading.errors[0].message}")
    library, index = reading.library, index_of(load([trees], whole=True).library)
    # Where the fields of a route stand is found out when it is asked for.
    routes = {name: replace(r, spans=dict(r.spans)) for name, r in library.routes.items()}
    library = replace(library, routes=routes, search=library.search.without_sentences)
    shared = _Compiled(replace(library, trees={}), tuple(library.trees))
    files = {f"{name}.json": tree for name, tree in library.trees.items()}
    every = {_SHARED: shared, _SEARCH: index, **files}
    return {name: as_json(value).encode() for name, value in every.items()}


def read(
    trees: Collection[str] | None, local_file: Path | None, folder: Path = _FOLDER
) -> Reading | None:
    """The compiled library as ``loader.load`` reads it, with all trees or these and those that they
    link to; None if nothing is compiled here, or pages were approved since."""
    try:
        if _changed(shipped() / f"approvals{ENDING}") > _changed(folder / _SHARED):
            return None
        common = from_json((folder / _SHARED).read_bytes(), _Compiled)
    except OSError:
        return None
    every = _Trees(folder, common.trees)
    known = [name for name in trees or () if name in every]
    place = shipped()
    if trees is None or common.library.approvals:
        wanted: Mapping[str, Tree] = every
    else:
        wanted = {name: every[name] for name in breadth_first(known, every.links)}
    reading = Reading(
        library=replace(common.library, trees=wanted),
        mistakes=(),
        files={name: shown(place / f"{name}{ENDING}") for name in common.trees},
    )
    if local_file is None:
        return reading
    from .files.names import names_of  # few have any, and a user is waiting
    from .loader import with_local

    return with_local(reading, names_of(reading.library, trees=common.trees), local_file)


def search_index(kind: type[_Index], folder: Path = _FOLDER) -> _Index | None:
    """The compiled index of a search, which is of this kind; None if nothing is compiled here."""
    try:
        return from_json((folder / _SEARCH).read_bytes(), kind)
    except OSError:
        return None


def _changed(file: Path) -> float:
    """When a file was written last, in seconds; 0 if there is none."""
    try:
        return file.stat().st_mtime
    except OSError:
        return 0


class _Trees(Mapping[str, Tree]):
    """Trees by name, each decoded when it is first needed."""

    def __init__(self, folder: Path, names: Collection[str]) -> None:
        self._folder = folder
        self._found: dict[str, Tree | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> Tree:
        found = self._found[name]
        if found is None:
            text = (self._folder / f"{name}.json").read_bytes()
            found = self._found[name] = from_json(text, Tree)
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def links(self, name: str) -> tuple[str, ...]:
        """The trees that a tree links to."""
        return links(self[name])
