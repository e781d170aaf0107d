"""How fast the page in a browser is on a slow computer, and how large it is.

    .venv/bin/python benchmarks/web.py [FILE]

The page of the shipped library, or FILE, is opened in headless Chromium with its processor slowed
six times: as a laptop of ten years ago. The least of each time counts, since other programs run
beside it. A page with nothing but a button is opened in turn with it: that is the floor, which
differs between computers as much as the page does. It ends with 1 if a limit is passed. It needs
Chromium (or FINGERPOST_CHROMIUM), Node.js and tests/sheets/browser/node_modules.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

SLOWED, ROUNDS = 6, 7

MOST = {
    "the first screen, from opening the file": 900,
    "an answer": 100,
    "an ending, with its code": 100,
    "what a search finds": 100,
}
"""Milliseconds."""

MOST_BYTES = 1_500_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "page.html"
        if not file.exists():
            command = [sys.executable, "-m", "fingerpost", "web", "-o", str(file)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        size = file.stat().st_size
        floor, *found = measured(file)
    print(f"the file: {size / 1_000_000:.2f} MB of at most {MOST_BYTES / 1_000_000}")
    print(f"the floor, a page with nothing but a button: {median(floor):.0f} ms")
    passed = size > MOST_BYTES
    for (what, most), times in zip(MOST.items(), found, strict=True):
        multiple = f"{median(times) / median(floor):.2f} of the floor, by medians"
        print(f"{what}: {min(times):.0f} ms of at most {most} ({multiple}), of {len(times)} times")
        passed |= min(times) > most
    sys.exit(int(passed))


def measured(file: Path) -> list[list[float]]:
    """The milliseconds of the floor, and of each kind, as ``MOST`` has them."""
    script = Path(__file__).with_suffix(".mjs")
    chromium = os.environ.get("FINGERPOST_CHROMIUM") or shutil.which("chromium") or ""
    done = subprocess.run(
        ["node", str(script), str(file.resolve()), str(SLOWED), str(ROUNDS)],
        env={**os.environ, "FINGERPOST_CHROMIUM": chromium},
        check=True,
        capture_output=True,
    )
    found = json.loads(done.stdout)
    return [found[kind] for kind in ("floor", "first", "answers", "endings", "searches")]


if __name__ == "__main__":
    main()
