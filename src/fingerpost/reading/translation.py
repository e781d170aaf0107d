"""A library in another language, with its English where nobody has translated it.

Only what people read is translated. Rules, searches and approvals are of the English: nobody has
approved the words of a translation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from ..model import inline_markup
from ..model.base import Frozen, field_names, replace
from ..model.facts import TELLERS
from ..model.library import Language, Library
from ..model.sentence import PLACES, Sentence

_READ = (
    *("trees", "questions", "advice", "always", "needs", "words", "routes", "opening", "doors"),
    *("cases", "record"),
)
"""The parts of a library that people read."""

_NOT_READ = PLACES | {"rules", "said"}
"""Fields within them that nobody reads: what people type is only searched."""


def translated(library: Library, language: Language, marked: Callable[[str], str]) -> Library:
    """A library in a language. Of an English text that has no translation, or one that names other
    services and facts, ``marked`` makes what is read instead."""

    def say(text: str, teller: str) -> str:
        found = language.sentences.get(text)
        words = found.read_by(teller) if found else ""
        if words and fits(text, words):
            return words
        return marked(text) if is_words(text) else text

    def change(sentence: Sentence) -> Sentence:
        said = {teller: say(sentence.read_by(teller), teller) for teller in TELLERS}
        first, *others = said.values()
        if others == [first] * len(others):
            return replace(sentence, otherwise=first, by_teller=(), spans=())
        return replace(sentence, otherwise="", by_teller=tuple(said.items()), spans=())

    made = with_sentences(library, change)
    own = {text: words.read_by(None) for text, words in language.sentences.items()}
    words = {own.get(word, word).lower(): made.words[word] for word in library.words}
    return replace(made, words={**made.words, **words}, approvals=(), comments=())


def is_words(text: str) -> bool:
    """Whether a text has anything to translate, unlike a number."""
    return any(map(str.isalpha, text))


def fits(english: str, words: str) -> bool:
    """Whether a translation names the services and the facts that the English names."""
    return _named(english) == _named(words)


def _named(text: str) -> Collection[tuple[type, str]]:
    found = (each for each in inline_markup.tokens(text) if not isinstance(each, _OF_WORDS))
    return {(type(each), getattr(each, field_names(each)[0])) for each in found}


_OF_WORDS = (inline_markup.Plain, inline_markup.HardWord)


def with_sentences(library: Library, change: Callable[[Sentence], Sentence]) -> Library:
    """A library with another sentence in place of each that people read. What was one object stays
    one object."""
    made: dict[int, Any] = {}

    def each(value: Any) -> Any:
        match value:
            case Frozen():
                if id(value) not in made:
                    made[id(value)] = change(value) if isinstance(value, Sentence) else of(value)
                return made[id(value)]
            case tuple():
                return tuple(map(each, value))
            case Mapping():
                return {name: each(one) for name, one in value.items()}
            case _:
                return value

    def of(value: Frozen) -> Frozen:
        found = ((name, getattr(value, name)) for name in field_names(value))
        new = {n: each(one) for n, one in found if n not in _NOT_READ}
        return replace(value, **new)

    return replace(library, **{name: each(getattr(library, name)) for name in _READ})
