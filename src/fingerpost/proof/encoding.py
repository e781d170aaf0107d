"""Encoding of facts as the variables of a state set.

A fact with one answer is one variable, with a value for each class of answers and 0 for unknown. A
fact of which several answers may be chosen is one variable for each class, 1 where it is chosen.
Answers that no test distinguishes are one class (``state_sets.py`` has the sets).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from ..model.base import Frozen, grouped
from ..model.facts import Facts
from ..model.tree import Question
from .formula import All, Any, Formula, Test
from .state_sets import Assignment, StateSet, StateSets, Values

_UNKNOWN = 1
"""The value 0, as a bit mask."""
_CHOSEN = 2
"""The value 1, as a bit mask."""


class Kinds:
    """The answers of a fact, partitioned into classes that no test divides.

    ``kinds`` are the answers of each class; the first represents it. ``of`` has the number of the
    class of each answer. ``decoded`` has what is known of a fact for each value of its variable,
    nothing for 0.
    """

    def __init__(self, answers: Iterable[str], tests: Iterable[frozenset[str]]) -> None:
        apart = tuple(dict.fromkeys(tests))
        alike = grouped((tuple(answer in test for test in apart), answer) for answer in answers)
        self.kinds = tuple(map(tuple, alike.values()))
        self.of = {answer: kind for kind, them in enumerate(self.kinds) for answer in them}
        self.decoded = (frozenset[str](), *(frozenset({kind[0]}) for kind in self.kinds))

    @classmethod
    def each(cls, answers: Iterable[str]) -> Kinds:
        """The finest partition: each answer is a class."""
        every = tuple(answers)
        return cls(every, (frozenset({answer}) for answer in every))

    def distinguish(self, answers: frozenset[str]) -> bool:
        """Whether these answers are a union of classes."""
        return all(answers.issuperset(kind) or answers.isdisjoint(kind) for kind in self.kinds)

    def alike(self, tests: Iterable[frozenset[str]]) -> Iterator[tuple[int, list[int]]]:
        """Classes that some coarser tests do not distinguish: the first, and the others."""
        apart = tuple(tests)
        found = grouped(
            (tuple(kind[0] in test for test in apart), number)
            for number, kind in enumerate(self.kinds)
        )
        return ((first, others) for first, *others in found.values() if others)

    def all_of(self, answers: Iterable[str]) -> tuple[int, ...]:
        """The classes of some answers, in order; answers that cannot be given are left out."""
        return tuple(dict.fromkeys(self.of[answer] for answer in answers if answer in self.of))


class Edge(Frozen):
    """An answer with the node that it leads to. ``alone``: it excludes all other answers."""

    value: str
    alone: bool
    target: int


def edges_of(question: Question, edges: Iterable[tuple[str, int]]) -> tuple[Edge, ...]:
    """The answers of a question that lead somewhere, in its order. If only one may be chosen, each
    excludes the others."""
    alone = {answer.value: answer.alone or not question.many for answer in question.answers}
    return tuple(Edge(value, alone[value], target) for value, target in edges)


class SingleValued:
    """A fact with one answer: its variable is the class of the answer plus 1, or 0."""

    __slots__ = ("_kinds", "_variable", "sizes", "variables")

    def __init__(self, kinds: Kinds, variable: int) -> None:
        self._kinds = kinds
        self._variable = variable
        self.sizes: tuple[int, ...] = (len(kinds.kinds) + 1,)
        self.variables = range(variable, variable + 1)

    def holding(self, sets: StateSets, states: StateSet, answers: Iterable[str]) -> StateSet:
        """The states in which one of these answers was given."""
        return sets.restrict(states, self._variable, self._mask(answers))

    def assign(self, sets: StateSets, states: StateSet, answers: Iterable[str]) -> StateSet:
        """The states after the fact is set to exactly these answers; to none: unknown."""
        return sets.assign(states, self._variable, self._mask(answers) or _UNKNOWN)

    def free(self, sets: StateSets, states: StateSet) -> StateSet:
        """The states after the fact is set to anything, or to nothing."""
        return sets.assign(states, self._variable, (1 << self.sizes[0]) - 1)

    def answered(
        self, sets: StateSets, states: StateSet, edges: Sequence[Edge]
    ) -> Iterator[tuple[int, StateSet]]:
        """The image of the states under each answer to the question, by target."""
        for target, mask in self._by_target(edges):
            yield target, sets.assign(states, self._variable, mask)

    def passed_over(
        self, sets: StateSets, states: StateSet, edges: Sequence[Edge]
    ) -> Iterator[tuple[int, StateSet]]:
        """The states whose known answer is offered, by the target it leads to."""
        for target, mask in self._by_target(edges):
            yield target, sets.restrict(states, self._variable, mask)

    def literals(self, answers: Iterable[str]) -> Iterator[tuple[int, int]]:
        """“One of these answers was given” as a disjunction of (variable, mask of values)."""
        yield self._variable, self._mask(answers)

    def values(self, state: Values) -> frozenset[str]:
        """The answer in a state; nothing if unknown."""
        return self._kinds.decoded[state[self._variable]]

    def coarsened(
        self, sets: StateSets, states: StateSet, tests: Iterable[frozenset[str]]
    ) -> StateSet:
        """The states with one representative for all answers that no test distinguishes."""
        for first, others in self._kinds.alike(tests):
            those = sets.restrict(states, self._variable, sum(2 << kind for kind in others))
            if those != sets.empty:
                states = sets.difference(states, those)
                states = sets.union(states, sets.assign(those, self._variable, 2 << first))
        return states

    def reply(self, state: Assignment, edges: Sequence[Edge], target: int) -> frozenset[str]:
        """An answer that led to a state at a target."""
        return next(
            frozenset({edge.value})
            for edge in edges
            if edge.target == target and self._kinds.of[edge.value] + 1 == state[self._variable]
        )

    def _by_target(self, edges: Sequence[Edge]) -> Iterable[tuple[int, int]]:
        """For each target the mask of the values that lead to it."""
        masks: dict[int, int] = {}
        for edge in edges:
            masks[edge.target] = masks.get(edge.target, 0) | 2 << self._kinds.of[edge.value]
        return masks.items()

    def _mask(self, answers: Iterable[str]) -> int:
        mask = 0
        for kind in self._kinds.all_of(answers):
            mask |= 2 << kind
        return mask


class MultiValued:
    """A fact of which several answers may be chosen: a boolean variable for each class.

    An answer chooses at least one of them, so all 0 means unknown.
    """

    __slots__ = ("_first", "_kinds", "sizes", "variables")

    def __init__(self, kinds: Kinds, first_variable: int) -> None:
        self._kinds = kinds
        self._first = first_variable
        self.sizes: tuple[int, ...] = (2,) * len(kinds.kinds)
        self.variables = range(first_variable, first_variable + len(kinds.kinds))

    def holding(self, sets: StateSets, states: StateSet, answers: Iterable[str]) -> StateSet:
        """The states in which at least one of these answers was chosen."""
        found = sets.empty
        for variable, mask in self.literals(answers):
            found = sets.union(found, sets.restrict(states, variable, mask))
        return found

    def assign(self, sets: StateSets, states: StateSet, answers: Iterable[str]) -> StateSet:
        """The states after the fact is set to exactly these answers; to none: unknown."""
        chosen = set(self._kinds.all_of(answers))
        for kind, variable in enumerate(self.variables):
            states = sets.assign(states, variable, _CHOSEN if kind in chosen else _UNKNOWN)
        return states

    def free(self, sets: StateSets, states: StateSet) -> StateSet:
        """The states after the fact is set to any of the answers, or to nothing."""
        for variable in self.variables:
            states = sets.assign(states, variable, _CHOSEN | _UNKNOWN)
        return states

    def answered(
        self, sets: StateSets, states: StateSet, edges: Sequence[Edge]
    ) -> Iterator[tuple[int, StateSet]]:
        """The image of the states under each choice of answers, by target: the first chosen
        decides."""
        states = self.assign(sets, states, ())
        after = states  # with any choice of the answers after this one, or none of them
        for edge in reversed(edges):
            variable = self._first + self._kinds.of[edge.value]
            if edge.alone:
                yield edge.target, sets.assign(states, variable, _CHOSEN)
            else:
                chosen = sets.assign(after, variable, _CHOSEN)
                yield edge.target, chosen
                after = sets.union(after, chosen)

    def passed_over(
        self, sets: StateSets, states: StateSet, edges: Sequence[Edge]
    ) -> Iterator[tuple[int, StateSet]]:
        """The states in which an answer known is offered, by target: the first offered decides."""
        for edge in edges:
            variable = self._first + self._kinds.of[edge.value]
            yield edge.target, sets.restrict(states, variable, _CHOSEN)
            states = sets.restrict(states, variable, _UNKNOWN)

    def literals(self, answers: Iterable[str]) -> Iterator[tuple[int, int]]:
        """“One of these answers was chosen” as a disjunction of (variable, mask of values)."""
        return ((self._first + kind, _CHOSEN) for kind in self._kinds.all_of(answers))

    def values(self, state: Values) -> frozenset[str]:
        """The answers chosen in a state; nothing if unknown."""
        kinds = zip(self._kinds.kinds, self.variables, strict=True)
        return frozenset(kind[0] for kind, variable in kinds if state[variable])

    def coarsened(
        self, sets: StateSets, states: StateSet, tests: Iterable[frozenset[str]]
    ) -> StateSet:
        """The states with one representative for all answers that no test distinguishes."""
        for first, others in self._kinds.alike(tests):
            for kind in others:
                those = sets.restrict(states, self._first + kind, _CHOSEN)
                if those != sets.empty:
                    states = sets.difference(states, those)
                    those = sets.assign(those, self._first + kind, _UNKNOWN)
                    chosen = sets.assign(those, self._first + first, _CHOSEN)
                    states = sets.union(states, chosen)
        return states

    def reply(self, state: Assignment, edges: Sequence[Edge], target: int) -> frozenset[str]:
        """A choice of answers that led to a state at a target."""
        wanted = {kind for kind, variable in enumerate(self.variables) if state[variable]}
        return next(
            chosen
            for at, edge in enumerate(edges)
            if edge.target == target and (chosen := self._choice(wanted, edges[at:])) is not None
        )

    def _choice(self, wanted: set[int], edges: Sequence[Edge]) -> frozenset[str] | None:
        """A choice with the first of these answers, and of the later ones, that gives exactly the
        classes wanted; None if there is none."""
        first, *later = edges
        chosen = {self._kinds.of[first.value]: first.value}
        for edge in () if first.alone else later:
            if not edge.alone:
                chosen.setdefault(self._kinds.of[edge.value], edge.value)
        if self._kinds.of[first.value] not in wanted or not wanted <= chosen.keys():
            return None
        return frozenset(value for kind, value in chosen.items() if kind in wanted)


EncodedFact: TypeAlias = SingleValued | MultiValued


class Encoding:
    """The variables of the tracked facts; other facts are never known.

    ``kinds`` are the tracked facts with the classes of their answers, in the order of their
    variables. ``many`` are those of which several answers may be chosen. ``facts`` has each fact
    encoded, ``sizes`` the number of values of each variable.
    """

    def __init__(self, kinds: Mapping[str, Kinds], many: Iterable[str]) -> None:
        several = frozenset(many)
        self.kinds = dict(kinds)
        self.facts: dict[str, EncodedFact] = {}
        sizes: list[int] = []
        for fact, them in kinds.items():
            encoded = (MultiValued if fact in several else SingleValued)(them, len(sizes))
            self.facts[fact] = encoded
            sizes += encoded.sizes
        self.sizes = tuple(sizes)

    def variables(self, facts: Iterable[str]) -> frozenset[int]:
        """The variables of some facts."""
        return frozenset(variable for fact in facts for variable in self.facts[fact].variables)

    def decoded(self, state: Values) -> dict[str, frozenset[str]]:
        """What is known in a state."""
        return {f: values for f, each in self.facts.items() if (values := each.values(state))}

    def assign(self, sets: StateSets, states: StateSet, facts: Facts) -> StateSet:
        """The states after these facts are set; those not tracked are ignored."""
        for fact, values in facts.items():
            encoded = self.facts.get(fact)
            if encoded is not None:
                states = encoded.assign(sets, states, values)
        return states

    def satisfying(self, sets: StateSets, states: StateSet, formula: Formula) -> StateSet:
        """The states that satisfy a formula."""
        match formula:
            case Test(fact, values):
                encoded = self.facts.get(fact)
                return sets.empty if encoded is None else encoded.holding(sets, states, values)
            case All(parts):
                for part in parts:
                    if states == sets.empty:
                        break
                    states = self.satisfying(sets, states, part)
                return states
            case Any(parts):
                found, rest = sets.empty, states
                for part in parts:
                    if rest == sets.empty:
                        break
                    more = self.satisfying(sets, rest, part)
                    found = sets.union(found, more)
                    rest = sets.difference(rest, more)
                return found
            case _:
                return sets.difference(states, self.satisfying(sets, states, formula.part))
