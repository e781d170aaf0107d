"""One file while it is read: what is wrong in it, and what is to be looked up once names are known.

The shape of a file is read first. The names in it are looked up when every file that gives any has
been read without a mistake, and so a name that is not known is always the author's mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from ...model import inline_markup
from ...model.base import replace
from ...model.diagnostics import Diagnostic, Related, Span
from ...model.sentence import Formed, Source
from ...model.spelling import did_you_mean
from ..decode import MOST_MISTAKES, TOO_LARGE
from ..located import Entry, Node, Placed, Scalar, Sequence
from ..located import Mapping as YamlMapping
from .names import NAME_RULE, Names, Sort, better_name, is_name

OTHERWISE = "otherwise"
"""The key for all readers, or all answers, that are not named."""

_SHAPES = {Scalar: "some text", Sequence: "a list", YamlMapping: "keys with values"}
_HOW_TO_WRITE = {
    Scalar: "write one text, without brackets and dashes",
    Sequence: "begin each line with “- ”, or write [one, two]",
    YamlMapping: "write lines like “key: value”, or {key: value}",
}


def words_in(node: Node) -> Iterator[tuple[str, Scalar]]:
    """A text, or each of a list, with its place."""
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar):
            yield item.text.strip(), item


class File:
    """One file being read.

    ``names`` are those that files before it gave. ``wrong`` counts its mistakes, also those beyond
    the number that is listed. ``top_sources`` are those at the top of the file, ``sources`` those
    that what is being read may name, which are ``all_sources`` unless some are unknowable.
    ``formed`` are its texts whose form is yet to be checked.
    ``steps`` are the steps of a tree, which is called ``tree``. ``given`` is what else the meaning
    of the file depends on. ``lines`` returns the lines of a file by its name, for a mistake in a
    sentence to point at the word: what is read may be of several layers.
    """

    def __init__(
        self,
        name: str,
        names: Names,
        lines: Callable[[str], tuple[str, ...]] = tuple,
        tree: str = "",
        given: Mapping[str, Any] | None = None,
    ) -> None:
        self.name = name
        self.names = names
        self.lines = lines
        self.tree = tree
        self.given: Mapping[str, Any] = given or {}
        self.mistakes: list[Diagnostic] = []
        self.wrong = 0
        self.formed: list[Formed] = []
        self.top_sources: Mapping[str, Source] = {}
        self.sources: Mapping[str, Source] = {}
        self.all_sources = True
        self.steps: Collection[str] = ()
        self._to_look_up: dict[Callable[..., None], list[tuple[Any, ...]]] = {}
        self._named: dict[Sort, list[Any]] = {sort: [] for sort in Sort}

    def error(self, code: str, message: str, span: Span, hint: str = "", *related: Related) -> None:
        """Report a mistake once, up to ``MOST_MISTAKES`` of them."""
        self.wrong += 1
        mistake = Diagnostic(code, message, span, hint=hint, related=related)
        if self.is_full or mistake in self.mistakes:
            return
        self.mistakes.append(mistake)
        if len(self.mistakes) == MOST_MISTAKES:
            message = f"{MOST_MISTAKES:,} mistakes up to here; the others are not listed"
            hint = "is this the right file?"
            self.mistakes.append(Diagnostic(TOO_LARGE, message, span, hint=hint))

    @property
    def is_full(self) -> bool:
        """Whether no more mistakes are reported."""
        return len(self.mistakes) > MOST_MISTAKES

    def meant(self, word: str, known: Collection[str]) -> str:
        """A hint at the most likely correction; empty once no more mistakes are reported."""
        if self.is_full:
            return ""
        # The order of a set changes with the hash seed, and the hint must not.
        in_order = sorted(known) if isinstance(known, frozenset) else known
        return did_you_mean(word, tuple(in_order))

    def wrong_shape(self, node: Node, message: str, wanted: type[Node], hint: str = "") -> None:
        """Report a node that is not of the shape that is wanted."""
        is_empty = isinstance(node, Scalar) and not node.text.strip()
        found = "nothing" if is_empty else _SHAPES[type(node)]
        hint = hint or _HOW_TO_WRITE[wanted]
        if isinstance(node, YamlMapping) and wanted is Scalar:
            hint = "if the text holds a colon, put all of it in quotation marks"
        self.error("FP101", f"{message}, but here is {found}", node.span, hint)

    def must_be_name(self, name: Scalar | Entry, what: str) -> None:
        """Check a name that the author chose: small ASCII letters, digits and hyphens."""
        if not is_name(name.text):
            hint = f"for example “{better_name(name.text) or 'someone-to-talk-to'}”"
            self.error("FP106", f"{what} {NAME_RULE}", name.span, hint)

    def must_be_value(self, value: str, at: Placed, fact: str, known: Collection[str]) -> None:
        """Report a value that a fact cannot have. If none is known, its question is unknown."""
        if known and value not in known:
            hint = self.meant(value, known) or "look at the answers of its question"
            self.error("FP204", f"“{fact}” has no answer “{value}”", at.span, hint)

    def must_be_first(self, message: str, at: Node, first: Node) -> None:
        """Report what is there already, unless this is the first."""
        if first is not at:
            related = Related("it is here already", first.span)
            self.error("FP117", message, at.span, "take one of them out", related)

    # What is looked up once all names are known.

    def later(self, look: Callable[..., None], *about: Any) -> None:
        """Have ``look`` called with this file, the names that are known then, and these."""
        self._to_look_up.setdefault(look, []).append(about)

    def must_know(self, sort: Sort, name: str, at: Placed) -> None:
        """Have a name looked up; that one is empty has been told."""
        # One flat list of both: a tuple for each would wake the garbage collector a hundred times.
        self._named[sort] += (name, at) if name else ()

    def look_up(self, names: Names, *, is_sound: bool = True) -> None:
        """Look up all names of the file, once. If it is not sound, what it gives itself is not
        known: its facts and sources, and the endings of which they speak. A step that cannot be
        read still has its name."""
        every_name, self._named = self._named, {}
        every_look, self._to_look_up = self._to_look_up, {}
        own = frozenset() if is_sound else frozenset({Sort.FACT, Sort.ENDING})
        names = replace(names, unread=names.unread | own)
        for sort, named in every_name.items():
            known, both = names.of(sort), iter(named)
            for name, at in zip(both, both, strict=True):
                if name not in known:
                    self.has_name(names, name, at, sort)
        for look, every in every_look.items():
            for about in every if is_sound or look in (File.has_marks, File.has_step) else ():
                look(self, names, *about)

    def has_name(self, names: Names, word: str, at: Placed, sort: Sort) -> None:
        """Report a name that is not known."""
        known = names.of(sort)
        if word not in known and sort not in names.unread:
            hint = self.meant(word, known) or f"write it in {sort.home}"
            if sort is Sort.NEED and (route := names.routes.get(word)) and route.serves:
                hint = f"a route is shown where its need is: write “{route.serves[0]}”"
            self.error(sort.code, f"there is no {sort.words} “{word}”", at.span, hint)

    def has_value(self, names: Names, value: str, at: Placed, fact: str) -> None:
        """Report a value that a fact cannot have."""
        self.must_be_value(value, at, fact, names.facts.get(fact, ()))

    def has_settled(self, names: Names, node: YamlMapping) -> None:
        """Report what ``has_facts`` does of facts of a person."""
        self.has_facts(names, node, one_each=True)

    def has_facts(self, names: Names, node: YamlMapping, *, one_each: bool = False) -> None:
        """Report facts and values that are not known, and several where there may be one."""
        for fact, entry in node.by_text.items():
            known, at = names.facts.get(fact), entry.value
            if known is None:
                self.has_name(names, fact, entry.key, Sort.FACT)
                continue
            if isinstance(at, Scalar) and at.text in known:
                continue  # as mostly
            known = known if one_each else (*known, *names.groups.get(fact, ()))
            values = dict(words_in(at))
            for value, place in values.items():
                self.must_be_value(value, place, fact, known)
            if one_each and len(values) > 1 and known and fact not in names.many:
                message = f"“{fact}” has one answer at a time"
                self.error("FP116", message, at.span, "leave one of them")

    def has_step(self, _names: Names, step: str, at: Placed) -> None:
        """Report a step that this tree does not have."""
        if step and self.steps and step not in self.steps:
            hint = self.meant(step, self.steps) or "name a question or an ending of this tree"
            self.error("FP201", f"nothing here is called “{step}”", at.span, hint)

    def has_source(self, _names: Names, name: str, at: Placed, known: Mapping[str, Source]) -> None:
        """Report a source that neither this file nor the tree that it is about names."""
        if name not in known:
            hint = self.meant(name, known) or "write it in “sources” in this file"
            self.error("FP209", f"there is no source “{name}”", at.span, hint)

    def has_marks(self, names: Names, text: str, node: Node) -> None:
        """Report routes, facts and hard words in braces that are not known, and a lone brace."""
        stray = False
        for token in inline_markup.tokens(text):
            match token:
                case inline_markup.Stray(text=brace, offset=offset) if not stray:
                    stray = True  # the next one mostly is its other half
                    message = f"a single “{brace}” has no meaning"
                    hint = "braces are for {route:name}, {fact} and {{hard word}} only"
                    self.error("FP109", message, self._inside(node, text, offset, 1).span, hint)
                case inline_markup.RouteName(route=name, offset=offset):
                    self._has_mark(names, text, node, offset, Sort.ROUTE, name)
                case inline_markup.FactWords(fact=name, offset=offset):
                    self._has_mark(names, text, node, offset, Sort.FACT, name)
                case inline_markup.HardWord(word=name, offset=offset):
                    self._has_mark(names, text, node, offset, Sort.WORD, name.lower())
                case _:
                    pass

    def _has_mark(
        self, names: Names, text: str, node: Node, offset: int, sort: Sort, name: str
    ) -> None:
        if name not in names.of(sort):
            closing = "}}" if sort is Sort.WORD else "}"
            length = text.index(closing, offset) + len(closing) - offset
            self.has_name(names, name, self._inside(node, text, offset, length), sort)

    def _inside(self, node: Node, text: str, offset: int, length: int) -> Scalar:
        """The place of a part of a text in the file, as ``Span.of_part`` says."""
        part = text[offset : offset + length]
        lines = () if self.is_full else self.lines(node.file)
        at = node.span.of_part(lines, part, text.count(part, 0, offset))
        return Scalar(at.file, at.line, at.column, at.end_line, at.end_column, part)
