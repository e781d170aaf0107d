"""The checks of what is never shown, never asked and never different.

Each is silent on the shipped library, fires on a doctored copy of it, and says of thousands of
small random libraries just what a walker finds who takes every way there is.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from types import ModuleType
from typing import TypeGuard

import pytest

from fingerpost.checks.structure import (
    ambiguous_facts,
    never_asked,
    never_shown,
    no_advice,
    no_difference,
    tree_links,
)
from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Diagnostic, Severity, Span
from fingerpost.model.facts import Facts
from fingerpost.model.graph import StepGraph
from fingerpost.model.library import Library
from fingerpost.model.route import Route
from fingerpost.model.tree import (
    ALWAYS,
    Advice,
    Always,
    CarryOn,
    Kind,
    Need,
    Outcome,
    Question,
    Step,
    Target,
    Tree,
    When,
)
from fingerpost.page.visibility import lines as lines_on
from fingerpost.page.visibility import needs as needs_on
from fingerpost.page.visibility import served, urgency
from fingerpost.proof.boxes import Room
from fingerpost.proof.prover import Proofs

from ..support import checking
from ..support.checking import found_by
from ..support.judging import Person, everyone
from ..support.oracle import (
    HERE,
    SHARED,
    VALUES,
    WORDS,
    any_given,
    any_trees,
    any_unless,
    any_when,
    choices,
    ending,
    of_trees,
    question,
    sayings,
    target,
    tree,
)
from ..support.sample import first_two

CHECKS = (never_shown, never_asked, no_difference, no_advice, ambiguous_facts, tree_links)


@pytest.fixture(scope="module")
def shipped() -> Library:
    return without_what_others_show(first_two())


def without_what_others_show(library: Library) -> Library:
    """The library without what is shared and no one in these two trees can be shown: entries, lines
    and needs.

    That some tree shows each of them is held to in ``test_shipped.py``.
    """
    others = {
        mistake.span
        for mistake in found_by(never_shown, library)
        if mistake.span.file.rpartition("/")[0].endswith("shared")
    }
    advice = {name: line for name, line in library.advice.items() if line.span not in others}
    gone = library.advice.keys() - advice.keys()
    trees = {
        name: replace(
            tree,
            outcomes={
                key: replace(
                    each,
                    advice=tuple(
                        line
                        for line in each.advice
                        if line.span not in others and line.name not in gone
                    ),
                    needs=tuple(need for need in each.needs if need.span not in others),
                )
                for key, each in tree.outcomes.items()
            },
        )
        for name, tree in library.trees.items()
    }
    always = tuple(entry for entry in library.always if entry.span not in others)
    return replace(library, trees=trees, always=always, advice=advice)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.rpartition(".")[2])
def test_the_shipped_library_has_none_of_these_mistakes(
    check: ModuleType, shipped: Library
) -> None:
    assert found_by(check, shipped) == ()


def codes(found: Sequence[Diagnostic]) -> list[str]:
    return [mistake.code for mistake in found]


def must_lead_to(read: Library, mistake: Diagnostic, place: tuple[str, str]) -> None:
    """Somebody who says the words of a witness is there."""
    walks = [walk for walk, _ in sayings(read, mistake.witness)]
    assert place in [(walk.tree.name, walk.here.name) for walk in walks], mistake


# FP307 and FP308: what nobody is shown


def at(file: str, line: int) -> Span:
    return Span(file, line, 1, line, 2)


def line(span: Span, *whens: When, unless: tuple[When, ...] = (), name: str = "") -> Advice:
    return Advice(Kind.DO, WORDS, whens, unless, name, span=span)


def when(**facts: str) -> When:
    """As ``when(age="young old")``: any of these."""
    return When(tuple((fact, frozenset(values.split())) for fact, values in facts.items()))


def with_conditions(chance: random.Random, read: Library) -> Library:
    """Lines and needs at each ending, shared ones, and what is always added."""
    common = Advice(
        Kind.DO, WORDS, (any_when(chance),), any_unless(chance), "common", span=at("advice", 1)
    )
    of_two = line(at("outcomes", 1), any_when(chance, 3))
    trees: dict[str, Tree] = {}
    for each in read.trees.values():
        outcomes: dict[str, Outcome] = {}
        for number, outcome in enumerate(each.outcomes.values(), 1):
            lines = [line(at(each.name, number * 10), any_when(chance, 3))]
            own = any_when(chance, 1)
            if chance.random() < 0.5:
                lines.append(
                    replace(
                        common,
                        whens=common.whens + ((own,) if own.tests else ()),
                        span=at(each.name, number * 10 + 1),
                    )
                )
            if chance.random() < 0.5:
                lines.append(of_two)
            need = Need("talk", None, any_when(chance, 1), span=at(each.name, number * 10 + 2))
            outcomes[outcome.name] = replace(outcome, advice=tuple(lines), needs=(need,))
        trees[each.name] = replace(each, outcomes=outcomes)
    entry = Always(
        any_when(chance),
        any_unless(chance),
        None,
        (line(at("always", 2), any_when(chance)),),
        (Need("talk", None, any_when(chance, 1), span=at("always", 3)),),
        span=at("always", 1),
    )
    return replace(read, trees=trees, advice={"common": common}, always=(entry,))


def hidden(read: Library) -> dict[Span, str]:
    """What nobody is shown of all that has a condition, judged person by person."""
    people = everyone(read)
    found: dict[Span, str] = {}
    for each in read.trees.values():
        for outcome in each.outcomes.values():
            here = [p for p in people if (p.tree, p.outcome.name) == (each.name, outcome.name)]
            known = {fact for person in here for fact in person.facts}
            for part in conditional(outcome):
                own = here and part.span.file == each.name
                if own and not any(is_shown(part, person) for person in here):
                    found[part.span] = "FP307" if facts_of(part) <= known else "FP308"
    seen: dict[Span, bool] = {}
    for person in people:
        for span, is_there in shared_by(read, person):
            seen[span] = seen.get(span, False) or is_there
    hidden_entries = {entry.span for entry in read.always if not seen.get(entry.span, True)}
    for entry in read.always:
        for part in conditional(entry):
            if entry.span in hidden_entries:
                seen.pop(part.span, None)
    return found | {span: "FP307" for span, is_there in seen.items() if not is_there}


def shared_by(read: Library, person: Person) -> Iterator[tuple[Span, bool]]:
    """What is shared that may be shown to a person, and whether it is; but not what reads a fact
    that no tree asks for."""
    asked = asked_somewhere(read)
    for part in conditional(person.outcome):
        if part.span.file == "outcomes" and facts_of(part) <= asked:
            yield part.span, is_shown(part, person)
    for line_ in person.outcome.advice:
        if line_.name and facts_of(read.advice[line_.name]) <= asked:
            yield read.advice[line_.name].span, is_shown(read.advice[line_.name], person)
    for entry in read.always:
        if set(entry.when.facts) <= asked:
            yield entry.span, entry.shown(person.facts)
            for part in conditional(entry):
                if facts_of(part) <= asked:
                    yield part.span, entry.shown(person.facts) and is_shown(part, person)


def asked_somewhere(read: Library) -> set[str]:
    """The facts that some tree asks for, gives or settles, and those known beforehand."""
    known = {"teller", "nation"}
    for each in read.trees.values():
        known |= {asked.fact for asked in each.asked} | each.given.keys()
        for outcome in each.outcomes.values():
            known |= set(outcome.carry_on.sets) if outcome.carry_on else set()
    return known


def conditional(of: Outcome | Always) -> Iterator[Advice | Need]:
    """What has a condition written beside it."""
    for part in (*of.advice, *of.needs):
        written = part.whens[1 if part.name else 0 :] if isinstance(part, Advice) else (part.when,)
        if any(each.tests for each in written):
            yield part


def facts_of(part: Advice | Need) -> set[str]:
    """The facts that have to be known."""
    whens = part.whens if isinstance(part, Advice) else (part.when,)
    return {fact for each in whens for fact in each.facts}


def is_shown(part: Advice | Need, person: Person) -> bool:
    if isinstance(part, Need):
        return part.when.holds(person.facts)
    return part.shown(person.facts)


@pytest.mark.slow
def test_what_nobody_is_shown_is_what_a_walker_never_sees() -> None:
    """700 random libraries: which lines, needs and entries, for which of the two reasons."""
    met_with: Counter[str] = Counter()
    for seed in range(700):
        chance = random.Random(400_000 + seed)
        read = with_conditions(chance, any_trees(chance))
        found = found_by(never_shown, read)
        told = {m.span: m.code for m in found if m.code == "FP307" or m.span.file in read.trees}
        assert told == hidden(read), seed
        met_with.update(told.values())
        for mistake in found:
            own = mistake.span.file in read.trees
            assert (mistake.severity is Severity.ERROR) == own
            if own:
                name, ending_name = mistake.related[0].span.file.split("/")
                must_lead_to(read, mistake, (name, ending_name))
    assert min(met_with["FP307"], met_with["FP308"]) > 100, met_with


def two_questions() -> list[Step]:
    """Of those who are old, only those who are safe come to the end."""
    return [
        question("age", "age", {"young": "one/safe", "old": "one/safe-now"}),
        question("safe", "safe", {"yes": "one/end", "no": "one/end"}),
        question("safe-now", "safe", {"yes": "one/other", "no": "one/end"}),
        ending("end"),
        ending("other"),
    ]


# FP309: what nobody is asked


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody leaves a step: where it is, what was known, what is known then, and the way on.

    ``asked`` is false for a question that is passed over.
    """

    tree: str
    step: Step
    facts: Facts
    after: Facts
    goto: Target
    asked: bool

    @property
    def place(self) -> tuple[str, str]:
        return (self.tree, self.step.name)


def moves(read: Library) -> Iterator[Move]:
    """Every move that anybody can make, by every way there is."""
    for start, teller in product(read.trees, (None, *VALUES["teller"])):
        given = {"teller": frozenset({teller})} if teller else {}
        waiting: list[tuple[str, str, Facts]] = [(start, "", given)]
        while waiting:
            name, place, facts = waiting.pop()
            step = read.trees[name].step(place)
            assert step is not None
            gives = read.trees[name].given.items()
            facts = {**facts, **{f: v for f, v in gives if not SHARED[f].always_ask}}
            for after, goto, asked in leaving(step, facts):
                yield Move(name, step, facts, after, goto, asked)
                waiting.append((goto.tree, goto.step, after))


def leaving(step: Step, facts: Facts) -> Iterator[tuple[Facts, Target, bool]]:
    if isinstance(step, Outcome):
        if step.carry_on is not None:
            yield {**facts, **step.carry_on.sets}, step.carry_on.goto, True
        return
    over = step.passed_to(facts)
    if over is not None:
        yield facts, over, False
        return
    for chosen in choices(step):
        goto = next(answer.goto for answer in step.answers if answer.value in chosen)
        assert goto is not None
        yield {**facts, step.fact: chosen}, goto, True


def place_of(mistake: Diagnostic) -> tuple[str, str]:
    """The step at which a mistake stands, in a library by hand."""
    name, _, step = mistake.span.file.partition("/")
    return name, step


def test_a_question_that_nobody_is_asked_is_one_that_every_walker_passes_over() -> None:
    """1,000 random libraries."""
    met_with: Counter[bool] = Counter()
    for seed in range(1_000):
        read = any_trees(random.Random(420_000 + seed))
        made = [*moves(read)]
        come = {move.place for move in made}
        asked = {move.place for move in made if move.asked}
        nodes = StepGraph(read, *read.trees).nodes
        questions = (node for node in nodes if isinstance(node.step, Question))
        never = {node.place for node in questions if not node.step.fork} - asked
        found = found_by(never_asked, read)
        assert {place_of(mistake) for mistake in found} == never, seed
        for mistake in found:
            assert mistake.severity is Severity.WARNING
            if "nobody comes" in mistake.message:
                assert place_of(mistake) not in come, seed
            met_with[place_of(mistake) in come] += 1
    assert min(met_with[True], met_with[False]) > 15, met_with


# FP315: two questions of one fact


def asks(fact: str) -> Callable[[Step], bool]:
    return lambda step: isinstance(step, Question) and step.fact == fact and not step.fork


def asks_in_own_words(step: Step) -> TypeGuard[Question]:
    return isinstance(step, Question) and not step.shared


def must_know_before(read: Library, mistake: Diagnostic, name: str, step: str) -> None:
    """Whoever says the words of a witness comes to the question and has answered it before."""
    here = read.trees[name]
    fact = here.questions[step].fact
    others = {each: q for each, q in here.questions.items() if each != step}
    ends = replace(here, questions=others, outcomes={**here.outcomes, step: ending(step)})
    until = replace(read, trees={**read.trees, name: ends})
    walks = [walk for walk, _ in sayings(until, mistake.witness)]
    there = [walk for walk in walks if (walk.tree.name, walk.here.name) == (name, step)]
    assert any(fact in walk.facts for walk in there), mistake


@pytest.mark.slow
def test_two_questions_of_one_fact_are_those_that_a_walker_meets_both_of() -> None:
    """1,000 random libraries in which all words are a tree's own."""
    met_with = 0
    for seed in range(1_000):
        read = any_trees(random.Random(430_000 + seed))
        graph = StepGraph.whole(read)
        expected = {
            move.place
            for move in moves(read)
            if asks_in_own_words(move.step)
            and move.step.fact in move.facts
            and graph.nearest_before(graph.index(*move.place), asks(move.step.fact))
        }
        found = found_by(ambiguous_facts, read)
        assert {place_of(mistake) for mistake in found} == expected, seed
        for mistake in found:
            assert mistake.severity is Severity.ERROR
            must_know_before(read, mistake, *place_of(mistake))
        met_with += len(found)
    assert met_with > 300


# FP323: doors


def test_a_door_is_wrong_where_a_walker_comes_through_who_said_otherwise() -> None:
    """1,500 random libraries: through which door, and about which fact."""
    met_with = 0
    for seed in range(1_500):
        chance = random.Random(440_000 + seed)
        read = any_trees(chance)
        given = any_given(chance, 1)
        read = replace(read, trees={**read.trees, "two": replace(read.trees["two"], given=given)})
        held = {f: v for f, v in given.items() if not SHARED[f].always_ask}
        expected = {
            (move.place, move.goto.step, fact)
            for move in moves(read)
            for fact, values in held.items()
            if move.tree == "one" and move.goto.tree == "two"
            if fact in move.after and values.isdisjoint(move.after[fact])
        }
        found = found_by(tree_links, read)
        assert len(found) == len(expected), seed
        for mistake in found:
            assert mistake.severity is Severity.ERROR
            walks = [walk for walk, _ in sayings(read, mistake.witness)]
            assert any(walk.tree.name == "two" for walk in walks), seed
        met_with += len(found)
    assert met_with > 50


# FP314: an ending without advice


def any_advice(chance: random.Random, read: Library) -> Library:
    """Up to three lines at each ending, for some readers, and one that is always added."""
    trees = {
        each.name: replace(
            each,
            outcomes={
                name: replace(outcome, advice=tuple(some_lines(chance)))
                for name, outcome in each.outcomes.items()
            },
        )
        for each in read.trees.values()
    }
    entry = Always(any_when(chance), any_unless(chance), None, (), (), span=HERE)
    with_line = replace(entry, advice=(line(HERE, any_when(chance, 1)),))
    return replace(read, trees=trees, always=(entry, with_line) if chance.random() < 0.5 else ())


def some_lines(chance: random.Random) -> Iterator[Advice]:
    for _ in range(chance.randint(0, 3)):
        kind = chance.choice([Kind.DO, Kind.DONT, Kind.KNOW, Kind.WORKER])
        written = line(HERE, any_when(chance), unless=any_unless(chance))
        yield replace(written, kind=kind)


def is_told(read: Library, person: Person) -> bool:
    """Whether a line is for this reader; here “you” stand for the staff."""
    lines = lines_on(read, person.outcome, person.facts)
    staff = person.facts.get("teller") == frozenset({"staff"})
    return any(each.kind is not Kind.WORKER or staff for each in lines)


@pytest.mark.slow
def test_an_ending_is_without_advice_where_a_walker_finds_none_for_them() -> None:
    """700 random libraries in which some lines are for the worker."""
    met_with = 0
    for seed in range(700):
        chance = random.Random(450_000 + seed)
        read = any_advice(chance, any_trees(chance))
        expected = {
            (person.tree, person.outcome.name)
            for person in everyone(read)
            if person.outcome.advice and not is_told(read, person)
        }
        found = found_by(no_advice, read)
        assert {place_of(mistake) for mistake in found} == expected, seed
        for mistake in found:
            assert mistake.severity is Severity.WARNING
            must_lead_to(read, mistake, place_of(mistake))
        met_with += len(found)
    assert met_with > 300


# FP313: answers that make no difference


def pages_ahead(read: Library, name: str, place: str, facts: Facts) -> set[object]:
    """Every page that somebody may come to from here, with what is on it."""
    found: set[object] = set()
    waiting = [(name, place, facts)]
    while waiting:
        name, place, facts = waiting.pop()
        step = read.trees[name].step(place)
        assert step is not None
        gives = read.trees[name].given.items()
        facts = {**facts, **{f: v for f, v in gives if not SHARED[f].always_ask}}
        if isinstance(step, Outcome):
            found.add((name, step.name, *on_page(read, step, facts)))
        for after, goto, _ in leaving(step, facts):
            waiting.append((goto.tree, goto.step, after))
    return found


def on_page(read: Library, outcome: Outcome, facts: Facts) -> Iterator[object]:
    yield tuple(each.span for each in lines_on(read, outcome, facts))
    yield tuple(needs_on(read, outcome, facts))
    yield tuple((s.need, tuple(r.name for r in s.routes)) for s in served(read, outcome, facts))
    yield urgency(read, outcome, facts)


@pytest.mark.slow
def test_answers_that_make_no_difference_lead_to_the_same_pages() -> None:
    """1,500 random libraries: whichever of them is given, all that may come is the same."""
    met_with: Counter[Severity] = Counter()
    for seed in range(1_500):
        chance = random.Random(460_000 + seed)
        read = sparing(chance, any_trees(chance))
        made = [*moves(read)]
        for mistake in found_by(no_difference, read):
            met_with[mistake.severity] += 1
            alike = mistake.message.rpartition(": ")[2].split(", ")
            asked = read.trees[place_of(mistake)[0]].questions[place_of(mistake)[1]]
            values = asked.values if mistake.severity is Severity.WARNING else alike
            by_person: dict[object, list[set[object]]] = {}
            for move in made:
                if move.place == place_of(mistake) and move.asked:
                    [value, *more] = move.after[asked.fact]
                    if value in values and not more:
                        ahead = pages_ahead(read, move.goto.tree, move.goto.step, move.after)
                        key = frozenset(move.facts.items())
                        by_person.setdefault(key, []).append(ahead)
            for each in by_person.values():
                assert len(each) % len(values) == 0
                assert all(ahead == each[0] for ahead in each), (seed, mistake)
    assert min(met_with[Severity.WARNING], met_with[Severity.NOTICE]) > 50, met_with


def sparing(chance: random.Random, read: Library) -> Library:
    """A library that reads few facts: one at each ending, and one for a route."""
    whens = [any_when(chance, 1) if chance.random() < 0.3 else ALWAYS for _ in range(9)]
    trees = {
        each.name: replace(
            each,
            outcomes={
                name: replace(outcome, advice=(line(at(name, 1), chance.choice(whens)),))
                for name, outcome in each.outcomes.items()
            },
        )
        for each in read.trees.values()
    }
    route = Route("r", WORDS, ("talk",), None, (chance.choice(whens),), span=HERE)
    return replace(read, trees=trees, routes={"r": route})


# What is not decided is said


def limited(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """From here on there is room for so many boxes only."""
    monkeypatch.setattr(checking, "Proofs", lambda library: Proofs(library, Room(most)))


def two_lines() -> Library:
    """Two lines read the same two facts. One is shown to somebody, and the other to nobody."""
    steps: list[Step] = [
        question("age", "age", {"young": "one/safe", "old": "one/again", "not-sure": "one/safe"}),
        question("safe", "safe", {"yes": "one/again", "no": "one/other"}),
        question("again", "age", {"young": "one/end", "old": "one/end", "not-sure": "one/other"}),
        replace(
            ending("end"),
            advice=(
                line(at("one", 1), when(age="young", safe="yes")),
                line(at("one", 2), when(age="old", safe="yes")),
            ),
        ),
        ending("other"),
    ]
    return of_trees(tree("one", steps))


def test_however_little_may_be_looked_at_a_mistake_is_never_called_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for most in range(1, 60):
        limited(monkeypatch, most)
        found = found_by(never_shown, two_lines())
        assert set(codes(found)) in ({"FP312"}, {"FP307"})
        assert at("one", 2) in [mistake.span for mistake in found]


def test_with_enough_to_look_at_only_the_mistake_is_found() -> None:
    mistake = only(found_by(never_shown, two_lines()), "FP307")
    assert mistake.span == at("one", 2)


def test_of_very_many_that_are_not_decided_the_first_speaks_for_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limited(monkeypatch, 1)
    many = tuple(line(at("one", n), when(age="old", safe="yes")) for n in range(1, 41))
    read = two_lines()
    here = read.trees["one"]
    outcomes = {**here.outcomes, "end": replace(here.outcomes["end"], advice=many)}
    mistake = only(
        found_by(never_shown, with_tree(read, replace(here, outcomes=outcomes))), "FP312"
    )
    assert "whether anybody is shown this line and 39 more like it" in mistake.message


def test_each_other_check_says_so_too(monkeypatch: pytest.MonkeyPatch) -> None:
    read = two_lines()
    given = {"safe": frozenset({"no"}), "age": frozenset({"old"})}
    beyond = tree("two", [question("age", "age", {"young": "two/end"}), ending("end")], given)
    start = read.trees["one"].questions["age"]
    led = replace(start.answers[0], goto=target("two/"))
    to_two = replace(start, answers=(led, *start.answers[1:]))
    here = read.trees["one"]
    here = replace(here, questions={**here.questions, "age": to_two})
    entry = Always(when(safe="no"), (), None, (line(HERE),), (), span=HERE)
    library = replace(read, trees={"one": here, "two": beyond}, always=(entry,))
    for check in (never_asked, no_advice, ambiguous_facts, tree_links):
        assert codes(found_by(check, library)) != []
        assert "FP312" not in codes(found_by(check, library))
        with monkeypatch.context() as patch:
            limited(patch, 1)
            assert "FP312" in codes(found_by(check, library))


# What nobody comes to is no mistake of these


def test_nothing_is_said_of_an_ending_to_which_nobody_comes() -> None:
    """Only who is young at the second question could come there, and nobody is."""
    hidden_line = replace(ending("end"), advice=(line(at("one", 1), when(safe="yes")),))
    steps: list[Step] = [
        question("age", "age", {"young": "one/other", "old": "one/again"}),
        question("again", "age", {"young": "one/end", "old": "one/other"}),
        hidden_line,
        ending("other"),
    ]
    assert found_by(never_shown, of_trees(tree("one", steps))) == ()


def test_a_library_without_steps_has_none_of_these_mistakes() -> None:
    """A tree without a start is a mistake that reading reports."""
    empty = replace(two_lines().trees["one"], start="no", questions={}, outcomes={})
    entry = Always(when(age="old"), (), None, (), (), span=at("always", 1))
    library = replace(of_trees(empty), always=(entry,))
    assert codes(found_by(never_shown, library)) == ["FP308"]
    nation = replace(entry, when=when(nation="wales"))
    library = replace(library, always=(nation,))
    for check in CHECKS:
        assert found_by(check, library) == ()


def test_a_door_may_be_the_way_on_from_an_ending() -> None:
    on = CarryOn(WORDS, target("two/"), {"age": frozenset({"young"})}, span=at("one", 7))
    steps: list[Step] = [ending("first", on)]
    beyond = tree("two", [ending("end")], {"age": frozenset({"old"})})
    mistake = only(found_by(tree_links, of_trees(tree("one", steps), beyond)), "FP323")
    assert mistake.witness == ("age=young",)


# On the shipped library, with one thing in it changed


def with_line(library: Library, tree_name: str, ending_name: str, written: Advice) -> Library:
    """The library in which an ending has one line more, of the tree's own."""
    here = library.trees[tree_name]
    own = replace(written, span=at(here.span.file, 9_999))
    outcome = here.outcomes[ending_name]
    outcomes = {**here.outcomes, ending_name: replace(outcome, advice=(*outcome.advice, own))}
    return with_tree(library, replace(here, outcomes=outcomes))


def with_tree(library: Library, changed: Tree) -> Library:
    return replace(library, trees={**library.trees, changed.name: changed})


def asked_after(library: Library, earlier: str, new: Question) -> Library:
    """The library in which all answers to a question of “threatened” lead to a new one, and
    those of the new one, which names no way on, to where the first of them led."""
    here = library.trees["threatened"]
    before = here.questions[earlier]
    to = replace(target(f"threatened/{new.name}"), span=before.span)
    led = replace(before, answers=tuple(replace(answer, goto=to) for answer in before.answers))
    answers = tuple(
        replace(a, goto=a.goto if a.goto and a.goto.step else before.answers[0].goto)
        for a in new.answers
    )
    added = {earlier: led, new.name: replace(new, answers=answers, span=at(here.span.file, 9_999))}
    return with_tree(library, replace(here, questions={**here.questions, **added}))


def only(found: Sequence[Diagnostic], code: str) -> Diagnostic:
    """The one mistake that was found, which has this code."""
    [mistake] = found
    assert mistake.code == code
    return mistake


def test_a_value_that_was_led_elsewhere_before(shipped: Library) -> None:
    bad = line(HERE, when(threat="favour pictures"))
    library = with_line(shipped, "threatened", "violence-later", bad)
    mistake = only(found_by(never_shown, library), "FP307")
    assert mistake.severity is Severity.ERROR
    assert mistake.message == (
        "nobody is shown this line: at “threatened/violence-later” no one's “threat” is favour or "
        "pictures"
    )
    assert mistake.hint == "there it is only ever violence"
    there, asked = mistake.related
    assert there.span == library.trees["threatened"].outcomes["violence-later"].span
    assert asked.message == "“threat” is settled here"
    must_lead_to(library, mistake, ("threatened", "violence-later"))


def test_values_that_nobody_has_together(shipped: Library) -> None:
    """Whoever is 13 is not asked how old they were in the picture."""
    together = When((*when(age="13-15").tests, ("age-in-picture", frozenset({"under-18"}))))
    library = with_line(shipped, "threatened", "sextortion", line(HERE, together))
    mistake = only(found_by(never_shown, library), "FP307")
    assert mistake.message == "nobody is shown this line: all that it asks for never comes together"
    assert mistake.hint.startswith("nobody who comes to “threatened/sextortion” has it all")
    must_lead_to(library, mistake, ("threatened", "sextortion"))


def test_two_conditions_that_contradict_one_another(shipped: Library) -> None:
    """A shared line for the young person, taken for the staff."""
    whens = (when(teller="young-person"), when(teller="staff"))
    library = with_line(shipped, "threatened", "sextortion", line(HERE, *whens))
    mistake = only(found_by(never_shown, library), "FP307")
    assert mistake.message.endswith("never comes together")


def test_a_fact_that_nobody_is_asked_on_the_way(shipped: Library) -> None:
    """Who is threatened with violence is not asked about a picture."""
    bad = line(HERE, when(age="13-15", picture="nude"))
    library = with_line(shipped, "threatened", "violence-later", bad)
    mistake = only(found_by(never_shown, library), "FP308")
    assert mistake.severity is Severity.ERROR
    assert mistake.message == (
        "this line reads “picture”, which nobody is asked on the way to “threatened/violence-later”"
    )
    must_lead_to(library, mistake, ("threatened", "violence-later"))


def test_a_shared_line_that_no_tree_can_show(shipped: Library) -> None:
    """It is the shared line that is wrong, and no place that takes it as it is."""
    young = When((*when(age="under-13").tests, ("age-in-picture", frozenset({"under-18"}))))
    name = "tell-someone"
    bad = replace(shipped.advice[name], whens=(young,))
    trees = {
        each.name: replace(
            each,
            outcomes={
                key: replace(
                    outcome,
                    advice=tuple(
                        replace(taken, whens=(young,)) if taken.name == name else taken
                        for taken in outcome.advice
                    ),
                )
                for key, outcome in each.outcomes.items()
            },
        )
        for each in shipped.trees.values()
    }
    library = replace(shipped, trees=trees, advice={**shipped.advice, name: bad})
    mistake = only(found_by(never_shown, library), "FP307")
    assert mistake.severity is Severity.WARNING
    assert mistake.message == "no tree can show the shared line “tell-someone” to anybody"
    assert mistake.span == bad.span


def test_what_is_always_added_and_never_holds(shipped: Library) -> None:
    """What belongs to the entry is not wrong once more."""
    young = When((*when(age="under-13").tests, ("age-in-picture", frozenset({"under-18"}))))
    inner = line(at("always.yaml", 2), when(teller="staff"))
    entry = Always(young, (), None, (inner,), (), span=at("always.yaml", 1))
    library = replace(shipped, always=(*shipped.always, entry))
    mistake = only(found_by(never_shown, library), "FP307")
    assert mistake.message == "no tree can show this entry to anybody"
    assert mistake.severity is Severity.WARNING
    staff = replace(entry, when=when(teller="young-person"))
    library = replace(shipped, always=(*shipped.always, staff))
    mistake = only(found_by(never_shown, library), "FP307")
    assert mistake.message == "no tree can show this line to anybody"


def test_what_is_shared_and_reads_what_no_tree_asks(shipped: Library) -> None:
    """Once for each fact. Of routes alone it is a notice, and of an “unless” it is nothing."""
    route = next(iter(shipped.routes.values()))
    odd = replace(route, name="odd", whens=(when(odd="yes"), when(age="13-15")), instead="")
    routes = {**shipped.routes, "odd": odd}
    mistake = only(found_by(never_shown, replace(shipped, routes=routes)), "FP308")
    assert mistake.severity is Severity.NOTICE
    assert mistake.message == "no tree asks for “odd”, so the route “odd” is never shown"
    entry = Always(when(odd="no"), (), None, (), (), span=at("always.yaml", 1))
    both = replace(shipped, routes=routes, always=(*shipped.always, entry))
    mistake = only(found_by(never_shown, both), "FP308")
    assert mistake.severity is Severity.WARNING
    assert mistake.span == entry.span
    assert [each.message for each in mistake.related] == ["nor is the route “odd”"]
    unless = replace(entry, when=when(age="13-15"), unless=(when(odd="yes"),))
    assert found_by(never_shown, replace(shipped, always=(*shipped.always, unless))) == ()


def test_a_question_that_is_asked_again(shipped: Library) -> None:
    library = asked_after(shipped, "nation", question("again", "age", {"13-15": "/", "18": "/"}))
    found = [mistake for mistake in found_by(never_asked, library) if "“again”" in mistake.message]
    assert found == []  # who is not sure of their age is asked again
    every = dict.fromkeys(shipped.questions["age"].values, "/")
    library = asked_after(shipped, "nation", question("again", "age", every))
    mistake = only(found_by(never_asked, library), "FP309")
    assert mistake.message == "nobody is asked “again”: “age” is known on every way to it"
    assert mistake.related[0].span == library.trees["threatened"].questions["age"].span


def test_a_question_about_what_the_tree_gives(shipped: Library) -> None:
    tree_ = replace(shipped.trees["image-shared"], given={"nation": frozenset({"wales"})})
    mistake = only(found_by(never_asked, with_tree(shipped, tree_)), "FP309")
    assert mistake.message == "nobody is asked “nation”: “nation” is known on every way to it"
    assert mistake.related == ()


def test_a_question_whose_answers_change_nothing(shipped: Library) -> None:
    colour = question("colour", "colour", {"red": "/", "blue": "/", "not-sure": "/"})
    mistake = only(found_by(no_difference, asked_after(shipped, "nation", colour)), "FP313")
    assert mistake.severity is Severity.WARNING
    assert mistake.message == "no answer to “colour” makes a difference to anybody"


def test_answers_that_nothing_tells_apart(shipped: Library) -> None:
    """Green leads elsewhere than the others; nobody reads which of them it was."""
    goto = {"red": "/", "blue": "/", "green": "threatened/danger-other", "not-sure": "/"}
    library = asked_after(shipped, "nation", question("colour", "colour", goto))
    mistake = only(found_by(no_difference, library), "FP313")
    assert mistake.severity is Severity.NOTICE
    assert mistake.message == "nothing tells these answers to “colour” apart: red, blue"


def test_an_answer_whose_words_are_shown_makes_a_difference(shipped: Library) -> None:
    colour = question("colour", "colour", {"red": "/", "blue": "/", "not-sure": "/"})
    library = asked_after(shipped, "nation", colour)
    said = line(HERE)
    said = replace(said, say=replace(WORDS, otherwise="It is {colour} and {{grooming}}"))
    assert found_by(no_difference, with_line(library, "threatened", "sextortion", said)) == ()


def test_an_ending_with_lines_for_others_alone(shipped: Library) -> None:
    """Its word to the worker is for staff, and what is always added is for those in danger."""
    here = shipped.trees["threatened"]
    outcome = here.outcomes["violence-later"]
    worker = replace(line(HERE), kind=Kind.WORKER)
    for advice, witness in [
        ((line(HERE, when(teller="parent staff")), worker), "teller=young-person"),
        ((worker,), "teller=young-person"),
        ((), None),
    ]:
        outcomes = {**here.outcomes, "violence-later": replace(outcome, advice=advice)}
        library = with_tree(replace(shipped, always=()), replace(here, outcomes=outcomes))
        found = found_by(no_advice, library)
        if witness is None:
            assert found == ()
            continue
        mistake = only(found, "FP314")
        assert mistake.span == outcome.span
        must_lead_to(library, mistake, ("threatened", "violence-later"))


def test_two_questions_that_mean_two_things(shipped: Library) -> None:
    """The first tree asks what has happened, and leads into another that means something else."""
    happened = question("happened", "happened", dict.fromkeys(("threat", "sent"), "/"))
    library = asked_after(shipped, "nation", happened)
    mistake = only(found_by(ambiguous_facts, library), "FP315")
    assert mistake.message == (
        "“happened” asks for “happened”, which some who come to it have answered before"
    )
    first = library.trees["image-shared"].questions["happened"]
    assert [related.span for related in mistake.related] == [first.span]
    assert mistake.witness[-1] == "happened=threat"
    must_know_before(library, mistake, "threatened", "happened")


def test_words_that_are_shared_mean_one_thing(shipped: Library) -> None:
    """The trees ask for the picture in two branches, and again behind a door."""
    assert found_by(ambiguous_facts, shipped) == ()


def test_a_door_into_a_tree_for_staff(shipped: Library) -> None:
    staff = {"teller": frozenset({"staff"}), "danger": frozenset({"none"})}
    library = with_tree(shipped, replace(shipped.trees["threatened"], given=staff))
    mistake = only(found_by(tree_links, library), "FP323")
    assert mistake.message == (
        "some come through this door who gave another “teller” than “threatened” gives: staff"
    )
    happened = library.trees["image-shared"].questions["happened"]
    assert mistake.span in [answer.goto.span for answer in happened.answers if answer.goto]
    assert mistake.witness[-1] == "happened=threat"
    assert any(word in ("teller=young-person", "teller=parent") for word in mistake.witness)
