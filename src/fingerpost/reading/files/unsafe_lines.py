"""Read ``unsafe-lines.yaml``: the words of lines that could harm their reader.

It stands beside the trees and is kept by a safeguarding lead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...model.diagnostics import Severity
from ...model.library import Grammar, UnsafeKind, UnsafeLines
from ..located import Node
from .fields import Fields, Reader

_GRAMMAR = Grammar.__struct_fields__


def unsafe_lines(reader: Reader, node: Node) -> UnsafeLines:
    """The kinds of unsafe lines of one layer, with their words."""
    top = reader.top(node, "unsafe-lines")
    grammar = top.inner("grammar", "unsafe-grammar")
    return UnsafeLines(
        grammar=Grammar(*(_words(grammar, key) for key in _GRAMMAR)) if grammar else Grammar(),
        words={
            entry.text: tuple(reader.text_of(entry.value, "words for one thing").split())
            for entry in top.listed("words")
        },
        kinds={e.text: _kind(reader.inside(e, "unsafe-kind")) for e in top.listed("kinds")},
    )


def together(layers: Sequence[UnsafeLines]) -> UnsafeLines:
    """Several layers as one: an upper one adds words and phrases, and says the harm anew."""
    names = dict.fromkeys(name for each in layers for name in each.kinds)
    groups = dict.fromkeys(name for each in layers for name in each.words)
    return UnsafeLines(
        grammar=Grammar(*(_all(getattr(e.grammar, key) for e in layers) for key in _GRAMMAR)),
        words={name: _all(each.words.get(name, ()) for each in layers) for name in groups},
        kinds={name: _one([e.kinds[name] for e in layers if name in e.kinds]) for name in names},
    )


def _one(layers: Sequence[UnsafeKind]) -> UnsafeKind:
    """One kind of several layers, the lowest first."""
    top = layers[-1]
    return UnsafeKind(
        harm=top.harm,
        hint=top.hint,
        orders=_all(each.orders for each in layers),
        says=_all(each.says for each in layers),
        but=_all(each.but for each in layers),
        it=next((each.it for each in reversed(layers) if each.it), ""),
        numbers=any(each.numbers for each in layers),
        only_in=_all(each.only_in for each in layers),
        severity=top.severity,
    )


def _kind(fields: Fields) -> UnsafeKind:
    return UnsafeKind(
        harm=fields.text("harm"),
        hint=fields.text("hint"),
        orders=_phrases(fields, "orders"),
        says=_phrases(fields, "says"),
        but=_words(fields, "but"),
        it=fields.text("it"),
        numbers=fields.flag("numbers"),
        only_in=tuple(file for file, _ in fields.words("only-in", "a file in “only-in”")),
        severity=Severity(fields.one_of("severity") or Severity.ERROR),
    )


def _phrases(fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(fields.reader.text_of(item, "a phrase") for item in fields.items(key))


def _words(fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(fields.text(key).split())


def _all(each: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for words in each for word in words))
