"""What was checked as text for people: mistakes.

A mistake has its place, its source line, a caret under the word and a hint.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from ...model.diagnostics import Diagnostic, Severity, Span
from ...model.sanitize import one_line
from ...page.text_layout import Block, Line, Style, cells
from ...reading.decode import lines

MARGIN = "    "
"""Stands before a source line."""

_WIDEST = 100
"""The most characters of a source line that are shown, around the place if it is longer."""

_BEFORE = 40
"""How many of them come before the place, if the line is longer."""


def for_people(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str]) -> str:
    """Each mistake with its source line and hint, by file and place, and a blank line between.

    ``texts`` are the contents of files by name; a mistake in another file is shown without its
    line. An author's text is sanitised, and put on one line.
    """
    found = blocks(diagnostics, texts)
    return "\n\n".join("\n".join(f"{e.before}{e.text}" for e in block) for block in found)


def blocks(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], widest: int = _WIDEST
) -> Iterator[Block]:
    """The same as lines to be wrapped: the first of each mistake is its title. Source lines are
    cut to ``widest``, so that no caret is parted from its place."""
    numbered = cache(lambda file: dict(enumerate(lines(texts.get(file, "")).split("\n"), 1)))
    for mistake in sorted(diagnostics, key=lambda mistake: mistake.order):
        line = numbered(mistake.span.file).get(mistake.span.line, "")
        yield tuple(_rows(mistake, line, min(widest, _WIDEST)))


def summary(found: Sequence[Diagnostic]) -> str:
    """The numbers of mistakes by severity: "3 errors, 1 warning in 2 files"."""
    counts = [(sum(each.severity is kind for each in found), kind.value) for kind in Severity]
    kinds = ", ".join(counted(number, word) for number, word in counts if number)
    return f"{kinds} in {counted(len({each.span.file for each in found}), 'file')}"


def counted(number: int, word: str) -> str:
    """A number of things in words: "1 file", "1,200 files"."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _rows(mistake: Diagnostic, line: str, widest: int) -> Iterator[Line]:
    span = mistake.span
    kind = f"{mistake.severity.value} {mistake.code}"
    told = one_line(f"{span.file}:{span.line}:{span.column}: {kind} {mistake.message}")
    yield Line(told, Style.TITLE, hang=2)
    if line.strip():
        yield from (Line(row, before=MARGIN) for row in _pointed(line, span, widest))
    if mistake.hint:
        yield _indented(f"hint: {mistake.hint}")
    if mistake.witness:
        given = " ".join(f"--given {answer}" for answer in mistake.witness)
        begins = f"{mistake.begins} " if mistake.begins else ""
        yield _indented(f"for: {begins}{given}")
    for related in mistake.related:
        place = f"{related.span.file}:{related.span.line}"
        yield _indented(f"note: {place}: {related.message}")


def _indented(text: str) -> Line:
    return Line(one_line(text), before="  ", hang=4)


def _pointed(line: str, span: Span, widest: int) -> Iterator[str]:
    """The line, cut to what fits around the place, and carets under the place.

    Of a place of several lines the first is marked; one without width has one caret.
    """
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    cut = 0
    if len(line) > widest:
        beside = max(0, widest - (end - start)) // 2
        cut = min(max(0, start - min(_BEFORE, beside)), len(line) - widest)
    until = cut + widest
    before, after = "…" * (cut > 0), "…" * (until < len(line))
    shown = one_line(line[cut:until])
    marked = shown[start - cut : max(end, start + 1) - cut]
    indent = cells(before + shown[: start - cut])
    yield f"{before}{shown}{after}".rstrip()
    yield f"{' ' * indent}{'^' * max(1, min(cells(marked), widest - indent))}"
