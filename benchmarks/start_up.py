"""How long fingerpost takes to start, as a multiple of what cannot be avoided.

    PLACE/bin/python benchmarks/start_up.py

PLACE is an environment in which the wheel is installed, whose library is compiled: a checkout
reads YAML. Two floors: a bare interpreter, and one that also reads every file of the shipped
library with the C parser and does nothing else. The processor's time counts, which is that of the
clock on a machine with nothing else to do. The runs are interleaved, so that a busy moment of the
machine falls on all of them alike, and the smallest of 15 counts. Ends with 1 if a limit is passed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import fingerpost

ROUNDS = 15

PARSE = """
import sys, yaml
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        for event in yaml.parse(file, Loader=yaml.CSafeLoader):
            pass
"""

BARE = "bare interpreter"
PARSED = "and the library's YAML"


def library_files() -> list[str]:
    """The shipped library: inside an installed package, else in the checkout."""
    package = Path(fingerpost.__file__).parent
    places = (package / "trees", package.parents[1] / "trees")
    trees = next(place for place in places if place.is_dir())
    return [str(path) for path in sorted(trees.rglob("*.yaml"))]


def commands() -> Mapping[str, list[str]]:
    """Each measured command by its name in the table, the two floors first."""
    program = [sys.executable, "-m", "fingerpost"]
    return {
        BARE: [sys.executable, "-c", "pass"],
        PARSED: [sys.executable, "-c", PARSE, *library_files()],
        "--version": [*program, "--version"],
        "--help": [*program, "--help"],
        "first screen": [*program, "--plain"],
        "first question": [*program, "walk", "threatened", "--plain"],
    }


LIMITS = {"--version": 5.0, "--help": 5.5, "first screen": 10.0, "first question": 9.0}
"""Multiples of a bare interpreter."""


def seconds(command: list[str], environment: Mapping[str, str]) -> float:
    """The processor's time for one run, with nothing on its input, in seconds."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        check=False,  # a walk without input ends with 130
    )
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure() -> Mapping[str, float]:
    """The smallest time of each command, in seconds."""
    environment = dict(os.environ)
    # Without compiled files every start would compile everything anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    every = commands()
    for command in every.values():
        seconds(command, environment)
    rounds = [
        {name: seconds(command, environment) for name, command in every.items()}
        for _ in range(ROUNDS)
    ]
    return {name: min(times[name] for times in rounds) for name in every}


def table(times: Mapping[str, float]) -> str:
    """The times as a Markdown table."""
    rows = [
        "| | ms | × bare | × bare and YAML | at most |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, taken in times.items():
        limit = f"{LIMITS[name]:g} × bare" if name in LIMITS else ""
        rows.append(
            f"| {name} | {taken * 1000:.0f} | {taken / times[BARE]:.1f} "
            f"| {taken / times[PARSED]:.1f} | {limit} |"
        )
    return "\n".join(rows)


def main() -> int:
    """Print the table; 1 if a limit is passed, else 0."""
    times = measure()
    over = [name for name, limit in LIMITS.items() if times[name] > limit * times[BARE]]
    sys.stdout.write(f"Python {sys.version.split()[0]}, smallest of {ROUNDS}, interleaved\n\n")
    sys.stdout.write(f"{table(times)}\n")
    if over:
        sys.stdout.write(f"\nover the limit: {', '.join(over)}\n")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
