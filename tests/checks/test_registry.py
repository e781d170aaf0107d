"""To add a check is to add its file, the manual of its code, and one line that names it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import fingerpost
from fingerpost.checks import registry
from fingerpost.reading.loader import shipped

PACKAGE = Path(fingerpost.__file__).parent
REGISTRY = Path(registry.__file__).relative_to(PACKAGE)
CODES = Path("model") / "codes"
SOUND = Path(__file__).parents[1] / "fixtures" / "manuals"

CHECK = '''\
"""Is a tree named for what has happened?"""

from fingerpost.model.diagnostics import Diagnostic


def find(library):
    return tuple(
        Diagnostic("FP499", f"the tree “{tree.name}” has a name", tree.span)
        for tree in library.trees.values()
    )
'''

MANUAL = """\
# A tree that has a name

Severity: warning

No tree may have a name.

Not like this:

```yaml
# bullied.yaml, at its top
title: Bullied
```

Like this:

```yaml
# bullied.yaml, at its top
title: ""
```
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the package with its trees, to be added to."""
    unwanted = shutil.ignore_patterns("trees")
    folder = Path(shutil.copytree(PACKAGE, tmp_path / "fingerpost", ignore=unwanted))
    shutil.copytree(shipped(), folder / "trees")
    return folder


@pytest.fixture
def run(copied: Path) -> Run:
    """The command line of the copy."""

    def run_it(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "fingerpost", *arguments],
            cwd=copied.parent,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run_it


def test_a_check_is_its_file_its_manual_and_one_line(copied: Path, run: Run) -> None:
    checked = ("check", "--only", "--trees", SOUND, "--now", "2026-06-15", "--format", "json")
    (copied / REGISTRY.parent / "content" / "named.py").write_text(CHECK, "utf-8")
    (copied / CODES / "FP499.md").write_text(MANUAL, "utf-8")
    registry = copied / REGISTRY
    before = registry.read_text("utf-8")
    after = before.replace("OF_SOUND = (\n", 'OF_SOUND = (\n    "content.named",\n')
    assert len(after.splitlines()) == len(before.splitlines()) + 1
    registry.write_text(after, "utf-8")

    ran = run(*checked)
    assert (ran.returncode, ran.stderr) == (0, "")
    [mistake] = json.loads(ran.stdout)["diagnostics"]
    assert (mistake["code"], mistake["severity"]) == ("FP499", "warning")
    assert mistake["message"] == "the tree “bullied” has a name"
    assert run("explain", "FP499").stdout.startswith("FP499: A tree that has a name\nA warning: ")
