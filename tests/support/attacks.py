"""Files that are made to hang or to fill a program that reads them.

Run as a program, it reads each with the strict reader and prints, as a line of JSON, its name,
the seconds of processor time, whether it was read, and the first code. The last line is the most
memory that the whole took, in MiB (null where the system does not say).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

from fingerpost.reading import yaml_reader

MB = 1024 * 1024


def fill(unit: str, head: str = "", tail: str = "") -> str:
    """A file of 8 MB of the same."""
    size = 8 * MB - len(head) - len(tail)
    return head + unit * (size // len(unit.encode())) + tail


def bomb(line: str) -> str:
    """Each line holds the one above several times."""
    lines = (line.format(b=chr(98 + n), a=chr(97 + n)) for n in range(20))
    return "a: &a [x, x]\n" + "".join(lines)


ATTACKS: dict[str, Callable[[], str | bytes]] = {
    "aliases": lambda: bomb("{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]\n"),
    "merges": lambda: bomb("{b}: &{b}\n  <<: [*{a}, *{a}, *{a}, *{a}, *{a}]\n"),
    "a cycle": lambda: "a: &a [*a, *a]\n",
    "1,000 brackets": lambda: "a: " + "[" * 1_000,
    "100,000 brackets": lambda: "a: " + "[" * 100_000,
    "100,000 braces": lambda: "{" * 100_000,
    "brackets in lines": lambda: "a:\n" + " [\n" * 100_000,
    "50,000 dashes": lambda: "a:\n  " + "- " * 50_000,
    "marks of keys": lambda: "? " * 50_000,
    "64 MB": lambda: "a: " + "b" * (64 * MB),
    "one text": lambda: fill("b", "a: "),
    "one quoted text": lambda: fill("b c ", 'a: "', '"'),
    "one open quote": lambda: fill("b c\n", 'a: "'),
    "500,000 keys": lambda: "".join(f"k{n:06}: v\n" for n in range(500_000)),
    "one key again and again": lambda: "a: b\n" * 500_000,
    "one line": lambda: fill("a,", "k: [", "]"),
    "one open line": lambda: fill("a: b, ", "k: {"),
    "a million comments": lambda: "# c\n" * 1_000_000,
    "empty lines": lambda: fill("\n", "a: b\n", "@"),
    "documents": lambda: fill("---\n"),
    "controls": lambda: fill("a\x01b"),
    "escapes": lambda: fill("\\e", 'a: "', '"'),
    "tabs": lambda: fill("\ta: b\n"),
    "joiners": lambda: fill("é\u200d", "a: "),
    "emoji": lambda: fill("🙂", "a: "),
    "colons": lambda: fill(": "),
    "questions": lambda: fill("a ? b? ", "k: [", "]\n? b\n"),
    "stairs": lambda: "".join(" " * n + "a:\n" for n in range(3_000)),
    "bytes": lambda: b"\xff" * (8 * MB),
}
"""Made one at a time, so that what is measured is the reader's own memory."""


def most_memory() -> float | None:
    """The most that this process has had at a time, in MiB; None where the system does not say.

    Not getrusage: there a process that a large one starts begins with the large one's peak.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


def main() -> None:
    for name, make in ATTACKS.items():
        made = make()
        data = made if isinstance(made, bytes) else made.encode()
        del made
        start = time.process_time()
        node, mistakes = yaml_reader.read(data, "a.yaml")
        spent = time.process_time() - start
        code = mistakes[0].code if mistakes else ""
        print(json.dumps([name, spent, node is not None, code, len(mistakes)]), flush=True)
        del data, node, mistakes
    print(json.dumps(most_memory()))


if __name__ == "__main__":
    main()
