"""Measures the search on sentences that nothing was tuned to, and prints where it fails."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml

from fingerpost.model.base import Frozen, replace
from fingerpost.reading.loader import load, shipped
from fingerpost.search.indexing import index_of
from fingerpost.search.trees import TreeSearch
from fingerpost.search.urgency import AS_URGENT, urgencies


class Said(Frozen):
    """What a reader says, and the trees that are right for it, the best first; with the trees that
    were found."""

    by: str | None
    said: str
    doors: tuple[str, ...]
    found: tuple[str, ...] = ()

    @property
    def is_first(self) -> bool:
        return bool(self.found) and self.found[0] in self.doors

    @property
    def is_in_three(self) -> bool:
        return not set(self.doors).isdisjoint(self.found[:3])

    def is_less_urgent(self, urgent: Mapping[str, float]) -> bool:
        """Whether a wrong tree comes first that is less urgent than the best one."""
        wrong = bool(self.found) and not self.is_first
        return wrong and urgent[self.found[0]] < urgent[self.doors[0]] - AS_URGENT

    def __str__(self) -> str:
        found = " ".join(self.found[:3]) or "nothing"
        return f"{self.by or 'anyone'}: {self.said}\n    {found} instead of {' '.join(self.doors)}"


def lines(file: Path) -> list[str]:
    """The sentences of a file, one a line."""
    return [line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def entries(file: Path) -> list[Said]:
    """The sentences of a YAML list, with their readers and trees."""
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [Said(each.get("by"), each["said"], tuple(each["doors"])) for each in read]


def tried(search: TreeSearch, sayings: Iterable[Said]) -> list[Said]:
    """The same, with the trees found."""
    return [
        replace(each, found=tuple(hit.tree for hit in search.find(each.said, each.by)))
        for each in sayings
    ]


def share(some: Sequence[object], every: Sequence[object]) -> str:
    return f"{len(some)} of {len(every)}, {100 * len(some) / max(1, len(every)):.1f} %"


def main(kind: str, file: Path) -> None:
    library = load([shipped()], whole=True).library
    search = TreeSearch(index_of(library))
    if kind == "doors":
        found = tried(search, entries(file))
        for by in sorted({each.by or "" for each in found}):
            some = [each for each in found if (each.by or "") == by]
            print(f"{by or 'anyone'}: first", share([e for e in some if e.is_first], some))
        urgent = urgencies(library)
        print("first right:", share([each for each in found if each.is_first], found))
        print("in three:", share([each for each in found if each.is_in_three], found))
        less = [each for each in found if each.is_less_urgent(urgent)]
        print("less urgent first:", share(less, found))
        print("\n".join(f"{'' if e.is_in_three else '! '}{e}" for e in found if not e.is_first))
        print("less urgent first:", *less, sep="\n")
        return
    said = lines(file)
    taken = [each for each in said if search.is_crisis(each)]
    print("taken for danger:", share(taken, said))
    wrong = taken if kind == "ordinary" else [each for each in said if each not in taken]
    if kind == "crisis":
        doors = {door for each in library.search.crisis.kinds.values() for door in each.doors}
        doors |= set(library.search.crisis.theirs.values())
        first = [each for each in said if {h.tree for h in search.find(each)[:2]} & doors]
        print("a door for danger in the first two:", share(first, said))
        wrong += [f"no door: {each}" for each in said if each not in first]
    print("\n".join(wrong))


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("crisis", "ordinary", "doors"):
        sys.exit(__doc__)
    main(sys.argv[1], Path(sys.argv[2]))
