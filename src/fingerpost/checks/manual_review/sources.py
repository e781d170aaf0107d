"""Sources to look up again, and lines of advice that should name one.

A source is listed with all that rests on it, since it has to be compared with these words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

from ...model.facts import NATIONS
from ...model.library import Library
from ...model.sentence import Sentence, Source
from ...model.text_index import free_text, read_aloud
from ...model.tree import Advice
from ..upkeep import staleness
from .item import READER, Group, Item, Statement

OLD = 2
"""Years; older guidance has often had a new edition."""

_LAW = re.compile(r"\b(?:laws?|legal|legally|illegal|crimes?|criminal|offences?)\b", re.IGNORECASE)
_LAW_IN_A_TITLE = re.compile(r"\b(?:Acts?|[Ll]aws?|[Oo]ffences?|criminal)\b")
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:working )?"
    r"(?:minute|hour|day|week|month|year)s?\b",
    re.IGNORECASE,
)
_Named: TypeAlias = list[tuple[Source, Statement]]
"""A source as each place names it, with what rests on it there."""

_FRONT_PAGE = re.compile(r"https://[^/]+/?")


def items(library: Library, day: date) -> Iterator[Item]:
    """Every source of law, and every other that is old, undated or hard to find.

    Many files may have one source, by different names; it comes once, with all that rests on it.
    """
    found: dict[tuple[str, ...], _Named] = {}
    for source, statement in (*_advice(library), *_choices(library)):
        same = (source.title, source.publisher, source.published, source.url)
        found.setdefault(same, []).append((source, statement))
    for named in found.values():
        source, _ = named[0]
        statements = tuple(dict.fromkeys(each for _, each in named))
        speak_of_law = [each for each in statements if _LAW.search(each.words)]
        of_law = bool(speak_of_law or _LAW_IN_A_TITLE.search(source.title))
        reasons = (*(("Laws change.",) if of_law else ()), *_reasons(source, day))
        if reasons:
            yield Item(
                group=Group.LAW if of_law else Group.SOURCES,
                name=", ".join(dict.fromkeys(each.name for each, _ in named)),
                title=f"{source.title} ({source.publisher})",
                task=_task(of_law=of_law),
                reasons=reasons,
                seen=source.published,
                page=source.url,
                statements=tuple(e for e in statements if not e.case or e in speak_of_law),
                cases=tuple(dict.fromkeys(filter(None, (each.case for each in statements)))),
            )


def missing(library: Library) -> Iterator[Item]:
    """Every line of advice that speaks of the law, or gives a number, and names no source."""
    for where, line in _lines(library):
        law = next(filter(_LAW.search, line.say.texts), "")
        number = next((text for text in line.say.texts if _NUMBER.search(free_text(text))), "")
        if line.source is None and (law or number):
            yield Item(
                group=Group.UNSOURCED,
                name=where,
                title=read_aloud(library, law or number, READER),
                task="Find who says so, and name that source beside it, or take it out.",
                reasons=(f"It {'speaks of the law' if law else 'gives a number'}.",),
            )


def _task(*, of_law: bool) -> str:
    if of_law:
        return "See in the law as it stands today that each line below is true where it is shown."
    return "Find the page, see that it says what each line below says, and note its date."


def _reasons(source: Source, day: date) -> Iterator[str]:
    last = staleness.latest(source.published)
    if not source.published:
        yield "It has no date."
    elif last is None or last < staleness.years_before(day, OLD):
        yield f"It is more than {OLD} years old, as far as its date tells."
    if not source.url:
        yield "It has no address."
    elif _FRONT_PAGE.fullmatch(source.url):
        yield "Its address leads to a front page only."


def _advice(library: Library) -> Iterator[tuple[Source, Statement]]:
    for where, line in _lines(library):
        if line.source is not None:
            place = f"{where}, {_nations(line)}".rstrip(", ")
            yield line.source, Statement(place, _words(library, line.say))


def _choices(library: Library) -> Iterator[tuple[Source, Statement]]:
    for case in library.cases.values():
        for judgement in case.judgements:
            for choice in judgement.choices:
                if choice.source is not None:
                    words = _words(library, choice.because)
                    yield choice.source, Statement(f"case {case.name}", words, case.name)


def _nations(line: Advice) -> str:
    """The nations where a line is shown; empty if it is all of them."""
    of_nations = (values for when in line.whens for fact, values in when.tests if fact == "nation")
    shown_in = frozenset(NATIONS).intersection(*of_nations)
    left = [nation for nation in NATIONS if nation in shown_in]
    return "" if len(left) == len(NATIONS) else " and ".join(left)


def _words(library: Library, sentence: Sentence) -> str:
    """One wording of a sentence: the first that speaks of the law, or the first."""
    first = next(iter(sentence.texts), "")  # none, if it could not be read
    return read_aloud(library, next(filter(_LAW.search, sentence.texts), first), READER)


def _lines(library: Library) -> Iterator[tuple[str, Advice]]:
    """Every line of advice once, with where it is: the name of a shared one, or the ending."""
    yield from ((f"advice {line.name}", line) for line in library.advice.values())
    yield from (("always", line) for e in library.always for line in e.advice if not line.name)
    met = set()  # an ending that several trees use has one place in the files
    for tree in library.trees.values():
        for ending in tree.outcomes.values():
            for line in ending.advice:
                if not line.name and line.span not in met:
                    met.add(line.span)
                    yield f"{tree.name}, ending {ending.name}", line
