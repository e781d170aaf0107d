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
    ALWAYS,
    Advice,
    Always,
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
from fingerpost.proof.boxes import Room
from fingerpost.proof.prover import Proofs
from fingerpost.walk.walk import Walk

from ..support import checking
from ..support.checking import found_by
from ..support.oracle import (
    HERE,
    MANY,
    NOTHING,
    SHARED,
    VALUES,
    WORDS,
    any_expectation,
    any_trees,
    any_unless,
    any_values,
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
    target,
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


def with_little_room(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(checking, "Proofs", lambda library: Proofs(library, Room(most)))


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


def always(condition: When, *unless: When, urgency: Urgency = Urgency.NOW) -> Always:
    return Always(condition, unless, urgency, (), (), span=spot("here"))


def with_always(library: Library, *entries: Always) -> Library:
    return replace(library, always=(*entries, *library.always))


def without(library: Library, fact: str, value: str) -> Library:
    """No entry of ``always`` names this answer."""

    def unread(condition: When) -> When:
        return When(tuple((f, v - {value} if f == fact else v) for f, v in condition.tests))

    entries = tuple(replace(entry, when=unread(entry.when)) for entry in library.always)
    return replace(library, always=entries)


@pytest.mark.parametrize("fact", ["danger", "suspect"])
def test_an_entry_that_leaves_out_who_is_not_sure_is_told_in_its_line(
    shipped: Library, fact: str
) -> None:
    [(answer, worse)] = shipped.questions[fact].as_urgent_as
    assert answer == NOT_SURE
    library = without(shipped, fact, NOT_SURE)
    found = found_by(not_sure_as_urgent, library)
    assert codes(found) == {"FP316"}
    apart = {
        entry.span
        for entry in library.always
        if entry.urgency and any(f == fact and v & worse for f, v in entry.when.tests)
    }
    assert {mistake.span for mistake in found} == apart
    assert all(mistake.span.file.endswith("shared/always.yaml") for mistake in found)
    assert all(f"not be after {fact}={NOT_SURE}" in mistake.message for mistake in found)
    # What the hint says to write mends it.
    assert all(f"“when: {{{fact}: {NOT_SURE}}}”" in mistake.hint for mistake in found)
    mended = with_always(library, always(When(((fact, frozenset({NOT_SURE})),))))
    assert found_by(not_sure_as_urgent, mended) == ()


def test_an_entry_is_read_with_what_it_is_not_for() -> None:
    worse, unsure = when(age="old"), when(age=NOT_SURE)
    safe, other = when(age="young", safe="yes"), when(safe="yes")
    for entries, told in (
        ([always(when(), unsure)], 1),
        ([always(when(), When((*unsure.tests, *other.tests)))], 1),
        ([always(when(), when(age=["old", "young", NOT_SURE]))], 0),
        ([always(when(), worse, safe)], 0),  # whoever is not sure is shown it
        ([always(worse), always(unsure)], 0),
        ([always(worse), always(unsure, other)], 1),
        ([always(worse), always(When((*unsure.tests, *other.tests)))], 1),
        ([always(worse), always(unsure, urgency=Urgency.TODAY)], 1),
        ([always(worse, urgency=Urgency.TODAY), always(unsure, urgency=Urgency.TODAY)], 0),
        ([replace(always(worse), urgency=None)], 0),
    ):
        library = with_always(asking_for_age(), *entries)
        assert len(found_by(not_sure_as_urgent, library)) == told, entries


def asking_for_age(*, always_ask: bool = True, unsure: str = "one/end", **more: object) -> Library:
    goto = {**dict.fromkeys(VALUES["age"], "one/end"), NOT_SURE: unsure}
    steps = [question("age", "age", goto), question("safe", "safe", {"yes": "one/end"})]
    library = of_trees(tree("one", [*steps, ending("end"), ending("other")]))
    questions = {**SHARED, "age": replace(SHARED["age"], always_ask=always_ask, **more)}
    return replace(library, questions=questions)


def test_answers_with_other_ways_on_are_told_at_the_question() -> None:
    """Unless ``always`` says that all is as urgent as can be, wherever the other way leads."""
    assert found_by(not_sure_as_urgent, asking_for_age()) == ()
    for unsure in ("one/other", "one/safe"):
        library = asking_for_age(unsure=unsure)
        [mistake] = found_by(not_sure_as_urgent, library)
        assert mistake.message == (
            "“one/age” sends age=not-sure another way than age=old or age=young, "
            "where pages may be more urgent"
        )
        assert "“when: {age: not-sure}” with “urgency: now”" in mistake.hint
        assert found_by(not_sure_as_urgent, with_always(library, always(when(age=NOT_SURE)))) == ()
        today = always(when(age=NOT_SURE), urgency=Urgency.TODAY)
        assert found_by(not_sure_as_urgent, with_always(library, today)) == (mistake,)
    assert found_by(not_sure_as_urgent, asking_for_age(unsure="one/other", always_ask=False)) == ()


def test_a_later_question_that_parts_them_is_told_too() -> None:
    """One that is asked of some of them, and one that asks again whoever gave an answer that it
    lacks."""
    again = question("again", "age", {"young": "one/end", NOT_SURE: "one/end"})
    asked = question("then", "safe", {"yes": "one/end", "no": "one/other"})
    past = replace(asked, when=when(age="old"), otherwise=target("one/other"))
    first = question("first", "age", dict.fromkeys(VALUES["age"], "one/then"))
    for then in (replace(again, name="then"), past):
        steps = [first, then, ending("end"), ending("other")]
        library = replace(of_trees(tree("one", steps)), questions=asking_for_age().questions)
        [mistake] = found_by(not_sure_as_urgent, library)
        assert mistake.span == spot("one/then")
    alone = replace(of_trees(tree("one", [again, ending("end")])), questions=library.questions)
    assert found_by(not_sure_as_urgent, alone) == ()


def test_a_rule_that_leaves_out_who_is_not_sure() -> None:
    """Of the library, or of a tree: one that asks for something must list not-sure."""
    must, need = Expectation(advice=("stay",)), Expectation(need=("stay",))
    rule = Rule("stay", None, when(age="old"), must, NOTHING, span=spot("here"))
    library = asking_for_age()
    [mistake] = found_by(not_sure_as_urgent, replace(library, rules=(rule,)))
    assert mistake.message == (
        "“one/end” does not show after age=not-sure what the rule “stay” asks for after age=old"
    )
    assert (mistake.span, mistake.related[0].span) == (spot("here"), spot("one/end"))
    must_replay(library, [mistake])
    of_tree = {"one": replace(library.trees["one"], rules=(rule,))}
    assert found_by(not_sure_as_urgent, replace(library, trees=of_tree)) == (mistake,)
    # One that forbids makes no page show anything; and one that lists not-sure is proved as a rule.
    for sound in (
        replace(rule, must=NOTHING, never=must),
        replace(rule, when=when(age=["old", NOT_SURE])),
        replace(rule, when=when(age=NOT_SURE)),
        replace(rule, when=when(safe="yes")),
        replace(rule, must=Expectation(outcome=("end",))),  # it is kept for them all the same
        replace(rule, when=when(age="old", where="here")),  # nobody is asked where
    ):
        assert found_by(not_sure_as_urgent, replace(library, rules=(sound,))) == ()
    # Who is not sure is led past the tree to which the rule belongs, and where it would be kept.
    wanted = replace(ending("end"), needs=(Need("stay", None, span=HERE),))
    asked = library.trees["one"].questions["age"]
    past = {"young": "two/end", "old": "one/end", NOT_SURE: "two/end"}
    one = replace(tree("one", [asked, wanted]), rules=(replace(rule, must=need),))
    two = tree("two", [question("age", "age", past), ending("end")])
    parted = replace(of_trees(one, two), questions=library.questions)
    found = found_by(not_sure_as_urgent, parted)
    assert [ending_of(mistake) for mistake in found if "“stay”" in mistake.message] == [
        ("two", "end")
    ]
    compared = asking_for_age(as_urgent_as=((NOT_SURE, frozenset({"young"})),))
    assert found_by(not_sure_as_urgent, replace(compared, rules=(rule,))) == ()


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


def with_care(chance: random.Random) -> tuple[Library, str, str, frozenset[str]]:
    """A random library in which an answer is compared with others, and what these are. In half of
    them the answers have one way on; in half an entry of ``always`` reads them."""
    read = with_help(chance, any_trees(chance))
    fact = chance.choice(["age", MANY])
    answer, *others = chance.sample(VALUES[fact], chance.randint(2, len(VALUES[fact])))
    judged = replace(SHARED[fact], as_urgent_as=((answer, frozenset(others)),))
    for values in [any_values(chance, fact)] * (chance.random() < 0.5):
        condition = When((*any_when(chance, 1).tests, (fact, values)))
        urgency = chance.choice([Urgency.TODAY, Urgency.NOW])
        unless = chance.choice([(), any_unless(chance), (When(((fact, values),)),)])
        entry = always(When(tuple(dict(condition.tests).items())), *unless, urgency=urgency)
        read = with_always(read, entry)
    trees = {name: answered_alone(each) for name, each in read.trees.items()}
    if chance.random() < 0.7:
        trees = {name: routed_alike(chance, each, fact) for name, each in trees.items()}
    return (
        replace(read, trees=trees, questions={**SHARED, fact: judged}),
        fact,
        answer,
        frozenset(others),
    )


def answered_alone(here: Tree) -> Tree:
    """A tree that gives nothing, behind its door or to those who carry on: it would be in place of
    an answer of one of two people, and they would not have answered alike."""
    outcomes = {
        name: replace(end, carry_on=end.carry_on and replace(end.carry_on, sets={}))
        for name, end in here.outcomes.items()
    }
    return replace(here, given={}, outcomes=outcomes)


def routed_alike(chance: random.Random, here: Tree, fact: str) -> Tree:
    """A tree in which the answers about a fact mostly have one way on, and nothing else reads
    them."""
    found = {}
    for name, asked in here.questions.items():
        step = asked
        if chance.random() < 0.8 and any(f == fact for f, _ in asked.when.tests):
            step = replace(step, when=ALWAYS, otherwise=None, fork=False)
        if step.fact == fact:
            offered = step if chance.random() < 0.2 else SHARED[fact]
            goto = step.answers[0].goto
            step = replace(step, answers=tuple(replace(e, goto=goto) for e in offered.answers))
        found[name] = step
    return replace(here, questions=found)


@dataclass(frozen=True)
class Twins:
    """A page after an answer, and one that is laid beside it: after one of the others, and the same
    answers to all that both were asked. Both began in the same tree."""

    page: Seen
    twin: Seen
    start: str


def twins(read: Library, fact: str, answer: str, others: frozenset[str]) -> Iterator[Twins]:
    for start, given in product(read.trees, told_beforehand(read)):
        every = list(seen(read, start, given))
        for page in every:
            known = {f: v for f, v in page.facts.items() if f != fact}
            if answer in page.facts.get(fact, ()):
                for twin in every:
                    theirs = twin.facts.get(fact, frozenset())
                    if (
                        answer not in theirs
                        and not others.isdisjoint(theirs)
                        and alike(known, twin.facts)
                        and alike(page.went_on, twin.went_on)
                    ):
                        yield Twins(page, twin, start)


def less_urgent(read: Library, pair: Twins) -> bool:
    here, there = (visibility.urgency(read, p.outcome, p.facts) for p in (pair.page, pair.twin))
    return here < there


def with_rule(chance: random.Random, read: Library) -> tuple[Library, Rule, str | None]:
    """A random rule, of the library or of a tree, that speaks for an age."""
    age = chance.choice(("young", "old"))
    speaks = dict(any_when(chance, 1).tests) | {"age": frozenset({age})}
    must = Expectation(need=("report",)) if chance.random() < 0.5 else any_expectation(chance)
    rule = Rule("r", None, When(tuple(speaks.items())), must, NOTHING, span=spot("r"))
    of_tree = chance.choice([None, *read.trees])
    if of_tree is None:
        return replace(read, rules=(rule,)), rule, None
    changed = replace(read.trees[of_tree], rules=(rule,))
    return replace(read, trees={**read.trees, of_tree: changed}), rule, of_tree


def test_where_nothing_is_said_no_page_is_less_urgent_or_shows_less() -> None:
    """5,000 random libraries with a random rule, by every two walks side by side."""
    met = dict.fromkeys(("silent", "silent on the rule", "less urgent", "shows less"), 0)
    for seed in range(5_000):
        chance = random.Random(400_000 + seed)
        read, fact, answer, others = with_care(chance)
        read, rule, of_tree = with_rule(chance, read)
        found = {mistake.span == rule.span for mistake in found_by(not_sure_as_urgent, read)}
        pairs = list(twins(read, fact, answer, others))
        if any(less_urgent(read, pair) for pair in pairs):
            assert False in found, seed
            met["less urgent"] += 1
        if answer == NOT_SURE and any(
            rule.when.holds(pair.twin.facts)
            and of_tree in (None, pair.start, pair.twin.tree)
            and not holds(read, rule, pair.page.outcome, pair.page.facts)
            for pair in pairs
        ):
            assert True in found, seed
            met["shows less"] += 1
        met["silent"] += not found and bool(pairs)
        met["silent on the rule"] += True not in found and answer == NOT_SURE and bool(pairs)
    assert min(met.values()) > 60, met


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
    with_little_room(monkeypatch, 16)
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
    for seed in range(5_000):
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
    with_little_room(monkeypatch, 3)
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
