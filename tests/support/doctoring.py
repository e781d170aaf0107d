"""A library with something in it changed, by the place where it stands and not by what it says."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fingerpost.model.diagnostics import Span
from fingerpost.reading import yaml_reader
from fingerpost.reading.yaml_reader import Mapping, Node, Sequence


@dataclass(frozen=True, slots=True)
class Part:
    """Something inside a file that can be taken away: a key with its value, or an item of a list.

    ``path`` are the keys, and the numbers of the items, that lead to it. ``span`` is from the
    key to the end of the value. ``before`` and ``after`` are its neighbours.
    """

    path: tuple[str, ...]
    value: Node
    span: Span
    before: Span | None
    after: Span | None


@lru_cache(maxsize=256)  # what ships has fewer files; changed ones come and go
def parts(text: str, file: str = "") -> tuple[Part, ...]:
    """Everything in a file that can be taken away, in order; nothing if it is not YAML."""
    node, _ = yaml_reader.read(text.encode(), file)
    return () if node is None else tuple(_inside(node, ()))


def _inside(node: Node, path: tuple[str, ...]) -> Iterator[Part]:
    match node:
        case Mapping(by_text=by_text):
            named = [(name, entry.span, entry.value) for name, entry in by_text.items()]
        case Sequence(items=items):
            named = [(str(number), item.span, item) for number, item in enumerate(items)]
        case _:
            named = []
    spans = [_joined(begins, value.span) for _, begins, value in named]
    around = [None, *spans, None]
    for number, (name, _, value) in enumerate(named):
        here = (*path, name)
        yield Part(here, value, spans[number], around[number], around[number + 2])
        yield from _inside(value, here)


def _joined(first: Span, last: Span) -> Span:
    return Span(first.file, first.line, first.column, last.end_line, last.end_column)


class Text:
    """The text of a file, and the places in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0]
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def start(self, span: Span) -> int:
        return self._starts[span.line - 1] + span.column - 1

    def end(self, span: Span) -> int:
        """Where it really ends: a block is said to end where the next thing begins."""
        start, end = self.start(span), self._starts[span.end_line - 1] + span.end_column - 1
        return start + len(self.text[start:end].rstrip())

    def of(self, span: Span) -> str:
        return self.text[self.start(span) : self.end(span)]

    def without(self, part: Part) -> str:
        """All but one part; what follows it moves up, also where the first of a list goes."""
        if part.after is not None:
            return self._cut(self.start(part.span), self.start(part.after))
        if part.before is not None:
            return self._cut(self.end(part.before), self.end(part.span))
        return self._cut(self.start(part.span), self.end(part.span))

    def with_value(self, part: Part, value: str) -> str:
        """Another value in its place."""
        return self._cut(self.start(part.value.span), self.end(part.value.span), value)

    def _cut(self, start: int, end: int, instead: str = "") -> str:
        return self.text[:start] + instead + self.text[end:]


def texts(folder: Path) -> dict[str, str]:
    """Every file of a library by its name inside the folder."""
    found = sorted(folder.rglob("*.yaml"))
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}


def layer(folder: Path, changed: dict[str, str]) -> Path:
    """A folder with only these files, to be laid over the library that they come from."""
    for name, text in changed.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def copy_with(folder: Path, library: Path, file: str, right: str, wrong: str) -> Path:
    """A copy of a library in which one thing is written otherwise."""
    copy = Path(shutil.copytree(library, folder))
    [path] = copy.rglob(file)
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), "utf-8")
    return copy
