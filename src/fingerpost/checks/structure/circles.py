"""Do the ways through a library ever lead round in a circle?

A frightened person who meets the same question twice thinks that the answer was wrong. Ways may
part and meet again; they never lead back, neither by an answer nor by a carry-on, in one tree
or through the doors between trees.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from ...model.base import Frozen
from ...model.diagnostics import Diagnostic, Related, Span
from ...model.tree import Outcome

if TYPE_CHECKING:
    from ...model.library import Library

_Place: TypeAlias = tuple[str, str]
"""A step, by its tree and its name."""

_MOST_NAMED = 8
"""So many steps of a circle are named in a message."""


class _Visit(Frozen):
    """A step that is being looked at, and the ways on from it that are still to be followed."""

    place: _Place
    ways: Iterator[tuple[_Place, tuple[Span, ...]]]


class _Way:
    """How the steps that are being looked at lead to one another, and at which place in it each
    stands. A way on that leads to one of them closes a circle."""

    def __init__(self) -> None:
        self.visits: list[_Visit] = []
        self.at: dict[_Place, int] = {}

    def begin(self, library: Library, place: _Place) -> None:
        self.at[place] = len(self.visits)
        self.visits.append(_Visit(place, iter(_ways_on(library, place).items())))

    def end(self) -> None:
        del self.at[self.visits.pop().place]

    def back_to(self, place: _Place) -> tuple[list[_Place], int]:
        """The first steps from one of them to the last, and how many there are in all."""
        start = self.at[place]
        named = self.visits[start : start + _MOST_NAMED]
        return [visit.place for visit in named], len(self.visits) - start


def find(library: Library) -> tuple[Diagnostic, ...]:
    """One mistake for each step that leads back to one before it, at the place that says so."""
    found: list[Diagnostic] = []
    seen: set[_Place] = set()
    way = _Way()
    for start in _starts(library):
        if start not in seen:
            seen.add(start)
            way.begin(library, start)
        while way.visits:
            place, spans = next(way.visits[-1].ways, (None, ()))
            if place is None:
                way.end()
            elif place in way.at:
                found.append(_circle(library, *way.back_to(place), spans))
            elif place not in seen:
                seen.add(place)
                way.begin(library, place)
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _starts(library: Library) -> Iterator[_Place]:
    """Where to begin: at the start of each tree, then at whatever cannot be reached from there."""
    for name, tree in library.trees.items():
        if tree.step("") is not None:
            yield name, tree.start
    for name, tree in library.trees.items():
        yield from ((name, step) for step in (*tree.questions, *tree.outcomes))


def _ways_on(library: Library, place: _Place) -> dict[_Place, tuple[Span, ...]]:
    """The steps that one step leads to, each with the places in its file that say so."""
    step = library.trees[place[0]].step(place[1])
    ways: dict[_Place, dict[Span, None]] = {}
    for _, target in () if step is None else step.ways:
        onward = library.place(target)
        if onward is not None:
            ways.setdefault(onward, {})[target.span] = None
    if isinstance(step, Outcome):
        ways.pop(place, None)  # an ending that leads back to itself is FP215
    return {onward: tuple(spans) for onward, spans in ways.items()}


def _circle(
    library: Library, places: list[_Place], count: int, spans: tuple[Span, ...]
) -> Diagnostic:
    """What to say of ``count`` steps that begin with these, and of the places that lead back."""
    trees = {tree for tree, _ in places}
    names = [name if len(trees) == 1 else f"{tree}/{name}" for tree, name in places]
    steps = [(name, library.trees[p[0]].step(p[1])) for name, p in zip(names, places, strict=True)]
    more = [f"{count - len(places)} more"] if count > len(places) else []
    return Diagnostic(
        "FP301",
        f"these steps lead round in a circle: {', '.join((*names, *more, names[0]))}",
        spans[0],
        hint="lead on to another step; ways may meet again, but never go back",
        related=(
            *(Related("this leads back too", span) for span in spans[1:]),
            *(Related(f"“{name}” is here", step.span) for name, step in steps if step),
        ),
    )
