"""Every sentence of a library, with its readers and the passage that holds it.

A passage is the text of one step, route, or entry of a file. A sentence that trees share is part
of several passages, as one object with one place in a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property

from . import inline_markup
from .base import Frozen
from .case import RING, Case
from .diagnostics import Span
from .facts import TELLERS
from .library import Library
from .route import Route
from .sentence import Sentence
from .tree import Advice, Kind, Need, Outcome, Question, Tree, When


class PassageKind(StrEnum):
    """The kind of a passage, in the word that a message uses."""

    TREE = "tree"
    QUESTION = "question"
    ENDING = "ending"
    ALWAYS = "always"
    OPENING = "opening"
    ADVICE = "advice"
    NEED = "need"
    DOOR = "door"
    WORD = "word"
    ROUTE = "route"
    CASE = "case"


class SentenceUse(Frozen):
    """A sentence and its readers. ``to_worker`` marks one for the worker beside them, which is
    never read aloud, and ``is_story`` what a case tells, offers or explains and does not advise."""

    sentence: Sentence
    readers: tuple[str, ...] = TELLERS
    to_worker: bool = False
    is_story: bool = False


class Passage(Frozen):
    """The sentences of one place. ``span`` is the place of the passage, ``words`` that of its
    words: two trees that use one shared question have passages with the same ``words``."""

    place: PassageKind
    name: str
    said: tuple[SentenceUse, ...]
    span: Span
    words: Span

    def read_by(self, reader: str, *, with_notes: bool = False) -> tuple[str, ...]:
        """The sentences as typed for this reader, in order; without those for the worker beside
        them, unless ``with_notes``."""
        return tuple(
            each.sentence.read_by(reader)
            for each in self.said
            if reader in each.readers and (with_notes or not each.to_worker)
        )

    def __str__(self) -> str:
        """The name of the passage in messages."""
        return f"{self.place} {self.name}".rstrip()


def passages(library: Library) -> Iterator[Passage]:
    """All passages: of shared files, of trees, of routes and of cases."""
    yield from map(_question, library.questions.values())
    for line in library.advice.values():
        words = line.say.span
        yield Passage(
            PassageKind.ADVICE, line.name, tuple(_advice([line], TELLERS)), line.span, words
        )
    for entry in library.always:
        readers = readers_of((entry.when,), entry.unless)
        said = (*_advice(entry.advice, readers), *_because(entry.needs, readers))
        yield Passage(PassageKind.ALWAYS, "", said, entry.span, entry.span)
    for line in library.opening:
        said = tuple(_advice([line], TELLERS))
        yield Passage(PassageKind.OPENING, "", said, line.span, line.say.span)
    for need in library.needs.values():
        heading = (SentenceUse(need.say),)
        yield Passage(PassageKind.NEED, need.name, heading, need.span, need.say.span)
    for door in library.doors:
        lines = tuple(map(SentenceUse, filter(None, (door.say, door.about))))
        yield Passage(PassageKind.DOOR, door.name, lines, door.span, door.say.span)
    for word, meaning in library.words.items():
        yield Passage(PassageKind.WORD, word, (SentenceUse(meaning),), meaning.span, meaning.span)
    for tree in library.trees.values():
        yield from _tree(tree)
    yield from map(of_route, library.routes.values())
    yield from map(_case, library.cases.values())


def each_sentence(
    found: Iterable[Passage], texts: frozenset[str] | None = None
) -> Iterator[tuple[Passage, SentenceUse]]:
    """Every sentence once, with the first passage that has it; of ``texts`` those that have one.

    Sentences are compared by identity: a shared one is one object in all its passages.
    """
    seen: dict[int, SentenceUse] = {}
    for passage in found:
        for use in passage.said:
            if texts is not None and texts.isdisjoint(use.sentence.texts):
                continue
            if seen.setdefault(id(use.sentence), use) is use:
                yield passage, use


class Wording:
    """An index of all passages of a library, for checks of every word.

    Many sentences have the same text, so it is faster to check each distinct text and then to look
    up the sentences of those with a finding.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._passages = tuple(passages(library))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Every distinct text as typed, in order of occurrence."""
        said = (each for passage in self._passages for each in passage.said)
        return tuple(dict.fromkeys(text for each in said for text in each.sentence.texts))

    @cached_property
    def to_young_person(self) -> tuple[tuple[Passage, tuple[str, ...]], ...]:
        """The first of the passages with the same ``words``, each with the texts that a young
        person reads."""
        first: dict[Span, Passage] = {}
        for passage in self._passages:
            first.setdefault(passage.words, passage)
        return tuple((passage, passage.read_by("young-person")) for passage in first.values())

    def saying(self, texts: frozenset[str]) -> Iterator[tuple[Passage, SentenceUse]]:
        """The sentences with one of these texts, each once, with its first passage."""
        return each_sentence(self._passages if texts else (), texts)

    def judged(self) -> Iterator[tuple[Passage, SentenceUse]]:
        """The sentences that somebody has judged to be safe, each once."""
        return (each for each in each_sentence(self._passages) if each[1].sentence.judged)


def read_aloud(library: Library, text: str, reader: str, fact: str = "") -> str:
    """A sentence with the names of its services; the words of a fact count as one word, or are
    what stands for each ``fact``."""
    if "{" not in text:
        return text

    def title(name: str) -> str:
        route = library.routes.get(name)
        return route.title.read_by(reader) if route else name

    return inline_markup.fill(text, title, lambda name: fact or name)


def free_text(text: str) -> str:
    """A sentence with ``{}`` for each service, fact and hard word."""
    if "{" not in text:
        return text
    return "".join(
        t.text if isinstance(t, inline_markup.Plain) else "{}" for t in inline_markup.tokens(text)
    )


def _tree(tree: Tree) -> Iterator[Passage]:
    about = (SentenceUse(tree.title), SentenceUse(tree.about))
    yield Passage(PassageKind.TREE, tree.name, about, tree.span, tree.title.span)
    readers = tuple(t for t in TELLERS if t in tree.given.get("teller", TELLERS))
    for question in tree.asked:
        yield _question(question, readers)
    for outcome in tree.outcomes.values():
        yield _ending(outcome, readers)


def _question(question: Question, readers: tuple[str, ...] = TELLERS) -> Passage:
    said = [SentenceUse(question.ask, readers)]
    if question.why:
        said.append(SentenceUse(question.why, readers))
    said += [SentenceUse(kind.say, readers) for kind in question.kinds]
    said += [SentenceUse(answer.say, readers) for answer in question.answers]
    for told in filter(None, (answer.response for answer in question.answers)):
        said += [SentenceUse(each, readers) for each in (told.say, told.talk, told.open)]
    if question.note:
        said.append(SentenceUse(question.note, readers, to_worker=True))
    words = question.ask.span
    return Passage(PassageKind.QUESTION, question.name, tuple(said), question.span, words)


def _ending(outcome: Outcome, readers: tuple[str, ...]) -> Passage:
    said = [SentenceUse(outcome.title, readers), SentenceUse(outcome.open, readers)]
    said += _advice(outcome.advice, readers)
    said += _because(outcome.needs, readers)
    onward = outcome.carry_on.say if outcome.carry_on else None
    others = (outcome.worse, outcome.to_say, onward)
    said += [SentenceUse(each, readers) for each in others if each]
    return Passage(PassageKind.ENDING, outcome.name, tuple(said), outcome.span, outcome.title.span)


def _advice(lines: Iterable[Advice], readers: tuple[str, ...]) -> Iterator[SentenceUse]:
    for line in lines:
        shown_to = readers_of(line.whens, line.unless, readers)
        for each in line.sentences:
            yield SentenceUse(each, shown_to, to_worker=line.kind is Kind.WORKER)


def _because(needs: Iterable[Need], readers: tuple[str, ...]) -> Iterator[SentenceUse]:
    for need in needs:
        if need.because:
            yield SentenceUse(need.because, readers_of((need.when,), (), readers))


def of_route(route: Route) -> Passage:
    """The passage of a route."""
    readers = readers_of(route.whens, route.unless)
    sentences = (
        route.title,
        route.who,
        route.languages,
        route.cost,
        route.expect,
        route.private,
        route.limits,
        *route.how_to,
        *(phone.say for phone in route.phone),
        *(form.say for form in route.forms),
    )
    said = tuple(SentenceUse(sentence, readers) for sentence in sentences if sentence)
    return Passage(PassageKind.ROUTE, route.name, said, route.span, route.title.span)


def _case(case: Case) -> Passage:
    """The passage of a case, which staff read as they rehearse."""
    sentences = [(each, True) for each in (case.title, case.about, case.story) if each]
    if case.scene:
        scene = case.scene
        begins = (scene.title, scene.subject, scene.about, scene.opens)
        sentences += ((each, True) for each in begins if each)
    for judgement in case.every_judgement:
        sentences += ((each, True) for each in judgement.says or (judgement.ask,))
        for choice in judgement.choices:
            # What is said to who is rung tells of what happened, and advises nobody.
            is_story = choice.verdict != "right" or judgement.name == RING
            sentences += [(choice.say, is_story), (choice.because, True)]
            sentences += [(choice.then, True)] if choice.then else []
    sentences += ((inject.say, True) for inject in case.injects)
    said = tuple(SentenceUse(sentence, ("staff",), is_story=story) for sentence, story in sentences)
    return Passage(PassageKind.CASE, case.name, said, case.span, case.story.span)


def readers_of(
    whens: tuple[When, ...], unless: tuple[When, ...], among: tuple[str, ...] = TELLERS
) -> tuple[str, ...]:
    """The readers for whom these conditions can hold."""
    tests = [values for when in whens for fact, values in when.tests if fact == "teller"]
    # An "unless" that reads other facts too does not exclude a reader by itself.
    kept_out = [test for each in unless if each.facts == ("teller",) for test in each.tests]
    if not tests and not kept_out:
        return among
    return tuple(
        teller
        for teller in among
        if all(teller in values for values in tests)
        and not any(teller in values for _, values in kept_out)
    )
