"""What fingerpost may cost: counted, which is the same on every machine, and never timed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import fingerpost
from fingerpost.checks import registry
from fingerpost.checks.content.budgets import CasePages
from fingerpost.proof.boxes import Room
from fingerpost.proof.prover import Proofs
from fingerpost.reading import compiled
from fingerpost.reading.reading import shipped
from fingerpost.search.indexing import index_of
from fingerpost.search.trees import TreeSearch

from .support.checking import found_beside_paths, found_by_every_check
from .support.shipped import page_to_search, whole_library, whole_reading

ROOT = Path(__file__).parents[1]

NEAR = 1.15
"""How far above what is counted a row may stand. One that is further up guards nothing: what was
gained could be lost again little by little, and nobody would see it."""


def is_kept(counted: int, most: int) -> bool:
    """Whether a count is within its row, and near enough to it."""
    return counted <= most <= counted * NEAR + 5


def test_a_row_must_be_kept_and_near() -> None:
    assert [is_kept(each, 1000) for each in (1001, 1000, 870, 860)] == [False, True, True, False]
    assert [is_kept(each, 0) for each in (1, 0)] == [False, True]


# What runs


class Run(NamedTuple):
    """A run of an installed fingerpost, and the most that it may have loaded by its end.

    ``ours`` and ``theirs`` are modules of fingerpost and of packages from outside; how many of
    Python's own these need differs between its versions. ``files`` of what is installed are read,
    code apart. ``slow`` are those that are needed of the modules that take long to load. No YAML is
    read: it has been compiled.
    """

    command: str
    ours: int
    theirs: int
    files: int
    slow: str = ""
    typed: str = ""
    status: int = 0


SLOW = frozenset(
    {
        *("Stemmer", "asyncio", "msgspec", "phonenumbers", "typst", "zxingcpp"),
        *("hashlib", "importlib.metadata", "json", "secrets", "sysconfig", "zoneinfo"),
        *("rich", "rich.markdown", "rich.traceback", "yaml"),
        *("fingerpost.approval", "fingerpost.page.approval", "fingerpost.page.reach"),
        *("fingerpost.page.text_layout", "fingerpost.walk.possible_facts"),
        *("fingerpost.reading.files", "fingerpost.reading.loader", "fingerpost.search.indexing"),
        *("fingerpost.search.trees", "fingerpost.sheets.discretion"),
    }
)

IN_THE_LAST_HOUR = frozenset({"sysconfig", "zoneinfo"})
"""Of a day in UTC, in which it may be the next day in London. See ``hours.london_day``."""

ASKED = "msgspec fingerpost.page.text_layout"
TOLD = f"{ASKED} sysconfig zoneinfo"
ANSWERS = (
    "teller=young-person danger=none age=13-15 nation=wales threat=money suicide=no also=picture "
    "where=snapchat"
)
GIVEN = re.sub(r"\S+=", r"--given \g<0>", ANSWERS)

RUNS = {
    "the version": Run("--version", ours=12, theirs=16, files=0),
    "help": Run("--help", ours=12, theirs=16, files=0),
    "the first screen": Run("walk --plain", 62, 28, 2, ASKED, status=130),
    "the first question": Run("walk threatened --plain", 62, 28, 3, ASKED, status=130),
    "the first search": Run(
        *("walk --plain", 70, 31, 23, f"{ASKED} Stemmer fingerpost.search.trees"),
        typed="1\nsomeone has my photos and wants money\n",
        status=130,
    ),
    "services by a word": Run(
        "routes blackmailed",
        55,
        29,
        4,
        "msgspec sysconfig zoneinfo Stemmer",
    ),
    "advice, and how it can be printed": Run(
        f"walk threatened --plain {GIVEN}", 62, 29, 5, TOLD, typed="p\n5\n"
    ),
    "a sheet": Run(f"sheet threatened {GIVEN} -o sheet.html", 55, 30, 7, "msgspec zxingcpp"),
    "a sheet as a PDF": Run(
        f"sheet threatened {GIVEN} -o sheet.pdf", 54, 32, 3, "msgspec typst zxingcpp"
    ),
}
ON_A_TERMINAL = Run("walk threatened", 70, 70, 3, f"{ASKED} rich")

PROBE = """
import atexit, os, sys
report, sys.argv = sys.argv[1], ["fingerpost", *sys.argv[2:]]
before, opened = set(sys.modules), []
def note(event, given):
    if event == "open" and not isinstance(given[0], int):
        opened.append(os.fsdecode(given[0]))
sys.addaudithook(note)
def tell():
    found = [sorted(set(sys.modules) - before), opened[:]]
    import json
    with open(report, "w") as file:
        json.dump(found, file)
atexit.register(tell)
from fingerpost.cli.main import run
run()
"""
"""Runs the program as its command does, and writes down at the end what that has loaded."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the package stands as a wheel has it."""
    folder = tmp_path_factory.mktemp("installed")
    package = Path(shutil.copytree(Path(fingerpost.__file__).parent, folder / "fingerpost"))
    if not (package / "trees").is_dir():
        shutil.copytree(shipped(), package / "trees")
    if not (package / "compiled").is_dir():
        (package / "compiled").mkdir()
        for name, data in compiled.files_of(shipped(), index_of).items():
            (package / "compiled" / name).write_bytes(data)
    return folder


def started(installed: Path, report: Path) -> tuple[list[str], dict[str, str]]:
    """The command, to which its arguments are added, and the environment of such a run."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "TERM": "xterm-256color"}
    return [sys.executable, "-c", PROBE, str(report)], environment


def complaints(run: Run, installed: Path, report: Path) -> Iterator[str]:
    """What is not as the row of a run says."""
    modules, opened = json.loads(report.read_text(encoding="utf-8"))
    read = [path for path in opened if path.startswith(str(installed))]
    # Compiled code is written under another name until it is whole, such as trees.pyc.1396.
    files = [path for path in read if not re.search(r"\.(py|pyc|so|pyc\.\d+)$", path)]
    tops = {name: name.partition(".")[0] for name in modules}
    ours = [name for name, top in tops.items() if top == "fingerpost"]
    theirs = [name for name, top in tops.items() if top not in sys.stdlib_module_names]
    theirs = [name for name in theirs if name not in ours]
    for what, found, most in (
        ("modules of ours", ours, run.ours),
        ("modules of others", theirs, run.theirs),
        ("files", files, run.files),
    ):
        if not is_kept(len(found), most):
            yield f"{len(found)} {what}, and the row says {most}: {found}"
    yield from (f"YAML is read: {path}" for path in files if path.endswith(".yaml"))
    needed = frozenset(run.slow.split())
    slow = {name for name in SLOW if any(f"{each}.".startswith(f"{name}.") for each in modules)}
    spared = IN_THE_LAST_HOUR if 23 in {moment.hour for moment in (BEGUN, now())} else set()
    yield from (f"loaded and not needed: {name}" for name in slow - needed - spared)
    yield from (f"not loaded: {name}" for name in needed - slow)


def now() -> datetime:
    return datetime.now(UTC)


BEGUN = now()


@pytest.mark.parametrize("name", RUNS)
def test_a_run_of_what_is_installed_loads_no_more(
    name: str, tmp_path: Path, installed: Path
) -> None:
    run, report = RUNS[name], tmp_path / "report"
    program, environment = started(installed, report)
    ran = subprocess.run(
        [*program, *run.command.split()],
        input=run.typed,
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ran.returncode == run.status, ran.stderr
    found = list(complaints(run, installed, report))
    assert found == [], "\n".join(found)


@pytest.mark.pty
def test_a_walk_on_a_real_terminal_loads_no_more(tmp_path: Path, installed: Path) -> None:
    import pexpect

    (command, *arguments), environment = started(installed, tmp_path / "report")
    walk = pexpect.spawn(
        command,
        [*arguments, *ON_A_TERMINAL.command.split()],
        env=environment,
        encoding="utf-8",
        dimensions=(24, 80),
        timeout=30,
    )
    walk.expect("Enter.or.Space.goes.on")
    walk.send(" ")
    walk.expect("Someone is threatening or blackmailing me")
    walk.send("x")
    walk.expect(pexpect.EOF)
    walk.close()
    assert walk.exitstatus == 0
    found = list(complaints(ON_A_TERMINAL, installed, tmp_path / "report"))
    assert found == [], "\n".join(found)


# What is worked out


def boxes() -> int:
    """Those that ``check`` makes of the library that ships."""
    room = Room()
    assert found_by_every_check(whole_library(), Proofs(whole_library(), room)) is not None
    return room.most - room.left


def terms() -> int:
    """Those that a search looks up in the texts of trees for one sentence."""
    search = TreeSearch(index_of(whole_library()))
    assert search.find("someone has my photos and wants money or they will send them to my mum")
    return search._shares.cache_info().misses


def page_bytes() -> int:
    """The page for a browser, as it is sent."""
    return len(page_to_search(whole_reading().walkable, made_on=now().date()).encode())


@cache
def notices() -> Counter[str]:
    """How often each is given of what ships, by its code. No path has to be proved for that."""
    library = whole_library()
    found = found_beside_paths(library)
    found += registry.find(registry.OF_PAGES, CasePages(library))
    found += registry.find(registry.DATED, library, date(2026, 12, 1))
    return Counter(each.code for each in found)


# What is kept


def files_of(folder: str, *names: str) -> list[Path]:
    """Those with such names in a folder of the project, without what is installed or made there."""
    made = {"node_modules", "vendor", "__pycache__"}
    found = (path for name in names for path in (ROOT / folder).rglob(name))
    return [path for path in found if path.is_file() and made.isdisjoint(path.parts)]


def lines(folder: str, *names: str) -> int:
    return sum(path.read_bytes().count(b"\n") for path in files_of(folder, *names))


def words() -> list[str]:
    """All words of the pages for people who work on it."""
    return [
        word
        for path in files_of("docs", "*.md")
        for word in re.findall(r"[^\W\d_]+", path.read_text(encoding="utf-8").casefold())
    ]


class Row(NamedTuple):
    """The most that a count may be."""

    most: int
    count: Callable[[], int]


KEPT: Mapping[str, Row] = {
    "lines of Python in src": Row(38_520, lambda: lines("src", "*.py")),
    "files of Python in src": Row(244, lambda: len(files_of("src", "*.py"))),
    "lines of JavaScript in src": Row(3_660, lambda: lines("src", "*.mjs")),
    "lines of Python in tests": Row(33_950, lambda: lines("tests", "*.py")),
    "files of Python in tests": Row(203, lambda: len(files_of("tests", "*.py"))),
    "words of README": Row(560, lambda: len((ROOT / "README.md").read_text("utf-8").split())),
    "words of docs": Row(117_600, lambda: len(words())),
    "distinct words of docs": Row(3_790, lambda: len(set(words()))),
    "terms that a search looks up": Row(28, terms),
}
MADE: Mapping[str, Row] = {
    "boxes that a check makes": Row(472_000, boxes),
    "bytes of the page for a browser": Row(1_470_000, page_bytes),
    "services that nobody has checked": Row(116, lambda: notices()["FP403"]),
    "hard words that are not explained": Row(33, lambda: notices()["FP408"]),
    "questions over their budget": Row(2, lambda: notices()["FP417"]),
    "pages over their budget": Row(695, lambda: notices()["FP418"]),
}


@pytest.mark.parametrize(
    "name", [*KEPT, *(pytest.param(name, marks=pytest.mark.slow) for name in MADE)]
)
def test_no_more_than_its_row_says(name: str) -> None:
    row = {**KEPT, **MADE}[name]
    counted = row.count()
    assert is_kept(counted, row.most), f"{counted:,} {name}, and the row says {row.most:,}"
