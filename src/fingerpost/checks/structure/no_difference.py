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
    from ...model.library import Library
    from ...model.onward import Onward, Place
    from ...model.tree import Advice, Need, Step

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
    onward = proofs.onward
    readers = _Readers(library, onward)
    found: list[Diagnostic] = []
    shared: dict[str, dict[str, list[_Kind]]] = {}
    for place in onward.reached(onward.starts):
        step = onward.steps[place]
        if not isinstance(step, Question) or step.fact in readers.whole:
            continue
        tests = readers.of(place, step.fact)
        if not tests and len(_ways(library, step)) == 1:
            found.append(_no_difference(step))
            continue
        # The answers of a shared question are the same in every tree that asks it.
        is_shared = step.shared and step.fact in library.questions
        by_value = shared.setdefault(step.fact, {}) if is_shared else dict[str, list[_Kind]]()
        for answer in step.answers:
            way = library.place(answer.goto) if answer.goto else None
            passed = tuple(answer.value in test for test in tests)
            kind = (place, way, answer.alone, passed)
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


def _ways(library: Library, question: Question) -> dict[Place | None, list[str]]:
    """Where a question leads, and by which answers."""
    ways: dict[Place | None, list[str]] = {}
    for answer in question.answers:
        way = library.place(answer.goto) if answer.goto else None
        ways.setdefault(way, []).append(answer.value)
    return ways


class _Readers:
    """What reads the facts: everywhere, and at the steps that lie ahead of a question.

    ``whole`` are the facts of which the words of the answer are shown somewhere.
    """

    def __init__(self, library: Library, onward: Onward) -> None:
        self.whole = {*_ALWAYS_READ, *_said(library)}
        self._everywhere: dict[str, dict[frozenset[str], None]] = {}
        for test in _everywhere(library):
            self._everywhere.setdefault(test.fact, {})[test.values] = None
        self._ahead: dict[Place, list[frozenset[str]]] = {}
        numbers: dict[Test, int] = {}
        own: dict[int, dict[Place, int]] = {}
        for place, step in onward.steps.items():
            for test in _of_step(library, step):
                some, bit = divmod(numbers.setdefault(test, len(numbers)), _TOGETHER)
                here = own.setdefault(some, {})
                here[place] = here.get(place, 0) | 1 << bit
        asking: dict[str, list[Place]] = {}
        for place, step in onward.steps.items():
            if isinstance(step, Question):
                asking.setdefault(step.fact, []).append(place)
        every = tuple(numbers)
        for some, here in own.items():
            tests = every[some * _TOGETHER : (some + 1) * _TOGETHER]
            self._look_for(tests, asking, onward.ahead(here))

    def of(self, place: Place, fact: str) -> list[frozenset[str]]:
        """What is read of a question's fact: everywhere, and by the steps ahead."""
        return [*self._everywhere.get(fact, ()), *self._ahead.get(place, ())]

    def _look_for(
        self, tests: Sequence[Test], asking: Mapping[str, list[Place]], ahead: Mapping[Place, int]
    ) -> None:
        """Note of each question which of these tests of its fact lie ahead."""
        for number, test in enumerate(tests):
            bit = 1 << number
            for place in asking.get(test.fact, ()):
                if ahead[place] & bit:
                    self._ahead.setdefault(place, []).append(test.values)


def _of_step(library: Library, step: Step) -> Iterator[Test]:
    """What an ending asks of the facts, or what a question does that finds its own known."""
    if isinstance(step, Question):
        ways = _ways(library, step).values()
        if len(ways) > 1:
            yield from (Test(step.fact, frozenset(values)) for values in ways)
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
