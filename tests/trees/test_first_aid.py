"""Pages for somebody who is hurt, held to what a first-aid trainer would look for first."""

from __future__ import annotations

import pytest

from fingerpost.model.tree import Outcome
from fingerpost.page.page import Page, page

from ..support.shipped import whole_library

HURT = "danger-hurt"
FIRST_OF_ALL = {
    "hurt": (
        "first-aid-not-breathing",
        "first-aid-on-the-side",
        "first-aid-bleeding",
        "held-by-the-neck",
    ),
    "swallowed": ("first-aid-swallowed", "first-aid-not-breathing", "first-aid-on-the-side"),
}
FIRST_AID = {line for lines in FIRST_OF_ALL.values() for line in lines}


def pages(teller: str, danger: str) -> list[Page]:
    """The pages for the hurt of every tree, before anything else is known."""
    library = whole_library()
    facts = {"teller": frozenset({teller}), "danger": frozenset({danger})}
    return [
        page(library, tree, outcome, {**facts, **library.gives(tree)})
        for tree in library.trees.values()
        if isinstance(outcome := tree.outcomes[HURT], Outcome)
    ]


@pytest.mark.parametrize("danger", FIRST_OF_ALL)
@pytest.mark.parametrize("teller", ["young-person", "parent", "staff"])
def test_whoever_is_hurt_reads_of_999_and_first_aid_before_any_helpline(
    teller: str, danger: str
) -> None:
    found = pages(teller, danger)
    assert len(found) > 15
    for each in found:
        assert "999" in each.instructions[0].text
        first = [line.name for line in each.instructions[:8]]
        assert "first-aid-not-breathing" in first, each.tree
        assert (each.lifeline, each.to_talk) == (None, ())


def test_the_table_names_a_symptom_once_and_the_help_that_it_needs() -> None:
    lines = {n: line for n, line in whole_library().advice.items() if line.help}
    assert {line.help for line in lines.values()} == {"999", "a-and-e"}
    for name in ("passed-out-or-chest-pain", "first-aid-swallowed", "a-knock-on-the-head"):
        assert lines[name].help == "999"
        assert lines[name].first
    for name in ("held-by-the-neck", "a-burn"):
        assert all("A&E" in text for text in lines[name].say.texts)
    assert not any("Press" in text for text in lines["a-burn"].say.texts)


def test_999_and_a_and_e_come_before_a_helpline_for_the_hurt_who_think_of_suicide() -> None:
    library = whole_library()
    tree = library.trees["not-coping"]
    outcome = tree.outcomes["hurt-now"]
    assert isinstance(outcome, Outcome)
    known = {"teller": "young-person", "danger": "none", "age": "13-15", "suicide": "thoughts"}
    facts = {fact: frozenset({answer}) for fact, answer in known.items()}
    said = [line.text for line in page(library, tree, outcome, facts).instructions]
    rung = next(n for n, text in enumerate(said) if text.startswith("Ring 999 or go to A&E now"))
    talked = next(n for n, text in enumerate(said) if "helpline" in text)
    assert rung < talked
    assert sum("battery" in text for text in said) == 1


@pytest.mark.parametrize("danger", FIRST_OF_ALL)
@pytest.mark.parametrize("teller", ["young-person", "parent", "staff"])
def test_first_aid_is_of_what_was_said_and_in_the_order_of_urgency(
    teller: str, danger: str
) -> None:
    for each in pages(teller, danger):
        if each.tree != "worried-about-a-friend":  # who says it in words of its own
            found = [line.name for line in each.instructions if line.name in FIRST_AID]
            assert found == list(FIRST_OF_ALL[danger]), each.tree


def test_whoever_is_with_somebody_ill_reads_of_999_before_any_helpline() -> None:
    library = whole_library()
    tree = library.trees["worried-about-a-friend"]
    outcome = tree.outcomes["friend-ill-or-took-something"]
    assert isinstance(outcome, Outcome)
    known = {"teller": "young-person", "danger": "none", "age": "13-15", "nation": "england"}
    read = page(library, tree, outcome, {f: frozenset({a}) for f, a in known.items()})
    assert "999" in read.instructions[0].text
    assert (read.lifeline, read.to_talk) == (None, ())
