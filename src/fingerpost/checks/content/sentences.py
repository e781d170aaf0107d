"""FP406: sentences that are too long to be taken in by a frightened reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostics import Diagnostic, Span
from ...model.facts import TELLERS
from ...model.library import Library
from ...model.text_index import SentenceUse, Wording, read_aloud
from . import reading_age

LONGEST = 25
"""The most words of a sentence."""

_BEGINNING = 6
_HAS_LETTER_OR_DIGIT = re.compile(r"\w")


def find(wording: Wording) -> Iterator[Diagnostic]:
    """Every sentence that is too long for one of its readers, once for each wording."""
    library = wording.library
    titles = (title for route in library.routes.values() for title in route.title.texts)
    longest = max((len(title.split()) for title in titles), default=1)
    long = (text for text in wording.texts if _is_long(library, text, longest))
    for _, said in wording.saying(frozenset(long)):
        for beginning, count, readers, span in _too_long(library, said):
            yield Diagnostic(
                "FP406",
                f"this sentence has {count} words{readers}: “{beginning} …”",
                span,
                hint=f"say it in two; no sentence has more than {LONGEST} words",
            )


def _too_long(library: Library, said: SentenceUse) -> Iterator[tuple[str, int, str, Span]]:
    """The beginning of each long sentence, the number of its words, its readers if not all, and
    its place."""
    found: dict[str, tuple[int, list[str], Span]] = {}
    for reader in said.readers:
        text = said.sentence.read_by(reader)
        for words in _long(read_aloud(library, text, reader)):
            beginning = " ".join(words[:_BEGINNING])
            place = said.sentence.place_of(text)
            found.setdefault(beginning, (len(words), [], place))[1].append(reader)
    for beginning, (count, readers, place) in found.items():
        for_all = len(readers) == len(TELLERS)
        yield beginning, count, "" if for_all else f" for {' and '.join(readers)}", place


def _is_long(library: Library, text: str, longest: int) -> bool:
    """Whether a sentence of a text is too long for one of its readers.

    ``longest`` is the most words of a service's name. Even with names of that length most texts are
    too short, which is quick to see.
    """
    services = text.count("{route:")
    if not services and len(text) < LONGEST * 2:  # a word and the gap after it take two or more
        return False
    if len(text.split()) + services * longest <= LONGEST:
        return False
    readers = TELLERS if services else TELLERS[:1]
    heard = {read_aloud(library, text, reader) for reader in readers}
    return any(words for each in heard for words in _long(each))


def _long(text: str) -> Iterator[list[str]]:
    """The words of each sentence of a text that is too long."""
    for sentence in reading_age.sentences(text):
        words = sentence.split()
        if len(words) > LONGEST:  # fewer cannot become too many without the dashes
            words = [word for word in words if _HAS_LETTER_OR_DIGIT.search(word)]
        if len(words) > LONGEST:
            yield words
