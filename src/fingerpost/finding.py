"""Which trees a person's own words are about, best first.

People do not know what their trouble is called. So what they type is held against all that a tree
says: its title and what it is about, its questions, answers and endings, the hard words that it
uses, and the stories of its made-up cases, where it is told as people tell it. A word counts for
more the more a tree says it than the others do, and two words in a row count besides. The
beginning of a word stands for it, and a slip of typing is forgiven.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from math import log

from . import prose
from .frozen import Frozen
from .mistyped import meant
from .model import Case, Library, Sentence, Tree
from .roots import SMALL_WORDS, roots
from .urgency import NAMELESS, urgencies

_TITLE, _ABOUT, _NAME, _STORY, _ADVICE = 8.0, 6.0, 2.0, 1.0, 0.4
"""What a word counts for by where it stands. A name is a hard word or the title of an ending;
questions and answers count as stories do."""

_ENOUGH = 2.0
"""The weight of a word in a tree at which more of it begins to count for little."""

_DOUBT = 600.0
"""How many words each tree is taken to say besides its own, as all trees together say them: so
what stands once in a short tree is no proof of anything."""

_AGAINST = 0.6
"""What it counts against a tree that it says a word less than others do."""

_PAIR, _LONGER = 0.3, 0.5
"""What two words in a row count, and what a word counts that only begins with the one typed."""

_SHORTEST_BEGINNING = 3

_ALIKE = 0.5
"""By how much the scores of trees may differ that fit about as well."""

_WORTH_SHOWING = 0.25
"""From which share of the best score a tree is shown."""

_MOST_WORDS = 60
"""A frightened person may write a lot, but who looks for a door needs no more than this."""


class Found(Frozen):
    """A tree, and how well it fits: a greater score is a better fit."""

    tree: str
    score: float


class _Sought(Frozen):
    """One thing to look for: the words that can say it, each with what it counts for beside the
    others, and what the whole counts for."""

    words: Mapping[str, float]
    worth: float = 1.0


class Finder:
    """The trees of a library, ready to be searched. ``library`` should hold its cases too.

    The tree for whoever has no word for it is never found: it speaks of everything a little, and
    is offered beside whatever is found.
    """

    def __init__(self, library: Library) -> None:
        stories = _stories(library)
        self._weights = {
            name: _weights(library, tree, stories.get(name, []))
            for name, tree in library.trees.items()
            if name != NAMELESS
        }
        self._lengths = {
            name: sum(weight for word, weight in words.items() if " " not in word)
            for name, words in self._weights.items()
        }
        self._spread = Counter(word for words in self._weights.values() for word in words)
        self._known = tuple(word for word in self._spread if " " not in word)
        self._urgency = urgencies(library)

    def find(self, said: str) -> tuple[Found, ...]:
        """The trees that these words fit, best first; of those that fit alike the more urgent.

        Nothing is found for words that no tree says. Of a very long text only the first 60 words
        are looked for.
        """
        scores = dict.fromkeys(self._weights, 0.0)
        speaks: set[str] = set()
        for sought in self._sought(roots(said)[:_MOST_WORDS]):
            weights = self._weights_of(sought)
            speaks |= {name for name, weight in weights.items() if weight}
            for name, fit in self._fits(weights).items():
                scores[name] += sought.worth * fit
        found = (Found(name, scores[name]) for name in scores if name in speaks)
        return tuple(self._urgent_of_alike(sorted(found, key=lambda each: -each.score)))

    def _sought(self, typed: list[str]) -> Iterator[_Sought]:
        """What to look for: each word that says something, once, and each two in a row."""
        understood = [word if word in SMALL_WORDS else self._understood(word) for word in typed]
        for word, known in dict(zip(typed, understood, strict=True)).items():
            if known is not None and known not in SMALL_WORDS:
                yield _Sought({**dict.fromkeys(self._longer(word), _LONGER), known: 1.0})
        for first, second in dict.fromkeys(pairwise(understood)):
            if f"{first} {second}" in self._spread:
                yield _Sought({f"{first} {second}": 1.0}, _PAIR)

    def _understood(self, word: str) -> str | None:
        """The word that is meant by what was typed: itself, or one that begins so, or the nearest.

        None for a word that no tree says.
        """
        if word in self._spread:
            return word
        longer = self._longer(word)
        return max(longer, key=self._spread.__getitem__) if longer else meant(word, self._known)

    def _longer(self, word: str) -> list[str]:
        """The words that begin with another, if that is long enough."""
        if len(word) < _SHORTEST_BEGINNING:
            return []
        return [known for known in self._known if known.startswith(word) and known != word]

    def _weights_of(self, sought: _Sought) -> Mapping[str, float]:
        """How much each tree says of what is looked for."""
        return {
            name: sum(share * words.get(word, 0.0) for word, share in sought.words.items())
            for name, words in self._weights.items()
        }

    def _fits(self, weights: Mapping[str, float]) -> Mapping[str, float]:
        """How well each tree fits, by how much more it says of something than trees do on average.

        What a tree says less of counts against it, but not as much.
        """
        usual = sum(w / self._lengths[n] for n, w in weights.items() if w) / len(weights)
        fits = {}
        for name, weight in weights.items():
            more = log((weight / usual + _DOUBT) / (self._lengths[name] + _DOUBT))
            fits[name] = more * weight / (weight + _ENOUGH) if more > 0 else more * _AGAINST
        return fits

    def _urgent_of_alike(self, ranked: list[Found]) -> Iterator[Found]:
        """Those that are worth showing; where some fit about as well as the best, by urgency."""
        left = [each for each in ranked if each.score >= _least_worth_showing(ranked[0].score)]
        while left:
            alike = [each for each in left if each.score >= left[0].score - _ALIKE]
            yield from sorted(alike, key=lambda each: -self._urgency[each.tree])
            left = left[len(alike) :]


def _least_worth_showing(best: float) -> float:
    """The score from which a tree is shown: where none stands out, that of those like the best."""
    return best * _WORTH_SHOWING if best > 0 else best - _ALIKE


def _stories(library: Library) -> Mapping[str, list[Case]]:
    """The cases of each tree."""
    found: dict[str, list[Case]] = {}
    for case in library.cases.values():
        found.setdefault(case.tree, []).append(case)
    return found


def _weights(library: Library, tree: Tree, cases: Iterable[Case]) -> Mapping[str, float]:
    """Each word that a tree says, and each two in a row, with what it counts for there."""
    weights: dict[str, float] = {}
    # A text that stands in several places, such as an answer of a shared question, counts once.
    texts = dict(_texts(tree, cases))
    hard = Counter(word for text in texts for word in prose.hard_words(text))
    for word in hard:
        texts.setdefault(word, _NAME)
        meaning = library.words.get(word.lower())
        texts |= dict.fromkeys(meaning.texts if meaning else (), _ADVICE)

    def title(route: str) -> str:
        return library.routes[route].title.read_by(None) if route in library.routes else ""

    for text, worth in texts.items():
        words = roots(prose.fill(text, title, lambda _fact: ""))
        for word in words:
            if word not in SMALL_WORDS:
                weights[word] = weights.get(word, 0.0) + worth
        for first, second in pairwise(words):
            if first not in SMALL_WORDS or second not in SMALL_WORDS:
                both = f"{first} {second}"
                weights[both] = weights.get(both, 0.0) + worth
    return weights


def _texts(tree: Tree, cases: Iterable[Case]) -> Iterator[tuple[str, float]]:
    """Everything in which a tree may be found, with what its words count for; the best last."""

    def each(sentences: Iterable[Sentence], worth: float) -> Iterator[tuple[str, float]]:
        return ((text, worth) for sentence in sentences for text in sentence.texts)

    for ending in tree.outcomes.values():
        yield from each((ending.open, *(line.say for line in ending.advice)), _ADVICE)
    yield from each((case.story for case in cases), _STORY)
    for question in tree.questions.values():
        yield from each((question.ask, *(answer.say for answer in question.answers)), _STORY)
    yield from each((ending.title for ending in tree.outcomes.values()), _NAME)
    yield from each([tree.about], _ABOUT)
    yield from each([tree.title], _TITLE)
