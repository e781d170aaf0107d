"""A sheet is the page, on paper: the same advice in the order of the design, and no moment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from datetime import date
from statistics import median

import pytest

from fingerpost.model.base import replace
from fingerpost.model.sentence import Urgency
from fingerpost.model.tree import Checked, Kind, Outcome
from fingerpost.page.labels import title_of
from fingerpost.page.page import (
    Channel,
    Contact,
    Detail,
    FormLink,
    Help,
    Instruction,
    Lifeline,
    Page,
    PartKind,
    page,
)
from fingerpost.sheets.document import (
    Address,
    Blank,
    Block,
    Box,
    Break,
    Brief,
    Code,
    Document,
    Fine,
    Heading,
    Paragraph,
    Points,
    Steps,
)
from fingerpost.sheets.formats.pdf import PdfRenderer
from fingerpost.sheets.formats.text import text
from fingerpost.sheets.sheet import Sheet, sheet
from fingerpost.walk.autoplay import play_case

from ..support.alike import for_each
from ..support.printed import (
    AUDIENCES,
    CASES,
    EACH_IN_TURN,
    LIBRARY,
    PRINTED_ON,
    page_of,
    sheet_of,
    texts,
)
from .test_pdf import side_count

each_sheet = for_each(EACH_IN_TURN)
each_page = for_each(zip(CASES))


CHANGE = (
    "Numbers can change. If one is wrong, try the next. Not from the police, Childline or any "
    "service. Not legal advice."
)


def below(paper: Document, heading: str) -> tuple[Block, ...]:
    """What stands between a heading and the next, or nothing if it is not there."""
    at = next((n for n, block in enumerate(paper.blocks) if block == Heading(heading)), None)
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


def fine(paper: Document) -> tuple[str, ...]:
    *_, last = paper.blocks
    assert isinstance(last, Fine)
    return last.lines


# A page made by hand: one need, and those who serve it.

MEDIAN, MOST, MOST_OF_A_CHILD = 580, 1240, 720
"""Words of a sheet. Of the median some 390 are advice, which stands on paper as on the screen."""

PLAIN = replace(page_of("the-talent-show"), under_13=False)
"""A page of which nothing is used but its words."""


def contact(*ways: Channel, **more: object) -> Contact:
    return replace(Contact("somebody", "Somebody", ways, ()), **more)  # type: ignore[arg-type]


def page_with(*contacts: Contact, need: str = "talk") -> Page:
    return replace(PLAIN, help=(Help(need, "Who can help", (), contacts),), lifeline=None)


def only_box(*contacts: Contact, need: str = "talk", audience: str = "young-person") -> Box:
    paper = sheet_of(page_with(*contacts, need=need), audience)
    return next(boxes(paper))


def phone(number: str, **more: object) -> Channel:
    way = Channel("phone", number, f"tel:{number.replace(' ', '')}")
    return replace(way, **more)  # type: ignore[arg-type]


@pytest.mark.slow
def test_no_sheet_of_any_case_takes_three_sides_or_is_long() -> None:
    """Those that are not long are not set: none of them comes near to the end of a second side. Of
    the long ones the forty longest are, and each third of the others."""
    press, words = PdfRenderer(), dict[Document, int]()
    for shown in map(page_of, LIBRARY.cases):
        paper = sheet(shown, "", Sheet(shown.reader, PRINTED_ON))
        words[paper] = sum(word.strip("-=*.") != "" for word in text(paper).split())
    assert median(words.values()) <= MEDIAN
    assert max(words.values()) <= MOST
    children = [paper for paper in words if paper.child]
    assert max(words[paper] for paper in children) <= MOST_OF_A_CHILD
    long = [paper for paper, count in words.items() if count > (450 if paper.child else 750)]
    long.sort(key=lambda paper: words[paper] - (450 if paper.child else 750), reverse=True)
    assert len(long) > 50
    assert {side_count(press.print(paper)) for paper in (*long[:40], *long[40::3])} == {2}


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


@each_sheet
def test_danger_comes_first_on_every_sheet(case: str, audience: str) -> None:
    """Also where the page has no emergency: on a screen a key shows 999, and paper has no key."""
    first, *rest = sheet_of(page_of(case), audience).blocks
    danger = Paragraph("In danger now? Ring 999.", strong=True)
    assert first == danger
    assert danger not in rest


def test_some_pages_have_an_emergency_and_some_have_none() -> None:
    assert {page_of(case).emergency is None for case in CASES} == {True, False}


@pytest.mark.parametrize(
    ("urgency", "banner", "shown"),
    [
        (Urgency.NOW, "GET HELP NOW", True),
        (Urgency.TODAY, "GET HELP TODAY", True),
        (Urgency.SOON, "GET HELP SOON", False),
        (Urgency.INFO, "GOOD TO KNOW", False),
    ],
)
def test_a_helpline_stands_at_the_top_of_what_is_urgent(
    urgency: Urgency, banner: str, shown: bool
) -> None:
    found = page_of("two-in-the-morning")
    paper = sheet_of(replace(found, urgency=urgency, to_talk=found.to_talk[:2] if shown else ()))
    assert paper.banner == banner
    top = paper.blocks[: paper.blocks.index(Heading("What to do now"))]
    number = Address("Phone", "0800 1111", "tel:08001111", "any time, day or night")
    text = Address("Text", "SHOUT to 85258", "sms:85258", "any time, day or night")
    helpline = Box("Talk to someone: Childline", (number,))
    # Somebody who cannot speak has one by text beside it.
    assert (Brief((helpline, Box("Shout", (text,)))) in top) == shown


@pytest.mark.parametrize("reader", ["parent", "staff"])
def test_the_helpline_at_the_top_is_for_whom_the_page_is_about(reader: str) -> None:
    """Nobody tells a father at night that he is to ring Childline for himself."""
    told = texts(sheet_of(replace(page_of("two-in-the-morning"), reader=reader)))
    assert "Someone they can talk to: Childline" in told
    assert "Talk to someone: Childline" not in told


# The same advice


@each_sheet
def test_all_of_the_advice_is_there_word_for_word_and_in_order(case: str, audience: str) -> None:
    found = page_of(case)
    paper = sheet_of(found, audience)
    staff = audience == "staff"

    def told(lines: Iterable[Instruction]) -> tuple[str, ...]:
        return tuple(line.text for line in lines if staff or line.kind is not Kind.WORKER)

    due: dict[str, tuple[Block, ...]] = {}
    if steps := told(found.steps):
        due["What to do now"] = (Steps(steps),)
    for part in found.parts:
        if part.kind is PartKind.HELP:
            due |= dict.fromkeys((each.heading for each in found.help), ())
        elif staff or part.kind is not PartKind.WORKER:
            lines = told(part.lines)
            points = (Points(lines),) if lines else ()
            first = (f"{part.short} {part.text[0]}".strip(),) if part.text else ()
            # What happens on a call is for the screen.
            others = part.text[1:] if part.kind is not PartKind.CALL else ()
            due[part.title] = (*points, *map(Paragraph, (*first, *others)))
    needs = {each.heading for each in found.help}
    headings = [block.text for block in paper.blocks if isinstance(block, Heading)]
    due = {each: blocks for each, blocks in due.items() if blocks or each in needs & {*headings}}
    assert headings == list(due)
    for heading, blocks in due.items():
        assert below(paper, heading)[: len(blocks)] == blocks
    assert Paragraph(found.opening) in paper.blocks[:2]
    assert paper.title == found.title
    assert paper.kicker == found.tree_title


@pytest.mark.slow
@each_page
def test_what_the_page_does_not_have_takes_no_heading(case: str) -> None:
    bare = replace(page_of(case), steps=(), parts=(), help=())
    kinds = {type(block) for block in sheet_of(bare, "staff").blocks}
    # The first side of a child has the helpline as its own service; here it has none.
    first = Break if bare.under_13 else Brief
    due = bare.under_13 or (bare.lifeline and bare.urgency >= Urgency.TODAY)
    assert kinds == {Paragraph, Blank, Code, Fine} | ({first} if due else set())


@pytest.mark.slow
@each_sheet
def test_each_number_stands_once_and_none_by_which_people_answer_is_lost(
    case: str, audience: str
) -> None:
    """Nor sign language. A page stands where a first service has nothing else."""
    found = page_of(case)
    paper = sheet_of(found, audience)
    ring = found.emergency.ways[:1] if found.emergency else ()
    top = [(way.address, way.uri) for way in ring]
    top += [(a.text, a.uri) for box in boxes(paper) for a in box.addresses] + [
        (box.title.split()[-1], box.uri) for box in boxes(paper) if box.uri
    ]
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
            if served.steps or served.forms or not served.ways:
                assert box is not None
                assert box.steps == served.steps
                assert {form.web for form in served.forms} <= {a.text for a in box.addresses}
    if found.reader != "staff" and found.nation != "wales":
        assert not any(box.notes for box in boxes(paper))


def test_a_line_for_one_nation_stands_again_among_those_of_the_others() -> None:
    """At the top stands the first of them alone."""
    lines = tuple(phone("111", label=nation) for nation in ("England", "Wales"))
    served = contact(*lines)
    top = Lifeline(served.route, served.title, lines[0])
    paper = sheet_of(replace(page_with(served), to_talk=(top,)))
    *_, box = boxes(paper)
    assert [a.note for a in box.addresses] == ["England", "Wales"]


def test_who_stands_at_the_top_is_below_with_what_does_not() -> None:
    ring = phone("0800 1111")
    chat = Channel("chat", "https://example.org", "https://example.org")
    top = Lifeline("somebody", "Somebody", ring)

    def left(*contacts: Contact) -> list[str]:
        paper = sheet_of(replace(page_with(*contacts), to_talk=(top,)))
        return [*texts(below(paper, "Who can help"))]

    assert "0800 1111" not in left(contact(ring, chat))
    assert "https://example.org" in left(contact(ring, chat))
    assert left(contact(ring)) == []


def test_what_else_is_known_of_a_service_is_for_the_screen() -> None:
    details = tuple(Detail(field, field) for field in ("who", "cost", "expect", "private"))
    told = contact(phone("0300 123 0000"), details=details, steps=("Ring.", "Wait."))
    for audience in AUDIENCES:
        assert only_box(told, audience=audience).notes == ()
        assert only_box(told, audience=audience).steps == ("Ring.", "Wait.")


def test_a_service_with_steps_or_forms_has_a_box_wherever_it_stands() -> None:
    form = FormLink("For a picture", "https://example.org/form")
    paper = sheet_of(
        page_with(
            contact(phone("0300 123 0000")),
            contact(title="Brief"),
            contact(title="With steps", steps=("Tap.",)),
            contact(title="With a form", forms=(form,)),
        )
    )
    first, brief, steps, last = below(paper, "Who can help")
    assert isinstance(first, Box)  # as it has the code to scan
    assert brief == Brief((Box("Brief", ()),))
    assert steps == Box("With steps", (), ("Tap.",))
    assert last == Box(
        "With a form",
        (
            Address(
                "For a picture",
                "https://example.org/form",
                "https://example.org/form",
                scan=True,
            ),
        ),
    )


def test_in_brief_only_those_ways_stand_by_which_a_person_answers() -> None:
    web = Channel("web", "https://example.org", "https://example.org")
    mail = Channel("email", "a@example.org", "mailto:a@example.org")
    first = contact(phone("0300 123 0000"))

    def brief(*ways: Channel) -> list[str]:
        paper = sheet_of(page_with(first, contact(*ways, title="Second")))
        return [a.text for box in boxes(paper) if box.title == "Second" for a in box.addresses]

    assert brief(phone("116 123"), web) == ["116 123"]
    assert brief(mail, web) == ["a@example.org", "https://example.org"]
    assert brief(web) == ["https://example.org"]


def test_a_web_page_stands_once_and_a_way_by_which_people_answer_is_never_left_out() -> None:
    same = "https://example.org"
    web, chat, signed = (Channel(kind, same, same) for kind in ("web", "chat", "bsl"))
    assert [a.label for a in only_box(contact(web, chat)).addresses] == ["Chat"]
    for ways in ((chat, signed), (signed, chat)):
        [both] = only_box(contact(*ways)).addresses
        assert (both.label, both.note) == ("Chat", "sign language too")
    assert [a.label for a in only_box(contact(signed)).addresses] == ["Sign language"]
    assert [a.label for a in only_box(contact(web)).addresses] == ["Web"]
    words = (Channel("text", f"{word} to 85258", "sms:85258") for word in ("SHOUT", "HELLO"))
    assert [a.text for a in only_box(contact(*words)).addresses] == [
        "SHOUT to 85258",
        "HELLO to 85258",
    ]
    nations = (Channel("phone", "111", "tel:111", label=each) for each in ("Wales", "Scotland"))
    assert [a.note for a in only_box(contact(*nations)).addresses] == ["Wales", "Scotland"]


# Hours, and no moment

MOMENT = re.compile(r"\bopen (now|until)\b|\bopens\b|\bshut\b|\bclosed now\b", re.IGNORECASE)
"""What is true for a minute, and is no use on paper."""


@pytest.mark.slow
@each_sheet
def test_paper_says_when_people_answer_and_never_whether_they_do_now(
    case: str, audience: str
) -> None:
    found = page_of(case)
    paper = sheet_of(found, audience)
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
    notes = [line.text for line in lines if line.kind is Kind.WORKER]
    others = {line.text for line in lines if line.kind is not Kind.WORKER}
    assert bool(set(notes) - others) == (found.reader != "parent")
    for audience in AUDIENCES:
        whole = "\n".join(texts(sheet_of(found, audience)))
        for note in set(notes) - others:
            assert (note in whole) == (audience == "staff")


def for_both(block: Block, told_to_staff: Set[str]) -> Block | None:
    """A block without what only staff are told, or None where nothing is left of it."""
    match block:
        case Heading(text="For the worker"):
            return None
        case Steps(lines=lines) | Points(lines=lines):
            return replace(block, lines=tuple(each for each in lines if each not in told_to_staff))
        case _:
            return block


@pytest.mark.slow
@each_page
def test_whom_it_is_for_changes_nothing_else(case: str) -> None:
    found = page_of(case)
    young, parent, staff = (sheet_of(found, audience) for audience in AUDIENCES)
    assert fine(young)[0] == "For a young person to keep."
    assert fine(parent)[0] == "For a parent or carer to keep."
    assert fine(staff)[0] == "For the worker. Not to be given to a young person."
    assert young.blocks[:-1] == parent.blocks[:-1]
    assert fine(young)[1:] == fine(parent)[1:]
    told_to_staff = ("Numbers seen: ", "For the worker")
    assert [each for each in fine(staff) if not each.startswith(told_to_staff)] == [
        *fine(young)[1:]
    ]
    notes = below(staff, "For the worker")
    told = {line.text for line in found.instructions if line.kind is Kind.WORKER}
    theirs = [for_both(block, set()) for block in young.blocks[:-1]]
    ours = [for_both(block, told) for block in staff.blocks[:-1] if block not in notes]
    left: list[Block] = []
    for block in filter(None, ours):
        if block == Points(()):
            left.pop()  # the heading of a part that has lines for the worker alone
        else:
            left.append(block)
    assert left == theirs


def test_a_teller_that_nobody_knows_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        sheet_of(PLAIN, "anybody")


# Codes to scan


@pytest.mark.slow
@each_sheet
def test_links_and_numbers_can_be_scanned_but_those_of_an_emergency(
    case: str, audience: str
) -> None:
    paper = sheet_of(page_of(case), audience)
    for address in addresses(paper):
        if address.scan:
            assert address.uri.startswith(("tel:", "https:"))
            assert address.uri.removeprefix("tel:18001").removeprefix("tel:") not in (
                "999",
                "112",
                "101",
            )


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
    """A box has a code for the first service; of others only where the address is long."""
    [address] = only_box(contact(Channel("phone", "Here", uri))).addresses
    assert address.scan == scan


def test_of_a_further_service_only_what_is_long_to_type_has_a_code() -> None:
    def scanned(*uris: str) -> list[bool]:
        ways = [Channel("web", uri, uri) for uri in uris]
        first, second = (contact(*each) for each in ([phone("0800 1111")], ways))
        page = replace(
            page_with(first), help=(*page_with(first).help, *page_with(second, need="more").help)
        )
        *_, box = boxes(sheet_of(page))
        return [address.scan for address in box.addresses]

    assert scanned("tel:08001111", "https://example.org/") == [False, False]
    assert scanned("https://example.org", "https://example.org/a/b") == [False, True]
    assert scanned("https://example.org/a", "https://example.org/b") == [True, False]


def test_a_child_has_three_steps_and_one_number_on_a_side_of_its_own() -> None:
    case = next(
        case for case in CASES if page_of(case).under_13 and len(page_of(case).instructions) > 3
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


# At the end


@pytest.mark.slow
@each_sheet
def test_it_says_where_it_comes_from_and_from_whom_it_is_not(case: str, audience: str) -> None:
    found = page_of(case)
    lines = fine(sheet_of(found, audience))
    whom, approved, *rest, last = [line for line in lines if not line.startswith("* ")]
    assert last == CHANGE
    assert approved == "No safeguarding professional has approved these words yet."
    assert whom.startswith("For ")
    sources = next((line for line in rest if line.startswith("Sources: ")), "")
    assert bool(sources) == bool(found.sources)
    for source in found.sources:
        assert source.publisher in sources
    seen = next((line for line in rest if line.startswith("Numbers seen: ")), "")
    assert bool(seen) == (audience == "staff")
    for served in (each for each in found.contacts if any(w.channel != "web" for w in each.ways)):
        alike = [each for each in seen.split("; ") if each.rstrip(".").endswith(f"({served.seen})")]
        assert not (served.seen and seen) or served.title in " ".join(alike)


def test_sources_and_days_in_full() -> None:
    first, second = page_of("two-in-the-morning").sources[:2]
    dated = replace(first, title="A", publisher="B", published="2024")
    undated = replace(second, title="C", publisher="D", published="")
    ring = phone("0800 1111")
    found = replace(
        page_with(
            contact(ring, seen="2025-01"),
            contact(ring, title="Third", seen="2026"),
            contact(ring, title="Fourth"),
            contact(ring, title="Other", seen="2025-01"),
            contact(title="Whoever is there", seen="2026"),
            contact(ring, title="Our lead", seen="2019-01", local=True),
        ),
        sources=(dated, undated, dated),
        reviewed=Checked(on=date(2026, 1, 2), by="A. Person"),
    )
    seen = "Numbers seen: Somebody, Other (2025-01); Third (2026)."
    told = ("Read and approved by A. Person on 2026-01-02.", "Sources: B; D.")
    assert fine(sheet_of(found))[1:] == (*told, CHANGE)
    assert fine(sheet_of(found, "staff"))[1:] == (*told, seen, CHANGE)
    bare = replace(found, sources=(), help=(), reviewed=None)
    assert fine(sheet_of(bare))[1:] == (
        "No safeguarding professional has approved these words yet.",
        CHANGE,
    )
