"""Read safety rules, from ``rules.yaml`` or from a tree."""

from __future__ import annotations

from ...model.tree import ALWAYS, Expectation, Rule
from ..located import Node
from .fields import Fields, Reader
from .names import Sort


def rules_file(reader: Reader, node: Node) -> tuple[Rule, ...]:
    """The rules that every tree must keep."""
    return rules(reader.top(node, "rules"))


def rules(top: Fields) -> tuple[Rule, ...]:
    """The rules of a file, below its key ``rules``."""
    read: list[Rule] = []
    for entry in top.listed("rules"):
        fields = top.reader.inside(entry, "rule")
        if fields.readable and "must" not in fields and "never" not in fields:
            message = "a rule says what must be shown, or what must never be"
            top.reader.error("FP102", message, entry.span, "add “must” or “never”")
        read.append(
            Rule(
                name=entry.text,
                because=fields.sentence("because"),
                when=fields.when("when") or ALWAYS,
                must=_expectation(fields, "must"),
                never=_expectation(fields, "never"),
                span=entry.span,
            )
        )
    return tuple(read)


def _expectation(rule: Fields, key: str) -> Expectation:
    fields = rule.inner(key, "shown")
    if fields is None:
        return Expectation()
    if fields.readable and not fields.entries:
        hint = f"one of: {', '.join(fields.keys.by_name)}"
        rule.reader.error("FP104", f"“{key}” is empty", fields.span, hint)
    return Expectation(
        first=fields.names("first", Sort.ROUTE),
        route=fields.names("route", Sort.ROUTE),
        need=fields.names("need", Sort.NEED),
        advice=fields.names("advice", Sort.ADVICE),
        outcome=fields.names("outcome", Sort.ENDING),
        top=fields.names("top", Sort.ADVICE),
        urgency=fields.urgency("urgency"),
    )
