"""Makes the pictures of sheets that docs/sheets.md shows, beside this file.

    .venv/bin/python docs/pictures/make.py

Each is a sheet as it comes out of a printer, with its sides next to each other: set by typst, or
printed by Chromium, and drawn by pdftoppm of poppler. Needs both, and the extra ``dev``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from PIL import Image

from fingerpost.cli.output import paper_of
from fingerpost.reading.loader import load, shipped
from fingerpost.sheets.document import Document
from fingerpost.sheets.formats import named
from fingerpost.sheets.rack import Rack, leaflets
from fingerpost.walk.autoplay import play_known
from fingerpost.walk.walk import Walk

HERE = Path(__file__).parent

DAY = "2026-11-25"
"""On which all of them are printed, so that they say the same whenever they are made."""

DOTS = 100
"""To an inch: words of 12 pt can be read, and a picture stays small."""

GREYS = 16
"""As many as fit into half a byte. More would double the files and show nothing else."""

QUIETLY = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--no-pdf-header-footer",
)
"""How Chromium prints a page without a window, and without asking anybody for anything."""

AGED_13_IN_WALES: Mapping[str, str] = MappingProxyType(
    {"teller": "young-person", "danger": "none", "age": "13-15", "nation": "wales"}
)


@dataclass(frozen=True, slots=True)
class Picture:
    """One sheet: the answers that lead to it, and how it is to be printed."""

    name: str
    tree: str
    answers: Mapping[str, str]
    format: str = "pdf"
    audience: str | None = None
    large: bool = False
    discreet: bool = False

    def paper(self) -> Document:
        """What stands on the sheet."""
        library = load([shipped()]).library
        facts = {fact: frozenset({value}) for fact, value in self.answers.items()}
        walk = play_known(Walk.begin(library, self.tree, facts), facts)
        return paper_of(
            walk,
            audience=self.audience,
            large=self.large,
            discreet=self.discreet,
            moment=DAY,
        )


_PICTURED = {**AGED_13_IN_WALES, "picture": "nude", "also": "none"}
_SENT = {**_PICTURED, "happened": "sent", "suspect": "young-person"}
_WHERE = {"where": "snapchat"}
_BLACKMAILED = {**AGED_13_IN_WALES, "threat": "money", "suicide": "no", "also": "picture", **_WHERE}
_BLACKMAILED_AT_TEN = {
    **AGED_13_IN_WALES,
    "age": "under-13",
    "threat": "money",
    "suspect": "online-only",
    "suicide": "no",
}
_TOLD_A_WORKER = {**_PICTURED, "teller": "staff", "happened": "peers", **_WHERE}

PICTURES = (
    Picture("wales-html", "image-shared", _SENT, format="html"),
    Picture("wales-pdf", "image-shared", _SENT),
    Picture("under-13", "threatened", _BLACKMAILED_AT_TEN),
    Picture("discreet", "threatened", _BLACKMAILED, discreet=True),
    Picture("large-print", "image-shared", _SENT, large=True),
    Picture("staff", "image-shared", _TOLD_A_WORKER, audience="staff"),
)


LEAFLET = "threatened-young-person"


def leaflet() -> bytes:
    """A leaflet of a rack in Wales, as a PDF."""
    library = load([shipped()]).library
    how = Rack(date.fromisoformat(DAY), "wales", "Canton Youth Centre")
    made = {each.name: each.document for _, each in leaflets(library, library.trees, how)}
    return named("pdf").renderer()(made[LEAFLET])


def pdf_of(paper: Document, format_: str, chromium: str) -> bytes:
    """What goes to the printer: the PDF itself, or what Chromium prints of the HTML."""
    made = named(format_).renderer()(paper)
    return made if format_ == "pdf" else printed(made, chromium)


def printed(page: bytes, chromium: str) -> bytes:
    """The PDF that Chromium makes of a page of HTML."""
    with tempfile.TemporaryDirectory() as place:
        source, target = Path(place, "page.html"), Path(place, "page.pdf")
        source.write_bytes(page)
        own = f"--user-data-dir={place}/profile"
        ran([chromium, *QUIETLY, own, f"--print-to-pdf={target}", source.as_uri()])
        return target.read_bytes()


def sides(pdf: bytes, dots: int) -> Sequence[Image.Image]:
    """Each side in greyscale, at so many dots to an inch."""
    with tempfile.TemporaryDirectory() as place:
        source = Path(place, "sheet.pdf")
        source.write_bytes(pdf)
        ran(["pdftoppm", "-r", str(dots), "-gray", str(source), f"{place}/side"])
        found = []
        for path in sorted(Path(place).glob("side*.pgm")):
            with Image.open(path) as side:
                found.append(side.copy())
        return found


def next_to_each_other(drawn: Sequence[Image.Image]) -> Image.Image:
    """All sides in one picture, from left to right."""
    whole = Image.new("L", (sum(each.width for each in drawn), drawn[0].height), "white")
    left = 0
    for each in drawn:
        whole.paste(each, (left, 0))
        left += each.width
    return whole


def save(picture: Image.Image, path: Path) -> None:
    """Write a picture in greyscale as a PNG that is as small as it can be."""
    brightest = GREYS - 1
    numbered = picture.point([round(value / 255 * brightest) for value in range(256)])
    small = Image.frombytes("P", numbered.size, numbered.tobytes())
    small.putpalette([255 * grey // brightest for grey in range(GREYS) for _ in "rgb"])
    small.save(path, optimize=True, bits=4)


def ran(command: Sequence[str]) -> None:
    """Run a program. What it says is shown only if it fails: CalledProcessError has it."""
    subprocess.run(  # noqa: S603 - programs that are named above, and files that are made above
        command, check=True, capture_output=True, timeout=120
    )


def main() -> str | None:
    """Write all the pictures. Returns what is missing, in a sentence, if they cannot be made."""
    chromium = os.environ.get("FINGERPOST_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        return "Chromium is missing: install it, or say in FINGERPOST_CHROMIUM where it is."
    if shutil.which("pdftoppm") is None:
        return "pdftoppm is missing: install poppler-utils."
    for picture in PICTURES:
        pdf = pdf_of(picture.paper(), picture.format, chromium)
        save(next_to_each_other(sides(pdf, DOTS)), HERE / f"{picture.name}.png")
    [twice] = sides(leaflet(), DOTS)
    save(twice.crop((0, 0, twice.width // 2, twice.height)), HERE / "leaflet.png")
    return None


if __name__ == "__main__":
    sys.exit(main())
