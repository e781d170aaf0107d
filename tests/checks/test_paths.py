"""The checks of paths: silent on the shipped library, and each fires on a doctored copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from fingerpost.checks.safety import contracts, open_at_night, rules, unserved
from fingerpost.checks.structure import unreached
from fingerpost.checks.upkeep import cases
from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Diagnostic, Severity
from fingerpost.model.library import Library
from fingerpost.model.tree import Expectation, Question, Rule, When
from fingerpost.proof.prover import Proofs
from fingerpost.reading import loader as files

from ..support import checking
from ..support.checking import found_by
from ..support.oracle import ending_of, replayed
from ..support.sample import first_two

pytestmark = pytest.mark.slow

CHECKS = (rules, unreached, unserved, contracts, open_at_night, cases)


@pytest.fixture(scope="module")
def shipped() -> Library:
    return first_two()


@pytest.fixture
def doctored(tmp_path: Path) -> Callable[..., Library]:
    """A copy of the shipped library in which words are replaced: (file, old, new) each."""

    def doctor(*changes: tuple[str, str, str]) -> Library:
        folder = tmp_path / "trees"
        shutil.copytree(files.shipped(), folder)
        for name, old, new in changes:
            path = folder / name
            text = path.read_text(encoding="utf-8")
            assert old in text, old
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return files.load([folder], whole=True).library

    return doctor


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


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.rpartition(".")[2])
def test_the_shipped_library_has_none_of_these_mistakes(
    check: ModuleType, shipped: Library
) -> None:
    found = found_by(check, shipped)
    assert [m for m in found if m.severity is not Severity.NOTICE] == []
    assert [m.code for m in found if m.severity is Severity.NOTICE and m.code != "FP305"] == []


# FP310 to FP312: rules


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("needs: [emergency, crisis-support]", "needs: [crisis-support]", "plan-is-an-emergency"),
        ("needs: [crisis-support, emergency]", "needs: [crisis-support]", "plan-is-an-emergency"),
        (
            "    needs: [crisis-support]\n",
            "    needs: [someone-to-talk-to]\n",
            "thoughts-of-suicide-reach-live-help",
        ),
        ("needs: [above-the-lead]", "needs: [police]", "workers-tell-someone"),
    ],
)
def test_a_rule_is_broken_where_a_line_that_it_rests_on_is_gone(
    doctored: Callable[..., Library], old: str, new: str, rule: str
) -> None:
    library = doctored(("shared/always.yaml", old, new))
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


def test_a_rule_about_nobody_is_a_warning(doctored: Callable[..., Library]) -> None:
    """Someone under 13 is never asked how old they were in the picture."""
    old = "when: {age: under-13, picture: [nude, faked, not-sure]}"
    new = "when: {age: under-13, age-in-picture: under-18}"
    library = doctored(("rules.yaml", old, new))
    name = "young-children-reach-child-protection"
    library = replace(library, rules=tuple(r for r in library.rules if r.name == name))
    [mistake] = found_by(rules, library)
    assert (mistake.code, mistake.severity) == ("FP311", Severity.WARNING)
    assert name in mistake.message
    assert mistake.witness == ()


def test_a_rule_that_needs_too_many_states_is_not_decided(shipped: Library) -> None:
    mistake = next(rules.find(Proofs(shipped, node_budget=1)))
    assert (mistake.code, mistake.severity) == ("FP312", Severity.ERROR)
    assert mistake.message.startswith("it is not decided whether the rule “danger-reaches-999”")
    assert "more than 1 states to keep" in mistake.message


def test_a_broken_rule_without_a_reason_has_a_hint_all_the_same(shipped: Library) -> None:
    [danger, *_] = shipped.rules
    bare = Rule(
        "r", None, When(), Expectation(need=("extremism",)), Expectation(), span=danger.span
    )
    [mistake] = found_by(rules, replace(shipped, rules=(bare,)))
    assert mistake.hint == "change what this ending shows, or what the rule asks for"


# FP302: unreached


def test_steps_that_nothing_leads_to_are_found_at_their_beginning(
    doctored: Callable[..., Library],
) -> None:
    change = ("threatened.yaml", "violence: soon,", "violence: suspect,")
    found = found_by(unreached, doctored(change, change))
    assert [mistake.message for mistake in found] == [
        "nothing leads to the question “soon”, nor to the 6 behind it"
    ]


def test_an_ending_that_nothing_leads_to(shipped: Library) -> None:
    tree = shipped.trees["threatened"]
    lost = replace(tree.outcomes["sextortion"], name="lost", carry_on=None)
    changed = replace(tree, outcomes={**tree.outcomes, "lost": lost})
    library = replace(shipped, trees={**shipped.trees, "threatened": changed})
    [mistake] = found_by(unreached, library)
    assert mistake.message == "nothing leads to the ending “lost”"
    assert mistake.span == lost.span


def test_of_steps_that_lead_only_to_one_another_one_is_named(shipped: Library) -> None:
    tree = shipped.trees["threatened"]
    age = tree.questions["age"]

    def leading(name: str, goto: str) -> Question:
        answers = tuple(
            replace(a, goto=replace(a.goto, step=goto)) for a in age.answers if a.goto is not None
        )
        return replace(age, name=name, answers=answers)

    island = {"here": leading("here", "there"), "there": leading("there", "here")}
    changed = replace(tree, questions={**tree.questions, **island}, rules=())
    [mistake] = found_by(
        unreached, replace(shipped, trees={**shipped.trees, "threatened": changed})
    )
    assert mistake.message == "nothing leads to the question “here”, nor to the 1 behind it"


def test_ways_to_nowhere_and_a_missing_start_are_no_trouble(shipped: Library) -> None:
    tree = shipped.trees["threatened"]
    nowhere = replace(tree.questions["safe"].answers[0], goto=None)
    safe = replace(tree.questions["safe"], answers=(nowhere, *tree.questions["safe"].answers))
    questions = {**tree.questions, "safe": safe}
    other = shipped.trees["image-shared"]
    trees = {"threatened": replace(tree, questions=questions)}
    assert found_by(unreached, replace(shipped, trees=trees)) == ()
    lost = {"image-shared": replace(other, start="no"), "threatened": tree}
    assert found_by(unreached, replace(shipped, trees=lost))
    for check in CHECKS:
        found_by(check, replace(shipped, trees=lost))


# FP303: unserved


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
    shipped: Library, route: str, need: str
) -> None:
    library = without(shipped, route)
    found = found_by(unserved, library)
    assert {mistake.code for mistake in found} == {"FP303"}
    assert need in {mistake.message.split("“")[1].split("”")[0] for mistake in found}
    must_replay(library, found)


def test_who_is_missed_is_in_the_witness(shipped: Library) -> None:
    found = found_by(unserved, without(shipped, "gateway-ni"))
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
    monkeypatch.setattr(checking, "Proofs", lambda library: Proofs(library, node_budget=20))
    assert {mistake.code for mistake in found_by(unserved, shipped)} == {"FP312"}


# FP304 and FP305: contracts


def only(library: Library, *routes: str) -> Library:
    """These routes and who stands in for them: to prove the others takes time."""
    kept = {n: r for n, r in library.routes.items() if n in routes or r.instead in routes}
    return replace(library, routes=kept)


def widened(library: Library, *routes: str) -> Library:
    wide = {name: replace(library.routes[name], whens=(), unless=None) for name in routes}
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
    """At danger-now nobody has been asked how old they are."""
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


def test_a_route_that_no_tree_can_show_is_a_notice(shipped: Library) -> None:
    some = only(shipped, "galop", "childline", "police-999", "instagram")
    notices = found_by(contracts, some)
    assert {mistake.code for mistake in notices} == {"FP305"}
    assert {mistake.severity for mistake in notices} == {Severity.NOTICE}
    named = {mistake.message.split("“")[1].split("”")[0] for mistake in notices}
    assert named == {"galop"}


def test_a_contract_that_cannot_be_decided_is_an_error(
    shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "Proofs", lambda library: Proofs(library, node_budget=5))
    found = found_by(contracts, only(shipped, "childline"))
    assert [mistake.code for mistake in found] == ["FP312"]


# FP306: open at night


@pytest.fixture
def few(shipped: Library) -> Library:
    """The shipped library with only these routes: where many are left, it takes long."""
    return only(shipped, "police-999", "childline", "papyrus", "samaritans", "shout")


def asleep(library: Library, *names: str) -> Library:
    shut = {name: replace(library.routes[name], hours={}) for name in names}
    return replace(library, routes={**library.routes, **shut})


def test_an_urgent_ending_where_nobody_answers_at_night(few: Library) -> None:
    library = asleep(few, "samaritans", "shout")
    found = found_by(open_at_night, library)
    assert {mistake.code for mistake in found} == {"FP306"}
    must_replay(library, found)
    assert ("threatened", "sextortion") in {ending_of(mistake) for mistake in found}
    assert not any(mistake.witness[-1] == "suicide=plan" for mistake in found)  # 999 answers them


def test_hours_that_are_not_sure_do_not_count(few: Library) -> None:
    unsure = {
        name: replace(few.routes[name], unsure=frozenset({"hours.phone", "hours.text"}))
        for name in ("samaritans", "shout")
    }
    library = replace(few, routes={**few.routes, **unsure})
    assert found_by(open_at_night, library) == found_by(
        open_at_night, asleep(few, "samaritans", "shout")
    )


def test_a_night_that_cannot_be_decided_is_an_error(
    shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "Proofs", lambda library: Proofs(library, node_budget=20))
    assert [mistake.code for mistake in found_by(open_at_night, shipped)] == ["FP312"]


# FP320 and FP321: cases

CASE = "they-are-outside"


def with_case(library: Library, name: str, **changes: object) -> Library:
    case = library.cases[name]
    expect = {k: v for k, v in changes.items() if hasattr(case.expect, k)}
    answers = {k: v for k, v in changes.items() if k == "answers"}
    changed = replace(case, expect=replace(case.expect, **expect), **answers)  # type: ignore[arg-type]  # names of fields
    return replace(library, cases={name: changed})


def answered(**answers: str) -> dict[str, frozenset[str]]:
    return {fact.replace("_", "-"): frozenset({value}) for fact, value in answers.items()}


def test_a_case_that_ends_elsewhere(shipped: Library) -> None:
    library = with_case(shipped, "two-in-the-morning", outcome="blackmail")
    [mistake] = found_by(cases, library)
    assert mistake.code == "FP320"
    assert mistake.message.endswith("it ends at “sextortion” and not at “blackmail”")
    assert mistake.span == library.cases["two-in-the-morning"].span
    walk = replayed(library, mistake, "threatened")
    assert walk.here.name == "sextortion"
    assert mistake.related[0].span == walk.here.span
    assert "where=snapchat,instagram" in mistake.witness  # in the order of the question


def test_a_case_is_held_to_urgency_and_routes(shipped: Library) -> None:
    expect = shipped.cases[CASE].expect
    assert expect.urgency is not None
    soon = with_case(shipped, CASE, urgency=type(expect.urgency).SOON)
    assert [m.message.partition(": ")[2] for m in found_by(cases, soon)] == [
        "it is now at “danger-now” and not soon"
    ]
    routes = with_case(shipped, CASE, routes=("childline", "police-999", "shout"))
    assert [m.message.partition(": ")[2] for m in found_by(cases, routes)] == [
        "“danger-now” does not show childline, shout"
    ]
    never = with_case(shipped, CASE, never=("police-999", "childline"), urgency=None)
    assert [m.message.partition(": ")[2] for m in found_by(cases, never)] == [
        "“danger-now” shows police-999"
    ]


def test_a_case_that_answers_too_little_or_what_is_not_offered(shipped: Library) -> None:
    few = with_case(shipped, CASE, answers=answered(teller="staff"))
    [mistake] = found_by(cases, few)
    assert mistake.message.endswith("nothing that it answers is an answer to “safe”")
    assert mistake.witness == ("teller=staff",)
    strange = with_case(shipped, CASE, answers=answered(teller="staff", safe="perhaps"))
    assert [m.message for m in found_by(cases, strange)] == [mistake.message]


def test_a_case_goes_on_from_an_ending_that_it_does_not_expect(shipped: Library) -> None:
    answers = answered(
        teller="staff", safe="no", age="13-15", nation="england", threat="violence", soon="now"
    )
    on = with_case(
        shipped, CASE, answers=answers, outcome="violence-now", routes=("police-999",), never=()
    )
    assert found_by(cases, on) == ()
    wrong = with_case(on, CASE, outcome="sextortion")
    [mistake] = found_by(cases, wrong)
    assert mistake.witness[:4] == ("teller=staff", "safe=no", "safe=yes", "age=13-15")


def test_an_answer_that_nobody_asks_for(shipped: Library) -> None:
    more = with_case(shipped, CASE, answers=answered(teller="staff", safe="no", age="18"))
    [mistake] = found_by(cases, more)
    assert (mistake.code, mistake.severity) == ("FP321", Severity.WARNING)
    assert mistake.message == f"the case “{CASE}” answers “age”, which nobody asks on its way"


def test_a_case_of_a_tree_that_is_not_there_is_another_mistake(shipped: Library) -> None:
    trees = {"image-shared": shipped.trees["image-shared"]}
    assert found_by(cases, replace(with_case(shipped, CASE, outcome="x"), trees=trees)) == ()


def test_a_case_in_a_circle_comes_to_an_end(shipped: Library) -> None:
    tree = shipped.trees["threatened"]
    safe = tree.questions["safe"]
    assert safe.answers[1].goto is not None
    back = replace(safe.answers[1], goto=replace(safe.answers[1].goto, step="teller"))
    round_again = replace(safe, answers=(safe.answers[0], back, safe.answers[2]))
    changed = replace(tree, questions={**tree.questions, "safe": round_again})
    library = replace(shipped, trees={**shipped.trees, "threatened": changed})
    [mistake] = found_by(cases, with_case(library, CASE, outcome="danger-now"))
    assert mistake.code == "FP320"
