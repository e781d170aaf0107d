"""Joins the modules of the page into one script, each in a function of its own.

A module may import in one form, ``import { a, b } from "./x.mjs";``, and export in one form, a
function, a constant or a class by its name. So its text stays as it is in its file, but for its
imports, which become the names that another module returns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from ..model.base import Frozen

_HERE = Path(__file__).parent

_IMPORT = re.compile(r'^import \{ ?([^{}]*?),?\s*\} from "(\.\.?/[\w/.]+\.mjs)";$', re.MULTILINE)
_EXPORT = re.compile(
    r"^export ((?:async )?function\*?|const|class) ([\w$]+)(?=[ ({])(.*)", re.MULTILINE
)
_FURTHER = re.compile(r" = [^,;(){}\[\]]+((?:, \w+ = [^,;(){}\[\]]+)*);")
"""What follows the first of several constants in one line: short values, and further names."""

_OTHER_FORM = re.compile(r"^\s*(?:import|export)\b|\bimport\s*[.(]", re.MULTILINE)
_NAMES = re.compile(r"\s*\w+\s*(?:,\s*\w+\s*)*")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
"""What a script can write as an escape wherever it stands, so that a server which names a wrong
encoding changes no letter of it."""

_ENDS_THE_ELEMENT = re.compile(r"<!--|</?script", re.IGNORECASE)


class CannotJoin(ValueError):
    """A module has a form that this does not know. The message names the module."""


class Module(Frozen):
    """A module: its path below the room, its text without imports, and what they were."""

    path: str
    text: str
    imports: tuple[tuple[str, str], ...]
    exports: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name that it has within the script."""
        return _name(self.path)


def _name(path: str) -> str:
    return re.sub(r"\W", "_", path.removesuffix(".mjs"))


def script(first: str = "view/main.mjs", folder: Path = _HERE) -> str:
    """The script that runs ``start`` of the first module, with all the modules that it needs.

    Raises CannotJoin for a module that is not of the known form, and for a circle of imports.
    """
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.mjs")
    }
    inside = "".join(map(_wrapped, _in_order(first, texts)))
    start = f"{_name(first)}.start();\n"
    whole = f'(() => {{\n"use strict";\n{inside}{start}}})();\n'
    whole = _BEYOND_ASCII.sub(_escape, whole)
    if _ENDS_THE_ELEMENT.search(whole):
        raise CannotJoin("a module has the text of a tag, which would end the script")
    return whole


def _escape(letter: re.Match[str]) -> str:
    return re.sub("....", r"\\u\g<0>", letter[0].encode("utf-16-be").hex())


def _in_order(first: str, texts: Mapping[str, str]) -> Iterator[Module]:
    """A module and all that it needs, each after those that it imports from."""
    found: dict[str, Module] = {}
    above: list[str] = []

    def look(path: str) -> Iterator[Module]:
        if path in above:
            raise CannotJoin(f"imports in a circle: {' -> '.join([*above, path])}")
        if path in found:
            return
        above.append(path)
        module = _read(path, texts)
        for source, names in module.imports:
            yield from look(source)
            if missing := set(names.split(", ")) - {*found[source].exports}:
                raise CannotJoin(f"{path}: {source} has no {', '.join(sorted(missing))}")
        above.pop()
        found[path] = module
        yield module

    return look(first)


def _read(path: str, texts: Mapping[str, str]) -> Module:
    if path not in texts:
        raise CannotJoin(f"there is no module {path}")
    imports: list[tuple[str, str]] = []

    def note(statement: re.Match[str]) -> str:
        names, source = statement.groups()
        if not _NAMES.fullmatch(names):
            raise CannotJoin(f"{path}: {statement[0]}")
        imports.append((_joined(path, source), ", ".join(re.findall(r"\w+", names))))
        return ""

    text = _IMPORT.sub(note, texts[path])
    exports = tuple(name for statement in _EXPORT.finditer(text) for name in _exported(statement))
    text = _EXPORT.sub(r"\1 \2\3", text)
    if other := _OTHER_FORM.search(text):
        line = text[other.start() :].strip().partition("\n")[0]
        raise CannotJoin(f"{path}: {line}")
    return Module(path, text, tuple(imports), exports)


def _exported(statement: re.Match[str]) -> Iterator[str]:
    """The names that a statement exports."""
    yield statement[2]
    if statement[1] == "const" and (further := _FURTHER.match(statement[3])):
        yield from re.findall(r", (\w+) =", further[1])


def _joined(path: str, source: str) -> str:
    """The path below the room of a module that another one names."""
    parts: list[str] = []
    for part in (*PurePosixPath(path).parent.parts, *PurePosixPath(source).parts):
        if part != "..":
            parts.append(part)
        elif parts:
            parts.pop()
        else:
            raise CannotJoin(f"{path}: {source} is outside")
    return "/".join(parts)


def _wrapped(module: Module) -> str:
    """A module as a function that is called once, and returns what it exports."""
    known = "".join(f"const {{ {names} }} = {_name(source)};\n" for source, names in module.imports)
    body = module.text.strip("\n")
    returned = f"return {{ {', '.join(module.exports)} }};"
    return f"const {module.name} = (() => {{\n{known}{body}\n{returned}\n}})();\n"
