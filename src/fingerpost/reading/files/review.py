"""Read a review that was done on paper: who read, what they ticked, and their comments."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

from ...model.approval import Review
from ...model.diagnostics import Diagnostic
from .. import yaml_reader
from ..decode import lines
from ..folders import read_file, shown
from .file import File
from .names import Names
from .values import reads


def review(path: Path, known: Collection[str]) -> tuple[Review, tuple[Diagnostic, ...], str]:
    """A review, every mistake in it, and its text. ``known`` are the numbers of all parts.

    Raises CannotRead for a file that cannot be read.
    """
    data, name = read_file(path), shown(path)
    text = lines(data.decode("utf-8", errors="replace"))
    node, found = yaml_reader.read(data, name)
    file = File(name, Names(), cache(lambda: tuple(text.split("\n"))))
    at = reads("review")(file, node, "", node) if node else None
    if at is None:
        return Review("", "", frozenset(), {}), (*found, *file.mistakes), text
    for number, place in (
        *at.words("read"),
        *((e.text, e.value) for _, e in at.entries("comments")),
    ):
        if number not in known:
            hint = file.meant(number, tuple(known)) or "it stands beside the box to tick"
            file.error("FP105", f"no part of the book has the number “{number}”", place.span, hint)
    made = Review(at["by"], at["role"], frozenset(at["read"]), at["comments"])
    return made, (*found, *file.mistakes), text
