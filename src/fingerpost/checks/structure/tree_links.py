"""Does a tree that gives a fact take in only people of whom the same is known?

What a tree gives holds for everyone in it, and wins over what they said before. Somebody who comes
through a door with another answer would from then on be taken for someone else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...model.base import replace
from ...model.diagnostics import Diagnostic, Related
from ...model.sentence import Urgency
from ...model.tree import Outcome
from ...proof.formula import Test
from ...proof.prover import Met, Proofs
from .undecided import undecided

if TYPE_CHECKING:
    from ...model.facts import Facts
    from ...model.library import Library
    from ...model.tree import Question, Target, Tree
    from ...page.rules import Arrival

_BEHIND = "/behind"
"""A tree in place of the one behind the doors, in which each door is an ending. No tree of an
author's can be called so."""


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Each door through which somebody comes who said otherwise, once for each fact."""
    return prove(Proofs(library))


def prove(proofs: Proofs) -> tuple[Diagnostic, ...]:
    """The same, of a library whose ways through are worked out already."""
    library = proofs.library
    found: list[Diagnostic] = []
    for tree in library.trees.values():
        given = library.gives(tree)
        if given and (doors := _Doors(library, tree)).led_through:
            behind = Proofs(doors.library, proofs.own_budget, for_all=False)
            found += _of(library, tree, given, doors, behind)
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _of(
    library: Library, tree: Tree, given: Facts, doors: _Doors, proofs: Proofs
) -> Iterator[Diagnostic]:
    def look(arrival: Arrival) -> Iterator[tuple[str, str]]:
        for fact, values in given.items() if arrival.tree == _BEHIND else ():
            if values.isdisjoint(arrival.facts.get(fact, values)):
                yield arrival.outcome.name, fact

    places = {(_BEHIND, name) for name in doors.led_through}
    search = proofs.search((Test(fact, values) for fact, values in given.items()), look, places)
    for (door, fact), met in search.found.items():
        yield _mistake(library, tree, doors.led_through[door], fact, met)
    if not search.complete:
        what = f"whether all who come to “{tree.name}” are those for whom it is"
        yield undecided(what, tree.span, proofs)


def _mistake(library: Library, tree: Tree, door: Target, fact: str, met: Met) -> Diagnostic:
    gives = ", ".join(sorted(tree.given[fact]))
    return Diagnostic(
        "FP323",
        f"some come through this door who gave another “{fact}” than “{tree.name}” gives: {gives}",
        door.span,
        hint="lead them elsewhere, or let the tree ask instead of giving it",
        related=(Related("the tree behind the door is here", tree.span),),
        witness=met.witness.words(library),
        begins=met.witness.tree,
    )


class _Doors:
    """The doors that lead into a tree, by name, and a library in which each is an ending."""

    def __init__(self, library: Library, tree: Tree) -> None:
        self.into = tree.name
        self.led_through: dict[str, Target] = {}
        trees = {name: self._marked(other) for name, other in library.trees.items()}
        endings = {
            name: Outcome(name, tree.title, Urgency.INFO, tree.title, (), (), span=door.span)
            for name, door in self.led_through.items()
        }
        # It has no start: nobody begins at a door.
        behind = replace(
            tree, name=_BEHIND, given={}, start="", questions={}, outcomes=endings, rules=()
        )
        self.library = replace(library, trees={**trees, _BEHIND: behind})

    def _marked(self, tree: Tree) -> Tree:
        """A tree with the same steps, in which each door leads to its ending."""
        if tree.name == self.into:
            return tree
        return replace(
            tree,
            questions={name: self._asked(asked) for name, asked in tree.questions.items()},
            outcomes={name: self._left(ending) for name, ending in tree.outcomes.items()},
        )

    def _asked(self, question: Question) -> Question:
        ways = {answer.goto: None for answer in question.answers if self._leads_in(answer.goto)}
        marked = {way: self._mark(way) for way in ways if way is not None}
        if not marked:
            return question
        answers = (
            replace(answer, goto=marked.get(answer.goto, answer.goto) if answer.goto else None)
            for answer in question.answers
        )
        return replace(question, answers=tuple(answers))

    def _left(self, ending: Outcome) -> Outcome:
        on = ending.carry_on
        if on is None or not self._leads_in(on.goto):
            return ending
        return replace(ending, carry_on=replace(on, goto=self._mark(on.goto)))

    def _leads_in(self, target: Target | None) -> bool:
        return target is not None and target.tree == self.into

    def _mark(self, door: Target) -> Target:
        name = str(len(self.led_through))
        self.led_through[name] = door
        return replace(door, tree=_BEHIND, step=name)
