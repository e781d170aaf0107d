"""Walks that a browser and Python take side by side, and what is seen at each of their steps."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache, partial
from hashlib import sha1
from random import Random
from typing import Any, TypeAlias

import msgspec
import pytest

from fingerpost.model.base import Frozen, as_json, field_names, replace
from fingerpost.model.case import Case
from fingerpost.model.facts import NATIONS, TELLERS, WROTE, Facts
from fingerpost.model.library import Library
from fingerpost.model.tree import Outcome, Question
from fingerpost.page import labels, question
from fingerpost.page.approval import Fingerprints
from fingerpost.page.contact import Contact
from fingerpost.page.joined import joined
from fingerpost.page.opening_hours import BankHolidays, Clock
from fingerpost.page.page import Help, Instruction, Page, danger, page
from fingerpost.page.question import Choice, QuestionView, asking, responding, standing_numbers
from fingerpost.walk.autoplay import case_steps
from fingerpost.walk.walk import Walk
from fingerpost.web.data import plain, walk_data

from .node import run

Move: TypeAlias = tuple[Any, ...]
"""``("answer", values)``, ``("change", index, values)``, ``("carryOn",)`` and so on."""

Seen: TypeAlias = Mapping[str, object]

REFUSED = "refused"

MOMENTS = {
    "a day": datetime(2026, 11, 25, 14, 0, tzinfo=UTC),
    "a night": datetime(2026, 11, 25, 2, 0, tzinfo=UTC),
    "Christmas": datetime(2026, 12, 25, 11, 0, tzinfo=UTC),
    "a holiday that is taken later": datetime(2026, 12, 27, 23, 30, tzinfo=UTC),
    "the clocks go forward": datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
    "the clocks go back": datetime(2026, 10, 25, 1, 0, tzinfo=UTC),
    "midnight in summer": datetime(2026, 6, 30, 23, 0, tzinfo=UTC),
    "new year": datetime(2027, 1, 1, 0, 0, tzinfo=UTC),
}
AROUND = 100
"""Minutes around a moment, within which a journey takes place."""

LONGEST = 14
"""Moves of a journey at random: the longest shipped walk, and room to go back."""


class Journey(Frozen):
    """A way through a library, by its number among those that are compared.

    Of a journey to its ``end`` alone the steps before the last are followed, but nobody looks at
    what stands there.
    """

    library: int
    tree: str
    at: datetime
    given: tuple[tuple[str, tuple[str, ...]], ...] = ()
    moves: tuple[Move, ...] = ()
    end: bool = False


# --- what is seen --------------------------------------------------------------------------------


def stands(walk: Walk) -> Seen:
    """Where a walk stands, and what is known of the person."""
    return {
        "walk": {
            "place": (walk.tree.name, walk.here.name),
            "facts": walk.facts,
            "replies": walk.replies,
            "kept": walk.kept,
            "teller": walk.teller,
            "nation": walk.nation,
            "in_cycle": walk.in_cycle,
            "asked_before": walk.asked_before,
            "waiting": [index for index, _, _ in walk.waiting()],
            "of_local": walk.of_local and walk.of_local.name,
            "beside": walk.beside and (walk.beside.tree.name, walk.beside.here.name),
        }
    }


def seen(walk: Walk, clock: Clock) -> Seen:
    """What is seen where a walk stands, each under a name."""
    found = {
        **stands(walk),
        "standing": standing_numbers(walk.library, walk.facts),
        "danger": _danger(walk.library, walk.facts, clock),
    }
    if isinstance(walk.here, Question):
        told = [
            responding(question, reply.values, walk, clock)
            for _, question, reply in list(walk.answered())[-1:]
        ]
        return found | {
            "question": asking(walk),
            "unasked": walk.unasked,
            "response": told[0] if told else None,
        }
    again = None
    for index, asked, reply in list(walk.answered())[-1:]:
        tree = walk.library.trees[reply.tree]
        then = replace(walk, tree=tree, here=asked, replies=walk.replies[:index], kept=())
        again = asking(then, reply.values)
    prints = in_browsers(walk.library)
    shown, paper = (in_a_browser(walk, at, prints) for at in (clock, None))
    return found | {
        "again": again,
        "page": shown,
        "labels": {
            "urgency": labels.urgency(shown.urgency),
            "lifeline": labels.lifeline(shown),
            "danger": labels.danger(shown),
            "reviewed": labels.reviewed(shown),
            "titles": [labels.title_of(each) for each in shown.contacts],
        },
        "paper": paper,
    }


def in_a_browser(walk: Walk, clock: Clock | None, fingerprints: Fingerprints) -> Page:
    """A page as a browser makes it, joined with that of the walk beside it."""
    assert isinstance(walk.here, Outcome)
    shown = page(walk.library, walk.tree, walk.here, walk.facts, clock, fingerprints)
    if walk.beside is None:
        return shown
    return joined(in_a_browser(walk.beside, clock, fingerprints), shown)


def in_browsers(library: Library) -> Fingerprints:
    """A browser is only told facts that go together: it does not ask if anybody comes there with
    them."""
    found = Fingerprints(library)
    found.reach.possible.covers = lambda *_: True  # type: ignore[method-assign]
    return found


def went(journey: Journey, library: Library) -> Iterator[Seen | str]:
    """What is seen at the beginning of a journey, and after each move."""
    clock = Clock(journey.at, holidays())
    walk = Walk.begin(library, journey.tree, {f: frozenset(values) for f, values in journey.given})
    yield {
        "standing": standing_numbers(library, walk.facts),
        "approval": [labels.approval_of(library, tree) for tree in (None, walk.tree.name)],
    }
    look = stands if journey.end else partial(seen, clock=clock)
    yield look(walk)
    for move, *values in journey.moves:
        try:
            walk = MOVES[move](walk, *values)
        except ValueError:
            yield REFUSED
        else:
            yield look(walk)
    if journey.end:
        yield seen(walk, clock)


MOVES: Mapping[str, Callable[..., Walk]] = {
    "answer": Walk.answer,
    "carryOn": Walk.carry_on,
    "back": Walk.back,
    "change": Walk.change,
    "also": Walk.also,
    "givenAnew": Walk.given_anew,
}


@cache
def holidays() -> BankHolidays:
    return BankHolidays.load()


# --- the comparison ------------------------------------------------------------------------------


class Differs(AssertionError):
    """Python and the browser see different things; the message says where first."""


def expected(journey: Journey, library: Library) -> str:
    """The digest of what must be seen at each step of a journey."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(question, "danger", _danger)
        return _digest([*map(_each_comparable, went(journey, library))])


def compare(
    journeys: Sequence[Journey],
    libraries: Sequence[Library],
    wanted: Sequence[str] | None = None,
    **how: float,
) -> None:
    """Take each journey in Node.js. Raises Differs for the first on which something else is seen.

    ``wanted`` is what Python sees, if that is known, and ``how`` is for ``run``.
    """
    if wanted is None:
        wanted = [expected(journey, libraries[journey.library]) for journey in journeys]
    data = [_data(library) for library in libraries]
    found = run("journeys.mjs", journeys, data, **how)
    for journey, want, have in zip(journeys, wanted, found, strict=True):
        if want != have:
            (values,) = run("journeys.mjs", [_in_full(journey)], data)
            steps = [*went(journey, libraries[journey.library])]
            where = first_difference([*map(_each_comparable, steps)], values)
            raise Differs(f"{where}\nin {msgspec.json.encode(journey).decode()}")


def _in_full(journey: Journey) -> object:
    return {**msgspec.structs.asdict(journey), "full": True}


def first_difference(want: object, have: object) -> str:
    """Where two values first differ, and how."""
    told = msgspec.json.decode(msgspec.json.encode(want, order="sorted"))
    return _first_difference(told, have, "") or "nothing differs"


def _first_difference(want: object, have: object, at: str) -> str:
    if want == have:
        return ""
    pairs: Iterable[tuple[object, object, object]] = ()
    if isinstance(want, dict) and isinstance(have, dict) and want.keys() == have.keys():
        pairs = ((key, want[key], have[key]) for key in want)
    elif isinstance(want, list) and isinstance(have, list) and len(want) == len(have):
        pairs = zip(range(len(want)), want, have, strict=True)
    for key, one, other in pairs:
        if told := _first_difference(one, other, f"{at}/{key}"):
            return told
    return f"{at}: Python has {want!r}, the browser {have!r}"


def _digest(plain_value: object) -> str:
    return sha1(msgspec.json.encode(plain_value, order="sorted")).hexdigest()


def _each_comparable(found: Seen | str) -> object:
    return found if isinstance(found, str) else {n: comparable(each) for n, each in found.items()}


NOT_IN_A_BROWSER: Mapping[type, Collection[str]] = {
    Page: ("tree", "outcome"),
    Contact: ("source_url", "confidence"),
    Instruction: ("kind", "name"),
    QuestionView: ("banner", "story"),
    Choice: ("number",),
}
"""The fields that no screen of it shows."""


def comparable(value: object) -> Any:
    """A value as plain ones, with all its fields but for those that a browser lacks and for places
    in files; sets as sorted lists."""
    match value:
        case Enum():
            return value.value
        case Frozen():
            without = ("span", *NOT_IN_A_BROWSER.get(type(value), ()))
            names = (name for name in field_names(value) if name not in without)
            return {name: comparable(getattr(value, name)) for name in names}
        case Mapping():
            return {name: comparable(each) for name, each in value.items()}
        case tuple() | list():
            return [comparable(each) for each in value]
        case frozenset():
            return sorted(map(comparable, value))
        case date():
            return value.isoformat()
        case _:
            return value


class _OfALibrary:
    """A function of a library and more, which keeps what it has found while the library lives."""

    def __init__(self, find: Callable[..., Any]) -> None:
        self.find = find
        self.found: dict[tuple[object, ...], tuple[Library, Any]] = {}

    def __call__(self, library: Library, *more: Any, **named: Any) -> Any:
        key = (id(library), *more, *named.values())
        if key not in self.found:
            self.found[key] = library, self.find(library, *more, **named)
        return self.found[key][1]


_data = _OfALibrary(walk_data)


# --- what takes long, found once -----------------------------------------------------------------


@_OfALibrary
def _read_by_routes(library: Library) -> frozenset[str]:
    """The facts on which it can depend who helps in danger, and in which words."""
    whens = (when for r in library.routes.values() for when in (*r.whens, *r.unless))
    words = as_json([plain(library.routes), plain(library.needs)])
    named = re.findall(r"\{([a-z0-9-]+)\}", words)
    return frozenset(fact for when in whens for fact in when.facts) | {*named, "teller", "nation"}


MOST_KEPT = 100
"""Of a journey, and a few more: the next has another moment, at which others answer."""


def _danger_once() -> Callable[[Library, Facts, Clock | None], tuple[Help, ...]]:
    """``danger``, which for those of whom the same is known that routes read is found once."""
    known: dict[object, tuple[Library, tuple[Help, ...]]] = {}

    def once(library: Library, facts: Facts, clock: Clock | None) -> tuple[Help, ...]:
        matter = _read_by_routes(library)
        at = clock and clock.at
        key = (id(library), at, frozenset(each for each in facts.items() if each[0] in matter))
        if key not in known:
            if len(known) == MOST_KEPT:
                known.clear()
            known[key] = library, danger(library, facts, clock)
        return known[key][1]

    return once


_danger = _danger_once()


# --- journeys ------------------------------------------------------------------------------------


def of_case(case: Case, library: Library, which: int, at: datetime) -> Journey:
    """The journey of a made-up case, by its answers."""
    *_, last = case_steps(library, case)
    moves = [("answer", tuple(r.values)) if r.values else ("carryOn",) for r in last.replies]
    return Journey(which, case.tree, at, moves=tuple(moves))


def at_random(random: Random, library: Library, which: int) -> Journey:
    """A journey through any tree of a library, of somebody of whom anything may be known."""
    moment = random.choice([*MOMENTS.values()])
    at = moment + timedelta(seconds=random.randint(-60 * AROUND, 60 * AROUND))
    tree = random.choice([*library.trees])
    given = dict(_given(random, library))
    walk = Walk.begin(library, tree, {fact: frozenset(values) for fact, values in given.items()})
    moves: list[Move] = []
    while len(moves) < LONGEST and (move := _move(random, walk)):
        moves.append(move)
        with suppress(ValueError):
            walk = MOVES[move[0]](walk, *move[1:])
    return Journey(which, tree, at, tuple(given.items()), tuple(moves))


def _given(random: Random, library: Library) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Nothing, who reads and where, or some facts, which may be ones that nobody offers."""
    if random.random() < 0.6:
        yield "teller", (random.choice(TELLERS),)
    if random.random() < 0.4:
        yield "nation", (random.choice((*NATIONS, "not-sure")),)
    if random.random() < 0.3:
        asked = [q for tree in library.trees.values() for q in tree.questions.values()]
        for question in random.sample(asked, min(2, len(asked))):
            yield question.fact, (random.choice((*question.values, "constructor")),)
    if WROTE in library.questions and random.random() < 0.2:
        kinds = library.questions[WROTE].values
        yield WROTE, tuple(random.sample(kinds, random.randint(1, min(2, len(kinds)))))


def _move(random: Random, walk: Walk) -> Move | None:
    """What somebody does next; None if they stop. Mostly they answer."""
    does = random.random()
    answered = list(walk.answered())
    if does < 0.06:
        return ("back",)
    if does < 0.12 and walk.replies:
        return ("change", random.randrange(len(walk.replies)), _values(random, walk.here))
    if does < 0.2 and answered:
        index, question, _ = random.choice(answered)
        return ("change", index, _values(random, question))
    if does < 0.24:
        anew = ("givenAnew", "nation", (random.choice((*NATIONS, "not-sure")),))
        return random.choice([("carryOn",), anew])
    if isinstance(walk.here, Question):
        return ("answer", _values(random, walk.here))
    if walk.beside is None and random.random() < 0.3:
        return ("also", random.choice([*walk.library.trees]))
    if waits := list(walk.waiting()):
        index, question, _ = random.choice(waits)
        if random.random() < 0.5:
            return ("change", index, _values(random, question))
    if walk.here.carry_on is not None and random.random() < 0.7:
        return ("carryOn",)
    return ("answer", ("none",)) if random.random() < 0.1 else None


def _values(random: Random, step: Question | Outcome) -> tuple[str, ...]:
    """An answer; now and then one that is none."""
    if isinstance(step, Outcome) or random.random() < 0.02:
        return random.choice(((), ("constructor",), ("none", "none")))
    wanted = 1
    if random.random() < (0.5 if step.many else 0.03):
        wanted = random.randint(1, len(step.values))
    return tuple(random.sample(step.values, wanted))
