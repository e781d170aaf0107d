"""Lines that could harm their reader, in other words than those that are listed."""

from __future__ import annotations

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


def found_in(known: Library, *lines: str) -> Iterator[tuple[str, Diagnostic]]:
    """What is found in lines that are said to everybody, each with its line."""
    spans = {Span("opening.yaml", at, 1, at, 9): line for at, line in enumerate(lines, 1)}
    said = (
        Advice(kind=Kind.DO, say=Sentence(line, span=at), span=at) for at, line in spans.items()
    )
    for mistake in unsafe_lines.find(Wording(replace(known, opening=tuple(said)))):
        if mistake.span in spans:
            assert mistake.code == "FP415"
            yield spans[mistake.span], mistake


def test_lines_of_other_wording_are_told_apart() -> None:
    """They were written before a look at what is found, and hold the words to it from now on."""
    halves = OTHERS.read_text(encoding="utf-8").split("\n\n")
    unsafe, safe = (half.splitlines()[1:] for half in halves)
    assert {line for line, _ in found_in(library(), *unsafe)} == {*unsafe}
    assert [*found_in(library(), *safe)] == []


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
    [(_, found)] = found_in(own, "Take the vape, and think.")
    assert "(smoking): somebody is told to smoke" in found.message
    [(_, found)] = found_in(own, "Save the nude.")
    assert "a nude is passed on" in found.message
