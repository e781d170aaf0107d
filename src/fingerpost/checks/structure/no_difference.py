"""Does every answer make a difference to somebody?

An answer makes one by where it leads, or by what is shown for it later. A question that changes
nothing costs a frightened person one more answer; and mostly a “when” was forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ...model import inline_markup
from ...model.diagnostics import Diagnostic, Severity
from ...model.facts import NOT_SURE
from ...model.text_index import each_sentence, passages
from ...model.tree import Question
from ...proof.dependencies import conditions, of
from ...proof.formula import Test
from ...proof.prover import Proofs

if TYPE_CHECKING:
    from ...model.graph import Node, StepGraph
    from ...model.library import Library
    from ...model.tree import Advice, Need

_ALWAYS_READ = frozenset({"teller", "nation"})
"""The words are by who reads, and bank holidays by the nation, whatever the trees say."""

_TOGETHER = 4096
"""Bits; so many tests are looked for at once."""

_Kind: TypeAlias = tuple[object, ...]
"""At one question: where an answer leads, whether alone, and which tests ahead it passes."""


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Each question whose answers change nothing, and answers of which one would do."""
    return prove(Proofs(library))


def prove(proofs: Proofs) -> tuple[Diagnostic, ...]:
    """The same, of a library whose ways through are worked out already."""
    library = proofs.library
    graph = proofs.all_steps
    readers = _Readers(graph)
    found: list[Diagnostic] = []
    shared: dict[str, dict[str, list[_Kind]]] = {}
    for number in graph.reachable_from(graph.starts.values()):
        node = graph.nodes[number]
        step = node.step
        if not isinstance(step, Question) or step.fact in readers.whole:
            continue
        tests = readers.of(number, step.fact)
        if not tests and len(node.successors) == 1:
            found.append(_no_difference(step))
            continue
        # The answers of a shared question are the same in every tree that asks it.
        is_shared = step.shared and step.fact in library.questions
        by_value = shared.setdefault(step.fact, {}) if is_shared else dict[str, list[_Kind]]()
        targets = dict(node.edges)
        for answer in step.answers:
            passed = tuple(answer.value in test for test in tests)
            kind = (number, targets.get(answer.value), answer.alone, passed)
            by_value.setdefault(answer.value, []).append(kind)
        if not is_shared:
            found += _alike(step, by_value)
    for fact, by_value in shared.items():
        found += _alike(library.questions[fact], by_value)
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _no_difference(question: Question) -> Diagnostic:
    return Diagnostic(
        "FP313",
        f"no answer to “{question.name}” makes a difference to anybody",
        question.span,
        hint="take the question away, or let a “when” read it",
    )


def _alike(question: Question, by_value: Mapping[str, list[_Kind]]) -> Iterator[Diagnostic]:
    together: dict[_Kind, list[str]] = {}
    for value, kind in by_value.items():
        if value != NOT_SURE:
            together.setdefault(tuple(kind), []).append(value)
    for values in together.values():
        if len(values) > 1:
            yield Diagnostic(
                "FP313",
                f"nothing tells these answers to “{question.name}” apart: {', '.join(values)}",
                question.span,
                lowered=Severity.NOTICE,
                hint="one of them may do, unless it helps people to find their own",
            )


class _Readers:
    """What reads the facts: everywhere, and at the steps that lie ahead of a question.

    ``whole`` are the facts of which the words of the answer are shown somewhere.
    """

    def __init__(self, graph: StepGraph) -> None:
        self.whole = {*_ALWAYS_READ, *_said(graph.library)}
        self._everywhere: dict[str, dict[frozenset[str], None]] = {}
        for test in _everywhere(graph.library):
            self._everywhere.setdefault(test.fact, {})[test.values] = None
        self._ahead: dict[int, list[frozenset[str]]] = {}
        bits: dict[Test, int] = {}
        own: dict[int, dict[int, int]] = {}
        asking: dict[str, list[int]] = {}
        for number, node in enumerate(graph.nodes):
            for test in _of_node(node):
                some, bit = divmod(bits.setdefault(test, len(bits)), _TOGETHER)
                here = own.setdefault(some, {})
                here[number] = here.get(number, 0) | 1 << bit
            if isinstance(node.step, Question):
                asking.setdefault(node.step.fact, []).append(number)
        every = tuple(bits)
        for some, here in own.items():
            tests = every[some * _TOGETHER : (some + 1) * _TOGETHER]
            self._look_for(tests, asking, graph.ahead(here))

    def of(self, number: int, fact: str) -> list[frozenset[str]]:
        """What is read of a question's fact: everywhere, and by the steps ahead."""
        return [*self._everywhere.get(fact, ()), *self._ahead.get(number, ())]

    def _look_for(
        self, tests: Sequence[Test], asking: Mapping[str, list[int]], ahead: Sequence[int]
    ) -> None:
        """Note of each question which of these tests of its fact lie ahead."""
        for number, test in enumerate(tests):
            bit = 1 << number
            for asked in asking.get(test.fact, ()):
                if ahead[asked] & bit:
                    self._ahead.setdefault(asked, []).append(test.values)


def _of_node(node: Node) -> Iterator[Test]:
    """What an ending asks of the facts, or what a question does that finds its own known."""
    step = node.step
    if isinstance(step, Question):
        if len(node.successors) > 1:
            yield from (Test(step.fact, values) for values in node.values_by_target())
        return
    yield from _of_parts(step.advice, step.needs)
    if step.carry_on is not None:
        yield from (Test(fact, values) for fact, values in step.carry_on.sets.items())


def _everywhere(library: Library) -> Iterator[Test]:
    """What does not depend on the ending."""
    yield from _of_parts(library.opening, ())
    for entry in library.always:
        yield from conditions((entry.when,), entry.unless)
        yield from _of_parts(entry.advice, entry.needs)
    for route in library.routes.values():
        yield from conditions(route.whens, route.unless)
        if route.contract is not None:
            yield Test("age", route.contract.ages)
    for rules in (library.rules, *(tree.rules for tree in library.trees.values())):
        for rule in rules:
            yield from of(rule.when)


def _of_parts(lines: Iterable[Advice], needs: Iterable[Need]) -> Iterator[Test]:
    for line in lines:
        yield from conditions(line.whens, line.unless)
    for need in needs:
        yield from of(need.when)


def _said(library: Library) -> Iterator[str]:
    """The facts whose answers are said in a sentence, as by “{where}”."""
    for _, said in each_sentence(passages(library)):
        for text in said.sentence.texts:
            for token in inline_markup.tokens(text) if "{" in text else ():
                if isinstance(token, inline_markup.FactWords):
                    yield token.fact
