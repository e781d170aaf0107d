"""What can be proved of a library on every path, and by whom it is broken.

Each proof reads a few facts only, and all begin at the starts of all trees. First those are set
aside of whom a formula says that nothing is wrong. If somebody is left, each kind of people is
judged by the same functions that decide what a page shows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from functools import cached_property, partial
from itertools import islice
from typing import Generic, TypeAlias, TypeVar

from ..model.base import Frozen, replace
from ..model.facts import Facts
from ..model.library import Library
from ..model.map import Map
from ..model.onward import Onward
from ..model.route import Route
from ..model.rule import Expectation, Rule
from ..model.tree import Outcome, Question
from ..page import visibility
from ..page.page import FIRST_SHOWN
from ..walk.walk import Reply
from .dependencies import Reads
from .everyone import Everyone, everyone
from .formula import ALWAYS, All, Formula, Test, both, no, of
from .formula import tests as tests_of
from .reach import Reached, reach
from .states import TooMany
from .transitions import BEGAN, MOST_STATES, Setting
from .visibility_formulas import Whom
from .witness import Arrival, Explored, explore

BEFOREHAND = ("teller", "nation")
"""Facts that may be known before the first question: from the command line or the local file."""

_SOON = 100
"""A part of the room; so much is enough to see that more would be needed."""

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
        with suppress(TooMany):
            return Way(explored.tree(state), explored.given(state), explored.witness(state))
        return Way(arrival.tree, {}, ())

    @cached_property
    def _first(self) -> tuple[Arrival, Explored | None]:
        return self._find()


class Search(Frozen, Generic[Key]):
    """What was looked for at all endings: each thing found, with people who meet it. If
    ``complete`` is false, a limit was met, and what was not found may be there."""

    found: Mapping[Key, Met]
    complete: bool


class Claim(Frozen, dict=True, gc=True):
    """What is claimed at an ending: that of all who are meant, something is true."""

    meant: Formula
    true: Formula

    @cached_property
    def whole(self) -> Formula:
        """All that it asks of the facts, as one formula."""
        return All((self.meant, self.true))

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        """All that it asks of the facts, once each."""
        return tuple(dict.fromkeys((*tests_of(self.meant), *tests_of(self.true))))

    @cached_property
    def doubtful(self) -> Formula:
        """True of those who are meant and of whom it is not plain."""
        return both(self.meant, no(self.true))


class Doubts(Frozen):
    """Of some claims, at which endings somebody is meant, and at which it is not plainly true,
    with a formula for the people in doubt.

    Endings are named by their number on the map.
    """

    meant: frozenset[int]
    doubtful: Mapping[int, Formula]
    states: int
    complete: bool


_Claimed: TypeAlias = tuple[Claim, Sequence[int]]
"""What is claimed, and at which endings."""


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

    A tree whose start is missing is left out: reading reports that. For a few searches, which say
    what they read, ``for_all`` may be false: to tell people apart for every proof takes longer.
    """

    def __init__(self, library: Library, most: int = MOST_STATES, *, for_all: bool = True) -> None:
        self.library = library
        self.most = most
        self.for_all = for_all
        self.reads = Reads(library)
        self.whom = Whom(library)
        self.starts = tuple(name for name, tree in library.trees.items() if tree.step(""))
        self.beforehand = {
            fact: library.questions[fact].values for fact in BEFOREHAND if fact in library.questions
        }
        self._explored: dict[tuple[Test, ...], Explored] = {}

    @cached_property
    def map(self) -> Map:
        """All that can be met from the start of any tree."""
        return Map(self.library, *self.starts)

    @cached_property
    def onward(self) -> Onward:
        """All steps and the ways between them, whoever takes them."""
        return Onward.of(self.library)

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
        doubts = self.doubts(self._claimed(rule, tree))
        endings = len(frozenset(self.places(doubts.meant)))

        def look(arrival: Arrival) -> Iterator[None]:
            if rule.when.holds(arrival.facts) and not keeps(self.library, rule, arrival):
                yield None

        search = self.search_doubts(self.reads.rule(rule), look, doubts)
        if search.found:
            met = search.found[None]
            return Verdict(State.BROKEN, endings, doubts.states, met.way, met.arrival)
        if not (doubts.complete and search.complete):
            return Verdict(State.NOT_DECIDED, endings, doubts.states)
        return Verdict(State.PROVED if endings else State.NEVER_TESTED, endings, doubts.states)

    def verdicts(self) -> tuple[tuple[Rule, Verdict], ...]:
        """Every rule with how its proof ended: those of the library, then those of each tree."""
        return self._verdicts

    @cached_property
    def _verdicts(self) -> tuple[tuple[Rule, Verdict], ...]:
        found = [(rule, self.rule(rule)) for rule in self.library.rules]
        for tree in self.library.trees.values():
            found += [(rule, self.rule(rule, tree.name)) for rule in tree.rules]
        return tuple(found)

    def _claimed(self, rule: Rule, tree: str | None) -> Mapping[int, Claim]:
        """That all for whom a rule speaks see what it asks, at each ending where it may speak."""
        like, speaks = self.whom.like(rule), of(rule.when)
        alike: dict[Hashable, Claim] = {}
        claims: dict[int, Claim] = {}
        for number, outcome in self.endings():
            here = tree is None or self.map.nodes[number].tree == tree
            if here or number in self._after.get(tree or "", ()):
                kind = (here, like(outcome))
                if kind not in alike:
                    meant = speaks if here else both(speaks, Test(BEGAN, frozenset({tree or ""})))
                    alike[kind] = Claim(meant, self.whom.surely_keeps(rule, outcome))
                claims[number] = alike[kind]
        return claims

    @cached_property
    def _after(self) -> Mapping[str, frozenset[int]]:
        """For each tree that has rules of its own all steps to which ways lead from its start."""
        ruled = (name for name in self.starts if self.library.trees[name].rules)
        return {name: self.map.from_start(name) for name in ruled}

    # --- what is plainly true ---

    def somebody(self, wanted: Iterable[tuple[Formula, Sequence[int]]]) -> frozenset[int]:
        """Which of some formulas, by their number, are plainly true of somebody, each at one of
        its endings. Others may be true too."""
        everyone = self.everyone.once()
        found: set[int] = set()
        left: dict[int, _Claimed] = {}
        for number, (formula, at) in enumerate(wanted):
            if not (everyone.complete and everyone.tell(at, formula)):
                left[number] = Claim(formula, ALWAYS), at
            else:
                with suppress(TooMany):
                    if _is_somebody(everyone, formula, at):
                        found.add(number)
        numbers = {id(claim): number for number, (claim, _) in left.items()}
        for reached, together in self._where(left.values()):
            for claim, at in together:
                with suppress(TooMany):
                    if _is_somebody(reached, claim.meant, at):
                        found.add(numbers[id(claim)])
        return frozenset(found)

    def doubts(self, claims: Mapping[int, Claim]) -> Doubts:
        """Look for endings at which it is not plain that all who are meant are as claimed."""
        alike: dict[int, tuple[Claim, list[int]]] = {}
        for number, claim in claims.items():
            alike.setdefault(id(claim), (claim, []))[1].append(number)
        meant: set[int] = set()
        doubtful: dict[int, Formula] = {}
        states, complete = 0, True
        for reached, together in self._where(alike.values()):
            complete = complete and reached.complete
            for claim, numbers in together:
                judged: dict[int, _Judged] = {}
                for number in numbers:
                    these = reached.roughly_at(number, claim.whole)
                    if these not in judged:
                        judged[these] = _judged(reached, these, claim)
                    found = judged[these]
                    complete = complete and found.decided
                    if found.meant:
                        meant.add(number)
                        states += reached.states(reached.at(number))
                    if found.doubted:
                        doubtful[number] = claim.doubtful
        return Doubts(frozenset(meant), doubtful, states, complete)

    def _where(self, claims: Iterable[_Claimed]) -> Iterator[tuple[Reached, Iterable[_Claimed]]]:
        """Where to look for what is claimed at which endings."""
        everyone = self.everyone
        told: list[_Claimed] = []
        alone: dict[frozenset[str], list[_Claimed]] = {}  # what reads the same facts, together
        for claim, numbers in claims:
            if everyone.complete and everyone.tell(numbers, claim.whole):
                told.append((claim, numbers))
            else:
                read = frozenset(test.fact for test in claim.tests)
                alone.setdefault(read, []).append((claim, numbers))
        if told:
            yield everyone, told
        for together in alone.values():
            tests = (test for claim, _ in together for test in claim.tests)
            yield reach(self.setting, tests, self.room), together

    @cached_property
    def room(self) -> int:
        """How much a proof may take that explores for itself. Where even the ways alone take too
        much, no such proof can be decided, and each gives up soon."""
        if not self.for_all or self.everyone.complete:
            return self.most
        ways = reach(self.setting, (), self.most)
        return self.most if ways.complete else self.most // _SOON

    @cached_property
    def everyone(self) -> Everyone:
        """All who come to each step, told apart by all that is read of them there."""
        always = {test.fact for test in self.reads.shared()} | self.library.questions.keys()
        always.update(fact for rule in self.library.rules for fact in rule.when.facts)
        own, tests = self._read_at_endings, self.reads.all()
        return everyone(self.setting, frozenset(always), own, tests, self.most)

    @cached_property
    def _read_at_endings(self) -> Mapping[int, Collection[str]]:
        """For each ending the facts that decide what is shown there, and for whom rules speak, and
        that are not read everywhere."""
        read: dict[int, set[str]] = {}
        for number, outcome in self.endings():
            tree = self.map.nodes[number].tree
            own = (*self.reads.own(outcome), *self.reads.rules_of(tree))
            read[number] = {test.fact for test in own}
        for tree, after in self._after.items():
            spoken_of = {BEGAN, *(test.fact for test in self.reads.rules_of(tree))}
            for number in read.keys() & after:
                read[number] |= spoken_of
        return read

    # --- looking at each kind of people ---

    def asked(self) -> tuple[frozenset[tuple[str, str]], bool]:
        """The questions, by tree and step, that somebody is really asked, and whether these are
        all. Others are passed over by all who come to them, or nobody comes."""
        nodes, may_know = self.map.nodes, self.setting.may_know
        found: set[tuple[str, str]] = set()
        complete = True
        by_fact: dict[str, list[int]] = {}
        for number, node in enumerate(nodes):
            if isinstance(node.step, Question):
                fact = node.step.fact
                by_fact.setdefault(fact if may_know(number, fact) else "", []).append(number)
        for fact, numbers in by_fact.items():
            reached: Reached = self.everyone
            if not reached.complete:
                every = Test(fact, frozenset(self.setting.values.get(fact, ())))
                reached = reach(self.setting, [every] if fact else [], self.room)
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
        return self._search(tuple(read), look, dict.fromkeys(self._numbers(at), ALWAYS))

    def search_doubts(
        self,
        read: Iterable[Test],
        look: Callable[[Arrival], Iterable[Key]],
        doubts: Doubts,
    ) -> Search[Key]:
        """Look at those of whom it was not plain that all is well, until something is found at
        each of their endings."""
        if not doubts.doubtful:
            return Search({}, complete=True)
        tests = dict.fromkeys((*read, *(t for f in doubts.doubtful.values() for t in tests_of(f))))
        return self._search(tuple(tests), look, doubts.doubtful, once=True)

    def _search(
        self,
        read: tuple[Test, ...],
        look: Callable[[Arrival], Iterable[Key]],
        people: Mapping[int, Formula],
        *,
        once: bool = False,
    ) -> Search[Key]:
        wanted = tuple(dict.fromkeys(read))
        reached = self._looking(wanted, people)
        keys: dict[Key, Arrival] = {}
        complete = reached.complete
        for number, formula in people.items():
            tree, outcome = self.map.nodes[number].tree, self._outcome(number)
            try:
                these = reached.at(number)
                people_there = reached.known(these, formula, wanted)
                for known in _apart(wanted, islice(people_there, _MOST_LOOKED_AT)):
                    arrival = Arrival(tree, outcome, known)
                    new = list(look(arrival))
                    for key in new:
                        keys.setdefault(key, arrival)
                    if once and new:
                        break
                else:
                    complete = complete and next(people_there, None) is None
            except TooMany:
                complete = False
        firsts = _Firsts(partial(self.explored, wanted), look, people, keys, wanted)
        return Search({k: Met(partial(firsts.of, k)) for k in keys}, complete)

    def _looking(self, read: Collection[Test], at: Iterable[int]) -> Reached:
        """Where to look at people."""
        if self.for_all and self.everyone.complete:
            # What other endings read of their own need not be known at one.
            shared = All(tuple(test for test in read if test.fact in self.library.questions))
            if self.everyone.tell((), All(tuple(read))) and self.everyone.tell(at, shared):
                return self.everyone
        return reach(self.setting, read, self.room)

    def explored(self, read: tuple[Test, ...]) -> Explored:
        """The same people with their shortest ways, for the witness of a proof that failed."""
        if read not in self._explored:
            self._explored.clear()  # one at a time: they are large, and asked for one by one
            self._explored[read] = explore(self.map, read, None, self.room, self.beforehand)
        return self._explored[read]

    def _numbers(self, at: Collection[tuple[str, str]] | None) -> tuple[int, ...]:
        nodes = self.map.nodes
        wanted = None if at is None else frozenset(at)
        return tuple(n for n in self.map.endings if wanted is None or nodes[n].place in wanted)

    def _outcome(self, number: int) -> Outcome:
        step = self.map.nodes[number].step
        assert isinstance(step, Outcome)  # only endings are asked for
        return step


class _Judged(Frozen):
    """What is found of a claim among some people: whether somebody is meant, and of whom it is not
    plain."""

    meant: bool
    doubted: bool
    decided: bool


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


def _is_somebody(reached: Reached, formula: Formula, at: Iterable[int]) -> bool:
    theirs = (reached.roughly_at(number, formula) for number in at)
    return any(reached.meets(these, formula) for these in theirs)


def _judged(reached: Reached, these: int, claim: Claim) -> _Judged:
    try:
        meant = reached.meets(these, claim.meant)
        return _Judged(meant, meant and reached.meets(these, claim.doubtful), decided=True)
    except TooMany:
        return _Judged(meant=True, doubted=True, decided=False)


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


def keeps(library: Library, rule: Rule, arrival: Arrival) -> bool:
    """Whether the page of an arrival shows what a rule asks, and nothing that it forbids."""
    must, never = rule.must, rule.never
    here = visibility.urgency(library, arrival.outcome, arrival.facts)
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
        needs = [served.routes for served in visibility.served(library, outcome, facts)]
        yield expected.first, _names(needs[0][:1] if needs else ())
        yield expected.route, _names(route for routes in needs for route in routes[:first])
    yield expected.need, visibility.needs(library, outcome, facts)
    if expected.advice:
        yield expected.advice, (line.name for line in visibility.lines(library, outcome, facts))
    yield expected.outcome, (outcome.name,)


def _names(routes: Iterable[Route]) -> Collection[str]:
    return [route.name for route in routes]
