"""Mistakes as annotations of GitHub Actions.

Source of the form and of what is escaped: GitHub's "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

from collections.abc import Iterable

from ...model.diagnostics import Diagnostic, Severity
from ...model.sanitize import clean
from ...page.messages import say

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}

_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_ESCAPES_IN_PROPERTIES = _ESCAPES | {":": "%3A", ",": "%2C"}


def as_github(diagnostics: Iterable[Diagnostic], lines: int = 0) -> str:
    """One line a mistake, and one for the lines that only people can judge, if there are any.

    An author's text can neither end its line nor begin a command.
    """
    people = [f"::notice::{say('check.people', count=lines)}"] if lines else []
    return "\n".join([*map(_annotation, diagnostics), *people])


def _annotation(mistake: Diagnostic) -> str:
    span = mistake.span
    places = {
        "file": span.file,
        "line": span.line,
        "col": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
        "title": mistake.code,
    }
    where = ",".join(f"{name}={_property(str(value))}" for name, value in places.items())
    said = mistake.message + (f"\n{mistake.hint}" if mistake.hint else "")
    if mistake.witness:
        begins = f"{mistake.begins}: " if mistake.begins else ""
        said += f"\nfor: {begins}{', '.join(mistake.witness)}"
    return f"::{_COMMAND[mistake.severity]} {where}::{_escaped(clean(said), _ESCAPES)}"


def _property(value: str) -> str:
    return _escaped(clean(value), _ESCAPES_IN_PROPERTIES)


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(char, char) for char in text)
