"""Whoever is asked what is true as well can say that they hurt themselves.

It is what most often stands beside another trouble, and a page that does not hear of it has no care
for a wound. A young person under 13 is asked none of these questions.
"""

from __future__ import annotations

from collections.abc import Iterator

from fingerpost.model.base import replace
from fingerpost.model.library import Library

from ..support.shipped import whole_library

HURT_SELF = "hurt-self"

WITHOUT = {
    # It has been said already, as what they came for.
    "not-coping/also-self-harm": "who is asked came because they hurt themselves",
    # A page about no young person.
    "staff-disclosure/also-account": "it is about an account of the organisation",
}
"""The questions that do without it, and why."""


def lacking(library: Library) -> Iterator[str]:
    """The steps that ask what is true as well, and do not offer it."""
    for tree in library.trees.values():
        for question in tree.asked:
            if question.fact == "also" and question.answer(HURT_SELF) is None:
                yield f"{tree.name}/{question.name}"


def test_whoever_is_asked_what_is_true_as_well_can_say_that_they_hurt_themselves() -> None:
    assert set(lacking(whole_library())) == WITHOUT.keys()


def test_a_question_from_which_it_is_taken_is_seen() -> None:
    """One question at a time, of each tree."""
    library = whole_library()
    usual = set(lacking(library))
    for tree in library.trees.values():
        offering = [q for q in tree.asked if q.fact == "also" and q.answer(HURT_SELF)]
        for question in offering[:1]:
            left = tuple(a for a in question.answers if a.value != HURT_SELF)
            spoilt = replace(question, answers=left)
            questions = {**tree.questions, question.name: spoilt}
            trees = {**library.trees, tree.name: replace(tree, questions=questions)}
            found = set(lacking(replace(library, trees=trees)))
            assert found - usual == {f"{tree.name}/{question.name}"}
