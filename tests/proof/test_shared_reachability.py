"""One exploration for all proofs, against everybody who comes by any way there is."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise, permutations

import pytest

from fingerpost.model.base import replace
from fingerpost.model.facts import Facts
from fingerpost.model.graph import StepGraph
from fingerpost.model.library import Library
from fingerpost.model.tree import Answer, Rule, When
from fingerpost.proof.encoding import Encoding, Kinds
from fingerpost.proof.formula import ALWAYS, NEVER, All, Any, Formula, Not, Test, alternatives, both
from fingerpost.proof.formula_bdd import FormulaBdd
from fingerpost.proof.prover import Proofs
from fingerpost.proof.reachability import SharedReachability, reachable, shared_reachability
from fingerpost.proof.state_sets import LimitReached, StateSets, Work
from fingerpost.proof.transitions import BEGAN, Start
from fingerpost.proof.verdict import Claim, Status

from ..support import judging
from ..support.oracle import (
    HERE,
    MANY,
    NOTHING,
    VALUES,
    WORDS,
    any_expectation,
    any_trees,
    any_values,
    any_when,
    ending,
    holds,
    of_trees,
    question,
    target,
    tree,
    with_help,
)

ONE = Test(BEGAN, frozenset({"one"}))
EACH_VALUE = [Test(fact, frozenset({value})) for fact in VALUES for value in VALUES[fact]]


def any_formula(chance: random.Random, deep: int = 2) -> Formula:
    kind = chance.choice(["test", "all", "any", "not"]) if deep else "test"
    if kind == "test":
        if chance.random() < 0.1:
            return chance.choice([ALWAYS, NEVER, ONE])
        fact = chance.choice([*VALUES])
        return Test(fact, any_values(chance, fact))
    if kind == "not":
        return Not(any_formula(chance, deep - 1))
    parts = tuple(any_formula(chance, deep - 1) for _ in range(chance.randint(0, 3)))
    return All(parts) if kind == "all" else Any(parts)


def is_true(formula: Formula, facts: Facts) -> bool:
    match formula:
        case Test(fact, values):
            return not values.isdisjoint(facts.get(fact, ()))
        case All(parts):
            return all(is_true(part, facts) for part in parts)
        case Any(parts):
            return any(is_true(part, facts) for part in parts)
        case _:
            return not is_true(formula.part, facts)


def test_one_of_the_alternatives_is_true_where_a_formula_is() -> None:
    met_with = {True: 0, False: 0}
    for seed in range(5_000):
        chance = random.Random(500_000 + seed)
        formula = any_formula(chance, 3)
        facts = {fact: any_values(chance, fact) for fact in chance.sample([*VALUES], 2)}
        true = is_true(formula, facts)
        assert any(is_true(each, facts) for each in alternatives(formula)) == true, seed
        met_with[true] += 1
    assert min(met_with.values()) > 500, met_with


def test_a_condition_stays_before_what_is_wider() -> None:
    """It leaves few states of which the rest is asked."""
    young, one, other = (Test("age", frozenset({value})) for value in ("young", "one", "other"))
    wide = Any((one, other))
    assert alternatives(both(young, wide)) == (both(young, one), both(young, other))
    assert alternatives(both(young, Not(wide))) == (both(young, Not(wide)),)
    assert alternatives(both(young, Not(All((one, other))))) == (
        both(young, Not(one)),
        both(young, Not(other)),
    )
    assert alternatives(NEVER) == ()
    assert alternatives(ALWAYS) == (ALWAYS,)


def begin_anywhere(read: Library) -> Start:
    proofs = Proofs(read)
    return Start(proofs.map, proofs.beforehand)


def facts_at(read: Library, setting: Start) -> Mapping[int, list[Facts]]:
    """What is known of everybody at each ending, with where they began."""
    found: dict[int, list[Facts]] = {number: [] for number in setting.map.endings}
    for person in judging.everyone(read):
        number = setting.map.index(person.tree, person.outcome.name)
        found[number].append({**person.facts, BEGAN: frozenset({person.start})})
    return found


def kinds(tests: Iterable[Test], people: Iterable[Facts]) -> set[tuple[bool, ...]]:
    """As what sort of people some tests see them."""
    wanted = tuple(tests)
    return {tuple(is_true(test, facts) for test in wanted) for facts in people}


def told_apart(
    setting: Start, read: Mapping[int, Collection[str]] | None = None
) -> SharedReachability:
    all_ = {number: {*VALUES, BEGAN} for number in setting.map.endings}
    return shared_reachability(setting, frozenset(), read or all_, EACH_VALUE)


@pytest.mark.slow
def test_a_formula_is_true_of_somebody_if_it_is_of_one_by_one() -> None:
    """2,000 random libraries with formulas of every kind, and who exactly is meant by them."""
    met_with = {True: 0, False: 0}
    for seed in range(2_000):
        chance = random.Random(510_000 + seed)
        read = any_trees(chance)
        setting = begin_anywhere(read)
        found, people = told_apart(setting), facts_at(read, setting)
        alone = reachable(setting, [*EACH_VALUE, ONE])
        for number in setting.map.endings:
            formula = any_formula(chance)
            meant = [facts for facts in people[number] if is_true(formula, facts)]
            assert found.distinguishes([number], formula)
            assert found.intersects(found.at(number), formula) == bool(meant), seed
            assert found.intersects(*found.coarse_at([number], formula), formula) == bool(meant), (
                seed
            )
            assert alone.intersects(alone.at(number), formula) == bool(meant), seed
            wanted = chance.sample(EACH_VALUE, 3)
            known = found.known(found.at(number), formula, wanted)
            assert kinds(wanted, known) == kinds(wanted, meant), seed
            met_with[bool(meant)] += 1
    assert min(met_with.values()) > 500, met_with


def test_what_is_not_read_at_an_ending_is_not_told_there() -> None:
    """And what is, is told as if all were."""
    met_with = {True: 0, False: 0}
    for seed in range(1_500):
        chance = random.Random(520_000 + seed)
        read = any_trees(chance)
        setting = begin_anywhere(read)
        some = {n: {*chance.sample([*VALUES], 2)} for n in setting.map.endings}
        found, people = told_apart(setting, some), facts_at(read, setting)
        for number in setting.map.endings:
            formula = any_formula(chance, 1)
            told = found.distinguishes([number], formula)
            met_with[told] += 1
            if told:
                meant = any(is_true(formula, facts) for facts in people[number])
                assert found.intersects(*found.coarse_at([number], formula), formula) == meant, seed
    assert min(met_with.values()) > 500, met_with


def test_values_that_no_proof_tells_apart_are_not_told_apart() -> None:
    read = of_trees(
        tree("one", [question("a", MANY, dict.fromkeys(VALUES[MANY], "one/end")), ending("end")])
    )
    setting = begin_anywhere(read)
    [number] = setting.map.endings
    here = Test(MANY, frozenset({"here"}))
    found = shared_reachability(setting, frozenset(), {number: {MANY}}, [here])
    assert found.distinguishes([number], here)
    assert not found.distinguishes([number], Test(MANY, frozenset({"there"})))
    assert not found.distinguishes([number], both(here, Not(Test(MANY, frozenset({"there"})))))
    # Proofs then look for themselves.
    there = When(((MANY, frozenset({"there"})),))
    rule = Rule("r", None, there, NOTHING, NOTHING, span=HERE)
    assert Proofs(read).rule(rule).status is Status.PROVED


@pytest.mark.slow
def test_rules_of_a_library_and_of_its_trees_against_everybody() -> None:
    """1,500 random libraries with a rule of their own, of the library or of one tree."""
    met = dict.fromkeys(Status, 0)
    for seed in range(1_500):
        chance = random.Random(530_000 + seed)
        read = with_help(chance, any_trees(chance))
        expected = any_expectation(chance)
        sides = (expected, NOTHING) if chance.random() < 0.5 else (NOTHING, expected)
        rule = Rule("r", None, any_when(chance, 1), *sides, span=HERE)
        name = chance.choice([None, *read.trees])
        if name is None:
            read = replace(read, rules=(rule,))
        else:
            own = replace(read.trees[name], rules=(rule,))
            read = replace(read, trees={**read.trees, name: own})
        [(_, verdict)] = Proofs(read).verdicts
        meant = [
            person
            for person in judging.everyone(read)
            if rule.when.holds(person.facts) and name in (None, person.start, person.tree)
        ]
        assert verdict.endings == len({(p.tree, p.outcome.name) for p in meant}), seed
        breaking = [p.answers for p in meant if not holds(read, rule, p.outcome, p.facts)]
        met[verdict.status] += 1
        if breaking:
            assert verdict.status is Status.BROKEN, seed
            assert verdict.witness is not None
            assert len(verdict.witness.given) + len(verdict.witness.replies) == min(breaking), seed
        else:
            assert verdict.status is (Status.PROVED if meant else Status.NEVER_TESTED), seed
    assert min(met[state] for state in Status if state is not Status.NOT_DECIDED) > 80, met


def test_with_too_little_room_there_is_nobody() -> None:
    read = of_trees(
        tree("one", [question("a", MANY, dict.fromkeys(VALUES[MANY], "one/end")), ending("end")])
    )
    setting = begin_anywhere(read)
    [number] = setting.map.endings
    for most, enough in ((1, False), (2, False), (20, True)):
        found = shared_reachability(setting, frozenset(), {number: {MANY}}, EACH_VALUE, most)
        assert found.complete is enough, most


def test_however_often_somebody_is_looked_for_there_is_room() -> None:
    """Each search may need as many nodes as the exploration did."""
    values = [f"v{number}" for number in range(8)]
    facts = [f"f{number}" for number in range(8)]
    asked = [
        question(fact, fact, dict.fromkeys(values, f"one/{after}"))
        for fact, after in zip(facts, [*facts[1:], "end"], strict=True)
    ]
    read = of_trees(tree("one", [*asked, ending("end")]))
    setting = begin_anywhere(read)
    [number] = setting.map.endings
    each = [Test(fact, frozenset({value})) for fact in facts for value in values]
    found = shared_reachability(setting, frozenset(), {number: set(facts)}, each, node_budget=40)
    for test in each:
        known = [*found.known(found.at(number), test, [test])]
        assert known == [{test.fact: test.values}]


def test_a_formula_that_is_a_puzzle_is_asked_of_those_who_come() -> None:
    """As a diagram it would have a node for each choice of the first half of its facts."""
    facts = [f"{half}{number}" for half in "ab" for number in range(16)]
    asked = [
        question(fact, fact, {"yes": f"one/{after}"})
        for fact, after in zip(facts, [*facts[1:], "end"], strict=True)
    ]
    read = of_trees(tree("one", [*asked, ending("end")]))
    setting = begin_anywhere(read)
    [number] = setting.map.endings
    yes = {fact: Test(fact, frozenset({"yes"})) for fact in facts}
    puzzle = Any(tuple(both(yes[f"a{n}"], yes[f"b{n}"]) for n in range(16)))
    found = shared_reachability(setting, frozenset(), {number: set(facts)}, yes.values())
    with pytest.raises(LimitReached):
        FormulaBdd(found.encoding, StateSets(found.encoding.sizes, 200_000), 200_000, Work()).of(
            puzzle
        )
    for _ in range(2):
        assert found.intersects(found.at(number), puzzle)
        assert not found.intersects(found.at(number), Not(puzzle))


def test_a_question_that_takes_too_many_pairs_is_asked_of_those_who_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values = dict.fromkeys(VALUES["age"], "one/end")
    read = of_trees(tree("one", [question("a", "age", values), ending("end")]))
    setting = begin_anywhere(read)
    [number] = setting.map.endings
    young = Test("age", frozenset({"young"}))
    found = shared_reachability(setting, frozenset({"age"}), {}, [young])
    assert found.distinguishes([number], young)
    monkeypatch.setattr("fingerpost.proof.formula_bdd._FORMULA_BUDGET", 0)
    assert found.intersects(found.at(number), young)
    assert not found.intersects(found.at(number), both(young, Not(young)))


def test_on_a_long_way_nobody_is_lost() -> None:
    """What was worked out is given back now and then, and worked out again."""
    length = 2_500
    asked = [
        question(f"q{n}", f"f{n}", dict.fromkeys(("yes", "no"), f"one/q{n + 1}"))
        for n in range(length)
    ]
    read = of_trees(tree("one", [*asked, ending(f"q{length}")]))
    setting = begin_anywhere(read)
    [number] = setting.map.endings
    first, last = (Test(f"f{n}", frozenset({"yes"})) for n in (0, length - 1))
    found = shared_reachability(setting, frozenset({"f0", f"f{length - 1}"}), {}, [first, last])
    for formula in (first, last, both(first, last), both(first, Not(last)), Not(first)):
        assert found.intersects(found.at(number), formula)
    assert not found.intersects(found.at(number), both(first, Not(first)))


def test_all_formulas_together_have_a_limit_too() -> None:
    coding: Encoding = Encoding({fact: Kinds.each("xy") for fact in "abcdef"}, [])
    decisions = FormulaBdd(coding, StateSets(coding.sizes, 100), 4, Work())
    each = [
        both(Test(one, frozenset("x")), Test(other, frozenset("y")))
        for one, other in pairwise("abcdef")
    ]
    with pytest.raises(LimitReached):
        [*map(decisions.of, each)]


def test_diagrams_begin_anew_when_their_budget_is_spent(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many formulas are asked about, no later one is answered by listing who comes."""
    facts = [f"f{number}" for number in range(12)]
    asked = [
        question(fact, fact, dict.fromkeys(("yes", "no"), f"one/{after}"))
        for fact, after in zip(facts, [*facts[1:], "end"], strict=True)
    ]
    setting = begin_anywhere(of_trees(tree("one", [*asked, ending("end")])))
    [number] = setting.map.endings
    each = [Test(fact, frozenset({"yes"})) for fact in facts]
    found = shared_reachability(setting, frozenset(), {number: set(facts)}, each, 200)
    assert found.complete
    monkeypatch.setattr(SharedReachability, "_apart", None)
    for one, other, third in permutations(each, 3):
        assert found.intersects(found.at(number), both(one, Not(other), third))


def test_more_places_than_python_calls_deep_are_not_tried() -> None:
    many = [f"v{number}" for number in range(301)]
    asked = question("a", MANY, {})
    answers = tuple(Answer(v, WORDS, target("one/end"), alone=False, span=HERE) for v in many)
    read = of_trees(tree("one", [replace(asked, answers=answers), ending("end")]))
    setting = begin_anywhere(read)
    [number] = setting.map.endings
    each = [Test(MANY, frozenset({value})) for value in many]
    assert not shared_reachability(setting, frozenset(), {number: {MANY}}, each).complete
    assert shared_reachability(setting, frozenset(), {number: {MANY}}, each[:200]).complete
    # A proof that reads few of them is none the worse for it.
    chosen = {number: Claim(each[0], each[0])}
    for proofs in (Proofs(read), Proofs(read, node_budget=100)):
        doubts = proofs.doubts(chosen)
        assert (doubts.meant, doubts.doubtful, doubts.complete) == ({number}, {}, True)


def test_somebody_is_found_plainly_or_not_at_all() -> None:
    ways = {"red": "one/end", "blue": "one/end"}
    read = of_trees(tree("one", [question("a", "colour", ways), ending("end")]))
    red = Test("colour", frozenset({"red"}))
    when = When((("colour", frozenset({"red"})),))
    rule = Rule("r", None, when, NOTHING, NOTHING, span=HERE)
    for library in (read, replace(read, rules=(rule,))):  # without the rule nothing reads it
        proofs = Proofs(library)
        at = proofs.map.endings
        wanted = [(red, at), (both(red, Not(red)), at), (red, ()), (Not(red), at)]
        assert proofs.satisfiable(wanted) == {0, 3}
        assert Proofs(library, node_budget=1).satisfiable(wanted) == frozenset()


@pytest.mark.parametrize("start", ["one", "two"])
def test_where_people_began_is_known_to_the_last(start: str) -> None:
    ways = {"one": "two/", "two": "two/end"}
    trees = (
        tree("one", [question("a", "age", dict.fromkeys(VALUES["age"], ways["one"]))]),
        tree(
            "two",
            [question("b", "safe", dict.fromkeys(VALUES["safe"], ways["two"])), ending("end")],
        ),
    )
    setting = Start(StepGraph(of_trees(*trees), "one", "two"))
    [number] = setting.map.endings
    found = told_apart(setting)
    began = Test(BEGAN, frozenset({start}))
    asked_age = Test("age", frozenset(VALUES["age"]))
    assert found.intersects(found.at(number), began)
    assert found.intersects(found.at(number), both(began, asked_age)) == (start == "one")
