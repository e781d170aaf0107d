"""Decode a file to clean text: UTF-8, without tabs, control and invisible characters.

Each step reports its mistakes and passes on all that it could read, so that the rest of the file is
checked in the same run.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from ..model.diagnostics import Diagnostic, Related, Span
from . import forbidden_characters
from .folders import LARGEST
from .forbidden_characters import later

NOT_UTF8 = "FP002"
"""The bytes are not UTF-8: the file was saved in another encoding."""

BAD_CHARACTER = "FP005"
"""An invisible, control or direction character."""

TAB = "FP006"
"""A tab, or an indentation with other spaces than U+0020, which is YAML's only one."""

TOO_LARGE = "FP009"
"""More than ``LARGEST`` bytes, too many values, or ``MOST_MISTAKES`` mistakes."""

MOST_MISTAKES = 1_000
"""The most mistakes of a file; then reading stops."""


# --- mistakes ------------------------------------------------------------------------------------


class EnoughError(Exception):
    """Reading stops here; the reason has been reported."""


class Mistakes:
    """Collects the mistakes of one file."""

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
    ) -> None:
        """Add a mistake. Raises ``EnoughError`` when there are ``MOST_MISTAKES``."""
        self._found.append(Diagnostic(code, message, span, hint=hint, related=related))
        if len(self._found) == MOST_MISTAKES:
            message = f"{MOST_MISTAKES:,} mistakes up to here; what follows was not read"
            self._found.append(Diagnostic(TOO_LARGE, message, span, hint="is this the right file?"))
            raise EnoughError

    def in_order(self) -> tuple[Diagnostic, ...]:
        """All mistakes, in order of place."""
        return tuple(sorted(self._found, key=lambda mistake: mistake.order))

    def has(self, codes: Collection[str], line: int) -> bool:
        """Whether one of these codes has been reported in this line."""
        return any(each.span.line == line and each.code in codes for each in self._found)


class Ruler:
    """Converts offsets into a text, in ascending order, to lines and columns from 1."""

    def __init__(self, text: str, index: int = 0, line: int = 1, column: int = 1) -> None:
        self._text = text
        self._index = index
        self._line = line
        self._line_start = index - (column - 1)

    def place(self, index: int) -> tuple[int, int]:
        """Line and column of ``text[index]``; ``index`` may not be less than the last one."""
        breaks = self._text.count("\n", self._index, index)
        if breaks:
            self._line += breaks
            self._line_start = self._text.rfind("\n", self._index, index) + 1
        self._index = index
        return self._line, index - self._line_start + 1


# --- bytes to text -------------------------------------------------------------------------------

_SAVE_AS_UTF8 = "save as UTF-8 (in Notepad: Save as, then Encoding: UTF-8)"

_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
"""The byte order marks of UTF-16 and UTF-32."""


def _windows(byte: int) -> str:
    """The Windows-1252 character of a byte."""
    return bytes([byte]).decode("cp1252", "ignore") or "¤"


def decode(data: bytes, mistakes: Mistakes) -> str | None:
    """The text, with line feeds as line breaks; None if the file is too large or UTF-16.

    Bytes that are not UTF-8 are read as Windows-1252, the most likely encoding, so that the rest of
    the file is checked in the same run.
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
        return lines(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = lines(data[: error.start].decode("utf-8"))
        byte, (line, column) = data[error.start], Ruler(before).place(len(before))
        mistakes.add(
            NOT_UTF8,
            f"the file is not UTF-8; here, for one, is the byte {byte:#04x}, "
            f"which may stand for “{_windows(byte)}”",
            Span(mistakes.file, line, column, line, column + 1),
            _SAVE_AS_UTF8,
        )
        return readable(data)


def readable(data: bytes) -> str:
    """The text of any file, to be shown beside its mistakes: as in their columns, each byte that is
    not UTF-8 is one character."""
    try:
        return lines(data.decode("utf-8"))
    except UnicodeDecodeError:
        meant = {0xDC00 + byte: _windows(byte) for byte in range(0x80, 0x100)}
        return lines(data.decode("utf-8", "surrogateescape").translate(meant))


def lines(text: str) -> str:
    """A text without a byte order mark, and with line feeds as line breaks."""
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _every_other_byte_is_zero(data: bytes) -> bool:
    """Whether bytes look like UTF-16, even without a byte order mark."""
    half = len(data) / 2 or 1
    few, many = sorted((data[::2].count(0) / half, data[1::2].count(0) / half))
    return few < 0.6 < many


# --- text to clean text --------------------------------------------------------------------------

_SUSPECT = later(
    rf"(?P<indentation>^ *[{forbidden_characters.ODD_SPACES}][ {forbidden_characters.ODD_SPACES}]*)"
    r"|(?P<tab>\t+)"
    rf"|(?P<refused>{forbidden_characters.REFUSED}+)"
    rf"|(?P<joiner>{forbidden_characters.LONELY_JOINER})",
    re.MULTILINE,
)

_ANYTHING_SUSPECT = re.compile(
    f"[{forbidden_characters.ODD_SPACES}{forbidden_characters.JOINERS}{forbidden_characters.REFUSED[1:]}"
)

_BEYOND_SUSPICION = bytes([ord("\n"), *range(ord(" "), 0x7F)])
"""The bytes of nearly all characters. To search only the rest with a pattern takes a twentieth of
the time."""

HOLE = "\ufdd0"
"""The replacement of a refused character, one for one, so that columns stay right. It is itself
refused, so that no text holds it."""


class CharacterFilter:
    """Reports every refused character, and replaces it by a harmless one.

    ``guessed_from`` is the first line whose indentation or end is a guess (0 if there is none),
    ``holes`` are the lines with a replaced character.
    """

    def __init__(self, mistakes: Mistakes) -> None:
        self.guessed_from = 0
        self.holes: set[int] = set()
        self._mistakes = mistakes
        self._indented: list[Span] = []
        self._ruler = Ruler("")

    def clean(self, text: str) -> str:
        """The text for the parser, of the same length."""
        rest = text.encode("utf-8", "surrogatepass").translate(None, _BEYOND_SUSPICION)
        if not _ANYTHING_SUSPECT.search(rest.decode("utf-8", "surrogatepass")):
            return text
        self._ruler = Ruler(text)
        text = _SUSPECT().sub(self._replace, text)
        self._report_indentation()
        return text

    def explains(self, line: int) -> bool:
        """Whether a replaced character explains a syntax error in this line."""
        return 0 < self.guessed_from <= line or line in self.holes

    def _replace(self, found: re.Match[str]) -> str:
        piece = found[0]
        line, column = self._ruler.place(found.start())
        span = Span(self._mistakes.file, line, column, line, column + len(piece))
        if found["indentation"]:
            self._guess(line)
            self._indented.append(span)
            if len(self._indented) == MOST_MISTAKES:
                self._report_indentation()
                raise EnoughError
            return " " * len(piece)
        if found["tab"]:
            self._mistakes.add(TAB, "a tab stands in this line", span, "use the space bar")
            return " " * len(piece)
        message, hint = forbidden_characters.describe(piece[0])
        self._mistakes.add(BAD_CHARACTER, message, span, hint)
        self.holes.add(line)
        if piece.strip(forbidden_characters.LINE_BREAKS) != piece:
            self._guess(line)
        return HOLE * len(piece)

    def _guess(self, line: int) -> None:
        self.guessed_from = self.guessed_from or line

    def _report_indentation(self) -> None:
        """Report the tabs of all indentations as one mistake."""
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
