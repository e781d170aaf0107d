"""The book: everything that any page can say, once, with a box for each part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from fingerpost.approval.book import book
from fingerpost.approval.leaves import Leaf, Leaves
from fingerpost.approval.marks import asked_in, filled, printed
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.model.library import Library
from fingerpost.model.text_index import PassageKind, passages
from fingerpost.page.approval import Fingerprints
from fingerpost.sheets.document import (
    Contents,
    Document,
    Heading,
    Paragraph,
    Row,
    Rows,
    Said,
    Table,
    Tick,
)
from fingerpost.sheets.formats import FORMATS

from ..support.printed import texts
from ..support.shipped import whole_library
from .library import DAY, FILES, sound, written


@pytest.fixture(scope="module")
def shipped_leaves() -> tuple[Leaf, ...]:
    return tuple(Leaves(Fingerprints(whole_library())).of())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "library")


def made(folder: Path, *trees: str) -> Document:
    return book(Fingerprints(sound(folder)), trees or None, DAY)


def sentences(library: Library) -> Iterator[str]:
    """Every sentence that a page or a question can show, as one of its readers reads it."""
    for passage in passages(library):
        for use in passage.said if passage.place is not PassageKind.CASE else ():
            yield from (filled(library, use.sentence, reader) for reader in use.readers)


IN_ONE = re.compile(r"\[((?:YP|P|S)(?:/(?:P|S))*: .*?)\]")
"""Words for each reader within a line: "Is [YP: my phone / P/S: their phone] safe?\""""


def wordings(line: str) -> Iterator[str]:
    """A line as each reader reads it."""
    parts = IN_ONE.split(line)
    some = [re.split(r" / (?=(?:P|S)[/:])", part) for part in parts[1::2]]
    for chosen in product(*some):
        words = [each.partition(": ")[2].replace("-", "", each.endswith(": -")) for each in chosen]
        told = [each for pair in zip(parts[::2], [*words, ""], strict=True) for each in pair]
        yield " ".join("".join(told).split())


def test_every_sentence_that_a_page_can_show_stands_in_it_once(
    shipped_leaves: tuple[Leaf, ...],
) -> None:
    new = [line for leaf in shipped_leaves for line in leaf.lines if not line.again]
    lines = [line.says for line in new if not line.note]
    said = {wording for line in lines for wording in wordings(line)}
    wanted = {" ".join(text.split()) for text in sentences(whole_library())}
    assert sorted(wanted - said)[:3] == []
    once = [leaf for leaf in shipped_leaves if "(GET HELP NOW)" not in leaf.title]
    lines = [each.says for leaf in once for each in leaf.lines if not each.again and not each.note]
    twice = {line for line in lines if len(line.split()) > 12 and lines.count(line) > 1}
    assert {line for line in twice if "›" not in line} == set()


def test_the_whole_book_is_hardly_longer_than_what_it_says(
    shipped_leaves: tuple[Leaf, ...],
) -> None:
    distinct = sum(len(text.split()) for text in {*sentences(whole_library())})
    read = sum(leaf.words for leaf in shipped_leaves)
    paper = book(Fingerprints(whole_library()), None, DAY)
    told = (text for text in texts(paper.blocks) if not re.match(r"part-\d+", text))
    printed = sum(len(re.findall(r"\S*\w\S*", text)) for text in told)
    assert read / distinct < 1.3
    assert printed / distinct < 1.9


def test_a_tree_is_read_in_little_more_than_an_hour_and_then_in_twenty_minutes() -> None:
    leaves = [*Leaves(Fingerprints(whole_library())).of(["threatened"])]
    own = [leaf for leaf in leaves if leaf.parts[0].partition("/")[0] == "threatened"]
    assert sum(leaf.words for leaf in leaves) / 200 < 78
    assert sum(leaf.words for leaf in own) / 200 < 20


@pytest.fixture(scope="module")
def threatened() -> tuple[Leaf, ...]:
    return tuple(Leaves(Fingerprints(whole_library())).of(["threatened"]))


def test_a_page_for_danger_stands_whole_with_what_is_added_in_its_place(
    threatened: tuple[Leaf, ...],
) -> None:
    pages = [leaf for leaf in threatened if leaf.title.startswith("Page ")]
    now = ["(GET HELP NOW)" in leaf.title for leaf in pages]
    assert now == sorted(now, reverse=True)
    hurt = pages[0]
    says = [line.says for line in hurt.lines]
    added = [line.says for line in hurt.lines if line.again]
    assert added[0] == "»Ring 999 now."
    assert (
        says.index("Get help now")
        < says.index(added[0])
        < says.index("Stay, and do what 999 says. If anything changes, ring again.")
    )
    own = {line.says for line in Leaves(Fingerprints(whole_library())).lines_of(*hurt.parts)}
    assert own == {*says}, "nothing of its own is only named"


def test_what_a_page_for_danger_only_names_stands_whole_on_one_before_it(
    threatened: tuple[Leaf, ...],
) -> None:
    every, whole = Leaves(Fingerprints(whole_library())), set[str]()
    named = 0
    for leaf in (leaf for leaf in threatened if "(GET HELP NOW)" in leaf.title):
        lines = every.lines_of(*leaf.parts)
        added = {line.says for line in lines if line.again}
        called = "|".join({re.escape(line.called) for line in lines if line.called})
        whole |= {wording for x in leaf.lines if not x.again for wording in wordings(x.says)}
        for line in (x for x in leaf.lines if x.again and x.says not in added and not x.to):
            words = re.sub(f"^»(({called}) )?|…$", "", line.says)
            assert any(each.startswith(words) for each in whole), line.says
            named += 1
    assert named > 30


def test_marks_name_nothing_that_the_book_does_not_print(threatened: tuple[Leaf, ...]) -> None:
    asked = asked_in([whole_library().trees["threatened"]])
    added = [x.says for leaf in threatened for x in leaf.lines if x.called == "Added for:"]
    marks = [each.partition("not ")[0] for line in added for each in line.split("; ")]
    assert "…" in marks
    assert [each for each in marks if "=all but" not in each and printed(each, asked) != each] == []
    every = [*added, *(line.mark for leaf in threatened for line in leaf.lines)]
    assert [each for each in every if "YP not YP" in each or "/19+/not-sure/<13" in each] == []


def test_the_first_page_says_what_an_afternoon_gets() -> None:
    blocks = book(Fingerprints(whole_library()), ["threatened"], DAY).blocks
    [told] = [b.text for b in blocks if isinstance(b, Paragraph) and "afternoon" in str(b.text)]
    assert re.search(
        r"about 8 of 8 pages that say GET HELP NOW, and then \d+ of 47 boxes", str(told)
    )


def test_numbers_do_not_move_when_another_page_comes(folder: Path) -> None:
    before = {b.number for b in made(folder).blocks if isinstance(b, Tick)}
    new = "  new: {title: N, urgency: now, open: N., needs: [talk], advice: []}\n"
    text = FILES["one.yaml"].rstrip("\n")
    written(folder, {"one.yaml": f"{text}\n{new}"})
    after = {b.number for b in made(folder).blocks if isinstance(b, Tick)}
    assert before < after
    assert len(after - before) == 1


def test_a_page_stands_as_it_is_read_with_marks_in_the_margin(folder: Path) -> None:
    blocks = made(folder, "one").blocks
    at = next(n for n, b in enumerate(blocks) if getattr(b, "text", "") == CALM)
    assert blocks[at + 1] == Rows(
        (
            Row("", (Said("You can."),)),
            Row("YP safe=yes", (Said("Ring a friend."),)),
            Row("", (Said("Read about grooming."),)),
            Row("", (Said("»Breathe out.", quiet=True),)),
            Row(
                "",
                (
                    Said("Services: talk", quiet=True),
                    Said("talk: It helps."),
                    Said("If worse: Ring."),
                ),
            ),
        )
    )


CALM = "Page 2: Talk (GET HELP SOON)"


def test_a_tree_begins_with_a_table_of_its_questions(folder: Path) -> None:
    [table] = [block for block in made(folder, "one").blocks if isinstance(block, Table)]
    assert table.rows == (
        ("Title", "", "One"),
        ("For", "", "One thing"),
        ("Q1 teller: Who are you?", "", "› Q2"),
        ("Q2 safe: Safe?", "", "yes › Q3; no › p1; not-sure › p2"),
        ("where", "", "Where is it?"),
        ("Why", "", "So that the help fits."),
        ("here", "", "Here"),
        ("there", "", "There"),
        ("not-sure", "", "No idea"),
        ("Q3 where", "YP safe=yes", "here/not-sure › p2; there › p3; others › p2"),
    )


def test_what_is_approved_can_be_left_out(folder: Path) -> None:
    library = Fingerprints(sound(folder))
    every = Leaves(library).of(["one"])
    shared = [part for leaf in every for part in leaf.parts if part.partition("/")[0] != "one"]
    paper = book(library, ["one"], DAY, read=shared)
    headings = [b.text for b in paper.blocks if isinstance(b, Heading) and b.name]
    assert headings[:2] == ["One", "Its questions"]
    assert CALM in headings


@pytest.mark.parametrize("format_", [each.suffix for each in FORMATS])
def test_it_can_be_written_in_every_format(folder: Path, tmp_path: Path, format_: str) -> None:
    output = tmp_path / f"book.{format_}"
    given = ["approve", "--trees", str(folder), "--only", "--now", "2026-11-27"]
    assert main([*given, "-o", str(output)]) == Exit.DONE
    assert output.stat().st_size > 2_000
    if format_ != "pdf":
        text = output.read_text(encoding="utf-8")
        numbers = [block.number for block in made(folder).blocks if isinstance(block, Tick)]
        assert [text.count(number) for number in numbers] == [1] * len(numbers)


def test_contents_and_what_names_a_whole_page_lead_to_headings() -> None:
    blocks = book(Fingerprints(whole_library()), ["threatened"], DAY).blocks
    [contents] = [block for block in blocks if isinstance(block, Contents)]
    headings = [block for block in blocks if isinstance(block, Heading) and block.name]
    names = {block.name: block.text for block in headings}
    assert len(names) == len(headings)
    assert {entry.to for entry in contents.entries} <= names.keys()
    lines = (line for b in blocks if isinstance(b, Rows) for row in b.rows for line in row.lines)
    [(says, heading)] = [(line.text, names[line.to]) for line in lines if line.to]
    assert says.removeprefix("»Word for word as ").startswith(heading.rpartition(" (")[0])
    assert len([entry for entry in contents.entries if entry.inner]) == 18
