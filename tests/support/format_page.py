"""Makes what is printed of the format anew: the tables of docs/format.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from fingerpost.reading.format import FORMAT, Key

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "format.md"

_TABLE = re.compile(r"(<!-- keys: (\S+) -->\n).*?(<!-- end of keys -->)", re.S)
_PARTS = re.compile(r"\[(?P<item>.+)\]\d?|\{(?:\w+:)?(?P<named>.+)\}\d?|=?(?P<thing>.+)")
_WORDS = {
    "text": "a text",
    "link": "a link",
    "email": "an email address",
    "number": "a number to ring",
    "text-number": "a number to text",
    "times": "opening hours",
    "phrases": "a list of texts",
    "sentence": "a sentence",
    "name": "a name",
    "names": "a name, or a list of them",
    "step": "a step",
    "count": "a whole number",
    "flag": "`true` or `false`",
    "day": "a day",
    "published": "a date",
    "urgency": "`now`, `today`, `soon` or `info`",
    "facts": "facts with answers",
    "when": "[a condition](#when)",
    "place": "a nation",
    "teller": "a reader",
    "version": "`1`",
    "readers": "a sentence",
}
"""What a page calls whatever has no table."""


def with_tables(page: str) -> str:
    """The page with each table as the format has it today."""
    own = frozenset(_kinds(page))

    def table(found: re.Match[str]) -> str:
        rows = [f"| {key} | {value} | {about} |\n" for key, value, about in _rows(found[2], own)]
        head = "| key | what may stand there | |\n|---|---|---|\n"
        return f"{found[1]}\n{head}{''.join(rows)}\n{found[3]}"

    return _TABLE.sub(table, page)


def told(page: str) -> frozenset[str]:
    """The kinds of mappings of which the page has all keys, in a table of theirs or in another."""
    own = frozenset(_kinds(page))
    return own.union(*(_within(kind, own) for kind in own))


def reached(file: str) -> frozenset[str]:
    """The kinds of mappings that may stand in a kind of file, however deep."""
    return frozenset(_within(f"@{file}", frozenset()))


def _kinds(page: str) -> list[str]:
    return [found[2] for found in _TABLE.finditer(page)]


def _within(kind: str, own: frozenset[str]) -> Iterator[str]:
    """The kinds that are told in the table of this one."""
    for key in FORMAT.kinds[kind].by_name.values():
        for inner in _inner(key.value):
            if inner not in own:
                yield inner
                yield from _within(inner, own)


def _rows(kind: str, own: frozenset[str], above: str = "") -> Iterator[tuple[str, str, str]]:
    for name, key in FORMAT.kinds[kind].by_name.items():
        shown = f"`{above}{name}`"
        yield (f"**{shown}**" if key.required else shown, _value(key.value), _about(key))
        for inner in _inner(key.value):
            if inner not in own:
                yield from _rows(inner, own, f"{above}{name}.")


def _inner(value: str) -> Iterator[str]:
    """The kinds of mappings that may stand at a key with such a value."""
    for form in value.split("|"):
        found = _PARTS.fullmatch(form)
        assert found is not None
        name = found["thing"]
        if name is None:
            yield from _inner(found["item"] or found["named"])
        elif name in FORMAT.kinds and name not in _WORDS:
            yield name
        elif name in FORMAT.others and name not in _WORDS:
            yield from _inner(FORMAT.others[name].value)


def _value(value: str) -> str:
    forms = value.split("|")
    *first, last = [_form(form) for form in forms]
    return f"{', '.join(first)} or {last}" if first else last


def _form(form: str) -> str:
    if form.startswith('"'):
        return f"`{form.strip(chr(34))}`"
    found = _PARTS.fullmatch(form)
    assert found is not None
    if found["item"]:
        return f"a list, each {_value(found['item'])}"
    if found["named"]:
        return f"by name, each {_value(found['named'])}"
    name = found["thing"]
    if name in _WORDS:
        return _WORDS[name]
    if name in FORMAT.others:
        return _value(FORMAT.others[name].value)
    return FORMAT.kinds[name].called or "keys"


def _about(key: Key) -> str:
    """What a key is for; what stands there, if the key says no more."""
    if key.about:
        return key.about
    name = key.value.lstrip("=")
    if name in FORMAT.kinds:
        return FORMAT.kinds[name].about
    told = FORMAT.others[name].about if name in FORMAT.others else ""
    return told or ("how soon help is needed" if name == "urgency" else "")


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text("utf-8")), encoding="utf-8", newline="\n")
