"""Paths are counted as a walker who tries them all would count them, and listed lazily."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from itertools import combinations, islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fingerpost.model.facts import Facts
from fingerpost.model.library import Library
from fingerpost.model.tree import Outcome, Question, Step
from fingerpost.proof import path_count
from fingerpost.proof.drawings import paths_text
from fingerpost.walk.walk import Walk

from ..support.steps import asked, end, library, tree


def one(*steps: Step, knows: Mapping[str, str] | None = None) -> Library:
    return library(tree("t", *steps, knows=knows))


def counts(found: Library, given: Facts | None = None) -> dict[str, int]:
    return {each.outcome.name: each.paths for each in path_count.count(found, "t", given).endings}


# --- the walker who tries everything -------------------------------------------------------------


def choices(question: Question) -> Iterator[frozenset[str]]:
    for answer in question.answers:
        yield frozenset({answer.value})
    together = [answer.value for answer in question.answers if not answer.alone]
    for size in range(2, len(together) + 1 if question.many else 0):
        yield from map(frozenset, combinations(together, size))


def walks(walk: Walk) -> Iterator[Walk]:
    """Every walk that has come to an ending; the same walk may then go on."""
    if isinstance(walk.here, Outcome):
        yield walk
        if walk.here.carry_on is not None:
            yield from walks(walk.carry_on())
        return
    for values in choices(walk.here):
        yield from walks(walk.answer(values))


def agrees(found: Library, given: Facts) -> None:
    """What is counted and what is listed is what the walker meets."""
    every = list(walks(Walk.begin(found, "t", given)))
    assert [
        (each.tree, each.outcome.name, each.replies)
        for each in path_count.listed(found, "t", given)
    ] == [(walk.tree.name, walk.here.name, walk.replies) for walk in every]
    counted = path_count.count(found, "t", given)
    assert counted.paths == len(every)
    for ending in counted.endings:
        here = [w for w in every if (w.tree.name, w.here) == (ending.tree, ending.outcome)]
        assert ending.paths == len(here)
        if ending.shortest is None:
            assert not here
            continue
        replies = {walk.replies for walk in here}
        assert ending.shortest.replies in replies
        assert len(ending.shortest.replies) == min(map(len, replies))


VALUES = ("a", "b", "c")
FACTS = ("age", "f", "g")


@st.composite
def libraries(draw: st.DrawFn) -> Library:
    """Two small trees through whose doors ways lead on, never back."""
    last = draw(st.integers(2, 5))
    place = {n: draw(st.sampled_from("tu")) if n else "t" for n in range(last + 1)}
    steps: dict[str, list[Step]] = {"t": [], "u": []}
    for number, room in place.items():
        later = [f"{place[n]}/{n}" for n in range(number + 1, last + 1)]
        if later and draw(st.integers(0, 3)):
            values = draw(st.permutations(VALUES))[: draw(st.integers(1, 3))]
            goto = {value: draw(st.sampled_from(later[:3])) for value in values}
            alone = draw(st.lists(st.sampled_from(values), max_size=1))
            fact, many = draw(st.sampled_from(FACTS)), draw(st.booleans())
            step: Step = asked(str(number), goto, fact=fact, many=many, alone=alone)
        elif later and draw(st.booleans()):
            sets = draw(
                st.dictionaries(st.sampled_from(FACTS), st.sampled_from(VALUES), max_size=2)
            )
            step = end(str(number), draw(st.sampled_from(later)), sets)
        else:
            step = end(str(number))
        steps[room].append(step)
    knows = st.dictionaries(st.sampled_from(FACTS), st.sampled_from(VALUES), max_size=1)
    trees = [tree(name, *own, knows=draw(knows)) for name, own in steps.items() if own]
    shared = [asked("f", {}, always_ask=True)] if draw(st.booleans()) else []
    return library(*trees, shared=shared)


@pytest.mark.slow
@settings(
    max_examples=400,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(libraries(), st.dictionaries(st.sampled_from(FACTS), st.sampled_from(VALUES), max_size=2))
def test_counted_as_walked(found: Library, known: dict[str, str]) -> None:
    agrees(found, {fact: frozenset({value}) for fact, value in known.items()})


# --- large ---------------------------------------------------------------------------------------


def ladder(rungs: int) -> Library:
    """At each rung two answers, each with a question of its own that has one way on."""
    steps: list[Step] = []
    for n in range(rungs):
        onward = f"q{n + 1}" if n + 1 < rungs else "e"
        steps.append(asked(f"q{n}", {"a": f"l{n}", "b": f"r{n}"}))
        steps += [asked(f"{side}{n}", {"on": onward}) for side in "lr"]
    return one(*steps, end("e"))


def test_a_ladder_of_more_paths_than_atoms_is_counted_at_once() -> None:
    found = ladder(1000)
    began = time.process_time()
    counted = path_count.count(found, "t")
    assert time.process_time() - began < 1
    assert counted.paths == 2**1000
    assert "about 1.07 × 10^301 paths" in paths_text.counted(found, counted)
    (ending,) = counted.endings
    assert ending.shortest is not None
    assert len(ending.shortest.replies) == 2000
    assert len({each.replies for each in islice(path_count.listed(found, "t"), 20)}) == 20


def remembered(facts: int) -> Library:
    """Every combination of so many facts has ways of its own."""
    steps: list[Step] = []
    for half in "qr":
        for n in range(facts):
            onward = f"{half}{n + 1}" if n + 1 < facts else ("r0" if half == "q" else "e")
            ways = {"a": onward, "b": onward if half == "q" else "g"}
            steps.append(asked(f"{half}{n}", ways, fact=f"f{n}"))
    return one(*steps, end("e"), end("g"))


def test_too_many_kinds_of_people_are_said_and_not_counted() -> None:
    assert counts(remembered(8)) == {"e": 1, "g": 255}
    with pytest.raises(path_count.NotCounted, match="more than 100 kinds"):
        path_count.count(remembered(8), "t", most=100)


@pytest.mark.parametrize(
    "steps",
    [
        (asked("q", {"a": "q", "b": "e"}), end("e")),
        (
            asked("q", {"a": "r", "b": "e"}),
            asked("r", {"a": "s"}),
            asked("s", {"a": "r"}),
            end("e"),
        ),
    ],
    ids=["back to the start", "further on"],
)
def test_a_circle_has_no_number(steps: tuple[Step, ...]) -> None:
    for each in (path_count.count, path_count.listed):
        with pytest.raises(path_count.NotCounted, match="round in a circle"):
            each(one(*steps), "t")
