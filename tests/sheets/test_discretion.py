"""A discreet sheet tells whoever finds it nothing but whom to ring."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Span
from fingerpost.model.sentence import Sentence
from fingerpost.model.tree import Kind
from fingerpost.page.contact import Channel, Contact, Detail
from fingerpost.page.page import Help, Instruction, Page
from fingerpost.sheets.discretion import Discretion
from fingerpost.sheets.document import Box, Document, Paragraph
from fingerpost.sheets.formats.markdown import markdown
from fingerpost.sheets.formats.text import text

from ..support.alike import for_each
from ..support.printed import CASES, LIBRARY, page_of, sheet_of, texts

DISCRETION = Discretion.of(LIBRARY)


def listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


TELLING = listed(
    """
    abortion abuse account addiction alcohol allegation anorexia app arrest assault bank bet
    bitcoin blackmail block body boyfriend bruise bullied bully bullying cannabis ceop chat child
    childline children chlamydia clinic cocaine confidential consent contraception controlling
    council counselling counsellor court crime criminal cut cutting cyber dealer debt deepfake
    discord divorce drug drugs drunk evidence ex exploit extort extremism facebook fake fight foster
    fraud gambling gang gay girlfriend groom grooming hack hacked harass harm hate helpline
    homeless hospital hurt image instagram insta internet ketamine kill knife kooth lesbian link
    lock love message meic meth money naked nspcc nude onlyfans online overdose papyrus partner
    pay payment penis photo picture police porn posh pregnancy pregnant prison privacy racist
    radical rape refuge rehab remove report revenge roblox runaway safeguarding samaritans scam
    scared school screenshot secret self-harm sex sexting sextortion sexual shelter shout snapchat
    social stalker stalking steal stolen stranger suicidal suicide support survivor telegram terror
    therapist threat threaten threatened threatening tiktok touch trafficking trans trick trouble
    username vape victim video violence violent virgin weapon web webcam website weed whatsapp
    youtube
    """
)
"""What a young person would not want found, and the words that lead to it."""

EMPTY = listed(
    """
    adults
    a about after all also an and any anyone anything are as at away be because been before but by
    can could day days do does each else every everyone everything first for from get gets go going
    good has have help here how i if in is it its last later like me might more must my near need
    next not now of often on one only or other others our out people person place say should so
    some somebody someone something soon stay such take talk tell than that the their them then
    there they thing things this those time to today together tomorrow too until up us very was way
    we well what when where which who will wish wishes with without would year you young your
    had round were evening
    adult alone am ask back call check checks end find just keep may night phone plan right ring
    told worker
    even grown grown-up mum teacher sure
    change menus number numbers page pages times try wrong
    """
)
"""Words of titles that are in any letter."""

OURS = "bank holidays"
"""When nobody answers: a day, and no bank."""


def words(said: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", said.casefold().replace(OURS, ""))


def titles() -> Iterator[str]:
    for tree in LIBRARY.trees.values():
        yield from tree.title.texts
        yield from tree.about.texts
        for outcome in tree.outcomes.values():
            yield from outcome.title.texts


FAMILY = frozenset({"mum", "dad"})
"""Whom a discreet sheet may name: they say nothing of what has happened."""

OF_TITLES = frozenset(word for title in titles() for word in words(title)) - EMPTY - FAMILY

SERVICES = frozenset(
    name
    for route in LIBRARY.routes.values()
    for name in (route.name, *route.title.texts)
    if re.search("[a-z]", name.casefold())
)


def forms(word: str) -> set[str]:
    """A word, and what it may be a form of: pictures, picture's, threatening."""
    return {word, *(word.removesuffix(ending) for ending in ("s", "'s", "’s", "ed", "ing", "er"))}


def complaints(said: Iterable[str]) -> list[str]:
    """Everything in these texts that would tell."""
    found = []
    for each in said:
        if re.search(r"://|www\.|@", each):
            found.append(f"an address: {each}")
        found += [f"{word}: {each}" for word in words(each) if forms(word) & (TELLING | OF_TITLES)]
        found += [f"{name}: {each}" for name in SERVICES if f" {name} " in f" {each} "]
    return found


def everything(paper: Document) -> Iterator[str]:
    """What is in a paper, and what is made of it, but for the one word that has to be sent."""
    made = (*texts(paper), text(paper), markdown(paper).replace("<tel:", "").replace("<sms:", ""))
    yield from (each.replace("SHOUT to", "to") for each in made)


def discreet(found: Page, how: Discretion = DISCRETION) -> Document:
    return sheet_of(found, discretion=how)


@pytest.mark.slow
@for_each(zip(CASES))
def test_a_discreet_sheet_tells_nothing(case: str) -> None:
    assert complaints(everything(discreet(page_of(case)))) == []


@pytest.mark.slow
@for_each(zip(CASES))
def test_what_stands_at_the_top_and_in_the_properties_is_the_same_for_all(case: str) -> None:
    paper = discreet(page_of(case))
    assert (paper.title, paper.kicker, paper.banner) == ("Who to ring", "", "")
    said = "In an emergency, ring 999. If you cannot speak, press 55 on a mobile."
    assert paper.blocks[0] == Paragraph(said, strong=True, uri="tel:999")


def numbers(paper: Document) -> list[str]:
    boxes = [block for block in paper.blocks if isinstance(block, Box)]
    return [address.uri for box in boxes for address in box.addresses]


@for_each(zip(CASES))
def test_every_number_stays(case: str) -> None:
    """But for 999, which stands above, and for textphones, whose prefix nobody could explain."""
    found = page_of(case)
    ways = [
        way
        for each in found.help
        if each.need != "emergency"
        for contact in each.contacts
        for way in contact.ways
    ]
    kept = [
        way.uri
        for way in ways
        if (way.uri.startswith("tel:") and not way.address.startswith("18001"))
        or way.channel == "text"
    ]
    assert set(numbers(discreet(found))) == set(kept)


def test_every_page_has_a_number_besides_999() -> None:
    assert [case for case in CASES if not numbers(discreet(page_of(case)))] == []


# By hand


def only(*steps: str, helps: tuple[Help, ...] = ()) -> Page:
    told = tuple(Instruction(Kind.DO, step) for step in steps)
    return replace(page_of("the-talent-show"), steps=told, help=helps)


def served(*contacts: Contact, heading: str = "Someone to talk to", need: str = "talk") -> Help:
    return Help(need, heading, ("Because of a picture.",), contacts)


def contact(*ways: Channel, **more: Any) -> Contact:
    return replace(Contact("somebody", "Somebody", ways, ()), **more)


def phone(number: str, **more: Any) -> Channel:
    return replace(Channel("phone", number, f"tel:{number.replace(' ', '')}"), **more)


def test_a_number_is_told_without_whose_it_is() -> None:
    line = phone("0300 123 0000", label="Childline's own line", says="every day")
    other = phone("0300 123 0001", label="Then press 2")
    chat = Channel("chat", "https://example.org", "https://example.org")
    found = only(
        helps=(
            served(contact(line, other, chat), heading="Help with bullying"),
            served(contact(chat)),
            served(
                replace(contact(phone("0800 1111")), route="childline"),
                replace(contact(phone("116 123")), route="samaritans"),
            ),
            served(contact(phone("999"), phone("18000")), need="emergency"),
        )
    )
    box, young = [block for block in discreet(found).blocks if isinstance(block, Box)]
    assert box.title == "Someone who can help"
    assert [way.note for way in young.addresses] == ["under 19", "for anyone"]
    assert [(a.label, a.text, a.note) for a in box.addresses] == [
        ("Phone", "0300 123 0000", "every day"),
        ("Phone", "0300 123 0001", "Then press 2"),
    ]
    assert box.notes == box.steps == ()


def test_a_text_stands_apart_with_the_word_to_send() -> None:
    shout = Channel("text", "SHOUT to 85258", "sms:85258")
    plain = Channel("text", "84001", "sms:84001")
    voice = contact(phone("116 123"), details=(Detail("cost", "Free from any phone."),))
    paper = discreet(only(helps=(served(voice, contact(shout, plain)),)))
    assert [
        (box.title, [(way.text, way.note) for way in box.addresses])
        for box in paper.blocks
        if isinstance(box, Box)
    ] == [
        ("Someone to talk to", [("116 123", "free")]),
        ("Someone to text", [("SHOUT to 85258", ""), ("84001", "")]),
    ]


# Words


@pytest.mark.parametrize("ending", ["", "s", "ed", "'s", "’s"])
def test_no_word_that_tells_is_let_through_in_any_form(ending: str) -> None:
    for word in sorted(TELLING | OF_TITLES):
        said = f"Tell someone about the {word}{ending} today."
        assert DISCRETION.tells(said), said
        assert DISCRETION.tells(said.upper()), said
        assert not DISCRETION.tells(said.replace(f" the {word}{ending}", " it"))


def named(*names: str) -> Discretion:
    """What is discreet where services have these names."""
    childline = LIBRARY.routes["childline"]
    here = Span.start_of("made-up")
    routes = {
        name: replace(childline, name=name, title=Sentence(name, span=here), local=True)
        for name in names
    }
    return Discretion.of(replace(LIBRARY, routes=routes))


def test_a_name_of_harmless_words_tells_all_the_same() -> None:
    said = "Go to The Quiet Place, now."
    assert not named().tells(said)
    assert named("The quiet place").tells(said)
    assert named("The quiet place").tells("THE QUIET PLACE")
    assert not named("The quiet place").tells("A place that is quiet")
    assert not named("The quiet place").tells("Go to the quiet places")


def test_the_names_of_an_organisations_own_file_tell_too() -> None:
    own = contact(phone("029 2018 0000", label="Ask for Sam Jones"), title="Our place", local=True)
    paper = discreet(only("Go to our place.", helps=(served(own),)), how=named("Our place"))
    whole = " ".join(everything(paper)).casefold()
    assert "sam" not in whole
    assert "our place" not in whole
    assert "from your organisation" not in whole
    assert "tel:02920180000" in numbers(paper)
