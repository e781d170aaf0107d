"""One person, the same answers, in two libraries at once: where each of them leads.

The two are walked in step. A question that both ask is answered once; one that only one of them
asks now is answered there, and the answer is kept for when the other asks. What is told apart and
what is forgotten is as in ``explore``: a proof reads few facts, and the rest are not kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from functools import partial
from itertools import combinations, product
from typing import TypeAlias

from ..model.base import Frozen
from ..model.facts import Facts
from ..model.library import Library
from ..model.tree import Outcome, Question, Step, Target
from ..proof.formula import Test
from ..proof.prover import BEFOREHAND
from ..proof.witness import Witness
from ..walk.walk import Reply

MOST_STATES = 100_000
"""States; a comparison that needs more is not decided."""

Place: TypeAlias = tuple[str, str]
"""A step: its tree and its name."""

_Known: TypeAlias = frozenset[tuple[str, frozenset[str]]]


class _At(Frozen):
    """Where somebody is in one library, and what is known of them there."""

    place: Place
    known: _Known


class State(Frozen):
    """Where somebody is in both libraries.

    ``said`` are answers that only one of them has asked for so far. ``only_old`` and ``only_new``
    are facts that were asked about in one and not in the other, and ``apart`` those of which the
    two may know different things because a tree gave them or an ending settled them.
    """

    old: _At
    new: _At
    said: _Known
    only_old: frozenset[str]
    only_new: frozenset[str]
    apart: frozenset[str]


class Pair(Frozen):
    """The endings at which the same people arrive, and what each library then knows of them.

    Of ``old_facts`` and ``new_facts`` those are there that were asked to be told apart; of values
    that no test tells apart there is one that stands for all. ``unlike`` are facts, read or not,
    of which the two libraries may know different things. ``answers`` is how many answers it takes
    at least.
    """

    old: Place
    new: Place
    old_facts: Facts
    new_facts: Facts
    unlike: frozenset[str]
    answers: int
    state: State


_Said: TypeAlias = tuple[Reply | None, Reply | None]
"""What somebody says in the old library and in the new one; None where it does not ask."""


class Together(Frozen):
    """What was found from the start of one tree. If ``complete`` is false, a limit was met.

    Pairs that need fewer answers come first.
    """

    tree: str
    pairs: tuple[Pair, ...]
    states: int
    complete: bool
    _before: Mapping[State, tuple[State, _Said]]
    _begun: Mapping[State, Facts]
    _came: tuple[Mapping[Place, State], Mapping[Place, State]]

    def to_old(self, place: Place) -> Witness | None:
        """A shortest way to a step of the old library, or None if nobody was seen to come there."""
        state = self._came[0].get(place)
        return None if state is None else self.ways(state)[0]

    def to_new(self, place: Place) -> Witness | None:
        """A shortest way to a step of the new library, or None if nobody was seen to come there."""
        state = self._came[1].get(place)
        return None if state is None else self.ways(state)[1]

    def ways(self, state: State) -> tuple[Witness, Witness]:
        """A shortest way to a state, as it is walked in the old library and in the new one."""
        said: list[_Said] = []
        while (step := self._before.get(state)) is not None:
            state, replies = step
            said.append(replies)
        given = self._begun[state]
        old = tuple(reply for reply, _ in reversed(said) if reply is not None)
        new = tuple(reply for _, reply in reversed(said) if reply is not None)
        return Witness(self.tree, given, old), Witness(self.tree, given, new)


def together(old: Road, new: Road, tests: Iterable[Test], most: int = MOST_STATES) -> Together:
    """Walk a tree that both libraries have, for a comparison that reads facts through ``tests``.

    More than ``most`` states are not looked at.
    """
    return _Exploration(old, new, tuple(tests), most).run()


class Road:
    """All that can be met from the start of a tree, in a library that was read without an error.

    It is made once for a tree and then walked for each comparison.
    """

    def __init__(self, library: Library, tree: str) -> None:
        self.library = library
        self.tree = tree
        self.steps: dict[Place, Step] = {}
        self.ways: dict[Place, tuple[tuple[str, Place], ...]] = {}
        self.start = self._place(Target(tree, "", span=library.trees[tree].span))
        waiting = [self.start]
        for place in waiting:  # which grows as ways are found
            if place not in self.steps:
                here, name = place
                step = library.trees[here].step(name)
                assert step is not None  # the library has been read without mistakes
                self.steps[place] = step
                self.ways[place] = tuple((value, self._place(goto)) for value, goto in step.ways)
                waiting += (goto for _, goto in self.ways[place])
        self.values = _values(library)
        self._bits = {
            fact: 1 << number
            for number, fact in enumerate(dict.fromkeys(q.fact for _, q in self.questions()))
        }
        self._asked = self._look_ahead()
        asking = Counter(question.fact for _, question in self.questions())
        self.asked_twice = frozenset(fact for fact, times in asking.items() if times > 1)

    def questions(self) -> Iterator[tuple[Place, Question]]:
        """Every question that can be met."""
        for place, step in self.steps.items():
            if isinstance(step, Question):
                yield place, step

    def given(self, place: Place) -> Iterable[tuple[str, frozenset[str]]]:
        """What its tree gives to all who are at a step."""
        return self.library.gives(self.library.trees[place[0]]).items()

    def asks(self, place: Place, fact: str) -> bool:
        """Whether a fact is asked about at a step or further on."""
        return bool(self._asked[place] & self._bits.get(fact, 0))

    def way(self, place: Place, values: Collection[str]) -> Place | None:
        """Where these values lead: the first that is offered decides."""
        return next((goto for value, goto in self.ways[place] if value in values), None)

    def answer(self, place: Place, values: frozenset[str]) -> Place | None:
        """Where these values lead as an answer, or None if they are not all offered."""
        return self.way(place, values) if values <= dict(self.ways[place]).keys() else None

    def _place(self, goto: Target) -> Place:
        return goto.tree, goto.step or self.library.trees[goto.tree].start

    def _look_ahead(self) -> dict[Place, int]:
        """For each step a bit for each fact that is asked about there or further on."""
        asked = dict.fromkeys(self.steps, 0)
        changed = True
        while changed:
            changed = False
            for place in reversed(self.steps):
                step = self.steps[place]
                bits = self._bits[step.fact] if isinstance(step, Question) else 0
                for _, goto in self.ways[place]:
                    bits |= asked[goto]
                changed = changed or bits != asked[place]
                asked[place] = bits
        return asked


def _values(library: Library) -> dict[str, tuple[str, ...]]:
    """All that anybody can say of each fact."""
    found: dict[str, dict[str, None]] = {}
    own = (question for tree in library.trees.values() for question in tree.questions.values())
    for question in (*library.questions.values(), *own):
        found.setdefault(question.fact, {}).update(dict.fromkeys(question.values))
    return {fact: tuple(values) for fact, values in found.items()}


class _Alike:
    """Values of a fact that nothing tells apart count as one, the first of them."""

    def __init__(self, marks: Mapping[str, Mapping[str, list[Hashable]]]) -> None:
        self._one = {fact: _first_of_each(marked) for fact, marked in marks.items()}
        self._found: dict[tuple[str, frozenset[str]], frozenset[str]] = {}

    def one(self, fact: str, value: str) -> str:
        """The value that stands for this one."""
        return self._one.get(fact, {}).get(value, value)

    def of(self, fact: str, values: frozenset[str]) -> frozenset[str]:
        """The values that stand for these."""
        key = fact, values
        if key not in self._found:
            self._found[key] = frozenset(self.one(fact, value) for value in values)
        return self._found[key]


def _first_of_each(marks: Mapping[str, list[Hashable]]) -> dict[str, str]:
    first: dict[tuple[Hashable, ...], str] = {}
    return {value: first.setdefault(tuple(marked), value) for value, marked in marks.items()}


def _told_apart(roads: Collection[Road], tests: Iterable[Test]) -> tuple[_Alike, _Alike]:
    """How finely a fact is told apart: as long as it may be asked about, and at the end.

    While it may be asked about, where each of its values leads tells them apart too.
    """
    marks: dict[str, dict[str, list[Hashable]]] = {}
    for road in roads:
        for fact, values in road.values.items():
            marks.setdefault(fact, {}).update((value, []) for value in values)
    for test in tests:
        for value, marked in marks.get(test.fact, {}).items():
            marked.append(value in test.values)
    at_the_end = _Alike(marks)
    for road in roads:
        for place, question in road.questions():
            for value, marked in marks[question.fact].items():
                marked.append(road.way(place, (value,)))
    return _Alike(marks), at_the_end


_NOTHING: frozenset[str] = frozenset()
_Learnt: TypeAlias = Mapping[str, frozenset[str]]
_Move: TypeAlias = tuple[State | None, _Said, int]
"""The state that comes next (None if there is none), what is said, and how many answers it is."""


class _Exploration:
    def __init__(self, old: Road, new: Road, tests: tuple[Test, ...], most: int) -> None:
        self.old, self.new = old, new
        self.most = most
        self.tracked = frozenset(test.fact for test in tests)
        self.while_asked, self.at_the_end = _told_apart((old, new), tests)
        self.again = old.asked_twice | new.asked_twice
        self.complete = True
        self.seen: set[State] = set()
        self.before: dict[State, tuple[State, _Said]] = {}
        self.begun: dict[State, Facts] = {}
        self.pairs: list[Pair] = []
        self.came: tuple[dict[Place, State], dict[Place, State]] = ({}, {})

    def run(self) -> Together:
        """Breadth first, by the number of answers: the first way to a state is a shortest."""
        beginnings = sorted(self._beginnings(), key=len)
        answers, last = 0, len(beginnings[-1])
        waiting: list[tuple[State, State | None, _Said]] = []
        while waiting or answers <= last:
            now = [*waiting, *self._begin(f for f in beginnings if len(f) == answers)]
            waiting = []
            for state, earlier, said in now:  # which grows by what costs no answer
                if state in self.seen:
                    continue
                if len(self.seen) >= self.most:
                    return self._found(complete=False)
                self.seen.add(state)
                if earlier is not None:
                    self.before[state] = (earlier, said)
                self.came[0].setdefault(state.old.place, state)
                self.came[1].setdefault(state.new.place, state)
                if self._has_ended(state):
                    self.pairs.append(self._pair(state, answers))
                for after, replies, cost in self._moves(state):
                    if after is not None:
                        (waiting if cost else now).append((after, state, replies))
            answers += 1
        return self._found(complete=self.complete)

    def _found(self, *, complete: bool) -> Together:
        return Together(
            self.old.tree,
            tuple(self.pairs),
            len(self.seen),
            complete,
            self.before,
            self.begun,
            self.came,
        )

    def _beginnings(self) -> Iterator[Facts]:
        """What may be known before the first question, of the facts that are read."""
        roads = (self.old, self.new)
        early: list[tuple[tuple[str, str] | None, ...]] = []
        for fact in BEFOREHAND:
            if fact not in self.tracked or any(r.library.always_asks(fact) for r in roads):
                continue
            asked = [r.library.questions[fact].values for r in roads if fact in r.library.questions]
            both = [v for v in (asked[0] if asked else ()) if all(v in other for other in asked)]
            alike = dict.fromkeys(self.while_asked.one(fact, value) for value in both)
            early.append((None, *((fact, value) for value in alike)))
        for chosen in product(*early):
            yield {fact: frozenset({value}) for fact, value in filter(None, chosen)}

    def _begin(self, beginnings: Iterable[Facts]) -> Iterator[tuple[State, None, _Said]]:
        for facts in beginnings:
            old = self._arrive(self.old, self.old.start, facts)
            new = self._arrive(self.new, self.new.start, facts)
            first = self._state(old, new, {})
            if first is not None and first not in self.begun:
                self.begun[first] = facts
                yield first, None, (None, None)

    # How somebody goes on

    def _moves(self, here: State) -> Iterator[_Move]:
        old, new = self.old.steps[here.old.place], self.new.steps[here.new.place]
        if isinstance(old, Outcome) and isinstance(new, Outcome):
            if old.carry_on is not None and new.carry_on is not None:
                yield self._carry_on(here, old, new)
        elif not isinstance(old, Question):
            assert isinstance(new, Question)  # one of the two has been seen not to be an ending
            yield from self._ask_one(here, new, in_old=False)
        elif not isinstance(new, Question):
            yield from self._ask_one(here, old, in_old=True)
        elif old.fact == new.fact:
            yield from self._ask_both(here, old, new)
        else:
            # Whichever asks what the other never will asks first: the others are then in step.
            new_waits = self.old.asks(here.old.place, new.fact)
            old_waits = self.new.asks(here.new.place, old.fact)
            old_first = new_waits or not old_waits
            yield from self._ask_one(here, old if old_first else new, in_old=old_first)

    def _has_ended(self, here: State) -> bool:
        ends = (self.old.steps[here.old.place], self.new.steps[here.new.place])
        return all(isinstance(step, Outcome) for step in ends)

    def _pair(self, here: State, answers: int) -> Pair:
        return Pair(
            here.old.place,
            here.new.place,
            self._read(here.old),
            self._read(here.new),
            here.only_old | here.only_new | here.apart,
            answers,
            here,
        )

    def _read(self, at: _At) -> Facts:
        return {
            fact: self.at_the_end.of(fact, values)
            for fact, values in at.known
            if fact in self.tracked
        }

    def _carry_on(self, here: State, old: Outcome, new: Outcome) -> _Move:
        assert old.carry_on is not None
        assert new.carry_on is not None
        settled = old.carry_on.sets.keys() | new.carry_on.sets.keys()
        said = {fact: values for fact, values in here.said if fact not in settled}
        [(_, old_goto)], [(_, new_goto)] = (
            self.old.ways[here.old.place],
            self.new.ways[here.new.place],
        )
        after = self._state(
            self._arrive(self.old, old_goto, dict(here.old.known), old.carry_on.sets),
            self._arrive(self.new, new_goto, dict(here.new.known), new.carry_on.sets),
            said,
            here,
        )
        return after, (Reply(*here.old.place), Reply(*here.new.place)), 1

    def _ask_both(self, here: State, old: Question, new: Question) -> Iterator[_Move]:
        fact = old.fact
        said = {f: values for f, values in here.said if f != fact}
        for values in self._choices(here, (old, new)):
            old_goto = self.old.answer(here.old.place, values)
            new_goto = self.new.answer(here.new.place, values)
            if old_goto is None or new_goto is None:
                continue  # whoever would say this in one library cannot say it in the other
            learnt = {fact: values}
            replies = Reply(*here.old.place, values), Reply(*here.new.place, values)
            after = self._state(
                self._arrive(self.old, old_goto, dict(here.old.known), learnt),
                self._arrive(self.new, new_goto, dict(here.new.known), learnt),
                said,
                here,
            )
            yield after, replies, 1

    def _ask_one(self, here: State, question: Question, *, in_old: bool) -> Iterator[_Move]:
        """One library asks; the other waits, and what is said is kept for it."""
        fact, said = question.fact, dict(here.said)
        road, at = (self.old, here.old) if in_old else (self.new, here.new)
        kept = said.get(fact)
        answers: Iterable[frozenset[str]] = (
            self._choices(here, (question,)) if kept is None else (kept,)
        )
        for values in answers:
            goto = road.answer(at.place, values)
            if goto is None:
                continue  # it was said where it could be; nobody can say it here
            moved = self._arrive(road, goto, dict(at.known), {fact: values})
            reply = Reply(*at.place, values)
            onward = partial(self._state, said={**said, fact: values}, before=here, asked=fact)
            cost = 1 if kept is None else 0
            if in_old:
                yield onward(moved, (here.new, {})), (reply, None), cost
            else:
                yield onward((here.old, {}), moved), (None, reply), cost

    def _choices(self, here: State, asking: tuple[Question, ...]) -> Iterator[frozenset[str]]:
        """Everything that can be answered, up to values that count as one."""
        fact = asking[0].fact
        answers = {a.value: a for question in asking for a in question.answers}
        one = {value: self.while_asked.one(fact, value) for value in answers}
        for value in dict.fromkeys(one.values()):
            yield frozenset({value})
        if not any(question.many for question in asking) or not self._sets_count(here, fact):
            return
        alone = {a.value for question in asking for a in question.answers if a.alone}
        several = tuple(dict.fromkeys(one[value] for value in answers if value not in alone))
        if 1 << len(several) > self.most:
            self.complete = False
            return
        for size in range(2, len(several) + 1):
            yield from map(frozenset, combinations(several, size))

    def _sets_count(self, here: State, fact: str) -> bool:
        """Whether it matters which values are chosen together; else the first decides alone."""
        if fact in self.tracked or fact in self.again:
            return True
        return self.old.ways[here.old.place] != self.new.ways[here.new.place]

    # Where somebody then is

    def _arrive(
        self, road: Road, place: Place, known: Facts, learnt: Facts | None = None
    ) -> tuple[_At | None, _Learnt]:
        """Pass over what is known, and forget what no longer matters.

        Gives None if that leads round in a circle, which is a mistake of the tree; and what is
        newly known.
        """
        new = dict(learnt or {})
        met: set[Place] = set()
        while place not in met:
            met.add(place)
            new |= road.given(place)
            step = road.steps[place]
            values = {**known, **new}.get(step.fact) if isinstance(step, Question) else None
            over = road.way(place, values) if values else None
            if over is None:
                return _At(place, self._kept(road, place, {**known, **new})), new
            place = over
        self.complete = False
        return None, new

    def _kept(self, road: Road, place: Place, known: Facts) -> _Known:
        return frozenset(
            (fact, (self.while_asked if ahead else self.at_the_end).of(fact, values))
            for fact, values in known.items()
            if (ahead := road.asks(place, fact)) or fact in self.tracked
        )

    def _state(
        self,
        old: tuple[_At | None, _Learnt],
        new: tuple[_At | None, _Learnt],
        said: Facts,
        before: State | None = None,
        asked: str = "",
    ) -> State | None:
        """Where both then are. ``asked`` is the fact that one of them alone has asked about."""
        (old_at, old_learnt), (new_at, new_learnt) = old, new
        if old_at is None or new_at is None:
            return None
        only_old, only_new, apart = (
            (before.only_old, before.only_new, before.apart) if before else (_NOTHING,) * 3
        )
        alike = {f for f, values in old_learnt.items() if new_learnt.get(f) == values}
        otherwise = (old_learnt.keys() | new_learnt.keys()) - alike - {asked}
        # What one has asked about before the other, both know once the other has asked too.
        by_old, by_new = {asked} & old_learnt.keys(), {asked} & new_learnt.keys()
        return State(
            old_at,
            new_at,
            frozenset(
                (fact, values)
                for fact, values in said.items()
                if self._waits(self.old, old_at, fact) or self._waits(self.new, new_at, fact)
            ),
            (only_old | (by_old - only_new)) - by_new - alike,
            (only_new | (by_new - only_old)) - by_old - alike,
            (apart | otherwise) - alike,
        )

    def _waits(self, road: Road, at: _At, fact: str) -> bool:
        """Whether one library will still ask for a fact."""
        return road.asks(at.place, fact) and all(fact != known for known, _ in at.known)
