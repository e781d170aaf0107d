"""The summary of a safety case: what is approved, and the hazards by their risk."""

from __future__ import annotations

from pathlib import Path

from fingerpost import __version__
from fingerpost.checks.reports.safety_case import Proved, safety_case
from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Span
from fingerpost.model.library import Library
from fingerpost.model.sentence import Sentence
from fingerpost.model.tree import HOW_BAD, HOW_LIKELY, Accepted, Hazard
from fingerpost.page.london_time import date_of_year
from fingerpost.sheets.document import Blank, Break, Document, Paragraph, Points, Table

from ..approval.library import DAY, signed, sound, written


def case(library: Library, *hazards: Hazard) -> Document:
    return safety_case(Proved(replace(library, hazards=hazards), {}, DAY, __version__))


def front(paper: Document) -> str:
    """What stands above the hazards."""
    first = paper.blocks[: paper.blocks.index(Break())]
    assert isinstance(first[-1], Blank), "the first page is the one to sign"
    parts = [part for part in first if isinstance(part, Paragraph | Points)]
    return " ".join([parts[0].text, *parts[2].lines])


def letters(paper: Document) -> str:
    """The letters by which the only hazard is accepted."""
    last = paper.blocks[-1]
    assert isinstance(last, Paragraph)
    return last.text.removeprefix("1 ")


def test_it_says_first_what_is_missing_until_it_is_fit_for_use(tmp_path: Path) -> None:
    folder, said, unfit = written(tmp_path), hazard("death", "often"), "Not fit for use with young"
    counted = "{} of {} pages and {} of 2 decision trees are approved."
    library = sound(folder)
    pages = sum(len(tree.outcomes) for tree in library.trees.values())
    told = front(case(library, said))
    assert told.startswith(f"{unfit} people until a safeguarding professional approves each page")
    assert counted.format(0, pages, 0) in told
    signed(folder)
    told = front(case(sound(folder), said))
    assert told.startswith(f"{unfit} people until each hazard is accepted.")
    assert counted.format(pages, pages, 2) in told
    given = replace(said, accepted=Accepted(DAY, "Jo Field", letters(case(library, said))))
    assert unfit not in front(case(sound(folder), given))
    tree = folder / "two.yaml"
    tree.write_text(tree.read_text("utf-8").replace("open: ", "open: Oh. ", 1), encoding="utf-8")
    assert counted.format(pages - 1, pages, 1) in front(case(sound(folder), given))


def hazard(how_bad: str, how_likely: str) -> Hazard:
    said = Sentence("It harms.", span=Span("hazards.yaml", 1, 1, 1, 2))
    return Hazard(f"{how_bad}-{how_likely}", said, how_bad, how_likely, said, said, span=said.span)


def test_a_hazard_is_accepted_only_as_long_as_it_says_the_same(tmp_path: Path) -> None:
    library, said = sound(written(tmp_path)), hazard("death", "often")
    given = replace(said, accepted=Accepted(DAY, "Jo Field", letters(case(library, said))))
    assert "1 of 1 hazards are accepted" in str(case(library, given).blocks)
    changed = str(case(library, replace(given, how_likely="hardly")).blocks)
    assert "0 of 1 hazards are accepted" in changed
    assert f"Changed since it was accepted by Jo Field, {date_of_year(DAY)}." in changed


def test_the_greatest_risk_is_first_and_of_two_alike_the_worse(tmp_path: Path) -> None:
    every = [hazard(bad, likely) for likely in reversed(HOW_LIKELY) for bad in reversed(HOW_BAD)]
    paper = case(sound(written(tmp_path)), *every)
    table = next(x for x in paper.blocks if isinstance(x, Table) and x.head[0] == "Hazard")
    assert [f"{bad} {likely}" for _, _, bad, likely, _ in table.rows] == [
        *("death often", "death sometimes", "lasting often"),
        *("death seldom", "lasting sometimes", "serious often"),
        *("death hardly", "lasting seldom", "serious sometimes", "minor often"),
        *("lasting hardly", "serious seldom", "minor sometimes"),
        *("serious hardly", "minor seldom", "minor hardly"),
    ]
