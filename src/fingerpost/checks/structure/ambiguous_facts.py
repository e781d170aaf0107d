"""FP315: two questions of one fact, in different words, on one path.

A question in words of a tree's own says what its fact means. Where a path has two of one fact, the
answer to the first is taken for an answer to the second.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ...model.base import grouped
from ...model.diagnostics import Diagnostic, Related
from ...model.graph import Place, StepGraph
from ...model.tree import Question, Step
from ...page.visibility import Arrival
from ...proof.formula import Test
from ...proof.prover import Met, Proofs
from ..witnessed import witnessed
from .never_shown import values_asked


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each question in a tree's own words that a reader may reach after another of its fact."""
    graph = proofs.all_steps
    for fact, places in _second(graph).items():

        def look(arrival: Arrival, fact: str = fact) -> Iterator[Place]:
            if fact in arrival.facts:
                yield arrival.place

        search = proofs.search([Test(fact, values_asked(graph, fact))], look, places)
        yield from witnessed(proofs.library, search, partial(_mistake, graph))


def _second(graph: StepGraph) -> dict[str, frozenset[Place]]:
    """For each fact the questions in words of their own that are reachable from another one."""
    nodes = graph.nodes
    asked = ((nodes[number].step, number) for number in graph.postorder)
    every = grouped(
        (step.fact, number)
        for step, number in asked
        if isinstance(step, Question) and not step.shared
    )
    own = {fact: numbers for fact, numbers in every.items() if len(numbers) > 1}
    bits = {number: 1 << n for n, numbers in enumerate(own.values()) for number in numbers}
    ahead = graph.ahead(bits)
    found: dict[str, frozenset[Place]] = {}
    for fact, numbers in own.items():
        first = [number for number in numbers if ahead[number] & bits[number]]
        if first:
            behind = graph.reachable_from(to for number in first for to in nodes[number].successors)
            found[fact] = frozenset(nodes[number].place for number in numbers if number in behind)
    return found


def _mistake(graph: StepGraph, place: Place, _met: Met) -> Diagnostic:
    number = graph.index(*place)
    question = graph.nodes[number].step
    assert isinstance(question, Question)
    fact = question.fact
    first = graph.nearest_before(number, lambda step: _asks_in_own_words(step, fact))
    assert first is not None  # it is reachable from one
    return Diagnostic(
        "FP315",
        f"“{question.name}” asks for “{fact}”, which some who come to it have answered before",
        question.span,
        hint="let one of them settle another “fact”, or share the words of both",
        related=(Related(f"“{fact}” is asked for here too", first.span),),
    )


def _asks_in_own_words(step: Step, fact: str) -> bool:
    return isinstance(step, Question) and step.fact == fact and not step.shared
