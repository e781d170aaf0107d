"""The audience of a change, described by as few facts as possible."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from ..model.base import Frozen
from ..model.facts import PEOPLE, Facts
from ..model.library import Library
from ..proof.formula import Test
from .lockstep import every_question, values_of

_MOST_KINDS = 2_000
"""Kinds of people that are distinguished."""

Values: TypeAlias = frozenset[str] | None
"""Values of a fact, each representing its class; None is unknown."""

Kind: TypeAlias = tuple[Values, ...]
"""The values of each trait, in order."""


_Group: TypeAlias = Mapping[int, frozenset[Values]]
"""Some of the traits by their index in a kind, each with its possible values."""


class Told(Frozen):
    """A fact of an audience, and its values; the empty value is unknown.

    A fact that may have several values has any of these; with ``without``, none of them.
    """

    fact: str
    values: tuple[str, ...]
    without: bool = False


class Whom(Frozen):
    """The people of whom all of this is true, or everyone if nothing is told.

    ``some``: only a part of them, which the facts that were read do not determine.
    """

    told: tuple[Told, ...] = ()
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

    def kind(self, facts: Facts) -> Kind:
        """The kind of people of whom these facts are known."""
        return tuple(_of(trait, facts.get(trait.fact)) for trait in self._traits)

    def whom(self, concerned: Iterable[Kind], others: Iterable[Kind]) -> Whom:
        """What all kinds concerned have in common, in as few facts as tell them from the others.
        Only ``some`` of these where no fact does, or with too many kinds."""
        affected, rest = set(concerned), set(others)
        if len(affected | rest) > _MOST_KINDS:
            return Whom(some=True)
        group = self._common(affected)
        inside = {kind for kind in rest if _within(kind, group)}
        # Traits that come first are the last to be dropped.
        for at in reversed(range(len(self._traits))):
            wider = {other: values for other, values in group.items() if other != at}
            if not any(_within(kind, wider) for kind in rest - inside):
                group = wider
        return Whom(self._in_words(group), some=bool(inside))

    def some(self, concerned: Iterable[Kind]) -> Whom:
        """What such people have in common, where it is not known who else has that."""
        told = self._in_words(self._common(set(concerned)))
        is_all = {each: set(self._values[each.fact]) <= {*each.values} for each in told}
        return Whom(tuple(each for each in told if not is_all[each]), some=True)

    def _common(self, affected: Collection[Kind]) -> _Group:
        return {at: frozenset(values) for at, values in enumerate(zip(*affected, strict=True))}

    def _in_words(self, group: _Group) -> tuple[Told, ...]:
        return tuple(self._told(self._traits[at], values) for at, values in sorted(group.items()))

    def _in_order(self, facts: Iterable[str], many: Collection[str]) -> Iterator[_Trait]:
        """The traits: the facts PEOPLE first, then others in the order in which they are asked."""
        for fact in dict.fromkeys((*facts, *(test.fact for test in self._tests))):
            tests = [test for test in self._tests if test.fact == fact]
            if fact in many:
                yield from (_Trait(fact, test) for test in tests)
            elif tests:
                yield _Trait(fact)

    def _told(self, trait: _Trait, chosen: frozenset[Values]) -> Told:
        fact, unasked = trait.fact, ("",) if None in chosen else ()
        known = self._values.get(fact, ())
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


def _within(kind: Kind, group: Mapping[int, Collection[Values]]) -> bool:
    return all(kind[at] in values for at, values in group.items())
