"""A sheet is the page, on paper: the same advice in the order of the design, and no moment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

import pytest

from fingerpost.model.base import replace
from fingerpost.model.sentence import Urgency
from fingerpost.model.tree import Kind, Outcome
from fingerpost.page.contact import Channel, Contact
from fingerpost.page.labels import title_of
from fingerpost.page.page import Help, Page, PartKind, page
from fingerpost.page.visibility import EMERGENCY
from fingerpost.sheets.document import (
    Address,
    Blank,
    Block,
    Box,
    Break,
    Brief,
    Document,
    Fine,
    Heading,
    Paragraph,
    Points,
    Scans,
    Steps,
)
from fingerpost.sheets.formats.pdf import PdfRenderer
from fingerpost.sheets.formats.text import text
from fingerpost.sheets.services_on_paper import scannable
from fingerpost.sheets.sheet import Sheet, sheet
from fingerpost.walk.autoplay import play_case

from ..support.alike import for_each
from ..support.printed import (
    CASES,
    LIBRARY,
    PRINTED_ON,
    page_of,
    sheet_of,
    texts,
)
from .test_pdf import side_count

each_page = for_each(zip(CASES))


def below(paper: Document, heading: str) -> tuple[Block, ...]:
    """What stands between a heading and the next, or nothing if it is not there."""
    at = next(
        (
            n
            for n, block in enumerate(paper.blocks)
            if isinstance(block, Heading) and block.text == heading
        ),
        None,
    )
    if at is None:
        return ()
    rest = paper.blocks[at + 1 :]
    end = next((n for n, b in enumerate(rest) if isinstance(b, Heading | Blank)), len(rest))
    return rest[:end]


def boxes(paper: Document) -> Iterator[Box]:
    """Every service that is named, in a box or in brief."""
    for block in paper.blocks:
        if isinstance(block, Box):
            yield block
        elif isinstance(block, Brief):
            yield from block.boxes


def addresses(paper: Document) -> list[Address]:
    return [address for box in boxes(paper) for address in box.addresses]


# A page made by hand: one need, and those who serve it.

MEDIAN, MOST, MOST_OF_A_CHILD = 580, 1240, 720
"""Words of a sheet. Of the median some 390 are advice, which stands on paper as on the screen."""

PLAIN = replace(page_of("the-talent-show"), under_13=False)
"""A page of which nothing is used but its words."""


def contact(*ways: Channel, **more: object) -> Contact:
    return replace(Contact("somebody", "Somebody", ways, ()), **more)  # type: ignore[arg-type]


def page_with(*contacts: Contact, need: str = "talk") -> Page:
    return replace(PLAIN, help=(Help(need, "Who can help", (), contacts),), lifeline=None)


def only_box(*contacts: Contact, need: str = "talk") -> Box:
    paper = sheet_of(page_with(*contacts, need=need))
    return next(boxes(paper))


def phone(number: str, **more: object) -> Channel:
    way = Channel("phone", number, f"tel:{number.replace(' ', '')}")
    return replace(way, **more)  # type: ignore[arg-type]


@pytest.mark.slow
def test_no_sheet_of_any_case_takes_three_sides_or_is_long() -> None:
    """Of every second case. Those that are not long are not set: none of them comes near to the end
    of a second side. Of the long ones the eight longest are, and each hundredth of the others."""
    press, words = PdfRenderer(), dict[Document, int]()
    for shown in map(page_of, [*LIBRARY.cases][::2]):
        paper = sheet(shown, Sheet(PRINTED_ON))
        words[paper] = sum(word.strip("-=*.") != "" for word in text(paper).split())
    assert median(words.values()) <= MEDIAN
    assert max(words.values()) <= MOST
    children = [paper for paper in words if paper.child]
    assert max(words[paper] for paper in children) <= MOST_OF_A_CHILD
    long = [paper for paper, count in words.items() if count > (450 if paper.child else 750)]
    long.sort(key=lambda paper: words[paper] - (450 if paper.child else 750), reverse=True)
    assert len(long) > 25
    assert {side_count(press.print(paper)) for paper in (*long[:8], *long[8::100])} == {2}


@pytest.mark.slow
@each_page
def test_no_sheet_for_wales_says_how_it_is_in_scotland(case: str) -> None:
    """Nor does one whose ending comes before anybody is asked where they live."""
    walk = play_case(LIBRARY, LIBRARY.cases[case])
    assert isinstance(walk.here, Outcome)
    in_wales = {**walk.facts, "nation": frozenset({"wales"})}
    paper = sheet_of(page(LIBRARY, walk.tree, walk.here, in_wales))
    assert [text for text in texts(paper) if "In Scotland" in text] == []


# The order


@each_page
def test_danger_comes_first_on_every_sheet(case: str) -> None:
    """Also where the page has no emergency: on a screen a key shows 999, and paper has no key."""
    opening, first, *rest = sheet_of(page_of(case)).blocks
    danger = Paragraph("In danger now? Ring 999.", strong=True, uri="tel:999")
    assert (opening, first) == (Paragraph(page_of(case).opening), danger)
    assert danger not in rest


@pytest.mark.parametrize(
    ("urgency", "banner", "shown"),
    [
        (Urgency.NOW, "GET HELP NOW", True),
        (Urgency.TODAY, "GET HELP TODAY", True),
        (Urgency.SOON, "GET HELP SOON", False),
    ],
)
def test_a_helpline_stands_at_the_top_with_one_by_text_where_it_is_urgent(
    urgency: Urgency, banner: str, shown: bool
) -> None:
    found = page_of("two-in-the-morning")
    paper = sheet_of(replace(found, urgency=urgency, to_talk=found.to_talk[:2] if shown else ()))
    assert paper.banner == banner
    top = paper.blocks[: paper.blocks.index(Heading("What to do now"))]
    number = Address("Phone", "0800 1111", "tel:08001111", "any time, day or night")
    text = Address("Text", "SHOUT to 85258", "sms:85258", "any time, day or night")
    helpline = Box("Childline", (number,))
    # Somebody who cannot speak has one by text beside it.
    brief = Brief((helpline, *([Box("Shout", (text,))] if shown else [])))
    assert top[-2:] == (Heading("Talk to someone"), brief)


@pytest.mark.parametrize("reader", ["parent", "staff"])
def test_the_helpline_at_the_top_is_for_whom_the_page_is_about(reader: str) -> None:
    """Nobody tells a father at night that he is to ring Childline for himself."""
    paper = sheet_of(replace(page_of("two-in-the-morning"), reader=reader))
    assert "Childline" in texts(below(paper, "Someone they can talk to"))
    assert below(paper, "Talk to someone") == ()


def test_below_a_parents_line_that_may_be_shut_stands_who_answers_at_night() -> None:
    """Also where it is none of the first services of a need, as in Wales. Their number is not said
    again below, and no line for the young stands there."""
    welsh = (p for p in map(page_of, CASES) if p.own_line and p.nation == "wales")
    own = next(p for p in welsh if "116 123" not in str([each.contacts for each in p.help]))
    assert own.reader == "parent"
    paper = sheet_of(own)
    number = Address("Phone", "116 123", "tel:116123", "any time, day or night")
    night = Box("At night, ring Samaritans", (number,))
    [told] = below(paper, "Talk to someone")
    assert isinstance(told, Brief)
    assert (told.boxes[0].title, told.boxes[1:]) == ("NSPCC Helpline", (night,))
    assert [each.text for each in addresses(paper)].count("116 123") == 1
    assert paper.foot == ("Danger? Ring 999", "Samaritans 116 123")  # that of a side come away


def test_whom_a_workers_first_step_rings_stands_below_the_steps_and_the_lead_apart() -> None:
    case = next(case for case in CASES if page_of(case).outcome == "before-they-leave")
    paper = sheet_of(page_of(case))
    lead = paper.blocks[paper.blocks.index(Heading("Someone they can talk to")) - 1]
    assert lead == Blank("The safeguarding lead: name and number", boxed=True)
    assert any(isinstance(block, Steps) for block in paper.blocks[:6])
    headings = [block.text for block in paper.blocks if isinstance(block, Heading)]
    assert headings[:2] == ["What to do now", "People who keep children safe"]


# The same advice


@each_page
def test_all_of_the_advice_is_there_word_for_word(case: str) -> None:
    found = page_of(case)
    paper = sheet_of(found)
    steps = next((block.lines for block in paper.blocks if isinstance(block, Steps)), ())
    assert steps == tuple(line.text for line in found.steps)
    told = [*texts(paper)]
    for part in found.parts:
        # What happens on a call is for the screen.
        said = part.text[:1] if part.kind is PartKind.CALL else part.text
        for each in (*(line.text for line in part.lines), *said):
            assert {each, f"{part.title}: {each}", f"{part.short} {each}"} & {*told}, each
    headings = [block.text for block in paper.blocks if isinstance(block, Heading)]
    reach = "Other ways to reach 999"
    assert (reach in headings) == any(each.need == EMERGENCY for each in found.help)
    # The words of a call are on a child's front; then the child's own questions come.
    asked = [part.title for part in found.parts if part.kind is PartKind.ANSWER]
    others = ["What to do now", "What to say when you call", reach, "The safeguarding lead"]
    if found.under_13 and asked:
        assert [each for each in headings if each not in others][: len(asked)] == asked
    warning = "For the worker, not to be given to a young person: "
    assert paper.kicker == f"{warning * (found.reader == 'staff')}{found.tree_title}"
    assert paper.title == found.title


@each_page
def test_who_approved_the_words_stands_on_the_first_side(case: str) -> None:
    """In letters of the text: who prints them sees it. A child's has it at the foot."""
    blocks = sheet_of(page_of(case)).blocks
    said = "No safeguarding professional has approved these words yet."
    if Break() in blocks:
        assert blocks[blocks.index(Break()) - 1] == Fine((said,))
    else:
        assert Paragraph(said) in blocks[:14]
    assert [*texts(sheet_of(page_of(case)))].count(said) == 1


@pytest.mark.slow
@each_page
def test_each_number_stands_once_and_none_by_which_people_answer_is_lost(case: str) -> None:
    """Nor sign language. A page stands where a first service has nothing else."""
    found = page_of(case)
    paper = sheet_of(found)
    ring = found.emergency.ways[:1] if found.emergency else ()
    top = [(way.address, way.uri) for way in ring]
    top += [(a.text, a.uri) for box in boxes(paper) for a in box.addresses] + [
        (box.title.split()[-1], box.uri) for box in boxes(paper) if box.uri
    ]
    lists = [block for block in paper.blocks if isinstance(block, Steps | Points)]
    top += [(way.text, way.uri) for block in lists for _, way in block.ways]
    for each in found.help:
        blocks = below(paper, each.heading)
        # One reason for several needs is said once.
        assert not blocks or {*map(Paragraph, each.because)} <= {*paper.blocks}
        for number, served in enumerate(each.contacts):
            answers = {(w.address, w.uri) for w in served.ways if w.live or w.channel == "bsl"}
            whole = {(way.address, way.uri) for way in served.ways}
            mail = {way.address for way in served.ways if way.channel == "email"}
            assert answers or mail or (number and not served.local) or whole <= {*top}
            assert answers <= {*top}
            box = next((box for box in boxes(paper) if box.title == title_of(served)), None)
            if not (served.ways or served.steps or served.forms):
                blank = Blank(f"{each.heading}: name and number", boxed=True)
                assert box is not None or blank in paper.blocks
            elif served.steps or served.forms:
                assert box is not None
                assert box.steps == served.steps
                assert {form.web for form in served.forms} <= {a.text for a in box.addresses}
    if found.reader != "staff" and found.nation != "wales":
        # What it takes to text 999 stands there, so that nobody waits for an answer in vain.
        assert not any(box.notes for box in boxes(paper) if "999" not in box.title)


# Hours, and no moment

MOMENT = re.compile(
    r"\bopen (now|until)\b|\bopens\b|(?<!may be )\bshut\b|\bclosed now\b", re.IGNORECASE
)
"""What is true for a minute, and is no use on paper."""


@pytest.mark.slow
@each_page
def test_paper_says_when_people_answer_and_never_whether_they_do_now(case: str) -> None:
    found = page_of(case)
    paper = sheet_of(found)
    notes = [address.note for address in addresses(paper)]
    assert not any(MOMENT.search(note) for note in notes)
    without = {"tel:999", *(box.uri for box in boxes(paper))}
    for each in found.help:
        for served in each.contacts:
            told = {(a.text, a.uri, a.note) for a in addresses(paper)}
            for way in filter(lambda way: way.live and way.uri not in without, served.ways):
                note = ", ".join(filter(None, (way.label, way.says)))
                assert any(
                    (address, uri) == (way.address, way.uri) and said.startswith(note)
                    for address, uri, said in told
                )


# Whom it is for


@pytest.mark.slow
@each_page
def test_only_a_sheet_for_staff_holds_the_notes_for_workers(case: str) -> None:
    found = page_of(case)
    lines = [*found.steps, *(line for part in found.parts for line in part.lines)]
    notes = [*(line.text for line in lines if line.kind is Kind.WORKER), *found.note]
    others = {line.text for line in lines if line.kind is not Kind.WORKER}
    assert bool(set(notes) - others) == (found.reader != "parent")
    whole = "\n".join(texts(sheet_of(found)))
    assert all((note in whole) == (found.reader == "staff") for note in set(notes) - others)


# Codes to scan


@pytest.mark.parametrize(
    ("uri", "scan"),
    [
        ("tel:999", False),
        ("tel:112", False),
        ("tel:101", False),
        ("tel:18001999", False),
        ("tel:18001101", False),
        ("tel:18001112", False),
        ("tel:7726", True),
        ("tel:116123", True),
        ("tel:08001111", True),
        ("tel:1800108001111", True),
        ("https://example.org", True),
        ("sms:85258", False),
        ("sms:999", False),
        ("mailto:a@example.org", False),
        ("http://example.org", False),
        ("", False),
    ],
)
def test_what_can_be_scanned(uri: str, scan: bool) -> None:
    assert scannable(uri) == scan


def test_a_code_says_what_it_does_and_opens_no_page_in_sign_language() -> None:
    long = "https://www.example.org/a/long/way"
    bsl, web = Channel("bsl", f"{long}/bsl", f"{long}/bsl"), Channel("web", long, long)
    shown = page_with(contact(bsl, web))
    [row] = [block for block in sheet_of(shown).blocks if isinstance(block, Scans)]
    assert row == Scans((Address("Open Somebody", long, long),))


def test_a_child_has_three_steps_and_one_number_on_a_side_of_its_own() -> None:
    case = next(
        case for case in CASES if page_of(case).under_13 and len(page_of(case).instructions) > 4
    )
    blocks = sheet_of(page_of(case)).blocks
    side = blocks[: blocks.index(Break())]
    [steps] = [block for block in side if isinstance(block, Steps)]
    [box] = [block for block in side if isinstance(block, Box)]
    assert len(steps.lines) == 3
    assert [address.text for address in box.addresses] == ["0800 1111"]


def test_in_wales_the_languages_stand_and_the_own_service_is_shown() -> None:
    case = next(
        case
        for case in CASES
        if page_of(case).nation == "wales" and page_of(case).reader == "young-person"
    )
    said = " ".join(texts(sheet_of(page_of(case))))
    assert "Cymraeg neu Saesneg" in said
    assert "Meic" in said
    for each in CASES:
        if page_of(each).nation == "wales":
            of_services = [b for b in sheet_of(page_of(each)).blocks if isinstance(b, Box)]
            assert "In Scotland" not in " ".join(texts(tuple(of_services))), each
