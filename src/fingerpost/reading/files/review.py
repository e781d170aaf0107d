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
from ..located import Entry, Mapping, Node
from .fields import Reader
from .names import Names

_KEYS = ("by", "role", "read", "comments")


def review(path: Path, known: Collection[str]) -> tuple[Review, tuple[Diagnostic, ...], str]:
    """A review, every mistake in it, and its text. ``known`` are the numbers of all parts.

    Raises CannotRead for a file that cannot be read.
    """
    data, name = read_file(path), shown(path)
    text = lines(data.decode("utf-8", errors="replace"))
    node, found = yaml_reader.read(data, name)
    reader = Reader(name, Names(), [*found], cache(lambda: tuple(text.split("\n"))))
    entries = node.by_text if isinstance(node, Mapping) else {}
    for key, entry in entries.items():
        if key not in _KEYS:
            hint = reader.meant(key, _KEYS) or f"known here: {', '.join(_KEYS)}"
            reader.error("FP103", f"a review has no key “{key}”", entry.span, hint)
    by, role = (_text(reader, entries.get(key)) for key in ("by", "role"))
    read = entries.get("read")
    ticked = reader.words(read.value, "a number in “read”") if read else ()
    for number, at in ticked:
        _must_know(reader, number, at, known)
    comments = entries.get("comments")
    said: dict[str, str] = {}
    for entry in reader.entries_by_word(comments.value, "comments") if comments else ():
        _must_know(reader, entry.text, entry.value, known)
        said[entry.text] = reader.text_of(entry.value, "a comment")
    numbers = frozenset(number for number, _ in ticked)
    return Review(by, role, numbers, said), tuple(reader.mistakes), text


def _text(reader: Reader, entry: Entry | None) -> str:
    return reader.text_of(entry.value, f"“{entry.text}”") if entry else ""


def _must_know(reader: Reader, number: str, at: Node, known: Collection[str]) -> None:
    if number not in known:
        hint = reader.meant(number, tuple(known)) or "it stands beside the box to tick"
        reader.error("FP105", f"no part of the book has the number “{number}”", at.span, hint)
