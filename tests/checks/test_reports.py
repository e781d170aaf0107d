"""What ``check`` found, for machines: nothing is lost."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from fingerpost.checks.reports.json import as_json
from fingerpost.model.diagnostics import Diagnostic, Severity, Span

sentences = st.text(max_size=40)
places = st.builds(Span, st.text(min_size=1, max_size=10), *(st.integers(1, 99) for _ in range(4)))
mistakes = st.builds(
    Diagnostic, st.just("FP101"), sentences, places, st.sampled_from(Severity), sentences
)


@given(st.lists(mistakes, max_size=4))
def test_json_gives_every_text_back_in_ascii(found: list[Diagnostic]) -> None:
    said = as_json(found)
    assert said.isascii()
    written = json.loads(said)["diagnostics"]
    assert [(e["message"], e["hint"], e["severity"]) for e in written] == [
        (each.message, each.hint, each.severity) for each in found
    ]
