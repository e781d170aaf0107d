"""``fingerpost completion``: a shell completes commands, trees, nations, facts and codes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fingerpost.cli.main import main
from fingerpost.cli.output import Exit

SMALL = Path(__file__).parents[1] / "fixtures" / "talks" / "library"


def completed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str
) -> list[str]:
    """What bash is offered for the last word of a line."""
    words = typed.split(" ")
    monkeypatch.setenv("_FINGERPOST_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    assert main([]) == Exit.DONE
    lines = capsys.readouterr().out.splitlines()
    return [line.partition(",")[2] for line in lines if line]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("fingerpost wal", ["walk"]),
        ("fingerpost walk threat", ["threatened"]),
        ("fingerpost graph image-s", ["image-shared"]),
        ("fingerpost graph --paths bull", ["bullied-online"]),
        ("fingerpost sheet hat", ["hate"]),
        ("fingerpost rehearse --tree threat", ["threatened"]),
        ("fingerpost web --tree threat", ["threatened"]),
        ("fingerpost --nation wal", ["wales"]),
        ("fingerpost --given nation=sc", ["nation=scotland"]),
        ("fingerpost --given natio", ["nation="]),
        ("fingerpost --given no-such-fact=", []),
        ("fingerpost check --explain fp304", ["FP304"]),
        ("fingerpost s", ["sheet", "safety-case"]),
        ("fingerpost h", ["help"]),
        ("fingerpost --lo", ["--local"]),
        ("fingerpost help wal", ["walk"]),
        ("fingerpost help l", ["local", "leads"]),
        ("fingerpost completion z", ["zsh"]),
        (f"fingerpost walk --trees {SMALL} --only l", ["late", "lost"]),
    ],
)
def test_a_word_that_is_begun_is_completed(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: str,
    offered: list[str],
) -> None:
    assert completed(monkeypatch, capsys, typed) == offered


@pytest.mark.parametrize("typed", ["fingerpost walk --trees {} ", "fingerpost --trees {} --given "])
def test_a_library_that_cannot_be_read_offers_nothing_and_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    typed: str,
) -> None:
    assert completed(monkeypatch, capsys, typed.format(tmp_path / "nowhere")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="bash on Windows has other paths")
def test_bash_itself_completes_the_name_of_a_tree(tmp_path: Path) -> None:
    program = tmp_path / "fingerpost"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m fingerpost "$@"\n')
    program.chmod(0o755)
    lines = """
eval "$(fingerpost completion bash)"
COMP_WORDS=(fingerpost walk threat) COMP_CWORD=2
_fingerpost_completion fingerpost threat walk
echo "${COMPREPLY[@]}"
"""
    done = subprocess.run(
        [shutil.which("bash") or "bash", "--norc", "-c", lines],
        env={**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["threatened"]
