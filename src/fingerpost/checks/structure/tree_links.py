"""FP323: links into a tree that gives a fact, from readers who answered otherwise.

What a tree gives holds for all its readers, and overrides their answers. A reader who follows a
link with another answer would from then on be taken for someone else.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.base import replace
from ...model.diagnostics import Diagnostic, Related
from ...model.facts import Facts
from ...model.library import Library
from ...model.sentence import Urgency
from ...model.tree import Outcome, Question, Target, Tree
from ...page.rules import Arrival
from ...proof.formula import Test
from ...proof.prover import Met, Proofs
from ...reading.cross_references import targets
from .undecided import undecided

_BEHIND = "/behind"
"""The name of a tree that replaces the target of the links, in which each link is an ending. An
author's tree cannot have a slash in its name."""


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each link that a reader may follow who answered otherwise, once for each fact."""
    library = proofs.library
    for tree in library.trees.values():
        given = library.gives(tree)
        if given and (links := _Links(library, tree)).by_ending:
            behind = proofs.changed(links.library)
            yield from _of(library, tree, given, links, behind)


def _of(
    library: Library, tree: Tree, given: Facts, links: _Links, proofs: Proofs
) -> Iterator[Diagnostic]:
    def look(arrival: Arrival) -> Iterator[tuple[str, str]]:
        for fact, values in given.items() if arrival.tree == _BEHIND else ():
            if values.isdisjoint(arrival.facts.get(fact, values)):
                yield arrival.outcome.name, fact

    places = {(_BEHIND, name) for name in links.by_ending}
    search = proofs.search((Test(fact, values) for fact, values in given.items()), look, places)
    for (ending, fact), met in search.found.items():
        yield _mistake(library, tree, links.by_ending[ending], fact, met)
    if not search.complete:
        what = f"whether all who come to “{tree.name}” are those for whom it is"
        yield undecided(what, tree.span, proofs)


def _mistake(library: Library, tree: Tree, link: Target, fact: str, met: Met) -> Diagnostic:
    gives = ", ".join(sorted(tree.given[fact]))
    return Diagnostic(
        "FP323",
        f"some come through this door who gave another “{fact}” than “{tree.name}” gives: {gives}",
        link.span,
        hint="lead them elsewhere, or let the tree ask instead of giving it",
        related=(Related("the tree behind the door is here", tree.span),),
        witness=met.witness.words(library),
        begins=met.witness.tree,
    )


class _Links:
    """The links into a tree, and a library in which each of them is an ending.

    ``by_ending`` has each link by the name of its ending.
    """

    def __init__(self, library: Library, tree: Tree) -> None:
        self.into = tree.name
        self.by_ending: dict[str, Target] = {}
        trees = {name: self._marked(other) for name, other in library.trees.items()}
        endings = {
            name: Outcome(name, tree.title, Urgency.INFO, tree.title, (), (), span=link.span)
            for name, link in self.by_ending.items()
        }
        # It has no start: a walk cannot begin there.
        behind = replace(
            tree, name=_BEHIND, given={}, start="", questions={}, outcomes=endings, rules=()
        )
        self.library = replace(library, trees={**trees, _BEHIND: behind})

    def _marked(self, tree: Tree) -> Tree:
        """A tree with the same steps, in which each link leads to its ending."""
        leads_in = any(target.tree == self.into for target in targets(tree))
        if tree.name == self.into or not leads_in:
            return tree
        return replace(
            tree,
            questions={name: self._asked(asked) for name, asked in tree.questions.items()},
            outcomes={name: self._left(ending) for name, ending in tree.outcomes.items()},
        )

    def _asked(self, question: Question) -> Question:
        ways = dict.fromkeys(goto for _, goto in question.ways)
        marked = {target: self._mark(target) for target in ways}
        answers = tuple(replace(a, goto=a.goto and marked[a.goto]) for a in question.answers)
        past = question.otherwise and self._mark(question.otherwise)
        return replace(question, answers=answers, otherwise=past)

    def _left(self, ending: Outcome) -> Outcome:
        on = ending.carry_on
        return replace(ending, carry_on=on and replace(on, goto=self._mark(on.goto)))

    def _mark(self, target: Target) -> Target:
        """The ending that stands for a link into the tree; another target as it is."""
        if target.tree != self.into:
            return target
        name = str(len(self.by_ending))
        self.by_ending[name] = target
        return replace(target, tree=_BEHIND, step=name)
