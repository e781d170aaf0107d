"""Read what people approved: a review on paper, typed in, and the file of what was signed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ...model.approval import Approval, Comment, Review
from ...model.diagnostics import Diagnostic
from .. import yaml_reader
from ..decode import lines
from ..folders import read_file, shown
from .file import File
from .names import Names
from .values import reads


def review(path: Path) -> tuple[Review, tuple[Diagnostic, ...], str]:
    """A review, every mistake in its form, and its text.

    Raises CannotRead for a file that cannot be read.
    """
    at, mistakes, text = _read(path, "review")
    if at is None:
        return Review("", "", frozenset(), {}), mistakes, text
    made = Review(at["by"], at["role"], frozenset(at["read"]), at["comments"])
    return made, mistakes, text


def signed(
    path: Path,
) -> tuple[tuple[Approval, ...], tuple[Comment, ...], tuple[Diagnostic, ...], str]:
    """The approvals and comments of approvals.yaml, none if there is no such file yet; every
    mistake in it, and its text.

    Raises CannotRead for a file that cannot be read.
    """
    if not path.exists():
        return (), (), (), ""
    found, mistakes, text = _read(path, "@approvals")
    return *(found or ((), ())), mistakes, text


def _read(path: Path, notation: str) -> tuple[Any, tuple[Diagnostic, ...], str]:
    """What is in a file in this notation, every mistake in it, and its text."""
    data, name = read_file(path), shown(path)
    text = lines(data.decode("utf-8", errors="replace"))
    node, found = yaml_reader.read(data, name)
    file = File(name, Names(), cache(lambda: tuple(text.split("\n"))))
    read = reads(notation)(file, node, "", node) if node else None
    return read, (*found, *file.mistakes), text
