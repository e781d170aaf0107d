"""FP157: a route or a source that leads to the front page of a site for many things."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from fingerpost.checks.content import front_pages
from fingerpost.model.base import replace
from fingerpost.model.library import FrontPages, Library
from fingerpost.page.page import contact
from fingerpost.reading import loader

from ..support.checking import found_by

find = partial(found_by, front_pages)
WHOLE = loader.load([loader.shipped()], whole=True).library
SITES = (FrontPages(frozenset({"gov.uk"}), frozenset({"one.gov.uk"})),)


def with_web(link: str) -> Library:
    route = replace(WHOLE.routes["childrens-services"], web=link, web_by_nation={})
    return replace(WHOLE, routes={route.name: route}, front_pages=SITES)


@pytest.mark.parametrize(
    "link",
    [
        "https://www.gov.uk",
        "https://gov.uk/",
        "https://x.gov.uk/#top",
        "https://www.gov.uk?from=leaflet",
        "https://www.gov.uk/index.html",
        "https://www.gov.uk/en/home/",
    ],
)
def test_the_front_page_of_a_site_for_many_things_is_no_address(link: str) -> None:
    [mistake] = find(with_web(link))
    assert link in mistake.message


@pytest.mark.parametrize(
    "link",
    [
        "https://www.gov.uk/report",
        "https://www.gov.uk/home/report",
        "https://one.gov.uk",
        "https://giveusashout.org",
        "https://agov.uk",
    ],
)
def test_a_page_and_the_front_page_of_one_service_are(link: str) -> None:
    assert find(with_web(link)) == ()


def test_the_front_page_of_an_app_is_no_way_to_report() -> None:
    route = replace(WHOLE.routes["instagram"], web="https://www.instagram.com/")
    [mistake] = find(replace(WHOLE, routes={**WHOLE.routes, route.name: route}))
    assert "route instagram" in mistake.message


def test_a_nation_and_a_source_have_pages_too() -> None:
    route = WHOLE.routes["childrens-services"]
    source = replace(route.source, url="https://www.gov.uk")
    route = replace(route, source=source, web_by_nation={"scotland": "https://www.gov.uk"})
    routes = {**WHOLE.routes, route.name: route}
    assert len(find(replace(WHOLE, routes=routes))) == 2
    [top, *_] = WHOLE.sources
    top = replace(top, url="https://www.cps.gov.uk/")
    bare = replace(WHOLE, trees={}, advice={}, always=(), cases={}, routes={}, sources=(top,))
    [mistake] = find(bare)
    assert mistake.span == top.span


def test_a_lead_may_add_a_site(tmp_path: Path) -> None:
    (tmp_path / "front-pages.yaml").write_text("many-purposes: giveusashout.org", "utf-8")
    library = loader.load([loader.shipped(), tmp_path], whole=True).library
    [mistake] = find(library)
    assert "route shout" in mistake.message


@pytest.mark.parametrize("name", ["childrens-services", "out-of-hours-social-work"])
def test_social_workers_have_the_page_of_their_nation(name: str) -> None:
    def web(nation: str | None) -> list[str]:
        found = contact(WHOLE, WHOLE.routes[name], "staff", nation, None)
        return [way.address for way in found.ways]

    of_govuk = ["https://www.gov.uk/report-child-abuse-to-local-council"]
    assert web("england") == web("wales") == web("not-sure") == web(None) == of_govuk
    assert web("scotland") == ["https://www.mygov.scot/report-child-abuse"]
