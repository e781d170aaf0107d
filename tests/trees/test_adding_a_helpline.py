"""To add a helpline is to write one entry in a file of routes, its facts, and the review anew.

A new helpline is added to a copy of what ships. Everything that concerns readers follows from its
entry alone; ``test_services.py`` asks for the row of facts, and ``test_manual_review.py`` for the
review of the day.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from fingerpost.checks.runner import check
from fingerpost.cli.main import main
from fingerpost.model.diagnostics import Severity
from fingerpost.model.facts import NATIONS, NOT_SURE, TELLERS, Facts
from fingerpost.model.route import Contract
from fingerpost.page import visibility
from fingerpost.reading.loader import Reading, load, shipped

ROOT = Path(__file__).parents[2]
FILE = "routes/wales.yaml"
TOUCHED = (f"trees/{FILE}", "tests/facts/services.yaml", "docs/review.md")
"""The files that a real addition touches, as the architecture says."""

NAME, NEED = "night-harbour", "crisis-support"
ENTRY = f"""
  {NAME}:
    name: Night Harbour
    serves: [{NEED}]
    contract: {{ages: [16-17, "18"], nations: [wales], tellers: [young-person]}}
    when: {{age: [16-17, "18"], teller: young-person}}
    who: People of 16 to 18 in Wales who feel that they cannot go on.
    phone: "0808 80 10 800"
    web: https://www.example.org/night-harbour
    hours: {{phone: "24/7"}}
    cost: Free.
    source: {{url: "https://www.example.org/night-harbour", seen: 2026-11}}
    confidence: high
"""

AGES = ("under-13", "13-15", "16-17", "18", "19-or-over")
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ships, with one more entry at the end of one file."""
    folder = Path(shutil.copytree(shipped(), tmp_path_factory.mktemp("new") / "trees"))
    file = folder / FILE
    file.write_text(file.read_text("utf-8") + ENTRY, "utf-8")
    return folder


@pytest.fixture(scope="module")
def reading(copied: Path) -> Reading:
    return load([copied], whole=True)


def everyone() -> Iterator[Facts]:
    """Readers by all that a contract speaks of; each fact may also be unknown."""
    for known in product((*AGES, NOT_SURE, ""), (*NATIONS, NOT_SURE, ""), (*TELLERS, "")):
        told = zip(("age", "nation", "teller"), known, strict=True)
        yield {fact: frozenset({value}) for fact, value in told if value}


def serves(contract: Contract, facts: Facts) -> bool:
    """Whether a contract serves a reader; what is not known counts as not sure."""
    terms = {"age": contract.ages, "nation": contract.nations, "teller": contract.tellers}
    unknown = frozenset({NOT_SURE})
    return all(facts.get(fact, unknown) <= served for fact, served in terms.items())


def test_it_is_read_without_a_mistake(reading: Reading) -> None:
    assert reading.mistakes == ()
    route = reading.library.routes[NAME]
    assert (route.serves, route.contract is not None) == ((NEED,), True)


@pytest.mark.slow
def test_check_finds_nothing_that_is_wrong_with_it(reading: Reading) -> None:
    found = check(reading, TODAY).mistakes
    assert [each for each in found if each.severity is not Severity.NOTICE] == []


def test_the_directory_finds_it(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--trees", str(copied), "--only", "--format", "json"]
    assert main(["routes", "night", "harbour", *options]) == 0
    assert [each["route"] for each in json.loads(capsys.readouterr().out)["routes"]] == [NAME]


def test_endings_show_it_to_those_whom_it_serves_and_to_nobody_else(reading: Reading) -> None:
    library = reading.library
    contract = library.routes[NAME].contract
    assert contract is not None
    shown = 0
    for ending in library.trees["not-coping"].outcomes.values():
        for facts in everyone():
            needs = visibility.needs(library, ending, facts)
            served = visibility.served(library, ending, facts)
            names = {route.name for each in served for route in each.routes}
            wanted = NEED in needs and serves(contract, facts)
            assert (NAME in names) == wanted, (ending.name, facts)
            shown += wanted
    assert shown > 0


def test_no_other_file_is_touched_than_the_architecture_says(copied: Path) -> None:
    """The row names the files, and all of what ships is as it was but for one."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    touch = page.split("\n## What to touch\n")[1].split("\n## ")[0]
    [row] = re.findall(r"^\| a helpline \|.*$", touch, re.MULTILINE)
    named = re.findall(r"`((?:trees|tests/facts)/[^`]*)`|\]\(([^)]+)\)", row)
    files = [path or f"docs/{link}" for path, link in named]
    assert [Path(FILE).parent.as_posix() in files[0], *files[1:]] == [True, *TOUCHED[1:]]
    # The trees stand in the package where the wheel is tested.
    for file in (*files, *TOUCHED):
        assert ((shipped().parent if file.startswith("trees/") else ROOT) / file).exists()

    before = {f.relative_to(shipped()): f.read_bytes() for f in shipped().rglob("*.yaml")}
    after = {f.relative_to(copied): f.read_bytes() for f in copied.rglob("*.yaml")}
    assert [str(f) for f in after if after[f] != before.get(f)] == [FILE]
