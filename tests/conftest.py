"""What all tests share: no skip unnoticed, and nothing of the developer's own in the way."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator, Iterator
from functools import cache

import pytest
from hypothesis import settings

from fingerpost.model.diagnostics import Diagnostic
from fingerpost.reading import loader, yaml_reader
from fingerpost.reading.located import Node

# How long an example takes says nothing of whether it is right, least of all on a busy machine.
settings.register_profile("fingerpost", deadline=None)
settings.load_profile("fingerpost")

_PARSED_ONCE = frozenset(file.read_bytes() for file in loader.shipped().rglob("*.yaml"))
"""What ships. Nearly every file of tests reads it, most of them many times."""

_parse = yaml_reader.read
_parse_once = cache(_parse)


def _read(data: bytes, file: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Parsing is most of the work of reading a library, and gives frozen nodes that can be shared.
    All else of it, from the folders to the meaning, is done each time."""
    return (_parse_once if data in _PARSED_ONCE else _parse)(data, file)


# Here and not in a fixture, since some libraries are read while tests are collected.
yaml_reader.read = _read

# Of what tests start, coverage is not measured: it would double the time of hundreds of programs,
# and nearly all that they run is run inside a test as well.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.pop("COVERAGE_PROCESS_START", None)

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
