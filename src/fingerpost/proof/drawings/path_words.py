"""Numbers, replies and facts of paths as words, shared by all formats of path counts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...model.facts import Facts
from ...model.library import Library
from ...model.tree import Outcome
from ..path_count import Path

CARRY_ON = "(carry-on)"
"""The word for a carry-on in a path."""


def digits(number: int) -> str:
    """All digits of an integer. (``str`` refuses more than 4,300.)"""
    return format(Decimal(number), "f")


def said(library: Library, path: Path) -> Iterator[str]:
    """The replies of a path in order: each FACT=VALUE, or CARRY_ON."""
    for reply in path.replies:
        step = library.trees[reply.tree].step(reply.step)
        if step is None or isinstance(step, Outcome):
            yield CARRY_ON
        else:
            yield f"{step.fact}={','.join(v for v in step.values if v in reply.values)}"


def known(facts: Facts) -> Iterator[str]:
    """Facts as FACT=VALUE, in alphabetical order."""
    return (f"{fact}={','.join(sorted(values))}" for fact, values in sorted(facts.items()))
