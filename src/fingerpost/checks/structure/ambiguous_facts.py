"""FP315: two questions of one fact, in different words, on one path.

A question in words of a tree's own says what its fact means. Where a path has two of one fact, the
answer to the first is taken for an answer to the second.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ...model.base import replace
from ...model.diagnostics import Diagnostic, Related
from ...model.graph import Place, StepGraph
from ...model.library import Library
from ...model.sentence import Urgency
from ...model.tree import CarryOn, Outcome, Question, Step, Target, Tree
from ...page.rules import Arrival
from ...proof.formula import Test
from ...proof.prover import Met, Proofs
from .never_shown import values_asked
from .undecided import undecided

_ASKED = "/asked"
"""What is added to the name of a question that has an ending put before it. An author's step cannot
have a slash in its name."""


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each question in a tree's own words that a reader may reach after another of its fact."""
    library, graph = proofs.library, proofs.all_steps
    second = _second(graph)
    places_of_all = {place for places in second.values() for place in places}
    before = proofs.changed(_with_endings(library, places_of_all))
    for fact, places in second.items():

        def look(arrival: Arrival, fact: str = fact) -> Iterator[Place]:
            if fact in arrival.facts:
                yield arrival.tree, arrival.outcome.name

        search = before.search([Test(fact, values_asked(graph, fact))], look, places)
        yield from (_mistake(graph, place, met) for place, met in search.found.items())
        if not search.complete:
            span = graph.nodes[graph.index(*next(iter(places)))].step.span
            yield undecided(f"whether two questions of “{fact}” meet", span, before)


def _second(graph: StepGraph) -> dict[str, frozenset[Place]]:
    """For each fact the questions in words of their own that are reachable from another one."""
    nodes = graph.nodes
    own: dict[str, list[int]] = {}
    for number in graph.postorder:
        step = nodes[number].step
        if isinstance(step, Question) and _asks_in_own_words(step, step.fact):
            own.setdefault(step.fact, []).append(number)
    own = {fact: numbers for fact, numbers in own.items() if len(numbers) > 1}
    bits = {number: 1 << n for n, numbers in enumerate(own.values()) for number in numbers}
    ahead = graph.ahead(bits)
    found: dict[str, frozenset[Place]] = {}
    for fact, numbers in own.items():
        first = [number for number in numbers if ahead[number] & bits[number]]
        if first:
            behind = graph.reachable_from(to for number in first for to in nodes[number].successors)
            found[fact] = frozenset(nodes[number].place for number in numbers if number in behind)
    return found


def _with_endings(library: Library, places: Collection[Place]) -> Library:
    """The library with an ending before each of these questions, which carries on to it."""
    trees: dict[str, Tree] = {}
    for tree in library.trees.values():
        questions: dict[str, Question] = {}
        endings = dict(tree.outcomes)
        for name, question in tree.questions.items():
            if (tree.name, name) in places:
                asked = replace(question, name=name + _ASKED)
                questions[asked.name] = asked
                endings[name] = _before(tree.name, question, asked.name)
            else:
                questions[name] = question
        trees[tree.name] = replace(tree, questions=questions, outcomes=endings)
    return replace(library, trees=trees)


def _before(tree: str, question: Question, asked: str) -> Outcome:
    words, span = question.ask, question.span
    on = CarryOn(words, Target(tree, asked, span=span), {}, span=span)
    return Outcome(question.name, words, Urgency.INFO, words, (), (), carry_on=on, span=span)


def _mistake(graph: StepGraph, place: Place, met: Met) -> Diagnostic:
    library, number = graph.library, graph.index(*place)
    question = graph.nodes[number].step
    assert isinstance(question, Question)
    fact = question.fact
    first = graph.nearest_before(number, lambda step: _asks_in_own_words(step, fact))
    assert first is not None  # it is reachable from one
    replies = (replace(r, step=r.step.removesuffix(_ASKED)) for r in met.witness.replies)
    # A reply without values carries on from an ending: here, from one put before a question.
    asking = {name: tree.questions.keys() for name, tree in library.trees.items()}
    as_written = tuple(r for r in replies if r.values or r.step not in asking[r.tree])
    witness = replace(met.witness, replies=as_written)
    return Diagnostic(
        "FP315",
        f"“{question.name}” asks for “{fact}”, which some who come to it have answered before",
        question.span,
        hint="let one of them settle another “fact”, or share the words of both",
        related=(Related(f"“{fact}” is asked for here too", first.span),),
        witness=witness.words(library),
        begins=witness.tree,
    )


def _asks_in_own_words(step: Step, fact: str) -> bool:
    return isinstance(step, Question) and step.fact == fact and not step.shared
