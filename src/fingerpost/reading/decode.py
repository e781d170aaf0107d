"""Decode a file to clean text: UTF-8, without tabs, control and invisible characters.

A file with any of these is read no further: what stands in it could mean something else.
"""

from __future__ import annotations

import re
from typing import NoReturn

from ..model.diagnostics import Diagnostic, Related, Span
from . import forbidden_characters
from .folders import LARGEST

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


class EnoughError(Exception):
    """Reading stops here; the reason has been reported."""


class Mistakes:
    """Collects the mistakes of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Diagnostic] = []

    def add(self, code: str, message: str, span: Span, hint: str = "", *related: Related) -> None:
        """Add a mistake. Raises ``EnoughError`` when there are ``MOST_MISTAKES``."""
        self.found.append(Diagnostic(code, message, span, hint=hint, related=related))
        if len(self.found) == MOST_MISTAKES:
            message = f"{MOST_MISTAKES:,} mistakes up to here; what follows was not read"
            self.stop(TOO_LARGE, message, span, "is this the right file?")

    def stop(self, code: str, message: str, span: Span, hint: str) -> NoReturn:
        """Add a mistake after which nothing more can be read. Raises ``EnoughError``."""
        self.found.append(Diagnostic(code, message, span, hint=hint))
        raise EnoughError


def place_of(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of ``text[index]``."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


# --- bytes to text -------------------------------------------------------------------------------

_SAVE_AS_UTF8 = "save as UTF-8 (in Notepad: Save as, then Encoding: UTF-8)"

_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
"""The byte order marks of UTF-16 and UTF-32."""


def _windows(byte: int) -> str:
    """The Windows-1252 character of a byte."""
    return bytes([byte]).decode("cp1252", "ignore") or "¤"


def decode(data: bytes, mistakes: Mistakes) -> str:
    """The text, with line feeds as line breaks. Raises ``EnoughError`` if the file is too large, or
    in another encoding."""
    top = Span.start_of(mistakes.file)
    if len(data) > LARGEST:
        size = f"{LARGEST // (1024 * 1024)} MB"
        mistakes.stop(TOO_LARGE, f"the file is larger than {size}", top, "make several files of it")
    if data.startswith(_WIDE) or data[:1024].count(0) > len(data[:1024]) / 3:
        mistakes.stop(NOT_UTF8, "the file is not UTF-8 but UTF-16", top, _SAVE_AS_UTF8)
    try:
        return lines(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = lines(data[: error.start].decode("utf-8"))
        byte, (line, column) = data[error.start], place_of(before, len(before))
        mistakes.stop(
            NOT_UTF8,
            f"the file is not UTF-8; here, for one, is the byte {byte:#04x}, "
            f"which may stand for “{_windows(byte)}”",
            Span(mistakes.file, line, column, line, column + 1),
            _SAVE_AS_UTF8,
        )


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


# --- text to clean text --------------------------------------------------------------------------

_SUSPECT = re.compile(
    rf"(?P<space>^ *[{forbidden_characters.ODD_SPACES}][ {forbidden_characters.ODD_SPACES}]*|\t+)"
    rf"|{forbidden_characters.REFUSED}+|{forbidden_characters.LONELY_JOINER}",
    re.MULTILINE,
)

_ANYTHING_SUSPECT = re.compile(
    f"[{forbidden_characters.ODD_SPACES}{forbidden_characters.JOINERS}{forbidden_characters.REFUSED[1:]}"
)

_BEYOND_SUSPICION = bytes([ord("\n"), *range(ord(" "), 0x7F)])
"""The bytes of nearly all characters. To search only the rest with a pattern takes a twentieth of
the time."""


def refuse_characters(text: str, mistakes: Mistakes) -> None:
    """Report every refused character of a text, and all its tabs as one mistake. Raises
    ``EnoughError`` if there is any."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _BEYOND_SUSPICION)
    if not _ANYTHING_SUSPECT.search(rest.decode("utf-8", "surrogatepass")):
        return
    space: re.Match[str] | None = None
    others = ""
    for found in _SUSPECT.finditer(text):
        if found["space"]:
            others = " and in others" if space else ""
            space = space or found
        else:
            message, hint = forbidden_characters.describe(found[0][0])
            mistakes.add(BAD_CHARACTER, message, _span(text, found, mistakes), hint)
    if space:
        message = f"a tab, or a space that YAML does not see, stands in this line{others}"
        hint = "use the space bar: two spaces for each step further in"
        mistakes.add(TAB, message, _span(text, space, mistakes), hint)
    if mistakes.found:
        raise EnoughError


def _span(text: str, found: re.Match[str], mistakes: Mistakes) -> Span:
    line, column = place_of(text, found.start())
    return Span(mistakes.file, line, column, line, column + len(found[0]))
