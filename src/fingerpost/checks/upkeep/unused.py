"""FP405 and FP413: sources to which nothing refers, and rules that control no hazard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...model.diagnostics import Diagnostic
from ...model.library import Library
from ...model.sentence import Source


def find(library: Library) -> Iterator[Diagnostic]:
    """Every source at the top of a file that nothing names, and every rule that no hazard names."""
    yield from _sources(library)
    yield from _rules(library)


def _sources(library: Library) -> Iterator[Diagnostic]:
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


def named_sources(library: Library) -> Iterator[Source]:
    """The source of every line of advice and of every choice in a case, as often as it is named.

    Two files may give one name to two sources: only their spans tell them apart.
    """
    choices = (
        choice
        for case in library.cases.values()
        for judgement in case.every_judgement
        for choice in judgement.choices
    )
    named = (*(line.source for line in library.lines), *(choice.source for choice in choices))
    return filter(None, named)


def _rules(library: Library) -> Iterator[Diagnostic]:
    """Every rule that no hazard names, in the folder of ``hazards.yaml``.

    A folder that is laid over it has trees of its own, whose rules the list cannot know.
    """
    folders = {Path(hazard.span.file).parent for hazard in library.hazards}
    controls = {name for hazard in library.hazards for name in hazard.controls}
    for rule, _ in library.every_rule:
        if rule.name not in controls and Path(rule.span.file).parent in folders:
            yield Diagnostic(
                "FP413",
                f"no hazard of hazards.yaml is controlled by the rule “{rule.name}”",
                rule.span,
                hint="name it in “controls” of the hazard that it is there for, or write that one",
            )
