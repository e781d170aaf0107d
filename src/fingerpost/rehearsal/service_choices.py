"""The services that a trainee chooses from at the end: right ones and distractors.

The right ones are on the page of the story. The distractors are plausible and wrong: for another
age, nation or reader, or for another topic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

from ..model.case import Case
from ..model.library import Library
from ..model.route import Route
from ..model.tree import Outcome
from ..page import visibility
from ..page.speaker import Speaker
from ..walk.walk import Walk

MOST_OFFERED = 12
"""Services to choose from; more would be a list to search, not to think about."""

MOST_RIGHT = 8
"""Right services among them."""

_MORE_WRONG = 3
"""Distractors beyond the number of right services, within MOST_OFFERED."""


def right(library: Library, case: Case, told: Walk) -> tuple[Route, ...]:
    """The services on the page of the story that matter most.

    They are the first for danger, those that the case expects, and the first for each other need,
    in page order.
    """
    here = told.here
    if not isinstance(here, Outcome):  # the story does not determine its ending after the news
        return tuple(_named(library, case.expect.routes))
    served = tuple(visibility.served(library, here, told.facts))
    firsts = [each.routes[0] for each in served]
    danger = [each.routes[0] for each in served if each.need == visibility.EMERGENCY]
    every = [route for each in served for route in each.routes]
    expected = [route for route in every if route.name in case.expect.routes]
    best = {route.name for route in _once((*danger, *expected, *firsts))[:MOST_RIGHT]}
    return tuple(route for route in every if route.name in best)


def on_page(walk: Walk, first: int | None = None) -> tuple[Route, ...]:
    """The services on the page where a walk ends: up to ``first`` of each need, or all."""
    if not isinstance(walk.here, Outcome):
        return ()
    served = visibility.served(walk.library, walk.here, walk.facts)
    return tuple(route for each in served for route in each.routes[:first])


def fitting(library: Library, case: Case, told: Walk) -> frozenset[str]:
    """The names of all services that are right for the person in the story."""
    return frozenset(route.name for route in (*on_page(told), *right(library, case, told)))


def offered(library: Library, case: Case, told: Walk, walk: Walk, seed: int) -> tuple[Route, ...]:
    """The services to choose from, sorted by title.

    ``told`` is the walk of the story and ``walk`` the trainee's own, whose services are the first
    distractors. The same seed gives the same services.
    """
    best = right(library, case, told)
    every_right = fitting(library, case, told)
    room = min(MOST_OFFERED - len(best), len(best) + _MORE_WRONG)
    random = Random(f"{seed} {case.name}")  # noqa: S311 - for a game, not for security
    wrong: list[Route] = []
    for pool in _wrong(library, case, told, walk):
        left = [route for route in _once(pool) if route.name not in every_right]
        random.shuffle(left)
        wrong = _once((*wrong, *left))
    speaker = Speaker(library, case.answers, case.tree)
    both = (*best, *wrong[:room])
    return tuple(sorted(both, key=lambda route: speaker.say(route.title).casefold()))


def _wrong(library: Library, case: Case, told: Walk, walk: Walk) -> Iterator[Iterable[Route]]:
    """Pools of distractors, the most plausible first."""
    yield on_page(walk)
    yield _named(library, case.expect.never)
    services = [route for route in library.routes.values() if not _of_an_app(library, route)]
    called = {need for each in on_page(told) for need in each.serves} - {visibility.EMERGENCY}
    yield (r for r in services if called.intersection(r.serves) and not r.offered(told.facts))
    # Last services for other topics, but no helplines, which are hardly ever wrong.
    endings = library.trees[case.tree].outcomes.values()
    elsewhere = {need.need for ending in endings for need in ending.needs}
    elsewhere -= {visibility.EMERGENCY, *(n for n, need in library.needs.items() if need.live)}
    yield (r for r in services if elsewhere.issuperset(r.serves))


def _of_an_app(library: Library, route: Route) -> bool:
    """Whether a route depends on a question with several answers, such as an app: an app that the
    story does not mention is no plausible mistake."""
    read = {fact for when in route.whens for fact in when.facts}
    return any(fact in read and question.many for fact, question in library.questions.items())


def _named(library: Library, names: Iterable[str]) -> Iterator[Route]:
    return (library.routes[name] for name in names if name in library.routes)


def _once(routes: Iterable[Route]) -> list[Route]:
    return list({route.name: route for route in routes}.values())
