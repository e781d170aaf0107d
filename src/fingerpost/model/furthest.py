"""The order in which whoever asks what lies ahead looks at a graph: what is furthest on, first."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Place = TypeVar("Place", bound=Hashable)


def furthest_first(
    starts: Iterable[Place], onward: Callable[[Place], Iterable[Place]]
) -> list[Place]:
    """Every place to which ways lead from some starts, after all to which ways lead from it; where
    ways go round, as nearly as can be. Without recursion: ways may be longer than Python calls."""
    order: list[Place] = []
    seen: set[Place] = set()
    for start in starts:
        visits = [] if start in seen else [(start, iter(onward(start)))]
        seen.add(start)
        while visits:
            place, ways = visits[-1]
            following = next((way for way in ways if way not in seen), None)
            if following is None:
                order.append(place)
                visits.pop()
            else:
                seen.add(following)
                visits.append((following, iter(onward(following))))
    return order
