"""FP415 and FP416: lines that could harm their reader, by the words of ``unsafe-lines.yaml``.

A line is looked at sentence by sentence. Of an order the words before it in its part of the
sentence are looked at too: “send the picture” is one; “they send the picture”, “if you send it”,
“don't send it” and “Did you send it?” are none. What a phrase does not say is not found: that a
line is free of these mistakes does not show that it is safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import PurePath
from unicodedata import normalize

from ...model.base import Frozen
from ...model.diagnostics import Diagnostic
from ...model.library import Grammar, Library
from ...model.spelling import did_you_mean
from ...model.text_index import SentenceUse, Wording, read_aloud

_GAP = "..."
_FILLED = 6
"""The most words for which a gap in a phrase stands."""

_ORDERS, _STATES, _SAYS = "orders", "states", "says"

_WHAT_IS = "it|that|what|who|s?he|[tw]?here|(?:every|no)thing|(?:no|some)body|(?:some)?one"
_CONTRACTIONS = tuple(
    (re.compile(short), whole)
    for short, whole in (
        (r"\b(ca|sha)n't\b|\bcannot\b", "can not"),
        (r"\bwon't\b", "will not"),
        (r"n't\b", " not"),
        (r"'re\b", " are"),
        (r"'ll\b", " will"),
        (r"'ve\b", " have"),
        (r"'m\b", " am"),
        (r"'d\b", " would"),
        (r"\blet's\b", "let us"),
        (rf"\b({_WHAT_IS})'s\b", r"\1 is"),
        (r"'s\b|(?<=s)'(?!\w)", ""),
    )
)
_TOKEN = re.compile(r"£|\w+|,|[.!?…:;]+|[\"“”()\[\]–—]|(?<=\s)-(?=\s)|\n\s*\n")
_IN_SENTENCE = re.compile(r"[\w£,]")

_NUMBER = re.compile(r"(?<![\w£$€.,/-])(?:\+\d|\d)(?:[ -]?\d)*(?![\w%]|[.:,]\d)")
_DIALLED = 4
"""A number is one to ring or to text if a word that says so is one of so many before it."""

# Patterns of sentences, in which a space stands behind each word and each comma.

_HERE = "(?<![^ ])"
"""Where a word begins."""

_COMMA = ", "
_NEVER = ("do ", "never ")
_UP_TO_AND = re.compile(f".*{_HERE}and ")
_OR = re.compile(f"{_HERE}or ")
_TO = re.compile("(?:and |or )*to (?:to |and |or )*")
_OF_NOBODY = re.compile("(?:(?!(?:,|and|or|but|so) )[^ ]+ )*?(?:nobody|no|none|nothing) ")


class _Phrase(Frozen):
    """A phrase of a kind, and where it is harm: as an order, unless it is denied, or anywhere.

    ``pattern`` finds it, and ``of_it`` with a pronoun for what has been named, or is empty. A
    sentence that has it has one of the words ``ends``, if there are any.
    """

    kind: str
    sort: str
    pattern: str
    of_it: str
    ends: frozenset[str]


class _Sentence(Frozen):
    """The words and commas of one sentence, with a space behind each, and whether it is a
    question."""

    text: str
    is_question: bool


def find(wording: Wording, known: frozenset[str] = frozenset()) -> Iterator[Diagnostic]:
    """Every sentence of an unsafe kind that nobody has judged, and every judgement of none. Texts
    that are ``known`` have been looked at."""
    kinds = wording.library.unsafe_lines.kinds
    unsafe = cache(_Unsafe(wording.library).kinds)

    def looks_like(use: SentenceUse) -> dict[str, tuple[str, str]]:
        """The kinds, each with the words by which and the wording that has them."""
        file, texts = PurePath(use.sentence.span.file), () if use.is_story else use.sentence.texts
        return {
            name: (words, text)
            for text in reversed(texts)
            for name, words in unsafe(text).items()
            if not any(map(file.match, kinds[name].only_in))
        }

    for passage, use in wording.saying(frozenset(filter(unsafe, {*wording.texts} - known))):
        judged = dict(use.sentence.judged)
        for name, (words, text) in looks_like(use).items():
            if name not in judged:
                yield Diagnostic(
                    "FP415",
                    f"the {passage} has “{words}” ({name}): {kinds[name].harm}",
                    use.sentence.place_of(text),
                    hint=kinds[name].hint,
                    words=_as_written(text, words),
                )
    for passage, use in wording.judged():
        found = looks_like(use)
        for name, _ in use.sentence.judged:
            if name not in found:
                near = "" if name in kinds else did_you_mean(name, tuple(kinds))
                yield Diagnostic(
                    "FP416",
                    f"the {passage} is judged to be no “{name}”, and nothing in it looks like one",
                    use.sentence.span,
                    hint=near or f"take “{name}” out of “judged”",
                )


class _Unsafe:
    """Finds the kinds of unsafe lines that a text may be."""

    def __init__(self, library: Library) -> None:
        known = library.unsafe_lines
        self._library = library
        self._grammar = _Grammar(known.grammar)
        self._groups = {**known.words, "verb": known.grammar.verbs, "comma": (",",)}
        self._but = {name: _finding(kind.but) for name, kind in known.kinds.items()}
        self._it = {n: _finding(self._meant(k.it.upper())) for n, k in known.kinds.items() if k.it}
        self._by_first: dict[str, list[_Phrase]] = {}
        for name, kind in known.kinds.items():
            for sort in (_ORDERS, _STATES, _SAYS):
                for phrase in ",".join(getattr(kind, sort)).split(","):
                    if words := phrase.lstrip(f"{_GAP} ").split():
                        self._add(name, sort, words, kind.it.upper())
        self._compiled = cache(re.compile)
        self._numbers = [name for name, kind in known.kinds.items() if kind.numbers]
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
            words, at = sentence.text.split(), 0
            here = frozenset(words)
            for word in words:
                for phrase in self._by_first.get(word, ()):
                    kind = phrase.kind
                    if kind in found or (phrase.ends and here.isdisjoint(phrase.ends)):
                        continue
                    end = self._end(phrase, sentence, at, named)
                    if end and not self._but[kind].search(sentence.text):
                        found[kind] = sentence.text[at:end].rstrip().replace(" ,", ",")
                at += len(word) + 1
            named |= {kind for kind, group in self._it.items() if group.search(sentence.text)}
        if self._numbers and (number := self._unknown_number(said)):
            found |= dict.fromkeys(self._numbers, number)
        return found

    def _end(self, phrase: _Phrase, sentence: _Sentence, at: int, named: set[str]) -> int:
        """Where a phrase ends that begins here and is harm, or 0."""
        text, kind, found = sentence.text, phrase.kind, None
        if phrase.of_it and (kind in named or self._it[kind].search(text[:at])):
            found = self._compiled(phrase.of_it).match(text, at)
        found = found or self._compiled(phrase.pattern).match(text, at)
        if not found:
            return 0
        end, is_harm = found.end(), True
        if phrase.sort == _ORDERS:
            is_harm = self._grammar.is_order(sentence, at, end)
        elif phrase.sort == _STATES:
            is_harm = self._grammar.is_stated(sentence, at)
        return end if is_harm else 0

    def _add(self, kind: str, sort: str, words: list[str], it: str) -> None:
        """Add a phrase under each word with which it may begin."""
        parts = [self._grammar.gap if w == _GAP else _any(self._meant(w)) for w in words]
        pronouns = _any(self._grammar.pronouns)
        near = len(words) - words[::-1].index(it) if it in words else 0
        # A pronoun stands for nothing behind a gap that is filled.
        of_it = (
            f"(?:{part}|{pronouns})" if word == it else part
            for word, part in zip(words[:near], parts[:near], strict=True)
            if word != _GAP
        )
        phrase = _Phrase(
            kind,
            sort,
            "".join(parts),
            "".join((*of_it, *parts[near:])) if near else "",
            _firsts(() if words[-1] in (it, _GAP) else self._meant(words[-1])),
        )
        begins = (*self._meant(words[0]), *(self._grammar.pronouns if words[0] == it else ()))
        for first in _firsts(begins):
            self._by_first.setdefault(first, []).append(phrase)

    def _meant(self, word: str) -> Sequence[str]:
        """What is meant by a word of a phrase. In capitals it is a group, whose words in capitals
        are others."""
        if not word.isupper():
            return (word,)
        group = self._groups.get(word.lower(), ())
        others = (self._groups.get(each.lower(), ()) for each in group if each.isupper())
        return (*(each for each in group if not each.isupper()), *chain(*others))

    def _unknown_number(self, text: str) -> str:
        """A number to ring or to text that no route has, or an empty one."""
        for number in _NUMBER.finditer(text):
            digits = _digits(number[0])
            before = "".join(each.text for each in _sentences(text[: number.start()])).split(" ")
            is_rung = len(digits) >= 3 and self._grammar.dials(" ".join(before[-_DIALLED - 1 :]))
            is_phone = digits.startswith("0") and len(digits) >= 8
            if digits not in self._dialled and (is_rung or is_phone):
                return number[0]
        return ""


class _Grammar:
    """The small words by which an order is told from what only tells of something."""

    def __init__(self, words: Grammar) -> None:
        self.pronouns = words.pronouns
        self.dials = _finding(words.dial).search
        self._telling = _finding(words.telling)
        self._against = _finding(words.against)
        self._still = _finding(words.still)
        self._anew = _finding(words.anew)
        self._openings = _finding(words.openings)
        self._asking = _finding(words.asking)
        ends = f"(?:{_COMMA}|{_any((*words.against, *words.anew))}|(?:and|or) {_any(words.verbs)})"
        self.gap = f"(?:(?!(?:and|or) )(?:(?!{ends})[^ ]+ ){{1,{_FILLED}}}?)??"
        """A gap holds no comma, nothing against what is said, and no other thing to do."""

    def is_order(self, sentence: _Sentence, at: int, end: int) -> bool:
        """Whether somebody is told to do what is said here."""
        text = sentence.text
        if sentence.is_question:
            asked = self._asking.match(text)
            if not asked or asked.end() > at:
                return False
            text, at, end = text[asked.end() :], at - asked.end(), end - asked.end()
        *before, part = text[:at].split(_COMMA)
        lead = self._since(part)
        if text.startswith(_NEVER, at):  # “don't look, and don't tell”
            lead = _UP_TO_AND.sub("", lead)
        if self._is_against(lead) or self._telling.search(lead):
            return False
        if _TO.fullmatch(lead):  # “to pay”, as an answer or one of a list
            return False
        if lead == part and not self._stands_alone(before, text, at):
            return False
        return not _OF_NOBODY.match(text, end)

    def is_stated(self, sentence: _Sentence, at: int) -> bool:
        """Whether what is said here is neither asked nor denied."""
        lead = self._since(sentence.text[:at].split(_COMMA)[-1])
        return not (sentence.is_question or self._is_against(lead))

    def _is_against(self, lead: str) -> bool:
        """Whether somebody is told not to do what follows: “don't”, and not “don't forget to”."""
        found = self._against.search(lead)
        if not found:
            return False
        return not self._still.search(lead, lead.index(" ", found.start()) + 1)

    def _stands_alone(self, before: Sequence[str], text: str, at: int) -> bool:
        """Whether a part of a sentence is an order whatever comes before its comma. In a list, as
        after “they ask you to” or “don't”, it is what the list is."""
        in_list = _OR.search(text, sum(len(part) + len(_COMMA) for part in before))
        for part in before:
            lead = self._since(part)
            if in_list and self._is_against(lead):
                return False
            if self._telling.search(lead) and not self._openings.match(lead):
                return False
        opens = before and self._openings.match(before[0])
        return not (in_list and _COMMA in text[at:] and opens)

    def _since(self, part: str) -> str:
        """What follows the last word with which a sentence begins anew."""
        return part[max((found.end() for found in self._anew.finditer(part)), default=0) :]


def _sentences(text: str) -> Iterator[_Sentence]:
    """The sentences of a text, in small letters and without contractions. What is in quotation
    marks or brackets is one of its own."""
    words: list[str] = []
    for each in (*_TOKEN.findall(_plain(text)), "."):
        if _IN_SENTENCE.match(each):
            words.append(f"{each} ")
        elif words:
            yield _Sentence("".join(words), "?" in each)
            words = []


def _as_written(text: str, words: str) -> str:
    """The least part of a text that says words of a sentence; empty if some are a name's."""

    def said(part: str) -> str:
        return f" {' '.join(_TOKEN.findall(_plain(part)))} "

    found = tuple(re.finditer(r"[\w£'’]+", text))
    parts = (text[a.start() : b.end()] for n, a in enumerate(found) for b in found[n:])
    return min((part for part in parts if said(words) in said(part)), key=len, default="")


def _plain(text: str) -> str:
    said = normalize("NFC", text).casefold()
    said = said.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    if "'" in said or "cannot" in said:
        for contraction, whole in _CONTRACTIONS:
            said = contraction.sub(whole, said)
    return said


def _rows(words: Iterable[str]) -> set[tuple[str, ...]]:
    """Words as they are looked for; a hyphen stands between words in a row."""
    return {tuple(_TOKEN.findall(_plain(word.replace("-", " ")))) for word in words} - {()}


def _firsts(words: Iterable[str]) -> frozenset[str]:
    """The first of each row of words."""
    return frozenset(row[0] for row in _rows(words))


def _any(words: Iterable[str]) -> str:
    """A pattern of any of some rows of words, the longest first."""
    rows = (re.escape(" ".join((*row, ""))) for row in sorted(_rows(words), key=len, reverse=True))
    return f"(?:{'|'.join(rows) or '(?!)'})"


def _finding(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of some rows of words."""
    return re.compile(_HERE + _any(words))


def _digits(number: str) -> str:
    """The digits of a number as it is dialled in the UK."""
    digits = re.sub(r"\D", "", number)
    return re.sub(r"^(?:00)?44", "0", digits) if len(digits) > 11 else digits
