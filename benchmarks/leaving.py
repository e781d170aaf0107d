"""How long it takes to leave at once: from the key x to a screen on which nothing is left.

    .venv/bin/python benchmarks/leaving.py

Someone has come into the room. On a real terminal the key is pressed at three places, 15 times
each, and the slowest counts. The second number is until the program itself has ended. Ends with 1
if the limit is passed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence

import pexpect

ROUNDS = 15
LIMIT = 0.100
"""Seconds to a cleared screen."""

CLEARED = "\x1b[?1049l\x1b[H\x1b[2J\x1b[3J"

OPENING = (("", "Any key goes on"),)
QUESTION = (*OPENING, (" ", "question 1,"))
FACTS = ("teller=young-person", "age=13-15", "nation=england", "threat=violence", "soon=now")
ENDING = (*OPENING, (" ", "question 1,"), ("1", "GET HELP"))

PLACES: Mapping[str, tuple[Sequence[str], Sequence[tuple[str, str]]]] = {
    "first screen": ((), OPENING),
    "question": ((), QUESTION),
    "ending": ([word for fact in FACTS for word in ("--given", fact)], ENDING),
}
"""Where x is pressed: the options, and the keys on the way with what they show."""


def leave(options: Sequence[str], way: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """Seconds from the key to a cleared screen, and to the end of the program."""
    program = ["-m", "fingerpost", "walk", "threatened", *options]
    child = pexpect.spawn(
        sys.executable, program, dimensions=(24, 80), timeout=20, encoding="utf-8"
    )
    child.delaybeforesend = None
    for key, shown in way:
        child.send(key)
        child.expect_exact(shown)
        child.expect_exact("q stop")
    start = time.perf_counter()
    child.send("x")
    child.expect_exact(CLEARED)
    cleared = time.perf_counter()
    child.expect(pexpect.EOF)
    child.close()
    return cleared - start, time.perf_counter() - start


def main() -> int:
    """Print a table; 1 if the limit is passed."""
    too_slow = False
    print(f"{'':14} {'cleared':>12} {'ended':>12}   slowest of {ROUNDS}")
    for place, (options, way) in PLACES.items():
        times = [leave(options, way) for _ in range(ROUNDS)]
        cleared, ended = max(first for first, _ in times), max(second for _, second in times)
        too_slow |= cleared > LIMIT
        print(f"{place:14} {cleared * 1000:9.1f} ms {ended * 1000:9.1f} ms")
    print(f"cleared within {LIMIT * 1000:.0f} ms: {'no' if too_slow else 'yes'}")
    return int(too_slow)


if __name__ == "__main__":
    sys.exit(main())
