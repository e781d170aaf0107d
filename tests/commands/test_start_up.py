"""What is loaded before the first question. Someone is waiting beside the laptop.

Time depends on the machine, and is measured in ``benchmarks/start_up.py``. What gets imported
does not, and decides most of it: so that is what is held here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import fingerpost
from fingerpost.reading import compiled
from fingerpost.reading.reading import shipped
from fingerpost.search.indexing import index_of

PROBE = """
import atexit, sys
report, sys.argv = sys.argv[1], ["fingerpost", *sys.argv[2:]]
before = set(sys.modules)
atexit.register(lambda: open(report, "w").write("\\n".join(set(sys.modules) - before)))
from fingerpost.cli.main import run
run()
"""
"""Runs the program as its command does, and writes down at the end what that has imported."""

SLOW_EVERYWHERE = frozenset(
    {"zxingcpp", "typst", "phonenumbers", "asyncio", "rapidfuzz", "Stemmer"}
)
FOR_VERSION = SLOW_EVERYWHERE | {
    *("yaml", "msgspec", "rich", "json", "importlib.metadata"),
    *("fingerpost.reading.loader", "fingerpost.model.tree", "fingerpost.reading.yaml_reader"),
}
FOR_THE_APPROVED = frozenset(
    f"fingerpost.{each}"
    for each in (
        *("page.approval", "page.reach", "walk.possible_facts"),
        *("reading.files.approvals", "approval"),
    )
)
FOR_A_QUESTION = SLOW_EVERYWHERE | {"secrets", "rich.markdown", "rich.traceback", "zoneinfo"}
FOR_A_QUESTION |= FOR_THE_APPROVED
WHERE_COMPILED = frozenset(
    {
        *("yaml", "fingerpost.reading.loader", "fingerpost.reading.files"),
        *("fingerpost.search.indexing", "rapidfuzz"),
    }
)
"""In what is installed no YAML is parsed and no index is made, not even for a search."""

FOR_A_SHEET = frozenset(
    {
        *("phonenumbers", "asyncio", "rich", "hashlib", "json", "zoneinfo", "sysconfig"),
        *(
            *FOR_THE_APPROVED,
            "fingerpost.sheets.discretion",
            "fingerpost.terminal.walk_screens",
            "fingerpost.page.text_layout",
        ),
    }
)
"""Time zones are left out for 23 hours of the day. See ``hours.london_day``."""

ANSWERS = (
    "teller=young-person danger=none age=13-15 nation=wales threat=money suicide=no also=picture"
)


def reported(
    program: str, report: Path, *arguments: str, status: int, said: str = "", at: str = ""
) -> str:
    """What a program writes down of a run of fingerpost that has this on its input; ``at`` is where
    it is installed, if not where it is tested."""
    environment = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    ran = subprocess.run(
        [sys.executable, "-c", program, str(report), *arguments],
        input=said,
        env=environment | ({"PYTHONPATH": at} if at else {}),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ran.returncode == status, ran.stderr
    return report.read_text(encoding="utf-8")


def imported(report: Path, *arguments: str, status: int, **more: str) -> frozenset[str]:
    """The modules that a run of the program has imported by its end."""
    return frozenset(reported(PROBE, report, *arguments, status=status, **more).split())


def first_question(report: Path, tree: str) -> frozenset[str]:
    """The modules that a walk has imported when its first question waits for an answer.

    The input ends there, which is 130.
    """
    return imported(report, "walk", tree, "--plain", status=130)


def loaded(modules: frozenset[str], unwanted: frozenset[str]) -> list[str]:
    """Those of the unwanted that are among the modules, themselves or by a part of them."""
    return sorted(
        name for name in unwanted if any(m == name or m.startswith(f"{name}.") for m in modules)
    )


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_load_almost_nothing(tmp_path: Path, option: str) -> None:
    modules = imported(tmp_path / "report", option, status=0)
    assert "fingerpost.cli.main" in modules
    assert loaded(modules, FOR_VERSION) == []


@pytest.mark.parametrize("tree", ["image-shared", "threatened"])
def test_a_walk_loads_nothing_that_its_first_question_does_not_need(
    tmp_path: Path, tree: str
) -> None:
    modules = first_question(tmp_path / "report", tree)
    assert "fingerpost.walk.walk" in modules
    assert loaded(modules, FOR_A_QUESTION) == []


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder in which the package stands as a wheel has it."""
    folder = tmp_path_factory.mktemp("installed")
    package = Path(shutil.copytree(Path(fingerpost.__file__).parent, folder / "fingerpost"))
    if not (package / "trees").is_dir():
        shutil.copytree(shipped(), package / "trees")
    (package / "compiled").mkdir(exist_ok=True)
    for name, data in compiled.files_of(shipped(), index_of).items():
        (package / "compiled" / name).write_bytes(data)
    return str(folder)


@pytest.mark.parametrize(
    ("arguments", "said", "needs"),
    [
        (["walk"], "", "fingerpost.terminal.walk_session"),
        (["walk", "threatened"], "", "fingerpost.walk.walk"),
        (["walk"], "1\nsomeone has my photos and wants money\n", "fingerpost.search.trees"),
        (["routes", "blackmailed"], None, "fingerpost.search.trees"),
    ],
    ids=["first-screen", "first-question", "first-search", "services"],
)
def test_what_is_installed_reads_no_yaml(
    tmp_path: Path, installed: str, arguments: list[str], said: str | None, needs: str
) -> None:
    report, options = tmp_path / "report", [] if said is None else ["--plain"]
    status = 0 if said is None else 130
    modules = imported(report, *arguments, *options, status=status, said=said or "", at=installed)
    assert needs in modules
    assert loaded(modules, WHERE_COMPILED) == []


@pytest.mark.parametrize("format_", ["html", "pdf"])
def test_a_sheet_loads_only_what_it_is_made_with(tmp_path: Path, format_: str) -> None:
    given = [word for answer in ANSWERS.split() for word in ("--given", answer)]
    place, report = tmp_path / f"advice.{format_}", tmp_path / "report"
    before = datetime.now(UTC)
    command = ["sheet", "threatened", *given, "--given", "where=snapchat", "-o", str(place)]
    modules = imported(report, *command, status=0)
    assert place.stat().st_size > 10_000
    in_the_last_hour = 23 in (before.hour, datetime.now(UTC).hour)
    unwanted = FOR_A_SHEET - ({"zoneinfo", "sysconfig"} if in_the_last_hour else set())
    if format_ == "html":
        unwanted |= {"typst"}
    assert loaded(modules, unwanted) == []


@pytest.mark.pty
def test_a_walk_on_a_real_terminal_loads_no_more(tmp_path: Path) -> None:
    import pexpect

    report = tmp_path / "report"
    environment = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    walk = pexpect.spawn(
        sys.executable,
        ["-c", PROBE, str(report), "walk", "threatened"],
        env=environment | {"TERM": "xterm-256color"},
        encoding="utf-8",
        dimensions=(24, 80),
        timeout=30,
    )
    walk.expect("Any.other.key.goes.on")
    walk.send(" ")
    walk.expect("Someone is threatening me")
    walk.send("x")
    walk.expect(pexpect.EOF)
    walk.close()
    assert walk.exitstatus == 0
    modules = frozenset(report.read_text(encoding="utf-8").split())
    assert "fingerpost.terminal.io.screen_ui" in modules
    assert loaded(modules, FOR_A_QUESTION) == []


def test_an_early_import_is_seen(tmp_path: Path) -> None:
    """The guard itself: a run that loads one of them is caught, by its own name or a part's."""
    assert loaded(frozenset({"json.decoder", "os"}), FOR_VERSION) == ["json"]
    modules = first_question(tmp_path / "report", "threatened")
    assert loaded(modules, FOR_VERSION) != []
