"""The paths of a tree, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...model.facts import Facts
from ...model.library import Library
from ...model.tree import Outcome
from ..path_count import Path

CARRY_ON = "(carry-on)"
"""What is said at an ending by who goes on from there."""


def digits(number: int) -> str:
    """All the digits of a whole number, however many. (``str`` refuses more than 4,300.)"""
    return format(Decimal(number), "f")


def said(library: Library, path: Path) -> Iterator[str]:
    """Each reply of a path in order: FACT=VALUE, or that somebody carries on."""
    for reply in path.replies:
        step = library.trees[reply.tree].step(reply.step)
        if step is None or isinstance(step, Outcome):
            yield CARRY_ON
        else:
            yield f"{step.fact}={','.join(v for v in step.values if v in reply.values)}"


def known(facts: Facts) -> Iterator[str]:
    """What is true of somebody: FACT=VALUE, in the order of the alphabet."""
    return (f"{fact}={','.join(sorted(values))}" for fact, values in sorted(facts.items()))
