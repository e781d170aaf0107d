"""What all tests share: no skip unnoticed, and nothing of the developer's own in the way."""

from __future__ import annotations

import gc
import os
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping
from functools import cache, wraps
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from fingerpost.cli.main import main
from fingerpost.model.base import field_names
from fingerpost.model.diagnostics import Diagnostic
from fingerpost.model.library import Library
from fingerpost.model.sentence import Placed
from fingerpost.reading import loader, yaml_reader
from fingerpost.reading.files import values
from fingerpost.reading.files.file import File
from fingerpost.reading.files.names import Names
from fingerpost.reading.located import Node
from fingerpost.search import indexing
from fingerpost.search.index import SearchIndex

# How long an example takes says nothing of whether it is right, least of all on a busy machine.
settings.register_profile("fingerpost", deadline=None)
settings.load_profile("fingerpost")

_PARSED_ONCE = frozenset(file.read_bytes() for file in loader.shipped().rglob("*.yaml"))
"""What ships. Nearly every file of tests reads it, most of them many times."""

_parse = yaml_reader.read
_parse_once = cache(_parse)

_NODES_KEPT: set[int] = set()
"""The nodes of what was parsed once, by their places in memory: they live to the end."""


@wraps(_parse)
def _read(data: bytes, file: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Parsing is most of the work of reading a library, and gives frozen nodes that can be
    shared."""
    if data not in _PARSED_ONCE:
        return _parse(data, file)
    node, mistakes = _parse_once(data, file)
    _NODES_KEPT.add(id(node))
    return node, mistakes


_FEW = 8
"""How many meanings of a file are kept, the first: of what ships, of two trees of it, and the
like."""

_bind = values.bind
_MEANT: dict[int, list[tuple[File, Any]]] = {}


@wraps(_bind)
def _bind_once(file: File, node: Node, kind: str) -> Any:
    """The meaning of a file that ships depends on its YAML, on the names that other files gave, and
    on what else it is given: it is read anew wherever one of those is not the same as it was. Names
    are looked up each time."""
    if id(node) not in _NODES_KEPT:
        return _bind(file, node, kind)
    known = _MEANT.setdefault(id(node), [])
    for before, found in known:
        if _are_the_same(before.names, file.names) and _are_the_same(before.given, file.given):
            own = {"names": file.names, "given": file.given, "mistakes": [*before.mistakes]}
            vars(file).update(vars(before) | own)
            return found
    found = _bind(file, node, kind)
    if len(known) < _FEW:
        kept = File(file.name, file.names)
        vars(kept).update(vars(file) | {"mistakes": [*file.mistakes]})
        known.append((kept, found))
    return found


def _are_the_same(one: object, other: object) -> bool:
    """Whether these are equal, in the same order and in the same places: two values in different
    files may be equal otherwise."""
    if isinstance(one, Placed):
        return one is other
    if isinstance(one, Names) and isinstance(other, Names):
        pairs = ((getattr(one, name), getattr(other, name)) for name in field_names(one))
        return all(_are_the_same(*pair) for pair in pairs)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return list(one) == list(other) and all(map(_are_the_same, one.values(), other.values()))
    return one == other


_INDEXES: deque[tuple[Library, SearchIndex]] = deque(maxlen=_FEW)
_index_of = indexing.index_of


@wraps(_index_of)
def _index_once(library: Library) -> SearchIndex:
    """To index the sentences of a whole library takes a second, and whatever command is given a
    word that is no tree looks among them."""
    made = next((made for known, made in _INDEXES if known == library), None)
    if made is None:
        made = _index_of(library)
        if library.search.crisis.usual:  # else it is quick, and made anew with each small library
            _INDEXES.append((library, made))
    return made


# Here and not in a fixture, since some libraries are read while tests are collected.
yaml_reader.read = _read
values.bind = _bind_once
indexing.index_of = _index_once

NO_SKIPS = "FINGERPOST_NO_SKIPS"
NO_PTY = "this system has no pseudo-terminals"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where a system has no pseudo-terminals, the tests that drive one are skipped."""
    if hasattr(os, "openpty"):
        return
    for item in items:
        if item.get_closest_marker("pty"):
            item.add_marker(pytest.mark.skip(reason=NO_PTY))


def pytest_collection_finish() -> None:
    """What has been imported, read and collected lives to the end: a tenth of all time went into
    looking for garbage in it."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under FINGERPOST_NO_SKIPS=1 a skipped test is a failed one."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole file that skips itself while it is read."""
    report = yield
    if report.skipped:
        _refuse_skip(report)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests of real terminals did not run, so that nobody takes them for passed."""
    skipped = terminalreporter.stats.get("skipped", [])
    without = sum(NO_PTY in str(report.longrepr) for report in skipped)
    if without:
        terminalreporter.write_line(
            f"tests of real terminals that were skipped: {without} ({NO_PTY})"
        )


@pytest.fixture(scope="session", autouse=True)
def nobody_in_particular(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A person with no settings: no library of their own, no local details, no history."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("FINGERPOST_")]:
            if name != NO_SKIPS:
                patch.delenv(name)
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME"):
            patch.setenv(name, str(home))
        if sys.flags.dont_write_bytecode:
            # Without bytecode most of the time of the programs that tests start goes into compiling
            # the same modules. It is wanted nowhere beside them, so it goes where it is cleared up.
            patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
            patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("bytecode")))
        yield


@pytest.fixture(scope="module", autouse=True)
def what_a_file_keeps_ends_with_it(request: pytest.FixtureRequest) -> Iterator[None]:
    """Pages and whole libraries that the functions of one file of tests keep are of no use to the
    next, and a run of all files would hold gigabytes of them."""
    yield
    for kept in vars(request.module).values():
        of = getattr(kept, "__module__", None)
        if of == request.module.__name__ and hasattr(kept, "cache_clear"):
            kept.cache_clear()


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if os.environ.get(NO_SKIPS) == "1":
        report.outcome = "failed"
        report.longrepr = f"skipped, and {NO_SKIPS}=1 allows no skip: {report.longrepr}"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """The command line: how it ends, and what it says on either stream."""

    def run_it(*arguments: str | Path) -> tuple[int, str, str]:
        status = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run_it
