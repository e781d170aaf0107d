"""The right door for what people say, in the words of people from 9 to 70.

``doors.yaml`` was written before there was anything to tune, and then the search was tuned by it.
``doors_unseen.yaml`` was written by somebody who had seen neither the trees nor the other file, and
tells how the search does for people whom nobody has thought of. Both are held against the shipped
library. Where two doors would do, the first of them is the better one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest
import yaml

from fingerpost.model.base import Frozen
from fingerpost.model.library import Library
from fingerpost.search.indexing import index_of
from fingerpost.search.trees import TreeSearch
from fingerpost.search.urgency import AS_URGENT, urgencies
from fingerpost.search.words import Vocabulary

from ..support.shipped import shipped_search, whole_library

UNSEEN = "doors_unseen.yaml"

NOT_THERE_YET = frozenset({"faked-picture"})
"""Doors for which there are sentences and no tree. Sentences for which they are best are not
tried: take a name out when its tree has come."""

FEWEST = 3
"""How many sentences each door has at least."""

RIGHT = 0.9
"""The share of sentences for which the first door that is found is to be right."""

RIGHT_UNSEEN = 0.85
"""The same for the sentences that nothing was tuned to. They were tried once, when all was done:
68 of 77 were right, which is 88 in 100. This is a floor for what comes after, and no aim: whoever
changes a tree or the search is not to mend it by what fails here."""

LESS_URGENT_UNSEEN = 2
"""For how many of those a less urgent door may come first than the best one."""


class Saying(Frozen):
    """What somebody says, the doors that are right for it, the best first, and the kind of reader,
    who is known before anything is typed."""

    who: str
    say: str
    doors: tuple[str, ...]
    by: str | None = None


Sayings: TypeAlias = Mapping[str, tuple[Saying, ...]]


@cache
def sayings(file: str = "doors.yaml") -> Sayings:
    read = yaml.safe_load((Path(__file__).parent / file).read_text(encoding="utf-8"))
    return {
        door: tuple(Saying(e["who"], e["say"], tuple(e["doors"]), e["by"]) for e in entries)
        for door, entries in read.items()
    }


def tried(found: Sayings) -> tuple[Saying, ...]:
    """The sentences whose best door is there."""
    every = (saying for entries in found.values() for saying in entries)
    return tuple(saying for saying in every if saying.doors[0] not in NOT_THERE_YET)


def firsts(library: Library, tries: Iterable[Saying]) -> Iterable[tuple[Saying, str]]:
    """Each sentence with the door that is found first, which is empty if there is none."""
    finder = shipped_search() if library is whole_library() else TreeSearch(index_of(library))
    for saying in tries:
        found = finder.find(saying.say, saying.by)
        yield saying, found[0].tree if found else ""


def wrong(library: Library, tries: Iterable[Saying]) -> list[str]:
    """The sentences for which the first door is not right."""
    return [
        f"{saying.say}: {door or 'nothing'}, not {' or '.join(saying.doors)}"
        for saying, door in firsts(library, tries)
        if door not in saying.doors
    ]


def less_urgent(library: Library, tries: Iterable[Saying]) -> list[str]:
    """The sentences for which a door comes first that is less urgent than the best one.

    That of a parent or a worker is as urgent as any: it asks about danger first, and leads to all.
    """
    urgent = dict(urgencies(library))
    own = {name for name, tree in library.trees.items() if "teller" in tree.given}
    urgent |= dict.fromkeys(own, max(urgent.values()))
    return [
        f"{saying.say}: {door} before {saying.doors[0]}"
        for saying, door in firsts(library, tries)
        if door and urgent[door] < urgent[saying.doors[0]] - AS_URGENT
    ]


def copied(library: Library, found: Sayings) -> list[str]:
    """The sentences that stand in a tree in the same words: such a one proves nothing."""
    words = Vocabulary(library.search).words
    said = {tuple(words(line.otherwise)) for tree in library.trees.values() for line in tree.said}
    every = (saying.say for entries in found.values() for saying in entries)
    return [say for say in every if len(words(say)) > 1 and tuple(words(say)) in said]


def short_of_sentences(library: Library, found: Sayings) -> list[str]:
    """The doors that have too few sentences to tell whether they are found."""
    return [
        f"{name} has {len(found.get(name, ()))} of {FEWEST} sentences"
        for name, tree in library.trees.items()
        if not tree.catch_all and len(found.get(name, ())) < FEWEST
    ]


def test_the_first_door_is_right_for_nine_of_ten_sentences() -> None:
    tries = tried(sayings())
    missed = wrong(whole_library(), tries)
    assert tries
    assert len(missed) <= (1 - RIGHT) * len(tries), "\n".join(missed)


def test_the_first_door_is_right_for_most_sentences_that_nobody_had_thought_of() -> None:
    tries = tried(sayings(UNSEEN))
    missed = wrong(whole_library(), tries)
    assert len(tries) >= 70
    assert len(missed) <= (1 - RIGHT_UNSEEN) * len(tries), "\n".join(missed)
    assert len(less_urgent(whole_library(), tries)) <= LESS_URGENT_UNSEEN


def test_the_right_door_is_found_for_each_kind_of_reader() -> None:
    finder = shipped_search()
    file = Path(__file__).with_name("doors_by_reader.yaml")
    for by in ("young-person", "parent", "staff"):
        entries = yaml.safe_load(file.read_text(encoding="utf-8"))
        tries = [each for each in entries if each["by"] == by]
        found = [[hit.tree for hit in finder.find(each["said"], by)] for each in tries]
        pairs = list(zip(found, tries, strict=True))
        assert len(tries) >= 30
        assert sum(hits[0] in each["doors"] for hits, each in pairs) >= 0.8 * len(tries)
        in_three = sum(not set(each["doors"]).isdisjoint(hits[:3]) for hits, each in pairs)
        assert in_three >= 0.95 * len(tries)


@pytest.mark.slow
def test_most_people_find_their_door_who_had_seen_nothing() -> None:
    """Five blind sets; docs/exam.md has what each was measured at. A floor, and no aim."""
    finder, urgent = shipped_search(), urgencies(whole_library())
    entries = yaml.safe_load(Path(__file__).with_name("doors_blind.yaml").read_text("utf-8"))
    found = [[hit.tree for hit in finder.find(each["said"], each["by"])] for each in entries]
    pairs = [(hits, each["doors"]) for hits, each in zip(found, entries, strict=True)]
    assert len(pairs) == 1170
    assert (
        sum(doors.count(hit) == 0 for hits, doors in pairs for hit in hits[:1] or [""])
        <= 0.171 * 1170
    )
    assert sum(set(doors).isdisjoint(hits[:3]) for hits, doors in pairs) <= 0.05 * 1170
    calm = [
        doors
        for hits, doors in pairs
        if hits and hits[0] not in doors and urgent[hits[0]] < urgent[doors[0]] - AS_URGENT
    ]
    # It was 0.04, and 46 people, while words of danger for later counted as danger now; that
    # disturbed more ordinary sentences than their limit allows. It was 0.041, and 47, until
    # the trees were cut to fewer words; since then it is 50: five were added, who say little that
    # names a trouble, in two steps at least, and two were mended.
    assert len(calm) <= 0.043 * 1170


def test_no_less_urgent_door_comes_first() -> None:
    assert less_urgent(whole_library(), tried(sayings())) == []


@pytest.mark.parametrize("file", ["doors.yaml", UNSEEN])
def test_no_sentence_stands_in_a_tree(file: str) -> None:
    assert copied(whole_library(), sayings(file)) == []


@pytest.mark.parametrize("file", ["doors.yaml", UNSEEN])
def test_every_door_has_sentences(file: str) -> None:
    assert short_of_sentences(whole_library(), sayings(file)) == []


def test_every_door_of_a_sentence_is_there_or_is_named_as_still_to_come() -> None:
    named = {door for entries in sayings().values() for saying in entries for door in saying.doors}
    there = set(whole_library().trees)
    assert (named | set(sayings())) - there == NOT_THERE_YET
    assert not NOT_THERE_YET & there


@pytest.mark.parametrize("file", ["doors.yaml", UNSEEN])
def test_the_sentences_of_a_door_are_right_for_it(file: str) -> None:
    for door, entries in sayings(file).items():
        assert all(saying.doors[0] == door for saying in entries), door


@pytest.mark.parametrize(
    ("said", "doors"),
    [
        # Both are spoken of, and what is threatened can still be stopped.
        (
            "my ex put my nudes in the group chat and now they say they'll send it to my mum",
            ["threatened"],
        ),
        # A parent's own door leads there too, by one answer.
        ("my son's being blackmailed", ["threatened", "my-child"]),
        ("blackmale", ["threatened"]),
        ("snaptchat nude", ["image-shared", "sent-a-picture"]),
    ],
)
def test_a_sentence_finds_its_door_the_first_time(said: str, doors: list[str]) -> None:
    assert shipped_search().find(said)[0].tree in doors


@pytest.mark.parametrize("said", ["i took some pills", "i took all my meds", "cant breathe"])
def test_beside_a_danger_that_is_named_no_door_stands_that_hardly_fits(said: str) -> None:
    assert [each.tree for each in shipped_search().find(said)] == ["not-coping"]
