"""Sentences and conditions in words for a reviewer who has never seen a file of a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..model import inline_markup
from ..model.base import grouped
from ..model.facts import READERS, TELLERS
from ..model.library import Library
from ..model.sentence import Sentence
from ..model.tree import ALWAYS, Always, Question, When
from ..proof.drawing import shorten

_ASKED_BY = "staff"
"""The reader in whose words a question is quoted: they name the young person."""


_ALONE = {"age": "young people of", "nation": "people in"}
"""Facts whose answers say enough without the question."""

_LONGEST = 40
"""Letters of an answer that is quoted. All of it stands with its question."""


class Words:
    """The words for one tree of a library; for none, those of what all trees share."""

    def __init__(self, library: Library, tree: str = "") -> None:
        self.library = library
        self.tree = tree

    def said(
        self, sentence: Sentence | None, readers: Sequence[str] = TELLERS
    ) -> Iterator[tuple[str, str]]:
        """Each wording, with the readers that it is for, which are empty if all have it."""
        if sentence is None:
            return
        wordings = grouped((self.filled(sentence, teller), teller) for teller in readers)
        for text, tellers in wordings.items():
            everybody = len(wordings) == 1
            yield "" if everybody else readers_in_words(tellers, "and"), text

    def lines(
        self, sentence: Sentence | None, before: str = "", readers: Sequence[str] = TELLERS
    ) -> Iterator[str]:
        """Each wording on a line, after words that say what it is."""
        for whom, text in self.said(sentence, readers):
            named = f"{before} (to {whom})" if before and whom else before or f"To {whom}"
            yield f"{named}: {text}" if before or whom else text

    def filled(self, sentence: Sentence, teller: str) -> str:
        """A sentence for one reader, with the names of services, and a gap for what they say."""
        return self.text(sentence.read_by(teller), teller)

    def text(self, text: str, teller: str = TELLERS[0]) -> str:
        """The same for the words of a sentence as they are typed."""
        if "{" not in text:
            return text

        def title(name: str) -> str:
            route = self.library.routes.get(name)
            return route.title.read_by(teller) if route else name

        return inline_markup.fill(text, title, lambda fact: "…")

    def whom(
        self, whens: Iterable[When], unless: Iterable[When] = (), entry: Always | None = None
    ) -> str:
        """For whom something is, in words; empty if it is for everybody."""
        added = (entry.when,) if entry else ()
        kept_out = [w for w in (*unless, *(entry.unless if entry else ())) if w != ALWAYS]
        tests = dict.fromkeys(test for when in (*added, *whens) for test in when.tests)
        told = [self._test(fact, values) for fact, values in tests]
        said = f"for {'; '.join(told)}" if told else ""
        nobody = ["; and ".join(self._test(f, v) for f, v in when.tests) for when in kept_out]
        not_ = " and ".join(f"not for {each}" for each in nobody)
        return ". ".join(_capital(each) for each in (said, not_) if each)

    def _test(self, fact: str, values: frozenset[str]) -> str:
        if fact == "teller":
            return readers_in_words([t for t in TELLERS if t in values], "or")
        question = self.library.question_of(fact, self.tree) or self._elsewhere(fact)
        if question is None:
            return "whoever says so elsewhere"
        answers = [a for a in question.answers if a.value in values]
        quoted = [f"“{shorten(self.filled(a.say, _ASKED_BY), _LONGEST)}”" for a in answers]
        if fact in _ALONE:
            return f"{_ALONE[fact]} {_listed(quoted, 'or')}"
        asked = shorten(self.filled(question.ask, _ASKED_BY))
        return f"whoever answers “{asked}” with {_listed(quoted, 'or')}"

    def _elsewhere(self, fact: str) -> Question | None:
        found = (self.library.question_of(fact, name) for name in self.library.trees)
        return next((question for question in found if question), None)


def readers_in_words(tellers: Sequence[str], joined: str) -> str:
    """Several readers as an enumeration."""
    words = [word for teller in tellers for word in READERS[teller].split(" and ")]
    return _listed(words, joined)


def _listed(words: Sequence[str], joined: str) -> str:
    *most, last = words or ("nobody",)
    return f"{', '.join(most)} {joined} {last}" if most else last


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
