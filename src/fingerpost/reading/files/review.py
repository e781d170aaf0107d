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
from ..located import Node
from .fields import Reader
from .names import Names


def review(path: Path, known: Collection[str]) -> tuple[Review, tuple[Diagnostic, ...], str]:
    """A review, every mistake in it, and its text. ``known`` are the numbers of all parts.

    Raises CannotRead for a file that cannot be read.
    """
    data, name = read_file(path), shown(path)
    text = lines(data.decode("utf-8", errors="replace"))
    node, found = yaml_reader.read(data, name)
    reader = Reader(name, Names(), [*found], cache(lambda: tuple(text.split("\n"))))
    if node is None:
        return Review("", "", frozenset(), {}), tuple(reader.mistakes), text
    fields = reader.fields(node, "review")
    ticked = fields.words("read", "a number in “read”")
    comments = fields.listed("comments")
    for number, at in (*ticked, *((each.text, each.value) for each in comments)):
        _must_know(reader, number, at, known)
    said = {each.text: reader.text_of(each.value, "a comment") for each in comments}
    numbers = frozenset(number for number, _ in ticked)
    found_in = Review(fields.text("by"), fields.text("role"), numbers, said)
    return found_in, tuple(reader.mistakes), text


def _must_know(reader: Reader, number: str, at: Node, known: Collection[str]) -> None:
    if number not in known:
        hint = reader.meant(number, tuple(known)) or "it stands beside the box to tick"
        reader.error("FP105", f"no part of the book has the number “{number}”", at.span, hint)
