"""One small change for each safety rule that breaks it, in a file for each tree.

A file has the name of its tree, with ``_`` for ``-``. Those that break the rules for every tree
stand in ``every_tree``.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from .change import Change

EVERY_TREE = "every-tree"

_NO_TREE = ("__init__", "change")


def those_with_changes() -> list[str]:
    """The trees that have such a file, and EVERY_TREE."""
    files = sorted(path.stem for path in Path(__file__).parent.glob("*.py"))
    return [file.replace("_", "-") for file in files if file not in _NO_TREE]


def broken_by(tree: str) -> Mapping[str, Change]:
    """The changes by the rule that each breaks.

    Raises ImportError if the tree has no such file.
    """
    file = import_module(f".{tree.replace('-', '_')}", __package__)
    found: Mapping[str, Change] = file.BROKEN_BY
    return found
