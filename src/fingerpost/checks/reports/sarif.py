"""Mistakes as SARIF 2.1.0, a format in which static analysis tools exchange results.

A code is a rule of SARIF, and the manual of the code is its help.

Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from ... import __version__
from ...model.diagnostics import Diagnostic, Manual, Severity, Span, manual
from . import manuals

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}


def as_sarif(diagnostics: Iterable[Diagnostic], lines: int = 0) -> str:
    """One run with one result a mistake, and the number of lines that only people can judge.

    Columns count characters.
    """
    found = tuple(diagnostics)
    codes = sorted({mistake.code for mistake in found})
    run = {
        "tool": {
            "driver": {
                "name": "fingerpost",
                "version": __version__,
                "rules": [_rule(manual(code)) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(mistake, codes) for mistake in found],
        "properties": {"lines_only_people_can_judge": lines},
    }
    return json.dumps({"version": "2.1.0", "runs": [run]}, indent=2)


def _rule(known: Manual) -> dict[str, Any]:
    return {
        "id": known.code,
        "shortDescription": {"text": known.title},
        "fullDescription": {"text": known.why},
        "help": {"text": manuals.as_text(known), "markdown": manuals.as_markdown(known)},
        "defaultConfiguration": {"level": _LEVEL[known.severity]},
    }


def _result(mistake: Diagnostic, codes: list[str]) -> dict[str, Any]:
    said = ". ".join(part for part in (mistake.message, mistake.hint) if part)
    result: dict[str, Any] = {
        "ruleId": mistake.code,
        "ruleIndex": codes.index(mistake.code),
        "level": _LEVEL[mistake.severity],
        "message": {"text": said},
        "locations": [{"physicalLocation": _place(mistake.span)}],
    }
    if mistake.related:
        result["relatedLocations"] = [
            {"physicalLocation": _place(each.span), "message": {"text": each.message}}
            for each in mistake.related
        ]
    if mistake.witness:
        result["properties"] = {"witness": list(mistake.witness), "begins": mistake.begins}
    return result


def _place(span: Span) -> dict[str, Any]:
    return {
        "artifactLocation": {"uri": _uri(span.file)},
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        },
    }


def _uri(file: str) -> str:
    """A file's name as a URI reference."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
