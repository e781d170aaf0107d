"""The book: everything that any page can say, once, with a box for each part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path

import pytest

from fingerpost.approval.book import book
from fingerpost.approval.examples import Examples
from fingerpost.approval.leaves import Leaf, Leaves
from fingerpost.approval.marks import filled
from fingerpost.approval.signing import sign
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.model.base import replace
from fingerpost.model.facts import NATIONS
from fingerpost.model.library import Library
from fingerpost.model.text_index import PassageKind, passages
from fingerpost.page.approval import Fingerprints
from fingerpost.page.page import page
from fingerpost.page.reach import Reach
from fingerpost.sheets.document import (
    Contents,
    Document,
    Heading,
    Paragraph,
    Rows,
    Tick,
)
from fingerpost.sheets.formats import FORMATS

from ..support.printed import texts
from ..support.shipped import whole_library
from .library import DAY, FILES, SIGNED, sound, written


@pytest.fixture(scope="module")
def shipped_leaves() -> tuple[Leaf, ...]:
    return tuple(Leaves(Fingerprints(whole_library())).of())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "library")


def made(folder: Path, *trees: str) -> Document:
    return book(Fingerprints(sound(folder)), trees or None, DAY)


def sentences(library: Library) -> Iterator[str]:
    """Every sentence that a page or a question can show, as one of its readers reads it; of the
    menus of apps none, since what is not sure is checked, and not approved."""
    signed = {name: route for name, route in library.routes.items() if not route.is_of_an_app}
    for passage in passages(replace(library, routes=signed)):
        for use in passage.said if passage.place is not PassageKind.CASE else ():
            readers = ("staff",) if use.to_worker else use.readers
            yield from (filled(library, use.sentence, reader) for reader in readers)


def test_every_sentence_that_a_page_can_show_stands_in_it_once(
    shipped_leaves: tuple[Leaf, ...],
) -> None:
    new = [line for leaf in shipped_leaves for line in leaf.lines if not line.again]
    said = {wording for line in new for wording in line.wordings}
    said |= {re.sub(r" \([^)]+\)$", "", each) for each in said}  # a name, and whom it is for
    wanted = {" ".join(text.split()) for text in sentences(whole_library())}
    assert sorted(wanted - said)[:3] == []
    lines = [line.says for line in new if not line.note]
    assert {line for line in lines if len(line.split()) > 12 and lines.count(line) > 1} == set()


def test_what_is_said_of_a_number_stands_behind_it_and_all_else_that_is_new_has_one_to_sign(
    shipped_leaves: tuple[Leaf, ...],
) -> None:
    texts = [" ".join(x.says for x in leaf.lines if not x.again) for leaf in shipped_leaves]
    routes = whole_library().routes.values()
    said = [(p.number, p.say.otherwise) for route in routes for p in route.phone if p.say]
    assert len(said) == 20
    for number, says in said:
        near = re.compile(f"{re.escape(number)}.{{0,150}}{re.escape(says)}")
        assert any(near.search(text) for text in texts), (number, says)
    lines = (line for leaf in shipped_leaves for line in leaf.lines if not line.again)
    assert [line.says for line in lines if not (line.number or line.under)] == []


def test_the_whole_book_is_hardly_longer_than_what_it_says(
    shipped_leaves: tuple[Leaf, ...],
) -> None:
    distinct = sum(len(text.split()) for text in {*sentences(whole_library())})
    lines = (line for leaf in shipped_leaves for line in leaf.lines if not line.again)
    read = sum(len(line.says.split()) for line in lines)
    paper = book(Fingerprints(whole_library()), None, DAY)
    told = (text for text in texts(paper.blocks) if not re.match(r"part-\d+", text))
    printed = sum(len(re.findall(r"\S*\w\S*", text)) for text in told)
    assert read / distinct < 1.1
    assert printed / distinct < 1.3
    said = [x for block in paper.blocks if isinstance(block, Rows) for x in block.lines]
    names = {x.name for x in said} | {x.number for x in paper.blocks if isinstance(x, Tick)}
    assert {x.to for x in said if x.to} <= names  # and nearly always to the very line
    assert sum("." not in x.to for x in said if x.to) < 20


@pytest.mark.parametrize(("nation", "most"), [("", 60), ("wales", 57)])
def test_a_tree_is_read_with_its_marks_in_an_hour_and_its_first_page_in_ten_minutes(
    nation: str, most: int
) -> None:
    leaves = [*Leaves(Fingerprints(whole_library()).read_in(nation)).of(["threatened"])]
    assert round(sum(leaf.words for leaf in leaves) / 200) <= most  # as it is said
    first = next(n for n, leaf in enumerate(leaves, 1) if leaf.shown)
    assert sum(leaf.words for leaf in leaves[:first]) / 200 < 10


@pytest.fixture(scope="module")
def threatened() -> tuple[Leaf, ...]:
    return tuple(Leaves(Fingerprints(whole_library())).of(["threatened"]))


def test_a_page_stands_first_as_somebody_sees_it_and_what_others_see_below(
    threatened: tuple[Leaf, ...],
) -> None:
    pages = [leaf for leaf in threatened if leaf.shown]
    urgent = [leaf.lines[0].says == "GET HELP NOW" for leaf in pages]
    assert urgent == sorted(urgent, reverse=True)
    by_name = {leaf.parts[0]: leaf for leaf in pages}
    blackmail = by_name["threatened/sextortion"]
    assert blackmail.reader.startswith("young people, 13–15, England, ")
    assert "They want money" in blackmail.reader
    assert all(page.reader.startswith("young people") for page in pages)
    below = blackmail.lines[blackmail.shown :]
    assert "Say: " in {f"{line.called} " for line in below}
    # Breath comes before blood, as on the page of somebody hurt.
    hurt = [line.says for line in by_name["threatened/danger-hurt"].lines]
    order = ["isn't breathing", "bleeding badly"]
    at = [next(n for n, says in enumerate(hurt) if words in says) for words in order]
    assert at == sorted(at)


def test_a_page_stands_whole_and_its_reader_is_told_of_its_approval_once_that_is_signed(
    threatened: tuple[Leaf, ...],
) -> None:
    """All that its first reader is told to do and the answers to their questions, in order, with
    numbers of boxes before it. What only others see can come after it."""
    library = whole_library()
    fingerprints = Fingerprints(library)
    blocks = iter(book(fingerprints, ["threatened"], DAY).blocks)
    examples = Examples(library, fingerprints.reach.possible)
    tree = library.trees["threatened"]
    read: list[str] = []
    numbers = {""}
    for leaf, after in pairwise(threatened):
        read += leaf.parts
        if leaf.shown:
            ending = leaf.parts[0].partition("/")[2]
            facts = examples.reader(("threatened", ending))
            assert facts is not None
            shown = page(library, tree, tree.outcomes[ending], facts)
            next(b for b in blocks if isinstance(b, Paragraph) and b.text.startswith("As seen by"))
            rows = next(b for b in blocks if isinstance(b, Rows))
            assert numbers.issuperset(said.to.partition(".")[0] for said in rows.lines)
            at, told = 0, " ".join(said.text for said in rows.lines)
            parts = [(x.title, x.short, *x.text, *(y.text for y in x.lines)) for x in shown.parts]
            for words in (shown.opening, *(x.text for x in shown.steps), *chain(*parts)):
                at = told.index(re.sub(r" \([\d ]+\)", "", words), at)
        numbers |= {leaf.number}
        if after.shown:  # no box of the page is left
            now = fingerprints.signed(sign((), fingerprints, SIGNED, read), ())
            told_of = page(now.library, tree, tree.outcomes[ending], facts, None, now).approval
            assert told_of, leaf.subject


@pytest.mark.parametrize("nation", NATIONS)
def test_a_lead_of_a_nation_reads_no_line_of_another(nation: str) -> None:
    trees = ["threatened", "image-shared", "controlling-partner"]
    leaves = Leaves(Fingerprints(whole_library()).read_in(nation)).of(trees)
    for line in (line for leaf in leaves for line in leaf.lines):
        seen = [
            dict(group.tests).get("nation", {nation}) & {nation, "not-sure"} for group in line.whom
        ]
        assert any(seen), line.says


def test_nobody_reads_conditions_or_what_nobody_in_the_tree_can_see(
    threatened: tuple[Leaf, ...],
) -> None:
    marks = {line.mark for leaf in threatened for line in leaf.lines}
    assert {mark for mark in marks if re.search(r"\w+=|/", mark)} == set()
    here = Reach(whole_library())
    tree = whole_library().trees["threatened"]
    shown = {str(here.items[at]) for o in tree.outcomes for at in here.at(("threatened", o))}
    own = {f"shared line {x.name}" for o in tree.outcomes.values() for x in o.advice}
    read = {part for leaf in threatened for part in leaf.parts if part.startswith("shared line ")}
    assert read <= shown | own


def test_a_mark_says_who_sees_a_line_and_once_for_all_that_is_said_together(
    threatened: tuple[Leaf, ...],
) -> None:
    """What two lines of a box say stands once."""
    below = [line for leaf in threatened for line in leaf.lines[leaf.shown :]]
    marks = {line.says: line.mark for line in reversed(below)}
    saved = [line.mark for line in below if line.says == "saved or shared the picture"]
    assert saved == ["some young people"]
    assert marks["Childline"] == "under 19"
    assert marks["Council social workers, nights and weekends"] == "under 18, not Northern Ireland"
    assert marks["A life comes first."] == ""
    assert marks["Let everything else wait, even messages and pictures."] == "some adults"
    assert marks["Your school or club's safeguarding lead"] == "some young people"
    assert marks["Your safeguarding lead"] == "some workers"


def test_numbers_do_not_move_when_another_page_comes(folder: Path) -> None:
    before = {b.number for b in made(folder).blocks if isinstance(b, Tick)}
    new = "  new: {title: N, urgency: now, open: N., needs: [talk], advice: []}\n"
    text = FILES["one.yaml"].rstrip("\n")
    written(folder, {"one.yaml": f"{text}\n{new}"})
    after = {b.number for b in made(folder).blocks if isinstance(b, Tick)}
    assert before < after
    assert len(after - before) == 1


def test_of_the_questions_of_a_tree_only_words_are_read(folder: Path) -> None:
    blocks = made(folder, "one").blocks
    rows = next(b for b in blocks if isinstance(b, Rows) and b.lines[0].text == "Title: One")
    assert [said.text for said in rows.lines] == [
        "Title: One",
        "For: One thing",
        "Where is it?",
        "Why: So that the help fits.",
        "– Here",
        "– There",
        "– No idea",
    ]


@pytest.mark.parametrize("format_", [each.suffix for each in FORMATS])
def test_it_can_be_written_in_every_format(folder: Path, tmp_path: Path, format_: str) -> None:
    output = tmp_path / f"book.{format_}"
    given = ["approve", "--trees", str(folder), "--only", "--now", "2026-11-27"]
    assert main([*given, "-o", str(output)]) == Exit.DONE
    assert output.stat().st_size > 2_000
    if format_ != "pdf":
        text = output.read_text(encoding="utf-8")
        numbers = [block.number for block in made(folder).blocks if isinstance(block, Tick)]
        assert all(re.search(rf"(?<![(#>]){number}(?!\))", text) for number in numbers)


def test_contents_lead_to_headings_and_the_way_back_is_of_the_same_nation() -> None:
    paper = book(Fingerprints(whole_library()).read_in("wales"), ["threatened"], DAY)
    assert paper.title.endswith(", for Wales")
    told, blocks = " ".join(texts(paper.blocks)), paper.blocks
    assert told.count("approve threatened --from review.txt --nation wales”") == 2
    [contents] = [block for block in blocks if isinstance(block, Contents)]
    headings = [block for block in blocks if isinstance(block, Heading) and block.name]
    names = {block.name: block.text for block in headings}
    assert len(names) == len(headings)
    titles = [entry.text.rpartition(": ")[2] for entry in contents.entries]
    assert len({*titles}) == len(titles)  # alike ones are told apart by an answer
    ticks = [block for block in blocks if isinstance(block, Tick)]
    assert [tick.note for tick in ticks[:2]] == ["17 pages", "17 pages"]  # 999 is on each
    assert [entry.to for entry in contents.entries] == [*names]
    assert len(names) == 19
