"""What is loaded before the first question. Someone is waiting beside the laptop.

Time depends on the machine, and is measured in ``benchmarks/start_up.py``. What gets imported
does not, and decides most of it: so that is what is held here.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fingerpost.reading import compiled

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
    {"fingerpost.page.approval", "fingerpost.reading.files.approvals", "fingerpost.approval"}
)
FOR_A_QUESTION = SLOW_EVERYWHERE | {"secrets", "rich.markdown", "rich.traceback", "zoneinfo"}
FOR_A_QUESTION |= FOR_THE_APPROVED
if compiled.read(None, None):  # in what is installed; a checkout has YAML only
    FOR_A_QUESTION |= {"yaml", "fingerpost.reading.loader", "fingerpost.reading.files"}

FOR_A_SHEET = frozenset(
    {
        *("phonenumbers", "asyncio", "rich", "hashlib", "json", "zoneinfo", "sysconfig"),
        *(
            *FOR_THE_APPROVED,
            "fingerpost.sheets.discretion",
            "fingerpost.terminal.views.walk_screens",
            "fingerpost.page.text_layout",
        ),
    }
)
"""Time zones are left out for 23 hours of the day. See ``hours.london_day``."""

ANSWERS = (
    "teller=young-person danger=none age=13-15 nation=wales threat=money suicide=no also=picture"
)


def reported(program: str, report: Path, *arguments: str, status: int) -> str:
    """What a program writes down of a run of fingerpost that has nothing on its input."""
    ran = subprocess.run(
        [sys.executable, "-c", program, str(report), *arguments],
        stdin=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if "COVERAGE" not in name},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ran.returncode == status, ran.stderr
    return report.read_text(encoding="utf-8")


def imported(report: Path, *arguments: str, status: int) -> frozenset[str]:
    """The modules that a run of the program has imported by its end."""
    return frozenset(reported(PROBE, report, *arguments, status=status).split())


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
