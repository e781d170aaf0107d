"""Boxes against everybody who comes by any way there is: who is meant by a formula, and how."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from fingerpost.model.base import replace
from fingerpost.model.tree import Advice, Expectation, Kind, Rule, When
from fingerpost.proof.boxes import LimitReached, Room
from fingerpost.proof.formula import ALWAYS, Test
from fingerpost.proof.prover import Proofs
from fingerpost.proof.verdict import Claim, Status

from ..support.oracle import HERE, NOTHING, WORDS, ending, of_trees, question, tree


@pytest.mark.parametrize("missing", [False, True])
def test_a_rule_that_a_million_kinds_of_people_keep_or_few_break(*, missing: bool) -> None:
    """20 facts that all matter at the only ending: of these lines everybody is shown just one."""
    chance = random.Random(7)
    facts = [f"fact{number}" for number in range(20)]
    asked = [
        question(fact, fact, dict.fromkeys(("yes", "no"), f"one/{after}"))
        for fact, after in pairwise([*facts, "end"])
    ]
    whens = [When()]
    for _ in range(5):  # each in two, by a fact of its own
        parted: list[When] = []
        for when in whens:
            fact = chance.choice([f for f in facts if f not in dict(when.tests)])
            parted += [When((*when.tests, (fact, frozenset({v})))) for v in ("yes", "no")]
        whens = parted
    chance.shuffle(whens)
    lines = tuple(Advice(Kind.DO, WORDS, (when,), name="line", span=HERE) for when in whens)
    end = replace(ending("end"), advice=lines[missing:])
    rule = Rule("r", None, When(), Expectation(advice=("line",)), NOTHING, span=HERE)
    proofs = Proofs(of_trees(tree("one", [*asked, end])))
    verdict = proofs.rule(rule)
    assert verdict.status is (Status.BROKEN if missing else Status.PROVED)
    if verdict.witness is not None:
        said = {
            fact: reply.values for fact, reply in zip(facts, verdict.witness.replies, strict=True)
        }
        assert whens[0].holds(said)
    assert proofs.room.most - proofs.room.left < 1_000


def test_with_too_little_room_nothing_is_claimed() -> None:
    ways = {"red": "one/end", "blue": "one/end"}
    read = of_trees(tree("one", [question("a", "colour", ways), ending("end")]))
    red = Test("colour", frozenset({"red"}))
    decided: list[bool] = []
    for most in range(12):
        proofs = Proofs(read, Room(most))
        [(number, _)] = proofs.endings
        try:
            decided.append(bool(proofs.doubts({number: Claim(ALWAYS, red)}).doubtful))
        except LimitReached:
            decided.append(False)
    assert decided == sorted(decided)
    assert {*decided} == {False, True}
    room = Room(2)
    room.take(1)
    with pytest.raises(LimitReached):
        room.take(1)
