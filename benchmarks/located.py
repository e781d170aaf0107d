"""How long reading takes, and how much memory, as multiples of what cannot be avoided.

    .venv/bin/python benchmarks/located.py [N]

The floor is that of ``checking.py``: a program that reads the same files and builds nested lists
of every value with its line and column from libyaml's events. Beside it: the located nodes of
each file alone, and the library with all that it means, before anything is proved. Both are
measured on the shipped library and on topics of N questions (10,000 unless said otherwise).

Whole programs are compared, starting included, by turns; the least of each counts.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from checking import best, floor, written

from fingerpost.reading import loader

NODES = """
import gc, sys
from fingerpost import source
gc.disable()
files = []
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        files.append(source.read(file.read(), path)[0])
"""

LOAD = """
import gc, sys
from pathlib import Path
from fingerpost import library
gc.disable()
reading = library.load([Path(sys.argv[1])], whole=True)
"""


def measure(name: str, folder: Path) -> None:
    """Print two rows of the table."""
    files = [str(path) for path in sorted(folder.rglob("*.yaml"))]
    nodes, whole = [sys.executable, "-c", NODES, *files], [sys.executable, "-c", LOAD, str(folder)]
    least, *ours = best(floor(folder), nodes, whole)
    for what, run in zip(("nodes", "library"), ours, strict=True):
        times, memory = run.busy / least.busy, run.mib / least.mib
        seconds = f"{least.busy:.2f} | {run.busy:.2f} | {times:.2f}"
        print(f"| {name}, {what} | {seconds} | {least.mib:.0f} | {run.mib:.0f} | {memory:.2f} |")


def main(size: int) -> None:
    """Print the table."""
    print("| read | floor, s | ours, s | times | floor, MiB | ours, MiB | times |")
    print("|---|---:|---:|---:|---:|---:|---:|", flush=True)
    measure("shipped", loader.shipped())
    with tempfile.TemporaryDirectory() as place:
        measure(f"{size:,} questions", written("topics", size, Path(place)))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:] or ["10000"]))
