"""Read ``unsafe-lines.yaml``: the words of lines that could harm their reader.

It stands beside the trees and is kept by a safeguarding lead.
"""

from __future__ import annotations

from collections.abc import Collection

from ...model.base import field_names
from ...model.diagnostics import Severity
from ...model.library import Grammar, UnsafeKind, UnsafeLines
from ..located import Node
from .fields import Fields, Reader
from .word_lists import words_of

OWN_GROUPS = frozenset(("verb", "comma"))
"""Groups that a phrase may name without their being written."""


def unsafe_lines(reader: Reader, node: Node, groups: set[str]) -> UnsafeLines:
    """The kinds of unsafe lines of one layer, with their words. ``groups`` are the names of the
    groups of words below it, to which its own are added."""
    top = reader.top(node, "unsafe-lines")
    grammar = top.inner("grammar", "unsafe-grammar")
    written = top.listed("words")
    groups |= {entry.text for entry in written}
    words = {e.text: _group(reader, e.value, "words for one thing", groups) for e in written}
    kinds = {e.text: _kind(reader.inside(e, "unsafe-kind"), groups) for e in top.listed("kinds")}
    small = (words_of(grammar, key) for key in field_names(Grammar()) if grammar)
    return UnsafeLines(Grammar(*small), words, kinds)


def _kind(fields: Fields, groups: Collection[str]) -> UnsafeKind:
    return UnsafeKind(
        harm=fields.text("harm"),
        hint=fields.text("hint"),
        orders=_phrases(fields, "orders", groups),
        states=_phrases(fields, "states", groups),
        says=_phrases(fields, "says", groups),
        but=words_of(fields, "but"),
        it=fields.text("it"),
        numbers=fields.flag("numbers"),
        only_in=tuple(file for file, _ in fields.words("only-in", "a file in “only-in”")),
        severity=Severity(fields.one_of("severity") or Severity.ERROR),
    )


def _phrases(fields: Fields, key: str, groups: Collection[str]) -> tuple[str, ...]:
    return tuple(
        " ".join(_group(fields.reader, item, "a phrase", groups)) for item in fields.items(key)
    )


def _group(reader: Reader, node: Node, what: str, groups: Collection[str]) -> tuple[str, ...]:
    """The words of a text. Those in capitals name a group, which must be known: a phrase with
    another would never be found."""
    words = tuple(reader.text_of(node, what).split())
    for name in (word.strip(",").lower() for word in words if word.isupper()):
        if name not in groups:
            hint = reader.meant(name, sorted(groups)) or "write it in “words”"
            reader.error("FP220", f"there is no group of words “{name}”", node.span, hint)
    return words
