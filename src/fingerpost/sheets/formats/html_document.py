"""The HTML file around what stands in it: one file, no script, nothing that is fetched."""

from __future__ import annotations

import re
from pathlib import Path

from .html_elements import Markup, block, element, lines

_HERE = Path(__file__).parent

_ENCODING = Markup('<meta charset="utf-8">')

_META = Markup(
    """\
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
img-src data:">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">"""
)

_COMMENT = re.compile(r"/\*.*?\*/\n", re.DOTALL)


def document(title: str, style: str, *parts: str, **root: str | None) -> str:
    """The whole file: a title, parts below each other, and the attributes of its root.

    ``style`` names the file of ours that has the rules for the parts. They stand below the rules
    for every document, which are in ``document.css``.
    """
    head = block("head", _ENCODING, element("title", title), _META, _style("document", style))
    body = block("body", block("main", *parts))
    return lines(Markup("<!DOCTYPE html>"), block("html", head, body, **root))


def _style(*names: str) -> Markup:
    """The rules of some files, without the comments: those are for whoever changes them."""
    rules = "".join((_HERE / f"{name}.css").read_text(encoding="utf-8") for name in names)
    return Markup(f"<style>\n{_COMMENT.sub('', rules)}</style>")
