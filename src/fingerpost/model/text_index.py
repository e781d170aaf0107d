"""Every sentence of a library, who reads it, and where it is said.

A passage is what one reader meets in one place: a question, an ending, a route. What is shared
between trees is met in several passages, as the same sentence at the same place of a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property

from . import inline_markup
from .base import Frozen
from .case import Case
from .diagnostics import Span
from .facts import TELLERS
from .library import Library
from .route import Route
from .sentence import Sentence
from .tree import Advice, Kind, Need, Outcome, Question, Tree, When


class PassageKind(StrEnum):
    """What kind of passage it is, in the word that a message uses."""

    TREE = "tree"
    QUESTION = "question"
    ENDING = "ending"
    ALWAYS = "always"
    OPENING = "opening"
    ADVICE = "advice"
    NEED = "need"
    WORD = "word"
    ROUTE = "route"
    CASE = "case"


class SentenceUse(Frozen):
    """A sentence and the tellers who read it. ``to_worker`` marks what is for the worker beside
    them, and never read aloud."""

    sentence: Sentence
    readers: tuple[str, ...] = TELLERS
    to_worker: bool = False


class Passage(Frozen):
    """What is said in one place. ``span`` is where it stands, and ``words`` where its words do:
    two trees that use one shared question have passages with the same ``words``."""

    place: PassageKind
    name: str
    said: tuple[SentenceUse, ...]
    span: Span
    words: Span

    def read_by(self, reader: str, *, with_notes: bool = False) -> tuple[str, ...]:
        """The sentences as typed for this reader, in order; those for the worker beside them are
        left out, unless they are wanted as well."""
        return tuple(
            [
                each.sentence.read_by(reader)
                for each in self.said
                if reader in each.readers and (with_notes or not each.to_worker)
            ]
        )

    def __str__(self) -> str:
        """How a message names it."""
        return f"{self.place} {self.name}".rstrip()


def passages(library: Library) -> Iterator[Passage]:
    """Everything that is said, in the order: shared words, trees, routes, cases."""
    for question in library.questions.values():
        yield _question(question)
    for line in library.advice.values():
        words = line.say.span
        yield Passage(
            PassageKind.ADVICE, line.name, tuple(_advice([line], TELLERS)), line.span, words
        )
    for entry in library.always:
        readers = _readers((entry.when,), entry.unless)
        said = (*_advice(entry.advice, readers), *_because(entry.needs, readers))
        yield Passage(PassageKind.ALWAYS, "", said, entry.span, entry.span)
    for line in library.opening:
        said = tuple(_advice([line], TELLERS))
        yield Passage(PassageKind.OPENING, "", said, line.span, line.say.span)
    for need in library.needs.values():
        yield Passage(
            PassageKind.NEED, need.name, (SentenceUse(need.say),), need.span, need.say.span
        )
    for word, meaning in library.words.items():
        yield Passage(PassageKind.WORD, word, (SentenceUse(meaning),), meaning.span, meaning.span)
    for tree in library.trees.values():
        yield from _tree(tree)
    for route in library.routes.values():
        yield of_route(route)
    for case in library.cases.values():
        yield _case(case)


def each_once(found: Iterable[Passage]) -> Iterator[Passage]:
    """The first of the passages that have their words from one place."""
    seen: set[Span] = set()
    for passage in found:
        if passage.words not in seen:
            seen.add(passage.words)
            yield passage


def each_sentence(found: Iterable[Passage]) -> Iterator[tuple[Passage, SentenceUse]]:
    """Every sentence once, with the first passage in which it is said."""
    return _first_said((passage, said) for passage in found for said in passage.said)


def _first_said(
    found: Iterable[tuple[Passage, SentenceUse]],
) -> Iterator[tuple[Passage, SentenceUse]]:
    seen: dict[
        int, SentenceUse
    ] = {}  # by identity: what is shared is one sentence, wherever it is said
    for passage, said in found:
        if id(said.sentence) not in seen:
            seen[id(said.sentence)] = said
            yield passage, said


class Wording:
    """All that a library says, gathered once for whoever looks at every word of it.

    Many sentences say the same, so it is quicker to look at each different text, and then for the
    sentences that have those in which something was found.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._passages = tuple(passages(library))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Every text as typed, each once, in the order in which they are met."""
        said = (each for passage in self._passages for each in passage.said)
        return tuple(dict.fromkeys(text for each in said for text in each.sentence.texts))

    @cached_property
    def to_young_person(self) -> tuple[tuple[Passage, tuple[str, ...]], ...]:
        """The passages, of those that have their words from one place the first; each with the
        texts that a young person reads."""
        once = each_once(self._passages)
        return tuple((passage, passage.read_by("young-person")) for passage in once)

    def saying(self, texts: frozenset[str]) -> Iterator[tuple[Passage, SentenceUse]]:
        """The sentences that have one of these texts, each once, with its first passage."""
        return _first_said(
            (passage, said)
            for passage in (self._passages if texts else ())
            for said in passage.said
            if not texts.isdisjoint(said.sentence.texts)
        )


def read_aloud(library: Library, text: str, reader: str) -> str:
    """A sentence with the names of its services. What somebody answered counts as one word."""
    if "{" not in text:
        return text

    def title(name: str) -> str:
        route = library.routes.get(name)
        return route.title.read_by(reader) if route else name

    return inline_markup.fill(text, title, lambda fact: fact)


def free_text(text: str) -> str:
    """A sentence with a gap, {}, for each service, each answer and each word that is explained."""
    if "{" not in text:
        return text
    return "".join(
        t.text if isinstance(t, inline_markup.Plain) else "{}" for t in inline_markup.tokens(text)
    )


def _tree(tree: Tree) -> Iterator[Passage]:
    about = (SentenceUse(tree.title), SentenceUse(tree.about))
    yield Passage(PassageKind.TREE, tree.name, about, tree.span, tree.title.span)
    readers = tuple(t for t in TELLERS if t in tree.given.get("teller", TELLERS))
    for question in tree.questions.values():
        yield _question(question, readers)
    for outcome in tree.outcomes.values():
        yield _ending(outcome, readers)


def _question(question: Question, readers: tuple[str, ...] = TELLERS) -> Passage:
    said = [SentenceUse(question.ask, readers)]
    if question.why:
        said.append(SentenceUse(question.why, readers))
    said += [SentenceUse(answer.say, readers) for answer in question.answers]
    if question.note:
        said.append(SentenceUse(question.note, readers, to_worker=True))
    words = question.ask.span
    return Passage(PassageKind.QUESTION, question.name, tuple(said), question.span, words)


def _ending(outcome: Outcome, readers: tuple[str, ...]) -> Passage:
    said = [SentenceUse(outcome.title, readers), SentenceUse(outcome.open, readers)]
    said += _advice(outcome.advice, readers)
    said += _because(outcome.needs, readers)
    if outcome.worse:
        said.append(SentenceUse(outcome.worse, readers))
    if outcome.carry_on:
        said.append(SentenceUse(outcome.carry_on.say, readers))
    return Passage(PassageKind.ENDING, outcome.name, tuple(said), outcome.span, outcome.title.span)


def _advice(lines: Iterable[Advice], readers: tuple[str, ...]) -> Iterator[SentenceUse]:
    for line in lines:
        shown_to = _readers(line.whens, line.unless, readers)
        yield SentenceUse(line.say, shown_to, to_worker=line.kind is Kind.WORKER)


def _because(needs: Iterable[Need], readers: tuple[str, ...]) -> Iterator[SentenceUse]:
    for need in needs:
        if need.because:
            yield SentenceUse(need.because, _readers((need.when,), None, readers))


def of_route(route: Route) -> Passage:
    """What a route says of itself."""
    readers = _readers(route.whens, route.unless)
    sentences = (
        route.title,
        route.who,
        route.languages,
        route.cost,
        route.expect,
        route.private,
        route.limits,
        *route.steps,
        *(phone.say for phone in route.phone),
        *(form.say for form in route.forms),
    )
    said = tuple(SentenceUse(sentence, readers) for sentence in sentences if sentence)
    return Passage(PassageKind.ROUTE, route.name, said, route.span, route.title.span)


def _case(case: Case) -> Passage:
    """Cases are read by the staff who rehearse."""
    sentences = [case.story]
    for judgement in case.judgements:
        sentences.append(judgement.ask)
        for choice in judgement.choices:
            sentences += (choice.say, choice.because)
    sentences += (inject.say for inject in case.injects)
    said = tuple(SentenceUse(sentence, ("staff",)) for sentence in sentences)
    return Passage(PassageKind.CASE, case.name, said, case.span, case.story.span)


def _readers(
    whens: tuple[When, ...], unless: When | None, among: tuple[str, ...] = TELLERS
) -> tuple[str, ...]:
    """The tellers who can be shown what has these conditions."""
    tests = [values for when in whens for fact, values in when.tests if fact == "teller"]
    # An "unless" that reads other facts too keeps nobody out for who they are alone.
    kept_out = unless.tests if unless and unless.facts == ("teller",) else ()
    if not tests and not kept_out:
        return among
    return tuple(
        teller
        for teller in among
        if all(teller in values for values in tests)
        and not any(teller in values for _, values in kept_out)
    )
