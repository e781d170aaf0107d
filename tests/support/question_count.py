"""Count the questions that a person is asked before the page, by tree and by teller."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fingerpost.model.facts import TELLERS
from fingerpost.model.graph import Place, breadth_first, successors
from fingerpost.model.library import Library
from fingerpost.model.tree import Question
from fingerpost.walk.walk import Walk


def counts(library: Library) -> Iterator[tuple[str, str, int, int, tuple[str, ...]]]:
    """For each tree and teller who can walk it: the usual and the longest count, and the facts of a
    longest way."""
    ways_on = _Ways(library)
    for name, tree in library.trees.items():
        given = library.gives(tree).get("teller", frozenset(TELLERS))
        for teller in TELLERS:
            if teller in given:
                ways = ways_on.of(Walk.begin(library, name), teller)
                longest = max(ways)
                yield name, teller, _median(ways), longest, ways[longest][1]


class _Ways:
    """How probable each number of questions is from a walk, with the facts of one such way.

    It is found once for all who come to a step with the same answers, as far as anything from there
    on reads them.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.read: dict[Place, frozenset[str]] = {}
        self.found: dict[object, dict[int, tuple[float, tuple[str, ...]]]] = {}

    def of(self, walk: Walk, teller: str) -> dict[int, tuple[float, tuple[str, ...]]]:
        here = walk.here
        if not isinstance(here, Question):
            return {0: (1.0, ())}
        place = (walk.tree.name, here.name)
        read = self._read_from(place)
        known = frozenset((f, v) for f, v in walk.facts.items() if f in read)
        key = (place, known, teller)
        if key not in self.found:
            self.found[key] = self._from(here, walk, teller)
        return self.found[key]

    def _from(
        self, here: Question, walk: Walk, teller: str
    ) -> dict[int, tuple[float, tuple[str, ...]]]:
        values = [teller] if here.fact == "teller" else here.values
        if here.in_danger:
            values = [value for value in values if value not in here.in_danger]
        answers = [walk.unasked] if walk.unasked else [{v} for v in values]
        ways: dict[int, tuple[float, tuple[str, ...]]] = {}
        for answer in answers:
            for count, (share, facts) in self.of(walk.answer(answer), teller).items():
                total = count + (not here.at_ending)
                before = ways.get(total, (0.0, ()))[0]
                way = facts if here.at_ending else (here.fact, *facts)
                ways[total] = (before + share / len(answers), way)
        return ways

    def _read_from(self, place: Place) -> frozenset[str]:
        """The facts that decide who is asked what from a step on."""
        if place not in self.read:
            later = breadth_first([place], lambda at: successors(self.library, at))
            steps = (self.library.trees[tree].step(name) for tree, name in later)
            self.read[place] = frozenset(
                fact
                for step in steps
                if isinstance(step, Question)
                for fact in (step.fact, *step.when.facts)
            )
        return self.read[place]


def _median(ways: dict[int, tuple[float, tuple[str, ...]]]) -> int:
    total = 0.0
    for count in sorted(ways):
        total += ways[count][0]
        if total >= 0.5 - 1e-9:
            return count
    raise AssertionError("the shares add up to 1")


def table(found: Iterable[tuple[str, str, int, int, tuple[str, ...]]]) -> str:
    """Counts as the Markdown table of ``docs/exam.md``: usual and longest for each teller."""
    by_tree: dict[str, dict[str, str]] = {}
    for tree, teller, usual, longest, _ in found:
        by_tree.setdefault(tree, {})[teller] = f"{usual}, {longest}"
    rows = [("tree", *TELLERS), ("---",) * (1 + len(TELLERS))]
    rows += [(tree, *(row.get(teller, "") for teller in TELLERS)) for tree, row in by_tree.items()]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    from fingerpost.reading.loader import load, shipped

    print(table(counts(load([shipped()]).library)))
