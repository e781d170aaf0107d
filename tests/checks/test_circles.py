"""FP301: ways may part and meet again, and never lead round in a circle."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from itertools import pairwise

from fingerpost.checks.structure import circles
from fingerpost.model.diagnostics import Span
from fingerpost.model.library import Library
from fingerpost.model.sentence import Sentence, Urgency
from fingerpost.model.tree import Answer, CarryOn, Outcome, Question, Step, Target, Tree

from ..support.checking import found_by

find = partial(found_by, circles)

Graph = Mapping[str, Sequence[str]]
"""Steps and where they lead. A step whose name begins with E is an ending with a way on."""


class Lines:
    """Places, each in a line of its own, and what stands there."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def add(self, name: str) -> Span:
        self.names.append(name)
        return Span("trees.yaml", len(self.names), 1, len(self.names), 2)

    def __getitem__(self, span: Span) -> str:
        return self.names[span.line - 1]


def say(span: Span) -> Sentence:
    return Sentence("Words", span=span)


def library(lines: Lines | None = None, start: str = "a", **trees: Graph) -> Library:
    """A library of trees that lead on as drawn; ``tree/step`` is a door."""
    lines = lines or Lines()
    read = {}
    for name, graph in trees.items():
        steps = [_step(lines, name, step, onward) for step, onward in graph.items()]
        read[name] = Tree(
            name=name,
            title=say(lines.add(name)),
            about=say(lines.add(name)),
            review_by=date(2027, 1, 1),
            sources={},
            given={},
            start=start,
            questions={s.name: s for s in steps if isinstance(s, Question)},
            outcomes={s.name: s for s in steps if isinstance(s, Outcome)},
            span=lines.add(name),
        )
    return Library(trees=read, questions={}, advice={}, always=(), needs={}, words={}, routes={})


def _step(lines: Lines, tree: str, name: str, onward: Sequence[str]) -> Step:
    place = lines.add(name)
    targets = []
    for way in onward:
        other, door, step = way.rpartition("/")
        targets.append(Target(other if door else tree, step, span=lines.add(f"{name}->{way}")))
    if name.startswith("E"):
        carry_on = CarryOn(say(place), targets[0], {}, span=place) if targets else None
        words = say(place)
        return Outcome(name, words, Urgency.INFO, words, (), (), carry_on=carry_on, span=place)
    answers = tuple(
        Answer(f"v{n}", say(place), target, span=target.span) for n, target in enumerate(targets)
    )
    return Question(name, name, say(place), None, None, answers, span=place)


def test_a_very_long_way_is_no_trouble_and_takes_time_in_proportion() -> None:
    """No recursion; and that each step of a long way leads back to its start takes no longer."""
    many = 20_000
    steps = {f"q{n}": [f"q{n + 1}", "q0"] for n in range(many)} | {f"q{many}": ["E"], "E": []}
    read = library(None, "q0", one=steps)
    before = time.process_time()
    assert len(find(read)) == many
    assert time.process_time() - before < 5


def test_the_same_is_found_as_by_taking_steps_away() -> None:
    """An oracle: a graph has no circle just if it can be taken apart from its ends."""
    verdicts = set()
    for seed in range(500):
        graph = any_graph(random.Random(seed))
        found = find(library(None, next(iter(graph)), one=graph))
        assert bool(found) == has_circle(graph), seed
        for mistake in found:
            steps = mistake.message.partition(": ")[2].split(", ")
            assert all(onward in graph[step] for step, onward in pairwise(steps))
            assert steps[0] == steps[-1]
        verdicts.add(bool(found))
    assert verdicts == {True, False}


def any_graph(chance: random.Random) -> Graph:
    """Up to eight steps; no ending leads to itself, which is another mistake."""
    names = [f"{'E' if chance.random() < 0.2 else 'q'}{n}" for n in range(chance.randrange(2, 9))]
    ways = {n: [chance.choice(names) for _ in range(chance.randrange(3))] for n in names}
    return {
        name: [way for way in onward if way != name][:1] if name.startswith("E") else onward
        for name, onward in ways.items()
    }


def has_circle(graph: Graph) -> bool:
    left = dict(graph)
    while ends := [n for n, ways in left.items() if not any(way in left for way in ways)]:
        for name in ends:
            del left[name]
    return bool(left)
