"""With a local file the lead's name and number stand in the step that names the lead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fingerpost.model.library import Library
from fingerpost.model.tree import Outcome
from fingerpost.page.page import Page, page
from fingerpost.reading.loader import load, shipped
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


def test_so_does_the_worker_beside_a_young_person(library: Library) -> None:
    shown = [each for each in pages(library, "young-person") if each.worker]
    assert any(SAM in line.text for each in shown for line in each.worker)


def test_without_one_the_step_names_the_lead_alone() -> None:
    library = load([shipped()], whole=True).library
    said = [line.text for each in pages(library, "staff") for line in each.instructions]
    assert any("your safeguarding lead" in text for text in said)
    assert not any("safeguarding lead (" in text for text in said)
