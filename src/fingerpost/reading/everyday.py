"""YAML as people write it every day, read line by line with one pattern.

Nearly every file of a library is made of a few forms: ``key: some text``, ``- some text``, a key
or a dash with more below it, a short ``{map}`` or ``[list]`` within one line, a text that goes on
in the lines below, and comments. This reads those forms, and needs no YAML parser for them.

It is safe because it never guesses. A line must be one of the forms from its first character to
its last, and stand where its indentation has one meaning only; at the first doubt ``read`` gives
None, and the file is read with care (see ``source``). It knows no anchor, alias, tag, directive,
document mark, tab or comment without a space, no empty value, no key in quotation marks and no
key twice; whatever might be one of them is a doubt. So there is never a mistake to report, and
what is read here a YAML parser reads in the same way, places included. The tests hold the two
against each other.
"""

from __future__ import annotations

import re

from .forbidden_characters import later
from .located import Entry, Mapping, Node, Scalar, Sequence

_KEY = r"[^\W_][\w.’'/\ -]{0,200}+(?<!\ )"

_NO_SIGN = r"""(?![-?:,\[\]{}\#&*!|>'"%@`\s])"""
"""What begins with none of these is text to YAML, without quotation marks."""

_WORDS = r"[^\n:\#]*+(?:(?::(?![ \n])|(?<=[^ \n])\#)[^\n:\#]*+)*+"
"""The rest of such a text in its line: no colon has a space behind it, and no # has one before."""

_REST = r"""[^\n"\#]*+ (?: " [^"\\\n]*+ " [^\n"\#]*+ )*+"""
"""The rest of a line in which a bracket has opened."""

_FULL = r"[^\ \n] (?: [^\n]*+ (?<!\ ) )"
"""All of a line from its first letter on, if it ends with no space."""

_STRETCH = r"[^\s:,\[\]{}\#]++"
_PLAIN_ITEM = rf"{_NO_SIGN} {_STRETCH} (?: (?: \ ++ | :(?=[\w/]) ) {_STRETCH} )*+"
"""A text in brackets, without quotation marks."""

_LINE = later(
    rf"""
    (\ *+) ((?:-\ ++)*+)                    # how far in, and the dashes
    (?: ({_KEY}) : (?=[ \n]) (\ *+) )?+     # a key, and the space behind it
    (?: ( {_NO_SIGN} {_WORDS} ) (?<!\ ) (?=\n)
        ( (?: \n \1 \ ++ (?![-?:\#\s]) {_WORDS} (?<!\ ) (?=\n) )*+ )
      | \{{ ({_KEY}) :\  ( {_PLAIN_ITEM} | " [^"\\\n]*+ " ) \}}
      | ( {_NO_SIGN} {_WORDS}
        | " [^"\\\n]*+ (?: \\" [^"\\\n]*+ )*+ "
        | ' (?: [^'\n] | '' )*+ '
        | [\[{{] {_REST} (?: (?<=,) \n \1 \ ++ {_REST} )*+
        | [|>]- \n (\1 \ ++) {_FULL} (?: \n \10 {_FULL} )*+
          (?= \n++ (?: \Z | (?!\10) \ *+ [^\ \n] ) )
        )
    )?
    \ *+ (?: (?<=\ ) \# (?=[ \#\n]) [^\n]*+ )? \n
  | \ *+ \# [^\n]*+ \n                      # a comment alone
  | ( (?s: .+ ) )                           # a doubt, after which nothing is read
    """,
    re.VERBOSE,
)
"""A line: what stands before its value; a plain text, and the lines in which it goes on; the key
and the text of a map in braces, if that is all that it holds; or a value of another form."""

_FLAT = r"""(?: [^\[\]{}"\n] | " [^"]*+ " )*+"""

_ITEM = rf"""
    (   {_PLAIN_ITEM}
      | " [^"]*+ "
      | [\[{{] {_FLAT} (?: [\[{{] {_FLAT} [\]}}] {_FLAT} )*+ [\]}}]
    )
"""
"""What stands in brackets: a text, or what is itself in brackets, in which there may be brackets
once more."""

_COMMA = r",(?: \  | \n\ ++ )"

_IN_BRACES = later(rf"({_KEY}) :\  {_ITEM} ( {_COMMA} | }}\Z ) | (?s: .+ )", re.VERBOSE)
_IN_SQUARE_BRACKETS = later(rf"{_ITEM} ( {_COMMA} | \]\Z ) | (?s: .+ )", re.VERBOSE)
"""One thing in brackets, and what ends it; or a doubt, which is all the rest and has no end."""

_DEEPEST_IN_LINE = 3
_LONGEST_IN_LINE = 1_000
"""So deep and so long a map or list in one line may be."""

_HEADS = (">-", "|-")
"""What announces a text in the lines below: made one line, or left as it is."""


class _DoubtError(Exception):
    """This is not everyday YAML, or not YAML at all."""


def read(text: str, file: str, deepest: int, most_values: int) -> Mapping | None:
    """The top of a file, or None where there is a doubt.

    ``text`` holds no character that is refused, and no tab. A file is a doubt, too, if it might be
    deeper than ``deepest`` or hold more values than ``most_values``.
    """
    if len(text) > most_values and 2 * _signs(text) + 3 > most_values:
        return None
    try:
        return _Reading(file, deepest).read(text if text.endswith("\n") else text + "\n")
    except _DoubtError:
        return None


def _signs(text: str) -> int:
    """How many signs there are of which each gives a key and a value at most."""
    return sum(map(text.count, ("\n", "- ", ",", "[", "{")))


class _Open:
    """A map or a list that has begun and not ended: its ``entries``, or None, and the ``items`` of
    a list. Of a map, ``key`` is the one that has no value yet."""

    __slots__ = ("column", "entries", "items", "key", "key_line", "line")

    def __init__(self, line: int, column: int, entries: dict[str, Entry] | None) -> None:
        self.line = line
        self.column = column
        self.entries = entries
        self.items: list[Node] = []
        self.key = ""
        self.key_line = line


class _Reading:
    """Reads the lines of one file. Lines and columns count from 1.

    ``_open`` are the maps and lists that have begun and not ended, from the outermost in; below
    them all lies one that holds nothing but the top of the file. ``_last`` is the last text.
    """

    def __init__(self, file: str, deepest: int) -> None:
        self._file = file
        self._deepest = deepest
        self._open = [_Open(0, 0, None)]
        self._last: Node = Scalar(file, 0, 0, 0, 0, "")

    def read(self, text: str) -> Mapping:  # noqa: C901  # calls in this loop would double its time
        """The top of the file."""
        file, above, line, waits = self._file, self._open[0], 0, True
        for found in _LINE().findall(text):
            indent, dashes, key, gap, plain, more, inner, item, other, _, doubt = found
            line += 1
            key_line, begin = line, len(indent) + 1
            if dashes:
                for dash in dashes.split("-")[1:]:
                    above, waits = self._step(line, begin, waits, is_map=False), True
                    begin += 1 + len(dash)
            if key:
                if waits or begin != above.column or above.entries is None:
                    above = self._step(line, begin, waits, is_map=True)
                begin += len(key) + 1 + len(gap)
            elif (plain or inner or other) and not dashes:  # the value of a key above
                if not waits or begin <= above.column:
                    raise _DoubtError
                key, key_line = above.key, above.key_line
            if plain and not more:
                node: Node = Scalar(file, line, begin, line, begin + len(plain), plain)
            elif inner:
                node = self._pair(inner, item, line, begin)
            elif plain or other:
                node = self._value(plain + more or other, line, begin)
                line = node.end_line
            elif key:
                above.key, above.key_line, waits = key, line, True
                continue
            elif dashes or doubt:
                raise _DoubtError
            else:
                continue  # nothing, or a comment
            if above.entries is None:
                above.items.append(node)
            elif key in above.entries:
                raise _DoubtError
            else:
                begin, end = above.column, above.column + len(key)
                above.entries[key] = Entry(file, key_line, begin, key_line, end, key, node)
            self._last, waits = node, False
        return self._top(waits=waits)

    def _top(self, *, waits: bool) -> Mapping:
        """The top of the file, all of which has been read."""
        while len(self._open) > 1:
            self._close()
        (top,) = self._open[0].items or (None,)
        if waits or not isinstance(top, Mapping):
            raise _DoubtError
        return top

    def _step(self, line: int, column: int, waits: bool, *, is_map: bool) -> _Open:
        """A key or a dash stands here. Where one waits for its value, it is the first of a new map
        or list, further in; a list may also be level with its key. If none waits, it is one more
        of the innermost or of one further out."""
        above = self._open[-1]
        if waits:
            if column < above.column + (is_map or above.entries is None):
                raise _DoubtError
            if len(self._open) > self._deepest:
                raise _DoubtError
            above = _Open(line, column, {} if is_map else None)
            self._open.append(above)
            return above
        while above.column > column:
            above = self._close()
        if is_map and above.column == column and above.entries is None:
            above = self._close()
        if above.column != column or is_map is (above.entries is None):
            raise _DoubtError
        return above

    def _close(self) -> _Open:
        """The innermost map or list has ended. What is then the innermost?"""
        done, last, file = self._open.pop(), self._last, self._file
        above = self._open[-1]
        place = (file, done.line, done.column, last.end_line, last.end_column)
        node: Node
        if done.entries is None:
            node = Sequence(*place, tuple(done.items))
        else:
            node = Mapping(*place, done.entries)
        if above.entries is None:
            above.items.append(node)
        elif above.key in above.entries:
            raise _DoubtError
        else:
            key, line, column = above.key, above.key_line, above.column
            above.entries[key] = Entry(file, line, column, line, column + len(key), key, node)
        return above

    def _pair(self, key: str, item: str, line: int, column: int) -> Mapping:
        """A map in braces, of one text: ``{key: item}``. Where most answers are one, it takes a
        tenth off the reading of a whole library."""
        if len(self._open) > self._deepest:
            raise _DoubtError
        file, begin, end = self._file, column + 1, column + 1 + len(key)
        past = end + 2 + len(item)
        text = item[1:-1] if item[0] == '"' else item
        node = Scalar(file, line, end + 2, line, past, text)
        entries = {key: Entry(file, line, begin, line, end, key, node)}
        return Mapping(file, line, column, line, past + 1, entries)

    def _value(self, value: str, line: int, column: int) -> Node:
        """What stands behind a key or a dash, if it is more than a plain text in its line."""
        match value[0]:
            case "[" | "{":
                too_deep = len(self._open) - 1 + _DEEPEST_IN_LINE > self._deepest
                if too_deep or len(value) > _LONGEST_IN_LINE:
                    raise _DoubtError
                within = self._braces if value[0] == "{" else self._square
                return within(value.rstrip(" "), line, column)
            case '"':
                text = value[1:-1].replace('\\"', '"')
            case "'":
                text = value[1:-1].replace("''", "'")
            case "|" | ">":
                return self._in_lines(value, line, column)
            case _ if "\n" in value:
                return self._in_lines(value, line, column)
            case _:
                text = value = value.rstrip(" ")
        return Scalar(self._file, line, column, line, column + len(value), text)

    def _in_lines(self, value: str, line: int, column: int) -> Scalar:
        """A text that goes on in the lines below, or stands there below ``>-`` or ``|-``: further
        in than its key or dash."""
        head, *lines = value.split("\n")
        margin = " " * self._open[-1].column
        if not all(each.startswith(margin) for each in lines):
            raise _DoubtError
        texts = [each.lstrip(" ") for each in lines]
        if head not in _HEADS:
            texts = [head, *texts]
        text = ("\n" if head == "|-" else " ").join(texts)
        return Scalar(self._file, line, column, line + len(lines), len(lines[-1]) + 1, text)

    def _braces(self, value: str, line: int, column: int) -> Mapping:
        """A map, which begins here; between its parts stands what is usual."""
        file, at_line, at = self._file, line, column + 1
        entries: dict[str, Entry] = {}
        found = _IN_BRACES().findall(value, 1)
        if not found or found[-1][2] != "}":
            raise _DoubtError
        for key, text, after in found:
            end = at + len(key)
            past = end + 2 + len(text)
            if text[0] == "[":
                node: Node = self._square(text, at_line, end + 2)
            elif text[0] == "{":
                node = self._braces(text, at_line, end + 2)
            else:
                typed = text[1:-1] if text[0] == '"' else text
                node = Scalar(file, at_line, end + 2, at_line, past, typed)
            entries[key] = Entry(file, at_line, at, at_line, end, key, node)
            at = past + len(after)
            if "\n" in after:
                at_line, at = at_line + 1, len(after) - 1
        if len(entries) != len(found):
            raise _DoubtError
        return Mapping(file, line, column, at_line, at, entries)

    def _square(self, value: str, line: int, column: int) -> Sequence:
        """The same of a list."""
        file, at_line, at = self._file, line, column + 1
        items: list[Node] = []
        found = _IN_SQUARE_BRACKETS().findall(value, 1)
        if not found or found[-1][1] != "]":
            raise _DoubtError
        for text, after in found:
            past = at + len(text)
            if text[0] == "{":
                items.append(self._braces(text, at_line, at))
            elif text[0] == "[":
                items.append(self._square(text, at_line, at))
            else:
                typed = text[1:-1] if text[0] == '"' else text
                items.append(Scalar(file, at_line, at, at_line, past, typed))
            at = past + len(after)
            if "\n" in after:
                at_line, at = at_line + 1, len(after) - 1
        return Sequence(file, line, column, at_line, at, tuple(items))
