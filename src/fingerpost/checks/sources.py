"""Is there a source that nobody uses?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Severity
from . import Manual

if TYPE_CHECKING:
    from ..diagnostics import Span
    from ..model import Library

MANUALS = (
    Manual(
        "FP405",
        "A source that nobody uses",
        "A source at the top of a tree is printed only beside what it supports. One that no line "
        "names is left over, or the line that rests on it forgot to say so.",
        bad="advice:\n  - do: Tell someone",
        good="advice:\n  - do: Tell someone\n    source: guide",
    ),
)
"""What the code means."""


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Every source of a tree that no line of it and no case names."""
    used = _used(library)
    found = [
        Diagnostic(
            "FP405",
            f"nothing in {tree.name} names the source “{source.name}”",
            source.span,
            Severity.WARNING,
            hint="name it beside the advice that rests on it, or take it out",
        )
        for tree in library.trees.values()
        for source in tree.sources.values()
        if source.span not in used
    ]
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _used(library: Library) -> frozenset[Span]:
    """Where the sources stand that something names; two files may give one name to two."""
    advice = (
        line
        for tree in library.trees.values()
        for outcome in tree.outcomes.values()
        for line in outcome.advice
    )
    choices = (
        choice
        for case in library.cases.values()
        for judgement in case.judgements
        for choice in judgement.choices
    )
    named = (*(line.source for line in advice), *(choice.source for choice in choices))
    return frozenset(source.span for source in named if source)
