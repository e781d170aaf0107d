"""Lines that could harm their reader, in other words than those that are listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fingerpost.checks.content import unsafe_lines
from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Diagnostic, Span
from fingerpost.model.library import Library
from fingerpost.model.sentence import Sentence
from fingerpost.model.text_index import Wording
from fingerpost.model.tree import Advice, Kind
from fingerpost.reading.loader import load

FIXTURES = Path(__file__).parents[1] / "fixtures"
SOUND = FIXTURES / "manuals"
OTHERS = FIXTURES / "unsafe-lines.txt"


@cache
def library() -> Library:
    """A small library, in which the words that ship are looked for."""
    return load([SOUND], whole=True).library


def found_in(text: str, known: Library | None = None) -> tuple[Diagnostic, ...]:
    """What is found in a line that is said to everybody."""
    span = Span("opening.yaml", 1, 1, 1, 9)
    line = Advice(kind=Kind.DO, say=Sentence(text, span=span), span=span)
    said = replace(known or library(), opening=(line,))
    return tuple(m for m in unsafe_lines.find(Wording(said)) if m.span == span)


def kinds_of(text: str) -> set[str]:
    return set(_kinds(found_in(text)))


def _kinds(found: tuple[Diagnostic, ...]) -> Iterator[str]:
    for mistake in found:
        assert mistake.code == "FP415"
        kind = re.search(r" \(([a-z-]+)\): ", mistake.message)
        assert kind is not None
        yield kind[1]


def test_lines_of_other_wording_are_told_apart() -> None:
    """They were written before a look at what is found, and hold the words to it from now on."""
    unsafe, _, safe = OTHERS.read_text(encoding="utf-8").partition("\n\n")
    assert [line for line in unsafe.splitlines()[1:] if not kinds_of(line)] == []
    assert {line: kinds for line in safe.splitlines()[1:] if (kinds := kinds_of(line))} == {}


OWN = """\
words: {smoke: cigarette cigarettes vape}
kinds:
  smoking:
    harm: somebody is told to smoke
    hint: say that they can say no
    orders: [take ... SMOKE]
    only-in: shared/needs.yaml
  nude: {harm: a nude is passed on, hint: say it in words, orders: [pigeon ... NUDE]}
"""


def test_a_library_laid_over_adds_its_own(tmp_path: Path) -> None:
    (tmp_path / "unsafe-lines.yaml").write_text(OWN, encoding="utf-8")
    reading = load([SOUND.parents[2] / "trees", tmp_path], whole=True)
    assert not reading.mistakes
    own = replace(library(), unsafe_lines=reading.library.unsafe_lines)
    [found] = found_in("Take the vape, and think.", own)
    assert "(smoking): somebody is told to smoke" in found.message
    [found] = found_in("Save the nude.", own)
    assert "a nude is passed on" in found.message
