"""Search routes by words, nation, age, need and reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..model import inline_markup
from ..model.base import Frozen
from ..model.library import Library
from ..model.route import Route
from ..model.spelling import meant
from .words import MOST_WORDS, Vocabulary, contains_all, saying_all


class Wanted(Frozen):
    """A query. A field that is None or empty matches all."""

    words: tuple[str, ...] = ()
    nation: str | None = None
    age: str | None = None
    need: str | None = None
    teller: str | None = None


def look_up(library: Library, wanted: Wanted) -> tuple[Route, ...]:
    """The routes that match, in the order of the library's files.

    Every word must occur in the name, texts or needs of the route: as a substring; if no route
    matches, by stem, synonym or prefix; and if still none does, with typos corrected to words of
    names and needs. A route without a contract matches everybody.
    """
    routes = [route for route in library.routes.values() if _fits(route, wanted)]
    # Hard words without their braces; a service that a sentence names by its key.
    texts = {
        each.name: " ".join(inline_markup.fill(text, str, str) for text in _texts(library, each))
        for each in routes
    }
    found = {name for name, text in texts.items() if contains_all(text, wanted.words)}
    found = found or _by_meaning(library, texts, " ".join(wanted.words))
    return tuple(route for route in routes if route.name in found)


def is_called(route: Route, words: Iterable[str]) -> bool:
    """Whether the names of a route have every word, as they stand."""
    return contains_all(" ".join((route.name, *route.title.texts)), words)


def _by_meaning(library: Library, texts: Mapping[str, str], typed: str) -> set[str]:
    """The routes with all words by stem, synonym or prefix, or with typos corrected."""
    vocabulary = Vocabulary(library.search)
    wanted = vocabulary.telling(typed)[:MOST_WORDS]
    if not wanted:
        return set()
    said = {name: frozenset(vocabulary.words(text)) for name, text in texts.items()}
    found = saying_all(vocabulary.words(" ".join(wanted)), said)
    if not found:
        # Sentences hold so many words that nearly any word would be a typo of one of them.
        names = (text for name in texts for text in _names(library, library.routes[name]))
        known = dict.fromkeys(vocabulary.telling(" ".join(names)))
        # A typo hardly ever stands at the beginning: York is no work.
        corrected = (
            meant(word, [each for each in known if each[0] == word[0]]) or word for word in wanted
        )
        found = saying_all(vocabulary.words(" ".join(corrected)), said)
    return set(found)


def _fits(route: Route, wanted: Wanted) -> bool:
    """Whether a route matches nation, age, need and reader."""
    if wanted.need is not None and wanted.need not in route.serves:
        return False
    contract = route.contract
    return contract is None or (
        (wanted.nation is None or wanted.nation in contract.nations)
        and (wanted.age is None or wanted.age in contract.ages)
        and (wanted.teller is None or wanted.teller in contract.tellers)
    )


def _texts(library: Library, route: Route) -> Iterator[str]:
    yield from _names(library, route)
    for sentence in (route.who, route.expect, route.limits):
        yield from sentence.texts if sentence else ()
    yield from _numbers(route)


def _names(library: Library, route: Route) -> Iterator[str]:
    """The names and titles of a route and of its needs."""
    yield from (route.name, *route.title.texts)
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
