"""FP405: sources at the top of a file to which nothing refers."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostics import Diagnostic
from ...model.library import Library
from ...model.sentence import Source
from ...model.tree import Always, Outcome


def find(library: Library) -> Iterator[Diagnostic]:
    """Every source at the top of a file that neither advice nor a case names."""
    used = {source.span for source in named_sources(library)}
    of_trees = (
        (source, f"nothing in {tree.name}")
        for tree in library.trees.values()
        for source in tree.sources.values()
    )
    for source, nothing in (*of_trees, *((each, "nothing") for each in library.sources)):
        if source.span not in used:
            yield Diagnostic(
                "FP405",
                f"{nothing} names the source “{source.name}”",
                source.span,
                hint="name it beside the advice that rests on it, or take it out",
            )


def every_source(library: Library) -> Iterator[Source]:
    """Each source once, whether it stands at the top of a file or is only named."""
    of_trees = (source for tree in library.trees.values() for source in tree.sources.values())
    every = (*of_trees, *library.sources, *named_sources(library))
    yield from {source.span: source for source in every}.values()


def named_sources(library: Library) -> Iterator[Source]:
    """The source of every line of advice and of every choice in a case, as often as it is named.

    Two files may give one name to two sources: only their spans tell them apart.
    """
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
    return filter(None, named)
