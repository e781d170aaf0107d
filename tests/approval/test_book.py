"""The book: everything that any page can say, in no word of the files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fingerpost.approval.book import book
from fingerpost.approval.numbers import number
from fingerpost.approval.words import Words
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.model.base import Frozen, field_names, replace
from fingerpost.model.library import Library
from fingerpost.model.text_index import PassageKind, passages
from fingerpost.proof.drawing import graph
from fingerpost.proof.drawings.svg import picture
from fingerpost.reading.format import FORMAT
from fingerpost.sheets.document import Document, Heading, Tick
from fingerpost.sheets.formats import FORMATS

from ..support.shipped import whole_library
from .library import DAY, FILES, sound, written


@pytest.fixture(scope="module")
def shipped_book() -> Document:
    library = whole_library()
    return book(library, tuple(library.trees), DAY, whole=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "library")


def texts(value: object) -> Iterator[str]:
    """Every text of a document; of a picture its lines."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)
    elif isinstance(value, Frozen):
        for name in field_names(value):
            if name != "svg":
                yield from texts(getattr(value, name))


def sentences(library: Library) -> Iterator[str]:
    """Every sentence that a page or a question can show, as it is read."""
    words = Words(library)
    used = {line.name for e in library.always for line in e.advice}
    for tree in library.trees.values():
        used |= {line.name for o in tree.outcomes.values() for line in o.advice}
    for passage in passages(library):
        if passage.place is PassageKind.CASE:
            continue
        if passage.place is PassageKind.ADVICE and passage.name not in used:
            continue
        for use in passage.said:
            for reader in use.readers:
                yield words.filled(use.sentence, reader)


def missing(library: Library, told: str) -> set[str]:
    """The sentences that do not stand in a text. To look through all of it for each takes a minute,
    so first come the ends of its lines, without what stands in brackets behind them."""
    ends: set[str] = set()
    for line in told.split("\n"):
        for end in {line, line.partition(" [")[0]}:
            parts = end.split(": ")
            ends.update(": ".join(parts[at:]) for at in range(len(parts)))
    return {t for t in {*sentences(library)} - ends if t not in told}


def test_every_sentence_that_a_page_can_show_stands_in_it(shipped_book: Document) -> None:
    library = whole_library()
    told = "\n".join(texts(shipped_book.blocks))
    assert sorted(missing(library, told))[:3] == []


def file_words(library: Library) -> set[str]:
    """What only an author of files knows: keys, and names that are no English."""
    keys = {name for kind in FORMAT.kinds.values() for name in kind.by_name}
    names = {*library.questions, *library.advice, *library.routes, *library.needs, *library.trees}
    for question in library.questions.values():
        names |= {question.fact, *question.values}
    for tree in library.trees.values():
        names |= {*tree.questions, *tree.outcomes, *(r.name for r in tree.rules)}
        for question in tree.questions.values():
            names |= {question.fact, *question.values}
    names |= {rule.name for rule in library.rules}
    said = " ".join(
        text for p in passages(library) for u in p.said for text in u.sentence.texts
    ).lower()
    known = set(re.findall(r"[a-z0-9-]+", said))
    hyphened = {name for name in keys | names if "-" in name and name not in known}
    return hyphened | {"fp0", "yaml", "goto", "whens", "teller", "dont:", "always:"}


def file_words_in(told: str, library: Library) -> set[str]:
    """The words of a text that only an author of files knows."""
    files = set(re.findall(r"\S+\.ya?ml\b|\btrees/\S+|[{}]", told.lower()))
    without = re.sub(r"\S*(?:\.[a-z]|/|@)\S*", " ", told.lower())  # addresses
    return files | file_words(library) & {*re.findall(r"[a-z0-9:-]+", without)}


def test_no_word_of_the_files_stands_in_it(shipped_book: Document) -> None:
    assert file_words_in(" ".join(texts(shipped_book.blocks)), whole_library()) == set()


def test_numbers_do_not_move_when_another_part_comes(folder: Path) -> None:
    before = {b.number for b in made(folder).blocks if isinstance(b, Tick)}
    new = "  new: {title: N, urgency: now, open: N., needs: [talk], advice: []}\n  rude:"
    written(folder, {"one.yaml": FILES["one.yaml"].replace("  rude:", new)})
    after = {b.number for b in made(folder).blocks if isinstance(b, Tick)}
    assert after - before == {number("ending one/new")}
    assert before < after


def made(folder: Path, *trees: str) -> Document:
    library = sound(folder)
    return book(library, trees or tuple(library.trees), DAY, whole=not trees)


def under(paper: Document, heading: str) -> list[str]:
    """The texts of the part with this heading."""
    at = next(n for n, b in enumerate(paper.blocks) if isinstance(b, Heading) and b.text == heading)
    end = next(n for n, b in enumerate(paper.blocks) if n > at and isinstance(b, Tick))
    return [text for block in paper.blocks[at + 1 : end] for text in texts(block)]


def test_an_ending_says_for_whom_each_line_is(folder: Path) -> None:
    breathe = number("shared line breathe")
    assert under(made(folder), "Page: Talk") == [
        "How soon: GET HELP SOON",
        "Title: Talk",
        "First words: You can.",
        "Do: Ring a friend. [For young people; whoever answers “Safe?” with “Yes”]",
        "Do: Read about grooming.",
        f"Do: “Breathe out.” (shared line {breathe})",
        "Services for: Talk",
        "Why these: It helps.",
        "If it gets worse: Ring.",
    ]


def test_a_question_has_its_reason_and_where_each_answer_leads(folder: Path) -> None:
    assert under(made(folder), "Question: Where is it?") == [
        "Where is it?",
        "Why we ask: So that the help fits.",
        "Answer: Here",
        "Answer: There",
        "Answer: No idea",
        "For young people; whoever answers “Safe?” with “Yes”. Others are not asked.",
        "After “Here” or “No idea”: the page “Talk”",
        "After “There”: the page “Rude”",
    ]


FORK = "forks: {who: {when: {teller: [parent, staff]}, goto: danger, otherwise: calm}}"
FORKED = (
    FILES["one.yaml"]
    .replace("safe: {use: safe, goto: {no: danger,", "safe: {use: safe, goto: {no: who,")
    .replace("outcomes:", f"{FORK}\noutcomes:")
)


def test_an_author_cannot_write_into_the_picture(folder: Path) -> None:
    library = sound(folder)
    tree = library.trees["one"]
    title = replace(tree.outcomes["rude"].title, otherwise="<script>\"&'</script>")
    rude = replace(tree.outcomes["rude"], title=title)
    tree = replace(tree, outcomes={**tree.outcomes, "rude": rude})
    svg = picture(graph(replace(library, trees={**library.trees, "one": tree}), "one")).svg
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg


@pytest.mark.parametrize("format_", [each.suffix for each in FORMATS])
def test_it_can_be_written_in_every_format(folder: Path, tmp_path: Path, format_: str) -> None:
    output = tmp_path / f"book.{format_}"
    given = ["book", "--trees", str(folder), "--only", "--now", "2026-11-27"]
    assert main([*given, "-o", str(output)]) == Exit.DONE
    assert output.stat().st_size > 2_000
    if format_ != "pdf":
        text = output.read_text(encoding="utf-8")
        assert number("ending one/calm") in text
        assert "I have read this" in text
