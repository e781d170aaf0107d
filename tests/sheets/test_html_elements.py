"""HTML of ours, in which nobody else's text can be more than text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import fingerpost
from fingerpost.sheets.formats.html_elements import Markup, block, element, escaped

PAPER = Path(fingerpost.__file__).parent / "sheets" / "formats"


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


def test_three_functions_alone_declare_that_something_is_markup() -> None:
    """Squares, lines and rules hold nobody's words; a card again is one that was escaped."""
    found = {
        (path.stem, function)
        for path in PAPER.glob("*.py")
        if path.stem != "html_elements"
        for function in declared(path.read_text(encoding="utf-8"))
    }
    assert found == {("html", name) for name in ("_cards", "_picture", "_style")}
