"""Which trees a person's own words are about, best first.

People do not know what their trouble is called. So what they type is held against all that a tree
says: what people type who are in it, its title and what it is about, its questions, answers and
endings, the hard words that it uses, and the stories of its made-up cases, where it is told as
people tell it. A word counts for more the more often a tree says it than the others do, and two
words in a row count besides. Of whom somebody speaks counts too, for a friend's trouble has another
door than one's own. The beginning of a word stands for it, and a slip of typing is forgiven.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from math import log

from ..model import inline_markup
from ..model.base import Frozen
from ..model.case import Case
from ..model.library import Library
from ..model.sentence import Sentence
from ..model.spelling import meant
from ..model.tree import Tree
from .perspective import Perspective
from .synonyms import Vocabulary
from .tokens import MOST_WORDS
from .urgency import urgencies

_SAID, _TITLE, _ABOUT = "said", "title", "about"
_NAME, _ASKED, _STORY, _ADVICE = "name", "asked", "story", "advice"

_SHARES: Mapping[str, float] = {
    _SAID: 0.15,
    _TITLE: 0.2,
    _ABOUT: 0.15,
    _NAME: 0.05,
    _ASKED: 0.05,
    _STORY: 0.15,
    _ADVICE: 0.05,
}
"""How much each part of a tree has to say in whether it fits. However long a part is, its share is
the same. A name is a hard word or the title of an ending."""

_ANYWHERE = 0.2
"""The share of all trees together, as if each said a little of what any of them says. With those of
the parts it makes 0.8 and 0.2, one whole."""

_BY_CHANCE = 0.00005
"""The share of any word that each tree is taken to say besides, by chance. So a word that one tree
says once, and no other, tells little; one that is said often tells as much as before."""

_DOUBT = 20
"""How many words more each part is taken to have: what stands once in a few words is no proof."""

_PAIR, _LONGER, _WHOM = 0.5, 0.5, 0.6
"""What two words in a row count, what a word counts that only begins with the one typed, and what
it counts of whom somebody speaks."""

_SHORTEST_BEGINNING = 3

_ALIKE = 1.0
"""By how much the scores of trees may differ that fit about as well."""

_AS_URGENT = 0.05
"""Urgencies are told apart in steps of this. Of trees that are as urgent the better fit is first:
pills that somebody has taken are not to be held for something else by a hair."""

_WORTH_SHOWING = 0.1
"""From which share of the best score a tree is shown. It is small: of two doors one may be wrong,
but where a wrong one stands alone there is no other."""


class Found(Frozen):
    """A tree, and how well it fits: a greater score is a better fit."""

    tree: str
    score: float


class _Sought(Frozen):
    """One thing to look for: the words that can say it, each with what it counts for beside the
    others, and what the whole counts for."""

    words: Mapping[str, float]
    worth: float = 1.0


class TreeSearch:
    """The trees of a library, ready to be searched. ``library`` should hold its cases too.

    A ``catch_all`` tree, for those who have no word for it, is never found: it speaks of everything
    a little, and is offered beside whatever is found.
    """

    def __init__(self, library: Library) -> None:
        self._vocabulary = Vocabulary(library.search)
        self._perspective = Perspective(library.search, self._vocabulary)
        stories = _stories(library)
        self._trees = {
            name: self._shares(library, tree, stories.get(name, []))
            for name, tree in library.trees.items()
            if not tree.catch_all
        }
        self._spread = Counter(word for often in self._trees.values() for word in often)
        known = [word for word in self._spread if _is_word(word)]
        same = self._vocabulary.same
        self._known = (*known, *(word for word, first in same.items() if first in self._spread))
        self._urgency = urgencies(library)

    def find(self, said: str) -> tuple[Found, ...]:
        """The trees that these words fit, best first; of those that fit alike the more urgent.

        Nothing is found for words that no tree says. Of a very long text only the first 60 words
        are looked for.
        """
        typed = self._vocabulary.words(said)[:MOST_WORDS]
        scores = dict.fromkeys(self._trees, 0.0)
        speaks: set[str] = set()
        for sought in self._sought(typed):
            often = self._often(sought)
            speaks |= {name for name, share in often.items() if share}
            _add(scores, often, sought.worth)
        if not speaks:
            return ()
        for mark in self._perspective.marks(typed):
            _add(scores, self._often(_Sought({mark: 1.0})), _WHOM)
        found = (Found(name, scores[name]) for name in scores if name in speaks)
        return tuple(self._urgent_of_alike(sorted(found, key=lambda each: -each.score)))

    def _sought(self, typed: list[str]) -> Iterator[_Sought]:
        """What to look for: each word that says something, once, and each two in a row."""
        understood = {word: self._understood(word) for word in dict.fromkeys(typed)}
        for word, known in understood.items():
            if known is not None and known not in self._vocabulary.small:
                yield _Sought({**dict.fromkeys(self._longer(word), _LONGER), known: 1.0})
        for first, second in dict.fromkeys(pairwise(understood[word] for word in typed)):
            if f"{first} {second}" in self._spread:
                yield _Sought({f"{first} {second}": 1.0}, _PAIR)

    def _understood(self, word: str) -> str | None:
        """The word that is meant by what was typed: itself, or one that begins so, or the nearest.

        None for a word that no tree says.
        """
        if word in self._spread or word in self._vocabulary.small:
            return word
        longer = self._longer(word)
        found = max(longer, key=self._spread.__getitem__) if longer else meant(word, self._known)
        return None if found is None else self._vocabulary.same.get(found, found)

    def _longer(self, word: str) -> list[str]:
        """The words that begin with another, if that is long enough."""
        if len(word) < _SHORTEST_BEGINNING:
            return []
        return [known for known in self._known if known.startswith(word) and known != word]

    def _often(self, sought: _Sought) -> Mapping[str, float]:
        """How often each tree says what is looked for."""
        return {
            name: sum(share * often.get(word, 0.0) for word, share in sought.words.items())
            for name, often in self._trees.items()
        }

    def _urgent_of_alike(self, ranked: list[Found]) -> Iterator[Found]:
        """Those that are worth showing; where some fit about as well as the best, by urgency."""
        left = [each for each in ranked if each.score >= _least_worth_showing(ranked[0].score)]
        while left:
            alike = [each for each in left if each.score >= left[0].score - _ALIKE]
            yield from sorted(alike, key=lambda each: -round(self._urgency[each.tree] / _AS_URGENT))
            left = left[len(alike) :]

    def _shares(self, library: Library, tree: Tree, cases: Iterable[Case]) -> Mapping[str, float]:
        """How often a tree says each word, each two in a row, and of whom it speaks, as shares."""
        # A text that stands in several places, such as an answer of a shared question, counts once.
        texts = dict(_texts(tree, cases))
        for word in {word for text in texts for word in inline_markup.hard_words(text)}:
            texts.setdefault(word, _NAME)
            meaning = library.words.get(word.lower())
            texts |= dict.fromkeys((meaning.texts if meaning else ()), _ADVICE)

        def title(route: str) -> str:
            return library.routes[route].title.read_by(None) if route in library.routes else ""

        counted: dict[str, Counter[str]] = {part: Counter() for part in _SHARES}
        for text, part in texts.items():
            told = self._vocabulary.words(inline_markup.fill(text, title, lambda _fact: ""))
            counted[part].update(self._to_find(told, is_typed=part is _SAID))
        often: dict[str, float] = {}
        for part, counts in counted.items():
            length = _DOUBT + sum(count for word, count in counts.items() if _is_word(word))
            for word, count in counts.items():
                often[word] = often.get(word, 0.0) + _SHARES[part] * count / length
        return often

    def _to_find(self, told: list[str], *, is_typed: bool) -> Iterator[str]:
        """What can be found in a text: its words, each two in a row, and of whom it speaks.

        Two small words say something only where people type them: "can't do this".
        """
        small = self._vocabulary.small
        yield from (word for word in told if word not in small)
        for first, second in pairwise(told):
            if is_typed or first not in small or second not in small:
                yield f"{first} {second}"
        if is_typed:
            yield from self._perspective.marks(told)


def _add(scores: dict[str, float], often: Mapping[str, float], worth: float) -> None:
    """Add how well each tree fits, by how much more often it says something than trees do on
    average. What a tree says less often counts against it."""
    usual = sum(often.values()) / len(often)
    if usual:
        for name, share in often.items():
            more = share + _ANYWHERE * usual + _BY_CHANCE
            scores[name] += worth * log(more / (usual + _ANYWHERE * usual + _BY_CHANCE))


def _least_worth_showing(best: float) -> float:
    """The score from which a tree is shown: where none stands out, that of those like the best."""
    return best * _WORTH_SHOWING if best > 0 else best - _ALIKE


def _stories(library: Library) -> Mapping[str, list[Case]]:
    """The cases of each tree."""
    found: dict[str, list[Case]] = {}
    for case in library.cases.values():
        found.setdefault(case.tree, []).append(case)
    return found


def _is_word(found: str) -> bool:
    """Whether it is one word, and not two in a row or a mark of whom a text speaks."""
    return " " not in found


def _texts(tree: Tree, cases: Iterable[Case]) -> Iterator[tuple[str, str]]:
    """Everything in which a tree may be found, with the part to which it belongs; where a text
    stands in two parts, the better one comes later."""

    def each(sentences: Iterable[Sentence], part: str) -> Iterator[tuple[str, str]]:
        return ((text, part) for sentence in sentences for text in sentence.texts)

    for ending in tree.outcomes.values():
        yield from each((ending.open, *(line.say for line in ending.advice)), _ADVICE)
    yield from each((case.story for case in cases), _STORY)
    for question in tree.questions.values():
        yield from each((question.ask, *(answer.say for answer in question.answers)), _ASKED)
    yield from each((ending.title for ending in tree.outcomes.values()), _NAME)
    yield from each([tree.about], _ABOUT)
    yield from each([tree.title], _TITLE)
    yield from each(tree.said, _SAID)
