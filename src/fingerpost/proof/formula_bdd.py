"""Formulas as reduced ordered decision diagrams, evaluated on whole state sets.

A node has a variable and a child for each of its values; a variable that a formula does not read
has no node. Formula and state set are traversed together, each pair of nodes once, and the result
for a pair is cached for other sets that share the node.
(Bryant, "Graph-based algorithms for Boolean function manipulation", 1986.)
"""

# ruff: noqa: PERF401 - as in ``state_sets.py``: a comprehension is one more frame for each variable

from __future__ import annotations

from typing import TypeAlias

from .encoding import Encoding
from .formula import All, Any, Formula, Test
from .state_sets import NODE_BITS, LimitReached, StateSet, StateSets, Work

BddNode: TypeAlias = int
"""The number of a node; 0 is false and 1 is true."""

_FALSE, _TRUE = 0, 1

_FORMULA_BUDGET = 2_000
"""Nodes, and pairs of nodes, for one formula. One written by hand takes some tens. Larger ones may
have no small diagram in any order of variables."""


class FormulaBdd:
    """Formulas over the variables of an encoding, to be evaluated on sets of ``sets``.

    A test of a fact that is not encoded is false. Raises LimitReached where one formula takes more
    than ``_FORMULA_BUDGET``, or all together more than ``node_budget`` nodes. ``work`` is told of
    what each takes.
    """

    def __init__(self, encoding: Encoding, sets: StateSets, node_budget: int, work: Work) -> None:
        self._work = work
        self._encoding = encoding
        self._sets = sets
        self._node_budget = node_budget
        self._left = _FORMULA_BUDGET
        last = len(encoding.sizes)
        self._nodes: list[tuple[int, tuple[BddNode, ...]]] = [(last, ()), (last, ())]
        self._numbers: dict[tuple[int, tuple[BddNode, ...]], BddNode] = {}
        self._negations: dict[BddNode, BddNode] = {_FALSE: _TRUE, _TRUE: _FALSE}
        self._conjunctions: dict[int, BddNode] = {}
        self._of: dict[int, tuple[Formula, BddNode]] = {}
        self._intersects: dict[BddNode, dict[StateSet, bool]] = {}

    @property
    def is_full(self) -> bool:
        """Whether the formulas so far have left so little of the budget that another may fail."""
        left = self._node_budget - len(self._nodes)
        return left < min(_FORMULA_BUDGET, self._node_budget // 2)

    def of(self, formula: Formula) -> BddNode:
        """The node of a formula."""
        self._left = _FORMULA_BUDGET
        try:
            return self._build(formula)
        finally:
            self._work.done(_FORMULA_BUDGET - self._left)

    def both(self, one: BddNode, other: BddNode) -> BddNode:
        """The conjunction."""
        if one == other or other == _TRUE:
            return one
        if one == _TRUE:
            return other
        if _FALSE in (one, other):
            return _FALSE
        key = one << NODE_BITS | other if one < other else other << NODE_BITS | one
        known = self._conjunctions.get(key)
        if known is None:
            (variable, mine), (other_variable, yours) = self._nodes[one], self._nodes[other]
            if variable < other_variable:
                yours = (other,) * len(mine)
            elif variable > other_variable:
                mine = (one,) * len(yours)
            children: list[BddNode] = []
            for own, others in zip(mine, yours, strict=True):
                children.append(self.both(own, others))
            known = self._node(min(variable, other_variable), tuple(children))
            self._conjunctions[key] = known
            self._left -= 1
            if self._left < 0 or len(self._nodes) > self._node_budget:
                raise LimitReached
        return known

    def no(self, node: BddNode) -> BddNode:
        """The negation."""
        known = self._negations.get(node)
        if known is None:
            variable, children = self._nodes[node]
            negated: list[BddNode] = []
            for child in children:
                negated.append(self.no(child))
            known = self._node(variable, tuple(negated))
            self._negations[node] = known
            self._negations[known] = node
        return known

    def intersects(self, states: StateSet, node: BddNode) -> bool:
        """Whether any state of the set satisfies the formula."""
        if states == StateSets.empty or node == _FALSE:
            return False
        self._left = _FORMULA_BUDGET
        try:
            return node == _TRUE or self._intersect(states, node)
        finally:
            self._work.done(_FORMULA_BUDGET - self._left)

    def _intersect(self, states: StateSet, node: BddNode) -> bool:
        """The same, for a set that is not empty and an inner node."""
        table = self._intersects.get(node)
        if table is None:
            table = self._intersects[node] = {}
        known = table.get(states)
        if known is None:
            here, values, children = self._sets.node(states)
            variable, branches = self._nodes[node]
            if variable < here:
                # A variable for which the set has no node is 0 throughout.
                left = branches[0]
                known = left == _TRUE or (left != _FALSE and self._intersect(states, left))
            elif variable > here:
                known = False
                for child in children:
                    if self._intersect(child, node):
                        known = True
                        break
            else:
                known = False
                for value, child in zip(values, children):  # noqa: B905 - strict takes longer
                    left = branches[value]
                    if left == _TRUE or (left != _FALSE and self._intersect(child, left)):
                        known = True
                        break
            table[states] = known
            self._left -= 1
            if self._left < 0:
                raise LimitReached
        return known

    def _build(self, formula: Formula) -> BddNode:
        match formula:
            case Test(fact, values):
                return self._test(fact, values)
            case All(parts):
                found = _TRUE
                for part in parts:
                    found = self.both(found, self._part(part))
                return found
            case Any(parts):
                found = _TRUE
                for part in parts:
                    found = self.both(found, self.no(self._part(part)))
                return self.no(found)
            case _:
                return self.no(self._part(formula.part))

    def _part(self, formula: Formula) -> BddNode:
        """The node of a part of a formula, within the budget that is left for the whole."""
        if isinstance(formula, Test):
            return self._build(formula)
        # By identity: formulas share their parts, and comparing long ones takes longer than this.
        known = self._of.get(id(formula))
        if known is None:
            known = self._of[id(formula)] = (formula, self._build(formula))
        return known[1]

    def _test(self, fact: str, values: frozenset[str]) -> BddNode:
        encoded = self._encoding.facts.get(fact)
        if encoded is None:
            return _FALSE
        literals = [self._literal(variable, mask) for variable, mask in encoded.literals(values)]
        if len(literals) == 1:
            return literals[0]
        found = _TRUE
        for each in literals:
            found = self.both(found, self.no(each))
        return self.no(found)

    def _literal(self, variable: int, values: int) -> BddNode:
        """True where a variable has one of these values."""
        every = range(self._encoding.sizes[variable])
        return self._node(variable, tuple([values >> value & 1 for value in every]))

    def _node(self, variable: int, children: tuple[BddNode, ...]) -> BddNode:
        """The unique node with these children; left out where they are all the same."""
        if children.count(children[0]) == len(children):
            return children[0]
        key = (variable, children)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._nodes)
            self._nodes.append(key)
        return number
