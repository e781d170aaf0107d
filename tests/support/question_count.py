"""Count the questions that a person is asked before the page, by tree and by teller.

The longest way is that of the walk with the most questions. The usual one is the median over all
ways, where every answer to a question is equally likely. Nobody is in danger, and what is asked at
an ending does not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fingerpost.model.facts import TELLERS
from fingerpost.model.library import Library
from fingerpost.model.tree import Question
from fingerpost.walk.walk import Walk, unasked

_SURE = "none"


def counts(library: Library) -> Iterator[tuple[str, str, int, int, tuple[str, ...]]]:
    """For each tree and teller who can walk it: the usual and the longest count, and the facts of a
    longest way."""
    for name, tree in library.trees.items():
        given = library.gives(tree).get("teller", frozenset(TELLERS))
        for teller in TELLERS:
            if teller in given:
                ways = _Ways(library).of(Walk.begin(library, name), teller)
                longest = max(ways)
                yield name, teller, _median(ways), longest, ways[longest][1]


class _Ways:
    """How probable each number of questions is from a walk, with the facts of one such way."""

    def __init__(self, library: Library) -> None:
        steps = [q for tree in library.trees.values() for q in tree.questions.values()]
        asked = Counter(question.fact for question in steps)
        conditions = {fact for question in steps for fact in question.when.facts}
        self.read = {fact for fact, often in asked.items() if often > 1} | conditions
        self.found: dict[object, dict[int, tuple[float, tuple[str, ...]]]] = {}

    def of(self, walk: Walk, teller: str) -> dict[int, tuple[float, tuple[str, ...]]]:
        here = walk.here
        if not isinstance(here, Question):
            return {0: (1.0, ())}
        known = frozenset((f, v) for f, v in walk.facts.items() if f in self.read)
        key = (walk.tree.name, here.name, known, teller)
        if key not in self.found:
            values = [teller] if here.fact == "teller" else here.values
            if here.in_danger:
                values = [value for value in values if value not in here.in_danger]
            answers = [unasked(here) or frozenset()] if unasked(here) else [{v} for v in values]
            ways: dict[int, tuple[float, tuple[str, ...]]] = {}
            for answer in answers:
                for count, (share, facts) in self.of(walk.answer(answer), teller).items():
                    total = count + (not here.at_ending)
                    before = ways.get(total, (0.0, ()))[0]
                    way = facts if here.at_ending else (here.fact, *facts)
                    ways[total] = (before + share / len(answers), way)
            self.found[key] = ways
        return self.found[key]


def _median(ways: dict[int, tuple[float, tuple[str, ...]]]) -> int:
    total = 0.0
    for count in sorted(ways):
        total += ways[count][0]
        if total >= 0.5 - 1e-9:
            return count
    raise AssertionError("the shares add up to 1")


def table(library: Library) -> str:
    """The counts as the Markdown table of ``docs/exam.md``: usual and longest for each teller."""
    found: dict[str, dict[str, str]] = {}
    for tree, teller, usual, longest, _ in counts(library):
        found.setdefault(tree, {})[teller] = f"{usual}, {longest}"
    rows = [("tree", *TELLERS), ("---",) * (1 + len(TELLERS))]
    rows += [(tree, *(row.get(teller, "") for teller in TELLERS)) for tree, row in found.items()]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    from fingerpost.reading.loader import load, shipped

    print(table(load([shipped()]).library))
