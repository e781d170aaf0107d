"""FP413: rules that control no hazard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...model.diagnostics import Diagnostic
from ...model.library import Library


def find(library: Library) -> Iterator[Diagnostic]:
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
