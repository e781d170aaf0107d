"""How long sheets take, as multiples of what cannot be avoided.

    .venv/bin/python benchmarks/sheets.py

One sheet as HTML and one as PDF, with everything that would be asked given, and more than 200 as
PDF with their index, each beside a bare interpreter. The runs are interleaved, so that a busy
moment of the machine falls on all of them alike, and the smallest time of each counts. Then two
ladders of diamonds are printed, of which the second has far more paths and about as many sheets.
Ends with 1 if a limit is passed. Needs the extra ``pdf``.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import libraries

ROUNDS, LONG_ROUNDS = 21, 2
"""Of those that are over in a moment, and of those that take long. In a few rounds, whatever else
the machine does would meet each of the short ones every time."""

PROGRAM = [sys.executable, "-m", "fingerpost"]
ANSWERS = {
    "teller": "young-person",
    "danger": "none",
    "age": "13-15",
    "nation": "wales",
    "threat": "money",
    "suicide": "no",
    "also": "picture",
    "where": "snapchat",
}
GIVEN = [word for fact, value in ANSWERS.items() for word in ("--given", f"{fact}={value}")]
ONE = [*PROGRAM, "sheet", "threatened", *GIVEN]
MANY = [*PROGRAM, "sheet", "image-shared", "--all", "--vary", "nation"]

BARE = "bare interpreter"
MANY_PDF = "200 sheets as PDF, or more"

COMMANDS: Mapping[str, tuple[list[str], str]] = {
    BARE: ([sys.executable, "-c", "pass"], ""),
    "one sheet as HTML": (ONE, "advice.html"),
    "one sheet as PDF": (ONE, "advice.pdf"),
    MANY_PDF: ([*MANY, "--format", "pdf"], "sheets"),
}
"""Each command, and where in an empty folder it writes to."""

LIMITS = {"one sheet as HTML": 17.0, "one sheet as PDF": 19.0, MANY_PDF: math.inf}
"""Multiples of a bare interpreter; what has no limit is measured all the same."""

LEAST = 200
LADDERS = (50, 100)
MOST_GROWTH = 4.0


def seconds(command: list[str], target: str = "") -> float:
    """One run from start to end into a folder of its own, in seconds."""
    with tempfile.TemporaryDirectory() as place:
        written = ["-o", target] if target else []
        before = time.perf_counter()
        subprocess.run(
            [*command, *written],
            cwd=place,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=_environment(),
            check=True,
        )
        taken = time.perf_counter() - before
        made = len(list(Path(place, target).glob("*.pdf")))
        assert target != "sheets" or made >= LEAST, f"only {made} sheets are made"
    return taken


def _environment() -> Mapping[str, str]:
    """Ours, with nothing in it that decides what is printed or that compiles files anew."""
    unwanted = ("PYTHONDONTWRITEBYTECODE", "FINGERPOST_TREES", "FINGERPOST_LOCAL")
    return {name: value for name, value in os.environ.items() if name not in unwanted}


def least(runs: Mapping[str, Callable[[], float]], rounds: int) -> Mapping[str, float]:
    """The smallest time of each, when all are run in turn so many times and once before that."""
    for run in runs.values():
        run()
    times = [{name: run() for name, run in runs.items()} for _ in range(rounds)]
    return {name: min(each[name] for each in times) for name in runs}


def measure() -> Iterator[tuple[str, float, float]]:
    """Each command with its seconds and those of a bare interpreter in the same rounds."""

    def runs(*names: str) -> dict[str, Callable[[], float]]:
        return {name: lambda name=name: seconds(*COMMANDS[name]) for name in names}

    short = least(runs(*(name for name in COMMANDS if name != MANY_PDF)), ROUNDS)
    long = least(runs(BARE, MANY_PDF), LONG_ROUNDS)
    for times in (short, long):
        yield from ((name, taken, times[BARE]) for name, taken in times.items() if name != BARE)


def growth() -> float:
    """How many times as long the larger ladder takes as the smaller."""
    with tempfile.TemporaryDirectory() as place:
        runs: dict[str, Callable[[], float]] = {}
        for size in LADDERS:
            folder = Path(place, str(size))
            libraries.write(libraries.KINDS["ladder"](size, "1"), folder)
            command = [*PROGRAM, "sheet", "--all", "--trees", str(folder), "--only"]
            command += ["--format", "txt", "--yes"]
            runs[str(size)] = lambda command=command: seconds(command, "leaflets")
        small, large = least(runs, LONG_ROUNDS).values()
    return large / small


def main() -> int:
    """Print the table; 1 if a limit is passed, else 0."""
    print(f"Python {sys.version.split()[0]}, smallest time, interleaved\n")
    print("| | ms | × bare | at most |")
    print("|---|---:|---:|---:|")
    over = []
    for name, taken, bare in measure():
        print(
            f"| {name} | {taken * 1000:.0f} | {taken / bare:.1f} | {LIMITS[name]:g} |", flush=True
        )
        if taken > LIMITS[name] * bare:
            over.append(name)
    times = growth()
    small, large = LADDERS
    print(f"\na ladder of {large} questions takes {times:.1f} times as long as one of {small}, ")
    print(f"with 100,000 times its paths and about as many sheets: at most {MOST_GROWTH:g} times")
    if times > MOST_GROWTH:
        over.append("the larger ladder")
    if over:
        print(f"\nover the limit: {', '.join(over)}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
