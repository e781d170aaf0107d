"""Makes docs/checks.md anew: the manual of every code."""

from __future__ import annotations

from pathlib import Path

from fingerpost.checks.reports.manuals import GROUPS, as_markdown
from fingerpost.model.diagnostics import codes, manual

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
        parts += [f"## {title}\n", *map(as_markdown, of_group)]
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(checks_page(), encoding="utf-8", newline="\n")
