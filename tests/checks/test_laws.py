"""The laws that hold without a rule: not sure is treated with care, 999 is near, a service named in
words is for those who read them, and an organisation's own details are not needed for any of it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from types import ModuleType

import pytest

from fingerpost.checks.runner import either_way
from fingerpost.checks.safety import danger_first, named_services, not_sure_as_urgent, unserved
from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Diagnostic, Span
from fingerpost.model.facts import NOT_SURE, TELLERS, Facts
from fingerpost.model.library import Library
from fingerpost.model.route import Contract, Phone, Route
from fingerpost.model.sentence import Sentence, Urgency
from fingerpost.model.tree import (
    Advice,
    Always,
    CarryOn,
    Expectation,
    Kind,
    Need,
    NeedWords,
    Outcome,
    Question,
    Rule,
    Target,
    Tree,
    When,
)
from fingerpost.page import visibility
from fingerpost.proof.prover import Proofs
from fingerpost.walk.walk import Walk

from ..support import checking
from ..support.checking import found_by
from ..support.oracle import (
    HERE,
    NOTHING,
    SHARED,
    VALUES,
    WORDS,
    any_expectation,
    any_trees,
    any_when,
    choices,
    ending,
    ending_of,
    holds,
    of_trees,
    question,
    replayed,
    sayings,
    spot,
    tree,
    with_help,
)
from ..support.sample import first_two

pytestmark = pytest.mark.slow

CHECKS = (not_sure_as_urgent, danger_first, named_services)


@pytest.fixture(scope="module")
def shipped() -> Library:
    return first_two()


def must_replay(library: Library, found: Sequence[Diagnostic]) -> None:
    assert found
    for mistake in found:
        name, step = ending_of(mistake)
        walk = replayed(library, mistake, name)
        assert (walk.tree.name, walk.here.name) == (name, step)


def codes(found: Iterable[Diagnostic]) -> set[str]:
    return {mistake.code for mistake in found}


def with_few_states(monkeypatch: pytest.MonkeyPatch, check: ModuleType, most: int) -> None:
    for module in (checking, check):
        monkeypatch.setattr(
            module, "Proofs", lambda library, *_, **also: Proofs(library, most, **also)
        )


def with_steps(library: Library, name: str, *steps: Question | Outcome) -> Library:
    """A tree with these steps in the place of those of their names."""
    here = library.trees[name]
    questions = {step.name: step for step in steps if isinstance(step, Question)}
    outcomes = {step.name: step for step in steps if isinstance(step, Outcome)}
    changed = replace(here, questions=here.questions | questions, outcomes=here.outcomes | outcomes)
    return replace(library, trees={**library.trees, name: changed})


def step_about(library: Library, fact: str, name: str = "threatened") -> Question:
    """The first question of a tree that asks for this."""
    return next(asked for asked in library.trees[name].asked if asked.fact == fact)


def danger(library: Library) -> Question:
    """The question that says who is in danger."""
    [asked] = (each for each in library.questions.values() if each.in_danger)
    return asked


def page_for(library: Library, fact: str, value: str, name: str = "threatened") -> Outcome:
    """The ending to which an answer leads."""
    way = next(a.goto for a in step_about(library, fact, name).answers if a.value == value)
    assert way is not None
    return library.trees[name].outcomes[way.step]


def danger_page(library: Library) -> Outcome:
    """An ending for somebody who is in danger. Nothing but who reads is asked before it."""
    asked = danger(library)
    return page_for(library, asked.fact, next(v for v in asked.values if v in asked.in_danger))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.rpartition(".")[2])
def test_the_shipped_library_has_none_of_these_mistakes(
    check: ModuleType, shipped: Library
) -> None:
    assert found_by(check, shipped) == ()


# FP316: not sure is as careful as the worst


def when(**facts: str | list[str]) -> When:
    return When(
        tuple(
            (fact, frozenset([values] if isinstance(values, str) else values))
            for fact, values in facts.items()
        )
    )


def reads(entry: Always, fact: str, values: set[str]) -> bool:
    return any(f == fact and v == values for f, v in entry.when.tests)


def last(tree: Tree) -> Outcome:
    """The first of the endings of a tree that are for today and that nobody goes on from."""
    ends = tree.outcomes.values()
    return next(o for o in ends if o.urgency is Urgency.TODAY and o.carry_on is None)


def shortened(here: Tree, library: Library) -> Tree:
    """The beginning of a tree; then everybody is asked about suicide and is at an ending.

    A plan leads to a page of its own, from which one can go on to that ending.
    """
    end = Target(here.name, last(here).name, span=HERE)
    page = page_for(library, danger(library).fact, "suicide", here.name)
    assert page.carry_on is not None
    page = replace(page, name="plan", carry_on=replace(page.carry_on, goto=end))
    shared = library.questions["suicide"]
    goto = dict.fromkeys(shared.values, end) | {"plan": replace(end, step="plan")}
    answers = tuple(replace(each, goto=goto[each.value]) for each in shared.answers)
    asked = replace(shared, name="suicide", answers=answers)
    nation = step_about(library, "nation", here.name)
    on = leading(library, here.name, nation.name, dict.fromkeys(nation.values, "suicide"))
    return replace(
        here,
        questions={**here.questions, nation.name: on, "suicide": asked},
        outcomes={**here.outcomes, "plan": page},
        rules=(),
    )


@pytest.fixture(scope="module")
def careful(shipped: Library) -> Library:
    """Short trees, in which not sure of suicide is an emergency as a plan is, and is held to it.

    In the trees as they are it is held to the answer “no”. And where answers to be compared decide
    the way, all walks of such a tree side by side take more states than there may be.
    """
    suicide = replace(shipped.questions["suicide"], as_urgent_as=())
    assert suicide.always_ask
    urgent = Always(when(suicide=NOT_SURE), (), Urgency.NOW, (), (), span=HERE)
    return replace(
        shipped,
        trees={name: shortened(tree, shipped) for name, tree in shipped.trees.items()},
        questions={**shipped.questions, "suicide": suicide},
        always=(urgent, *shipped.always),
        rules=(),
    )


def calm(library: Library) -> Library:
    """Not sure of suicide is an emergency, as a plan is; here it is not."""
    always = tuple(
        replace(entry, urgency=None) if reads(entry, "suicide", {NOT_SURE}) else entry
        for entry in library.always
    )
    assert always != library.always
    return replace(library, always=always)


def test_a_page_that_is_less_urgent_for_who_is_not_sure(careful: Library) -> None:
    assert found_by(not_sure_as_urgent, careful) == ()
    library = calm(careful)
    found = found_by(not_sure_as_urgent, library)
    must_replay(library, found)
    assert codes(found) == {"FP316"}
    assert {ending_of(mistake) for mistake in found} == {
        (name, last(tree).name) for name, tree in library.trees.items()
    }
    assert all("suicide=not-sure" in mistake.witness for mistake in found)
    assert all(mistake.message.endswith("now after suicide=plan") for mistake in found)


def test_not_sure_is_held_to_the_answers_that_its_question_names(careful: Library) -> None:
    """Whoever goes on from a page for danger stays in danger, also who is not sure of it."""
    asked = danger(careful)
    [(answer, worse)] = asked.as_urgent_as
    assert (answer, worse) == (NOT_SURE, asked.in_danger - {NOT_SURE})
    always = tuple(
        replace(entry, when=_without(entry.when, asked.fact, NOT_SURE)) if entry.urgency else entry
        for entry in careful.always
    )
    library = replace(careful, always=always)
    found = found_by(not_sure_as_urgent, library)
    must_replay(library, found)
    assert {ending_of(mistake) for mistake in found} == {
        (name, last(tree).name) for name, tree in library.trees.items()
    }
    assert all(f"{asked.fact}={NOT_SURE}" in mistake.witness for mistake in found)
    said = {mistake.message.rpartition(f"now after {asked.fact}=")[2] for mistake in found}
    assert said <= worse
    # Where the question names no answer that is an emergency, nobody has to be.
    named = replace(asked, as_urgent_as=((NOT_SURE, frozenset(asked.values) - asked.in_danger),))
    questions = {**library.questions, asked.fact: named}
    assert found_by(not_sure_as_urgent, replace(library, questions=questions)) == ()


def test_the_other_person_may_be_an_adult(shipped: Library) -> None:
    unread = tuple(
        replace(entry, when=_without(entry.when, "suspect", NOT_SURE)) for entry in shipped.always
    )
    library = replace(shipped, always=unread)
    found = found_by(not_sure_as_urgent, library)
    must_replay(library, found)
    assert all("suspect=not-sure" in mistake.witness for mistake in found)
    assert all("after suspect=adult" in mistake.message for mistake in found)


def _without(condition: When, fact: str, value: str) -> When:
    return When(tuple((f, v - {value} if f == fact else v) for f, v in condition.tests))


def about_suicide(rule: Rule, *values: str) -> Rule:
    changed = tuple(
        (fact, frozenset(values) if fact == "suicide" else v) for fact, v in rule.when.tests
    )
    return replace(rule, when=When(changed))


def test_a_rule_that_leaves_out_who_is_not_sure(careful: Library) -> None:
    """A plan must be shown its advice, and nobody who is not sure is shown it."""
    line = Advice(Kind.DO, WORDS, (when(suicide="plan"),), name="stay", span=HERE)
    entries = tuple(
        replace(entry, advice=(*entry.advice, line)) if reads(entry, "suicide", {"plan"}) else entry
        for entry in careful.always
    )
    rule = Rule(
        "stay", None, when(suicide="plan"), Expectation(advice=("stay",)), NOTHING, span=HERE
    )
    library = replace(careful, always=entries, rules=(rule,))
    [mistake] = found_by(not_sure_as_urgent, library)
    assert mistake.message.endswith("what the rule “stay” asks for after suicide=plan")
    must_replay(library, [mistake])
    # A rule that speaks for a lesser worry only makes the page of the worst show nothing.
    lesser = replace(library, rules=(about_suicide(rule, "thoughts"),))
    assert found_by(not_sure_as_urgent, lesser) == ()
    # One that forbids makes no page show anything; and one that lists not-sure is proved as a rule.
    forbids = replace(rule, must=NOTHING, never=rule.must)
    assert found_by(not_sure_as_urgent, replace(library, rules=(forbids,))) == ()
    lists = about_suicide(rule, "plan", NOT_SURE)
    assert found_by(not_sure_as_urgent, replace(library, rules=(lists,))) == ()


def test_a_rule_of_one_tree_speaks_for_those_who_begin_or_end_there(careful: Library) -> None:
    """In each of the trees a plan brings a need that “not sure” does not bring."""
    need = "of-a-plan"
    added = Always(when(suicide="plan"), (), None, (), (Need(need, None, span=HERE),), span=HERE)
    must = Expectation(need=(need,))
    rule = Rule("told", None, when(suicide="plan"), must, NOTHING, span=HERE)

    def of(name: str, library: Library) -> Library:
        trees = {**library.trees, name: replace(library.trees[name], rules=(rule,))}
        return replace(library, trees=trees, always=(added, *library.always))

    for name in careful.trees:
        [mistake] = found_by(not_sure_as_urgent, of(name, careful))
        assert "“told”" in mistake.message
        assert (mistake.begins, ending_of(mistake)[0]) == (name, name)
    # Who goes from a tree to an ending of another is spoken for by both.
    one, other = careful.trees
    start = replace(step_about(careful, "teller", one), name="door", shared=False)
    ways = tuple(replace(each, goto=Target(other, "", span=HERE)) for each in start.answers)
    door = replace(
        careful.trees[one], start="door", questions={"door": replace(start, answers=ways)}
    )
    through = replace(careful, trees={**careful.trees, one: door})
    [mistake] = found_by(not_sure_as_urgent, of(one, through))
    assert (mistake.begins, ending_of(mistake)[0]) == (one, other)


@pytest.mark.parametrize("always_ask", [True, False])
def test_only_what_is_always_asked_is_held_to_it(always_ask: bool) -> None:
    asked = replace(question("age", "age", dict.fromkeys(VALUES["age"], "one/end")))
    entry = Always(when(age="young"), (), Urgency.NOW, (), (), span=HERE)
    library = replace(
        of_trees(tree("one", [asked, ending("end")])),
        questions={"age": replace(SHARED["age"], always_ask=always_ask)},
        always=(entry,),
    )
    assert len(found_by(not_sure_as_urgent, library)) == always_ask


def test_a_question_about_the_other_person_that_tells_no_age_has_none_to_compare() -> None:
    values = ("known", NOT_SURE)
    asked = question("suspect", "suspect", dict.fromkeys(values, "one/end"))
    entry = Always(when(suspect="known"), (), Urgency.NOW, (), (), span=HERE)
    library = replace(
        of_trees(tree("one", [asked, ending("end")])), questions={"suspect": asked}, always=(entry,)
    )
    assert found_by(not_sure_as_urgent, library) == ()


def test_care_that_cannot_be_decided_is_an_error(
    careful: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_few_states(monkeypatch, not_sure_as_urgent, 8)
    must = Expectation(need=(visibility.EMERGENCY,))
    plan = Rule("plan", None, when(suicide="plan"), must, NOTHING, span=HERE)
    found = found_by(not_sure_as_urgent, replace(calm(careful), rules=(plan,)))
    assert codes(found) == {"FP312"}
    said = " ".join(mistake.message for mistake in found)
    assert "whether pages are as urgent after suicide=not-sure" in said
    assert "which answer to “suicide” is the most worrying" in said


def test_no_limit_makes_a_broken_library_look_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is broken is broken or not decided, however few states may be looked at."""
    must = Expectation(outcome=("grave",))
    rule = Rule("grave", None, when(age="old"), must, NOTHING, span=HERE)
    library = replace(parting("grave", "safe", {"grave": Urgency.TODAY}), rules=(rule,))
    for most in range(60):
        with_few_states(monkeypatch, not_sure_as_urgent, most)
        assert len(found_by(not_sure_as_urgent, library)) == 2


def test_a_rule_that_cannot_be_decided_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """It speaks for nobody's twin, but to see that takes more states than there are steps."""
    must = Expectation(outcome=("grave",))
    rule = Rule("grave", None, when(age="old", where="here"), must, NOTHING, span=HERE)
    library = replace(parting("safe", "calm", {}), rules=(rule,))
    met = []
    for most in range(60):
        with_few_states(monkeypatch, not_sure_as_urgent, most)
        met += [
            mistake.message.partition(":")[0] for mistake in found_by(not_sure_as_urgent, library)
        ]
    assert "it is not decided whether the rule “grave” is kept after age=not-sure" in met
    assert found_by(not_sure_as_urgent, library) == ()


def parting(sure: str, unsure: str, urgency: Mapping[str, Urgency]) -> Library:
    """A tree in which the answer decides the way."""
    goto = {"young": f"one/{sure}", "old": f"one/{sure}", NOT_SURE: f"one/{unsure}"}
    asked = question("age", "age", goto)
    then = question("safe", "safe", {"yes": "one/calm", "no": "one/grave"})
    on = CarryOn(WORDS, Target("one", "later", span=HERE), {}, span=HERE)
    names = {"calm": None, "grave": None, "later": None, "stop": on}
    ends = [
        replace(ending(n, way), urgency=urgency.get(n, Urgency.INFO)) for n, way in names.items()
    ]
    library = of_trees(tree("one", [asked, then, *ends]))
    questions = {**SHARED, "age": replace(SHARED["age"], always_ask=True)}
    return replace(library, questions=questions)


def test_twins_part_where_the_answer_decides_the_way() -> None:
    grave = {"grave": Urgency.TODAY}
    assert found_by(not_sure_as_urgent, parting("grave", "grave", grave)) == ()
    [mistake] = found_by(not_sure_as_urgent, parting("grave", "calm", grave))
    assert mistake.message == "“one/calm” is info after age=not-sure, and today after age=young"
    assert mistake.witness == ("age=not-sure",)
    # Who would be asked more is compared with whoever is asked less, whatever the more would be.
    [mistake] = found_by(not_sure_as_urgent, parting("grave", "safe", grave))
    assert mistake.witness == ("age=not-sure", "safe=yes")


def test_going_on_from_an_ending_is_an_answer_that_twins_share() -> None:
    """Who stays at “stop” is compared with who stays there, and who goes on with who goes on."""
    stop = {"stop": Urgency.TODAY}
    assert found_by(not_sure_as_urgent, parting("stop", "stop", stop)) == ()
    [mistake] = found_by(not_sure_as_urgent, parting("stop", "later", stop))
    assert ending_of(mistake) == ("one", "later")
    [mistake] = found_by(not_sure_as_urgent, parting("later", "stop", {"later": Urgency.TODAY}))
    assert ending_of(mistake) == ("one", "stop")  # to go on is not to have been told
    always = Always(when(age="young"), (), Urgency.TODAY, (), (), span=HERE)
    both = replace(parting("later", "stop", {}), always=(always,))
    found = found_by(not_sure_as_urgent, both)
    assert [ending_of(mistake) for mistake in found] == [("one", "later"), ("one", "stop")]
    walks = [walk for mistake in found for walk, _ in sayings(both, mistake.witness)]
    assert {walk.here.name for walk in walks} == {"later", "stop"}


# Against the oracle: two walks, of people who answer alike in all but one thing


@dataclass(frozen=True)
class Seen:
    """A page as one person came to it. ``went_on`` says of each ending whether they did."""

    tree: str
    outcome: Outcome
    facts: Facts
    went_on: Mapping[tuple[str, str], bool]


def seen(read: Library, start: str, given: Facts) -> Iterator[Seen]:
    """Every page that anybody comes to, by every way."""
    always = {fact for fact, asked in read.questions.items() if asked.always_ask}
    waiting = [(start, "", given, dict[tuple[str, str], bool]())]
    while waiting:
        name, place, facts, went_on = waiting.pop()
        here = read.trees[name]
        step = here.step(place)
        assert step is not None
        facts = {**facts} | {f: v for f, v in here.given.items() if f not in always}
        if isinstance(step, Outcome):
            at = (name, step.name)
            yield Seen(name, step, facts, {**went_on, at: False})
            if step.carry_on is not None:
                goto, facts = step.carry_on.goto, {**facts, **step.carry_on.sets}
                waiting.append((goto.tree, goto.step, facts, {**went_on, at: True}))
            continue
        over = step.passed_to(facts)
        if over is not None:
            waiting.append((over.tree, over.step, facts, went_on))
            continue
        for chosen in choices(step):
            way = next(a.goto for a in step.answers if a.value in chosen)
            assert way is not None
            waiting.append((way.tree, way.step, {**facts, step.fact: chosen}, went_on))


def told_beforehand(read: Library) -> Iterator[Facts]:
    beforehand = Proofs(read).beforehand
    for told in product(*((None, *values) for values in beforehand.values())):
        known = zip(beforehand, told, strict=True)
        yield {fact: frozenset({value}) for fact, value in known if value}


def alike(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    return all(one[key] == other[key] for key in one.keys() & other.keys())


FACT = "age"


def twins(read: Library) -> Iterator[tuple[str, Seen, list[Seen]]]:
    """Each page after “not sure” with all that it may be laid beside."""
    for start in read.trees:
        for given in told_beforehand(read):
            every = list(seen(read, start, given))
            for page in every:
                if page.facts.get(FACT) == {NOT_SURE}:
                    others = {f: v for f, v in page.facts.items() if f != FACT}
                    yield (
                        start,
                        page,
                        [
                            twin
                            for twin in every
                            if twin.facts.get(FACT, {NOT_SURE}) != {NOT_SURE}
                            and alike(others, twin.facts)
                            and alike(page.went_on, twin.went_on)
                        ],
                    )


def with_care(chance: random.Random) -> Library:
    """A random library in which the age is always asked.

    Nothing is given behind the door: that would be an answer of one twin that the other, who
    does not go through it, can contradict.
    """
    read = with_help(chance, any_trees(chance))
    trees = {name: replace(each, given={}) for name, each in read.trees.items()}
    first = read.trees["one"]
    given = {fact: values for fact, values in first.given.items() if fact != FACT}
    trees["one"] = replace(trees["one"], given=given)
    questions = {**SHARED, FACT: replace(SHARED[FACT], always_ask=True)}
    return replace(read, trees=trees, questions=questions)


def test_care_is_judged_as_by_two_walks_side_by_side() -> None:
    """2,000 random libraries: the endings that are less urgent, and witnesses that lead there."""
    broken = parted = 0
    for seed in range(2_000):
        read = with_care(random.Random(400_000 + seed))
        found = found_by(not_sure_as_urgent, read)
        less_urgent = {
            (page.tree, page.outcome.name)
            for _, page, others in twins(read)
            for twin in others
            if visibility.urgency(read, twin.outcome, twin.facts)
            > visibility.urgency(read, page.outcome, page.facts)
        }
        assert {ending_of(mistake) for mistake in found} == less_urgent, seed
        broken += bool(less_urgent)
        parted += any(mistake.related[0].span != mistake.span for mistake in found)
        for mistake in found:
            assert any(
                (walk.tree.name, walk.here.name) == ending_of(mistake)
                and walk.facts[FACT] == {NOT_SURE}
                for walk, _ in sayings(read, mistake.witness)
            ), seed
    assert broken > 150
    assert parted > 50


def most_worrying(read: Library) -> set[str]:
    """The ages after which the least urgent page of anybody is the most urgent."""
    least: dict[str, Urgency] = {}
    for start in read.trees:
        for given in told_beforehand(read):
            for page in seen(read, start, given):
                for value in page.facts.get(FACT, frozenset()) - {NOT_SURE}:
                    here = visibility.urgency(read, page.outcome, page.facts)
                    least[value] = min(here, least.get(value, here))
    return {value for value in least if least[value] is max(least.values())}


def test_what_a_rule_shows_to_the_most_worried_is_judged_as_by_two_walks() -> None:
    """1,200 random libraries with a random rule, of the library or of one tree."""
    broken = kept = 0
    for seed in range(1_200):
        chance = random.Random(500_000 + seed)
        read = with_care(chance)
        speaks = When(
            (*any_when(chance, 1).tests, (FACT, frozenset({chance.choice(("young", "old"))})))
        )
        must = Expectation(need=("report",)) if chance.random() < 0.5 else any_expectation(chance)
        rule = Rule(
            "r", None, When(tuple(dict(speaks.tests).items())), must, NOTHING, span=spot("r")
        )
        of_tree = chance.choice([None, "one", "two"])
        if of_tree is None:
            read = replace(read, rules=(rule,))
        else:
            changed = replace(read.trees[of_tree], rules=(rule,))
            read = replace(read, trees={**read.trees, of_tree: changed})
        worst = most_worrying(read)
        wanted = any(
            rule.when.holds(twin.facts)
            and not worst.isdisjoint(twin.facts[FACT])
            and of_tree in (None, start, twin.tree)
            and not holds(read, rule, page.outcome, page.facts)
            for start, page, others in twins(read)
            for twin in others
        )
        found = [m for m in found_by(not_sure_as_urgent, read) if m.span == rule.span]
        assert bool(found) == wanted, seed
        broken += wanted
        kept += not wanted
        for mistake in found:
            assert any(
                (walk.tree.name, walk.here.name) == ending_of(mistake)
                and isinstance(walk.here, Outcome)
                and not holds(read, rule, walk.here, walk.facts)
                for walk, _ in sayings(read, mistake.witness)
            ), seed
    assert broken > 50
    assert kept > 80


# FP317: 999 within two answers

FAR = "in “{}” no page comes within two answers for somebody who is not safe"


def leading(library: Library, name: str, step: str, to: Mapping[str, str]) -> Question:
    """A question of a tree, with some of its answers leading elsewhere in it."""
    asked = library.trees[name].questions[step]
    answers = tuple(
        replace(answer, goto=Target(name, to[answer.value], span=HERE))
        if answer.value in to
        else answer
        for answer in asked.answers
    )
    return replace(asked, answers=answers)


def test_danger_is_the_first_or_the_second_question(shipped: Library) -> None:
    asked, age, nation = (
        step_about(shipped, fact) for fact in (danger(shipped).fact, "age", "nation")
    )
    later = leading(shipped, "threatened", age.name, dict.fromkeys(age.values, asked.name))
    then = leading(shipped, "threatened", asked.name, {"none": nation.name})
    teller = leading(shipped, "threatened", "teller", {"parent": age.name})
    library = with_steps(shipped, "threatened", teller, later, then)
    [mistake] = found_by(danger_first, library)
    assert mistake.message == (
        f"“{asked.fact}” is not the first or the second question of “threatened”"
    )
    assert mistake.span == library.trees["threatened"].span
    assert mistake.witness == ("teller=parent",)
    assert replayed(library, mistake, "threatened").here.name == age.name
    first = replace(shipped.trees["threatened"], start=asked.name)
    assert found_by(danger_first, replace(shipped, trees={"threatened": first})) == ()


def test_nobody_comes_to_an_ending_before_they_are_asked(shipped: Library) -> None:
    page, fact = danger_page(shipped).name, danger(shipped).fact
    teller = leading(shipped, "threatened", "teller", {"staff": page})
    library = with_steps(shipped, "threatened", teller)
    [mistake] = found_by(danger_first, library)
    assert mistake.message == f"“threatened/{page}” is reached and nobody was asked “{fact}”"
    assert mistake.witness == ("teller=staff",)
    at_once = replace(shipped.trees["threatened"], start=page)
    [mistake] = found_by(danger_first, replace(shipped, trees={"threatened": at_once}))
    assert mistake.witness == ()


def test_from_danger_a_page_comes_after_one_more_answer_at_most(shipped: Library) -> None:
    fact = danger(shipped).fact
    asked, page = step_about(shipped, fact), page_for(shipped, fact, NOT_SURE)
    teller = replace(step_about(shipped, "teller"), name="else", fact="else", shared=False)
    one_more = replace(
        teller,
        answers=tuple(
            replace(a, goto=Target("threatened", page.name, span=HERE)) for a in teller.answers
        ),
    )
    unsure = leading(shipped, "threatened", asked.name, {NOT_SURE: "else"})
    assert found_by(danger_first, with_steps(shipped, "threatened", unsure, one_more)) == ()
    age = step_about(shipped, "age").name
    two_more = leading(
        with_steps(shipped, "threatened", one_more), "threatened", "else", {"parent": age}
    )
    library = with_steps(shipped, "threatened", unsure, two_more)
    mistake, *others = found_by(danger_first, library)
    assert mistake.message == FAR.format("threatened")
    assert mistake.span == unsure.span
    assert mistake.witness == ("teller=young-person", f"{fact}=not-sure", "else=parent")
    assert replayed(library, mistake, "threatened").here.name == age
    assert others == []


def nobody_answers_999(library: Library) -> Library:
    """The number is no longer on any route."""
    routes = {
        name: replace(route, phone=tuple(p for p in route.phone if p.number != "999"))
        for name, route in library.routes.items()
    }
    assert routes != library.routes
    return replace(library, routes=routes)


def test_999_stands_first_on_every_page_of_who_is_not_safe(shipped: Library) -> None:
    """Here who goes on from a page for danger is in danger no more, and nothing but that page calls
    for 999."""
    fact, tree = danger(shipped).fact, shipped.trees["threatened"]
    over = {fact: frozenset({"none"})}
    answers = [v for v in danger(shipped).values if v in danger(shipped).in_danger]
    pages = {page.name: page for page in (page_for(shipped, fact, value) for value in answers)}
    settled = [
        replace(page, carry_on=replace(page.carry_on, sets=over))
        for page in pages.values()
        if page.carry_on
    ]
    assert len(settled) == len(pages)
    calm = tuple(entry for entry in shipped.always if fact not in entry.when.facts)
    alone = replace(shipped, trees={"threatened": tree}, always=calm)
    library = with_steps(alone, "threatened", *settled)
    assert found_by(danger_first, library) == ()  # the endings call for it themselves
    page = settled[0]
    needs = tuple(need for need in page.needs if need.need != visibility.EMERGENCY)
    without = with_steps(library, "threatened", replace(page, needs=needs))
    found = found_by(danger_first, without)
    must_replay(without, found)
    assert [ending_of(mistake) for mistake in found] == [("threatened", page.name)]
    # Who goes on and is still in danger is there without what is always added.
    found = found_by(danger_first, alone)
    must_replay(alone, found)
    assert pages.keys().isdisjoint(ending_of(mistake)[1] for mistake in found)
    nobody = replace(nobody_answers_999(shipped), trees={"threatened": tree})
    assert codes(found_by(danger_first, nobody)) == {"FP317"}


def test_where_nobody_can_say_that_they_are_not_safe_there_is_no_law(shipped: Library) -> None:
    fact = danger(shipped).fact
    questions = {**shipped.questions, fact: replace(danger(shipped), in_danger=frozenset())}
    library = replace(nobody_answers_999(shipped), questions=questions)
    assert found_by(danger_first, library) == ()


def test_a_tree_without_a_start_is_another_mistake(shipped: Library) -> None:
    lost = replace(shipped.trees["threatened"], start="no")
    assert found_by(danger_first, replace(shipped, trees={"threatened": lost})) == ()


def test_what_comes_first_and_cannot_be_decided_is_an_error(
    shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_few_states(monkeypatch, danger_first, 16)
    assert codes(found_by(danger_first, shipped)) == {"FP312"}


def dangers(read: Library, start: str) -> Iterator[tuple[bool, bool]]:
    """For every way from a start: whether safe was asked first or second; and whether somebody
    who is not safe was at an ending before a second answer after it."""
    waiting: list[tuple[str, str, Facts, list[str]]] = [(start, "", {}, [])]
    while waiting:
        name, place, facts, asked = waiting.pop()
        here = read.trees[name]
        step = here.step(place)
        assert step is not None
        facts = {**facts} | {f: v for f, v in here.given.items() if f != "safe"}
        over = step.passed_to(facts) if isinstance(step, Question) else None
        if over is not None:
            waiting.append((over.tree, over.step, facts, asked))
            continue
        told = "no" in facts.get("safe", ()) and len(asked) > asked.index("safe") + 1
        if isinstance(step, Outcome) or told:
            yield "safe" in asked[:2], isinstance(step, Outcome)
            continue
        for values in choices(step):
            way = next(a.goto for a in step.answers if a.value in values)
            assert way is not None
            waiting.append((way.tree, way.step, {**facts, step.fact: values}, [*asked, step.fact]))


def with_danger(read: Library) -> Library:
    """The library with a question that says who is in danger."""
    safe = replace(SHARED["safe"], in_danger=frozenset({"no"}))
    return replace(read, questions={**read.questions, "safe": safe})


def test_how_near_999_is_agrees_with_every_way_there_is() -> None:
    """4,000 random libraries: trees in which it is asked too late, or answered too late."""
    met = {"late": 0, "far": 0, "near": 0}
    for seed in range(4_000):
        chance = random.Random(600_000 + seed)
        read = with_danger(any_trees(chance))
        found = found_by(danger_first, read)
        for name, each in read.trees.items():
            ways = list(dangers(read, name))
            late = not all(on_time for on_time, _ in ways)
            far = not late and not all(at_ending for _, at_ending in ways)
            said = [m for m in found if m.message == FAR.format(name) or m.span == each.span]
            assert [m.message == FAR.format(name) for m in said] == [False] * late + [True] * far
            met["late" if late else "far" if far else "near"] += 1
            assert all(any(True for _ in walked(read, name, m)) for m in said), seed
    assert min(met.values()) > 20, met


def walked(read: Library, name: str, mistake: Diagnostic) -> Iterator[Walk]:
    """The walk that the witness says, to a question or an ending."""
    walk = Walk.begin(read, name)
    for word in mistake.witness:
        fact, _, values = word.partition("=")
        if not isinstance(walk.here, Question) or walk.here.fact != fact:
            return
        walk = walk.answer(values.split(","))
    yield walk


def test_what_stands_first_agrees_with_every_way_there_is() -> None:
    """1,200 random libraries: the endings where something else comes first."""
    broken = 0
    for seed in range(1_200):
        chance = random.Random(700_000 + seed)
        read = with_danger(with_help(chance, any_trees(chance)))
        dial = replace(read.routes["r1"], phone=(Phone("999", span=HERE),))
        read = replace(read, routes={**read.routes, "r1": dial})
        wanted = set()
        for start in read.trees:
            for given in told_beforehand(read):
                for page in seen(read, start, given):
                    first = next(visibility.served(read, page.outcome, page.facts), None)
                    if "no" in page.facts.get("safe", ()) and not (
                        first and first.routes[0].name == "r1"
                    ):
                        wanted.add((page.tree, page.outcome.name))
        found = [m for m in found_by(danger_first, read) if "stand first" in m.message]
        assert {ending_of(mistake) for mistake in found} == wanted, seed
        broken += bool(wanted)
        for mistake in found:
            ends = {(w.tree.name, w.here.name) for w, _ in sayings(read, mistake.witness)}
            assert ending_of(mistake) in ends, seed
    assert 100 < broken < 1_190


# FP318: a service named in words is for everyone who reads them

ABOUT = "Ask {route:stopncii}."
"""stopncii is for adults only."""

SPOT = spot("words.yaml")
SAID = Sentence(ABOUT, span=SPOT)
ADULTS = when(age=["18", "19-or-over"])


def ended(library: Library, name: str = "sextortion", **changes: object) -> Library:
    outcome = library.trees["threatened"].outcomes[name]
    return with_steps(library, "threatened", replace(outcome, **changes))  # type: ignore[arg-type]  # names of fields


def test_a_sentence_of_an_ending_is_read_by_all_who_come_there(shipped: Library) -> None:
    outcome = shipped.trees["threatened"].outcomes["sextortion"]
    page = danger_page(shipped)
    other = page.carry_on
    assert other is not None
    needs = (replace(outcome.needs[0], because=SAID), *outcome.needs[1:])
    for library in (
        ended(shipped, title=SAID),
        ended(shipped, open=SAID),
        ended(shipped, worse=SAID),
        ended(shipped, needs=needs),
        ended(shipped, advice=(Advice(Kind.DO, SAID, span=HERE),)),
        ended(shipped, advice=(Advice(Kind.DO, SAID, (when(age="13-15"),), span=HERE),)),
        ended(shipped, name=page.name, carry_on=replace(other, say=SAID)),
    ):
        [mistake] = found_by(named_services, library)
        assert (mistake.code, mistake.span) == ("FP318", SPOT)
        assert "“stopncii” is named to someone outside its contract: age " in mistake.message
        assert mistake.related[0].span == library.routes["stopncii"].span
        must_replay(library, [mistake])


def test_who_is_kept_out_by_conditions_does_not_read_it(shipped: Library) -> None:
    line = Advice(Kind.DO, SAID, (ADULTS,), span=HERE)
    assert found_by(named_services, ended(shipped, advice=(line,))) == ()
    need = Need("someone-to-talk-to", SAID, ADULTS, span=HERE)
    assert found_by(named_services, ended(shipped, needs=(need,))) == ()
    # An exception keeps people out as well; and who was not asked is not kept out by it.
    children = when(age=["under-13", "13-15", "16-17", NOT_SURE])
    kept = replace(line, whens=(), unless=(children,))
    assert found_by(named_services, ended(shipped, advice=(kept,))) == ()
    page = danger_page(shipped).name
    [mistake] = found_by(named_services, ended(shipped, name=page, advice=(kept,)))
    assert mistake.message.endswith("outside its contract: age never asked")


def test_a_wording_counts_for_its_own_reader(shipped: Library) -> None:
    """The adviser for teachers is for staff alone."""
    staff = "Ask {route:professionals-online-safety}."
    contract = Contract(
        frozenset(shipped.questions["age"].values),
        frozenset(shipped.questions["nation"].values),
        frozenset({"staff"}),
    )
    route = replace(
        shipped.routes["childline"], name="professionals-online-safety", contract=contract
    )
    library = replace(shipped, routes={**shipped.routes, route.name: route})
    for_staff = Sentence("Ask someone.", by_teller=(("staff", staff),), span=SPOT)
    assert found_by(named_services, ended(library, open=for_staff)) == ()
    for_others = Sentence(staff, by_teller=(("young-person", "Ask someone."),), span=SPOT)
    [mistake] = found_by(named_services, ended(library, open=for_others))
    assert mistake.message.endswith("outside its contract: teller parent")
    must_replay(library, [mistake])


def test_what_is_always_added_is_read_at_every_ending(shipped: Library) -> None:
    line = Advice(Kind.DO, SAID, span=HERE)
    entry = Always(when(threat="money"), (), None, (line,), (), span=HERE)
    library = replace(shipped, always=(*shipped.always, entry))
    [mistake] = found_by(named_services, library)
    assert "threat=money" in mistake.witness
    must_replay(library, [mistake])
    adults = replace(entry, when=ADULTS)
    assert found_by(named_services, replace(shipped, always=(*shipped.always, adults))) == ()
    children = when(age=["under-13", "13-15", "16-17", NOT_SURE])
    kept = replace(entry, when=when(threat="money"), unless=(children,))
    assert found_by(named_services, replace(shipped, always=(*shipped.always, kept))) == ()
    needs = (Need("police", SAID, span=HERE),)
    because = replace(entry, advice=(), needs=needs)
    library = replace(shipped, always=(*shipped.always, because))
    must_replay(library, found_by(named_services, library))


def test_the_heading_of_a_need_is_read_where_it_is_called_for(shipped: Library) -> None:
    def named(need: str) -> Library:
        words = NeedWords(need, SAID, span=HERE)
        return replace(shipped, needs={**shipped.needs, need: words})

    must_replay(named("police"), found_by(named_services, named("police")))
    assert found_by(named_services, named("adult-image-help")) == ()  # called for by adults alone


def test_what_a_route_says_of_another_is_read_where_it_is_shown(shipped: Library) -> None:
    def says(route: str) -> Library:
        changed = replace(shipped.routes[route], limits=SAID)
        return replace(shipped, routes={**shipped.routes, route: changed})

    must_replay(says("childline"), found_by(named_services, says("childline")))
    assert found_by(named_services, says("revenge-porn-helpline")) == ()  # itself for adults alone
    served = shipped.routes["childline"]
    uncalled = replace(served, name="uncalled", serves=("nothing",), limits=SAID)
    library = replace(shipped, routes={**shipped.routes, "uncalled": uncalled})
    assert found_by(named_services, library) == ()  # no page shows it


def test_who_is_stood_in_for_says_nothing(shipped: Library) -> None:
    """101 names a service for three nations; where the fourth is, another stands in for it."""
    route = shipped.routes["childline"]
    assert route.contract is not None
    nations = frozenset(shipped.questions["nation"].values) - {"scotland"}
    elsewhere = replace(route, name="elsewhere", contract=replace(route.contract, nations=nations))
    ages = frozenset(shipped.questions["age"].values)
    elsewhere = replace(elsewhere, contract=Contract(ages, nations, frozenset(TELLERS)))
    says = replace(
        shipped.routes["police-101"], limits=Sentence("Or {route:elsewhere}.", span=SPOT)
    )
    routes = {**shipped.routes, "police-101": says, "elsewhere": elsewhere}
    assert found_by(named_services, replace(shipped, routes=routes)) == ()
    del routes["police-scotland"]
    [mistake] = found_by(named_services, replace(shipped, routes=routes))
    assert mistake.message.endswith("outside its contract: nation scotland")


@pytest.mark.parametrize("field", ["ask", "why", "note"])
def test_the_words_of_a_question_are_read_by_all_who_are_asked(
    shipped: Library, field: str
) -> None:
    def asks(asked: Question) -> Library:
        return with_steps(shipped, "threatened", replace(asked, **{field: SAID}))

    everybody = step_about(shipped, "threat")
    [mistake] = found_by(named_services, asks(everybody))
    assert mistake.message == (
        f"at “threatened/{everybody.name}” “stopncii” is named to someone outside its contract: "
        "age under-13"
    )
    must_replay(asks(everybody), [mistake])
    [mistake] = found_by(named_services, asks(step_about(shipped, "teller")))
    assert mistake.message.endswith("age never asked")
    [mistake] = found_by(named_services, asks(asked_by_age(shipped, children=True)))
    must_replay(asks(asked_by_age(shipped, children=True)), [mistake])
    assert found_by(named_services, asks(asked_by_age(shipped, children=False))) == ()


def asked_by_age(library: Library, *, children: bool) -> Question:
    """A question that no adult is asked, or only adults are: whom it leaves out, another asks."""
    ages = frozenset(library.questions["age"].values)
    adults = dict(ADULTS.tests)["age"]
    wanted = ("age", ages - adults if children else adults)
    return next(q for q in library.trees["threatened"].asked if q.when.tests == (wanted,))


def test_an_answer_is_read_by_all_who_are_asked(shipped: Library) -> None:
    asked = step_about(shipped, "threat")
    answers = (replace(asked.answers[0], say=SAID), *asked.answers[1:])
    library = with_steps(shipped, "threatened", replace(asked, answers=answers))
    must_replay(library, found_by(named_services, library))


def test_who_passes_a_question_over_does_not_read_it() -> None:
    """Only the old are not asked for their age in the second place; the young read nothing."""
    first = question("first", "age", {"young": "one/second", NOT_SURE: "one/second"})
    second = question("second", "safe", {"yes": "one/third", "no": "one/third"})
    asked = question("third", "age", {"young": "one/end", "old": "one/end"})
    third = replace(asked, ask=Sentence("Ask {route:r0}.", span=SPOT))
    library = of_trees(tree("one", [first, second, third, ending("end")]))

    def serving(*ages: str) -> Library:
        contract = Contract(frozenset(ages), frozenset(), frozenset(VALUES["teller"]))
        return replace(library, routes={"r0": Route("r0", WORDS, ("talk",), contract, span=HERE)})

    assert found_by(named_services, serving(NOT_SURE)) == ()
    [mistake] = found_by(named_services, serving("young"))
    assert mistake.witness == ("age=not-sure", "safe=yes")


def test_what_is_said_before_anything_is_known(shipped: Library) -> None:
    threatened = shipped.trees["threatened"]
    line = Advice(Kind.KNOW, SAID, span=HERE)
    for library in (
        replace(shipped, trees={**shipped.trees, "threatened": replace(threatened, title=SAID)}),
        replace(shipped, trees={**shipped.trees, "threatened": replace(threatened, about=SAID)}),
        replace(shipped, opening=(line,)),
        replace(shipped, words={**shipped.words, "nude": SAID}),
    ):
        [mistake] = found_by(named_services, library)
        assert mistake.message == (
            "“stopncii” is named to someone outside its contract: age never asked"
        )
        assert mistake.witness == ()
    adults = replace(line, whens=(ADULTS,))
    assert found_by(named_services, replace(shipped, opening=(adults,))) == ()


def test_a_wording_before_anything_is_known_is_for_its_reader(shipped: Library) -> None:
    values = {fact: frozenset(asked.values) for fact, asked in shipped.questions.items()}

    def wrong(text: Sentence, *tellers: str) -> tuple[Diagnostic, ...]:
        contract = Contract(values["age"], values["nation"], frozenset(tellers))
        route = replace(shipped.routes["stopncii"], contract=contract)
        opening = (Advice(Kind.KNOW, text, span=HERE),)
        routes = {**shipped.routes, "stopncii": route}
        found = found_by(named_services, replace(shipped, opening=opening, routes=routes))
        return tuple(mistake for mistake in found if mistake.span == SPOT)

    for_staff = Sentence("Words", by_teller=(("staff", ABOUT),), span=SPOT)
    assert wrong(for_staff, "staff") == ()
    assert codes(wrong(for_staff, "parent")) == {"FP318"}
    # Before anyone has said who reads, it is written for a young person; and anybody may read it.
    for_young = Sentence("Words", by_teller=(("young-person", ABOUT),), span=SPOT)
    assert codes(wrong(for_young, "young-person")) == {"FP318"}


def test_a_shared_sentence_is_one_mistake(shipped: Library) -> None:
    line = Advice(Kind.DO, SAID, span=HERE)
    both = ended(ended(shipped, advice=(line,)), name="blackmail", advice=(line,))
    asked = step_about(both, "threat")
    assert (
        len(found_by(named_services, with_steps(both, "threatened", replace(asked, ask=SAID)))) == 1
    )


def test_a_route_without_a_contract_may_be_named_anywhere(shipped: Library) -> None:
    open_to_all = replace(shipped.routes["stopncii"], contract=None)
    library = replace(shipped, routes={**shipped.routes, "stopncii": open_to_all})
    assert found_by(named_services, ended(library, open=SAID)) == ()


def test_readers_who_cannot_be_decided_are_an_error(
    shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_few_states(monkeypatch, named_services, 3)
    asked = replace(step_about(shipped, "threat"), ask=SAID)
    for library in (ended(shipped, open=SAID), with_steps(shipped, "threatened", asked)):
        mine = [mistake for mistake in found_by(named_services, library) if mistake.span == SPOT]
        assert codes(mine) == {"FP312"}
        assert "whether “stopncii” is named only to those whom it serves" in mine[0].message


# Against the oracle: whoever reads a sentence, and is outside


def any_sentence(chance: random.Random, where: str) -> Sentence:
    """A sentence that names a service, to one kind of reader or to all."""
    text = f"Ask {{route:r{chance.randrange(4)}}}."
    match chance.randrange(4):
        case 0:
            return Sentence(text, by_teller=(("you", "Words"),), span=spot(where))
        case 1:
            return Sentence("Words", by_teller=(("me", text),), span=spot(where))
        case 2:
            return Sentence(text, span=spot(where))
        case _:
            return Sentence("Words", span=spot(where))


def with_words(chance: random.Random) -> Library:
    """A random library in which everything that is said may name a service."""
    read = with_help(chance, any_trees(chance))

    def say(where: str) -> Sentence:
        return any_sentence(chance, where)

    def told(where: str, needs: Iterable[Need]) -> tuple[Need, ...]:
        return tuple(replace(need, because=say(f"{where} {need.need}")) for need in needs)

    def lines(where: str, advice: Iterable[Advice]) -> tuple[Advice, ...]:
        return tuple(replace(line, say=say(f"{where} line")) for line in advice)

    trees = {}
    for name, each in read.trees.items():
        questions = {
            q.name: replace(q, ask=say(f"{name}/{q.name} ask")) for q in each.questions.values()
        }
        outcomes = {
            o.name: replace(
                o,
                open=say(f"{name}/{o.name} open"),
                advice=lines(f"{name}/{o.name}", o.advice),
                needs=told(f"{name}/{o.name}", o.needs),
            )
            for o in each.outcomes.values()
        }
        trees[name] = replace(each, questions=questions, outcomes=outcomes)
    always = tuple(
        replace(e, advice=lines("always", e.advice), needs=told("always", e.needs))
        for e in read.always
    )
    routes = {name: replace(r, limits=say(name)) for name, r in read.routes.items()}
    return replace(read, trees=trees, always=always, routes=routes)


def reads_at(read: Library, page: Seen) -> Iterator[Sentence]:
    """Every sentence of this library's that is on a page, as far as it can name a service."""
    yield page.outcome.open
    yield from (line.say for line in all_lines(read, page))
    for wanted in visibility.needs(read, page.outcome, page.facts).values():
        yield from (need.because for need in wanted if need.because)
    for each in visibility.served(read, page.outcome, page.facts):
        yield from (route.limits for route in each.routes if route.limits)


def all_lines(read: Library, page: Seen) -> Iterator[Advice]:
    """A line that is shown in other words already is shown all the same."""
    added = (line for entry in read.always if entry.shown(page.facts) for line in entry.advice)
    return (line for line in (*added, *page.outcome.advice) if line.shown(page.facts))


def outside(read: Library, sentence: Sentence, facts: Facts) -> Iterator[tuple[Span, str, str]]:
    text = sentence.read_by(next(iter(facts.get("teller", ())), None))
    for name, route in read.routes.items():
        if route.contract is not None and f"{{route:{name}}}" in text:
            served = {"age": route.contract.ages, "teller": route.contract.tellers}
            for fact, values in served.items():
                everybody = values >= set(VALUES[fact])
                if not everybody and not facts.get(fact, frozenset({NOT_SURE})) <= values:
                    yield sentence.span, name, fact


def asked_of(read: Library, start: str, given: Facts) -> Iterator[tuple[Question, Facts]]:
    """Every question that somebody is asked, with what is known of them there."""
    waiting = [(start, "", given)]
    while waiting:
        name, place, facts = waiting.pop()
        here = read.trees[name]
        step = here.step(place)
        assert step is not None
        facts = {**facts} | {f: v for f, v in here.given.items() if f != "safe"}
        if isinstance(step, Outcome):
            if step.carry_on is not None:
                goto = step.carry_on.goto
                waiting.append((goto.tree, goto.step, {**facts, **step.carry_on.sets}))
            continue
        over = step.passed_to(facts)
        if over is not None:
            waiting.append((over.tree, over.step, facts))
            continue
        yield step, facts
        for values in choices(step):
            way = next(a.goto for a in step.answers if a.value in values)
            assert way is not None
            waiting.append((way.tree, way.step, {**facts, step.fact: values}))


def test_who_reads_what_agrees_with_every_way_there_is() -> None:
    """800 random libraries in which all that is said names services: who is outside."""
    met = dict.fromkeys(("ask", "open", "line", "talk", "r1"), 0)
    for seed in range(800):
        read = with_words(random.Random(800_000 + seed))
        wanted = set()
        for start in read.trees:
            for given in told_beforehand(read):
                for page in seen(read, start, given):
                    for sentence in reads_at(read, page):
                        wanted |= set(outside(read, sentence, page.facts))
                for asked, facts in asked_of(read, start, given):
                    wanted |= set(outside(read, asked.ask, facts))
        found = found_by(named_services, read)
        assert {key_of(mistake) for mistake in found} == wanted, seed
        for kind in met:
            met[kind] += any(span.file.endswith(kind) for span, _, _ in wanted)
    assert min(met.values()) > 50, met


def key_of(mistake: Diagnostic) -> tuple[Span, str, str]:
    before, _, whom = mistake.message.partition("” is named to someone outside its contract: ")
    return mistake.span, before.rpartition("“")[2], whom.split(" ")[0]


# With an organisation's own details, and without


def test_what_only_a_local_route_serves_is_unserved_without_it(shipped: Library) -> None:
    served = shipped.routes["iwf-report"]
    own = replace(served, name="ours", local=True, span=Span.start_of("local.yaml"))
    left = {name: route for name, route in shipped.routes.items() if name != "iwf-report"}
    without = replace(shipped, routes=left)
    with_local = replace(shipped, routes={**left, "ours": own})
    assert found_by(unserved, with_local) == ()
    alone = found_by(unserved, without)
    assert codes(alone) == {"FP303"}
    found = either_way((), alone, "local.yaml")
    assert [m.message for m in found] == [f"{m.message}, without the local details" for m in alone]


def told(message: str, file: str = "a.yaml", *witness: str) -> Diagnostic:
    return Diagnostic("FP303", message, Span.start_of(file), witness=witness)


def test_a_mistake_in_both_cases_is_one_and_says_nothing_of_them() -> None:
    found = either_way(
        [told("same", "a.yaml", "x=1")], [told("same", "a.yaml", "x=2")], "local.yaml"
    )
    assert found == (told("same", "a.yaml", "x=1"),)


def test_a_mistake_in_one_case_says_in_which() -> None:
    with_local = [told("b", "b.yaml"), told("own", "local.yaml")]
    found = either_way(with_local, [told("a", "a.yaml")], "local.yaml")
    assert [mistake.message for mistake in found] == [
        "a, without the local details",
        "b, with the local details",
        "own",
    ]
