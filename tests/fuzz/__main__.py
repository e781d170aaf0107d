"""``python -m tests.fuzz --minutes N [--kind K] [--seed S]``: run, keep, record, write the page."""

from __future__ import annotations

import argparse
import secrets
import subprocess
import sys
import time
import traceback

from . import record
from .kind import Kind
from .kinds import KINDS
from .running import Tried, draw, keep, place_of, replay

SEEDS = 1_000_000_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--minutes", type=float, default=10, help="for all kinds together")
    parser.add_argument("--kind", choices=KINDS, help="only this kind")
    parser.add_argument("--seed", type=int, help="repeat a run")
    how = parser.parse_args()
    seed = secrets.randbelow(SEEDS) if how.seed is None else how.seed
    if how.kind is not None:
        return run(KINDS[how.kind], how.minutes * 60, seed)
    program = [sys.executable, "-m", "tests.fuzz"]
    limits = ["--minutes", str(how.minutes / len(KINDS)), "--seed", str(seed)]
    ended = [subprocess.call([*program, *limits, "--kind", name]) for name in KINDS]
    return int(any(ended))


def run(kind: Kind, seconds: float, seed: int) -> int:
    """Run a kind for so long; 1 if anything failed."""
    print(f"{kind.name}: seed {seed}", flush=True)
    tried = replay(kind)
    still_open = len(tried.failed)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        draw(kind, kind.quick, seed, tried)
        seed += 1
    new = keep_all(kind, tried, still_open)
    record.add(kind, tried)
    record.write_page(KINDS)
    print(f"{kind.name}: {tried.inputs:,} inputs, {new} new faults, up to seed {seed}", flush=True)
    return int(bool(tried.failed))


def keep_all(kind: Kind, tried: Tried, known: int) -> int:
    """Keep what failed and was not kept before, and say how; how many there are."""
    new = list(tried.failed.values())[known:]
    for each, error in new:
        print(f"{keep(kind, each)}: {place_of(error)}")
        traceback.print_exception(error)
    return len(new)


if __name__ == "__main__":
    sys.exit(main())
