"""Parse YAML to located nodes: strictly, safely, every value as typed.

A file is read in three stages: bytes to text, text without refused characters (see ``decode`` for
both), and text to nodes. Nodes are built from the events of a parser, which preserve that ``no`` is
two letters, where an alias stands, and that a key occurs twice.

The parser is libyaml, which is part of PyYAML's wheels. Where PyYAML was built without it, its own
is used; the two differ in a few corner cases, such as a ``?`` inside brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

import yaml

from ..model.diagnostics import Diagnostic, Related, Span
from . import forbidden_characters, syntax_hints
from .decode import (
    BAD_CHARACTER,
    TOO_LARGE,
    EnoughError,
    Mistakes,
    decode,
    place_of,
    refuse_characters,
)
from .located import Entry, Mapping, Node, Scalar, Sequence

DUPLICATE_KEY = "FP003"
"""A key is written twice, so that one of two values would be lost."""

SECOND_DOCUMENT = "FP007"
"""More than one document in a file, mostly because of a stray ``---``."""

TOO_DEEP = "FP008"
"""Nested deeper than ``DEEPEST``."""

NO_KEYS = "FP010"
"""The file is empty, or its top node is a list or a text."""

COMPLEX_KEY = "FP011"
"""A key that is not plain text: a list, a map, or empty."""

CUT_SHORT = "FP012"
"""A text that a ``#`` ends, as in ``We are #1``. A warning: it may be a comment."""

DEEPEST = 40
"""The deepest nesting of lists and maps, the top one included."""

MOST_VALUES = 200_000
"""The most keys, values, lists and maps in a file: readable in two seconds and 200 MiB."""


def read(data: bytes, file: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read one YAML file's bytes; ``file`` is its name in messages.

    The node is the file's top ``Mapping``, or None where the shape of the file is unknown; then at
    least one error says why. A node with errors holds the rest: of two equal keys the first, of a
    text its other letters. An empty value (``key:``) is an empty ``Scalar``. Never raises.
    """
    mistakes = Mistakes(file)
    node = None
    with suppress(EnoughError):
        text = decode(data, mistakes)
        refuse_characters(text, mistakes)
        node = _Reader(text, mistakes).top()
    return node, tuple(sorted(mistakes.found, key=lambda mistake: mistake.order))


_CUT = re.compile(r" +(#[^\s#][^\n]*)")
"""A comment without a space after ``#``: more likely text."""

_REFUSED = re.compile(forbidden_characters.REFUSED)
"""What no escape in double quotes may stand for."""


class _Reader:
    """Reads one text from the parser's events. Each method raises ``EnoughError`` where nothing
    more can be read."""

    def __init__(self, text: str, mistakes: Mistakes) -> None:
        self._text = text
        self._mistakes = mistakes
        self._file = mistakes.file
        self._event = _parser()(text).get_event
        self._values = 0
        self._open: list[int] = []  # the places of the lists and maps that have begun
        self._read: Any = None
        self._last = (0, 0)

    def top(self) -> Mapping:
        """The file's top mapping."""
        self._next()  # the stream begins
        top: Node | None = None
        if isinstance(self._next(), yaml.DocumentStartEvent):
            top = self._node(self._next())
            self._next()  # the document ends
            if not isinstance(following := self._next(), yaml.StreamEndEvent):
                message, hint = "a second document begins here", "delete “---”, or make two files"
                here = self._from(following.start_mark, 3)
                self._mistakes.stop(SECOND_DOCUMENT, message, here, hint)
        if not isinstance(top, Mapping):
            self._no_keys(top)
        return top

    def _no_keys(self, top: Scalar | Sequence | None) -> NoReturn:
        if top is None or (isinstance(top, Scalar) and not top.text):
            start = Span.start_of(self._file)
            self._mistakes.stop(NO_KEYS, "there is nothing in this file", start, "")
        what = "a list" if isinstance(top, Sequence) else "a text"
        message = f"this file is {what}, and should be keys with their values"
        self._mistakes.stop(NO_KEYS, message, top.span, "begin with a line like “key: text”")

    def _next(self) -> Any:
        try:
            event = self._event()
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # PyYAML's own parser lets the last two escape, of numbers that are too large.
            self._stuck(error)
        self._read = event
        return event

    def _node(self, event: Any) -> Node:
        mark = event.start_mark
        self._values += 1
        if self._values > MOST_VALUES:
            message = f"the file has more than {MOST_VALUES:,} keys and values"
            self._mistakes.stop(TOO_LARGE, message, self._from(mark, 1), "make several files of it")
        if isinstance(event, yaml.AliasEvent) or event.anchor or event.tag:
            cause = syntax_hints.feature(self._text, mark.index)
            here = self._from(mark, cause.end - cause.start)
            self._mistakes.stop(cause.code, cause.message, here, cause.hint)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(self._open) == DEEPEST:
            message = f"lists and keys stand more than {DEEPEST} deep in one another"
            here = self._from(mark, 1)
            self._mistakes.stop(TOO_DEEP, message, here, "is there a bracket too many?")
        self._open.append(mark.index)
        last: Node | None
        if isinstance(event, yaml.MappingStartEvent):
            entries, last = self._entries()
        else:
            items: list[Node] = []
            while not isinstance(each := self._next(), yaml.SequenceEndEvent):
                items.append(self._node(each))
            last = items[-1] if items else None
        self._open.pop()
        begin, close = (mark.line + 1, mark.column + 1), self._read.end_mark
        end: tuple[int, int] = (last.end_line, last.end_column) if last else begin
        if event.flow_style and self._text.startswith(("]", "}"), close.index - 1):
            end = (close.line + 1, close.column + 1)
        place = (self._file, *begin, *end)
        if isinstance(event, yaml.MappingStartEvent):
            return Mapping(*place, entries)
        return Sequence(*place, tuple(items))

    def _entries(self) -> tuple[dict[str, Entry], Node | None]:
        """The entries of a map, and its last key or value."""
        entries: dict[str, Entry] = {}
        last: Node | None = None
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            last = key = self._node(event)
            if not isinstance(key, Scalar) or not (key.text or event.style):
                what = "a key is missing here" if isinstance(key, Scalar) else "a key is plain text"
                hint = f"write it; or, if a text begins with a bracket, {syntax_hints.QUOTE_IT}"
                self._mistakes.stop(COMPLEX_KEY, what, key.span, hint)
            last = value = self._node(self._next())
            if key.text in entries:
                message = f"the key “{syntax_hints.short(key.text)}” is written twice"
                first = Related("the first one", entries[key.text].span)
                self._mistakes.add(DUPLICATE_KEY, message, key.span, "keep one of them", first)
            else:
                entries[key.text] = Entry(key, value)
        return entries, last

    def _scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark, event.end_mark
        text, style = event.value, event.style
        line, end_line, end_column = start.line + 1, end.line + 1, end.column + 1
        if style in ("|", ">") and end_line != line:
            # The parser's own mark is in a later line than the last with text.
            written = self._text[start.index : end.index].rstrip(" \n")
            end_line = line + written.count("\n")
            end_column = len(written) - written.rfind("\n") + ("\n" not in written) * start.column
        if text or style:
            self._last = (start.index, end.index)
        if not style:
            self._check_cut(end.index, end_line, end_column)
        place = (self._file, line, start.column + 1, end_line, end_column)
        if style == '"' and (refused := _REFUSED.search(text)):
            message, hint = forbidden_characters.describe(refused[0])
            self._mistakes.add(BAD_CHARACTER, message, Span(*place), hint)
            text = _REFUSED.sub("", text)
        return Scalar(*place, text)

    def _check_cut(self, index: int, line: int, column: int) -> None:
        cut = _CUT.match(self._text, index)
        if cut is not None:
            at, to = (column + place - index for place in cut.span(1))
            self._mistakes.add(
                CUT_SHORT,
                f"the text ends before “{syntax_hints.short(cut[1])}”, for # begins a comment",
                Span(self._file, line, at, line, to),
                f"{syntax_hints.QUOTE_IT}; if it is a comment, write a space after the #",
            )

    def _stuck(self, error: Exception) -> NoReturn:
        """Report the likely cause of a parser error."""
        problem = getattr(error, "problem_mark", None)
        context = getattr(error, "context_mark", None)
        unread = self._read.end_mark.index if self._read else 0
        at = min(problem.index, len(self._text)) if problem else unread
        since = context.index if context and context.index != at else None
        brackets = [at for at in self._open if self._text.startswith(("[", "{"), at)]
        bracket = brackets[-1] if brackets else None
        stuck = syntax_hints.Stuck(self._text, at, since, unread, self._last, bracket)
        cause = syntax_hints.likely_cause(stuck)
        to = min(cause.end, len(self._text))  # the file may end where something is missing
        start, end = place_of(self._text, min(cause.start, to)), place_of(self._text, to)
        span = Span(self._file, *start, *end)
        self._mistakes.stop(cause.code, cause.message, span, cause.hint)

    def _from(self, mark: Any, length: int) -> Span:
        line, column = mark.line + 1, mark.column + 1
        return Span(self._file, line, column, line, column + length)


def _parser() -> Callable[[str], Any]:
    """libyaml, or PyYAML's own parser where it was built without libyaml."""
    parser: Callable[[str], Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return parser
