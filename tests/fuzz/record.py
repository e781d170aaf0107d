"""What was run, in ``record.json``, and the page that is made of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .kind import Kind
from .running import Tried, kept, most_memory
from .threats import THREATS

HERE = Path(__file__).parent
RECORD = HERE / "record.json"
PAGE = HERE.parents[1] / "docs" / "reliability.md"

HEAD = """\
# What was tried against it

<!-- Made by `python -m tests.fuzz`, never by hand. -->

Inputs made by [Hypothesis](https://hypothesis.readthedocs.io), to break what the program promises:
no crash (exit status 70), no mistake without a place in its file, no text that acts on a terminal
or becomes markup, no file that nobody asked for, no refusal without 999 and Childline before it.
Every input that ever failed is kept in [tests/fuzz/corpus](../tests/fuzz/corpus) and is run again
before all others, here and in the tests. To run more, and make this page again:

    python -m tests.fuzz --minutes 10

"Failed" are the inputs that ever failed, made as small as can be; "open" are those that still do.
The slowest is in seconds of processor time, with the size of that input. Memory is the most that a
run of this kind has had, with the tests' own tools in it.

| What is tried | Inputs | Failed | Open | Slowest | Its size | Memory | Last run |
|---|--:|--:|--:|--:|--:|--:|---|
"""

THREAT_HEAD = """
## What could go wrong, and what holds it off

What is feared is written in [SECURITY.md](../SECURITY.md). Each has a test, and a figure that the
test holds to.

| What could happen | What is held | The test |
|---|---|---|
"""


def read() -> dict[str, dict[str, Any]]:
    return json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else {}


def add(kind: Kind, tried: Tried) -> None:
    """Add a run to the record, when what failed in it is in the corpus."""
    record = read()
    before = record.get(kind.name, {})
    slowest = max((before.get("seconds", 0), before.get("bytes", 0)), (tried.slowest, tried.size))
    record[kind.name] = {
        "inputs": before.get("inputs", 0) + tried.inputs,
        "failed": len([*kept(kind)]),
        "open": len(tried.failed),
        "seconds": round(slowest[0], 3),
        "bytes": slowest[1],
        "mib": max(before.get("mib", 0), round(most_memory())),
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
    }
    RECORD.write_text(f"{json.dumps(record, indent=2, sort_keys=True)}\n", encoding="utf-8")


def page(kinds: dict[str, Kind]) -> str:
    """The page of the record."""
    record = read()
    rows = [_row(kind.told, record[name]) for name, kind in kinds.items() if name in record]
    inputs, failed, still = (
        sum(each[key] for each in record.values()) for key in ("inputs", "failed", "open")
    )
    rows.append(f"| **All** | **{inputs:,}** | **{failed}** | **{still}** | | | | |")
    threats = (
        f"| {each.what} | {each.figure} | [{each.function}](../{each.file}) |" for each in THREATS
    )
    return HEAD + "\n".join(rows) + "\n" + THREAT_HEAD + "\n".join(threats) + "\n"


def _row(told: str, of: dict[str, Any]) -> str:
    return (
        f"| {told} | {of['inputs']:,} | {of['failed']} | {of['open']} | {of['seconds']:.3f} s"
        f" | {of['bytes']:,} bytes | {of['mib']} MiB | {of['date']} |"
    )


def write_page(kinds: dict[str, Kind]) -> None:
    PAGE.write_text(page(kinds), encoding="utf-8", newline="\n")
