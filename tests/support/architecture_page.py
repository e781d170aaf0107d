"""Makes the tables of docs/architecture.md anew: every file under src/ with what it does."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path

import fingerpost

PACKAGE = Path(fingerpost.__file__).parent
PAGE = Path(__file__).parents[2] / "docs" / "architecture.md"

MODULES = (".py", ".mjs")
"""What the files of modules end in."""

_TABLE = re.compile(r"(<!-- files: (\w+) -->\n).*?(<!-- end of files -->)", re.DOTALL)


def files(package: Path = PACKAGE) -> Iterator[Path]:
    """Every file that is part of the program, relative to it."""
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package)
        if path.is_file() and "__pycache__" not in inside.parts and inside.parts[0] != "trees":
            yield inside


def packages(package: Path = PACKAGE) -> tuple[str, ...]:
    """The names of the packages at the top."""
    return tuple(sorted({path.parts[0] for path in files(package) if len(path.parts) > 1}))


def told(path: Path) -> str:
    """What a module or a package says that it does, in one line."""
    source = path.read_text(encoding="utf-8")
    return _told(source)[0] if path.suffix == ".py" else _first_comment(source)


def _first_comment(source: str) -> str:
    """The first paragraph of the comment at the top of a module of JavaScript, in one line."""
    comment = takewhile(lambda line: line.startswith("// "), source.splitlines())
    return " ".join(line.removeprefix("// ") for line in comment).replace("|", "\\|")


@cache
def _told(source: str) -> tuple[str, bool]:
    """The same of its source, and whether that holds code; every file is asked several times."""
    tree = ast.parse(source)
    first = (ast.get_docstring(tree) or "").partition("\n\n")[0]
    line = " ".join(first.split()).replace("``", "`").replace("|", "\\|")
    return line, len(tree.body) > 1


def table(name: str, package: Path = PACKAGE) -> str:
    """The modules of one package at the top, those of its folders after its own."""
    modules = [p for p in files(package) if p.parts[0] == name and p.suffix in MODULES]
    rows = [
        f"| `{path.as_posix()}` | {told(package / path)} |"
        for path in sorted(modules, key=lambda path: (len(path.parts), path))
        if path.name != "__init__.py" or len(path.parts) > 2 or _holds_code(package / path)
    ]
    return "\n".join(["| file | |", "|---|---|", *rows])


def _holds_code(path: Path) -> bool:
    return _told(path.read_text(encoding="utf-8"))[1]


def with_tables(page: str, package: Path = PACKAGE) -> str:
    """The page with each table made anew."""
    return _TABLE.sub(lambda m: f"{m[1]}\n{table(m[2], package)}\n\n{m[3]}", page)


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
