"""The library that ships: read whole, held to every check, and without a mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from fingerpost.checks import runner
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.model.diagnostics import Diagnostic, Severity
from fingerpost.model.library import Library
from fingerpost.model.text_index import PassageKind, passages
from fingerpost.model.tree import Outcome
from fingerpost.page import visibility
from fingerpost.reading.loader import Reading
from fingerpost.walk.autoplay import case_steps

from ..support.checking import found_beside_paths
from ..support.shipped import whole_reading

SAFETY_CASE = Path(__file__).parents[2] / "docs" / "safety-case.md"
_DAY = re.search(r"proofs made on (.+)$", SAFETY_CASE.read_text("utf-8"), re.M)
assert _DAY is not None
NOW = ("--now", f"{datetime.strptime(_DAY[1], '%d %B %Y'):%Y-%m-%d}")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return whole_reading()


def test_the_shipped_library_has_no_mistakes(reading: Reading) -> None:
    """No warnings either, and nothing that a check of its texts and cases can see. That nothing is
    wrong on any path takes a minute to prove: it comes next, in the slow tests."""
    assert reading.mistakes == ()
    assert told(found_beside_paths(reading.library)) == []


def told(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [each for each in found if each.severity is not Severity.NOTICE]


@pytest.fixture(scope="module")
def checked_once() -> Iterator[None]:
    """What the command finds in what it has read, kept for whoever asks it again of that day."""
    check, kept = runner.check, dict[date, runner.Checked]()

    def once(reading: Reading, today: date, shipped: Library | None = None) -> runner.Checked:
        if today not in kept:
            kept[today] = check(reading, today, shipped)
        return kept[today]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runner, "check", once)
        yield


@pytest.mark.slow
@pytest.mark.usefixtures("checked_once")
def test_the_command_that_checks_it_agrees(
    reading: Reading, capsys: pytest.CaptureFixture[str]
) -> None:
    """How many notices of a kind it may give, tests/test_budgets.py says."""
    assert main(["check", "--strict", "--notices", *NOW]) == 0
    said, complaint = capsys.readouterr()
    assert complaint == ""
    assert {*re.findall(r": notice (FP\d+)", said)} == {"FP403", "FP408", "FP417", "FP418"}
    assert f"{len(reading.library.every_rule)} rules proved on every path.\n" in said
    read = f"{len(reading.texts)} files of what comes with fingerpost read"
    assert re.fullmatch(rf"{read}: \d+ notices in \d+ files", said.splitlines()[-1])


@pytest.mark.slow
@pytest.mark.usefixtures("checked_once")
def test_the_safety_case_in_the_docs_is_as_things_stand(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """After a change of a tree, a rule, a route or a hazard: make it again, and read what has
    changed in it."""
    command = ["safety-case", "-o", "-", "--format", "md", *NOW]
    assert main(command) == Exit.DONE
    told = f"make it again: fingerpost {' '.join(command)} > docs/safety-case.md"
    assert capsys.readouterr().out == SAFETY_CASE.read_text("utf-8"), told


def test_every_ending_and_every_service_stands_in_a_made_up_case(reading: Reading) -> None:
    """An ending in shared words may be reached from one tree: proofs look at each on its way."""
    library = reading.library
    walks = [w for case in library.cases.values() for w in case_steps(library, case)]
    ended = [(w, w.here) for w in walks if isinstance(w.here, Outcome)]
    met = {here.title.span for _, here in ended}
    every = [ending for tree in library.trees.values() for ending in tree.outcomes.values()]
    assert {ending.name for ending in every if ending.title.span not in met} == set()
    offered = {
        route.name
        for walk, here in ended
        for each in visibility.served(library, here, walk.facts)
        for route in each.routes
    }
    called = {need.need for shows in library.shows for need in shows.needs}
    assert {r.name for r in library.routes.values() if called & {*r.serves}} <= offered


def test_the_place_of_every_field_of_a_route_is_known(reading: Reading) -> None:
    for route in reading.library.routes.values():
        assert len(route.spans) == len(list(route.spans)) > 0
        assert all(route.spans[field].line >= route.span.line for field in route.spans)


_TWICE = re.compile(r"\b(\w+)[ \n]+\1\b", re.IGNORECASE)


def test_what_may_be_printed_sends_nobody_back_to_a_screen(reading: Reading) -> None:
    """On paper there is no first question to go back to: a line says to start again, or is for a
    screen alone."""
    back = re.compile(
        r"\bgo back (?:to the (?:first question|start)\b|and (?:say so|choose))", re.I
    )
    library = reading.library
    lines = [
        *library.advice.values(),
        *(line for entry in library.always for line in entry.advice),
        *(e for t in library.trees.values() for o in t.outcomes.values() for e in o.advice),
    ]
    worse = [o.worse for t in library.trees.values() for o in t.outcomes.values() if o.worse]
    printed = [*(line.say for line in lines), *worse]
    sent = {text for each in printed for text in each.texts if back.search(text)}
    assert len(printed) > 1000
    assert sent == set()


def said_twice(text: str) -> list[str]:
    """Words that stand twice in a row, as a slip of the hand leaves them."""
    return [found[1] for found in _TWICE.finditer(text) if found[1].lower() not in ("that", "had")]


def test_no_word_stands_twice_in_a_row(reading: Reading) -> None:
    assert said_twice("It is not for for Scotland.") == ["for"]
    assert said_twice("He says that that had had an end. No. No, not now.") == []
    told = [*passages(reading.library)]
    slips = {
        (passage.name, text)
        for passage in told
        if passage.place is not PassageKind.CASE
        for said in passage.said
        for text in said.sentence.texts
        if said_twice(text)
    }
    assert slips == set()
