"""FP313: questions whose answers change nothing.

An answer makes a difference by where it leads, or by a condition that reads it later. A question
without one costs a frightened reader one more answer; mostly a “when” was forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...model import inline_markup
from ...model.diagnostics import Diagnostic
from ...model.graph import Node
from ...model.library import Library
from ...model.text_index import each_sentence, passages
from ...model.tree import Advice, Need, Question, When
from ...proof.prover import Proofs

_ALWAYS_READ = frozenset({"teller", "nation"})
"""Wordings depend on the teller, and bank holidays on the nation, whatever the trees say."""


def find(proofs: Proofs) -> Iterator[Diagnostic]:
    """Each question that leads one way and whose fact nothing reads, everywhere or ahead of it."""
    graph = proofs.all_steps
    everywhere = {*_ALWAYS_READ, *_said(proofs.library), *_everywhere(proofs.library)}
    bits: dict[str, int] = {}
    own: dict[int, int] = {}
    for number, node in enumerate(graph.nodes):
        for fact in _of_node(node):
            own[number] = own.get(number, 0) | bits.setdefault(fact, 1 << len(bits))
    ahead = graph.ahead(own)
    for number in graph.reachable_from(graph.starts.values()):
        node = graph.nodes[number]
        step = node.step
        if not isinstance(step, Question) or step.fork or step.fact in everywhere:
            continue
        is_read = ahead[number] & bits.get(step.fact, 0)
        if not is_read and len({target for _, target in node.edges}) == 1:
            yield Diagnostic(
                "FP313",
                f"no answer to “{step.name}” makes a difference to anybody",
                step.span,
                hint="take the question away, or let a “when” read it",
            )


def _of_node(node: Node) -> Iterator[str]:
    """The facts that an ending reads, or by which a question that is skipped leads on."""
    step = node.step
    if isinstance(step, Question):
        yield from step.when.facts
        if len({target for _, target in node.edges}) > 1:
            yield step.fact
        return
    yield from _of_parts(step.advice, step.needs)
    yield from step.settles


def _everywhere(library: Library) -> Iterator[str]:
    """The facts that are read whatever the ending."""
    yield from _of_parts(library.opening, ())
    for entry in library.always:
        yield from _facts((entry.when, *entry.unless))
        yield from _of_parts(entry.advice, entry.needs)
    for route in library.routes.values():
        yield from _facts((*route.whens, *route.unless))
        if route.contract is not None:
            yield "age"
    for rule, _ in library.every_rule:
        yield from rule.when.facts


def _of_parts(lines: Iterable[Advice], needs: Iterable[Need]) -> Iterator[str]:
    yield from _facts(when for line in lines for when in (*line.whens, *line.unless))
    yield from _facts(need.when for need in needs)


def _facts(whens: Iterable[When]) -> Iterator[str]:
    return (fact for when in whens for fact in when.facts)


def _said(library: Library) -> Iterator[str]:
    """The facts whose answers are said in a sentence, as by “{where}”."""
    for _, said in each_sentence(passages(library)):
        for text in said.sentence.texts:
            for token in inline_markup.tokens(text) if "{" in text else ():
                if isinstance(token, inline_markup.FactWords):
                    yield token.fact
