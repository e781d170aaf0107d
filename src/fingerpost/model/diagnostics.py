"""Mistakes of authors as values, and the manuals of their codes.

The meaning and the severity of a code stand in its manual, ``codes/FPnnn.md``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Self

from .base import Frozen

_MANUALS = Path(__file__).parent / "codes"


class Severity(StrEnum):
    """The severity of a mistake, the worst first. Only an error stops a walk or a check."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Manual(Frozen):
    """The meaning of one code for tree authors: why it matters, and two examples.

    The first line of an example says where its lines belong. ``# FILE`` is a whole file; ``# FILE,
    at its top`` and ``# FILE, in KEY`` are below nothing or below that key, and replace entries
    of the same names. ``# and 9 more like it`` repeats the line above. The examples are tested:
    ``tests/checks/test_manuals.py`` lays each over a small library.
    """

    code: str
    title: str
    severity: Severity
    why: str
    bad: str
    good: str


def codes() -> tuple[str, ...]:
    """Every code that has a manual, in order."""
    return tuple(sorted(path.stem for path in _MANUALS.glob("*.md")))


def manual(code: str) -> Manual:
    """The manual of a code, read from its file.

    Raises ``OSError`` for a code that has none, and ``ValueError`` for a file of another form.
    """
    import re  # a walk without mistakes reads no manual

    found = re.fullmatch(
        r"# (?P<title>.+)\n\nSeverity: (?P<severity>error|warning|notice)\n\n(?P<why>[^`]+)\n\n"
        r"Not like this:\n\n```yaml\n(?P<bad>[^`]+)```\n\n"
        r"Like this:\n\n```yaml\n(?P<good>[^`]+)```\n",
        (_MANUALS / f"{code}.md").read_text("utf-8"),
    )
    if found is None:
        raise ValueError(f"the manual of {code} has another form")
    why = " ".join(found["why"].split())
    severity = Severity(found["severity"])
    return Manual(code, found["title"], severity, why, found["bad"], found["good"])


@cache
def _severities() -> Mapping[str, Severity]:
    """The severity of each code. To read all manuals takes a few milliseconds, once."""
    return {code: manual(code).severity for code in codes()}


class Span(Frozen, order=True, array_like=True):
    """A range in a file.

    Lines and columns count from 1, in characters. The end is exclusive, so that a word of
    five letters at the start of a line is 1:1 to 1:6.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def start_of(cls, file: str) -> Self:
        """The start of a file, for a mistake in the file as a whole."""
        return cls(file, 1, 1, 1, 1)

    def of_part(self, lines: Sequence[str], part: str, earlier: int = 0) -> Span:
        """The place of a part of what stands here, after ``earlier`` others like it; this place if
        the file writes the part differently, such as with a line break in it. ``lines`` are those
        of the file."""
        for number, line in enumerate(lines[self.line - 1 : self.end_line], self.line):
            start = self.column - 1 if number == self.line else 0
            end = self.end_column - 1 if number == self.end_line else len(line)
            while (found := line.find(part, start, end)) >= 0:
                start = found + len(part)
                if not earlier:
                    return Span(self.file, number, found + 1, number, start + 1)
                earlier -= 1
        return self


class Related(Frozen):
    """Another place that helps to understand a mistake, such as the first of two equal keys."""

    message: str
    span: Span


class Diagnostic(Frozen):
    """One mistake of an author: what is wrong, where, and what to do about it.

    ``code`` is FP followed by the group (0 reading, 1 shape, 2 names, 3 paths, 4 care) and two
    more digits. ``message`` is one sentence without a full stop. ``hint`` says what to do.
    """

    code: str
    message: str
    span: Span
    lowered: Severity | None = None
    """The severity of this mistake if it is less than that of its code, as the manual explains."""
    hint: str = ""
    related: tuple[Related, ...] = ()
    witness: tuple[str, ...] = ()
    """For a mistake on a path: the answers that lead there, each as FACT=VALUE, in order."""
    begins: str = ""
    """The tree in which those answers are given first; empty where there are none."""
    words: str = ""
    """The words of the place that it is about, as the file writes them; empty for all of it."""

    @property
    def severity(self) -> Severity:
        """The severity of its code, or less; an error if the code has no manual."""
        of_code = _severities().get(self.code, Severity.ERROR)
        if self.lowered is None:
            return of_code
        return max(of_code, self.lowered, key=list(Severity).index)

    @property
    def order(self) -> tuple[int, Span, str, str]:
        """The sort key of mistakes: the worst first, then by file and place."""
        return (list(Severity).index(self.severity), self.span, self.code, self.message)
