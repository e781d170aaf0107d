"""Make the index of a library that a search looks up.

People do not know what their problem is called. So of a tree all texts are indexed: what people
type who are in it, its title and description, its questions, answers and endings, its hard words,
and the stories of its made-up cases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from ..model import inline_markup
from ..model.base import grouped
from ..model.case import Case
from ..model.facts import SOMETHING, WROTE
from ..model.library import Library, SearchWords
from ..model.sentence import Sentence
from ..model.tree import Tree
from .index import Part, SearchIndex, Sentences, lettered
from .perspective import Perspective
from .urgency import urgencies
from .words import Vocabulary, english_stems, not_drawn_out, tokens

_SAID, _TITLE, _ABOUT = "said", "title", "about"
_NAME, _ASKED, _STORY, _ADVICE = "name", "asked", "story", "advice"

_SHARES: Mapping[str, float] = {
    _SAID: 1.2,
    _TITLE: 0.15,
    _ABOUT: 0.1,
    _NAME: 0.02,
    _ASKED: 0.04,
    _STORY: 0.1,
    _ADVICE: 0.035,
}
"""The weight of each part of a tree, whatever its length. A name is a hard word or the title of an
ending."""

_DOUBT = 20
"""Words added to the length of each part, so that one word of a short part is no proof."""


def index_of(library: Library) -> SearchIndex:
    """The index of a library, which should hold its cases too.

    A ``catch_all`` tree is never found: it is about everything a little, and is offered beside the
    trees found.
    """
    vocabulary = Vocabulary(library.search)
    perspective = Perspective(library.search, vocabulary)
    stories = grouped((case.tree, case) for case in library.cases.values())

    def told(part: str, text: str) -> Iterator[list[str]]:
        words = vocabulary.words(text)
        yield words
        if part == _SAID:
            yield [*perspective.marks(words)]

    rows = {
        name: grouped(
            (part, row)
            for text, part in _filled(library, tree, stories.get(name, ()))
            for row in told(part, text)
        )
        for name, tree in library.trees.items()
        if not tree.catch_all
    }
    said = [
        {word for some in parts.values() for row in some for word in row} for parts in rows.values()
    ]
    spread = Counter(word for words in said for word in words)
    letters = _letters(row for parts in rows.values() for some in parts.values() for row in some)

    def made(part: str, rows: list[list[str]]) -> Part:
        words = (word for row in rows for word in row if " " not in word)
        length = _DOUBT + sum(word not in vocabulary.small for word in words)
        return Part(_SHARES[part], length, part == _SAID, _written(rows, letters))

    asked = library.questions.get(WROTE)
    return SearchIndex(
        words=library.search.without_sentences,
        spread=tuple((word, 0 if word in vocabulary.small else spread[word]) for word in letters),
        urgency=urgencies(library),
        readers={name: library.trees[name].given.get("teller", frozenset()) for name in rows},
        parts={
            name: tuple(made(part, parts.get(part, [])) for part in _SHARES)
            for name, parts in rows.items()
        },
        sentences=sentences_of(library.search),
        has_something=asked is not None and SOMETHING in asked.values,
    )


def sentences_of(words: SearchWords) -> Sentences:
    """The sentences with which a text is compared: those of a tree are usual ones too."""
    heard = {name: _rows(kind.heard) for name, kind in words.crisis.kinds.items()}
    usual = _rows(chain(words.crisis.usual, *words.said.values()))
    letters = _letters(chain(usual, *heard.values()))
    stem = english_stems()
    return Sentences(
        words=tuple((word, stem(word)) for word in letters),
        usual=_written(usual, letters),
        heard={name: _written(rows, letters) for name, rows in heard.items()},
    )


def _rows(sentences: Iterable[str]) -> list[list[str]]:
    """The words of each sentence, as ``crisis`` compares them."""
    return [[not_drawn_out(word) for word in tokens(sentence)] for sentence in sentences]


def _letters(rows: Iterable[Iterable[str]]) -> Mapping[str, str]:
    """A letter for each word, a short one for a common one."""
    often = Counter(word for row in rows for word in row)
    return lettered(word for word, _ in often.most_common())


def _written(rows: Iterable[Iterable[str]], letters: Mapping[str, str]) -> str:
    return "".join(f"{''.join(map(letters.__getitem__, row))}\n" for row in rows)


def _filled(library: Library, tree: Tree, cases: Iterable[Case]) -> Iterator[tuple[str, str]]:
    """The texts of a tree with its hard words and their meanings, each with its part."""
    # A text with several places, such as an answer of a shared question, counts once.
    lists = (library.search.said, library.search.in_doubt)
    said = [line for each in lists for line in each.get(tree.name, ())]
    texts = {**dict(_texts(tree, cases)), **dict.fromkeys(said, _SAID)}
    hard = [word for text in texts for word in inline_markup.hard_words(text)]
    for word in dict.fromkeys(hard):  # in order, since of words as common the first is meant
        texts.setdefault(word, _NAME)
        meaning = library.words.get(word.lower())
        texts |= dict.fromkeys((meaning.texts if meaning else ()), _ADVICE)

    def title(route: str) -> str:
        return library.routes[route].title.read_by(None) if route in library.routes else ""

    for text, part in texts.items():
        yield inline_markup.fill(text, title, lambda _fact: ""), part


def _texts(tree: Tree, cases: Iterable[Case]) -> Iterator[tuple[str, str]]:
    """The texts of a tree, each with its part; the better part of a text in two comes later."""

    def each(sentences: Iterable[Sentence], part: str) -> Iterator[tuple[str, str]]:
        return ((text, part) for sentence in sentences for text in sentence.texts)

    for ending in tree.outcomes.values():
        yield from each(
            (ending.open, *(each for line in ending.advice for each in line.sentences)), _ADVICE
        )
    yield from each((case.story for case in cases), _STORY)
    for question in tree.asked:
        yield from each((question.ask, *(answer.say for answer in question.answers)), _ASKED)
    yield from each((ending.title for ending in tree.outcomes.values()), _NAME)
    yield from each([tree.about], _ABOUT)
    yield from each([tree.title], _TITLE)
    yield from each(tree.said, _SAID)
