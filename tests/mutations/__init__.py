"""One small change for each safety rule that breaks it.

Most rules break where the first place that says what they ask for says something else. The changes
for others stand in a file for each tree, which has its name, with ``_`` for ``-``. Those that break
the rules for every tree stand in ``every_tree``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from itertools import product
from pathlib import Path

from fingerpost.model.tree import Rule

from .change import ALWAYS, ENDINGS, Change

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


def said_first(tree: str, rule: Rule, folder: Path) -> Change:
    """The first line or need that a rule asks for is another: in the file of its tree, in what is
    always added, or in the endings that trees share.

    Raises LookupError if a rule asks for none, or none is there.
    """
    files = [file for file in (f"{tree}.yaml", ALWAYS, ENDINGS) if (folder / file).exists()]
    must = rule.must
    for names, key, other in (
        ((*must.advice, *must.top), "use: ", "use: the-rest-will-wait"),
        (must.need, "(?:need: )?", "learn-more"),
    ):
        for file, name in product(files, names):
            item = rf"^      - {key}{name}\n(?:        .*\n)*"
            if found := re.search(item, (folder / file).read_text(encoding="utf-8"), re.MULTILINE):
                return Change(file, found[0], f"      - {other}\n")
    raise LookupError(f"“{rule.name}” needs a change of its own in tests/mutations")
