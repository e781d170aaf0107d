"""Makes the pictures that pages of docs/ show: of sheets, and of screens.

    .venv/bin/python docs/pictures/make.py            all of them
    .venv/bin/python docs/pictures/make.py screens    those of screens alone

A sheet is shown as it comes out of a printer, with its sides next to each other: set by typst, or
printed by Chromium, and drawn by pdftoppm of poppler. A screen is shown in a dark and in a light
theme, cell by cell as pyte has it, in the monospaced letters that typst brings. Needs Chromium and
poppler, but for screens alone, and the extra ``dev``.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

import pyte
import typst
from PIL import Image

from fingerpost.page.opening_hours import BankHolidays
from fingerpost.page.page import Clock
from fingerpost.reading.loader import load, shipped
from fingerpost.sheets.document import Document
from fingerpost.sheets.formats import named
from fingerpost.sheets.rack import Rack, rack
from fingerpost.sheets.sheet import sheet_of
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io.keyboard import ENTER
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.io.screen import Screen
from fingerpost.terminal.io.screen_ui import ScreenUi
from fingerpost.terminal.io.ui import Ui
from fingerpost.terminal.walk_session import WalkSession
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
    large: bool = False
    discreet: bool = False

    def paper(self) -> Document:
        """What stands on the sheet."""
        library = load([shipped()]).library
        facts = {fact: frozenset({value}) for fact, value in self.answers.items()}
        walk = play_known(Walk.begin(library, self.tree, facts), facts)
        return sheet_of(
            walk,
            date.fromisoformat(DAY),
            large=self.large,
            discreet=self.discreet,
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
    Picture("staff", "image-shared", _TOLD_A_WORKER),
)


LEAFLET = "threatened-young-person"


def leaflet() -> bytes:
    """A leaflet of a rack in Wales, as a PDF."""
    library = load([shipped()]).library
    how = Rack(date.fromisoformat(DAY), "wales", "Canton Youth Centre")
    papers = rack(library, tuple(library.trees), how).papers()
    return named("pdf").renderer()(papers[LEAFLET])


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


# Screens


SIZE = (80, 24)
"""Columns and rows of the window."""

POINT = 8
"""The size of its letters. One of DejaVu Sans Mono is 0.602 of it wide."""

WIDE, TALL = POINT * 0.6021, POINT * 1.2
"""A cell, in points."""

THEMES = {"dark": ("e5e5e5", "0c0c0c"), "light": ("1a1a1a", "ffffff")}
"""Foreground and background."""

COLOURS = 16
"""As many as fit into half a byte, as for a sheet."""

NIGHT = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)
"""When everything on a screen is looked up: in the evening of DAY."""

TO_THE_QUESTION = "11122"
TO_THE_ENDING = f"{TO_THE_QUESTION}335."

SCREENS: Mapping[str, str] = MappingProxyType(
    {
        "first-screen": "",
        "question": TO_THE_QUESTION,
        "ending": TO_THE_ENDING,
        "danger": "!",
    }
)
"""The keys of a walk that lead to each screen."""

TYPED = ("1", "1", "1", "2")
"""What is typed in plain mode."""


class Window(io.StringIO):
    """A window of a terminal: what is written to it can be seen."""

    encoding = "utf-8"  # type: ignore[assignment]  # a StringIO has none of its own

    def __init__(self) -> None:
        super().__init__()
        self.screen = pyte.Screen(*SIZE)
        self.screen.set_mode(pyte.modes.LNM)
        self._stream = pyte.Stream(self.screen)

    def write(self, text: str) -> int:
        self._stream.feed(text)
        return super().write(text)


class Keys:
    """A keyboard on which some keys are pressed, and then none."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = [ENTER if key == "." else key for key in keys]

    def read(self) -> str:
        if not self._keys:
            raise EOFError
        return self._keys.pop(0)

    read_words = read


class Lines(io.StringIO):
    """Lines that are typed, each seen where it is typed."""

    def __init__(self, window: Window) -> None:
        super().__init__("".join(f"{line}\n" for line in TYPED))
        self.window = window

    def readline(self, size: int = -1, /) -> str:
        line = super().readline(size)
        self.window.write(line)
        return line


def clock() -> Clock:
    return Clock(NIGHT, BankHolidays.load())


def screens() -> Iterator[tuple[str, pyte.Screen]]:
    """Each screen by the name of its picture, as its cells."""
    for name, keys in SCREENS.items():
        yield name, walked(lambda window, keys=keys: ScreenUi(Screen(window), Keys(keys)))
    yield "plain", walked(lambda window: PlainUi(window, Lines(window), can_clear=True))


def walked(face: Callable[[Window], Ui]) -> pyte.Screen:
    """The screen at which somebody stops who walks."""
    window = Window()
    with suppress(EOFError, Left):
        WalkSession(face(window), load([shipped()]), clock).run(None, {})
    return window.screen


def drawn(screen: pyte.Screen, theme: str) -> Image.Image:
    """A screen in a theme."""
    _, back = THEMES[theme]
    runs = "".join(
        run for row, cells in enumerate(rows_of(screen)) for run in typeset(row, cells, theme)
    )
    width, height = (SIZE[0] + 2) * WIDE, (SIZE[1] + 1) * TALL
    page = f'#set page(width: {width}pt, height: {height}pt, margin: 0pt, fill: rgb("{back}"))'
    text = f'#set text(font: "DejaVu Sans Mono", size: {POINT}pt, top-edge: "ascender")'
    picture = typst.compile(f"{page}\n{text}\n{runs}".encode(), format="png", ppi=DOTS)
    with Image.open(io.BytesIO(picture)) as image:
        return image.convert("RGB")


def rows_of(screen: pyte.Screen) -> list[list[pyte.screens.Char]]:
    return [[screen.buffer[row][column] for column in range(SIZE[0])] for row in range(SIZE[1])]


def typeset(row: int, cells: Sequence[pyte.screens.Char], theme: str) -> Iterator[str]:
    """The runs of cells that look the same, each at its place."""
    column = 0
    for look, run in groupby(cells, key=lambda cell: look_of(cell, theme)):
        words = "".join(cell.data for cell in run)
        ink, paper, bold, underlined = look
        left, top = (column + 1) * WIDE, (row + 0.5) * TALL
        if paper != THEMES[theme][1]:
            size = f"width: {len(words) * WIDE}pt, height: {TALL}pt"
            yield f'#place(dx: {left}pt, dy: {top}pt, rect({size}, fill: rgb("{paper}")))\n'
        if words.strip():
            weight = "bold" if bold else "regular"
            quoted = json.dumps(words, ensure_ascii=False)
            said = f'text(fill: rgb("{ink}"), weight: "{weight}", {quoted})'
            place = f"dx: {left}pt, dy: {top + POINT / 7}pt"  # as much above letters as below
            yield f"#place({place}, {f'underline({said})' if underlined else said})\n"
        column += len(words)


def look_of(cell: pyte.screens.Char, theme: str) -> tuple[str, str, bool, bool]:
    """Foreground, background, whether it is bold, and whether underlined."""
    front, back = THEMES[theme]
    ink = front if cell.fg == "default" else cell.fg
    paper = back if cell.bg == "default" else cell.bg
    pair = (paper, ink) if cell.reverse else (ink, paper)
    return (*pair, cell.bold, cell.underscore)


def in_both(screen: pyte.Screen) -> Image.Image:
    """A screen in the dark theme, and in the light one next to it."""
    dark, light = (drawn(screen, theme) for theme in THEMES)
    whole = Image.new("RGB", (dark.width + light.width, dark.height))
    whole.paste(dark, (0, 0))
    whole.paste(light, (dark.width, 0))
    return whole


def in_colour() -> None:
    """Have screens drawn as on a terminal that knows colours."""
    os.environ |= {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    os.environ.pop("NO_COLOR", None)


def save_screens() -> None:
    """Write the picture of each screen."""
    in_colour()
    for name, screen in screens():
        few = in_both(screen).quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(HERE / f"{name}.png", optimize=True, bits=4)


def main(asked: Sequence[str] = ()) -> str | None:
    """Write the pictures that are asked for. Returns what is missing, in a sentence, if they cannot
    be made."""
    save_screens()
    if "screens" in asked:
        return None
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
    sys.exit(main(sys.argv[1:]))
