"""Propositional formulas over facts.

The conditions under which a line, a need or a route is shown are such formulas. A page evaluates
them in one state (``page/visibility.py``), a proof in all states reachable at an ending.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from ..model.base import Frozen, grouped
from ..model.facts import Facts
from ..model.tree import When


class Test(Frozen, cache_hash=True):
    """True where one of these values of a fact is known; false where the fact is unknown."""

    __test__ = False  # so that a test runner does not take it for one of its own

    fact: str
    values: frozenset[str]


class All(Frozen, cache_hash=True):
    """Conjunction; of no parts, true."""

    parts: tuple[Formula, ...] = ()


class Any(Frozen, cache_hash=True):
    """Disjunction; of no parts, false."""

    parts: tuple[Formula, ...] = ()


class Not(Frozen, cache_hash=True):
    """Negation."""

    part: Formula


Formula: TypeAlias = Test | All | Any | Not

ALWAYS = All()
NEVER = Any()


def tests(formula: Formula) -> Iterator[Test]:
    """All tests of a formula, from left to right."""
    waiting = [formula]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Test):
            yield part
        elif isinstance(part, Not):
            waiting.append(part.part)
        else:
            waiting += reversed(part.parts)


def holds(formula: Formula, facts: Facts) -> bool:
    """Whether a formula is true where these facts are known."""
    match formula:
        case Test(fact, values):
            return not values.isdisjoint(facts.get(fact, ()))
        case Not(part):
            return not holds(part, facts)
        case All(parts):
            return all(holds(part, facts) for part in parts)
        case Any(parts):
            return any(holds(part, facts) for part in parts)


def values_by_fact(read: Iterable[Test]) -> dict[str, list[frozenset[str]]]:
    """For each fact the sets of values that some tests name."""
    return grouped((test.fact, test.values) for test in read)


def of(*whens: When, unless: Iterable[When] = ()) -> Formula:
    """The conjunction of conditions of the file format: all ``whens``, and none of ``unless``."""
    parts: list[Formula] = [Test(fact, values) for when in whens for fact, values in when.tests]
    parts += (Not(of(each)) for each in unless)
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def both(*parts: Formula) -> Formula:
    """The conjunction, without duplicates and trivial parts."""
    kept = tuple(dict.fromkeys(part for part in parts if part != ALWAYS))
    if NEVER in kept:
        return NEVER
    return kept[0] if len(kept) == 1 else All(kept)


def either(parts: Iterable[Formula]) -> Formula:
    """The disjunction, without duplicates and trivial parts."""
    kept = tuple(dict.fromkeys(part for part in parts if part != NEVER))
    if ALWAYS in kept:
        return ALWAYS
    return kept[0] if len(kept) == 1 else Any(kept)


def no(part: Formula) -> Formula:
    """The negation, without a double negation."""
    match part:
        case Not(inner):
            return inner
        case All(()):
            return NEVER
        case Any(()):
            return ALWAYS
        case _:
            return Not(part)
