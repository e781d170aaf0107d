"""Can the person whom the words are for read them?

The measure is in ``readability``. It says little of a few lines, so only what has 100 words or
more is judged. Names of services and words that the glossary explains are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING

from ...model.diagnostics import Diagnostic
from ...model.text_index import PassageKind, Wording, free_text
from .readability import Count, counting

if TYPE_CHECKING:
    from ...model.library import Library
    from ...model.text_index import Passage

FEWEST_WORDS = 100
"""Shorter passages are not judged."""

YOUNG_PERSON_AGE, WORKER_AGE = 11, 14
"""The reading ages, in years, that the words may have."""


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Every question and ending that is too hard for a young person or for a worker."""
    return read(Wording(library))


def read(wording: Wording) -> tuple[Diagnostic, ...]:
    """The same, of a library whose words are gathered already."""
    count = cache(partial(_count, counting()))  # many questions and endings share a sentence
    found = [
        Diagnostic(
            "FP411",
            f"{passage}: the words for a {reader} are for a reader of {age:.1f}, not {limit}",
            passage.span,
            hint="use shorter words and shorter sentences",
        )
        for passage, read_aloud in wording.to_young_person
        if passage.place in (PassageKind.QUESTION, PassageKind.ENDING)
        for reader, texts, limit in _read(passage, read_aloud)
        if (age := _age(texts, count)) > limit
    ]
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _read(
    passage: Passage, read_aloud: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """The texts for each reader, and the age that they may have."""
    yield "young person", read_aloud, YOUNG_PERSON_AGE
    yield "worker", passage.read_by("staff", with_notes=True), WORKER_AGE


def _count(counted: Callable[[str], Count], text: str) -> Count:
    """How much of a text is measured."""
    return counted(free_text(text))


def _age(texts: tuple[str, ...], count: Callable[[str], Count]) -> float:
    """The reading age; 0 for too few words to judge."""
    if len("".join(texts)) < FEWEST_WORDS * 2:
        return 0.0  # a word and the gap after it take two characters or more
    counted = sum(map(count, texts), Count())
    return counted.reading_age if counted.words >= FEWEST_WORDS else 0.0
