"""FP318: sentences that name a service to readers whom its contract leaves out.

A route on a page is kept within its contract by its conditions. “{route:childline}” in a sentence
has none: its readers are those of the sentence. So each such name is held to the contract for all
who can arrive where the sentence is shown. A fact that is not known counts as not sure.

Before the first question (the title of a tree, the opening, the meaning of a word) nothing is known
of a reader but what the conditions of the sentence say. Why a need is called for is taken as shown
wherever the need is called for. Not judged are cases, which are for rehearsing, and what a route
says of another in the directory or under the danger key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias, TypeGuard

from ...model.base import Frozen, replace
from ...model.diagnostics import Diagnostic, Related, Span
from ...model.facts import Facts
from ...model.graph import Place
from ...model.inline_markup import routes
from ...model.library import Library
from ...model.sentence import Sentence
from ...model.text_index import of_route
from ...model.tree import Always, Kind, Outcome, Question, When, shown
from ...page import visibility
from ...page.visibility import Arrival
from ...proof.dependencies import conditions
from ...proof.formula import ALWAYS, Formula, Test, both, either, no, of
from ...proof.prover import Proofs, Search
from ...proof.verdict import Claim
from .contracts import Terms, outside, terms_of, to_prove, value_told, within

_TELLER = "teller"
_FOR_ADULTS = (When(((_TELLER, frozenset({"young-person"})),)),)
"""Who is not shown what an adult does beside somebody."""

_Key: TypeAlias = "tuple[Span, str, str]"
"""A sentence, a service and a fact: one mistake, wherever the sentence is shown."""

_Found: TypeAlias = "Iterator[tuple[_Key, Diagnostic]]"


class Shown(Frozen):
    """The conditions under which a sentence is shown at an ending: each of ``whens`` holds and none
    of ``unless``, one of the needs is called for, and the route, if any, is shown."""

    whens: tuple[When, ...] = ()
    unless: tuple[When, ...] = ()
    needs: tuple[str, ...] = ()
    route: str = ""


class Said(Frozen):
    """A sentence, when it is shown, and the endings that have it (None: any may)."""

    sentence: Sentence
    shown: Shown
    at: frozenset[Place] | None


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each service that a sentence names to a reader outside its contract."""
    library = proofs.library
    narrow = {n: terms for n, r in library.routes.items() if (terms := terms_of(library, r))}
    found: dict[_Key, Diagnostic] = {}
    for key, mistake in (
        *_at_endings(proofs, narrow),
        *_at_questions(proofs, narrow),
        *_before_all(library, narrow),
    ):
        found.setdefault(key, mistake)
    yield from found.values()


def _named(sentence: Sentence, narrow: Mapping[str, Terms]) -> Iterator[tuple[str, Terms]]:
    """The services that a sentence names and that do not serve everyone."""
    return ((name, narrow[name]) for name in named(sentence) if name in narrow)


def named(sentence: Sentence) -> tuple[str, ...]:
    """The services that a sentence names to any reader."""
    return tuple(dict.fromkeys(name for text in sentence.texts for name in routes(text)))


def _names_any(sentence: Sentence | None) -> TypeGuard[Sentence]:
    """Whether there is a sentence, and it names a service."""
    return sentence is not None and bool(named(sentence))


def _is_read(sentence: Sentence, name: str, facts: Facts) -> bool:
    """Whether the wording for this reader names the service."""
    return name in routes(sentence.read_by(next(iter(facts.get(_TELLER, ())), None)))


# --- at endings ----------------------------------------------------------------------------------


def _at_endings(proofs: Proofs, narrow: Mapping[str, Terms]) -> _Found:
    for said in _together(said_at_endings(proofs.library)):
        for name, terms in _named(said.sentence, narrow):
            left = to_prove(proofs.library, terms, said.shown.whens)
            for fact, served in left.items():
                inside = within(proofs.library, fact, served)
                search = _search(proofs, said, name, {fact: served}, inside)
                yield from _mistakes(proofs, said.sentence, name, search)


def _together(every: Iterable[Said]) -> Iterator[Said]:
    """One for each sentence and its conditions, with all endings that have it."""
    found: dict[tuple[Span, Shown], Said] = {}
    for said in every:
        key = (said.sentence.span, said.shown)
        before = found.get(key)
        at = said.at if before is None or before.at is None else before.at | (said.at or set())
        found[key] = replace(said, at=at)
    return iter(found.values())


def said_at_endings(library: Library) -> Iterator[Said]:
    """All sentences of pages that may name a service."""
    for entry in library.always:
        yield from _conditional(entry, None)
    for tree in library.trees.values():
        for outcome in tree.outcomes.values():
            at = frozenset({(tree.name, outcome.name)})
            onward = outcome.carry_on.say if outcome.carry_on else None
            words = (outcome.title, outcome.open, outcome.worse, outcome.to_say, onward)
            yield from (Said(sentence, Shown(), at) for sentence in filter(_names_any, words))
            yield from _conditional(outcome, at)
    for need in library.needs.values():
        if _names_any(need.say):
            yield Said(need.say, Shown(needs=(need.name,)), None)
    for route in library.routes.values():
        shown_by = Shown(needs=route.serves, route=route.name)
        said = (each.sentence for each in of_route(route).said)
        yield from (Said(sentence, shown_by, None) for sentence in filter(_names_any, said))


def _conditional(shows: Outcome | Always, at: frozenset[Place] | None) -> Iterator[Said]:
    """The lines and the reasons for needs of an ending or of an entry of ``always``."""
    whens, unless = ((shows.when,), shows.unless) if isinstance(shows, Always) else ((), ())
    for line in shows.advice:
        if any(map(_names_any, line.sentences)):
            apart = _FOR_ADULTS if line.kind in (Kind.NEAR, Kind.FAR) else ()
            shown = Shown((*whens, *line.whens), (*unless, *line.unless, *apart))
            yield from (Said(each, shown, at) for each in line.sentences if _names_any(each))
    for need in shows.needs:
        if _names_any(need.because):
            shown = Shown((*whens, need.when), unless, (need.need,))
            yield Said(need.because, shown, at)


def _search(proofs: Proofs, said: Said, name: str, terms: Terms, inside: Formula) -> Search[str]:
    """Those who are shown a sentence and are outside a contract, by its one fact."""
    small = _deciding(proofs.library, said.shown)

    def look(arrival: Arrival) -> Iterator[str]:
        facts = arrival.facts
        if _is_read(said.sentence, name, facts) and _is_shown(small, said.shown, arrival):
            yield from outside(terms, facts)

    return proofs.disprove(_claims(proofs, said, name, inside), _read(proofs, said), look)


def _claims(proofs: Proofs, said: Said, name: str, inside: Formula) -> Mapping[int, Claim]:
    """The claims that all who may be shown a sentence are served: an over-approximation of those
    who are, since another route may stand in for the one that says it."""
    library, formulas, shown = proofs.library, proofs.formulas, said.shown
    claims: dict[int, Claim] = {}
    offered = formulas.offered(library.routes[shown.route]) if shown.route else ALWAYS
    read = both(readers_of(library, said, name), offered)
    for number, outcome in proofs.endings:
        if said.at is not None and proofs.map.nodes[number].place not in said.at:
            continue
        called = [formulas.called(outcome, need) for need in shown.needs]
        claims[number] = Claim(both(read, either(called) if called else ALWAYS), inside)
    return claims


def readers_of(library: Library, said: Said, name: str) -> Formula:
    """Those for whom the conditions of a sentence hold, and whose wording names a service."""
    shown, sentence = of(*said.shown.whens, unless=said.shown.unless), said.sentence
    question = library.questions.get(_TELLER)
    tellers = dict.fromkeys((*(question.values if question else ()), *dict(sentence.by_teller)))
    naming = frozenset(teller for teller in tellers if name in routes(sentence.read_by(teller)))
    if name in routes(sentence.read_by(None)):  # of a reader who is not known
        return both(shown, no(Test(_TELLER, frozenset(tellers) - naming)))
    return both(shown, Test(_TELLER, naming))


def _deciding(library: Library, depends: Shown) -> Library:
    """The library with only the routes and the entries of ``always`` on which it depends."""
    beside = {
        route.name: route
        for route in library.routes.values()
        if depends.route and depends.route in (route.name, route.instead)
    }
    calling = (e for e in library.always if any(need.need in depends.needs for need in e.needs))
    return replace(library, routes=beside, always=tuple(calling))


def _is_shown(small: Library, depends: Shown, arrival: Arrival) -> bool:
    """Whether a sentence is shown on the page of an arrival."""
    facts = arrival.facts
    if not shown(depends.whens, depends.unless, facts):
        return False
    if depends.route:
        route = small.routes[depends.route]
        return visibility.is_on_page(small, arrival.outcome, facts, route)
    called = visibility.needs(small, arrival.outcome, facts)
    return not depends.needs or not called.keys().isdisjoint(depends.needs)


def _read(proofs: Proofs, said: Said) -> Iterator[Test]:
    """The tests that decide whether a sentence is shown, and in which wording."""
    yield from conditions(said.shown.whens, said.shown.unless)
    for need in said.shown.needs:
        yield from proofs.dependencies.need(need)
    if said.shown.route:
        yield from proofs.dependencies.offered(proofs.library.routes[said.shown.route])
    yield from _wordings(said.sentence)


def _wordings(sentence: Sentence) -> Iterator[Test]:
    return (Test(_TELLER, frozenset({teller})) for teller, _ in sentence.by_teller)


# --- at questions --------------------------------------------------------------------------------


def _at_questions(proofs: Proofs, narrow: Mapping[str, Terms]) -> _Found:
    for tree in proofs.library.trees.values():
        for question in tree.asked:
            sentences = [question.ask, question.why, question.note]
            sentences += (answer.say for answer in question.answers)
            for sentence in filter(_names_any, sentences):
                for name, terms in _named(sentence, narrow):
                    yield from _asked(proofs, tree.name, question, sentence, name, terms)


def _asked(
    proofs: Proofs, tree: str, question: Question, sentence: Sentence, name: str, terms: Terms
) -> _Found:
    """The mistakes of one service in the words of a question, for all who are asked it."""
    values = frozenset(question.values)

    def look(arrival: Arrival) -> Iterator[str]:
        asked = question.passed_to(arrival.facts) is None
        if asked and _is_read(sentence, name, arrival.facts):
            yield from outside(terms, arrival.facts)

    tests = [
        Test(question.fact, values),
        *conditions((question.when,)),
        *_wordings(sentence),
        *(Test(fact, served) for fact, served in terms.items()),
    ]
    search = proofs.search(tests, look, at={(tree, question.name)})
    yield from _mistakes(proofs, sentence, name, search)


# --- before the first question -------------------------------------------------------------------


def _before_all(library: Library, narrow: Mapping[str, Terms]) -> _Found:
    """The mistakes where nothing is known of a reader but what the sentence's conditions say."""
    for sentence, whens in _said_before_all(library):
        for name, terms in _named(sentence, narrow):
            readers = frozenset(
                teller for teller, text in sentence.by_teller if name in routes(text)
            )
            alone = bool(readers) and not _is_read(sentence, name, {})
            known = (*whens, *([When(((_TELLER, readers),))] if alone else []))
            for fact in to_prove(library, terms, known):
                key = (sentence.span, name, fact)
                yield key, _said_to(library, sentence, name, f"{fact} never asked")


def _said_before_all(library: Library) -> Iterator[tuple[Sentence, tuple[When, ...]]]:
    for tree in library.trees.values():
        yield tree.title, ()
        yield tree.about, ()
    for line in library.opening:
        yield line.say, line.whens
    for meaning in library.words.values():
        yield meaning, ()


# --- messages ------------------------------------------------------------------------------------


def _mistakes(proofs: Proofs, sentence: Sentence, name: str, search: Search[str]) -> _Found:
    """What a search for readers outside the contract of a service has found, by fact."""
    for fact, met in search.found.items():
        words = met.witness.words(proofs.library)
        value = value_told(fact, met, words)
        mistake = _said_to(proofs.library, sentence, name, f"{fact} {value}")
        message = f"at “{'/'.join(met.arrival.place)}” {mistake.message}"
        told = replace(mistake, message=message, witness=words, begins=met.witness.tree)
        yield (sentence.span, name, fact), told


def _said_to(library: Library, sentence: Sentence, name: str, whom: str) -> Diagnostic:
    return Diagnostic(
        "FP318",
        f"“{name}” is named to someone outside its contract: {whom}",
        sentence.span,
        hint="say with “when” who reads this, or name a service that is for all of them",
        related=(Related("the service is here", library.routes[name].span),),
        words=f"{{route:{name}}}",
    )
