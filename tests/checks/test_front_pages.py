"""Front pages of sites for many things. What is found of them is in the transcripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from fingerpost.checks.content import contacts
from fingerpost.page.contact import contact
from fingerpost.reading import loader

from ..support.checking import found_by

WHOLE = loader.load([loader.shipped()], whole=True).library


def test_a_lead_may_add_a_site(tmp_path: Path) -> None:
    (tmp_path / "front-pages.yaml").write_text("many-purposes: giveusashout.org", "utf-8")
    library = loader.load([loader.shipped(), tmp_path], whole=True).library
    [mistake] = found_by(contacts, library, only="FP157")
    assert "route shout" in mistake.message


@pytest.mark.parametrize("name", ["childrens-services", "out-of-hours-social-work"])
def test_social_workers_have_the_page_of_their_nation(name: str) -> None:
    def web(nation: str | None) -> list[str]:
        found = contact(WHOLE, WHOLE.routes[name], "staff", nation, None)
        return [way.address for way in found.ways]

    of_govuk = ["https://www.gov.uk/report-child-abuse-to-local-council"]
    assert web("england") == web("wales") == web("not-sure") == web(None) == of_govuk
    assert web("scotland") == ["https://www.mygov.scot/report-child-abuse"]
