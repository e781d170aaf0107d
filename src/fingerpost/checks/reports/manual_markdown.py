"""The manuals of codes as a page of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...model.diagnostics import Manual
from .manual_words import BAD, GOOD, GROUPS, MATTERS

_NOT_WORDS = re.compile(r"https?://\S+|[\\`*_\[\]<>&|~]")
"""An address, which would become a link, or a character that Markdown gives a meaning."""

_INTRODUCTION = """\
# What each code means

`fingerpost check` gives every mistake a code. Here is what each of them means, why it matters, and
what to write instead. `fingerpost explain FP304` says the same of one code.

The first line of an example says in which file its lines stand, and below which of its keys. Every
example is tried: the first of each pair has the mistake, and the second does not. This page is made
by `fingerpost explain --format markdown`.
"""


def every(manuals: Iterable[Manual]) -> str:
    """The whole page: every manual, group by group."""
    known = tuple(manuals)
    contents = [f"- [{title}](#{title.lower().replace(' ', '-')})" for title in GROUPS.values()]
    parts = [_INTRODUCTION, "\n".join([*contents, ""])]
    for begins, title in GROUPS.items():
        codes = (manual for manual in known if manual.code.startswith(begins))
        parts += [f"## {title}\n", *map(one, codes)]
    return "\n".join(parts)


def one(manual: Manual) -> str:
    """All that a manual says of its code, below a heading."""
    return "\n".join(_lines(manual))


def _lines(manual: Manual) -> Iterator[str]:
    yield f"### {manual.code}: {_plain(manual.title)}\n"
    yield f"*{MATTERS[manual.severity]}*\n"
    yield f"{_plain(manual.why)}\n"
    for heading, lines in ((BAD, manual.bad), (GOOD, manual.good)):
        yield f"{heading}\n\n```yaml\n{lines.rstrip()}\n```\n"


def _plain(text: str) -> str:
    """Escape text, so that no character in it is markup and no address a link."""
    return _NOT_WORDS.sub(lambda found: f"`{found[0]}`" if found[0][1:] else f"\\{found[0]}", text)
