"""What can be proved of a library on every path, and by whom it is broken.

Each proof reads a few facts only. Every tree is explored for those, and at every ending the proof
is judged by the same functions that decide what a page shows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from . import shown
from .conditions import Facts
from .explore import MOST_STATES, Arrival, Explored, Map, Test, explore
from .model import Expectation, Library, Outcome, Route, Rule
from .page import FIRST_SHOWN
from .reads import Reads
from .walk import Reply

BEFOREHAND = ("teller", "nation")
"""Facts that may be known before the first question: from the command line or the local file."""

Key = TypeVar("Key", bound=Hashable)


class State(StrEnum):
    """How a proof ended. Only PROVED is a proof."""

    PROVED = "proved"
    BROKEN = "broken"
    NEVER_TESTED = "never tested"
    NOT_DECIDED = "not decided"


@dataclass(frozen=True, slots=True)
class Way:
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


@dataclass(frozen=True, slots=True)
class Met:
    """People who arrive at an ending, and the exploration in which they were met."""

    start: str
    arrival: Arrival
    explored: Explored

    @property
    def way(self) -> Way:
        """A shortest way by which they came."""
        state = self.arrival.state
        return Way(self.start, self.explored.given(state), self.explored.witness(state))


@dataclass(frozen=True, slots=True)
class Search(Generic[Key]):
    """What was looked for at all endings: each thing found, with those who need fewest answers
    to meet it. If ``complete`` is false, a limit was met, and what was not found may be there."""

    found: Mapping[Key, Met]
    states: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: on how many endings, in how many states, and who breaks it.

    ``way`` is a shortest way to where it breaks, and ``arrival`` the ending there, or None.
    """

    state: State
    endings: int = 0
    states: int = 0
    way: Way | None = None
    arrival: Arrival | None = None


class Proofs:
    """Proofs over all trees of a library; the way through each tree is worked out once.

    A tree whose start is missing is left out: reading reports that.
    """

    def __init__(self, library: Library, most: int = MOST_STATES) -> None:
        self.library = library
        self.most = most
        self.maps = {n: Map(library, n) for n, tree in library.trees.items() if tree.step("")}
        self.reads = Reads(library)
        self.beforehand = {
            fact: library.questions[fact].values for fact in BEFOREHAND if fact in library.questions
        }

    def rule(self, rule: Rule, tree: str | None = None) -> Verdict:
        """Whether all for whom a rule speaks see what it asks, and nothing that it forbids.

        ``tree`` names the tree whose own rule it is: then it speaks for all who begin there, and
        for its endings.
        """

        def concerns(start: str, arrival: Arrival) -> bool:
            here = tree is None or tree in (start, arrival.tree)
            return here and rule.when.holds(arrival.facts)

        return self.hold(
            self.reads.rule(rule), concerns, lambda arrival: _keeps(self.library, rule, arrival)
        )

    def verdicts(self) -> list[tuple[Rule, Verdict]]:
        """Every rule with how its proof ended: those of the library, then those of each tree."""
        found = [(rule, self.rule(rule)) for rule in self.library.rules]
        for tree in self.library.trees.values():
            found += [(rule, self.rule(rule, tree.name)) for rule in tree.rules]
        return found

    def hold(
        self,
        tests: Iterable[Test],
        concerns: Callable[[str, Arrival], bool],
        keeps: Callable[[Arrival], bool],
    ) -> Verdict:
        """Prove that every arrival that is concerned keeps what it should.

        ``concerns`` is also told the tree in which the people began.
        """

        def look(start: str, arrival: Arrival) -> Iterator[tuple[str, str] | None]:
            if concerns(start, arrival):
                yield arrival.tree, arrival.outcome.name
                if not keeps(arrival):
                    yield None

        search = self.search(tests, look)
        broken = search.found.get(None)
        endings = len(search.found) - (broken is not None)
        if broken is not None:
            return Verdict(State.BROKEN, endings, search.states, broken.way, broken.arrival)
        if not search.complete:
            return Verdict(State.NOT_DECIDED, endings, search.states)
        return Verdict(State.PROVED if endings else State.NEVER_TESTED, endings, search.states)

    def search(
        self, tests: Iterable[Test], look: Callable[[str, Arrival], Iterable[Key]]
    ) -> Search[Key]:
        """Look at every ending, as all people reach it, from the start of every tree.

        ``look`` is given the tree in which they began and the arrival.
        """
        tests = tuple(dict.fromkeys(tests))
        found: dict[Key, Met] = {}
        states, complete = 0, True
        for start, way_through in self.maps.items():
            explored = explore(way_through, tests, most=self.most, beforehand=self.beforehand)
            states += explored.states
            complete = complete and explored.complete
            for arrival in explored.arrivals:
                for key in look(start, arrival):
                    if key not in found or arrival.answers < found[key].arrival.answers:
                        found[key] = Met(start, arrival, explored)
        return Search(found, states, complete)


def verdicts(library: Library) -> list[tuple[Rule, Verdict]]:
    """Every rule of a library and of its trees, with how its proof ended."""
    return Proofs(library).verdicts()


def _keeps(library: Library, rule: Rule, arrival: Arrival) -> bool:
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
