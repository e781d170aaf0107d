"""Makes the picture of the page in a browser that docs/web.md shows, beside this file.

    .venv/bin/python docs/pictures/web/make.py

Three screens as a phone has them, side by side: a question, the page at the end, and danger now.
They are of someone of 14 in Wales who is being blackmailed, at two in the morning. Needs
Chromium, Node.js and tests/sheets/browser/node_modules.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from PIL import Image

from fingerpost.reading.loader import load, shipped
from fingerpost.search.indexing import index_of
from fingerpost.web.html import page_of

HERE = Path(__file__).parent
DRIVER = HERE.parents[2] / "tests" / "web" / "browser" / "drive.mjs"
CHROMIUM = os.environ.get("FINGERPOST_CHROMIUM") or shutil.which("chromium")

DAY = date(2026, 11, 25)
NIGHT = "2026-11-25T02:00:00Z"
KNOWN = {"teller": "young-person", "nation": "wales", "age": "13-15", "threat": "money"}

WALK = [
    *[["key", "1"], ["picture", "question"]],  # go on
    *[["key", "1"], ["key", "3"]],  # nobody is in danger, and no thoughts of suicide
    *[["key", "5"], ["click", "Go on"], ["picture", "ending"]],  # there is a picture
    *[["click", "Danger now"], ["picture", "danger"]],
]
"""What is done, and after what a picture is taken."""

WIDE, HIGH, BETWEEN = 400, 760, 24
COLOURS = 32


def main() -> None:
    given = {fact: frozenset({value}) for fact, value in KNOWN.items()}
    library = load([shipped()], whole=True).library
    page = page_of(library, index_of(library), made_on=DAY, tree="threatened", given=given)
    with tempfile.TemporaryDirectory() as folder:
        (file := Path(folder) / "page.html").write_text(page, encoding="utf-8")
        paths = [f"{folder}/{what}.png" for does, what in WALK if does == "picture"]
        steps = [[d, f"{folder}/{what}.png" if d == "picture" else what] for d, what in WALK]
        job = {"file": str(file), "width": WIDE, "height": HIGH, "now": NIGHT, "steps": steps}
        (jobs := Path(folder) / "jobs.json").write_text(json.dumps([job]), encoding="utf-8")
        _driven(jobs)
        beside(paths).quantize(COLOURS).save(HERE / "three-screens.png", optimize=True)


def beside(paths: list[str]) -> Image.Image:
    """Pictures side by side, each cut to the height of a phone, on grey."""
    made = Image.new("RGB", (len(paths) * (WIDE + BETWEEN) - BETWEEN, HIGH), "#888888")
    for at, path in enumerate(paths):
        with Image.open(path) as screen:
            made.paste(screen.crop((0, 0, WIDE, HIGH)), (at * (WIDE + BETWEEN), 0))
    return made


def _driven(jobs: Path) -> None:
    node = shutil.which("node")
    if node is None or CHROMIUM is None:
        raise SystemExit("Chromium or Node.js is not installed.")
    subprocess.run(  # noqa: S603 - Node.js, on a file of this script's own
        [node, str(DRIVER), str(jobs)],
        env={**os.environ, "FINGERPOST_CHROMIUM": CHROMIUM},
        check=True,
        capture_output=True,
    )


if __name__ == "__main__":
    main()
