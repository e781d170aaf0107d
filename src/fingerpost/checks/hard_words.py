"""Does a young person meet a hard word that is explained nowhere on the page?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING

from .. import prose
from ..diagnostics import Diagnostic, Severity
from ..wording import Wording, free_text
from . import Manual

if TYPE_CHECKING:
    from ..model import Library
    from ..wording import Passage

MANUALS = (
    Manual(
        "FP408",
        "A hard word that is not marked",
        "The glossary can explain a word only where it is marked, as in {{grooming}}. Once in a "
        "question or an ending is enough: whoever knows the word need not meet it marked again.",
        bad="""\
# bullied.yaml, in told
open: This is called grooming.
""",
        good="""\
# bullied.yaml, in told
open: This is called {{grooming}}.
""",
    ),
)
"""What the code means."""

_WORD = re.compile(r"[\w'-]+")


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Every question and ending that says a word of the glossary to a young person unmarked."""
    return read(Wording(library))


def read(wording: Wording) -> tuple[Diagnostic, ...]:
    """The same, of a library whose words are gathered already."""
    glossary: dict[str, list[tuple[str, ...]]] = {}
    for word in sorted(wording.library.words, key=len, reverse=True):
        parts = _words(word)
        glossary.setdefault(parts[0] if parts else "", []).append(parts)

    unmarked = cache(partial(_unmarked, glossary))
    marked = cache(_marked)
    found = []
    for passage, texts in wording.steps:
        words = dict.fromkeys(chain.from_iterable(map(unmarked, texts)))
        if words:
            explained = frozenset[str]().union(*map(marked, texts))
            if left := tuple(word for word in words if word not in explained):
                found.append(_unexplained(passage, left))
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


def _unmarked(glossary: Mapping[str, Sequence[tuple[str, ...]]], text: str) -> tuple[str, ...]:
    """The words of the glossary that stand unmarked in a text.

    ``glossary`` has them by the first of their words, the longest first.
    """
    words = _words(free_text(text))
    return () if glossary.keys().isdisjoint(words) else tuple(_found(glossary, words))


def _found(
    glossary: Mapping[str, Sequence[tuple[str, ...]]], words: tuple[str, ...]
) -> Iterator[str]:
    at = 0
    while at < len(words):
        matches = (w for w in glossary.get(words[at], ()) if words[at : at + len(w)] == w)
        hard = next(matches, None)
        if hard:
            yield " ".join(hard)
        at += len(hard) if hard else 1


def _marked(text: str) -> frozenset[str]:
    """The hard words that are marked in a text."""
    return frozenset(" ".join(_words(word)) for word in prose.hard_words(text))


def _unexplained(passage: Passage, words: tuple[str, ...]) -> Diagnostic:
    return Diagnostic(
        "FP408",
        f"the {passage} does not explain to a young person: {', '.join(words)}",
        passage.span,
        Severity.NOTICE,
        hint=f"mark it where it comes first: {{{{{words[0]}}}}}",
    )
