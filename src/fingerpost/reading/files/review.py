"""Read what people approved: a review on paper, typed in, and the file of what was signed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from ...model.approval import Approval, Comment, Review
from ...model.diagnostics import Diagnostic
from .. import yaml_reader
from ..decode import lines
from ..folders import CannotRead, read_file, shown
from .file import File
from .names import Names
from .values import reads

_NUMBER = r"[A-Za-z0-7]{3}-[A-Za-z0-7]{3}"
_FIELD = re.compile(rf"\s*(by|role|read|comments|{_NUMBER})\s*:\s*(.*)", re.IGNORECASE)
_LIKE_ONE = re.compile(r"\W*\w{1,9}([-–]\w{1,9})?\s*:")


def review(path: Path) -> Review:
    """A review. One that is no YAML may have plain lines: a number, a colon, and what was said.

    Raises CannotRead for a file that cannot be read.
    """
    at, mistakes, text = _read(path, "review")
    if mistakes or at is None:
        at = _in_lines(path, text)
    read = map(_number, re.findall(r"\w[\w-]*", " ".join(at["read"])))
    said = {_number(number): words for number, words in at["comments"].items()}
    return Review(at["by"], at["role"], frozenset(read), said)


def _number(typed: str) -> str:
    """A number as it was printed: without 0 and 1, for which o and l are taken."""
    return typed.strip().casefold().replace("0", "o").replace("1", "l")


def _in_lines(path: Path, text: str) -> dict[str, Any]:
    """A review in plain lines. A line that begins with none of the known words goes on with what
    stood before it."""
    fields: dict[str, str] = {}
    name = ""
    # Of a list in braces each number with a colon begins a line of its own.
    text = re.sub(rf"(?<=[{{,])\s*(?={_NUMBER}\s*:)", "\n", text)
    for line in filter(str.strip, text.split("\n")):
        if found := _FIELD.match(line):
            name = found[1].casefold()
            fields[name] = found[2]
        elif not name or (_LIKE_ONE.match(line) and not line.startswith(" ")):
            said = line.strip()
            raise CannotRead(
                f"{path}: “{said}” cannot be read. Begin a line with “by:”, “role:”, “read:”, or a "
                "number and a colon, as in “k3f-9qa: Name the lead.”"
            )
        else:
            fields[name] += f" {line.strip()}"
    words = {each: said.strip(' {},"“”') for each, said in fields.items()}
    read = (words.pop("read", ""),)
    if not fields:
        raise CannotRead(f"{path} is empty.")
    by, role, _ = (words.pop(each, "") for each in ("by", "role", "comments"))
    return {"by": by, "role": role, "read": read, "comments": words}


def signed(
    path: Path,
) -> tuple[tuple[Approval, ...], tuple[Comment, ...], tuple[Diagnostic, ...], str]:
    """The approvals and comments of approvals.yaml, none if there is no such file yet; every
    mistake in it, and its text.

    Raises CannotRead for a file that cannot be read.
    """
    if not path.exists():
        return (), (), (), ""
    found, mistakes, text = _read(path, "@approvals")
    return *(found or ((), ())), mistakes, text


def _read(path: Path, notation: str) -> tuple[Any, tuple[Diagnostic, ...], str]:
    """What is in a file in this notation, every mistake in it, and its text."""
    data, name = read_file(path), shown(path)
    text = lines(data.decode("utf-8", errors="replace"))
    node, found = yaml_reader.read(data, name)
    file = File(name, Names(), cache(lambda: tuple(text.split("\n"))))
    read = reads(notation)(file, node, "", node) if node else None
    return read, (*found, *file.mistakes), text
