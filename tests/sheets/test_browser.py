"""What becomes of a sheet on a real screen and on real paper: in Chromium, at A4, at 72 dpi."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import zxingcpp
from PIL import Image

from fingerpost.model.base import replace
from fingerpost.model.tree import Question
from fingerpost.page.page import Page, page
from fingerpost.sheets.discretion import Discretion
from fingerpost.sheets.document import (
    Address,
    Blank,
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
)
from fingerpost.sheets.formats.html import html
from fingerpost.walk.walk import Walk

from ..support.chromium import BROWSER, node_here, ran
from ..support.made_once import made_once
from ..support.printed import HOSTILE, LIBRARY, page_of, sheet_of, with_everywhere

pytestmark = [pytest.mark.browser, pytest.mark.poppler, pytest.mark.slow]

A4 = (595, 842)
MARGINS = (12 / 25.4 * 72, 10 / 25.4 * 72)
"""Points, at the sides and above and below."""

IN_WALES = {
    "teller": "young-person",
    "danger": "none",
    "age": "13-15",
    "nation": "wales",
    "happened": "peers",
    "picture": "nude",
    "also": "none",
    "where": "snapchat",
}

SIDES = {
    **dict.fromkeys(("danger", "staff"), 2),
    "discreet": 1,
}
"""The most sides of paper of some sheets: what is carried in a pocket is on one."""

SERVICES = 24
"""In the crowded page: enough for several sides."""

TO_HAND_OUT = (*SIDES, "wales", "large", "blackmail")
ADVICE = (*TO_HAND_OUT, "every kind", "hostile", "practice")


def someone_in_wales() -> Page:
    walk = Walk.begin(LIBRARY, "image-shared")
    while isinstance(question := walk.here, Question):
        walk = walk.answer([IN_WALES[question.fact]])
    return page(LIBRARY, walk.tree, walk.here, walk.facts)  # type: ignore[arg-type]  # an ending


def every_kind() -> Document:
    """Each kind of block as it is meant, and words that are too long for a small screen."""
    phone = Address("Phone", "0800 1111", "tel:08001111", "any time, day or night")
    web = "https://www.example.org/" + "a-long-way-down/" * 8
    ways = (phone, Address("Web", web, web), Address("Text", "85258", "sms:85258"))
    notes = (Note("Cost", "Free."), Note("", "Be kind."))
    return Document(
        title="Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch",
        kicker="What has happened",
        banner="GET HELP NOW",
        blocks=(
            Paragraph("In danger now? Ring 999.", strong=True),
            Paragraph("It is not your fault."),
            Heading("Who can help"),
            Box("999", (Address("Phone", "999", "tel:999"),)),
            Box("Somebody", ways, ("Ring them.", "Say hello."), notes),
            Brief((Box("Somebody", ways), Box("At school", (Address("", "the office"),)))),
            Scans((replace(phone, label="Ring somebody"), Address("x" * 99, web, web))),
            Heading("What to do"),
            Steps(("x" * 300, "Two.")),
            Points(("This.", "That.")),
            Blank("Who I told, and when", 3),
            Fine(("Not the police.", "Not legal advice.")),
            Break(),
            Heading("Another side"),
            Paragraph("With words on it."),
        ),
    )


def crowded() -> Document:
    """Services of all heights, each with a word where it begins and one where it ends."""
    blocks: list[Any] = []
    for number in range(SERVICES):
        blocks += [
            Heading(f"heading{number}"),
            Paragraph(f"reason{number}"),
            Box(
                f"begins{number}",
                (Address("Phone", "0800 1111", "tel:08001111"),),
                tuple(f"Step {step}." for step in range(number % 7 * 3)),
                (Note("", f"ends{number}"),),
            ),
        ]
    return Document("Crowded", tuple(blocks))


def hostile() -> Document:
    """One after the other, each kind of block with another text that would be more than words."""
    kinds = range(len(with_everywhere("").blocks))
    texts = zip(HOSTILE, cycle(kinds), strict=False)
    blocks = [with_everywhere(text).blocks[kind] for text, kind in texts]
    # The name to which contents lead stands once in a document.
    once = (
        replace(b, name="") if at and isinstance(b, Heading) else b for at, b in enumerate(blocks)
    )
    return Document(HOSTILE[0], tuple(once))


def papers() -> dict[str, Document]:
    discretion = Discretion.of(LIBRARY)
    return {
        "danger": sheet_of(page_of("the-house-is-full-of-shouting")),
        "discreet": sheet_of(someone_in_wales(), discretion=discretion),
        "wales": sheet_of(someone_in_wales()),
        "large": sheet_of(someone_in_wales(), large=True),
        "staff": sheet_of(page_of("round-the-year-group")),
        "blackmail": sheet_of(page_of("two-in-the-morning")),
        "every kind": every_kind(),
        "hostile": hostile(),
        "practice": replace(crowded(), banner="REHEARSAL", every_side=True),
    }


@dataclass(frozen=True)
class Word:
    """A word as it is printed: on which side, from 1, and the points of its box from the left and
    from the top."""

    text: str
    side: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Looked:
    """What the browser found on a page, and the PDF that it printed."""

    requests: Sequence[str]
    said: Sequence[str]
    at: Mapping[str, Mapping[str, Any]]
    colours: Sequence[str]
    smallest: float
    pdf: Path
    words: tuple[Word, ...]
    sides: int

    def side_of(self, text: str) -> int:
        """On which side a word stands that there is once."""
        [word] = [word for word in self.words if word.text == text]
        return word.side


_SIDE = re.compile(r"<page ")
_WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)</word>'
)


def printed_words(pdf: Path) -> tuple[tuple[Word, ...], int]:
    """Every word of a PDF, and how many sides it has."""
    found, side = [], 0
    for line in ran("pdftotext", "-bbox", pdf, "-").splitlines():
        if _SIDE.search(line):
            side += 1
        elif match := _WORD.search(line):
            left, top, right, bottom = map(float, match.groups()[:4])
            found.append(Word(match[5], side, left, top, right, bottom))
    return tuple(found), side


@dataclass(frozen=True)
class Everything:
    """All the pages, looked at in one go."""

    folder: Path
    looked: Mapping[str, Looked]
    complaints: Mapping[str, Sequence[str]]


def every_page() -> dict[str, str]:
    """The HTML of all the pages by their names."""
    return {name: html(paper) for name, paper in papers().items()}


def file_of(name: str, folder: Path) -> Path:
    return folder / f"{name.replace(' ', '-')}.html"


def look_at(pages: Mapping[str, str], folder: Path) -> None:
    """Write down what the browser and the validator say of each page."""
    node = node_here()
    files = [file_of(name, folder) for name in pages]
    for file, text in zip(files, pages.values(), strict=True):
        file.write_text(text, encoding="utf-8")
    for script in ("look", "validate"):
        (folder / f"{script}.json").write_text(ran(node, BROWSER / f"{script}.mjs", *files))


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Everything:
    pages = every_page()
    folder = made_once(tmp_path_factory, "pages", partial(look_at, pages))
    files = {str(file_of(name, folder)): name for name in pages}
    looked = {}
    for found in json.loads((folder / "look.json").read_text()):
        file = found.pop("file")
        words, sides = printed_words(Path(f"{file}.pdf"))
        looked[files[file]] = Looked(pdf=Path(f"{file}.pdf"), words=words, sides=sides, **found)
    complaints: dict[str, list[str]] = {name: [] for name in pages}
    for found in json.loads((folder / "validate.json").read_text()):
        complaints[files[found["file"]]].append(found["rule"])
    return Everything(folder, looked, complaints)


Look: TypeAlias = Callable[[str], Looked]


@pytest.fixture
def look(everything: Everything) -> Look:
    return everything.looked.__getitem__


# On a screen


@pytest.mark.parametrize("width", ["1280", "320"])
@pytest.mark.parametrize("name", ADVICE)
def test_nothing_keeps_anyone_from_reading_it(look: Look, name: str, width: str) -> None:
    """By all rules of axe. What it cannot tell is the contrast beside a code that stands between
    the lines, which the next test tells."""
    found = look(name).at[width]
    assert found["violations"] == []
    unsure = [each for each in found["unsure"] if not re.search(r"elmPartiallyObscur", each)]
    assert unsure == []


BLACK_ON_WHITE, WHITE_ON_BLACK = (
    "rgb(0, 0, 0) on rgb(255, 255, 255)",
    "rgb(255, 255, 255) on rgb(0, 0, 0)",
)


@pytest.mark.parametrize("name", ADVICE)
def test_letters_are_as_dark_on_a_copier_as_on_the_screen(look: Look, name: str) -> None:
    """Black on white, or white on black in the banner; headings and quiet notes are dark enough."""
    banner = [WHITE_ON_BLACK] if papers()[name].banner else []
    others = [each for each in look(name).colours if each[:9] not in ("rgb(11, 7", "rgb(85, 8")]
    assert others == [*banner, BLACK_ON_WHITE]


@pytest.mark.parametrize("name", ADVICE)
def test_it_is_sound_html(everything: Everything, name: str) -> None:
    # Its title is long, and the numbers of all its ticks are alike.
    apart = {"long-title", "no-dup-id"} if name == "hostile" else set()
    assert set(everything.complaints[name]) - apart == set()


@pytest.mark.parametrize("name", ADVICE)
def test_it_asks_for_nothing_and_does_nothing(look: Look, name: str) -> None:
    assert look(name).requests == []
    assert look(name).said == []


@pytest.mark.parametrize("name", ADVICE)
def test_nobody_has_to_scroll_sideways(look: Look, name: str) -> None:
    assert {width: found["scrolls"] for width, found in look(name).at.items()} == {
        "1280": 1280,
        "320": 320,
    }


def test_a_phone_shows_what_to_do_and_opens_the_rest(look: Look) -> None:
    """It has no codes, which it could not scan, and nothing to fill in by hand; in a wide window
    nothing is folded."""
    wide, phone = (look("blackmail").at[width] for width in ("1280", "320"))
    assert wide["codes"] > 0 == phone["codes"]
    before, _, _ = wide["shown"].partition("Open ")
    assert phone["shown"].split()[: len(before.split())] == before.split()
    assert len(phone["shown"]) < len(wide["shown"]) / 2
    said, kept = re.subn("([^\\n]*: name and number|Who I told, and when)\n", "", wide["shown"])
    assert kept
    opened, all_of_it = (re.findall(r"\w+", said) for said in (phone["opened"], said))
    assert {*opened} == {*all_of_it}


# On paper


@pytest.mark.parametrize(("name", "sides"), SIDES.items())
def test_it_fits_on_few_sides(look: Look, name: str, sides: int) -> None:
    assert look(name).sides <= sides


@pytest.mark.parametrize("name", ["wales", "large"])
def test_the_banner_is_printed_black_though_nobody_asks_for_backgrounds(
    look: Look, name: str, tmp_path: Path
) -> None:
    """Without what lies behind them, its white letters would not be seen."""
    first = next(word for word in look(name).words if word.text == "GET")
    ran("pdftoppm", "-r", "72", "-gray", "-singlefile", look(name).pdf, tmp_path / "side")
    with Image.open(tmp_path / "side.pgm") as side:
        strip = side.crop((A4[0] // 2, int(first.top) + 3, A4[0] - 50, int(first.bottom) - 3))
        assert strip.getextrema() == (0, 0)


@pytest.mark.parametrize("name", ADVICE)
def test_no_letter_is_too_small(look: Look, name: str) -> None:
    """The smallest are those of where it is from, and those of a card for a pocket."""
    assert look(name).smallest >= {"large": 13.5, "discreet": 8.5}.get(name, 9)


@pytest.mark.parametrize("name", [name for name in ADVICE if name != "hostile"])
def test_nothing_is_printed_over_the_edge(look: Look, name: str) -> None:
    (width, height), (sides, ends) = A4, MARGINS
    if name == "discreet":  # whose cards are as wide as printers print
        sides = ends = 6 / 25.4 * 72
    for word in look(name).words:
        assert sides - 1.5 <= word.left < word.right <= width - sides + 1.5, word
        # A letter as large as a number to ring, first on a side, reaches a little above its line.
        assert ends - 2.5 <= word.top < word.bottom <= height - ends + 2, word


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("danger", "999."),
        ("discreet", "999."),
        ("wales", "1111"),
        ("large", "1111"),
        ("blackmail", "1111"),
    ],
)
def test_the_number_to_ring_stands_in_the_top_third(look: Look, name: str, number: str) -> None:
    first = next(word for word in look(name).words if word.text == number)
    assert first.side == 1
    assert first.bottom < A4[1] / 3


def parted(found: Looked) -> list[int]:
    """The services whose frame is on two sides."""
    return [n for n in range(SERVICES) if found.side_of(f"begins{n}") != found.side_of(f"ends{n}")]


def forsaken(found: Looked) -> list[int]:
    """The headings that stand at the foot of a side, without what they are about."""
    return [
        n for n in range(SERVICES) if found.side_of(f"heading{n}") != found.side_of(f"begins{n}")
    ]


def test_no_service_is_parted_over_two_sides(look: Look) -> None:
    assert look("practice").sides > 3
    assert parted(look("practice")) == []


def test_no_heading_is_left_behind(look: Look) -> None:
    assert forsaken(look("practice")) == []


def sides_without(word: str, found: Looked) -> set[int]:
    """The sides on which a word does not stand."""
    return {*range(1, found.sides + 1)} - {each.side for each in found.words if each.text == word}


def test_no_side_of_a_rehearsal_can_be_taken_for_a_real_child(look: Look) -> None:
    found = look("practice")
    assert found.sides > 3
    assert sides_without("REHEARSAL", found) == set()


# Codes to scan


def payloads(paper: Document) -> list[str]:
    """What the codes of a paper lead to, each as often as it stands there."""
    rows = [block for block in paper.blocks if isinstance(block, Scans | Box)]
    return sorted(code.uri for row in rows for code in row.codes)


def read(pdf: Path, folder: Path) -> list[str]:
    """What a reader finds on a PDF at 72 dots to an inch: a poor printer and a poor camera."""
    ran("pdftoppm", "-r", "72", "-gray", pdf, folder / "side")
    found = []
    for side in sorted(folder.glob("side*.pgm")):
        picture = side.read_bytes()
        head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", picture)
        assert head
        dots = memoryview(picture)[head.end() :].cast("B", (int(head[2]), int(head[1])))
        found += [code.text for code in zxingcpp.read_barcodes(dots)]
    return sorted(found)


@pytest.mark.parametrize("name", TO_HAND_OUT)
def test_every_code_is_read_from_the_print(look: Look, name: str, tmp_path: Path) -> None:
    assert read(look(name).pdf, tmp_path) == payloads(papers()[name])
