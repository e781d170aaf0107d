"""A document, or the index of leaflets, as one HTML file for screen and A4. Nothing is fetched."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from ...page.messages import say
from .. import document as parts
from ..document import Address, Document, followable
from ..qr import qr_code
from . import Renderer
from .html_elements import Markup, attributes, block, breakable, element, lines, row

if TYPE_CHECKING:
    from ..leaflet_index import Entry, Section

_HERE = Path(__file__).parent

_ENCODING = Markup('<meta charset="utf-8">')

_META = Markup(
    """\
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
font-src data:; img-src data:">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">"""
)

_COMMENT = re.compile(r"/\*.*?\*/\n", re.DOTALL)

_LINKED = re.compile(' href="[^"]*"')

_CARDS = 8
"""On a page; what is higher than an eighth of it takes more pages."""

_TAG = re.compile("<[^>]*>")

_USUAL, _SMALLEST = 12, 10
"""Points of letters in print."""

_LETTERS_OF_A_SIDE = 1750
"""How many letters of the usual size A4 has room for, with the codes and boxes of a sheet."""

_LONGEST_UNBROKEN = 20
"""Characters; a number up to this length is never broken over two lines."""


def renderer() -> Renderer:
    """As ``Format.renderer`` says."""
    return lambda document: html(document).encode()


def html(document: Document) -> str:
    """The whole file."""
    level = _box_heading(document)
    content = (
        *_top(document),
        element("h1", document.title),
        *_blocks(document, level),
    )
    size = _print_size(document, content)
    kinds = (
        ("large", document.large),
        ("long", bool(size)),
        ("child", document.child),
        ("every-side", document.every_side),
        ("leaflet", document.leaflet),
        ("card", document.card),
    )
    return html_file(
        document.title,
        ("html", *(kind for kind in ("leaflet", "card") if getattr(document, kind))),
        *(_cards(content) if document.card else content),
        lang=document.language,
        class_=" ".join(name for name, on in kinds if on) or None,
        rules=size,
    )


def _print_size(document: Document, content: Iterable[Markup]) -> str:
    """The rule by which a long document is printed in smaller letters, if that may get it on few
    sides; else empty. A page without a script cannot try, so the number of its letters decides."""
    if document.large or not (document.most_sides or document.every_side):
        return ""
    *before, last = (
        len(unescape(_TAG.sub("", part)).replace("\n", ""))
        for part in lines(*content).split(_block(parts.Break(), "", document))
    )
    # What stands before the last break has a side each; a child's has letters of its own.
    rest = last / max(document.most_sides - len(before), 1)
    on_a_side = max(1, rest, *(() if document.child else before))
    size = _USUAL * min(1, (_LETTERS_OF_A_SIDE / on_a_side) ** 0.5)
    return "" if size == _USUAL else f":root {{ --print: {max(size, _SMALLEST):.1f}pt; }}\n"


def _cards(inside: Iterable[Markup]) -> Iterator[Markup]:
    """A card, and what the rest of a printed page has of it, which no screen shows."""
    card = lines(*inside)
    yield block("div", card, class_="one")
    again = Markup(_LINKED.sub("", card))  # nobody can come to a link that is hidden
    for _ in range(_CARDS - 1):
        yield block("div", again, class_="one again", aria_hidden="true")


def _top(document: Document) -> Iterator[Markup]:
    """The elements above the title."""
    above = (
        ("banner", document.banner, document.banner_uri),
        ("kicker", document.kicker, ""),
    )
    told = [element("p", _linked(words, to), class_=kind) for kind, words, to in above if words]
    if told:
        yield block("div", *told, class_="top")
    if document.every_side:
        # Screen readers have read it above, and know no printed pages.
        yield element("div", document.banner, class_="edge", aria_hidden="true")


def _box_heading(document: Document) -> str:
    """The heading level of boxes: h2 if the first comes before any heading, so none is skipped."""
    kinds = parts.Heading | parts.Box
    first = next((part for part in document.blocks if isinstance(part, kinds)), None)
    return "h2" if isinstance(first, parts.Box) else "h3"


def _blocks(whole: Document, level: str) -> Iterator[Markup]:
    """The blocks in order. A heading that folds has what is under it in one element: a box to tick
    opens it on a phone, since a browser of some years ago would print closed ``details`` empty."""
    ends = parts.Heading | parts.Blank | parts.Fine | parts.Break
    starts = [at for at, part in enumerate(whole.blocks) if at == 0 or isinstance(part, ends)]
    for start, end in pairwise((*starts, len(whole.blocks))):
        first, *rest = whole.blocks[start:end]
        below = (_block(part, level, whole) for part in rest)
        if isinstance(first, parts.Heading) and first.folds:
            name = f"part-{start}"
            box = element("input", type="checkbox", class_="fold", id=name)
            title = block("h2", element("label", first.text, for_=name))
            yield block("div", box, title, *below, class_="part")
        else:
            yield from (_block(first, level, whole), *below)


def _block(part: parts.Block, level: str, whole: Document) -> Markup:  # noqa: C901 - a case a kind
    match part:
        case parts.Heading(text=said, inner=inner, name=name):
            return element("h3" if inner else "h2", said, id=name or None)
        case parts.Paragraph(text=said, strong=strong):
            return element("p", _linked(said, part.uri), class_="strong" if strong else None)
        case parts.Steps() | parts.Points():
            return _list(part, whole)
        case parts.Table(head=head, rows=rows):
            over = block("tr", *(element("th", cell, scope="col") for cell in head))
            # On a phone a row is a card, in which each cell says what it is.
            told = (
                block(
                    "tr", *(element("td", x, data_head=h) for h, x in zip(head, row, strict=True))
                )
                for row in rows
            )
            return block("table", block("thead", over), block("tbody", *told))
        case parts.Rows(lines=lines):
            return block("ol", *map(_said, lines), class_="rows")
        case parts.Contents(entries=entries):
            return block("ul", *map(_contained, entries), class_="contents")
        case parts.Box():
            return block("div", *_box(part, level, whole), class_="box")
        case parts.Brief(boxes=boxes):
            return block("ul", *map(_brief, boxes), class_="brief")
        case parts.Scans(codes=codes):
            return _codes(codes, whole)
        case parts.Blank(label=label, lines=count, boxed=boxed):
            room = [element("div", class_="line")] * count
            return block(
                "div", element("p", label), *room, class_="blank-box" if boxed else "blank"
            )
        case parts.Fine(lines=said):
            return block("div", *(element("p", line) for line in said), class_="fine")
        case parts.Break():
            return element("div", class_="break")
        case parts.Tick(number=number, note=note):
            box = element("span", class_="tick-box", aria_hidden="true")
            called = element("b", number, id=_anchor(number))
            return element("p", box, " ", called, " ", note, class_="tick")
        case _:
            assert_never(part)


def _list(part: parts.Steps | parts.Points, whole: Document) -> Markup:
    """A list, each line with the addresses of services that it names."""

    def told(at: int, line: str) -> Iterator[str]:
        yield _step(line) if whole.leaflet else line
        for way in (way for place, way in part.ways if place == at):
            yield element("div", *_way(way, (), ","), class_="way")

    items = (element("li", *told(*each)) for each in enumerate(part.lines))
    if isinstance(part, parts.Points):
        return block("ul", *items)
    return block("ol", *items, start=str(part.first) if part.first > 1 else None)


def _step(text: str) -> Markup:
    """A step of a leaflet, whose first sentence is strong."""
    first, rest = parts.lead(text)
    return row(element("b", first), rest)


def _anchor(number: str) -> str:
    """Where a box or a line of it stands. A dot could not be named in a style."""
    return f"box-{number.replace('.', '-')}"


def _said(line: parts.Said) -> Markup:
    style = "head" if line.strong else "quiet" if line.quiet else None
    mark = (" ", element("small", line.mark)) if line.mark else ()
    link = (" (", element("a", line.to, href=f"#{_anchor(line.to)}"), ")") if line.to else ()
    number = str(line.number) if line.number else None
    name = _anchor(line.name) if line.name else None
    return element("li", line.text, *mark, *link, class_=style, value=number, id=name)


def _contained(entry: parts.Entry) -> Markup:
    link = element("a", entry.text, href=f"#{entry.to}")
    return element("li", link, " ", entry.note)


def _listed(kind: str, *said: str) -> Markup:
    return block(kind, *(element("li", line) for line in said))


def _box(box: parts.Box, level: str, whole: Document) -> Iterator[Markup]:
    """A service: name, codes, addresses, steps and notes."""
    yield element(level, _titled(box))
    if box.codes:
        yield _codes(box.codes, whole)
    for address in box.addresses:
        label = (address.label, " ") if whole.leaflet else _labelled(address.label)
        yield element("p", *_way(address, label, "" if whole.leaflet else ","), class_="way")
    if box.steps:
        yield _listed("ol", *box.steps)
    yield from (element("p", *_noted(note)) for note in box.notes)


def _noted(note: parts.Note) -> Iterator[str]:
    yield from (*_labelled(note.label), note.text)


def _labelled(label: str) -> tuple[str, ...]:
    return (element("b", label, ":"), " ") if label else ()


def _linked(text: str, uri: str) -> str:
    """A text, as a link where it may be one."""
    if not followable(uri):
        return text
    return element("a", text, class_="dial" if uri.startswith("tel:") else None, href=uri)


def _titled(box: parts.Box) -> str:
    """The name of a service, which is a link where it is a number to ring."""
    if not followable(box.uri):
        return box.title
    return element("a", box.title, class_="number", href=box.uri)


def _brief(box: parts.Box) -> Markup:
    """A service on one line."""
    ways = [
        element("span", *_way(address, (address.label, " "), ","), class_="way")
        for address in box.addresses
    ]
    others = (row("·\u00a0", way) for way in ways[1:])
    notes = (row("-\u00a0", *_noted(note)) for note in box.notes)
    return element("li", lines(element("b", _titled(box)), *ways[:1], *others, *notes))


def _way(address: Address, label: Iterable[str], before_note: str) -> Iterator[str]:
    """An address between its label and its note: a link of all that, if it may be followed."""
    kind = "number" if _is_number(address) else "address"
    noted = (before_note, " ", element("span", address.note, class_="note"))
    said = row(*label, element("span", breakable(address.text), class_=kind))
    if address.does:
        typed = element("span", said, class_="typed")
        said = row(element("span", address.does, class_="does"), typed)
    yield _linked(row(said, *(noted if address.note else ())), address.uri)


def _is_number(address: Address) -> bool:
    called = address.uri.startswith(("tel:", "sms:"))
    return called and len(address.text) <= _LONGEST_UNBROKEN


# Codes to scan


def _codes(codes: Iterable[Address], whole: Document) -> Markup:
    drawn = (_scan(code, whole) for code in codes if followable(code.uri))
    return block("ul", *drawn, class_="codes")


def _scan(code: Address, whole: Document) -> Markup:
    """A code beside what it does; on a leaflet that stands above it, and whose it is beside it."""
    does, picture = element("b", code.label), _picture(code, large=whole.large)
    if not whole.leaflet:
        return element("li", picture, element("p", does, class_="way"))
    over = element("p", _linked(does, code.uri), class_="over")
    return element("li", over, picture, element("p", code.text, class_="way"))


def _picture(address: Address, *, large: bool) -> Markup:
    """The QR code of an address as an SVG with a text alternative."""
    code = qr_code(address.uri)
    side = f"{code.width(large=large):.4g}mm"
    told = attributes(
        role="img", aria_label=say("sheet.to-scan", text=address.text), width=side, height=side
    )
    return Markup(code.svg().replace("<svg", f"<svg{told}", 1))


# The file


def html_file(
    title: str, styles: tuple[str, ...], *parts: str, rules: str = "", **root: str | None
) -> str:
    """An HTML file with a title, the children of its main element and the attributes of its root.

    ``styles`` name the style sheets for the parts, which come after that of every document,
    ``document.css``; ``rules`` are those of this file alone.
    """
    style = _style("document", *styles, rules=rules)
    head = block("head", _ENCODING, element("title", title), _META, style)
    body = block("body", block("main", *parts))
    return lines(Markup("<!DOCTYPE html>"), block("html", head, body, **root))


def _style(*names: str, rules: str) -> Markup:
    """A style element of the fonts, of some style sheets, and of rules."""
    return Markup(f"<style>\n{fonts()}{style_sheets(*names)}{rules}</style>")


def style_sheets(*names: str) -> str:
    """The rules of some style sheets, without their comments."""
    sheets = "".join((_HERE / f"{name}.css").read_text(encoding="utf-8") for name in names)
    return _COMMENT.sub("", sheets)


@cache
def fonts() -> str:
    """The rules that embed the fonts of the PDF, which ``fonttools ttLib.woff2`` has packed."""
    return "".join(
        f'@font-face {{ font-family: "Atkinson Hyperlegible Next"; font-weight: {weight}; '
        f'src: url("data:font/woff2;base64,{b64encode(path.read_bytes()).decode()}"); }}\n'
        for weight, path in (
            (weight, _HERE / "fonts" / f"AtkinsonHyperlegibleNext-{name}.woff2")
            for weight, name in ((400, "Regular"), (700, "Bold"))
        )
    )


def index(contents: Section, suffixes: Sequence[str]) -> str:
    """The whole file. Its links lead to the files of each leaflet, one for each suffix such as
    ``.html``, by their names alone."""
    return html_file(
        contents.heading, ("index",), *_sections(contents, suffixes, 1), lang=say("language.tag")
    )


def _sections(section: Section, suffixes: Sequence[str], level: int) -> Iterator[Markup]:
    """The content of a section; subsections are one heading level lower."""
    yield element(f"h{level}", section.heading)
    for line in section.lines:
        yield element("p", line)
    if section.answers:
        answers = (element("li", asked, " ", element("b", said)) for asked, said in section.answers)
        yield block("ul", *answers)
    if section.entries:
        entries = (_entry(each, *suffixes) for each in section.entries)
        yield block("ul", *entries, class_="sheets")
    for each in section.sections:
        yield block("section", *_sections(each, suffixes, level + 1))


def _entry(entry: Entry, first: str, *others: str) -> Markup:
    """A leaflet by what it is about or for whom it is, and the kind of each further file."""
    name = entry.leaflet.name
    links = (
        row(" · ", element("a", say("index.print", format=s[1:].upper()), href=f"{name}{s}"))
        for s in others
    )
    return element("li", element("a", entry.text, href=f"{name}{first}"), *links)
