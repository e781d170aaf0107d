"""How urgent a page is, and how much is asked before it.

A page is never made less urgent by saying more, and nobody is asked more than eight questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from fingerpost.model.facts import Facts
from fingerpost.model.library import Library
from fingerpost.model.sentence import Urgency
from fingerpost.model.tree import Outcome, Question, When
from fingerpost.walk.autoplay import play_case
from fingerpost.walk.walk import Walk, fits

from ..support.question_count import counts, table
from ..support.shipped import whole_library

ALSO = "also"
MOST = 8
ALSO_ASKED = {("dont-know-what-to-call-it", "young-person"): 9}
"""A child with no word for it who ticks that they are hurt is asked by whom: it may be a parent."""
EXAM = Path(__file__).parents[2] / "docs" / "exam.md"


@pytest.fixture(scope="module")
def library() -> Library:
    return whole_library()


def lifted_by_silence(library: Library) -> list[When]:
    """Conditions of urgent entries that a ticked line would take back."""
    return [
        entry.when
        for entry in library.always
        if entry.urgency is not None and any(ALSO in each.facts for each in entry.unless)
    ]


def urgency_at(walk: Walk) -> Urgency:
    assert isinstance(walk.here, Outcome)
    added = (e.urgency for e in walk.library.always if e.urgency and e.shown(walk.facts))
    return max([walk.here.urgency, *added])


def answered(walk: Walk, facts: Facts) -> Walk:
    """The walk to its last ending, with these answers and no more about the app."""
    while True:
        here = walk.here
        if isinstance(here, Outcome):
            return walk
        values = facts.get(here.fact, frozenset())
        if not fits(here, values):
            values = walk.unasked or frozenset({here.values[-1]})
        walk = walk.answer(values)


def with_one_more(walk: Walk) -> Iterator[tuple[str, Walk]]:
    """The walks of somebody who ticks one line more at a question of many answers."""
    for index, question, reply in walk.answered():
        if question.fact != ALSO:
            continue
        for answer in question.answers:
            if answer.alone or answer.value in reply.values:
                continue
            chosen = {v for v in reply.values if not alone(question, v)} | {answer.value}
            changed = walk.change(index, chosen)
            yield answer.value, answered(changed, walk.facts)


def alone(question: Question, value: str) -> bool:
    answer = question.answer(value)
    return answer is not None and answer.alone


def less_urgent(library: Library, cases: Iterable[str]) -> list[str]:
    """The cases whose page is less urgent once one line more is ticked."""
    found = []
    for name in cases:
        walk = play_case(library, library.cases[name])
        if not isinstance(walk.here, Outcome):
            continue
        for value, more in with_one_more(walk):
            if urgency_at(more) < urgency_at(walk):
                found.append(f"{name} with {value}")
    return found


def test_no_urgent_entry_is_taken_back_by_a_ticked_line(library: Library) -> None:
    assert lifted_by_silence(library) == []


def test_no_page_is_less_urgent_when_one_line_more_is_ticked(library: Library) -> None:
    """Tried on the walk of every case, with every line that it could have ticked besides."""
    tried = [case for case in library.cases.values() if ALSO in case.answers]
    assert len(tried) > 300
    assert less_urgent(library, library.cases) == []


@pytest.mark.slow
def test_nobody_is_asked_more_than_eight_questions_before_the_page(library: Library) -> None:
    """All that are asked count, those about danger and about suicide too."""
    found = list(counts(library))
    assert {tree for tree, *_ in found} == set(library.trees)
    too_many = [
        (tree, teller, facts)
        for tree, teller, _, longest, facts in found
        if longest > ALSO_ASKED.get((tree, teller), MOST)
    ]
    assert too_many == []
    assert table(found) in EXAM.read_text(encoding="utf-8")
