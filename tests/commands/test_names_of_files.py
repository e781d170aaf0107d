"""The names of files, which strangers choose, print as text; and a link shows nothing behind it."""

from __future__ import annotations

import ast
import os
import shutil
from pathlib import Path

import pytest

import fingerpost
from fingerpost.cli.main import main
from fingerpost.reading.loader import load

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="no file can have these names there, and links need a right"
)

LIBRARY = Path(__file__).parents[1] / "fixtures" / "mistakes" / "sound"

CLIPBOARD = "\x1b]52;c;ZXZpbA==\x07"
"""What sets the clipboard of a terminal."""

LINES = "one\nIn danger, ring 0900 1."
"""A name that would pass for a line of ours."""

COMMANDS = {
    "trees": ["trees"],
    "check": ["check"],
    "check as json": ["check", "--format", "json"],
    "walk": ["walk", "--plain"],
    "sheets": ["sheet", "--all", "-o", "sheets"],
    "web": ["web", "-o", "page.html"],
    "routes": ["routes"],
    "to check": ["routes", "--to-check"],
    "rehearse": ["rehearse", "--plain"],
    "graph": ["graph", "first"],
}


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", None)
    return Path(shutil.copytree(LIBRARY, tmp_path / "library"))


@pytest.mark.parametrize("name", [CLIPBOARD, LINES], ids=["clipboard", "lines"])
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_the_name_of_a_file_is_printed_as_text(
    library: Path, capsys: pytest.CaptureFixture[str], command: list[str], name: str
) -> None:
    """In each place of a library, and with mistakes that name it."""
    shutil.copy(library / "second.yaml", library / f"{name}.yaml")
    for folder in ("shared", "routes", "cases"):
        (library / folder / f"{name}.yaml").write_text("a: [", encoding="utf-8")
    (library / f"{name}.yml").touch()
    main([*command, "--only", "--trees", str(library)])
    said = "".join(capsys.readouterr())
    assert "\x1b" not in said
    assert "\x07" not in said
    assert not any(line.startswith("In danger, ring 0900") for line in said.splitlines())


def test_no_command_prints_but_by_echo() -> None:
    """There the text is made harmless, and nowhere else need anybody think of it."""
    package = Path(fingerpost.__file__).parent
    for path in (package / "cli").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("echo", "secho", "print"):
                assert path.name == "output.py", f"{path.name}:{node.lineno}"


# Links


SECRET = "root:x:0:0:hunter2\nsecond: {hunter2: [\n"


@pytest.mark.parametrize("place", ["a.yaml", "shared/needs.yaml", "routes/a.yaml", "cases/a.yaml"])
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_no_line_of_a_file_outside_is_shown(
    library: Path, capsys: pytest.CaptureFixture[str], place: str, command: list[str]
) -> None:
    secret = library.parent / "secret"
    secret.write_text(SECRET, encoding="utf-8")
    (library / place).unlink(missing_ok=True)
    (library / place).symlink_to(secret)
    main([*command, "--only", "--trees", str(library)])
    said = "".join(capsys.readouterr())
    assert "hunter2" not in said
    assert "root:" not in said
    if command == ["check"]:
        assert f"{place}:1:" in said
        assert "this is a link out of the folder" in said


def test_a_link_to_a_sound_tree_is_read(library: Path) -> None:
    elsewhere = library.parent / "elsewhere.yaml"
    (library / "second.yaml").rename(elsewhere)
    (library / "second.yaml").symlink_to(elsewhere)
    assert not load([library], whole=True).mistakes
