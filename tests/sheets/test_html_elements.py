"""HTML of ours, in which nobody else's text can be more than text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

import fingerpost
from fingerpost.model.sanitize import clean
from fingerpost.sheets.formats.html_elements import (
    Markup,
    block,
    element,
    escaped,
    row,
)

from ..support.printed import HOSTILE

PAPER = Path(fingerpost.__file__).parent / "sheets" / "formats"


class Read(HTMLParser):
    """What a browser reads: each tag, what its attributes say, each text and everything odd."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *attrs))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if self.found and isinstance(self.found[-1], Said):
            self.found[-1] = Said(self.found[-1] + data)
        else:
            self.found.append(Said(data))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("declaration", decl))

    def unknown_decl(self, data: str) -> None:
        self.found.append(("declaration", data))

    def handle_pi(self, data: str) -> None:
        self.found.append(("instruction", data))


class Said(str):
    """Words between tags."""

    __slots__ = ()


def shown(text: str) -> str:
    """A text as it may be read: harmless, and on one line."""
    return clean(text).replace("\n", " ")


# What a text can be


@pytest.mark.parametrize(
    "glued",
    [
        element("b", "x") + "<i>",
        f"{element('b', 'x')}<i>",
        "<i>" + element("b", "x"),
        element("b", "x").join(["<i>", "<i>"]),
        element("b", "x").replace("x", "<i>"),
        element("b", "{}").format("<i>"),
        element("b", "%s") % "<i>",
        "".join([element("b", "x"), "<i>"]),
    ],
)
def test_markup_that_a_string_was_glued_to_is_a_string(glued: str) -> None:
    """So a slip shows as angle brackets, and is never an element that somebody else wrote."""
    assert "<" not in escaped(glued)


def everywhere(text: str) -> list[object]:
    return Read(block("div", row(text, element("b", text)), text, title=text)).found


def wanted(text: str) -> list[object]:
    return [("div", ("title", text)), f"\n{text}", ("b",), text, "/b", f"\n{text}\n", "/div"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_read_as_what_it_is_and_is_nothing_else(text: str) -> None:
    assert everywhere(text) == wanted(shown(text))


def test_a_text_that_is_not_escaped_would_be_seen() -> None:
    assert everywhere(Markup("<i>")) != wanted("<i>")


# What is refused


@pytest.mark.parametrize("name", ["", "a b", "p>", "1", "/p", "p\n", "P", "é", "-p", "p onclick"])
def test_what_cannot_be_a_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a name in HTML"):
        element(name)
    with pytest.raises(ValueError, match="not a name in HTML"):
        element("p", **{name: "x"})


@pytest.mark.parametrize("name", ["script", "style"])
def test_an_element_in_which_a_browser_reads_no_escapes_is_refused(name: str) -> None:
    for children in ((), ("a",), (Markup("a"),)):
        with pytest.raises(ValueError, match="would not stay text"):
            element(name, *children)
        with pytest.raises(ValueError, match="would not stay text"):
            block(name, *children)


# Who may say that a string is markup


def declared(source: str) -> Iterator[str]:
    """The functions that declare a string to be markup which is not written out right there."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    named = {call: function.name for function in functions for call in ast.walk(function)}
    for node in ast.walk(tree):
        calls = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Markup")
        if calls and not all(isinstance(argument, ast.Constant) for argument in node.args):
            yield named.get(node, "")


def test_four_functions_alone_declare_that_something_is_markup() -> None:
    """Squares, lines and rules hold nobody's words; a card again is one that was escaped."""
    found = {
        (path.stem, function)
        for path in PAPER.glob("*.py")
        if path.stem != "html_elements"
        for function in declared(path.read_text(encoding="utf-8"))
    }
    assert found == {("html", name) for name in ("_block", "_cards", "_picture", "_style")}


@pytest.mark.parametrize(
    "source", ["Markup(text)", "markup.Markup(f'<b>{text}')", "Markup('<b>' + text)"]
)
def test_another_that_did_would_be_seen(source: str) -> None:
    assert list(declared(f"def f(text):\n    return {source}")) == ["f"]
    assert list(declared(source)) == [""]
    assert list(declared("def f():\n    return Markup('<b>')")) == []
