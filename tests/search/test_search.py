"""What all searches share: words, letters, synonyms and slips; and the lists in trees/."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.model.base import replace
from fingerpost.model.library import CrisisKind, SearchWords
from fingerpost.reading.loader import Reading, load, shipped
from fingerpost.search.routes import Wanted, look_up
from fingerpost.search.stories import StorySearch
from fingerpost.search.words import Vocabulary, tokens
from fingerpost.sheets.discretion import Discretion

from ..support.shipped import whole_library

TREE = """\
fingerpost: 1
title: T
about: A
review-by: 2027-05-24
start: t
questions: {}
outcomes: {t: {title: T, urgency: info, open: O, needs: [talk]}}
"""

SHARED = {
    "shared/needs.yaml": "needs: {talk: {say: Someone to talk to}}\n",
    "routes/uk.yaml": "routes: {aunt: {name: An aunt, serves: talk}}\n",
}


def folder(place: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    return place


def read(place: Path, **files: str) -> Reading:
    """A library of one tree, with these files beside it; a hyphen in a name is written as _."""
    beside = {f"{name.replace('_', '-')}.yaml": text for name, text in files.items()}
    return load([folder(place, {"one.yaml": TREE, **SHARED, **beside})], whole=True)


def mistakes(reading: Reading) -> list[tuple[str, str]]:
    return [(each.code, each.message) for each in reading.mistakes]


# Words


def test_a_word_whose_small_letters_are_more_stays_one_word() -> None:
    assert len(tokens("İa")) == 1
    assert tokens("STRASSE straße") == ["strasse", "strasse"]


# Words for one thing


def same(*groups: str) -> Mapping[str, str]:
    return Vocabulary(SearchWords(same=tuple(tuple(group.split()) for group in groups))).same


def test_the_first_of_a_group_stands_for_all_of_it() -> None:
    assert same("friend mate pal", "pic photo") == {
        "mate": "friend",
        "pal": "friend",
        "photo": "pic",
    }


def test_text_speak_is_the_word_for_which_it_is_written_with_its_endings() -> None:
    words = Vocabulary(SearchWords(written={"message": ("msg",), "night": ("nite",)})).words
    assert words("he msgs me at nite, msgd me all nites") == words(
        "he messages me at night, messaged me all nights"
    )


@pytest.mark.parametrize("more", ["friend marra", "mate marra", "marra mate"])
def test_a_later_group_adds_to_an_earlier_one_by_any_word(more: str) -> None:
    found = same("friend mate", more)
    assert len({found.get(word, word) for word in ("friend", "mate", "marra")}) == 1
    assert not set(found) & set(found.values())


# Stories


def stories(**said: str) -> StorySearch:
    words = SearchWords(same=(("friend", "mate"),), small=("the",))
    return StorySearch(
        words, said, [lambda name: [said[name].partition(".")[0]], lambda n: [said[n]]]
    )


def test_a_synonym_counts_only_where_nobody_says_the_word_itself() -> None:
    search = stories(a="A friend.", b="The mate.", c="A bus. My mate.")
    assert search.find("mate") == {"b"}
    assert search.find("mates", ["a", "c"]) == {"c"}
    assert search.find("mate", ["a"]) == {"a"}
    assert search.find("the") == search.find("zebra") == frozenset()


@given(st.text(st.sampled_from("İıßŉa' ́\u0307"), max_size=12))
def test_letters_that_change_with_their_size_are_no_harm(typed: str) -> None:
    search = stories(a="A friend.")
    search.find(typed)
    search.corrected(typed)


# Services


def found(*words: str) -> list[str]:
    return [each.name for each in look_up(whole_library(), Wanted(words))]


def test_a_service_is_found_by_letters_first_and_else_by_what_is_meant() -> None:
    assert found("iwf") == ["iwf-report"]
    assert "samaritans" in found("suicidal")
    # Galop is for LGBT+ people alone; a word for any partner finds help for abuse by one.
    assert "national-domestic-abuse-helpline" in found("girlfriends")
    assert found("samaratins") == ["samaritans", "samaritans-welsh"]
    assert found("snapchta") == ["snapchat"]
    assert found("zebra") == found("York") == found("...") == []


# The lists beside the trees


def test_a_library_without_lists_has_the_shipped_ones(tmp_path: Path) -> None:
    own, ours = read(tmp_path), whole_library()
    assert own.mistakes == ()
    assert own.library.search == ours.search
    assert own.library.harmless == ours.harmless
    assert own.library.review_questions == ours.review_questions
    assert len(own.texts) == 3


def test_lists_of_its_own_stand_alone(tmp_path: Path) -> None:
    own = read(
        tmp_path,
        search="small: the\n",
        discreet="harmless: Bus-Stop leeds\n",
        review_questions='questions: [{to: A, ask: "B?", known: C., about: [one, aunt]}]\n',
    )
    assert own.mistakes == ()
    assert own.library.search.small == ("the",)
    assert own.library.harmless == {"bus stop", "leeds"}
    assert [each.to for each in own.library.review_questions] == ["A"]


def test_lists_of_a_folder_are_added_to_those_below(tmp_path: Path) -> None:
    files = {
        "search.yaml": "same: [mate marra]\nsmall: like\nwhom: {friend: butty}\n",
        "discreet.yaml": "harmless: Leeds\n",
        "review-questions.yaml": 'questions: [{to: A, ask: "B?", known: C., about: childline}]\n',
    }
    ours = whole_library()
    library = load([shipped(), folder(tmp_path, files)], whole=True).library
    words = Vocabulary(library.search).words
    assert words("marra") == words("friend")
    assert library.search.whom["friend"] == (*ours.search.whom["friend"], "butty")
    assert library.harmless == ours.harmless | {"leeds"}
    assert library.review_questions[:-1] == ours.review_questions
    assert Discretion.of(ours).tells("Leeds")
    assert not Discretion.of(library).tells("Leeds")


@pytest.mark.parametrize(
    ("file", "text", "code", "message"),
    [
        ("search", "smal: the\n", "FP103", "this file has no key “smal”"),
        ("search", "small: [the]\n", "FP101", "“small” must be text, but here is a list"),
        ("search", "same: [mate pal, pic Mate]\n", "FP117", "“same” has “mate” twice"),
        (
            "search",
            "said: {one: [they want money, They  want money]}\n",
            "FP117",
            "“one” has “They  want money” twice",
        ),
        ("search", "in-doubt: {one: []}\n", "FP104", "“one” is empty"),
        ("search", "whom: {frend: pal}\n", "FP103", "“whom” has no key “frend”"),
        ("search", "crisis: {kind: {}}\n", "FP103", "“crisis” has no key “kind”"),
        ("search", "crisis: {kinds: {a: {doors: ant}}}\n", "FP210", "there is no tree “ant”"),
        ("search", "crisis: {theirs: {friend: ant}}\n", "FP210", "there is no tree “ant”"),
        ("search", "crisis: {needs: ant}\n", "FP205", "there is no need “ant”"),
        ("search", 'crisis: {kinds: {a: {says: [""]}}}\n', "FP104", "a line of “says” is empty"),
        (
            "search",
            "crisis: {words: {a: [b]}}\n",
            "FP101",
            "“a” must be text, but here is a list",
        ),
        ("discreet", "{}\n", "FP102", "this file has no “harmless”"),
        (
            "review_questions",
            "questions: [{to: A, ask: B}]\n",
            "FP102",
            "a question has no “known”",
        ),
        (
            "review_questions",
            "questions: [{to: A, ask: B, known: C, about: ant}]\n",
            "FP210",
            "there is no tree, route or shared advice “ant”",
        ),
    ],
)
def test_a_mistake_in_a_list_is_found_and_stops_no_walk(
    tmp_path: Path, file: str, text: str, code: str, message: str
) -> None:
    own = read(tmp_path, **{file: text})
    assert mistakes(own) == [(code, message)]
    assert own.stopping("one") == ()


def test_words_of_danger_of_a_folder_are_added_to_those_below(tmp_path: Path) -> None:
    crisis = """\
said: {hate: [i see a cat], extremism: [i see a dog]}
crisis:
  needs: help-for-parents
  theirs: {friend: exploited}
  words: {want: hoping-tae, ours: a b}
  kinds:
    suicide: {says: [gan yem forever]}
    ours: {doors: hate, says: [cow], plain: [my cow], heard: [i see a cow]}
  usual: [i see a hen]
"""
    lower = whole_library().search
    upper = load([shipped(), folder(tmp_path, {"search.yaml": crisis})]).library.search
    below, laid = lower.crisis, upper.crisis
    assert laid.needs == (*below.needs, "help-for-parents")
    assert laid.theirs == {**below.theirs, "friend": "exploited"}
    assert laid.words == {
        **below.words,
        "want": (*below.words["want"], "hoping-tae"),
        "ours": ("a", "b"),
    }
    suicide = below.kinds["suicide"]
    assert laid.kinds == {
        **below.kinds,
        "suicide": replace(suicide, says=(*suicide.says, "gan yem forever")),
        "ours": CrisisKind(("hate",), (), ("cow",), ("my cow",), ("i see a cow",)),
    }
    assert upper.said == {
        **lower.said,
        "hate": (*lower.said["hate"], "i see a cat"),
        "extremism": (*lower.said["extremism"], "i see a dog"),
    }
    assert laid.usual == (*below.usual, "i see a hen")


# What the files say of trees and questions


def test_of_the_shipped_trees_one_is_for_those_who_have_no_word_for_it() -> None:
    trees = whole_library().trees
    assert [name for name, tree in trees.items() if tree.catch_all] == ["dont-know-what-to-call-it"]


def test_a_question_says_with_which_answers_another_is_compared(tmp_path: Path) -> None:
    asked = (
        "questions: {who: {ask: Who?, as-urgent-as: {%s: %s}, answers: "
        "{not-sure: {say: A}, b: {say: B}}}}\n"
    )

    def told(answer: str, named: str) -> Reading:
        files = {"shared/questions.yaml": asked % (answer, named)}
        return load([folder(tmp_path, {"one.yaml": TREE, **SHARED, **files})])

    assert told("not-sure", "b").library.questions["who"].as_urgent_as == (
        ("not-sure", frozenset({"b"})),
    )
    assert mistakes(told("not-sure", "c")) == [("FP204", "“who” has no answer “c”")]
    assert mistakes(told("a", "b")) == [("FP204", "“who” has no answer “a”")]


def test_the_other_person_is_compared_with_an_adult_by_what_the_file_says() -> None:
    question = whole_library().questions["suspect"]
    assert question.as_urgent_as == (("not-sure", frozenset({"adult"})),)
    assert replace(question, as_urgent_as=()) != question
