"""The urgency of trees, and the order in which they are offered: urgent ones first.

Every tree can end with a call to 999, so the most urgent ending does not distinguish trees. The
average over endings does: a tree in which many answers lead to help now is for people who are
likely to need it now. Whoever is in danger now is led elsewhere before the tree begins, and does
not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..model.graph import StepGraph
from ..model.library import Library
from ..model.sentence import Urgency
from ..model.tree import Outcome, Question

AS_URGENT = 0.05
"""The resolution of urgencies: trees that differ by less are as urgent as each other."""


def urgencies(library: Library) -> Mapping[str, float]:
    """The urgency of each tree, from 0 to 1.

    It is the expected weight of the ending if all answers to a question are equally likely, but
    for those of people in danger now, and half of all people are asked a question that only some
    are asked. Help now weighs 1, and each level less half as much. A tree without a start, and a
    back edge, weigh 0.
    """
    names = [name for name, tree in library.trees.items() if tree.step("") is not None]
    every = StepGraph(library, *names)
    shares = [0.0] * len(every.nodes)
    for number in every.postorder:
        node = every.nodes[number]
        if isinstance(node.step, Outcome):
            shares[number] = 0.5 ** (Urgency.NOW - node.step.urgency)
        elif node.edges:
            danger = node.step.in_danger
            ways = [shares[way] for value, way in node.edges if value not in danger]
            asked = sum(ways) / max(1, len(ways))
            past = asked if node.otherwise is None else shares[node.otherwise]
            shares[number] = past if _is_in_danger(library, node.step) else (asked + past) / 2
    at_start = {name: shares[every.starts[name]] for name in names}
    return {name: at_start.get(name, 0.0) for name in library.trees}


def _is_in_danger(library: Library, asked: Question) -> bool:
    """Whether a question, or a fork, is only for people who said that they are in danger now."""
    said = ((library.questions.get(fact), values) for fact, values in asked.when.tests)
    return any(of is not None and values <= of.in_danger for of, values in said)


def urgent_first(library: Library, names: Iterable[str], teller: str | None) -> tuple[str, ...]:
    """Some trees in the order in which they are offered to a reader, who may be unknown.

    Trees for this reader alone come first, then those for all readers, then those for others; each
    group by urgency. A ``catch_all`` tree comes last.
    """
    urgent = urgencies(library)

    def place(name: str) -> tuple[bool, int, float]:
        tree = library.trees[name]
        readers = tree.given.get("teller")
        whose = 1 if readers is None else 0 if teller in readers else 2
        return (tree.catch_all, whose, -urgent[name])

    return tuple(sorted(names, key=place))
