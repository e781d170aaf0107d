"""Libraries that differ in one file: what is read of all the others is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import pytest

from fingerpost.model.diagnostics import Diagnostic
from fingerpost.reading import yaml_reader
from fingerpost.reading.files import (
    approvals,
    cases,
    hazards,
    routes,
    rules,
    shared,
    tree,
    word_lists,
)
from fingerpost.reading.files.fields import Reader
from fingerpost.reading.files.names import Names
from fingerpost.reading.loader import load
from fingerpost.reading.located import Node

Read = TypeVar("Read")
Parsed: TypeAlias = tuple[Node | None, tuple[Diagnostic, ...]]

PARSERS = (
    *((shared, f) for f in ("words", "needs", "questions", "advice", "outcomes", "always")),
    (shared, "opening"),
    (routes, "routes"),
    (tree, "tree"),
    (rules, "rules_file"),
    (hazards, "hazards"),
    (approvals, "approvals"),
    (cases, "cases"),
    *((word_lists, f) for f in ("search", "harmless", "questions")),
)
"""What gives a file its meaning: each from a reader and the file's YAML."""


@contextmanager
def each_file_read_once(folder: Path) -> Iterator[None]:
    """Read a library now, and of any other only the files that differ from its own.

    The YAML of a file depends on its text alone. Its meaning also depends on the names that other
    files give, and so a file is read anew wherever one of those, or anything else that its parser
    is given, is not what it was.
    """
    learning = True

    def each_yaml_once(read: Callable[[bytes, str], Parsed]) -> Callable[[bytes, str], Parsed]:
        kept: dict[tuple[bytes, str], Parsed] = {}

        def again(data: bytes, file: str) -> Parsed:
            found = kept.get((data, file)) or read(data, file)
            if learning:
                kept[data, file] = found
            return found

        return again

    def each_meaning_once(parse: Callable[..., Read]) -> Callable[..., Read]:
        # A node that is kept is alive, so that no other has its place in memory.
        kept: dict[int, tuple[Node, Names, dict[str, Any], tuple[Diagnostic, ...], Read]] = {}

        def again(reader: Reader, node: Node, **given: Any) -> Read:
            known = kept.get(id(node))
            if known and known[0] is node and known[1] == reader.names and known[2] == given:
                reader.mistakes.extend(known[3])
                return known[4]
            before = len(reader.mistakes)
            found = parse(reader, node, **given)
            if learning:
                mistakes = tuple(reader.mistakes[before:])
                kept[id(node)] = node, reader.names, given, mistakes, found
            return found

        return again

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_reader, "read", each_yaml_once(yaml_reader.read))
        for module, name in PARSERS:
            patch.setattr(module, name, each_meaning_once(getattr(module, name)))
        load([folder], whole=True)
        learning = False
        yield
