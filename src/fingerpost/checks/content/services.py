"""FP407: services named in free text, where no contract is checked.

``{route:childline}`` in a sentence is held to the route's contract, and follows the route when
its name or number changes. The same name typed by hand is neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from ...model.base import Frozen, grouped
from ...model.diagnostics import Diagnostic
from ...model.library import Library
from ...model.route import Route
from ...model.text_index import Passage, PassageKind, Wording, free_text

_ALSO_ORDINARY = frozenset({"Shout", "Shore", "Lifeline", "Fearless"})
"""Names that are everyday words too: at the start of a sentence they may be either."""

_DIGIT = re.compile(r"[0-9]")
_DOT_INSIDE = re.compile(r"\.\w")
_DIGITS = re.compile(r"(?<![\w£$€#.,:/-])\d(?: ?\d)*(?![\w%]|[.,:/-]\d)")
_HOST = re.compile(r"(?<![\w.-])(?:[\w-]+\.)+[a-z]{2,}(?![\w-])", re.IGNORECASE)
_LINK_HOST = re.compile(r"https://([^/?#]+)")
_ABBREVIATION = re.compile(r"\b[A-Z]{4}[A-Z0-9]*\b")
_BETWEEN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_ARTICLE = re.compile(r"^(?:The|Your|A|An) ")
_STARTS_SENTENCE = re.compile(r"(?:^|[.!?]|[:\"“‘(])[\"”’)]*\s*$")


class _Known(Frozen):
    """What may name a service: words, digits without spaces, hosts; each with its routes.

    ``letters`` finds the words even where they are part of others. That is far quicker than
    ``name``, and rules out most texts.
    """

    names: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, tuple[str, ...]]
    hosts: Mapping[str, tuple[str, ...]]
    letters: re.Pattern[str]
    name: re.Pattern[str]

    @classmethod
    def of(cls, library: Library) -> _Known:
        names = _owners(library, _names)
        any_name = _any_of(names)
        return cls(
            names,
            _owners(library, _numbers),
            _owners(library, _hosts),
            re.compile(any_name),
            re.compile(rf"(?<![\w@.-])(?:{any_name})(?![\w-])"),
        )


def _any_of(names: Iterable[str]) -> str:
    """A pattern for any of these names, the longest first; grouped by their first letters, so that
    few are tried at each letter of a text."""
    longest = sorted(names, key=len, reverse=True)
    by_letter = grouped((name[0], re.escape(name[1:])) for name in longest)
    begun = (f"{re.escape(at)}(?:{'|'.join(rests)})" for at, rests in by_letter.items())
    return "|".join(begun) or "(?!)"


def find(wording: Wording) -> Iterator[Diagnostic]:
    """Every name, number and host of a route in the free text of a sentence."""
    library = wording.library
    known = _Known.of(library)
    named = {
        text: hits for text in wording.texts if (hits := tuple(_named(known, free_text(text))))
    }
    for passage, said in wording.saying(frozenset(named)):
        met = ((hit, text) for text in said.sentence.texts for hit in named.get(text, ()))
        for (words, routes), text in dict(met).items():
            if not any(_is_own(library, passage, route) for route in routes):
                yield Diagnostic(
                    "FP407",
                    f"{passage} names a service in free text: “{words}”",
                    said.sentence.place_of(text),
                    hint=f"write {{route:{routes[0]}}}",
                    words=words,
                )


def _is_own(library: Library, passage: Passage, name: str) -> bool:
    """Whether a passage of a route names the route itself, the one that it stands in for, or one
    whose name is part of its own, as Childline's is of its online chat."""
    if passage.place is not PassageKind.ROUTE:
        return False
    route, named = library.routes[passage.name], library.routes[name]
    within = (words in title for words in named.title.texts for title in route.title.texts)
    return name in (route.name, route.instead) or any(within)


def _named(known: _Known, text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What names a service in a text, each with the routes that it may mean.

    Most texts name none, which a cheaper pattern shows first.
    """
    if known.letters.search(text):
        for found in known.name.finditer(text):
            name = found[0]
            if not (name in _ALSO_ORDINARY and _STARTS_SENTENCE.search(text[: found.start()])):
                yield name, known.names[name]
    if _DIGIT.search(text):
        for found in _DIGITS.finditer(text):
            if routes := known.numbers.get(found[0].replace(" ", "")):
                yield found[0], routes
    if _DOT_INSIDE.search(text):
        for found in _HOST.finditer(text):
            if routes := known.hosts.get(found[0].lower().removeprefix("www.")):
                yield found[0], routes


def _owners(
    library: Library, said_by: Callable[[Route], Iterator[str]]
) -> dict[str, tuple[str, ...]]:
    """What routes are known by, each with these routes in file order."""
    routes = library.routes.values()
    owners = grouped((words, r.name) for r in routes for words in dict.fromkeys(said_by(r)))
    return {words: tuple(names) for words, names in owners.items()}


def _names(route: Route) -> Iterator[str]:
    """Its proper names; “Your organisation's safeguarding lead” has none."""
    for title in route.title.texts:
        yield from _ABBREVIATION.findall(title)
        name = _ARTICLE.sub("", _BETWEEN_BRACKETS.sub("", title))
        first, _, rest = name.partition(" ")
        if re.search("[A-Z0-9]", rest) or (not rest and first.isalpha()):
            yield name


def _numbers(route: Route) -> Iterator[str]:
    for number in (*(p.number for p in route.phone), *(t.to for t in route.text)):
        yield number.replace(" ", "")


def _hosts(route: Route) -> Iterator[str]:
    links = (route.chat, route.web, route.bsl, *route.web_by_nation.values())
    for link in (*links, *(form.web for form in route.forms)):
        for host in _LINK_HOST.findall(link):
            yield host.lower().removeprefix("www.")
    if "@" in route.email:
        yield route.email.rpartition("@")[2].lower()
