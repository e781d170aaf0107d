"""FP411: questions and endings that are too hard for the age of their readers.

The measure is the Flesch-Kincaid grade (Kincaid and others, 1975), which comes from the length of
sentences and of words. A child in grade 1 of an American school is about six, so five is added to
make an age. It knows nothing of sense: a low age shows that words are short, and not that they
are kind or clear. It says little of a few lines, so only passages of 100 words or more are judged.
Names of services and words that the glossary explains are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import chain

from ...model.base import Frozen
from ...model.diagnostics import Diagnostic
from ...model.text_index import PassageKind, Wording, free_text

_END_OF_SENTENCE = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n\s*\n")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

_ENDING = re.compile(r"'(?:s?|ll|re|ve|d|m)$")
_VOWELS = re.compile("[aeiouyáéíóúâêîôûŵŷ]+")
_SILENT = re.compile(
    "(?<=[^aeiouy])e$"  # take
    "|(?<=[^aeiouycgsxz])(?<!sh)(?<!ch)es$"  # takes, but not pla-ces
    "|(?<=[^aeiouytd])ed$"  # asked, but not want-ed
    "|(?<=[aeiouy][^aeiouyhx])e(?=(?:ly|ty|less|ful|fully|ments?|ness|times?|thing|one|body|where"
    "|life|guards?|guarding)$)"  # safe-ty, some-one
)
"""The vowels that are written and not spoken."""

_APART = re.compile(
    "ia(?!l|n|ge|ble)|(?<![cstgx])ia[ln]|(?<![cstxgn])io(?!us|r$)|(?<![cstxgn])ious|ier|iet|iu"
    "|eo(?![pnu])|(?<![qg])ua(?!r[dy]|y|de)|(?<![qgl])ue(?=[nlt])|[aeou]ing|yi|[aeiou]ism|creat"
    "|ya|yo(?!u)"
)
"""Adjacent vowels that are spoken one by one: di-al, qui-et, be-ing."""

_WITHOUT_VOWEL = re.compile("(?<=[^aeiouyrlw])le[sd]?$|sms?$|(?<=[dst])n't$")
"""Syllables that no spoken vowel is written for: trou-ble, did-n't."""

_EXCEPTIONS = {
    "anyone": 3,
    "area": 3,
    "areas": 3,
    "behaviour": 3,
    "centre": 2,
    "evening": 2,
    "everyone": 3,
    "everything": 3,
    "idea": 3,
    "ideas": 3,
    "naked": 2,
    "suicide": 3,
    "young": 1,
    "younger": 2,
    "youth": 1,
}
"""Everyday words whose letters say little of how they are spoken."""


def syllables(word: str) -> int:
    """The number of syllables of an English word, judged by its letters; at least 1.

    It agrees with the CMU Pronouncing Dictionary on more than nine words of ten.
    """
    spelt = word.lower().replace("’", "'")
    bare = _ENDING.sub("", spelt)
    if bare in _EXCEPTIONS:
        return _EXCEPTIONS[bare]
    spoken = _SILENT.sub("", bare)
    parts = (_VOWELS.findall(spoken), _APART.findall(spoken), _WITHOUT_VOWEL.findall(spelt))
    return max(1, sum(map(len, parts)))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, without the marks that end them. A blank line ends one too."""
    parts = (part.strip() for part in _END_OF_SENTENCE.split(text))
    return tuple(part for part in parts if part)


class Count(Frozen):
    """The numbers of sentences, words and syllables of a text."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0

    def __add__(self, more: Count) -> Count:
        """Both together."""
        return Count(
            self.sentences + more.sentences,
            self.words + more.words,
            self.syllables + more.syllables,
        )

    @property
    def reading_age(self) -> float:
        """The age in years at which it is read with ease: Flesch-Kincaid grade plus 5.

        Without any word it is 0.
        """
        if not self.words:
            return 0.0
        grade = 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59
        return grade + 5


def count(text: str, spoken: Callable[[str], int] = syllables) -> Count:
    """The numbers of a text, by the syllables of each word. One without a full stop, such as an
    answer, is a sentence."""
    said = [found for part in _END_OF_SENTENCE.split(text) if (found := _WORD.findall(part))]
    return Count(len(said), sum(map(len, said)), sum(map(spoken, chain.from_iterable(said))))


FEWEST_WORDS = 100
"""Shorter passages are not judged."""

YOUNG_PERSON_AGE, WORKER_AGE = 11, 14
"""The highest reading ages, in years."""


def find(wording: Wording) -> Iterator[Diagnostic]:
    """Every question and ending that is too hard for a young person or for a worker."""
    spoken = cache(syllables)
    counted = cache(lambda text: count(free_text(text), spoken))  # many share a sentence
    for passage, read_aloud in wording.to_young_person:
        if passage.place in (PassageKind.QUESTION, PassageKind.ENDING):
            to_worker = passage.read_by("staff", with_notes=True)
            for reader, texts, limit in (
                ("young person", read_aloud, YOUNG_PERSON_AGE),
                ("worker", to_worker, WORKER_AGE),
            ):
                if (age := _age(texts, counted)) > limit:
                    yield Diagnostic(
                        "FP411",
                        f"{passage}: the words for a {reader} are for a reader of {age:.1f}, "
                        f"not {limit}",
                        passage.span,
                        hint="use shorter words and shorter sentences",
                    )


def _age(texts: Sequence[str], counted: Callable[[str], Count]) -> float:
    """The reading age; 0 for too few words to judge."""
    if len("".join(texts)) < FEWEST_WORDS * 2:
        return 0.0  # a word and the gap after it take two characters or more
    found = sum(map(counted, texts), Count())
    return found.reading_age if found.words >= FEWEST_WORDS else 0.0
