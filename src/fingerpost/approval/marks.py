"""Whom a line is for: some groups of readers, and these in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from itertools import permutations
from typing import TypeAlias

from ..model.base import Frozen, grouped, replace
from ..model.facts import NOT_SURE, TELLERS, Facts
from ..model.library import Library
from ..model.sanitize import shorten
from ..model.sentence import Sentence
from ..model.text_index import read_aloud
from ..model.tree import Question, When
from ..page import messages
from ..page.messages import say
from ..walk.possible_facts import PossibleFacts

_READER = dict(zip(TELLERS, ("YP", "P", "S"), strict=True))

_OLDEST = 99

_AGES: Mapping[str, tuple[int, int]] = {
    "under-13": (0, 12),
    "13-15": (13, 15),
    "16-17": (16, 17),
    "18": (18, 18),
    "19-or-over": (19, _OLDEST),
}
"""The first and the last year of each answer to how old somebody is."""

_NAMED = 2
"""Answers that a mark names; if it is for more, those that it is not for."""

_MOST_NAMED = 3
"""Answers that a mark names if there is no other way to say whom it is for."""

_LABEL, _SHORT_LABEL = 32, 26
"""Letters of an answer by which a mark names it, alone and beside many others."""

_ONE = ("teller", "age", "nation", "danger")
"""Questions of which nobody gives two answers, in the order in which marks say them."""

_FOR_READERS = re.compile(r"\[([YPS/]+: .*? / [YPS/]+: .*?)\]")
_NEXT_READERS = re.compile(r" / (?=[YPS/]+: )")

Tests: TypeAlias = frozenset[tuple[str, frozenset[str]]]


class Group(Frozen):
    """Those for whom all of some tests hold, and none of the conditions ``unless``."""

    tests: Tests = frozenset()
    unless: frozenset[Tests] = frozenset()

    def holds(self, facts: Facts) -> bool:
        """Whether somebody with these facts is among them."""
        return _when(self.tests).holds(facts) and not any(
            _when(each).holds(facts) for each in self.unless
        )

    def has(self, teller: str) -> bool:
        """Whether a reader can be among them."""
        return all(teller in values for fact, values in self.tests if fact == "teller")


Whom: TypeAlias = tuple[Group, ...]
"""The readers in any of some groups."""

EVERYONE: Whom = (Group(),)


def whom(whens: Iterable[When], unless: Iterable[When], only: Sequence[str]) -> Whom:
    """Whom a wording for ``only`` some readers is for, under these conditions."""
    every = {"teller": frozenset(only)} if len(only) < len(TELLERS) else {}
    tests: set[tuple[str, frozenset[str]]] = set()
    for fact, values in (test for when in whens for test in when.tests):
        if fact in _ONE:
            every[fact] = values & every.get(fact, values)
        else:
            tests.add((fact, values))
    out = frozenset(frozenset(when.tests) for when in unless if when.tests)
    return (Group(frozenset({*every.items(), *tests}), out),)


def _when(tests: Tests) -> When:
    return When(tuple(tests))


def among(every: Whom, possible: PossibleFacts, state: int) -> Whom:
    """Of some groups what tells them from the others in a state of what is possible: none of those
    whom nobody can be in, and nothing that is true of everybody."""
    if every == EVERYONE:
        return every
    known = _joined(filter(None, (_in_state(each, possible, state) for each in every)))
    return _joined(filter(None, (_in_state(each, possible, state) for each in known)))


def _in_state(group: Group, possible: PossibleFacts, state: int) -> Group | None:
    whens = [When((test,)) for test in _ordered(group.tests)]
    if not possible.shows(state, whens, map(_when, group.unless)):
        return None
    here = reduce(possible.where, whens, state)
    tests = frozenset(_possible(group.tests, possible, state))
    out = (each for each in group.unless if possible.where(here, _when(each)))
    return Group(tests, frozenset(frozenset(_possible(each, possible, here)) for each in out))


def _possible(
    tests: Tests, possible: PossibleFacts, state: int
) -> Iterator[tuple[str, frozenset[str]]]:
    """Tests without what is true of everybody, and without answers that nobody gives."""
    for fact, values in tests:
        if not possible.everywhere(state, When(((fact, values),))):
            yield fact, frozenset(each for each in values if possible.has(state, fact, each))


def _joined(groups: Iterable[Group]) -> Whom:
    """Groups of which those that are one are said as one."""
    every = list(dict.fromkeys(groups))
    while pair := next(((a, b) for a, b in permutations(every, 2) if _one(a, b)), None):
        at = min(map(every.index, pair))
        every = [each for each in every if each not in pair]
        every.insert(at, _one(*pair) or pair[0])
    return tuple(every)


def _one(one: Group, other: Group) -> Group | None:
    """Two groups as one; None if they are not."""
    if one.unless <= other.unless and _is_wider(one.tests, other.tests):
        return one
    ours, theirs = one.tests - other.tests, other.tests - one.tests
    if one.unless == other.unless and len(ours) == len(theirs) == 1:
        (fact, some), (also, more) = *ours, *theirs
        return (
            replace(one, tests=one.tests - ours | {(fact, some | more)}) if fact == also else None
        )
    # Those of whom something is true, and those of whom it is not.
    if one.unless - other.unless == {theirs} and other.unless <= one.unless and not ours:
        return replace(one, unless=other.unless)
    return None


def _is_wider(some: Tests, other: Tests) -> bool:
    return all(any(f == fact and v <= values for f, v in other) for fact, values in some)


def _ordered(tests: Tests) -> list[tuple[str, frozenset[str]]]:
    """Tests in the order in which they are said: who, how old and where, and then what."""
    return sorted(
        tests, key=lambda t: (_ONE.index(t[0]) if t[0] in _ONE else 9, t[0], sorted(t[1]))
    )


# --- in words -----------------------------------------------------------------------------------


class Namer:
    """Puts into words whom lines are for, by the questions of a library and of some trees."""

    def __init__(self, library: Library, trees: Iterable[str]) -> None:
        self.library = library
        self._trees = tuple(trees)

    def mark(self, every: Whom) -> str:
        """Whom a line is for; empty if it is for everybody who comes there."""
        return "" if Group() in every else say("mark.or").join(map(self._group, every))

    def reader(self, facts: Facts) -> str:
        """Those with these facts: who, how old, where, and what else they chose in these trees."""
        return self._group(Group(frozenset(self.telling(facts))))

    def telling(self, facts: Facts) -> Sequence[tuple[str, frozenset[str]]]:
        """Of some facts those that these trees ask, but for that nothing is wrong."""
        nothing = {NOT_SURE, "none", "no"}
        return [(f, v) for f, v in facts.items() if f in self._asked and v.isdisjoint(nothing)]

    @cached_property
    def _asked(self) -> frozenset[str]:
        trees = (self.library.trees[each] for each in self._trees)
        return frozenset(question.fact for tree in trees for question in tree.asked)

    def _group(self, group: Group) -> str:
        told = [self._test(*test) for test in _ordered(group.tests)]
        unless = sorted(group.unless, key=lambda each: sorted((f, sorted(v)) for f, v in each))
        told += [self._without(_ordered(tests)) for tests in unless]
        return ", ".join(told)

    def _without(self, tests: Sequence[tuple[str, frozenset[str]]]) -> str:
        """All but those with these facts; where these are nearly all, those who are left."""
        if len(tests) == 1 and (question := self._question(tests[0][0])):
            others = [each for each in question.values if each not in tests[0][1]]
            if not others:
                return say("mark.not-asked", question=self.asked(question))
            if len(others) <= _NAMED < len(tests[0][1]):
                return say("mark.or-not-asked", whom=self._labels(question, others))
        kept = say("mark.and").join(self._test(*test) for test in tests)
        return say("mark.not", whom=kept)

    def _test(self, fact: str, values: frozenset[str]) -> str:
        if fact == "teller":
            return messages.listed([say(f"mark.{t}") for t in TELLERS if t in values])
        if fact == "age":
            return _ages(values)
        if question := self._question(fact):
            return self._answers(question, values)
        return messages.either([each.replace("-", " ") for each in sorted(values)])

    def _question(self, fact: str) -> Question | None:
        every = (self.library.question_of(fact, tree) for tree in ("", *self._trees))
        return next(filter(None, every), None)

    def _answers(self, question: Question, values: frozenset[str]) -> str:
        """Answers in their own words; if they are many, by those that are left out."""
        if values >= question.in_danger and question.in_danger:
            return say("mark.in-danger")
        some = [each for each in question.values if each in values]
        others = [each for each in question.values if each not in values]
        if not others:
            return say("mark.asked", question=self.asked(question))
        if len(some) <= _NAMED:
            return self._labels(question, some)
        few = min(some, others, key=len)
        named = self._labels(question, few, _LABEL if len(few) <= _NAMED else _SHORT_LABEL)
        if len(few) > _MOST_NAMED:
            return say("mark.some", question=self.asked(question))
        return named if few is some else say("mark.not", whom=named)

    def _labels(self, question: Question, values: Iterable[str], letters: int = _LABEL) -> str:
        """Answers by their first words, as many as tell them from the others."""
        every = {a.value: filled(self.library, a.say, TELLERS[0]) for a in question.answers}
        plain = question.fact == "nation"
        labels = (_label(every, each, letters) for each in values if each in every)
        return messages.either([*dict.fromkeys(x if plain else f"“{x}”" for x in labels)])

    def asked(self, question: Question) -> str:
        text = filled(self.library, question.ask, TELLERS[0])
        found = re.search(r"[^.?\s][^.?]*\?", text)
        return shorten(found[0] if found else text, _LABEL)


def _label(answers: Mapping[str, str], value: str, letters: int) -> str:
    """The first words of an answer, as many as tell it from the others."""
    others = [says for each, says in answers.items() if each != value]
    for most in range(letters, len(answers[value]), 24):
        label = shorten(answers[value], most)
        if label not in (shorten(each, most) for each in others):
            return label
    return answers[value]


def _ages(values: frozenset[str]) -> str:
    """Ages as people say them, with which those count who do not say theirs."""
    spans = sorted(_AGES[each] for each in values if each in _AGES)
    if not spans:
        return say("mark.no-age")
    if len(spans) == len(_AGES):
        return say("mark.any-age")
    runs: list[tuple[int, int]] = []
    for low, high in spans:
        if runs and runs[-1][1] + 1 == low:
            low = runs.pop()[0]
        runs.append((low, high))
    return messages.either([_years(low, high) for low, high in runs])


def _years(low: int, high: int) -> str:
    if low == 0:
        return say("mark.under", age=high + 1)
    if high == _OLDEST:
        return say("mark.over", age=low)
    return str(low) if low == high else say("mark.between", low=low, high=high)


# --- words for each reader ----------------------------------------------------------------------


def wordings(
    library: Library, sentence: Sentence, readers: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each wording of a sentence with the readers that have it."""
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

    return " ".join(_FOR_READERS.sub(own, text).split()) if "[" in text else text


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
    return read_aloud(library, sentence.read_by(teller), teller, fact="…")
