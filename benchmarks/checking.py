"""How long ``fingerpost check`` takes, and how much memory, beside two others in the same run.

    .venv/bin/python benchmarks/checking.py [--beside PYTHON] [N ...]

Libraries of N questions (1,000, 10,000 and 30,000 unless said otherwise) are written by
``libraries.py`` and checked, everything and 20 rules. The floor reads the same files and does
nothing but to build nested lists of every value with its line and column from libyaml's events.
PYTHON is an interpreter for which another version is installed, such as 0.1.0: no check may take
much longer than its check of the same library, and each version checks the library it ships. A
ladder of diamonds has to be proved, and a tree in which a hard problem hides has to end soon.

Each program is run three times, by turns; the smallest time and the smallest peak count. Times
that are compared are those of the processor, so that a busy machine does not decide. It ends with
1 if a limit is passed, and says which. Linux and macOS.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import libraries

ROUNDS = 3
SIZES = (1_000, 10_000, 30_000)
LADDER = 10_000
CLAUSES = 50

PATIENCE = 60
"""Seconds after which a run is ended."""

MOST_MEMORY = 2.0
"""Multiples of the floor, for topics from ``HELD_FROM`` questions on: below, starting decides."""

HELD_FROM = 10_000

MOST_BESIDE = 1.15
"""Multiples of the time of the other version, for the same topics and for what each ships."""

MOST_GROWTH = {(1_000, 10_000): 13.0, (10_000, 30_000): 3.9}
"""How many times as long a larger library takes as a smaller one."""

MOST_SECONDS, MOST_MIB = 10.0, 500.0
"""For a tree of which it is too hard to decide a rule."""

TODAY = "2026-11-24"
NOT_DECIDED = "FP312"

FLOOR = """
import gc, sys
from yaml import MappingEndEvent, MappingStartEvent, ScalarEvent
from yaml import SequenceEndEvent, SequenceStartEvent, StreamEndEvent
from yaml.cyaml import CParser
gc.disable()
starts, ends = {MappingStartEvent, SequenceStartEvent}, {MappingEndEvent, SequenceEndEvent}
def located(data):
    next_event = CParser(data).get_event
    here = top = []
    waiting = []
    while True:
        event = next_event()
        kind = type(event)
        if kind is ScalarEvent:
            mark = event.start_mark
            here.append((event.value, mark.line, mark.column))
        elif kind in starts:
            mark = event.start_mark
            inside = [mark.line, mark.column]
            here.append(inside)
            waiting.append(here)
            here = inside
        elif kind in ends:
            here = waiting.pop()
        elif kind is StreamEndEvent:
            return top
files = []
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        files.append(located(file.read()))
"""

LAUNCH = """
import json, os, signal, sys, time
patience, *command = sys.argv[1:]
before = time.perf_counter()
child = os.posix_spawn(command[0], command, os.environ)
signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
signal.alarm(int(patience))
_, status, used = os.wait4(child, 0)
seconds = time.perf_counter() - before
busy = used.ru_utime + used.ru_stime
print(json.dumps([seconds, busy, used.ru_maxrss, os.waitstatus_to_exitcode(status)]))
"""
"""A small program that runs another. On Linux the peak of a program that is started is at least
that of whoever starts it, so nothing larger than this may."""

_MIB = 1024 if sys.platform == "linux" else 1024 * 1024


@dataclass(frozen=True, slots=True)
class Run:
    """What a program took, how it ended, and what it printed.

    ``busy`` are the seconds that a processor worked for it, whatever else the machine had to do.
    """

    seconds: float
    busy: float
    mib: float
    code: int
    output: str

    @property
    def was_ended(self) -> bool:
        """Whether it took more than we have patience for."""
        return self.code < 0


def run(command: Sequence[str]) -> Run:
    """Run a program once."""
    launched = subprocess.run(
        [sys.executable, "-S", "-c", LAUNCH, str(PATIENCE), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        check=True,
        text=True,
    )
    *output, last = launched.stdout.splitlines()
    seconds, busy, peak, code = json.loads(last)
    return Run(seconds, busy, peak / _MIB, code, "\n".join(output))


def _environment() -> Mapping[str, str]:
    """Ours, with nothing in it that decides what is checked or that compiles files anew."""
    unwanted = ("PYTHONDONTWRITEBYTECODE", "FINGERPOST_TREES", "FINGERPOST_LOCAL")
    return {name: value for name, value in os.environ.items() if name not in unwanted}


def best(*commands: Sequence[str]) -> list[Run]:
    """The least that each of these programs takes. One that was ended is not run again."""
    rounds = [[run(command) for command in commands]]
    while len(rounds) < ROUNDS and not any(each.was_ended for each in rounds[-1]):
        rounds.append([run(command) for command in commands])
    return [_best(runs) for runs in zip(*rounds, strict=True)]


def _best(runs: Sequence[Run]) -> Run:
    return replace(
        runs[-1],
        seconds=min(run.seconds for run in runs),
        busy=min(run.busy for run in runs),
        mib=min(run.mib for run in runs),
    )


def check(folder: Path | None, python: str = sys.executable) -> list[str]:
    """The command that checks a library on its own, or the one that is shipped."""
    where = () if folder is None else ("--trees", str(folder), "--only")
    return [python, "-m", "fingerpost", "check", *where, "--now", TODAY]


def floor(folder: Path) -> list[str]:
    """The command that only reads the same files."""
    return [sys.executable, "-c", FLOOR, *map(str, sorted(folder.rglob("*.yaml")))]


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of something that has a limit, and whether it is over it."""

    words: str
    is_over: bool

    def __str__(self) -> str:
        return f"{'OVER THE LIMIT: ' * self.is_over}{self.words}"


def row(name: str, least: Run, checked: Run) -> str:
    """A row of the table."""
    times = f"{least.busy:.2f} | {checked.busy:.2f} | {checked.busy / least.busy:.2f}"
    peaks = f"{least.mib:.0f} | {checked.mib:.0f} | {checked.mib / least.mib:.2f}"
    return f"| {name} | {times} | {peaks} |"


def proved(name: str, checked: Run) -> Said:
    """A library of which everything has to be proved."""
    if checked.was_ended:
        return Said(f"{name}: ended after {PATIENCE} s", is_over=True)
    verdict = f"check ends with {checked.code}" if checked.code else "everything is proved"
    return Said(f"{name}: {verdict}", is_over=checked.code != 0)


def against_floor(name: str, least: Run, checked: Run) -> Iterator[Said]:
    """A large library beside a program that only reads it."""
    time, memory = checked.busy / least.busy, checked.mib / least.mib
    yield Said(f"{name}: {time:.2f} times the floor's time", is_over=False)
    yield Said(
        f"{name}: {memory:.2f} times the floor's memory, at most {MOST_MEMORY:g}",
        memory > MOST_MEMORY,
    )


def growth(runs: Mapping[int, Run]) -> Iterator[Said]:
    """How much longer each size takes than the one before it."""
    for less, more in pairwise(sorted(runs)):
        times = runs[more].busy / runs[less].busy
        limit = MOST_GROWTH.get((less, more))
        words = f"{more:,} questions take {times:.1f} times as long as {less:,}"
        yield Said(words + (f", at most {limit:g}" if limit else ""), times > (limit or times))


def hard(kind: str, checked: Run) -> Said:
    """A tree in which the hardest clauses hide: mostly no verdict, but soon."""
    is_over = checked.seconds > MOST_SECONDS or checked.mib > MOST_MIB or checked.was_ended
    verdict = "not decided" if NOT_DECIDED in checked.output else f"ends with {checked.code}"
    took = f"in {checked.seconds:.1f} s and {checked.mib:.0f} MiB"
    limit = f"at most {MOST_SECONDS:g} s and {MOST_MIB:g} MiB"
    return Said(f"{kind}, clauses of {CLAUSES} facts: {verdict} {took}, {limit}", is_over)


def beside(name: str, other: str | None, folder: Path | None) -> Iterator[Said]:
    """A library checked by this version and, if there is one, by the other."""
    if other is None:
        return
    before, checked = best(check(folder, other), check(folder))
    assert before.code == 0, "the other version cannot check this library"
    times = checked.busy / before.busy
    words = f"{name}: {times:.2f} times the time of the other version"
    yield Said(f"{words}, at most {MOST_BESIDE:g}", times > MOST_BESIDE or checked.code != 0)


def measure(sizes: Sequence[int], other: str | None, place: Path) -> Iterator[Said]:
    """Measure everything in turn, and print each row of the table as it is known."""
    runs: dict[int, Run] = {}
    said: list[Said] = []
    for kind, size in (*(("topics", size) for size in sizes), ("ladder", LADDER)):
        folder, name = written(kind, size, place), f"{kind}, {size:,}"
        least, checked = best(floor(folder), check(folder))
        assert least.code == 0, "the floor cannot read this library"
        print(row(name, least, checked), flush=True)
        said.append(proved(name, checked))
        if kind == "topics":
            runs[size] = checked
            if size >= HELD_FROM:
                said += (*against_floor(name, least, checked), *beside(name, other, folder))
    yield from said
    yield from growth(runs)
    for kind in ("three-sat", "ways-sat"):
        yield from (hard(kind, run) for run in best(check(written(kind, CLAUSES, place))))
    yield from beside("the shipped library", other, None)


def main(arguments: Sequence[str]) -> int:
    """Print the table and what else is held; 1 if a limit is passed, else 0."""
    other = arguments[1] if arguments[:1] == ["--beside"] else None
    sizes = [int(size) for size in arguments[2 * (other is not None) :]] or SIZES
    print(f"Python {sys.version.split()[0]}, smallest of {ROUNDS}, by turns\n")
    print("| questions | floor, s | check, s | times | floor, MiB | check, MiB | times |")
    print("|---|---:|---:|---:|---:|---:|---:|", flush=True)
    with tempfile.TemporaryDirectory() as place:
        said = list(measure(sizes, other, Path(place)))
    print("", *said, sep="\n")
    return 1 if any(each.is_over for each in said) else 0


def written(kind: str, size: int, place: Path) -> Path:
    """A library, written into a folder of its own."""
    folder = place / f"{kind}-{size}"
    libraries.write(libraries.KINDS[kind](size, "1"), folder)
    return folder


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
