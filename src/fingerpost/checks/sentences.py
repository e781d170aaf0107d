"""Is a sentence too long to be taken in by somebody who is frightened?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .. import readability
from ..conditions import TELLERS
from ..diagnostics import Diagnostic, Severity
from ..wording import each_sentence, passages, read_aloud
from . import Manual

if TYPE_CHECKING:
    from ..model import Library
    from ..wording import Said

MANUALS = (
    Manual(
        "FP406",
        "A sentence of more than 25 words",
        "Long sentences are lost on somebody who is upset, and cannot be read aloud in one breath. "
        "The words are counted as each reader meets them, with the names of services filled in.",
        bad="""\
# bullied.yaml, in told
open: >-
  Tell the person who is in charge of the club what has happened to you
  and when it was and who was there and what they said to you about it.
""",
        good="""\
# bullied.yaml, in told
open: >-
  Tell the person who is in charge of the club what has happened to you.
  Say when it was, who was there and what they said.
""",
    ),
)
"""What the code means."""

LONGEST = 25
"""The most words of a sentence."""

_BEGINNING = 6
_HAS_LETTER_OR_DIGIT = re.compile(r"\w")


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Every sentence that is too long for one of its readers, once for each wording."""
    found = [
        Diagnostic(
            "FP406",
            f"this sentence has {count} words{readers}: “{beginning} …”",
            said.sentence.span,
            Severity.WARNING,
            hint=f"say it in two; no sentence has more than {LONGEST} words",
        )
        for _, said in each_sentence(passages(library))
        for beginning, (count, readers) in _too_long(library, said)
    ]
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _too_long(library: Library, said: Said) -> Iterator[tuple[str, tuple[int, str]]]:
    """How each long sentence begins, how many words it has, and for whom if not for everyone."""
    found: dict[str, tuple[int, list[str]]] = {}
    if all(_is_short(text) for text in said.sentence.texts):
        return
    for reader in said.readers:
        text = read_aloud(library, said.sentence.read_by(reader), reader)
        for sentence in readability.sentences(text):
            words = [word for word in sentence.split() if _HAS_LETTER_OR_DIGIT.search(word)]
            if len(words) > LONGEST:
                beginning = " ".join(words[:_BEGINNING])
                found.setdefault(beginning, (len(words), []))[1].append(reader)
    for beginning, (count, readers) in found.items():
        for_all = len(readers) == len(TELLERS)
        yield beginning, (count, "" if for_all else f" for {' and '.join(readers)}")


def _is_short(text: str) -> bool:
    """Whether a whole text, as typed, has too few words for any sentence of it to be too long."""
    return len(text.split()) <= LONGEST and "{route:" not in text
