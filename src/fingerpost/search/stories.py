"""Search stories by words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, partial
from math import log
from typing import TypeAlias

from ..model.library import SearchWords
from ..model.spelling import meant
from .words import MOST_WORDS, Vocabulary, saying_all, split

Texts: TypeAlias = Callable[[str], Iterable[str]]
"""The texts of the story of a name."""


_ALIKE = 0.7
"""The weight of a synonym beside the word itself."""


class StorySearch:
    """Searches stories by words. The texts of a story are indexed when first searched.

    ``texts`` are ordered from the most relevant to the least; each is searched with those before.
    """

    def __init__(self, known: SearchWords, names: Iterable[str], texts: Iterable[Texts]) -> None:
        self._names = tuple(names)
        self._trade = known.trade
        self._texts = tuple(texts)
        self._vocabulary = cache(partial(Vocabulary, known))
        self._said = tuple(cache(partial(self._stems, place)) for place in range(len(self._texts)))
        self._meant = tuple(cache(partial(self._meanings, said)) for said in self._said)
        self._known = cache(self._words_by_stem)

    def find(self, words: str, among: Collection[str] | None = None) -> frozenset[str]:
        """The names of the stories that match these words best; empty if none match.

        Every word, or one that begins with it, must occur in the most relevant texts; if no story
        matches, in the next, and so on; and if still none does, synonyms match too.
        """
        vocabulary, wanted = self._vocabulary(), self._telling(words)[:MOST_WORDS]
        if not wanted:
            return frozenset()
        alike = [vocabulary.same.get(stem, stem) for stem in wanted]
        names = self._names if among is None else among
        for stems, parts in ((wanted, self._said), (alike, self._meant)):
            for said in parts:
                found = saying_all(stems, {name: said(name) for name in names})
                if found:
                    return frozenset(found)
        return frozenset()

    def stood_for(self, words: str, *, part: bool = False) -> Mapping[str, int]:
        """What these words stand for, by name with its place, if a trainer would call something so;
        or what several in a row among them do, if a ``part`` will do. Stop words do not count."""
        trade, said = self._trade, f" {' '.join(self._telling(words))} "
        rows = ((f" {' '.join(self._telling(word))} ", names) for word, names in trade.items())
        meant = [
            names
            for row, names in rows
            if (row in said and " " in row.strip() if part else row == said)
        ]
        found = [each for names in meant for name in names for each in trade.get(name, [name])]
        return {name: place for place, name in enumerate(dict.fromkeys(found))}

    def says(self, words: str, text: str) -> bool:
        """Whether a text has every one of these words."""
        return set(self._telling(words)) <= set(self._telling(text))

    def corrected(self, words: str) -> str:
        """The same words with typos corrected, without those that no story has."""
        return " ".join(filter(None, map(self._corrected, split(words)[:MOST_WORDS])))

    def scores(self, words: str, likely: Callable[[str], float]) -> Mapping[str, float]:
        """The stories that have any of these words, each with how well it fits them: by how rare
        each is that it has, as it is typed rather than as a synonym, and by how ``likely`` it is
        before any."""
        same, scores = self._vocabulary().same, dict.fromkeys(self._names, 0.0)
        for stem in dict.fromkeys(self._telling(words)[:MOST_WORDS]):
            first, left = same.get(stem, stem), set(self._names)
            for form, parts, worth in ((stem, self._said, 1.0), (first, self._meant, _ALIKE)):
                having = {name for name in self._names if form in parts[-1](name)}
                for name in having & left:
                    scores[name] += worth * log(len(self._names) / len(having))
                left -= having
        return {name: score + likely(name) for name, score in scores.items() if score}

    def _corrected(self, word: str) -> str:
        """The word itself if it is known or a stop word, else the nearest, or nothing."""
        stem, known = self._vocabulary().stem(word.casefold()), self._known()
        if stem in known or stem in self._vocabulary().small:
            return word
        nearest = meant(stem, known)
        return "" if nearest is None else known[nearest]

    def _stems(self, place: int, name: str) -> frozenset[str]:
        """The stems of the words of a story, up to the texts of this place."""
        before = self._said[place - 1](name) if place else ()
        told = self._texts[place](name)
        return frozenset(before).union(*map(self._telling, told))

    def _telling(self, text: str) -> list[str]:
        """The stems of the words of a text but stop words, in order."""
        vocabulary = self._vocabulary()
        return [vocabulary.stem(word) for word in vocabulary.telling(text)]

    def _meanings(self, said: Callable[[str], frozenset[str]], name: str) -> frozenset[str]:
        """The same, each replaced by the first of its synonyms."""
        same = self._vocabulary().same
        return frozenset(same.get(stem, stem) for stem in said(name))

    def _words_by_stem(self) -> Mapping[str, str]:
        """Every stem of the stories, with a word that has it."""
        said = (text for name in self._names for texts in self._texts for text in texts(name))
        texts = (*said, *self._trade)
        words = dict.fromkeys(word for text in texts for word in split(text))
        return {self._vocabulary().stem(word.casefold()): word for word in words}
