"""A source that stands at the top of a shared file or of cases, and that nobody names."""

from __future__ import annotations

from pathlib import Path

import pytest

from fingerpost.checks.upkeep import unused_sources
from fingerpost.model.diagnostics import Severity
from fingerpost.reading.loader import load, shipped

from ..support.checking import found_by

GUIDE = "sources:\n  guide: {title: A guide, publisher: Us, url: 'https://www.example.org'}\n"

FILES = {
    "one.yaml": """
fingerpost: 1
title: One
about: One thing
review-by: 2027-05-31
start: safe
questions:
  safe: {use: safe, goto: {otherwise: danger}}
outcomes:
  danger: {use: danger}
""",
    "shared/questions.yaml": """
questions:
  safe: {ask: Safe?, answers: {yes: {say: "Yes"}, no: {say: "No"}}}
""",
    "shared/needs.yaml": "needs: {talk: {say: Talk}}",
    "shared/advice.yaml": "advice: {tell: {do: Tell someone.}}",
    "shared/always.yaml": "always: [{when: {safe: no}, advice: [{do: Ring.}]}]",
    "shared/outcomes.yaml": """
outcomes:
  danger: {title: T, urgency: now, open: O, needs: [talk], advice: [{do: Go.}]}
""",
    "routes/uk.yaml": "routes: {line: {name: Line, serves: [talk]}}",
    "cases/some.yaml": """
cases:
  a-case:
    tree: one
    story: A story.
    answers: {safe: no}
    expect: {outcome: danger}
    judgements:
      - {ask: What now?, choices: {go: {say: Go, verdict: right, because: "Yes."}}}
""",
}

WITH_SOURCES = (
    "shared/advice.yaml",
    "shared/always.yaml",
    "shared/outcomes.yaml",
    "cases/some.yaml",
)
NAMED = {
    "shared/advice.yaml": ("do: Tell someone.", "do: Tell someone., source: guide"),
    "shared/always.yaml": ("do: Ring.", "do: Ring., source: guide"),
    "shared/outcomes.yaml": ("do: Go.", "do: Go., source: guide"),
    "cases/some.yaml": ('because: "Yes."', 'because: "Yes.", source: guide'),
}


def found(folder: Path, file: str, *, named: bool) -> list[tuple[str, Severity, str]]:
    """What is said of a source at the top of a file, which something there names or nothing."""
    old, new = NAMED[file]
    text = FILES[file].replace(old, new) if named else FILES[file]
    for name, written in {**FILES, file: GUIDE + text}.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(written, encoding="utf-8")
    reading = load([folder], whole=True)
    assert [m.message for m in reading.mistakes if m.severity is Severity.ERROR] == []
    mistakes = found_by(unused_sources, reading.library)
    assert {(m.span.file.endswith(file), m.span.line) for m in mistakes} <= {(True, 2)}
    return [(m.code, m.severity, m.message) for m in mistakes]


@pytest.mark.parametrize("file", WITH_SOURCES)
def test_a_source_of_a_shared_file_or_of_cases_that_nobody_names(tmp_path: Path, file: str) -> None:
    said = ("FP405", Severity.WARNING, "nothing names the source “guide”")
    assert found(tmp_path, file, named=False) == [said]
    assert found(tmp_path, file, named=True) == []


def test_a_source_of_one_file_is_not_that_of_another(tmp_path: Path) -> None:
    """Two files may give one name to two sources, and each is used for itself."""
    old, new = NAMED["shared/advice.yaml"]
    advice = GUIDE + FILES["shared/advice.yaml"].replace(old, new)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(FILES, "shared/advice.yaml", advice)
        assert [m for _, _, m in found(tmp_path, "cases/some.yaml", named=False)] == [
            "nothing names the source “guide”"
        ]


def test_a_library_read_for_a_walk_knows_no_such_sources() -> None:
    """Only who checks or rehearses reads the cases; a walk needs none of it."""
    assert load([shipped()]).library.sources == ()
    assert found_by(unused_sources, load([shipped()], whole=True).library) == ()
