"""Cases to choose from: by topic, by how much they ask, by words, and by chance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.model.base import replace
from fingerpost.model.case import Case, Inject, Judgement
from fingerpost.model.diagnostics import Span
from fingerpost.model.library import Library
from fingerpost.model.sentence import Sentence
from fingerpost.rehearsal.catalogue import LEVEL, Lesson, Level, Search, draw, lesson, syllabus

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


# By topic


def test_every_case_is_there_once_under_the_tree_that_it_begins_in() -> None:
    assert sorted(each.case.name for each in EVERY) == sorted(LIBRARY.cases)
    for topic in syllabus(LIBRARY):
        assert {each.case.tree for each in topic.lessons} == {topic.tree}


def test_topics_come_in_the_order_of_the_library_and_say_what_they_are_about() -> None:
    assert [(topic.tree, topic.title) for topic in syllabus(LIBRARY)] == [
        ("image-shared", "A picture of a young person has been shared"),
        ("threatened", "Someone is threatening a young person"),
    ]


def test_a_story_says_what_its_topic_is_and_no_more() -> None:
    for topic in syllabus(LIBRARY):
        assert {each.title for each in topic.lessons} == {topic.title}


def test_the_easy_ones_come_first() -> None:
    for topic in syllabus(LIBRARY):
        levels = [each.level for each in topic.lessons]
        assert levels == sorted(levels)


def test_a_tree_without_cases_is_no_topic() -> None:
    of_one = {n: c for n, c in LIBRARY.cases.items() if c.tree == "threatened"}
    assert [topic.tree for topic in syllabus(replace(LIBRARY, cases=of_one))] == ["threatened"]
    assert syllabus(replace(LIBRARY, cases={})) == ()


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


def test_a_long_way_counts_too() -> None:
    """A story that begins with the picture is also asked what has happened: a ninth question."""
    from_picture = {**ANSWERS, "happened": frozenset({"threat"})}
    short = case(judgements=(JUDGEMENT,))
    assert lesson(LIBRARY, short).level is Level.FIRST
    assert lesson(LIBRARY, replace(short, tree="image-shared", answers=from_picture)).level is (
        Level.FURTHER
    )


def test_each_level_has_words_of_its_own() -> None:
    assert set(LEVEL) == set(Level)
    assert len(set(LEVEL.values())) == len(Level)


def test_every_case_that_ships_has_a_topic() -> None:
    shipped = [each.case.name for topic in syllabus(SHIPPED) for each in topic.lessons]
    assert sorted(shipped) == sorted(SHIPPED.cases)


def test_there_is_something_for_everybody() -> None:
    assert {each.level for each in EVERY} == set(Level)


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


def test_the_name_of_a_tree_finds_all_its_cases() -> None:
    found = names(about("threatened"))
    assert found >= {n for n, c in LIBRARY.cases.items() if c.tree == "threatened"}


def test_a_word_in_a_title_counts_more_than_one_in_a_story() -> None:
    """Most stories say that somebody is not thinking of suicide; few are about it."""
    found = about("suicide")
    assert found
    assert all(each.case.expect.outcome in {"suicide-now", "danger-suicide"} for each in found)


def test_a_hard_word_of_the_page_counts_more_than_one_in_a_story() -> None:
    """The pages about an embarrassing clip, or an edited one, call it bullying; no title does.

    The page for those under 13 calls it so too, and so does that of a worker whose pupils made a
    fake.
    """
    called = {"embarrassing", "used-to-hurt", "young-laughed-at"}
    among_pupils = {"two-pounds-each", "a-copy-in-the-work-mail"}
    ended = {n for n, c in LIBRARY.cases.items() if c.expect.outcome in called}
    assert names(about("bullying")) == ended | among_pupils


@pytest.mark.slow
def test_words_of_a_story_are_found_where_no_title_has_them() -> None:
    assert "two-in-the-morning" in names(about("tablets"))  # they come as news
    assert names(about("talent show")) == {"the-talent-show"}
    assert "waiting-at-the-bus-stop" in names(about("knife"))
    assert names(about("empty account")) == {"two-in-the-morning"}  # a choice


@pytest.mark.slow
def test_every_word_must_fit() -> None:
    assert names(about("bus knife")) == names(about("bus")) & names(about("knife"))
    assert "waiting-at-the-bus-stop" in names(about("bus knife"))
    assert about("talent tablets") == ()


def test_the_beginning_of_a_word_is_enough_if_it_is_no_stub() -> None:
    assert names(about("sextort")) == BLACKMAIL
    assert about("bla") == ()


@pytest.mark.parametrize("words", ["", "  ", "the", "what should we do", "¿", "zebra"])
def test_words_that_say_nothing_find_nothing(words: str) -> None:
    assert about(words) == ()


def test_what_is_found_comes_in_the_order_of_the_syllabus() -> None:
    found = about("blackmail")
    assert list(found) == [each for each in EVERY if each in found]
    assert {each.case.tree for each in found} == {"image-shared", "threatened"}


def test_the_topic_with_most_of_what_is_asked_for_comes_first() -> None:
    """Somebody who says sextortion means that, and not the tree that may come to it."""
    first, *others = Search(SHIPPED, syllabus(SHIPPED)).topics("sextortion")
    assert first.title == "Someone is threatening a young person"
    assert names(first.lessons) == {n for n in BLACKMAIL if LIBRARY.cases[n].tree == "threatened"}
    assert others
    assert all(len(each.lessons) < len(first.lessons) for each in others)


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


def test_what_is_suggested_finds_something() -> None:
    """Two words that are known need not come together."""
    assert search().mended("talent tablets") == ""


# By chance


def test_the_same_seed_draws_the_same_case() -> None:
    assert [draw(EVERY, seed).case.name for seed in (1, 2, 3)] == [
        draw(EVERY, seed).case.name for seed in (1, 2, 3)
    ]
    assert len({draw(EVERY, seed).case.name for seed in range(40)}) > 15


def test_every_case_can_be_drawn() -> None:
    few = EVERY[:3]
    assert {draw(few, seed).case.name for seed in range(60)} == names(few)


def test_from_nothing_nothing_is_drawn() -> None:
    with pytest.raises(ValueError, match="nothing to draw from"):
        draw((), 1)


@given(st.integers(), st.integers(1, len(EVERY)))
def test_any_number_is_a_seed(seed: int, many: int) -> None:
    assert draw(EVERY[:many], seed) in EVERY[:many]


@pytest.mark.slow
@given(st.text(max_size=30))
def test_any_text_may_be_asked_for(text: str) -> None:
    few = {name: LIBRARY.cases[name] for name in ("two-in-the-morning", "the-talent-show")}
    found = search(replace(LIBRARY, cases=few))
    found.topics(text)
    found.mended(text)


def test_a_case_that_comes_to_no_ending_is_found_by_its_topic_and_its_story() -> None:
    lost = case(name="lost", answers={}, story=says("Someone brings a zebra."))
    library = replace(LIBRARY, cases={"lost": lost})
    for words, found in (("threatened", {"lost"}), ("zebra", {"lost"}), ("sextortion", set())):
        topics = search(library).topics(words)
        assert {each.case.name for topic in topics for each in topic.lessons} == found
