"""The pages that a browser makes: equal to Python's field by field, for any facts at any moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, Self

import pytest

from fingerpost.model.approval import Approval
from fingerpost.model.base import replace
from fingerpost.model.facts import NATIONS, TELLERS
from fingerpost.model.library import Library
from fingerpost.model.route import Contract
from fingerpost.model.sentence import Sentence
from fingerpost.model.tree import Tree
from fingerpost.page import labels
from fingerpost.page.approval import Fingerprints
from fingerpost.page.opening_hours import BankHolidays, Clock
from fingerpost.page.page import Page, danger, page
from fingerpost.reading.loader import load, shipped
from fingerpost.web.data import walk_data

from ..approval.library import FILES, signed, sound, written
from ..support.journeys import comparable, in_browsers
from ..support.node import run
from ..support.odd_libraries import HERE, odd_library

pytestmark = pytest.mark.node

TABLE = BankHolidays.load()
MOMENTS = (
    datetime(2026, 11, 28, 2, 0, tzinfo=UTC),
    datetime(2026, 12, 25, 15, 30, tzinfo=UTC),
    datetime(2026, 12, 26, 11, 0, 12, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 15, tzinfo=UTC),
    datetime(2027, 3, 28, 0, 59, 59, tzinfo=UTC),
    datetime(2027, 7, 14, 23, 30, tzinfo=UTC),
    datetime(2026, 6, 15, 9, 0, tzinfo=UTC),
    datetime(2028, 5, 1, 12, 0, tzinfo=UTC),
    datetime(2026, 12, 1, 12, 0, tzinfo=UTC),
)
"""A night; Christmas; a moved holiday; both changes of the clocks; just past midnight in
London; a holiday of Scotland alone; a day that the table of holidays does not reach; and the last
day of an approval, and before the next review."""

A_CHILD = {"teller": ["young-person"], "age": ["under-13"]}

Job = dict[str, Any]


# What is compared


class Sample(NamedTuple):
    """Pages to make of some libraries, and what Python makes of them."""

    libraries: list[Library]
    jobs: list[Job]
    ours: list[Any]

    @classmethod
    def of(cls, jobs: Iterable[tuple[Library, Iterable[Job]]]) -> Self:
        libraries: list[Library] = []
        every: list[Job] = []
        ours: list[Any] = []
        for place, (library, some) in enumerate(jobs):
            libraries.append(library)
            fingerprints = in_browsers(library)
            for job in some:
                every.append({**job, "library": place})
                ours.append(comparable(in_python(library, job, fingerprints)))
        assert every
        return cls(libraries, every, ours)

    def differences(self) -> list[str]:
        """Where what a browser makes differs, and what each has there."""
        its = run("pages.mjs", self.jobs, [*map(walk_data, self.libraries)])
        every = zip(self.jobs, its, self.ours, strict=True)
        return [f"{job}{where}" for job, its, ours in every for where in unlike(its, ours)]


def in_python(library: Library, job: Job, fingerprints: Fingerprints) -> Any:
    clock = job["at"] and Clock(datetime.fromisoformat(job["at"]), TABLE)
    if "facts" not in job:
        return labels.approval_of(library, job["tree"])
    facts = {fact: frozenset(values) for fact, values in job["facts"].items()}
    if "outcome" not in job:
        return danger(library, facts, clock)
    tree = library.trees[job["tree"]]
    outcome = tree.outcomes[job["outcome"]]
    found = page(library, tree, outcome, facts, clock, fingerprints)
    return {"page": found, "says": says(found)}


def says(shown: Page) -> Any:
    contacts = [c for each in shown.help for c in (*each.contacts, *each.more)]
    return {
        "urgency": labels.urgency(shown.urgency),
        "lifeline": labels.lifeline(shown),
        "danger": labels.danger(shown),
        "reviewed": labels.reviewed(shown),
        "overdue": labels.overdue(shown),
        "cited": [labels.cited(source) for source in shown.sources],
        "contacts": [
            {
                "title": labels.title_of(contact),
                "state": contact.state,
                "live_now": next(iter(contact.answering), None),
                "ways": [
                    [
                        labels.channel(way.channel),
                        way.says,
                        way.address,
                    ]
                    for way in contact.ways
                ],
                "details": [labels.detail(detail.field) for detail in contact.details],
            }
            for contact in contacts
        ],
    }


def unlike(its: Any, ours: Any, where: str = "") -> Iterator[str]:
    if isinstance(its, dict) and isinstance(ours, dict) and its.keys() == ours.keys():
        for name, part in its.items():
            yield from unlike(part, ours[name], f"{where} {name}")
    elif isinstance(its, list) and isinstance(ours, list) and len(its) == len(ours):
        for at, part in enumerate(its):
            yield from unlike(part, ours[at], f"{where} {at}")
    elif its != ours:
        yield f"{where}: {its} is not {ours}"


# Jobs at random


def any_facts(chance: Random, library: Library, likely: float) -> dict[str, list[str]]:
    """Any answers to some of all questions, and whether or not they go together."""
    of_trees = (question for tree in library.trees.values() for question in tree.asked)
    found: dict[str, list[str]] = {}
    for asked in (*library.questions.values(), *of_trees):
        if asked.answers and chance.random() < likely:
            most = min(3, len(asked.answers)) if asked.many else 1
            found[asked.fact] = chance.sample(asked.values, chance.randint(1, most))
    if chance.random() < 0.9:
        found["teller"] = [chance.choice(TELLERS)]
    if chance.random() < 0.6:
        found["nation"] = [chance.choice((*NATIONS, "wales", "wales", "not-sure"))]
    return found | A_CHILD if chance.random() < 0.2 else found


def any_pages(chance: Random, library: Library, share: float) -> Iterator[Job]:
    """Pages of a share of all endings."""
    for tree in library.trees.values():
        given = {fact: sorted(values) for fact, values in library.gives(tree).items()}
        for name in tree.outcomes:
            if chance.random() < share:
                facts = any_facts(chance, library, chance.choice((0.2, 0.6))) | given
                yield at_any(chance, tree=tree.name, outcome=name, facts=facts)


def any_dangers(chance: Random, library: Library, count: int) -> Iterator[Job]:
    for _ in range(count):
        yield at_any(chance, facts=any_facts(chance, library, chance.choice((0, 0.1, 0.6))))


def at_any(chance: Random, **job: Any) -> Job:
    at = None if chance.random() < 0.25 else chance.choice(MOMENTS).isoformat()
    return {**job, "at": at}


def before_endings(library: Library) -> Iterator[Job]:
    for name in (*library.trees, "no-such-tree", None):
        for at in MOMENTS[:3]:
            yield {"tree": name, "at": at.isoformat()}


def everything(chance: Random, library: Library) -> Iterator[Job]:
    yield from any_pages(chance, library, 1)
    yield from any_dangers(chance, library, 3)
    yield from before_endings(library)


# Approvals at random


def any_approval(chance: Random, fingerprints: Fingerprints, trees: Sequence[Tree]) -> Approval:
    """A sitting in which all or most of some trees was approved, as it is or as it was."""
    likely = chance.choice((1, 0.7))
    parts = [p for t in trees for p in (t.name, *(f"{t.name}/{each}" for each in t.outcomes))]
    parts += [] if chance.random() < 0.2 else fingerprints.shared
    return Approval(
        by=chance.choice(("Jo Field", "Sam Hill")),
        role="Safeguarding lead",
        on=date(2026, 6, 1),
        until=date(2026, 12, 1),
        organisation=chance.choice(("", "A club")),
        pages={
            part: fingerprints.of(part) if chance.random() < likely else "other"
            for part in parts
            if chance.random() < 0.98
        },
        span=HERE,
    )


def with_approvals(chance: Random, library: Library, share: float) -> Library:
    """A library of which a share of all trees was read, some of them twice."""
    fingerprints = Fingerprints(library)
    some = [[t for t in library.trees.values() if chance.random() < share] for _ in range(2)]
    approvals = tuple(any_approval(chance, fingerprints, trees) for trees in some if trees)
    return replace(library, approvals=approvals)


# The comparisons


@cache
def ships() -> Library:
    return load([shipped()]).library


def odder(chance: Random) -> Library:
    """An odd library with more services, some for Wales alone and each with a hard word of its own,
    with needs in any order, and with room for few steps: for fewer than may save a life."""
    library, other = odd_library(chance), odd_library(chance)
    more = {f"{name}-two": replace(each, name=f"{name}-two") for name, each in other.routes.items()}
    routes = {**library.routes, **more}
    for name, route in routes.items():
        nations = frozenset({"wales"}) if chance.random() < 0.4 else frozenset(NATIONS)
        contract = Contract(frozenset(), nations, frozenset())
        routes[name] = replace(route, contract=contract, who=Sentence(f"{{{{{name}}}}}", span=HERE))
    words = {**library.words, **{name: Sentence("A word", span=HERE) for name in routes}}
    needs = chance.sample([*library.needs.items()], len(library.needs))
    few = {reader: most - 2 for reader, most in library.budgets.steps.items()}
    budgets = replace(library.budgets, steps=few)
    return replace(library, routes=routes, words=words, needs=dict(needs), budgets=budgets)


@cache
def odd() -> Sample:
    """Odd libraries: nobody has approved anything of some, and everything of others."""
    chance = Random(1)
    shares = [chance.choice((0, 0.6, 1)) for _ in range(32)]
    libraries = [with_approvals(chance, odder(chance), share) for share in shares]
    return Sample.of((library, everything(chance, library)) for library in libraries)


@pytest.mark.slow
def test_pages_of_odd_libraries_are_the_same() -> None:
    assert odd().differences() == []


@pytest.mark.slow
def test_pages_of_every_ending_that_ships_are_the_same() -> None:
    """Somebody has approved most of them."""
    chance = Random(7)
    library = with_approvals(chance, ships(), 0.7)
    jobs = [*everything(chance, library), *any_dangers(chance, library, 60)]
    assert Sample.of([(library, jobs)]).differences() == []


def test_a_library_that_changed_since_it_was_signed_is_told_the_same(tmp_path: Path) -> None:
    chance = Random(3)
    signed(written(tmp_path, FILES))
    later = {
        "two.yaml": ("", ""),
        "shared/always.yaml": ("urgency: now", "urgency: today"),
        "shared/advice.yaml": ("Breathe out", "Breathe in"),
        "one.yaml": ("Look away", "Look up"),
    }
    libraries: list[Library] = []
    for name, (old, new) in later.items():
        assert old in FILES[name]
        libraries.append(sound(written(tmp_path, {name: FILES[name].replace(old, new, 1)})))
    jobs = [(each, [*everything(chance, each), *any_pages(chance, each, 1)]) for each in libraries]
    assert Sample.of(jobs).differences() == []


def test_a_sheet_gives_the_number_of_a_service_that_it_has_no_room_for(tmp_path: Path) -> None:
    """It prints three of a need. On a screen the fourth is shown on request."""
    more = "".join(
        f'  more-{n}: {{name: More {n}, serves: [talk], phone: "0808 808 400{n}"}}\n' for n in "123"
    )
    files = {
        **FILES,
        "one.yaml": FILES["one.yaml"].replace("Look away.", "'Ring {route:more-3}.'"),
        "routes/uk.yaml": FILES["routes/uk.yaml"] + more,
    }
    library = sound(written(tmp_path, files))
    facts = {"teller": ["young-person"], "safe": ["yes"], "where": ["there"]}
    job: Job = {"tree": "one", "outcome": "rude", "facts": facts}
    jobs = [{**job, "at": at} for at in (None, MOMENTS[0].isoformat())]
    sample = Sample.of([(library, jobs)])
    lines = [each["page"]["steps"][0]["text"] for each in sample.ours]
    assert lines == ["Ring More 3 (0808 808 4003).", "Ring More 3."]
    assert sample.differences() == []
