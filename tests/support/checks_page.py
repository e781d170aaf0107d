"""Makes docs/checks.md anew: the manual of every code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from fingerpost.checks.reports.manuals import BAD, GOOD, GROUPS, MATTERS
from fingerpost.model.diagnostics import Manual, codes, manual

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"

_INTRODUCTION = """\
# What each code means

`fingerpost check` gives every mistake a code. Here is what each of them means, why it matters, and
what to write instead. `fingerpost check --explain FP304` says the same of one code.

The first line of an example says in which file its lines stand, and below which of its keys. Every
example is tried: the first of each pair has the mistake, and the second does not. This page is made
by `python tests/support/checks_page.py`.
"""


def checks_page() -> str:
    """The whole page: every manual, group by group."""
    known = tuple(map(manual, codes()))
    contents = [f"- [{title}](#{title.lower().replace(' ', '-')})" for title in GROUPS.values()]
    parts = [_INTRODUCTION, "\n".join([*contents, ""])]
    for begins, title in GROUPS.items():
        of_group = (each for each in known if each.code.startswith(begins))
        parts += [f"## {title}\n", *(line for each in of_group for line in _lines(each))]
    return "\n".join(parts)


def _lines(manual: Manual) -> Iterator[str]:
    yield f"### {manual.code}: {_plain(manual.title)}\n"
    yield f"*{MATTERS[manual.severity]}*\n"
    yield f"{_plain(manual.why)}\n"
    for heading, lines in ((BAD, manual.bad), (GOOD, manual.good)):
        yield f"{heading}\n\n```yaml\n{lines.rstrip()}\n```\n"


_NOT_WORDS = re.compile(r"https?://\S+|[\\`*_\[\]<>&|~]")
"""An address, which would become a link, or a character that Markdown gives a meaning."""


def _plain(text: str) -> str:
    """Escape text, so that no character in it is markup and no address a link."""
    return _NOT_WORDS.sub(lambda found: f"`{found[0]}`" if found[0][1:] else f"\\{found[0]}", text)


if __name__ == "__main__":
    PAGE.write_text(checks_page(), encoding="utf-8", newline="\n")
