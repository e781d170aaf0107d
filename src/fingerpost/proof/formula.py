"""What has to be true of somebody, as a formula over their facts.

Everything that decides whether a line, a need or a route is shown can be written as one. Where
``shown.py`` asks one person, a proof asks for whom it holds of all who come to an ending.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from ..model.base import Frozen
from ..model.when import When


class Test(Frozen):
    """Is one of these values of a fact chosen? Where nobody has asked, it is not."""

    __test__ = False  # so that a test runner does not take it for one of its own

    fact: str
    values: frozenset[str]


class All(Frozen):
    """Every part holds; of no parts, it always holds."""

    parts: tuple[Formula, ...] = ()


class Any(Frozen):
    """At least one part holds; of no parts, it never holds."""

    parts: tuple[Formula, ...] = ()


class Not(Frozen):
    """The part does not hold."""

    part: Formula


Formula: TypeAlias = Test | All | Any | Not

ALWAYS = All()
NEVER = Any()


def tests(formula: Formula) -> Iterator[Test]:
    """All that a formula asks of the facts."""
    waiting = [formula]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Test):
            yield part
        elif isinstance(part, Not):
            waiting.append(part.part)
        else:
            waiting += reversed(part.parts)


def of(*whens: When, unless: When | None = None) -> Formula:
    """Conditions as the format has them: all of these hold, and the last does not."""
    parts: list[Formula] = [Test(fact, values) for when in whens for fact, values in when.tests]
    if unless is not None:
        parts.append(Not(of(unless)))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def both(*parts: Formula) -> Formula:
    """All of these, in as few words as can be."""
    kept = tuple(dict.fromkeys(part for part in parts if part != ALWAYS))
    if NEVER in kept:
        return NEVER
    return kept[0] if len(kept) == 1 else All(kept)


def either(parts: Iterable[Formula]) -> Formula:
    """Any of these, in as few words as can be."""
    kept = tuple(dict.fromkeys(part for part in parts if part != NEVER))
    if ALWAYS in kept:
        return ALWAYS
    return kept[0] if len(kept) == 1 else Any(kept)


def no(part: Formula) -> Formula:
    """The opposite."""
    match part:
        case Not(inner):
            return inner
        case All(()):
            return NEVER
        case Any(()):
            return ALWAYS
        case _:
            return Not(part)
