"""FP301: ways may part and meet again, and never lead round in a circle."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise

from fingerpost.checks.structure import circles
from fingerpost.model.library import Library

from ..support.checking import found_by
from ..support.steps import asked, end, library, tree

find = partial(found_by, circles)

Graph = Mapping[str, Sequence[str]]
"""Steps and where they lead. A step whose name begins with E is an ending with a way on."""


def drawn(graph: Graph) -> Library:
    """A library of a tree that leads on as drawn, from its first step."""
    steps = [
        end(name, *onward[:1])
        if name.startswith("E")
        else asked(name, {f"v{n}": way for n, way in enumerate(onward)})
        for name, onward in graph.items()
    ]
    return library(tree("t", *steps))


def test_a_very_long_way_is_no_trouble_and_takes_time_in_proportion() -> None:
    """No recursion; and that each step of a long way leads back to its start takes no longer."""
    many = 20_000
    steps = {f"q{n}": [f"q{n + 1}", "q0"] for n in range(many)} | {f"q{many}": ["E"], "E": []}
    read = drawn(steps)
    before = time.process_time()
    assert len(find(read)) == many
    assert time.process_time() - before < 5


def test_the_same_is_found_as_by_taking_steps_away() -> None:
    """An oracle: a graph has no circle just if it can be taken apart from its ends."""
    verdicts = set()
    for seed in range(500):
        graph = any_graph(random.Random(seed))
        found = find(drawn(graph))
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
