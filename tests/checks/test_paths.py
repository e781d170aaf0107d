"""The checks of paths: silent on the shipped library, and each fires on a doctored copy of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from types import ModuleType

import pytest

from fingerpost.checks.safety import contracts, open_at_night, rules, unserved
from fingerpost.checks.structure import unreached
from fingerpost.checks.upkeep import cases
from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Diagnostic, Severity
from fingerpost.model.facts import Facts
from fingerpost.model.library import Library
from fingerpost.model.tree import (
    Always,
    Expectation,
    Need,
    Question,
    Rule,
    Step,
    Target,
    Tree,
    When,
)
from fingerpost.proof.boxes import Room
from fingerpost.proof.prover import Proofs

from ..support import checking
from ..support.checking import found_by
from ..support.oracle import ending_of, replayed
from ..support.sample import OF_OTHER_TREES, Shows, first_two

pytestmark = pytest.mark.slow

CHECKS = (rules, unreached, unserved, contracts, open_at_night, cases)


@pytest.fixture(scope="module")
def shipped() -> Library:
    return first_two()


def must_replay(library: Library, found: Sequence[Diagnostic]) -> None:
    for mistake in found:
        tree, ending = ending_of(mistake)
        walk = replayed(library, mistake, mistake.begins)
        assert (walk.tree.name, walk.here.name) == (tree, ending)


def errors(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    return [mistake for mistake in found if mistake.severity is Severity.ERROR]


def without(library: Library, *routes: str) -> Library:
    assert set(routes) <= library.routes.keys()
    left = {name: route for name, route in library.routes.items() if name not in routes}
    return replace(library, routes=left)


def with_tree(library: Library, changed: Tree) -> Library:
    return replace(library, trees={**library.trees, changed.name: changed})


def leading(question: Question, value: str, to: str) -> Question:
    """A question of which one answer leads elsewhere in its tree."""
    answers = tuple(
        replace(each, goto=replace(each.goto, step=to))
        if each.value == value and each.goto is not None
        else each
        for each in question.answers
    )
    assert answers != question.answers
    return replace(question, answers=answers)


def facts(**answers: str) -> Facts:
    return {fact.replace("_", "-"): frozenset({value}) for fact, value in answers.items()}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.rpartition(".")[2])
def test_the_shipped_library_has_none_of_these_mistakes(
    check: ModuleType, shipped: Library
) -> None:
    found = found_by(check, shipped)
    about_nobody = OF_OTHER_TREES if check is rules else []
    serious = [m for m in found if m.severity is not Severity.NOTICE]
    assert [(m.code, m.message.split("“")[1].split("”")[0]) for m in serious] == [
        ("FP311", name) for name in about_nobody
    ]
    assert [m.code for m in found if m.severity is Severity.NOTICE and m.code != "FP305"] == []


# FP310 to FP312: rules


def without_needs(needs: Iterable[Need], *gone: str) -> tuple[Need, ...]:
    return tuple(each for each in needs if each.need not in gone)


def with_less_for(library: Library, told: Facts, gone: str) -> Library:
    """For whoever has told this, one need is no longer always added, or they are not hurried."""

    def less(entry: Always) -> Always:
        if not entry.shown(told):
            return entry
        if gone == "urgency":
            return replace(entry, urgency=None)
        return replace(entry, needs=without_needs(entry.needs, gone))

    always = tuple(less(entry) for entry in library.always)
    assert always != library.always
    return replace(library, always=always)


@pytest.mark.parametrize(
    ("told", "gone", "rule"),
    [
        (facts(suicide="plan"), "emergency", "plan-is-an-emergency"),
        (facts(suicide="plan"), "urgency", "plan-is-an-emergency"),
        (facts(suicide="not-sure"), "crisis-support", "thoughts-of-suicide-reach-live-help"),
        (facts(suicide="thoughts"), "crisis-support", "thoughts-of-suicide-reach-live-help"),
        (facts(teller="staff", suspect="the-lead"), "above-the-lead", "workers-tell-someone"),
    ],
)
def test_a_rule_is_broken_where_a_line_that_it_rests_on_is_gone(
    shipped: Library, told: Facts, gone: str, rule: str
) -> None:
    library = with_less_for(shipped, told, gone)
    library = replace(library, rules=tuple(r for r in library.rules if r.name == rule))
    found = found_by(rules, library)
    assert {mistake.code for mistake in found} == {"FP310"}
    broken = {mistake.message.split("“")[1].split("”")[0]: mistake for mistake in found}
    assert rule in broken
    must_replay(library, found)
    of_rule = next(each for each in library.rules if each.name == rule)
    assert broken[rule].span == of_rule.span
    assert of_rule.because is not None
    assert broken[rule].hint == of_rule.because.otherwise
    tree, ending = ending_of(broken[rule])
    assert broken[rule].related[0].span == library.trees[tree].outcomes[ending].span


def test_a_rule_about_nobody_is_a_warning(shipped: Library) -> None:
    """Someone under 13 is never asked how old they were in the picture; others are."""
    young, young_there = (
        ("age", frozenset({"under-13"})),
        ("age-in-picture", frozenset({"under-18"})),
    )
    [some, *_] = shipped.rules

    def about(*tests: tuple[str, frozenset[str]]) -> Sequence[Diagnostic]:
        own = replace(some, when=When(tests), must=Expectation(), never=Expectation())
        return found_by(rules, replace(shipped, rules=(own,)))

    assert about(young) == about(young_there) == ()
    [mistake] = about(young, young_there)
    assert (mistake.code, mistake.severity) == ("FP311", Severity.WARNING)
    assert some.name in mistake.message
    assert mistake.span == some.span
    assert mistake.witness == ()


def test_a_rule_for_which_there_is_no_room_is_not_decided(shipped: Library) -> None:
    mistake = next(rules.find(Proofs(shipped, Room(1))))
    assert (mistake.code, mistake.severity) == ("FP312", Severity.ERROR)
    assert mistake.message.startswith("it is not decided whether the rule “danger-reaches-999”")
    assert "more than 1 kinds of people" in mistake.message


def test_a_broken_rule_without_a_reason_has_a_hint_all_the_same(shipped: Library) -> None:
    [danger, *_] = shipped.rules
    bare = Rule(
        "r", None, When(), Expectation(need=("extremism",)), Expectation(), span=danger.span
    )
    [mistake] = found_by(rules, replace(shipped, rules=(bare,)))
    assert mistake.hint == "change what this ending shows, or what the rule asks for"


# FP302: unreached


def ways_of(step: Step) -> Iterator[Target]:
    yield from (target for _, target in step.ways)
    if isinstance(step, Question) and step.otherwise is not None:
        yield step.otherwise


def reached(library: Library) -> set[tuple[str, str]]:
    """Each step to which some way leads from the start of a tree, whoever can take it."""
    found: set[tuple[str, str]] = set()
    waiting = [(tree.name, tree.start) for tree in library.trees.values()]
    while waiting:
        place = waiting.pop()
        tree, name = library.trees[place[0]], place[1]
        step = tree.step(name)
        if step is not None and place not in found:
            found.add(place)
            waiting += [(to.tree, to.step or library.trees[to.tree].start) for to in ways_of(step)]
    return found


def test_steps_that_nothing_leads_to_are_found_at_their_beginning(shipped: Library) -> None:
    """All who are threatened with violence are led where the others are."""
    tree = shipped.trees["threatened"]
    threat = tree.questions["threat"]
    ways = {value: target.step for value, target in threat.ways}
    changed = leading(threat, "violence", ways["not-sure"])
    library = with_tree(shipped, replace(tree, questions={**tree.questions, "threat": changed}))
    lost = reached(shipped) - reached(library)
    assert ("threatened", ways["violence"]) in lost
    assert len(lost) > 2
    [mistake] = found_by(unreached, library)
    assert mistake.message == (
        f"nothing leads to the question “{ways['violence']}”, nor to the {len(lost) - 1} behind it"
    )
    assert mistake.span == tree.questions[ways["violence"]].span


def test_an_ending_that_nothing_leads_to(shipped: Library) -> None:
    tree = shipped.trees["threatened"]
    lost = replace(tree.outcomes["sextortion"], name="lost", carry_on=None)
    library = with_tree(shipped, replace(tree, outcomes={**tree.outcomes, "lost": lost}))
    [mistake] = found_by(unreached, library)
    assert mistake.message == "nothing leads to the ending “lost”"
    assert mistake.span == lost.span


def test_of_steps_that_lead_only_to_one_another_one_is_named(shipped: Library) -> None:
    tree = shipped.trees["threatened"]
    age = tree.questions["age"]

    def to(name: str, goto: str) -> Question:
        answers = tuple(
            replace(a, goto=replace(a.goto, step=goto)) for a in age.answers if a.goto is not None
        )
        return replace(age, name=name, answers=answers)

    island = {"here": to("here", "there"), "there": to("there", "here")}
    changed = replace(tree, questions={**tree.questions, **island}, rules=())
    [mistake] = found_by(unreached, with_tree(shipped, changed))
    assert mistake.message == "nothing leads to the question “here”, nor to the 1 behind it"


def test_ways_to_nowhere_and_a_missing_start_are_no_trouble(shipped: Library) -> None:
    tree = shipped.trees["threatened"]
    first = tree.questions[tree.start]
    nowhere = replace(first.answers[0], goto=None)
    changed = replace(first, answers=(nowhere, *first.answers))
    questions = {**tree.questions, tree.start: changed}
    other = shipped.trees["image-shared"]
    trees = {"threatened": replace(tree, questions=questions)}
    assert found_by(unreached, replace(shipped, trees=trees)) == ()
    lost = {"image-shared": replace(other, start="no"), "threatened": tree}
    assert found_by(unreached, replace(shipped, trees=lost))
    for check in CHECKS:
        found_by(check, replace(shipped, trees=lost))


# FP303: unserved


@pytest.fixture(scope="module")
def missed(shipped: Library) -> Callable[[str], tuple[Diagnostic, ...]]:
    """What is found without a route; each is looked for once."""
    return cache(lambda route: found_by(unserved, without(shipped, route)))


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("route", "need"),
    [
        ("gateway-ni", "child-protection"),
        ("iwf-report", "report-web-page"),
        ("police-101", "police"),
        ("platform-any", "platform-report"),
        ("national-bullying-helpline", "bullying-help"),
    ],
)
def test_a_route_that_alone_serves_a_need_for_someone_is_missed(
    shipped: Library, missed: Callable[[str], tuple[Diagnostic, ...]], route: str, need: str
) -> None:
    found = missed(route)
    assert {mistake.code for mistake in found} == {"FP303"}
    assert need in {mistake.message.split("“")[1].split("”")[0] for mistake in found}
    must_replay(without(shipped, route), found)


def test_who_is_missed_is_in_the_witness(
    missed: Callable[[str], tuple[Diagnostic, ...]],
) -> None:
    found = missed("gateway-ni")
    assert found
    assert all("nation=northern-ireland" in mistake.witness for mistake in found)


def test_a_need_that_no_route_serves_at_all_is_a_mistake_of_reading(shipped: Library) -> None:
    assert found_by(unserved, without(shipped, "safeguarding-lead")) == ()


def test_who_stands_in_and_serves_less_leaves_a_need_unserved(shipped: Library) -> None:
    scotland = replace(shipped.routes["police-scotland"], serves=("anonymous-report",))
    library = replace(shipped, routes={**shipped.routes, "police-scotland": scotland})
    found = found_by(unserved, library)
    assert found
    assert all("nation=scotland" in mistake.witness for mistake in found)
    must_replay(library, found)


def test_a_need_that_cannot_be_decided_is_an_error(
    shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "Proofs", lambda library: Proofs(library, Room(20)))
    assert {mistake.code for mistake in found_by(unserved, shipped)} == {"FP312"}


# FP304 and FP305: contracts


def only(library: Library, *routes: str) -> Library:
    """These routes and who stands in for them: to prove the others takes time."""
    kept = {n: r for n, r in library.routes.items() if n in routes or r.instead in routes}
    return replace(library, routes=kept)


def widened(library: Library, *routes: str) -> Library:
    wide = {name: replace(library.routes[name], whens=(), unless=()) for name in routes}
    return replace(library, routes={**library.routes, **wide})


@pytest.mark.parametrize(
    ("route", "outside", "said"),
    [
        ("childline", "age 19-or-over", "age=19-or-over"),
        ("lado", "nation wales", "nation=wales"),
        ("police-scotland", "nation england", "nation=england"),
    ],
)
def test_a_route_whose_when_is_wider_than_its_contract(
    shipped: Library, route: str, outside: str, said: str
) -> None:
    library = widened(only(shipped, route), route)
    [mistake] = errors(found_by(contracts, library))
    assert mistake.code == "FP304"
    assert mistake.message.endswith(f"outside its contract: {outside}")
    assert mistake.span == library.routes[route].span
    assert said in mistake.witness
    must_replay(library, [mistake])


def test_who_was_never_asked_counts_as_not_sure(shipped: Library) -> None:
    """At the pages for danger nobody has been asked how old they are."""
    route = shipped.routes["police-999"]
    assert route.contract is not None
    contract = replace(route.contract, ages=route.contract.ages - {"not-sure"})
    narrow = replace(route, contract=contract)
    library = only(replace(shipped, routes={"police-999": narrow}), "police-999")
    [mistake] = errors(found_by(contracts, library))
    assert mistake.message.endswith("outside its contract: age never asked")
    must_replay(library, [mistake])


def test_who_is_always_stood_in_for_is_not_shown(shipped: Library) -> None:
    """Without its contract for Scotland 101 is kept from Scotland by who stands in for it."""
    route = shipped.routes["police-101"]
    assert route.contract is not None
    contract = replace(route.contract, nations=frozenset({"england", "wales", "not-sure"}))
    narrow = replace(route, contract=contract)
    library = only(replace(shipped, routes={**shipped.routes, "police-101": narrow}), "police-101")
    assert errors(found_by(contracts, library)) == []
    alone = without(library, "psni")
    [mistake] = errors(found_by(contracts, alone))
    assert mistake.message.endswith("nation northern-ireland")


def test_a_route_without_a_contract_has_none_to_leave(shipped: Library) -> None:
    local = replace(shipped.routes["childline"], contract=None)
    library = widened(replace(shipped, routes={"childline": local}), "childline")
    assert errors(found_by(contracts, library)) == []


def uncalled(library: Library, *needs: str) -> Library:
    """The library without any call for these needs."""

    def less(each: Shows) -> Shows:
        return replace(each, needs=without_needs(each.needs, *needs))

    trees = {
        name: replace(tree, outcomes={n: less(each) for n, each in tree.outcomes.items()})
        for name, tree in library.trees.items()
    }
    return replace(library, always=tuple(map(less, library.always)), trees=trees)


def test_a_route_that_no_tree_can_show_is_a_notice(shipped: Library) -> None:
    some = only(shipped, "galop", "childline", "police-999", "instagram")
    assert found_by(contracts, some) == ()
    notices = found_by(contracts, uncalled(some, *some.routes["galop"].serves))
    assert {mistake.code for mistake in notices} == {"FP305"}
    assert {mistake.severity for mistake in notices} == {Severity.NOTICE}
    named = {mistake.message.split("“")[1].split("”")[0] for mistake in notices}
    assert named == {"galop"}


def test_a_contract_that_cannot_be_decided_is_an_error(
    shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "Proofs", lambda library: Proofs(library, Room(5)))
    found = found_by(contracts, only(shipped, "childline"))
    assert [mistake.code for mistake in found] == ["FP312"]


# FP306: open at night


@pytest.fixture(scope="module")
def few(shipped: Library) -> Library:
    """The shipped library with only these routes: where many are left, it takes long."""
    return only(shipped, "police-999", "childline", "papyrus", "samaritans", "shout")


def asleep(library: Library, *names: str) -> Library:
    shut = {name: replace(library.routes[name], hours={}) for name in names}
    return replace(library, routes={**library.routes, **shut})


@pytest.fixture(scope="module")
def unanswered(few: Library) -> tuple[Diagnostic, ...]:
    return found_by(open_at_night, asleep(few, "samaritans", "shout"))


def test_an_urgent_ending_where_nobody_answers_at_night(
    few: Library, unanswered: tuple[Diagnostic, ...]
) -> None:
    found = unanswered
    assert {mistake.code for mistake in found} == {"FP306"}
    must_replay(asleep(few, "samaritans", "shout"), found)
    assert ("threatened", "sextortion") in {ending_of(mistake) for mistake in found}
    assert not any(mistake.witness[-1] == "suicide=plan" for mistake in found)  # 999 answers them


def test_hours_that_are_not_sure_do_not_count(
    few: Library, unanswered: tuple[Diagnostic, ...]
) -> None:
    unsure = {
        name: replace(few.routes[name], unsure=frozenset({"hours.phone", "hours.text"}))
        for name in ("samaritans", "shout")
    }
    library = replace(few, routes={**few.routes, **unsure})
    assert found_by(open_at_night, library) == unanswered


def test_a_night_that_cannot_be_decided_is_an_error(
    shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "Proofs", lambda library: Proofs(library, Room(20)))
    assert [mistake.code for mistake in found_by(open_at_night, shipped)] == ["FP312"]


# FP320 and FP321: cases

CASE = "they-are-outside"
"""The worker says at once that somebody is in danger, and it ends there."""

STORY = "two-in-the-morning"
"""Nobody is in danger, and it ends after all the questions that there are."""


def with_case(library: Library, name: str, **changes: object) -> Library:
    case = library.cases[name]
    expect = {k: v for k, v in changes.items() if hasattr(case.expect, k)}
    answers = {k: v for k, v in changes.items() if k == "answers"}
    changed = replace(case, expect=replace(case.expect, **expect), **answers)  # type: ignore[arg-type]  # names of fields
    return replace(library, cases={name: changed})


def test_a_case_that_ends_elsewhere(shipped: Library) -> None:
    library = with_case(shipped, STORY, outcome="blackmail")
    [mistake] = found_by(cases, library)
    assert mistake.code == "FP320"
    assert mistake.message.endswith("it ends at “sextortion” and not at “blackmail”")
    assert mistake.span == library.cases[STORY].span
    walk = replayed(library, mistake, "threatened")
    assert walk.here.name == "sextortion"
    assert mistake.related[0].span == walk.here.span
    assert "where=snapchat,instagram" in mistake.witness  # in the order of the question


def test_a_case_is_held_to_urgency_and_routes(shipped: Library) -> None:
    """At the page for danger nobody was asked for an app, and the police are there by 999 alone."""
    expect = shipped.cases[CASE].expect
    assert expect.urgency is not None
    soon = with_case(shipped, CASE, urgency=type(expect.urgency).SOON)
    assert [m.message.partition(": ")[2] for m in found_by(cases, soon)] == [
        f"it is now at “{expect.outcome}” and not soon"
    ]
    routes = with_case(shipped, CASE, routes=("instagram", "police-999", "police-101"))
    assert [m.message.partition(": ")[2] for m in found_by(cases, routes)] == [
        f"“{expect.outcome}” does not show instagram, police-101"
    ]
    never = with_case(shipped, CASE, never=("police-999", "police-101"), urgency=None)
    assert [m.message.partition(": ")[2] for m in found_by(cases, never)] == [
        f"“{expect.outcome}” shows police-999"
    ]


def test_a_case_that_answers_too_little_or_what_is_not_offered(shipped: Library) -> None:
    told = shipped.cases[CASE].answers
    few = with_case(shipped, CASE, answers={"teller": told["teller"]})
    [mistake] = found_by(cases, few)
    assert mistake.message.endswith("nothing that it answers is an answer to “danger”")
    assert mistake.witness == ("teller=staff",)
    strange = with_case(shipped, CASE, answers={**told, **facts(danger="perhaps")})
    assert [m.message for m in found_by(cases, strange)] == [mistake.message]


def test_a_case_goes_on_from_an_ending_that_it_does_not_expect(shipped: Library) -> None:
    """What is told of a way on is what it settles: here that nobody is in danger any more."""
    danger = shipped.cases[CASE].answers["danger"]
    told = shipped.cases[STORY].answers
    on = with_case(shipped, STORY, answers={**told, "danger": danger})
    assert found_by(cases, on) == ()
    wrong = with_case(on, STORY, outcome="blackmail")
    [mistake] = found_by(cases, wrong)
    assert mistake.message.endswith("it ends at “sextortion” and not at “blackmail”")
    [teller, safe, age, nation, *_] = [f"{fact}={','.join(given)}" for fact, given in told.items()]
    assert mistake.witness[:4] == (teller, "danger=person", age, nation)

    tree = shipped.trees["threatened"]
    page = tree.outcomes[shipped.cases[CASE].expect.outcome]
    assert page.carry_on is not None
    over = replace(page, carry_on=replace(page.carry_on, sets={"danger": told["danger"]}))
    settled = replace(tree, outcomes={**tree.outcomes, page.name: over})
    assert found_by(cases, with_tree(on, settled)) == ()
    [mistake] = found_by(cases, with_tree(wrong, settled))
    assert mistake.witness[:4] == (teller, "danger=person", safe, age)


def test_an_answer_that_nobody_asks_for(shipped: Library) -> None:
    more = with_case(shipped, CASE, answers={**shipped.cases[CASE].answers, **facts(age="18")})
    [mistake] = found_by(cases, more)
    assert (mistake.code, mistake.severity) == ("FP321", Severity.WARNING)
    assert mistake.message == f"the case “{CASE}” answers “age”, which nobody asks on its way"


def test_a_case_of_a_tree_that_is_not_there_is_another_mistake(shipped: Library) -> None:
    trees = {"image-shared": shipped.trees["image-shared"]}
    assert found_by(cases, replace(with_case(shipped, CASE, outcome="x"), trees=trees)) == ()


def test_a_case_in_a_circle_comes_to_an_end(shipped: Library) -> None:
    """The answer leads back to who asks, which is known, and so to the same question again."""
    tree = shipped.trees["threatened"]
    round_again = leading(tree.questions["danger"], "person", tree.start)
    changed = replace(tree, questions={**tree.questions, "danger": round_again})
    [mistake] = found_by(cases, with_case(with_tree(shipped, changed), CASE))
    assert mistake.code == "FP320"
