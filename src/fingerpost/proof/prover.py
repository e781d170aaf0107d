"""Proofs of a property on every path of a library, or a counterexample.

First a formula, an under-approximation of the property, is evaluated on the boxes of one
exploration. Those who remain in doubt are judged one kind at a time by the functions that decide
what a page shows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import starmap
from typing import Generic, TypeAlias, TypeVar

from ..model.base import Frozen, grouped
from ..model.graph import Place, StepGraph
from ..model.library import Library
from ..model.sentence import Urgency
from ..model.tree import Outcome, Question, Rule
from ..page.visibility import Arrival, keeps
from .boxes import Box, LimitReached, Parts, Room
from .dependencies import Dependencies
from .exploration import BEGAN, Exploration, Ways
from .formula import ALWAYS, Formula, Test, both, of
from .formula import tests as tests_of
from .verdict import Claim, Doubts, Status, Verdict
from .visibility_formulas import VisibilityFormulas
from .witness import Witness, nearest

BEFOREHAND = ("teller", "nation")
"""Facts that may be known before the first question: from the command line or the local file."""

_MOST_AT_ONCE = 50_000
"""Boxes of an exploration for several endings. The shipped library takes some 30,000 for all."""

Key = TypeVar("Key", bound=Hashable)


_Found: TypeAlias = tuple[Exploration, int, Box, Arrival]
"""An exploration that found somebody, the node, a box of all who are like them, and one of them."""


class Met:
    """Those who show what a search looked for, at one ending or several."""

    def __init__(self, found: Sequence[_Found]) -> None:
        self._found = found

    @property
    def arrival(self) -> Arrival:
        """Who comes there with the fewest answers."""
        return self._nearest[0]

    @property
    def witness(self) -> Witness:
        """A shortest walk to them."""
        return self._nearest[1]

    @cached_property
    def _nearest(self) -> tuple[Arrival, Witness]:
        by_exploration = grouped((found[0], found) for found in self._found)
        return min(starmap(_nearest, by_exploration.items()), key=lambda way: way[1].length)


def _nearest(explored: Exploration, found: Sequence[_Found]) -> tuple[Arrival, Witness]:
    way = nearest(explored, [(number, box) for _, number, box, _ in found])
    assert way is not None  # they were found by going there
    at, witness = way
    return found[at][-1], witness


class Search(Frozen, Generic[Key]):
    """The result of a search: each key found, with those who show it. ``meant`` are the endings at
    which the claims that were searched speak of somebody."""

    found: Mapping[Key, Met]
    meant: frozenset[int] = frozenset()


class Proofs:
    """Proofs over the trees of a library, which share one exploration and one ``room``.

    A tree whose start is missing is left out: reading reports that. Where there is no room left,
    whatever is asked raises LimitReached: a part of an answer is none.
    """

    def __init__(self, library: Library, room: Room | None = None) -> None:
        self.library = library
        self.room = room or Room()
        self.dependencies = Dependencies(library)
        self.formulas = VisibilityFormulas(library)
        self.starts = tuple(name for name, tree in library.trees.items() if tree.step(""))
        self.beforehand = {
            fact: library.questions[fact].values for fact in BEFOREHAND if fact in library.questions
        }
        self._alone: dict[int, Exploration] = {}

    @cached_property
    def map(self) -> StepGraph:
        """The graph of what is reachable from the start of any tree."""
        return StepGraph(self.library, *self.starts)

    @cached_property
    def all_steps(self) -> StepGraph:
        """The graph of all steps, reachable or not."""
        return StepGraph.whole(self.library)

    @cached_property
    def ways(self) -> Ways:
        """All ways through the graph, and what may be known where they begin."""
        return Ways(self.map, self.beforehand)

    @cached_property
    def endings(self) -> tuple[tuple[int, Outcome], ...]:
        """The number of each node that is an ending, and the ending."""
        nodes = enumerate(self.map.nodes)
        return tuple((n, node.step) for n, node in nodes if isinstance(node.step, Outcome))

    # --- rules ---

    def rule(self, rule: Rule, tree: str | None = None) -> Verdict:
        """Whether every page to which a rule applies shows what it demands, and nothing that it
        forbids.

        ``tree`` names the tree whose own rule it is: it then applies to walks that start there,
        and to its endings.
        """

        def look(arrival: Arrival) -> Iterator[None]:
            if rule.when.holds(arrival.facts) and not keeps(self.library, rule, arrival):
                yield None

        search = self.disprove(self._claimed(rule, tree), self.dependencies.rule(rule), look)
        endings = len(search.meant)
        if search.found:
            met = search.found[None]
            return Verdict(Status.BROKEN, endings, met.witness, met.arrival)
        return Verdict(Status.PROVED if endings else Status.NEVER_TESTED, endings)

    @cached_property
    def verdicts(self) -> tuple[tuple[Rule, Verdict], ...]:
        """Every rule with its verdict: those of the library, then those of each tree."""
        return tuple((rule, self.rule(rule, tree)) for rule, tree in self.library.every_rule)

    def _claimed(self, rule: Rule, tree: str | None) -> Mapping[int, Claim]:
        """The claim that a rule is kept, at each ending where it may apply."""
        speaks = of(rule.when)
        claims: dict[int, Claim] = {}
        for number, outcome in self.endings:
            here = tree is None or self.map.nodes[number].tree == tree
            if here or number in self._after.get(tree or "", ()):
                meant = speaks if here else both(speaks, Test(BEGAN, frozenset({tree or ""})))
                claims[number] = Claim(meant, self.formulas.under_approximation(rule, outcome))
        return claims

    @cached_property
    def _after(self) -> Mapping[str, frozenset[int]]:
        """For each tree with rules of its own, all nodes reachable from its start."""
        ruled = (name for name in self.starts if self.library.trees[name].rules)
        starts = self.map.starts
        return {name: frozenset(self.map.reachable_from([starts[name]])) for name in ruled}

    # --- formulas on all who come to an ending ---

    def satisfiable(self, wanted: Iterable[tuple[Formula, Sequence[int]]]) -> frozenset[int]:
        """The indices of the formulas that are true of somebody at one of their endings."""
        condition = self.ways.facets.condition
        conditions = [(condition(formula), at) for formula, at in wanted]
        found: set[int] = set()
        for number in _side_by_side(each.reads for each, _ in conditions):
            each, at = conditions[number]
            explorations = self._explored_for(each.reads, at)
            if any(True for e, here in explorations for _ in e.met(each, here)):
                found.add(number)
        return frozenset(found)

    def doubts(self, claims: Mapping[int, Claim]) -> Doubts:
        """Search for counterexamples to claims, each at the ending with that number."""
        alike = grouped((claim, number) for number, claim in claims.items())
        meant: set[int] = set()
        doubtful: dict[int, Formula] = {}
        condition = self.ways.facets.condition
        judged = [
            (condition(claim.meant), condition(claim.doubtful), claim, numbers)
            for claim, numbers in alike.items()
        ]
        for at in _side_by_side(means.reads | doubts.reads for means, doubts, *_ in judged):
            means, doubts, claim, numbers = judged[at]
            for explored, here in self._explored_for(means.reads | doubts.reads, numbers):
                come = [*explored.met(means, here)]
                meant.update(come)
                doubtful |= dict.fromkeys(explored.met(doubts, come), claim.doubtful)
        in_order = {number: doubtful[number] for number in claims if number in doubtful}
        return Doubts(frozenset(meant), in_order)

    def _explored_for(
        self, reads: int, endings: Collection[int]
    ) -> Iterator[tuple[Exploration, Collection[int]]]:
        """Explorations that keep the bits of some facts until an ending, each with its endings."""
        kept = endings
        if reads & ~self._read_everywhere:
            kept = {number for number in endings if not reads & ~self._read[number]}
        if kept:
            yield from grouped([(self._of_all[number], number) for number in kept]).items()
        if len(kept) < len(endings):
            if reads not in self._alone:
                self._alone.clear()  # only the last: they are large, and used one after another
                every = dict.fromkeys(self.map.endings, reads)
                self._alone[reads] = Exploration(self.ways, every, self.room)
            yield self._alone[reads], [number for number in endings if number not in kept]

    def _explored(
        self, reads: int, steps: Collection[int]
    ) -> Iterator[tuple[Exploration, Collection[int]]]:
        """The same until any step. What comes to questions is explored anew each time."""
        asked = dict.fromkeys((n for n in steps if n not in self._read), reads)
        yield from self._explored_for(reads, [n for n in steps if n not in asked])
        if asked:
            yield Exploration(self.ways, asked, self.room), asked.keys()

    @cached_property
    def _of_all(self) -> Mapping[int, Exploration]:
        """For each ending an exploration that keeps whatever is read there."""
        nodes = self.map.nodes
        return dict(self._parted(sorted(self.map.endings, key=lambda n: nodes[n].tree)))

    def _parted(self, endings: Sequence[int]) -> Iterator[tuple[int, Exploration]]:
        """Explore for some endings; where that takes too much, for the one and the other half."""
        read = {number: self._read[number] for number in endings}
        most = _MOST_AT_ONCE if len(endings) > 1 else self.room.most
        try:
            explored = Exploration(self.ways, read, self.room, most)
        except LimitReached:
            if len(endings) < 2 or self.room.left <= 0:
                raise
            half = len(endings) // 2
            yield from self._parted(endings[:half])
            yield from self._parted(endings[half:])
        else:
            yield from dict.fromkeys(endings, explored).items()

    @cached_property
    def _read_everywhere(self) -> int:
        """The facts that decide at every ending what is shown there and which rules apply."""
        of_rules = (fact for rule in self.library.rules for fact in rule.when.facts)
        shared = (test.fact for test in self.dependencies.shared())
        return self.ways.facets.mask((*of_rules, *shared))

    @cached_property
    def _read(self) -> Mapping[int, int]:
        """For each ending the facts that decide what is shown there and which rules apply."""
        mask, read = self.ways.facets.mask, dict[int, int]()
        for number, outcome in self.endings:
            tree = self.map.nodes[number].tree
            own = (*self.dependencies.own(outcome), *self.dependencies.rules_of(tree))
            read[number] = self._read_everywhere | mask(test.fact for test in own)
        for tree, after in self._after.items():
            spoken_of = mask((BEGAN, *(test.fact for test in self.dependencies.rules_of(tree))))
            for number in read.keys() & after:
                read[number] |= spoken_of
        return read

    # --- those who come to an ending, one kind at a time ---

    def asked(self) -> tuple[frozenset[Place], frozenset[Place]]:
        """The questions that are asked of somebody, and those that somebody comes to."""
        explored = Exploration(self.ways, {}, self.room)  # what decides the way is kept by itself
        found: set[Place] = set()
        come: set[Place] = set()
        for number, node in enumerate(self.map.nodes):
            boxes = explored.at(number)
            if isinstance(node.step, Question) and boxes:
                come.add(node.place)
                ways = {w.condition for w in self.ways.from_[number] if w.said is not None}
                if any(condition.is_met(boxes, self.room) for condition in ways):
                    found.add(node.place)
        return frozenset(found), frozenset(come)

    def search(
        self,
        read: Iterable[Test],
        look: Callable[[Arrival], Iterable[Key]],
        at: Collection[tuple[str, str]] | None = None,
    ) -> Search[Key]:
        """Apply ``look`` to all at every ending whom some tests tell apart; or to all who come to
        the steps ``at``, each by its tree and its name. A question stands for an ending there."""
        reached = () if at is None else self.map.places & frozenset(at)
        steps = self.map.endings if at is None else sorted(self.map.index(*p) for p in reached)
        return self._search(read, look, dict.fromkeys(steps, ALWAYS))

    def disprove(
        self,
        claims: Mapping[int, Claim],
        read: Iterable[Test],
        look: Callable[[Arrival], Iterable[Key]],
    ) -> Search[Key]:
        """Apply ``look`` to those of whom a claim is not true, at each ending until it finds
        something. It reads facts by some tests."""
        doubts = self.doubts(claims)
        if not doubts.doubtful:
            return Search({}, doubts.meant)
        tests = (*read, *(t for f in doubts.doubtful.values() for t in tests_of(f)))
        search = self._search(tests, look, doubts.doubtful, once=True)
        return Search(search.found, doubts.meant)

    def _search(
        self,
        read: Iterable[Test],
        look: Callable[[Arrival], Iterable[Key]],
        people: Mapping[int, Formula],
        *,
        once: bool = False,
    ) -> Search[Key]:
        tests, facets = tuple(dict.fromkeys(read)), self.ways.facets
        reads, parts = facets.mask(test.fact for test in tests), facets.told_apart(tests)
        keys: dict[Key, list[_Found]] = {}
        explored = {n: each for each, here in self._explored(reads, people) for n in here}
        for number, formula in people.items():
            seen: dict[object, list[Key]] = {}
            for kind, found in self._kinds(explored[number], number, formula, parts):
                if kind not in seen:
                    seen[kind] = list(look(found[-1]))
                for key in seen[kind]:
                    keys.setdefault(key, []).append(found)
                if once and seen[kind]:
                    break
        return Search({key: Met(found) for key, found in keys.items()})

    def _kinds(
        self, explored: Exploration, number: int, formula: Formula, parts: Parts
    ) -> Iterator[tuple[object, _Found]]:
        """Everyone at a step of whom a formula is true, in parts that some tests tell apart,
        each with how they see it."""
        condition, node = self.ways.facets.condition(formula), self.map.nodes[number]
        outcome = node.step if isinstance(node.step, Outcome) else _as_ending(node.step)
        for box in explored.at(number):
            for within in condition.within(box, self.room):
                for kind, part, facts in parts(within):
                    self.room.take(1)
                    arrival = Arrival(node.tree, outcome, facts)
                    yield kind, (explored, number, part, arrival)


def _as_ending(question: Question) -> Outcome:
    """What stands for a question in a search of those who come to it."""
    name, words, span = question.name, question.ask, question.span
    return Outcome(name, words, Urgency.INFO, words, (), (), span=span)


def _side_by_side(reads: Iterable[int]) -> list[int]:
    """The indices of what reads some facts, so that what reads the same ones is together."""
    every = list(reads)
    return sorted(range(len(every)), key=every.__getitem__)
