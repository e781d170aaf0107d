"""Whom a line is for: some groups of readers, and these in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from typing import TypeAlias

from ..model.base import Frozen, grouped
from ..model.facts import NOT_SURE, TELLERS, Facts
from ..model.library import Library
from ..model.sentence import Sentence
from ..model.text_index import read_aloud
from ..model.tree import Question, When
from ..page import messages
from ..page.messages import say
from ..walk.possible_facts import PossibleFacts

_CLAUSE = re.compile(r"[^,.:]*(?:[.:,](?! )[^,.:]*)*")

_OLDEST = 99

_AGES: Mapping[str, tuple[int, int]] = {
    "under-13": (0, 12),
    "13-15": (13, 15),
    "16-17": (16, 17),
    "18": (18, 18),
    "19-or-over": (19, _OLDEST),
}
"""The first and the last year of each answer to how old somebody is."""

_WHO = ("teller", "age", "nation")
"""What marks say, in this order: who somebody is, and not what happened."""

_ONE = (*_WHO, "danger")
"""Questions of which nobody gives two answers."""

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
    """Of some groups those whom somebody can be in, in a state of what is possible, without what is
    true of everybody there, and without those who are all in another."""
    found = dict.fromkeys(filter(None, (_in_state(each, possible, state) for each in every)))
    return tuple(
        x
        for x in found
        if not any(o.tests <= x.tests and o.unless <= x.unless and o != x for o in found)
    )


def _in_state(group: Group, possible: PossibleFacts, state: int) -> Group | None:
    whens = [When((test,)) for test in group.tests]
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


# --- in words -----------------------------------------------------------------------------------


class Namer:
    """Puts into words whom lines are for, by the questions of a library and of some trees."""

    def __init__(self, library: Library, trees: Iterable[str]) -> None:
        self.library = library
        self._trees = tuple(trees)

    def mark(self, every: Whom) -> str:
        """Which readers see a line, “some” of them if it is by their answers; and of what age and
        nation. Nobody else does. Empty if it is for everybody who comes there."""
        if Group() in every:
            return ""
        limits = [self._limits(each) for each in every]
        told = dict(self._limited(limits))
        who = told.pop("teller", "")
        tests = [each for group in every for each in (group.tests, *group.unless)]
        asked = any(fact not in _WHO for each in tests for fact, _ in each)
        differ = sum(len({each.get(fact) for each in limits}) > 1 for fact in _WHO)
        if asked or differ > 1 or not all(_is_limit(x) for group in every for x in group.unless):
            who = say("mark.some", whom=who).strip()
        return ", ".join(filter(None, (who, *told.values())))

    def _limited(self, limits: Sequence[Mapping[str, frozenset[str]]]) -> Iterator[tuple[str, str]]:
        """Who is in any of some groups, by fact in words. With those of an age or a nation those
        count who do not say theirs."""
        for fact in _WHO:
            if all(fact in each for each in limits):
                values = frozenset().union(*(each[fact] for each in limits))
                if values | {NOT_SURE} < self._values(fact) | {NOT_SURE}:
                    yield fact, self._test(fact, values)

    def _limits(self, group: Group) -> Mapping[str, frozenset[str]]:
        """Of what marks say the values that those in a group have."""
        limits = {fact: values for fact, values in group.tests if fact in _WHO}
        for [(fact, values)] in filter(_is_limit, group.unless):
            limits[fact] = limits.get(fact, self._values(fact)) - values
        return limits

    def _values(self, fact: str) -> frozenset[str]:
        question = self._question(fact)
        return frozenset(question.values if question else TELLERS if fact == "teller" else ())

    def reader(self, facts: Facts) -> str:
        """Those with these facts: who, how old, where, and what else they chose in these trees."""
        order = [*_WHO, *sorted(facts)]
        told = sorted(self.telling(facts), key=lambda each: order.index(each[0]))
        return ", ".join(self._test(*each) for each in told)

    def telling(self, facts: Facts) -> Sequence[tuple[str, frozenset[str]]]:
        """Of some facts those that these trees ask, but for that nothing is wrong."""
        nothing = {NOT_SURE, "none", "no", "nowhere-yet"}
        return [(f, v) for f, v in facts.items() if f in self._asked and v.isdisjoint(nothing)]

    @cached_property
    def _asked(self) -> frozenset[str]:
        trees = (self.library.trees[each] for each in self._trees)
        return frozenset(question.fact for tree in trees for question in tree.asked)

    def _test(self, fact: str, values: frozenset[str]) -> str:
        """An answer in its own words; of who somebody is a word or two."""
        if fact == "teller":
            young, *adults = TELLERS
            if values >= {*adults}:
                values = (values & {young}) | {"adults"}
            return messages.listed([say(f"mark.{t}") for t in (*TELLERS, "adults") if t in values])
        if fact == "age":
            return _ages(values)
        if not (question := self._question(fact)):
            return messages.either([each.replace("-", " ") for each in sorted(values)])
        every = {a.value: filled(self.library, a.say, TELLERS[0]) for a in question.answers}
        if fact == "nation":
            named = [says for each, says in every.items() if each in values - {NOT_SURE}]
            others = [says for each, says in every.items() if each not in values | {NOT_SURE}]
            if named and len(others) == 1:
                return say("mark.not", whom=others[0])
            return messages.either(named) if named else say("mark.no-nation")
        return messages.either([f"“{_clause(every, each)}”" for each in every if each in values])

    def _question(self, fact: str) -> Question | None:
        every = (self.library.question_of(fact, tree) for tree in ("", *self._trees))
        return next(filter(None, every), None)


def _is_limit(tests: Tests) -> bool:
    """Whether tests say no more than who somebody is, as a mark can."""
    return [fact in _WHO for fact, _ in tests] == [True]


def _clause(answers: Mapping[str, str], value: str) -> str:
    """An answer up to its first comma, colon or full stop, if that tells it from the others."""
    clause = _CLAUSE.match(answers[value])[0]  # type: ignore[index]  # it matches any text
    others = (says for each, says in answers.items() if each != value)
    return answers[value] if any(says.startswith(clause) for says in others) else clause


def _ages(values: frozenset[str]) -> str:
    """Ages as people say them, with which those count who do not say theirs."""
    spans = sorted(_AGES[each] for each in values if each in _AGES)
    if not spans:
        return say("mark.no-age")
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
    library: Library,
    sentence: Sentence,
    readers: Sequence[str],
    *,
    apart: bool = False,
    told: str = "",
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each wording of a sentence with the readers that have it; that of the first reader ``apart``
    from the others, as on a page of theirs; or that of who is ``told`` it beside any reader."""
    said = ((filled(library, sentence, told or teller), teller) for teller in readers)
    every = [*grouped(said).items()]
    alone, read = every[:apart], dict(every[apart:])
    if len(read) > 1 and (in_one := _in_one(read)):
        alone.append((in_one, [each for some in read.values() for each in some]))
    else:
        alone += read.items()
    yield from ((tuple(tellers), text) for text, tellers in alone)


def for_one(text: str, teller: str = "") -> str:
    """Wordings that are written as one, as a reader has them, or the first of theirs."""
    if "[" not in text:
        return text
    named = {each: _readers([each]) for each in TELLERS}
    some = rf"(?:{'|'.join((*named.values(), say('mark.adults')))})"
    some = rf"{some}(?:/{some})?: "

    def own(found: re.Match[str]) -> str:
        every = [each.partition(": ") for each in re.split(rf" / (?={some})", found[1])]
        told = (named.get(teller), say("mark.adults") if teller in TELLERS[1:] else None)
        theirs = (words for who, _, words in every if not {*told}.isdisjoint(who.split("/")))
        return next(theirs, "" if teller else every[0][2])

    return " ".join(re.sub(rf"\[({some}.*?)\]", own, text).split())


def _in_one(read: Mapping[str, Sequence[str]]) -> str:
    """Wordings that differ in a few words together as one: "Is [young: anyone / adults: a
    child] safe?" Who has no words there is left out. Empty if less than half
    of the longest is the same."""
    every = [text.split(" ") for text in read]
    shortest, longest = min(map(len, every)), max(map(len, every))
    begun = next((n for n in range(shortest) if len({w[n] for w in every}) > 1), shortest)
    left = range(1, shortest - begun + 1)
    ended = next((n - 1 for n in left if len({w[-n] for w in every}) > 1), shortest - begun)
    if 2 * (begun + ended) < longest:
        return ""
    some = zip(every, read.values(), strict=True)
    theirs = ((_readers(t), " ".join(w[begun : len(w) - ended])) for w, t in some)
    told = (f"{who}: {words}" for who, words in theirs if words)
    first = every[0]
    return " ".join((*first[:begun], f"[{' / '.join(told)}]", *first[len(first) - ended :]))


def _readers(tellers: Iterable[str]) -> str:
    every = tuple(tellers)
    adults = say("mark.adults") if every == TELLERS[1:] else ""
    return adults or "/".join(say(f"wording.{teller}") for teller in every)


def filled(library: Library, sentence: Sentence, teller: str) -> str:
    """A sentence for one reader, with the names of services, and a gap for what they say."""
    return read_aloud(library, sentence.read_by(teller), teller, fact="…")
