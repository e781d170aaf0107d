"""Does a fact mean one thing to everyone who is asked for it?

A question in words of a tree's own says what its fact means. If somebody can meet two of one fact,
the answer to the first is taken for an answer to the second.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from ...model.base import replace
from ...model.diagnostics import Diagnostic, Related
from ...model.onward import Onward
from ...model.sentence import Urgency
from ...model.tree import CarryOn, Outcome, Question, Target
from ...proof.formula import Test
from ...proof.prover import Met, Proofs
from ...walk.walk import Reply
from .undecided import undecided

if TYPE_CHECKING:
    from ...model.library import Library
    from ...model.onward import Place
    from ...model.tree import Step, Tree
    from ...page.rules import Arrival

_ASKED = "/asked"
"""What is added to the name of a question before which people are counted. No step of an
author's can be called so."""


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Each question in a tree's own words to which somebody comes who was asked another of its
    fact before."""
    return prove(Proofs(library))


def prove(proofs: Proofs) -> tuple[Diagnostic, ...]:
    """The same, of a library whose ways through are worked out already."""
    library = proofs.library
    onward = proofs.onward
    second = _second(onward)
    if not second:
        return ()
    counted = _counted(library, {place for places in second.values() for place in places})
    counting = Proofs(counted, proofs.own_budget, for_all=False)
    found: list[Diagnostic] = []
    for fact, places in second.items():

        def look(arrival: Arrival, fact: str = fact) -> Iterator[Place]:
            if fact in arrival.facts:
                yield arrival.tree, arrival.outcome.name

        search = counting.search([Test(fact, _values(onward, fact))], look, places)
        found += (_mistake(library, onward, place, met) for place, met in search.found.items())
        if not search.complete:
            span = onward.steps[next(iter(places))].span
            found.append(undecided(f"whether two questions of “{fact}” meet", span, counting))
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _second(onward: Onward) -> dict[str, frozenset[Place]]:
    """For each fact the questions in words of their own that lie ahead of another one."""
    own: dict[str, list[Place]] = {}
    for place, step in onward.steps.items():
        if isinstance(step, Question) and _asks_in_own_words(step, step.fact):
            own.setdefault(step.fact, []).append(place)
    own = {fact: places for fact, places in own.items() if len(places) > 1}
    bits = {place: 1 << n for n, places in enumerate(own.values()) for place in places}
    ahead = onward.ahead(bits)
    found: dict[str, frozenset[Place]] = {}
    for fact, places in own.items():
        first = [place for place in places if ahead[place] & bits[place]]
        if first:
            behind = onward.reached(way for place in first for way in onward.ways[place])
            found[fact] = frozenset(place for place in places if place in behind)
    return found


def _values(onward: Onward, fact: str) -> frozenset[str]:
    every = (step for step in onward.steps.values() if isinstance(step, Question))
    return frozenset(value for step in every if step.fact == fact for value in step.values)


def _counted(library: Library, places: Collection[Place]) -> Library:
    """The library with an ending before each of these questions, that leads on to it."""
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


def _mistake(library: Library, onward: Onward, place: Place, met: Met) -> Diagnostic:
    question = onward.steps[place]
    assert isinstance(question, Question)
    fact = question.fact
    first = onward.last(place, lambda step: _asks_in_own_words(step, fact))
    assert first is not None  # it lies ahead of one
    replies = (_real(reply) for reply in met.witness.replies)
    way = replace(
        met.witness, replies=tuple(r for r in replies if r.values or not _asks(library, r))
    )
    return Diagnostic(
        "FP315",
        f"“{question.name}” asks for “{fact}”, which some who come to it have answered before",
        question.span,
        hint="let one of them settle another “fact”, or share the words of both",
        related=(Related(f"“{fact}” is asked for here too", first.span),),
        witness=way.words(library),
        begins=way.tree,
    )


def _asks_in_own_words(step: Step, fact: str) -> bool:
    return isinstance(step, Question) and step.fact == fact and not step.shared


def _real(reply: Reply) -> Reply:
    return replace(reply, step=reply.step.removesuffix(_ASKED))


def _asks(library: Library, reply: Reply) -> bool:
    """Whether it is a question to which this replies, and no ending."""
    return reply.step in library.trees[reply.tree].questions
