"""Is a service that a sentence names there for everyone who reads the sentence?

A route on a page is kept within its contract by its conditions. “{route:childline}” in a sentence
has none: it is read by whoever reads the sentence. So each is held to the same contract, for all
who can come to where it is said. A fact that nobody has asked counts as not sure.

What is said before anything is known (the title of a tree, the opening, the meaning of a word) is
for people of whom nothing is known but what its own conditions say. Why a need is called for is
taken as read wherever it is called for. Cases are for rehearsing, and are not judged; nor is what
a route says of another in the directory, or under the danger key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

from ...model import inline_markup
from ...model.base import Frozen, replace
from ...model.diagnostics import Diagnostic, Related
from ...model.facts import NOT_SURE
from ...model.sentence import Urgency
from ...model.text_index import of_route
from ...model.tree import Outcome
from ...model.when import When
from ...page import visibility
from ...proof.dependencies import conditions
from ...proof.formula import Test
from ...proof.prover import Proofs
from ..structure.undecided import undecided

if TYPE_CHECKING:
    from ...model.diagnostics import Span
    from ...model.facts import Facts
    from ...model.library import Library
    from ...model.route import Route
    from ...model.sentence import Sentence
    from ...model.tree import Advice, Always, Need, Question
    from ...page.rules import Arrival
    from ...proof.prover import Met

_TELLER = "teller"
_MARK = "{route:"

_Terms: TypeAlias = Mapping[str, frozenset[str]]
"""For a fact that a contract speaks of, the values served; only where it leaves somebody out."""

_Key: TypeAlias = "tuple[Span, str, str]"
"""A sentence, a service and a fact: one mistake, wherever the sentence is said."""

_Found: TypeAlias = "Iterator[tuple[_Key, Diagnostic]]"

_At: TypeAlias = tuple[str, str]
"""A step, by its tree and its name."""


class _Shown(Frozen):
    """On what it depends that a sentence is read by those who come to its place: every condition
    holds and no exception, one of the needs is called for, and the route, if any, is shown."""

    whens: tuple[When, ...] = ()
    exceptions: tuple[When, ...] = ()
    needs: tuple[str, ...] = ()
    route: str = ""


class _Said(Frozen):
    """A sentence, who is shown it, and the endings that have it (None: all of them may)."""

    sentence: Sentence
    shown: _Shown
    at: frozenset[_At] | None


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Each service that a sentence names to people who are outside its contract."""
    return prove(Proofs(library))


def prove(proofs: Proofs) -> tuple[Diagnostic, ...]:
    """The same, of a library whose ways through are worked out already."""
    library = proofs.library
    narrow = {n: terms for n, r in library.routes.items() if (terms := _terms(library, r))}
    found: dict[_Key, Diagnostic] = {}
    for key, mistake in (
        *_at_endings(proofs, narrow),
        *_at_questions(proofs, narrow),
        *_before_all(library, narrow),
    ):
        found.setdefault(key, mistake)
    return tuple(sorted(found.values(), key=lambda mistake: mistake.order))


def _terms(library: Library, route: Route) -> _Terms:
    """What a contract asks of each fact of which it leaves somebody out."""
    if route.contract is None:
        return {}
    asked = {
        "age": route.contract.ages,
        "nation": route.contract.nations,
        _TELLER: route.contract.tellers,
    }
    return {
        fact: served
        for fact, served in asked.items()
        if (question := library.questions.get(fact)) and not served.issuperset(question.values)
    }


def _named(sentence: Sentence, narrow: Mapping[str, _Terms]) -> Iterator[tuple[str, _Terms]]:
    """The services that a sentence names and that are not for everyone."""
    names = dict.fromkeys(name for text in sentence.texts for name in _names(text))
    return ((name, narrow[name]) for name in names if name in narrow)


def _names(text: str) -> Iterator[str]:
    return (
        token.route
        for token in inline_markup.tokens(text)
        if isinstance(token, inline_markup.RouteName)
    )


def _names_any(sentence: Sentence | None) -> TypeGuard[Sentence]:
    """Whether there is a sentence and it may name a service: a quick look, for few do."""
    if sentence is None or not sentence.by_teller:
        return sentence is not None and _MARK in sentence.otherwise
    return any(_MARK in text for text in sentence.texts)


def _is_read(sentence: Sentence, name: str, facts: Facts) -> bool:
    """Whether the wording for this reader names the service."""
    return name in _names(sentence.read_by(next(iter(facts.get(_TELLER, ())), None)))


def _outside(terms: _Terms, facts: Facts) -> Iterator[str]:
    """The facts by which somebody is outside a contract."""
    for fact, served in terms.items():
        if not facts.get(fact, frozenset({NOT_SURE})) <= served:
            yield fact


# --- at endings ----------------------------------------------------------------------------------


def _at_endings(proofs: Proofs, narrow: Mapping[str, _Terms]) -> _Found:
    for said in _together(_said_at_endings(proofs.library)):
        for name, terms in _named(said.sentence, narrow):
            left = _not_kept_by_conditions(proofs.library, terms, said.shown.whens)
            yield from _judged(proofs, said, name, left)


def _together(every: Iterable[_Said]) -> Iterator[_Said]:
    """What is said alike at several endings, as one."""
    found: dict[tuple[Span, _Shown], _Said] = {}
    for said in every:
        key = (said.sentence.span, said.shown)
        before = found.get(key)
        at = said.at if before is None or before.at is None else before.at | (said.at or set())
        found[key] = replace(said, at=at)
    return iter(found.values())


def _said_at_endings(library: Library) -> Iterator[_Said]:
    """Whatever may name a service."""
    for entry in library.always:
        yield from _of_lines(entry.advice, entry, None)
        yield from _of_needs(entry.needs, entry, None)
    for tree in library.trees.values():
        for outcome in tree.outcomes.values():
            at = frozenset({(tree.name, outcome.name)})
            onward = outcome.carry_on.say if outcome.carry_on else None
            words = (outcome.title, outcome.open, outcome.worse, onward)
            yield from (_Said(sentence, _Shown(), at) for sentence in filter(_names_any, words))
            yield from _of_lines(outcome.advice, None, at)
            yield from _of_needs(outcome.needs, None, at)
    for need in library.needs.values():
        if _names_any(need.say):
            yield _Said(need.say, _Shown(needs=(need.name,)), None)
    for route in library.routes.values():
        shown_by = _Shown(needs=route.serves, route=route.name)
        said = (each.sentence for each in of_route(route).said)
        yield from (_Said(sentence, shown_by, None) for sentence in filter(_names_any, said))


def _of_lines(
    lines: Iterable[Advice], entry: Always | None, at: frozenset[_At] | None
) -> Iterator[_Said]:
    for line in lines:
        if _names_any(line.say):
            whens, exceptions = _entry(entry)
            exceptions += (line.unless,) if line.unless else ()
            yield _Said(line.say, _Shown((*whens, *line.whens), exceptions), at)


def _of_needs(
    needs: Iterable[Need], entry: Always | None, at: frozenset[_At] | None
) -> Iterator[_Said]:
    for need in needs:
        if _names_any(need.because):
            whens, exceptions = _entry(entry)
            yield _Said(need.because, _Shown((*whens, need.when), exceptions), at)


def _entry(entry: Always | None) -> tuple[tuple[When, ...], tuple[When, ...]]:
    if entry is None:
        return (), ()
    return (entry.when,), (entry.unless,) if entry.unless else ()


def _not_kept_by_conditions(library: Library, terms: _Terms, whens: Iterable[When]) -> _Terms:
    """The terms that need a proof: no condition names only those who are served."""
    read = [test for when in whens for test in when.tests]
    return {
        fact: served
        for fact, served in terms.items()
        if library.questions[fact].many or not any(f == fact and v <= served for f, v in read)
    }


def _judged(proofs: Proofs, said: _Said, name: str, terms: _Terms) -> _Found:
    """What is wrong with one service in one sentence at an ending."""
    if not terms:
        return
    small = _deciding(proofs.library, said.shown)

    def look(arrival: Arrival) -> Iterator[str]:
        facts = arrival.facts
        if _is_read(said.sentence, name, facts) and _is_shown(small, said.shown, arrival):
            yield from _outside(terms, facts)

    tests = [*_read(proofs, said), *(Test(fact, values) for fact, values in terms.items())]
    search = proofs.search(tests, look, at=said.at)
    for fact, met in search.found.items():
        key = (said.sentence.span, name, fact)
        yield key, _mistake(proofs.library, said.sentence, name, fact, met)
    if not search.found and not search.complete:
        yield (said.sentence.span, name, ""), _not_decided(proofs, said.sentence, name)


def _deciding(library: Library, depends: _Shown) -> Library:
    """The library with only the routes and the additions on which it depends."""
    beside = {
        route.name: route
        for route in library.routes.values()
        if depends.route and depends.route in (route.name, route.instead)
    }
    calling = (e for e in library.always if any(need.need in depends.needs for need in e.needs))
    return replace(library, routes=beside, always=tuple(calling))


def _is_shown(small: Library, depends: _Shown, arrival: Arrival) -> bool:
    facts = arrival.facts
    if not all(when.holds(facts) for when in depends.whens):
        return False
    if any(when.holds(facts) for when in depends.exceptions):
        return False
    if depends.needs and not visibility.needs(small, arrival.outcome, facts).keys() & {
        *depends.needs
    }:
        return False
    return not depends.route or depends.route in {r.name for r in visibility.offered(small, facts)}


def _read(proofs: Proofs, said: _Said) -> Iterator[Test]:
    """All that decides whether somebody who comes to its place reads a sentence."""
    yield from conditions(said.shown.whens, None)
    yield from conditions(said.shown.exceptions, None)
    for need in said.shown.needs:
        yield from proofs.dependencies.need(need)
    if said.shown.route:
        yield from proofs.dependencies.offered(proofs.library.routes[said.shown.route])
    yield from _wordings(said.sentence)


def _wordings(sentence: Sentence) -> Iterator[Test]:
    return (Test(_TELLER, frozenset({teller})) for teller, _ in sentence.by_teller)


# --- at questions --------------------------------------------------------------------------------


def _at_questions(proofs: Proofs, narrow: Mapping[str, _Terms]) -> _Found:
    for tree in proofs.library.trees.values():
        for question in tree.questions.values():
            sentences = [question.ask, question.why, question.note]
            sentences += (answer.say for answer in question.answers)
            for sentence in filter(_names_any, sentences):
                for name, terms in _named(sentence, narrow):
                    yield from _asked(proofs, tree.name, question, sentence, name, terms)


def _asked(
    proofs: Proofs, tree: str, question: Question, sentence: Sentence, name: str, terms: _Terms
) -> _Found:
    """What is wrong with one service in the words of a question, for all who are asked it."""
    values = frozenset(question.values)

    def look(arrival: Arrival) -> Iterator[str]:
        passed_over = not values.isdisjoint(arrival.facts.get(question.fact, ()))
        if not passed_over and _is_read(sentence, name, arrival.facts):
            yield from _outside(terms, arrival.facts)

    tests = [
        Test(question.fact, values),
        *_wordings(sentence),
        *(Test(fact, served) for fact, served in terms.items()),
    ]
    stopped = _stopping_at(proofs.library, tree, question)
    stopping = Proofs(stopped, proofs.own_budget, for_all=False)
    search = stopping.search(tests, look, at={(tree, question.name)})
    for fact, met in search.found.items():
        key = (sentence.span, name, fact)
        yield key, _mistake(proofs.library, sentence, name, fact, met)
    if not search.found and not search.complete:
        yield (sentence.span, name, ""), _not_decided(proofs, sentence, name)


def _stopping_at(library: Library, name: str, question: Question) -> Library:
    """The library with a question as an ending: who comes there are those who may be asked it."""
    tree = library.trees[name]
    questions = {n: q for n, q in tree.questions.items() if n != question.name}
    ask, span = question.ask, question.span
    ending = Outcome(question.name, ask, Urgency.INFO, ask, (), (), span=span)
    stopped = replace(tree, questions=questions, outcomes={**tree.outcomes, question.name: ending})
    return replace(library, trees={**library.trees, name: stopped})


# --- before anything is known --------------------------------------------------------------------


def _before_all(library: Library, narrow: Mapping[str, _Terms]) -> _Found:
    """What is read by people of whom nothing is known, save what its own conditions say."""
    for sentence, whens in _said_before_all(library):
        for name, terms in _named(sentence, narrow):
            readers = frozenset(
                teller for teller, text in sentence.by_teller if name in _names(text)
            )
            alone = bool(readers) and not _is_read(sentence, name, {})
            known = (*whens, *([When(((_TELLER, readers),))] if alone else []))
            for fact in _not_kept_by_conditions(library, terms, known):
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


# --- what to say ---------------------------------------------------------------------------------


def _mistake(library: Library, sentence: Sentence, name: str, fact: str, met: Met) -> Diagnostic:
    words = met.witness.words(library)
    said = dict(word.split("=", 1) for word in words)
    known = ",".join(sorted(met.arrival.facts.get(fact, ())))
    value = said.get(fact) or known or "never asked"
    place = f"{met.arrival.tree}/{met.arrival.outcome.name}"
    mistake = _said_to(library, sentence, name, f"{fact} {value}")
    message = f"at “{place}” {mistake.message}"
    return replace(mistake, message=message, witness=words, begins=met.witness.tree)


def _said_to(library: Library, sentence: Sentence, name: str, whom: str) -> Diagnostic:
    return Diagnostic(
        "FP318",
        f"“{name}” is named to someone outside its contract: {whom}",
        sentence.span,
        hint="say with “when” who reads this, or name a service that is for all of them",
        related=(Related("the service is here", library.routes[name].span),),
    )


def _not_decided(proofs: Proofs, sentence: Sentence, name: str) -> Diagnostic:
    what = f"whether “{name}” is named only to those whom it serves"
    return undecided(what, sentence.span, proofs)
