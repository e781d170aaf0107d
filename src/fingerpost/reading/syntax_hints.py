"""Guess the likely cause of a YAML syntax error, as a message and a hint for the author.

A parser reports what it expected, in its own words and often lines too late. The causes are few:
a quotation mark that is not closed, a colon in a text, a wrong indentation. The heuristics run only
on a file that is known to be wrong, and look only at the text around the error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from ..model.base import Frozen
from .forbidden_characters import later


class Kind(StrEnum):
    """The group of mistakes that a cause belongs to."""

    SYNTAX = "syntax"
    FEATURE = "a feature of YAML that has no use here"
    KEY = "a key that is not plain text"


class Cause(Frozen):
    """The likely cause of an error: ``text[start:end]`` is its place, ``hint`` the correction."""

    message: str
    start: int
    end: int
    hint: str
    kind: Kind = Kind.SYNTAX


class Stuck(Frozen):
    """The state of the parser at an error. All numbers are offsets into ``text``, from 0.

    ``at`` is where it stopped, and ``since`` the start of what it was reading (None if unknown).
    Everything before ``unread`` was read without an error, and ``first`` is the first word after
    it. ``last`` is the half-open range of the last text read. ``bracket`` is the innermost ``[``
    or ``{`` that is open at ``unread``, or None.
    """

    text: str
    at: int
    since: int | None
    unread: int
    first: int
    last: tuple[int, int]
    bracket: int | None

    @property
    def character(self) -> str:
        """The character that stopped the parser; empty at the end of the file."""
        return self.text[self.at : self.at + 1]

    @property
    def quote(self) -> int | None:
        """The opening quotation mark of the text in which the parser stopped, or None."""
        since = self.since
        inside = since is not None and since >= self.unread and _is_quote(self.text, since)
        return since if inside else None

    @property
    def head(self) -> str:
        """The text before the stop in its line."""
        return self.text[self.line_start(self.at) : self.at]

    def line_start(self, index: int) -> int:
        """The start of the line of this place."""
        return self.text.rfind("\n", 0, index) + 1

    def line_end(self, index: int) -> int:
        """The end of the line of this place, before its line break."""
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end

    def line(self, index: int) -> str:
        """The whole line of this place."""
        return self.text[self.line_start(index) : self.line_end(index)]

    def nothing_after(self, index: int) -> bool:
        """Whether only empty lines follow this place."""
        return not self.text[index:].strip()


QUOTE_IT = "put the whole text in quotation marks"

_GAP = later(r"(?:[\s,]|(?<![^\s])#[^\n]*|[:?-](?=\s|\Z))*+")
"""White space, comments, and the indicators between one text and the next."""

_KEY = r" *+(?:- +)*+[^\s:#\"'\[{][^\s:]*"
"""The start of a line, up to where the key's colon should be."""

_GLUED_COLON = later(_KEY + r"(:)(?=[^ \n/])")
_KEY_AND_TEXT = later(r" *+(?:- +)*+[^\s#][^:#]*:\s")

_DIRECTIVE = later(r"^%.*", re.MULTILINE)

_WORDS = later(
    r"""(?P<feature>[&*!]) | \s++
    | "(?:[^"\\]|\\.)*+"? | '[^']*'?  # a quoted text, even an open one
    | \#[^\n]* | [-?:](?=[\s&*!])
    | [^\s,\[\]{}&*!"'\#] (?:(?!:\s|\ \#)[^\n,\[\]{}])*+ :?  # a plain one
    | .""",
    re.VERBOSE | re.DOTALL,
)
"""A rough YAML tokeniser."""

_WORD = later(r"[^\s,\]}]+")
_NEXT_LINE_IS_KEY_OR_ITEM = later(r"\n *(?:- |[\w-]+:(?=\s))")


def first_word(text: str, unread: int) -> int:
    """The offset of the first word at or after ``unread``."""
    gap = _GAP().match(text, unread)
    return gap.end() if gap else unread


def likely_cause(stuck: Stuck) -> Cause:
    """The result of the first heuristic that applies, the most certain first."""
    for guess in _GUESSES:
        cause = guess(stuck)
        if cause is not None:
            return cause
    return Cause(
        "this line cannot be read as YAML",
        stuck.at,
        stuck.line_end(stuck.at),
        "look at the colons, quotation marks and spaces here and in the line above",
    )


def feature(text: str, start: int) -> Cause:
    """A text that begins with ``&``, ``*`` or ``!``, which YAML reads as an indicator."""
    what = {"&": "an anchor", "*": "an alias", "!": "a tag"}[text[start]]
    word = _WORD().match(text, start)
    return Cause(
        f"YAML takes this {text[start]} for {what}, which has no use here",
        start,
        word.end() if word else start + 1,
        f"if a text begins with {text[start]}, {QUOTE_IT}; if not, write out what it stands for",
        Kind.FEATURE,
    )


def glued_dash(start: int) -> Cause:
    """``-text``, where a list was meant."""
    hint = "write “- ” before the text"
    return Cause("there is no space after this dash", start, start + 1, hint)


def glued_key(key: str) -> tuple[str, str]:
    """``{say:"Yes"}`` or ``{route:childline}``, which YAML reads as a key without a value."""
    return (
        f"to YAML “{short(key)}” is a key without a value",
        f"write a space after the colon; or, if it is a text that begins with {{, {QUOTE_IT}",
    )


def short(text: str) -> str:
    """The start of a text, enough to recognise it."""
    text = " ".join(text[:200].split())
    return text if len(text) <= 40 else text[:39] + "…"


# --- the heuristics, one for each cause ----------------------------------------------------------


def _directive(stuck: Stuck) -> Cause | None:
    """A line that begins with ``%``."""
    if stuck.quote is not None:
        return None
    line = _DIRECTIVE().search(stuck.text, stuck.unread, stuck.at + 1)
    if line is None:
        return None
    return directive(stuck.text, line.start())


def directive(text: str, start: int) -> Cause:
    """A line such as ``%YAML 1.1``."""
    end = text.find("\n", start)
    return Cause(
        "a line that begins with % speaks to a YAML program, and has no use here",
        start,
        len(text) if end < 0 else end,
        "delete the line",
        Kind.FEATURE,
    )


def _feature(stuck: Stuck) -> Cause | None:
    """``*bold*``, ``& more`` or ``!important``: the first in the unread text."""
    end = stuck.at + 1 if stuck.quote is None else stuck.quote
    for word in _WORDS().finditer(stuck.text, stuck.first, end):
        if word["feature"]:
            return feature(stuck.text, word.start())
    return None


def _backslash(stuck: Stuck) -> Cause | None:
    """An escape in double quotation marks that YAML does not know, or for no letter."""
    since = max(stuck.quote or stuck.at, stuck.at - len("\\U00110000"))
    start = stuck.text.rfind("\\", since, stuck.at + 1)
    if stuck.quote is None or start < 0 or stuck.text.startswith("\\\n", start):
        return None
    return Cause(
        "in double quotation marks a backslash begins a code, and this is none",
        start,
        start + 2,
        r"write \\ for one backslash, or put the text in single quotation marks",
    )


def _open_quote(stuck: Stuck) -> Cause | None:
    """A quotation mark that is not closed, or only by a later opening one."""
    text, (start, end) = stuck.text, stuck.last
    if stuck.quote is not None:
        start = stuck.quote
    elif not (_just_after_quoted(stuck) and _NEXT_LINE_IS_KEY_OR_ITEM().search(text, start, end)):
        return None
    mark = text[start]
    return Cause(
        f"the quotation mark {mark} that opens here is not closed",
        start,
        stuck.line_end(start),
        f"write {mark} where the text ends"
        + ("; a text with an apostrophe goes in double quotation marks" if mark == "'" else ""),
    )


def _after_quote(stuck: Stuck) -> Cause | None:
    """Text after the closing quotation mark."""
    text, (start, end) = stuck.text, stuck.last
    if not _just_after_quoted(stuck) or stuck.character in (":", "]", "}", ""):
        return None
    if stuck.bracket is not None and _is_quote(text, stuck.at):
        return _missing_comma(end)
    if text[start] == "'" and stuck.at == end:
        hint = "write '' for an apostrophe, or put the text in double quotation marks"
    else:
        other = "'" if text[start] == '"' else '"'
        hint = f"{QUOTE_IT}, with {other} before and after it"
    return Cause("the text goes on after its closing quotation mark", stuck.at, stuck.at + 1, hint)


def _is_quote(text: str, index: int) -> bool:
    return text[index : index + 1] in ('"', "'")


def _just_after_quoted(stuck: Stuck) -> bool:
    """Whether the parser stopped after a quoted text in the same line."""
    start, end = stuck.last
    between = stuck.text[end : stuck.at]
    return _is_quote(stuck.text, start) and end <= stuck.at and not between.strip(" ")


def _first_character(stuck: Stuck) -> Cause | None:
    """A text that begins with a character that YAML reserves."""
    at = stuck.at if stuck.character == "?" else stuck.first
    character = stuck.text[at : at + 1]
    if character in ("|", ">"):
        hint = f"{QUOTE_IT}; or begin it in the next line, further in than this one"
        return Cause(f"no text may follow {character} in its line", at, at + 1, hint)
    if character in ("?", "@", "`", "%"):
        kind = Kind.KEY if character == "?" else Kind.SYNTAX
        return Cause(f"a text may not begin with {character}", at, at + 1, QUOTE_IT, kind)
    return None


def _in_brackets(stuck: Stuck) -> Cause | None:
    """Inside brackets: not closed, closed by the wrong one, or a comma is missing."""
    if stuck.bracket is None:
        return None
    line = stuck.line_start(stuck.at)
    if line > stuck.bracket and _indent(stuck.line(stuck.at)) <= _indent(stuck.line(stuck.bracket)):
        return _open_bracket(stuck, stuck.bracket)
    if stuck.nothing_after(stuck.at):
        return _open_bracket(stuck, stuck.bracket)
    if line > stuck.bracket and stuck.character != "-":
        return _missing_comma(len(stuck.text[:line].rstrip()) - 1)
    if stuck.character == ":":
        hint = f"{QUOTE_IT}; or is a comma missing before the key?"
        return Cause("this colon stands inside a text", stuck.at, stuck.at + 1, hint)
    return None


_CLOSING = {"[": "]", "{": "}"}


def _open_bracket(stuck: Stuck, bracket: int) -> Cause:
    mark = stuck.text[bracket]
    return Cause(
        f"the {mark} that opens here is not closed",
        bracket,
        bracket + 1,
        f"write {_CLOSING[mark]} where it ends; or, if a text begins with {mark}, {QUOTE_IT}",
    )


def _missing_comma(at: int) -> Cause:
    return Cause("a comma is missing after this", at, at + 1, "put a comma between the two")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _after_bracket(stuck: Stuck) -> Cause | None:
    """A text that begins with a bracket, such as ``{route:childline} can help``."""
    at, end = stuck.at, stuck.at + 1
    if stuck.character in ("]", "}"):
        return Cause(f"this {stuck.character} closes nothing", at, end, f"delete it, or {QUOTE_IT}")
    if stuck.head.rstrip(" ").endswith(("]", "}")):
        hint = f"{QUOTE_IT}: YAML takes a bracket at its start for a list or keys"
        return Cause("the text goes on after its closing bracket", at, end, hint)
    return None


def _colon(stuck: Stuck) -> Cause | None:
    """A colon where no key can end: in a text, or after a line that is wrong."""
    if stuck.character != ":":
        return None
    start = stuck.last[0]
    if _KEY_AND_TEXT().match(stuck.head):
        hint = f"{QUOTE_IT}, or begin a new line for the second key"
        return Cause("a second colon stands in this line", stuck.at, stuck.at + 1, hint)
    if stuck.line_start(stuck.at) <= start:
        return None
    key = stuck.head.strip(" -")
    if stuck.text[stuck.line_start(start) : start].strip(" -"):
        return Cause(
            f"“{short(key)}” is read as more of the text above it, because it is further in",
            stuck.at - len(key),
            stuck.at,
            f"line it up with the key above; or, if it is part of that text, {QUOTE_IT}",
        )
    return _nearly_key(stuck, start)


def _no_key(stuck: Stuck) -> Cause | None:
    """A colon without a key."""
    if stuck.character != ":" or stuck.head.rstrip(" -")[-1:] not in ("", "{", "[", ","):
        return None
    hint = f"write a key before it; or, if it is a text, {QUOTE_IT}"
    return Cause("there is no key before this colon", stuck.at, stuck.at + 1, hint, Kind.KEY)


def _no_colon(stuck: Stuck) -> Cause | None:
    """A line that should be ``key: text`` and has no valid colon."""
    start = stuck.first
    if stuck.since != start or stuck.bracket is not None:
        return None
    if stuck.text.startswith(("[", "{"), start):
        return _open_bracket(stuck, start)
    if stuck.text.startswith("-", start):
        return glued_dash(start)
    return _nearly_key(stuck, start)


def _nearly_key(stuck: Stuck, start: int) -> Cause:
    """``title:A picture``, ``title``."""
    beginning, end = stuck.line_start(start), stuck.line_end(start)
    if glued := _GLUED_COLON().match(stuck.text, beginning, end):
        message, hint = "there is no space after this colon", "write a space after the colon"
        return Cause(message, *glued.span(1), hint)
    return Cause(
        f"there is no colon after “{short(stuck.text[start:end])}”",
        start,
        end,
        "was the file cut short here?"
        if stuck.nothing_after(end)
        else "write “key: text”; text that goes on from the line above is further in than its key",
    )


def _place_in_list(stuck: Stuck) -> Cause | None:
    """A dash outside a list, or a line without a dash in one."""
    at = stuck.at
    if stuck.character == "-":
        if _KEY_AND_TEXT().match(stuck.head):
            hint = "begin the list in the next line; or, if it is a text, put it in quotation marks"
            return Cause("no list may begin in the line of its key", at, at + 1, hint)
        hint = "line it up with the other items of its list, under their key"
        return Cause("this item stands where no list is", at, at + 1, hint)
    if stuck.since is not None and stuck.text.startswith("-", stuck.since):
        return Cause(
            "this line is level with a list and does not begin with “- ”",
            at,
            stuck.line_end(at),
            "begin it with “- ”, or line it up with what it belongs to",
        )
    return None


def _indentation(stuck: Stuck) -> Cause | None:
    """An indentation that matches no line above."""
    if stuck.head.strip(" ") or not stuck.character:
        return None
    return Cause(
        "this line is level with no line above it",
        stuck.at,
        stuck.line_end(stuck.at),
        "line it up with what it belongs to; use the same number of spaces",
    )


_GUESSES: tuple[Callable[[Stuck], Cause | None], ...] = (
    _directive,
    _feature,
    _backslash,
    _open_quote,
    _after_quote,
    _first_character,
    _no_key,
    _in_brackets,
    _after_bracket,
    _no_colon,
    _colon,
    _place_in_list,
    _indentation,
)
