"""One exploration of a step graph: at each step the boxes of what may be known there.

The graph is walked once in topological order. What nothing ahead reads is forgotten on arriving,
and boxes that differ in one field alone are one. ``docs/proving.md`` says why that loses nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from ..model.base import Frozen, grouped
from ..model.facts import WROTE, Facts
from ..model.graph import Node, StepGraph
from ..model.tree import Question
from .boxes import MOST_BOXES, Box, Condition, Facets, LimitReached, Room
from .formula import ALWAYS, Formula, Not, Test, both, of

BEGAN = "/began"
"""The fact that says in which tree a walk began. No author's fact has a slash in its name."""


class Way(Frozen):
    """A way on from a step, for those of whom ``condition`` is true.

    On arriving at ``target`` all bits of ``told`` are replaced by ``bits``: what was said, and what
    the tree of the target gives. ``said`` has the bits of the answers that go this way; it is None
    where none is taken.
    """

    condition: Condition
    target: int
    told: int
    bits: int
    said: int | None


class Ways:
    """All ways of a step graph, and what may be known where they begin.

    ``beforehand`` has the values of facts of which one value, or none, may be known in advance.
    What was typed may be anything.
    """

    def __init__(self, here: StepGraph, beforehand: Mapping[str, Collection[str]]) -> None:
        self.map = here
        library = here.library
        self.beforehand = {f: v for f, v in beforehand.items() if not library.always_asks(f)}
        typed = library.questions.get(WROTE)
        self.typed = {} if typed is None else {WROTE: typed.values}
        values: dict[str, dict[str, None]] = {BEGAN: dict.fromkeys(here.starts)}
        many: set[str] = set(self.typed)
        for fact, those, several in self._told():
            values.setdefault(fact, {}).update(dict.fromkeys(those))
            if several:
                many.add(fact)
        self.facets = Facets({fact: tuple(each) for fact, each in values.items()}, many)
        self._known: dict[str, Collection[int]] = {}
        self._given = [self._bits(dict(node.given)) for node in here.nodes]
        self.from_ = tuple(tuple(self._from(node)) for node in here.nodes)

    def _told(self) -> Iterator[tuple[str, Iterable[str], bool]]:
        """Everything that makes a fact known: its values, and whether it may have several."""
        for node in self.map.nodes:
            told = [*node.given]  # not a mapping: an ending may settle another value than is given
            if isinstance(node.step, Question):
                yield node.step.fact, node.step.values, node.step.many
            else:
                told += node.step.settles.items()
            yield from ((fact, sorted(values), len(values) > 1) for fact, values in told)
        yield from ((f, values, False) for f, values in self.beforehand.items())
        yield from ((f, values, True) for f, values in self.typed.items())

    def beginning(self, number: int) -> Box:
        """All who may begin at a node."""
        facets = self.facets
        early = facets.mask((*self.beforehand, *self.typed))
        began = facets.facts[BEGAN]
        box = facets.unknown & ~began.mask | began.known([self.map.nodes[number].tree]) | early
        told, bits = self._given[number]
        return box & ~told | bits

    def given(self, number: int, box: Box) -> Facts:
        """As little as may be known beforehand by somebody in a box at a start."""
        facts = self.facets.facts
        told = dict(self.map.nodes[number].given)
        known = (
            (fact, facts[fact].read(box & facts[fact].mask))
            for fact in (*self.beforehand, *self.typed)
            if fact not in told
        )
        return {fact: values for fact, values in known if values}

    def may_know(self, number: int, fact: str) -> bool:
        """Whether a fact may be known on arriving at a node."""
        if fact not in self._known:
            early = fact in self.beforehand or fact in self.typed
            self._known[fact] = self.map.known(fact, early=early)
        return number in self._known[fact]

    def _bits(self, told: Facts) -> tuple[int, int]:
        """The bits of some facts, and of them those that stand for just these values."""
        facts = self.facets.facts
        return self.facets.mask(told), sum(facts[fact].known(v) for fact, v in told.items())

    def _from(self, node: Node) -> Iterator[Way]:
        condition = self.facets.condition
        step = node.step
        if not isinstance(step, Question):
            told, bits = self._bits(step.settles)
            for target in node.successors:
                yield self._way(condition(ALWAYS), target, told, bits, said=0)
            return
        asked_of = of(step.when)
        if node.otherwise is not None:
            yield self._way(condition(Not(asked_of)), node.otherwise)
        fact = self.facets.facts[step.fact]
        alone = {answer.value: answer.alone or not step.many for answer in step.answers}
        offered = [(value, alone[value], target) for value, target in node.edges]
        for target, known in _passing(step.fact, node.edges, several=fact.several):
            yield self._way(condition(both(asked_of, known)), target)
        asked = condition(both(asked_of, Not(Test(step.fact, frozenset(v for v, _ in node.edges)))))
        for target, bits in fact.answers(offered):
            yield self._way(asked, target, fact.mask, bits, said=bits)

    def _way(
        self,
        condition: Condition,
        target: int,
        told: int = 0,
        bits: int = 0,
        *,
        said: int | None = None,
    ) -> Way:
        given, given_bits = self._given[target]
        return Way(condition, target, told | given, bits & ~given | given_bits, said)


def _passing(
    fact: str, edges: Sequence[tuple[str, int]], *, several: bool
) -> Iterator[tuple[int, Formula]]:
    """The targets of those who are not asked, since they have told: the first answer offered that
    they know decides."""
    before: list[Formula] = []
    ways = grouped((target, value) for value, target in edges)
    if not several or len(ways) == 1:
        for target, values in ways.items():
            yield target, Test(fact, frozenset(values))
        return
    for value, target in edges:
        known = Test(fact, frozenset({value}))
        yield target, both(*before, known)
        before.append(Not(known))


class Exploration:
    """The boxes that are reached at each step.

    ``read`` has the bits of the facts that are read at some nodes. Raises LimitReached if there is
    no room, or if it takes more than ``most`` boxes.
    """

    def __init__(
        self, ways: Ways, read: Mapping[int, int], room: Room, most: int = MOST_BOXES
    ) -> None:
        self.ways = ways
        self.room = room
        self._left = most
        self._read = read
        self._live = _live(ways, read)
        self._at: dict[int, list[Box]] = {}
        self._explore()

    def meets(self, number: int, box: Box) -> bool:
        """Whether anybody in a box comes to a node."""
        is_somebody = self.ways.facets.is_somebody
        return any(is_somebody(box & reached) for reached in self.at(number))

    def at(self, number: int) -> Sequence[Box]:
        """The boxes that are reached at a node."""
        return self._at.get(number, ())

    def met(self, condition: Condition, numbers: Iterable[int]) -> Iterator[int]:
        """Those of some nodes that are read at which a condition is true of anybody."""
        return (n for n in numbers if condition.is_met(self.at(n), self.room))

    def _explore(self) -> None:
        ways, facets, live = self.ways, self.ways.facets, self._live
        unknown = facets.unknown
        waiting: dict[int, list[Box]] = {}
        for start in ways.map.starts.values():
            keep = live[start]
            box = ways.beginning(start) & keep | unknown & ~keep
            waiting.setdefault(start, []).append(box)
        while waiting:
            for number in ways.map.order:
                new = self._new(number, waiting.pop(number, ()))
                if not new:
                    continue
                for way in ways.from_[number]:
                    there = live[way.target]
                    keep, put = there & ~way.told, way.bits & there | unknown & ~there
                    on = waiting.setdefault(way.target, [])
                    for box in new:
                        for part in way.condition.within(box, self.room):
                            on.append(part & keep | put)

    def _new(self, number: int, boxes: Iterable[Box]) -> list[Box]:
        """Those of some boxes that come to a node for the first time."""
        before = self._at.get(number, ())
        new = [b for b in dict.fromkeys(boxes) if not any(b | old == old for old in before)]
        new = self.ways.facets.merged(new)
        self.room.take(len(new))
        self._left -= len(new)
        if self._left < 0:
            raise LimitReached
        self._at[number] = self.ways.facets.merged([*before, *new]) if before else new
        return new


def _live(ways: Ways, read: Mapping[int, int]) -> list[int]:
    """For each node the bits of the facts that are read there or ahead, before they are told
    anew."""
    live = [read.get(number, 0) for number in range(len(ways.map.nodes))]
    changed = True
    while changed:
        changed = False
        for number in ways.map.postorder:
            here = live[number]
            for way in ways.from_[number]:
                here |= way.condition.reads | live[way.target] & ~way.told
            changed = changed or (ways.map.cyclic and here != live[number])
            live[number] = here
    return live
