"""What a kind of input is: how to make some, and what must hold of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis.strategies import SearchStrategy


class Kind(NamedTuple):
    """A kind of input.

    ``told`` says on the page what is tried. Hypothesis draws from ``drawn``, and ``inputs`` makes
    the inputs of what was drawn: many, where to draw one costs more than to run one. An input is
    anything that JSON can hold. ``run`` runs one, with a folder of its own, and raises if the
    program breaks its word. ``quick`` and ``slow`` are how many are drawn in the quick tests and
    in the slow ones.
    """

    name: str
    told: str
    drawn: SearchStrategy[Any]
    run: Callable[[Any, Path], None]
    quick: int
    slow: int
    inputs: Callable[[Any], Iterable[Any]] = lambda drawn: [drawn]


class Broken(AssertionError):
    """The program has broken its word; the message says how."""


def must(holds: object, told: str) -> None:
    """Raise Broken unless it holds."""
    if not holds:
        raise Broken(told)
