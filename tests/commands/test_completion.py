"""``fingerpost completion``: a shell completes commands, trees, services, facts and codes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fingerpost.cli.main import main
from fingerpost.cli.output import Exit

NATIONS = ["england", "wales", "scotland", "northern-ireland", "not-sure"]
SMALL = Path(__file__).parents[1] / "fixtures" / "talks" / "library"


def completed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str
) -> list[str]:
    """What bash is offered for the last word of a line; it takes “a=b” for three words."""
    words = re.split(" |(?<=[^ ])(?==)|(?<==)(?=.)", typed)
    monkeypatch.setenv("_FINGERPOST_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "\n".join(words))
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
        ("fingerpost --given nation=sc", ["scotland"]),
        ("fingerpost --given=nation=sc", ["scotland"]),
        ("fingerpost --given nation=", NATIONS),
        ("fingerpost --given nation=scotland --nation=w", ["wales"]),
        ("fingerpost --given natio", [f"nation={each}" for each in NATIONS]),
        ("fingerpost --given ag", ["age=", "age-in-picture="]),
        ("fingerpost routes mei", ["meic"]),
        ("fingerpost routes --need learn", ["learn-more"]),
        ("fingerpost rehearse --case he-fet", ["he-fetches-me-at-six"]),
        ("fingerpost sheet -o /tm", ["/tm"]),
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
def test_bash_itself_completes_the_name_of_a_tree_and_the_value_of_a_fact(tmp_path: Path) -> None:
    program = tmp_path / "fingerpost"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m fingerpost "$@"\n')
    program.chmod(0o755)
    lines = """
eval "$(fingerpost completion bash)"
COMP_WORDS=(fingerpost walk threat) COMP_CWORD=2
_fingerpost_completion fingerpost threat walk
echo "${COMPREPLY[@]}"
COMPREPLY=() COMP_WORDS=(fingerpost walk --given age = 13) COMP_CWORD=5
_fingerpost_completion fingerpost 13 =
echo "${COMPREPLY[@]}"
"""
    done = subprocess.run(
        [shutil.which("bash") or "bash", "--norc", "-c", lines],
        env={**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["threatened", "13-15"]
