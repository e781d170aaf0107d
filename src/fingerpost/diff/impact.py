"""The effects of a change on people, each with its audience and a witness.

People are compared who give the same answers in both libraries. Each route, need or line that could
differ is compared separately, by the few facts that it reads, at every ending to which both lead.
``page/visibility.py`` alone decides what is shown.
"""

from __future__ import annotations

import sys
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
from ..page.speaker import Speaker
from ..proof.formula import Test
from ..proof.witness import Witness
from ..walk.walk import Walk
from .aspects import Aspect, What, aspects
from .audience import Census, Kind, Whom
from .lockstep import Pair, Side, Together, together


class Turn(StrEnum):
    """The direction of a change; ``AWAY`` leads somebody off a page that says to get help now."""

    AWAY = "away"
    GAINED = "gained"
    LOST = "lost"
    MORE_URGENT = "more urgent"
    LESS_URGENT = "less urgent"
    OTHER = "other"


class Beside(Frozen):
    """What is on the page of the witness: the ``lines`` that go, the routes that go and that come,
    and those that serve the same needs and stay or come."""

    lines: tuple[str, ...] = ()
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
        trees = [name for name in old.trees if name in new.trees]
        self.both_trees = [(old.trees[name], new.trees[name]) for name in trees]
        self.sides = [(Side(old, tree), Side(new, tree)) for tree in trees]
        self.changed = _changed_steps(old, new)
        # From any other start the same answers lead the same way.
        self.touched = [
            pair
            for pair in self.sides
            if any(not side.places.isdisjoint(self.changed) for side in pair)
        ]
        self.not_decided: dict[str, None] = {}
        self.found: dict[tuple[frozenset[Test], int, str, bool], Together] = {}

    def run(self) -> Effects:
        changes = [*self._trees(), *self._answers()]
        unlike: dict[Place, set[str]] = {}
        if self.changed:
            changes += self._ways(unlike)
        for aspect in aspects(self.old, self.new):
            late = {place for place, facts in unlike.items() if facts & aspect.facts}
            changes += self._shown(aspect, aspect.at | late)
        return tuple(changes), tuple(self.not_decided)

    # Inventory

    def _trees(self) -> Iterator[Change]:
        for name, turn in _one_sided(self.old.trees, self.new.trees):
            library = self.old if turn is Turn.LOST else self.new
            yield Change(What.TREE, turn, name, _title(library, name))

    def _answers(self) -> Iterator[Change]:
        """Answers that only one library takes, at a question that both have; and so the ways on
        from an ending."""
        for old, new in self.both_trees:
            for name, ending in old.outcomes.items():
                was, now = ending.carry_on, name in new.outcomes and new.outcomes[name].carry_on
                if name in new.outcomes and (way := was or now) and not (was and now):
                    turn, goto = Turn.LOST if was else Turn.GAINED, way.goto
                    named = f"{goto.tree}/{goto.step}"
                    yield Change(What.WAY_ON, turn, named, at=(old.name, name))
            for name, question in old.questions.items():
                other = new.questions.get(name)
                if other is not None and other.fact == question.fact:
                    for value, turn in _one_sided(question.values, other.values):
                        answer = f"{question.fact}={value}"
                        yield Change(What.ANSWER, turn, answer, at=(old.name, name))

    # Reached endings

    def _ways(self, unlike: dict[Place, set[str]]) -> Iterator[Change]:
        """Walks that reach another ending than before.

        Adds to ``unlike`` the facts that may differ at an ending that both reach.
        """
        facts = frozenset[str]().union(*self.changed.values())
        # No question about who they are has changed, but that may describe the audience.
        tests = self._telling({*facts, *PEOPLE})
        walked = self._together("", tests, changed_only=True, most=_MOST_FOR_WHOM)
        if not _are_complete(walked):
            tests = self._telling(facts)
            walked = self._together(_ELSEWHERE, tests, changed_only=True)
        for met in _met(walked):
            if met.stays and met.pair.unlike:
                unlike.setdefault(met.pair.old, set()).update(met.pair.unlike)
        yield from self._led_elsewhere(walked, tests)

    def _led_elsewhere(
        self, walked: tuple[Together, ...], tests: frozenset[Test]
    ) -> Iterator[Change]:
        away = (met for met in _met(walked) if not met.stays)
        for (old, new), met in grouped(((m.pair.old, m.pair.new), m) for m in away).items():
            old_way, new_way = met[0].ways
            before, after = _page(self.old, old_way), _page(self.new, new_way)
            yield Change(
                What.WAY,
                Turn.AWAY
                if before.urgency is Urgency.NOW
                else _turn(before.urgency, after.urgency),
                "/".join(new),
                _title(self.new, *new),
                new,
                f"{'/'.join(old)} ({before.urgency.name.lower()})",
                f"{'/'.join(new)} ({after.urgency.name.lower()})",
                self._whom(walked, tests, met),
                old_way,
                new_way,
                Beside(
                    tuple(line for line in before.lines if line not in after.lines),
                    _without(before, after),
                    _without(after, before),
                ),
            )

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
        # Where its conditions are the same, only those whose walk changes may see it otherwise.
        walked = self._together(named, aspect.tests, places, changed_only=not aspect.at)
        here = grouped((m.pair.old, m) for m in _met(walked) if m.stays and m.pair.old in places)
        for place, people in here.items():
            turns = grouped((_turned(aspect, met.pair), met) for met in people)
            for (old, new), concerned in turns.items():
                if old != new:
                    others = chain(*(each for turn, each in turns.items() if turn != (old, new)))
                    known = others if aspect.at else None
                    whom = self._whom(walked, aspect.tests, concerned, known)
                    yield self._change(aspect, place, (old, new), whom, concerned[0].ways)

    def _change(
        self, aspect: Aspect, place: Place, turned: _Turned, whom: Whom, ways: _Ways
    ) -> Change:
        old, new = turned
        told = aspect.what, Turn.GAINED, aspect.name, aspect.words, place
        change = Change(*told, whom=whom, old_way=ways[0], new_way=ways[1])
        if isinstance(old, Urgency) and isinstance(new, Urgency):
            turn = _turn(old, new)
            return replace(change, turn=turn, old=old.name.lower(), new=new.name.lower())
        if new is True:
            return change
        change = replace(change, turn=Turn.LOST)
        if aspect.what is not What.ROUTE:
            return change
        before, after = _page(self.old, ways[0]), _page(self.new, ways[1])
        needs = {need for need, names in before.needs.items() if aspect.name in names}
        left = (n for n in after.routes if not needs.isdisjoint(self.new.routes[n].serves))
        return replace(change, beside=Beside(instead=tuple(dict.fromkeys(left))))

    def _whom(
        self,
        walked: tuple[Together, ...],
        tests: frozenset[Test],
        concerned: Iterable[_Met],
        others: Iterable[_Met] | None = None,
    ) -> Whom:
        """The audience of a change; only ``some`` where an exploration is incomplete, or where no
        others were met."""
        if not _are_complete(walked):
            return Whom(some=True)
        census = Census((self.old, self.new), _in_order(tests))
        inside = (met.kind(census) for met in concerned)
        if others is None:
            return census.some(inside)
        return census.whom(inside, (met.kind(census) for met in others))

    def _together(
        self,
        what: str,
        tests: frozenset[Test],
        places: Collection[Place] | None = None,
        *,
        changed_only: bool,
        most: int = sys.maxsize,
    ) -> tuple[Together, ...]:
        """Explore the trees from which a walk may differ, or all that lead to some of the places,
        their own trees first; cached by the tests. If that is incomplete, ``what`` it was for is
        not decided."""
        most = min(most, self.most)
        own = {tree for tree, _ in places or ()}
        sides = self.touched if changed_only else self.sides
        if places is not None:
            sides = [pair for pair in sides if not pair[0].places.isdisjoint(places)]
        walked = []
        for old, new in sorted(sides, key=lambda pair: pair[0].tree not in own):
            key = (tests, most, old.tree, changed_only)
            if key not in self.found:
                limit = min(most, self.left)
                self.found[key] = together(
                    old, new, _in_order(tests), limit, self.changed if changed_only else None
                )
                self.left -= self.found[key].states
            walked.append(self.found[key])
        if what and not _are_complete(walked):
            self.not_decided[what] = None
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
    def ways(self) -> _Ways:
        """A shortest witness in each library."""
        return self.walked.ways(self.pair.state)

    def kind(self, census: Census) -> Kind:
        """The kind of these people: the facts known in either library."""
        return census.kind({**self.pair.old_facts, **self.pair.new_facts})


_Key = TypeVar("_Key")

_Ways: TypeAlias = tuple[Witness, Witness]

_Turned: TypeAlias = tuple[Hashable, Hashable]
"""The values of an aspect in the old library and in the new one."""


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


def _turn(old: Urgency, new: Urgency) -> Turn:
    if old == new:
        return Turn.OTHER
    return Turn.MORE_URGENT if new > old else Turn.LESS_URGENT


def _by_place(library: Library) -> Iterator[tuple[Place, Question]]:
    for tree in library.trees.values():
        for name, question in tree.questions.items():
            yield (tree.name, name), question


# --- the page of a witness --------------------------------------------------------------


class _Page(Frozen):
    """The urgency of a page, its lines, and the routes under each of its needs."""

    urgency: Urgency
    lines: tuple[str, ...]
    needs: Mapping[str, tuple[str, ...]]

    @property
    def routes(self) -> tuple[str, ...]:
        return tuple(name for names in self.needs.values() for name in names)


def _page(library: Library, way: Witness) -> _Page:
    walk = Walk.begin(library, way.tree, way.given).replayed(way.replies)
    assert isinstance(walk.here, Outcome)  # a pair is of endings
    shown = visibility.lines(library, walk.here, walk.facts)
    speaker = Speaker(library, walk.facts)
    return _Page(
        visibility.urgency(library, walk.here, walk.facts),
        tuple(speaker.say(line.say) for line in shown),
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
