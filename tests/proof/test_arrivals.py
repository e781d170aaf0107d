"""Who comes to each ending, and the shortest way there, as a walker who tries all ways sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fingerpost.model.facts import Facts
from fingerpost.model.graph import StepGraph
from fingerpost.model.library import Library
from fingerpost.model.tree import Outcome, Question, Step
from fingerpost.proof.arrivals import arrivals
from fingerpost.proof.boxes import LimitReached, Room
from fingerpost.proof.exploration import Ways
from fingerpost.walk.walk import Walk

from ..support.steps import asked, end, library, tree


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


def kinds(people: Iterable[Facts], every: Facts) -> set[tuple[str, ...]]:
    """The ages and nations together of these people; what is not known may be any there is."""
    either = [product(*(facts.get(fact, every[fact]) for fact in every)) for facts in people]
    return {*chain.from_iterable(either)}


VALUES = ("a", "b", "c")
FACTS = ("age", "nation", "f")


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


@settings(
    max_examples=400,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(libraries(), st.dictionaries(st.sampled_from(FACTS), st.sampled_from(VALUES), max_size=2))
def test_who_comes_to_an_ending_is_whom_a_walker_meets_there(
    found: Library, known: dict[str, str]
) -> None:
    facts = {fact: frozenset({value}) for fact, value in known.items()}
    facts = {fact: value for fact, value in facts.items() if not found.always_asks(fact)}
    every = list(walks(Walk.begin(found, "t", facts)))
    known_there = Ways(StepGraph(found, "t"), facts).facets.facts
    can = {f: frozenset(known_there[f].bits) for f in ("age", "nation") if f in known_there}
    for ending in arrivals(found, "t", facts):
        here = [w for w in every if (w.tree.name, w.here) == (ending.tree, ending.outcome)]
        every = [walk for walk in every if walk not in here]
        assert (ending.shortest is None) == (not here)
        if ending.shortest is not None:
            lengths = {walk.replies: len(walk.replies) for walk in here}
            assert lengths[ending.shortest.replies] == min(lengths.values())
        assert kinds(ending.people, can) == kinds([walk.facts for walk in here], can)
    assert every == []


def test_with_too_little_room_nothing_is_claimed() -> None:
    found = library(tree("t", asked("q", {"a": "e", "b": "e"}), end("e")))
    with pytest.raises(LimitReached):
        arrivals(found, "t", {}, Room(1))
