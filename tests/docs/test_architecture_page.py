"""docs/architecture.md names every package and every file, and says what each does."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from ..support.architecture_page import MODULES, PACKAGE, PAGE, files, packages, told, with_tables

ROOMS = [
    "model",
    "reading",
    "walk",
    "page",
    "search",
    "proof",
    "diff",
    "approval",
    "sheets",
    "rehearsal",
    "checks",
    "terminal",
    "web",
    "cli",
]
MOST_FILES = 14
"""The most that any room has; a room with more is two."""

A_FILE_EACH = "cli/commands"
"""The room of which nobody reads the list: its files are named by the commands."""


def complaints(page: str, package: Path = PACKAGE) -> list[str]:
    """What of the program the page does not name, and what it says that is no longer so."""
    found = [f"no sentence: {name}" for name in packages(package) if not _sentence(page, name)]
    found += [
        f"not told: {path}"
        for path in files(package)
        if path.suffix in MODULES and not told(package / path)
    ]
    found += [f"not named: {path}" for path in files(package) if not _is_named(page, path)]
    if with_tables(page, package) != page:
        found.append("the tables are old: python tests/support/architecture_page.py")
    return found


def _sentence(page: str, name: str) -> bool:
    said = told(PACKAGE / name / "__init__.py") if (PACKAGE / name).exists() else ""
    return bool(said) and f"| `{name}/` | {said} |" in page


def _is_named(page: str, path: Path) -> bool:
    if path.name in ("__init__.py", "py.typed"):
        return True
    name = re.sub(r"FP\d{3}", "FPnnn", path.as_posix())
    return f"`{name}`" in page


def test_every_package_and_every_file_is_named_with_what_it_does() -> None:
    assert complaints(PAGE.read_text(encoding="utf-8")) == []


def test_the_packages_are_those_of_the_table() -> None:
    assert packages() == tuple(sorted(ROOMS))


def test_no_folder_has_more_files_than_a_reader_can_take_in() -> None:
    modules = [p for p in files() if p.suffix in MODULES and p.name != "__init__.py"]
    counts = Counter(path.parent.as_posix() for path in modules)
    del counts[A_FILE_EACH]
    assert {folder: n for folder, n in counts.items() if n > MOST_FILES} == {}
