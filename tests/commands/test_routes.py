"""``fingerpost routes``: the directory, for people and for programs."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest

from fingerpost.cli.commands import routes as routes_command
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.model.base import replace
from fingerpost.model.library import Library
from fingerpost.model.route import Route
from fingerpost.model.sentence import Sentence
from fingerpost.reading import loader
from fingerpost.terminal.io import streams

LIBRARY = Path(__file__).parents[1] / "fixtures" / "talks" / "library"
SMALL = ["--trees", str(LIBRARY), "--only"]
NIGHT, MORNING = ["--now", "2026-11-24T02:00"], ["--now", "2026-11-24T10:00"]

Capture = pytest.CaptureFixture[str]


def as_json(capsys: Capture, *arguments: str, small: bool = True) -> Any:
    library_ = SMALL if small else []
    assert main(["routes", *arguments, *library_, "--format", "json"]) == Exit.DONE
    said = capsys.readouterr().out
    assert said.isascii()
    return json.loads(said)


def test_below_services_for_what_has_happened_stands_the_walk(capsys: Capture) -> None:
    """Whether or not a service speaks of it."""
    for word, found in (("suicide", Exit.DONE), ("knife", Exit.PROBLEMS)):
        assert main(["routes", word]) == found
        told = capsys.readouterr().out
        assert told.endswith("\nWhat to do, step by step: fingerpost walk\n")


def test_a_nation_without_a_service_of_that_name_has_those_that_help_with_the_same(
    capsys: Capture,
) -> None:
    assert main(["routes", "rape", "--nation", "northern-ireland"]) == Exit.DONE
    assert "0808 802 1414" in capsys.readouterr().out


def test_who_is_called_so_comes_before_others_but_not_before_danger(capsys: Capture) -> None:
    found = as_json(capsys, "police", "--nation", "wales", small=False)["routes"]
    named = ["police-999", "police-999-sms", "police-999-bsl", "police-101"]
    assert [each["route"] for each in found][:4] == named


@pytest.mark.pty
def test_a_pager_that_shows_no_weights_gets_none() -> None:
    shown, status = pexpect.run(
        f"env -u LESS {sys.executable} -m fingerpost routes",
        withexitstatus=True,
        env={**os.environ, "PAGER": "sh -c 'cat -v; echo $LESS'", "TERM": "xterm-256color"},
    )
    assert status == Exit.DONE
    assert b"Childline (under 19): 0800 1111" in shown
    assert b"^[" not in shown
    assert b"space\\: more, q\\: leave" in shown, "what less says below its page"


def test_words_find_all_who_help_with_it_and_a_number_who_answers_it(capsys: Capture) -> None:
    for words in (["suicide"], ["self", "harm"]):
        said = {each["route"] for each in as_json(capsys, *words, small=False)["routes"]}
        assert {"police-999", "childline", "shout", "samaritans", "papyrus", "lifeline-ni"} <= said
        assert "sarcs-scotland" not in said
    one, many = (as_json(capsys, word, small=False)["routes"] for word in ("nude", "nudes"))
    assert one == many
    for typed, before in (
        ("0800 1111", ""),
        ("0800 1112", "Nobody here .* 0800 1112. .*guess.*\n"),
    ):
        assert main(["routes", *typed.split()]) == Exit.DONE
        said = capsys.readouterr().out
        assert re.match(f"{before}Childline .under 19.\n  Phone 0800 1111", said)
    for word in ("bullying", "blackmail"):
        assert as_json(capsys, word, small=False)["routes"][0]["route"] == "childline"
    young = as_json(capsys, "--age", "under-13", small=False)["routes"]
    assert "stop-it-now" not in {each["route"] for each in young}, "its caller must be an adult"


def test_every_shipped_route_is_there_with_everything_it_has(capsys: Capture) -> None:
    """Held against the library itself: nothing that a route has may be missing."""
    shipped = loader.load([loader.shipped()], trees=()).library.routes
    said = {each["route"]: each for each in as_json(capsys, small=False)["routes"]}
    assert list(said) == list(shipped)
    for name, route in shipped.items():
        each = said[name]
        assert each["needs"] == list(route.serves)
        addresses = [way["address"] for way in each["ways"]]
        for phone in route.phone:
            assert phone.number in addresses
        for address in (route.chat, route.email, route.web, route.bsl):
            assert not address or address in addresses
        for line in route.text:
            assert any(line.to in address for address in addresses)
        assert len(each["steps"]) == len((*route.steps, *route.if_shut))
        assert [form["web"] for form in each["forms"]] == [form.web for form in route.forms]
        for field in ("who", "cost", "expect", "private", "limits", "languages"):
            assert (field in each["details"]) == (getattr(route, field) is not None)
        if route.contract:
            assert set(each["for"]["ages"]) == route.contract.ages
            assert set(each["for"]["nations"]) == route.contract.nations
            assert set(each["for"]["tellers"]) == route.contract.tellers
        hours = {way["channel"]: way["hours"] for way in each["ways"]}
        assert {c: h for c, h in hours.items() if h} == {
            channel: h for channel, h in route.hours.items() if channel in hours
        }


def test_a_list_for_an_age_is_without_other_nations_and_apps_and_counts_them(
    capsys: Capture,
) -> None:
    assert main(["routes", "--age", "12"]) == Exit.DONE
    head, *rows, note = capsys.readouterr().out.splitlines()
    assert head.split("\t") == ["Service", "How to reach it", "Now", "For", "Hours"]
    names = [row.partition("\t")[0] for row in rows]
    assert names.index("Childline online chat (under 19)") < names.index("Shout")
    assert "The police on 101" in names
    assert not any("Scotland)" in name or "Snapchat" in name for name in names if "and" not in name)
    left_out = len(as_json(capsys, "--age", "12", small=False)["routes"]) - len(names)
    assert note.startswith(f"Left out: {left_out} ")
    assert main(["routes", "--age", "12", "--nation", "scotland"]) == Exit.DONE
    assert "Police Scotland on 101" in capsys.readouterr().out


HOSTILE = "a\x1b[2Jb\x9b2J\x1b]52;c;ZXZpbA==\x07\u202e[link=https://evil.example]c[/x] :warning:"


@pytest.mark.parametrize("width", [80, 40])
def test_a_list_is_whole_in_any_window_under_what_each_service_helps_with(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setattr(streams, "is_terminal", lambda _: True)
    monkeypatch.setattr(streams, "size", lambda _: (width, 24))
    monkeypatch.setenv("TERM", "dumb")
    assert main(["routes", "--now", "2026-11-24T22:00"]) == Exit.DONE
    said = capsys.readouterr().out
    assert max(map(len, said.splitlines())) <= width
    assert "…" not in said
    [under] = re.findall(r"\n\nSomeone to talk to\n(.*?)\n\n", said, re.DOTALL)
    shown = " ".join(under.split())
    assert "Shout: Text SHOUT to 85258 - open now Anyone who'd rather text. Hours: any" in shown
    assert "Crisis lines across the UK: 111 (England, Scotland: say" in " ".join(said.split())
    assert "www.childline.org.uk/get-support/1-2-1-counsellor-chat/" in re.sub(r"\s", "", said)


def test_open_now_is_what_is_known_to_answer_that_person(capsys: Capture) -> None:
    """At three in the night of Christmas a child is shown no line that may be shut, and none that
    is for people who work in a school."""
    night, child = ["--now", "2026-12-25T03:00", "--nation", "england"], ["--age", "13-15"]
    said = as_json(capsys, "--open-now", *night, *child, small=False)["routes"]
    open_now = {each["route"] for each in said}
    assert {"police-999", "childline", "samaritans", "out-of-hours-social-work"} <= open_now
    shut_or_unknown = {"report-fraud", "papyrus", "ceop", "report-remove"}
    assert not open_now & {*shut_or_unknown, "education-support", "child-trafficking-guardianship"}
    workers = as_json(capsys, "--teller", "staff", *night, *child, small=False)["routes"]
    assert "education-support" in {each["route"] for each in workers}


@pytest.mark.parametrize("typed", ["childline", "chilldline", "Childline"])
def test_one_that_is_named_is_shown_whole(capsys: Capture, typed: str) -> None:
    assert main(["routes", typed]) == Exit.DONE
    rows = capsys.readouterr().out.splitlines()
    assert rows[0] == "Childline (under 19)"
    assert "  Phone 0800 1111 - open now" in rows
    assert not any("Report Remove" in row for row in rows)


@pytest.mark.parametrize("format_", ["text", "json"])
def test_what_an_author_writes_can_do_nothing(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    span = next(iter(loader.load([LIBRARY]).library.trees.values())).span
    evil = Sentence(HOSTILE, span=span)
    route = Route(
        "evil",
        evil,
        ("finders",),
        None,
        who=evil,
        limits=evil,
        web=f"https://{HOSTILE}",
        steps=(evil,),
        span=span,
    )
    real = routes_command.read

    def read(*arguments: Any, **how: Any) -> loader.Reading:
        reading = real(*arguments, **how)
        whole: Library = replace(reading.library, routes={"evil": route})
        return replace(reading, library=whole)

    monkeypatch.setattr(routes_command, "read", read)
    assert main(["routes", *SMALL, "--format", format_]) == Exit.DONE
    said = capsys.readouterr().out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said)
    assert "[link=https://evil.example]" in said
    assert ":warning:" in said
