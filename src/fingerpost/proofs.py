"""What can be proved of a library on every path, and by whom it is broken.

Each proof reads a few facts only, and all begin at the starts of all trees. First those are set
aside of whom a formula says that nothing is wrong. If somebody is left, each kind of people is
judged by the same functions that decide what a page shows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from functools import cached_property, partial
from itertools import islice
from math import prod
from typing import Generic, TypeVar

from . import shown
from .conditions import Facts
from .crowd import MOST_STATES, Setting
from .explore import Arrival, Explored, explore
from .formulas import ALWAYS, Formula, Test, at_least, at_most, both, no, of
from .formulas import tests as tests_of
from .frozen import Frozen, replace
from .map import Map
from .model import Expectation, Library, Outcome, Question, Route, Rule
from .page import FIRST_SHOWN
from .reach import Reached, reach
from .reads import Reads
from .states import TooMany
from .walk import Reply
from .whom import Whom

BEFOREHAND = ("teller", "nation")
"""Facts that may be known before the first question: from the command line or the local file."""

_SHARED = 1 << 12
"""Combinations; up to so many more are told apart than one proof needs, for the next to share."""

_MOST_SHARED = 4
"""Explorations that are kept for the next proof."""

_WIDEST_SHARED = 1 << 15
"""Combinations; where more would be told apart, a proof is told only what it reads."""

_MOST_LOOKED_AT = 50_000
"""Kinds of people; of more at one ending not each is looked at, and that is no proof."""

Key = TypeVar("Key", bound=Hashable)


class State(StrEnum):
    """How a proof ended. Only PROVED is a proof."""

    PROVED = "proved"
    BROKEN = "broken"
    NEVER_TESTED = "never tested"
    NOT_DECIDED = "not decided"


class Way(Frozen):
    """How some people come to an ending: the tree in which they begin, what is known before its
    first question, and a shortest list of replies. A walk can replay it."""

    tree: str
    given: Facts
    replies: tuple[Reply, ...]

    def words(self, library: Library) -> tuple[str, ...]:
        """What is said on the way, each as FACT=VALUE, in order. Going on from an ending says
        only what it settles."""
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


class Met:
    """Some people who arrive at an ending. Who of them needs the fewest answers is worked out
    when it is asked for."""

    def __init__(self, find: Callable[[], tuple[Arrival, Explored | None]]) -> None:
        self._find = find

    @property
    def arrival(self) -> Arrival:
        """Those of them who need the fewest answers."""
        return self._first[0]

    @property
    def start(self) -> str:
        """The tree in which they begin."""
        return self.way.tree

    @cached_property
    def way(self) -> Way:
        """A shortest way by which they come; without a reply if none could be found in the room
        that is allowed."""
        arrival, explored = self._first
        if explored is None or arrival.state is None:
            return Way(arrival.tree, {}, ())
        state = arrival.state
        return Way(explored.tree(state), explored.given(state), explored.witness(state))

    @cached_property
    def _first(self) -> tuple[Arrival, Explored | None]:
        return self._find()


class Search(Frozen, Generic[Key]):
    """What was looked for at all endings: each thing found, with people who meet it. If
    ``complete`` is false, a limit was met, and what was not found may be there."""

    found: Mapping[Key, Met]
    states: int
    complete: bool


class Claim(Frozen, dict=True, gc=True):
    """What is claimed at an ending: that of all who are meant, something is true."""

    meant: Formula
    true: Formula

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        """All that it asks of the facts, once each."""
        return tuple(dict.fromkeys((*tests_of(self.meant), *tests_of(self.true))))


class Doubts(Frozen):
    """Of some claims, at which endings somebody is meant, and at which it is not plainly true,
    with a formula for the people in doubt.

    Endings are named by their number on the map.
    """

    meant: frozenset[int]
    doubtful: Mapping[int, Formula]
    states: int
    complete: bool


class Verdict(Frozen):
    """What was found: on how many endings, in how many states, and who breaks it.

    ``way`` is a shortest way to where it breaks, and ``arrival`` the ending there, or None.
    """

    state: State
    endings: int = 0
    states: int = 0
    way: Way | None = None
    arrival: Arrival | None = None


class Proofs:
    """Proofs over the trees of a library; the ways through them are worked out once.

    ``starts`` are the trees in which people begin, or None for all. A tree whose start is missing
    is left out: reading reports that.
    """

    def __init__(
        self, library: Library, most: int = MOST_STATES, starts: Iterable[str] | None = None
    ) -> None:
        self.library = library
        self.most = most
        self.reads = Reads(library)
        self.whom = Whom(library)
        trees = library.trees if starts is None else {name: library.trees[name] for name in starts}
        self.starts = tuple(name for name, tree in trees.items() if tree.step(""))
        self.beforehand = {
            fact: library.questions[fact].values for fact in BEFOREHAND if fact in library.questions
        }
        self._wide: list[_Wide] = []
        self._explored: dict[tuple[Test, ...], Explored] = {}

    @cached_property
    def map(self) -> Map:
        """All that can be met from the start of any tree."""
        return Map(self.library, *self.starts)

    @cached_property
    def maps(self) -> Mapping[str, Map]:
        """For each tree what can be met from its start."""
        return {name: Map(self.library, name) for name in self.starts}

    @cached_property
    def setting(self) -> Setting:
        """The map, and what may be known beforehand."""
        return Setting(self.map, None, self.beforehand)

    def endings(self) -> Iterator[tuple[int, Outcome]]:
        """Every ending that ways lead to, with its number on the map."""
        return ((number, self._outcome(number)) for number in self.map.endings)

    def places(self, numbers: Iterable[int]) -> tuple[tuple[str, str], ...]:
        """The tree and the name of each step with these numbers."""
        return tuple(self.map.nodes[number].place for number in numbers)

    # --- rules ---

    def rule(self, rule: Rule, tree: str | None = None) -> Verdict:
        """Whether all for whom a rule speaks see what it asks, and nothing that it forbids.

        ``tree`` names the tree whose own rule it is: then it speaks for all who begin there, and
        for its endings.
        """
        if tree is None:
            return _verdict([self._part(rule, self.map.endings)])
        there = [n for n in self.map.endings if self.map.nodes[n].tree == tree]
        alone = Proofs(self.library, self.most, [tree])
        parts = [alone._part(rule, alone.map.endings)] if alone.starts else []
        return _verdict([*parts, self._part(rule, there)])

    def verdicts(self) -> tuple[tuple[Rule, Verdict], ...]:
        """Every rule with how its proof ended: those of the library, then those of each tree."""
        return self._verdicts

    @cached_property
    def _verdicts(self) -> tuple[tuple[Rule, Verdict], ...]:
        found = [(rule, self.rule(rule)) for rule in self.library.rules]
        for tree in self.library.trees.values():
            found += [(rule, self.rule(rule, tree.name)) for rule in tree.rules]
        return tuple(found)

    def _part(self, rule: Rule, at: Iterable[int]) -> _Part:
        """How a rule fares with those who come to some endings."""
        like = self.whom.like(rule)
        alike: dict[Hashable, Claim] = {}
        claims: dict[int, Claim] = {}
        for number in at:
            outcome = self._outcome(number)
            kind = like(outcome)
            if kind not in alike:
                alike[kind] = Claim(of(rule.when), self.whom.surely_keeps(rule, outcome))
            claims[number] = alike[kind]
        doubts = self.doubts(claims)
        places = frozenset(self.places(doubts.meant))
        if not doubts.doubtful:
            return _Part(places, None, doubts.states, doubts.complete)

        def look(arrival: Arrival) -> Iterator[None]:
            if rule.when.holds(arrival.facts) and not keeps(self.library, rule, arrival):
                yield None

        search = self.search_doubts(self.reads.rule(rule), look, doubts)
        states, complete = doubts.states + search.states, doubts.complete and search.complete
        return _Part(places, search.found.get(None), states, complete)

    # --- what is plainly true ---

    def doubts(self, claims: Mapping[int, Claim], *, if_any: bool = False) -> Doubts:
        """Look for endings at which it is not plain that all who are meant are as claimed.

        First only what is shared by all trees is read, and whatever else somebody could have
        answered. Where that leaves a doubt the rest is read too, as far as it reaches. With
        ``if_any`` it is enough to find one ending at which somebody is meant.
        """
        every = {id(claim): claim for claim in claims.values()}
        read = {test.fact for claim in every.values() for test in claim.tests}
        if read <= self._shared_facts:
            return self._judged(claims)
        roughly = {each: self._roughly(claim) for each, claim in every.items()}
        first = self._judged({n: roughly[id(claim)].possibly for n, claim in claims.items()})
        surely = self._judged(
            {n: roughly[id(c)].surely for n, c in claims.items() if n in first.meant}
        )
        meant, doubtful = set(surely.meant), dict[int, Formula]()
        left = first.doubtful.keys() | (first.meant - surely.meant)
        if not first.complete:
            left = set(claims)
        states, complete = first.states, True
        for together in self._groups(sorted(left), claims):
            open_ = (
                together
                if not (if_any and meant)
                else [
                    number for number in together if number in first.doubtful or not first.complete
                ]
            )
            if open_:
                judged = self._judged({number: claims[number] for number in open_})
                meant |= judged.meant
                doubtful |= judged.doubtful
                states += judged.states
                complete = complete and judged.complete
        return Doubts(frozenset(meant), doubtful, states, complete)

    def _roughly(self, claim: Claim) -> _Rough:
        shared = self._shared_facts
        possibly = Claim(at_most(claim.meant, shared), at_least(claim.true, shared))
        return _Rough(possibly, Claim(at_least(claim.meant, shared), ALWAYS))

    @cached_property
    def _shared_facts(self) -> frozenset[str]:
        """The facts with one answer that all trees share."""
        return frozenset(self.library.questions) - self.setting.many

    def _groups(self, numbers: Iterable[int], claims: Mapping[int, Claim]) -> Iterator[list[int]]:
        """Those of these endings together whose claims read the same facts."""
        groups: dict[frozenset[str], list[int]] = {}
        read: dict[int, frozenset[str]] = {}
        for number in numbers:
            claim = claims[number]
            if id(claim) not in read:
                read[id(claim)] = frozenset(test.fact for test in claim.tests)
            groups.setdefault(read[id(claim)], []).append(number)
        return iter(groups.values())

    def _judged(self, claims: Mapping[int, Claim]) -> Doubts:
        """What is plain of some claims, all that they read being looked at together."""
        if not claims:
            return Doubts(frozenset(), {}, 0, complete=True)
        every = {id(claim): claim for claim in claims.values()}
        reached = self.reached((t for claim in every.values() for t in claim.tests), claims)
        judged: dict[tuple[int, int], tuple[bool, bool]] = {}
        meant: set[int] = set()
        doubtful: dict[int, Formula] = {}
        complete = reached.complete
        for number, claim in claims.items():
            key = (reached.at(number), id(claim))
            if key not in judged:
                try:
                    those = reached.among(key[0], claim.meant)
                    true = reached.among(those, claim.true) if those else those
                    judged[key] = (bool(those), true != those)
                except TooMany:
                    judged[key] = (True, True)
                    complete = False
            if judged[key][0]:
                meant.add(number)
            if judged[key][1]:
                doubtful[number] = both(claim.meant, no(claim.true))
        return Doubts(frozenset(meant), doubtful, reached.states, complete)

    def reached(self, read: Iterable[Test], at: Collection[int] | None = None) -> Reached:
        """Who comes to each ending, or to some, as far as these tests tell people apart."""
        setting = self.setting
        wanted = frozenset(test for test in read if test.fact in setting.values)
        chosen = frozenset(test for test in wanted if test.fact in setting.many)
        facts = frozenset(test.fact for test in wanted - chosen)
        base = self._base
        for wide in self._wide:
            if facts <= wide.facts and chosen <= wide.chosen:
                return wide.reached
        if at is not None and len(at) < len(self.map.endings) and base is not None:
            nearby = base.nearby(wanted, at, self.most)
            if nearby is not None:
                return nearby
        return self._widely(wanted, facts, chosen)

    def _widely(
        self, wanted: frozenset[Test], facts: frozenset[str], chosen: frozenset[Test]
    ) -> Reached:
        """Who comes to each ending; told apart more finely than is wanted, if that costs little,
        so that the next proof may need no exploration of its own."""
        setting, sizes = self.setting, self._sizes
        many = {test.fact for test in chosen} | (setting.deciding & setting.many)
        width = prod(2 ** len(setting.kinds(f, chosen, finely=False).kinds) for f in many)
        width *= prod(sizes[fact] for fact in facts | (setting.deciding - setting.many))
        if width > min(_WIDEST_SHARED, self.most):
            return reach(setting, wanted, self.most)
        for fact in self._most_read:
            if fact not in facts and width * sizes[fact] <= min(_SHARED, self.most):
                width *= 1 if fact in setting.deciding else sizes[fact]
                facts |= {fact}
        finely = [*chosen, *(Test(fact, frozenset()) for fact in facts)]
        reached = reach(setting, finely, self.most, finely=True)
        # The first is where the others begin. Of those the last few are worth their room.
        self._wide = [*self._wide[:1], *self._wide[1:][1 - _MOST_SHARED :]]
        self._wide.append(_Wide(facts, chosen, reached))
        return reached

    @cached_property
    def _base(self) -> Reached | None:
        """Who comes to each step, told apart by what decides the way and by what most conditions
        read. Other proofs start from here. None if that would be too much."""
        setting = self.setting
        width = prod(self._sizes[fact] for fact in setting.deciding)
        few = width <= min(_SHARED, self.most)
        if not few or setting.deciding & setting.many or self.map.goes_round:
            return None
        return self._widely(frozenset(), setting.deciding, frozenset())

    @cached_property
    def _sizes(self) -> Mapping[str, int]:
        """How many values each fact may have, with that nobody asked."""
        return {fact: len(values) + 1 for fact, values in self.setting.values.items()}

    @cached_property
    def _most_read(self) -> tuple[str, ...]:
        """The shared facts with one answer, those first that most conditions read."""
        setting = self.setting
        counts = dict.fromkeys(
            (fact for fact in self.library.questions if fact in setting.values), 0
        )
        for test in self.reads.shared():
            if test.fact in counts:
                counts[test.fact] += 1
        return tuple(
            fact
            for fact in sorted(counts, key=lambda fact: -counts[fact])
            if fact not in setting.many
        )

    # --- looking at each kind of people ---

    def asked(self) -> tuple[frozenset[tuple[str, str]], bool]:
        """The questions, by tree and step, that somebody is really asked, and whether these are
        all. Others are passed over by all who come to them, or nobody comes."""
        nodes, knowing = self.map.nodes, self.setting.asked_knowing
        found: set[tuple[str, str]] = set()
        complete = True
        by_fact: dict[str, list[int]] = {}
        for number, node in enumerate(nodes):
            if isinstance(node.step, Question):
                fact = node.step.fact
                by_fact.setdefault(fact if fact in knowing else "", []).append(number)
        for fact, numbers in by_fact.items():
            every = frozenset(self.setting.values.get(fact, ()))
            reached = self.reached([Test(fact, every)] if fact else [])
            complete = complete and reached.complete
            try:
                found |= {nodes[number].place for number in numbers if reached.asked(number)}
            except TooMany:
                complete = False
        return frozenset(found), complete

    def search(
        self,
        read: Iterable[Test],
        look: Callable[[Arrival], Iterable[Key]],
        at: Collection[tuple[str, str]] | None = None,
    ) -> Search[Key]:
        """Look at every ending, as all people reach it who can be told apart by some tests.

        ``at`` are the endings that matter, each by its tree and its name; None is all of them.
        """
        return self._search(tuple(read), look, dict.fromkeys(self._numbers(at), ALWAYS), at is None)

    def search_doubts(
        self,
        read: Iterable[Test],
        look: Callable[[Arrival], Iterable[Key]],
        doubts: Doubts,
    ) -> Search[Key]:
        """Look at those of whom it was not plain that all is well, until something is found at
        each of their endings."""
        if not doubts.doubtful:
            return Search({}, 0, complete=True)
        tests = dict.fromkeys((*read, *(t for f in doubts.doubtful.values() for t in tests_of(f))))
        return self._search(tuple(tests), look, doubts.doubtful, everywhere=False, once=True)

    def _search(
        self,
        read: tuple[Test, ...],
        look: Callable[[Arrival], Iterable[Key]],
        people: Mapping[int, Formula],
        everywhere: bool,
        once: bool = False,
    ) -> Search[Key]:
        wanted = tuple(dict.fromkeys(read))
        reached = self.reached(wanted, None if everywhere else people)
        keys: dict[Key, Arrival] = {}
        complete = reached.complete
        for number, formula in people.items():
            tree, outcome = self.map.nodes[number].tree, self._outcome(number)
            try:
                known = reached.known(reached.among(reached.at(number), formula))
                for facts in _apart(wanted, islice(known, _MOST_LOOKED_AT)):
                    arrival = Arrival(tree, outcome, facts)
                    new = list(look(arrival))
                    for key in new:
                        keys.setdefault(key, arrival)
                    if once and new:
                        break
                else:
                    complete = complete and next(known, None) is None
            except TooMany:
                complete = False
        firsts = _Firsts(partial(self.explored, wanted), look, people, keys, wanted)
        return Search({k: Met(partial(firsts.of, k)) for k in keys}, reached.states, complete)

    def explored(self, read: tuple[Test, ...]) -> Explored:
        """The same people with their shortest ways, for the witness of a proof that failed."""
        if read not in self._explored:
            self._explored.clear()  # one at a time: they are large, and asked for one by one
            self._explored[read] = explore(self.map, read, None, self.most, self.beforehand)
        return self._explored[read]

    def _numbers(self, at: Collection[tuple[str, str]] | None) -> tuple[int, ...]:
        nodes = self.map.nodes
        wanted = None if at is None else frozenset(at)
        return tuple(n for n in self.map.endings if wanted is None or nodes[n].place in wanted)

    def _outcome(self, number: int) -> Outcome:
        step = self.map.nodes[number].step
        assert isinstance(step, Outcome)  # only endings are asked for
        return step


class _Wide(Frozen):
    """People told apart by each value of some facts, and by some tests of what may be several."""

    facts: frozenset[str]
    chosen: frozenset[Test]
    reached: Reached


class _Rough(Frozen):
    """What a claim comes to, if only what all trees share is read: for all who may be meant, and
    for some who surely are."""

    possibly: Claim
    surely: Claim


class _Part(Frozen):
    """How a rule fares with some people: the endings at which it speaks, and who breaks it."""

    places: frozenset[tuple[str, str]]
    broken: Met | None
    states: int
    complete: bool


class _Firsts(Generic[Key]):
    """For each thing that a search has found, those who meet it by the fewest answers."""

    def __init__(
        self,
        explored: Callable[[], Explored],
        look: Callable[[Arrival], Iterable[Key]],
        people: Mapping[int, Formula],
        found: Mapping[Key, Arrival],
        read: Iterable[Test],
    ) -> None:
        self._explored = explored
        self._look = look
        self._people = people
        self._found = found
        self._read = frozenset(test.fact for test in read)

    def of(self, key: Key) -> tuple[Arrival, Explored | None]:
        """Those who meet this, and where they were met; or others who meet it, where no way to
        anybody could be worked out."""
        explored, firsts = self._all
        return (firsts[key], explored) if key in firsts else (self._found[key], None)

    @cached_property
    def _all(self) -> tuple[Explored, Mapping[Key, Arrival]]:
        explored = self._explored()
        firsts: dict[Key, Arrival] = {}
        with suppress(TooMany):
            for met in islice(explored.arriving(self._people), _MOST_LOOKED_AT):
                # What else was tracked, to find the way, is not for a proof to see.
                read = {fact: v for fact, v in met.facts.items() if fact in self._read}
                arrival = replace(met, facts=read)
                for key in self._look(arrival):
                    if key in self._found:
                        firsts.setdefault(key, arrival)
                if len(firsts) == len(self._found):
                    break
        return explored, firsts


def verdicts(library: Library) -> tuple[tuple[Rule, Verdict], ...]:
    """Every rule of a library and of its trees, with how its proof ended."""
    return Proofs(library).verdicts()


def _apart(read: Iterable[Test], people: Iterable[Facts]) -> Iterator[Facts]:
    """Of people whose every value the tests take for the same the first, with what is read."""
    tests: dict[str, list[frozenset[str]]] = {}
    for test in read:
        tests.setdefault(test.fact, []).append(test.values)
    alike: dict[tuple[str, frozenset[str]], Hashable] = {}
    met: set[tuple[Hashable, ...]] = set()
    for known in people:
        told = [(fact, known[fact]) for fact in tests if fact in known]
        for fact, values in told:
            if (fact, values) not in alike:
                kinds = (tuple(value in test for test in tests[fact]) for value in values)
                alike[fact, values] = (fact, frozenset(kinds))
        kind = tuple(alike[each] for each in told)
        if kind not in met:
            met.add(kind)
            yield dict(told)


def _verdict(parts: Iterable[_Part]) -> Verdict:
    """What follows from how a rule fares with each part of the people."""
    parts = tuple(parts)
    endings = len(frozenset[tuple[str, str]]().union(*(part.places for part in parts)))
    states = sum(part.states for part in parts)
    broken = [part.broken for part in parts if part.broken is not None]
    if broken:
        first = min(broken, key=lambda met: len(met.way.given) + len(met.way.replies))
        return Verdict(State.BROKEN, endings, states, first.way, first.arrival)
    if not all(part.complete for part in parts):
        return Verdict(State.NOT_DECIDED, endings, states)
    return Verdict(State.PROVED if endings else State.NEVER_TESTED, endings, states)


def keeps(library: Library, rule: Rule, arrival: Arrival) -> bool:
    """Whether the page of an arrival shows what a rule asks, and nothing that it forbids."""
    must, never = rule.must, rule.never
    here = shown.urgency(library, arrival.outcome, arrival.facts)
    if must.urgency is not None and here < must.urgency:
        return False
    if never.urgency is not None and here >= never.urgency:
        return False
    meets = (not w or bool(set(w) & set(s)) for w, s in _asked(library, must, arrival, FIRST_SHOWN))
    breaks = (bool(set(w) & set(s)) for w, s in _asked(library, never, arrival, None))
    return all(meets) and not any(breaks)


def _asked(
    library: Library, expected: Expectation, arrival: Arrival, first: int | None
) -> Iterator[tuple[tuple[str, ...], Iterable[str]]]:
    """What is expected beside what is shown; of each need the first routes, or all of them."""
    outcome, facts = arrival.outcome, arrival.facts
    if expected.first or expected.route:
        needs = [served.routes for served in shown.served(library, outcome, facts)]
        yield expected.first, _names(needs[0][:1] if needs else ())
        yield expected.route, _names(route for routes in needs for route in routes[:first])
    yield expected.need, shown.needs(library, outcome, facts)
    if expected.advice:
        yield expected.advice, (line.name for line in shown.lines(library, outcome, facts))
    yield expected.outcome, (outcome.name,)


def _names(routes: Iterable[Route]) -> Collection[str]:
    return [route.name for route in routes]
