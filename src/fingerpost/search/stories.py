"""Which stories some words are about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, partial
from typing import TypeAlias

from ..model.library import SearchWords
from ..model.spelling import meant
from .synonyms import Vocabulary
from .tokens import MOST_WORDS, saying_all, split

Texts: TypeAlias = Callable[[str], Iterable[str]]
"""What the story of a name says."""


class StorySearch:
    """Finds stories by words. What each story says is read when it is first searched for.

    ``texts`` go from the words that tell most of a story to those that tell least; each has those
    of the one before it too.
    """

    def __init__(self, known: SearchWords, names: Iterable[str], texts: Iterable[Texts]) -> None:
        self._names = tuple(names)
        self._texts = tuple(texts)
        self._vocabulary = cache(partial(Vocabulary, known))
        self._said = tuple(cache(partial(self._stems, text)) for text in self._texts)
        self._meant = tuple(cache(partial(self._meanings, said)) for said in self._said)
        self._known = cache(self._words_by_stem)

    def find(self, words: str, among: Collection[str] | None = None) -> frozenset[str]:
        """The names of the stories that fit these words best; none if nothing fits.

        They are those in which every word, or one that begins with it, is among the words that
        tell most; where there are none, those in which it is among the next, and so on. Only where
        there are still none, a word of the same meaning will do.
        """
        vocabulary = self._vocabulary()
        wanted = [vocabulary.stem(word) for word in vocabulary.telling(words)[:MOST_WORDS]]
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

    def mended(self, words: str) -> str:
        """The same words with slips of typing mended; what no story says is left out."""
        return " ".join(filter(None, map(self._mended, split(words)[:MOST_WORDS])))

    def _mended(self, word: str) -> str:
        """The word itself if it is known or says nothing, else the nearest, or nothing."""
        stem, known = self._vocabulary().stem(word.casefold()), self._known()
        if stem in known or stem in self._vocabulary().small:
            return word
        nearest = meant(stem, known)
        return "" if nearest is None else known[nearest]

    def _stems(self, texts: Texts, name: str) -> frozenset[str]:
        """The stems of what is said in some texts of a story."""
        vocabulary = self._vocabulary()
        return frozenset(
            vocabulary.stem(word) for text in texts(name) for word in vocabulary.telling(text)
        )

    def _meanings(self, said: Callable[[str], frozenset[str]], name: str) -> frozenset[str]:
        """The same, each as the stem that stands for its like."""
        same = self._vocabulary().same
        return frozenset(same.get(stem, stem) for stem in said(name))

    def _words_by_stem(self) -> Mapping[str, str]:
        """Every stem that is found in stories, with a word that has it."""
        texts = (text for name in self._names for text in self._texts[-1](name))
        words = dict.fromkeys(word for text in texts for word in split(text))
        return {self._vocabulary().stem(word.casefold()): word for word in words}
