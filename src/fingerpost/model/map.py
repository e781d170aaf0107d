"""The steps that people can meet, through doors between trees, and the ways between them.

A map is plain data about the graph: what leads where, in which order, what may be known on
arriving at a step and what may still be asked from there. Who really comes: see ``reachability``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from .furthest import furthest_first
from .library import Library
from .tree import Outcome, Question, Step


class Node:
    """A step, what its tree gives to all who are there, and where each of its answers leads.

    ``ways`` are pairs of a value (empty for a carry-on) and the number of the node it leads to.
    """

    __slots__ = ("given", "onward", "step", "tree", "ways")

    def __init__(
        self, tree: str, step: Step, given: tuple[tuple[str, frozenset[str]], ...]
    ) -> None:
        self.tree = tree
        self.step = step
        self.given = given
        self.ways: tuple[tuple[str, int], ...] = ()
        self.onward: tuple[int, ...] = ()

    @property
    def place(self) -> tuple[str, str]:
        """The step, by its tree and its name."""
        return (self.tree, self.step.name)


class Map:
    """The steps that can be met from the starts of some trees.

    A way that leads to no step is a mistake that reading reports; here it is left out. Raises
    KeyError for a tree that is not there or has no start.
    """

    def __init__(self, library: Library, *trees: str) -> None:
        self.library = library
        self.nodes: list[Node] = []
        self._index: dict[tuple[str, str], int] = {}
        self.starts: dict[str, int] = {}
        self._given: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {}
        for tree in trees:
            start = self._add(tree, "")
            if start is None:
                raise KeyError(tree)
            self.starts[tree] = start
        for node in self.nodes:  # which grows as ways are found
            found = ((value, self._add(to.tree, to.step)) for value, to in node.step.ways)
            node.ways = tuple((value, way) for value, way in found if way is not None)
            node.onward = tuple(dict.fromkeys(way for _, way in node.ways))

    @property
    def start(self) -> int:
        """The number of the first start."""
        return next(iter(self.starts.values()))

    def questions(self) -> Iterator[Question]:
        """Every question that can be met."""
        return (node.step for node in self.nodes if isinstance(node.step, Question))

    def index(self, tree: str, step: str) -> int:
        """The number of a step. Raises KeyError if nothing leads there."""
        return self._index[tree, step]

    @cached_property
    def endings(self) -> tuple[int, ...]:
        """The numbers of all endings, as they are met."""
        return tuple(n for n, node in enumerate(self.nodes) if isinstance(node.step, Outcome))

    @cached_property
    def facts(self) -> Mapping[str, int]:
        """Every fact that can come to be known on the way, in the order in which they are met,
        and at how many steps."""
        found: dict[str, int] = {}
        for node in self.nodes:
            told = (node.step.fact,) if isinstance(node.step, Question) else node.step.settles
            for fact in (*told, *(fact for fact, _ in node.given)):
                found[fact] = found.get(fact, 0) + 1
        return found

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Every node after all that lead to it; where ways go round, as nearly as can be."""
        last_first = furthest_first(self.starts.values(), lambda number: self.nodes[number].onward)
        return tuple(reversed(last_first))

    @cached_property
    def position(self) -> tuple[int, ...]:
        """For each node where it stands in the order."""
        position = [0] * len(self.nodes)
        for at, number in enumerate(self.order):
            position[number] = at
        return tuple(position)

    @cached_property
    def goes_round(self) -> bool:
        """Whether some way leads back to a step before it."""
        at = self.position
        return any(at[way] <= at[n] for n, node in enumerate(self.nodes) for way in node.onward)

    def from_start(self, tree: str) -> frozenset[int]:
        """The numbers of all nodes to which ways lead from the start of a tree."""
        found, waiting = {self.starts[tree]}, [self.starts[tree]]
        while waiting:
            onward = self.nodes[waiting.pop()].onward
            new = [number for number in onward if number not in found]
            found.update(new)
            waiting += new
        return frozenset(found)

    @cached_property
    def before(self) -> tuple[tuple[int, ...], ...]:
        """For each node those that lead to it."""
        leading: list[list[int]] = [[] for _ in self.nodes]
        for number, node in enumerate(self.nodes):
            for target in node.onward:
                leading[target].append(number)
        return tuple(map(tuple, leading))

    def known(
        self, bits: Mapping[str, int], early: Iterable[str], matter: Sequence[int] | None = None
    ) -> list[int]:
        """For each node, as bits, those of some facts that may be known to who is there; ``early``
        are those that may be known at a start. With ``matter``, only what matters at a node is
        known there, and none the less what it tells."""
        known = [0] * len(self.nodes)
        gives = [_all_of(bits, (fact for fact, _ in node.given)) for node in self.nodes]
        tells = [
            bits.get(node.step.fact, 0)
            if isinstance(node.step, Question)
            else _all_of(bits, node.step.settles)
            for node in self.nodes
        ]
        first = _all_of(bits, early)
        everything = (1 << len(bits)) - 1
        for start in self.starts.values():
            known[start] = (first | gives[start]) & (matter[start] if matter else everything)
        changed = True
        while changed:
            changed = False
            for number in self.order:
                after = known[number] | tells[number]
                for target in self.nodes[number].onward:
                    there = known[target] | after | gives[target]
                    if matter:
                        there &= matter[target]
                    changed = changed or (self.goes_round and there != known[target])
                    known[target] = there
        return known

    def _add(self, tree: str, step: str) -> int | None:
        here = self.library.trees.get(tree)
        found = here.step(step) if here else None
        if here is None or found is None:
            return None
        place = (tree, found.name)
        number = self._index.get(place)
        if number is None:
            number = self._index[place] = len(self.nodes)
            if tree not in self._given:
                self._given[tree] = tuple(self.library.gives(here).items())
            self.nodes.append(Node(tree, found, self._given[tree]))
        return number


def _all_of(bits: Mapping[str, int], facts: Iterable[str]) -> int:
    together = 0
    for fact in facts:
        together |= bits.get(fact, 0)
    return together
