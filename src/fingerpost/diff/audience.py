"""The audience of a change, described by as few facts as possible."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeAlias

from ..model.base import Frozen
from ..model.facts import PEOPLE, Facts
from ..model.library import Library
from ..proof.formula import Test
from .lockstep import every_question, values_of

BEGUN = "begun"
"""The pseudo-fact for the tree in which a walk starts."""

_MOST_KINDS = 2_000
"""Kinds of people that are distinguished."""

_MOST_GROUPS = 8
"""Groups in one description."""

Values: TypeAlias = frozenset[str] | None
"""Values of a fact, each representing its class; None is unknown."""

Kind: TypeAlias = tuple[Values, ...]
"""The values of each trait, in order."""

_Group: TypeAlias = dict[int, frozenset[Values]]
"""Some of the traits by their index in a kind, each with its possible values."""


class Told(Frozen):
    """A fact of an audience, and its values; the empty value is unknown.

    A fact that may have several values has any of these; with ``without``, none of them.
    """

    fact: str
    values: tuple[str, ...]
    without: bool = False


People: TypeAlias = tuple[Told, ...]
"""A conjunction."""


class Whom(Frozen):
    """The union of groups of people, or everyone if there is no group.

    ``some``: only a part of them, which the facts that were read do not determine.
    """

    groups: tuple[People, ...] = ()
    some: bool = False


class _Trait(Frozen):
    """A single-valued fact, or one test of a multi-valued fact."""

    fact: str
    test: Test | None = None


_HOLDS: Values = frozenset({"holds"})
_FAILS: Values = frozenset()


class Census:
    """The kinds of people that the facts read by a comparison distinguish."""

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
        """The kind of people who started in a tree and of whom these facts are known."""
        return tuple(
            frozenset({begun}) if trait.fact == BEGUN else _of(trait, facts.get(trait.fact))
            for trait in self._traits
        )

    def whom(self, concerned: Iterable[Kind], others: Iterable[Kind]) -> Whom:
        """Groups that cover all kinds concerned and, as far as possible, none of the others.

        With too many kinds, or too many groups, only ``some``.
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
        """The traits: the facts PEOPLE first, then others in the order in which they are asked."""
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

    Traits that come first are the last to be dropped. An unknown fact may yet get any value, so if
    possible kinds with one are excluded by other traits.
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
    """Whether a kind is in a group; with ``open_`` an unknown fact may have any value."""
    return all(kind[at] in values or (open_ and kind[at] is None) for at, values in group.items())
