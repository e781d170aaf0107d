"""Sentences in the words for one reader: names filled in, glossary words collected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from ..model import inline_markup
from ..model.facts import TELLERS, Facts
from ..model.library import Library
from ..model.route import Route
from ..model.sentence import Sentence
from .messages import listed, say
from .opening_hours import as_written, unanswered


class Speaker:
    """Renders sentences for the reader with these facts.

    ``tree`` names the tree whose own facts a sentence may use; it may be empty. The default teller
    is a young person.
    """

    def __init__(self, library: Library, facts: Facts, tree: str = "") -> None:
        self.library = library
        self.facts = facts
        self.tree = tree
        self.teller = next(iter(facts.get("teller", ())), TELLERS[0])
        self.on_page: frozenset[str] | None = None
        self._used: dict[str, None] = {}

    def say(self, sentence: Sentence | None, names_for: str = "", *, rung: bool = False) -> str:
        """The sentence; empty for none. ``names_for`` is a teller for whom services are named, if
        it is another than the reader. ``rung``: a hard word that means a service of which the
        organisation gave the number has it beside it."""
        if sentence is None:
            return ""
        text = sentence.read_by(self.teller)
        self._used |= dict.fromkeys(inline_markup.hard_words(text))
        word = partial(self._with_number, said=text) if rung else str
        route = partial(self._route, reader=names_for, said=text)
        return inline_markup.fill(text, route, self._fact, word)

    def rung(self, sentence: Sentence) -> tuple[str, ...]:
        """The routes that a sentence names, and those that its hard words mean."""
        text = sentence.read_by(self.teller)
        meant = filter(None, map(self._meant, inline_markup.hard_words(text)))
        return (*inline_markup.routes(text), *(route.name for route in meant))

    def answers(self, fact: str, values: Iterable[str]) -> str:
        """The words of the chosen answers, joined with commas and "and"."""
        question = self.library.question_of(fact, self.tree)
        chosen = frozenset(values)
        # An answer may name a service or a hard word, but not the answer to another question.
        words = [
            inline_markup.fill(answer.say.read_by(self.teller), self._route, lambda name: name)
            for answer in (question.answers if question else ())
            if answer.value in chosen
        ]
        return listed(words)

    def glossary(self) -> tuple[tuple[str, str], ...]:
        """The hard words rendered so far with their meanings, in order of first use."""
        known = self.library.words
        return tuple(
            (word, known[word.lower()].read_by(self.teller))
            for word in self._used
            if word.lower() in known
        )

    def _route(self, name: str, reader: str = "", said: str = "") -> str:
        """The name of a service; with its number, if the organisation gave it or it stands nowhere
        else on the page."""
        route = self.library.routes.get(name)
        if route is None:
            return name
        reader = reader or self.teller
        title = route.title.read_by(reader)
        away = self.on_page is not None and name not in self.on_page
        number = self._own(route, reader, said) or (in_sentence(route, reader) if away else "")
        return f"{title} ({number})" if number and number not in title else title

    def _meant(self, word: str) -> Route | None:
        """The service that a hard word means, if the organisation gave its number."""
        return next(
            (
                route
                for route in self.library.routes.values()
                if route.local and route.word == word.lower() and route.offered(self.facts)
                if own_numbers(route, self.teller)
            ),
            None,
        )

    def _with_number(self, word: str, said: str) -> str:
        route = self._meant(word)
        return f"{word} ({self._own(route, self.teller, said)})" if route else word

    def _own(self, route: Route, reader: str, said: str) -> str:
        """Its own numbers, with who answers when they are shut unless the sentence says it."""
        own = own_numbers(route, reader)
        shut = when_shut(self.library, route) if own else ""
        if any(f"{{route:{name}}}" in said for name in inline_markup.routes(shut)):
            shut = ""
        return own + inline_markup.fill(shut, self._route, str)

    def _fact(self, fact: str) -> str:
        return self.answers(fact, self.facts.get(fact, frozenset()))


def in_sentence(route: Route, teller: str) -> str:
    """What stands beside the name of a service in a sentence to this reader, or empty."""
    return own_numbers(route, teller) or route.short_address(teller)


def own_numbers(route: Route, teller: str) -> str:
    """The numbers that the organisation gave, with their hours, or empty: whoever reads them in a
    step on a Sunday night should not have to ring to learn that they are for weekdays."""
    if not (route.local and route.phone) or (teller == TELLERS[0] and route.is_for_adults("phone")):
        return ""
    numbers = (
        f"{each.say.read_by(teller)}: {each.number}" if each.say else each.number
        for each in route.phone
    )
    hours = "" if "hours.phone" in route.unsure else as_written(route.hours.get("phone"))
    return "; ".join(filter(None, (*numbers, hours)))


def cover(library: Library, route: Route) -> Route | None:
    """The route with which somebody always answers the organisation's number: itself if it is never
    shut, or another of theirs; None if some hours are left."""
    for each in (route, *beside_it(library, route)):
        hours = [other.hours.get("phone", "") for other in (route, each)]
        if all(map(as_written, hours)) and not unanswered(hours):
            return each
    return None


def beside_it(library: Library, route: Route) -> Iterator[Route]:
    """The organisation's own other numbers for the same need or page, and for nobody less."""
    tests = {test for when in route.whens for test in when.tests}
    for each in library.routes.values():
        if each.local and each.phone and each is not route:
            same = each.web == route.web != "" or not {*each.serves}.isdisjoint(route.serves)
            for_all = tests.issuperset(test for when in each.whens for test in when.tests)
            if same and for_all and {*each.unless} <= {*route.unless}:
                yield each


def when_shut(library: Library, route: Route) -> str:
    """Who answers when the organisation's number is shut, to stand behind its hours, with the
    service named by its key; or empty."""
    covering = cover(library, route)
    if covering is route or not (route.local and "phone" in route.hours):
        return ""
    if covering:
        return say("hours.when-shut", who=covering.phone[0].number)
    instead = library.routes.get(route.instead, route)
    texts = [text for each in (route.if_shut or instead.if_shut) for text in each.texts]
    named = [name for text in texts for name in inline_markup.routes(text)]
    return say("hours.when-shut", who=f"{{route:{named[0]}}}") if named else ""
