"""Is there a source that nobody uses?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model.diagnostics import Diagnostic

if TYPE_CHECKING:
    from ...model.diagnostics import Span
    from ...model.library import Library
    from ...model.tree import Always, Outcome


def find(library: Library) -> tuple[Diagnostic, ...]:
    """Every source that stands at the top of a file and that no line and no case names."""
    used = _used(library)
    of_trees = (
        (source, f"nothing in {tree.name}")
        for tree in library.trees.values()
        for source in tree.sources.values()
    )
    found = [
        Diagnostic(
            "FP405",
            f"{nothing} names the source “{source.name}”",
            source.span,
            hint="name it beside the advice that rests on it, or take it out",
        )
        for source, nothing in (*of_trees, *((each, "nothing") for each in library.sources))
        if source.span not in used
    ]
    return tuple(sorted(found, key=lambda mistake: mistake.order))


def _used(library: Library) -> frozenset[Span]:
    """Where the sources stand that something names; two files may give one name to two."""
    endings = (ending for tree in library.trees.values() for ending in tree.outcomes.values())
    shows: tuple[Outcome | Always, ...] = (*endings, *library.always)
    lines = (*library.advice.values(), *(line for each in shows for line in each.advice))
    choices = (
        choice
        for case in library.cases.values()
        for judgement in case.judgements
        for choice in judgement.choices
    )
    named = (*(line.source for line in lines), *(choice.source for choice in choices))
    return frozenset(source.span for source in named if source)
