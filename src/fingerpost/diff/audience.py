"""For whom something changes, said with as few facts as say it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeAlias

from ..model.base import Frozen
from ..model.facts import Facts
from ..model.library import Library
from ..proof.formula import Test
from ..proof.path_count import PEOPLE
from .lockstep import every_question, values_of

BEGUN = "begun"
"""What stands in the place of a fact for the tree in which people begin."""

_MOST_KINDS = 2_000
"""Kinds of people that are told apart."""

_MOST_GROUPS = 8
"""Groups; more are not few words."""

Values: TypeAlias = frozenset[str] | None
"""The values of a fact that stand for all that are alike; None is not asked."""

Kind: TypeAlias = tuple[Values, ...]
"""What is true of some people, trait by trait."""

_Group: TypeAlias = dict[int, frozenset[Values]]
"""Some of the traits by their place in a kind, each with what may be true of it."""


class Told(Frozen):
    """One fact of those who are concerned, and its values; the empty value is "not asked".

    Of a fact that may have several values any of these is meant. ``without`` says that it has
    none of them.
    """

    fact: str
    values: tuple[str, ...]
    without: bool = False


People: TypeAlias = tuple[Told, ...]
"""People of whom all of this is true."""


class Whom(Frozen):
    """All of these groups of people, or everyone if there is no group.

    ``some`` says that it is only some of them: what was looked at does not tell which.
    """

    groups: tuple[People, ...] = ()
    some: bool = False


class _Trait(Frozen):
    """What people can differ in: a fact with one value; or of a fact with many, one test."""

    fact: str
    test: Test | None = None


_HOLDS: Values = frozenset({"holds"})
_FAILS: Values = frozenset()


class Census:
    """Tells people apart by what a comparison reads."""

    def __init__(self, libraries: Iterable[Library], tests: Iterable[Test]) -> None:
        self._tests = tuple(tests)
        both = tuple(libraries)
        every = [question for library in both for question in every_question(library)]
        self._values = values_of(every)
        many = {question.fact for question in every if question.many}
        trees = (tree for library in both for tree in library.trees.values())
        asked = (question.fact for tree in trees for question in tree.questions.values())
        self._traits = tuple(self._in_order((*PEOPLE, *asked), many))

    def kind(self, facts: Facts, begun: str) -> Kind:
        """What is true of somebody who began in a tree and of whom these facts are known."""
        return tuple(
            frozenset({begun}) if trait.fact == BEGUN else _of(trait, facts.get(trait.fact))
            for trait in self._traits
        )

    def whom(self, concerned: Iterable[Kind], others: Iterable[Kind]) -> Whom:
        """Groups that hold all who are concerned and, as far as can be told, none of the others.

        Of too many kinds of people, or too many groups, it is only said that they are some.
        """
        affected, all_others = dict.fromkeys(concerned), dict.fromkeys(others)
        rest = [kind for kind in all_others if kind not in affected]
        if len(affected) + len(rest) > _MOST_KINDS:
            return Whom(some=True)
        found = list(islice(_groups(list(affected), rest), _MOST_GROUPS + 1))
        if len(found) > _MOST_GROUPS:
            return Whom(some=True)
        groups = tuple(
            tuple(self._told(self._traits[at], values) for at, values in sorted(group.items()))
            for group in found
        )
        return Whom(() if groups == ((),) else groups, len(rest) < len(all_others))

    def _in_order(self, facts: Iterable[str], many: Collection[str]) -> Iterator[_Trait]:
        """Who somebody is says most, and is told first; then what they are asked first."""
        for fact in dict.fromkeys((*facts, *(test.fact for test in self._tests))):
            tests = [test for test in self._tests if test.fact == fact]
            if fact in many:
                yield from (_Trait(fact, test) for test in tests)
            elif tests:
                yield _Trait(fact)
        yield _Trait(BEGUN)

    def _told(self, trait: _Trait, chosen: frozenset[Values]) -> Told:
        fact, unasked = trait.fact, ("",) if None in chosen else ()
        known = self._values.get(fact, ())
        if fact == BEGUN:
            return Told(fact, tuple(sorted(tree for each in chosen for tree in each or ())))
        if trait.test is not None:
            either = {_HOLDS, _FAILS} <= chosen
            values = (v for v in known if either or v in trait.test.values)
            only_unasked = chosen == {None}
            told = () if only_unasked else tuple(values)
            return Told(fact, (*told, *unasked), _FAILS in chosen and not either)
        like = {self._marks(fact, v) for each in chosen if each is not None for v in each}
        return Told(fact, (*(v for v in known if self._marks(fact, v) in like), *unasked))

    def _marks(self, fact: str, value: str) -> tuple[bool, ...]:
        return tuple(value in test.values for test in self._tests if test.fact == fact)


def _of(trait: _Trait, values: Values) -> Values:
    if trait.test is None or values is None:
        return values
    return _FAILS if trait.test.values.isdisjoint(values) else _HOLDS


def _groups(affected: list[Kind], others: list[Kind]) -> Iterator[_Group]:
    left = affected
    while left:
        group = _widest(left[0], affected, others)
        yield group
        left = [kind for kind in left if not _within(kind, group)]


def _widest(kind: Kind, affected: list[Kind], others: list[Kind]) -> _Group:
    """A group with this kind and none of the others: as few traits, then as many values.

    Traits that come first are the last to be left out. Who has not been asked may yet say
    anything, so if that can be they are kept out by something else.
    """
    group: _Group = {at: frozenset({values}) for at, values in enumerate(kind)}
    open_ = not any(_within(other, group, open_=True) for other in others)
    for at in reversed(range(len(kind))):
        wider = {other: values for other, values in group.items() if other != at}
        if not any(_within(other, wider, open_=open_) for other in others):
            group = wider
    for at in group:
        for value in dict.fromkeys(other[at] for other in affected):
            wider = {**group, at: group[at] | {value}}
            if not any(_within(other, wider, open_=open_) for other in others):
                group = wider
    return group


def _within(kind: Kind, group: Mapping[int, Collection[Values]], *, open_: bool = False) -> bool:
    """Whether these people are in a group; ``open_`` lets what is not asked be anything."""
    return all(kind[at] in values or (open_ and kind[at] is None) for at, values in group.items())
