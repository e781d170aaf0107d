"""One rule says which addresses become links and codes to scan, in every format."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import cache

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.sheets.document import Address, Box, Brief, Document, followable
from fingerpost.sheets.formats.html import html
from fingerpost.sheets.formats.markdown import markdown
from fingerpost.sheets.formats.pdf import PdfRenderer

FOLLOWED = (
    "https://www.childline.org.uk",
    "https://childline.org.uk/info?a=1&b=2#c",
    "https://a-b.example.org/~x/(1)/%20",
    "tel:999",
    "tel:08001111",
    "tel:+448001111",
    "sms:85258",
    "mailto:help@nspcc.org.uk",
    "mailto:first.last+now@example.org",
    "https://example.org/a/@user?b=c&d=%20#e",
    "https://example.org/?q=javascript:alert(1)",
)

NEVER_FOLLOWED = (
    "",
    "http://www.childline.org.uk",
    "HTTPS://www.childline.org.uk",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "vbscript:x",
    "blob:https://example.org/x",
    "//evil.example",
    "/relative",
    "#here",
    "https:evil.example",
    "https:///evil.example",
    "https://",
    "https://localhost",
    "https://127.0.0.1",
    "https://[::1]/",
    "https://2130706433",
    "https://example.org:8080/",
    "https://childline.org.uk@evil.example",
    "https://childline.org.uk:x@evil.example/",
    "https://evil.example\\@childline.org.uk",
    "https://xn--childlin-8fg.org.uk",
    "https://www.xn--80ak6aa92e.com",
    "https://childl\u0456ne.org.uk",
    "https://example.org./",
    "https://-a.example.org",
    "https://example.org/a b",
    "https://example.org/\t",
    "https://example.org\n",
    " https://example.org",
    "https://example.org/\u202egro",
    'https://example.org/"onclick="alert(1)',
    "https://example.org/<b>",
    "https://example.org/\x00",
    "tel:",
    "tel:12",
    "tel:0800 1111",
    "tel:*#06#",
    "tel:0800;ext=1",
    "tel:٠٨٠٠١١١١",
    "sms:85258?body=SHOUT",
    "sms:12345678901234567890",
    "mailto:help",
    "mailto:help@localhost",
    "mailto:a@example.org,b@example.org",
    "mailto:a@example.org?bcc=b@example.org",
    "mailto:a b@example.org",
    "https://example.org:8443/a",
    "tel:0800;phone-context=evil",
    "tel:08001111\n",
)


def with_address(uri: str) -> Document:
    """An address, and a name that leads there, in a box and in brief."""
    named = Box("Ring it", (), uri=uri)
    address = Box("One", (Address("Web", "what is read", uri),))
    return Document("Title", (address, named, Brief((named,))))


@cache
def press() -> PdfRenderer:
    return PdfRenderer()


def in_html(uri: str) -> list[str]:
    return re.findall('href="(.*?)"', html(with_address(uri)).replace("&amp;", "&"))


def in_pdf(uri: str) -> list[str]:
    with pikepdf.open(io.BytesIO(press().print(with_address(uri)))) as document:
        (page,) = document.pages
        return [str(link.A.URI) for link in page.get("/Annots", [])]


def in_markdown(uri: str) -> list[str]:
    return re.findall(r"\]\(<(.*)>\)", markdown(with_address(uri)).replace("&amp;", "&"))


FORMATS = (in_html, in_pdf, in_markdown)


@pytest.mark.parametrize("uri", FOLLOWED)
def test_what_is_followed(uri: str) -> None:
    assert followable(uri)


@pytest.mark.parametrize("uri", NEVER_FOLLOWED)
def test_what_is_printed_and_never_followed(uri: str) -> None:
    assert not followable(uri)


@pytest.mark.parametrize("links", FORMATS)
def test_every_format_links_to_what_may_be_followed(links: Callable[[str], list[str]]) -> None:
    assert [links(uri) for uri in FOLLOWED] == [[uri] * 3 for uri in FOLLOWED]


@pytest.mark.parametrize("links", FORMATS)
def test_no_format_links_to_anything_else(links: Callable[[str], list[str]]) -> None:
    assert {uri: links(uri) for uri in NEVER_FOLLOWED if links(uri)} == {}


@given(st.text(), st.sampled_from(["", "https://", "tel:", "sms:", "mailto:", "https://a.org/"]))
def test_a_link_is_never_more_than_plain_letters_of_four_kinds(rest: str, begun: str) -> None:
    uri = begun + rest
    if followable(uri):
        assert re.match("(https|tel|sms|mailto):", uri)
        assert re.fullmatch(r"[!-~]+", uri)
        assert not set(uri) & set('"<>\\^`{|}')
        authority = re.split("[/?#]", uri.removeprefix("https://"), maxsplit=1)[0]
        assert "@" not in authority or uri.startswith("mailto:")
