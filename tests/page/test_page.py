"""What stands on a page, for whom, and in which order: on small made-up libraries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Span
from fingerpost.model.library import Library
from fingerpost.model.route import Form, Phone, Route, RouteSource, TextLine
from fingerpost.model.sentence import Sentence, Source, Urgency
from fingerpost.model.tree import (
    ALWAYS,
    Advice,
    Always,
    Answer,
    CarryOn,
    Checked,
    Kind,
    Need,
    NeedWords,
    Outcome,
    Question,
    Target,
    Tree,
    When,
)
from fingerpost.page import london_time, opening_hours
from fingerpost.page.page import Clock, Contact, Detail, Page, contact, danger, page
from fingerpost.page.visibility import offered

HERE = Span.start_of("made-up")
HOLIDAYS = opening_hours.BankHolidays.load()

NIGHT = Clock(london_time.moment("2026-11-25T02:00"), HOLIDAYS)
NOON = Clock(london_time.moment("2026-11-25T12:00"), HOLIDAYS)

Known = Mapping[str, str | Sequence[str]]


def say(text: str, **by_teller: str) -> Sentence:
    words = {teller.replace("_", "-"): said for teller, said in by_teller.items()}
    return Sentence(text, by_teller=tuple(words.items()), span=HERE)


def facts(known: Known) -> dict[str, frozenset[str]]:
    return {
        fact: frozenset({values} if isinstance(values, str) else values)
        for fact, values in known.items()
    }


def when(known: Known) -> When:
    return When(tuple(facts(known).items()))


def line(kind: str, text: str, *, name: str = "", **conditions: Any) -> Advice:
    return Advice(Kind(kind), say(text), name=name, span=HERE, **conditions)


def need(name: str, because: str = "", known: Known | None = None) -> Need:
    return Need(
        name,
        because=say(because) if because else None,
        when=when(known) if known else ALWAYS,
        span=HERE,
    )


def route(name: str, *serves: str, known: Known | None = None, **details: Any) -> Route:
    """A route; ``known`` is its when."""
    return Route(
        name=name,
        title=details.pop("title", say(name.title())),
        serves=serves,
        contract=None,
        whens=(when(known),) if known else (),
        span=HERE,
        **details,
    )


def ring(number: str, open_hours: str = "") -> dict[str, Any]:
    """The details of a route with a telephone."""
    return {
        "phone": (Phone(number, span=HERE),),
        "hours": {"phone": open_hours} if open_hours else {},
    }


def ending(*needs: str | Need, **details: Any) -> Outcome:
    known = {
        "name": "end",
        "title": say("The end"),
        "urgency": Urgency.SOON,
        "open": say("Hello."),
        "advice": (),
        "needs": tuple(need(n) if isinstance(n, str) else n for n in needs),
        "span": HERE,
    }
    return Outcome(**{**known, **details})


def always(known: Known, *needs: str, **details: Any) -> Always:
    rest = {"unless": (), "urgency": None, "advice": (), "span": HERE, **details}
    return Always(when=when(known), needs=tuple(need(n) for n in needs), **rest)


def asked(fact: str, **says: str) -> Question:
    words = {value.replace("_", "-"): text for value, text in says.items()}
    return Question(
        name=fact,
        fact=fact,
        ask=say(f"{fact}?"),
        why=None,
        note=None,
        answers=tuple(Answer(v, say(text), None, span=HERE) for v, text in words.items()),
        shared=True,
        span=HERE,
    )


TREE = Tree(
    name="t",
    title=say("What happened"),
    about=say("About it"),
    review_by=date(2027, 1, 31),
    reviewed=None,
    sources={},
    given={},
    start="end",
    questions={},
    outcomes={},
    span=HERE,
)


def library(*routes: Route, live: Sequence[str] = ("talk",), **more: Any) -> Library:
    served = dict.fromkeys(name for each in routes for name in each.serves)
    known = {
        "trees": {TREE.name: TREE},
        "questions": {},
        "advice": {},
        "always": (),
        "needs": {
            name: NeedWords(name, say(f"About {name}"), live=name in live, span=HERE)
            for name in served
        },
        "words": {},
        "routes": {each.name: each for each in routes},
    }
    return Library(**{**known, **more})


def read(
    library: Library, outcome: Outcome, clock: Clock | None = None, **known: str | Sequence[str]
) -> Page:
    """The page for someone of whom this is known; ``age_in_picture`` is the fact age-in-picture."""
    named = {fact.replace("_", "-"): values for fact, values in known.items()}
    return page(library, TREE, outcome, facts(named), clock)


def listed(page: Page) -> list[tuple[str, list[str], list[str]]]:
    """Each need with the routes that show, and those that show when asked for."""
    return [
        (each.need, [c.route for c in each.contacts], [c.route for c in each.more])
        for each in page.help
    ]


# --- needs and routes ----------------------------------------------------------------------------


def test_needs_come_in_order_what_is_always_added_first() -> None:
    known = library(
        route("a", "talk"),
        route("b", "report"),
        route("c", "lead"),
        always=(always({"teller": "staff"}, "lead"),),
    )
    outcome = ending("report", "talk")
    assert listed(read(known, outcome, teller="staff")) == [
        ("lead", ["c"], []),
        ("report", ["b"], []),
        ("talk", ["a"], []),
    ]
    assert [each[0] for each in listed(read(known, outcome, teller="parent"))] == ["report", "talk"]


def test_a_need_called_for_twice_stands_where_it_is_first_with_each_reason() -> None:
    known = library(
        route("a", "talk"),
        route("b", "report"),
        always=(always({}, "talk"),),
    )
    outcome = ending(
        "report", need("talk", "It helps."), need("talk", "It helps."), need("talk", "It is free.")
    )
    found = read(known, outcome)
    assert [each.need for each in found.help] == ["talk", "report"]
    assert found.help[0].because == ("It helps.", "It is free.")


def test_a_need_whose_condition_does_not_hold_is_not_called_for() -> None:
    known = library(route("a", "talk"), route("b", "report"))
    outcome = ending("talk", need("report", known={"age": ["13-15", "16-17"]}))
    assert [n for n, _, _ in listed(read(known, outcome, age="13-15"))] == ["talk", "report"]
    assert [n for n, _, _ in listed(read(known, outcome, age="18"))] == ["talk"]
    assert [n for n, _, _ in listed(read(known, outcome))] == ["talk"]


def test_a_route_is_shown_once_under_its_first_need() -> None:
    known = library(route("a", "talk", "report"), route("b", "report"))
    assert listed(read(known, ending("talk", "report"))) == [
        ("talk", ["a"], []),
        ("report", ["b"], []),
    ]


def test_a_need_whose_routes_are_all_shown_is_folded_in() -> None:
    known = library(route("a", "talk", "report"))
    assert listed(read(known, ending("talk", "report"))) == [("talk", ["a"], [])]


def test_a_need_that_nobody_serves_has_no_heading() -> None:
    known = library(route("a", "talk"), route("b", "report", known={"nation": "wales"}))
    assert listed(read(known, ending("report", "talk"), nation="england")) == [("talk", ["a"], [])]


def test_three_routes_of_a_need_show_and_the_rest_when_asked_for() -> None:
    known = library(*(route(name, "talk") for name in "abcde"))
    found = read(known, ending("talk"))
    assert listed(found) == [("talk", ["a", "b", "c"], ["d", "e"])]
    assert [c.route for c in found.contacts] == ["a", "b", "c"]


def test_a_need_without_words_is_named_by_its_key() -> None:
    known = library(route("a", "talk"), needs={})
    assert read(known, ending("talk")).help[0].heading == "talk"


def test_open_comes_before_not_known_and_that_before_shut() -> None:
    known = library(
        route("shut", "talk", **ring("0800 1111", "Mo-Su 09:00-17:00")),
        route("not-known", "talk", **ring("0800 1112")),
        route("open", "talk", **ring("0800 1113", "24/7")),
        route("by-day", "talk", **ring("0800 1114", "Mo-Su 09:00-17:00")),
    )
    at_night = read(known, ending("talk"), NIGHT)
    assert listed(at_night) == [("talk", ["open", "not-known", "shut"], ["by-day"])]
    assert [c.ways[0].says for c in at_night.contacts] == [
        "open now",
        "",
        "opens at 9am today",
    ]
    at_noon = read(known, ending("talk"), NOON)
    assert listed(at_noon) == [("talk", ["shut", "open", "by-day"], ["not-known"])]


def test_first_is_first_among_those_that_are_as_open() -> None:
    known = library(
        route("a", "talk", **ring("0800 1111", "24/7")),
        route("b", "talk", **ring("0800 1112")),
        route("c", "talk", first=True, **ring("0800 1113")),
    )
    assert listed(read(known, ending("talk"), NIGHT)) == [("talk", ["a", "c", "b"], [])]
    assert listed(read(known, ending("talk"))) == [("talk", ["c", "a", "b"], [])]


def test_paper_gives_hours_and_never_open_now() -> None:
    known = library(route("a", "talk", **ring("0800 1111", "Mo-Fr 10:00-16:00")))
    way = read(known, ending("talk")).contacts[0].ways[0]
    assert way.says == "Monday to Friday, 10am to 4pm"
    assert way.state is opening_hours.Openness.UNKNOWN


def test_paper_says_nothing_of_hours_that_nobody_knows() -> None:
    known = library(route("a", "talk", **ring("0800 1111")))
    assert read(known, ending("talk")).contacts[0].ways[0].says == ""


# --- standing in for another ---------------------------------------------------------------------


def names(library: Library, **known: str | Sequence[str]) -> list[str]:
    return [each.name for each in offered(library, facts(known))]


def test_a_route_stands_in_for_another_where_both_are_offered() -> None:
    known = library(
        route("police", "report"),
        route("scotland", "report", known={"nation": "scotland"}, instead="police"),
    )
    assert names(known, nation="scotland") == ["scotland"]
    assert names(known, nation="wales") == ["police"]
    assert names(known) == ["police"]


def test_a_route_for_all_stands_in_always() -> None:
    known = library(route("old", "report"), route("new", "report", instead="old"))
    assert names(known) == ["new"]


def test_of_many_answers_each_must_be_covered() -> None:
    known = library(
        route("any-app", "report"),
        route("cat", "report", known={"where": "cat"}, instead="any-app"),
        route("dog", "report", known={"where": ["dog", "puppy"]}, instead="any-app"),
    )
    assert names(known, where="cat") == ["cat"]
    assert names(known, where=["cat", "puppy"]) == ["cat", "dog"]
    assert names(known, where=["cat", "elsewhere"]) == ["any-app", "cat"]
    assert names(known, where=["elsewhere"]) == ["any-app"]


def test_each_condition_of_a_stand_in_counts() -> None:
    stand_in = route("b", "report", known={"nation": "scotland"}, instead="a")
    stand_in = replace(stand_in, whens=(*stand_in.whens, when({"age": ["16-17", "18"]})))
    known = library(route("a", "report"), stand_in)
    assert names(known, nation="scotland", age="18") == ["b"]
    assert names(known, nation="scotland", age="13-15") == ["a"]


def test_a_stand_in_that_is_not_offered_stands_in_for_nobody() -> None:
    known = library(
        route("a", "report"),
        route("b", "report", instead="a", unless=(when({"suspect": "the-lead"}),)),
    )
    assert names(known, suspect="adult") == ["b"]
    assert names(known, suspect="the-lead") == ["a"]


# --- instructions --------------------------------------------------------------------------------


def told(page: Page) -> list[str]:
    return [each.text for each in page.instructions]


def test_what_is_always_said_comes_first_and_a_shared_line_counts_once() -> None:
    ring_now = line("do", "Ring now.", name="ring")
    known = library(
        route("a", "talk"),
        always=(
            always(
                {"safe": "no"},
                advice=(ring_now, line("do", "Go.")),
            ),
        ),
    )
    outcome = ending(
        "talk", advice=(line("do", "Wait."), replace(ring_now, say=say("Ring later.")))
    )
    assert told(read(known, outcome, safe="no")) == ["Ring now.", "Go.", "Wait."]
    assert told(read(known, outcome, safe="yes")) == ["Wait.", "Ring later."]


def test_what_saves_a_life_stands_above_all_else_wherever_it_was_written() -> None:
    pressing = replace(line("do", "Press on it.", name="press"), first=True)
    known = library(
        route("a", "talk"),
        always=(
            always({"safe": "no"}, advice=(line("do", "Go."),)),
            always({"hurt": "yes"}, advice=(pressing,), after=True),
        ),
    )
    outcome = ending("talk", advice=(line("do", "Wait."),))
    assert told(read(known, outcome, safe="no", hurt="yes")) == ["Press on it.", "Go.", "Wait."]


def test_two_lines_of_an_endings_own_both_show_even_if_they_say_the_same() -> None:
    outcome = ending("talk", advice=(line("do", "Tell someone."), line("do", "Tell someone.")))
    assert told(read(library(route("a", "talk")), outcome)) == ["Tell someone."] * 2


def test_a_shared_line_that_is_not_shown_does_not_take_the_place_of_one_that_is() -> None:
    outcome = ending(
        "talk",
        advice=(
            line("do", "Adults.", name="n", whens=(when({"age": "18"}),)),
            line("do", "All.", name="n"),
        ),
    )
    known = library(route("a", "talk"))
    assert told(read(known, outcome, age="13-15")) == ["All."]
    assert told(read(known, outcome, age="18")) == ["Adults."]


def test_a_line_shows_where_all_its_whens_hold_and_no_unless_does() -> None:
    outcome = ending(
        "talk",
        advice=(
            line(
                "do",
                "Tell the lead.",
                whens=(when({"teller": "staff"}), when({"age": ["13-15", "16-17"]})),
                unless=(when({"suspect": "the-lead"}), when({"also": "told-nothing"})),
            ),
        ),
    )
    known = library(route("a", "talk"))
    assert told(read(known, outcome, teller="staff", age="13-15")) == ["Tell the lead."]
    assert told(read(known, outcome, teller="staff", age="18")) == []
    assert told(read(known, outcome, teller="parent", age="13-15")) == []
    assert told(read(known, outcome, teller="staff", age="13-15", suspect="the-lead")) == []
    assert told(read(known, outcome, teller="staff", age="13-15", also="told-nothing")) == []


# --- danger and the first helpline ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "added", "most"),
    [
        (Urgency.SOON, Urgency.NOW, Urgency.NOW),
        (Urgency.NOW, Urgency.TODAY, Urgency.NOW),
        (Urgency.INFO, None, Urgency.INFO),
    ],
)
def test_a_page_is_as_urgent_as_the_most_urgent_of_what_it_holds(
    own: Urgency, added: Urgency | None, most: Urgency
) -> None:
    known = library(route("a", "talk"), always=(always({"safe": "no"}, urgency=added),))
    assert read(known, ending("talk", urgency=own), safe="no").urgency is most
    assert read(known, ending("talk", urgency=own), safe="yes").urgency is own


def test_what_is_always_added_can_be_held_back_by_an_unless() -> None:
    entry = always({"teller": "staff"}, "lead", unless=(when({"suspect": "the-lead"}),))
    known = library(route("a", "talk"), route("b", "lead"), always=(entry,))
    assert [n for n, _, _ in listed(read(known, ending("talk"), teller="staff"))] == [
        "lead",
        "talk",
    ]
    found = read(known, ending("talk"), teller="staff", suspect="the-lead")
    assert [n for n, _, _ in listed(found)] == ["talk"]


def test_danger_comes_first_wherever_it_was_named() -> None:
    known = library(
        route("a", "talk"),
        route("999", "emergency", **ring("999", "24/7")),
        route("text-999", "emergency"),
    )
    found = read(known, ending("talk", "emergency"), NIGHT)
    assert found.emergency is not None
    assert found.emergency.route == "999"
    # And that need comes before all others.
    assert [name for name, _, _ in listed(found)] == ["emergency", "talk"]
    assert read(known, ending("talk"), NIGHT).emergency is None


def test_the_lifeline_is_the_first_helpline_where_a_person_answers_now() -> None:
    known = library(
        route("form", "report", web="https://example.org", hours={"web": "24/7"}),
        route("by-day", "talk", **ring("0800 1111", "Mo-Su 09:00-17:00")),
        route("site", "talk", web="https://example.org", hours={"web": "24/7"}),
        route("chat", "talk", chat="https://example.org", hours={"chat": "24/7"}),
    )
    at_night = read(known, ending("report", "talk"), NIGHT).lifeline
    assert at_night is not None
    assert (at_night.route, at_night.way.channel, at_night.title) == ("chat", "chat", "Chat")
    at_noon = read(known, ending("report", "talk"), NOON).lifeline
    assert at_noon is not None
    assert at_noon.route == "by-day"


def test_whoever_is_hurt_reads_what_to_do_before_whom_to_talk_to() -> None:
    known = library(route("a", "talk", **ring("0800 1111", "24/7")))
    pressing = replace(line("do", "Press on it.", name="press"), first=True, help="999")
    for advice, helplines in (((pressing,), 0), ((), 1)):
        found = read(known, ending("talk", urgency=Urgency.NOW, advice=advice))
        top = [each for each in (found.lifeline, *found.to_talk) if each]
        assert bool(top) == bool(helplines)
        assert [contact.route for contact in found.contacts] == ["a"]


def test_the_lifeline_may_be_one_that_shows_only_when_asked_for() -> None:
    known = library(
        *(route(name, "talk", web="https://example.org", hours={"web": "24/7"}) for name in "abc"),
        route("d", "talk", **ring("0800 1111", "24/7")),
    )
    found = read(known, ending("talk"), NIGHT)
    assert found.lifeline is not None
    assert found.lifeline.route == "d"


def test_a_helpline_that_stands_under_an_earlier_need_is_the_lifeline_all_the_same() -> None:
    known = library(
        route("parents", "report", **ring("0800 1113", "24/7")),
        route("first", "talk", "report", **ring("0800 1111", "24/7")),
        route("second", "talk", **ring("0800 1112", "24/7")),
    )
    found = read(known, ending("report", "talk"))
    assert [names for _, names, _ in listed(found)] == [["parents", "first"], ["second"]]
    assert found.lifeline is not None
    assert found.lifeline.route == "first"


def test_if_nobody_answers_for_sure_the_lifeline_is_the_first_there_is() -> None:
    known = library(
        route("site", "talk", web="https://example.org"),
        route("by-day", "talk", **ring("0800 1111", "Mo-Su 09:00-17:00")),
        route("perhaps", "talk", **ring("0800 1112")),
    )
    found = read(known, ending("talk"), NIGHT)
    assert found.lifeline is not None
    assert found.lifeline.route == "perhaps"
    on_paper = read(known, ending("talk"))
    assert on_paper.lifeline is not None
    assert on_paper.lifeline.route == "by-day"


def test_without_a_helpline_there_is_no_lifeline() -> None:
    known = library(
        route("form", "report", **ring("0800 1111", "24/7")),
        route("site", "talk", web="https://example.org"),
    )
    assert read(known, ending("report"), NIGHT).lifeline is None
    assert read(known, ending("talk"), NIGHT).lifeline is None
    assert read(replace(known, needs={}), ending("report"), NIGHT).lifeline is None


def in_danger(library: Library, clock: Clock | None, **known: str) -> dict[str, list[str]]:
    served = danger(library, facts(known), clock)
    return {each.need: [c.route for c in each.contacts] for each in served}


def helplines() -> Library:
    return library(
        route("under-19", "talk", known={"age": ["13-15", "18", "not-sure"]},
              **ring("0800 1111", "24/7")),
        route("anyone", "talk", "crisis", **ring("116 123", "24/7")),
        route("wales", "crisis", known={"nation": "wales"}, **ring("111", "24/7")),
        route("by-day", "talk", **ring("0800 1112", "Mo-Su 09:00-17:00")),
        route("form", "report", web="https://example.org"),
        route("999", "emergency", **ring("999", "24/7")),
        route("999-bsl", "emergency", bsl="https://999bsl.co.uk", hours={"bsl": "24/7"}),
        live=("talk", "crisis"),
        questions={
            "age": asked("age", not_sure="I'm not sure", **{"18": "18"}),
            "nation": asked("nation", wales="Wales", not_sure="I'm not sure"),
            "teller": asked("teller", staff="A worker"),
        },
    )  # fmt: skip


def test_in_danger_999_comes_first_then_helplines_that_answer_now() -> None:
    found = in_danger(helplines(), NIGHT, age="18", nation="wales")
    assert list(found.items()) == [
        ("emergency", ["999", "999-bsl"]),
        ("talk", ["under-19", "anyone"]),
        ("crisis", ["wales"]),
    ]
    assert in_danger(helplines(), NOON, age="18")["talk"] == ["under-19", "anyone", "by-day"]


def test_in_danger_an_adult_is_shown_nothing_for_children() -> None:
    assert in_danger(helplines(), NIGHT, age="19-or-over")["talk"] == ["anyone"]


def test_in_danger_what_nobody_has_asked_is_treated_as_not_sure() -> None:
    found = in_danger(helplines(), NIGHT)
    assert found["talk"] == ["under-19", "anyone"]
    assert "crisis" not in found, "nobody has said Wales, and the other line is shown already"


def test_in_danger_paper_shows_every_helpline_up_to_three() -> None:
    found = in_danger(helplines(), None, age="18")
    assert found["talk"] == ["under-19", "anyone", "by-day"]


# --- one route -----------------------------------------------------------------------------------


def full() -> Route:
    return route(
        "helper",
        "talk",
        title=say("Helper", young_person="Your helper", parent="Helper", staff="Helper"),
        phone=(
            Phone("0800 1111", say=say("English"), span=HERE),
            Phone("0800 068 4141", span=HERE),
        ),
        text=(TextLine("85258", "SHOUT", span=HERE), TextLine("84001", span=HERE)),
        chat="https://chat.example.org",
        email="a@example.org",
        web="https://example.org",
        bsl="https://bsl.example.org",
        hours={"phone": "24/7", "web": "24/7", "email": "24/7"},
        who=say("Anyone."),
        cost=say("Free."),
        limits=say("Not on Mondays."),
        steps=(say("Look."), say("Ring {route:helper}.")),
        forms=(
            Form("hacked", say("Hacked"), "https://example.org/hacked", span=HERE),
            Form("lost", say("Lost"), "https://example.org/lost", span=HERE),
        ),
        source=RouteSource("https://example.org/about", "2024-05"),
        confidence="medium",
        unsure=frozenset({"cost", "steps", "forms.hacked"}),
    )


def test_every_way_in_has_what_to_print_and_what_a_link_opens() -> None:
    known = library(full())
    ways = read(known, ending("talk"), NIGHT).contacts[0].ways
    assert [(way.channel, way.address, way.uri, way.label) for way in ways] == [
        ("phone", "0800 1111", "tel:08001111", "English"),
        ("phone", "0800 068 4141", "tel:08000684141", ""),
        ("text", "SHOUT to 85258", "sms:85258", ""),
        ("text", "84001", "sms:84001", ""),
        ("chat", "https://chat.example.org", "https://chat.example.org", ""),
        ("email", "a@example.org", "mailto:a@example.org", ""),
        ("web", "https://example.org", "https://example.org", ""),
        ("bsl", "https://bsl.example.org", "https://bsl.example.org", ""),
    ]
    assert [way.live for way in ways] == [True] * 5 + [False] * 3
    # Of a form and of an email address nobody says that they are open.
    assert [way.says for way in ways] == [*["open now"] * 2, *[""] * 6]


def test_what_a_route_has_of_words_and_where_it_is_from() -> None:
    found = read(library(full()), ending("talk"), NIGHT).contacts[0]
    assert found.details == (
        Detail("who", "Anyone."),
        Detail("cost", "Free."),
        Detail("limits", "Not on Mondays."),
    )
    assert [form.says for form in found.forms] == ["Hacked", "Lost"]
    assert (found.seen, found.source_url) == ("2024-05", "https://example.org/about")
    assert found.confidence == "medium"


def numbers(known: Route, teller: str) -> list[str]:
    found = read(library(known), ending("talk"), NIGHT, teller=teller).contacts[0]
    return [way.address for way in found.ways if way.channel in ("phone", "text")]


def test_a_number_that_is_not_sure_is_for_adults() -> None:
    """A child may not try another; an adult can, and sees it as any other."""
    phones, texts = ["0800 1111", "0800 068 4141"], ["SHOUT to 85258", "84001"]
    doubtful = replace(full(), unsure=frozenset({"phone"}))
    low = replace(full(), confidence="low")
    assert numbers(doubtful, "young-person") == texts
    assert numbers(low, "young-person") == []
    for teller in ("parent", "staff"):
        assert numbers(doubtful, teller) == numbers(low, teller) == [*phones, *texts]


@pytest.mark.parametrize("clock", [NIGHT, None], ids=["now", "paper"])
def test_nothing_says_that_a_line_is_open_whose_hours_are_not_sure(clock: Clock | None) -> None:
    def says(hours: str) -> str:
        known = replace(route("a", "talk", **ring("0800 1111", hours)), unsure=doubt)
        return read(library(known), ending("talk"), clock).contacts[0].ways[0].says

    doubt = frozenset({"hours.phone"})
    assert says("24/7") == ""
    # When it is shut is said all the same: it keeps a child from a line on which nobody answers.
    assert says("Mo-Su 09:00-17:00") == ("opens at 9am today" if clock else "every day, 9am to 5pm")


def test_999_has_no_hours() -> None:
    known = library(route("police", "emergency", **ring("999", "24/7")))
    for clock in (NIGHT, None):
        assert read(known, ending("emergency"), clock).contacts[0].ways[0].says == ""


def test_a_route_is_named_and_numbered_for_its_reader() -> None:
    known = library(full())
    assert read(known, ending("talk"), teller="young-person").contacts[0].title == "Your helper"
    assert read(known, ending("talk"), teller="staff").contacts[0].title == "Helper"
    assert read(known, ending("talk")).contacts[0].title == "Your helper"
    assert contact(known, full(), "parent", None, NIGHT).title == "Helper"
    assert contact(known, full(), "parent", None, NIGHT).steps == ("Look.", "Ring Helper.")


def test_a_route_is_as_open_as_the_best_of_its_ways() -> None:
    bare = route("bare", "talk")
    shut = route("shut", "talk", **ring("0800 1111", "Mo-Su 09:00-17:00"))
    shut = replace(shut, web="https://example.org")
    found = {c.route: c for c in read(library(bare, shut, full()), ending("talk"), NIGHT).contacts}
    assert {name: c.state for name, c in found.items()} == {
        "bare": opening_hours.Openness.UNKNOWN,
        "shut": opening_hours.Openness.UNKNOWN,
        "helper": opening_hours.Openness.OPEN,
    }
    assert found["shut"].live_now is None
    live: Contact = found["helper"]
    assert live.live_now is live.ways[0]


def test_a_route_without_a_source_shows_none() -> None:
    found = read(library(route("bare", "talk", local=True)), ending("talk")).contacts[0]
    assert (found.seen, found.source_url, found.local) == ("", "", True)


def test_the_nation_decides_which_bank_holidays_count() -> None:
    known = library(route("a", "talk", **ring("0800 1111", "Mo-Fr 09:00-17:00; PH off")))
    st_andrew = Clock(london_time.moment("2026-11-30T12:00"), HOLIDAYS)

    def says(nation: str) -> str:
        return read(known, ending("talk"), st_andrew, nation=nation).contacts[0].ways[0].says

    assert says("wales") == "open now, until 5pm"
    assert says("scotland") == "opens at 9am tomorrow"
    assert says("not-sure") == ""


# --- words ---------------------------------------------------------------------------------------


def test_names_in_a_sentence_become_words() -> None:
    known = library(
        route("a", "talk", title=say("The Helpers")),
        questions={"where": asked("where", cat="Cat", dog="Dog", hen="Hen")},
    )
    outcome = ending(
        "talk", open=say("{route:a} know {where}, {other} and {route:nobody} {x} {Y}.")
    )
    found = read(known, outcome, where=["hen", "cat", "dog"])
    assert found.opening == "The Helpers know Cat, Dog and Hen,  and nobody  {Y}."
    assert read(known, outcome, where="dog").opening.startswith("The Helpers know Dog,")


def test_the_words_of_an_answer_may_name_a_service_but_no_other_answer() -> None:
    known = library(
        route("a", "talk", title=say("The Helpers")),
        questions={"who": asked("who", b="{route:a}, {route:nobody}, a {{hash}} or {who}")},
    )
    found = read(known, ending("talk", open=say("It was {who}.")), who="b")
    assert found.opening == "It was The Helpers, nobody, a hash or who."


def test_hard_words_of_any_sentence_on_the_page_are_explained_once() -> None:
    onward = CarryOn(say("Go on about {{Grooming}}"), Target("t", "", span=HERE), {}, span=HERE)
    known = library(
        route("a", "talk", limits=say("Not for a {{hash}}.")),
        words={
            "grooming": say("Making friends to harm."),
            "hash": say("A code."),
            "blackmail": say("A threat."),
        },
    )
    outcome = ending(
        "talk", open=say("A {{hash}}, a {{mystery}}."), carry_on=onward, worse=say("A {{hash}}.")
    )
    found = read(known, outcome)
    assert found.opening == "A hash, a mystery."
    assert found.words == (("hash", "A code."), ("Grooming", "Making friends to harm."))
    assert found.carry_on == "Go on about Grooming"


def test_sources_are_listed_once_and_only_of_lines_that_show() -> None:
    def source(name: str) -> Source:
        return Source(name, name, "p", "2024", "https://example.org", span=HERE)

    outcome = ending(
        "talk",
        advice=(
            line("do", "One.", source=source("a")),
            line("do", "Two.", source=source("b"), whens=(when({"age": "18"}),)),
            line("know", "Three.", source=source("a")),
            line("do", "Four."),
        ),
    )
    found = read(library(route("a", "talk")), outcome, age="13-15")
    assert [each.name for each in found.sources] == ["a"]


def test_the_plain_facts_of_a_page() -> None:
    reviewed = Checked(date(2026, 12, 1), "the lead")
    outcome = ending("talk")
    known = library(route("a", "talk"))
    found = page(known, replace(TREE, reviewed=reviewed), outcome, facts({"teller": "parent"}))
    assert (found.tree, found.tree_title, found.outcome) == ("t", "What happened", "end")
    assert (found.title, found.opening) == ("The end", "Hello.")
    assert (found.reader, found.review_by, found.reviewed) == ("parent", "2027-01-31", reviewed)
    assert found.carry_on == ""
    assert read(known, ending("talk")).reader == "young-person"


@pytest.mark.parametrize(
    ("moment", "overdue"), [("2027-01-31T23:59", False), ("2027-02-01T00:00", True)]
)
def test_a_page_is_overdue_from_the_day_after(moment: str, *, overdue: bool) -> None:
    clock = Clock(london_time.moment(moment), HOLIDAYS)
    assert read(library(route("a", "talk")), ending("talk"), clock).overdue is overdue
    assert not read(library(route("a", "talk")), ending("talk")).overdue
