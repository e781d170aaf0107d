"""How many paths lead to each ending of a tree, which is the shortest, and for whom.

A path is the answers that somebody gives from the start to an ending; to go on from an ending is
an answer too. A question that is passed over, because its fact is known, leaves no choice. A
question with many answers can be answered in as many ways as there are sets of answers.

Paths are counted without listing them. People who are at one step, and whom every question still
to come would lead the same way if it met what is known of them, are counted together; steps are
taken in an order in which all that lead to a step come before it. See ``docs/proving.md``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from copy import copy
from itertools import combinations
from typing import TypeAlias

from ..model.base import Frozen
from ..model.facts import Facts
from ..model.library import Library
from ..model.map import Map
from ..model.tree import Outcome, Question
from ..walk.walk import Reply, Walk
from .transitions import NODE_BUDGET

PEOPLE = ("teller", "age", "nation")
"""The facts that say for whom an ending is."""


class NotCounted(Exception):
    """The paths have no number, or too much has to be known to count them. The message is one
    sentence that says which."""


class Path(Frozen):
    """One way to an ending: the replies that lead there, in order."""

    tree: str
    outcome: Outcome
    replies: tuple[Reply, ...]


class Ending(Frozen):
    """An ending, how many paths reach it, and one with the fewest replies, or None if none does.

    ``people`` has those of the facts PEOPLE that limit who comes here, with their values; of a
    fact that is left out every value comes here, or nobody was asked.
    """

    tree: str
    outcome: Outcome
    paths: int
    shortest: Path | None
    people: Facts


class Counted(Frozen):
    """Every ending of a tree, then those in other trees that it leads to. ``given`` is what was
    known beforehand."""

    tree: str
    given: Facts
    endings: tuple[Ending, ...]

    @property
    def paths(self) -> int:
        """How many paths there are in all."""
        return sum(ending.paths for ending in self.endings)


def count(
    library: Library, tree: str, given: Facts | None = None, most: int = NODE_BUDGET
) -> Counted:
    """Count the paths of a tree, for people of whom ``given`` is known beforehand.

    Raises KeyError for a tree that is not there, and NotCounted if its ways lead round in a
    circle or if more than ``most`` kinds of people would have to be told apart.
    """
    return _Count(library, tree, given, most).run()


def listed(library: Library, tree: str, given: Facts | None = None) -> Iterator[Path]:
    """Every path, one at a time, in the order of the answers; at an ending, first to stop there.

    Raises as ``count`` does, but needs to tell nobody apart.
    """
    here = Map(library, tree)
    _in_order(here, tree)
    return _listed(here, _from_walk(library, tree, given))


def _from_walk(library: Library, tree: str, given: Facts | None) -> Facts:
    """What a walk takes of what is given: not the answers to questions that are always asked."""
    return Walk.begin(library, tree, given).given


def _routing(here: Map, given: Facts) -> Mapping[str, tuple[int, ...]]:
    """The facts that may be known already when a question asks for them, with those questions."""
    asking: dict[str, list[int]] = {}
    early = set(given)
    for number, node in enumerate(here.nodes):
        early |= {fact for fact, _ in node.given}
        if isinstance(node.step, Question):
            asking.setdefault(node.step.fact, []).append(number)
        elif node.step.carry_on is not None:
            early |= set(node.step.carry_on.sets)
    return {
        fact: tuple(questions)
        for fact, questions in asking.items()
        if len(questions) > 1 or fact in early
    }


def _in_order(here: Map, tree: str) -> tuple[int, ...]:
    """Every step after all those that lead to it."""
    leading = Counter(target for node in here.nodes for target in node.onward)
    order = [] if leading[here.start] else [here.start]
    for number in order:
        for target in here.nodes[number].onward:
            leading[target] -= 1
            if not leading[target]:
                order.append(target)
    if len(order) < len(here.nodes):
        raise NotCounted(
            f"The ways of {tree} lead round in a circle, so its paths have no number. "
            "To see where, run: fingerpost check"
        )
    return tuple(order)


# --- listing -------------------------------------------------------------------------------------


def _listed(here: Map, given: Facts) -> Iterator[Path]:
    """Depth first; for each reply on the way, the moves that are still to be made instead."""
    routing = frozenset(_routing(here, given))
    replies: list[Reply] = []
    number, known = _met(here, here.start, given)
    yield from _path(here, number, replies)
    waiting = [_moves(here, number, known, routing)]
    while waiting:
        move = next(waiting[-1], None)
        if move is None:
            waiting.pop()
            del replies[-1:]
            continue
        reply, number, known = move
        replies.append(reply)
        yield from _path(here, number, replies)
        waiting.append(_moves(here, number, known, routing))


def _path(here: Map, number: int, replies: list[Reply]) -> Iterator[Path]:
    node = here.nodes[number]
    if isinstance(node.step, Outcome):
        yield Path(node.tree, node.step, tuple(replies))


def _moves(
    here: Map, number: int, known: Facts, routing: frozenset[str]
) -> Iterator[tuple[Reply, int, Facts]]:
    """Each reply that can be given at a step, the step met next, and what is known there.

    Only facts that may be asked for again are kept in mind.
    """
    node = here.nodes[number]
    if isinstance(node.step, Outcome):
        sets = node.step.carry_on.sets if node.step.carry_on else {}
        for _, target in node.ways:
            yield Reply(node.tree, node.step.name), *_met(here, target, {**known, **sets})
        return
    for values in _answers(node.step):
        goto = _over(here, number, values)
        if goto is not None:
            now = {**known, node.step.fact: values} if node.step.fact in routing else known
            yield Reply(node.tree, node.step.name, values), *_met(here, goto, now)


def _met(here: Map, number: int, known: Facts) -> tuple[int, Facts]:
    """The first step from here at which something can be said, and what is known there."""
    while True:
        node = here.nodes[number]
        known = {**known, **dict(node.given)}
        if not isinstance(node.step, Question) or node.step.fact not in known:
            return number, known
        over = _over(here, number, known[node.step.fact])
        if over is None:
            return number, known
        number = over


def _over(here: Map, number: int, values: frozenset[str]) -> int | None:
    """Where a question leads those of whom these values of its fact are true; None if nowhere."""
    return next((target for value, target in here.nodes[number].ways if value in values), None)


def _answers(question: Question) -> Iterator[frozenset[str]]:
    """Everything that can be answered, one value first, then more of them."""
    for answer in question.answers:
        yield frozenset({answer.value})
    if question.many:
        together = [answer.value for answer in question.answers if not answer.alone]
        for size in range(2, len(together) + 1):
            yield from map(frozenset, combinations(together, size))


# --- counting ------------------------------------------------------------------------------------

_Fate: TypeAlias = tuple[tuple[int, int], ...]
"""What the known values of a fact mean for the way: each question still to come that is passed
over because of them, with the step that it then leads to. The others will be asked."""

_Known: TypeAlias = tuple[tuple[str, _Fate], ...]
"""The facts that may still decide the way, by name, each with its fate."""

_People: TypeAlias = tuple[frozenset[str], ...]
"""For each of the facts PEOPLE its values; the empty value is that nobody has asked."""


class _Crowd:
    """Those who are at a step and have the same ways before them.

    ``answers`` is how many replies brought the first of them here, ``before`` from whom they came
    and by which reply, or None where a question was passed over.
    """

    __slots__ = ("answers", "before", "paths", "people")

    def __init__(
        self,
        paths: int,
        answers: int,
        people: _People,
        before: tuple[_Crowd, Reply | None] | None = None,
    ) -> None:
        self.paths = paths
        self.answers = answers
        self.people = people
        self.before = before

    def join(self, other: _Crowd) -> None:
        """Take in others who have come to the same step."""
        self.paths += other.paths
        self.people = tuple(a | b for a, b in zip(self.people, other.people, strict=True))
        if other.answers < self.answers:
            self.answers, self.before = other.answers, other.before

    def replies(self) -> tuple[Reply, ...]:
        """A shortest way here."""
        found: list[Reply] = []
        before = self.before
        while before is not None:
            crowd, reply = before
            if reply is not None:
                found.append(reply)
            before = crowd.before
        return tuple(reversed(found))


class _Choice(Frozen):
    """Answers to a question that come to the same: how many, and one with the fewest values.

    ``values`` are all that occur in any of them.
    """

    ways: int
    fewest: frozenset[str]
    values: frozenset[str]

    def or_else(self, other: _Choice) -> _Choice:
        """More answers that come to the same; of equally short ones the first is kept."""
        fewest = other.fewest if len(other.fewest) < len(self.fewest) else self.fewest
        return _Choice(self.ways + other.ways, fewest, self.values | other.values)

    def and_also(self, value: str) -> _Choice:
        """Each of these answers with one more value."""
        more = frozenset({value})
        return _Choice(self.ways, self.fewest | more, self.values | more)


class _Count:
    def __init__(self, library: Library, tree: str, given: Facts | None, most: int) -> None:
        self.map = Map(library, tree)
        self.tree = tree
        self.most = most
        self.order = _in_order(self.map, tree)
        self.given = _from_walk(library, tree, given)
        self.routing = _routing(self.map, self.given)
        self.bits = {
            number: 1 << place
            for place, number in enumerate(n for each in self.routing.values() for n in each)
        }
        self.ahead = self._look_ahead()
        self.at: dict[int, dict[_Known, _Crowd]] = {}
        self.kinds = 0

    def run(self) -> Counted:
        known = {fact: self._fate(fact, values) for fact, values in self.given.items()}
        people = tuple(self.given.get(fact, frozenset({""})) for fact in PEOPLE)
        self._arrive(self.map.start, known, _Crowd(1, 0, people))
        ended: dict[int, _Crowd] = {}
        for number in self.order:
            crowds = self.at.pop(number, {})
            step = self.map.nodes[number].step
            choices = self._choices(number, step) if isinstance(step, Question) else {}
            for known_here, crowd in crowds.items():
                self._go_on(number, dict(known_here), crowd, choices)
            if isinstance(step, Outcome):
                for crowd in crowds.values():
                    if number in ended:
                        ended[number].join(crowd)
                    else:
                        ended[number] = copy(crowd)
        return Counted(self.tree, self.given, tuple(self._endings(ended)))

    def _endings(self, ended: Mapping[int, _Crowd]) -> Iterator[Ending]:
        """Those of the tree itself in the order of its file, then the rest as they are met."""
        own = self.map.library.trees[self.tree]
        reached = {
            (self.map.nodes[number].tree, self.map.nodes[number].step.name): crowd
            for number, crowd in ended.items()
        }
        for tree, name in dict.fromkeys([*((own.name, each) for each in own.outcomes), *reached]):
            outcome = self.map.library.trees[tree].outcomes[name]
            crowd = reached.get((tree, name))
            if crowd is None:
                yield Ending(tree, outcome, 0, None, {})
            else:
                shortest = Path(tree, outcome, crowd.replies())
                yield Ending(tree, outcome, crowd.paths, shortest, self._limits(crowd.people))

    def _limits(self, people: _People) -> Facts:
        """Those facts that not everyone who comes has in every way."""
        told = zip(PEOPLE, people, strict=True)
        return {
            fact: values
            for fact, values in told
            if "" not in values and not values >= self._every(fact)
        }

    def _every(self, fact: str) -> frozenset[str]:
        shared = self.map.library.questions.get(fact)
        asked = [question for question in self.map.questions() if question.fact == fact]
        return frozenset(v for q in (*asked, *([shared] if shared else ())) for v in q.values)

    def _go_on(
        self, number: int, known: dict[str, _Fate], crowd: _Crowd, choices: _Choices
    ) -> None:
        """Send those who are at a step to all that come next."""
        node = self.map.nodes[number]
        if isinstance(node.step, Outcome):
            if node.step.carry_on is not None:
                sets = node.step.carry_on.sets
                now = known | {fact: self._fate(fact, values) for fact, values in sets.items()}
                people = _told(crowd.people, sets)
                reply = Reply(node.tree, node.step.name)
                for _, target in node.ways:
                    on = _Crowd(crowd.paths, crowd.answers + 1, people, (crowd, reply))
                    self._arrive(target, now, on)
            return
        fact = node.step.fact
        over = dict(known.get(fact, ())).get(number)
        if over is not None:
            on = _Crowd(crowd.paths, crowd.answers, crowd.people, (crowd, None))
            self._arrive(over, known, on)
            return
        for (target, fate), choice in choices.items():
            reply = Reply(node.tree, node.step.name, choice.fewest)
            people = _told(crowd.people, {fact: choice.values})
            on = _Crowd(crowd.paths * choice.ways, crowd.answers + 1, people, (crowd, reply))
            self._arrive(target, known | {fact: fate}, on)

    def _arrive(self, number: int, known: Mapping[str, _Fate], crowd: _Crowd) -> None:
        """Take what the tree gives, forget what no longer decides, and join who is there."""
        given = dict(self.map.nodes[number].given)
        crowd.people = _told(crowd.people, given)
        now = {**known, **{fact: self._fate(fact, values) for fact, values in given.items()}}
        ahead = self.ahead[number]
        fates = (
            (fact, tuple(each for each in fate if self.bits[each[0]] & ahead))
            for fact, fate in sorted(now.items())
        )
        key = tuple((fact, fate) for fact, fate in fates if fate)
        here = self.at.setdefault(number, {})
        if key in here:
            here[key].join(crowd)
            return
        self.kinds += 1
        if self.kinds > self.most:
            raise self._too_many()
        here[key] = crowd

    def _too_many(self) -> NotCounted:
        return NotCounted(
            f"The paths of {self.tree} are not counted: more than {self.most:,} kinds of people "
            "would have to be told apart."
        )

    def _fate(self, fact: str, values: frozenset[str]) -> _Fate:
        over = ((n, _over(self.map, n, values)) for n in self.routing.get(fact, ()))
        return tuple((number, target) for number, target in over if target is not None)

    def _choices(self, number: int, question: Question) -> _Choices:
        """What can be answered, by where it leads and what it means for the way from there."""
        chosen: _Choices = {}
        if question.many:
            self._add_sets(chosen, number, question)
        for answer in question.answers:
            target = _over(self.map, number, frozenset({answer.value}))
            if target is not None and (answer.alone or not question.many):
                fate = self._fate(question.fact, frozenset({answer.value}))
                _add(chosen, (target, fate), _Choice(1, *[frozenset({answer.value})] * 2))
        return chosen

    def _add_sets(self, chosen: _Choices, number: int, question: Question) -> None:
        """Add the sets of values that do not stand alone, without listing them.

        The first chosen value that a question offers decides where it leads, so of a set it is
        enough to know its first value for each question about the fact.
        """
        asking = self.routing.get(question.fact, (number,))
        places = [
            {value: (place, way) for place, (value, way) in enumerate(self.map.nodes[n].ways)}
            for n in asking
        ]
        nothing: _Firsts = (None,) * len(asking)
        sets: dict[_Firsts, _Choice] = {nothing: _Choice(1, frozenset(), frozenset())}
        for answer in reversed(question.answers):
            if answer.alone or answer.value not in places[asking.index(number)]:
                continue
            offered = [each.get(answer.value) for each in places]
            for firsts, choice in list(sets.items()):
                key, more = _earlier(firsts, offered), choice.and_also(answer.value)
                sets[key] = more.or_else(sets[key]) if key in sets else more
            if len(sets) > self.most:
                raise self._too_many()
        # Only the empty set leads nowhere, and it is no answer.
        for firsts, choice in reversed(sets.items()):
            first = firsts[asking.index(number)]
            if first is not None:
                fate = tuple((n, way[1]) for n, way in zip(asking, firsts, strict=True) if way)
                routed = fate if question.fact in self.routing else ()
                _add(chosen, (first[1], routed), choice)

    def _look_ahead(self) -> list[int]:
        """For each step, the questions in ``bits`` that may be met from there on."""
        ahead = [0] * len(self.map.nodes)
        for number in reversed(self.order):
            ahead[number] = self.bits.get(number, 0)
            for target in self.map.nodes[number].onward:
                ahead[number] |= ahead[target]
        return ahead


_Firsts: TypeAlias = tuple[tuple[int, int] | None, ...]
"""For each question about a fact the first chosen value: its place there, and where it leads."""

_Choices: TypeAlias = dict[tuple[int, _Fate], _Choice]


def _add(chosen: _Choices, key: tuple[int, _Fate], choice: _Choice) -> None:
    chosen[key] = chosen[key].or_else(choice) if key in chosen else choice


def _earlier(firsts: _Firsts, offered: list[tuple[int, int] | None]) -> _Firsts:
    """The first values of a set to which one more value is added."""
    pairs = zip(firsts, offered, strict=True)
    return tuple(min(a, b) if a and b else a or b for a, b in pairs)


def _told(people: _People, facts: Facts) -> _People:
    """The same people after they have told, or been given, these facts."""
    return tuple(facts.get(fact, known) for fact, known in zip(PEOPLE, people, strict=True))
