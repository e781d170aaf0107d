"""The catalogue of interface words: nothing in it is spare, nothing is missing, nothing is left out
of it that a person reads on a walk or on a sheet."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

import fingerpost
from fingerpost.model.base import replace
from fingerpost.model.facts import TELLERS
from fingerpost.model.tree import Outcome
from fingerpost.page import messages
from fingerpost.page.messages import LAST_RESORT, Plural, catalogue, say
from fingerpost.page.page import page
from fingerpost.reading import loader
from fingerpost.sheets.discretion import Discretion
from fingerpost.sheets.formats.text import text as as_text
from fingerpost.sheets.sheet import Sheet, sheet
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.walk_session import WalkSession
from fingerpost.web import data

from ..support.seat import CLOCK, PretendedPrinter, lined
from ..support.shipped import quick_to_search

PACKAGE = Path(fingerpost.__file__).parent
LIBRARY = Path(__file__).parents[1] / "fixtures" / "talks" / "library"


ENGLISH = catalogue()


# Keys


def modules() -> Iterator[ast.Module]:
    """Every module that asks for messages."""
    for path in sorted(PACKAGE.rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        if path.name != "messages.py" and re.search(r"messages import .*\bsay\b", code):
            yield ast.parse(code)


def calls() -> Iterator[ast.Call]:
    for module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "say":
                yield node


def literals(node: ast.AST) -> Iterator[str]:
    """The keys that an argument names outright, also as one of two."""
    match node:
        case ast.Constant(str(key)):
            yield key
        case ast.IfExp():
            yield from literals(node.body)
            yield from literals(node.orelse)


def pattern(text: ast.JoinedStr) -> str:
    """What the keys look like that an f-string can make."""
    parts = (re.escape(p.value) if isinstance(p, ast.Constant) else ".+" for p in text.values)
    return "".join(parts)


def forms(text: str | Plural) -> list[str]:
    return [text] if isinstance(text, str) else list(text.values())


def fields(text: str | Plural) -> set[str]:
    return {name for form in forms(text) for _, name, _, _ in Formatter().parse(form) if name}


def scripts() -> Iterator[str]:
    """The text of every module of the page in a browser."""
    for path in sorted(PACKAGE.rglob("*.mjs")):
        yield path.read_text(encoding="utf-8")


def test_every_key_is_used() -> None:
    used: set[str] = set()
    families: set[str] = set()
    for text in scripts():
        used |= set(re.findall(r'"([\w.-]+)"', text))
        families |= {f"{re.escape(stem)}.+" for stem in re.findall(r"`([a-z.]+\.)\$\{", text)}
    for module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                used.add(node.value)
            if isinstance(node, ast.JoinedStr) and re.match(r"[a-z.]+\\\.", pattern(node)):
                families.add(pattern(node))
    spare = {k for k in ENGLISH if k not in used and not any(re.fullmatch(f, k) for f in families)}
    assert spare - {"list.and", "list.or"} == set()


def test_every_key_that_is_named_exists_and_gets_its_values() -> None:
    named = 0
    for call in calls():
        given = {keyword.arg for keyword in call.keywords}
        for key in literals(call.args[0]):
            named += 1
            assert key in ENGLISH, key
            assert fields(ENGLISH[key]) <= given, key
    assert named > 100


def test_every_key_that_a_browser_names_is_there_and_gets_its_values() -> None:
    """Also that the page has it: what only a terminal says is left out of its data."""
    named = 0
    for text in scripts():
        for key, values in re.findall(r'\bsay\("([\w.-]+)"(?:, \{ ?([^}]*?) ?\})?\)', text):
            named += 1
            assert key in ENGLISH, key
            assert key.partition(".")[0] not in data._OF_THE_TERMINAL, key
            assert fields(ENGLISH[key]) <= set(re.findall(r"(?:^|, )(\w+)", values)), key
    assert named > 60


def test_the_last_resort_is_the_same_without_the_catalogue() -> None:
    assert say("danger.last-resort") == LAST_RESORT


# Another language


LETTERS = str.maketrans(
    {chr(ord("a") + n): chr(0x430 + n) for n in range(26)}
    | {chr(ord("A") + n): chr(0x410 + n) for n in range(26)}
)
"""Every Latin letter as a Cyrillic one: nothing of ours is then Latin any more."""


def pseudo(text: str) -> str:
    return "".join(
        part if part.startswith("{") else part.translate(LETTERS)
        for part in re.split(r"(\{\w+\})", text)
    )


def translated() -> Mapping[str, str | Plural]:
    return {
        key: pseudo(text) if isinstance(text, str) else {k: pseudo(v) for k, v in text.items()}
        for key, text in ENGLISH.items()
    }


@pytest.fixture
def abroad(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program in another language."""
    monkeypatch.setattr(messages, "catalogue", translated)


NOT_TRANSLATED = frozenset({*"abcdefghinpqrstvwxy", "html", "pdf"})
"""Keys of the keyboard, and endings of files."""


def of_the_library() -> set[str]:
    """Every word of the trees, and of what a person types here."""
    text = " ".join(path.read_text(encoding="utf-8") for path in LIBRARY.rglob("*.yaml"))
    return set(re.findall(r"[A-Za-z]+", text)) | NOT_TRANSLATED


def left_in_english(text: str, *more: str) -> set[str]:
    known = {word.lower() for word in of_the_library()} | set(more)
    return {word for word in re.findall(r"[A-Za-z]+", text) if word.lower() not in known}


def small() -> loader.Reading:
    return quick_to_search(loader.load([LIBRARY]))


@pytest.mark.slow
@pytest.mark.usefixtures("abroad")
def test_a_walk_line_by_line_is_all_in_the_other_language() -> None:
    lines = ["1", "xyz", "1", "?", "y", "w", "n", "99", "1", "1", "/gar", "1 12", "1 3", "?", "z"]
    lines += ["v", "t", "1", "p", "1", "w", "/", "xyz", "mum", "<", "+", "z", "<", "n", "<", "c"]
    lines += ["2", "2", "1", "1", "!", "<", "c", "1", "2", "q"]
    said = io.StringIO()
    ui = PlainUi(said, lined(lines), can_clear=False)
    with pytest.raises((Left, EOFError)):
        WalkSession(ui, small(), lambda: CLOCK, PretendedPrinter("/", "-")).run(None, {})
    shown = said.getvalue()
    for key in (
        "opening.comfort",
        "plain.note",
        "page.what-else",
        "save.title",
        "urgency.NOW",
        "goodbye.title",
    ):
        assert pseudo(str(ENGLISH[key])) in shown, key
    assert left_in_english(shown) == set()


@pytest.mark.usefixtures("abroad")
@pytest.mark.parametrize("teller", TELLERS)
@pytest.mark.parametrize("discreet", [False, True])
def test_a_sheet_is_all_in_the_other_language(teller: str, discreet: bool) -> None:
    known = small().library
    discretion = Discretion((), frozenset(), r"\w+") if discreet else None
    tree = known.trees["lost"]
    outcome = tree.outcomes["look"]
    assert isinstance(outcome, Outcome)
    facts = {"teller": frozenset({teller}), "what": frozenset({"phone"})}
    shown = replace(page(known, tree, outcome, facts, None), overdue=True)
    how = Sheet(teller, date(2030, 1, 1), discretion=discretion)
    text = as_text(sheet(shown, "2345", how))
    assert pseudo("Who to ring" if discreet else "What to do now") in text
    assert left_in_english(text) == set()
