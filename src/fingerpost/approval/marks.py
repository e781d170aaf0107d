"""For whom a line is, as a short mark in the margin, and the key to the marks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from ..model import inline_markup
from ..model.base import grouped
from ..model.facts import TELLERS
from ..model.library import Library
from ..model.sentence import Sentence
from ..model.tree import ALWAYS, Tree, When
from ..page.messages import say

_READER = dict(zip(TELLERS, ("YP", "P", "S"), strict=True))
_READERS = frozenset(_READER.values())
_SHORT = {
    "under-13": "<13",
    "19-or-over": "19+",
    "england": "E",
    "wales": "W",
    "scotland": "S'land",
    "northern-ireland": "NI",
}
"""Marks of answers that have one of their own. Of others the name in the file is the mark, which
stands beside the answer where its question is printed."""

_AGES = {
    frozenset({"under-13", "13-15", "16-17", "not-sure"}): "<18",
    frozenset({"13-15", "16-17", "not-sure"}): "13-17",
    frozenset({"18", "19-or-over"}): "18+",
    frozenset({"under-13", "13-15", "16-17", "18", "19-or-over", "not-sure"}): "age asked",
}
"""Marks of several ages together."""

Asked: TypeAlias = Mapping[str, Collection[str]]
"""Questions that a book prints, with their answers."""

_ALL_NATIONS = 5
_IN_DANGER = {frozenset({"hurt", "suicide", "person", "missing", "not-sure"}): "in danger"}
_ONE = ("teller", "age", "nation", "danger")
"""Questions of which nobody gives two answers."""

_KNOWN = ("wrote", "door", "made-door", "online-door", "whose-danger")
"""What may be known from the start of any tree. The key has it in words."""

_TEST = re.compile(r"([\w-]+)=([\w/+<'-]+)")

_NOT = re.compile(r"(?:^| )not (?!asked yet)")

_FOR_READERS = re.compile(r"\[([YPS/]+: .*? / [YPS/]+: .*?)\]")
_NEXT_READERS = re.compile(r" / (?=[YPS/]+: )")


def key() -> list[str]:
    """What the marks mean, in sentences."""
    return say("book.key").split("\n")


def key_of_pages() -> list[str]:
    """What else stands on a page, on paper and on a screen."""
    return say("book.key-of-pages").split("\n")


def mark(whens: Iterable[When], unless: Iterable[When] = (), only: Sequence[str] = TELLERS) -> str:
    """The mark of what has these conditions, and is in words for ``only`` some readers."""
    tests = {"teller": frozenset(only)} if len(only) < len(TELLERS) else {}
    for fact, values in (test for when in whens for test in when.tests):
        tests[fact] = values & tests.get(fact, values) or values
    but = (" ".join(_kept_out(w, tests)) for w in unless if w != ALWAYS)
    every = (*(_test(f, v) for f, v in tests.items()), *(f"not {each}" for each in but if each))
    told = " ".join(dict.fromkeys(every))
    return re.sub(r"not (age|nation) asked", r"\1 not asked yet", told)


def _kept_out(when: When, tests: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """The tests of a condition that keeps people out, of those who have passed others: what holds
    for all of them is left out, and the whole condition if it can hold for none."""
    if any(f in _ONE and f in tests and v.isdisjoint(tests[f]) for f, v in when.tests):
        return
    yield from (_test(f, v) for f, v in when.tests if not (f in tests and tests[f] <= v))


def in_words(library: Library, told: str, asked: Collection[str]) -> str:
    """A mark in a book in which some questions are ``asked``: nobody is kept out by what they
    answered to others, and most of the answers to a question are said by what they leave out."""

    def short(found: re.Match[str]) -> str:
        question = library.questions.get(found[1])
        some = found[2].split("/")
        rest = [each for each in question.values if each not in some] if question else []
        few = rest and len(some) > 2 * len(rest)
        return f"{found[1]}=all but {'/'.join(rest)}" if few else found[0]

    def clear(each: str) -> str:
        first, *but = _NOT.split(each)
        kept = (f"not {some}" for some in but if not unasked(some, asked))
        return _TEST.sub(short, " ".join(filter(None, (first, *kept))))

    return " or ".join(dict.fromkeys(filter(None, map(clear, told.split(" or ")))))


def asked_in(trees: Iterable[Tree]) -> Asked:
    """The questions of some trees, with their answers there."""
    every = grouped((q.fact, value) for tree in trees for q in tree.asked for value in q.values)
    return {fact: frozenset(values) for fact, values in every.items()}


def printed(told: str, asked: Asked) -> str:
    """A mark without those answers that are not among the ``asked``; empty if it is for people who
    have given one of these."""
    first, but, rest = told.partition("not ")
    found = True

    def some(test: re.Match[str]) -> str:
        nonlocal found
        here = [v for v in test[2].split("/") if test[1] in _KNOWN or v in asked.get(test[1], ())]
        found = found and bool(here)
        return f"{test[1]}={'/'.join(here)}"

    told = f"{_TEST.sub(some, first)}{but}{rest}"
    return told if found else ""


def unasked(told: str, asked: Collection[str]) -> list[str]:
    """The questions of a mark that are not among these, and not known from the start."""
    facts = (fact for fact, _ in _TEST.findall(told))
    return [fact for fact in facts if fact not in asked and fact not in _KNOWN]


def either(marks: Iterable[str]) -> str:
    """The mark of what is for those of any of some marks."""
    sets = {each: _tests(each) for each in dict.fromkeys(marks)}
    every = [e for e in sets if not any(_is_wider(some, sets[e]) for some in sets.values())]
    of_all = {reader for each in every for reader in each.split("/")} == _READERS
    return "" if "" in every or of_all else " or ".join(every)


def _tests(marked: str) -> tuple[frozenset[str], frozenset[str]]:
    """What must be true of those with a mark, and what keeps others out."""
    first, *but = _NOT.split(marked)
    return frozenset(first.split()), frozenset(but)


def _is_wider(
    some: tuple[frozenset[str], frozenset[str]], other: tuple[frozenset[str], frozenset[str]]
) -> bool:
    """Whether a mark lets everyone in that another does, and more."""
    return some != other and some[0] <= other[0] and some[1] <= other[1]


def both(own: str, shared: str) -> str:
    """The mark of a line that has one on its page, and another wherever it stands: all of either
    must be true."""
    if not own or not shared or own == shared:
        return own or shared
    if " or " in own or " or " in shared:
        return f"{own} and {shared}"
    (here, *not_here), (there, *not_there) = map(_NOT.split, (own, shared))
    tests, whom = there.split(), frozenset("YPS/")
    if tests and whom.issuperset(tests[0]) and whom.issuperset(here.partition(" ")[0] or "-"):
        del tests[0]  # a page is for no more readers than the line
    but = (f"not {each}" for each in dict.fromkeys((*not_here, *not_there)))
    return " ".join(filter(None, (here, *tests, *but)))


def is_for(marked: str, teller: str) -> bool:
    """Whether what has this mark can be for a reader."""
    if " or " in marked:
        return any(is_for(each, teller) for each in marked.split(" or "))
    for_some, *nobody = marked.split("not ")
    of_readers = ({*each.split("/")} for each in for_some.split() if {*each.split("/")} <= _READERS)
    kept_out = {reader for each in nobody for reader in each.strip().split("/")}
    return all(_READER[teller] in each for each in of_readers) and _READER[teller] not in kept_out


def _test(fact: str, values: frozenset[str]) -> str:
    if fact == "teller":
        return _readers(t for t in TELLERS if t in values)
    if told := (_AGES if fact == "age" else _IN_DANGER if fact == "danger" else {}).get(values):
        return told
    if fact == "nation" and len(values) == _ALL_NATIONS:
        return "nation asked"
    said = "/".join(_SHORT.get(value, value) for value in sorted(values))
    return said if fact in ("age", "nation") else f"{fact}={said}"


def wordings(
    library: Library, sentence: Sentence | None, readers: Sequence[str] = TELLERS
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each wording of a sentence with the readers that have it."""
    if sentence is not None:
        read = grouped((filled(library, sentence, teller), teller) for teller in readers)
        if len(read) > 1 and (told := _in_one(read)):
            yield tuple(readers), told
        else:
            yield from ((tuple(tellers), text) for text, tellers in read.items())


def for_one(text: str, teller: str = "") -> str:
    """Wordings that are written as one, as a reader has them, or the first of theirs."""

    def own(found: re.Match[str]) -> str:
        every = [each.partition(": ") for each in _NEXT_READERS.split(found[1])]
        theirs = (words for some, _, words in every if _READER.get(teller) in some.split("/"))
        words = next(theirs, every[0][2])
        return "" if words == "-" else words

    return " ".join(_FOR_READERS.sub(own, text).split())


def _in_one(read: Mapping[str, Sequence[str]]) -> str:
    """Wordings that differ in a few words together as one: "Is [YP: anyone / P/S: a child] safe?"
    Empty if less than half of the longest is the same."""
    every = [text.split(" ") for text in read]
    shortest, longest = min(map(len, every)), max(map(len, every))
    begun = next((n for n in range(shortest) if len({w[n] for w in every}) > 1), shortest)
    left = range(1, shortest - begun + 1)
    ended = next((n - 1 for n in left if len({w[-n] for w in every}) > 1), shortest - begun)
    if 2 * (begun + ended) < longest:
        return ""
    some = zip(every, read.values(), strict=True)
    told = (f"{_readers(t)}: {' '.join(w[begun : len(w) - ended]) or '-'}" for w, t in some)
    first = every[0]
    return " ".join((*first[:begun], f"[{' / '.join(told)}]", *first[len(first) - ended :]))


def _readers(tellers: Iterable[str]) -> str:
    return "/".join(_READER[teller] for teller in tellers)


def filled(library: Library, sentence: Sentence, teller: str) -> str:
    """A sentence for one reader, with the names of services, and a gap for what they say."""
    text = sentence.read_by(teller)
    if "{" not in text:
        return text

    def title(name: str) -> str:
        route = library.routes.get(name)
        return route.title.read_by(teller) if route else name

    return inline_markup.fill(text, title, lambda fact: "…")
