"""Looking a service up by words, nation, age and need."""

from __future__ import annotations

from typing import Any

import pytest

from fingerpost.model.diagnostics import Span
from fingerpost.model.library import Library
from fingerpost.model.route import Contract, Phone, Route, TextLine
from fingerpost.model.sentence import Sentence
from fingerpost.model.tree import NeedWords
from fingerpost.reading.loader import load, shipped
from fingerpost.search.routes import Wanted, look_up

HERE = Span.start_of("made-up")


def say(text: str) -> Sentence:
    return Sentence(text, span=HERE)


def route(name: str, *serves: str, **details: Any) -> Route:
    return Route(
        name=name,
        title=details.pop("title", say(name.title())),
        serves=serves,
        contract=details.pop("contract", None),
        span=HERE,
        **details,
    )


def contract(ages: str, nations: str) -> Contract:
    return Contract(frozenset(ages.split()), frozenset(nations.split()), frozenset())


ROUTES = (
    route(
        "childline",
        "talk",
        who=say("Anyone until 19."),
        phone=(Phone("0800 1111", span=HERE),),
        contract=contract("13-15 18", "england wales"),
    ),
    route(
        "shout",
        "talk",
        "crisis",
        expect=say("A volunteer writes back about {{threat}}s."),
        text=(TextLine("85258", "SHOUT", span=HERE),),
        contract=contract("13-15 18 19-or-over", "england wales scotland"),
    ),
    route(
        "iwf",
        "report",
        title=Sentence("", by_teller=(("parent", "Watch"), ("staff", "Guard")), span=HERE),
        limits=say("Not for adults."),
        web="https://report.example.org",
        email="a@example.org",
    ),
)


@pytest.fixture
def library() -> Library:
    return Library(
        trees={},
        questions={},
        advice={},
        always=(),
        needs={"talk": NeedWords("talk", say("Someone to talk to"), span=HERE)},
        words={},
        routes={each.name: each for each in ROUTES},
    )


def found(library: Library, *words: str, **wanted: str) -> list[str]:
    return [each.name for each in look_up(library, Wanted(words=words, **wanted))]


def test_without_a_wish_all_are_there_in_file_order(library: Library) -> None:
    assert found(library) == ["childline", "shout", "iwf"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["until 19"], ["childline"]),
        (["volunteer"], ["shout"]),
        (["about threats"], ["shout"]),
        (["adults"], ["iwf"]),
        (["watch"], ["iwf"]),
        (["shout 85258"], ["shout"]),
        (["report.example"], ["iwf"]),
        (["someone to talk"], ["childline", "shout"]),
        (["crisis"], ["shout"]),
        (["talk", "volunteer"], ["shout"]),
        (["talk", "guard"], []),
        (["[a-z]"], []),
    ],
)
def test_every_word_must_be_found(library: Library, words: list[str], names: list[str]) -> None:
    assert found(library, *words) == names


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"nation": "scotland"}, ["shout", "iwf"]),
        ({"nation": "northern-ireland"}, ["iwf"]),
        ({"age": "13-15"}, ["childline", "shout", "iwf"]),
        ({"age": "19-or-over"}, ["shout", "iwf"]),
        ({"need": "talk"}, ["childline", "shout"]),
        ({"need": "report", "nation": "scotland", "age": "18"}, ["iwf"]),
    ],
)
def test_each_wish_narrows(library: Library, wanted: dict[str, str], names: list[str]) -> None:
    assert found(library, **wanted) == names


def test_words_and_wishes_narrow_together(library: Library) -> None:
    assert found(library, "talk", age="19-or-over") == ["shout"]


@pytest.mark.slow
def test_every_shipped_service_is_found_by_its_name_and_its_number() -> None:
    shipped_library = load([shipped()]).library
    for each in shipped_library.routes.values():
        assert each.name in found(shipped_library, each.name)
        for title in each.title.texts:
            assert each.name in found(shipped_library, *title.split())
        for phone in each.phone:
            assert each.name in found(shipped_library, phone.number.replace(" ", ""))


def test_children_s_services_are_found_first_by_what_workers_call_them() -> None:
    library = load([shipped()]).library
    for words in ("childrens services", "mash", "edt", "childrens services night"):
        assert found(library, *words.split())[:2] == [
            "childrens-services",
            "out-of-hours-social-work",
        ]
    assert found(library, "emergency", "duty", "team")[0] == "out-of-hours-social-work"
    assert "police-999" not in found(library, "work")  # no other word is one of theirs
