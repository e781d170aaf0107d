"""Finding a tree by somebody's own words: roots, slips, what counts, and the order of urgency."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.model.base import replace
from fingerpost.model.case import Case, Expected
from fingerpost.model.diagnostics import Span
from fingerpost.model.library import CrisisWords, Library
from fingerpost.model.route import Route
from fingerpost.model.sentence import Sentence, Urgency
from fingerpost.model.spelling import meant
from fingerpost.model.tree import Advice, Answer, Kind, Outcome, Question, Target, Tree, When
from fingerpost.reading.loader import load, shipped
from fingerpost.search.indexing import index_of
from fingerpost.search.perspective import Perspective
from fingerpost.search.trees import Found, TreeSearch
from fingerpost.search.urgency import urgencies, urgent_first
from fingerpost.search.words import MOST_WORDS, Vocabulary

from ..support.shipped import whole_library

HERE = Span.start_of("made-up")

SEARCH = whole_library().search
"""The words of the shipped ``search.yaml``."""

VOCABULARY = Vocabulary(SEARCH)
roots, words, SYNONYMS = VOCABULARY.stems, VOCABULARY.words, VOCABULARY.same
SMALL_WORDS = VOCABULARY.small
about_whom = Perspective(SEARCH, VOCABULARY).marks

NAMELESS = "dont-know-what-to-call-it"


def say(text: str, **by_teller: str) -> Sentence:
    return Sentence(text, by_teller=tuple(by_teller.items()), span=HERE)


def ending(name: str, urgency: Urgency, title: str = "Wait", *advice: str) -> Outcome:
    lines = tuple(Advice(Kind.DO, say(text), span=HERE) for text in advice)
    return Outcome(name, say(title), urgency, say(""), lines, (), span=HERE)


def question(name: str, ask: str = "", **answers: str) -> Question:
    """A question whose answers lead where they say: a step, or a tree and a step after a slash.

    The words of an answer are its name.
    """
    return Question(
        name=name,
        fact=name,
        ask=say(ask),
        why=None,
        note=None,
        answers=tuple(
            Answer(value, say(value), Target(*_place(way), span=HERE), span=HERE)
            for value, way in answers.items()
        ),
        span=HERE,
    )


def _place(way: str) -> tuple[str, str]:
    tree, _, step = way.rpartition("/")
    return (tree or "here", step)


def tree(
    name: str, title: str = "", about: str = "", *steps: Question | Outcome, **more: Any
) -> Tree:
    """A tree that starts at the first of its steps; with none it has one calm ending."""
    steps = steps or (ending("wait", Urgency.INFO),)
    at_home = {step.name: _at_home(step, name) for step in steps if isinstance(step, Question)}
    return Tree(
        name=name,
        title=say(title),
        about=more.pop("to_each", say(about)),
        review_by=date(2027, 1, 1),
        sources={},
        given=more.pop("given", {}),
        start=more.pop("start", steps[0].name),
        questions=at_home,
        outcomes={step.name: step for step in steps if isinstance(step, Outcome)},
        said=tuple(say(line) for line in more.pop("said", ())),
        catch_all=name == NAMELESS,
        span=HERE,
    )


def _at_home(asked: Question, name: str) -> Question:
    """The question with ``here`` replaced by the tree in which it stands."""
    answers = tuple(
        Answer(
            a.value,
            a.say,
            Target(name if a.goto.tree == "here" else a.goto.tree, a.goto.step, span=HERE),
            span=HERE,
        )
        for a in asked.answers
        if a.goto is not None
    )
    return replace(asked, answers=answers)


def case(name: str, of: str, story: str) -> Case:
    return Case(name, of, say(story), {}, Expected("", None, (), ()), span=HERE)


def library(*trees: Tree, **more: Any) -> Library:
    parts: dict[str, Any] = {key: {} for key in ("questions", "advice", "needs", "words")}
    # Without the sentences of danger and of our trees: an index of so many takes a second.
    parts |= {"routes": {}, "search": replace(SEARCH, crisis=CrisisWords(), said={})}
    return Library(trees={t.name: t for t in trees}, always=(), **{**parts, **more})


def search_of(made: Library) -> TreeSearch:
    return TreeSearch(index_of(made))


def found(made: Library, said: str) -> list[str]:
    return [each.tree for each in search_of(made).find(said)]


# The words of a text


def test_the_words_stand_in_their_order_and_marks_are_nothing() -> None:
    assert roots("Pay £200, or ELSE!") == ["pay", "£200", "or", "els"]
    assert roots("😀 … -- ") == []


def test_a_small_word_is_small_in_all_its_forms() -> None:
    assert {"the", "they", "keep", "dont"} <= SMALL_WORDS
    assert not {"send", "mum", "pictur", "help"} & SMALL_WORDS


# Words for one thing


def test_a_word_stands_for_others_or_another_for_it_and_never_both() -> None:
    assert SYNONYMS
    assert not set(SYNONYMS) & set(SYNONYMS.values())
    assert not (set(SYNONYMS) | set(SYNONYMS.values())) & SMALL_WORDS


# Of whom somebody speaks


@pytest.mark.parametrize(
    ("said", "marks"),
    [
        ("my friend cuts herself", ("of: friend", "of: friend, not to me")),
        ("I'm scared for my very best mate", ("of: friend", "of: friend, not to me")),
        ("my friend told me she did it", ("of: friend", "of: friend, not to me")),
        ("my friend posted a picture of me", ("of: friend", "of: friend, to me")),
        ("our daughter is being bullied", ("of: child", "of: child, not to me")),
        ("found it on my little girl's phone", ("of: child", "of: child, not to me")),
        ("my 9 year old saw porn", ("of: child", "of: child, not to me")),
        ("my lad hit me", ("of: child", "of: child, to me")),
        ("a 12 year old", ("first: ", "first: , not to me")),
        ("he took my phone and a boy laughed", ("first: they", "first: they, not to me")),
        ("my child's friend", ("of: child", "of: child, not to me")),
        ("a pupil showed me a phone", ("of: in-care", "of: in-care, not to me")),
        ("two young people fought", ("of: in-care", "of: in-care, not to me")),
        ("a friend request", ("first: ", "first: , not to me")),
        ("people laugh", ("first: they", "first: they, not to me")),
        ("I did it", ("first: i", "first: i, not to me")),
        ("a boy did it, he did it to me", ("first: they", "first: they, to me")),
        ("how do i stop it", ("first: how", "first: how, not to me")),
        ("my ai friend says things", ("first: mine", "first: mine, not to me")),
        ("me and my mate went on a site", ("first: mine", "first: mine, to me")),
        ("me n my friend", ("first: mine", "first: mine, to me")),
        ("my sister and I saw it", ("first: mine", "first: mine, not to me")),
        ("my friend and me", ("first: mine", "first: mine, to me")),
        ("tell me what my friend needs", ("of: friend", "of: friend, not to me")),
        ("my friend and my mum", ("of: friend", "of: friend, not to me")),
        ("my roblox friend wants to meet", ("first: mine", "first: mine, not to me")),
        ("my friend off a game wants to meet", ("first: mine", "first: mine, not to me")),
        ("my mum's best mate texts me", ("first: mine", "first: mine, to me")),
        ("my brother in law texts me", ("first: mine", "first: mine, to me")),
        ("my friend's dad texts me", ("first: mine", "first: mine, to me")),
        ("my friend's dad hits her", ("of: friend", "of: friend, not to me")),
        ("my nudes", ("first: mine", "first: mine, not to me")),
        ("", ("first: ", "first: , not to me")),
    ],
)
def test_whom_somebody_speaks_of(said: str, marks: tuple[str, ...]) -> None:
    assert about_whom(words(said)) == marks


@given(st.text())
def test_any_text_speaks_of_someone_and_no_word_is_taken_for_a_mark(said: str) -> None:
    marks = about_whom(words(said))
    assert marks
    assert not set(marks) & set(words(said))


# Slips


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("blackmale", "blackmail"),  # two slips in a long word
        ("snapcaht", "snapchat"),  # two letters that have changed places
        ("nuds", "nudes"),  # a letter too few
        ("thret", "threat"),
        ("stab", "stab"),
    ],
)
def test_a_slip_is_forgiven(typed: str, word: str) -> None:
    assert meant(typed, ["blackmail", "snapchat", "nudes", "threat", "stab", "other"]) == word


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("hit", "hat"),  # too short: it would be any word
        ("blame", "blackmail"),
        ("sumone", "someone"),  # two slips in a short word
        ("a" * 41, "a" * 40),  # too long to be a word
        ("wxyz", ""),
    ],
)
def test_what_is_too_far_away_is_not_meant(typed: str, word: str) -> None:
    assert meant(typed, [word]) is None


def test_of_two_that_are_as_near_the_first_letter_counts_and_then_the_alphabet() -> None:
    assert meant("care", ["bare", "cage"]) == "cage"
    assert meant("care", ["cart", "cage"]) == "cage"
    assert meant("care", []) is None


# How urgent a tree is


CALM, NOW = Urgency.TODAY, Urgency.NOW


def test_a_tree_is_as_urgent_as_it_readily_comes_to_help_now() -> None:
    made = library(
        tree("calm", "", "", ending("wait", CALM)),
        tree(
            "half",
            "",
            "",
            question("q", yes="ring", no="wait"),
            ending("ring", NOW),
            ending("wait", CALM),
        ),
        tree(
            "third",
            "",
            "",
            question("q", a="ring", b="wait", c="wait"),
            ending("ring", NOW),
            ending("wait", CALM),
        ),
    )
    # Help today counts half of help now: (1 + 1/2) / 2, and (1 + 1/2 + 1/2) / 3.
    assert urgencies(made) == {"calm": 0.5, "half": 0.75, "third": pytest.approx(2 / 3)}


def test_whoever_is_in_danger_now_and_half_of_those_not_asked_do_not_count() -> None:
    safe = replace(question("safe", yes="some", no="ring"), in_danger=frozenset({"no"}))
    some = replace(
        question("some", yes="ring"),
        when=When((("age", frozenset({"18"})),)),
        otherwise=Target("a", "wait", span=HERE),
    )
    made = library(tree("a", "", "", safe, some, ending("ring", NOW), ending("wait", CALM)))
    assert urgencies(made) == {"a": 0.75}  # not (1 + 0.75) / 2, and not 1
    # Nor does a step that is only for who said so.
    alone = replace(some, when=When((("safe", frozenset({"no"})),)))
    made = library(tree("a", "", "", safe, alone, ending("ring", NOW), ending("wait", CALM)))
    assert urgencies(replace(made, questions={"safe": safe})) == {"a": 0.5}


def test_an_ending_behind_a_door_counts_and_a_way_that_leads_nowhere_does_not() -> None:
    made = library(
        tree(
            "first",
            "",
            "",
            question("q", a="second/", b="nowhere/x", c="wait"),
            ending("wait", CALM),
        ),
        tree("second", "", "", ending("ring", NOW)),
    )
    assert urgencies(made) == {"first": 0.75, "second": 1}


def test_trees_that_are_broken_have_an_urgency_too() -> None:
    round_and_round = tree(
        "round", "", "", question("q", again="q", ring="ring"), ending("ring", NOW)
    )
    dead = tree("dead", "", "", question("q", a="nowhere/x"))
    startless = tree("startless", start="gone")
    assert urgencies(library(round_and_round, dead, startless)) == {
        "round": 0.5,
        "dead": 0,
        "startless": 0,
    }


def test_a_tree_of_a_thousand_questions_is_no_harm() -> None:
    steps = [question(f"q{n}", on=f"q{n + 1}") for n in range(5000)]
    made = library(tree("long", "", "", *steps, ending("q5000", NOW)))
    assert urgencies(made) == {"long": 1}


def ring(name: str, **more: Any) -> Tree:
    return tree(name, "", "", ending("ring", NOW), **more)


def for_one(teller: str) -> Mapping[str, Any]:
    return {"given": {"teller": frozenset({teller})}}


def test_urgent_trees_come_first_and_the_one_without_a_name_last() -> None:
    made = library(ring(NAMELESS), tree("calm"), ring("urgent"), tree("also-calm"))
    order = ("urgent", "calm", "also-calm", NAMELESS)
    assert urgent_first(made, made.trees, None) == order
    assert urgent_first(made, ["calm", "urgent"], None) == ("urgent", "calm")


@pytest.mark.parametrize(
    ("teller", "order"),
    [
        (None, ("calm", "for-parents", "for-staff")),
        ("young-person", ("calm", "for-parents", "for-staff")),
        ("parent", ("for-parents", "calm", "for-staff")),
        ("staff", ("for-staff", "calm", "for-parents")),
    ],
)
def test_a_tree_for_one_reader_is_first_for_them_and_late_for_others(
    teller: str | None, order: tuple[str, ...]
) -> None:
    made = library(
        ring("for-parents", **for_one("parent")),
        tree("calm"),
        ring("for-staff", **for_one("staff")),
    )
    assert urgent_first(made, made.trees, teller) == order


def test_of_the_shipped_trees_a_threat_is_more_urgent_than_a_picture() -> None:
    made = load([shipped()]).library
    urgent = urgencies(made)
    assert urgent["threatened"] > urgent["image-shared"] > 0
    # Both others open with the same questions about danger, which weigh more than their endings.
    assert urgent["threatened"] > urgent["privacy-checkup"] > 0


# What is found


BREAD = tree("bread", "The bread is gone", "Loaves and rolls.")
WATER = tree("water", "The water is cold", "Taps and baths.")
SHOP = library(BREAD, WATER, tree("street", "A hole in the road", "Cars and bikes."))


def test_a_beginning_that_is_a_word_finds_the_longer_words_too() -> None:
    made = library(tree("zeb", "A zeb"), tree("zebra", "A zebra"), *(tree(n, n) for n in "abcdefg"))
    assert found(made, "zeb") == ["zeb", "zebra"]
    assert found(made, "zebra") == ["zebra"]


@pytest.mark.parametrize(
    ("place", "made"),
    [
        ("an ending's title", tree("a", "", "", ending("e", CALM, "A zebra"))),
        ("advice", tree("a", "", "", ending("e", CALM, "", "Feed the zebra"))),
        ("a question", tree("a", "", "", question("q", "Which zebra?", x="e"), ending("e", CALM))),
        ("an answer", tree("a", "", "", question("q", zebra="e"), ending("e", CALM))),
        ("a hard word", tree("a", "", "It is {{zebra}}.")),
        ("what people type", tree("a", said=["a zebra is after me"])),
        ("the words for one reader", tree("a", to_each=say("A horse.", staff="A zebra."))),
    ],
)
def test_a_tree_is_found_by_everything_that_it_says(place: str, made: Tree) -> None:
    assert found(library(made, WATER), "zebra") == ["a"], place


def test_a_tree_is_found_by_its_cases_and_by_the_meaning_of_its_hard_words() -> None:
    made = library(
        tree("a", "An {{equid}}"),
        WATER,
        words={"equid": say("A horse or a donkey.")},
        cases={"c": case("c", "a", "My zebra ran away.")},
    )
    assert found(made, "zebra") == ["a"]
    assert found(made, "donkeys") == ["a"]


def test_a_service_is_found_by_its_name_and_what_was_answered_by_nothing() -> None:
    service = Route("zoo", say("Zebra Line"), (), None, span=HERE)
    made = library(
        tree("a", "Ring {route:zoo} or {route:gone}, {fact}"), WATER, routes={"zoo": service}
    )
    assert found(made, "zebra") == ["a"]
    assert found(made, "fact") == found(made, "route") == []


def test_the_title_counts_for_more_than_a_story() -> None:
    made = library(
        tree("told"), tree("titled", "A zebra"), WATER, cases={"c": case("c", "told", "A zebra.")}
    )
    assert found(made, "zebra")[0] == "titled"


def test_what_people_type_finds_the_tree_by_small_words_too() -> None:
    typed, told = "i cant do this", "They cant do this."
    made = library(tree("typed", said=[typed]), tree("told", "", told), WATER)
    assert found(made, "i just cant do this now") == ["typed"]
    assert found(library(tree("told", "", told), WATER), "i just cant do this now") == []


def test_where_one_trouble_has_two_doors_it_counts_of_whom_somebody_speaks() -> None:
    own = tree("own", said=["i hurt myself", "i lost my zebra"])
    friend = tree("friend", said=["my friend hurts herself", "my mate lost a zebra"])
    made = library(own, friend, WATER)
    assert found(made, "i have hurt my arm")[0] == "own"
    assert found(made, "my friend has hurt an arm")[0] == "friend"


def test_a_slip_in_a_word_for_which_another_stands_finds_that_other() -> None:
    made = library(tree("a", said=["my child is lost"]), WATER)
    assert found(made, "daugter") == ["a"]


def test_what_stands_once_in_a_short_tree_is_no_proof() -> None:
    def story(number: int, words: int) -> str:
        return f"Zebra {' '.join(f'word{number}and{n}' for n in range(words))}"

    # One tree says it once, in five words; the other in ten stories, in one word of ten each.
    cases = {"short": case("short", "short", story(99, 4))}
    cases |= {str(n): case(str(n), "long", story(n, 9)) for n in range(10)}
    made = library(tree("long"), tree("short"), *(tree(n, n) for n in "abcdefgh"), cases=cases)
    assert found(made, "zebra") == ["long", "short"]


def test_two_words_in_a_row_count_besides() -> None:
    made = library(
        tree("apart", "A house that is red and a bus that is green"),
        tree("together", "A bus that is red, a green house and more"),
        WATER,
    )
    assert found(made, "green house")[0] == "together"


def test_a_word_that_others_say_more_counts_against_a_tree() -> None:
    herd = "zebra lion tiger " * 30
    none, cow = tree("none", herd), tree("cow", herd, "A cow.")
    finder = search_of(library(none, cow, *(tree(name, name) for name in "abcdefghij")))

    def scores(said: str) -> dict[str, float]:
        return {each.tree: each.score for each in finder.find(said)}

    cats = "zebra lion tiger"
    assert scores(f"{cats} cow")["cow"] > scores(cats)["cow"]
    assert scores(f"{cats} cow")["none"] < scores(cats)["none"]


def test_of_those_that_are_about_as_urgent_the_better_fit_is_first() -> None:
    # One answer of twenty leads to help that can wait: that makes no less urgent tree of it.
    ways = {f"a{n}": "ring" for n in range(19)} | {"wait": "wait"}
    steps = (question("q", **ways), ending("ring", NOW), ending("wait", CALM))
    better = tree("better", "A zebra, a zebra", "", *steps)
    urgent = tree("urgent", "A zebra", "", ending("ring", NOW, "Wait"))
    made = library(urgent, better, *(tree(name, name) for name in "abcdefgh"))
    assert urgencies(made)["urgent"] > urgencies(made)["better"]
    best, other = search_of(made).find("zebra")
    assert best.score - other.score < 1  # near enough for urgency to count, if it differed more
    assert (best.tree, other.tree) == ("better", "urgent")


def test_one_that_fits_much_better_is_first_though_it_is_calm() -> None:
    calm = tree("calm", "A zebra")
    urgent = tree("urgent", "A horse", "", ending("ring", NOW, "Wait", "It is no zebra, mostly."))
    assert found(library(calm, urgent, WATER), "zebra")[0] == "calm"


def test_a_calm_one_is_not_first_if_more_urgent_ones_are_together_as_likely() -> None:
    def near(name: str) -> Tree:
        return tree(name, "A zebra", "", ending("ring", NOW))

    calm = tree("calm", "A zebra " * 4)
    others = [tree(name, name) for name in "abcdefgh"]
    assert found(library(calm, *others, near("one")), "zebra")[0] == "calm"
    assert found(library(calm, *others, near("one"), near("two")), "zebra")[0] == "one"


@pytest.mark.parametrize(
    ("teller", "first"), [("young-person", "friend"), ("parent", "other"), ("staff", "other")]
)
def test_a_parent_or_worker_is_led_to_the_tree_of_a_friend_less_readily(
    teller: str, first: str
) -> None:
    words = replace(SEARCH, crisis=CrisisWords(theirs={"friend": "friend"}), said={})
    friend, other = tree("friend", "A zebra"), tree("other", "A zebra")
    made = library(friend, other, WATER, search=words)
    assert search_of(made).find("zebra", teller)[0].tree == first


def test_where_no_tree_stands_out_those_that_fit_much_worse_are_left_out() -> None:
    # Each of three trees speaks of a third. One more, though urgent, says one word in passing.
    thirds = [tree(word, f"{word} " * 200) for word in ("zebra", "horse", "hen")]
    urgent = tree("urgent", "road " * 200, "", ending("ring", NOW, "Wait", "Mind the hen."))
    hits = search_of(library(urgent, *thirds)).find("zebra horse hen")
    assert max(each.score for each in hits) < 0
    assert {each.tree for each in hits} == {"zebra", "horse", "hen"}


def test_the_tree_for_whoever_has_no_word_is_never_found() -> None:
    assert found(library(tree(NAMELESS, "A zebra"), WATER), "zebra") == []
    assert found(library(tree(NAMELESS, "A zebra"), tree("a", "A zebra"), WATER), "zebra") == ["a"]


def test_of_a_very_long_text_the_first_words_are_looked_for() -> None:
    assert found(SHOP, "zzz " * (MOST_WORDS - 1) + "bread") == ["bread"]
    assert found(SHOP, "zzz " * MOST_WORDS + "bread") == []


# The reader known


def of(teller: str) -> dict[str, frozenset[str]]:
    return {"teller": frozenset({teller})}


READERS = library(
    tree("mine", "A zebra runs", given=of("young-person")),
    tree("theirs", "A zebra runs", given=of("parent")),
    tree("all", "A zebra zebra runs"),
    *(tree(word, f"The {word} eats") for word in ("cow", "hen", "pig", "goat", "mule")),
)


def test_the_tree_of_the_reader_comes_first_where_it_is_about_as_good() -> None:
    finder = search_of(READERS)
    assert finder.find("zebra")[0].tree == "all"
    assert finder.find("zebra", "parent")[0].tree == "theirs"


def test_the_tree_of_the_reader_is_among_the_first_three_of_whatever_is_found() -> None:
    others = (tree(name, "A zebra") for name in "abcd")
    finder = search_of(library(*others, tree("own", "A cow", given=of("staff"))))
    assert [each.tree for each in finder.find("zebra", "staff")][2] == "own"
    assert "own" not in {each.tree for each in finder.find("zebra")}
    assert finder.find("elephant", "staff") == ()


WORDS = st.text(st.sampled_from("ab '£{}\n\x1b😀"), max_size=30) | st.sampled_from(
    ["bread", "water", "the cold bread", "bred watr"]
)


@cache
def in_shop() -> TreeSearch:
    return search_of(SHOP)


@given(WORDS)
def test_whatever_is_typed_each_tree_is_found_at_most_once_and_worse_ones_later(said: str) -> None:
    hits = in_shop().find(said)
    assert all(isinstance(each, Found) for each in hits)
    assert len({each.tree for each in hits}) == len(hits)
    assert sorted(hits, key=lambda each: -each.score) == list(hits)  # none is more urgent


@given(WORDS)
def test_the_same_words_in_capitals_find_the_same(said: str) -> None:
    finder = in_shop()
    assert finder.find(said.upper()) == finder.find(said.lower()) == finder.find(f" {said} ")


def test_a_reader_who_is_known_to_speak_of_a_child_need_not_say_so() -> None:
    made = library(tree("child", "", "", said=["my son"]), tree("other", "", "", said=["the boy"]))
    search = search_of(made)
    scores = {
        by: {each.tree: each.score for each in search.find("my son is sad", by)}
        for by in ("young-person", "parent")
    }
    assert scores["parent"]["child"] < scores["young-person"]["child"]
