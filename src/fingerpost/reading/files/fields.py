"""Reads the keys of one mapping, and says what is missing, wrong or left over.

Reading never stops at a mistake: what cannot be read is replaced by an empty value, so that
every other mistake in the file is still found. A file with an error is never used. One mistake
gives one message: what is only the echo of another is not reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, Self

from ...model import inline_markup
from ...model.base import Frozen, replace
from ...model.diagnostics import Diagnostic, Related, Span
from ...model.facts import TELLERS, Facts
from ...model.sentence import Sentence, Source, Urgency
from ...model.spelling import did_you_mean
from ...model.tree import Checked, When
from ..decode import MOST_MISTAKES, TOO_LARGE
from ..format import FORMAT, Keys
from ..located import Entry, Mapping, Node, Placed, Scalar, Sequence
from .names import Names, Sort, by_key

_NAMES = re.compile(r"[a-z0-9][a-z0-9-]*(?:\0[a-z0-9][a-z0-9-]*)*\Z")
"""A name; or all names of a mapping at one go, with what no text holds between them: five take a
third of the time that they take one by one."""

_NO_NAME = re.compile(r"[^a-z0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_PUBLISHED = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}\Z")

OTHERWISE = "otherwise"
"""The key for everyone, or every answer, that is not named."""

_MOST_COMPARED = 1_000
"""So many names are compared with one that is not known."""

_READERS = (*TELLERS, OTHERWISE)
_SHAPES = {Scalar: "some text", Sequence: "a list", Mapping: "keys with values"}
_HOW_TO_WRITE = {
    Scalar: "write one text, without brackets and dashes",
    Sequence: "begin each line with “- ”, or write [one, two]",
    Mapping: "write lines like “key: value”, or {key: value}",
}


class Reader(Frozen):
    """One file being read: the names it may use, and the mistakes found so far.

    ``lines`` gives what the file says, by which a mistake inside a sentence can point at the word.
    """

    file: str
    names: Names
    mistakes: list[Diagnostic]
    lines: Callable[[], tuple[str, ...]] = tuple

    def knowing(self, **names: Any) -> Self:
        """The same file, read with more names known."""
        return replace(self, names=replace(self.names, **names))

    def error(self, code: str, message: str, span: Span, hint: str = "", *related: Related) -> None:
        """Note a mistake, unless there have been so many that nobody would read one more."""
        if self.is_full:
            return
        self.mistakes.append(Diagnostic(code, message, span, hint=hint, related=related))
        if len(self.mistakes) == MOST_MISTAKES:
            message = f"{MOST_MISTAKES:,} mistakes up to here; the others are not listed"
            hint = "is this the right file?"
            self.mistakes.append(Diagnostic(TOO_LARGE, message, span, hint=hint))

    @property
    def is_full(self) -> bool:
        """Whether so many mistakes have been found that no more are looked for."""
        return len(self.mistakes) > MOST_MISTAKES

    def meant(self, word: str, known: Collection[str]) -> str:
        """A hint that names what was most likely meant, if anybody is going to read it."""
        if self.is_full:
            return ""
        # A set has another order at every start, and nobody shall read another hint each time.
        in_order = sorted(known) if isinstance(known, frozenset) else known
        return did_you_mean(word, tuple(in_order))

    def fields(self, node: Node, kind: str, at: Placed | None = None, key: str = "") -> Fields:
        """The keys of ``node``, which is a mapping of this kind of ``FORMAT``. Any other key is a
        mistake, and so is one that is not there and has to be.

        ``at`` is where a key is missed, if not where the node is; ``key`` is where it stands.
        """
        keys, at = FORMAT.kinds[kind], at or node
        known, what = keys.by_name, keys.called or f"“{key}”"
        if not isinstance(node, Mapping):
            hint = f"its keys are: {', '.join(known)}"
            self._wrong_shape(node, f"{what} needs keys with values", Mapping, hint)
            return Fields(self, what, keys, node, at, {}, readable=False)
        entries = node.by_text
        for written in entries:
            if written not in known:
                self._strange_keys(node, what, known)
                entries = by_key(node, kind)
                break
        fields = Fields(self, what, keys, node, at, entries)
        if not (keys.own and "use" in entries):
            fields.need(keys.required)
        return fields

    def _strange_keys(self, node: Mapping, what: str, known: Collection[str]) -> None:
        for key, entry in node.by_text.items():
            if key not in known:
                hint = self.meant(key, known) or f"known here: {', '.join(known)}"
                self.error("FP103", f"{what} has no key “{key}”", entry.span, hint)

    def top(self, node: Node, kind: str) -> Fields:
        """The keys at the top of a kind of file; what is missing belongs to the whole of it."""
        return self.fields(node, f"@{kind}", Scalar(self.file, 1, 1, 1, 1, ""))

    def inside(self, entry: Entry, kind: str) -> Fields:
        """The keys of a value of a key; where it lacks something, the key is pointed at."""
        return self.fields(entry.value, kind, entry.key, entry.text)

    def items(self, node: Node, what: str) -> tuple[Node, ...]:
        """The items of a list."""
        if isinstance(node, Sequence):
            return node.items
        self._wrong_shape(node, f"{what} must be a list", Sequence)
        return ()

    def entries(self, node: Node | None, what: str) -> Iterable[Entry]:
        """Things by name, each name checked; none if ``node`` is None."""
        if node is None:
            return ()
        if isinstance(node, Mapping) and _NAMES.match("\0".join(node.by_text)):
            return node.by_text.values()
        return self._entries_by_strange_names(node, what)

    def _entries_by_strange_names(self, node: Node, what: str) -> Iterator[Entry]:
        for entry in self.entries_by_word(node, what):
            self.name(entry, f"a name in “{what}”")
            yield entry

    def entries_by_word(self, node: Node, what: str) -> Collection[Entry]:
        """Things by a word of which anything may be said."""
        if isinstance(node, Mapping):
            return node.by_text.values()
        self._wrong_shape(node, f"“{what}” must be names with values", Mapping)
        return ()

    def name(self, name: Scalar | Entry, what: str) -> None:
        """A name of the library's own: small ASCII letters, digits and hyphens."""
        if not is_name(name.text):
            hint = f"for example “{better_name(name.text) or 'someone-to-talk-to'}”"
            self.error("FP106", f"{what} {NAME_RULE}", name.span, hint)

    def text_of(self, node: Node, what: str) -> str:
        """Some text, which may not be empty."""
        if not isinstance(node, Scalar):
            self._wrong_shape(node, f"{what} must be text", Scalar)
            return ""
        text = node.text.strip()
        if not text:
            self.error("FP104", f"{what} is empty", node.span, "write it, or take the key out")
        return text

    def one_of(self, node: Node, what: str, choices: tuple[str, ...]) -> str:
        """One of a fixed few words; empty if it is none of them."""
        word = self.text_of(node, what)
        if not word or word in choices:
            return word
        hint = self.meant(word, choices)
        self.error("FP105", f"{what} cannot be “{word}”", node.span, hint)
        return ""

    def words(self, node: Node, what: str) -> tuple[tuple[str, Node], ...]:
        """One word, or a list of words, each with its place."""
        if not isinstance(node, Sequence):
            word = self.text_of(node, what)
            return ((word, node),) if word else ()
        if not node.items:
            hint = "name one, or take the key out"
            self.error("FP104", "this list is empty", node.span, hint)
        return tuple([(word, item) for item in node.items if (word := self.text_of(item, what))])

    def named(self, node: Node, sort: Sort) -> tuple[str, ...]:
        """One name, or a list of names, each of which must be known."""
        found = self.words(node, f"the name of a {sort.words}")
        for word, at in found:
            self.must_know(word, at, sort)
        return tuple([word for word, _ in found])

    def must_know(self, word: str, at: Placed, sort: Sort) -> None:
        """A name that has to be known."""
        known = self.names.of(sort)
        if word in known or sort in self.names.unread or is_known(word, known):
            return
        hint = self.meant(word, known) or f"write it in {sort.home}"
        self.error(sort.code, f"there is no {sort.words} “{word}”", at.span, hint)

    def must_be_value(self, value: str, at: Placed, fact: str, known: Collection[str]) -> None:
        """A value that a fact can have. Where none is known, its question could not be read."""
        if not known or value in known or is_known(value, known):
            return
        hint = self.meant(value, known) or "look at the answers of its question"
        self.error("FP204", f"“{fact}” has no answer “{value}”", at.span, hint)

    def sentence(self, node: Node, what: str) -> Sentence:
        """A sentence, or a map of sentences by who is reading."""
        if isinstance(node, Scalar):
            text = node.text.strip()
            if text and "{" not in text and "}" not in text:
                return Sentence(text, span=node.span)  # as nearly all are
        if not isinstance(node, Mapping):
            return Sentence(self._marked_text(node, what), span=node.span)
        texts: dict[str, str] = {}
        for reader, entry in node.by_text.items():
            if reader in _READERS:
                texts[reader] = self._marked_text(entry.value, f"{what} for {reader}")
            else:
                message, hint = (
                    f"nobody who reads is called “{reader}”",
                    self.meant(reader, _READERS),
                )
                if isinstance(entry.value, Scalar) and not entry.value.text:
                    hint = "if this is a text that begins with {, put it in quotation marks"
                self.error("FP108", message, entry.span, hint)
        missing = [teller for teller in TELLERS if teller not in texts]
        if missing and OTHERWISE not in texts and len(texts) == len(node.by_text):
            message = f"{what} says nothing to {' or '.join(missing)}"
            self.error("FP108", message, node.span, f"name every reader, or add “{OTHERWISE}”")
        otherwise = texts.pop(OTHERWISE, "")
        return Sentence(otherwise, span=node.span, by_teller=tuple(texts.items()))

    def only_words(self, node: Node) -> Sentence | None:
        """What something says that has no key but ``say``; None for anything else.

        In many trees most answers are so. To read them as what has other keys too would add a
        thirtieth to the reading of a library of them.
        """
        if not isinstance(node, Mapping) or len(node.by_text) != 1:
            return None
        entry = node.by_text.get("say")
        return None if entry is None else self.sentence(entry.value, "“say”")

    def when(self, node: Node, what: str) -> When:
        """A condition: facts, each with one value or a list of values."""
        return When(tuple(self.facts(node, what).items()))

    def facts(self, node: Node, what: str) -> Facts:
        """Facts with the values that they may have, every one of them known."""
        if not isinstance(node, Mapping):
            self._wrong_shape(node, f"{what} must be facts with values", Mapping)
            return {}
        if not node.by_text:
            self.error("FP104", f"{what} is empty", node.span, "name a fact, or take it out")
        read: dict[str, frozenset[str]] = {}
        for fact, entry in node.by_text.items():
            known = self.names.facts.get(fact, ())
            if not known:
                self.must_know(fact, entry.key, Sort.FACT)
            values = self.words(entry.value, f"a value of “{fact}”")
            read[fact] = frozenset([value for value, _ in values])
            if not read[fact].issubset(known):
                for value, at in values:
                    self.must_be_value(value, at, fact, known)
        return read

    def settled(self, node: Node, what: str) -> Facts:
        """Facts as a person would answer them: one value, unless the question takes many."""
        facts = self.facts(node, what)
        for fact, entry in node.by_text.items() if isinstance(node, Mapping) else ():
            is_known = bool(self.names.facts.get(fact))
            if is_known and fact not in self.names.many and len(facts[fact]) > 1:
                message = f"“{fact}” has one answer at a time"
                self.error("FP116", message, entry.value.span, "leave one of them")
        return facts

    def _marked_text(self, node: Node, what: str) -> str:
        """Text in which routes, facts and hard words may be named in braces."""
        text = (isinstance(node, Scalar) and node.text.strip()) or self.text_of(node, what)
        if "{" in text or "}" in text:
            self._look_at_marks(text, node)
        return text

    def _look_at_marks(self, text: str, node: Node) -> None:
        stray = False
        for token in inline_markup.tokens(text):
            match token:
                case inline_markup.Stray(text=brace, offset=offset) if not stray:
                    stray = True  # the next one is mostly its other half
                    message = f"a single “{brace}” has no meaning"
                    hint = "braces are for {route:name}, {fact} and {{hard word}} only"
                    self.error("FP109", message, self._inside(node, text, offset, 1).span, hint)
                case inline_markup.RouteName(route=name, offset=offset):
                    self._look_at_mark(text, node, offset, Sort.ROUTE, name)
                case inline_markup.FactWords(fact=name, offset=offset):
                    self._look_at_mark(text, node, offset, Sort.FACT, name)
                case inline_markup.HardWord(word=name, offset=offset):
                    self._look_at_mark(text, node, offset, Sort.WORD, name.lower())
                case _:
                    pass

    def _look_at_mark(self, text: str, node: Node, offset: int, sort: Sort, name: str) -> None:
        if name not in self.names.of(sort):
            closing = "}}" if sort is Sort.WORD else "}"
            length = text.index(closing, offset) + len(closing) - offset
            self.must_know(name, self._inside(node, text, offset, length), sort)

    def _inside(self, node: Node, text: str, offset: int, length: int) -> Scalar:
        """Where a part of a text stands in the file; the whole text's place if it is written
        there in another way, such as with a line break in it."""
        part = text[offset : offset + length]
        earlier = text.count(part, 0, offset)
        lines = () if self.is_full else self.lines()[node.line - 1 : node.end_line]
        for number, line in enumerate(lines, node.line):
            start = node.column - 1 if number == node.line else 0
            end = node.end_column - 1 if number == node.end_line else len(line)
            while (found := line.find(part, start, end)) >= 0:
                if not earlier:
                    column = found + 1
                    return Scalar(node.file, number, column, number, column + length, part)
                earlier -= 1
                start = found + length
        return Scalar(node.file, node.line, node.column, node.end_line, node.end_column, part)

    def _wrong_shape(self, node: Node, message: str, wanted: type[Node], hint: str = "") -> None:
        is_empty = isinstance(node, Scalar) and not node.text.strip()
        found = "nothing" if is_empty else _SHAPES[type(node)]
        hint = hint or _HOW_TO_WRITE[wanted]
        if isinstance(node, Mapping) and wanted is Scalar:
            hint = "if the text holds a colon, put all of it in quotation marks"
        self.error("FP101", f"{message}, but here is {found}", node.span, hint)


NAME_RULE = "may hold only small letters a-z, digits and hyphens, and begins with no hyphen"


def is_name(text: str) -> bool:
    """Whether a text is a name of the library's own."""
    return _NAMES.match(text) is not None


def better_name(text: str) -> str:
    """The name that is nearest to a text; empty if there is none."""
    return _NO_NAME.sub("-", text.lower()).strip("-")


def is_known(word: str, known: Collection[str]) -> bool:
    """Whether a name is among those that are known, or should be: of ``friend_age`` it has been
    said that it must be ``friend-age``."""
    if word in known:
        return True
    wrong_names = (name for name in islice(known, _MOST_COMPARED) if not is_name(name))
    return any(word == better_name(name) for name in wrong_names)


class Fields(Frozen):
    """The keys of one mapping, ``whole``, asked for one by one.

    ``keys`` are those that it may have, ``entries`` those that it has. ``at`` is the place to
    point at where something is missing. ``readable`` is false of something that is no mapping:
    that has been reported, and no key is missed in it.
    """

    reader: Reader
    what: str
    keys: Keys
    whole: Node
    at: Placed
    entries: dict[str, Entry]
    readable: bool = True

    @property
    def span(self) -> Span:
        """All of it."""
        return self.whole.span

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def node(self, key: str) -> Node | None:
        """The value of a key, or None if the key is not there."""
        entry = self.entries.get(key)
        return None if entry is None else entry.value

    def key_span(self, key: str) -> Span:
        """Where a key stands, or would be missed."""
        return self.entries.get(key, self.at).span

    def value_at(self, key: str) -> Placed:
        """What stands where the value of a key does, or would be missed."""
        entry = self.entries.get(key)
        return entry.value if entry else self.at

    def value_span(self, key: str) -> Span:
        """Where the value of a key stands, or would be missed."""
        return self.value_at(key).span

    def need(self, keys: Iterable[str]) -> None:
        """Report those of these keys that are not there."""
        for key in keys:
            if key not in self.entries and self.readable:
                message, hint = f"{self.what} has no “{key}”", f"add a line “{key}: …”"
                self.reader.error("FP102", message, self.at.span, hint)

    def sentence(self, key: str) -> Sentence | None:
        """A sentence that may be left out."""
        node = self.node(key)
        return None if node is None else self.reader.sentence(node, f"“{key}”")

    def need_sentence(self, key: str) -> Sentence:
        """A sentence that has to be there; where it is not, that has been reported."""
        return self.sentence(key) or Sentence("", span=self.span)

    def text(self, key: str) -> str:
        """Text that may be left out; then it is empty."""
        node = self.node(key)
        return "" if node is None else self.reader.text_of(node, f"“{key}”")

    def name(self, key: str, sort: Sort) -> str:
        """A name that must be known and may be left out; then it is empty."""
        name = self.text(key)
        if name:
            self.reader.must_know(name, self.value_at(key), sort)
        return name

    def names(self, key: str, sort: Sort) -> tuple[str, ...]:
        """One name or a list of them, all of which must be known; none if left out."""
        node = self.node(key)
        return () if node is None else self.reader.named(node, sort)

    def one_of(self, key: str, choices: tuple[str, ...] = ()) -> str:
        """One of a fixed few words, which the format lists if nobody else does; empty if left out
        or unreadable."""
        node, choices = self.node(key), choices or self.keys.by_name[key].words
        return "" if node is None else self.reader.one_of(node, f"“{key}”", choices)

    def flag(self, key: str) -> bool:
        """true or false; false if left out. Who writes something else there, means to set it."""
        return key in self and self.one_of(key, ("true", "false")) != "false"

    def urgency(self, key: str) -> Urgency | None:
        """How urgent; None if left out or unreadable."""
        word = self.one_of(key, tuple(u.name.lower() for u in reversed(Urgency)))
        return Urgency[word.upper()] if word else None

    def when(self, key: str) -> When | None:
        """A condition that may be left out."""
        node = self.node(key)
        return None if node is None else self.reader.when(node, f"“{key}”")

    def settled(self, key: str) -> Facts:
        """Facts that may be left out, each with an answer."""
        node = self.node(key)
        return {} if node is None else self.reader.settled(node, f"“{key}”")

    def source(self) -> Source | None:
        """The source that this names, if it names one."""
        return self.reader.names.sources.get(self.name("source", Sort.SOURCE))

    def items(self, key: str) -> tuple[Node, ...]:
        """The items of a list that may be left out."""
        node = self.node(key)
        return () if node is None else self.reader.items(node, f"“{key}”")

    def listed(self, key: str) -> Iterable[Entry]:
        """Things by name that may be left out."""
        return self.reader.entries(self.node(key), key)

    def day(self, key: str) -> date | None:
        """A day such as 2027-05-24; None if left out or unreadable."""
        text = self.text(key)
        if not text:
            return None
        day = _day(text) if _DATE.match(text) else None
        if day is None:
            message, hint = f"“{text}” is not a day", "write it as 2027-05-24"
            self.reader.error("FP107", message, self.value_span(key), hint)
        return day

    def published(self, key: str) -> str:
        """A date as precise as it is known: 2024, 2024-03 or 2024-03-11; empty if left out."""
        text = self.text(key)
        day = text + "-01-01"[len(text) - len("2024") :]
        if text and not (_PUBLISHED.match(text) and _day(day)):
            message, hint = f"“{text}” is not a date", "write 2024, 2024-03 or 2024-03-11"
            self.reader.error("FP107", message, self.value_span(key), hint)
        return text

    def inner(self, key: str, kind: str) -> Fields | None:
        """The keys of the mapping that stands below a key; None if it is left out."""
        entry = self.entries.get(key)
        return None if entry is None else self.reader.inside(entry, kind)

    def checked(self, key: str) -> Checked | None:
        """Who read something, and when; None if left out or unreadable."""
        inner = self.inner(key, "checked")
        if inner is None:
            return None
        day, by = inner.day("date"), inner.text("by")
        return Checked(day, by) if day and by else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
