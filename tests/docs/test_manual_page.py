"""The manual page that a build makes: the help of every command, and nothing that roff obeys."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import click
import pytest

from fingerpost.cli.main import COMMANDS, program

HOOK = Path(__file__).parents[2] / "hatch_build.py"


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", HOOK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_command_stands_in_it_with_each_of_its_options(hook: ModuleType) -> None:
    page = hook.manual_page(program, "9.9.9")
    assert page.startswith('.TH FINGERPOST 1 "" "fingerpost 9.9.9"\n.SH NAME\nfingerpost \\- What')
    parts = dict(re.findall(r"^\.SS (.+)\n((?:(?!\.SS ).*\n)*)", page, re.MULTILINE))
    assert list(parts) == list(COMMANDS)
    for name, part in parts.items():
        command = program.get_command(click.Context(program), name)
        assert command is not None
        options = [option for each in command.params for option in each.opts if option[0] == "-"]
        assert options
        for option in options:
            assert option.replace("-", "\\-") in part


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        (".so /etc/passwd", "\\&.so /etc/passwd"),
        ("'br", "\\&'br"),
        ("a\n.br", "a .br"),
        ("\\fB--x", "\\efB\\-\\-x"),
    ],
)
def test_no_words_of_a_help_are_a_request_of_roff(
    hook: ModuleType, words: str, printed: str
) -> None:
    page = hook.manual_page(_with_help(words), "1")
    assert printed in page.splitlines()


def _with_help(words: str) -> click.Group:
    group = click.Group("fingerpost", help="What should I do? Choose.")
    group.add_command(click.Command("walk", help=words))
    return group
