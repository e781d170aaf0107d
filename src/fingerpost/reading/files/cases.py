"""Read the files of cases: each a test of a tree, a rehearsal and a sample for sign-off."""

from __future__ import annotations

from collections.abc import Mapping

from ...model.base import replace
from ...model.case import Case, Choice, Expected, Inject, Judgement
from ...model.tree import Tree
from ..located import Node
from . import shared
from .fields import Fields, Reader
from .names import Names, Sort

_ANY_TREE = frozenset({Sort.SOURCE})
"""The unknowable sorts of names of a case whose tree is unknown."""


def cases(
    reader: Reader,
    node: Node,
    trees: Mapping[str, Tree],
    unread: Mapping[str, frozenset[Sort]],
) -> dict[str, Case]:
    """The cases of one file, with a reader that knows the facts of all trees. ``trees`` are those
    that have been read; ``unread`` are the unknowable sorts of names of each tree, read or not."""
    top = shared.with_sources(reader.top(node, "cases"))
    read: dict[str, Case] = {}
    for entry in top.listed("cases"):
        fields = top.reader.inside(entry, "case")
        about = fields.name("tree", Sort.TREE)
        names = top.reader.names
        of_tree = trees[about].sources if about in trees else {}
        inside = top.reader.knowing(
            sources={**of_tree, **names.sources},
            unread=names.unread | unread.get(about, _ANY_TREE),
        )
        within = replace(fields, reader=inside)
        read[entry.text] = Case(
            name=entry.text,
            tree=about,
            story=within.need_sentence("story"),
            answers=within.settled("answers"),
            expect=_expected(within),
            judgements=tuple(_judgement(within, each) for each in within.items("judgements")),
            injects=tuple(_inject(within, each) for each in within.items("injects")),
            span=entry.span,
        )
    return read


def with_facts(names: Names, trees: Mapping[str, Tree]) -> Names:
    """The same names with the facts of every tree, as a case may follow a link to another."""
    facts, many = dict(names.facts), set(names.many)
    for tree in trees.values():
        for question in tree.asked:
            known, values = facts.get(question.fact), question.values
            facts[question.fact] = dict.fromkeys([*known, *values]) if known else values
            if question.many:
                many.add(question.fact)
    return replace(names, facts=facts, many=frozenset(many))


def _expected(case: Fields) -> Expected:
    fields = case.inner("expect", "expected")
    if fields is None:
        return Expected("", None, (), ())
    return Expected(
        outcome=fields.name("outcome", Sort.ENDING),
        urgency=fields.urgency("urgency"),
        routes=fields.names("routes", Sort.ROUTE),
        never=fields.names("never", Sort.ROUTE),
    )


def _judgement(case: Fields, node: Node) -> Judgement:
    fields = case.reader.fields(node, "judgement")
    choices: list[Choice] = []
    for entry in fields.listed("choices"):
        each = case.reader.inside(entry, "choice")
        choices.append(
            Choice(
                name=entry.text,
                say=each.need_sentence("say"),
                verdict=each.one_of("verdict"),
                because=each.need_sentence("because"),
                source=each.source(),
            )
        )
    return Judgement(
        ask=fields.need_sentence("ask"),
        choices=tuple(choices),
        after=fields.name("after", Sort.FACT),
    )


def _inject(case: Fields, node: Node) -> Inject:
    fields = case.reader.fields(node, "inject")
    return Inject(
        after=fields.name("after", Sort.FACT),
        say=fields.need_sentence("say"),
        answers=fields.settled("answers"),
    )
