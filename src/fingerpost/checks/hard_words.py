"""Does a young person meet a hard word that is explained nowhere on the page?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from .. import prose
from ..diagnostics import Diagnostic, Severity
from ..wording import Place, each_once, free_text, passages
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

_YOUNG_PERSON = "young-person"
_WORD = re.compile(r"[\w'-]+")


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Every question and ending that says a word of the glossary to a young person unmarked."""
    glossary: dict[str, list[tuple[str, ...]]] = {}
    for word in sorted(library.words, key=len, reverse=True):
        parts = _words(word)
        glossary.setdefault(parts[0] if parts else "", []).append(parts)
    found = []
    for passage in each_once(passages(library)):
        if passage.place in (Place.QUESTION, Place.ENDING):
            words = dict.fromkeys(_unmarked(passage, glossary))
            if words:
                found.append(_unexplained(passage, tuple(words)))
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


def _unmarked(passage: Passage, glossary: Mapping[str, Sequence[tuple[str, ...]]]) -> Iterator[str]:
    """The words of the glossary that stand unmarked in a passage, and are marked nowhere in it.

    ``glossary`` has them by the first of their words, the longest first.
    """
    texts = passage.read_by(_YOUNG_PERSON)
    said = [_words(free_text(text)) for text in texts]
    if glossary.keys().isdisjoint(word for words in said for word in words):
        return
    marked = {_words(word) for text in texts for word in prose.hard_words(text)}
    for words in said:
        at = 0
        while at < len(words):
            matches = (w for w in glossary.get(words[at], ()) if words[at : at + len(w)] == w)
            hard = next(matches, None)
            if hard and hard not in marked:
                yield " ".join(hard)
            at += len(hard) if hard else 1


def _unexplained(passage: Passage, words: tuple[str, ...]) -> Diagnostic:
    return Diagnostic(
        "FP408",
        f"the {passage} does not explain to a young person: {', '.join(words)}",
        passage.span,
        Severity.NOTICE,
        hint=f"mark it where it comes first: {{{{{words[0]}}}}}",
    )
