"""Where YAML gives up, what did the author most likely mean?

A parser says what it expected, in its own words and often lines too late. An author wants to
know which of the ordinary slips it was: a quotation mark that was never closed, a colon in a
text, a line that is too far in. This is guesswork, kept apart from the reading itself; it runs
only once a file is known to be wrong, and looks at the text around the place and at nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from ..model.base import Frozen
from .forbidden_characters import ODD_SPACES, later


class Kind(StrEnum):
    """Which group of mistakes a slip belongs to."""

    SYNTAX = "syntax"
    FEATURE = "a feature of YAML that has no use here"
    KEY = "a key that is not plain text"
    CHARACTER = "a character that may not stand in a text"


class Slip(Frozen):
    """What was most likely meant: ``text[start:end]`` is the place, ``hint`` what to do."""

    message: str
    start: int
    end: int
    hint: str
    kind: Kind = Kind.SYNTAX


class Stuck(Frozen):
    """A place where the parser gave up. All numbers are offsets into ``text``, from 0.

    ``at`` is where it stopped, and ``since`` where the thing began that it was reading (None if
    it does not say). Everything before ``unread`` was read without trouble, and ``first`` is
    where the first word after it begins. ``last`` is the last text that was read, from its first
    character to past its last. ``bracket`` is the innermost
    ``[`` or ``{`` that is still open at ``unread``, or None.
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
        """The quotation mark of the text in which the parser stopped, if it was in one."""
        since = self.since
        inside = since is not None and since >= self.unread and _is_quote(self.text, since)
        return since if inside else None

    @property
    def head(self) -> str:
        """What stands before the stop in its own line."""
        return self.text[self.line_start(self.at) : self.at]

    def line_start(self, index: int) -> int:
        """Where the line of this place begins."""
        return self.text.rfind("\n", 0, index) + 1

    def line_end(self, index: int) -> int:
        """Where the line of this place ends, before its line break."""
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end

    def line(self, index: int) -> str:
        """The whole line of this place."""
        return self.text[self.line_start(index) : self.line_end(index)]

    def nothing_after(self, index: int) -> bool:
        """Whether only empty lines follow this place."""
        return not self.text[index:].strip()


LONGEST_KEY = 1024
"""The most characters that YAML lets a key have, if it is to stand in one line."""

QUOTE_IT = "put the whole text in quotation marks"

_GAP = later(r"(?:[\s,]|(?<![^\s])#[^\n]*|[:?-](?=\s|\Z))*+")
"""White space, comments, and the marks between one text and the next."""

_KEY = r" *+(?:- +)*+[^\s:#\"'\[{][^\s:]*"
"""The beginning of a line, up to where the key's colon should be."""

_KEY_AND_TEXT = later(r" *+(?:- +)*+[^\s#][^:#]*:\s")

_COLONS = (
    (
        later(_KEY + f"(:[{ODD_SPACES}])"),
        "the space after this colon is not an ordinary space",
        "delete it and press the space bar",
    ),
    (
        later(_KEY + r"(:)(?=[^\s/])"),
        "there is no space after this colon",
        "write a space after the colon",
    ),
    (
        later(r" *+(?:- +)*+[^\s:#\"'\[{=][^\n:=：﹕]*([=：﹕])"),
        "this is not the colon that ends a key",
        "write a colon and a space after the key",
    ),
)
"""Lines that are nearly ``key: text``: how they look, what is wrong, what to do."""

_DIRECTIVE = later(r"^%.*", re.MULTILINE)

_WORDS = later(
    r"""(?P<feature>[&*!]) | \s++
    | "(?:[^"\\]|\\.)*+"? | '[^']*'?  # a quoted text, even an open one
    | \#[^\n]* | [-?:](?=[\s&*!])
    | [^\s,\[\]{}&*!"'\#] (?:(?!:\s|\ \#)[^\n,\[\]{}])*+ :?  # a plain one
    | .""",
    re.VERBOSE | re.DOTALL,
)
"""Text cut up roughly as YAML does."""

_WORD = later(r"[^\s,\]}]+")
_CONFLICT = later(r"(?:<{7}|={7}|>{7})(?: |\Z)")
_BLOCK_TEXT = later(r"[|>][\d+-]*\Z")
_NEXT_LINE_IS_KEY_OR_ITEM = later(r"\n *(?:- |[\w-]+:(?=\s))")

STRING = later(
    r'"(?:[^"\\\n]|\n(?!(?:---|\.\.\.)[\s\0])|\\(?:[0abt\tnvfre "/\\N_LP\n]|x[\da-fA-F]{2}'
    r"|u(?![dD][89a-fA-F])[\da-fA-F]{4}"
    r"|U00(?:0(?!0[dD][89a-fA-F])[\da-fA-F]|10)[\da-fA-F]{4}))*+"
)
"""A text in double quotation marks, up to its end or to the first backslash that YAML does not
know; where a backslash follows, it is that one."""

_NO_LETTER = later(r"\\(?:u[\da-fA-F]{4}|U[\da-fA-F]{8})")


def first_word(text: str, unread: int) -> int:
    """Where the first word stands that was not read."""
    gap = _GAP().match(text, unread)
    return gap.end() if gap else unread


def likely_cause(stuck: Stuck) -> Slip:
    """The first guess that fits, the surest first."""
    for guess in _GUESSES:
        slip = guess(stuck)
        if slip is not None:
            return slip
    return Slip(
        "this line cannot be read as YAML",
        stuck.at,
        stuck.line_end(stuck.at),
        "look at the colons, quotation marks and spaces here and in the line above",
    )


def feature(text: str, start: int) -> Slip:
    """A text that begins with ``&``, ``*`` or ``!``: YAML does not take it for text."""
    what = {"&": "an anchor", "*": "an alias", "!": "a tag"}[text[start]]
    word = _WORD().match(text, start)
    return Slip(
        f"YAML takes this {text[start]} for {what}, which has no use here",
        start,
        word.end() if word else start + 1,
        f"if a text begins with {text[start]}, {QUOTE_IT}; if not, write out what it stands for",
        Kind.FEATURE,
    )


def glued_dash(start: int) -> Slip:
    """``-text``, where a list was meant."""
    return Slip("there is no space after this dash", start, start + 1, "write “- ” before the text")


def glued_key(key: str) -> tuple[str, str]:
    """``{say:"Yes"}`` or ``{route:childline}``: to YAML a key that has no value."""
    return (
        f"to YAML “{short(key)}” is a key without a value",
        f"write a space after the colon; or, if it is a text that begins with {{, {QUOTE_IT}",
    )


def no_letter(code: str) -> tuple[str, str]:
    """``"\\ud83d"``: half a letter, as JSON writes emoji, or a number beyond the last letter."""
    return f"{code} stands for no letter", "type the letter itself"


def short(text: str) -> str:
    """Enough of a text to know it by."""
    text = " ".join(text[:200].split())
    return text if len(text) <= 40 else text[:39] + "…"


# --- the guesses, each for one kind of slip ------------------------------------------------------


def _directive(stuck: Stuck) -> Slip | None:
    """A line that begins with ``%``."""
    if stuck.quote is not None:
        return None
    line = _DIRECTIVE().search(stuck.text, stuck.unread, stuck.at + 1)
    if line is None:
        return None
    return directive(stuck.text, line.start())


def directive(text: str, start: int) -> Slip:
    """A line such as ``%YAML 1.1``."""
    end = text.find("\n", start)
    return Slip(
        "a line that begins with % speaks to a YAML program, and has no use here",
        start,
        len(text) if end < 0 else end,
        "delete the line",
        Kind.FEATURE,
    )


def _feature(stuck: Stuck) -> Slip | None:
    """``*bold*``, ``& more`` or ``!important``: the first in what was not read."""
    end = stuck.at + 1 if stuck.quote is None else stuck.quote
    for word in _WORDS().finditer(stuck.text, stuck.first, end):
        if word["feature"]:
            return feature(stuck.text, word.start())
    return None


def _conflict(stuck: Stuck) -> Slip | None:
    """What a version control program leaves where two people changed the same lines."""
    for place in (stuck.first, stuck.at, stuck.last[0]):
        if _CONFLICT().match(stuck.line(place)):
            return Slip(
                "here two versions of the file were never made one",
                stuck.line_start(place),
                stuck.line_end(place),
                "keep one of the two, and delete the lines of <, = and >",
            )
    return None


def _backslash(stuck: Stuck) -> Slip | None:
    """A backslash in double quotation marks that begins nothing YAML knows."""
    string = STRING().match(stuck.text, stuck.quote or stuck.first)
    start = string.end() if string else len(stuck.text)
    if stuck.text[start : start + 1] != "\\":
        return None
    code = _NO_LETTER().match(stuck.text, start)
    if code is not None:
        message, hint = no_letter(code[0])
        return Slip(message, *code.span(), hint, Kind.CHARACTER)
    return Slip(
        "in double quotation marks a backslash begins a code, and this is none",
        start,
        start + 2,
        r"write \\ for one backslash, or put the text in single quotation marks",
    )


def _open_quote(stuck: Stuck) -> Slip | None:
    """A quotation mark that nothing closes, or only the next one somewhere below."""
    text, (start, end) = stuck.text, stuck.last
    if stuck.quote is not None:
        start = stuck.quote
    elif not (_just_after_quoted(stuck) and _NEXT_LINE_IS_KEY_OR_ITEM().search(text, start, end)):
        return None
    mark = text[start]
    return Slip(
        f"the quotation mark {mark} that opens here is not closed",
        start,
        stuck.line_end(start),
        f"write {mark} where the text ends"
        + ("; a text with an apostrophe goes in double quotation marks" if mark == "'" else ""),
    )


def _after_quote(stuck: Stuck) -> Slip | None:
    """More text behind the closing quotation mark."""
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
    return Slip("the text goes on after its closing quotation mark", stuck.at, stuck.at + 1, hint)


def _is_quote(text: str, index: int) -> bool:
    return text[index : index + 1] in ('"', "'")


def _just_after_quoted(stuck: Stuck) -> bool:
    """Whether the last text was a quoted one and the parser stopped behind it in the same line."""
    start, end = stuck.last
    between = stuck.text[end : stuck.at]
    return _is_quote(stuck.text, start) and end <= stuck.at and not between.strip(" ")


def _first_character(stuck: Stuck) -> Slip | None:
    """A text that begins with a character that YAML keeps for itself."""
    at = stuck.at if stuck.character == "?" else stuck.first
    character = stuck.text[at : at + 1]
    if character in ("|", ">"):
        hint = f"{QUOTE_IT}; or begin it in the next line, further in than this one"
        return Slip(f"no text may follow {character} in its line", at, at + 1, hint)
    if character in ("?", "@", "`", "%"):
        kind = Kind.KEY if character == "?" else Kind.SYNTAX
        return Slip(f"a text may not begin with {character}", at, at + 1, QUOTE_IT, kind)
    return None


def _in_brackets(stuck: Stuck) -> Slip | None:
    """Inside ``[`` or ``{``: never closed, closed by the other one, or a comma is missing."""
    if stuck.bracket is None:
        return None
    line = stuck.line_start(stuck.at)
    if line > stuck.bracket and _indent(stuck.line(stuck.at)) <= _indent(stuck.line(stuck.bracket)):
        return _open_bracket(stuck, stuck.bracket)
    if stuck.nothing_after(stuck.at):
        return _open_bracket(stuck, stuck.bracket)
    at, end = stuck.at, stuck.at + 1
    match stuck.character:
        case "]" | "}" as closing:
            bracket = stuck.text[stuck.bracket]
            hint = f"close it with {_CLOSING[bracket]}"
            return Slip(f"a {bracket} is closed by a {closing} here", at, end, hint)
        case ",":
            return Slip("there is nothing before this comma", at, end, "delete the comma")
        case "-":
            hint = "write [one, two] with commas; or the lines with dashes, and no brackets"
            return Slip("inside brackets a list has no dashes", at, end, hint)
    if line > stuck.bracket:
        return _missing_comma(len(stuck.text[:line].rstrip()) - 1)
    if stuck.character == ":":
        hint = f"{QUOTE_IT}; or is a comma missing before the key?"
        return Slip("this colon stands inside a text", at, end, hint)
    return None


_CLOSING = {"[": "]", "{": "}"}


def _open_bracket(stuck: Stuck, bracket: int) -> Slip:
    mark = stuck.text[bracket]
    return Slip(
        f"the {mark} that opens here is not closed",
        bracket,
        bracket + 1,
        f"write {_CLOSING[mark]} where it ends; or, if a text begins with {mark}, {QUOTE_IT}",
    )


def _missing_comma(at: int) -> Slip:
    return Slip("a comma is missing after this", at, at + 1, "put a comma between the two")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _after_bracket(stuck: Stuck) -> Slip | None:
    """A text that begins with a bracket, such as ``{route:childline} can help``."""
    at, end = stuck.at, stuck.at + 1
    if stuck.character in ("]", "}"):
        return Slip(f"this {stuck.character} closes nothing", at, end, f"delete it, or {QUOTE_IT}")
    if stuck.head.rstrip(" ").endswith(("]", "}")):
        hint = f"{QUOTE_IT}: YAML takes a bracket at its start for a list or keys"
        return Slip("the text goes on after its closing bracket", at, end, hint)
    return None


def _colon(stuck: Stuck) -> Slip | None:
    """A colon where no key can end: in a text, or after a line that went wrong."""
    if stuck.character != ":":
        return None
    start = stuck.last[0]
    if _KEY_AND_TEXT().match(stuck.head):
        hint = f"{QUOTE_IT}, or begin a new line for the second key"
        return Slip("a second colon stands in this line", stuck.at, stuck.at + 1, hint)
    if stuck.line_start(stuck.at) <= start:
        if len(stuck.head) > LONGEST_KEY:
            hint = f"a key has at most {LONGEST_KEY:,} characters"
            return Slip("this key is too long", stuck.at, stuck.at + 1, hint)
        return None
    key = stuck.head.strip(" -")
    if stuck.text[stuck.line_start(start) : start].strip(" -"):
        return Slip(
            f"“{short(key)}” is read as more of the text above it, because it is further in",
            stuck.at - len(key),
            stuck.at,
            f"line it up with the key above; or, if it is part of that text, {QUOTE_IT}",
        )
    return _nearly_key(stuck, start)


def _no_key(stuck: Stuck) -> Slip | None:
    """A colon with nothing before it."""
    if stuck.character != ":" or stuck.head.rstrip(" -")[-1:] not in ("", "{", "[", ","):
        return None
    hint = f"write a key before it; or, if it is a text, {QUOTE_IT}"
    return Slip("there is no key before this colon", stuck.at, stuck.at + 1, hint, Kind.KEY)


def _no_colon(stuck: Stuck) -> Slip | None:
    """A line that should be ``key: text`` and has no colon that counts."""
    start = stuck.first
    if stuck.since != start or stuck.bracket is not None:
        return None
    if stuck.text.startswith(("[", "{"), start):
        return _open_bracket(stuck, start)
    if stuck.text.startswith("//", start):
        return Slip("a comment begins with # and not with //", start, start + 2, "write # instead")
    if stuck.text.startswith("-", start):
        return glued_dash(start)
    above = stuck.text[: stuck.line_start(start)].rstrip()
    if _BLOCK_TEXT().search(above, above.rfind("\n") + 1):
        return Slip(
            "this text is not further in than its key",
            start,
            stuck.line_end(start),
            "begin every line of the text two spaces further in than the line above it",
        )
    return _nearly_key(stuck, start)


def _nearly_key(stuck: Stuck, start: int) -> Slip:
    """``title:A picture``, ``title = A picture``, ``title``."""
    beginning, end = stuck.line_start(start), stuck.line_end(start)
    for wrong, message, hint in _COLONS:
        found = wrong().match(stuck.text, beginning, end)
        if found is not None:
            return Slip(message, *found.span(1), hint)
    return Slip(
        f"there is no colon after “{short(stuck.text[start:end])}”",
        start,
        end,
        "was the file cut short here?"
        if stuck.nothing_after(end)
        else "write “key: text”; text that goes on from the line above is further in than its key",
    )


def _place_in_list(stuck: Stuck) -> Slip | None:
    """A dash where there is no list, or a line without one in a list."""
    at = stuck.at
    if stuck.character == "-":
        if _KEY_AND_TEXT().match(stuck.head):
            hint = "begin the list in the next line; or, if it is a text, put it in quotation marks"
            return Slip("no list may begin in the line of its key", at, at + 1, hint)
        hint = "line it up with the other items of its list, under their key"
        return Slip("this item stands where no list is", at, at + 1, hint)
    if stuck.since is not None and stuck.text.startswith("-", stuck.since):
        return Slip(
            "this line is level with a list and does not begin with “- ”",
            at,
            stuck.line_end(at),
            "begin it with “- ”, or line it up with what it belongs to",
        )
    return None


def _indentation(stuck: Stuck) -> Slip | None:
    """A line that is level with nothing above it."""
    if stuck.head.strip(" ") or not stuck.character:
        return None
    if stuck.text.startswith(("|", ">"), stuck.last[0]) and stuck.last[1] >= stuck.unread:
        return Slip(
            "this line is further left than the text above that it goes on from",
            stuck.at,
            stuck.line_end(stuck.at),
            "line it up with the first line of that text",
        )
    return Slip(
        "this line is level with no line above it",
        stuck.at,
        stuck.line_end(stuck.at),
        "line it up with what it belongs to; use the same number of spaces",
    )


_GUESSES: tuple[Callable[[Stuck], Slip | None], ...] = (
    _directive,
    _feature,
    _conflict,
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
