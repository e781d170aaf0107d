"""A question and what is known, as one person is asked it: in words, and in no format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from . import prose
from .conditions import Facts
from .model import Library, Question, Sentence
from .page import say_answers
from .progress import usual_length
from .walk import Walk


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be chosen, by its number on the screen, which counts from 1."""

    number: int
    value: str
    says: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """Everything on the screen of one question.

    ``progress`` says how many questions there are ("question 3, usually 5 or 6"). ``why`` and
    ``note`` (for the worker, never read aloud) may be empty. ``words`` explain the hard words.
    """

    tree_title: str
    progress: str
    ask: str
    why: str
    note: str
    choices: tuple[Choice, ...]
    many: bool
    for_staff: bool
    words: tuple[tuple[str, str], ...]


def asking(walk: Walk) -> Asking:
    """The question at which a walk stands. Raises ValueError at an ending."""
    question = walk.here
    if not isinstance(question, Question):
        raise ValueError("an ending is not asked")  # noqa: TRY004 - the type is right, the place is not
    answers = [_say(walk, answer.say) for answer in question.answers]
    return Asking(
        tree_title=_say(walk, walk.tree.title),
        progress=_progress(walk),
        ask=_say(walk, question.ask),
        why=_say(walk, question.why),
        note=_say(walk, question.note),
        choices=tuple(
            Choice(number, answer.value, says, answer.alone)
            for number, (answer, says) in enumerate(zip(question.answers, answers, strict=True), 1)
        ),
        many=question.many,
        for_staff=walk.teller == "staff",
        words=tuple(_hard_words(walk, question)),
    )


def say(library: Library, sentence: Sentence, facts: Facts, tree: str = "") -> str:
    """A sentence in the words for whoever reads, with its names filled in.

    ``tree`` is the one whose own facts it may name.
    """
    teller = next(iter(facts.get("teller", ())), None)

    def route(name: str) -> str:
        found = library.routes.get(name)
        return found.title.read_by(teller) if found else name

    def fact(name: str) -> str:
        return say_answers(library, tree, name, facts.get(name, frozenset()), teller)

    return prose.fill(sentence.read_by(teller), route, fact)


def _say(walk: Walk, sentence: Sentence | None) -> str:
    return say(walk.library, sentence, walk.facts, walk.tree.name) if sentence else ""


def _hard_words(walk: Walk, question: Question) -> Iterator[tuple[str, str]]:
    sentences = [question.ask, question.why, question.note, *(a.say for a in question.answers)]
    texts = [sentence.read_by(walk.teller) for sentence in sentences if sentence]
    for word in dict.fromkeys(word for text in texts for word in prose.hard_words(text)):
        meaning = walk.library.words.get(word.lower())
        if meaning is not None:
            yield word, meaning.read_by(walk.teller)


def _progress(walk: Walk) -> str:
    asked = sum(1 for _ in walk.answered()) + 1
    usual = usual_length(walk)
    if usual is None:
        return f"question {asked}"
    low, high = max(usual[0], asked), max(usual[1], asked)
    if low == high:
        return f"question {asked}, usually {low}"
    return f"question {asked}, usually {low} {'or' if high == low + 1 else 'to'} {high}"
