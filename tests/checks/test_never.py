"""The checks of what is never shown, never asked and never different.

Of thousands of small random libraries each says just what a walker finds who takes every way there
is. What it says of a library that people can read is in the transcripts.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
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


def with_line(library: Library, tree_name: str, ending_name: str, written: Advice) -> Library:
    """The library in which an ending has one line more, of the tree's own."""
    here = library.trees[tree_name]
    own = replace(written, span=at(here.span.file, 9_999))
    outcome = here.outcomes[ending_name]
    outcomes = {**here.outcomes, ending_name: replace(outcome, advice=(*outcome.advice, own))}
    return with_tree(library, replace(here, outcomes=outcomes))


def with_tree(library: Library, changed: Tree) -> Library:
    return replace(library, trees={**library.trees, changed.name: changed})


def only(found: Sequence[Diagnostic], code: str) -> Diagnostic:
    """The one mistake that was found, which has this code."""
    [mistake] = found
    assert mistake.code == code
    return mistake
