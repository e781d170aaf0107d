"""Small random libraries, and an oracle: a walker that takes every way there is, one by one."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations, product, takewhile
from typing import TypeAlias

from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Diagnostic, Span
from fingerpost.model.facts import WROTE, Facts
from fingerpost.model.library import Library
from fingerpost.model.route import Contract, Route
from fingerpost.model.sentence import Sentence, Urgency
from fingerpost.model.tree import (
    Advice,
    Always,
    Answer,
    CarryOn,
    Expectation,
    Kind,
    Need,
    Outcome,
    Question,
    Rule,
    Step,
    Target,
    Tree,
    When,
)
from fingerpost.page import visibility
from fingerpost.page.visibility import FIRST_SHOWN
from fingerpost.proof.witness import Witness
from fingerpost.walk.walk import Walk, fits

# A library by hand: as short as can be, each thing at a place of its own

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

Told: TypeAlias = Mapping[str, tuple[str, ...]]
"""The values of facts of which one, or none, may be known beforehand."""


def spot(name: str) -> Span:
    """A place that nothing else has, by which a mistake that is reported there is known."""
    return Span.start_of(name)


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


def fork(name: str, when: When, ways: list[str]) -> Question:
    """A step that asks nothing: those for whom its condition holds go one way, others another."""
    (fact, values), *_ = when.tests
    asked = question(name, fact, dict.fromkeys(sorted(values), ways[0]))
    return replace(asked, when=when, otherwise=target(ways[1]), shared=True, fork=True)


def ending(name: str, on: CarryOn | None = None) -> Outcome:
    return Outcome(name, WORDS, Urgency.INFO, WORDS, (), (), carry_on=on, span=HERE)


def tree(name: str, steps: list[Step], given: Facts | None = None) -> Tree:
    placed = [replace(step, span=spot(f"{name}/{step.name}")) for step in steps]
    return Tree(
        name=name,
        title=WORDS,
        about=WORDS,
        review_by=date(2027, 1, 1),
        sources={},
        given=given or {},
        start=steps[0].name,
        questions={s.name: s for s in placed if isinstance(s, Question)},
        outcomes={s.name: s for s in placed if isinstance(s, Outcome)},
        span=spot(name),
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


def any_condition(chance: random.Random) -> When:
    """Who is asked a question: it reads a fact or two."""
    facts = chance.sample(sorted(VALUES), chance.randint(1, 2))
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
        asked = question(names[number], fact, goto)
        if chance.random() < 0.3:
            past = target(chance.choice(onward))
            asked = replace(asked, when=any_condition(chance), otherwise=past)
        elif chance.random() < 0.1:
            asked = fork(asked.name, any_condition(chance), chance.sample(onward, 2))
        steps.append(asked)
    steps += [ending(each) for each in ends]
    return tree(name, steps, any_given(chance, 0.2))


def any_needs(chance: random.Random) -> tuple[Need, ...]:
    wanted = chance.sample(["emergency", "talk", "report"], 2)
    return tuple(Need(need, None, any_when(chance, 1), span=HERE) for need in wanted)


def any_trees(chance: random.Random) -> Library:
    return of_trees(any_tree(chance, "one", "two/"), any_tree(chance, "two", ""))


def any_unless(chance: random.Random) -> tuple[When, ...]:
    return tuple(any_when(chance) for _ in range(chance.choice((0, 0, 0, 0, 1, 2))))


def any_route(chance: random.Random, name: str, instead: str) -> Route:
    serves = tuple(chance.sample(["emergency", "talk", "report"], chance.randint(1, 2)))
    return Route(
        name,
        WORDS,
        serves,
        any_contract(chance) if chance.random() < 0.5 else None,
        whens=(any_when(chance, 1),),
        unless=any_unless(chance),
        first=chance.random() < 0.2,
        instead=instead if chance.random() < 0.4 else "",
        hours={"phone": "24/7"} if chance.random() < 0.5 else {},
        unsure=frozenset({"hours.phone"}) if chance.random() < 0.2 else frozenset(),
        span=spot(name),
    )


def any_contract(chance: random.Random) -> Contract:
    """Whom a service says that it serves; nobody here is asked for their nation."""
    return Contract(any_values(chance, "age"), frozenset(), any_values(chance, "teller"))


def with_help(chance: random.Random, trees: Library) -> Library:
    """Routes, what is always added, and how urgent each ending is and what it says and needs."""
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
        placed(any_needs(chance)[:1], "always"),
        span=spot("always"),
    )
    told = {
        tree.name: replace(
            tree,
            outcomes={
                name: replace(
                    outcome,
                    urgency=chance.choice([Urgency.INFO, Urgency.SOON, Urgency.TODAY]),
                    advice=(any_line(chance),),
                    needs=placed(any_needs(chance), f"{tree.name}/{name}"),
                )
                for name, outcome in tree.outcomes.items()
            },
        )
        for tree in trees.trees.values()
    }
    return replace(trees, trees=told, routes=routes, advice=LINES, always=(entry,))


def placed(needs: tuple[Need, ...], where: str) -> tuple[Need, ...]:
    return tuple(replace(need, span=spot(f"{where}/{need.need}")) for need in needs)


def any_line(chance: random.Random) -> Advice:
    whens = (any_when(chance, 1), any_when(chance, 1))
    return replace(LINES[chance.choice(["l0", "l1"])], whens=whens, unless=any_unless(chance))


LINES = {
    name: Advice(Kind.DO, WORDS, name=name, first=name == "l0", span=HERE) for name in ("l0", "l1")
}


def any_expectation(chance: random.Random) -> Expectation:
    match chance.randrange(7):
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
        case 5:
            return Expectation(top=(chance.choice(["l0", "l1"]),))
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
    read: Library, start: str, beforehand: Told
) -> Iterator[tuple[str, Outcome, Facts, int]]:
    """Every arrival at an ending, by every way, with all that is known there."""
    only_asked = {fact for fact, asked in read.questions.items() if asked.always_ask}
    for told in product(*((None, *values) for values in beforehand.values())):
        known = zip(beforehand, told, strict=True)
        given = {fact: frozenset({value}) for fact, value in known if value}
        waiting = [(start, "", given, len(given))]
        while waiting:
            name, place, facts, answers = waiting.pop()
            here = read.trees[name]
            step = here.step(place)
            assert step is not None
            facts = {**facts} | {f: v for f, v in here.given.items() if f not in only_asked}
            if isinstance(step, Outcome):
                yield name, step, facts, answers
                if step.carry_on is not None:
                    goto, facts = step.carry_on.goto, {**facts, **step.carry_on.sets}
                    waiting.append((goto.tree, goto.step, facts, answers + 1))
                continue
            if not all(facts.get(fact, set()) & wanted for fact, wanted in step.when.tests):
                assert step.otherwise is not None
                waiting.append((step.otherwise.tree, step.otherwise.step, facts, answers))
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


def replay(read: Library, way: Witness) -> Walk:
    """Walk as a witness says."""
    walk = Walk.begin(read, way.tree, way.given)
    for reply in way.replies:
        assert walk.here.name == reply.step
        assert walk.tree.name == reply.tree
        walk = walk.answer(reply.values) if reply.values else walk.carry_on()
    return walk


def holds(read: Library, rule: Rule, outcome: Outcome, facts: Facts) -> bool:
    """Whether a page keeps a rule, from all that is known of a person."""
    served = [each.routes for each in visibility.served(read, outcome, facts)]
    lines = list(visibility.lines(read, outcome, facts))
    there = {
        "need": set(visibility.needs(read, outcome, facts)),
        "advice": {line.name for line in lines},
        "top": {line.name for line in takewhile(lambda line: line.first, lines)},
        "outcome": {outcome.name},
        "first": {routes[0].name for routes in served[:1]},
    }
    must = {"route": {route.name for routes in served for route in routes[:FIRST_SHOWN]}} | there
    never = {"route": {route.name for routes in served for route in routes}} | there
    here = visibility.urgency(read, outcome, facts)
    return (
        all(not (want := getattr(rule.must, key)) or set(want) & got for key, got in must.items())
        and not any(set(getattr(rule.never, key)) & got for key, got in never.items())
        and (rule.must.urgency is None or here >= rule.must.urgency)
        and (rule.never.urgency is None or here < rule.never.urgency)
    )


# What a mistake says, by words alone


def sayings(read: Library, words: tuple[str, ...]) -> Iterator[tuple[Walk, int]]:
    """Every walk that says just these words, with how many answers it takes.

    The first words may have been known beforehand. Going on from an ending may say nothing.
    """
    for start in read.trees:
        for told in range(len(words) + 1):
            given = dict(_said(word) for word in words[:told])
            if not given.keys() <= {WROTE, "teller", "nation"}:
                break
            yield from _saying(Walk.begin(read, start, given), words[told:], told)


def _saying(walk: Walk, words: tuple[str, ...], told: int) -> Iterator[tuple[Walk, int]]:
    here = walk.here
    if not words:
        yield walk, told + len(walk.replies)
    if isinstance(here, Question):
        fact, values = _said(words[0]) if words else ("", frozenset())
        if fact == here.fact and fits(here, values):
            yield from _saying(walk.answer(values), words[1:], told)
    elif here.carry_on is not None:
        sets = here.carry_on.sets
        if dict(map(_said, words[: len(sets)])) == sets:
            yield from _saying(walk.carry_on(), words[len(sets) :], told)


def _said(word: str) -> tuple[str, frozenset[str]]:
    fact, _, values = word.partition("=")
    return fact, frozenset(values.split(","))


# People at random, for libraries of which nobody could take every way


def any_walk(chance: random.Random, read: Library, given: Facts | None = None) -> Walk:
    """Somebody who answers at random until an ending, and may go on from there."""
    walk = Walk.begin(read, chance.choice([*read.trees]), given)
    while True:
        here = walk.here
        if isinstance(here, Question):
            walk = walk.answer(any_reply(chance, here))
        elif here.carry_on is not None and chance.random() < 0.5:
            walk = walk.carry_on()
        else:
            return walk


def any_reply(chance: random.Random, asked: Question) -> list[str]:
    """One answer, or two that may be chosen together."""
    together = [answer.value for answer in asked.answers if not answer.alone]
    if asked.many and len(together) > 1 and chance.random() < 0.5:
        return chance.sample(together, 2)
    return [chance.choice(asked.values)]


def replayed(library: Library, mistake: Diagnostic, tree: str) -> Walk:
    """Walk from the start of a tree as the witness of a mistake says, by facts alone."""
    walk = Walk.begin(library, tree)
    for word in mistake.witness:
        fact, _, values = word.partition("=")
        if isinstance(walk.here, Outcome):
            on = walk.here.carry_on
            walk = walk.carry_on()
            if on is not None and fact in on.sets:
                continue
        assert isinstance(walk.here, Question)
        assert walk.here.fact == fact
        walk = walk.answer(values.split(","))
    here = walk.here
    if isinstance(here, Outcome) and here.carry_on is not None and not here.carry_on.sets:
        there = f"“{walk.tree.name}/{here.name}”" in mistake.message
        return walk if there else walk.carry_on()  # to go on and set nothing says nothing
    return walk


def ending_of(mistake: Diagnostic) -> tuple[str, str]:
    """The tree and the step that a message names as “tree/step”."""
    place = next(part for part in mistake.message.split("“") if "/" in part.split("”")[0])
    tree, _, step = place.split("”")[0].partition("/")
    return tree, step
