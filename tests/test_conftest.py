"""The guards of the test run itself: a skip is counted, and can be made a failure; and what is kept
of what ships is what is found anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from fingerpost.model.base import Frozen, field_names
from fingerpost.reading import yaml_reader
from fingerpost.reading.loader import load, shipped

from .conftest import MEANINGS
from .support.alike import for_each
from .support.doctoring import layer

CONFTEST = Path(__file__).with_name("conftest.py")

A_SKIP = "import pytest\ndef test_one(): pytest.skip('no such thing here')\n"
A_FILE_THAT_SKIPS = "import pytest\npytest.importorskip('no_such_module_anywhere')\n"
A_SKIP_IN_A_FIXTURE = """
import pytest
@pytest.fixture
def thing(): pytest.skip('no such thing here')
def test_one(thing): pass
"""
AN_EXPECTED_FAILURE = "import pytest\n@pytest.mark.xfail\ndef test_one(): assert False\n"
A_PASS = "def test_one(): pass\n"
A_CACHE = """
from functools import cache
@cache
def thing(): return object()
def test_one(): assert thing() is thing()
"""
A_LOOK_AT_IT = """
import sys
def test_two(): assert sys.modules["test_it"].thing.cache_info().currsize == 0
"""
A_PTY = "import pytest\n@pytest.mark.pty\ndef test_one(): pass\ndef test_two(): pass\n"
A_SWEEP = """
import pytest
@pytest.mark.in_turn
@pytest.mark.parametrize("number", range(10))
def test_one(number): print(f"ran {number}")
def test_two(): print("ran always")
"""
TWO_SWEEPS = """
import pytest
@pytest.mark.in_turn(among="sweeps")
def test_one(): print("ran one")
@pytest.mark.in_turn(among="sweeps")
def test_two(): print("ran two")
"""
NO_OPENPTY = "import os\nif hasattr(os, 'openpty'): del os.openpty\n"


def run_pytest(
    folder: Path, test: str, no_skips: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    """One test file beside our conftest, in a pytest of its own."""
    (folder / "conftest.py").write_bytes(CONFTEST.read_bytes())
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n pty: a terminal\n in_turn: a sweep\n")
    (folder / "no_openpty.py").write_text(NO_OPENPTY)
    (folder / "test_it.py").write_text(test)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no_openpty", "-rs"],
        cwd=folder,
        env=environment | {"FINGERPOST_NO_SKIPS": no_skips} | more,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.in_turn
@pytest.mark.parametrize("test", [A_SKIP, A_FILE_THAT_SKIPS, A_SKIP_IN_A_FIXTURE, A_PTY])
def test_a_skip_is_a_failure_where_none_is_allowed(tmp_path: Path, test: str) -> None:
    ran = run_pytest(tmp_path, test, no_skips="1")
    assert ran.returncode not in (0, 5), ran.stdout
    assert "allows no skip" in ran.stdout


@pytest.mark.slow
@pytest.mark.parametrize("test", [A_SKIP, A_SKIP_IN_A_FIXTURE])
def test_a_skip_is_only_counted_elsewhere(tmp_path: Path, test: str) -> None:
    ran = run_pytest(tmp_path, test)
    assert ran.returncode == 0, ran.stdout
    assert "1 skipped" in ran.stdout


@pytest.mark.slow
@pytest.mark.parametrize("test", [A_PASS, AN_EXPECTED_FAILURE])
def test_what_is_not_a_skip_is_left_alone(tmp_path: Path, test: str) -> None:
    ran = run_pytest(tmp_path, test, no_skips="1")
    assert ran.returncode == 0, ran.stdout


@pytest.mark.slow
def test_without_pseudo_terminals_their_tests_are_skipped_and_counted(tmp_path: Path) -> None:
    ran = run_pytest(tmp_path, A_PTY)
    assert ran.returncode == 0, ran.stdout
    assert "tests of real terminals that were skipped: 1" in ran.stdout
    assert "1 passed, 1 skipped" in ran.stdout


@pytest.mark.slow
def test_what_the_functions_of_a_file_keep_is_let_go_at_its_end(tmp_path: Path) -> None:
    (tmp_path / "test_later.py").write_text(A_LOOK_AT_IT)
    ran = run_pytest(tmp_path, A_CACHE)
    assert ran.returncode == 0, ran.stdout
    assert "2 passed" in ran.stdout


@pytest.mark.slow
@pytest.mark.in_turn
@pytest.mark.parametrize("moved", [None, "shared/advice.yaml", "shared/needs.yaml"])
def test_what_is_kept_of_what_ships_is_what_is_read_anew(
    moved: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each value in its place, also where what a file takes from another has only moved there."""
    folders = [shipped()]
    if moved:
        text = (shipped() / moved).read_text(encoding="utf-8")
        folders.append(layer(tmp_path / "layer", {moved: f"# A line more.\n{text}"}))
    kept = [with_places(load(folders, whole=True)) for _ in range(2)]
    for module, name in ((yaml_reader, "read"), *MEANINGS):
        monkeypatch.setattr(module, name, getattr(module, name).__wrapped__)
    anew = with_places(load(folders, whole=True))
    assert [each == anew for each in kept] == [True, True]


def with_places(value: object) -> object:
    """A value as plain lists, which are equal only if all fields are, places too."""
    match value:
        case Frozen():
            fields = (getattr(value, name) for name in field_names(value))
            return [type(value), *map(with_places, fields)]
        case Mapping():
            return [[key, with_places(each)] for key, each in value.items()]
        case tuple():
            return list(map(with_places, value))
        case _:
            return value


def test_one_of_many_that_fails_is_named() -> None:
    tried = []

    @for_each(zip(range(5)))
    def test(number: int) -> None:
        tried.append(number)
        assert number < 3

    with pytest.raises(AssertionError) as caught:
        test()
    assert tried == [0, 1, 2, 3]
    assert caught.value.__notes__ == ["of (3,)"]
    with pytest.raises(AssertionError):
        for_each([])(print)()


def taken(folder: Path, turn: str, *only: str, sweep: str = A_SWEEP) -> set[str]:
    """What of a sweep is run."""
    done = run_pytest(
        folder, sweep, "", PYTEST_ADDOPTS=" ".join(["-s", *only]), FINGERPOST_TURN=turn
    )
    assert done.returncode == 0
    return set(re.findall(r"ran (\w+)", done.stdout))


@pytest.mark.slow
def test_a_sweep_is_taken_in_parts_of_which_eight_are_all_of_it(tmp_path: Path) -> None:
    parts = [taken(tmp_path, str(turn)) for turn in range(32, 40)]
    assert [len(part) for part in parts] == [3, 3, 2, 2, 2, 2, 2, 2]
    assert set.union(*parts) == {*"0123456789", "always"} == taken(tmp_path, "all")
    assert parts[0] == taken(tmp_path, "40")


@pytest.mark.slow
def test_one_test_of_a_sweep_that_is_asked_for_is_run(tmp_path: Path) -> None:
    for turn in ("30", "31"):
        assert taken(tmp_path, turn, "-k", "3") == {"3"}


@pytest.mark.slow
def test_a_sweep_of_fewer_parts_takes_fewer_turns(tmp_path: Path) -> None:
    parts = [taken(tmp_path, turn, "-k", "'3 or 4'") for turn in ("30", "31", "32")]
    assert parts == [{"3"}, {"4"}, {"3"}]


@pytest.mark.slow
def test_of_sweeps_that_take_turns_among_themselves_a_run_takes_some(tmp_path: Path) -> None:
    assert taken(tmp_path, "30", sweep=TWO_SWEEPS) == {"one"}
    assert taken(tmp_path, "31", sweep=TWO_SWEEPS) == {"two"}
    assert taken(tmp_path, "all", sweep=TWO_SWEEPS) == {"one", "two"}
