"""The laws of a walk, on random ways through the shipped library and through made-up ones."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fingerpost.model.base import replace
from fingerpost.model.facts import TELLERS
from fingerpost.model.library import Library
from fingerpost.model.tree import Outcome, Question
from fingerpost.reading.loader import load, shipped
from fingerpost.walk.walk import Reply, Walk, fits

from ..support.steps import asked, end, library, tree

# Walks are the same each time, so that a run in the continuous build is the run on a desk.
LAW = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


def begin(*steps: Question | Outcome, **known: str) -> Walk:
    """At the start of a tree of these steps; ``known`` are facts that were given."""
    given = {fact: frozenset({value}) for fact, value in known.items()}
    return Walk.begin(library(tree("t", *steps)), "t", given)


def said(walk: Walk) -> dict[str, str]:
    """What is known, a word for each fact."""
    return {fact: "+".join(sorted(values)) for fact, values in walk.facts.items()}


# --- sharp cases ---------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [set(), {"nobody"}, {"me", "you"}])
def test_what_is_no_answer_is_refused(values: set[str]) -> None:
    walk = begin(asked("who", {"me": "end", "you": "end"}), end("end"))
    with pytest.raises(ValueError, match="no answer to who"):
        walk.answer(values)


def test_a_changed_answer_never_leads_past_an_ending_that_was_left_before() -> None:
    start = begin(
        asked("safe", {"yes": "age", "not-sure": "danger", "no": "danger"}),
        end("danger", "age", {"safe": "yes"}),
        asked("age", {"13": "end", "14": "end"}),
        end("end"),
    )
    walk = start.answer({"not-sure"}).carry_on().answer({"13"})
    assert walk.here.name == "end"
    changed = walk.change(0, {"no"})
    assert (changed.here.name, said(changed)) == ("danger", {"safe": "no"})
    onward = changed.carry_on()
    assert (onward.here.name, said(onward)) == ("end", {"safe": "yes", "age": "13"})


def test_an_always_asked_question_takes_nothing_that_was_given() -> None:
    safe = asked("safe", {"yes": "end", "no": "danger"}, always_ask=True)
    with_shared = library(
        tree("t", safe, end("end"), end("danger"), knows={"safe": "yes"}), shared=[safe]
    )
    walk = Walk.begin(with_shared, "t", {"safe": frozenset({"yes"})})
    assert walk.here.name == "safe"
    assert not walk.facts


# --- laws ----------------------------------------------------------------------------------------

VALUES = ("a", "b", "c")
FACTS = ("f", "g", "h")


@st.composite
def odd_libraries(draw: st.DrawFn) -> Library:
    """Two small trees whose answers lead anywhere, also back and through each other's doors."""
    steps = [f"{name}/{number}" for name in ("t", "u") for number in range(5)]
    trees = []
    for name in ("t", "u"):
        made: list[Question | Outcome] = []
        for number in range(5):
            if number < 4 and draw(st.booleans()):
                values = draw(st.lists(st.sampled_from(VALUES), min_size=1, unique=True))
                goto = {value: draw(st.sampled_from(steps)) for value in values}
                fact = draw(st.sampled_from(FACTS))
                made.append(asked(str(number), goto, fact=fact, many=draw(st.booleans())))
            else:
                onward = draw(st.sampled_from(["", *steps]))
                sets = draw(st.dictionaries(st.sampled_from(FACTS), st.sampled_from(VALUES)))
                made.append(end(str(number), onward, sets))
        trees.append(tree(name, *made))
    return library(*trees)


def some_answer(data: st.DataObject, question: Question) -> frozenset[str]:
    """One answer, or several where a question takes several."""
    first = data.draw(st.sampled_from(question.values))
    if not question.many:
        return frozenset({first})
    together = [answer.value for answer in question.answers if not answer.alone]
    more = data.draw(st.sets(st.sampled_from(together), max_size=2)) if together else set()
    chosen = frozenset({first, *more})
    return chosen if fits(question, chosen) else frozenset({first})


def some_step(data: st.DataObject, walk: Walk) -> Walk:
    """The walk after one more thing that a person may do; mostly they answer."""
    does = data.draw(st.sampled_from(["on", "on", "on", "on", "change", "back"]))
    answered = list(walk.answered())
    if does == "back":
        return walk.back()
    if does == "change" and answered:
        index, question, _ = data.draw(st.sampled_from(answered))
        return walk.change(index, some_answer(data, question))
    if isinstance(walk.here, Question):
        return walk.answer(some_answer(data, walk.here))
    return walk.carry_on() if walk.here.carry_on else walk


def some_walk(data: st.DataObject, library: Library, longest: int = 16) -> Walk:
    name = data.draw(st.sampled_from(sorted(library.trees)))
    facts = sorted({q.fact for t in library.trees.values() for q in t.questions.values()})
    known = data.draw(st.sets(st.sampled_from(facts), max_size=2)) if facts else set()
    taken = {
        fact: frozenset({data.draw(st.sampled_from(values_of(library, fact)))})
        for fact in sorted(known)
    }
    walk = Walk.begin(library, name, taken)
    for _ in range(data.draw(st.integers(0, longest))):
        walk = some_step(data, walk)
    return walk


def values_of(library: Library, fact: str) -> list[str]:
    questions = (q for t in library.trees.values() for q in t.questions.values())
    return sorted({value for q in questions if q.fact == fact for value in q.values})


def afresh(walk: Walk, replies: Iterable[Reply]) -> Walk:
    """The walk of someone who gives these replies one after the other, and nothing else."""
    fresh = Walk.begin(walk.library, walk.start.tree, walk.given)
    for reply in replies:
        fresh = fresh.answer(reply.values) if reply.values else fresh.carry_on()
    return fresh


def known_by(walk: Walk) -> dict[str, frozenset[str]]:
    """What must be known: what was given, then each reply on the way in its turn, with what holds
    for everyone in its tree, and no more."""
    library = walk.library
    only_asked = {fact for fact, question in library.questions.items() if question.always_ask}
    facts = dict(walk.given)
    for reply in (*walk.replies, None):
        tree = library.trees[reply.tree] if reply else walk.tree
        facts |= {fact: v for fact, v in tree.given.items() if fact not in only_asked}
        if reply is None:
            break
        step = walk.library.trees[reply.tree].step(reply.step)
        if isinstance(step, Question):
            facts[step.fact] = reply.values
        else:
            assert isinstance(step, Outcome)
            assert step.carry_on is not None
            facts |= step.carry_on.sets
    return facts


def holds_for(walk: Walk) -> None:
    """The laws that hold wherever a person is, however they came there."""
    steps = sum(len(t.questions) + len(t.outcomes) for t in walk.library.trees.values())
    assert len(walk.replies) <= steps
    assert dict(walk.facts) == known_by(walk)
    fresh = afresh(walk, walk.replies)
    assert fresh.kept == ()
    assert replace(walk, kept=()) == fresh


@LAW
@given(odd_libraries(), st.data())
def test_laws_of_any_walk_in_any_library(library: Library, data: st.DataObject) -> None:
    holds_for(some_walk(data, library))


@LAW
@given(odd_libraries(), st.data())
def test_a_change_keeps_only_answers_that_were_given(library: Library, data: st.DataObject) -> None:
    keeps_only_what_was_given(some_walk(data, library), data)


def keeps_only_what_was_given(walk: Walk, data: st.DataObject) -> None:
    answered = list(walk.answered())
    if not answered:
        return
    index, question, old = data.draw(st.sampled_from(answered))
    values = some_answer(data, question)
    changed = walk.change(index, values)
    new = replace(old, values=values)
    assert changed.replies[: index + 1] == (*walk.replies[:index], new)
    said_before = {*walk.replies[index + 1 :], *walk.kept}
    later = (*changed.replies[index + 1 :], *changed.kept)
    assert said_before.issuperset(later)
    assert all(reply.values for reply in later), "nobody is led past an ending"
    holds_for(changed)


@pytest.fixture(scope="module")
def real() -> Library:
    reading = load([shipped()])
    assert reading.mistakes == ()
    return reading.library


class TestShipped:
    """The same laws, and stricter ones, where no tree loops: in what we ship."""

    @LAW
    @given(data=st.data())
    def test_laws_of_any_walk(self, real: Library, data: st.DataObject) -> None:
        holds_for(some_walk(data, real))

    @LAW
    @given(data=st.data())
    def test_a_change_keeps_only_answers_that_were_given(
        self, real: Library, data: st.DataObject
    ) -> None:
        keeps_only_what_was_given(some_walk(data, real), data)

    @LAW
    @given(data=st.data())
    def test_no_fact_is_asked_twice(self, real: Library, data: st.DataObject) -> None:
        walk = some_walk(data, real)
        facts = [question.fact for _, question, _ in walk.answered()]
        assert len(facts) == len(set(facts))
        if isinstance(walk.here, Question):
            assert walk.here.fact not in facts

    @LAW
    @given(data=st.data())
    def test_every_walk_ends(self, real: Library, data: st.DataObject) -> None:
        walk = some_walk(data, real)
        for _ in range(40):
            if isinstance(walk.here, Outcome):
                break
            walk = walk.answer(some_answer(data, walk.here))
        assert isinstance(walk.here, Outcome)

    @LAW
    @given(data=st.data())
    def test_danger_and_suicide_are_asked_whatever_is_given(
        self, real: Library, data: st.DataObject
    ) -> None:
        always = sorted(f for f, question in real.questions.items() if question.always_ask)
        assert always == ["danger", "suicide"]
        name = data.draw(st.sampled_from(sorted(real.trees)))
        known = {
            fact: frozenset({data.draw(st.sampled_from(real.questions[fact].values))})
            for fact in (*always, "teller")
        }
        walk = Walk.begin(real, name, known)
        assert isinstance(walk.here, Question)
        assert walk.here.fact == "danger"
        assert set(walk.facts) == {"teller", *real.gives(real.trees[name])}
        assert walk.teller in TELLERS
