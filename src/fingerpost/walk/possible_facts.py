"""Which values each fact can have at each step, each fact taken by itself.

A state is one integer, with a bit for each value of each fact, and one for a fact that is not
known. What two facts have together is not kept, so more seems possible than is, and never less.
That takes 20 milliseconds, where a proof takes seconds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ..model.base import Frozen
from ..model.facts import NATIONS, NOT_SURE, TELLERS, WROTE, Facts
from ..model.graph import Node, Place, StepGraph
from ..model.library import Library
from ..model.tree import Question, When


class _Fact(Frozen):
    """The bits of a fact: of each value, of all of them, and of not being known. ``many``: it can
    have several values at once."""

    values: dict[str, int]
    every: int
    unknown: int
    many: bool

    @property
    def whole(self) -> int:
        return self.every | self.unknown

    def of(self, values: Iterable[str]) -> int:
        """The bits of some values."""
        bits = 0
        for value in values:
            bits |= self.values.get(value, 0)
        return bits


class PossibleFacts:
    """What each fact can be at each step of a library, whatever people answer. Who it is about,
    and what was typed, may be known from the beginning."""

    def __init__(self, library: Library) -> None:
        self._map = StepGraph.whole(library)
        self._facts = _facts(library, self._map)
        early = 0
        for name, fact in self._facts.items():
            told = name == WROTE or (
                name in values_of_person(library) and not library.always_asks(name)
            )
            early |= fact.whole if told else fact.unknown
        self._states = [0] * len(self._map.nodes)
        for number in self._map.starts.values():
            self._states[number] |= self._entering(number, early)
        changed = True
        while changed:
            changed = False
            for number in self._map.order:
                for target, leaving in self._leaving(self._map.nodes[number], self._states[number]):
                    arriving = self._states[target] | self._entering(target, leaving)
                    changed = changed or (self._map.cyclic and arriving != self._states[target])
                    self._states[target] = arriving

    def at(self, place: Place) -> int:
        """What is possible at a step; 0 if nobody comes there."""
        return self._states[self._map.index(*place)]

    def shows(self, state: int, whens: Iterable[When], unless: Iterable[When] = ()) -> bool:
        """Whether something with these conditions can be shown to somebody."""
        for when in whens:
            state = self.where(state, when)
        return bool(state) and not any(self.everywhere(state, when) for when in unless)

    def has(self, state: int, name: str, value: str) -> bool:
        """Whether a fact can have a value."""
        return bool(state & self._facts[name].of((value,)))

    def among(self, state: int, name: str, values: Collection[str]) -> int:
        """Of a state that in which a fact has one of some values; the empty one is not known."""
        if not (fact := self._facts.get(name)):
            return state
        kept = fact.of(values) | (fact.unknown if "" in values else 0)
        return state & (~fact.whole | kept)

    def covers(self, state: int, facts: Facts) -> bool:
        """Whether these facts are among what is possible."""
        can_be_told = all(
            name in self._facts and values <= self._facts[name].values.keys()
            for name, values in facts.items()
        )
        return can_be_told and all(
            not (fact.of(facts[name]) if name in facts else fact.unknown) & ~state
            for name, fact in self._facts.items()
        )

    def where(self, state: int, when: When) -> int:
        """Of a state that in which a condition can hold; 0 if it cannot."""
        for name, values in when.tests:
            fact = self._facts.get(name)
            left = state & fact.of(values) if fact else 0
            if not fact or not left:
                return 0
            if not fact.many:
                state = state & ~fact.whole | left
        return state

    def _elsewhere(self, state: int, when: When) -> int:
        """Of a state that in which a condition can fail; 0 if it cannot."""
        if self.everywhere(state, when):
            return 0
        if len(when.tests) == 1 and (fact := self._facts.get(when.tests[0][0])):
            return state & ~fact.of(when.tests[0][1])
        return state

    def everywhere(self, state: int, when: When) -> bool:
        """Whether a condition holds for certain."""
        return all(
            (fact := self._facts.get(name)) and not state & fact.whole & ~fact.of(values)
            for name, values in when.tests
        )

    def _entering(self, number: int, state: int) -> int:
        return self._told(state, self._map.nodes[number].given)

    def _told(self, state: int, told: Iterable[tuple[str, Collection[str]]]) -> int:
        """A state once these facts are known."""
        for name, values in told:
            fact = self._facts[name]
            state = state & ~fact.whole | fact.of(values)
        return state

    def _leaving(self, node: Node, state: int) -> Iterator[tuple[int, int]]:
        """Each target of a step, with what is possible on the way there."""
        step = node.step
        if not isinstance(step, Question):
            after = self._told(state, step.settles.items())
            yield from ((target, after) for target in node.successors if state)
            return
        if node.otherwise is not None:
            if past := self._elsewhere(state, step.when):
                yield node.otherwise, past
            state = self.where(state, step.when)
        fact = self._facts[step.fact]
        known = state & fact.every
        is_known = not state & fact.whole & ~fact.of(step.values)
        together = fact.of(a.value for a in step.answers if not a.alone) if step.many else 0
        for value, target in node.edges if state else ():
            chosen = fact.of((value,))
            if is_known and not state & chosen:
                continue  # whoever knows the fact is not asked, and nobody knows this of it
            if fact.many:  # beside the value that decides there may be others
                chosen |= known | (0 if is_known or not chosen & together else together)
            yield target, state & ~fact.whole | chosen


def values_of_person(library: Library) -> Mapping[str, Collection[str]]:
    """Whom a walk is about, which may be known before it begins: each fact with its values."""
    asked = library.questions.get("age")
    return {
        "teller": TELLERS,
        "nation": (*NATIONS, NOT_SURE),
        "age": asked.values if asked else (),
    }


def _facts(library: Library, here: StepGraph) -> dict[str, _Fact]:
    """Every fact that somebody can tell."""
    values: dict[str, dict[str, None]] = {}
    many = {WROTE}

    def tell(name: str, told: Iterable[str]) -> None:
        values.setdefault(name, {}).update(dict.fromkeys(told))

    for question in (*library.questions.values(), *here.questions()):
        tell(question.fact, question.values)
        many |= {question.fact} if question.many else set()
    for node in here.nodes:
        settled = {} if isinstance(node.step, Question) else node.step.settles
        for name, told in (*node.given, *settled.items()):
            tell(name, told)
            many |= {name} if len(told) > 1 else set()
    for name, known in values_of_person(library).items():
        tell(name, known)
    found: dict[str, _Fact] = {}
    first = 1
    for name, every in values.items():
        bits = {value: first << at for at, value in enumerate(every)}
        unknown = first << len(bits)
        found[name] = _Fact(bits, unknown - first, unknown, name in many)
        first = unknown << 1
    return found
