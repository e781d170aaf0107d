"""FP313: questions whose answers change nothing, and answers that nothing tells apart.

An answer makes a difference by where it leads, or by a condition that reads it later. A question
without one costs a frightened reader one more answer; mostly a “when” was forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from ...model import inline_markup
from ...model.diagnostics import Diagnostic, Severity
from ...model.facts import NOT_SURE
from ...model.graph import Node, StepGraph
from ...model.library import Library
from ...model.text_index import each_sentence, passages
from ...model.tree import Advice, Need, Question
from ...proof.dependencies import conditions, of
from ...proof.formula import Test
from ...proof.prover import Proofs

_ALWAYS_READ = frozenset({"teller", "nation"})
"""Wordings depend on the teller, and bank holidays on the nation, whatever the trees say."""

_TOGETHER = 4096
"""Bits; the reachability of up to this many tests is computed in one pass."""

_Kind: TypeAlias = tuple[object, ...]
"""At one question: the target of an answer, whether it stands alone, and the tests it passes."""


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each question whose answers change nothing, and each group of interchangeable answers."""
    library = proofs.library
    graph = proofs.all_steps
    readers = _Readers(graph)
    shared: dict[str, dict[str, list[_Kind]]] = {}
    for number in graph.reachable_from(graph.starts.values()):
        node = graph.nodes[number]
        step = node.step
        if not isinstance(step, Question) or step.fork or step.fact in readers.whole:
            continue
        tests = readers.of(number, step.fact)
        if not tests and len({target for _, target in node.edges}) == 1:
            yield _no_difference(step)
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
            yield from _alike(step, by_value)
    for fact, by_value in shared.items():
        yield from _alike(library.questions[fact], by_value)


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
    """What reads the facts: everywhere, and at the steps reachable from a question.

    ``whole`` are the facts whose every value counts, since the words of the answer are shown.
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
        """The sets of values for which a question's fact is tested, everywhere and ahead."""
        return [*self._everywhere.get(fact, ()), *self._ahead.get(number, ())]

    def _look_for(
        self, tests: Sequence[Test], asking: Mapping[str, list[int]], ahead: Sequence[int]
    ) -> None:
        """Note for each question which of these tests of its fact are reachable."""
        for number, test in enumerate(tests):
            bit = 1 << number
            for asked in asking.get(test.fact, ()):
                if ahead[asked] & bit:
                    self._ahead.setdefault(asked, []).append(test.values)


def _of_node(node: Node) -> Iterator[Test]:
    """The tests of an ending, or those by which a question that is skipped leads on."""
    step = node.step
    if isinstance(step, Question):
        yield from of(step.when)
        ways = tuple(node.values_by_target())
        if len(ways) > 1:
            yield from (Test(step.fact, values) for values in ways)
        return
    yield from _of_parts(step.advice, step.needs)
    if step.carry_on is not None:
        yield from (Test(fact, values) for fact, values in step.carry_on.sets.items())


def _everywhere(library: Library) -> Iterator[Test]:
    """The tests that do not depend on the ending."""
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
