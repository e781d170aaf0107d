"""One mapping of a file as its kind in ``format.txt`` says: its values, and their places."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from ...model.base import Frozen, replace
from ...model.diagnostics import Span
from ...model.sentence import Formed
from ...model.tree import When
from ..format import Keys
from ..located import Entry, Node, Placed, Scalar
from ..located import Mapping as YamlMapping
from .file import File, words_in

_Made = TypeVar("_Made", bound=Frozen)

_OWN = ("name", "whens", "span")
"""Fields of a value that have no key of their own."""


class Bound(Frozen):
    """The keys of one mapping with their values, each of its type in ``format.txt``.

    A key that is left out has an empty value of its type. ``key`` is that below which the mapping
    stands, or where a missing key of it is reported.
    """

    file: File
    kind: Keys
    node: YamlMapping
    key: Placed
    values: Mapping[str, Any]
    empty: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.values[key] if key in self.values else self.empty[key]

    def __contains__(self, key: str) -> bool:
        return key in self.node.by_text

    @property
    def name(self) -> str:
        """The name under which the mapping stands."""
        return self.key.text if isinstance(self.key, Scalar) else ""

    @property
    def span(self) -> Span:
        """The place of the whole mapping."""
        return self.node.span

    @property
    def whens(self) -> tuple[When, ...]:
        """The condition of the key ``when``, or none."""
        return (self["when"],) if "when" in self else ()

    def entry(self, *path: str) -> Entry | None:
        """The entry of a key, of this mapping or further in; None if it is missing."""
        node: Node = self.node
        entry = None
        for key in path:
            entry = node.by_text.get(key) if isinstance(node, YamlMapping) else None
            if entry is None:
                return None
            node = entry.value
        return entry

    def key_at(self, *path: str) -> Span:
        """The place of a key, of this mapping or further in; where it is missing, if it is."""
        entry = self.entry(*path)
        return self.key.span if entry is None else entry.span

    def at(self, key: str) -> Node:
        """The value of a key, which is there."""
        return self.node.by_text[key].value

    def entries(self, key: str) -> Iterable[tuple[str, Entry]]:
        """The entries below a key; none if left out."""
        entry = self.entry(key)
        inside = entry.value if entry else None
        return inside.by_text.items() if isinstance(inside, YamlMapping) else ()

    def words(self, *path: str) -> Iterator[tuple[str, Scalar]]:
        """The text of a key, or each of a list, with its place; none if left out."""
        entry = self.entry(*path)
        return iter(()) if entry is None else words_in(entry.value)

    def error(self, code: str, message: str, key: str, hint: str) -> None:
        """Report a mistake at a key, or where it is missing."""
        self.file.error(code, message, self.key_at(key), hint)

    def refuse(self, keys: Collection[str], why: str, hint: str) -> None:
        """Report keys that have no place beside the others."""
        for key in keys:
            if key in self:
                self.error("FP103", f"{why} “{key}”", key, hint)

    def owning(self, each: Formed, made: Any) -> Formed:
        """A text further in, as one of this mapping, of which ``made`` is made. One of a source
        has the place of the source."""
        what = self.kind.called.partition(" ")[2]
        owner = f"{what} {self.name}".strip()
        if what != "source":
            return replace(each, owner=owner)
        return replace(each, owner=owner, of_source=True, span=getattr(made, "span", self.span))

    def made(self, of: type[_Made], /, **more: Any) -> _Made:
        """A value of the model from the keys that are called as its fields, and from these. If it
        has a name, its place is where that stands."""
        values, empty, fields = self.values, self.empty, of.__struct_fields__
        for field in fields:
            if field in more or field in _OWN:
                continue
            key = field.replace("_", "-")
            if key in values:
                more[field] = values[key]
            elif key in empty:
                more[field] = empty[key]
        if "name" in fields:
            more.setdefault("name", self.name)
        if "whens" in fields:
            more.setdefault("whens", self.whens)
        if "span" in fields and "span" not in more:
            more["span"] = self.key.span if "name" in fields else self.span
        return of(**more)
