"""The program run inside this process: what it printed, how it ended, and what it left."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from unittest.mock import patch

from fingerpost.cli import context
from fingerpost.cli.commands import diff
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.page.messages import LAST_RESORT
from fingerpost.reading import loader, yaml_reader

from .kind import must

SMALL = Path(__file__).parents[1] / "fixtures" / "every_key"
"""A library with every kind of file, so that nothing of what ships is read."""

REHEARSALS = SMALL.parent / "rehearsals"
"""One with stories to rehearse."""

ACTS = re.compile("[\x00-\x09\x0b\x0d-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Whatever a terminal would obey, but for the line feed."""

REPORTS = frozenset({"check", "trees", "local", "diff", "routes"})
"""Commands that are there to report, and so may end with 1 and no line on 999 among complaints."""

parse = yaml_reader.read
parse_once = cache(parse)


@cache
def files_of(folder: Path) -> frozenset[bytes]:
    return frozenset(file.read_bytes() for file in folder.rglob("*.yaml"))


@contextmanager
def as_shipped(folder: Path) -> Iterator[None]:
    """A library stands for the one that ships; its files are parsed once."""

    def read(data: bytes, file: str) -> object:
        return (parse_once if data in files_of(folder) | files_of(SMALL) else parse)(data, file)

    with ExitStack() as stack:
        stack.enter_context(patch.object(yaml_reader, "read", read))
        for module in (context, diff):
            stack.enter_context(patch.object(module, "shipped", lambda: folder))
        stack.enter_context(patch.object(loader, "shipped", lambda: SMALL))  # lists of words
        yield


class Typist(io.StringIO):
    """Somebody who types these lines, and then leaves for good."""

    def readline(self, size: int | None = -1, /) -> str:
        return super().readline(size or -1) or "x\n"


def ended(arguments: list[str], folder: Path, typed: str, shipped: Path = SMALL) -> int:
    """Run the program in a folder, as somebody without settings, on a small library as the one
    that ships, and see to what every command has promised."""
    said, complained = io.StringIO(), io.StringIO()
    home = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "XDG_CONFIG_HOME"), str(folder))
    here, descriptors = Path.cwd(), [os.dup(number) for number in (1, 2)]
    with ExitStack() as stack:
        stack.enter_context(as_shipped(shipped))
        stack.enter_context(patch.dict(os.environ, home))
        stack.enter_context(patch.object(sys, "stdin", Typist(typed)))
        stack.enter_context(redirect_stdout(said))
        stack.enter_context(redirect_stderr(complained))
        os.chdir(folder)
        try:
            status = main(arguments)
        finally:
            os.chdir(here)
            for number, copy in zip((1, 2), descriptors, strict=True):
                os.dup2(copy, number)  # which it closes where its output is lost
                os.close(copy)
    told = complained.getvalue()
    must(status in (0, 1, 2, 3), f"exit {int(status)}: {told[-900:]}")
    table = re.compile(r"^([^\t\n]*)\t([^\t\n]*)\t([^\t\n]*)\t([^\t\n]*)(?:\t([^\t\n]*))?$", re.M)
    for name, text in (("output", said.getvalue()), ("complaint", told)):
        text = table.sub(r"\1\2\3\4\5", text)
        must(not ACTS.search(text), f"acts on a terminal, {name}: {text!r:.300}")
    refused = status in (Exit.USAGE, Exit.CANNOT)
    refused |= status == Exit.PROBLEMS and not {*arguments} & REPORTS
    must(not refused or told.startswith(LAST_RESORT), f"refused without 999 first: {told[:300]}")
    return status
