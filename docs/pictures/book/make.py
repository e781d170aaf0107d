"""Makes the pictures of the book that docs/approval.md shows, beside this file.

    .venv/bin/python docs/pictures/book/make.py

Three sides of the book of one tree, set by typst and drawn by pdftoppm of poppler: the first, a
page of advice, and services. Needs poppler and the extra ``dev``.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from PIL import Image

from fingerpost.approval.book import book
from fingerpost.page.approval import Fingerprints
from fingerpost.reading.loader import load, shipped
from fingerpost.sheets.formats import named

HERE = Path(__file__).parent
DAY = date(2026, 11, 27)
DOTS = 75
COLOURS = 64

SIDES = {
    "contents": "How to read it",
    "ending": "“I might kill or badly hurt myself”:",
    "services": "Childline [under 19]",
}
"""The name of each picture, and words by which its side is found."""


def main() -> None:
    library = load([shipped()], whole=True).library
    paper = book(Fingerprints(library), ["threatened"], DAY)
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "book.pdf"
        pdf.write_bytes(named("pdf").renderer()(paper))
        told = _ran("pdftotext", "-layout", str(pdf), "-").split("\f")
        for name, words in SIDES.items():
            side = next(n for n, text in enumerate(told, 1) if words in text)
            image = Path(folder) / name
            only = f"-png -singlefile -r {DOTS} -f {side} -l {side}".split()
            _ran("pdftoppm", *only, str(pdf), str(image))
            with Image.open(image.with_suffix(".png")) as drawn:
                drawn.quantize(COLOURS).save(HERE / f"{name}.png", optimize=True)


def _ran(program: str, *arguments: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise SystemExit(f"{program} of poppler is not installed.")
    ran = subprocess.run(  # noqa: S603 - poppler, on a file of this script's own
        [path, *arguments], check=True, capture_output=True, text=True
    )
    return ran.stdout


if __name__ == "__main__":
    main()
