"""A library as plain JSON values, from which the engine of the page makes the same library.

Fields have the names that they have in the model; what is None, False or an empty text is left out.
A sentence for each reader is an object by reader, and one that is the same for all is a text. A
condition is a list of pairs. ``{"map": [[key, value]]}`` is a mapping, since its keys are an
author's and their order counts, and ``{"set": [...]}`` a set. What occurs twice stands once, in a
table: ``{"$": 3}`` is the fourth value of ``table``, which refers only to values before it. Texts
are without control and invisible characters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, TypeAlias

from ..model.base import Frozen, as_json, field_names
from ..model.facts import TELLERS
from ..model.library import Library
from ..model.sanitize import clean
from ..model.sentence import PLACES, Sentence
from ..model.tree import When
from ..page.messages import catalogue
from ..search.crisis import Phrased, instead_of, phrases_of
from ..search.index import SearchIndex
from ..search.urgency import urgent_first
from ..search.words import Vocabulary
from ..walk.doors import entrances
from .page_data import page_data
from .scanned import codes_to_scan

Plain: TypeAlias = "str | int | float | list[Any] | dict[str, Any] | None"
"""What JSON can say."""

_FIELDS = (
    *("trees", "questions", "always", "needs", "words", "routes", "opening"),
    *("nation", "organisation", "budgets", "record"),
)
"""What a walk reads of a library. What only proves, teaches or is searched is not of it."""

_OF_THE_TERMINAL = frozenset(
    {"app", "approve", "book", "check", "graph", "index", "keys", "mark", "pack"}
    | {"plain", "rack", "rehearsal", "routes", "scene", "screen", "trees", "vote"}
)
"""The kinds of messages that no page in a browser shows."""

_NOT_READ = PLACES | {"rules", "said"}
"""Fields that no page needs: what people type is in the index of a search."""

_WORTH_SHARING = 24
"""The least length of a value for the table: a shorter one is as short as its reference."""


def walk_data(library: Library) -> Plain:
    """What a walk and its pages need: the library, the messages, the advice that a search shows in
    danger, the lines among which each reader chooses, the codes to
    scan, and what ``page_data`` has of the pages. A reader who is unknown has an empty name, and
    the lines of a young person."""
    messages = {
        key: text
        for key, text in catalogue().items()
        if key.partition(".")[0] not in _OF_THE_TERMINAL
    }
    named = [name for kind in library.search.crisis.kinds.values() for name in kind.advice]
    made = {
        "messages": messages,
        "in_danger": {name: library.advice[name] for name in named if name in library.advice},
        "entrances": {
            teller or "": entrances(
                library, teller or TELLERS[0], urgent_first(library, library.trees, teller)
            )
            for teller in (*TELLERS, None)
        },
        "scanned": codes_to_scan(library),
    }
    every = {name: getattr(library, name) for name in _FIELDS} | made | page_data(library)
    return with_table(_each_plain(**every))


def search_data(index: SearchIndex) -> Plain:
    """An index as plain values. Of ``crisis`` a phrase is a list of numbers of ``parts``, each of
    which has the rows of stems that may stand there."""
    words, vocabulary = index.words, Vocabulary(index.words)
    whom = {
        key: frozenset(" ".join(vocabulary.words(phrase)) for phrase in phrases)
        for key, phrases in words.whom.items()
    }
    phrases = phrases_of(words.crisis, vocabulary.stem)
    parts: dict[frozenset[tuple[str, ...]], int] = {}

    def numbered(kinds: Phrased) -> Mapping[str, Plain]:
        return {
            name: [
                [[parts.setdefault(part, len(parts)) for part in phrase] for phrase in some]
                for some in kind
            ]
            for name, kind in kinds.items()
        }

    kinds, later = numbered(phrases.kinds), numbered(phrases.later)
    crisis = _each_plain(
        needs={name: k.needs or words.crisis.needs for name, k in words.crisis.kinds.items()},
        usual_needs=words.crisis.needs,
        theirs=words.crisis.theirs,
        doors={name: kind.doors for name, kind in words.crisis.kinds.items()},
        first=tuple(name for name, kind in words.crisis.kinds.items() if kind.first),
        own=tuple(name for name, kind in words.crisis.kinds.items() if kind.own),
        advice={name: kind.advice for name, kind in words.crisis.kinds.items()},
        kinds=kinds,
        later=later,
        parts=[sorted(" ".join(row) for row in part) for part in parts],
        groups=phrases.groups,
        instead=instead_of(words.crisis),
    )
    made = _each_plain(
        same=vocabulary.same,
        small=vocabulary.small,
        written=vocabulary.written,
        money=vocabulary.money,
        whom=whom,
        stated=words.stated,
    )
    every = {name: getattr(index, name) for name in field_names(index) if name != "words"}
    return with_table({**_each_plain(**every), **made, "crisis": crisis})


def _each_plain(**values: object) -> dict[str, Plain]:
    return {name: plain(value) for name, value in values.items()}


def plain(value: object) -> Plain:
    """A value of the model as a value of JSON. Raises TypeError for one that is of no model."""
    match value:
        case Enum():
            return plain(value.value)
        case None | int() | float():
            return value
        case str():
            return clean(value)
        case date():
            return value.isoformat()
        case When():
            return [[fact, plain(values)] for fact, values in value.tests]
        case Frozen():
            return _of_sentence(value) if isinstance(value, Sentence) else _fields(value)
        case Mapping():
            return {"map": [[plain(key), plain(each)] for key, each in value.items()]}
        case frozenset():
            return {"set": sorted(map(str, value))}
        case tuple() | list():
            return [plain(each) for each in value]
        case _:
            raise TypeError(f"no part of a library: {type(value)}")


def _of_sentence(sentence: Sentence) -> Plain:
    if not sentence.by_teller:
        return clean(sentence.otherwise)
    said = {teller: clean(text) for teller, text in sentence.by_teller}
    return {**said, "": clean(sentence.otherwise)} if sentence.otherwise else said


def _fields(value: Frozen) -> Plain:
    every = ((name, getattr(value, name)) for name in field_names(value) if name not in _NOT_READ)
    return {
        name: plain(each) for name, each in every if each not in (None, "") and each is not False
    }


def with_table(value: Plain) -> Plain:
    """A value with a table of what occurs twice in it: ``{"table": ..., "value": ...}``."""
    often: Counter[str] = Counter()

    def count(each: Plain) -> None:
        key = _key(each)
        often[key] += 1
        if often[key] == 1 and not isinstance(each, str):
            for part in _parts(each):
                count(part)

    count(value)
    table: list[Plain] = []
    places: dict[str, int] = {}

    def referred(each: Plain) -> Plain:
        key = _key(each)
        if often[key] < 2 or len(key) < _WORTH_SHARING:
            return inside(each)
        if key not in places:
            found = inside(each)
            places[key] = len(table)
            table.append(found)
        return {"$": places[key]}

    def inside(each: Plain) -> Plain:
        match each:
            case dict():
                return {name: referred(part) for name, part in each.items()}
            case list():
                return [referred(part) for part in each]
            case _:
                return each

    whole = inside(value)
    return {"table": table, "value": whole}


def _parts(value: Plain) -> list[Any]:
    match value:
        case dict():
            return [*value.values()]
        case list():
            return value
        case _:
            return []


def _key(value: Plain) -> str:
    return as_json(value)
