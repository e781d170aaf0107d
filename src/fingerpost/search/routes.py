"""Search routes by words, nation, age, need and reader."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from ..model import inline_markup
from ..model.base import Frozen, grouped, replace
from ..model.facts import NATIONS
from ..model.library import Library
from ..model.route import EMERGENCY, Route
from ..model.spelling import meant
from ..model.tree import shown
from .words import MOST_WORDS, Vocabulary, contains_all, saying_all


class Wanted(Frozen):
    """A query. A field that is None or empty matches all."""

    words: tuple[str, ...] = ()
    nation: str | None = None
    age: str | None = None
    need: str | None = None
    teller: str | None = None


def look_up(library: Library, wanted: Wanted) -> tuple[Route, ...]:
    """The routes that match, in the order of the library's files; for words those for danger come
    first, then those that are called so. For an age, of those that serve the same, the fixed come
    first, and then those for fewer ages.

    A number is that of who answers it. Words of a need match all that serve it, with danger if it
    is a live one, and who says just this; who answers for anything, such as Childline, is first,
    and is there wherever some who serve it are for children alone.
    Else every word must occur in the name, texts or needs of the route: as a substring, or by stem,
    synonym or prefix; or with typos corrected to words of names and needs. A route without a
    contract matches everybody whom its conditions do not leave out.
    """
    routes = [route for route in library.routes.values() if _fits(route, wanted)]
    # Hard words without their braces; a service that a sentence names by its key.
    texts = {
        each.name: " ".join(inline_markup.fill(text, str, str) for text in _texts(library, each))
        for each in routes
    }
    typed, vocabulary = " ".join(wanted.words), Vocabulary(library.search)
    number, words = _digits(typed), vocabulary.telling(typed)[:MOST_WORDS]
    found = {r.name for r in routes if any(number == _digits(p.number) for p in r.phone)}
    live = {name for name, need in library.needs.items() if need.live}
    serving: set[str] = set()
    if needs := _saying(vocabulary, words, {name: _need(library, name) for name in library.needs}):
        needs |= {EMERGENCY for name in needs if library.needs[name].live}
        answering = [each for each in routes if not needs.isdisjoint(each.serves)]
        children = [each for each in routes if each.contract and each.contract.under]
        if any(each in answering for each in children):
            answering += (r for r in children if r.fixed and live & {*r.serves})
        serving = {each.name for each in answering}
        wanted = replace(wanted, words=(typed,))
    named = {name for name, text in texts.items() if contains_all(text, wanted.words)}
    found = found or named | (serving or _saying(vocabulary, words, texts))
    # Who is called so is for another age or nation: who helps here with the same.
    alike = {r.serves[0] for r in library.routes.values() if words and is_called(r, wanted.words)}
    found = found or {route.name for route in routes if not alike.isdisjoint(route.serves)}
    # Sentences hold so many words that nearly any word would be a typo of one of them.
    known = vocabulary.telling(" ".join(text for each in routes for text in _names(library, each)))
    found = found or _saying(vocabulary, _corrected(words, known), texts)
    matching = [route for route in routes if route.name in found]
    if wanted.words:
        first = {r.name for r in matching if r.fixed and r.name in serving and live & {*r.serves}}
        first |= {r.name for r in matching if is_called(r, wanted.words)}
        matching.sort(key=lambda r: (EMERGENCY not in r.serves, r.name not in first))
    elif wanted.age:
        same = grouped((route.serves[0], route) for route in matching)
        matching = [r for routes in same.values() for r in sorted(routes, key=_fixed_and_ages)]
    return tuple(matching)


def is_narrow(route: Route, nation: str | None) -> bool:
    """Whether it is of one app or of one nation alone, which is not this one; there are others for
    everybody."""
    nations = [each for each in NATIONS if route.is_for_nation(each)]
    own = route.local or nation in nations
    return route.is_of_an_app or (len(nations) == 1 and not own)


def _fixed_and_ages(route: Route) -> tuple[bool, float]:
    """Those that no file may change come first, then those for fewer ages: made for them."""
    return not route.fixed, len(route.contract.ages) if route.contract else math.inf


def nearest_number(library: Library, wanted: Wanted) -> str | None:
    """The number that somebody who typed these digits is most likely to have meant."""
    routes = [each for each in library.routes.values() if _fits(each, wanted)]
    known = {_digits(phone.number) for each in routes for phone in each.phone}
    known |= {line.to for each in routes for line in each.text}
    typed = _digits(" ".join(wanted.words))
    return meant(typed, known) if typed.isdigit() else None


def _digits(number: str) -> str:
    return number.replace(" ", "")


def is_called(route: Route, words: Iterable[str]) -> bool:
    """Whether the key or the title of a route has all of these words."""
    return contains_all(" ".join((route.name, *route.title.texts)), words)


def _saying(vocabulary: Vocabulary, words: Iterable[str], texts: Mapping[str, str]) -> set[str]:
    """The names of the texts with all of these words by stem, synonym or prefix."""
    said = {name: frozenset(vocabulary.words(text)) for name, text in texts.items()}
    wanted = vocabulary.words(" ".join(words))
    return {*saying_all(wanted, said)} if wanted else set()


def _corrected(words: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """These words with typos corrected. It hardly ever stands at the beginning: York is no work.
    A number with a slip is another number."""
    for word in words:
        like = [] if word.isdigit() else [each for each in known if each[0] == word[0]]
        yield meant(word, like) or word


def _fits(route: Route, wanted: Wanted) -> bool:
    """Whether a route matches nation, age, need and reader."""
    if wanted.need is not None and wanted.need not in route.serves:
        return False
    asked = {"nation": wanted.nation, "age": wanted.age, "teller": wanted.teller}
    if not shown((), route.unless, {f: frozenset({v}) for f, v in asked.items() if v}):
        return False
    contract = route.contract
    return contract is None or (
        (wanted.nation is None or wanted.nation in contract.nations)
        and (wanted.age is None or wanted.age in contract.ages)
        and (wanted.teller is None or wanted.teller in contract.tellers)
    )


def _texts(library: Library, route: Route) -> Iterator[str]:
    yield from _names(library, route)
    for sentence in (route.who, route.expect, route.limits, *route.if_shut):
        yield from sentence.texts if sentence else ()
    yield from _numbers(route)


def _names(library: Library, route: Route) -> tuple[str, ...]:
    """The names and titles of a route and of its needs."""
    return (route.name, *route.title.texts, *(_need(library, name) for name in route.serves))


def _need(library: Library, name: str) -> str:
    return " ".join((name, *(library.needs[name].say.texts if name in library.needs else ())))


def _numbers(route: Route) -> Iterable[str]:
    for phone in route.phone:
        yield from (phone.number, _digits(phone.number))
    yield from (f"{line.send} {line.to}" for line in route.text)
    yield from (route.chat, route.email, route.web, route.bsl)
