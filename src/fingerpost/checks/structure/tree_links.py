"""FP323: links into a tree that gives a fact, from readers who answered otherwise.

What a tree gives holds for all its readers, and overrides their answers. A reader who follows a
link with another answer would from then on be taken for someone else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...model.base import grouped, replace
from ...model.diagnostics import Diagnostic, Related, Span
from ...model.facts import Facts
from ...model.graph import Node, Place
from ...model.tree import Outcome, Target, Tree
from ...page.rules import Arrival
from ...proof.dependencies import of
from ...proof.formula import Test
from ...proof.prover import Proofs
from ...proof.witness import Witness
from ...walk.walk import Reply
from .undecided import undecided


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
    def look(arrival: Arrival) -> Iterator[tuple[Span, str, Reply | None]]:
        for target, facts, reply in _followed(leading[arrival.place], arrival.facts):
            for fact, values in given.items() if target.tree == tree.name else ():
                if values.isdisjoint(facts.get(fact, values)):
                    yield target.span, fact, reply

    tests = (Test(fact, values) for fact, values in given.items())
    deciding = (test for node in leading.values() for test in _tests(node))
    search = proofs.search((*tests, *deciding), look, leading)
    found = grouped(
        ((link, fact), _longer(met.witness, reply))
        for (link, fact, reply), met in search.found.items()
    )
    for (link, fact), ways in found.items():
        way = min(ways, key=lambda way: way.length)
        gives = ", ".join(sorted(tree.given[fact]))
        yield Diagnostic(
            "FP323",
            f"some come through this door who gave another “{fact}” than “{tree.name}” gives: "
            f"{gives}",
            link,
            hint="lead them elsewhere, or let the tree ask instead of giving it",
            related=(Related("the tree behind the door is here", tree.span),),
            witness=way.words(proofs.library),
            begins=way.tree,
        )
    if not search.complete:
        what = f"whether all who come to “{tree.name}” are those for whom it is"
        yield undecided(what, tree.span, proofs)


def _followed(node: Node, facts: Facts) -> Iterator[tuple[Target, Facts, Reply | None]]:
    """The links that somebody may follow who comes to a step with these facts: what they know
    then, and the reply that they give, if they are asked for any."""
    step = node.step
    if isinstance(step, Outcome):
        for _, goto in step.ways:
            yield goto, {**facts, **step.settles}, Reply(*node.place)
    elif past := step.passed_to(facts):
        yield past, facts, None
    else:
        for value, goto in step.ways:
            chosen = frozenset({value})
            yield goto, {**facts, step.fact: chosen}, Reply(*node.place, chosen)


def _tests(node: Node) -> Iterator[Test]:
    """The tests that decide which links are followed."""
    if not isinstance(node.step, Outcome):
        yield from of(node.step.when)
        yield from (Test(node.step.fact, values) for values in node.values_by_target())


def _longer(way: Witness, reply: Reply | None) -> Witness:
    return replace(way, replies=(*way.replies, reply)) if reply else way
