"""FP312: where there is no room to decide, a check of paths says so, and calls nothing right."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from fingerpost.checks import registry, runner
from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Diagnostic, Severity
from fingerpost.model.library import Library
from fingerpost.model.tree import Advice, Always, Kind, When
from fingerpost.proof.boxes import LimitReached, Room
from fingerpost.proof.prover import Proofs
from fingerpost.reading.loader import load

from ..support.oracle import HERE, WORDS, ending, of_trees, question, tree

FIXTURES = Path(__file__).parents[1] / "fixtures"


def test_what_there_is_no_room_to_decide_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = load([FIXTURES / "mistakes" / "sound"], whole=True)
    monkeypatch.setattr(runner, "Proofs", lambda library: Proofs(library, Room(1)))
    checked = runner.check(reading, date(2026, 6, 15))
    [told] = [each for each in checked.mistakes if each.code == "FP312"]
    assert told.severity is Severity.ERROR
    assert "would tell apart more than 1 kinds of people" in told.message
    assert checked.verdicts == ()


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
def test_however_little_may_be_looked_at_no_mistake_is_missed_in_silence(check: str) -> None:
    find = import_module(f".structure.{check}", registry.__package__).find
    library = with_mistakes()
    every = [*find(Proofs(library))]
    assert every
    for most in range(1, 60):
        found: list[Diagnostic] = []
        with suppress(LimitReached):
            for mistake in find(Proofs(library, Room(most))):
                found.append(mistake)  # noqa: PERF402 - those before the room ends count
            assert found == every
        assert all(each in every for each in found)
