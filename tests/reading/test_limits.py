"""The limits of a library are said in one sentence by every command, and met by none."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.page.messages import LAST_RESORT
from fingerpost.reading import folders, loader
from fingerpost.reading.loader import load

LIBRARY = Path(__file__).parents[1] / "fixtures" / "mistakes" / "sound"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LIBRARY, tmp_path / "library"))


def many_trees(library: Path) -> None:
    for number in range(501):
        (library / f"tree-{number}.yaml").touch()


def many_files(library: Path) -> None:
    for number in range(2_001):
        (library / "cases" / f"case-{number}.yaml").touch()


def many_names(library: Path) -> None:
    for number in range(20_001):
        (library / f"{number}.txt").touch()


def many_bytes(library: Path) -> None:
    for number in range(9):
        with (library / "routes" / f"large-{number}.yaml").open("wb") as file:
            file.truncate(8 * 1024 * 1024)


def many_routes(library: Path) -> None:
    for number in range(40):
        routes = "".join(f"  r-{number}-{each}:\n    nonsense: here\n" for each in range(200))
        (library / "routes" / f"more-{number}.yaml").write_text(f"routes:\n{routes}")


TOO_MUCH = {
    "trees": (many_trees, r"A library may have 500 trees\. This one has 503\."),
    "files": (many_files, r"A library may have 2,000 files\. This one has 2,0\d\d\."),
    "names": (many_names, r"library has more than 20,000 files\. Is it the right folder\?"),
    "bytes": (many_bytes, r"A library may have 16 MB in its files\. This one has 72\."),
    "routes": (many_routes, r"A library may have 2,000 routes\. This one has more\."),
}


@pytest.mark.slow
@pytest.mark.parametrize(("fill", "told"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_is_too_much_is_refused_in_a_sentence(
    library: Path, capsys: pytest.CaptureFixture[str], fill: Callable[[Path], None], told: str
) -> None:
    fill(library)
    begun = time.process_time()
    for command in (["check"], ["walk", "first", "--plain"]):
        assert main([*command, "--only", "--trees", str(library)]) == Exit.CANNOT
        said, complaint = capsys.readouterr()
        first, second = complaint.splitlines()
        assert (said, first) == ("", LAST_RESORT)
        assert re.search(rf"{told} To read why: fingerpost check --explain FP014$", second)
    assert time.process_time() - begun < 10


def test_what_ships_is_far_below_every_limit() -> None:
    files, _ = folders.library_files([loader.shipped()])
    read = load([loader.shipped()], whole=True).library
    assert 10 * len(read.trees) < folders._MOST_TREES
    assert 10 * len(files) < folders._MOST_FILES
    assert (
        3 * sum(path.stat().st_size for [path] in files.values()) < folders._MOST_MB * folders._MB
    )
    assert 10 * len(read.routes) < loader._MOST["routes"]
    assert 10 * len(read.cases) < loader._MOST["cases"]


ROUTE = """
  r-{}:
    name: A line
    serves: [talk]
    contract: {{ages: all, nations: uk, tellers: all}}
    phone: 0800 1111
    hours: {{phone: 24/7}}
    source: {{url: "https://www.example.org", seen: 2026-11}}
    confidence: high"""

CASE = """
  c-{}:
    tree: second
    story: Someone comes to you.
    answers: {{teller: staff, middle: one}}
    expect: {{outcome: end}}"""

CHECK = """
import json, sys, time
from pathlib import Path
from fingerpost.cli.main import main
status = main(["check", "--only", "--trees", sys.argv[1], "--format", "json"])
peak = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(json.dumps([status, time.process_time(), int(peak) / 1024]), file=sys.stderr)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is asked of Linux")
def test_a_library_of_many_small_trees_is_checked_soon(library: Path) -> None:
    """A quarter of all that a library may have: what takes longer than in proportion is seen here,
    too. How long a proof takes is a matter of the trees, and all have one budget of boxes."""
    here = load([library], whole=True).library
    second = (library / "second.yaml").read_text("utf-8")
    for number in range(folders._MOST_TREES // 4 - len(here.trees)):
        (library / f"copy-{number}.yaml").write_text(second, encoding="utf-8")
    routes = map(ROUTE.format, range(loader._MOST["routes"] // 4 - len(here.routes)))
    (library / "routes" / "more.yaml").write_text(f"routes:{''.join(routes)}\n")
    cases = [*map(CASE.format, range(loader._MOST["cases"] // 4 - len(here.cases)))]
    for part in range(4):
        text = "".join(cases[part::4])
        (library / "cases" / f"more-{part}.yaml").write_text(f"cases:{text}\n")
    status, seconds, mib, found = checked(library)
    assert status == Exit.PROBLEMS
    assert len({each["file"] for each in found}) > 125
    assert seconds < 20
    assert mib < 500


def checked(library: Path) -> tuple[int, float, float, list[dict[str, Any]]]:
    """The exit status of a check in a process of its own, its seconds of processor time, the most
    memory that it had in MiB, and what it found."""
    ran = subprocess.run(
        [sys.executable, "-c", CHECK, library], capture_output=True, encoding="utf-8", check=True
    )
    status, seconds, mib = json.loads(ran.stderr)
    return status, seconds, mib, json.loads(ran.stdout)["diagnostics"]


def test_a_walk_shows_a_screenful_of_mistakes(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tree = library / "first.yaml"
    wrong = "".join(f"nonsense-{number}: here\n" for number in range(300))
    tree.write_text(f"{tree.read_text('utf-8')}{wrong}", encoding="utf-8")
    for command in (["walk"], ["graph"], ["graph", "--paths"]):
        assert main([*command, "first", "--only", "--trees", str(library)]) == Exit.PROBLEMS
        rows = capsys.readouterr().err.splitlines()
        assert rows[0] == LAST_RESORT
        assert rows[-1] == "There are 296 more. To see them: fingerpost check"
        assert len(rows) < 24
