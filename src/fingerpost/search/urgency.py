"""How urgent each tree is, and the order in which trees are offered: the urgent ones first.

Every tree can end with a call to 999, so its most urgent ending tells nothing. What tells is how
readily it comes to that: a tree in which many answers lead to help that is needed now is for
somebody who is likely to need it now. One that leads to help today comes before one that can wait.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..model.graph import StepGraph
from ..model.library import Library
from ..model.sentence import Urgency
from ..model.tree import Outcome


def urgencies(library: Library) -> Mapping[str, float]:
    """How urgent each tree is, from 0 to 1.

    It is what the endings count for on average, of people who choose any of the answers to each
    question alike: help that is needed now counts 1, and each step less urgent half as much. A
    tree without a start has no urgency at all; a way that leads back to an earlier step counts as
    one on which nobody is told anything.
    """
    names = [name for name, tree in library.trees.items() if tree.step("") is not None]
    every = StepGraph(library, *names)
    shares = [0.0] * len(every.nodes)
    for number in every.postorder:
        node = every.nodes[number]
        if isinstance(node.step, Outcome):
            shares[number] = 0.5 ** (Urgency.NOW - node.step.urgency)
        elif node.edges:
            shares[number] = sum(shares[way] for _, way in node.edges) / len(node.edges)
    at_start = {name: shares[every.starts[name]] for name in names}
    return {name: at_start.get(name, 0.0) for name in library.trees}


def urgent_first(library: Library, names: Iterable[str], teller: str | None) -> tuple[str, ...]:
    """Some trees in the order in which they are offered to a reader, who may not be known yet.

    First come those that are for this reader alone, then those that are for everybody, then those
    for other readers; of each the urgent ones first. A ``catch_all`` tree comes last.
    """
    urgent = urgencies(library)

    def place(name: str) -> tuple[bool, int, float]:
        tree = library.trees[name]
        readers = tree.given.get("teller")
        whose = 1 if readers is None else 0 if teller in readers else 2
        return (tree.catch_all, whose, -urgent[name])

    return tuple(sorted(names, key=place))
