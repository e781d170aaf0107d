"""With a local file the lead's name and number stand in the step that names the lead."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from fingerpost.model.library import Library
from fingerpost.model.tree import Outcome
from fingerpost.page.london_time import london
from fingerpost.page.opening_hours import BankHolidays, Clock
from fingerpost.page.page import Page, page
from fingerpost.page.page_text import first_screen
from fingerpost.reading.loader import load, shipped
from fingerpost.rehearsal.debrief import take_home
from fingerpost.rehearsal.handout import script
from fingerpost.sheets.formats.text import text
from fingerpost.walk.autoplay import play_case

SAM = "Sam Jones, our safeguarding lead (029 2018 0000)"
LOCAL = """
routes:
  safeguarding-lead: {name: "Sam Jones, our safeguarding lead", phone: "029 2018 0000"}
"""
TELLS = re.compile(r"\b(?:Tell|Ring) (?:your|the) (?:safeguarding )?lead\b")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    place: Path = tmp_path_factory.mktemp("own") / "local.yaml"
    place.write_text(LOCAL, encoding="utf-8")
    return load([shipped()], local_file=place, whole=True).library


def pages(library: Library, teller: str) -> list[Page]:
    found: list[Page] = []
    for case in library.cases.values():
        given = library.trees[case.tree].given
        if {**case.answers, **given}.get("teller") == frozenset({teller}):
            walk = play_case(library, case)
            assert isinstance(walk.here, Outcome)
            found.append(page(library, walk.tree, walk.here, walk.facts))
    return found


def test_a_worker_reads_whom_to_ring(library: Library) -> None:
    """On every page of a case that tells a worker to tell their lead."""
    named = 0
    for shown in pages(library, "staff"):
        said = [line.text for line in shown.instructions]
        named += any(SAM in text for text in said)
        if any(TELLS.search(text) for text in said):
            assert any(SAM in text for text in said), f"{shown.tree}/{shown.outcome}"
    assert named > 100


def test_at_night_the_step_says_when_its_number_is_answered(tmp_path: Path) -> None:
    place = tmp_path / "local.yaml"
    place.write_text(LOCAL.replace('0000"}', '0000", hours: {phone: "Mo-Fr 09:00-17:00"}}'))
    library = load([shipped()], ("staff-disclosure",), local_file=place, whole=True).library
    case = next(c for c in library.cases.values() if c.tree == "staff-disclosure")
    walk = play_case(library, case)
    assert isinstance(walk.here, Outcome)
    weekdays = SAM.replace(")", "; Monday to Friday, 9am to 5pm)")
    for hour, told in ((20, "opens at 9am tomorrow"), (10, "")):
        clock = Clock(datetime(2026, 12, 1, hour, tzinfo=london()), BankHolidays.load())
        shown = page(library, walk.tree, walk.here, walk.facts, clock)
        step, *_ = [line for line in shown.steps if weekdays in line.text]
        way, *_ = step.ways
        assert (way.uri, way.says) == ("tel:02920180000", told or way.says)
        below, *_ = [b[-1].text for b in first_screen(shown) if weekdays in b[0].text]
        assert below == (told or step.text)


def test_without_one_the_step_names_the_lead_alone() -> None:
    library = load([shipped()], whole=True).library
    said = [line.text for each in pages(library, "staff") for line in each.instructions]
    assert any("your safeguarding lead" in text for text in said)
    assert not any("safeguarding lead (" in text for text in said)


# The council's number, on the pages of danger


COUNCIL = """
routes:
  childrens-services: {phone: "029 2018 0001", hours: {phone: "Mo-Fr 09:00-17:00"}}
"""


@pytest.mark.parametrize("nation", ["", "nation: wales"])
@pytest.mark.parametrize("teller", ["staff", "parent"])
def test_a_number_for_the_day_never_stands_as_that_of_the_night_team(
    tmp_path: Path, nation: str, teller: str
) -> None:
    """In danger it stands in a step of theirs, by day, with its hours and who answers after."""
    place = tmp_path / "local.yaml"
    place.write_text(nation + COUNCIL, encoding="utf-8")
    library = load([shipped()], ("my-child", "threatened"), local_file=place).library
    known = {"nation": frozenset({library.nation})} if library.nation else {}
    facts = {"teller": frozenset({teller}), "danger": frozenset({"missing"}), **known}
    tree = library.trees["threatened"]
    shown = page(library, tree, tree.outcomes["danger-missing"], facts)
    [council] = [c for c in shown.contacts if c.route in SOCIAL_WORKERS]
    assert council.route == SOCIAL_WORKERS[bool(nation)]
    assert ([way.channel for way in council.ways], council.local) == (["web"], False)
    assert "By day, ring children's services at the council (029 2018 0001; " in council.steps[0]
    assert "; when shut, the police on 101). At night or weekends" in council.steps[0]


NIGHT = """
  out-of-hours-social-work:
    phone: "02920180003"
    hours: {phone: "Mo 00:00-09:00,17:00-09:00; Tu-Fr 17:00-09:00; Sa,Su,PH 00:00-24:00"}
"""


@pytest.mark.parametrize(("night", "shut"), [("", ""), (NIGHT, "; when shut, 029 2018 0003")])
def test_a_step_that_rings_childrens_services_has_their_number(
    tmp_path: Path, night: str, shut: str
) -> None:
    """With its hours and who answers after them, unless the step names the police; and who is not
    one of theirs, such as in Northern Ireland, has none."""
    place = tmp_path / "local.yaml"
    place.write_text(COUNCIL + night, encoding="utf-8")
    library = load([shipped()], ("staff-disclosure",), local_file=place).library
    outcome = library.trees["staff-disclosure"].outcomes["told-of-harm"]
    number = f"children's services (029 2018 0001; Monday to Friday, 9am to 5pm{shut})"
    for nation, told in (("wales", True), ("northern-ireland", False)):
        known = {"teller": "staff", "age": "13-15", "nation": nation, "suspect": "not-sure"}
        facts = {fact: frozenset({value}) for fact, value in known.items()}
        shown = page(library, library.trees["staff-disclosure"], outcome, facts)
        [step] = [line for line in shown.instructions if "who rings children's" in line.text]
        assert (number in step.text, bool(step.ways)) == (told, told or bool(step.ways))


SOCIAL_WORKERS = ("social-workers-by-nation", "out-of-hours-social-work")


@pytest.mark.parametrize("teller", ["staff", "parent"])
@pytest.mark.parametrize("danger", ["hurt", "suicide", "person", "missing", "not-sure"])
def test_in_danger_the_team_for_the_day_stands_before_that_for_nights(
    danger: str, teller: str
) -> None:
    """In Northern Ireland, where each has numbers of its own. Nobody has said an age there yet."""
    library = load([shipped()], ("threatened",)).library
    told = {"teller": teller, "nation": "northern-ireland", "danger": danger}
    facts = {fact: frozenset({value}) for fact, value in told.items()}
    tree = library.trees["threatened"]
    outcome = tree.outcomes[f"danger-{'other' if danger == 'not-sure' else danger}"]
    by_day_and_by_night = ["gateway-ni", "regional-emergency-social-work"]

    def teams(**more: str) -> list[str]:
        known = {**facts, **{fact: frozenset({value}) for fact, value in more.items()}}
        shown = page(library, tree, outcome, known).contacts
        return [each.route for each in shown if each.route in by_day_and_by_night]

    assert teams() == by_day_and_by_night
    assert teams(age="19-or-over") == []


def test_a_trainer_and_a_room_have_the_lead_without_writing_it_down(library: Library) -> None:
    case = library.cases["she-made-me-promise"]
    for paper in (script, take_home):
        written = " ".join(text(paper(library, [case])).split())
        assert "Sam Jones, our safeguarding lead" in written
        assert "029 2018 0000" in written
        assert "ur lead: ..." not in written
        assert "Our lead and deputy" not in written
