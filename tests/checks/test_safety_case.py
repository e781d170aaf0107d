"""The first page of a safety case: what is approved, and the hazards by their risk."""

from __future__ import annotations

import re
from pathlib import Path

from fingerpost import __version__
from fingerpost.checks.reports.safety_case import Proved, safety_case
from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Span
from fingerpost.model.library import Library
from fingerpost.model.sentence import Sentence
from fingerpost.model.tree import HOW_BAD, HOW_LIKELY, Accepted, Hazard
from fingerpost.sheets.document import Document, Paragraph, Table

from ..approval.library import DAY, signed, sound, written


def case(library: Library, *hazards: Hazard) -> Document:
    return safety_case(Proved(replace(library, hazards=hazards), {}, DAY, __version__))


def first(paper: Document) -> str:
    return next(part.text for part in paper.blocks if isinstance(part, Paragraph))


def test_it_says_first_how_many_pages_are_approved_as_they_stand(tmp_path: Path) -> None:
    folder = written(tmp_path)
    told = "{} of {} pages and {} of 2 decision trees are approved by a safeguarding professional."
    library = sound(folder)
    all_pages = sum(len(tree.outcomes) for tree in library.trees.values())
    assert first(case(library)) == told.format(0, all_pages, 0)

    signed(folder)
    assert first(case(sound(folder))) == told.format(all_pages, all_pages, 2)

    tree = folder / "two.yaml"
    tree.write_text(tree.read_text("utf-8").replace("open: ", "open: Oh. ", 1), encoding="utf-8")
    assert first(case(sound(folder))) == told.format(all_pages - 1, all_pages, 1)


def hazard(how_bad: str, how_likely: str) -> Hazard:
    said = Sentence("It harms.", span=Span("hazards.yaml", 1, 1, 1, 2))
    return Hazard(f"{how_bad}-{how_likely}", said, how_bad, how_likely, said, said, span=said.span)


def test_a_hazard_is_accepted_only_as_long_as_it_says_the_same(tmp_path: Path) -> None:
    library, said = sound(written(tmp_path)), hazard("death", "often")
    letters = re.findall(r"\((\w{8})\)", str(case(library, said).blocks))
    given = replace(said, accepted=Accepted(DAY, "Jo Field", *letters))
    assert "1 of 1 are accepted" in str(case(library, given).blocks)
    changed = str(case(library, replace(given, how_likely="hardly")).blocks)
    assert "0 of 1 are accepted" in changed
    assert f"Changed since it was accepted by Jo Field, {DAY}" in changed


def test_the_greatest_risk_is_first_and_of_two_alike_the_worse(tmp_path: Path) -> None:
    every = [hazard(bad, likely) for likely in reversed(HOW_LIKELY) for bad in reversed(HOW_BAD)]
    paper = case(sound(written(tmp_path)), *every)
    [table] = [part for part in paper.blocks if isinstance(part, Table)]
    assert [f"{bad} {likely}" for _, _, bad, likely, *_ in table.rows] == [
        *("death often", "death sometimes", "lasting often"),
        *("death seldom", "lasting sometimes", "serious often"),
        *("death hardly", "lasting seldom", "serious sometimes", "minor often"),
        *("lasting hardly", "serious seldom", "minor sometimes"),
        *("serious hardly", "minor seldom", "minor hardly"),
    ]
