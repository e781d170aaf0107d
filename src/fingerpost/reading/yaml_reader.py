"""Parse YAML to located nodes: strictly, safely, every value as typed.

A file is read in three stages, each of which passes on all that it could read: bytes to text, text
to clean text (see ``decode`` for both), and clean text to nodes. Nodes are built from the events
of a parser, which preserve that ``no`` is two letters, where an alias stands, and that a key
occurs twice.

The parser is libyaml, which is part of PyYAML's wheels. Where PyYAML was built without it, its own
is used; the two differ in a few corner cases, such as a ``?`` inside brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from ..model.diagnostics import Diagnostic, Related, Span
from . import forbidden_characters, syntax_hints
from .decode import (
    BAD_CHARACTER,
    HOLE,
    TAB,
    TOO_LARGE,
    CharacterFilter,
    EnoughError,
    Mistakes,
    Ruler,
    decode,
)
from .forbidden_characters import later
from .located import Entry, Mapping, Node, Scalar, Sequence

UNREADABLE = "FP001"
"""The file cannot be read as YAML; the message names the likely cause."""

DUPLICATE_KEY = "FP003"
"""A key is written twice, so that one of two values would be lost."""

YAML_FEATURE = "FP004"
"""An anchor, an alias, a merge key, a tag or a directive, which are not supported."""

SECOND_DOCUMENT = "FP007"
"""More than one document in a file, mostly because of a stray ``---``."""

TOO_DEEP = "FP008"
"""Nested deeper than ``DEEPEST``."""

NO_KEYS = "FP010"
"""The file is empty, or its top node is a list or a text."""

COMPLEX_KEY = "FP011"
"""A key that is not plain text: a list, a map, empty, or marked with ``?``."""

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
    try:
        if (text := decode(data, mistakes)) is not None:
            characters = CharacterFilter(mistakes)
            builder = _Builder(characters.clean(text), characters, mistakes)
            builder.run()
            node = builder.node
    except EnoughError:
        pass
    return node, mistakes.in_order()


# --- clean text to nodes -------------------------------------------------------------------------

_CUT = re.compile(r" +(#[^\s#][^\n]*)")
"""A comment without a space after ``#``: more likely text."""

_GLUED_ITEM = re.compile(r"-\w.*\n *(-)[\w ]")
"""Two lines such as ``-text``, which YAML reads as one text."""

_ESCAPE = later(r"\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))", re.DOTALL)
_CODES = dict(zip("0abt\tvfreNLP", "\0\a\b\t\t\v\f\r\x1b\x85\u2028\u2029", strict=True))
"""Escapes in double quotes that stand for a refused character."""

_REFUSED = re.compile(forbidden_characters.REFUSED)
"""What no escape in double quotes may stand for."""

_EXPLICIT = re.compile(r"\?(?<![^\s\[{,]\?)")
"""A ``?`` that may mark a key."""

_BLOCK_STYLES = ("|", ">")

_MARK_ALONE = later(r"[ -]*\?\s*(?:#.*)?\Z")
_NO_TEXT = later(r" *(?:#.*)?\Z")


class _Open:
    """A list or a map that has begun and not ended."""

    __slots__ = (
        *("is_map", "flow", "is_key", "index", "begin", "last"),
        *("items", "entries", "keys", "wants_key", "key", "key_event"),
    )

    def __init__(self, event: Any, *, is_key: bool) -> None:
        mark = event.start_mark
        self.is_map = isinstance(event, yaml.MappingStartEvent)
        self.flow = bool(event.flow_style)
        self.is_key = is_key
        self.index = mark.index
        self.begin = (mark.line + 1, mark.column + 1)
        self.last: Node | None = None
        self.items: list[Node] = []
        self.entries: dict[str, Entry] = {}
        self.keys: dict[str, Scalar] = {}
        self.wants_key = True
        self.key: Scalar | None = None
        self.key_event: Any = None


class _Builder:
    """Builds nodes from the parser's events, without recursion.

    ``node`` is the file's top mapping once ``run`` has returned, or None.
    """

    def __init__(self, text: str, characters: CharacterFilter, mistakes: Mistakes) -> None:
        self.text = text
        self.node: Node | None = None
        self._characters = characters
        self._mistakes = mistakes
        self._file = mistakes.file
        self._open: list[_Open] = []
        self._top: Node | None = None
        self._shape_known = not characters.guessed_from
        self._documents = 0
        self._values = 0
        self._read: Any = None
        self._last: Any = None
        self._has_explicit = _EXPLICIT.search(text) is not None

    def run(self) -> None:
        """Read to the end, or to where the parser fails. Raises ``EnoughError``."""
        parser = _parser()(self.text)
        steps: dict[type[Any], Callable[[Any], None]] = {
            yaml.DocumentStartEvent: self._document,
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.SequenceStartEvent: self._begin,
            yaml.MappingStartEvent: self._begin,
            yaml.SequenceEndEvent: self._end,
            yaml.MappingEndEvent: self._end,
            yaml.StreamEndEvent: self._finish,
        }
        try:
            while (event := parser.get_event()) is not None:
                step = steps.get(type(event))
                if step is not None:
                    step(event)
                self._read = event
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # PyYAML's own parser lets the last two escape, of numbers that are too large.
            self._stuck(error)

    # One method for each kind of event.

    def _document(self, event: Any) -> None:
        mark = event.start_mark
        self._documents += 1
        if self.text.startswith("%", mark.index):
            self._note(syntax_hints.directive(self.text, mark.index), mark)
            raise EnoughError
        if self._documents > 1:
            self._shape_known = False
            message, hint = "a second document begins here", "delete “---”, or make two files"
            self._mistakes.add(SECOND_DOCUMENT, message, self._from(mark, 3), hint)

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        text, style = event.value, event.style
        line, end_line, end_column = start.line + 1, end.line + 1, end.column + 1
        if end_line != line and style in _BLOCK_STYLES:
            end_line, end_column = self._end_of_block(start, end)
        self._begin_value(event)
        if text or style:
            self._last = event
        if not style:
            if end_line != line or self.text.startswith(" ", end.index):
                self._check_plain(start, end)
        elif style == '"' and _REFUSED.search(text):
            self._check_escapes(start, end)
            text = _REFUSED.sub("", text)
        if self._characters.holes:
            text = text.replace(HOLE, "")
        node = Scalar(self._file, line, start.column + 1, end_line, end_column, text)
        if not text and self._open and self._open[-1].key is not None:
            node = self._empty(self._open[-1], self._open[-1].key, node, event)
        self._place(node, event)

    def _alias(self, event: Any) -> None:
        self._shape_known = False
        self._note(syntax_hints.feature(self.text, event.start_mark.index), event.start_mark)
        self._place(None, event)

    def _begin(self, event: Any) -> None:
        if len(self._open) == DEEPEST:
            self._too_deep(self._from(event.start_mark, 1))
        self._begin_value(event)
        is_key = bool(self._open) and self._open[-1].is_map and self._open[-1].wants_key
        self._open.append(_Open(event, is_key=is_key))

    def _end(self, event: Any) -> None:
        done, mark = self._open.pop(), event.end_mark
        end: tuple[int, int] = done.begin
        if done.last is not None:
            end = (done.last.end_line, done.last.end_column)
        if done.flow and self.text.startswith(("]", "}"), mark.index - 1):
            end = (mark.line + 1, mark.column + 1)
        place = (self._file, *done.begin, *end)
        if done.is_key:
            self._complex_key(done, Span(*place))
            self._place(None, event)
        elif done.is_map:
            self._place(Mapping(*place, done.entries), event)
        else:
            self._place(Sequence(*place, tuple(done.items)), event)

    def _finish(self, event: Any) -> None:
        top = self._top
        if not self._shape_known:
            return
        if isinstance(top, Mapping):
            self.node = top
        elif top is None or (isinstance(top, Scalar) and not top.text):
            start = Span.start_of(self._file)
            self._mistakes.add(NO_KEYS, "there is nothing in this file", start)
        else:
            what = "a list" if isinstance(top, Sequence) else "a text"
            message = f"this file is {what}, and should be keys with their values"
            self._mistakes.add(NO_KEYS, message, top.span, "begin with a line like “key: text”")

    # Building nodes.

    def _begin_value(self, event: Any) -> None:
        """Check what texts, lists and maps have in common."""
        self._values += 1
        if self._values > MOST_VALUES:
            message = f"the file has more than {MOST_VALUES:,} keys and values"
            hint = "make several files of it"
            self._mistakes.add(TOO_LARGE, message, self._from(event.start_mark, 1), hint)
            raise EnoughError
        if event.anchor or event.tag:
            self._note(syntax_hints.feature(self.text, event.start_mark.index), event.start_mark)

    def _place(self, node: Node | None, event: Any) -> None:
        """Add a node to its parent. None stands for one that cannot be used."""
        if not self._open:
            if self._documents == 1:
                self._top = node
            return
        above = self._open[-1]
        if node is not None:
            above.last = node
        if not above.is_map:
            if node is not None:
                above.items.append(node)
        elif above.wants_key:
            above.wants_key = False
            above.key = self._key(above, node, event) if isinstance(node, Scalar) else None
            above.key_event = event
        else:
            if above.key is not None and node is not None:
                above.entries[above.key.text] = Entry(above.key, node)
            above.wants_key, above.key = True, None

    def _key(self, above: _Open, key: Scalar, event: Any) -> Scalar | None:
        """The key if it can be used: plain text, and new in its map."""
        if not key.text and not event.style:
            message, hint = "a key is missing after this", "write it, or take this away"
            place = self._sign_before(key.span, event.start_mark.index)
        elif self._has_explicit and self._is_explicit(event.start_mark.index):
            message, hint = (
                "YAML takes the ? before this for the mark of a key",
                syntax_hints.QUOTE_IT,
            )
            place = key.span
        elif key.text == "<<" and not event.style:
            self._shape_known = False
            message, hint = "<< takes keys from elsewhere, which is not done here", "write them out"
            self._mistakes.add(YAML_FEATURE, message, key.span, hint)
            return None
        elif key.text in above.keys:
            message, hint = (
                f"the key “{syntax_hints.short(key.text)}” is written twice",
                "keep one of them",
            )
            first = Related("the first one", above.keys[key.text].span)
            self._mistakes.add(DUPLICATE_KEY, message, key.span, hint, (first,))
            return None
        else:
            above.keys[key.text] = key
            return key
        self._shape_known = False
        self._mistakes.add(COMPLEX_KEY, message, place, hint)
        if above.flow and not key.text:
            raise EnoughError  # from here on parsers disagree
        return None

    def _is_explicit(self, index: int) -> bool:
        """Whether a ``?``, in this line or one above, marks what begins here as a key."""
        before = index - 1
        while before >= 0 and self.text[before] == " ":
            before -= 1
        while before >= 0 and self.text[before] == "\n":
            line = self.text.rfind("\n", 0, before) + 1
            if not _NO_TEXT().match(self.text, line, before):
                return _MARK_ALONE().match(self.text, line, before) is not None
            before = line - 1
        return before >= 0 and self.text[before] == "?"

    def _sign_before(self, here: Span, index: int) -> Span:
        """The last character before an empty key: parsers disagree on the place of the key."""
        before = max(index - 1, 0)
        while before > 0 and self.text[before] in " \n":
            before -= 1
        if self.text[before : before + 1] in ("", " ", "\n"):
            return here
        comma = before
        while comma > 0 and self.text[comma] in " \n,:":
            comma -= 1
        before = comma if self.text[comma] == "?" else before
        line = here.line - self.text.count("\n", before, index)
        column = before - self.text.rfind("\n", 0, before)
        return Span(self._file, line, column, line, column + 1)

    def _complex_key(self, done: _Open, span: Span) -> None:
        self._shape_known = False
        if any(other.is_key for other in self._open):
            return  # nested, so not another mistake
        start = (span.line, span.column)
        self._mistakes.add(
            COMPLEX_KEY,
            "a key must be plain text, not " + ("a map" if done.is_map else "a list"),
            span if done.flow else Span(self._file, *start, start[0], start[1] + 1),
            f"if a text begins with a bracket, {syntax_hints.QUOTE_IT}",
        )

    # Checks on the way.

    def _check_plain(self, start: Any, end: Any) -> None:
        if start.index != end.index or not self._open or not self._open[-1].is_map:
            self._check_cut(end.index, end.line + 1, end.column + 1)
        if _GLUED_ITEM.match(self.text, start.index, end.index):
            self._shape_known = False
            self._note(syntax_hints.glued_dash(start.index), start)

    def _check_cut(self, index: int, line: int, column: int) -> None:
        cut = _CUT.match(self.text, index)
        if cut is not None:
            at, to = (column + place - index for place in cut.span(1))
            self._mistakes.add(
                CUT_SHORT,
                f"the text ends before “{syntax_hints.short(cut[1])}”, for # begins a comment",
                Span(self._file, line, at, line, to),
                f"{syntax_hints.QUOTE_IT}; if it is a comment, write a space after the #",
            )

    def _check_escapes(self, start: Any, end: Any) -> None:
        """Report the escapes that stand for a refused character."""
        ruler = Ruler(self.text, start.index, start.line + 1, start.column + 1)
        for code in _ESCAPE().finditer(self.text, start.index, end.index):
            digits = code[1] or code[2] or code[3]
            letter = chr(int(digits, 16)) if digits else _CODES.get(code[4], "")
            if _REFUSED.match(letter):
                line, column = ruler.place(code.start())
                to = column + len(code[0])
                span = Span(self._file, line, column, line, to)
                message, hint = forbidden_characters.describe(letter)
                self._mistakes.add(BAD_CHARACTER, message, span, hint)

    def _empty(self, above: _Open, key: Scalar, empty: Scalar, event: Any) -> Scalar:
        """An empty value, placed after its colon, in brackets or not."""
        key_end, index = above.key_event.end_mark.index, event.start_mark.index
        if index != event.end_mark.index:
            return empty  # in quotation marks
        colon = self.text.find(":", key_end, index)
        if colon < 0:
            if ":" in key.text and not above.key_event.style:  # {say:"Yes"}
                self._shape_known = False
                message, hint = syntax_hints.glued_key(key.text)
                self._mistakes.add(UNREADABLE, message, key.span, hint)
            return empty
        line, column = key.end_line, key.end_column + colon + 1 - key_end
        self._check_cut(colon + 1, line, column)
        return Scalar(self._file, line, column, line, column, "")

    def _end_of_block(self, start: Any, end: Any) -> tuple[int, int]:
        """The end of the last line with text; the parser's own mark is in a later line."""
        written = len(self.text[start.index : end.index].rstrip(" \n"))
        ruler = Ruler(self.text, start.index, start.line + 1, start.column + 1)
        return ruler.place(start.index + written)

    def _too_deep(self, span: Span) -> None:
        message = f"lists and keys stand more than {DEEPEST} deep in one another"
        self._mistakes.add(TOO_DEEP, message, span, "is there a bracket too many?")
        raise EnoughError

    # Parser errors.

    def _stuck(self, error: Exception) -> None:
        """Report the likely cause of a parser error, unless another mistake explains it."""
        self._shape_known = False
        problem = getattr(error, "problem_mark", None)
        context = getattr(error, "context_mark", None)
        unread = self._read.end_mark.index if self._read else 0
        last = self._last and (self._last.start_mark.index, self._last.end_mark.index)
        at = min(problem.index, len(self.text)) if problem else unread
        since = context.index if context and context.index != at else None
        brackets = [o.index for o in self._open if self.text.startswith(("[", "{"), o.index)]
        bracket = brackets[-1] if brackets else None
        first = syntax_hints.first_word(self.text, unread)
        stuck = syntax_hints.Stuck(self.text, at, since, unread, first, last or (0, 0), bracket)
        run = re.compile(rf"(?:[\[{{]\s*){{{DEEPEST - len(self._open)}}}(?=[\[{{])")
        deep = run.match(self.text, first)
        if deep:  # the C parser looks ahead so far that it fails before its events of the brackets
            line, column = Ruler(self.text).place(deep.end())
            self._too_deep(Span(self._file, line, column, line, column + 1))
        cause = syntax_hints.likely_cause(stuck)
        to = min(cause.end, len(self.text))  # the file may end where something is missing
        start, end = Ruler(self.text).place(min(cause.start, to)), Ruler(self.text).place(to)
        line = start[0]
        if not (self._characters.explains(line) or self._mistakes.has(_SAYS_AS_MUCH, line)):
            span = Span(self._file, *start, *end)
            self._mistakes.add(_CODE_OF[cause.kind], cause.message, span, cause.hint)

    def _note(self, cause: syntax_hints.Cause, mark: Any) -> None:
        """Report a cause within one line, at the parser's mark."""
        span = self._from(mark, cause.end - cause.start)
        self._mistakes.add(_CODE_OF[cause.kind], cause.message, span, cause.hint)

    def _from(self, mark: Any, length: int) -> Span:
        line, column = mark.line + 1, mark.column + 1
        return Span(self._file, line, column, line, column + length)


_SAYS_AS_MUCH = (UNREADABLE, YAML_FEATURE, BAD_CHARACTER, TAB, COMPLEX_KEY)
"""A syntax error in the line of one of these is mostly its consequence."""

_CODE_OF = {
    syntax_hints.Kind.SYNTAX: UNREADABLE,
    syntax_hints.Kind.FEATURE: YAML_FEATURE,
    syntax_hints.Kind.KEY: COMPLEX_KEY,
}


# --- the parser ----------------------------------------------------------------------------------


def _parser() -> Callable[[str], Any]:
    """libyaml, or PyYAML's own parser where it was built without libyaml."""
    parser: Callable[[str], Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return parser
