"""The characters that an author's file may not hold, with their messages.

Invisible, direction and control characters are refused. What a language needs is allowed: ZWJ and
ZWNJ in Persian, Hindi and emoji, LRM and RLM in Arabic with numbers, every letter of every
alphabet. (``model.sanitize`` makes any text safe to show.)
"""

from __future__ import annotations

import re

ODD_SPACES = "\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces other than U+0020, as a range of a pattern. All but the tab are allowed in a text; YAML
does not accept them as indentation."""

JOINERS = "\u200c\u200d"
"""ZWNJ and ZWJ: of no width, they change the shape of the letters beside them."""

LONELY_JOINER = f"(?<![^\0-\xbf\u2000-\u206f\u3000-\u303f])[{JOINERS}]"
"""A joiner that does not follow a non-ASCII letter, mark or sign. It has no effect there, and makes
equal words different."""

LINE_BREAKS = "\x0b\x0c\x85\u2028\u2029"
"""Line breaks in some programs and not in others."""

_CONTROLS = "\x00-\x09\x0b-\x1f\x7f-\x9f"
_TURNS = "\u202a-\u202e\u2066-\u2069"
_UNSEEN = "\xad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffc"
_LOST = "\ufffd"
_NONE = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_BEYOND = "\U000e0000-\U0010ffff"

REFUSED = f"[{_CONTROLS}{LINE_BREAKS}{_TURNS}{_UNSEEN}{_LOST}{_NONE}{_BEYOND}]"
"""What no text may hold, typed or escaped, in any quotation. Of the controls only the line feed is
allowed. (More than one range above U+FFFF would make the search ten times slower.)"""

_NAMES = (
    (
        LINE_BREAKS,
        "a line break that not every program sees",
        "delete it and press Enter",
    ),
    (
        _TURNS,
        "a character that turns the direction of the text round",
        "delete it: people would read something else than what is written",
    ),
    (
        _BEYOND,
        "a character that nobody can see",
        "delete it; the flags of England, Scotland and Wales hold some, so write the name instead",
    ),
    (
        _LOST,
        "a letter was lost here when the file was saved",
        "type it again, and save as UTF-8",
    ),
    (
        _UNSEEN + JOINERS,
        "a character that nobody can see",
        "delete it: it may have come with pasted text",
    ),
    (
        _NONE,
        "this stands for no letter",
        "type the letter itself",
    ),
    (
        _CONTROLS,
        "a control character",
        "delete it: it may have come with pasted text",
    ),
)


def describe(character: str) -> tuple[str, str]:
    """The message and the hint for a refused character."""
    message, hint = next(
        (message, hint) for group, message, hint in _NAMES if re.match(f"[{group}]", character)
    )
    return f"{message} (U+{ord(character):04X})", hint
