"""Looking a service up: which routes fit some words, a nation, an age or a need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import inline_markup
from ..model.base import Frozen
from ..model.library import Library
from ..model.route import Route


class Wanted(Frozen):
    """What is looked for. What is None or empty is not asked about."""

    words: tuple[str, ...] = ()
    nation: str | None = None
    age: str | None = None
    need: str | None = None


def look_up(library: Library, wanted: Wanted) -> tuple[Route, ...]:
    """The routes that fit, in the order of the library's files.

    Every word must be found in the route's name, its words or its needs, in any order; capital
    letters do not matter. A route whose contract is not known fits every nation and age.
    """
    return tuple(route for route in library.routes.values() if _fits(library, route, wanted))


def _fits(library: Library, route: Route, wanted: Wanted) -> bool:
    if wanted.need is not None and wanted.need not in route.serves:
        return False
    contract = route.contract
    if contract is not None:
        if wanted.nation is not None and wanted.nation not in contract.nations:
            return False
        if wanted.age is not None and wanted.age not in contract.ages:
            return False
    # Nobody types the marks of a hard word. A service that a sentence names is found by its key.
    searched = " ".join(
        inline_markup.fill(text, str, str) for text in _texts(library, route)
    ).casefold()
    return all(word.casefold() in searched for word in wanted.words)


def _texts(library: Library, route: Route) -> Iterator[str]:
    yield route.name
    sentences = (route.title, route.who, route.expect, route.limits)
    for sentence in sentences:
        yield from sentence.texts if sentence else ()
    yield from _numbers(route)
    for need in route.serves:
        words = library.needs.get(need)
        yield from (need, *(words.say.texts if words else ()))


def _numbers(route: Route) -> Iterable[str]:
    for phone in route.phone:
        yield phone.number
        yield phone.number.replace(" ", "")
    for line in route.text:
        yield f"{line.send} {line.to}"
    yield from (route.chat, route.email, route.web, route.bsl)
