"""The modules of the web page with one condition turned into its opposite: an ``if`` or a ``? :``.

A comparison with Python is worth something if it sees each of them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path
from subprocess import TimeoutExpired

from fingerpost.model.base import Frozen

from .journeys import Differs
from .node import MODULES, JobFailed, run

PARTS = 8
"""Those of some modules are tried in so many parts, which share the processors."""


class Mutant(Frozen):
    """A module in which one condition is turned into its opposite."""

    module: str
    condition: str
    text: str

    @property
    def name(self) -> tuple[str, str]:
        """The module and the condition."""
        return self.module, self.condition

    def planted(self, folder: Path) -> Path:
        """All modules, in a new folder, with this one among them."""
        copy = shutil.copytree(
            MODULES, folder / "web", ignore=shutil.ignore_patterns("*.py", "__pycache__")
        )
        (copy / self.module).write_text(self.text, encoding="utf-8")
        return copy

    def is_caught(self, folder: Path, compare: Callable[[Path], object]) -> bool:
        """Whether a comparison of these modules with Python fails. A loop that goes round for ever
        fails too, since each run of Node.js has a limit."""
        try:
            compare(self.planted(folder))
        except (Differs, JobFailed, RuntimeError, TimeoutExpired):
            return True
        return False


@cache
def mutants(*patterns: str) -> tuple[Mutant, ...]:
    """One for each condition of the modules of these patterns, in their order."""
    return tuple(_mutants(patterns))


def unnoticed(
    part: int, patterns: Collection[str], folder: Path, compare: Callable[[Path], object]
) -> list[tuple[str, str]]:
    """The names of those of a part that a comparison does not see."""
    return [
        mutant.name
        for number, mutant in enumerate(mutants(*patterns)[part::PARTS])
        if not mutant.is_caught(folder / str(number), compare)
    ]


def _mutants(patterns: Collection[str]) -> Iterator[Mutant]:
    files = [file for pattern in patterns for file in sorted(MODULES.glob(pattern))]
    texts = [file.read_text(encoding="utf-8") for file in files]
    found = run("conditions.mjs", texts, options=["--expose-internals"])
    for file, text, conditions in zip(files, texts, found, strict=True):
        assert max(text) <= "\uffff"  # else JavaScript counts other places than Python
        for start, end in conditions:
            turned = f"{text[:start]}!({text[start:end]}){text[end:]}"
            yield Mutant(file.relative_to(MODULES).as_posix(), text[start:end], turned)
