"""The safety rules that ship: each is proved, and each breaks where what it asks for is gone.

What breaks a rule follows from the rule. Somebody whom it is about comes to an ending. There, and
in what is always added there, each thing that it asks for is taken away, and each that it forbids
is added. The proof must find it. Nobody writes that by hand, and a new rule is tried as it is.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

from fingerpost.cli.main import main
from fingerpost.model.base import field_names, grouped, replace
from fingerpost.model.facts import WROTE
from fingerpost.model.library import Library
from fingerpost.model.sentence import Urgency
from fingerpost.model.tree import (
    Advice,
    Always,
    Expectation,
    Kind,
    Need,
    Outcome,
    Rule,
    Target,
    Tree,
)
from fingerpost.page.visibility import Arrival, keeps
from fingerpost.proof.prover import Proofs
from fingerpost.proof.verdict import Status, Verdict
from fingerpost.reading.loader import shipped
from fingerpost.walk.autoplay import play_case
from fingerpost.walk.walk import Walk

from ..support.doctoring import layer
from ..support.oracle import WORDS, any_walk, sayings, spot
from ..support.sample import FIRST_TWO
from ..support.shipped import whole_library

pytestmark = pytest.mark.slow

EVERY_TREE = "every-tree"
NOTHING = Expectation()
IMPOSSIBLE = Expectation(outcome=("an-ending-that-no-tree-has",))
HERE = spot("spoilt.yaml")

Shows = TypeVar("Shows", Outcome, Always)


def named_rules(library: Library) -> dict[tuple[str, str], Rule]:
    """The rules by their tree, or EVERY_TREE, and their name."""
    of_trees = ((tree.name, rule) for tree in library.trees.values() for rule in tree.rules)
    every = (*((EVERY_TREE, rule) for rule in library.rules), *of_trees)
    return {(tree, rule.name): rule for tree, rule in every}


RULES = named_rules(whole_library())


def test_every_rule_says_why_and_has_a_name_of_its_own() -> None:
    """That each is proved is held to in ``test_shipped.py``."""
    assert [rule.name for rule in RULES.values() if rule.because is None] == []
    names = [name for _, name in RULES]
    assert sorted(names) == sorted(set(names))


# Each rule breaks where what it asks for is gone


def verdicts(
    library: Library, rules: Iterable[tuple[str, Rule]], starts: Iterable[str]
) -> list[tuple[Rule, Verdict]]:
    """What is proved of some rules, each with its tree, and of no others, for all who begin in some
    trees. Whatever is broken on some ways is broken on all."""
    of = grouped(rules)
    only = replace(
        library,
        rules=tuple(of.get(EVERY_TREE, ())),
        trees={n: replace(each, rules=tuple(of.get(n, ()))) for n, each in library.trees.items()},
    )
    proofs = Proofs(only)
    proofs.starts = tuple(starts)  # before anything is explored
    return list(proofs.verdicts)


def walk_of(library: Library, rule: Rule, verdict: Verdict) -> Walk | None:
    """The walk by which a proof shows that a rule is broken, walked: its page does break it."""
    if verdict.status is not Status.BROKEN:
        assert verdict.status in (Status.PROVED, Status.NEVER_TESTED)
        return None
    assert verdict.witness is not None
    assert verdict.arrival is not None
    words, place = verdict.witness.words(library), verdict.arrival.place
    walks = (walk for walk, _ in sayings(library, words))
    walk = next(walk for walk in walks if (walk.tree.name, walk.here.name) == place)
    assert rule.when.holds(walk.facts)
    assert is_broken(library, rule, walk)
    return walk


def is_broken(library: Library, rule: Rule, walk: Walk) -> bool:
    """Whether what a library shows where a walk ends breaks a rule."""
    ending = library.trees[walk.tree.name].outcomes[walk.here.name]
    return not keeps(library, rule, Arrival(walk.tree.name, ending, walk.facts))


@cache
def cases() -> list[Walk]:
    walks = (play_case(whole_library(), case) for case in whole_library().cases.values())
    return [walk for walk in walks if isinstance(walk.here, Outcome)]


def somebody(tree: str, rule: Rule) -> Walk:
    """The walk of a made-up person whom a rule is about; where there is none, of anybody: whatever
    they are shown, it cannot be this. First those who end in that tree, whose endings it names."""
    starts = [*whole_library().trees] if tree == EVERY_TREE else [tree]
    for walk in sorted(cases(), key=lambda each: each.tree.name != tree):
        if walk.start.tree in starts and rule.when.holds(walk.facts):
            return walk
    asks_too_much = replace(rule, must=IMPOSSIBLE, never=NOTHING)
    for start in starts:
        [(_, verdict)] = verdicts(whole_library(), [(tree, asks_too_much)], [start])
        if found := walk_of(whole_library(), asks_too_much, verdict):
            return found
    raise AssertionError(f"“{rule.name}” is about nobody")


def sides(rule: Rule) -> Iterator[Rule]:
    """What a rule asks for, then what it forbids. Which ending it is stands apart, as that is
    spoilt by leading elsewhere."""
    for side in ("must", "never"):
        told: Expectation = getattr(rule, side)
        for part in (replace(told, outcome=()), Expectation(outcome=told.outcome)):
            yield replace(rule, **{"must": NOTHING, "never": NOTHING, side: part})


def apart(rule: Rule) -> list[Rule]:
    """The rule for each kind of thing alone that it asks for, or that it forbids."""
    return [
        replace(rule, **{"must": NOTHING, "never": NOTHING, side: Expectation(**{name: value})})
        for side in ("must", "never")
        for name in field_names(Expectation)
        if (value := getattr(getattr(rule, side), name)) != getattr(NOTHING, name)
        if value is not Urgency.INFO  # every page is for that, or more
    ]


def spoilt(library: Library, demand: Rule, walk: Walk) -> Library:
    """The library in which one ending, and what is always added there for this reader, lack what a
    rule asks for; or in which that ending shows what it forbids."""
    must, never, name = demand.must, demand.never, walk.here.name
    tree = library.trees[walk.tree.name]
    ending = showing(library, never, without(library, must, tree.outcomes[name]))
    changed = replace(tree, outcomes={**tree.outcomes, name: ending})
    if must.outcome or never.outcome:
        others = (each for each in tree.outcomes if each not in must.outcome)
        changed = led_elsewhere(tree, name, next(iter(never.outcome or others)))
    always = library.always
    if must != NOTHING:
        always = tuple(
            without(library, must, each) if each.shown(walk.facts) else each for each in always
        )
    routes = dict(library.routes)
    for route in (*never.first, *never.route):
        routes[route] = replace(routes[route], whens=(), unless=(), first=True)
        for each in routes.values():
            if each.instead == route:
                routes[each.name] = replace(each, instead="")
    trees = {**library.trees, tree.name: changed}
    return replace(library, trees=trees, always=always, routes=routes)


def led_elsewhere(tree: Tree, ending: str, other: str) -> Tree:
    """A tree in which whoever came to one ending comes to another."""

    def target(goto: Target | None) -> Target | None:
        return replace(goto, step=other) if goto and goto.step == ending else goto

    questions = {
        name: replace(
            question,
            answers=tuple(replace(each, goto=target(each.goto)) for each in question.answers),
            otherwise=target(question.otherwise),
        )
        for name, question in tree.questions.items()
    }
    return replace(tree, questions=questions)


def without(library: Library, asked: Expectation, shows: Shows) -> Shows:
    """An ending, or what is always added, without what is asked for."""
    lines = {*asked.advice, *asked.top}
    served = (library.routes[name].serves for name in (*asked.first, *asked.route))
    needs = {*asked.need, *(need for each in served for need in each)}
    urgency = shows.urgency
    if asked.urgency is not None and urgency is not None and urgency >= asked.urgency:
        urgency = Urgency(max(asked.urgency - 1, 0))
    return replace(
        shows,
        urgency=urgency,
        advice=tuple(each for each in shows.advice if each.name not in lines),
        needs=tuple(each for each in shows.needs if each.need not in needs),
    )


def showing(library: Library, forbidden: Expectation, ending: Outcome) -> Outcome:
    """An ending that shows what is forbidden, too, to everybody."""
    lines = (*forbidden.advice, *forbidden.top)
    served = [library.routes[name].serves[0] for name in (*forbidden.first, *forbidden.route)]
    advice = tuple(Advice(Kind.DO, WORDS, name=each, first=True, span=HERE) for each in lines)
    needs = tuple(Need(each, span=HERE) for each in (*forbidden.need, *served))
    urgency = ending.urgency if forbidden.urgency is None else Urgency.NOW
    return replace(
        ending, advice=advice + ending.advice, needs=needs + ending.needs, urgency=urgency
    )


@cache
def people() -> dict[str, list[tuple[str, Rule, Walk]]]:
    """Every rule with its tree and a walk of somebody whom it is about, by where that begins."""
    walks = ((tree, rule, somebody(tree, rule)) for (tree, _), rule in RULES.items())
    return grouped((walk.start.tree, (tree, rule, walk)) for tree, rule, walk in walks)


def test_every_rule_asks_for_something() -> None:
    assert [name for name, rule in RULES.items() if not apart(rule)] == []


@pytest.mark.parametrize("start", whole_library().trees)
@pytest.mark.parametrize("side", range(4))
def test_each_rule_breaks_where_what_it_asks_for_is_gone(start: str, side: int) -> None:
    """On a page by what is spoilt for it alone; for the proof all are spoilt together, as none of
    them can mend another, and what is explored is the same for all."""
    library = whole_library()
    asked: list[tuple[str, Rule]] = []
    for tree, rule, walk in people().get(start, ()):
        demand = list(sides(rule))[side]
        alone = spoilt(whole_library(), demand, walk)
        if not (demand.must.outcome or demand.never.outcome):
            assert all(is_broken(alone, each, walk) for each in apart(demand)), rule.name
        asked += ((tree, each) for each in apart(demand))
        library = spoilt(library, demand, walk)
    found = verdicts(library, asked, [start])
    assert len(found) == len(asked)
    assert [r.name for r, verdict in found if not walk_of(library, r, verdict)] == []


# always.yaml: a rule misses each of its vital parts

LIFE = frozenset({"danger", "suicide", "friend-danger"})
"""Facts that tell of danger to life. What they bring is vital, as is what brings NOW: how urgent it
is, who answers, and the lines that a rule asks for by name."""

ANSWERING = frozenset({"emergency", "crisis-support"})

NOT_ASKED_FOR = frozenset(
    {
        "danger=suicide: now",
        "also=going-myself teller: emergency",
        "age=under-13 close-what suspect teller=young-person: now",
        "also=suicidal sent-what=swapped: now",
        "also=suicidal sent-what=swapped: emergency",
        # The ending of a friend in danger has it, too.
        "danger=suicide whose-danger=friend: now",
    }
)
"""Vital parts without which every rule is still proved: an ending or another part has the same, or
no rule asks for them yet. Whoever writes such a rule takes the part out of here."""


MANY = 60_000
"""Of the people at random: with so many, each part is missed by several."""


def vital_parts(library: Library) -> Iterator[tuple[str, Always, Expectation]]:
    """Each vital part of ``always.yaml`` by a name, with its entry, as what asks for it."""
    asked_for = {name for rule in RULES.values() for name in (*rule.must.advice, *rule.must.top)}
    for entry in library.always:
        if entry.urgency is not Urgency.NOW and LIFE.isdisjoint(dict(entry.when.tests)):
            continue
        whom = for_whom(entry)
        if entry.urgency is not None:
            name = entry.urgency.name.lower()
            yield f"{whom}: {name}", entry, Expectation(urgency=entry.urgency)
        for line in entry.advice:
            # Every ending tells the lead, too: here it is no more than a worker's second step.
            if line.name in asked_for and not line.name.startswith(("tell-lead", "tell-above")):
                yield f"{whom}: {line.name}", entry, Expectation(advice=(line.name,))
        for need in entry.needs:
            if need.need in ANSWERING:
                yield f"{whom}: {need.need}", entry, Expectation(need=(need.need,))


def for_whom(entry: Always) -> str:
    """The facts of a condition, with the value where there is only one."""
    return " ".join(
        f"{fact}={next(iter(values))}" if len(values) == 1 else fact
        for fact, values in sorted(entry.when.tests)
    )


PARTS = {name: (entry, part) for name, entry, part in vital_parts(whole_library())}


def asks_for(must: Expectation, part: Expectation) -> bool:
    """Whether what a rule asks for is among others this part."""
    routes = [whole_library().routes[name] for name in (*must.first, *must.route)]
    needs = {*must.need, *(need for route in routes for need in route.serves)}
    return (
        (part.urgency is not None and must.urgency is not None)
        or not {*must.advice, *must.top}.isdisjoint(part.advice)
        or not needs.isdisjoint(part.need)
    )


def anybody(chance: random.Random) -> Walk:
    """Somebody who answers at random, and may have typed something of danger before."""
    later = chance.choice([*whole_library().search.crisis.later])
    wrote = {WROTE: frozenset({later})}
    return any_walk(chance, whole_library(), wrote if chance.random() < 0.2 else None)


def test_each_vital_part_of_always_is_missed_when_it_is_gone() -> None:
    """On the page of somebody whom a rule is about, or of anybody: there it breaks a rule."""
    library, chance = whole_library(), random.Random(1)
    walks = [walk for found in people().values() for _, _, walk in found]
    walks += [anybody(chance) for _ in range(MANY)]
    kept: set[str] = set()
    for name, (entry, what) in PARTS.items():
        less = without(library, what, entry)
        always = tuple(less if each is entry else each for each in library.always)
        gone = replace(library, always=always)
        asking = [(at, rule) for (at, _), rule in RULES.items() if asks_for(rule.must, what)]
        if not any(
            rule.when.holds(walk.facts) and is_broken(gone, rule, walk)
            for walk in walks
            if entry.shown(walk.facts)
            for tree, rule in asking
            if tree in (EVERY_TREE, walk.start.tree, walk.tree.name)
        ):
            kept.add(name)
    assert kept == NOT_ASKED_FOR


# The command


def test_the_command_refuses_a_library_without_a_line_that_a_rule_rests_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asked of two trees alone, and of the rules for every tree, of which none is broken before
    the line is gone: the other trees would take a minute, and change nothing of it."""
    folder = shutil.copytree(
        shipped(), tmp_path / "trees", ignore=shutil.ignore_patterns("cases", "doors.yaml")
    )
    for file in folder.glob("*.yaml"):
        if file.stem not in ("rules", *FIRST_TWO):
            file.unlink()
    elsewhere = re.compile(rf"(?<=goto: )(?!(?:{'|'.join(FIRST_TWO)})/)[a-z-]+/[a-z-]+")
    for name in FIRST_TWO:  # who would go on to another tree goes on in these
        leads = (folder / f"{name}.yaml").read_text(encoding="utf-8")
        layer(folder, {f"{name}.yaml": elsewhere.sub("threatened/age", leads)})
    asked = ["check", str(folder / "rules.yaml"), "--trees", str(folder), "--only"]
    asked += ["--now", "2026-11-24"]
    assert main(asked) == 0
    said = capsys.readouterr().out
    assert "FP311" in said  # of those who are in other trees alone: the rules were tried
    assert "error FP" not in said
    text = (folder / "shared/always.yaml").read_text(encoding="utf-8")
    line = "      - use: ring-if-not-sure\n        when: {danger: not-sure}\n"
    assert line in text
    layer(folder, {"shared/always.yaml": text.replace(line, "")})
    assert main(asked) == 1
    said = capsys.readouterr().out
    assert "error FP310 the rule “not-sure-of-safety-rings-all-the-same” is broken" in said
    assert re.search("--given danger=not-sure", said)
