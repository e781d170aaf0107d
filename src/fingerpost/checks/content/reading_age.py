"""FP411: questions and endings that are too hard for the age of their readers.

The measure is in ``readability``. It says little of a few lines, so only passages of 100 words or
more are judged. Names of services and words that the glossary explains are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

from ...model.diagnostics import Diagnostic
from ...model.text_index import PassageKind, Wording, free_text
from .readability import Count, counting

FEWEST_WORDS = 100
"""Shorter passages are not judged."""

YOUNG_PERSON_AGE, WORKER_AGE = 11, 14
"""The highest reading ages, in years."""


def find(wording: Wording) -> Iterator[Diagnostic]:
    """Every question and ending that is too hard for a young person or for a worker."""
    count = cache(partial(_count, counting()))  # many questions and endings share a sentence
    for passage, read_aloud in wording.to_young_person:
        if passage.place in (PassageKind.QUESTION, PassageKind.ENDING):
            to_worker = passage.read_by("staff", with_notes=True)
            for reader, texts, limit in (
                ("young person", read_aloud, YOUNG_PERSON_AGE),
                ("worker", to_worker, WORKER_AGE),
            ):
                if (age := _age(texts, count)) > limit:
                    yield Diagnostic(
                        "FP411",
                        f"{passage}: the words for a {reader} are for a reader of {age:.1f}, "
                        f"not {limit}",
                        passage.span,
                        hint="use shorter words and shorter sentences",
                    )


def _count(counted: Callable[[str], Count], text: str) -> Count:
    """Count a text without its names and explained words."""
    return counted(free_text(text))


def _age(texts: tuple[str, ...], count: Callable[[str], Count]) -> float:
    """The reading age; 0 for too few words to judge."""
    if len("".join(texts)) < FEWEST_WORDS * 2:
        return 0.0  # a word and the gap after it take two characters or more
    counted = sum(map(count, texts), Count())
    return counted.reading_age if counted.words >= FEWEST_WORDS else 0.0
