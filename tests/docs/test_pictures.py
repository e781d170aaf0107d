"""The sheets whose pictures stand in docs/: what somebody is handed is whole and can be read."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from PIL import Image, ImageChops

from fingerpost.model.base import replace
from fingerpost.sheets.document import Address, Box, Document
from fingerpost.sheets.formats.html import html
from fingerpost.sheets.qr import qr_code

from ..sheets.test_pdf import A4, Poppler, by_hand, shown, squeezed, texts
from ..support.printed import LIBRARY
from .test_pictures_of_screens import SCREENS, script

pytestmark = [pytest.mark.browser, pytest.mark.poppler, pytest.mark.slow]

DOCS = Path(__file__).parents[2] / "docs"
CHROMIUM = os.environ.get("FINGERPOST_CHROMIUM") or shutil.which("chromium")
"""Asked for as this file is read: the tests themselves see none of the developer's settings."""

NAMES = ("wales-html", "wales-pdf", "under-13", "discreet", "large-print", "staff")
ON_ONE_SHEET = ("wales-html", "wales-pdf")
AT_ONCE = ("discreet", "staff")
SMALLEST = {"large-print": 13.5, "discreet": 8}
"""In points, of where a sheet is from; 9 where nothing else stands here."""

"""The endings that are for today: there a helpline stands at the top, too."""

SAME = 0.0002
"""The share of dots in which two pictures of the same may differ. One other word is more."""

BARE = 5
"""Millimetres at each edge of a side that printers leave white, whatever is sent to them."""

HAIR = 3
"""Dots of 300 to an inch by which the place of a code may be misjudged."""

LARGEST_FILE = 220_000
"""Bytes."""


make = script()


@dataclass(frozen=True)
class Sheet:
    """One of the sheets: what was to be printed, and what came out."""

    paper: Document
    pdf: bytes


@pytest.fixture(scope="module")
def sheets() -> Mapping[str, Sheet]:
    if not (CHROMIUM and shutil.which("pdftoppm")):
        pytest.skip("there is no Chromium or no poppler here")
    papers = {picture.name: (picture.paper(), picture.format) for picture in make.PICTURES}
    return {
        name: Sheet(paper, make.pdf_of(paper, format_, CHROMIUM))
        for name, (paper, format_) in papers.items()
    }


@pytest.fixture
def poppler(tmp_path: Path) -> Poppler:
    return Poppler(tmp_path)


on_each_sheet = pytest.mark.parametrize("name", NAMES)


def changed_html(sheets: Mapping[str, Sheet], before: str, after: str) -> bytes:
    """What is printed of the HTML sheet with a fault written into it."""
    page = html(sheets["wales-html"].paper)
    assert before in page
    printed: bytes = make.printed(page.replace(before, after).encode(), CHROMIUM)
    return printed


def test_there_is_a_picture_of_each_kind_and_the_page_shows_them_all() -> None:
    page = (DOCS / "sheets.md").read_text(encoding="utf-8")
    assert tuple(picture.name for picture in make.PICTURES) == NAMES
    every = {*NAMES, "leaflet", *SCREENS}
    assert {path.stem for path in (DOCS / "pictures").glob("*.png")} == every
    assert set(re.findall(r"\(pictures/(.+?)\.png\)", page)) == {*NAMES, "leaflet"}


# The number for danger now, and the first helpline


def lowest(poppler: Poppler, pdf: bytes, *number: str) -> float:
    """How far down the first side a number ends which is first written there, of its height."""
    words = poppler.words(pdf)[0]
    said = [word.rstrip(".,") for word, *_ in words]
    at = next(at for at in range(len(said)) if tuple(said[at : at + len(number)]) == number)
    return words[at][4] / A4[1]


@on_each_sheet
def test_the_number_for_danger_stands_in_the_top_third(
    sheets: Mapping[str, Sheet], poppler: Poppler, name: str
) -> None:
    assert lowest(poppler, sheets[name].pdf, "999") < 1 / 3


@on_each_sheet
def test_the_first_helpline_is_on_the_first_side_and_at_the_top_where_it_is_for_today(
    sheets: Mapping[str, Sheet], poppler: Poppler, name: str
) -> None:
    down = lowest(poppler, sheets[name].pdf, "0800", "1111")
    assert down < (1 / 3 if name in AT_ONCE else 1)


def test_a_number_at_the_foot_is_found_out(poppler: Poppler) -> None:
    pdf = by_hand('#set page(paper: "a4")\n#v(80%)\nRing 999.')
    assert lowest(poppler, pdf, "999") > 1 / 3


# Large enough


def smallest(pdf: bytes) -> float:
    return min(piece.size for piece in shown(pdf))


@on_each_sheet
def test_no_text_is_small(sheets: Mapping[str, Sheet], name: str) -> None:
    assert smallest(sheets[name].pdf) >= SMALLEST.get(name, 9) - 0.01


def test_small_text_is_found_out(sheets: Mapping[str, Sheet]) -> None:
    small = changed_html(sheets, "</main>", '<p style="font-size: 8pt">Small</p></main>')
    assert smallest(small) == pytest.approx(8, abs=0.01)


# Nothing is cut


def missing(poppler: Poppler, sheet: Sheet) -> set[str]:
    """What was to be printed and is not there."""
    read = squeezed("".join(poppler.pages(sheet.pdf)))
    return {text for text in texts(sheet.paper) if squeezed(text) not in read}


def over_the_edge(pdf: bytes) -> bool:
    """Whether anything is drawn where printers leave the paper white."""
    for side in make.sides(pdf, 72):
        bare = round(BARE / 25.4 * 72)
        inside = (bare, bare, side.width - bare, side.height - bare)
        outside = side.copy()
        outside.paste(255, inside)
        if outside.getextrema() != (255, 255):
            return True
    return False


def clipped_frames(pdf: bytes) -> list[str]:
    """The codes beside which the frame that each stands in has lost its right line.

    The thinnest is 0.8 pt wide, which is three dots of 300 to an inch.
    """
    clipped = []
    for side in make.sides(pdf, 300):
        codes = zxingcpp.read_barcodes(side)
        for code in codes:
            middle = (code.position.top_right.y + code.position.bottom_right.y) // 2
            right = code.position.top_right.x + HAIR
            if any(
                other.position.top_left.x > right
                and other.position.top_left.y < middle < other.position.bottom_left.y
                for other in codes
            ):
                continue  # the frame comes behind that one
            row = side.crop((right, middle, side.width, middle + 1)).tobytes()
            line = re.search(rb"[\x00-\x7f]+", row)
            if line is None or len(line[0]) < 3:
                clipped.append(code.text)
    return clipped


def crowded_codes(pdf: bytes) -> list[str]:
    """The codes that anything stands nearer to than three of their modules."""
    crowded = []
    for side in make.sides(pdf, 300):
        for code in zxingcpp.read_barcodes(side):
            at = code.position
            modules = qr_code(code.text).side - 8  # of which four are the light edge, on each side
            room = 3 * (at.bottom_right.x - at.top_left.x) / modules
            box = (at.top_left.x, at.top_left.y, at.bottom_right.x, at.bottom_right.y)
            around = side.copy()
            around.paste(255, (box[0] - HAIR, box[1] - HAIR, box[2] + HAIR, box[3] + HAIR))
            ring = (box[0] - room, box[1] - room, box[2] + room, box[3] + room)
            if around.crop(tuple(map(round, ring))).getextrema()[0] < 128:
                crowded.append(code.text)
    return crowded


@pytest.mark.in_turn
@on_each_sheet
def test_nothing_is_cut_and_nothing_stands_over_a_code(
    sheets: Mapping[str, Sheet], poppler: Poppler, name: str
) -> None:
    sheet = sheets[name]
    assert missing(poppler, sheet) == set()
    assert not over_the_edge(sheet.pdf)
    assert clipped_frames(sheet.pdf) == []
    assert crowded_codes(sheet.pdf) == []


@pytest.mark.in_turn(among="planted faults")
def test_what_is_cut_is_found_out(sheets: Mapping[str, Sheet], poppler: Poppler) -> None:
    whole = sheets["wales-html"]
    lost = changed_html(sheets, "<h2>Good to know</h2>", "")
    assert missing(poppler, Sheet(whole.paper, lost)) == {"Good to know"}
    assert over_the_edge(by_hand('#set page(paper: "a4")\n#place(dx: -2cm, dy: -2cm)[Word]'))
    assert clipped_frames(changed_html(sheets, "padding: 0 .4mm;", "padding: 0;"))
    beside = changed_html(sheets, "position: relative;", "position: relative; left: 4mm;")
    assert clipped_frames(beside)
    over = changed_html(
        sheets, ".codes svg {", ".codes svg { outline: .3mm solid; outline-offset: -2mm;"
    )
    assert "tel:08001111" in crowded_codes(over)  # its frame stands in the light edge


# Legible in greyscale


def least_contrast(poppler: Poppler, pdf: bytes) -> float:
    """The contrast of the faintest word with what is behind it, in greyscale, by WCAG 2."""
    dots = 200
    scale = dots / 72
    found = []
    for side, words in zip(make.sides(pdf, dots), poppler.words(pdf), strict=True):
        for _, *corners in words:
            dark, light = side.crop(tuple(round(at * scale) for at in corners)).getextrema()
            found.append((_luminance(light) + 0.05) / (_luminance(dark) + 0.05))
    return min(found)


def _luminance(grey: int) -> float:
    share = grey / 255
    return float(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)


@on_each_sheet
def test_every_word_can_be_read_in_greyscale(
    sheets: Mapping[str, Sheet], poppler: Poppler, name: str
) -> None:
    assert least_contrast(poppler, sheets[name].pdf) >= 4.5


def test_a_faint_word_is_found_out(poppler: Poppler) -> None:
    assert least_contrast(poppler, by_hand("Black #text(fill: rgb(150, 150, 150))[grey]")) < 4.5
    assert least_contrast(poppler, by_hand("Black #text(fill: yellow)[yellow]")) < 4.5


# Codes to scan


def addresses(paper: Document) -> list[Address]:
    boxes = (block for block in paper.blocks if isinstance(block, Box))
    return [address for box in boxes for address in box.addresses if address.scan]


def scanned(drawn: Sequence[Image.Image]) -> list[str]:
    """What a phone reads from these sides."""
    return sorted(code.text for side in drawn for code in zxingcpp.read_barcodes(side))


def as_printed(address: Address) -> str:
    """Where somebody gets who types what is printed, and does not scan it."""
    if address.text.startswith("https://"):
        return address.text
    return f"tel:{re.sub('[^0-9+]', '', address.text)}"


@on_each_sheet
def test_each_code_leads_where_the_words_beside_it_say(
    sheets: Mapping[str, Sheet], name: str
) -> None:
    found = scanned(make.sides(sheets[name].pdf, 72))
    assert found == sorted(map(as_printed, addresses(sheets[name].paper)))
    assert ("tel:08001111" in found) == (name != "discreet")
    assert not {"tel:999", "tel:112", "tel:101"} & set(found)


def test_a_code_that_cannot_be_read_is_found_out(sheets: Mapping[str, Sheet]) -> None:
    tiny = changed_html(sheets, ".codes svg {", ".codes svg { width: 6mm; height: 6mm;")
    wanted = sorted(map(as_printed, addresses(sheets["wales-html"].paper)))
    assert scanned(make.sides(tiny, 72)) != wanted
    elsewhere = Address("Phone", "0800 1112", "tel:08001111", scan=True)
    assert as_printed(elsewhere) != elsewhere.uri


# The sides of A4


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """How wide and high each side is, in points."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [(float(page.mediabox[2]), float(page.mediabox[3])) for page in document.pages]


@on_each_sheet
def test_every_side_is_a4(sheets: Mapping[str, Sheet], name: str) -> None:
    for width, height in sizes(sheets[name].pdf):
        assert (width, height) == pytest.approx(A4, abs=1)


@pytest.mark.parametrize("name", ON_ONE_SHEET)
def test_what_is_for_a_young_person_in_wales_fits_on_one_sheet(
    sheets: Mapping[str, Sheet], name: str
) -> None:
    """On both sides of it."""
    assert len(sizes(sheets[name].pdf)) <= 2


def test_a_third_side_is_found_out(sheets: Mapping[str, Sheet]) -> None:
    more = changed_html(sheets, "</main>", "<p>And more.</p>" * 80 + "</main>")
    assert len(sizes(more)) == 3


# What tells, and to whom

TELLING = re.compile(
    r"\b(?:abuse|app|blackmail|bully|ceop|child|crime|exploit|fingerpost|groom|harm|helpline|image"
    r"|instagram|kill|law|money|naked|nspcc|nude|online|phone's|picture|police|porn|remove|report"
    r"|samaritans|self|sex|share|shout|snapchat|suicid|threat|video|worker)\w*"
)
"""How words begin that may not be on a paper which somebody else could find."""


def told(poppler: Poppler, pdf: bytes) -> set[str]:
    """The words that tell what a sheet is about, in its text and in its title."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        title = str(document.docinfo.get("/Title", ""))
    return set(TELLING.findall(" ".join([title, *poppler.pages(pdf)]).casefold()))


def services_named(poppler: Poppler, pdf: bytes) -> set[str]:
    read = " ".join(" ".join(poppler.pages(pdf)).casefold().split())
    titles = {text for route in LIBRARY.routes.values() for text in route.title.texts}
    return {title for title in titles if re.search(rf"\b{re.escape(title.casefold())}\b", read)}


def test_the_discreet_sheet_tells_nothing(sheets: Mapping[str, Sheet], poppler: Poppler) -> None:
    pdf = sheets["discreet"].pdf
    assert told(poppler, pdf) == set()
    assert services_named(poppler, pdf) <= {"999"}


def test_a_sheet_that_tells_is_found_out(sheets: Mapping[str, Sheet], poppler: Poppler) -> None:
    pdf = sheets["wales-pdf"].pdf
    assert {"picture", "childline", "shout"} <= told(poppler, pdf)
    assert {"Childline", "Report Remove"} <= services_named(poppler, pdf)


def is_for(poppler: Poppler, pdf: bytes) -> str:
    (said,) = set(re.findall(r"For (?:the|a) (worker|young person)", " ".join(poppler.pages(pdf))))
    return str(said)


@on_each_sheet
def test_a_sheet_says_whom_it_is_for(
    sheets: Mapping[str, Sheet], poppler: Poppler, name: str
) -> None:
    pdf = sheets[name].pdf
    assert is_for(poppler, pdf) == ("worker" if name == "staff" else "young person")
    text = " ".join(" ".join(poppler.pages(pdf)).split())
    assert ("Not to be given to a young person." in text) == (name == "staff")


# The files in docs/pictures


def kept(name: str) -> Image.Image:
    """The picture that is in the repository."""
    with Image.open(DOCS / "pictures" / f"{name}.png") as image:
        return image.convert("L")


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of dots that are dark in one and light in the other."""
    apart = ImageChops.difference(one, other).point(lambda grey: 255 if grey > 127 else 0)
    return apart.histogram()[255] / (apart.width * apart.height)


@on_each_sheet
def test_the_picture_shows_the_sheet_as_it_is_made_now(
    sheets: Mapping[str, Sheet], name: str
) -> None:
    """Dot for dot where the fonts are ours; those of a browser are the machine's."""
    picture = kept(name)
    now = make.next_to_each_other(make.sides(sheets[name].pdf, make.DOTS))
    assert picture.size == pytest.approx(now.size, abs=2)
    assert scanned([picture]) == scanned([now])
    if name != "wales-html":
        assert differing(picture, now) < SAME
    assert (DOCS / "pictures" / f"{name}.png").stat().st_size < LARGEST_FILE


def test_a_picture_that_is_out_of_date_is_found_out(sheets: Mapping[str, Sheet]) -> None:
    paper = sheets["wales-pdf"].paper
    reworded = make.pdf_of(replace(paper, title="You sent it and wish you had not"), "pdf", "")
    now = make.next_to_each_other(make.sides(reworded, make.DOTS))
    assert now.size == kept("wales-pdf").size
    assert differing(kept("wales-pdf"), now) > SAME
    assert scanned([now]) != scanned([kept("staff")])


@pytest.mark.in_turn(among="longer sweeps")
def test_the_script_writes_them_all_and_says_what_it_lacks(
    sheets: Mapping[str, Sheet], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINGERPOST_CHROMIUM", str(CHROMIUM))
    monkeypatch.setattr(make, "HERE", tmp_path)
    monkeypatch.setattr(os, "environ", os.environ.copy())
    assert make.main() is None
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{name}.png" for name in (*NAMES, "leaflet", *SCREENS)
    }

    monkeypatch.setenv("PATH", str(tmp_path))
    assert make.main() == "pdftoppm is missing: install poppler-utils."
    monkeypatch.delenv("FINGERPOST_CHROMIUM")
    assert str(make.main()).startswith("Chromium is missing: install it")
