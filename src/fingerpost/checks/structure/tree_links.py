"""FP323: links into a tree that gives a fact, from readers who answered otherwise.

What a tree gives holds for all its readers, and overrides their answers. A reader who follows a
link with another answer would from then on be taken for someone else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from ...model.base import grouped, replace
from ...model.diagnostics import Diagnostic, Related, Span
from ...model.facts import Facts
from ...model.graph import Node, Place
from ...model.tree import Outcome, Target, Tree
from ...page.visibility import Arrival
from ...proof.dependencies import of
from ...proof.formula import Test
from ...proof.prover import Proofs
from ...proof.witness import Witness
from ...walk.walk import Reply

_Link: TypeAlias = tuple[Place, Target, bool, str]
"""A step, where it leads, whether those who are not asked go there, and a fact: one mistake,
whichever answers lead there."""


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each link that a reader may follow who answered otherwise, once for each fact."""
    nodes = proofs.map.nodes
    for tree in proofs.library.trees.values():
        given = proofs.library.gives(tree)
        behind = {number for number, node in enumerate(nodes) if node.tree == tree.name}
        leading = {n.place: n for n in nodes if n.tree != tree.name and behind & {*n.successors}}
        if given and leading:
            yield from _of(proofs, tree, given, leading)


def _of(
    proofs: Proofs, tree: Tree, given: Facts, leading: Mapping[Place, Node]
) -> Iterator[Diagnostic]:
    def look(arrival: Arrival) -> Iterator[tuple[_Link, Span, Reply | None]]:
        for target, is_aside, facts, reply in _followed(leading[arrival.place], arrival.facts):
            for fact, values in given.items() if target.tree == tree.name else ():
                if values.isdisjoint(facts.get(fact, values)):
                    link = arrival.place, target, is_aside, fact
                    yield link, target.span, reply

    tests = (Test(fact, values) for fact, values in given.items())
    deciding = (test for node in leading.values() for test in _tests(node))
    search = proofs.search((*tests, *deciding), look, leading)
    found = grouped(
        (link, (_longer(met.witness, reply), span))
        for (link, span, reply), met in search.found.items()
    )
    for (*_, fact), ways in found.items():
        way, span = min(ways, key=lambda each: each[0].length)
        gives = ", ".join(sorted(tree.given[fact]))
        yield Diagnostic(
            "FP323",
            f"some come through this door who gave another “{fact}” than “{tree.name}” gives: "
            f"{gives}",
            span,
            hint="lead them elsewhere, or let the tree ask instead of giving it",
            related=(Related("the tree behind the door is here", tree.span),),
            witness=way.words(proofs.library),
            begins=way.tree,
        )


def _followed(node: Node, facts: Facts) -> Iterator[tuple[Target, bool, Facts, Reply | None]]:
    """The links that somebody may follow who comes to a step with these facts: whether it is that
    of those who are not asked, what they know then, and the reply that they give, if any."""
    step = node.step
    if isinstance(step, Outcome):
        for _, goto in step.ways:
            yield goto, False, {**facts, **step.settles}, Reply(*node.place)
    elif past := step.passed_to(facts):
        yield past, past is step.otherwise, facts, None
    else:
        for value, goto in step.ways:
            chosen = frozenset({value})
            yield goto, False, {**facts, step.fact: chosen}, Reply(*node.place, chosen)


def _tests(node: Node) -> Iterator[Test]:
    """The tests that decide which links are followed."""
    if not isinstance(node.step, Outcome):
        yield from of(node.step.when)
        yield from (Test(node.step.fact, values) for values in node.values_by_target())


def _longer(way: Witness, reply: Reply | None) -> Witness:
    return replace(way, replies=(*way.replies, reply)) if reply else way
