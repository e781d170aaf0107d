"""Cases to choose from: by topic, by how much they ask, by words, and by chance."""

from __future__ import annotations

import pytest

from fingerpost.model.base import replace
from fingerpost.model.case import Case, Inject, Judgement
from fingerpost.model.diagnostics import Span
from fingerpost.model.library import Library
from fingerpost.model.sentence import Sentence
from fingerpost.rehearsal.catalogue import Lesson, Level, Search, draw, lesson, syllabus

from ..support.printed import LIBRARY as SHIPPED

TREES = ("image-shared", "threatened")
LIBRARY = replace(SHIPPED, cases={n: c for n, c in SHIPPED.cases.items() if c.tree in TREES})
"""All trees, and the cases of two: what is found among them does not change with other trees."""

EVERY = tuple(each for topic in syllabus(LIBRARY) for each in topic.lessons)
HERE = Span.start_of("made-up.yaml")

ANSWERS = {
    fact: frozenset({value})
    for fact, value in {
        "teller": "young-person",
        "danger": "none",
        "age": "13-15",
        "nation": "england",
        "threat": "money",
        "suicide": "no",
        "also": "picture",
        "where": "instagram",
    }.items()
}


def names(lessons: tuple[Lesson, ...]) -> set[str]:
    return {each.case.name for each in lessons}


def says(text: str) -> Sentence:
    return Sentence(text, span=HERE)


def case(**changes: object) -> Case:
    """A case of eight questions that asks nothing besides."""
    plain = replace(LIBRARY.cases["two-in-the-morning"], answers=ANSWERS, judgements=(), injects=())
    return replace(plain, **changes)  # type: ignore[arg-type]  # fields by their names


JUDGEMENT = Judgement(says("What now?"), ())
NEWS = Inject("suicide", says("The phone rings."), {})


def unsure(*facts: str) -> dict[str, frozenset[str]]:
    return {**ANSWERS, **dict.fromkeys(facts, frozenset({"not-sure"}))}


# By how much a case asks


@pytest.mark.parametrize(
    ("asks", "level"),
    [
        (case(), Level.FIRST),
        (case(judgements=(JUDGEMENT,)), Level.FIRST),
        (case(judgements=(JUDGEMENT, JUDGEMENT)), Level.FURTHER),
        (case(injects=(NEWS,)), Level.FURTHER),
        (case(judgements=(JUDGEMENT,), injects=(NEWS,)), Level.FURTHER),
        (case(judgements=(JUDGEMENT, JUDGEMENT), injects=(NEWS,)), Level.PRACTISED),
        (case(answers=unsure("nation")), Level.FIRST),
        (case(answers=unsure("nation", "suicide")), Level.FURTHER),
        (case(answers=unsure("nation", "threat", "suicide", "where")), Level.PRACTISED),
    ],
)
def test_what_there_is_to_weigh_up_makes_a_case_harder(asks: Case, level: Level) -> None:
    assert lesson(LIBRARY, asks).level is level


def test_every_case_that_ships_has_a_topic() -> None:
    shipped = [each.case.name for topic in syllabus(SHIPPED) for each in topic.lessons]
    assert sorted(shipped) == sorted(SHIPPED.cases)


# By words


def search(library: Library = LIBRARY) -> Search:
    return Search(library, syllabus(library))


def about(words: str) -> tuple[Lesson, ...]:
    return search().among(EVERY, words)


BLACKMAIL = {n for n, c in LIBRARY.cases.items() if c.expect.outcome == "sextortion"}
"""Every story that ends at blackmail over a picture. The page for those under 13 has easier words,
and where somebody is in danger that page is the ending."""


@pytest.mark.parametrize("words", ["sextortion", "SEXTORTION", " sextortion ", "the sextortion"])
def test_sextortion_finds_the_blackmail(words: str) -> None:
    assert names(about(words)) == BLACKMAIL


@pytest.mark.slow
def test_words_of_a_story_are_found_where_no_title_has_them() -> None:
    assert "two-in-the-morning" in names(about("tablets"))  # they come as news
    assert names(about("talent show")) == {"the-talent-show"}
    assert "waiting-at-the-bus-stop" in names(about("knife"))
    assert names(about("empty account")) == {"two-in-the-morning"}  # a choice


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("sextorsion", "sextortion"),
        ("talnet show", "talent show"),
        ("zebra", ""),
        ("", ""),
        ("the", ""),
    ],
)
def test_a_slip_of_typing_is_answered_with_what_may_be_meant(typed: str, instead: str) -> None:
    assert search().mended(typed) == instead


# By chance


def test_the_same_seed_draws_the_same_case() -> None:
    assert [draw(EVERY, seed).case.name for seed in (1, 2, 3)] == [
        draw(EVERY, seed).case.name for seed in (1, 2, 3)
    ]
    assert len({draw(EVERY, seed).case.name for seed in range(40)}) > 15


def test_every_scene_takes_four_to_eight_minutes_alone_and_a_quarter_of_an_hour_in_a_room() -> None:
    scenes = [lesson(SHIPPED, each) for each in SHIPPED.cases.values() if each.scene]
    assert len(scenes) >= 24
    assert {each.case.name for each in scenes if not 4 <= each.alone <= 8} == set()
    assert {each.case.name for each in scenes if not 12 <= each.in_room <= 20} == set()
