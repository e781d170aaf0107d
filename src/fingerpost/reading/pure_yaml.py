"""Where PyYAML's pure Python scanner differs from libyaml, and how to make it agree.

A file must mean the same on a machine that has no C parser. The differences were found by reading
millions of small broken files with both.
"""

from __future__ import annotations

import re
from typing import Any

from .syntax_hints import STRING

_WORD = re.compile(r"(?:[^ \n\0:]|:(?![ \n\0]))*")
_WORD_IN_BRACKETS = re.compile(r"(?:[^ \n\0:,\[\]{}]|:(?![ \n\0,?\[\]{}]))*")
_BAD_COLON = re.compile(r":[,?\[\]{}]")
_BLOCK_HEADER = re.compile(r"[+-][1-9]?|[1-9][+-]?|")
_DIRECTIVE = re.compile(r"%(?:YAML +\d{1,9}\.\d{1,9}|TAG +![\w-]*!? +\S+) *(?:#.*)?[\n\0]")
_URI = r"(?:[\w;/?:@&=+$.!~*'()-]|%[\da-fA-F]{2})"
_TAG = re.compile(
    r"(?P<tag>!<(?:[\w;/?:@&=+$.!~*'(),\[\]-]|%[\da-fA-F]{2})+>"
    rf"|(?P<handle>![\w-]*!){_URI}+|!(?![\w-]*!){_URI}*)(?:(?P<comma>,)|[ \n\0])",
    re.ASCII,
)


def _found(pattern: re.Pattern[str], text: str, at: int) -> str:
    """What a pattern finds at a place: nothing, at least."""
    found = pattern.match(text, at)
    return found[0] if found else ""


class LikeLibyaml:
    """What libyaml's scanner does and PyYAML's own does otherwise.

    In brackets a text may hold ``?``, and ``a:,`` is an error. A comment may follow ``|`` at once.
    A code such as ``"\\ud800"`` stands for nothing. A list or map that is left open in the first
    column is an error at its start. Tags and directives end where libyaml says.

    It stands before PyYAML's own classes in the list of bases, and borrows their words.
    """

    error: type[Exception]
    text_token: type[Any]
    tag_token: type[Any]

    def scan_plain(self: Any) -> Any:
        pieces: list[str] = []
        spaces: list[str] = []
        start = end = self.get_mark()
        below = self.indent + 1
        while self.peek() != "#":
            length = self.word_length(start)
            if not length:
                break
            self.allow_simple_key = False
            pieces += [*spaces, self.prefix(length)]
            self.forward(length)
            end = self.get_mark()
            spaces = self.scan_plain_spaces(below, start) or []
            if not spaces or (not self.flow_level and self.column < below):
                break
        return self.text_token("".join(pieces), True, start, end)

    def word_length(self: Any, start: Any) -> int:
        """How many characters follow that can only be text."""
        word = _WORD_IN_BRACKETS if self.flow_level else _WORD
        length = len(_found(word, self.buffer, self.pointer))
        if self.flow_level and _BAD_COLON.match(self.buffer, self.pointer + length):
            self.forward(length)
            raise self.error("while scanning a plain scalar", start, "a colon", self.get_mark())
        return length

    def scan_block_scalar_indicators(self: Any, start: Any) -> tuple[bool | None, int | None]:
        header = _found(_BLOCK_HEADER, self.buffer, self.pointer)
        self.forward(len(header))
        digit = header.strip("+-")
        return None if header == digit else "+" in header, int(digit) if digit else None

    def fetch_stream_end(self: Any) -> None:
        for key in self.possible_simple_keys.values():
            if key.required:
                raise self.error("while scanning a simple key", key.mark, "end", self.get_mark())
        super().fetch_stream_end()  # type: ignore[misc]  # PyYAML's scanner comes next

    def fetch_directive(self: Any) -> None:
        if not _DIRECTIVE.match(self.buffer, self.pointer):
            mark = self.get_mark()
            raise self.error("while scanning a directive", mark, "not known", mark)
        super().fetch_directive()  # type: ignore[misc]  # PyYAML's scanner comes next

    def fetch_double(self: Any) -> None:
        string = STRING().match(self.buffer, self.pointer)
        if string and self.buffer.startswith("\\", string.end()):
            start = self.get_mark()
            self.forward(string.end() - self.pointer)
            raise self.error("while scanning a quoted scalar", start, "a code", self.get_mark())
        super().fetch_double()  # type: ignore[misc]  # PyYAML's scanner comes next

    def scan_tag(self: Any) -> Any:
        tag, start = _TAG.match(self.buffer, self.pointer), self.get_mark()
        if not tag or (tag["comma"] and not self.flow_level):
            raise self.error("while scanning a tag", start, "an odd tag", start)
        self.forward(tag.end("tag") - self.pointer)
        return self.tag_token((tag["handle"], tag["tag"]), start, self.get_mark())
