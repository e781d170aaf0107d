"""Text to located YAML: strict, safe for a stranger's file, every value as it was typed.

The file is read in three stages, and each hands on all that it could make sense of: bytes to
text (is it UTF-8?), text to clean text (no character that deceives the eye or the terminal),
and clean text to nodes, built from the parser's events. Events, because they still know that
``no`` is two letters, where an alias stands, and that a key was written twice.

PyYAML's C parser is used where it is installed. Its pure Python parser differs from that in a
few corners; ``pure_yaml`` closes them, so that a file means the same on every machine.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

from . import characters, slips
from .characters import later
from .diagnostics import Diagnostic, Related, Severity, Span

UNREADABLE = "FP001"
"""The file cannot be read as YAML; the message names the likely slip."""

NOT_UTF8 = "FP002"
"""The bytes are not UTF-8: the file was saved in another encoding."""

DUPLICATE_KEY = "FP003"
"""A key is written twice, so that one of two values would be lost."""

YAML_FEATURE = "FP004"
"""An anchor, an alias, a merge key, a tag or a directive: none of them means anything here."""

BAD_CHARACTER = "FP005"
"""A character that cannot be seen, or that makes text look like what it is not."""

TAB = "FP006"
"""A tab, or as indentation any space but the space bar's: YAML's indentation is made of spaces."""

SECOND_DOCUMENT = "FP007"
"""More than one document in a file, mostly by a stray line ``---``."""

TOO_DEEP = "FP008"
"""Nested deeper than ``DEEPEST``."""

TOO_LARGE = "FP009"
"""More than ``LARGEST`` bytes, ``MOST_VALUES`` values, or ``MOST_MISTAKES`` mistakes."""

NO_KEYS = "FP010"
"""The file is empty, or at its top is a list or a text where keys belong."""

COMPLEX_KEY = "FP011"
"""A key that is not plain text: a list, a map, nothing at all, or one marked with ``?``."""

CUT_SHORT = "FP012"
"""A text that a ``#`` cuts short, as in ``We are #1``. A warning: it may be a comment."""

LARGEST = 8 * 1024 * 1024
"""The most bytes that a file may have."""

DEEPEST = 40
"""How many lists and maps may stand inside one another, the top one included."""

MOST_VALUES = 200_000
"""The most keys, values, lists and maps in a file: what can be read in two seconds and 200 MiB."""

MOST_MISTAKES = 1_000
"""After so many mistakes in a file the reading stops; nobody mends more in one go."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """Some text, exactly as typed: ``no`` is the two letters, ``0800 1111`` the nine characters."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in file order, each key once."""

    entries: tuple[Entry, ...]
    span: Span


Node: TypeAlias = Scalar | Sequence | Mapping


def read(data: bytes, file: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read one YAML file's bytes; ``file`` is its name in messages.

    The node is the file's top ``Mapping``, or None where the shape of the file is not known;
    then at least one error says why. A node may come with errors too. It holds what is left
    when they are taken away: of two equal keys the first, of a text its other letters. An empty
    value (``key:``) is an empty ``Scalar``. Whatever the bytes are, nothing is raised.
    """
    mistakes = _Mistakes(file)
    with _collector_resting():
        try:
            node = _read(data, mistakes)
        except _EnoughError:
            node = None
    return node, mistakes.in_order()


def _read(data: bytes, mistakes: _Mistakes) -> Node | None:
    text = _decode(data, mistakes)
    if text is None:
        return None
    screen = _Screen(mistakes)
    building = _Building(screen.clean(text), screen, mistakes)
    building.run((_fast_parser() or _pure_parser())(building.text))
    return building.node


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Reading makes many values and no cycles; to look for cycles would double its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


# --- mistakes ------------------------------------------------------------------------------------


class _EnoughError(Exception):
    """There is no use in reading on; what is wrong has been noted."""


class _Mistakes:
    """The mistakes of one file, as they are found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Diagnostic] = []

    def add(
        self,
        code: str,
        message: str,
        span: Span,
        hint: str = "",
        related: tuple[Related, ...] = (),
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note one. Raises ``_EnoughError`` when there are ``MOST_MISTAKES``."""
        self._found.append(Diagnostic(code, message, span, severity, hint, related))
        if len(self._found) == MOST_MISTAKES:
            message = f"{MOST_MISTAKES:,} mistakes up to here; what follows was not read"
            self._found.append(Diagnostic(TOO_LARGE, message, span, hint="is this the right file?"))
            raise _EnoughError

    def in_order(self) -> tuple[Diagnostic, ...]:
        """All of them, as a reader of the file meets them."""
        return tuple(sorted(self._found, key=lambda mistake: mistake.order))

    def explains(self, line: int) -> bool:
        """Whether a syntax error in this line would be the echo of something already said."""
        said = (UNREADABLE, YAML_FEATURE, BAD_CHARACTER, TAB, COMPLEX_KEY)
        return any(each.span.line == line and each.code in said for each in self._found)


class _Ruler:
    """Lines and columns, from 1, of places in a text that are asked for in their order."""

    def __init__(self, text: str, index: int = 0, line: int = 1, column: int = 1) -> None:
        self._text = text
        self._index = index
        self._line = line
        self._line_start = index - (column - 1)

    def place(self, index: int) -> tuple[int, int]:
        """Line and column of ``text[index]``; ``index`` is not less than the last one."""
        breaks = self._text.count("\n", self._index, index)
        if breaks:
            self._line += breaks
            self._line_start = self._text.rfind("\n", self._index, index) + 1
        self._index = index
        return self._line, index - self._line_start + 1


# --- bytes to text -------------------------------------------------------------------------------

_SAVE_AS_UTF8 = "save as UTF-8 (in Notepad: Save as, then Encoding: UTF-8)"

_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
"""How files in UTF-16 and UTF-32 begin."""


def _windows(byte: int) -> str:
    """What Windows means by a byte that is not ASCII."""
    return bytes([byte]).decode("cp1252", "ignore") or "¤"


def _decode(data: bytes, mistakes: _Mistakes) -> str | None:
    """The text, with a line feed at the end of each line; None if there is no use in reading it.

    Bytes that are not UTF-8 are read as Windows-1252, which is what they mostly are, so that the
    rest of the file can be looked at in the same run.
    """
    top = Span.start_of(mistakes.file)
    if len(data) > LARGEST:
        size = f"{LARGEST // (1024 * 1024)} MB"
        mistakes.add(TOO_LARGE, f"the file is larger than {size}", top, "make several files of it")
        return None
    if data.startswith(_WIDE) or _every_other_byte_is_zero(data[:1024]):
        mistakes.add(NOT_UTF8, "the file is not UTF-8 but UTF-16", top, _SAVE_AS_UTF8)
        return None
    try:
        return _lines(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = _lines(data[: error.start].decode("utf-8"))
        byte, (line, column) = data[error.start], _Ruler(before).place(len(before))
        mistakes.add(
            NOT_UTF8,
            f"the file is not UTF-8; here, for one, is the byte {byte:#04x}, "
            f"which may stand for “{_windows(byte)}”",
            Span(mistakes.file, line, column, line, column + 1),
            _SAVE_AS_UTF8,
        )
        meant = {0xDC00 + byte: _windows(byte) for byte in range(0x80, 0x100)}
        return _lines(data.decode("utf-8", "surrogateescape").translate(meant))


def _lines(text: str) -> str:
    """The same without a byte order mark at the start, and with one kind of line break."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _every_other_byte_is_zero(data: bytes) -> bool:
    """So do ordinary letters look in UTF-16, also where no mark at the start says so."""
    half = len(data) / 2 or 1
    few, many = sorted((data[::2].count(0) / half, data[1::2].count(0) / half))
    return few < 0.6 < many


# --- text to clean text --------------------------------------------------------------------------

_SUSPECT = later(
    rf"(?P<indentation>^ *[{characters.ODD_SPACES}][ {characters.ODD_SPACES}]*)"
    r"|(?P<tab>\t+)"
    rf"|(?P<refused>{characters.REFUSED}+)"
    rf"|(?P<joiner>{characters.LONELY_JOINER})",
    re.MULTILINE,
)

_REFUSED = later(characters.REFUSED)

_ANYTHING_SUSPECT = later(f"[{characters.ODD_SPACES}{characters.JOINERS}{characters.REFUSED[1:]}")

_HOLE = "\ufdd0"
"""Stands where a refused character stood, one for one, so that columns stay right. It is itself
refused, so no file has it."""


class _Screen:
    """Notes every refused character, and puts a harmless one in its place.

    ``guessed_from`` is the first line of which the indentation or the end is a guess (0 if there
    is none), ``holes`` are the lines that lack a character.
    """

    def __init__(self, mistakes: _Mistakes) -> None:
        self.guessed_from = 0
        self.holes: set[int] = set()
        self._mistakes = mistakes
        self._indented: list[Span] = []
        self._ruler = _Ruler("")

    def clean(self, text: str) -> str:
        """The text as the parser may see it; no character moves."""
        if _ANYTHING_SUSPECT().search(text) is None:
            return text
        self._ruler = _Ruler(text)
        text = _SUSPECT().sub(self._instead, text)
        self._note_indentation()
        return text

    def explains(self, line: int) -> bool:
        """Whether a syntax error in this line would be the echo of a replaced character."""
        return 0 < self.guessed_from <= line or line in self.holes

    def _instead(self, found: re.Match[str]) -> str:
        piece = found[0]
        line, column = self._ruler.place(found.start())
        span = Span(self._mistakes.file, line, column, line, column + len(piece))
        if found["indentation"]:
            self._guess(line)
            self._indented.append(span)
            if len(self._indented) == MOST_MISTAKES:
                self._note_indentation()
                raise _EnoughError
            return " " * len(piece)
        if found["tab"]:
            self._mistakes.add(TAB, "a tab stands in this line", span, "use the space bar")
            return " " * len(piece)
        message, hint = characters.describe(piece[0])
        self._mistakes.add(BAD_CHARACTER, message, span, hint)
        self.holes.add(line)
        if piece.strip(characters.LINE_BREAKS) != piece:
            self._guess(line)
        return _HOLE * len(piece)

    def _guess(self, line: int) -> None:
        self.guessed_from = self.guessed_from or line

    def _note_indentation(self) -> None:
        """Who presses the tab key in one line does so in every line: that is one mistake."""
        if not self._indented:
            return
        first, *others = self._indented
        self._mistakes.add(
            TAB,
            "this line begins with a tab, or with another space that YAML does not see"
            + (f", and so do {len(others):,} more" if others else ""),
            first,
            "use the space bar: two spaces for each step further in",
            tuple(Related("this line too", other) for other in others[:5]),
        )


# --- clean text to nodes -------------------------------------------------------------------------

_CUT = later(r" +(#[^\s#][^\n]*)")
"""A comment that starts without a space: more likely a text with a ``#`` in it."""

_GLUED_ITEM = later(r"-\w.*\n *(-)[\w ]")
"""Two lines such as ``-text``, which to YAML are one text."""

_ESCAPE = later(r"\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))", re.DOTALL)
_CODES = dict(zip("0abt\tvfreNLP", "\0\a\b\t\t\v\f\r\x1b\x85\u2028\u2029", strict=True))
"""The letters that may follow a backslash in double quotes, and the refused ones they stand for."""

_EXPLICIT = later(r"\?(?<![^\s\[{,]\?)")
"""What may be a ``?`` that marks a key."""

_FEATURES = frozenset("&!")
"""How an anchor and a tag begin."""

_MARK_ALONE = later(r"[ -]*\?\s*(?:#.*)?\Z")
_NO_TEXT = later(r" *(?:#.*)?\Z")


@dataclass(slots=True)
class _Open:
    """A list or a map that has begun and not ended: where, and up to where it is read."""

    is_map: bool
    flow: bool
    is_key: bool
    index: int
    begin: Span
    until: Span
    items: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    keys: dict[str, Span] = field(default_factory=dict)
    wants_key: bool = True
    key: Scalar | None = None
    key_event: Any = None


class _Building:
    """Nodes from the parser's events, without recursion.

    ``node`` is the file's top mapping once ``run`` is done, or None.
    """

    def __init__(self, text: str, screen: _Screen, mistakes: _Mistakes) -> None:
        self.text = text
        self.node: Node | None = None
        self._screen = screen
        self._mistakes = mistakes
        self._file = mistakes.file
        self._open: list[_Open] = []
        self._top: Node | None = None
        self._shape_known = not screen.guessed_from
        self._documents = 0
        self._values = 0
        self._read: Any = None
        self._last: Any = None
        self._has_explicit = _EXPLICIT().search(text) is not None

    def run(self, parser: Any) -> None:
        """Read to the end, or to where it makes no sense to go on."""
        from yaml import YAMLError, events

        steps: dict[type[Any], Callable[[Any], None]] = {
            events.DocumentStartEvent: self._document,
            events.ScalarEvent: self._scalar,
            events.AliasEvent: self._alias,
            events.SequenceStartEvent: self._begin_list,
            events.MappingStartEvent: self._begin_map,
            events.SequenceEndEvent: self._end,
            events.MappingEndEvent: self._end,
            events.StreamEndEvent: self._finish,
        }
        try:
            while (event := parser.get_event()) is not None:
                step = steps.get(type(event))
                if step is not None:
                    step(event)
                self._read = event
        except YAMLError as error:
            self._stuck(error)

    # One step for each kind of event.

    def _document(self, event: Any) -> None:
        mark = event.start_mark
        self._documents += 1
        if self.text.startswith("%", mark.index):
            self._note(slips.directive(self.text, mark.index), mark)
            raise _EnoughError
        if self._documents > 1:
            self._shape_known = False
            message, hint = "a second document begins here", "delete “---”, or make two files"
            self._mistakes.add(SECOND_DOCUMENT, message, self._from(mark, 3), hint)

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        text, style = event.value, event.style
        line = end_line = start.line + 1
        end_column = end.column + 1
        if end.line >= line:
            end_line = end.line + 1
            if style in ("|", ">"):
                end_line, end_column = self._end_of_block(start, end)
        span = Span(self._file, line, start.column + 1, end_line, end_column)
        self._begin_value(event, start.index)
        if text or style:
            self._last = event
        if not style:
            if end_line != line or self.text.startswith(" ", end.index):
                self._look_at_plain(start, end)
        elif style == '"' and _REFUSED().search(text):
            self._look_at_escapes(start, end)
            text = _REFUSED().sub("", text)
        if self._screen.holes:
            text = text.replace(_HOLE, "")
        self._place(Scalar(text, span), event)

    def _alias(self, event: Any) -> None:
        self._shape_known = False
        self._note(slips.feature(self.text, event.start_mark.index), event.start_mark)
        self._place(None, event)

    def _begin_list(self, event: Any) -> None:
        self._begin(event, is_map=False)

    def _begin_map(self, event: Any) -> None:
        self._begin(event, is_map=True)

    def _begin(self, event: Any, *, is_map: bool) -> None:
        mark = event.start_mark
        if len(self._open) == DEEPEST:
            self._too_deep(self._from(mark, 1))
        self._begin_value(event, mark.index)
        is_key = bool(self._open) and self._open[-1].is_map and self._open[-1].wants_key
        flow, nothing = bool(event.flow_style), self._from(mark, 0)
        self._open.append(_Open(is_map, flow, is_key, mark.index, nothing, nothing))

    def _end(self, event: Any) -> None:
        done, mark = self._open.pop(), event.end_mark
        end = (done.until.end_line, done.until.end_column)
        if done.flow and self.text.startswith(("]", "}"), mark.index - 1):
            end = (mark.line + 1, mark.column + 1)
        span = Span(self._file, done.begin.line, done.begin.column, *end)
        if done.is_key:
            self._complex_key(done, span)
            self._place(None, event)
        elif done.is_map:
            self._place(Mapping(tuple(done.entries), span), event)
        else:
            self._place(Sequence(tuple(done.items), span), event)

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

    # What is built of them.

    def _begin_value(self, event: Any, index: int) -> None:
        """What holds for a text, a list and a map alike."""
        self._values += 1
        if self._values > MOST_VALUES:
            message = f"the file has more than {MOST_VALUES:,} keys and values"
            hint = "make several files of it"
            self._mistakes.add(TOO_LARGE, message, self._from(event.start_mark, 1), hint)
            raise _EnoughError
        if self.text[index : index + 1] in _FEATURES and index != event.end_mark.index:
            self._note(slips.feature(self.text, index), event.start_mark)

    def _place(self, node: Node | None, event: Any) -> None:
        """Put a value where it belongs. None stands for one that cannot be used."""
        if not self._open:
            if self._documents == 1:
                self._top = node
            return
        above = self._open[-1]
        if isinstance(node, Scalar) and not node.text and above.key is not None:
            node = self._empty(above, above.key, node, event)
        if node is not None:
            above.until = node.span
        if not above.is_map:
            if node is not None:
                above.items.append(node)
        elif above.wants_key:
            above.wants_key = False
            above.key = self._key(above, node, event) if isinstance(node, Scalar) else None
            above.key_event = event
        else:
            if above.key is not None and node is not None:
                above.entries.append(Entry(above.key, node))
            above.wants_key, above.key = True, None

    def _key(self, above: _Open, key: Scalar, event: Any) -> Scalar | None:
        """The key if it can be used: new in its map, and plain text."""
        place = key.span
        if not key.text and not event.style:
            message, hint = "a key is missing after this", "write it, or take this away"
            place = self._sign_before(place, event.start_mark.index)
        elif self._has_explicit and self._is_explicit(event.start_mark.index):
            message, hint = "YAML takes the ? before this for the mark of a key", slips.QUOTE_IT
        elif key.text == "<<" and not event.style:
            self._shape_known = False
            message, hint = "<< takes keys from elsewhere, which is not done here", "write them out"
            self._mistakes.add(YAML_FEATURE, message, place, hint)
            return None
        elif key.text in above.keys:
            message, hint = (
                f"the key “{slips.short(key.text)}” is written twice",
                "keep one of them",
            )
            first = Related("the first one", above.keys[key.text])
            self._mistakes.add(DUPLICATE_KEY, message, place, hint, (first,))
            return None
        else:
            above.keys[key.text] = place
            return key
        self._shape_known = False
        self._mistakes.add(COMPLEX_KEY, message, place, hint)
        if above.flow and not key.text:
            raise _EnoughError  # from here on parsers disagree
        return None

    def _is_explicit(self, index: int) -> bool:
        """Whether a ``?`` marks what begins here as a key, in its line or in one above."""
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
        """The last sign before an empty place: parsers agree on that and not on the place."""
        before = max(index - 1, 0)
        while before > 0 and self.text[before] in " \n":
            before -= 1
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
            return  # what is inside is not another mistake
        start = (span.line, span.column)
        self._mistakes.add(
            COMPLEX_KEY,
            "a key must be plain text, not " + ("a map" if done.is_map else "a list"),
            span if done.flow else Span(self._file, *start, start[0], start[1] + 1),
            f"if a text begins with a bracket, {slips.QUOTE_IT}",
        )

    # What is looked for on the way.

    def _look_at_plain(self, start: Any, end: Any) -> None:
        if start.index != end.index or not self._open or not self._open[-1].is_map:
            self._look_for_cut(end.index, end.line + 1, end.column + 1)
        if _GLUED_ITEM().match(self.text, start.index, end.index):
            self._shape_known = False
            self._note(slips.glued_dash(start.index), start)

    def _look_for_cut(self, index: int, line: int, column: int) -> None:
        cut = _CUT().match(self.text, index)
        if cut is not None:
            at, to = (column + place - index for place in cut.span(1))
            self._mistakes.add(
                CUT_SHORT,
                f"the text ends before “{slips.short(cut[1])}”, for # begins a comment",
                Span(self._file, line, at, line, to),
                f"{slips.QUOTE_IT}; if it is a comment, write a space after the #",
                severity=Severity.WARNING,
            )

    def _look_at_escapes(self, start: Any, end: Any) -> None:
        """Which code stands for a refused character."""
        ruler = _Ruler(self.text, start.index, start.line + 1, start.column + 1)
        for code in _ESCAPE().finditer(self.text, start.index, end.index):
            digits = code[1] or code[2] or code[3]
            letter = chr(int(digits, 16)) if digits else _CODES.get(code[4], "")
            if _REFUSED().match(letter):
                line, column = ruler.place(code.start())
                to = column + len(code[0])
                span = Span(self._file, line, column, line, to)
                message, hint = characters.describe(letter)
                self._mistakes.add(BAD_CHARACTER, message, span, hint)

    def _empty(self, above: _Open, key: Scalar, empty: Scalar, event: Any) -> Scalar:
        """An empty value stands behind its colon, be it in brackets or not."""
        key_end, index = above.key_event.end_mark.index, event.start_mark.index
        if index != event.end_mark.index:
            return empty  # in quotation marks
        colon = self.text.find(":", key_end, index)
        if colon < 0:
            if ":" in key.text and not above.key_event.style:  # {say:"Yes"}
                self._shape_known = False
                message, hint = slips.glued_key(key.text)
                self._mistakes.add(UNREADABLE, message, key.span, hint)
            return empty
        line, column = key.span.end_line, key.span.end_column + colon + 1 - key_end
        self._look_for_cut(colon + 1, line, column)
        return Scalar("", Span(self._file, line, column, line, column))

    def _end_of_block(self, start: Any, end: Any) -> tuple[int, int]:
        """Where the last line with text ends; the parser's own mark is in a later line."""
        written = len(self.text[start.index : end.index].rstrip(" \n"))
        ruler = _Ruler(self.text, start.index, start.line + 1, start.column + 1)
        return ruler.place(start.index + written)

    def _too_deep(self, span: Span) -> None:
        message = f"lists and keys stand more than {DEEPEST} deep in one another"
        self._mistakes.add(TOO_DEEP, message, span, "is there a bracket too many?")
        raise _EnoughError

    # Where the parser gives up.

    def _stuck(self, error: Exception) -> None:
        """Say what is wrong where the parser gave up, unless that has been said."""
        self._shape_known = False
        problem = getattr(error, "problem_mark", None)
        context = getattr(error, "context_mark", None)
        unread = self._read.end_mark.index if self._read else 0
        last = self._last and (self._last.start_mark.index, self._last.end_mark.index)
        at = min(problem.index, len(self.text)) if problem else unread
        since = context.index if context and context.index != at else None
        brackets = [o.index for o in self._open if self.text.startswith(("[", "{"), o.index)]
        bracket = brackets[-1] if brackets else None
        first = slips.first_word(self.text, unread)
        stuck = slips.Stuck(self.text, at, since, unread, first, last or (0, 0), bracket)
        run = re.compile(rf"(?:[\[{{]\s*){{{DEEPEST - len(self._open)}}}(?=[\[{{])")
        deep = run.match(self.text, first)
        if deep:  # the C parser looks ahead so far that it stops before it tells of the brackets
            line, column = _Ruler(self.text).place(deep.end())
            self._too_deep(Span(self._file, line, column, line, column + 1))
        slip = slips.likely_cause(stuck)
        start, end = _Ruler(self.text).place(slip.start), _Ruler(self.text).place(slip.end)
        if not (self._screen.explains(start[0]) or self._mistakes.explains(start[0])):
            span = Span(self._file, *start, *end)
            self._mistakes.add(_CODE_OF[slip.kind], slip.message, span, slip.hint)

    def _note(self, slip: slips.Slip, mark: Any) -> None:
        """Note a slip that stands in one line, where the parser's mark is."""
        code = _CODE_OF[slip.kind]
        self._mistakes.add(code, slip.message, self._from(mark, slip.end - slip.start), slip.hint)

    def _from(self, mark: Any, length: int) -> Span:
        line, column = mark.line + 1, mark.column + 1
        return Span(self._file, line, column, line, column + length)


_CODE_OF = {
    slips.Kind.SYNTAX: UNREADABLE,
    slips.Kind.FEATURE: YAML_FEATURE,
    slips.Kind.KEY: COMPLEX_KEY,
    slips.Kind.CHARACTER: BAD_CHARACTER,
}


# --- the parsers ---------------------------------------------------------------------------------


def _fast_parser() -> Callable[[str], Any] | None:
    """libyaml, or None where PyYAML was built without it."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        return None
    return CParser


@cache
def _pure_parser() -> Callable[[str], Any]:
    """PyYAML's own parser, made to agree with libyaml where the two differ."""
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner, ScannerError
    from yaml.tokens import ScalarToken, TagToken

    from .pure_yaml import LikeLibyaml

    class PureParser(LikeLibyaml, Reader, Scanner, Parser):
        error, text_token, tag_token = ScannerError, ScalarToken, TagToken

        def __init__(self, text: str) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)

    return PureParser
