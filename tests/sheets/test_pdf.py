"""A paper as a PDF: all of it is seen and read aloud, and nothing in it does or tells anything."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from fontTools.ttLib import TTFont
from pdfua import validate
from PIL import Image

import fingerpost
from fingerpost.model.base import Frozen, field_names, replace
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
    Note,
    Paragraph,
    Points,
    Scans,
    Steps,
    Table,
)
from fingerpost.sheets.formats import CannotPrint
from fingerpost.sheets.formats.pdf import PdfRenderer

from ..support.printed import with_everywhere

PACKAGE = Path(fingerpost.__file__).parent
FONTS = PACKAGE / "sheets" / "formats" / "fonts"

A4 = (595.276, 841.89)
MARGIN = 12 / 25.4 * 72

CHILDLINE = Box(
    "Childline",
    (
        Address("Phone", "0800 1111", "tel:08001111", "any time, day or night"),
        Address("Web", "https://www.childline.org.uk", "https://www.childline.org.uk"),
        Address("Email", "help@example.org", "mailto:help@example.org"),
    ),
    notes=(
        Note("Cost", "Free, and it is not on the bill."),
        Note("What happens", "Somebody answers and listens. They go at your speed."),
    ),
)
IN_DANGER = Box("999", (Address("Phone", "999", "tel:999", "any time"),))
APP = Box(
    "Report on Chatter",
    (
        Address(
            "For a picture of you",
            "https://help.example.com/en-us/requests/new?co=true&ticket_form_id=149423",
            "https://help.example.com/en-us/requests/new?co=true&ticket_form_id=149423",
            "not for a film",
        ),
    ),
    steps=("Open the message.", "Hold it, and tap Report."),
    notes=(Note("", "Apps change their menus."),),
)
SHOUT = Box("Shout", (Address("Text", "SHOUT to 85258", "sms:85258", "any time"),))
SAMARITANS = Box("Samaritans", (Address("Phone", "116 123", "tel:116123"),))

EVERYTHING = Document(
    title="The picture has been passed round",
    kicker="A picture of me has been shared",
    banner="GET HELP NOW",
    blocks=(
        Paragraph("In danger now? Ring 999.", strong=True),
        Paragraph("It is not your fault."),
        Heading("What to do now"),
        Steps(("Tell an adult whom you trust.", "Write down what was said.")),
        Heading("In danger now"),
        IN_DANGER,
        Heading("Someone to talk to"),
        Paragraph("They listen to anybody."),
        CHILDLINE,
        Brief((SHOUT, SAMARITANS)),
        Scans((CHILDLINE.addresses[0], CHILDLINE.addresses[1], APP.addresses[0])),
        Heading("Reporting it in the app"),
        APP,
        Heading("Good to know"),
        Points(("The law is there to keep you safe.", "It gets smaller with help.")),
        Table(("When", "What"), (("today", "tell"), ("tomorrow", "ask"))),
        Blank("Who I told, and when"),
        Fine(("For a young person.", "This is not legal advice.")),
    ),
)
"""Every kind of block, and every field of each filled somewhere."""

SHORT = Document("Who to ring", (Paragraph("Ring somebody."), CHILDLINE))


@cache
def press() -> PdfRenderer:
    """One for all the tests: to be as good for the last paper as for the first is its purpose."""
    return PdfRenderer()


def made(paper: Document) -> bytes:
    return press().print(paper)


def paper_of(*blocks: Block) -> Document:
    return Document("Title", blocks)


def texts(part: object) -> Iterator[str]:
    """Every text of a paper that is to be seen."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from texts(each)
    elif isinstance(part, Brief):
        yield from texts(tuple((box.title, box.addresses, box.notes) for box in part.boxes))
    elif isinstance(part, Scans):
        yield from (code.label for code in part.codes)
    elif isinstance(part, Frozen):
        for name in field_names(part):
            if name not in {"uri", "language"}:
                yield from texts(getattr(part, name))


# Reading PDFs back


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


@dataclass(frozen=True)
class Poppler:
    """The programs of poppler, which has nothing in common with typst."""

    folder: Path

    def run(self, program: str, pdf: bytes, *options: str) -> bytes:
        path = self.folder / "it.pdf"
        path.write_bytes(pdf)
        command = [program, *options, str(path), "-"]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def pages(self, pdf: bytes) -> list[str]:
        """The text of each page in the order in which it was set, without the page numbers."""
        text = self.run("pdftotext", pdf, "-raw").decode()
        return [re.sub(r"\d+ of \d+\n$", "", page) for page in text.split("\f")[:-1]]

    def words(self, pdf: bytes) -> list[list[tuple[str, float, float, float, float]]]:
        """The words of each page with the corners of each: left, top, right, bottom, in points."""
        pages = self.run("pdftotext", pdf, "-bbox").decode().split("<page ")[1:]
        found = r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.+?)</word>'
        return [
            [(word, *map(float, corners)) for *corners, word in re.findall(found, page)]
            for page in pages
        ]

    def picture(self, pdf: bytes, dots: int, page: int = 1) -> Image.Image:
        options = ("-r", str(dots), "-gray", "-f", str(page), "-l", str(page), "-singlefile")
        path = self.folder / "it.pdf"
        path.write_bytes(pdf)
        subprocess.run(["pdftoppm", *options, str(path), str(path)], check=True)
        with Image.open(f"{path}.pgm") as image:
            return image.copy()


@pytest.fixture
def poppler(tmp_path: Path) -> Poppler:
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not installed")
    return Poppler(tmp_path)


def squeezed(text: str) -> str:
    """Without white space, for where a line ends is not the author's, and without hyphens, which
    poppler takes for its own where a line ends."""
    return "".join(text.split()).replace("-", "")


@dataclass(frozen=True)
class Part:
    """A part of a document as it is read aloud: its kind, its title and its words."""

    kind: str
    title: str
    words: str


def structure(pdf: bytes) -> list[Part]:
    def parts(of: pikepdf.Object) -> Iterator[Part]:
        if isinstance(of, pikepdf.Array):
            for each in of:
                yield from parts(each)
        elif isinstance(of, pikepdf.Dictionary):
            if "/S" in of:
                yield Part(str(of.S), str(of.get("/T", "")), str(of.get("/Alt", "")))
            yield from parts(of.get("/K"))

    with opened(pdf) as document:
        tree = document.Root.get("/StructTreeRoot")
        return [] if tree is None else list(parts(tree.K))


def headings(pdf: bytes) -> list[tuple[int, str]]:
    parts = structure(pdf)
    return [(int(p.kind[2:]), p.title) for p in parts if re.fullmatch(r"/H\d", p.kind)]


def links(pdf: bytes) -> list[tuple[str, str]]:
    """Where each link leads, which is nowhere else within the paper, and its words."""
    with opened(pdf) as document:
        return [
            (str(link.A.URI) if "/A" in link else "", str(link.get("/Contents", "")))
            for page in document.pages
            for link in page.get("/Annots", [])
            if link.Subtype == "/Link"
        ]


def side_count(pdf: bytes) -> int:
    with opened(pdf) as document:
        return len(document.pages)


@dataclass(frozen=True)
class Shown:
    """A piece of text: how high its letters are set, in points, and how light they are, of 1."""

    size: float
    light: float


def shown(pdf: bytes) -> Iterator[Shown]:
    """Every piece of text that the pages draw."""
    document = opened(pdf)
    for page in document.pages:
        stack: list[tuple[pikepdf.Matrix, float]] = []
        placed, light, size, own = pikepdf.Matrix(), 0.0, 0.0, pikepdf.Matrix()
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "q":
                    stack.append((placed, light))
                case "Q":
                    placed, light = stack.pop()
                case "cm":
                    placed = pikepdf.Matrix(*map(float, operands)) @ placed
                case "Tm":
                    own = pikepdf.Matrix(*map(float, operands))
                case "Tf":
                    size = float(operands[1])
                case "g" | "sc" | "scn" | "rg":
                    light = max(map(float, operands))
                case "Tj" | "TJ" | "'" | '"':
                    yield Shown(abs(size * own.d * placed.d), light)


# It can be read aloud


def faults(pdf: bytes) -> list[str]:
    """What would be in the way of somebody who listens to it."""
    levels = [level for level, _ in headings(pdf)]
    with opened(pdf) as document:
        root = document.Root
        right = {
            "is not marked as tagged": root.get("/MarkInfo", {}).get("/Marked") is True,
            "has no structure": bool(structure(pdf)),
            "has no language": str(root.get("/Lang", "")) == "en-GB",
            "has no title": bool(str(document.docinfo.get("/Title", ""))),
            "hides its title": root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is True,
            "has not one top heading": levels[:1] == [1] and levels.count(1) == 1,
            "leaves out a level of headings": all(b <= a + 1 for a, b in pairwise(levels)),
            "has a heading without words": all(title for _, title in headings(pdf)),
            "has a picture without words": all(
                part.words for part in structure(pdf) if part.kind == "/Figure"
            ),
            "has a link without words": all(words for _, words in links(pdf)),
        }
    return [fault for fault, is_right in right.items() if not is_right]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("paper", [EVERYTHING, SHORT, with_everywhere("words"), Document("Title")])
def test_whoever_listens_to_it_gets_all_of_it(paper: Document, large: bool) -> None:
    assert faults(made(replace(paper, large=large))) == []


def test_an_independent_checker_finds_nothing_against_pdf_ua(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(made(EVERYTHING))
    report = validate(str(path))
    assert report.findings == ()
    # The one rule that this checker cannot ask of a heading in several pieces; it is asked above.
    assert {rule.rule_id for rule in report.skipped} <= {"UA-14-001"}


def test_a_paper_in_another_language_says_so() -> None:
    with opened(made(replace(SHORT, language="cy"))) as document:
        assert document.Root.Lang == "cy"


# It tells nobody anything else


def tales(pdf: bytes) -> list[str]:
    """What a PDF tells beside what is on its pages."""
    with opened(pdf) as document:
        about = document.Root.Metadata.read_bytes().decode()
        return [
            *(str(key) for key in document.docinfo if key not in {"/Title", "/Creator"}),
            *re.findall(r"<(xmp:\w*Date|dc:creator|dc:subject|pdf:Keywords|pdf:Producer)\b", about),
            *(str(key) for key in document.Root if key in {"/OpenAction", "/AA", "/Names"}),
        ]


def test_its_properties_tell_its_title_and_no_more() -> None:
    pdf = made(EVERYTHING)
    assert tales(pdf) == []
    with opened(pdf) as document:
        assert document.docinfo.Title == "The picture has been passed round"
        assert re.fullmatch(r"Typst [\d.]+", str(document.docinfo.Creator))
        streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
        whole = pdf + b"".join(stream.read_bytes() for stream in streams)
    for canary in (os.environ["HOME"], str(PACKAGE)):
        assert canary.encode() not in whole


def test_nothing_in_it_runs() -> None:
    assert not re.search(rb"/(JavaScript|JS|Launch|SubmitForm|EmbeddedFile)\b", made(EVERYTHING))


PRINT_IT = """
import pickle, sys
from fingerpost.sheets.formats.pdf import PdfRenderer
sys.stdout.buffer.write(PdfRenderer().print(pickle.load(sys.stdin.buffer)))
"""


def test_the_same_paper_is_the_same_bytes_whoever_makes_it_and_wherever(tmp_path: Path) -> None:
    import pickle

    expected = made(EVERYTHING)
    made(SHORT)
    assert made(EVERYTHING) == expected
    for number, zone in enumerate(("Pacific/Auckland", "America/Los_Angeles")):
        home = tmp_path / zone
        home.mkdir(parents=True)
        # Fonts and a template of the person's own, for one to be taken by mistake.
        (home / ".fonts").mkdir()
        (home / "paper.typ").write_text("Not this one.", encoding="utf-8")
        surroundings = {
            **os.environ,
            "TZ": zone,
            "HOME": str(home),
            "USER": f"canary-{number}",
            "LANG": "tr_TR.UTF-8",
            "SOURCE_DATE_EPOCH": str(number),
            "PYTHONHASHSEED": str(number),
        }
        elsewhere = subprocess.run(
            [sys.executable, "-c", PRINT_IT],
            input=pickle.dumps(EVERYTHING),
            capture_output=True,
            check=True,
            cwd=home,
            env=surroundings,
        )
        assert elsewhere.stdout == expected


# Texts are texts

HOSTILE = (
    '#read("CANARY")',
    '#import "@preview/cetz:0.3.4": *',
    '#include "CANARY"',
    "#panic() ]]] }}} )))",
    "$x^2$ *bold* _thin_ `code` = Heading",
    "- a / b + c ~ d -- e --- f ... 'g' \"h\"",
    "\\u{41} \\ <label> @reference // comment /* more */",
    "<script>alert(1)</script> &amp; | a | b |",
    "[x](javascript:alert(1)) https://example.org@evil.example",
    '"}],"title":"Not this one","x":[{"',
)


def everywhere(text: str) -> Document:
    """A paper that has the same text in every field of every block."""
    service = Box(
        text,
        (Address(text, text, text, text), Address(text, text, "tel:123456", text)),
        steps=(text, text),
        notes=(Note(text, text), Note("", text)),
    )
    blocks: tuple[Block, ...] = (
        Paragraph(text, strong=True),
        Paragraph(text),
        Heading(text),
        Steps((text, text)),
        Points((text,)),
        Table((text, text), ((text, text),)),
        service,
        Brief((service, service)),
        Scans((Address(text, "", "tel:123456"),)),
        Blank(text, lines=2),
        Break(),
        Fine((text, text)),
    )
    return Document(text, blocks, kicker=text, banner=text)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_markup_is_printed_as_it_was_typed(
    text: str, poppler: Poppler, tmp_path: Path
) -> None:
    canary = tmp_path / "canary"
    canary.write_text("the-bird-sings", encoding="utf-8")
    typed = text.replace("CANARY", str(canary))
    paper = everywhere(typed)
    pdf = made(paper)
    read = squeezed("".join(poppler.pages(pdf)))
    assert read.count(squeezed(typed)) >= sum(1 for _ in filter(None, texts(paper)))
    assert "the-bird-sings" not in read
    assert {uri for uri, _ in links(pdf)} == {"tel:123456"}
    assert faults(pdf) == []


@pytest.mark.slow
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("letter", ["a", "W", "/"])
def test_a_word_that_is_longer_than_a_line_stays_on_the_page(
    letter: str, large: bool, poppler: Poppler
) -> None:
    paper = replace(everywhere(letter * 300), large=large)
    pdf = made(paper)
    outside = [
        word
        for page in poppler.words(pdf)
        for word, left, top, right, bottom in page
        if left < 0 or top < 0 or right > A4[0] or bottom > A4[1]
    ]
    assert outside == []
    read = squeezed("".join(poppler.pages(pdf)))
    assert read.count(letter) >= sum(map(len, texts(paper)))


# Letters that the fonts lack


@pytest.mark.parametrize(
    ("paper", "where"),
    [
        (Document("Help \N{GRINNING FACE} now"), "title “Help \N{GRINNING FACE} now”"),
        (Document("T", kicker="\N{GRINNING FACE}"), "kicker “\N{GRINNING FACE}”"),
        (Document("T", banner="\N{GRINNING FACE}"), "banner “\N{GRINNING FACE}”"),
        (paper_of(Heading("\N{GRINNING FACE}")), "heading “\N{GRINNING FACE}”"),
        (paper_of(Steps(("a", "\N{GRINNING FACE}"))), "steps “\N{GRINNING FACE}”"),
        (
            paper_of(Box("a", (Address("b", "c", note="\N{GRINNING FACE}"),))),
            "address “\N{GRINNING FACE}”",
        ),
        (
            paper_of(Brief((Box("a", (), notes=(Note("\N{GRINNING FACE}", "b"),)),))),
            "note “\N{GRINNING FACE}”",
        ),
        (
            paper_of(Paragraph(f"{'before ' * 9}\N{GRINNING FACE}{' behind' * 9}")),
            "paragraph “efore before before \N{GRINNING FACE} behind behind behin”",
        ),
    ],
)
def test_a_letter_that_cannot_be_printed_is_named_with_its_place(
    paper: Document, where: str
) -> None:
    with pytest.raises(CannotPrint) as caught:
        made(paper)
    assert str(caught.value) == (
        f"The fonts of PDFs have no U+1F600 GRINNING FACE, which stands in the {where}. "
        "Take it out, or make HTML."
    )


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_a_zero_has_no_slash(weight: str) -> None:
    """A number to ring has zeros, and a slash in one looks like a letter that is crossed out."""
    with TTFont(FONTS / f"AtkinsonHyperlegibleNext-{weight}.ttf") as file:
        for name_ in ("zero", "zero.tf"):
            _, ends, _ = file["glyf"][name_].getCoordinates(file["glyf"])
            assert len(ends) == 2, name_  # its outline, and one counter


# Links and codes


def scanned(poppler: Poppler, pdf: bytes) -> list[str]:
    """What a phone would read from a coarse copy of it."""
    return [
        code.text
        for page in range(side_count(pdf))
        for code in zxingcpp.read_barcodes(poppler.picture(pdf, 72, page + 1))
    ]


@pytest.mark.parametrize("large", [False, True])
def test_every_code_can_be_scanned_from_a_coarse_copy(large: bool, poppler: Poppler) -> None:
    pdf = made(replace(EVERYTHING, large=large))
    assert sorted(scanned(poppler, pdf)) == [
        "https://help.example.com/en-us/requests/new?co=true&ticket_form_id=149423",
        "https://www.childline.org.uk",
        "tel:08001111",
    ]


# All of it is seen


@pytest.mark.parametrize("large", [False, True])
def test_nothing_is_cut(large: bool, poppler: Poppler) -> None:
    many = replace(EVERYTHING, blocks=EVERYTHING.blocks * 4, large=large)
    pdf = made(many)
    read = squeezed("".join(poppler.pages(pdf)))
    assert {text for text in texts(many) if squeezed(text) not in read} == set()
    at_the_foot = {*"123456789", "10", "of", *many.banner.split()}
    beyond = [
        word
        for page in poppler.words(pdf)
        for word, left, top, right, bottom in page
        if left < MARGIN - 1
        or top < MARGIN - 6
        or right > A4[0] - MARGIN + 1
        or (bottom > A4[1] - MARGIN + 6 and word not in at_the_foot)
    ]
    assert beyond == []


def smallest(pdf: bytes) -> float:
    return min(piece.size for piece in shown(pdf))


@pytest.mark.parametrize(("large", "usual", "least"), [(False, 12, 9), (True, 18, 16)])
def test_no_text_is_small_but_of_tables_and_where_it_is_from(
    large: bool, usual: float, least: float
) -> None:
    whole = replace(EVERYTHING, blocks=EVERYTHING.blocks * 3, large=large)
    pdf = made(whole)
    assert side_count(pdf) > 1  # so that the page numbers are there
    assert smallest(pdf) == pytest.approx(least, abs=0.001)
    rest = tuple(block for block in whole.blocks if not isinstance(block, Fine | Table))
    assert smallest(made(replace(whole, blocks=rest))) == pytest.approx(usual, abs=0.001)


def test_what_nobody_may_overlook_stands_large_in_the_top_third(poppler: Poppler) -> None:
    for large in (False, True):
        pdf = made(replace(EVERYTHING, large=large))
        word, _, top, _, bottom = next(w for w in poppler.words(pdf)[0] if w[0].startswith("999"))
        assert word == "999."
        assert bottom < A4[1] / 3
        assert bottom - top > (18 if large else 12) * 1.3


def test_the_number_on_the_first_side_for_a_child_is_as_large_as_on_a_leaflet(
    poppler: Poppler,
) -> None:
    blocks = (CHILDLINE, Break(), CHILDLINE)
    first, second = poppler.words(made(replace(paper_of(*blocks), child=True)))

    def high(page: list[tuple[str, float, float, float, float]]) -> float:
        return max(bottom - top for word, _, top, _, bottom in page if word.startswith("1111"))

    assert high(first) >= 24
    assert high(second) < 18


# Where things stand


def page_of(pages: Collection[str], text: str) -> list[int]:
    return [at for at, page in enumerate(pages) if squeezed(text) in squeezed(page)]


@pytest.mark.parametrize("large", [False, True])
def test_no_box_is_parted_over_two_pages(large: bool, poppler: Poppler) -> None:
    boxes = tuple(
        replace(
            APP,
            title=f"Service {number}.",
            steps=tuple("Do this." for _ in range(number % 7)),
            notes=(Note("", f"The end of {number}."),),
        )
        for number in range(40)
    )
    pages = poppler.pages(made(replace(paper_of(*boxes), large=large)))
    assert len(pages) > 3
    for number in range(40):
        begun, ended = (
            page_of(pages, text) for text in (f"Service {number}.", f"The end of {number}.")
        )
        assert begun == ended
        assert len(begun) == 1


def test_a_heading_stays_with_its_first_box(poppler: Poppler) -> None:
    for lines in range(30, 52):
        paper = replace(
            paper_of(
                *(Paragraph(f"line {at}") for at in range(lines)),
                Heading("The heading"),
                Paragraph("Because."),
                replace(APP, steps=("Do this.",) * 5),
            ),
            large=lines % 2 == 0,
        )
        pages = poppler.pages(made(paper))
        assert page_of(pages, "The heading") == page_of(pages, APP.title)
        assert page_of(pages, "Because.") == page_of(pages, APP.title)


def test_each_side_of_several_says_what_it_is(poppler: Poppler) -> None:
    """Somebody may find the second side of a rehearsal alone, and take it for a real case."""
    blocks = (Paragraph("one"), Break(), Paragraph("two"), Break(), Paragraph("three"))
    first, *others = poppler.pages(made(replace(paper_of(*blocks), banner="REHEARSAL")))
    assert first.count("REHEARSAL") == 2
    assert [side.count("REHEARSAL") for side in others] == [1, 1]
    [alone] = poppler.pages(made(replace(paper_of(Paragraph("one")), banner="REHEARSAL")))
    assert alone.count("REHEARSAL") == 1


@pytest.mark.parametrize("large", [False, True])
def test_the_sources_are_never_alone_on_a_side(large: bool, poppler: Poppler) -> None:
    end = (Blank("Written", 1), Fine(("The end. " * 30,)))
    seen = set()
    for lines in range(16, 30) if large else range(36, 48):
        paper = replace(paper_of(*(Paragraph(f"line {at}") for at in range(lines)), *end))
        pages = poppler.pages(made(replace(paper, large=large)))
        assert page_of(pages, "Written") == page_of(pages, "The end."), lines
        seen.add(len(pages))
    assert seen == {1, 2}


def test_a_number_is_never_parted(poppler: Poppler) -> None:
    for length in range(60, 80):
        note = "x " * length
        address = Address("Phone", "0800 1111", "tel:08001111")
        brief = Brief((Box("a", (replace(address, note=note), address)),))
        (page,) = poppler.pages(made(paper_of(brief)))
        assert page.count("0800 1111") == 2


# When it cannot be made


def test_what_typst_refuses_is_not_made() -> None:
    with pytest.raises(CannotPrint, match=r"could not be set \(.*title.*\)\. Make HTML instead"):
        made(Document(""))


def test_letters_fill_the_few_sides_that_it_takes_and_are_smaller_only_to_get_it_on_them() -> None:
    def size(lines: int, *, large: bool = False) -> tuple[int, float]:
        steps = Steps(("Say it. " * 9,) * lines)
        pdf = made(Document("Title", (steps,), large=large, most_sides=2))
        return side_count(pdf), smallest(pdf)

    assert size(20) == (1, pytest.approx(14, abs=0.001))
    few, many = size(104), size(200)
    assert few[0] == 2
    assert 10 <= few[1] < 12
    assert many[0] > 3
    assert many[1] == pytest.approx(12, abs=0.001)
    large = [size(lines, large=True) for lines in range(28, 40)]
    assert large == sorted(large, key=lambda each: (each[0], -each[1]))
    assert {round(letters, 1) for _, letters in large} == {18, 17.5, 17, 16.5, 16}
