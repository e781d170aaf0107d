"""Read ``unsafe-lines.yaml``: the words of lines that could harm their reader.

It stands beside the trees and is kept by a safeguarding lead.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ...model.diagnostics import Severity
from ...model.library import Grammar, UnsafeKind, UnsafeLines
from ..located import Node
from .fields import Fields, Reader
from .word_lists import by_name, each_once

_GRAMMAR = Grammar.__struct_fields__

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
    small = Grammar(*(_words(grammar, key) for key in _GRAMMAR)) if grammar else Grammar()
    return UnsafeLines(small, words, kinds)


def together(layers: Sequence[UnsafeLines]) -> UnsafeLines:
    """Several layers as one: an upper one adds words and phrases, and says the harm anew."""
    return UnsafeLines(
        grammar=Grammar(*(each_once(getattr(e.grammar, key) for e in layers) for key in _GRAMMAR)),
        words=by_name([each.words for each in layers], each_once),
        kinds=by_name([each.kinds for each in layers], _one),
    )


def _one(layers: Sequence[UnsafeKind]) -> UnsafeKind:
    """One kind of several layers, the lowest first."""
    top = layers[-1]
    return UnsafeKind(
        harm=top.harm,
        hint=top.hint,
        orders=each_once(each.orders for each in layers),
        states=each_once(each.states for each in layers),
        says=each_once(each.says for each in layers),
        but=each_once(each.but for each in layers),
        it=next((each.it for each in reversed(layers) if each.it), ""),
        numbers=any(each.numbers for each in layers),
        only_in=each_once(each.only_in for each in layers),
        severity=top.severity,
    )


def _kind(fields: Fields, groups: Collection[str]) -> UnsafeKind:
    return UnsafeKind(
        harm=fields.text("harm"),
        hint=fields.text("hint"),
        orders=_phrases(fields, "orders", groups),
        states=_phrases(fields, "states", groups),
        says=_phrases(fields, "says", groups),
        but=_words(fields, "but"),
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


def _words(fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(fields.text(key).split())
