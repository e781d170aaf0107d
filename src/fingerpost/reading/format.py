"""The format of a library, read from ``format.txt``: the keys of each kind of mapping.

Reading checks keys by it, and the tables of ``docs/format.md`` are printed from it. Whether a name
exists is for reading to check.
"""

from __future__ import annotations

import re
from pathlib import Path

from ..model.base import Frozen

WITH_A_FORM = ("link", "email", "number", "text-number", "times")
"""The types of text that a check holds to a form: a web address, an email address, numbers to ring
and to text, and opening hours."""


class Key(Frozen):
    """One key of a mapping, with its type of value in the notation of ``format.txt``."""

    notation: str
    about: str
    required: bool = False

    @property
    def value(self) -> str:
        """The type of value, without what names are names of."""
        return re.sub("@[a-z]+", "", self.notation)


class Keys(Frozen):
    """One kind of mapping, with the keys that it may have; any other is a mistake.

    ``called`` is its name in messages, ``files`` the files of this kind. Keys in ``own`` are
    allowed and required only without the key ``use``; those in ``used`` are allowed only with it.
    """

    called: str
    about: str
    files: str
    by_name: dict[str, Key]
    required: tuple[str, ...]
    own: tuple[str, ...]
    used: tuple[str, ...]
    least: int


class Format(Frozen):
    """All kinds of mappings and other named types, by name. That of a file begins with @."""

    kinds: dict[str, Keys]
    others: dict[str, Key]

    @property
    def files(self) -> dict[str, Keys]:
        """The kinds of files by name without @, in order."""
        return {name[1:]: kind for name, kind in self.kinds.items() if name.startswith("@")}


def _read(text: str) -> Format:
    kinds: dict[str, Keys] = {}
    others: dict[str, Key] = {}
    for part in text.split("\n\n"):
        lines = [line for line in part.splitlines() if not line.startswith("#")]
        for number, line in enumerate(lines):
            name, sign, value, *about = line.split(None, 3)
            if sign != "=":
                kinds[name] = _keys(line, lines[number + 1 :], kinds)
                break
            others[name] = Key(value, "".join(about))
    return Format(kinds, others)


def _keys(heading: str, lines: list[str], kinds: dict[str, Keys]) -> Keys:
    """One kind of mapping, from its heading and the lines below it; ``kinds`` are those above."""
    called, _, about = heading.partition(" (")[2].partition("): ")
    keys: dict[str, Key] = {}
    said: dict[str, str] = {}
    for line in lines:
        name, value, *more = line.split(None, 2)
        if name == "+":
            without = "".join(more).split()
            keys |= {k: each for k, each in kinds[value].by_name.items() if k not in without}
        elif name == "-":
            what, _, names = line.strip(" -").partition(": ")
            said[what] = names
        else:
            keys[name.rstrip("!")] = Key(value, "".join(more), name.endswith("!"))

    return Keys(
        called=called,
        about=about,
        files=said.get("files", about),
        by_name=keys,
        required=tuple([name for name, key in keys.items() if key.required]),
        own=tuple(said.get("without use", "").split()),
        used=tuple(said.get("with use", "").split()),
        least=int(said.get("at least", 0)),
    )


FORMAT = _read(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8"))
