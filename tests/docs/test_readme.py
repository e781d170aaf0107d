"""README and the pages: its commands are those that are tried, and links lead somewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"

_BLOCK = re.compile(r"^<!-- (?P<name>[^>]+) -->\n```\w*\n(?P<text>.*?)^```$", re.M | re.S)
_CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.M | re.S)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+?)\s*$", re.M)
_CLIMB = re.compile(r"(?<![\w.])((?:\.\./)+)[\w.-]*")
_ELSEWHERE = re.compile(r"(?<![\w.:/~-])/(?:srv|home|root|Users|tmp|mnt|opt)/\w")

needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")


def blocks(readme: str) -> dict[str, str]:
    """The marked code blocks of README, by the name in their mark."""
    return {found["name"]: found["text"] for found in _BLOCK.finditer(readme)}


def pages(root: Path) -> list[Path]:
    """Every Markdown file of the project but those that a test holds its output to."""
    files = project_files(root)
    return [path for path in files if path.suffix == ".md" and path.parent.name != "golden"]


def anchors(page: str) -> set[str]:
    """The places in a page that a link can name, as they are made from its headings."""
    headings = _HEADING.findall(re.sub(r"^```.*?^```$", "", page, flags=re.M | re.S))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def bad_links(root: Path) -> list[str]:
    """Links that lead out of the project, to a file that is not there, or to no heading."""
    complaints = []
    for page in pages(root):
        text = page.read_text(encoding="utf-8")
        for link in _LINK.findall(_CODE.sub("", text)):
            if re.match(r"https:|mailto:|tel:", link):
                continue
            path, _, anchor = unquote(link).partition("#")
            target = (page.parent / path).resolve() if path else page.resolve()
            where = f"{page.relative_to(root)}: {link}"
            if not target.is_relative_to(root.resolve()):
                complaints.append(f"{where} leads outside")
            elif not target.exists():
                complaints.append(f"{where} is not there")
            elif anchor and anchor not in anchors(target.read_text(encoding="utf-8")):
                complaints.append(f"{where} has no such heading")
    return complaints


def ways_out(root: Path) -> list[str]:
    """Where a file or a symbolic link of the project speaks of a place outside it.

    Tests are left out: they try hostile paths on purpose.
    """
    complaints = []
    for path in project_files(root):
        name = path.relative_to(root)
        if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            complaints.append(f"{name} is a link to outside")
        if name.parts[0] == "tests" or path.is_dir():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        depth = len(name.parts) - 1
        complaints += [
            f"{name}: {found[0]}" for found in _CLIMB.finditer(text) if found[1].count("/") > depth
        ]
        complaints += [f"{name}: {found[0]}" for found in _ELSEWHERE.finditer(text)]
    return complaints


def project_files(root: Path) -> list[Path]:
    """The files that are committed, or would be: git's list, else everything."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if listed.returncode:
        return sorted(path for path in root.rglob("*") if path.is_file() or path.is_symlink())
    every = (root / name for name in listed.stdout.split("\0") if name)
    return [path for path in every if path.is_file() or path.is_symlink()]


# README's commands


@needs_bash
@pytest.mark.parametrize("name", ["walk", "tests"])
def test_ci_runs_the_commands_that_readme_gives(name: str) -> None:
    ran = subprocess.run(
        ["bash", ROOT / ".ci" / "readme-block", name],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    command = blocks(README.read_text(encoding="utf-8"))[name]
    assert " && python3 -m venv .venv && .venv/bin/pip install " in command
    assert ran.stdout == command
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert f"{name}=$(bash .ci/readme-block {name})" in ci
    assert f'bash -euo pipefail -c "${name}"' in ci


# Links


def test_every_link_leads_somewhere() -> None:
    assert len(pages(ROOT)) > 10
    assert bad_links(ROOT) == []


def test_nothing_points_outside_the_project() -> None:
    assert ways_out(ROOT) == []
