"""FP319: a service that a page names stands on that page, or its number does."""

from __future__ import annotations

from pathlib import Path

import pytest

from fingerpost.checks.safety import absent_services
from fingerpost.model.facts import Facts
from fingerpost.model.library import Library
from fingerpost.page.page import Page, page
from fingerpost.reading.loader import load

from ..support.checking import found_by

FILES = {
    "one.yaml": """
fingerpost: 1
title: One
about: One thing
review-by: 2027-05-31
start: teller
questions:
  teller: {use: teller, goto: safe}
  safe: {use: safe, goto: end}
outcomes:
  end:
    title: T
    urgency: soon
    open: O
    advice:
      - {do: "LINE", when: {safe: no}}
    needs: [talk]
""",
    "shared/questions.yaml": """
questions:
  teller:
    ask: Who?
    answers: {young-person: {say: Me}, parent: {say: Parent}, staff: {say: Worker}}
  safe: {ask: Safe?, answers: {yes: {say: "Yes"}, no: {say: "No"}}}
""",
    "shared/needs.yaml": "needs: {talk: {say: Talk}, report: {say: Report}}",
    "routes/uk.yaml": """
routes:
  line: {name: The Line, serves: [talk], phone: "0800 1111"}
  other: {name: The Form, serves: [report], OTHER}
""",
}
FORM = "web: https://example.org/a/form"


def read(folder: Path, line: str, other: str = FORM, needs: str = "[talk]") -> Library:
    for name, text in FILES.items():
        text = text.replace("LINE", line).replace("OTHER", other)
        text = text.replace("needs: [talk]", f"needs: {needs}")
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    reading = load([folder])
    assert reading.mistakes == ()
    return reading.library


def ending(library: Library, teller: str) -> Page:
    tree = library.trees["one"]
    facts: Facts = {"teller": frozenset({teller}), "safe": frozenset({"no"})}
    return page(library, tree, tree.outcomes["end"], facts)


def test_a_service_that_is_named_and_not_on_the_page(tmp_path: Path) -> None:
    [mistake] = found_by(absent_services, read(tmp_path, "Use {route:other}."))
    assert mistake.code == "FP319"
    assert "“other” is named, but is not on the page" in mistake.message
    assert "safe=no" in str(mistake.witness)


@pytest.mark.parametrize(
    ("line", "other", "needs"),
    [
        ("Ring {route:line}.", FORM, "[talk]"),
        ("Use {route:other}.", FORM, "[talk, report]"),
        ("Use {route:other}.", FORM, "[talk, {need: report, when: {safe: no}}]"),
        ("Ring {route:other}.", 'phone: "0808 2000 247"', "[talk]"),
        ("Use {route:other}.", "web: https://www.example.org", "[talk]"),
        ("Tell {route:other}.", "who: Someone near.", "[talk]"),
    ],
)
def test_it_stands_on_the_page_or_its_number_in_the_sentence(
    tmp_path: Path, line: str, other: str, needs: str
) -> None:
    assert found_by(absent_services, read(tmp_path, line, other, needs)) == ()


@pytest.mark.parametrize("other", [FORM, 'phone: "0808 2000 247"', "who: Someone near."])
def test_nor_may_it_be_kept_from_who_reads_of_it(tmp_path: Path, other: str) -> None:
    """As the lead is from whoever is worried about the lead."""
    kept = f"{other}, unless: {{safe: no}}"
    needs = "[talk, report]"
    [mistake] = found_by(absent_services, read(tmp_path, "Tell {route:other}.", kept, needs))
    assert mistake.code == "FP319"


def test_a_number_goes_into_the_sentence_where_it_is_nowhere_else(tmp_path: Path) -> None:
    ring = "Ring {route:line}, then {route:other}."
    library = read(tmp_path, ring, 'phone: "0808 2000 247"')
    [line] = ending(library, "parent").instructions
    assert line.text == "Ring the Line, then the Form (0808 2000 247)."
    library = read(tmp_path, ring, 'phone: "0808 2000 247"', "[talk, report]")
    [line] = ending(library, "parent").instructions
    assert line.text == "Ring the Line, then the Form."


def test_a_child_is_given_no_number_that_is_not_sure(tmp_path: Path) -> None:
    unsure = 'phone: "0808 2000 247", web: https://www.example.org, unsure: [phone]'
    library = read(tmp_path, "Ring {route:other}.", unsure)
    [line] = ending(library, "young-person").instructions
    assert line.text == "Ring the Form (example.org)."
    [line] = ending(library, "staff").instructions
    assert line.text == "Ring the Form (0808 2000 247)."
