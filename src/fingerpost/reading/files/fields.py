"""Read the keys of one mapping, and report what is missing, wrong or unknown.

Reading never stops at a mistake: what cannot be read is replaced by an empty value, so that
every other mistake in the file is still found. A file with an error is never used. One mistake
gives one message: the consequences of a reported one are not reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
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

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\Z")
_NO_NAME = re.compile(r"[^a-z0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_PUBLISHED = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}\Z")

OTHERWISE = "otherwise"
"""The key for all readers, or all answers, that are not named."""

_JUDGED = "judged"
"""The key for what somebody has judged of a sentence."""

_MOST_COMPARED = 1_000
"""Up to this many names are compared with an unknown one."""

_READERS = (*TELLERS, OTHERWISE)
_SHAPES = {Scalar: "some text", Sequence: "a list", Mapping: "keys with values"}
_HOW_TO_WRITE = {
    Scalar: "write one text, without brackets and dashes",
    Sequence: "begin each line with “- ”, or write [one, two]",
    Mapping: "write lines like “key: value”, or {key: value}",
}


class Reader(Frozen):
    """One file being read: the names it may use, and the mistakes found so far.

    ``lines`` returns the lines of the file, so that a mistake in a sentence points at the word.
    """

    file: str
    names: Names
    mistakes: list[Diagnostic]
    lines: Callable[[], tuple[str, ...]] = tuple

    def knowing(self, **names: Any) -> Self:
        """The same file, read with more names known."""
        return replace(self, names=replace(self.names, **names))

    def error(self, code: str, message: str, span: Span, hint: str = "", *related: Related) -> None:
        """Report a mistake once, up to ``MOST_MISTAKES`` of them."""
        mistake = Diagnostic(code, message, span, hint=hint, related=related)
        if self.is_full or mistake in self.mistakes:
            return
        self.mistakes.append(mistake)
        if len(self.mistakes) == MOST_MISTAKES:
            message = f"{MOST_MISTAKES:,} mistakes up to here; the others are not listed"
            hint = "is this the right file?"
            self.mistakes.append(Diagnostic(TOO_LARGE, message, span, hint=hint))

    @property
    def is_full(self) -> bool:
        """Whether no more mistakes are reported."""
        return len(self.mistakes) > MOST_MISTAKES

    def meant(self, word: str, known: Collection[str]) -> str:
        """A hint at the most likely correction; empty once no more mistakes are reported."""
        if self.is_full:
            return ""
        # The order of a set changes with the hash seed, and the hint must not.
        in_order = sorted(known) if isinstance(known, frozenset) else known
        return did_you_mean(word, tuple(in_order))

    def fields(self, node: Node, kind: str, at: Placed | None = None, key: str = "") -> Fields:
        """The keys of ``node``, a mapping of this kind of ``FORMAT``. Reports unknown keys, and
        required ones that are missing.

        A missing key is reported at ``at``, by default at the node; ``key`` is that of the node.
        """
        keys, at = FORMAT.kinds[kind], at or node
        known, what = keys.by_name, keys.called or f"“{key}”"
        if not isinstance(node, Mapping):
            hint = f"its keys are: {', '.join(known)}"
            self.wrong_shape(node, f"{what} needs keys with values", Mapping, hint)
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
        """The top keys of a kind of file; a missing one is reported at the start of the file."""
        return self.fields(node, f"@{kind}", Scalar(self.file, 1, 1, 1, 1, ""))

    def inside(self, entry: Entry, kind: str) -> Fields:
        """The keys of the value of an entry; a missing one is reported at the key of the entry."""
        return self.fields(entry.value, kind, entry.key, entry.text)

    def entries_by_word(self, node: Node, what: str) -> Collection[Entry]:
        """Things by a key that may be any text."""
        if isinstance(node, Mapping):
            return node.by_text.values()
        self.wrong_shape(node, f"“{what}” must be names with values", Mapping)
        return ()

    def name(self, name: Scalar | Entry, what: str) -> None:
        """Check a name that the author chose: small ASCII letters, digits and hyphens."""
        if not is_name(name.text):
            hint = f"for example “{better_name(name.text) or 'someone-to-talk-to'}”"
            self.error("FP106", f"{what} {NAME_RULE}", name.span, hint)

    def text_of(self, node: Node, what: str) -> str:
        """Some text; reports an empty one."""
        if not isinstance(node, Scalar):
            self.wrong_shape(node, f"{what} must be text", Scalar)
            return ""
        text = node.text.strip()
        if not text:
            self.error("FP104", f"{what} is empty", node.span, "write it, or take the key out")
        return text

    def words(self, node: Node, what: str) -> tuple[tuple[str, Node], ...]:
        """One word, or a list of words, each with its place."""
        if not isinstance(node, Sequence):
            word = self.text_of(node, what)
            return ((word, node),) if word else ()
        if not node.items:
            hint = "name one, or take the key out"
            self.error("FP104", "this list is empty", node.span, hint)
        return tuple([(word, item) for item in node.items if (word := self.text_of(item, what))])

    def phrases(self, node: Node, key: str) -> tuple[tuple[str, Node], ...]:
        """What people type, each line with its place. A list of none, or a line that is there
        already, is a mistake."""
        if not isinstance(node, Sequence):
            self.wrong_shape(node, f"“{key}” must be a list", Sequence)
            return ()
        if not node.items:
            hint = "write what somebody would type, or take the key out"
            self.error("FP104", f"“{key}” is empty", node.span, hint)
        read: dict[str, tuple[str, Node]] = {}
        for item in node.items:
            text = self.text_of(item, f"a line of “{key}”")
            same = " ".join(text.casefold().split())
            if earlier := read.get(same):
                first = Related("it is here already", earlier[1].span)
                message, hint = f"“{key}” has “{text}” twice", "take one of them out"
                self.error("FP117", message, item.span, hint, first)
            elif text:
                read[same] = (text, item)
        return tuple(read.values())

    def must_know(self, word: str, at: Placed, sort: Sort) -> None:
        """Report a name that is not known."""
        known = self.names.of(sort)
        if word in known or sort in self.names.unread or is_known(word, known):
            return
        hint = self.meant(word, known) or f"write it in {sort.home}"
        self.error(sort.code, f"there is no {sort.words} “{word}”", at.span, hint)

    def must_be_value(self, value: str, at: Placed, fact: str, known: Collection[str]) -> None:
        """Report a value that a fact cannot have. If none is known, its question is unreadable."""
        if not known or value in known or is_known(value, known):
            return
        hint = self.meant(value, known) or "look at the answers of its question"
        self.error("FP204", f"“{fact}” has no answer “{value}”", at.span, hint)

    def sentence(self, node: Node, what: str) -> Sentence:
        """A sentence, or a map of sentences by who is reading."""
        if not isinstance(node, Mapping):
            return Sentence(self._marked_text(node, what), span=node.span)
        texts: dict[str, str] = {}
        judged: tuple[tuple[str, str], ...] = ()
        for reader, entry in node.by_text.items():
            if reader in _READERS:
                texts[reader] = self._marked_text(entry.value, f"{what} for {reader}")
            elif reader == _JUDGED:
                judged = self._judged(entry.value)
            else:
                message, hint = (
                    f"nobody who reads is called “{reader}”",
                    self.meant(reader, _READERS),
                )
                if isinstance(entry.value, Scalar) and not entry.value.text:
                    hint = "if this is a text that begins with {, put it in quotation marks"
                self.error("FP108", message, entry.span, hint)
        missing = [teller for teller in TELLERS if teller not in texts]
        if (
            missing
            and OTHERWISE not in texts
            and not node.by_text.keys() - texts.keys() - {_JUDGED}
        ):
            message = f"{what} says nothing to {' or '.join(missing)}"
            self.error("FP108", message, node.span, f"name every reader, or add “{OTHERWISE}”")
        otherwise = texts.pop(OTHERWISE, "")
        return Sentence(otherwise, span=node.span, by_teller=tuple(texts.items()), judged=judged)

    def _judged(self, node: Node) -> tuple[tuple[str, str], ...]:
        """The kinds of unsafe lines that a sentence is not, each with the reason."""
        return tuple(
            (entry.text, self.text_of(entry.value, f"the reason for “{entry.text}”"))
            for entry in self.entries_by_word(node, _JUDGED)
        )

    def facts(self, node: Node, what: str) -> Facts:
        """Facts with their values, each of which must be known."""
        if not isinstance(node, Mapping):
            self.wrong_shape(node, f"{what} must be facts with values", Mapping)
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

    def condition(self, node: Node, what: str) -> When:
        """A condition: facts, each with one value or a list of values."""
        return When(tuple(self.facts(node, what).items()))

    def _marked_text(self, node: Node, what: str) -> str:
        """Text that may name routes, facts and hard words in braces."""
        text = self.text_of(node, what)
        if "{" in text or "}" in text:
            self._look_at_marks(text, node)
        return text

    def _look_at_marks(self, text: str, node: Node) -> None:
        stray = False
        for token in inline_markup.tokens(text):
            match token:
                case inline_markup.Stray(text=brace, offset=offset) if not stray:
                    stray = True  # the next one mostly is its other half
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
        """The place of a part of a text in the file; that of the whole text if the file writes
        the part differently, such as with a line break in it."""
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

    def wrong_shape(self, node: Node, message: str, wanted: type[Node], hint: str = "") -> None:
        is_empty = isinstance(node, Scalar) and not node.text.strip()
        found = "nothing" if is_empty else _SHAPES[type(node)]
        hint = hint or _HOW_TO_WRITE[wanted]
        if isinstance(node, Mapping) and wanted is Scalar:
            hint = "if the text holds a colon, put all of it in quotation marks"
        self.error("FP101", f"{message}, but here is {found}", node.span, hint)


NAME_RULE = "may hold only small letters a-z, digits and hyphens, and begins with no hyphen"


def is_name(text: str) -> bool:
    """Whether a text is a valid name."""
    return _NAME.match(text) is not None


def better_name(text: str) -> str:
    """The valid name most similar to a text; empty if there is none."""
    return _NO_NAME.sub("-", text.lower()).strip("-")


def is_known(word: str, known: Collection[str]) -> bool:
    """Whether a name is known, or is what an invalid one was reported to need to be: ``friend-age``
    where ``friend_age`` is known."""
    if word in known:
        return True
    wrong_names = (name for name in islice(known, _MOST_COMPARED) if not is_name(name))
    return any(word == better_name(name) for name in wrong_names)


class Fields(Frozen):
    """The keys of one mapping, ``whole``, with a method for each type of value.

    ``keys`` are those that it may have, ``entries`` those that it has. Missing ones are reported
    at ``at``. ``readable`` is false of a node that is not a mapping: that has been reported, and
    no key of it is missing.
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
        """The place of the whole mapping."""
        return self.whole.span

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def node(self, key: str) -> Node | None:
        """The value of a key, or None if left out."""
        entry = self.entries.get(key)
        return None if entry is None else entry.value

    def key_span(self, key: str) -> Span:
        """The place of a key, or where it is missing."""
        return self.entries.get(key, self.at).span

    def value_at(self, key: str) -> Placed:
        """The value of a key, or what stands where it is missing."""
        entry = self.entries.get(key)
        return entry.value if entry else self.at

    def value_span(self, key: str) -> Span:
        """The place of the value of a key, or where it is missing."""
        return self.value_at(key).span

    def need(self, keys: Iterable[str]) -> None:
        """Report those of these keys that are missing."""
        for key in keys:
            if key not in self.entries and self.readable:
                message, hint = f"{self.what} has no “{key}”", f"add a line “{key}: …”"
                self.reader.error("FP102", message, self.at.span, hint)

    def sentence(self, key: str) -> Sentence | None:
        """A sentence; None if left out."""
        node = self.node(key)
        return None if node is None else self.reader.sentence(node, f"“{key}”")

    def need_sentence(self, key: str) -> Sentence:
        """A required sentence; an empty one if left out, which has been reported."""
        return self.sentence(key) or Sentence("", span=self.span)

    def text(self, key: str) -> str:
        """Text; empty if left out."""
        node = self.node(key)
        return "" if node is None else self.reader.text_of(node, f"“{key}”")

    def name(self, key: str, sort: Sort) -> str:
        """A name that must be known; empty if left out."""
        name = self.text(key)
        if name:
            self.reader.must_know(name, self.value_at(key), sort)
        return name

    def names(self, key: str, sort: Sort) -> tuple[str, ...]:
        """One name or a list of them, which must be known; none if left out."""
        found = self.words(key, f"the name of a {sort.words}")
        for word, at in found:
            self.reader.must_know(word, at, sort)
        return tuple([word for word, _ in found])

    def words(self, key: str, what: str) -> tuple[tuple[str, Node], ...]:
        """One word or a list of them, each with its place; none if left out."""
        node = self.node(key)
        return () if node is None else self.reader.words(node, what)

    def one_of(self, key: str, choices: tuple[str, ...] = ()) -> str:
        """One of some words, by default those of the format; empty if left out or unreadable."""
        word, choices = self.text(key), choices or self.keys.by_name[key].words
        if not word or word in choices:
            return word
        message, hint = f"“{key}” cannot be “{word}”", self.reader.meant(word, choices)
        self.reader.error("FP105", message, self.value_span(key), hint)
        return ""

    def flag(self, key: str) -> bool:
        """true or false; false if left out, and true if unreadable."""
        return key in self and self.one_of(key, ("true", "false")) != "false"

    def urgency(self, key: str) -> Urgency | None:
        """An urgency; None if left out or unreadable."""
        word = self.one_of(key, tuple(u.name.lower() for u in reversed(Urgency)))
        return Urgency[word.upper()] if word else None

    def when(self, key: str) -> When | None:
        """A condition: facts, each with one value or a list of values; None if left out."""
        node = self.node(key)
        return None if node is None else self.reader.condition(node, f"“{key}”")

    def whens(self) -> tuple[When, ...]:
        """The condition of the key ``when``, or none."""
        when = self.when("when")
        return () if when is None else (when,)

    def unless(self) -> tuple[When, ...]:
        """The conditions of the key ``unless``: one, or each of a list; none if left out."""
        node = self.node("unless")
        if not isinstance(node, Sequence):
            when = self.when("unless")
            return () if when is None else (when,)
        if not node.items:
            hint = "name a condition, or take the key out"
            self.reader.error("FP104", "this list is empty", node.span, hint)
        return tuple(self.reader.condition(item, "“unless”") for item in node.items)

    def settled(self, key: str) -> Facts:
        """Facts as a person would answer them: one value, unless the question takes many. Empty
        if left out."""
        node, names = self.node(key), self.reader.names
        facts = {} if node is None else self.reader.facts(node, f"“{key}”")
        for fact, entry in node.by_text.items() if isinstance(node, Mapping) else ():
            if names.facts.get(fact) and fact not in names.many and len(facts[fact]) > 1:
                message = f"“{fact}” has one answer at a time"
                self.reader.error("FP116", message, entry.value.span, "leave one of them")
        return facts

    def source(self) -> Source | None:
        """The source named by the key ``source``; None if left out or unknown."""
        return self.reader.names.sources.get(self.name("source", Sort.SOURCE))

    def items(self, key: str) -> tuple[Node, ...]:
        """The items of a list; none if left out."""
        node = self.node(key)
        if isinstance(node, Sequence):
            return node.items
        if node is not None:
            self.reader.wrong_shape(node, f"“{key}” must be a list", Sequence)
        return ()

    def listed(self, key: str) -> Collection[Entry]:
        """Things by name, each name checked; none if left out."""
        node = self.node(key)
        entries = () if node is None else self.reader.entries_by_word(node, key)
        for entry in entries:
            self.reader.name(entry, f"a name in “{key}”")
        return entries

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
        """The keys of the mapping below a key; None if left out."""
        entry = self.entries.get(key)
        return None if entry is None else self.reader.inside(entry, kind)

    def checked(self, key: str) -> Checked | None:
        """Who checked something, and when; None if left out or unreadable."""
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
