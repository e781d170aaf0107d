"""All steps of a library and the ways between them, for whoever asks what lies ahead of a step.

Here every way counts that an answer or a carry-on names, whoever takes it. Who really comes where
is for ``proofs`` to say.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from .base import Frozen
from .furthest import furthest_first
from .tree import Question

if TYPE_CHECKING:
    from .library import Library
    from .tree import Step

Place: TypeAlias = tuple[str, str]
"""A step, by its tree and its name."""

_FURTHEST = 2_000
"""Steps; further back nobody looks for a question."""


class Onward(Frozen, dict=True, gc=True):
    """``steps`` are all steps, those furthest on first. ``ways`` are the places that each leads
    to. ``starts`` are where the trees begin.

    Where ways lead in a circle, which is a mistake, it is cut open somewhere.
    """

    steps: Mapping[Place, Step]
    ways: Mapping[Place, tuple[Place, ...]]
    starts: tuple[Place, ...]

    @classmethod
    def of(cls, library: Library) -> Onward:
        """The steps of all trees, also those that nothing leads to."""
        steps: dict[Place, Step] = {}
        for tree in library.trees.values():
            steps |= {(tree.name, name): question for name, question in tree.questions.items()}
            steps |= {(tree.name, name): ending for name, ending in tree.outcomes.items()}
        ways = {
            place: tuple(dict.fromkeys(p for _, t in step.ways if (p := library.place(t))))
            for place, step in steps.items()
        }
        starts = ((tree.name, tree.start) for tree in library.trees.values())
        return cls(
            {place: steps[place] for place in furthest_first(ways, ways.__getitem__)},
            ways,
            tuple(place for place in starts if place in steps),
        )

    @cached_property
    def back(self) -> Mapping[Place, list[Place]]:
        """For each place those that lead to it."""
        back: dict[Place, list[Place]] = {place: [] for place in self.ways}
        for start, ends in self.ways.items():
            for end in ends:
                back[end].append(start)
        return back

    def ahead(self, own: Mapping[Place, int]) -> dict[Place, int]:
        """For each place the bits of all that lies ahead of it, where ``own`` has those of some
        places. What a place has of its own is not ahead of it."""
        found: dict[Place, int] = {}
        for place in self.steps:
            ahead = 0
            for onward in self.ways[place]:
                ahead |= own.get(onward, 0) | found.get(onward, 0)
            found[place] = ahead
        return found

    def reached(self, starts: Iterable[Place]) -> Collection[Place]:
        """The places to which ways lead from these, and these themselves, nearest first."""
        found = dict.fromkeys(starts)
        waiting = list(found)
        for place in waiting:
            new = [each for each in self.ways[place] if each not in found]
            found |= dict.fromkeys(new)
            waiting += new
        return found.keys()

    def last(self, place: Place, wanted: Callable[[Step], bool]) -> Step | None:
        """The nearest step of this kind on the ways to a place, or None."""
        waiting, seen = [place], {place}
        for here in waiting:
            step = self.steps[here]
            if here != place and wanted(step):
                return step
            new = [each for each in self.back[here] if each not in seen]
            seen.update(new)
            waiting += new if len(waiting) < _FURTHEST else ()
        return None


def settles(step: Step, fact: str) -> bool:
    """Whether whoever leaves a step has a fact from it, by an answer or by going on."""
    if isinstance(step, Question):
        return step.fact == fact
    return fact in step.settles
