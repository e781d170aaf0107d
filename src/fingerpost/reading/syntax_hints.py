"""Guess the likely cause of a YAML syntax error, as a message and a hint for the author.

A parser reports what it expected, in its own words and often lines too late. The causes are few:
a quotation mark that is not closed, a colon in a text, a wrong indentation. The heuristics run only
on a file that is known to be wrong, and look only at the text around the error.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..model.base import Frozen

UNREADABLE = "FP001"
"""The file cannot be read as YAML; the message names the likely cause."""

YAML_FEATURE = "FP004"
"""An anchor, an alias or a tag, which are not supported."""


class Cause(Frozen):
    """The likely cause of an error: ``text[start:end]`` is its place, ``hint`` the correction."""

    message: str
    start: int
    end: int
    hint: str
    code: str = UNREADABLE


class Stuck(Frozen):
    """The state of the parser at an error. All numbers are offsets into ``text``, from 0.

    ``at`` is where it stopped, and ``since`` the start of what it was reading (None if unknown).
    Everything before ``unread`` was read without an error. ``last`` is the half-open range of the
    last text read. ``bracket`` is the innermost ``[`` or ``{`` that is open at ``unread``, or None.
    """

    text: str
    at: int
    since: int | None
    unread: int
    last: tuple[int, int]
    bracket: int | None

    @property
    def character(self) -> str:
        """The character that stopped the parser; empty at the end of the file."""
        return self.text[self.at : self.at + 1]

    @property
    def first(self) -> int:
        """The first word at or after ``unread``."""
        gap = _GAP.match(self.text, self.unread)
        return gap.end() if gap else self.unread

    @property
    def quote(self) -> int | None:
        """The opening quotation mark of the text in which the parser stopped, or None."""
        since = self.since
        inside = since is not None and since >= self.unread and self.text[since] in "\"'"
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

    def indent(self, index: int) -> int:
        """How far in the line of this place begins."""
        start = self.line_start(index)
        return len(self.text) - start - len(self.text[start:].lstrip(" "))


QUOTE_IT = "put the whole text in quotation marks"

_GAP = re.compile(r"(?:[\s,]|(?<![^\s])#[^\n]*|[:?-](?=\s|\Z))*+")
"""White space, comments, and the indicators between one text and the next."""

_GLUED_COLON = re.compile(r" *+(?:- +)*+[^\s:#\"'\[{][^\s:]*(:)(?=[^ \n/])")
"""The start of a line, up to where the key's colon should be."""

_KEY_AND_TEXT = re.compile(r" *+(?:- +)*+[^\s#][^:#]*:\s")

_WORDS = re.compile(
    r"""(?P<feature>[&*!]) | \s++
    | "(?:[^"\\]|\\.)*+"? | '[^']*'?  # a quoted text, even an open one
    | \#[^\n]* | [-?:](?=[\s&*!])
    | [^\s,\[\]{}&*!"'\#] (?:(?!:\s|\ \#)[^\n,\[\]{}])*+ :?  # a plain one
    | .""",
    re.VERBOSE | re.DOTALL,
)
"""A rough YAML tokeniser."""

_WORD = re.compile(r"[^\s,\]}]+")
_NEXT_LINE_IS_KEY_OR_ITEM = re.compile(r"\n *(?:- |[\w-]+:(?=\s))")


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
    word = _WORD.match(text, start)
    return Cause(
        f"YAML takes this {text[start]} for {what}, which has no use here",
        start,
        word.end() if word else start + 1,
        f"if a text begins with {text[start]}, {QUOTE_IT}; if not, write out what it stands for",
        YAML_FEATURE,
    )


def short(text: str) -> str:
    """The start of a text, enough to recognise it."""
    text = " ".join(text[:200].split())
    return text if len(text) <= 40 else text[:39] + "…"


# --- the heuristics, one for each cause ----------------------------------------------------------


def _feature(stuck: Stuck) -> Cause | None:
    """``*bold*``, ``& more`` or ``!important``: the first in the unread text."""
    end = stuck.at + 1 if stuck.quote is None else stuck.quote
    for word in _WORDS.finditer(stuck.text, stuck.first, end):
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


def _quote(stuck: Stuck) -> Cause | None:
    """A quotation mark that is not closed, or only by a later opening one; or text after it."""
    text, (start, end) = stuck.text, stuck.last
    if stuck.quote is not None:
        return _open_quote(stuck, stuck.quote)
    if text[start : start + 1] not in ('"', "'") or end > stuck.at or text[end : stuck.at].strip():
        return None
    if _NEXT_LINE_IS_KEY_OR_ITEM.search(text, start, end):
        return _open_quote(stuck, start)
    if stuck.character in (":", "]", "}", ""):
        return None
    if text[start] == "'" and stuck.at == end:
        hint = "write '' for an apostrophe, or put the text in double quotation marks"
    elif stuck.at == end and text[stuck.at : stuck.line_end(end)].rstrip().endswith('"'):
        hint = r"write \" for each quotation mark inside the text"
    else:
        other = "'" if text[start] == '"' else '"'
        hint = f"{QUOTE_IT}, with {other} before and after it"
    return Cause("the text goes on after its closing quotation mark", stuck.at, stuck.at + 1, hint)


def _open_quote(stuck: Stuck, start: int) -> Cause:
    mark = stuck.text[start]
    return Cause(
        f"the quotation mark {mark} that opens here is not closed",
        start,
        stuck.line_end(start),
        f"write {mark} where the text ends"
        + ("; a text with an apostrophe goes in double quotation marks" if mark == "'" else ""),
    )


def _first_character(stuck: Stuck) -> Cause | None:
    """A text that begins with a character that YAML reserves."""
    at = stuck.at if stuck.character == "?" else stuck.first
    character = stuck.text[at : at + 1]
    if character in ("|", ">"):
        hint = f"{QUOTE_IT}; or begin it in the next line, further in than this one"
        return Cause(f"no text may follow {character} in its line", at, at + 1, hint)
    if character in ("?", "@", "`", "%"):
        return Cause(f"a text may not begin with {character}", at, at + 1, QUOTE_IT)
    return None


def _bracket(stuck: Stuck) -> Cause | None:
    """A bracket that is not closed, that closes nothing, or with which a text begins."""
    at, opened = stuck.at, stuck.bracket
    if opened is None and stuck.since == stuck.first and stuck.text[stuck.first] in "[{":
        opened = stuck.first
    if opened is not None:
        below = stuck.line_start(at) > opened and stuck.indent(at) <= stuck.indent(opened)
        if below or stuck.bracket is None or not stuck.text[at:].strip():
            mark = stuck.text[opened]
            closing = {"[": "]", "{": "}"}[mark]
            hint = f"write {closing} where it ends; or, if a text begins with {mark}, {QUOTE_IT}"
            return Cause(f"the {mark} that opens here is not closed", opened, opened + 1, hint)
        if stuck.line_start(at) > opened and stuck.character != "-":
            hint = "put a comma at the end of the line above"
            return Cause("a comma is missing before this line", at, at + 1, hint)
        if stuck.character == ":":
            hint = f"{QUOTE_IT}; or is a comma missing before the key?"
            return Cause("this colon stands inside a text", at, at + 1, hint)
    elif stuck.character in ("]", "}"):
        hint = f"delete it, or {QUOTE_IT}"
        return Cause(f"this {stuck.character} closes nothing", at, at + 1, hint)
    elif stuck.head.rstrip(" ").endswith(("]", "}")):
        hint = f"{QUOTE_IT}: YAML takes a bracket at its start for a list or keys"
        return Cause("the text goes on after its closing bracket", at, at + 1, hint)
    return None


def _colon(stuck: Stuck) -> Cause | None:
    """A colon where no key can end, or a line that should be ``key: text`` and has none."""
    if stuck.character == ":" and not stuck.head.strip(" -"):
        hint = f"write a key before it; or, if it is a text, {QUOTE_IT}"
        return Cause("there is no key before this colon", stuck.at, stuck.at + 1, hint)
    if stuck.since == stuck.first and stuck.bracket is None:
        return _nearly_key(stuck, stuck.first)
    if stuck.character != ":":
        return None
    start = stuck.last[0]
    if _KEY_AND_TEXT.match(stuck.head):
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


def _nearly_key(stuck: Stuck, start: int) -> Cause:
    """``title:A picture``, ``title``, or ``-text`` where a list was meant."""
    beginning, end = stuck.line_start(start), stuck.line_end(start)
    if stuck.text.startswith("-", start):
        hint = "write “- ” before the text"
        return Cause("there is no space after this dash", start, start + 1, hint)
    if glued := _GLUED_COLON.match(stuck.text, beginning, end):
        message, hint = "there is no space after this colon", "write a space after the colon"
        return Cause(message, *glued.span(1), hint)
    return Cause(
        f"there is no colon after “{short(stuck.text[start:end])}”",
        start,
        end,
        "write “key: text”; text that goes on from the line above is further in than its key"
        if stuck.text[end:].strip()
        else "was the file cut short here?",
    )


def _place(stuck: Stuck) -> Cause | None:
    """A dash outside a list, a line without a dash in one, or one that is level with no other."""
    at = stuck.at
    if stuck.character == "-":
        if _KEY_AND_TEXT.match(stuck.head):
            hint = "begin the list in the next line; or, if it is a text, put it in quotation marks"
            return Cause("no list may begin in the line of its key", at, at + 1, hint)
        hint = "line it up with the other items of its list, under their key"
        return Cause("this item stands where no list is", at, at + 1, hint)
    if stuck.since is not None and stuck.text.startswith("-", stuck.since):
        message = "this line is level with a list and does not begin with “- ”"
        hint = "begin it with “- ”, or line it up with what it belongs to"
        return Cause(message, at, stuck.line_end(at), hint)
    if stuck.head.strip(" ") or not stuck.character:
        return None
    hint = "line it up with what it belongs to; use the same number of spaces"
    return Cause("this line is level with no line above it", at, stuck.line_end(at), hint)


_GUESSES: tuple[Callable[[Stuck], Cause | None], ...] = (
    _feature,
    _backslash,
    _quote,
    _first_character,
    _bracket,
    _colon,
    _place,
)
