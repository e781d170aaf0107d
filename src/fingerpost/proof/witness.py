"""Witnesses: a walk with the fewest answers that leads to somebody at an ending.

It is looked for backwards from the boxes that were found. What must be known at a step follows from
what must be known after it, and nothing else is asked; so there is little to look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush

from ..model.base import Frozen
from ..model.facts import Facts
from ..model.library import Library
from ..model.tree import Outcome, Question
from ..walk.walk import Reply
from .boxes import Box
from .exploration import Exploration, Way


class Witness(Frozen):
    """A walk that demonstrates a result: the tree in which it starts, the facts known before its
    first question, and its replies."""

    tree: str
    given: Facts
    replies: tuple[Reply, ...]

    @property
    def length(self) -> int:
        """How many answers it takes, with those that are known before."""
        return len(self.given) + len(self.replies)

    def words(self, library: Library) -> tuple[str, ...]:
        """The answers of the walk in order, each as FACT=VALUE. A carry-on contributes only the
        facts that it sets."""
        said = [f"{fact}={','.join(sorted(values))}" for fact, values in self.given.items()]
        for reply in self.replies:
            step = library.trees[reply.tree].step(reply.step)
            if not isinstance(step, Outcome) and step is not None:
                values = (value for value in step.values if value in reply.values)
                said.append(f"{step.fact}={','.join(values)}")
            elif step is not None and step.carry_on is not None:
                settled = step.carry_on.sets.items()
                said += [f"{fact}={','.join(sorted(values))}" for fact, values in settled]
        return tuple(said)

    def command(self, library: Library) -> str:
        """The command that replays the walk."""
        given = (f"--given {answer}" for answer in self.words(library))
        return " ".join(("fingerpost walk", self.tree, *given))


class _Step(Frozen):
    """Somebody at a node: with this reply, if any, they are who comes ``after``, and so to the
    box that was asked for with the number ``found``."""

    node: int
    box: Box
    found: int
    reply: Reply | None = None
    after: _Step | None = None

    def replies(self) -> Iterator[Reply]:
        """The replies from here on."""
        here: _Step | None = self
        while here is not None:
            if here.reply is not None:
                yield here.reply
            here = here.after


def nearest(explored: Exploration, found: Iterable[tuple[int, Box]]) -> tuple[int, Witness] | None:
    """A walk with the fewest answers that leads to somebody in one of some boxes, each at a node,
    and the number of that box. Each fact that is known beforehand counts as an answer, but what
    was typed does not; of two walks as long the one of which less is known is taken. Raises
    LimitReached.
    """
    ways = explored.ways
    facets, starts = ways.facets, ways.map.starts.values()
    waiting = [(0, 0, at, _Step(*here, at)) for at, here in enumerate(found)]
    seen: dict[int, list[Box]] = {}
    turn = len(waiting)
    while waiting:
        answers, _, _, step = heappop(waiting)
        if step.node < 0:  # it has begun
            first = step.after
            assert first is not None
            given = ways.given(first.node, step.box)
            tree = ways.map.nodes[first.node].tree
            return step.found, Witness(tree, given, tuple(first.replies()))
        met = seen.setdefault(step.node, [])
        if any(step.box | box == box for box in met):
            continue
        met.append(step.box)
        explored.room.take(1)
        if step.node in starts and facets.is_somebody(
            begun := step.box & ways.beginning(step.node)
        ):
            told = len(ways.given(step.node, begun).keys() - ways.typed.keys())
            end = _Step(-1, begun, step.found, None, step)
            heappush(waiting, (answers + told, told, turn, end))
            turn += 1
        for number in ways.map.predecessors[step.node]:
            for way in ways.from_[number]:
                if way.target == step.node:
                    for before in _before(explored, number, way, step):
                        took = answers + (way.said is not None)
                        heappush(waiting, (took, 0, turn, before))
                        turn += 1
    return None


def _before(explored: Exploration, number: int, way: Way, step: _Step) -> Iterator[_Step]:
    """All at a node whom a way leads to somebody at the next."""
    ways, facets = explored.ways, explored.ways.facets
    box = step.box & (way.bits | ~way.told)
    if not facets.is_somebody(box):
        return
    reply = None
    if way.said is not None:
        node = ways.map.nodes[number]
        values = frozenset[str]()
        if isinstance(node.step, Question):
            fact = facets.facts[node.step.fact]
            is_kept = way.bits & fact.mask == way.said
            values = fact.read(way.said & (box if is_kept else fact.mask))
        reply = Reply(node.tree, node.step.name, values)
    for part in way.condition.within(box | way.told, explored.room):
        if explored.meets(number, part):
            yield _Step(number, part, step.found, reply, step)
