"""Mistakes as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ...model.diagnostics import Diagnostic, Span


def as_json(diagnostics: Iterable[Diagnostic], lines: int = 0) -> str:
    """An object with the version of this form, every mistake in the order given, and the number of
    lines that only people can judge.

    Lines and columns count from 1, in characters; an end is exclusive.
    """
    found = [_mistake(mistake) for mistake in diagnostics]
    whole = {"version": 1, "diagnostics": found, "lines_only_people_can_judge": lines}
    return json.dumps(whole, indent=2)


def _mistake(mistake: Diagnostic) -> dict[str, Any]:
    return {
        "code": mistake.code,
        "severity": mistake.severity.value,
        "message": mistake.message,
        "hint": mistake.hint,
        **_place(mistake.span),
        "related": [{"message": each.message, **_place(each.span)} for each in mistake.related],
        "witness": list(mistake.witness),
        "begins": mistake.begins,
    }


def _place(span: Span) -> dict[str, Any]:
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
