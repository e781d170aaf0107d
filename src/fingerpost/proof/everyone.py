"""Who comes to each step, told apart by everything that is read of them there.

One exploration for all proofs. At an ending people are told apart by what its own lines and needs
read, by what is shared by all endings, and by the rules that speak there. The sets are decision
diagrams in which the facts asked last come first: what is asked late is forgotten early, and so
it is mostly at the top that a diagram grows and shrinks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from copy import copy

from ..model.base import Frozen, replace
from ..model.facts import Facts
from .encoding import Coding, Kinds
from .formula import All, Any, Formula, Not, Test
from .formula_bdd import Decision, Decisions
from .reach import Reached, spread
from .state_sets import Diagrams
from .states import TooMany
from .transitions import BEGAN, MOST_STATES, Crowd, Setting

_STEPS_FOR_EACH_ROOM = 5_000
"""A larger library may take as many times more nodes of a diagram. Mostly there are some ten for
each step."""

_MOST_PLACES = 300
"""Of a diagram over more places the depth could be more than Python calls."""


class _Asked(Frozen):
    """A formula, the facts that it needs told apart (None: they are not, anywhere), and itself as a
    diagram; None if that takes too much, or has more places than Python calls deep."""

    formula: Formula
    needed: frozenset[str] | None
    decision: Decision | None


class Everyone(Reached):
    """All who come to each step. ``complete`` is false if that took too much room; then nothing
    here is to be asked, and each proof explores for itself."""

    def __init__(
        self,
        crowd: Crowd[int],
        diagrams: Diagrams,
        most: int,
        always: frozenset[str],
        read: Mapping[int, Collection[str]],
        sets: Mapping[int, int],
        complete: bool,
    ) -> None:
        super().__init__(crowd, sets, complete)
        self._most = most
        self._always = always
        self._read = read
        self._roughly: dict[int, int] = {}
        self._diagrams = diagrams
        self._asks_once = False
        self._asked: dict[int, _Asked] = {}
        self._parts: dict[int, tuple[Formula, frozenset[str] | None]] = {}
        self._decisions = Decisions(crowd.coding, diagrams, most)

    def once(self) -> Everyone:
        """The same people, for what nobody will ask again: it need not be kept."""
        asked = copy(self)
        asked._asks_once, asked._asked, asked._parts = True, {}, {}
        asked._decisions = Decisions(self.coding, self._diagrams, self._most)
        return asked

    def tell(self, numbers: Iterable[int], formula: Formula) -> bool:
        """Whether at these endings people are told apart by all that a formula reads."""
        needed = self._of(formula).needed
        if needed is None:
            return False
        own = needed - self._always
        return not own or all(own.issubset(self._read.get(number, ())) for number in numbers)

    def _of(self, formula: Formula) -> _Asked:
        # By identity: formulas share their parts, and to compare long ones takes longer than this.
        known = self._asked.get(id(formula))
        if known is None:
            if self._asks_once:
                self._asked.clear()
                self._parts.clear()
            needed = self._read_by(formula)
            known = _Asked(formula, needed, self._decision(formula, needed))
            self._asked[id(formula)] = known
        return known

    def _needed(self, part: Formula) -> frozenset[str] | None:
        if isinstance(part, Test):
            return self._read_by(part)
        known = self._parts.get(id(part))
        if known is None:
            known = self._parts[id(part)] = (part, self._read_by(part))
        return known[1]

    def _read_by(self, formula: Formula) -> frozenset[str] | None:
        """The facts that must be told apart somewhere for this to be asked there; None if some of
        their values are told apart nowhere."""
        match formula:
            case Test(fact, values):
                kinds = self._crowd.coding.kinds.get(fact)
                if kinds is None:
                    return None if fact in self._crowd.setting.facts else frozenset()
                return frozenset({fact}) if kinds.tell(values) else None
            case Not(part):
                return self._needed(part)
            case All(parts) | Any(parts):
                needed: set[str] = set()
                for part in parts:
                    of_part = self._needed(part)
                    if of_part is None:
                        return None
                    needed |= of_part
                return frozenset(needed)

    def roughly_at(self, number: int, formula: Formula) -> int:
        """Those who come to a step, told apart only by what is read everywhere if that is enough to
        ask a formula of them: at many endings those are the same."""
        needed = self._of(formula).needed
        if needed is None or not needed <= self._always:
            return self.at(number)
        if number not in self._roughly:
            own = self._crowd.held[number] - self._always
            self._roughly[number] = these = self.at(number)
            with suppress(TooMany):
                self._roughly[number] = self._crowd.without_facts(these, own)
        return self._roughly[number]

    def meets(self, these: int, formula: Formula) -> bool:
        """Whether a formula is true of some of these."""
        decision = self._of(formula).decision
        if decision is not None:
            try:
                return self._decisions.met(these, decision)
            except TooMany:
                self._asked[id(formula)] = replace(self._of(formula), decision=None)
        return bool(self._looked_at(these, formula)[1])

    def _decision(self, formula: Formula, needed: frozenset[str] | None) -> Decision | None:
        if needed is not None and len(self.coding.places(needed)) <= _MOST_PLACES:
            with suppress(TooMany):
                return self._decisions.of(formula)
        return None

    def _looked_at(self, these: int, formula: Formula) -> tuple[Diagrams, int]:
        """Those of whom a formula is true, in a room of their own: however often somebody is
        looked for, there is as much of it."""
        room = Diagrams(self._crowd.coding.sizes, self._most)
        taken = room.taken_from(self._diagrams, these)
        return room, self._crowd.coding.holding(room, taken, formula)

    def known(self, these: int, formula: Formula, read: Iterable[Test]) -> Iterator[Facts]:
        """What is known, as far as some tests read it, of those of whom a formula is true."""
        coding = self._crowd.coding
        room, those = self._looked_at(these, formula)
        by_fact: dict[str, list[frozenset[str]]] = {}
        for test in read:
            if test.fact in coding.facts:
                by_fact.setdefault(test.fact, []).append(test.values)
        codes = {fact: coding.facts[fact] for fact in by_fact}
        alike = room.forget(those, room.places - coding.places(codes))
        for fact, code in codes.items():
            alike = code.as_one(room, alike, by_fact[fact])
        for digits in room.told(alike):
            member = defaultdict(int, digits)
            yield {f: values for f, code in codes.items() if (values := code.values(member))}


def everyone(
    setting: Setting,
    always: frozenset[str],
    read: Mapping[int, Collection[str]],
    tests: Iterable[Test],
    most: int = MOST_STATES,
) -> Everyone:
    """Explore once for all proofs.

    ``always`` are the facts that are read at every ending, and ``read`` what else is at each. Of
    what all trees ask, and of where people began, each value is told apart; of all else, and where
    several may be chosen, what the ``tests`` tell apart.
    """
    wanted = always.union(*read.values(), setting.asked_knowing)
    by_fact: dict[str, list[frozenset[str]]] = {}
    for test in tests:
        by_fact.setdefault(test.fact, []).append(test.values)
    last_first = sorted(wanted & setting.facts.keys(), key=lambda f: -setting.facts[f])
    each_told = {*setting.map.library.questions, BEGAN} - setting.many
    kinds = {
        fact: Kinds.each(setting.values[fact])
        if fact in each_told
        else setting.kinds(fact, (Test(fact, values) for values in by_fact.get(fact, ())))
        for fact in last_first
    }
    coding: Coding[int] = Coding(kinds, setting.many)
    room = most * max(1, len(setting.map.nodes) // _STEPS_FOR_EACH_ROOM)
    diagrams = Diagrams(coding.sizes, room)
    endings = frozenset(setting.map.endings)
    crowd = Crowd(
        setting,
        coding,
        diagrams,
        lambda number: always.union(read.get(number, ())) if number in endings else (),
    )
    places = {fact: len(code.places) for fact, code in coding.facts.items()}
    held = frozenset(crowd.held)
    deepest = max((sum(places[fact] for fact in facts) for facts in held), default=0)
    if deepest > _MOST_PLACES:
        return Everyone(crowd, diagrams, most, always, read, {}, complete=False)
    sets, complete = spread(crowd)
    crowd.rest()
    return Everyone(crowd, diagrams, most, always, read, sets, complete)
