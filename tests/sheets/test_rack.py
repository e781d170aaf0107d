"""A leaflet of the rack is right for whoever takes it, and is taken in at once on a side of A5."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from pdfua import validate

from fingerpost.model.base import replace
from fingerpost.model.facts import NATIONS
from fingerpost.sheets.document import Address, Block, Box, Document, Paragraph, Scans, Steps, lead
from fingerpost.sheets.formats.html import html
from fingerpost.sheets.formats.pdf import PdfRenderer
from fingerpost.sheets.leaflet_index import Section
from fingerpost.sheets.rack import MOST_STEPS, READERS, Rack
from fingerpost.sheets.rack import rack as make_rack

from ..support.shipped import whole_library

LIBRARY = whole_library()
TODAY = date(2026, 11, 25)
A5_TWICE = (842, 595)
EVERYWHERE = (None, *NATIONS)


@cache
def rack(nation: str | None = None, name: str = "") -> Mapping[str, Document]:
    """The leaflets of what ships, by their file names."""
    return index_of(nation, name).papers()


@cache
def index_of(nation: str | None = None, name: str = "") -> Section:
    return make_rack(LIBRARY, tuple(LIBRARY.trees), Rack(TODAY, nation, name))


@cache
def press() -> PdfRenderer:
    return PdfRenderer()


def only(document: Document, kind: type[Block]) -> list[Block]:
    return [block for block in document.blocks if isinstance(block, kind)]


def steps(document: Document) -> tuple[str, ...]:
    [found] = only(document, Steps)
    assert isinstance(found, Steps)
    return found.lines


def scans(document: Document) -> list[Address]:
    return [c for block in document.blocks if isinstance(block, Scans) for c in block.codes]


def codes(document: Document) -> list[str]:
    return [code.label for code in scans(document)]


def boxes(document: Document) -> list[Box]:
    return [block for block in document.blocks if isinstance(block, Box)]


def words(document: Document) -> str:
    return html(document).partition("</style>")[2]


# --- which there are -----------------------------------------------------------------------------


def test_there_is_one_for_each_tree_and_reader() -> None:
    """But for workers, who have sheets; and for those of whom nobody can tell whether to stop being
    tracked would be safe, the leaflet about a partner who controls them is the right one."""
    found = set(rack())
    for reader in READERS:
        own = {name.removesuffix(f"-{reader}") for name in found if name.endswith(f"-{reader}")}
        missing = LIBRARY.trees.keys() - own
        others = {"my-child"} if reader == "young-person" else set()
        assert missing == {"privacy-checkup", "staff-disclosure"} | others
    assert len(found) == 31


# --- what stands on it ---------------------------------------------------------------------------


@pytest.mark.parametrize("nation", EVERYWHERE)
def test_it_has_one_number_and_two_codes_and_few_steps(nation: str | None) -> None:
    for name, leaflet in rack(nation).items():
        [ring] = boxes(leaflet)
        kinds = [way.uri[:4] for way in ring.addresses]
        young = name.endswith("young-person")
        assert kinds[: 1 + young] == (["tel:", "sms:"] if young else ["tel:"]), name
        assert not young or ring.addresses[1].text == "Text SHOUT to 85258", name
        assert len(kinds) <= 3, name
        # Nobody is left with a line alone that may be shut tonight.
        assert any("Any time, day or night." in way.note for way in ring.addresses), name
        assert len(codes(leaflet)) == 2, name
        assert 2 <= len(steps(leaflet)) <= MOST_STEPS, name


@pytest.mark.parametrize("nation", EVERYWHERE)
def test_the_leaflet_about_threats_is_for_blackmail_too(nation: str | None) -> None:
    """A line against abuse at home is for those alone who say that it is a partner."""
    leaflet = rack(nation)["threatened-young-person"]
    assert "blackmailing" in leaflet.title
    [ring] = boxes(leaflet)
    assert codes(leaflet) == [
        "Getting a picture taken down",
        "Reporting blackmail, grooming or abuse",
    ]
    assert not any("Abuse" in way.label or "Live Fear Free" in way.label for way in ring.addresses)


def test_a_young_person_rings_childline_and_a_parent_the_line_for_parents_or_for_suicide() -> None:
    """The one for suicide that nobody has confirmed at night is below one that is open then."""
    for name, leaflet in rack().items():
        first, second, *_ = boxes(leaflet)[0].addresses
        is_crisis = name.endswith("parent") and name.startswith(("not-c", "worried"))
        parents = "116 123" if is_crisis else "0808 800 5000"
        wanted = "0800 1111" if name.endswith("young-person") else parents
        assert first.text == wanted, name
        assert not is_crisis or second.text == "0800 068 4141", name


def test_a_number_beside_a_code_says_that_its_hours_are_not_confirmed() -> None:
    [code] = [c for c in scans(rack()["not-coping-young-person"]) if "0800 068 4141" in c.text]
    assert code.text.endswith("any time, day or night, not confirmed")


def test_a_child_to_whom_something_was_done_reads_first_that_it_is_not_their_fault() -> None:
    """All but leaflets on what a child did, joins or sees a friend in."""
    others = ("i-did-something", "extremism", "worried-about-a-friend")
    for name, leaflet in rack().items():
        if name.endswith("young-person") and not name.startswith(others):
            first = next(block for block in leaflet.blocks if isinstance(block, Paragraph))
            assert re.search("not your fault|never your fault", first.text), name


def test_in_wales_the_welsh_line_stands_beside_it() -> None:
    for name, leaflet in rack("wales").items():
        labels = {way.label for way in boxes(leaflet)[0].addresses}
        assert labels & {"Meic (helpline for Wales)", "NHS 111 Wales (mental health)"}, name
    assert not any("080880 23456" in words(leaflet) for leaflet in rack("scotland").values())
    local = replace(LIBRARY, nation="wales")
    assert (
        make_rack(local, ("hate",), Rack(TODAY, "wales")).papers().items() <= rack("wales").items()
    )


def test_nothing_on_it_means_something_only_on_a_screen() -> None:
    lines = [line for leaflet in rack().values() for line in steps(leaflet)]
    assert not [line for line in lines if "choose" in line or "Go back" in line]


def test_no_step_says_who_it_is_or_that_home_is_safe() -> None:
    """“Is home safe for you? Then tell mum or dad” may stand there, as it asks."""
    for name, leaflet in rack().items():
        if name.endswith("young-person"):
            for line in steps(leaflet):
                told = line.startswith(("Tell a grown-up today who is safe", "Is home safe"))
                assert told or "mum or dad" not in line, (name, line)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Don't pay. Paying makes them ask for more.", "Don't pay."),
        ('Say: "I am here." Then listen.', "Say:"),
        ('Just say "I\'m not OK." Then wait.', 'Just say "I\'m not OK."'),
        ("Ring a line", "Ring a line"),
        ("", ""),
    ],
)
def test_the_first_sentence_leads(text: str, first: str) -> None:
    assert lead(text) == (first, text[len(first) :])


# --- on paper ------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("nation", EVERYWHERE)
def test_each_is_one_accessible_side(nation: str | None) -> None:
    for name, leaflet in rack(nation, "A Club with a Long Name, in a Long Street").items():
        data = press().print(leaflet)
        with pikepdf.open(io.BytesIO(data)) as file:
            [side] = file.pages
            assert [round(float(x)) for x in side.mediabox[2:]] == [*A5_TWICE], name


def test_it_keeps_to_the_standard(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.pdf"
    for name in ("threatened-young-person", "my-child-parent"):
        path.write_bytes(press().print(rack("wales")[name]))
        assert validate(str(path)).findings == ()
