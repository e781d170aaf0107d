"""The effects of a change on people, each with its audience and a witness.

People are compared who give the same answers in both libraries. Each route, need or line that could
differ is compared separately, by the few facts that it reads, at every ending to which both lead.
``page/visibility.py`` alone decides what is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import chain
from typing import TypeAlias, TypeVar

from ..model.base import Frozen, field, grouped, replace
from ..model.facts import PEOPLE
from ..model.graph import Place
from ..model.library import Library
from ..model.sentence import Urgency
from ..model.tree import Outcome, Question
from ..page import visibility
from ..proof.formula import Test
from ..proof.witness import Witness
from ..walk.walk import Walk
from .aspects import Aspect, What, aspects
from .audience import Census, Kind, Whom
from .lockstep import Pair, Side, Together, together


class Turn(StrEnum):
    """The direction of a change."""

    GAINED = "gained"
    LOST = "lost"
    MORE_URGENT = "more urgent"
    LESS_URGENT = "less urgent"
    OTHER = "other"


class Beside(Frozen):
    """The routes on the page of the witness: those that go, those that come, and those that serve
    the same needs and stay or come."""

    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


class Change(Frozen):
    """One effect on some people.

    ``name`` is the tree, fact, ending, route, need or shared line; ``words`` its text or title,
    and all that identifies an ending's own line. ``at`` is the ending where it shows, or the
    question that takes the answer. ``old`` and ``new`` are urgencies of a page, or the endings of
    a walk. ``old_way`` and ``new_way`` are one shortest witness, as each library asks.
    """

    what: What
    turn: Turn
    name: str
    words: str = ""
    at: Place | None = None
    old: str = ""
    new: str = ""
    whom: Whom = field(default_factory=Whom)
    old_way: Witness | None = None
    new_way: Witness | None = None
    beside: Beside = field(default_factory=Beside)


Effects: TypeAlias = tuple[tuple[Change, ...], tuple[str, ...]]
"""The changes, and the names of what could not be decided within the limits."""


def for_people(old: Library, new: Library, most: int) -> Effects:
    """The effects of a change. Both libraries have been read without an error."""
    return _Comparison(old, new, most).run()


_ELSEWHERE = "where people come to another ending"

_MOST_IN_ALL = 2
"""State budgets for all comparisons together."""

_MOST_FOR_WHOM = 50_000
"""States that are explored only to describe an audience more finely."""


class _Comparison:
    def __init__(self, old: Library, new: Library, most: int) -> None:
        self.old, self.new = old, new
        self.most = most
        self.left = most * _MOST_IN_ALL
        self.trees = [name for name in old.trees if name in new.trees]
        self.sides = [(Side(old, tree), Side(new, tree)) for tree in self.trees]
        self.changed = _changed_steps(old, new)
        # From any other start the same answers lead the same way.
        self.touched = [
            pair
            for pair in self.sides
            if any(not side.places.isdisjoint(self.changed) for side in pair)
        ]
        self.not_decided: dict[str, None] = {}
        self.found: dict[tuple[frozenset[Test], int, str], Together] = {}

    def run(self) -> Effects:
        changes = [*self._trees(), *self._facts()]
        unlike: dict[Place, set[str]] = {}
        if self.changed:
            changes += self._endings()
            facts = frozenset().union(*self.changed.values())
            changes += self._ways(self._telling(facts), unlike)
        for aspect in aspects(self.old, self.new):
            late = {place for place, facts in unlike.items() if facts & aspect.facts}
            changes += self._shown(aspect, aspect.at | late)
        return tuple(changes), tuple(self.not_decided)

    # Inventory

    def _trees(self) -> Iterator[Change]:
        for name, turn in _one_sided(self.old.trees, self.new.trees):
            library = self.old if turn is Turn.LOST else self.new
            yield Change(What.TREE, turn, name, _title(library, name))

    def _facts(self) -> Iterator[Change]:
        """Facts about which only one library has a question."""
        for fact, turn in _one_sided(_asked(self.old), _asked(self.new)):
            yield Change(What.FACT, turn, fact)

    def _endings(self) -> Iterator[Change]:
        """Endings that are reachable in one library only, of the trees that both have."""
        old, new = self._reached(self._starts(0)), self._reached(self._starts(1))
        found = {} if old is None or new is None else dict(_one_sided(old, new))
        untouched = [sides[0] for sides in self.sides if sides not in self.touched]
        alike = self._reached(side for side in untouched if not side.places.isdisjoint(found))
        if old is None or new is None or alike is None:
            self.not_decided["which endings are reached"] = None
            return
        for place, turn in found.items():
            if place[0] in self.trees and place not in alike:
                library = self.old if turn is Turn.LOST else self.new
                words = _title(library, *place)
                change = Change(What.ENDING, turn, "/".join(place), words, place)
                yield replace(change, old_way=old.get(place), new_way=new.get(place))

    def _starts(self, side: int) -> Iterator[Side]:
        """The trees of one library from which a walk may differ in the other."""
        library = (self.old, self.new)[side]
        touched = {pair[side].tree: pair[side] for pair in self.touched}
        for tree in library.trees:
            if tree in touched or tree not in self.trees:
                yield touched.get(tree) or Side(library, tree)

    def _reached(self, sides: Iterable[Side]) -> dict[Place, Witness] | None:
        """Each ending reachable from some trees with a witness; None if that cannot be decided.

        Exploring a library in lockstep with itself finds all that is reachable in it.
        """
        walked = [together(side, side, (), self.most) for side in sides]
        if not _are_complete(walked):
            return None
        found: dict[Place, Witness] = {}
        for met in _met(walked):
            found.setdefault(met.pair.new, met.ways[1])
        return found

    # Reached endings

    def _ways(self, tests: frozenset[Test], unlike: dict[Place, set[str]]) -> Iterator[Change]:
        """Walks that reach another ending than before, and answers that only one library takes.

        Adds to ``unlike`` the facts that may differ at an ending that both reach.
        """
        walked = self._together(tests, _ELSEWHERE)
        yield from self._answers(walked)
        left: set[Place] = set()
        for met in _met(walked):
            if not met.stays:
                left.add(met.pair.old)
            elif met.pair.unlike:
                unlike.setdefault(met.pair.old, set()).update(met.pair.unlike)
        yield from self._led_elsewhere(tests, left)

    def _answers(self, walked: tuple[Together, ...]) -> Iterator[Change]:
        """Answers that only one library accepts, at a question that both ask."""
        after = dict(_by_place(self.new))
        for place, old in _by_place(self.old):
            new = after.get(place)
            if new is None or old.fact != new.fact:
                continue
            for value, turn in _one_sided(old.values, new.values):
                lost = turn is Turn.LOST
                way = next(
                    filter(None, (each.to(place, 0 if lost else 1) for each in walked)), None
                )
                change = Change(What.ANSWER, turn, f"{old.fact}={value}", at=place)
                yield replace(change, old_way=way) if lost else replace(change, new_way=way)

    def _led_elsewhere(self, tests: frozenset[Test], left: Collection[Place]) -> Iterator[Change]:
        """``left`` are the endings to which some people come no more; others still may, from any
        tree, and tell whom it concerns."""
        found = dict(self._elsewhere(self._together(tests, _ELSEWHERE, left), tests))
        for finer in (lambda _: PEOPLE, self._said):
            unclear = [met for met, whom in found.values() if whom.some]
            if not unclear:
                break
            # No question about these facts has changed, but they may describe the audience.
            tests |= self._telling(finer(unclear))
            walked = self._walk(tests, min(self.most, _MOST_FOR_WHOM), left)
            if _are_complete(walked):
                found |= dict(self._elsewhere(walked, tests))
        for (old, new), (met, people) in found.items():
            old_way, new_way = met.ways
            before, after = _page(self.old, old_way), _page(self.new, new_way)
            yield Change(
                What.WAY,
                _turn(before.urgency, after.urgency) or Turn.OTHER,
                "/".join(new),
                _title(self.new, *new),
                new,
                f"{'/'.join(old)} ({before.urgency.name.lower()})",
                f"{'/'.join(new)} ({after.urgency.name.lower()})",
                people,
                old_way,
                new_way,
                Beside(_without(before, after), _without(after, before)),
            )

    def _elsewhere(
        self, walked: tuple[Together, ...], tests: frozenset[Test]
    ) -> Iterator[_Elsewhere]:
        """Each pair of different endings reached by the same answers, with a first arrival there
        and the audience."""
        everyone = _met(walked)
        groups = grouped(((met.pair.old, met.pair.new), met) for met in everyone)
        for (old, new), concerned in groups.items():
            if old != new:
                others = (m for m in everyone if m.pair.old == old and m.pair.new != new)
                yield (old, new), (concerned[0], self._whom(walked, tests, concerned, others))

    def _said(self, unclear: Iterable[_Met]) -> Collection[str]:
        """The facts that are asked on the witnesses."""
        steps = (
            library.trees[reply.tree].step(reply.step)
            for met in unclear
            for library, way in zip((self.old, self.new), met.ways, strict=True)
            for reply in way.replies
        )
        return {step.fact for step in steps if isinstance(step, Question)}

    def _telling(self, facts: Collection[str]) -> frozenset[Test]:
        """Tests that distinguish the values of some facts.

        Of multi-valued facts they distinguish only the targets: there are too many sets.
        """
        found: set[Test] = set()
        for library in (self.old, self.new):
            for _, question in _by_place(library):
                if question.fact in facts:
                    kinds = grouped(
                        (answer.goto if question.many else answer.value, answer.value)
                        for answer in question.answers
                    )
                    found.update(Test(question.fact, frozenset(kind)) for kind in kinds.values())
        return frozenset(found)

    # Pages

    def _shown(self, aspect: Aspect, at: Iterable[Place]) -> Iterator[Change]:
        places = frozenset(at)
        if not places:
            return
        named = f"{aspect.what} {aspect.name or aspect.words}".rstrip()
        walked = self._together(aspect.tests, named, places)
        here = grouped((m.pair.old, m) for m in _met(walked) if m.stays and m.pair.old in places)
        for place, people in here.items():
            turns = grouped((_turned(aspect, met.pair), met) for met in people)
            for (old, new), concerned in turns.items():
                if old != new:
                    others = chain(*(each for turn, each in turns.items() if turn != (old, new)))
                    whom = self._whom(walked, aspect.tests, concerned, others)
                    yield self._change(aspect, place, (old, new), whom, concerned[0].ways)

    def _change(
        self,
        aspect: Aspect,
        place: Place,
        turned: _Turned,
        concerned: Whom,
        ways: tuple[Witness, Witness],
    ) -> Change:
        old, new = turned
        change = Change(
            aspect.what, Turn.GAINED, aspect.name, aspect.words, place,
            whom=concerned, old_way=ways[0], new_way=ways[1],
        )  # fmt: skip
        if isinstance(old, Urgency) and isinstance(new, Urgency):
            turn = _turn(old, new)
            assert turn is not None  # only what differs is told
            return replace(change, turn=turn, old=old.name.lower(), new=new.name.lower())
        lost = old is True
        turn = Turn.LOST if lost else Turn.GAINED
        if aspect.what is not What.ROUTE:
            return replace(change, turn=turn)
        before, after = _page(self.old, ways[0]), _page(self.new, ways[1])
        here = before if lost else after
        same_needs = [n for n, names in here.needs.items() if aspect.name in names]
        instead = dict.fromkeys(
            name
            for need in same_needs
            for name in after.routes
            if need in self.new.routes[name].serves
        )
        instead.pop(aspect.name, None)
        gone, come = _without(before, after), _without(after, before)
        return replace(change, turn=turn, beside=Beside(gone, come, tuple(instead)))

    def _whom(
        self,
        walked: tuple[Together, ...],
        tests: frozenset[Test],
        concerned: Iterable[_Met],
        others: Iterable[_Met],
    ) -> Whom:
        """The audience of a change; only ``some`` where an exploration is incomplete."""
        if not _are_complete(walked):
            return Whom(some=True)
        census = Census((self.old, self.new), _in_order(tests))
        inside, outside = ((met.kind(census) for met in each) for each in (concerned, others))
        return census.whom(inside, outside)

    def _together(
        self, tests: frozenset[Test], what: str, places: Collection[Place] | None = None
    ) -> tuple[Together, ...]:
        """As ``_walk``; an incomplete exploration is recorded as not decided."""
        found = self._walk(tests, self.most, places)
        if not _are_complete(found):
            self.not_decided[what] = None
        return found

    def _walk(
        self, tests: frozenset[Test], most: int, places: Collection[Place] | None = None
    ) -> tuple[Together, ...]:
        """Explore the trees from which a walk may differ, or all that lead to some of the places,
        their own trees first; cached by the tests."""
        own = {tree for tree, _ in places or ()}
        sides = self.touched
        if places is not None:
            sides = [pair for pair in self.sides if not pair[0].places.isdisjoint(places)]
        walked = []
        for old, new in sorted(sides, key=lambda pair: pair[0].tree not in own):
            key = (tests, most, old.tree)
            if key not in self.found:
                self.found[key] = together(old, new, _in_order(tests), min(most, self.left))
                self.left -= self.found[key].states
            walked.append(self.found[key])
        return tuple(walked)


class _Met(Frozen):
    """Arrivals by the same answers in each library, and their exploration."""

    walked: Together
    pair: Pair

    @property
    def stays(self) -> bool:
        """Whether it is the same ending."""
        return self.pair.old == self.pair.new

    @property
    def ways(self) -> tuple[Witness, Witness]:
        """A shortest witness in each library."""
        return self.walked.ways(self.pair.state)

    def kind(self, census: Census) -> Kind:
        """The kind of these people: the facts known in either library, and the starting tree."""
        return census.kind({**self.pair.old_facts, **self.pair.new_facts}, self.walked.tree)


_Key = TypeVar("_Key")

_Turned: TypeAlias = tuple[Hashable, Hashable]
"""The values of an aspect in the old library and in the new one."""

_Elsewhere: TypeAlias = tuple[tuple[Place, Place], tuple[_Met, Whom]]


def _turned(aspect: Aspect, pair: Pair) -> _Turned:
    return aspect.old(pair.old, pair.old_facts), aspect.new(pair.new, pair.new_facts)


def _are_complete(walked: Iterable[Together]) -> bool:
    return all(each.complete for each in walked)


def _one_sided(old: Collection[_Key], new: Collection[_Key]) -> Iterator[tuple[_Key, Turn]]:
    """The keys of one collection only, and whether each is lost or gained."""
    yield from ((key, Turn.LOST) for key in old if key not in new)
    yield from ((key, Turn.GAINED) for key in new if key not in old)


def _met(walked: Iterable[Together]) -> list[_Met]:
    """All arrivals of several explorations; fewer answers first."""
    found = [_Met(each, pair) for each in walked for pair in each.pairs]
    return sorted(found, key=lambda met: met.pair.answers)


def _in_order(tests: Iterable[Test]) -> list[Test]:
    return sorted(tests, key=lambda test: (test.fact, sorted(test.values)))


def _title(library: Library, tree: str, ending: str = "") -> str:
    """The title of a tree or of one of its endings."""
    here = library.trees[tree]
    return (here.outcomes[ending] if ending else here).title.read_by(None)


def _turn(old: Urgency, new: Urgency) -> Turn | None:
    if old == new:
        return None
    return Turn.MORE_URGENT if new > old else Turn.LESS_URGENT


def _by_place(library: Library) -> Iterator[tuple[Place, Question]]:
    for tree in library.trees.values():
        for name, question in tree.questions.items():
            yield (tree.name, name), question


def _asked(library: Library) -> dict[str, None]:
    return dict.fromkeys(question.fact for _, question in _by_place(library))


# --- the page of a witness --------------------------------------------------------------


class _Page(Frozen):
    """The urgency of a page, and the routes under each of its needs."""

    urgency: Urgency
    needs: Mapping[str, tuple[str, ...]]

    @property
    def routes(self) -> tuple[str, ...]:
        return tuple(name for names in self.needs.values() for name in names)


def _page(library: Library, way: Witness) -> _Page:
    walk = Walk.begin(library, way.tree, way.given).replayed(way.replies)
    assert isinstance(walk.here, Outcome)  # a pair is of endings
    return _Page(
        visibility.urgency(library, walk.here, walk.facts),
        {
            served.need: tuple(route.name for route in served.routes)
            for served in visibility.served(library, walk.here, walk.facts)
        },
    )


def _without(one: _Page, other: _Page) -> tuple[str, ...]:
    return tuple(name for name in one.routes if name not in other.routes)


# --- changed edges ------------------------------------------------------------------------


def _changed_steps(old: Library, new: Library) -> dict[Place, frozenset[str]]:
    """Each step whose edges, or facts made known, differ in the two libraries, with the facts that
    decide between them."""
    before, after = _leading(old), _leading(new)
    return {
        (tree, name): frozenset(
            step.fact
            for library in (old, new)
            if tree in library.trees
            and isinstance(step := library.trees[tree].step(name), Question)
        )
        for tree, name in before.keys() | after.keys()
        if before.get((tree, name)) != after.get((tree, name))
    }


def _leading(library: Library) -> dict[Place, Hashable]:
    """For each step all that determines its edges and the facts that it makes known."""
    found: dict[Place, Hashable] = {}
    for tree in library.trees.values():
        given = tuple(sorted(library.gives(tree).items()))
        found[tree.name, ""] = (tree.start, given)
        for question in tree.questions.values():
            answers = tuple(
                (a.value, a.alone, a.goto and (a.goto.tree, a.goto.step)) for a in question.answers
            )
            past = question.otherwise and (question.otherwise.tree, question.otherwise.step)
            asked = question.when.tests, past
            found[tree.name, question.name] = (question.fact, question.many, answers, asked)
        for outcome in tree.outcomes.values():
            on = outcome.carry_on
            goes = on and (on.goto.tree, on.goto.step, tuple(sorted(on.sets.items())))
            found[tree.name, outcome.name] = goes
    return found
