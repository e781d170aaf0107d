"""Papers as Markdown: what an author wrote is words, whatever reads it.

The parser is a stranger's (markdown-it): the tree that it makes of a paper with hostile texts must
be the one that it makes of the same paper with harmless ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from fingerpost.model.sanitize import clean
from fingerpost.sheets.discretion import Discretion
from fingerpost.sheets.document import (
    Address,
    Blank,
    Block,
    Box,
    Brief,
    Code,
    Document,
    Fine,
    Heading,
    Paragraph,
    Points,
    Steps,
)
from fingerpost.sheets.formats.markdown import markdown

from ..support.alike import for_each
from ..support.printed import (
    EACH_IN_TURN,
    HOSTILE,
    LIBRARY,
    page_of,
    sheet_of,
    texts,
    with_everywhere,
)

DOTS = "." * 60


def parsed(written: str) -> list[Token]:
    """As CommonMark with raw HTML, and with what GitHub adds to it as far as this parser can."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(written)


def flat(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from flat(token.children or ())


def structure(written: str) -> list[tuple[str, ...]]:
    """All that is not words: each token, with where it leads. Code spans are words as well."""
    return [
        (token.type, token.tag, token.markup, *map(str, token.attrs.values()))
        for token in flat(parsed(written))
        if token.type not in ("text", "code_inline", "inline")
    ]


def words(written: str) -> list[str]:
    """What is read in each paragraph, item and heading."""
    return [
        "".join("\n" if t.type == "hardbreak" else t.content for t in token.children or ())
        for token in parsed(written)
        if token.type == "inline"
    ]


def links(written: str) -> list[str]:
    return [str(t.attrs["href"]) for t in flat(parsed(written)) if t.type == "link_open"]


def squeezed(text: str) -> str:
    return re.sub(r"[ \n]+", " ", clean(text)).strip()


@pytest.mark.parametrize("kind", [Steps, Points])
def test_lists_in_a_row_stay_lists_of_their_own(kind: type[Steps] | type[Points]) -> None:
    four = (kind(("a", "b")), kind(("c",)), Paragraph(""), kind(()), kind(("d",)), kind(("e",)))
    opened = [kind for kind, *_ in structure(markdown(Document("t", four)))]
    assert sum(each.endswith("_list_open") for each in opened) == 4


NOTHING: tuple[Block, ...] = (
    Heading(""),
    Paragraph(""),
    Paragraph(" \n ", strong=True),
    Steps(()),
    Points(()),
    Brief(()),
    Box("", ()),
    Fine(()),
)


def test_what_is_empty_leaves_no_marks() -> None:
    """Four asterisks in a row, for instance, would be a line across the page."""
    assert markdown(Document("a", NOTHING[:-1])) == "# a\n"
    assert markdown(Document("", NOTHING)) == "---\n"
    assert markdown(Document("a", (Steps(("", "b")),))) == "# a\n\n1.\n2. b\n"
    assert markdown(Document("a", (Code("Code", ""),))) == "# a\n\n**Code:**\n"


@pytest.mark.slow
@for_each(EACH_IN_TURN)
def test_nothing_of_a_sheet_is_lost_and_every_address_is_a_link(case: str, audience: str) -> None:
    for discretion in (None, Discretion.of(LIBRARY)):
        paper = sheet_of(page_of(case), audience, discretion=discretion)
        written = markdown(paper)
        uris = [
            uri
            for block in paper.blocks
            for box in (block.boxes if isinstance(block, Brief) else (block,))
            if isinstance(box, Box)
            for uri in (box.uri, *(way.uri for way in box.addresses))
            if uri
        ]
        assert links(written) == uris
        read = "\n".join(words(written))
        for each in set(texts(paper)) - {*uris, paper.language}:
            assert each in read, each


# What a stranger has written

HARMLESS = structure(markdown(with_everywhere("harmless")))

MARKUP = [text for text in HOSTILE if structure(f"{text}\n\nb\n") != structure("a\n\nb\n")]
"""Those of which this parser makes something when they are not made harmless."""


def test_most_of_it_would_be_markup() -> None:
    """The guard below can fail: a renderer that let these through would not pass it."""
    for text in ("<script>alert(1)</script>", "*a*", "_a_", "~~a~~", "[x](https://evil.example)"):
        assert text in MARKUP
    for text in ("# a", "1. a", "- a", "> a", "---", "~~~", "    a", "<https://evil.example>"):
        assert text in MARKUP
    assert len(MARKUP) >= 20
    assert words("&amp;") == ["&"]
    assert words("`a`") == ["a"]
    assert words("\\*") == ["*"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_text_is_only_words(hostile: str) -> None:
    written = markdown(with_everywhere(hostile))
    assert structure(written) == HARMLESS
    assert set(links(written)) == {"https://example.org/?a=1&copy;=2#c"}
    said = squeezed(hostile)
    read = words(written)
    assert read[:6] == [said] * 6  # the banner, the kicker, the title, a heading, two paragraphs
    assert f"{said}: {said} - {said}" in read


ODD = st.text(
    st.sampled_from("ab1 \n\t`*_~[]()<>!&#@.:/\\|-+=$%^{}\"'\u00a0\u3000\u200e\u202e")
    | st.characters()
)


@given(ODD.filter(squeezed))
def test_any_text_is_only_words(text: str) -> None:
    written = markdown(with_everywhere(text))
    assert structure(written) == HARMLESS
    assert words(written)[:6] == [squeezed(text)] * 6


@given(ODD)
def test_a_text_may_also_be_empty(text: str) -> None:
    """Then its line is left out, and nothing else changes."""
    paper = Document("t", (Paragraph(text), Paragraph("end")))
    said = squeezed(text)
    assert words(markdown(paper)) == ["t", *([said] if said else []), "end"]


BY_THEMSELVES = (
    "https://evil.example",
    "http://evil.example).",
    "www.evil.example",
    "(WWW.evil.example)",
    "evil.example",
    "jo@evil.example",
    "@jo",
    ":smile:",
)
"""What many programs make a link, a mention or a picture of, with no markup at all."""


@pytest.mark.parametrize("word", BY_THEMSELVES)
def test_what_programs_make_links_of_stands_in_code(word: str) -> None:
    """Escaping is not enough for these: GitHub looks for them when it has taken escapes away."""
    written = markdown(Document("t", (Paragraph(f"Go to {word} now."),)))
    assert written == f"# t\n\nGo to `{word}` now.\n"


@pytest.mark.parametrize(
    "text", ["At 9.30am, e.g. on 1.5.", "Ask them: yes or no?", "12:30 to 1", "1.5 or -"]
)
def test_plain_sentences_stay_as_they_are(text: str) -> None:
    assert markdown(Document("t", (Paragraph(text),))) == f"# t\n\n{text}\n"


@pytest.mark.parametrize(
    "uri",
    [
        "https://www.childline.org.uk",
        "https://help.snapchat.com/hc/en-us/requests/new?co=true&ticket_form_id=149423",
        "https://example.org/?a=1&copy;=2",
        "tel:999",
        "tel:08001111",
        "tel:1800108088088000",
        "sms:85258",
        "mailto:help@nspcc.org.uk",
    ],
)
def test_a_link_leads_where_it_says(uri: str) -> None:
    written = markdown(Document("t", (Box("a", (Address("b", "c", uri),)),)))
    assert links(written) == [uri]


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "http://example.org",
        "file:///etc/passwd",
        "//example.org",
        "vbscript:x",
        "https:example",
        " https://example.org",
        "https://example.org/>)[x](javascript:alert(1)",
        "https://example.org/\n\n# a",
        "tel:0800 1111",
    ],
)
def test_anything_else_is_no_link(uri: str) -> None:
    written = markdown(Document("t", (Box("a", (Address("b", "c", uri, "d"),)),)))
    assert written == "# t\n\n**a**\n\n- b: c - d\n"


def test_a_text_with_a_link_of_its_own_cannot_take_ours() -> None:
    way = Address("b", "c](https://evil.example) [d", "tel:999")
    assert links(markdown(Document("t", (Box("a", (way,)),)))) == ["tel:999"]


@pytest.mark.parametrize("letters", ["A`", "`A", "`", "A``B", "``A```B`"])
def test_letters_to_copy_are_exactly_themselves(letters: str) -> None:
    """Also where they hold the sign that ends a code span."""
    written = markdown(Document("t", (Code("Code", letters),)))
    assert words(written) == ["t", f"Code: {letters}"]
    [span] = [token for token in flat(parsed(written)) if token.type == "code_inline"]
    assert span.content == letters


def test_room_to_write_is_as_long_as_asked_for() -> None:
    assert markdown(Document("t", (Blank("a", 0),))) == "# t\n\n**a:**\n"
    assert markdown(Document("t", (Blank("a", 3),))).count(DOTS) == 3
