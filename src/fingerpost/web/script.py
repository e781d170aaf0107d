"""Joins the modules of the page into one script, each in a function of its own.

A module may import in one form, ``import { a, b } from "./x.mjs";``, and export in one form, a
function, a constant or a class by its name. So its text stays as it is in its file, but for its
imports, which become the names that another module returns. A name that no module exports is
undefined, and modules that import each other in a circle have no end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_HERE = Path(__file__).parent

_IMPORT = re.compile(r'^import \{([^{}"]*)\} from "(\.\.?/[\w/.]+\.mjs)";$', re.MULTILINE)
_EXPORT = re.compile(
    r"^export ((?:async )?function\*?|const|class) ([\w$]+)(?=[ ({])(.*)", re.MULTILINE
)
_FURTHER = re.compile(r" = [^,;(){}\[\]]+((?:, \w+ = [^,;(){}\[\]]+)*);")
"""What follows the first of several constants in one line: short values, and further names."""

_OTHER_FORM = re.compile(r"^\s*(?:import|export)\b.*|\bimport\s*[.(]|<!--|</?script", re.M | re.I)
"""What is left of a form that is not known, or would end the element of the script."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
"""What a script can write as an escape wherever it stands, so that a server which names a wrong
encoding changes no letter of it."""


class CannotJoin(ValueError):
    """A module has a form that this does not know. The message names the module."""


def script(first: str = "view/main.mjs", folder: Path = _HERE) -> str:
    """The script that runs ``start`` of the first module, with all the modules that it needs.

    Raises CannotJoin for a module that is not of the known form, and OSError for one that is not
    there.
    """
    joined: dict[Path, str] = {}
    _join((folder / first).resolve(), joined)
    start = f"{_name(folder / first)}.start();\n"
    whole = f'(() => {{\n"use strict";\n{"".join(joined.values())}{start}}})();\n'
    return _BEYOND_ASCII.sub(_escape, whole)


def _name(path: Path) -> str:
    """The name that a module has within the script: that of its folder and its own."""
    return f"{path.parent.name}_{path.stem}"


def _escape(letter: re.Match[str]) -> str:
    return re.sub("....", r"\\u\g<0>", letter[0].encode("utf-16-be").hex())


def _join(path: Path, joined: dict[Path, str]) -> None:
    """Add a module as a function that is called once and returns what it exports, after those that
    it imports from."""
    text = path.read_text(encoding="utf-8")

    def names_of(statement: re.Match[str]) -> str:
        other = (path.parent / statement[2]).resolve()
        if other not in joined:
            _join(other, joined)
        return f"const {{{statement[1]}}} = {_name(other)};"

    exports = ", ".join(name for found in _EXPORT.finditer(text) for name in _exported(found))
    text = _EXPORT.sub(r"\1 \2\3", _IMPORT.sub(names_of, text)).strip("\n")
    if other_form := _OTHER_FORM.search(text):
        raise CannotJoin(f"{path.name}: {other_form[0].strip()}")
    joined[path] = f"const {_name(path)} = (() => {{\n{text}\nreturn {{ {exports} }};\n}})();\n"


def _exported(statement: re.Match[str]) -> Iterator[str]:
    """The names that a statement exports."""
    yield statement[2]
    if statement[1] == "const" and (further := _FURTHER.match(statement[3])):
        yield from re.findall(r", (\w+) =", further[1])
