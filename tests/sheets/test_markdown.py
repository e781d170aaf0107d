"""Papers as Markdown: what an author wrote is words, whatever reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from fingerpost.model.sanitize import clean
from fingerpost.sheets.discretion import Discretion
from fingerpost.sheets.document import Address, Box, Document, Paragraph
from fingerpost.sheets.formats.markdown import markdown

from ..support.alike import for_each
from ..support.printed import (
    CASES,
    HOSTILE,
    LIBRARY,
    page_of,
    read_alone,
    sheet_of,
    texts,
    uris,
    with_everywhere,
)


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


@pytest.mark.slow
@for_each(zip(CASES))
def test_nothing_of_a_sheet_is_lost_and_every_address_is_a_link(case: str) -> None:
    for discretion in (None, Discretion.of(LIBRARY)):
        paper = read_alone(sheet_of(page_of(case), discretion=discretion))
        written = markdown(paper)
        assert links(written) == uris(paper)
        read = "\n".join(words(written))
        for each in set(texts(paper)) - {*uris(paper), paper.language}:
            assert each in read, each


# What a stranger has written

HARMLESS = structure(markdown(with_everywhere("harmless")))

MARKUP = [text for text in HOSTILE if structure(f"{text}\n\nb\n") != structure("a\n\nb\n")]
"""Those of which this parser makes something when they are not made harmless."""


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_text_is_only_words(hostile: str) -> None:
    written = markdown(with_everywhere(hostile))
    assert structure(written) == HARMLESS
    assert set(links(written)) == {"https://example.org/?a=1&copy;=2#c"}
    said = squeezed(hostile)
    read = words(written)
    assert read[:6] == [said] * 6  # the banner, the kicker, the title, a heading, two paragraphs
    assert f"{said}: {said} - {said}" in read


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


def test_a_text_with_a_link_of_its_own_cannot_take_ours() -> None:
    way = Address("b", "c](https://evil.example) [d", "tel:999")
    assert links(markdown(Document("t", (Box("a", (way,)),)))) == ["tel:999"]
