"""In a proof anything may have been typed: nothing, one kind of danger, or several."""

from __future__ import annotations

import pytest

from fingerpost.model.base import replace
from fingerpost.model.facts import WROTE
from fingerpost.model.library import Library
from fingerpost.model.tree import Advice, Always, Expectation, Kind, Rule, When
from fingerpost.proof.prover import Proofs
from fingerpost.proof.verdict import Status

from ..support.oracle import HERE, NOTHING, WORDS, ending, of_trees, question, tree

KNIFE = When(((WROTE, frozenset({"knife"})),))
FIGHT = When(((WROTE, frozenset({"fight"})),))
NEVER = When((("age", frozenset({"nobody"})),))
RULE = Rule("r", None, KNIFE, Expectation(advice=("leave-it",)), NOTHING, span=HERE)


def library(when: When, *unless: When) -> Library:
    """A library of one tree, which says a line to those for whom a condition holds."""
    line = Advice(Kind.DO, WORDS, name="leave-it", span=HERE)
    said = Always(when, unless, None, (line,), (), span=HERE)
    one = tree(
        "one", [question("age", "age", {"young": "one/end", "old": "one/end"}), ending("end")]
    )
    typed = replace(question(WROTE, WROTE, {"knife": "", "fight": ""}), many=True)
    found = of_trees(one)
    return replace(found, always=(said,), questions={**found.questions, WROTE: typed})


def test_a_rule_holds_whatever_was_typed() -> None:
    proofs = Proofs(library(KNIFE))
    assert proofs.rule(RULE).status is Status.PROVED


@pytest.mark.parametrize(
    ("when", "unless", "typed"),
    [(NEVER, (), {"knife"}), (FIGHT, (), {"knife"}), (KNIFE, (FIGHT,), {"knife", "fight"})],
)
def test_what_breaks_it_is_found_with_what_was_typed(
    when: When, unless: tuple[When, ...], typed: set[str]
) -> None:
    verdict = Proofs(library(when, *unless)).rule(RULE)
    assert verdict.status is Status.BROKEN
    assert verdict.witness is not None
    assert verdict.witness.given == {WROTE: typed}
