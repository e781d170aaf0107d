"""The step graph of a library: nodes are questions and endings, edges are ways on.

An edge is an answer, or the carry-on of an ending; links between trees are edges like any other.
Every edge counts, whatever the facts; ``proof`` decides which nodes a person can reach.
"""

from __future__ import annotations

from collections.abc import (
    Callable,
    Collection,
    Hashable,
    Iterable,
    Iterator,
    KeysView,
    Mapping,
    Sequence,
)
from functools import cached_property
from itertools import chain, islice
from typing import TypeAlias, TypeVar

from .base import Frozen, grouped
from .facts import Facts
from .library import Library
from .tree import Outcome, Question, Step, Target

Place: TypeAlias = tuple[str, str]
"""A step, by its tree and its name."""

Vertex = TypeVar("Vertex", bound=Hashable)

_MOST_SEARCHED = 2_000
"""The node budget of a backward search."""


class Node(Frozen):
    """A step, the facts that its tree gives, and its outgoing edges.

    ``edges`` are pairs of a value (empty for a carry-on) and the number of the target node, in the
    order of the answers. ``otherwise`` is the target for those who are not asked a question, if it
    has a condition. ``successors`` are all targets, each once.
    """

    tree: str
    step: Step
    given: tuple[tuple[str, frozenset[str]], ...]
    edges: tuple[tuple[str, int], ...]
    successors: tuple[int, ...]
    otherwise: int | None = None

    @property
    def place(self) -> Place:
        """The step, by its tree and its name."""
        return (self.tree, self.step.name)

    def target(self, values: Collection[str]) -> int | None:
        """The target of these values of its fact: that of the first one offered. None if no edge
        has one of them."""
        return next((target for value, target in self.edges if value in values), None)

    def passed_to(self, known: Facts) -> int | None:
        """The target of a question that is passed over by those who know these facts, or None."""
        if not isinstance(self.step, Question):
            return None
        if not self.step.when.holds(known):
            return self.otherwise
        return self.target(known.get(self.step.fact, ()))

    def values_by_target(self) -> Iterator[frozenset[str]]:
        """For each successor the values of its edges."""
        return map(frozenset, grouped((to, value) for value, to in self.edges).values())


class StepGraph:
    """The steps reachable from the starts of some trees, numbered breadth first.

    ``besides`` are further steps, reachable or not, which are numbered first. A link to a missing
    step, which reading reports, has no edge. Raises KeyError for a tree that does not exist or has
    no start.
    """

    def __init__(self, library: Library, *trees: str, besides: Iterable[Place] = ()) -> None:
        self.library = library
        starts = {tree: _start(library, tree) for tree in trees}
        edges: dict[Place, list[tuple[str, Place]]] = {}

        def targets(place: Place) -> Iterator[Place]:
            edges[place] = list(_edges(library, place))
            return chain((to for _, to in edges[place]), _otherwise(library, place))

        places = breadth_first((*besides, *starts.values()), targets)
        self._numbers = {place: number for number, place in enumerate(places)}
        self.starts = {tree: self._numbers[place] for tree, place in starts.items()}
        given = {tree: tuple(library.gives(found).items()) for tree, found in library.trees.items()}
        self.nodes = tuple(self._node(at, given[at[0]], edges[at]) for at in self._numbers)

    @classmethod
    def whole(cls, library: Library) -> StepGraph:
        """The graph of all steps, in the order of the files, with the starts of all trees."""
        trees = library.trees.values()
        steps = ((t.name, name) for t in trees for name in (*t.questions, *t.outcomes))
        return cls(library, *(t.name for t in trees if t.step("")), besides=steps)

    def _node(
        self,
        place: Place,
        given: tuple[tuple[str, frozenset[str]], ...],
        targets: Iterable[tuple[str, Place]],
    ) -> Node:
        edges = tuple([(value, self._numbers[to]) for value, to in targets])
        otherwise = next((self._numbers[to] for to in _otherwise(self.library, place)), None)
        past = () if otherwise is None else (otherwise,)
        successors = tuple(dict.fromkeys([*(to for _, to in edges), *past]))
        return Node(place[0], _step(self.library, place), given, edges, successors, otherwise)

    def index(self, tree: str, step: str) -> int:
        """The number of a step. Raises KeyError if it is not in the graph."""
        return self._numbers[tree, step]

    @property
    def places(self) -> KeysView[Place]:
        """All steps, by number."""
        return self._numbers.keys()

    def questions(self) -> Iterator[Question]:
        """All questions, by number."""
        return (node.step for node in self.nodes if isinstance(node.step, Question))

    @cached_property
    def endings(self) -> tuple[int, ...]:
        """The numbers of all endings."""
        return tuple(n for n, node in enumerate(self.nodes) if isinstance(node.step, Outcome))

    def depth_first(self) -> Iterator[tuple[Sequence[int], int | None]]:
        """A depth-first search of all nodes, from the starts and then by number; iterative, since
        paths may exceed Python's recursion limit.

        Yields the path to a node and None when the node is left, and the path and the index of the
        target in it for each back edge. The path is one list, which the search mutates.
        """
        path: list[int] = []
        index: dict[int, int | None] = {}  # in the path; None for a node that was left
        for root in (*self.starts.values(), *range(len(self.nodes))):
            edges = [iter((root,))]
            while edges:
                for number in edges[-1]:
                    if number not in index:
                        index[number] = len(path)
                        path.append(number)
                        edges.append(iter(self.nodes[number].successors))
                        break
                    if (at := index[number]) is not None:
                        yield path, at
                else:
                    edges.pop()
                    if path:
                        yield path, None
                        index[path.pop()] = None

    @cached_property
    def postorder(self) -> tuple[int, ...]:
        """The nodes in postorder: each after all its successors, but for back edges."""
        return tuple(path[-1] for path, back in self.depth_first() if back is None)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The nodes in reverse postorder: each after all its predecessors, but for back edges."""
        return self.postorder[::-1]

    @cached_property
    def position(self) -> tuple[int, ...]:
        """For each node its index in ``order``."""
        position = [0] * len(self.nodes)
        for at, number in enumerate(self.order):
            position[number] = at
        return tuple(position)

    @cached_property
    def cyclic(self) -> bool:
        """Whether there is a back edge."""
        at = self.position
        return any(at[to] <= at[n] for n, node in enumerate(self.nodes) for to in node.successors)

    @cached_property
    def predecessors(self) -> tuple[tuple[int, ...], ...]:
        """For each node the sources of its incoming edges, by number."""
        found: list[list[int]] = [[] for _ in self.nodes]
        for number, node in enumerate(self.nodes):
            for target in node.successors:
                found[target].append(number)
        return tuple(map(tuple, found))

    def reachable_from(self, numbers: Iterable[int]) -> KeysView[int]:
        """The nodes reachable from some nodes, and these themselves, in breadth-first order."""
        return dict.fromkeys(breadth_first(numbers, lambda n: self.nodes[n].successors)).keys()

    def nearest_before(self, number: int, wanted: Callable[[Step], bool]) -> Step | None:
        """The nearest wanted step, backwards from a node, or None within the node budget."""
        back = breadth_first([number], self.predecessors.__getitem__)
        steps = (self.nodes[n].step for n in islice(back, 1, _MOST_SEARCHED))
        return next(filter(wanted, steps), None)

    def ahead(self, own: Mapping[int, int]) -> list[int]:
        """For each node the union of the bits of all nodes reachable over one edge or more; ``own``
        has the bits of some nodes."""
        found = [0] * len(self.nodes)
        changed = True
        while changed:
            changed = False
            for number in self.postorder:
                bits = 0
                for target in self.nodes[number].successors:
                    bits |= own.get(target, 0) | found[target]
                changed = changed or (self.cyclic and bits != found[number])
                found[number] = bits
        return found

    def known(self, fact: str, *, early: bool) -> KeysView[int]:
        """The nodes on arriving at which a fact may be known; ``early``: at the starts too."""
        told = (node.successors for node in self.nodes if settles(node.step, fact))
        gives = (n for n, node in enumerate(self.nodes) if fact in dict(node.given))
        return self.reachable_from(
            (*(self.starts.values() if early else ()), *gives, *chain(*told))
        )


def settles(step: Step, fact: str) -> bool:
    """Whether a step makes a fact known, by an answer or by a carry-on."""
    return step.fact == fact if isinstance(step, Question) else fact in step.settles


def successors(library: Library, place: Place) -> Iterator[Place]:
    """The targets of a step, with duplicates."""
    return chain((to for _, to in _edges(library, place)), _otherwise(library, place))


def breadth_first(
    starts: Iterable[Vertex], successors: Callable[[Vertex], Iterable[Vertex]]
) -> Iterator[Vertex]:
    """The vertices reachable from some starts, and these themselves, in breadth-first order."""
    found = dict.fromkeys(starts)
    waiting = list(found)
    for vertex in waiting:  # the queue, which grows
        yield vertex
        for successor in successors(vertex):
            if successor not in found:
                found[successor] = None
                waiting.append(successor)


def _start(library: Library, tree: str) -> Place:
    place = library.place(Target(tree, "", span=library.trees[tree].span))
    if place is None:
        raise KeyError(tree)
    return place


def _edges(library: Library, place: Place) -> Iterator[tuple[str, Place]]:
    """The edges of a step that have a target: the value of each, and the step it leads to."""
    for value, target in _step(library, place).ways:
        to = library.place(target)
        if to is not None:
            yield value, to


def _otherwise(library: Library, place: Place) -> Iterator[Place]:
    """The step to which those go who are not asked the question of a step, if there is one."""
    step = _step(library, place)
    target = step.otherwise if isinstance(step, Question) else None
    to = None if target is None else library.place(target)
    return iter(() if to is None else (to,))


def _step(library: Library, place: Place) -> Step:
    step = library.trees[place[0]].step(place[1])
    assert step is not None  # a place is that of a step
    return step
