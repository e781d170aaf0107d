"""FP312: where there is no room to decide, a check of paths says so, and calls nothing right."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from fingerpost.checks import registry
from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Severity
from fingerpost.model.library import Library
from fingerpost.model.tree import Advice, Always, Kind, When
from fingerpost.proof.boxes import Room
from fingerpost.proof.prover import Proofs
from fingerpost.reading.loader import load

from ..support.oracle import HERE, WORDS, ending, of_trees, question, tree

FIXTURES = Path(__file__).parents[1] / "fixtures"
OPEN = {
    "structure.never_shown": "whether anybody is shown this line",
    "structure.never_asked": "whether anybody is asked “safe”",
    "safety.rules": "whether the rule “danger-first” is kept",
    "safety.unserved": "whether the need “emergency” is always served",
    "safety.contracts": "whether “police” keeps its contract",
    "safety.open_at_night": "whether somebody answers at night",
    "safety.danger_first": "whether 999 comes first for who is not safe",
    "safety.named_services": "whether “line” is named only to those whom it serves",
    "safety.absent_services": "whether “line” stands on every page that names it",
}
"""What each leaves open of a small library."""


@pytest.mark.parametrize("check", OPEN)
def test_what_there_is_no_room_to_decide_is_an_error(check: str) -> None:
    library = load([FIXTURES / "mistakes" / "sound"], whole=True).library
    found = import_module(f".{check}", registry.__package__).find(Proofs(library, Room(1)))
    left_open = [mistake for mistake in found if mistake.code == "FP312"]
    assert {mistake.severity for mistake in left_open} == {Severity.ERROR}
    assert [m.message for m in left_open if m.message.startswith(OPEN[check], 18)] != []
    assert "would tell apart more than 1 kinds of people" in left_open[0].message


def when(**facts: str) -> When:
    return When(tuple((fact, frozenset({value})) for fact, value in facts.items()))


def line(*whens: When) -> Advice:
    return Advice(Kind.DO, WORDS, whens, span=HERE)


def with_mistakes() -> Library:
    """A question about a fact that is asked before, a line that nobody is shown, an ending with
    nothing for some, and a door to a tree that is for others."""
    sure = {"young": "two/", "old": "one/again", "not-sure": "one/safe"}
    advice = (line(when(age="young", safe="yes")), line(when(age="old", safe="yes")))
    one = [
        question("age", "age", sure),
        question("safe", "safe", {"yes": "one/again", "no": "one/other"}),
        question("again", "age", {"young": "one/end", "old": "one/end", "not-sure": "one/other"}),
        replace(ending("end"), advice=advice),
        ending("other"),
    ]
    two = [question("age", "age", {"young": "two/end"}), ending("end")]
    given = {"safe": frozenset({"no"}), "age": frozenset({"old"})}
    entry = Always(when(safe="no"), (), None, (line(),), (), span=HERE)
    return replace(of_trees(tree("one", one), tree("two", two, given)), always=(entry,))


@pytest.mark.parametrize(
    "check", ["never_shown", "never_asked", "no_advice", "ambiguous_facts", "tree_links"]
)
def test_however_little_may_be_looked_at_a_mistake_is_never_called_none(check: str) -> None:
    find = import_module(f".structure.{check}", registry.__package__).find
    library = with_mistakes()
    known = {mistake.code for mistake in find(Proofs(library))}
    assert known
    assert "FP312" not in known
    for most in range(1, 60):
        found = {mistake.code for mistake in find(Proofs(library, Room(most)))}
        assert found
        assert found <= {*known, "FP312"}
        assert most > 1 or "FP312" in found
