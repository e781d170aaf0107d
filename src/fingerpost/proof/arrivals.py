"""Who can come to each ending from the start of a tree, and by which answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from ..model.base import Frozen, grouped, replace
from ..model.facts import PEOPLE, Facts
from ..model.graph import StepGraph
from ..model.library import Library
from ..model.sentence import Urgency
from ..model.tree import CarryOn, Outcome, Target, Tree
from .boxes import Box, Facets, Room
from .exploration import Exploration, Ways
from .witness import Witness, nearest

_Group: TypeAlias = tuple[tuple[str, frozenset[str]], ...]

_BEFORE = "/before"
"""The tree before the tree, and its ending. No author's name has a slash."""


class Arrivals(Frozen):
    """An ending, and a walk to it with the fewest answers, or None if nobody comes there.

    ``people`` are all who come there, in groups that do not overlap: of each those of the facts
    PEOPLE that cannot have every value, with the values that they can have. A group of which no
    fact is told is anyone.
    """

    tree: str
    outcome: Outcome
    shortest: Witness | None
    people: tuple[Facts, ...]


def arrivals(
    library: Library, tree: str, given: Facts, room: Room | None = None
) -> tuple[Arrivals, ...]:
    """Every ending of a tree for those of whom ``given`` is known beforehand, then the endings in
    other trees that it leads to.

    Raises KeyError for an unknown tree, and LimitReached if there is no room.
    """
    here = library.trees[tree]
    graph = StepGraph(_with_beginning(library, here, given), _BEFORE)
    ways = Ways(graph, {})
    read = dict.fromkeys(graph.endings, ways.facets.mask(PEOPLE))
    explored = Exploration(ways, read, room or Room())
    numbers = {graph.nodes[number].place: number for number in graph.order if number in read}
    del numbers[_BEFORE, _BEFORE]
    found: list[Arrivals] = []
    for place in dict.fromkeys((*((tree, name) for name in here.outcomes), *numbers)):
        outcome = library.trees[place[0]].outcomes[place[1]]
        if place not in numbers or not (boxes := explored.at(numbers[place])):
            found.append(Arrivals(place[0], outcome, None, ()))
            continue
        found_way = nearest(explored, [(numbers[place], ways.facets.anything)])
        assert found_way is not None  # somebody comes there
        way = found_way[1]
        facts = [fact for fact in PEOPLE if fact in ways.facets.facts]
        people = tuple(dict(group) for group in _groups(ways.facets, facts, boxes))
        shortest = Witness(tree, {**given, **way.given}, way.replies[1:])
        found.append(Arrivals(place[0], outcome, shortest, people))
    return tuple(found)


def _with_beginning(library: Library, here: Tree, given: Facts) -> Library:
    """The library with an ending of its own before a tree, which makes some facts known and carries
    on to its start."""
    words, span = here.title, here.span
    on = CarryOn(words, Target(here.name, "", span=span), given, span=span)
    first = Outcome(_BEFORE, words, Urgency.INFO, words, (), (), carry_on=on, span=span)
    before = replace(
        here, name=_BEFORE, given={}, start=_BEFORE, questions={}, outcomes={_BEFORE: first}
    )
    return replace(library, trees={**library.trees, _BEFORE: before})


def _groups(facets: Facets, facts: Sequence[str], boxes: Sequence[Box]) -> tuple[_Group, ...]:
    """The people in some boxes by these facts. One that is not known may have any value."""
    if not facts or not boxes:
        return ((),) if boxes else ()
    fact, *rest = facts
    known = facets.facts[fact]
    unknown = {box for box in boxes if not known.read(box & known.mask)}
    alike = grouped(
        (_groups(facets, rest, [box for box in boxes if box & bit or box in unknown]), value)
        for value, bit in known.bits.items()
    )
    if len(alike) == 1:
        return next(iter(alike))
    return tuple(
        ((fact, frozenset(values)), *group) for like, values in alike.items() for group in like
    )
