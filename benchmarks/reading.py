"""How long the strict reader takes over hostile files, as a ratio to one plain C-speed parse.

Run it with ``.venv/bin/python benchmarks/reading.py``. The floor is libyaml's own events of one
8 MB text, taken in the same run; the goal is that no file takes more than two seconds.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import yaml

ATTACKS = Path(__file__).parent.parent / "tests" / "support" / "attacks.py"


def floor() -> float:
    """Seconds for libyaml to read the events of 8 MB of plain lines."""
    data = b"key: some plain words\n" * (8 * 1024 * 1024 // 22)
    start = time.process_time()
    for _ in yaml.parse(data, Loader=yaml.CSafeLoader):
        pass
    return time.process_time() - start


def main() -> None:
    """Print a table: the file, its ratio to the floor, the seconds, and what was said of it."""
    plain = floor()
    run = subprocess.run([sys.executable, ATTACKS], capture_output=True, text=True, check=True)
    *results, most = map(json.loads, run.stdout.splitlines())
    print(f"{'file':30} {'ratio':>6} {'seconds':>8}  first mistake")
    for name, spent, _, code, *_ in sorted(results, key=lambda each: -each[1]):
        print(f"{name:30} {spent / plain:6.2f} {spent:8.2f}  {code or 'read'}")
    print(f"floor {plain:.2f} s; most memory {most:.0f} MiB" if most else f"floor {plain:.2f} s")


if __name__ == "__main__":
    main()
