"""Read what people approved: a review on paper, typed in, and the file of what was signed."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from functools import cache
from pathlib import Path

from ...model.approval import Approval, Comment, Remark, Review
from ...model.base import replace
from ...model.diagnostics import Diagnostic
from ...model.sanitize import shorten
from .. import yaml_reader
from ..decode import EnoughError, Mistakes, decode, lines, refuse_characters
from ..folders import CannotRead, read_file, shown
from .file import File
from .names import Names
from .values import reads

_NUMBER = r"[a-z0-9]{3}[-‐‑–][a-z0-9]{3}(?![\w-])"
_BROKEN = re.compile(  # as a PDF's text can be, or typed without its hyphen
    r"(?:\w ?){3}[-‐‑–] ?(?:\w ?){2}\w(?![\w-])|^\w{6}\b"
)
_FIELD = re.compile(r"(by|role|for)\s*:\s*(.*)", re.IGNORECASE)
_ON_A_BOX = re.compile(
    rf"({_NUMBER})(?:\.(\d{{1,3}}))?(?!\W*{_NUMBER})\s*[:—–-]?\s*(.*)", re.IGNORECASE
)
_OK = ("ok", "ok.")
_FORM = (
    "A line is “by:”, “role:” or “for:”, once each; “k3f-9qa ok” to sign a box; or one number and "
    "what is wrong with its box, in some words, or with one line: “k3f-9qa.4 Too long”"
)


def review(path: Path, numbers: Collection[str] = ()) -> Review:
    """A review in plain lines: “by:”, “role:”, “for:”, and a line for each tick and each comment.
    One of the ``numbers`` of boxes is known with spaces in it too, and no line has two.

    A line on one box that says neither is unclear. Raises CannotRead for a file that cannot be
    read, or with any line of another form: it could take back a tick of any box.
    """
    fields: dict[str, str] = {}
    read: set[str] = set()
    said: dict[tuple[str, int], Remark] = {}
    unclear: list[Remark] = []
    spelt: dict[str, str] = {}
    mistakes = Mistakes(shown(path))
    rows: list[str] = []
    with suppress(EnoughError):
        rows = [" ".join(row.split()) for row in decode(read_file(path), mistakes).split("\n")]
        refuse_characters("\n".join(rows), mistakes)
    wrong = {each.span.line: f"{each.message}: {each.hint}" for each in mistakes.found}
    for at, typed in enumerate(rows, 1):
        row = _BROKEN.sub(lambda m: n if (n := _number(m[0])) in numbers else m[0], typed)
        others = re.findall(_NUMBER, row, re.IGNORECASE)[1:]
        is_of_one = all(_number(each) not in numbers for each in others)
        field, box = _FIELD.fullmatch(row), _ON_A_BOX.fullmatch(row) if is_of_one else None
        if box:
            spelt.setdefault(_number(box[1]), box[1])
        if field and field[1].casefold() not in fields:
            fields[field[1].casefold()] = field[2]
        elif box and box[3].casefold() in _OK and not box[2]:
            read.add(_number(box[1]))
        elif box and (remark := _remark(box)):
            about = remark.number, remark.line
            says = f"{said[about].says} {remark.says}" if about in said else remark.says
            said[about] = replace(remark, says=says)
        elif box:
            unclear.append(Remark(_number(box[1]), row))
        elif row:
            wrong.setdefault(at, f"“{shorten(row, 60)}” is not understood. {_FORM}")
    if wrong:
        at, why = min(wrong.items())
        more = f" Lines to mend: {', '.join(map(str, sorted(wrong)))}." if len(wrong) > 1 else ""
        raise CannotRead(f"{path}:{at}: {why}. Nothing of this file is signed yet.{more}")
    if not any(rows):
        raise CannotRead(f"{path} is empty.")
    signs = {name.replace("for", "organisation"): value for name, value in fields.items()}
    return Review(signs, frozenset(read), (*said.values(),), (*unclear,), spelt)


def _remark(box: re.Match[str]) -> Remark | None:
    """What is wrong with a box, or with one line of it; None if the text does not say it."""
    says, line = box[3], int(box[2] or 0)
    says_it = re.search(r"\w" if line else r"\w.* ", says) and says.casefold() not in _OK
    return Remark(_number(box[1]), says, line) if says_it else None


def _number(typed: str) -> str:
    """A number as it was printed: without 0 and 1, for which o and l are taken."""
    typed = re.sub(r"\W", "", typed.casefold().replace("0", "o").replace("1", "l"))
    return f"{typed[:3]}-{typed[3:]}"


def signed(
    path: Path,
) -> tuple[tuple[Approval, ...], tuple[Comment, ...], tuple[Diagnostic, ...], str]:
    """The approvals and comments of approvals.yaml, none if there is no such file yet; every
    mistake in it, and its text.

    Raises CannotRead for a file that cannot be read.
    """
    if not path.exists():
        return (), (), (), ""
    data, name = read_file(path), shown(path)
    text = lines(data.decode("utf-8", errors="replace"))
    node, mistakes = yaml_reader.read(data, name)
    file = File(name, Names(), cache(lambda: tuple(text.split("\n"))))
    found = reads("@approvals")(file, node, "", node) if node else None
    return *(found or ((), ())), (*mistakes, *file.mistakes), text
