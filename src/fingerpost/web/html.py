"""Puts the page together: one HTML file with its policy, its words, its script and its data."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from gzip import compress
from hashlib import sha256
from pathlib import Path

from .. import __version__
from ..model.base import as_json
from ..model.facts import Facts
from ..model.library import Library
from ..page.london_time import date_of_year
from ..page.messages import say
from ..search.index import SearchIndex
from ..sheets.formats.html import fonts, style_sheets
from ..sheets.formats.html_elements import Markup, attributes, block, element, lines
from .data import Plain, plain, search_data, walk_data
from .script import script

_HERE = Path(__file__).parent


def page_of(
    library: Library,
    index: SearchIndex,
    *,
    made_on: date,
    tree: str | None = None,
    given: Facts | None = None,
    leave_to: str | None = None,
) -> str:
    """The whole file, of a library that has no mistakes, and of the index of a search of it.

    ``tree`` is where every walk begins, if not where the reader chooses, and ``given`` what is
    known of every reader. ``leave_to`` is the https address at which leaving ends, if not at a
    blank page.
    """
    styles, code = style(), script()
    # Nothing is fetched, nothing is sent, and nothing runs but the script of this file.
    policy = (
        f"default-src 'none'; script-src {_hash(code)}; style-src {_hash(styles)}; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )
    told = element("p", say("web.cannot-run"), class_="late")
    head = block(
        "head",
        Markup('<meta charset="utf-8">'),
        *(Markup(f"<meta{each}>") for each in _metas(library, made_on, policy, leave_to)),
        element("title", say("web.title")),
        Markup(f"<style>{styles}</style>"),
    )
    made: dict[str, Plain] = {
        "made_on": date_of_year(made_on),
        "review_by": min(each.review_by for each in library.trees.values()).isoformat(),
        "version": __version__,
        "tree": tree,
        "given": plain(given or {}),
    }
    body = block(
        "body",
        # What stands there until the script has begun, and for good where it cannot run.
        block("main", element("h1", say("danger.last-resort")), told),
        _packed("walk", {"made": made, "library": walk_data(library)}),
        _packed("search", search_data(index)),
        Markup(f"<script>{code}</script>"),
    )
    whole = lines(Markup("<!DOCTYPE html>"), block("html", head, body, lang=say("language.tag")))
    # A server may name a wrong encoding, and the policy knows the script by its bytes.
    return whole.encode("ascii", "xmlcharrefreplace").decode()


def style() -> str:
    """The rules of the page: its own on a screen, and in print those of a sheet."""
    page, paper = (
        (_HERE / name).read_text(encoding="utf-8") for name in ("view/page.css", "view/paper.css")
    )
    printed = style_sheets("document", "html")
    return f"\n{fonts()}{page}@media print {{\n{printed}}}\n{paper}"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _metas(library: Library, made_on: date, policy: str, leave_to: str | None) -> Iterator[str]:
    """The attributes of each meta element. The policy is first, since it holds for what follows."""
    yield attributes(http_equiv="Content-Security-Policy", content=policy)
    named = {
        "viewport": "width=device-width, initial-scale=1",
        "referrer": "no-referrer",
        "robots": "noindex, nofollow",
        "color-scheme": "light dark",
        "generator": f"fingerpost {__version__}",
        "made-on": made_on.isoformat(),
        "approved-by": "; ".join(_approvals(library)) or say("page.not-reviewed"),
        **({"leave-to": leave_to} if leave_to else {}),
    }
    for name, content in named.items():
        yield attributes(name=name, content=content)


def _approvals(library: Library) -> Iterator[str]:
    for each in library.approvals:
        pages = sum("/" in part for part in each.pages)
        yield f"{each.by}, {each.role}, {each.on.isoformat()} ({pages})"


def _packed(name: str, data: Plain) -> Markup:
    """Data in an element that shows nothing and runs nothing, without the time of packing."""
    letters = b64encode(compress(as_json(data).encode(), 9, mtime=0)).decode()
    return element("template", letters, id=name)
