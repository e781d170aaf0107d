"""HTML of ours, in which nobody else's text can be more than text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fingerpost
from fingerpost.model.sanitize import clean
from fingerpost.sheets.formats.html_elements import (
    Markup,
    attributes,
    block,
    element,
    escaped,
    lines,
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


# What is made


def test_an_element_has_its_attributes_and_its_children_in_a_row() -> None:
    inner = element("b", "Cost:")
    assert element("p", inner, " ", "Free.", class_="note") == (
        '<p class="note"><b>Cost:</b> Free.</p>'
    )
    assert element("div") == "<div></div>"


def test_an_attribute_may_bear_the_name_of_a_word_of_python_or_have_a_hyphen() -> None:
    assert attributes(class_="box", aria_label="Code") == ' class="box" aria-label="Code"'


def test_an_attribute_that_is_none_is_left_out_and_an_empty_one_is_not() -> None:
    assert attributes(class_=None, lang="") == ' lang=""'


def test_a_name_may_also_be_the_name_of_an_attribute() -> None:
    assert element("meta", name="robots") == '<meta name="robots"></meta>'


def test_children_in_a_row_or_on_lines_of_their_own() -> None:
    one, two = element("li", "One"), "two"
    assert row(one, two) == "<li>One</li>two"
    assert lines(one, two) == "<li>One</li>\ntwo\n"
    assert block("ul", one, two, class_="brief") == ('<ul class="brief">\n<li>One</li>\ntwo\n</ul>')
    assert row() == lines() == ""


# What a text can be


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<b>", "&lt;b&gt;"),
        ("Tom & Jo", "Tom &amp; Jo"),
        ("&lt;", "&amp;lt;"),
        ('"don\'t"', "&#34;don&#39;t&#34;"),
        ("one\ntwo\tthree", "one two three"),
        (
            "\u202e0800 1111\x1b[2J",
            "\N{REPLACEMENT CHARACTER}0800 1111\N{REPLACEMENT CHARACTER}[2J",
        ),
    ],
)
def test_a_text_comes_out_as_words_on_one_line(text: str, written: str) -> None:
    assert escaped(text) == written
    for place in (
        row(text),
        element("p", text).removeprefix("<p>").removesuffix("</p>"),
        attributes(title=text).removeprefix(' title="').removesuffix('"'),
        block("p", text).removeprefix("<p>\n").removesuffix("\n</p>"),
        lines(text).removesuffix("\n"),
    ):
        assert place == written


def test_markup_among_children_stays_as_it_is() -> None:
    bold = Markup("<b>It's</b>\n")
    assert escaped(bold) is bold
    assert row(bold) == bold
    assert element("p", bold) == "<p><b>It's</b>\n</p>"


def test_in_an_attribute_markup_is_a_text_like_any_other() -> None:
    """There its quotation marks would end the attribute."""
    assert attributes(title=element("a", "x", href="y")) == (
        ' title="&lt;a href=&#34;y&#34;&gt;x&lt;/a&gt;"'
    )


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


@given(st.text(min_size=1))
def test_so_is_any_text_at_all(text: str) -> None:
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
