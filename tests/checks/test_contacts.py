"""Numbers, links, addresses and hours: what a frightened person can use, and what they cannot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.checks.content import contacts
from fingerpost.checks.content.contacts import (
    Trouble,
    email_trouble,
    hours_trouble,
    link_trouble,
    phone_trouble,
    text_trouble,
)
from fingerpost.model.base import replace
from fingerpost.model.case import Case, Choice, Expected, Judgement
from fingerpost.model.diagnostics import Diagnostic, Severity, Span
from fingerpost.model.library import Library
from fingerpost.model.route import Contract, Form, Phone, Route, RouteSource, TextLine
from fingerpost.model.sentence import Sentence, Source, Urgency
from fingerpost.model.tree import ALWAYS, Advice, Always, Kind, Need, Outcome, Tree, When

from ..support.checking import every_check, found_by

find = partial(found_by, contacts)

# Numbers to ring


@pytest.mark.parametrize(
    "number",
    [
        # As the directory prints them: every way of grouping, every length.
        "0800 1111", "116 123", "116 000", "116000", "101", "111", "112", "159", "999",
        "0161 792 6666", "020 7823 5430", "020 8457 9999", "028 7131 4090", "028 9050 7000",
        "028 9504 9999", "0300 1000 300", "0300 123 2040", "0300 1234 333", "0300 323 0169",
        "0344 381 4772", "0345 6000 459", "07717 989 025", "07860 077333", "08 08 16 89 111",
        "0800 011 3764", "0800 027 1234", "0800 028 0285", "0800 032 3263", "0800 043 4303",
        "0800 068 4141", "0800 136 663", "0800 138 1625", "0800 456 1226", "0800 555 111",
        "0800 7837 745", "0800 789 321", "0800 83 85 87", "0800 980 0668", "0800 999 5428",
        "08000 121 700", "08000 28 22 33", "0808 1000 900", "0808 172 3524", "0808 2000 247",
        "0808 281 3580", "0808 500 2222", "0808 80 10 800", "0808 800 2222", "0808 800 5000",
        "0808 802 1414", "0808 802 5544", "0808 808 8000", "08088 01 03 02", "080880 23456",
        "18001 0808 808 8000", "18001 101", "18000",
    ],
)  # fmt: skip
def test_a_number_that_rings_is_accepted(number: str) -> None:
    assert phone_trouble(number) is None


@pytest.mark.parametrize(
    ("number", "message", "hint"),
    [
        ("0800 111", "it has 7 digits", "0800 has 10 or 11 digits (0800 1111, Childline"),
        ("0800 11111", "it has 9 digits", "0800 has 10 or 11 digits"),
        ("0808 800 500", "it has 10 digits", "begins with 0 has 11 digits"),
        ("0808 800 50000", "it has 12 digits", "begins with 0 has 11 digits"),
        ("0345 6000 45", "it has 10 digits", "begins with 0 has 11 digits"),
        ("020 7823 543", "it has 10 digits", "11 digits"),
        ("0700", "it has 4 digits", "11 digits"),
        ("0" * 400, "it has 400 digits", "11 digits"),
        ("07700 900123", "it has 11 digits", "no such number is in use"),
        ("116 12", "it has 5 digits", "116 has 6 digits"),
        ("102", "it has 3 digits", "begins with 1 has 3 digits"),
        ("1" * 400, "it has 400 digits", "3 digits"),
        ("99", "it has 2 digits", "the only one is 999"),
        ("9", "it has 1 digit", "the only one is 999"),
        ("9999", "it has 4 digits", "the only one is 999"),
        ("18001", "only begins a call through Relay UK", "add the number"),
        ("18001 0800 111", "it has 7 digits", "0800 has 10 or 11 digits"),
        ("792 6666", "it has 7 digits and begins with 7", "UK numbers begin with 0"),
        ("555 1234", "it has 7 digits and begins with 5", "UK numbers begin with 0"),
        ("85258", "is a number to text, not to ring", "put it under text"),
        ("7726", "is a number to text, not to ring", "put it under text"),
        ("+44 20 7823 5430", "callers from abroad", "beginning with 0"),
        ("+44 (0)20 7823 5430", "callers from abroad", "beginning with 0"),
        ("0044 20 7823 5430", "callers from abroad", "beginning with 0"),
        ("+33 1 23 45 67 89", "digits 0 to 9 and single spaces", "0800 1111"),
        ("", "digits 0 to 9 and single spaces", "0800 1111"),
        (" ", "digits 0 to 9 and single spaces", "0800 1111"),
        ("0800  1111", "digits 0 to 9 and single spaces", "0800 1111"),
        (" 0800 1111", "digits 0 to 9 and single spaces", "0800 1111"),
        ("0800 1111\n", "digits 0 to 9 and single spaces", "0800 1111"),
        ("0800\u00a01111", "digits 0 to 9 and single spaces", "0800 1111"),
        ("0800-1111", "digits 0 to 9 and single spaces", "0800 1111"),
        ("(020) 7823 5430", "digits 0 to 9 and single spaces", "0800 1111"),
        ("0800 1111 ext 2", "digits 0 to 9 and single spaces", "0800 1111"),
        ("０８００ 1111", "digits 0 to 9 and single spaces", "0800 1111"),
        ("٠٨٠٠ ١١١١", "digits 0 to 9 and single spaces", "0800 1111"),
        ("080O 1111", "digits 0 to 9 and single spaces", "0800 1111"),
    ],
)
def test_a_number_that_does_not_ring_is_refused(number: str, message: str, hint: str) -> None:
    trouble = phone_trouble(number)
    assert trouble
    assert f"“{number}”" in trouble.message
    assert message in trouble.message
    assert hint in trouble.hint


@settings(deadline=None)
@given(st.text(alphabet="0123456789", min_size=1, max_size=9))
def test_a_freephone_number_has_the_length_that_the_hint_gives(rest: str) -> None:
    number = f"0800 {rest}"
    if phone_trouble(number) is None:
        assert len(rest) in {6, 7} or number == "0800 1111"


# Numbers to text


@pytest.mark.parametrize(
    "number",
    ["85258", "84001", "88247", "61016", "67101", "7726", "999", "112", "18000", "116000",
     "116 000", "07717 989 025", "07860 077333", "600123"],
)  # fmt: skip
def test_a_number_that_takes_a_text_is_accepted(number: str) -> None:
    assert text_trouble(number) is None


@pytest.mark.parametrize(
    "number",
    ["8525", "852580 0", "55258", "95258", "111", "116 123", "0800 1111", "020 7823 5430",
     "07717 989 02", "07700 900123", "070 1234 5678", "0"],
)  # fmt: skip
def test_a_number_that_takes_no_text_is_refused(number: str) -> None:
    trouble = text_trouble(number)
    assert trouble
    assert trouble.message == f"“{number}” is not a number to text"
    assert "5 or 6 digits" in trouble.hint


def test_a_number_to_text_is_written_like_any_other() -> None:
    abroad, letters = text_trouble("+44 7717 989025"), text_trouble("SHOUT")
    assert abroad
    assert "abroad" in abroad.message
    assert letters
    assert "digits 0 to 9" in letters.message


# Links


@pytest.mark.parametrize(
    "link",
    [
        "https://www.childline.org.uk",
        "https://www.childline.org.uk/",
        "HTTPS://www.IWF.org.uk/report?x=1&y=%20#top",
        "https://breathingspace.scot",
        "https://help.instagram.com/contact/383679321740945",
        "https://www.tiktok.com/@someone",
        "https://example.org?to=a@b",
        "https://example.org#a@b:1",
        "https://a-b.example.org/(page)",
        "tel:999",
        "tel:08001111",
        "sms:85258",
        "mailto:help@nspcc.org.uk",
    ],
)
def test_a_link_that_leads_where_it_says_is_accepted(link: str) -> None:
    assert link_trouble(link) is None


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("", "is not an https, tel, sms or mailto link"),
        ("www.childline.org.uk", "is not an https, tel, sms or mailto link"),
        ("https", "is not an https, tel, sms or mailto link"),
        ("http://www.childline.org.uk", "is not an https, tel, sms or mailto link"),
        ("javascript:alert(1)", "is not an https, tel, sms or mailto link"),
        ("data:text/html,x", "is not an https, tel, sms or mailto link"),
        ("file:///etc/passwd", "is not an https, tel, sms or mailto link"),
        ("https //www.childline.org.uk", "has a space"),
        ("https://www.childline.org.uk/a b", "has a space"),
        (" https://www.childline.org.uk", "has a space"),
        ("https://www.childline.org.uk\n", "has a space"),
        ("https://www.child\tline.org.uk", "has a space"),
        ("https://www.childline.org.uk\u00a0", "has a space"),
        ("https://childline.org.uk@evil.example", "leads to evil.example"),
        ("https://childline.org.uk:pw@evil.example/x", "leads to evil.example"),
        ("https://a@b@evil.example", "leads to evil.example"),
        ("https://childline.org.uk@", "leads to nowhere"),
        ("https://childline.org.uk\\@evil.example", "a character that a link cannot hold"),
        ("https://chıldline.org.uk", "a character that a link cannot hold"),
        ("https://www.childline.org.uk/ŵ", "a character that a link cannot hold"),
        ("https://www.childline.org.uk/\u200b", "a character that a link cannot hold"),
        ("https://www.childline.org.uk/<b>", "a character that a link cannot hold"),
        ('https://www.childline.org.uk/"', "a character that a link cannot hold"),
        ("https:", "names no host"),
        ("https://", "names no host"),
        ("https:///path", "names no host"),
        ("https:www.childline.org.uk", "names no host"),
        ("https:/www.childline.org.uk", "names no host"),
        ("https://192.168.0.1/x", "is a bare number"),
        ("https://3232235521", "is a bare number"),
        ("https://0x7f000001", "is a bare number"),
        ("https://127.0x1", "is a bare number"),
        ("https://127.0.0.1:80", "is a bare number"),
        ("https://[::1]/", "is a bare number"),
        ("https://www.childline.org.uk:8443/x", "has a port"),
        ("https://www.childline.org.uk:", "has a port"),
        ("https://xn--chldline-s2a.org.uk", "is in punycode"),
        ("https://www.XN--chldline-s2a.org", "is in punycode"),
        ("https://localhost/x", "is not a full host name"),
        ("https://www..org.uk", "is not a full host name"),
        ("https://www.standingtogether.org.uk./x", "is not a full host name"),
        ("https://-www.example.org", "is not a full host name"),
        ("https://www-.example.org", "is not a full host name"),
        ("https://www_1.example.org", "is not a full host name"),
        ("https://%65vil.example", "is not a full host name"),
        (f"https://{'a' * 64}.example", "is not a full host name"),
        ("https://www.example.o", "is not a full host name"),
        ("https://www.example.o1", "is not a full host name"),
        ("tel:0800111", "is not a UK phone number"),
        ("sms:123", "is not a number to text"),
        ("mailto:someone", "is not an email address"),
    ],
)
def test_a_link_that_may_lead_elsewhere_is_refused(link: str, message: str) -> None:
    trouble = link_trouble(link)
    assert trouble
    assert message in trouble.message
    assert trouble.hint


def test_a_link_without_its_s_is_told_what_to_try() -> None:
    trouble = link_trouble("http://www.childline.org.uk")
    assert trouble
    assert "https://www.childline.org.uk" in trouble.hint


# Addresses


@pytest.mark.parametrize(
    "address",
    ["help@nspcc.org.uk", "first.last@example.org", "o'neill+help_1%a-b@a-b.example.org"],
)
def test_an_address_is_accepted(address: str) -> None:
    assert email_trouble(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "", "@", "help", "help@", "@example.org", "help@localhost", "help@example.org.",
        "help at example.org", "a b@example.org", "help@example.org, x@example.org",
        "a@b@example.org", ".a@example.org", "a.@example.org", "a..b@example.org",
        "hélp@example.org", "help@exämple.org", "Help <help@example.org>", "help@example.org\n",
        "help@192.168.0.1", "help@[::1]", "help@example.org:25", "help@xn--exmple-cua.org",
        "help@example.org?subject=x",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    trouble = email_trouble(address)
    assert trouble
    assert trouble.message == f"“{address}” is not an email address"
    assert "help@example.org" in trouble.hint


def test_an_address_written_as_a_link_is_told_to_drop_its_beginning() -> None:
    trouble = email_trouble("mailto:help@example.org")
    assert trouble
    assert "without mailto:" in trouble.hint


# Hours


def test_hours_that_can_be_read_are_accepted() -> None:
    assert hours_trouble("Mo-Fr 09:00-17:00; PH off") is None


def test_hours_that_cannot_be_read_are_refused_with_the_reason() -> None:
    assert hours_trouble("Mo-Fr 9:00-17:00") == Trouble(
        "these opening hours cannot be read: “9:00-17:00” is not a range of times: "
        "write 09:00-17:00, or off",
        "write 24/7, or days and times such as Mo-Fr 09:00-17:00; Sa 10:00-14:00; PH off",
    )


@settings(deadline=None)
@given(st.text() | st.text().map("https://".__add__) | st.text().map("mailto:".__add__))
def test_no_text_breaks_the_room(text: str) -> None:
    for trouble_of in (phone_trouble, text_trouble, link_trouble, email_trouble, hours_trouble):
        trouble = trouble_of(text)
        assert trouble is None or (trouble.message and trouble.hint)


# The whole library


def span(line: int, file: str = "routes/uk.yaml") -> Span:
    return Span(file, line, 3, line, 9)


def say(text: str) -> Sentence:
    return Sentence(text, span=span(1))


def route(**fields: Any) -> Route:
    whole: dict[str, Any] = {
        "name": "childline",
        "title": say("Childline"),
        "serves": ("someone-to-talk-to",),
        "contract": None,
        "span": span(1),
    }
    return Route(**whole | fields)


def library(*routes: Route, **fields: Any) -> Library:
    empty: dict[str, Any] = {
        "trees": {},
        "questions": {},
        "advice": {},
        "always": (),
        "needs": {},
        "words": {},
    }
    return Library(**empty | {"routes": {one.name: one for one in routes}} | fields)


def only(found: tuple[Diagnostic, ...]) -> Diagnostic:
    (mistake,) = found
    assert mistake.severity is Severity.ERROR
    assert mistake.hint
    return mistake


GOOD = route(
    contract=Contract(frozenset({"18"}), frozenset({"wales"}), frozenset({"staff"})),
    who=say("Anyone until their 19th birthday"),
    phone=(Phone("0800 1111", span=span(2)),),
    text=(TextLine("85258", "SHOUT", span=span(3)),),
    chat="https://www.childline.org.uk/chat",
    email="help@example.org",
    web="https://www.childline.org.uk",
    bsl="https://www.childline.org.uk/bsl",
    languages=say("Welsh"),
    hours={
        "phone": "24/7",
        "text": "24/7",
        "chat": "Mo-Su 07:30-24:00",
        "email": "24/7",
        "web": "24/7",
        "bsl": "Mo-Fr 10:00-16:00; PH off",
    },
    cost=say("Free"),
    expect=say("Someone listens."),
    private=say("You need not give your name."),
    limits=say("Not for emergencies."),
    steps=(say("Tap it."),),
    forms=(Form("hacked", say("Hacked"), "https://example.org/hacked", span=span(4)),),
    source=RouteSource("https://www.childline.org.uk/about", "2022-08"),
    unsure=frozenset(
        {"name", "contract", "who", "phone", "text", "chat", "email", "web", "bsl", "languages"}
        | {"hours", "hours.phone", "cost", "expect", "private", "limits", "steps"}
        | {"forms", "forms.hacked"}
    ),
)


def test_a_route_without_mistakes_has_none() -> None:
    assert find(library(GOOD)) == ()


def test_a_route_that_says_nothing_has_no_mistakes() -> None:
    assert find(library(route())) == ()


def test_a_number_too_short_is_found_at_its_place() -> None:
    wrong = Phone("0800 111", span=span(7))
    mistake = only(find(library(replace(GOOD, phone=(*GOOD.phone, wrong)))))
    assert (mistake.code, mistake.span) == ("FP150", span(7))
    assert (
        mistake.message == "route childline: “0800 111” is not a UK phone number: it has 7 digits"
    )
    assert "10 or 11 digits" in mistake.hint


def test_a_short_code_is_found_at_its_place() -> None:
    wrong = TextLine("123", span=span(7))
    mistake = only(find(library(replace(GOOD, text=(wrong,)))))
    assert (mistake.code, mistake.span) == ("FP151", span(7))


@pytest.mark.parametrize("field", ["chat", "web", "bsl"])
def test_each_link_is_found_at_its_field(field: str) -> None:
    wrong: dict[str, Any] = {field: "http://example.org"}
    mistake = only(find(library(replace(GOOD, spans={field: span(7)}, **wrong))))
    assert (mistake.code, mistake.span) == ("FP152", span(7))


def test_the_link_of_a_form_is_found_at_the_form() -> None:
    wrong = Form("hacked", say("Hacked"), "https://evil", span=span(7))
    mistake = only(find(library(replace(GOOD, forms=(wrong,)))))
    assert (mistake.code, mistake.span) == ("FP152", span(7))


def test_the_link_of_a_source_is_found_at_the_source() -> None:
    wrong = replace(GOOD, source=RouteSource("leaflet", "2022"), spans={"source": span(7)})
    mistake = only(find(library(wrong)))
    assert (mistake.code, mistake.span) == ("FP152", span(7))


def test_a_source_may_have_no_link() -> None:
    assert find(library(replace(GOOD, source=RouteSource("", "2022")))) == ()


def test_an_address_is_found_at_its_field() -> None:
    mistake = only(find(library(replace(GOOD, email="help", spans={"email": span(7)}))))
    assert (mistake.code, mistake.span) == ("FP155", span(7))


def test_hours_are_found_at_their_channel() -> None:
    hours = {"phone": "9 to 5", "text": "24/7"}
    wrong = replace(GOOD, hours=hours, spans={"hours": span(6), "hours.phone": span(7)})
    mistake = only(find(library(wrong)))
    assert (mistake.code, mistake.span) == ("FP153", span(7))


@pytest.mark.parametrize(
    ("spans", "place"),
    [({"hours.phone": 7, "hours": 6}, 7), ({"hours": 6}, 6), ({}, 1)],
)
def test_a_mistake_stands_at_the_nearest_place_that_is_known(
    spans: Mapping[str, int], place: int
) -> None:
    known = {field: span(line) for field, line in spans.items()}
    wrong = route(hours={"phone": "24/7"}, web="https://example.org", spans=known)
    mistake = only(find(library(wrong)))
    assert (mistake.code, mistake.span) == ("FP154", span(place))


def test_hours_for_a_missing_channel_name_the_channels_there_are() -> None:
    wrong = route(phone=GOOD.phone, web=GOOD.web, hours={"phome": "24/7"})
    mistake = only(find(library(wrong)))
    assert mistake.message == (
        "route childline: hours are given for phome, which this route does not have"
    )
    assert mistake.hint == "did you mean “phone”?"


def test_hours_for_a_route_that_nobody_can_reach_ask_for_the_channel() -> None:
    mistake = only(find(library(route(hours={"phone": "24/7"}))))
    assert mistake.hint == "add phone, or take its hours out"


def test_forms_are_reached_by_web() -> None:
    assert find(library(route(forms=GOOD.forms, hours={"web": "24/7"}))) == ()


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        ("phones", "did you mean “phone”?"),
        ("hours.fone", "did you mean “hours.phone”?"),
        ("forms.hackd", "did you mean “forms.hacked”?"),
        ("serves", "name a field of this route, such as phone or hours.phone"),
    ],
)
def test_unsure_of_a_field_that_is_not_there(field: str, hint: str) -> None:
    wrong = replace(GOOD, unsure=frozenset({"phone", field}), spans={"unsure": span(7)})
    mistake = only(find(library(wrong)))
    assert (mistake.code, mistake.span) == ("FP156", span(7))
    assert (
        mistake.message == f"route childline: unsure names {field}, which this route does not have"
    )
    assert mistake.hint == hint


def test_each_unsure_field_has_its_own_place_where_it_is_known() -> None:
    spans = {"unsure": span(6), "unsure.cost": span(7)}
    wrong = route(unsure=frozenset({"cost"}), phone=GOOD.phone, spans=spans)
    assert only(find(library(wrong))).span == span(7)


def test_an_empty_field_is_not_there() -> None:
    wrong = route(unsure=frozenset({"phone"}))
    assert only(find(library(wrong))).code == "FP156"


UNSURE = route(phone=GOOD.phone, unsure=frozenset({"phone"}))
NOT_FOR_A_CHILD = When((("teller", frozenset({"young-person"})),))


@pytest.mark.parametrize(
    "bare",
    [
        UNSURE,
        route(phone=GOOD.phone, confidence="low"),
        replace(UNSURE, unless=(When((*NOT_FOR_A_CHILD.tests, ("age", frozenset({"18"})))),)),
        replace(UNSURE, whens=(NOT_FOR_A_CHILD,)),
    ],
)
def test_a_route_with_no_number_that_is_sure_has_nothing_for_a_child(bare: Route) -> None:
    mistake = only(find(library(bare)))
    assert mistake.code == "FP158"
    assert "phone number is not sure" in mistake.message


@pytest.mark.parametrize(
    "fair",
    [
        replace(UNSURE, web="https://example.org"),
        replace(UNSURE, steps=GOOD.steps),
        replace(UNSURE, unless=(NOT_FOR_A_CHILD,)),
        replace(UNSURE, whens=(When((("teller", frozenset({"staff"})),)),)),
    ],
)
def test_it_has_if_there_is_another_way_or_it_is_not_shown_to_one(fair: Route) -> None:
    assert find(library(fair)) == ()


def test_mistakes_come_in_the_order_of_the_file() -> None:
    first = route(
        name="b",
        phone=(Phone("1", span=span(9)), Phone("2", span=span(3))),
        email="x",
        hours={"phone": "?", "fax": "24/7"},
        spans={"email": span(5), "hours.phone": span(4), "hours.fax": span(8)},
    )
    second = route(name="a", text=(TextLine("1", span=span(2, "routes/platforms.yaml")),))
    found = find(library(first, second))
    assert [(one.span.file, one.span.line) for one in found] == [
        ("routes/platforms.yaml", 2),
        *(("routes/uk.yaml", line) for line in (3, 4, 5, 8, 9)),
    ]


def source(name: str, line: int, url: str = "http://example.org") -> Source:
    return Source(name, "A title", "A publisher", "2024", url, span=span(line, "trees.yaml"))


def advice(found_in: Source | None) -> Advice:
    return Advice(Kind.DO, say("Tell someone."), source=found_in, span=span(1))


def test_every_source_is_checked_once_wherever_it_is_used() -> None:
    of_tree, of_advice, of_always, of_case = (source(f"s{line}", line) for line in (1, 2, 3, 4))
    outcome = Outcome(
        name="end",
        title=say("The end"),
        urgency=Urgency.SOON,
        open=say("Thank you."),
        advice=(advice(of_tree), advice(of_advice), advice(None)),
        needs=(Need("learn-more", span=span(1)),),
        span=span(1),
    )
    tree = Tree(
        name="tree",
        title=say("Tree"),
        about=say("About"),
        review_by=date(2027, 5, 24),
        reviewed=None,
        sources={
            "s1": of_tree,
            "fine": source("fine", 8, "https://example.org"),
            "book": source("book", 9, ""),
        },
        given={},
        start="end",
        questions={},
        outcomes={"end": outcome},
        span=span(1),
    )
    choices = tuple(
        Choice(f"c{n}", say("Look"), "wrong", say("Because"), found_in)
        for n, found_in in enumerate((of_case, of_tree, None))
    )
    case = Case(
        name="case",
        tree="tree",
        story=say("A story"),
        answers={},
        expect=Expected("end", None, (), ()),
        judgements=(Judgement(say("What now?"), choices),),
        span=span(1),
    )
    always = Always(ALWAYS, (), None, (advice(of_always),), (), span=span(1))
    found = find(
        library(
            trees={"tree": tree},
            advice={"shared": advice(of_advice)},
            always=(always,),
            cases={"case": case},
        )
    )
    assert [(one.code, one.span.line) for one in found] == [
        ("FP152", line) for line in (1, 2, 3, 4)
    ]
    assert found[0].message.startswith("source s1: “http://example.org” is not an https")


def test_check_looks_for_mistakes_in_contacts() -> None:
    assert contacts in every_check()
