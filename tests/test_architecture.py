"""Who may import whom, who may write, and what may live at module level."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import fingerpost

PACKAGE = Path(fingerpost.__file__).parent


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ROOMS: Mapping[str, str] = {
    "": "",
    "__main__": "cli",
    "model": "",
    "reading": "model",
    "walk": "model",
    "page": "walk model",
    "search": "model",
    "proof": "page walk model",
    "diff": "proof page walk model",
    "sheets": "proof page walk model",
    "approval": "sheets proof page walk model",
    "rehearsal": "sheets search page walk model",
    "checks": "rehearsal approval sheets proof page walk reading model",
    "terminal": "rehearsal approval sheets search page walk reading model",
    "web": "sheets search page walk model",
    "cli": "web terminal checks rehearsal sheets approval diff proof search page walk reading "
    "model",
}
"""Each room of the house, a package with all that is in it, and the rooms that it may import
from: always rooms further down. Its own is always allowed; so is the top."""

EVERYWHERE = frozenset({""})
"""The top, which holds only the version."""

OUTSIDE: Mapping[str, str] = {
    "yaml": "reading.yaml_reader",
    "click": "cli",
    "rich": "terminal",
    "msgspec": "model.base",
    "phonenumbers": "checks.content.contacts",
    "zxingcpp": "sheets.qr",
    "typst": "sheets.formats.pdf",
    "Stemmer": "search.words",
}
"""Packages from outside, each with the one room that may know it."""

ROOM_OF_ONE: Mapping[str, str] = {"zoneinfo": "page.london_time"}
"""Parts of the standard library that have one room too."""

ONLY_WHEN_CALLED = frozenset({"phonenumbers", "zxingcpp", "typst", "zoneinfo", "Stemmer"})
"""Too slow to load before they are needed: imported inside functions only."""

NEVER = _set(
    "asyncio ctypes dbm ftplib http imaplib logging marshal multiprocessing pickle poplib shelve "
    "smtplib socket socketserver sqlite3 ssl subprocess urllib.request webbrowser xmlrpc"
)
"""A walk opens no socket, starts no program, keeps no log and loads no code from data."""

ROOM_OF_THE_FORBIDDEN: Mapping[str, str] = {"webbrowser": "cli.browser"}
"""A sheet that has been saved is opened in the browser, if somebody chooses that. Nothing else is
ever started."""


@dataclass(frozen=True, slots=True)
class Module:
    """A file of the package. ``name`` is dotted, without the package's own: ``parse.tree``."""

    name: str
    is_package: bool
    code: ast.Module

    @property
    def room(self) -> str:
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Import:
    """``target`` is absolute and dotted. ``called``: stands in a function, or is for types only."""

    target: str
    line: int
    called: bool


@cache
def modules(package: Path) -> tuple[Module, ...]:
    """Every file of a package, read and not run."""
    found = []
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        found.append(Module(name, is_package, ast.parse(path.read_text(encoding="utf-8"))))
    return tuple(found)


def imports(module: Module) -> Iterator[Import]:
    """Every import of a module, wherever in it it stands."""
    yield from _imports(module, module.code, called=False)


def _imports(module: Module, node: ast.AST, *, called: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(alias.name, child.lineno, called)
        elif isinstance(child, ast.ImportFrom):
            base = _absolute(module, child)
            for alias in child.names:
                yield Import(f"{base}.{alias.name}", child.lineno, called)
        else:
            in_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _imports(module, child, called=called or in_function or _for_types(child))


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    here = ["fingerpost", *filter(None, module.name.split("."))]
    up = node.level - (1 if module.is_package else 0)
    base = here[: len(here) - up]
    return ".".join([*base, *([node.module] if node.module else [])])


def _for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in (
        "TYPE_CHECKING",
        "typing.TYPE_CHECKING",
    )


def _within(target: str, name: str) -> bool:
    return target == name or target.startswith(f"{name}.")


# The rules


def imports_against_the_table(package: Path) -> list[str]:
    """Between rooms, only what the table has. A room without a row is a complaint too."""
    complaints = []
    every = modules(package)
    rooms = {*ROOMS, *(module.room for module in every)}
    for module in every:
        if module.room not in ROOMS:
            complaints.append(f"{module.name}: the table has no row for {module.room}")
            continue
        allowed = {*EVERYWHERE, module.room, *ROOMS[module.room].split()}
        for one in imports(module):
            if not _within(one.target, "fingerpost"):
                continue
            room = [*one.target.split("."), ""][1]
            if room in rooms and room not in allowed:
                complaints.append(f"{module.name}:{one.line} may not import {room}")
    return complaints


def packages_out_of_their_room(package: Path) -> list[str]:
    """A package from outside is known by one room, and one that is not in the table by none."""
    complaints = []
    for module in modules(package):
        for one in imports(module):
            top = one.target.partition(".")[0]
            if top == "fingerpost":
                continue
            room = OUTSIDE.get(top) or ROOM_OF_ONE.get(top)
            if room and not _within(module.name, room):
                complaints.append(f"{module.name}:{one.line} imports {top}, as only {room} may")
            if not room and top not in sys.stdlib_module_names:
                complaints.append(f"{module.name}:{one.line} imports {top}, not in the table")
    return complaints


def imports_too_early(package: Path) -> list[str]:
    """What is slow to load is imported where it is used."""
    return [
        f"{module.name}:{one.line} imports {one.target} before it is needed"
        for module in modules(package)
        for one in imports(module)
        if one.target.partition(".")[0] in ONLY_WHEN_CALLED and not one.called
    ]


def imports_of_what_is_forbidden(package: Path) -> list[str]:
    """Sockets, programs, logs and pickles are for nobody."""
    return [
        f"{module.name}:{one.line} imports {one.target}"
        for module in modules(package)
        for one in imports(module)
        if any(
            _within(one.target, name) and module.name != ROOM_OF_THE_FORBIDDEN.get(name)
            for name in NEVER
        )
    ]


def writers(package: Path) -> dict[str, list[int]]:
    """The modules that open, make, move or remove files, with the lines."""
    found: dict[str, list[int]] = {}
    for module in modules(package):
        nodes = list(ast.walk(module.code))
        own = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
        calls = [node for node in nodes if isinstance(node, ast.Call)]
        lines = [call.lineno for call in calls if not _is_own(call, own) and _writes(call)]
        if lines:
            found[module.name] = lines
    return found


def _is_own(call: ast.Call, own: Collection[str]) -> bool:
    """A method of the module's own, given what is no mode, such as ``shelf.open(path)``."""
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr in own
        and len(call.args) == 1
        and not isinstance(call.args[0], ast.Constant)
    )


_WRITING_METHODS = _set(
    "write_text write_bytes mkdir makedirs touch unlink rmdir remove rename replace renames "
    "symlink symlink_to hardlink_to link mkstemp mkdtemp NamedTemporaryFile TemporaryFile "
    "TemporaryDirectory SpooledTemporaryFile copyfile copytree rmtree truncate chmod"
)
_WRITING_FLAGS = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND")
_OF_TEXT_AND_VALUES = frozenset({"replace", "remove", "link", "rename", "truncate", "copy"})
"""Methods that strings, lists, dates and rich's Text have too: counted only on os, shutil, Path."""


def _writes(call: ast.Call) -> bool:
    function = call.func
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    owner = function.value if isinstance(function, ast.Attribute) else None
    of_system = isinstance(owner, ast.Name) and owner.id in ("os", "shutil", "tempfile")
    if name in ("open", "fdopen"):
        if of_system and name == "open":
            flags = "|".join(ast.unparse(argument) for argument in call.args[1:])
            to_nowhere = ast.unparse(call.args[0]) == "os.devnull"
            return not to_nowhere and any(flag in flags for flag in _WRITING_FLAGS)
        return _has_writing_mode(call, place=0 if owner and name == "open" else 1)
    if name in _OF_TEXT_AND_VALUES:
        return of_system
    return name in _WRITING_METHODS


def _has_writing_mode(call: ast.Call, place: int) -> bool:
    """A mode that is not a plain text is taken for writing: nobody could tell by reading it."""
    given = [k.value for k in call.keywords if k.arg == "mode"] or call.args[place : place + 1]
    if not given:
        return False
    mode = given[0]
    if not (isinstance(mode, ast.Constant) and isinstance(mode.value, str)):
        return True
    return not set(mode.value).isdisjoint("wax+")


def state_at_module_level(package: Path) -> list[str]:
    """Nothing that a call could leave behind for the next one.

    A list, set or dict at module level is a constant if its name says so and nothing in its
    module changes it. ``global`` is never needed. A cache of what a caller gives is state; one of
    a function that is given nothing holds a single value, and is a constant made late.
    """
    complaints = []
    for module in modules(package):
        mutable = {
            name: node.lineno
            for node in module.code.body
            for name, value in _assigned(node)
            if _is_mutable(value)
        }
        for name, line in mutable.items():
            if not name.strip("_").isupper() and name != "__all__":
                complaints.append(f"{module.name}:{line} {name} is state")
        for node in ast.walk(module.code):
            if isinstance(node, ast.Global):
                complaints.append(f"{module.name}:{node.lineno} says global")
            if isinstance(node, ast.stmt | ast.expr) and (changed := _changes(node)) in mutable:
                complaints.append(f"{module.name}:{node.lineno} changes {changed}")
            if isinstance(node, ast.FunctionDef) and _keeps_what_it_is_given(node):
                complaints.append(f"{module.name}:{node.lineno} keeps a cache")
    return complaints


def _assigned(node: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield target.id, node.value
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
        yield node.target.id, node.value


_MAKERS_OF_STATE = _set(
    "list dict set bytearray deque defaultdict Counter OrderedDict ChainMap count cycle iter "
    "StringIO BytesIO Console Environment Random ContextVar local WeakKeyDictionary"
)


def _is_mutable(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        function = value.func
        name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        return name in _MAKERS_OF_STATE
    return isinstance(
        value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp
    )


_CHANGING_METHODS = _set(
    "append extend insert remove pop popitem clear update setdefault add discard sort reverse "
    "appendleft popleft"
)


def _changes(node: ast.AST) -> str:
    """The name that a node changes in place, or nothing."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        changing = node.func.attr in _CHANGING_METHODS
        owner = node.func.value
        return owner.id if changing and isinstance(owner, ast.Name) else ""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        return node.value.id if isinstance(node.value, ast.Name) else ""
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    return ""


def _keeps_what_it_is_given(function: ast.FunctionDef) -> bool:
    given = function.args
    takes = given.posonlyargs or given.args or given.kwonlyargs or given.vararg or given.kwarg
    return bool(takes) and any(map(_is_cache, function.decorator_list))


def _is_cache(decorator: ast.expr) -> bool:
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    return name in ("cache", "lru_cache")


def prints_outside_the_edge(package: Path) -> list[str]:
    """Only the terminal and the commands speak; a renderer returns text."""
    complaints = []
    for module in modules(package):
        if module.room in ("terminal", "cli"):
            continue
        for node in ast.walk(module.code):
            calls_print = (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("print", "input")
            )
            names_stream = isinstance(node, ast.Attribute) and ast.unparse(node) in (
                "sys.stdout",
                "sys.stderr",
                "sys.stdin",
            )
            if (calls_print or names_stream) and isinstance(node, ast.expr):
                complaints.append(f"{module.name}:{node.lineno} {ast.unparse(node)[:40]}")
    return complaints


def values_compiled_at_every_start(package: Path) -> list[str]:
    """A value is a class of Frozen; a dataclass would be written and compiled at every start."""
    return [
        f"{module.name}:{node.lineno} {node.name} is a frozen dataclass"
        for module in modules(package)
        for node in ast.walk(module.code)
        if isinstance(node, ast.ClassDef)
        for decorator in node.decorator_list
        if "dataclass(" in ast.unparse(decorator) and "frozen=True" in ast.unparse(decorator)
    ]


# The real package


Rule = Callable[[Path], list[str]]
RULES: tuple[Rule, ...] = (
    imports_against_the_table,
    packages_out_of_their_room,
    imports_too_early,
    imports_of_what_is_forbidden,
    state_at_module_level,
    prints_outside_the_edge,
    values_compiled_at_every_start,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_package_keeps(rule: Rule) -> None:
    assert rule(PACKAGE) == []


def test_one_module_alone_writes_files() -> None:
    assert list(writers(PACKAGE)) == ["cli.files"]


def test_every_room_of_the_table_exists() -> None:
    """A row for a room that is gone would let its name come back unseen."""
    assert set(ROOMS) == {module.room for module in modules(PACKAGE)}
    known = set(ROOMS)
    for room, allowed in ROOMS.items():
        assert set(allowed.split()) <= known, room


def test_the_table_allows_nothing_that_is_not_used() -> None:
    """A door that nobody goes through is shut, so that the table says how things are."""
    used: dict[str, set[str]] = {room: set() for room in ROOMS}
    for module in modules(PACKAGE):
        for one in imports(module):
            if _within(one.target, "fingerpost"):
                used[module.room].add([*one.target.split("."), ""][1])
    spare = {room: set(allowed.split()) - used[room] for room, allowed in ROOMS.items()}
    assert {room: rooms for room, rooms in spare.items() if rooms} == {}
