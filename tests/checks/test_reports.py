"""What ``check`` found, for machines: nothing is lost, and an author's text stays text."""

from __future__ import annotations

import json
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.checks.reports.github import as_github
from fingerpost.checks.reports.json import as_json
from fingerpost.checks.reports.sarif import as_sarif
from fingerpost.model.diagnostics import Diagnostic, Related, Severity, Span

SPAN = Span("trees/a b.yaml", 3, 5, 3, 9)
FIRST = Span("trees/a b.yaml", 1, 1, 1, 4)
BROKEN = Diagnostic(
    "FP201",
    "nothing here is called “aeg”",
    SPAN,
    hint="did you mean “age”?",
    related=(Related("the first is here", FIRST),),
    witness=("safe=no", "where=snapchat,x"),
    begins="threatened",
)
LATE = Diagnostic("FP410", "overdue", FIRST, lowered=Severity.WARNING)
SPARE = Diagnostic("FP305", "no tree leads to it", FIRST, lowered=Severity.NOTICE)
ALL = (BROKEN, LATE, SPARE)

sentences = st.text(max_size=40)
places = st.builds(Span, st.text(min_size=1, max_size=10), *(st.integers(1, 99) for _ in range(4)))
mistakes = st.builds(
    Diagnostic, st.just("FP101"), sentences, places, st.sampled_from(Severity), sentences
)


def test_sarif_has_its_version_its_columns_and_a_rule_for_each_code() -> None:
    said = json.loads(as_sarif(ALL))
    assert said["version"] == "2.1.0"
    (run,) = said["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["FP201", "FP305", "FP410"]
    results = run["results"]
    assert [rules[each["ruleIndex"]] for each in results] == ["FP201", "FP410", "FP305"]
    assert [each["level"] for each in results] == ["error", "warning", "note"]
    broken = results[0]
    assert broken["message"]["text"] == "nothing here is called “aeg”. did you mean “age”?"
    place = broken["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "trees/a%20b.yaml"
    assert place["region"] == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9}
    assert broken["relatedLocations"][0]["message"]["text"] == "the first is here"
    assert broken["properties"]["witness"] == ["safe=no", "where=snapchat,x"]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [("100%", "100%25"), ("a\nb", "a%0Ab"), ("a\r\nb", "a%0Ab"), ("%0A", "%250A")],
)
def test_github_escapes_what_would_end_a_line(text: str, escaped: str) -> None:
    said = as_github([Diagnostic("FP101", text, SPAN)])
    assert said.endswith(f"::{escaped}")


@given(st.lists(mistakes, max_size=4))
def test_no_text_makes_a_line_of_its_own(found: list[Diagnostic]) -> None:
    lines = as_github(found).split("\n") if found else []
    assert len(lines) == len(found)
    assert all(line.startswith("::") for line in lines)
    assert not any(category(char) == "Cc" for line in lines for char in line)


@given(st.lists(mistakes, max_size=4))
def test_json_and_sarif_give_every_text_back(found: list[Diagnostic]) -> None:
    said = json.loads(as_json(found))["diagnostics"]
    assert [each["message"] for each in said] == [each.message for each in found]
    results = json.loads(as_sarif(found))["runs"][0]["results"]
    assert len(results) == len(found)
