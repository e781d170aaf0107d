"""A code that is printed is read again as what it was made of."""

from __future__ import annotations

import re
from itertools import product
from xml.etree import ElementTree

import pytest
import qrcodegen  # type: ignore[import-untyped]  # it is typed, but without the file that says so
import zxingcpp

from fingerpost.sheets.qr import qr_code

from ..support.printed import LIBRARY

SCALE = 3
"""Dots to a module, for a reader that has a camera's eyes."""

_RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def scannable() -> list[str]:
    """Every web address and every number of the shipped routes."""
    links, numbers = set(), set()
    for route in LIBRARY.routes.values():
        pages = (route.web, route.chat, route.bsl, *(form.web for form in route.forms))
        links |= {page for page in pages if page}
        numbers |= {"tel:" + re.sub("[^0-9]", "", phone.number) for phone in route.phone}
    return sorted(links | numbers)


def read(rows: tuple[tuple[bool, ...], ...]) -> list[str]:
    """What a phone reads in these modules."""
    dots = bytes(
        0 if dark else 255
        for row in rows
        for _ in range(SCALE)
        for dark in row
        for _ in range(SCALE)
    )
    picture = memoryview(dots).cast("B", (len(rows) * SCALE, len(rows[0]) * SCALE))
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def drawn(svg: str) -> list[tuple[int, int]]:
    """The modules that the dark path of a picture fills, each as often as it is filled."""
    white, dark = ElementTree.fromstring(svg)
    assert white.get("fill") == "#fff"
    assert dark.get("fill") is None  # black
    path = dark.get("d", "")
    assert _RUN.sub("", path) == ""
    found = []
    for x, y, length, back in (map(int, run) for run in _RUN.findall(path)):
        assert length == back
        found += [(x + step, y) for step in range(length)]
    return found


@pytest.mark.parametrize("uri", scannable())
def test_every_address_is_read_again(uri: str) -> None:
    assert read(qr_code(uri).rows) == [uri]


def patterns(uri: str) -> list[tuple[tuple[bool, ...], ...]]:
    """How another program draws a code, with each of the eight patterns of the standard."""
    codes = (
        qrcodegen.QrCode.encode_segments(
            qrcodegen.QrSegment.make_segments(uri), qrcodegen.QrCode.Ecc.LOW, mask=mask
        )
        for mask in range(8)
    )
    return [
        tuple(
            tuple(code.get_module(x, y) for x in range(code.get_size()))
            for y in range(code.get_size())
        )
        for code in codes
    ]


@pytest.mark.slow
def test_another_program_draws_the_same() -> None:
    """The program that draws the codes reads them again above. Where there are no digits, which
    may be packed more tightly, there is one way to write each pattern."""
    plain = [uri for uri in scannable() if not re.search("[0-9]", uri)]
    assert len(plain) > 40
    for uri in plain:
        rows = qr_code(uri, quiet_zone=0).rows
        assert rows in patterns(uri), uri
        assert rows not in patterns(uri[:-1] + "~")


@pytest.mark.parametrize("uri", ["tel:08001111", "https://www.childline.org.uk/?a=1&b=<2>"])
def test_the_picture_draws_exactly_the_dark_modules(uri: str) -> None:
    code = qr_code(uri)
    dark = [(x, y) for y, x in product(range(code.side), range(code.side)) if code.rows[y][x]]
    assert drawn(code.svg()) == dark
