"""The catalogue of interface words: nothing in it is spare, nothing is missing, nothing is left out
of it that a person reads on a walk or on a sheet."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import fingerpost
from fingerpost.page.messages import LAST_RESORT, Plural, catalogue, fits, say
from fingerpost.web import data

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


@pytest.mark.parametrize(
    ("key", "words", "fit"),
    [
        ("page.ring", "Appelez le {number}", True),
        ("page.ring", "Appelez", False),
        ("page.ring", "{number.__class__}", False),
        ("page.ring", "{number!r}", False),
        ("page.ring", "{number:>999999999}", False),
        ("page.ring", "{number} {", False),
        ("web.more-help.two", "deux de plus", True),
        ("web.more-help.two", "{count} de {words}", False),
        ("web.more-help", "plus", False),
        ("page.no-such", "mots", False),
    ],
)
def test_a_translation_asks_for_no_other_value_than_its_english(
    key: str, words: str, fit: bool
) -> None:
    assert fits(key, words) is fit


# Words in code


SURFACES = ("walk", "page", "sheets", "search", "web", "terminal", "rehearsal", "approval")
"""Packages whose words people read. By decision 54 those of the others are English, and may stand
in code: what is said to authors, and the help and the errors of commands."""

LOOKS_LIKE_WORDS = re.compile(
    r"[A-Za-z']{2,}\W* [A-Za-z']{2,}|\b[A-Z][a-z]{2,}|^[a-z]{2,} | [a-z]{2,}$"
)
IS_CODE = re.compile(
    r"[<>{;=|]|^(bold |link |noindex|default-src|color|FP|# )|^[A-Z]\w*(-[A-Z]\w+)+$|^_|^\w+\.\w+$"
)
"""HTML, CSS, headers, comments of YAML, styles of rich, types, and names of programs and files."""

NO_WORDS = {
    "names of parts, by which fingerprints are made": {
        *("shared question", "shared tick", "shared line", "need called for", "hard word"),
    },
    "keys of what is searched": {"to me", "not to me", "all danger", "all usual", "kind "},
    "marks in the margin, a notation of which the key is in the catalogue": {},
    "names of styles and fonts": {
        *("one again", "light dark"),
        *("Regular", "Bold", "AtkinsonHyperlegibleNext-.woff2"),
    },
    "names of programs, zones and keys": {
        *("fingerpost ", "WezTerm", "Hyper", "Europe/London", "Escape"),
    },
    "what a template says to the program": {"Shown", "Any"},
    "said first where nothing may fail, and to those who type commands": {
        LAST_RESORT,
        "The PDF could not be set (). Make HTML instead.",
        " is not what comes next: ",
    },
}


def read_by_people(path: Path) -> Iterator[str]:
    """The texts of a module of Python that look like words, without docstrings, patterns, types,
    and what is raised. An f-string is one text."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(ast.Constant()) | ast.Raise():
                skipped |= {*ast.walk(node)}
            case ast.Call() if ast.unparse(node.func).startswith("re."):
                skipped |= {*ast.walk(node)}
            case ast.AnnAssign() if ast.unparse(node.annotation) == "TypeAlias":
                skipped |= {*ast.walk(node)}
            case ast.AnnAssign() | ast.arg() if node.annotation:
                skipped |= {*ast.walk(node.annotation)}
            case ast.JoinedStr():
                skipped |= {*node.values}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(str(text)) if node not in skipped:
                yield text
            case ast.JoinedStr() if node not in skipped:
                parts = (part.value for part in node.values if isinstance(part, ast.Constant))
                yield "".join(map(str, parts))


def in_scripts(path: Path) -> Iterator[str]:
    """The texts of a module of JavaScript, without those of imports, of errors and of classes."""
    not_read = r"(?m)^\s*//.*|^import .*|\w+Error\(.*|class(?:Name)?(?::| =) .*"
    code = re.sub(not_read, "", path.read_text(encoding="utf-8"))
    for quoted, template in re.findall(r'"([^"\n]*)"|`([^`]*)`', code):
        yield quoted or re.sub(r"\$\{[^}]*\}", "", template)


def test_no_word_that_people_read_stands_in_code() -> None:
    known = frozenset().union(*NO_WORDS.values())
    files = [path for name in SURFACES for path in (PACKAGE / name).rglob("*.*")]
    found = {
        (path.relative_to(PACKAGE).as_posix(), text)
        for path in files
        if path.parent.name != "vendor"
        for text in {".py": read_by_people, ".mjs": in_scripts}.get(path.suffix, lambda _: ())(path)
        if LOOKS_LIKE_WORDS.search(text) and not IS_CODE.search(text)
    }
    assert known <= {text for _, text in found}, "take out what is gone"
    assert sorted((file, text) for file, text in found if text not in known) == []
