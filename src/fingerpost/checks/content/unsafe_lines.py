"""FP415 and FP416: lines that could harm their reader, by the words of ``unsafe-lines.yaml``.

A line is looked at sentence by sentence. Of an order the words before it in its part of the
sentence are looked at too: “send the picture” is one; “they send the picture”, “if you send it”,
“don't send it” and “Did you send it?” are none. What a phrase does not say is not found: that a
line is free of these mistakes does not show that it is safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import PurePath
from typing import TypeAlias
from unicodedata import normalize

from ...model.base import Frozen, field
from ...model.diagnostics import Diagnostic
from ...model.library import Grammar, Library, UnsafeKind
from ...model.spelling import did_you_mean
from ...model.text_index import Wording, read_aloud

_NEAR = 6
"""The most words for which a gap in a phrase stands."""

_GAP = "..."
_VERB = "verb"
_COMMA = "comma"
_ORDERS, _STATES, _SAYS = "orders", "states", "says"

_Row: TypeAlias = tuple[str, ...]
"""Words that stand in a row."""

_Rows: TypeAlias = Mapping[str, tuple[_Row, ...]]
"""Some rows by their first word, the longest first."""

_CONTRACTIONS = (
    (re.compile(r"\b(ca|sha)n't\b|\bcannot\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'m\b"), " am"),
    (re.compile(r"'d\b"), " would"),
    (re.compile(r"\blet's\b"), "let us"),
    (
        re.compile(
            r"\b(it|that|there|what|who|he|she|here|where|everything|nothing|nobody|one|someone|somebody)'s\b"
        ),
        r"\1 is",
    ),
    (re.compile(r"'s\b|(?<=s)'(?!\w)"), ""),
)
_TOKEN = re.compile(r"£|\w+|,|[.!?…:;]+|[\"“”()\[\]–—]|(?<=\s)-(?=\s)|\n\s*\n")
_WORD = re.compile(r"[\w£]")

_NUMBER = re.compile(r"(?<![\w£$€.,/-])(?:\+\d|\d)(?:[ -]?\d)*(?![\w%]|[.:,]\d)")
_DIALLED = 4
"""A number is one to ring or to text if a word that says so is one of so many before it."""


class _Part(Frozen):
    """A part of a phrase: any of some rows of words, or a gap. With ``it`` a pronoun may stand for
    one of the rows."""

    rows: _Rows = field(default_factory=dict)
    is_gap: bool = False
    it: bool = False


class _Phrase(Frozen):
    """A phrase of a kind, and where it is harm: as an order, unless it is denied, or anywhere."""

    kind: str
    parts: tuple[_Part, ...]
    sort: str
    ends: frozenset[str]
    """The words of which a sentence has one if it has the last part; empty for a pronoun."""


class _Sentence(Frozen):
    """The words and commas of one sentence, and whether it is a question."""

    words: tuple[str, ...]
    is_question: bool


def find(wording: Wording) -> Iterator[Diagnostic]:
    """Every sentence of an unsafe kind that nobody has judged, and every judgement of none."""
    library = wording.library
    kinds = library.unsafe_lines.kinds
    unsafe = cache(_Unsafe(library).kinds)
    texts = frozenset(text for text in wording.texts if unsafe(text))
    found: dict[int, set[str]] = {}
    for passage, use in wording.saying(texts):
        if use.is_story:
            continue
        sentence = use.sentence
        places: dict[str, str] = {}
        for text in sentence.texts:
            for name, words in unsafe(text).items():
                if not _is_in(sentence.span.file, kinds[name].only_in):
                    places.setdefault(name, words)
        found[id(sentence)] = set(places)
        for name in places.keys() - {kind for kind, _ in sentence.judged}:
            kind = kinds[name]
            yield Diagnostic(
                "FP415",
                f"the {passage} has “{places[name]}” ({name}): {kind.harm}",
                sentence.span,
                hint=kind.hint,
                lowered=kind.severity,
            )
    for passage, use in wording.judged():
        for name, _ in use.sentence.judged:
            if name not in found.get(id(use.sentence), ()):
                yield Diagnostic(
                    "FP416",
                    f"the {passage} is judged to be no “{name}”, and nothing in it looks like one",
                    use.sentence.span,
                    hint=did_you_mean(name, tuple(kinds)) or f"take “{name}” out of “judged”",
                )


def _is_in(file: str, names: Iterable[str]) -> bool:
    """Whether a file of a library has one of these names."""
    path = PurePath(file)
    return any(path.parts[-len(parts) :] == parts for parts in (PurePath(n).parts for n in names))


class _Unsafe:
    """Finds the kinds of unsafe lines that a text may be."""

    def __init__(self, library: Library) -> None:
        known = library.unsafe_lines
        self._library = library
        self._known = known.kinds
        self._grammar = _Grammar(known.grammar)
        self._groups = {**known.words, _VERB: known.grammar.verbs, _COMMA: (",",)}
        self._group = cache(self._rows_of)
        self._but = {name: _rows(kind.but) for name, kind in known.kinds.items()}
        self._it = {n: self._group(kind.it) for n, kind in known.kinds.items() if kind.it}
        self._by_first: dict[str, list[_Phrase]] = {}
        for name, kind in known.kinds.items():
            for phrase in self._phrases(name, kind):
                first = phrase.parts[0]
                for word in {*first.rows, *(self._grammar.pronouns if first.it else ())}:
                    self._by_first.setdefault(word, []).append(phrase)
        self._numbers = {name for name, kind in known.kinds.items() if kind.numbers}
        self._dialled = {
            _digits(number)
            for route in library.routes.values()
            for number in (*(p.number for p in route.phone), *(line.to for line in route.text))
        }

    def kinds(self, text: str) -> dict[str, str]:
        """The kinds that a text may be, each with the words by which."""
        said = read_aloud(self._library, text, "young-person")
        found: dict[str, str] = {}
        named: set[str] = set()  # the kinds of whose group a word has been said
        for sentence in _sentences(said):
            here = frozenset(sentence.words)
            for at, word in enumerate(sentence.words):
                for phrase in self._by_first.get(word, ()):
                    if phrase.kind in found or (phrase.ends and here.isdisjoint(phrase.ends)):
                        continue
                    end = self._matched(phrase, sentence, at, phrase.kind in named)
                    if end and not _has(sentence.words, self._but[phrase.kind]):
                        found[phrase.kind] = _words_of(sentence.words[at:end])
            named |= {kind for kind, rows in self._it.items() if _has(sentence.words, rows)}
        if self._numbers and (number := self._unknown_number(said)):
            found |= dict.fromkeys(self._numbers, number)
        return found

    def _matched(self, phrase: _Phrase, sentence: _Sentence, at: int, named: bool) -> int:
        """Where a phrase ends that begins here, or 0."""
        pronouns = self._grammar.pronouns if named else {}
        it = self._it.get(phrase.kind, {})
        if not named and it and _has(sentence.words[:at], it):
            pronouns = self._grammar.pronouns
        end = self._end(phrase.parts, sentence.words, at, pronouns)
        if not end:
            return 0
        is_harm = True
        if phrase.sort == _ORDERS:
            is_harm = self._grammar.is_order(sentence, at, end)
        elif phrase.sort == _STATES:
            is_harm = self._grammar.is_stated(sentence, at)
        return end if is_harm else 0

    def _end(self, parts: Sequence[_Part], words: Sequence[str], at: int, pronouns: _Rows) -> int:
        """Where these parts of a phrase end, if they stand here; else 0."""
        if not parts:
            return at
        part, rest = parts[0], parts[1:]
        if part.is_gap:
            for start in self._grammar.gap(words, at):
                if end := self._end(rest, words, start, pronouns if start == at else {}):
                    return end
            return 0
        for row in _rows_at(words, at, part.rows):
            if end := self._end(rest, words, at + len(row), pronouns):
                return end
        for row in _rows_at(words, at, pronouns) if part.it else ():
            if end := self._end(rest, words, at + len(row), pronouns):
                return end
        return 0

    def _phrases(self, name: str, kind: UnsafeKind) -> Iterator[_Phrase]:
        for sort in (_ORDERS, _STATES, _SAYS):
            lines: tuple[str, ...] = getattr(kind, sort)
            for phrase in (phrase for line in lines for phrase in line.split(",")):
                parts = tuple(self._part(word, kind) for word in phrase.split())
                while parts and parts[0].is_gap:
                    parts = parts[1:]
                if parts:
                    last = parts[-1]
                    ends = frozenset(() if last.it or last.is_gap else last.rows)
                    yield _Phrase(name, parts, sort, ends)

    def _part(self, word: str, kind: UnsafeKind) -> _Part:
        if word == _GAP:
            return _Part(is_gap=True)
        if not word.isupper():
            return _Part(_rows([word]))
        return _Part(self._group(word.lower()), it=word.lower() == kind.it)

    def _rows_of(self, name: str) -> _Rows:
        """The words of a group. A word of it in capitals is another group, and all of its words."""
        words = self._groups.get(name, ())
        named = (self._groups.get(word.lower(), ()) for word in words if word.isupper())
        return _rows((*(word for word in words if not word.isupper()), *chain(*named)))

    def _unknown_number(self, text: str) -> str:
        """A number to ring or to text that no route has, or an empty one."""
        for number in _NUMBER.finditer(text):
            digits = _digits(number[0])
            before = [w for s in _sentences(text[: number.start()]) for w in s.words]
            is_rung = self._grammar.dials(before[-_DIALLED:]) and len(digits) >= 3
            if digits not in self._dialled and (is_rung or _is_phone(digits)):
                return number[0]
        return ""


class _Grammar:
    """The small words by which an order is told from what only tells of something."""

    def __init__(self, words: Grammar) -> None:
        self._telling = _rows(words.telling)
        self._against = _rows(words.against)
        self._still = _rows(words.still)
        self._anew = _rows(words.anew)
        self._openings = _rows(words.openings)
        self._asking = _rows(words.asking)
        self._verbs = _rows(words.verbs)
        self._dial = _rows(words.dial)
        self._ends = _rows((*words.against, *words.anew))
        self.pronouns = _rows(words.pronouns)

    def dials(self, words: Sequence[str]) -> bool:
        """Whether a number after these words is one to ring or to text."""
        return _has(words, self._dial)

    def gap(self, words: Sequence[str], at: int) -> Iterator[int]:
        """Where what follows a gap may begin: a gap holds no comma, nothing against what is said,
        and no other thing to do."""
        for end in range(at, min(at + _NEAR, len(words)) + 1):
            yield end
            if end == at and words[at : at + 1] in (("and",), ("or",)):
                return
            if end < len(words) and self._ends_gap(words, end):
                return

    def _ends_gap(self, words: Sequence[str], at: int) -> bool:
        if words[at] == "," or _starts(words, at, self._ends):
            return True
        return words[at] in ("and", "or") and _starts(words, at + 1, self._verbs) > 0

    def is_order(self, sentence: _Sentence, at: int, end: int) -> bool:
        """Whether somebody is told to do what is said here."""
        words = sentence.words
        if sentence.is_question:
            asked = _starts(words, 0, self._asking)
            if not 0 < asked <= at:
                return False
            words, at, end = words[asked:], at - asked, end - asked
        parts = _parts(words[:at])
        lead = self._since(parts[-1], self._anew)
        if words[at] in _NO and "and" in lead:  # “don't look, and don't tell”
            lead = lead[len(lead) - lead[::-1].index("and") :]
        if self._is_against(lead) or _has(lead, self._telling):
            return False
        if "to" in lead and _LIST.issuperset(lead):  # “to pay”, as an answer or one of a list
            return False
        if len(lead) == len(parts[-1]) and not self._stands_alone(parts[:-1], words, at):
            return False
        after = words[end : self._end_of_part(words, end)]
        return not _has(after, _NOBODY)

    def is_stated(self, sentence: _Sentence, at: int) -> bool:
        """Whether what is said here is neither asked nor denied."""
        lead = self._since(_parts(sentence.words[:at])[-1], self._anew)
        return not (sentence.is_question or self._is_against(lead))

    def _is_against(self, lead: Sequence[str]) -> bool:
        """Whether somebody is told not to do what follows: “don't”, and not “don't forget to”."""
        at = [i for i in range(len(lead)) if _starts(lead, i, self._against)]
        return bool(at) and not _has(lead[at[0] + 1 :], self._still)

    def _stands_alone(self, before: Sequence[Sequence[str]], words: Sequence[str], at: int) -> bool:
        """Whether a part of a sentence is an order whatever comes before its comma. In a list, as
        after “they ask you to” or “don't”, it is what the list is."""
        if not before:
            return True
        start = sum(len(part) + 1 for part in before)
        in_list = "or" in words[start:]
        first = before[0]
        for part in before:
            lead = self._since(part, self._anew)
            if self._is_against(lead) and in_list:
                return False
            if _has(lead, self._telling) and not _starts(lead, 0, self._openings):
                return False
        more = "," in words[at:]
        return not (in_list and more and _starts(first, 0, self._openings))

    def _since(self, part: Sequence[str], rows: _Rows) -> Sequence[str]:
        """What follows the last of some words in a part of a sentence."""
        begins = [i + n for i in range(len(part)) if (n := _starts(part, i, rows))]
        return part[begins[-1] :] if begins else part

    def _end_of_part(self, words: Sequence[str], at: int) -> int:
        ends = (i for i in range(at, len(words)) if words[i] in (",", "and", "or", "but", "so"))
        return next(ends, len(words))


def _sentences(text: str) -> Iterator[_Sentence]:
    """The sentences of a text, in small letters and without contractions. What is in quotation
    marks or brackets is one of its own."""
    words: list[str] = []
    for each in _TOKEN.findall(_plain(text)):
        if each == "," or _WORD.match(each):
            words.append(each)
        elif words:
            yield _Sentence(tuple(words), "?" in each)
            words = []
    if words:
        yield _Sentence(tuple(words), is_question=False)


def _plain(text: str) -> str:
    said = normalize("NFC", text).casefold()
    said = said.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    if "'" in said or "cannot" in said:
        for contraction, whole in _CONTRACTIONS:
            said = contraction.sub(whole, said)
    return said


def _rows(words: Iterable[str]) -> _Rows:
    """Words as they are looked for; a hyphen stands between words in a row."""
    found: dict[str, set[_Row]] = {}
    for word in words:
        row = tuple(_TOKEN.findall(_plain(word.replace("-", " "))))
        if row:
            found.setdefault(row[0], set()).add(row)
    return {first: tuple(sorted(rows, key=len, reverse=True)) for first, rows in found.items()}


def _parts(words: Sequence[str]) -> list[Sequence[str]]:
    """The parts of a sentence between its commas."""
    parts: list[Sequence[str]] = []
    start = 0
    for at, word in enumerate(words):
        if word == ",":
            parts.append(words[start:at])
            start = at + 1
    return [*parts, words[start:]]


def _rows_at(words: Sequence[str], at: int, rows: _Rows) -> Iterator[_Row]:
    """The rows that stand here, the longest first."""
    for row in rows.get(words[at], ()) if at < len(words) else ():
        if len(row) == 1 or tuple(words[at : at + len(row)]) == row:
            yield row


def _starts(words: Sequence[str], at: int, rows: _Rows) -> int:
    """The length of the longest row that stands here, or 0."""
    return next((len(row) for row in _rows_at(words, at, rows)), 0)


def _has(words: Sequence[str], rows: _Rows) -> bool:
    """Whether one of some rows stands among these words."""
    return any(_starts(words, at, rows) for at in range(len(words)))


_NO = frozenset(("do", "never"))
_LIST = frozenset(("to", "and", "or"))
_NOBODY = _rows(("nobody", "no", "none", "nothing"))


def _words_of(words: Sequence[str]) -> str:
    return " ".join(words).replace(" ,", ",")


def _digits(number: str) -> str:
    """The digits of a number as it is dialled in the UK."""
    digits = re.sub(r"\D", "", number)
    return re.sub(r"^(?:00)?44", "0", digits) if len(digits) > 11 else digits


def _is_phone(digits: str) -> bool:
    """Whether so many digits can be nothing but a number to ring."""
    return digits.startswith("0") and len(digits) >= 8
