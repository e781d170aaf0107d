"""A code opens to the very walk that it was made of, on every ending of every shipped tree."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, cycle, product
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.model.base import Frozen, field_names, replace
from fingerpost.model.facts import NATIONS, NOT_SURE, TELLERS, Facts
from fingerpost.model.graph import StepGraph
from fingerpost.model.library import Library
from fingerpost.model.sentence import PLACES, Sentence
from fingerpost.model.tree import CarryOn, Outcome, Question, Step, When
from fingerpost.page.messages import say
from fingerpost.proof.formula import Test
from fingerpost.proof.witness import explore
from fingerpost.reading.loader import load, shipped
from fingerpost.walk import resume_code
from fingerpost.walk.autoplay import play_case
from fingerpost.walk.check_letters import Wrong, WrongCode, read, spells, written
from fingerpost.walk.resume_code import Opened, code_of, opened
from fingerpost.walk.walk import Reply, Walk

from ..support.oracle import HERE, WORDS, any_trees, ending, question, replay, target, tree
from ..support.printed import CASES
from ..support.sample import FIRST_TWO
from ..support.shipped import whole_library

LAW = settings(max_examples=150, derandomize=True)
GROUPS = re.compile(r"[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4})*")


def facts(**known: str) -> dict[str, frozenset[str]]:
    """``age="18"``; several values are joined by a plus, and a fact's hyphen is a low line."""
    return {fact.replace("_", "-"): frozenset(value.split("+")) for fact, value in known.items()}


def walked(library: Library, start: str, *replies: str, given: Facts | None = None) -> Walk:
    """The values of each reply, joined by a plus, or nothing to go on from an ending."""
    walk = Walk.begin(library, start, given)
    for reply in replies:
        walk = walk.answer(reply.split("+")) if reply else walk.carry_on()
    return walk


def what(walk: Walk | None) -> tuple[object, ...]:
    """All that a code must bring back of a walk."""
    assert walk is not None
    return (walk.start.tree, walk.tree.name, walk.here, walk.facts, walk.given, walk.replies)


def reopened(walk: Walk) -> str:
    """The code of a walk, which must open to that walk and to no other."""
    code = code_of(walk)
    assert GROUPS.fullmatch(code)
    found = opened(walk.library, code)
    assert what(found.walk) == what(walk)
    assert not found.changed
    assert found.tree == walk.start.tree
    assert found.facts == walk.facts
    assert code_of(cast(Walk, found.walk)) == code
    return code


def refusal(library: Library, code: str) -> str:
    with pytest.raises(WrongCode) as caught:
        opened(library, code)
    return say(f"code.wrong-{caught.value.why}")


# --- a small library -----------------------------------------------------------------------------


def shared(fact: str, values: str, *, always_ask: bool = False) -> Question:
    made = question(fact, fact, dict.fromkeys(values.split(), "one/"))
    return replace(made, always_ask=always_ask)


SHARED = (
    shared("teller", " ".join(TELLERS)),
    shared("safe", "yes no", always_ask=True),
    shared("age", "under-13 13-15 16-17 18 not-sure"),
    shared("nation", " ".join((*NATIONS, NOT_SURE))),
    shared("where", "here there nowhere"),
    shared("colour", "red blue"),
)
"""``colour`` is asked by no tree of the small library, as by a tree that is not there yet."""


def asking(name: str, onward: str, **elsewhere: str) -> Question:
    """The shared question of this name, all of whose answers but some lead onward."""
    values = next(each.values for each in SHARED if each.name == name)
    return question(name, name, dict.fromkeys(values, onward) | elsewhere)


def small(*more: Step, shares: tuple[Question, ...] = SHARED) -> Library:
    """Two trees with a door between them. ``more`` steps take the place of those of ``one``."""
    steps: dict[str, Step] = {
        step.name: step
        for step in (
            asking("teller", "one/safe"),
            asking("safe", "one/age", no="one/danger"),
            asking("age", "one/nation"),
            asking("nation", "one/what"),
            question("what", "what", {"picture": "one/where", "threat": "two/", "none": "one/end"}),
            asking("where", "one/end"),
            ending("danger", on("one/age", safe="yes")),
            ending("end"),
            *more,
        )
    }
    two = tree(
        "two", [question("who", "who", {"known": "two/bad", "unknown": "two/bad"}), ending("bad")]
    )
    return replace(of(tree("one", [*steps.values()]), two), questions={q.fact: q for q in shares})


def of(*trees: Any) -> Library:
    return Library(
        trees={each.name: each for each in trees},
        questions={q.fact: q for q in SHARED},
        advice={},
        always=(),
        needs={},
        words={},
        routes={},
    )


def on(to: str, **sets: str) -> CarryOn:
    return CarryOn(WORDS, target(to), facts(**sets), span=HERE)


A_WALK = ("parent", "no", "", "13-15", "wales", "picture", "here+there")
"""Through danger, on from there, and to the end."""


# --- exact ---------------------------------------------------------------------------------------


def test_a_walk_comes_back_as_it_was() -> None:
    walk = walked(small(), "one", *A_WALK)
    found = opened(walk.library, code_of(walk))
    assert isinstance(found.walk, Walk)
    assert found.walk.here.name == "end"
    assert found.walk.replies[1:3] == (
        Reply("one", "safe", frozenset({"no"})),
        Reply("one", "danger"),
    )
    assert found.facts == facts(
        teller="parent", safe="yes", age="13-15", nation="wales", what="picture", where="here+there"
    )


def test_at_an_ending_one_may_stop_or_have_gone_on() -> None:
    library = small()
    stopped = walked(library, "one", "parent", "no")
    went_on = stopped.carry_on()
    assert stopped.here.name == "danger"
    assert went_on.here.name == "age"
    assert reopened(stopped) != reopened(went_on)


def test_at_any_question_one_may_have_stopped() -> None:
    library = small()
    codes = {reopened(walked(library, "one", *A_WALK[:length])) for length in range(8)}
    assert len(codes) == 8


def test_a_walk_goes_through_a_door() -> None:
    walk = walked(small(), "one", "staff", "yes", "18", "scotland", "threat", "unknown")
    assert walk.tree.name == "two"
    reopened(walk)
    reopened(Walk.begin(walk.library, "two"))


def test_answers_of_branches_that_were_left_are_no_part() -> None:
    walk = walked(small(), "one", "staff", "yes", "18", "wales", "threat", "known")
    back = walk.change(1, {"no"})
    assert back.kept
    assert code_of(back) == code_of(walked(walk.library, "one", "staff", "no"))


@pytest.mark.parametrize(
    "given",
    [
        facts(teller="staff"),
        facts(nation="not-sure", age="18"),
        facts(what="threat", who="known"),
        facts(where="here+there", what="picture"),
        facts(where="nowhere", what="none"),
        facts(colour="blue"),
        facts(colour="red", teller="staff", age="under-13", nation="england", what="none"),
    ],
)
def test_what_was_given_stays_given(given: Facts) -> None:
    """Also what is not asked on this way, which a route may read; a question is passed over."""
    library = small()
    walk = Walk.begin(library, "one", given)
    while isinstance(walk.here, Question):
        reopened(walk)
        walk = walk.answer({walk.here.values[0]})
    reopened(walk)
    assert dict(walk.facts, **given) == walk.facts


def test_given_facts_that_nothing_can_read_are_left_out() -> None:
    library = small()
    strange = facts(planet="mars", what="nonsense", where="here+moon", teller="martian")
    walk = Walk.begin(library, "one", strange)
    found = opened(library, code_of(walk))
    assert found.facts == facts(where="here")
    assert code_of(cast(Walk, found.walk)) == code_of(walk)
    assert code_of(Walk.begin(library, "one", facts(where="here"))) == code_of(walk)


def test_who_it_is_about_is_known_where_nobody_is_asked() -> None:
    """An option or the local file gives teller and nation to trees that do not ask for them."""
    reopened(walked(bare(), "one", "a", given=facts(teller="parent", nation="wales")))


def bare() -> Library:
    """One question of a tree alone, and nothing shared."""
    alone_here = tree("one", [question("q", "q", {"a": "one/end", "b": "one/end"}), ending("end")])
    return replace(of(alone_here), questions={})


def test_what_a_tree_gives_to_all_need_not_be_written() -> None:
    first = asking("teller", "one/age")
    staff = of(tree("one", [first, asking("age", "one/end"), ending("end")], facts(teller="staff")))
    walk = walked(staff, "one", "16-17")
    assert walk.facts == facts(teller="staff", age="16-17")
    reopened(walk)


def test_a_fact_may_be_asked_twice_and_end_as_another() -> None:
    """The second question does not offer what was answered, or what was given, so it asks."""
    narrower = question("age-again", "age", {"16-17": "one/end", "not-sure": "one/end"})
    library = small(asking("age", "one/age-again"), narrower)
    for age in ("under-13", "18"):
        walk = walked(library, "one", "parent", "yes", age, "16-17")
        assert walk.facts["age"] == {"16-17"}
        assert reopened(walk) != reopened(walked(library, "one", "parent", "yes", age, "not-sure"))
    given = facts(age="under-13")
    reopened(walked(library, "one", "parent", "yes", "16-17", given=given))
    # The first is not passed over by what only the second offers.
    assert len(walked(library, "one", "parent", "yes", "16-17").replies) == 3


def test_a_step_that_is_met_twice_is_where_a_walk_stops() -> None:
    """Loops are a mistake that reading finds. Nothing may hang all the same."""
    back = small(ending("danger", on("one/teller")))
    walk = walked(back, "one", "staff", "no", "")
    assert walk.here.name == "teller"
    reopened(walk)
    round_and_round = small(ending("danger", on("one/far")), ending("far", on("one/danger")))
    walk = walked(round_and_round, "one", "staff", "no", "", "")
    assert walk.here.name == "danger"
    assert len(walk.replies) == 4
    reopened(walk)
    asked_again = small(
        question("what", "what", {"picture": "one/odd", "none": "one/end"}),
        question("odd", "odd", {"a": "one/odd", "b": "one/end"}),
    )
    walk = walked(asked_again, "one", "staff", "yes", "18", "wales", "picture", "a")
    assert walk.here.name == "odd"
    reopened(walk)


@pytest.mark.parametrize("count", range(1, 9))
def test_any_set_of_values_can_be_chosen(count: int) -> None:
    """Every set of up to eight values, each with a code of its own."""
    values = [f"v{n}" for n in range(count)]
    many = question("where", "where", dict.fromkeys(values, "one/end"))
    library = replace(of(tree("one", [many, ending("end")])), questions={})
    sets = [s for size in range(1, count + 1) for s in combinations(values, size)]
    codes = {reopened(walked(library, "one", "+".join(chosen))) for chosen in sets}
    assert len(codes) == len(sets) == 2**count - 1
    given = {reopened(Walk.begin(library, "one", {"where": frozenset(chosen)})) for chosen in sets}
    assert len(given) == len(sets)


def test_few_of_many_values_take_little_room() -> None:
    """By hand: 65 bits come before them. Of 40, one takes 6 bits more and two take 10; 20 take 43,
    and 39 take 11. So with the check there are 17 letters, 17, 24 and 18."""
    values = [f"v{n}" for n in range(40)]
    many = question("where", "where", dict.fromkeys(values, "one/end"))
    library = replace(of(tree("one", [many, ending("end")])), questions={})
    codes = {n: reopened(walked(library, "one", "+".join(values[-n:]))) for n in (1, 2, 20, 39)}
    groups = {n: len(code.split("-")) for n, code in codes.items()}
    assert groups == {1: 5, 2: 5, 20: 6, 39: 5}


# --- every ending of every shipped tree ----------------------------------------------------------


@pytest.fixture(scope="module")
def each_shape_is_found_once() -> Iterator[None]:
    """The shape of a tree is the same in thousands of codes, and to find it is most of the work.
    Other tests write and read codes of the shipped library without this."""
    find = resume_code._shape
    found: dict[tuple[int, str, bool], tuple[Library, Any]] = {}

    def shape(library: Library, start: str, *, wide: bool) -> Any:
        key = (id(library), start, wide)
        if key not in found:  # with the library, so that no other has its identity
            found[key] = (library, find(library, start, wide=wide))
        return found[key][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resume_code, "_shape", shape)
        yield


@pytest.mark.slow
@pytest.mark.usefixtures("each_shape_is_found_once")
def test_every_case_opens_again_and_its_code_is_short() -> None:
    library = whole_library()
    walks = [play_case(library, case) for case in library.cases.values()]
    codes = {reopened(walk) for walk in walks}
    # Two stories may be answered alike at every step: they are one walk, and have one code.
    assert len(codes) == len({(walk.start.tree, walk.replies) for walk in walks}) > 50
    assert max(len(code.split("-")) for code in codes) <= 6
    # A code may be read out to a child.
    assert not any(spells(code) for code in codes)


@pytest.mark.slow
@pytest.mark.in_turn(among="longer sweeps")
@pytest.mark.usefixtures("each_shape_is_found_once")
def test_a_code_is_picked_that_spells_nothing() -> None:
    """Of the first picks most would spell something; whoever types another pick has no code."""
    library = whole_library()
    walks = [play_case(library, library.cases[name]) for name in CASES]
    by_pick = [[written(number) for number in resume_code._numbers(walk)] for walk in walks]
    assert sum(spells(codes[0]) for codes in by_pick) > len(walks) / 3
    for walk, codes in zip(walks, by_pick, strict=True):
        chosen = next(code for code in codes if not spells(code))
        assert code_of(walk) == chosen
        for other in codes:
            if other != chosen:
                assert "no way through" in refusal(library, other)


def facts_by_tree() -> list[tuple[str, str]]:
    """Five facts for each of the first two trees, and one of them in turn for each of the others:
    what tells people apart does not depend on the tree."""
    facts = ("teller", "age", "nation", "danger", "suicide")
    others = sorted(whole_library().trees.keys() - set(FIRST_TWO))
    return [*product(FIRST_TWO, facts), *zip(others, cycle(facts))]


@pytest.mark.slow
@pytest.mark.in_turn
@pytest.mark.usefixtures("each_shape_is_found_once")
@pytest.mark.parametrize(("start", "fact"), facts_by_tree())
def test_every_ending_opens_again_for_everyone_of_whom_a_fact_is_true(
    start: str, fact: str
) -> None:
    library = whole_library()
    tests = [Test(fact, frozenset({value})) for value in library.questions[fact].values]
    found = explore(StepGraph(library, start), tests)
    assert found.complete
    codes = set()
    for arrival in found.arrivals:
        code = reopened(replay(library, found.witness(arrival.state)))
        assert len(code.split("-")) <= 6
        codes.add(code)
    # Those that are only behind a door may be for nobody who comes through it.
    met = {arrival.place for arrival in found.arrivals}
    assert met >= {(start, ending) for ending in library.trees[start].outcomes}
    assert len(codes) == len(found.arrivals)


@st.composite
def walks(draw: st.DrawFn, library: Library) -> Walk:
    """Any walk: facts given at random, answers and carry-ons at random, stopped anywhere."""
    start = draw(st.sampled_from(sorted(library.trees)))
    asked = {
        q.fact: q for q in (*library.questions.values(), *StepGraph(library, start).questions())
    }
    names = draw(st.sets(st.sampled_from(sorted(asked)), max_size=6))
    walk = Walk.begin(library, start, {name: draw(replies(asked[name])) for name in sorted(names)})
    for _ in range(draw(st.sampled_from([1, 3, 10, 30, 30, 30]))):
        if isinstance(walk.here, Question):
            walk = walk.answer(draw(replies(walk.here)))
        elif walk.here.carry_on and draw(st.booleans()):
            walk = walk.carry_on()
        else:
            break
    if walk.replies and draw(st.integers(0, 4)) == 0:
        walk = walk.back()
    return walk


def replies(asked: Question) -> st.SearchStrategy[frozenset[str]]:
    one = st.sampled_from([frozenset({value}) for value in asked.values])
    together = [answer.value for answer in asked.answers if not answer.alone]
    if not asked.many or len(together) < 2:
        return one
    return one | st.frozensets(st.sampled_from(together), min_size=2, max_size=len(together))


@pytest.mark.slow
@LAW
@given(st.data())
def test_any_walk_through_the_shipped_trees_opens_again(data: st.DataObject) -> None:
    reopened(data.draw(walks(whole_library())))


def test_any_walk_through_any_trees_opens_again() -> None:
    """1,000 random libraries, whose tellers and ages are in no list and whose questions recur."""
    for seed in range(1_000):
        chance = random.Random(seed)
        library = any_trees(chance)
        given = {
            fact: frozenset({chance.choice(library.questions[fact].values)})
            for fact in chance.sample(sorted(library.questions), chance.randint(0, 3))
        }
        walk = Walk.begin(library, chance.choice(["one", "two"]), given)
        for _ in range(chance.randint(0, 12)):
            if isinstance(walk.here, Question):
                walk = walk.answer({chance.choice(walk.here.values)})
            elif walk.here.carry_on and chance.random() < 0.7:
                walk = walk.carry_on()
        reopened(walk)


# --- what may change, and what may not -----------------------------------------------------------


def reworded(value: Any) -> Any:
    """The same with other words in every sentence, and without a word that has no shape."""
    if isinstance(value, Sentence):
        words = tuple((teller, f"Other {text}") for teller, text in value.by_teller)
        return replace(value, otherwise=f"Other {value.otherwise}", by_teller=words)
    if isinstance(value, Outcome):
        value = replace(value, advice=(), needs=(), worse=None)
    if isinstance(value, Frozen):
        parts = {name: getattr(value, name) for name in field_names(value) if name not in PLACES}
        return replace(value, **{name: reworded(part) for name, part in parts.items()})
    if isinstance(value, Mapping):
        return {name: reworded(part) for name, part in value.items()}
    if isinstance(value, tuple):
        return tuple(map(reworded, value))
    return value


@pytest.mark.slow
@pytest.mark.usefixtures("each_shape_is_found_once")
def test_rewording_every_sentence_keeps_every_code() -> None:
    """Nor does it matter what is advised, when, or who serves whom."""
    library = whole_library()
    other = reworded(replace(library, routes={}, always=(), rules=(), cases={}, advice={}))
    assert other.trees["threatened"].title.otherwise.startswith("Other ")
    steps = {
        tree.name: {step.name: reworded(step) for step in tree.outcomes.values()}
        for tree in library.trees.values()
    }
    for case in library.cases.values():
        walk = play_case(library, case)
        code = code_of(walk)
        found = opened(other, code).walk
        assert found is not None
        assert found.here == steps[walk.tree.name][walk.here.name]
        assert found.here != walk.here
        assert (found.tree.name, found.facts) == (walk.tree.name, walk.facts)
        assert found.replies == walk.replies
        assert code_of(found) == code


WHAT = {"picture": "one/where", "threat": "two/", "none": "one/end"}

CHANGES: Mapping[str, Callable[[Library], Library]] = {
    "a way leads elsewhere": lambda _: small(question("what", "what", WHAT | {"none": "two/"})),
    "an answer has another name": lambda _: small(
        question("what", "what", {"image": "one/where", "threat": "two/", "none": "one/end"})
    ),
    "an answer is new": lambda _: small(question("what", "what", WHAT | {"new": "one/end"})),
    "the answers change places": lambda _: small(
        question("what", "what", dict(reversed(WHAT.items())))
    ),
    "an answer stands alone": lambda _: small(alone(question("what", "what", WHAT), "none")),
    "several may be chosen": lambda _: small(replace(question("what", "what", WHAT), many=True)),
    "a question is only for some": lambda _: small(for_some(question("what", "what", WHAT))),
    "a question sets another fact": lambda _: small(question("what", "whatever", WHAT)),
    "a question has another name": lambda _: small(
        asking("nation", "one/what-else"), question("what-else", "what", WHAT)
    ),
    "a question is new": lambda _: small(
        asking("nation", "one/new"), question("new", "new", {"a": "one/what", "b": "one/what"})
    ),
    "an ending leads on": lambda _: small(ending("end", on("two/"))),
    "an ending leads on no more": lambda _: small(ending("danger")),
    "an ending leads on to elsewhere": lambda _: small(
        ending("danger", on("one/nation", safe="yes"))
    ),
    "an ending settles something else": lambda _: small(
        ending("danger", on("one/age", safe="yes", what="none"))
    ),
    "a tree begins elsewhere": lambda old: one(old, start="safe"),
    "a tree gives something to all": lambda old: one(old, given=facts(what="none")),
    "behind a door an answer is gone": lambda old: replace(
        old,
        trees={
            **old.trees,
            "two": tree("two", [question("who", "who", {"known": "two/bad"}), ending("bad")]),
        },
    ),
    "what is always asked may be given": lambda _: small(
        shares=tuple(replace(each, always_ask=False) for each in SHARED)
    ),
    "a start is missing": lambda old: one(old, start="nowhere"),
}


def alone(asked: Question, value: str) -> Question:
    return replace(asked, answers=tuple(replace(a, alone=a.value == value) for a in asked.answers))


def for_some(asked: Question, age: str = "13-15", otherwise: str = "one/end") -> Question:
    """The same question, asked only of those of one age."""
    when = When((("age", frozenset({age})),))
    return replace(asked, when=when, otherwise=target(otherwise))


def one(library: Library, **changes: Any) -> Library:
    trees = {**library.trees, "one": replace(library.trees["one"], **changes)}
    return replace(library, trees=trees)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_of_a_tree_of_another_shape_only_who_it_is_about_is_read(
    change: Callable[[Library], Library],
) -> None:
    library = small()
    code = code_of(walked(library, "one", *A_WALK))
    known = facts(teller="parent", age="13-15", nation="wales")
    found = opened(change(library), code)
    assert found == Opened("one", known, None)
    assert found.changed


def test_of_a_tree_of_another_shape_nothing_is_read_that_was_not_known() -> None:
    library = small()
    new = CHANGES["an answer is new"](library)
    assert opened(new, code_of(Walk.begin(library, "one"))).facts == {}
    not_sure = walked(library, "one", "staff", "yes", "not-sure", "not-sure")
    assert opened(new, code_of(not_sure)).facts == facts(
        teller="staff", age="not-sure", nation="not-sure"
    )


def test_a_walk_past_a_question_that_is_only_for_some_opens_again() -> None:
    library = small(for_some(question("what", "what", WHAT)))
    asked_it = walked(library, "one", *A_WALK)
    passed_by = walked(library, "one", "parent", "yes", "18", "wales")
    assert (asked_it.facts["what"], "what" in passed_by.facts) == ({"picture"}, False)
    code = reopened(asked_it)
    reopened(passed_by)
    for other in (
        for_some(question("what", "what", WHAT), age="18"),
        for_some(question("what", "what", WHAT), otherwise="two/"),
        question("what", "what", WHAT),
    ):
        assert opened(small(other), code).changed


def test_several_ages_are_no_age() -> None:
    """They open again as they were; of a changed tree none of them is read."""
    ages = replace(asking("age", "one/nation"), many=True)
    walk = walked(small(ages), "one", "parent", "yes", "13-15+18", "wales")
    code = reopened(walk)
    assert opened(small(), code).facts == facts(teller="parent", nation="wales")


def test_a_change_out_of_reach_keeps_every_code() -> None:
    """A tree or a step to which no way leads from here, or a shared question that none asks."""
    library = small()
    code = code_of(walked(library, "one", *A_WALK))
    other = small(ending("nobody-comes-here"), shares=(*SHARED, shared("size", "big small")))
    other = replace(other, trees={"before": tree("before", [ending("e")]), **other.trees})
    assert what(opened(other, code).walk)[3:] == what(walked(library, "one", *A_WALK))[3:]
    of_two = code_of(walked(library, "two", "known"))
    assert not opened(CHANGES["an answer is new"](library), of_two).changed


def test_a_given_fact_of_other_trees_is_never_misread() -> None:
    """Its code counts all shared questions, and so is good while they stay."""
    library = small()
    code = code_of(walked(library, "one", *A_WALK, given=facts(colour="blue")))
    assert opened(library, code).facts["colour"] == {"blue"}
    for shares in (
        (shared("aroma", "sweet"), *SHARED),
        (*SHARED[:-1], shared("colour", "blue red")),
    ):
        found = opened(small(shares=shares), code)
        assert found.changed
        assert found.facts == facts(teller="parent", age="13-15", nation="wales")


@pytest.mark.parametrize(
    ("ages", "known"),
    [
        ("0-15 13-15 16-17", {"13-15"}),
        ("not-sure 18 16-17 13-15 under-13", {"13-15"}),
        ("under-15 15-17 18 not-sure", set()),
    ],
)
def test_an_age_is_read_only_if_it_is_still_an_answer(ages: str, known: set[str]) -> None:
    """In whatever list it stands, and at whatever place."""
    old, others = small(), tuple(each for each in SHARED if each.fact != "age")
    new = replace(old, questions={q.fact: q for q in (*others, shared("age", ages))})
    found = opened(new, code_of(walked(old, "one", *A_WALK)))
    assert found.changed
    assert found.facts.get("age", set()) == known
    assert found.facts["nation"] == {"wales"}


def test_the_shipped_ages_are_told_apart() -> None:
    library = whole_library()
    changed = one(
        replace(library, trees={"one": library.trees["threatened"]}),
        name="one",
        start="e",
        questions={},
        outcomes={"e": ending("e")},
    )
    begin = small(shares=(*library.questions.values(),))
    for age in library.questions["age"].values:
        code = code_of(Walk.begin(begin, "one", facts(age=age)))
        found = opened(changed, code)
        assert found.changed
        assert found.facts == facts(age=age)


def test_of_two_ages_with_one_hash_one_is_written_with_the_replies() -> None:
    ages = alike("age", 1_023)
    first = question("age", "age", dict.fromkeys(ages, "one/end"))
    library = replace(of(tree("one", [first, ending("end")])), questions={"age": first})
    other = one(library, outcomes={"end": ending("end", on("one/age"))})
    known = [opened(other, reopened(walked(library, "one", age))).facts for age in ages]
    assert known == [{}, facts(age=ages[1])]


def alike(name: str, hashes: int) -> tuple[str, str]:
    """Two names that begin with this one and have the same hash, of so many that there are."""
    seen: dict[int, str] = {}
    for number in range(hashes):
        other = f"{name}-{number}"
        first = seen.setdefault(resume_code._hash(other, hashes), other)
        if first != other:
            return first, other
    raise AssertionError("no two hashes are the same")


# --- who may be told what ------------------------------------------------------------------------


def test_codes_of_one_tree_have_nothing_in_common_to_see() -> None:
    """What they share, the tree and its shape, stands in the last letters, and is masked."""
    library = whole_library()
    codes = {  # two cases can be of one walk
        code_of(play_case(library, case))
        for case in library.cases.values()
        if case.tree == "threatened"
    }
    assert len(codes) > 20
    for part in (slice(-4, None), slice(-9, -5)):
        assert len({code[part] for code in codes}) == len(codes)


def test_what_is_always_asked_is_asked_again() -> None:
    """The code holds it; a new walk that is given all its facts begins with that question."""
    walk = walked(small(), "one", *A_WALK)
    found = opened(walk.library, code_of(walk))
    again = Walk.begin(walk.library, found.tree, found.facts)
    assert again.here.name == "safe"
    assert again.answer({"yes"}).here.name == "end"


# --- what is no code -----------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["", "2222", "1234-1234", "2238-2238"])
def test_what_is_no_code_is_refused(code: str) -> None:
    assert refusal(small(), code)


def test_case_is_no_matter_and_a_slip_is() -> None:
    walk = walked(small(), "one", *A_WALK)
    code = code_of(walk)
    assert what(opened(walk.library, code.lower().replace("-", " ")).walk) == what(walk)
    for place, letter in enumerate(code):
        if letter != "-":
            wrong = code[:place] + ("2" if letter != "2" else "3") + code[place + 1 :]
            assert refusal(walk.library, wrong).startswith("This code does not add up")


def test_a_code_of_another_version() -> None:
    code = code_of(walked(small(), "one", *A_WALK))
    for later in range(1, 8):
        assert refusal(small(), written(read(code) + later)) == (
            "This code was made by another version of fingerpost."
        )


def test_a_code_of_a_tree_that_is_not_here() -> None:
    code = code_of(walked(small(), "one", *A_WALK))
    for library in (replace(small(), trees={"two": small().trees["two"]}), whole_library()):
        assert refusal(library, code) == "This code is for a tree that is not here."


def test_letters_by_chance_open_nothing() -> None:
    chance = random.Random(7)
    library = whole_library()
    for _ in range(20_000):
        refusal(library, "".join(chance.choices("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", k=20)))


def test_numbers_by_chance_with_a_right_check_open_no_walk() -> None:
    """One in eight is of this version, of these one in 16,384 for one of two trees, and of these
    one in a million would be of its shape."""
    chance = random.Random(7)
    library = whole_library()
    found = 0
    for _ in range(20_000):
        try:
            assert opened(library, written(chance.getrandbits(90))).changed
        except WrongCode:
            continue
        found += 1
    assert found <= 2


def parted(code: str) -> tuple[int, int]:
    """What a code holds beside its tree and its shape, and what it holds of these."""
    masked, pick = divmod(read(code) // resume_code._FORMATS, resume_code._PICKS)
    hidden, head = divmod(masked, resume_code._HEADS)
    body = resume_code._hidden(hidden, pick)
    return body, head ^ resume_code._mask(body, pick)


def with_body(code: str, body: int) -> str:
    """The code of the same tree with other contents, as only somebody can write who wants to."""
    _, head = parted(code)
    made = ""
    for pick in range(resume_code._PICKS):
        masked = resume_code._hidden(body, pick) * resume_code._HEADS
        masked += head ^ resume_code._mask(body, pick)
        made = written((masked * resume_code._PICKS + pick) * resume_code._FORMATS)
        if not spells(made):
            break
    return made


@pytest.mark.slow
@pytest.mark.parametrize("number", range(6))
def test_contents_that_no_walk_has_are_refused_and_others_have_one_code(number: int) -> None:
    """Contents of which one bit has been turned are of another walk, or of none."""
    library = whole_library()
    walk = play_case(library, [*library.cases.values()][10 * number])
    if number == 5:  # of a library that has no ages
        library = bare()
        walk = walked(library, "one", "a", given=facts(teller="parent"))
    code = code_of(walk)
    body, _ = parted(code)
    assert with_body(code, body) == code
    walks, refused = 0, set()
    for bit in range(body.bit_length() + 20):
        made_up = with_body(code, body ^ 1 << bit)
        try:
            found = opened(library, made_up)
        except WrongCode as wrong:
            refused.add(wrong.why)
        else:
            walks += 1
            assert found.walk is not None
            assert code_of(found.walk) == made_up
    assert walks
    assert refused == {Wrong.WALK}


# --- two trees of one hash -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def namesakes() -> tuple[str, str]:
    """Two names of trees with one hash."""
    return alike("tree", resume_code._TREES)


def same_hash(names: tuple[str, str], *offered: str) -> Library:
    """Two trees of these names, each with a question that offers these answers."""
    asked = {name: question("q", "q", dict.fromkeys(offered, f"{name}/end")) for name in names}
    return of(*(tree(name, [asked[name], ending("end")]) for name in names))


def test_of_two_trees_with_one_hash_the_shape_tells_which(namesakes: tuple[str, str]) -> None:
    library = same_hash(namesakes, "a", "b")
    for name in namesakes:
        reopened(walked(library, name, "b"))


def test_of_two_trees_with_one_hash_and_other_shapes_nothing_is_read(
    namesakes: tuple[str, str],
) -> None:
    code = code_of(walked(same_hash(namesakes, "a", "b"), namesakes[0], "b"))
    assert refusal(same_hash(namesakes, "b", "a"), code) == (
        "This code could be for more than one tree, so it cannot be opened."
    )


# --- paper lasts ---------------------------------------------------------------------------------


def test_a_code_on_paper_stays_good() -> None:
    """This one was printed. If it opens no more, then all that people have in a drawer are lost:
    give the digits that are new a new format, and go on reading this one."""
    found = opened(small(), "2226-2AT3-5JR2-ZZDX-22RP")
    assert what(found.walk) == what(walked(small(), "one", *A_WALK, given=facts(colour="blue")))


WITHOUT_A_SHORT_CUT = """
import hashlib, sys
sys.modules["_blake2"] = None  # hashlib has what it needs of it
from fingerpost.reading.loader import load, shipped
from fingerpost.walk.resume_code import code_of
from fingerpost.walk.walk import Walk
print(code_of(Walk.begin(load([shipped()], ["threatened"]).library, "threatened")))
from fingerpost.walk.resume_code import blake2b
print(blake2b is hashlib.blake2b)
"""


def test_a_python_that_has_only_the_usual_hashes_gives_the_same_codes() -> None:
    program = [sys.executable, "-c", WITHOUT_A_SHORT_CUT]
    told = subprocess.run(program, capture_output=True, check=True, encoding="utf-8").stdout
    here = code_of(Walk.begin(load([shipped()], ["threatened"]).library, "threatened"))
    assert told.split() == [here, "True"]
