"""Exploring a tree against an oracle: a walker that takes every way there is, one by one."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from typing import TypeAlias

import pytest

from fingerpost import library as files
from fingerpost import shown
from fingerpost.conditions import ALWAYS, Facts, When
from fingerpost.diagnostics import Span
from fingerpost.explore import Arrival, Explored, Map, Test, explore
from fingerpost.model import (
    Advice,
    Always,
    Answer,
    CarryOn,
    Expectation,
    Kind,
    Library,
    Need,
    Outcome,
    Question,
    Route,
    Rule,
    Sentence,
    Step,
    Target,
    Tree,
    Urgency,
)
from fingerpost.page import FIRST_SHOWN
from fingerpost.proofs import Proofs, State, Way
from fingerpost.walk import Walk

HERE = Span.start_of("random.yaml")
WORDS = Sentence("Words", span=HERE)
NOTHING = Expectation()

VALUES: Mapping[str, tuple[str, ...]] = {
    "age": ("young", "old", "not-sure"),
    "safe": ("yes", "no"),
    "where": ("here", "there", "nowhere"),
    "teller": ("me", "you"),
}
MANY = "where"
ALONE = "nowhere"
ALWAYS_ASK = "safe"

Kinds: TypeAlias = dict[tuple[object, ...], int]
"""What was met at an ending, as far as it is read, with the fewest answers that lead there."""


def target(place: str) -> Target:
    tree, _, step = place.rpartition("/")
    return Target(tree, step, span=HERE)


def question(name: str, fact: str, goto: Mapping[str, str]) -> Question:
    answers = tuple(
        Answer(value, WORDS, target(place), alone=value == ALONE, span=HERE)
        for value, place in goto.items()
    )
    always_ask = fact == ALWAYS_ASK
    return Question(
        name, fact, WORDS, None, None, answers, fact == MANY, always_ask=always_ask, span=HERE
    )


def ending(name: str, on: CarryOn | None = None) -> Outcome:
    return Outcome(name, WORDS, Urgency.INFO, WORDS, (), (), None, on, span=HERE)


def tree(name: str, steps: list[Step], given: Facts | None = None) -> Tree:
    return Tree(
        name=name,
        title=WORDS,
        about=WORDS,
        review_by=date(2027, 1, 1),
        reviewed=None,
        sources={},
        given=given or {},
        start=steps[0].name,
        questions={s.name: s for s in steps if isinstance(s, Question)},
        outcomes={s.name: s for s in steps if isinstance(s, Outcome)},
        span=HERE,
    )


SHARED = {
    fact: question(fact, fact, dict.fromkeys(values, "one/")) for fact, values in VALUES.items()
}


def of_trees(*trees: Tree) -> Library:
    return Library(
        trees={tree.name: tree for tree in trees},
        questions=SHARED,
        advice={},
        always=(),
        needs={},
        words={},
        routes={},
    )


# Random libraries


def any_values(chance: random.Random, fact: str) -> frozenset[str]:
    values = VALUES[fact]
    return frozenset(chance.sample(values, chance.randint(1, len(values) - 1)))


def any_when(chance: random.Random, most: int = 2) -> When:
    facts = chance.sample(sorted(VALUES), chance.randint(0, most))
    return When(tuple((fact, any_values(chance, fact)) for fact in facts))


def any_answer(chance: random.Random, fact: str) -> frozenset[str]:
    """One value, or several of a fact that may have them."""
    if fact == MANY and chance.random() < 0.5:
        return frozenset({"here", "there"})
    return frozenset({chance.choice(VALUES[fact])})


def any_given(chance: random.Random, likely: float) -> dict[str, frozenset[str]]:
    if chance.random() > likely:
        return {}
    return {fact: any_answer(chance, fact) for fact in chance.sample(sorted(VALUES), 1)}


def any_tree(chance: random.Random, name: str, door: str) -> Tree:
    """Two to five questions and two endings, that lead onward only; ``door`` is a way out."""
    count = chance.randint(2, 4)
    ends = ["f0", "f1"]
    names = [*(f"q{n}" for n in range(count)), *ends]
    steps: list[Step] = []
    for number in range(count):
        onward = [f"{name}/{each}" for each in names[number + 1 :]]
        if door and chance.random() < 0.2:
            onward.append(door)
        if number and chance.random() < 0.2:
            settled = any_given(chance, 0.6)
            on = CarryOn(WORDS, target(chance.choice(onward)), settled, span=HERE)
            steps.append(ending(names[number], on))
            continue
        fact = chance.choice(sorted(VALUES))
        offered = list(VALUES[fact])
        if len(offered) > 2 and chance.random() < 0.2:
            offered.remove(chance.choice(offered))
        # A question with many answers mostly has one way on, but need not.
        ways = chance.choices(onward, k=1 if fact == MANY and chance.random() < 0.7 else 3)
        goto = {value: chance.choice(ways) for value in offered}
        steps.append(question(names[number], fact, goto))
    steps += [ending(each) for each in ends]
    return tree(name, steps, any_given(chance, 0.2))


def any_needs(chance: random.Random) -> tuple[Need, ...]:
    wanted = chance.sample(["emergency", "talk", "report"], 2)
    return tuple(Need(need, None, any_when(chance, 1), span=HERE) for need in wanted)


def any_trees(chance: random.Random) -> Library:
    return of_trees(any_tree(chance, "one", "two/"), any_tree(chance, "two", ""))


def any_unless(chance: random.Random) -> When | None:
    return any_when(chance) if chance.random() < 0.2 else None


def any_route(chance: random.Random, name: str, instead: str) -> Route:
    serves = tuple(chance.sample(["emergency", "talk", "report"], chance.randint(1, 2)))
    return Route(
        name,
        WORDS,
        serves,
        None,
        whens=(any_when(chance, 1),),
        unless=any_unless(chance),
        first=chance.random() < 0.2,
        instead=instead if chance.random() < 0.4 else "",
        span=HERE,
    )


def with_help(chance: random.Random, trees: Library) -> Library:
    """Routes, what is always added, and lines of advice at each ending."""
    names = ["r0", "r1", "r2", "r3"]
    routes = {
        name: any_route(chance, name, names[number - 1] if number else "")
        for number, name in enumerate(names)
    }
    entry = Always(
        any_when(chance, 1),
        any_unless(chance),
        chance.choice([None, Urgency.TODAY]),
        (any_line(chance),),
        any_needs(chance)[:1],
        span=HERE,
    )
    told = {
        tree.name: replace(
            tree,
            outcomes={
                name: replace(outcome, advice=(any_line(chance),), needs=any_needs(chance))
                for name, outcome in tree.outcomes.items()
            },
        )
        for tree in trees.trees.values()
    }
    return replace(trees, trees=told, routes=routes, always=(entry,))


def any_line(chance: random.Random) -> Advice:
    whens = (any_when(chance, 1), any_when(chance, 1))
    return Advice(Kind.DO, WORDS, whens, any_unless(chance), chance.choice(["l0", "l1"]), span=HERE)


def any_expectation(chance: random.Random) -> Expectation:
    match chance.randrange(6):
        case 0:
            return Expectation(first=("r1",))
        case 1:
            return Expectation(route=("r0", "r2")[: chance.randint(1, 2)])
        case 2:
            return Expectation(need=("talk",))
        case 3:
            return Expectation(advice=("l0",))
        case 4:
            return Expectation(outcome=("f0",))
        case _:
            return Expectation(urgency=Urgency.TODAY)


# The oracle


def choices(asked: Question) -> Iterator[frozenset[str]]:
    for answer in asked.answers:
        yield frozenset({answer.value})
    if asked.many:
        together = [answer.value for answer in asked.answers if not answer.alone]
        for size in range(2, len(together) + 1):
            yield from map(frozenset, combinations(together, size))


def arrivals(
    read: Library, start: str, beforehand: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, Outcome, Facts, int]]:
    """Every arrival at an ending, by every way, with all that is known there."""
    for told in product(*((None, *values) for values in beforehand.values())):
        known = zip(beforehand, told, strict=True)
        given = {fact: frozenset({value}) for fact, value in known if value}
        waiting = [(start, "", given, len(given))]
        while waiting:
            name, place, facts, answers = waiting.pop()
            here = read.trees[name]
            step = here.step(place)
            assert step is not None
            facts = {**facts} | {f: v for f, v in here.given.items() if f != ALWAYS_ASK}
            if isinstance(step, Outcome):
                yield name, step, facts, answers
                if step.carry_on is not None:
                    goto, facts = step.carry_on.goto, {**facts, **step.carry_on.sets}
                    waiting.append((goto.tree, goto.step, facts, answers + 1))
                continue
            known_values = facts.get(step.fact, frozenset())
            over = next((a for a in step.answers if a.value in known_values), None)
            if over is not None:
                assert over.goto is not None
                waiting.append((over.goto.tree, over.goto.step, facts, answers))
                continue
            for chosen in choices(step):
                way = next(a.goto for a in step.answers if a.value in chosen)
                assert way is not None
                facts_then = {**facts, step.fact: chosen}
                waiting.append((way.tree, way.step, facts_then, answers + 1))


def fewest(
    met: Iterable[tuple[str, Outcome, Facts, int]],
) -> list[tuple[str, Outcome, Facts, int]]:
    """Those who know the same at the same ending once, with the fewest answers."""
    found: dict[object, tuple[str, Outcome, Facts, int]] = {}
    for each in met:
        key = (each[0], each[1].name, frozenset(each[2].items()))
        if key not in found or each[3] < found[key][3]:
            found[key] = each
    return list(found.values())


def told_apart(tests: tuple[Test, ...], facts: Facts) -> tuple[object, ...]:
    """What a proof can see: of each test whether the fact is known, and whether it holds."""
    return tuple(
        (test.fact in facts, not test.values.isdisjoint(facts.get(test.fact, ()))) for test in tests
    )


def by_brute_force(
    read: Library, start: str, tests: tuple[Test, ...], beforehand: Mapping[str, tuple[str, ...]]
) -> Kinds:
    found: Kinds = {}
    for name, outcome, facts, answers in arrivals(read, start, beforehand):
        kind = (name, outcome.name, *told_apart(tests, facts))
        found[kind] = min(answers, found.get(kind, answers))
    return found


def by_exploring(explored: Explored, tests: tuple[Test, ...]) -> Kinds:
    found: Kinds = {}
    for arrival in explored.arrivals:
        kind = (arrival.tree, arrival.outcome.name, *told_apart(tests, arrival.facts))
        found[kind] = min(arrival.answers, found.get(kind, arrival.answers))
    return found


def replay(read: Library, way: Way) -> Walk:
    """Walk as a witness says."""
    walk = Walk.begin(read, way.tree, way.given)
    for reply in way.replies:
        assert walk.here.name == reply.step
        assert walk.tree.name == reply.tree
        walk = walk.answer(reply.values) if reply.values else walk.carry_on()
    return walk


def must_replay(read: Library, start: str, explored: Explored, arrival: Arrival) -> None:
    way = Way(start, explored.given(arrival.state), explored.witness(arrival.state))
    walk = replay(read, way)
    assert (walk.tree.name, walk.here) == (arrival.tree, arrival.outcome)
    assert len(way.given) + len(way.replies) == arrival.answers


def test_the_same_arrivals_as_by_every_way_there_is() -> None:
    """18,000 random libraries: who arrives where, with what known, and by how few answers."""
    replayed = several = 0
    for seed in range(18_000):
        chance = random.Random(seed)
        read = any_trees(chance)
        facts = chance.sample(sorted(VALUES), chance.randint(0, 3))
        tests = tuple(Test(fact, any_values(chance, fact)) for fact in facts)
        beforehand = {"teller": VALUES["teller"]} if chance.random() < 0.3 else {}
        explored = explore(Map(read, "one"), tests, beforehand=beforehand)
        assert explored.complete
        assert by_exploring(explored, tests) == by_brute_force(read, "one", tests, beforehand), seed
        several += len(explored.arrivals) > 1
        if seed % 10 == 0:
            for arrival in explored.arrivals:
                must_replay(read, "one", explored, arrival)
                replayed += 1
    assert several > 9_000
    assert replayed > 3_000


def holds(read: Library, rule: Rule, outcome: Outcome, facts: Facts) -> bool:
    """Whether a page keeps a rule, from all that is known of a person."""
    served = [each.routes for each in shown.served(read, outcome, facts)]
    there = {
        "need": set(shown.needs(read, outcome, facts)),
        "advice": {line.name for line in shown.lines(read, outcome, facts)},
        "outcome": {outcome.name},
        "first": {routes[0].name for routes in served[:1]},
    }
    must = {"route": {route.name for routes in served for route in routes[:FIRST_SHOWN]}} | there
    never = {"route": {route.name for routes in served for route in routes}} | there
    here = shown.urgency(read, outcome, facts)
    return (
        all(not (want := getattr(rule.must, key)) or set(want) & got for key, got in must.items())
        and not any(set(getattr(rule.never, key)) & got for key, got in never.items())
        and (rule.must.urgency is None or here >= rule.must.urgency)
        and (rule.never.urgency is None or here < rule.never.urgency)
    )


def test_the_same_verdicts_as_by_every_way_there_is() -> None:
    """2,500 random libraries with a random rule: verdict, endings and the shortest witness."""
    met = dict.fromkeys(State, 0)
    for seed in range(2_500):
        chance = random.Random(100_000 + seed)
        read = with_help(chance, any_trees(chance))
        expected = any_expectation(chance)
        sides = (expected, NOTHING) if chance.random() < 0.5 else (NOTHING, expected)
        rule = Rule("r", None, any_when(chance, 1), *sides, span=HERE)
        proofs = Proofs(read)
        verdict = proofs.rule(rule)
        endings: set[tuple[str, str]] = set()
        shortest: int | None = None
        for start in read.trees:
            for name, outcome, facts, answers in fewest(arrivals(read, start, proofs.beforehand)):
                if rule.when.holds(facts):
                    endings.add((name, outcome.name))
                    if not holds(read, rule, outcome, facts):
                        shortest = min(answers, shortest if shortest is not None else answers)
        assert verdict.endings == len(endings), seed
        met[verdict.state] += 1
        if shortest is None:
            assert verdict.state is (State.PROVED if endings else State.NEVER_TESTED), seed
            continue
        assert verdict.state is State.BROKEN, seed
        assert verdict.way is not None
        assert len(verdict.way.given) + len(verdict.way.replies) == shortest, seed
        walk = replay(read, verdict.way)
        assert isinstance(walk.here, Outcome)
        assert rule.when.holds(walk.facts)
        assert not holds(read, rule, walk.here, walk.facts), seed
    assert min(met[state] for state in State if state is not State.NOT_DECIDED) > 100, met


def test_the_oracle_walks_as_a_walk_does() -> None:
    """What is left out by neither: the oracle's arrivals are those of all walks."""
    for seed in range(150):
        read = any_trees(random.Random(seed))
        found = set()
        waiting = [Walk.begin(read, "one")]
        while waiting:
            walk = waiting.pop()
            if isinstance(walk.here, Question):
                waiting += [walk.answer(chosen) for chosen in choices(walk.here)]
                continue
            known = frozenset(walk.facts.items())
            found.add((walk.tree.name, walk.here.name, known, len(walk.replies)))
            if walk.here.carry_on is not None:
                waiting.append(walk.carry_on())
        assert found == {
            (name, outcome.name, frozenset(facts.items()), answers)
            for name, outcome, facts, answers in arrivals(read, "one", {})
        }, seed


# What is forgotten, what is known, and where it stops


def ladder(length: int) -> Library:
    """Questions that each lead on by two answers: two to the power of their number of ways."""
    steps: list[Step] = [
        question(f"q{n}", f"fact{n}", {"yes": f"one/q{n + 1}", "no": f"one/q{n + 1}"})
        for n in range(length)
    ]
    steps.append(question(f"q{length}", "safe", {"yes": "one/end", "no": "one/end"}))
    return of_trees(tree("one", [*steps, ending("end")]))


def test_work_is_in_proportion_to_steps_and_not_to_ways() -> None:
    explored = explore(Map(ladder(2_000), "one"), [Test("safe", frozenset({"no"}))])
    assert explored.states == 2_000 + 1 + 2
    assert [arrival.answers for arrival in explored.arrivals] == [2_001, 2_001]
    assert len(explored.witness(explored.arrivals[0].state)) == 2_001


def test_more_states_than_allowed_are_no_proof() -> None:
    read = ladder(30)
    tests = [Test(f"fact{n}", frozenset({"yes"})) for n in range(30)]
    explored = explore(Map(read, "one"), tests, most=500)
    assert not explored.complete
    assert explored.states == 500
    rule = Rule(
        "all-yes",
        None,
        When(tuple((f"fact{n}", frozenset({"yes"})) for n in range(30))),
        Expectation(outcome=("end",)),
        NOTHING,
        span=HERE,
    )
    assert Proofs(read, most=500).rule(rule).state is State.NOT_DECIDED


def test_what_is_broken_is_broken_though_not_everything_was_looked_at() -> None:
    read = ladder(3)
    rule = Rule("r", None, ALWAYS, Expectation(outcome=("other",)), NOTHING, span=HERE)
    assert Proofs(read, most=5).rule(rule).state is State.BROKEN


def wide(count: int, *, one_way: bool = True) -> Library:
    """A question with so many answers of which any may be chosen together."""
    values = [f"v{n}" for n in range(count)]
    goto = {v: "one/end" if one_way or n else "one/other" for n, v in enumerate(values)}
    steps: list[Step] = [question("q", MANY, goto), ending("end"), ending("other")]
    return of_trees(tree("one", steps))


def test_answers_that_nothing_tells_apart_count_as_one() -> None:
    one = [Test(MANY, frozenset({"v0"}))]
    explored = explore(Map(wide(40), "one"), one)
    assert explored.complete
    assert len(explored.arrivals) == 3  # only v0, only others, both
    assert len(explore(Map(wide(40, one_way=False), "one"), []).arrivals) == 2


def test_too_many_answers_together_are_no_proof() -> None:
    each = [Test(MANY, frozenset({f"v{n}"})) for n in range(40)]
    explored = explore(Map(wide(40), "one"), each)
    assert not explored.complete
    assert len(explored.arrivals) == 40  # one answer at a time was looked at all the same
    one = [Test(MANY, frozenset({"v0"}))]
    assert not explore(Map(wide(40, one_way=False), "one"), one).complete


def two_questions() -> Library:
    steps: list[Step] = [
        question("teller", "teller", {"me": "one/safe", "you": "one/safe"}),
        question("safe", "safe", {"yes": "one/end", "no": "one/end"}),
        ending("end"),
    ]
    return of_trees(tree("one", steps))


def test_given_facts_are_not_asked_about_save_those_always_asked() -> None:
    given = {"teller": frozenset({"me"}), "safe": frozenset({"yes"})}
    tests = [Test("teller", frozenset({"me"})), Test("safe", frozenset({"yes"}))]
    explored = explore(Map(two_questions(), "one"), tests, given)
    told = frozenset({"me"})
    assert [arrival.facts for arrival in explored.arrivals] == [
        {"teller": told, "safe": frozenset({"yes"})},
        {"teller": told, "safe": frozenset({"no"})},
    ]
    assert [arrival.answers for arrival in explored.arrivals] == [2, 2]
    [reply] = explored.witness(explored.arrivals[0].state)
    assert reply.step == "safe"
    assert explored.given(explored.arrivals[0].state) == {"teller": told}


def test_what_may_be_known_beforehand_is_explored_both_ways() -> None:
    """Nobody asks for the age here: it is known only to whoever was told before."""
    age = [Test("age", frozenset({"young"}))]
    beforehand = {"age": VALUES["age"], "safe": VALUES["safe"]}
    explored = explore(Map(two_questions(), "one"), age, beforehand=beforehand)
    met = [(dict(arrival.facts), arrival.answers) for arrival in explored.arrivals]
    assert met == [
        ({}, 2),
        ({"age": frozenset({"young"})}, 3),
        ({"age": frozenset({"old"})}, 3),
    ]
    given = explore(Map(two_questions(), "one"), age, {"age": frozenset({"old"})})
    assert len(given.arrivals) == 1


def test_the_shortest_way_is_found_though_passing_over_costs_nothing() -> None:
    """A question that is passed over makes a way of more steps the shorter one."""
    steps: list[Step] = [
        question("a", "age", {"young": "one/b", "old": "one/c"}),
        question("b", "where", {"here": "one/end", "there": "one/end"}),
        question("c", "age", {"young": "one/b", "old": "one/d"}),
        question("d", "age", {"young": "one/b", "old": "one/end"}),
        ending("end"),
    ]
    read = of_trees(tree("one", steps))
    explored = explore(Map(read, "one"), [])
    [arrival] = explored.arrivals
    assert arrival.answers == 1
    assert [reply.step for reply in explored.witness(arrival.state)] == ["a"]


# Libraries with mistakes, which reading reports


def test_ways_that_lead_nowhere_are_left_out() -> None:
    nowhere = question("a", "age", {"young": "one/end", "old": "one/no", "not-sure": "no/no"})
    lost = replace(nowhere.answers[0], value="lost", goto=None)
    steps: list[Step] = [replace(nowhere, answers=(*nowhere.answers, lost)), ending("end")]
    read = of_trees(tree("one", steps))
    here = Map(read, "one")
    assert len(explore(here, []).arrivals) == 1
    assert here.index("one", "end") == 1
    with pytest.raises(KeyError):
        here.index("one", "no")


def test_a_tree_without_a_start_cannot_be_explored() -> None:
    read = of_trees(replace(two_questions().trees["one"], start="no"))
    with pytest.raises(KeyError):
        Map(read, "one")
    with pytest.raises(KeyError):
        Map(read, "two")
    assert Proofs(read).maps == {}


def test_a_circle_comes_to_an_end() -> None:
    steps: list[Step] = [
        question("a", "age", {"young": "one/b", "old": "one/end"}),
        question("b", "safe", {"yes": "one/a", "no": "one/end"}),
        ending("end"),
    ]
    explored = explore(Map(of_trees(tree("one", steps)), "one"), [Test("safe", frozenset({"no"}))])
    assert explored.complete
    assert {tuple(a.facts.get("safe", ())) for a in explored.arrivals} == {("no",), ()}


# The shipped library


@pytest.fixture(scope="module")
def trees() -> Library:
    return files.load([files.shipped()], whole=True).library


@pytest.mark.parametrize("name", ["image-shared", "threatened"])
def test_every_arrival_of_the_shipped_trees_has_a_witness_that_replays(
    trees: Library, name: str
) -> None:
    tests = [Test("safe", frozenset({"yes"})), Test("suicide", frozenset({"plan"}))]
    proofs = Proofs(trees)
    explored = explore(proofs.maps[name], tests, beforehand=proofs.beforehand)
    met = {arrival.outcome.name for arrival in explored.arrivals if arrival.tree == name}
    assert met == {*trees.trees[name].outcomes}
    for arrival in explored.arrivals:
        must_replay(trees, name, explored, arrival)
