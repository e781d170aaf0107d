"""A page is a few steps and parts with titles, and together they say all that it has to say."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from fingerpost.model.facts import Facts
from fingerpost.model.library import Library
from fingerpost.model.tree import Advice, Kind, Outcome
from fingerpost.page import visibility
from fingerpost.page.page import Page, Part, PartKind, page
from fingerpost.page.page_text import letter_of, page_blocks
from fingerpost.page.speaker import Speaker
from fingerpost.page.text_layout import text

from ..support.odd_libraries import VALUES, odd_library
from ..support.printed import CASES, ended
from ..support.seat import CLOCK

TO_DO = {
    "young-person": {Kind.DO, Kind.DONT},
    "parent": {Kind.DO, Kind.DONT},
    "staff": {Kind.DO, Kind.DONT, Kind.WORKER},
}


def odd_pages() -> Iterator[tuple[Library, Outcome, Facts, Page]]:
    for seed in range(40):
        random = Random(seed)
        library = odd_library(random)
        for tree in library.trees.values():
            for outcome in tree.outcomes.values():
                known = random.sample([*VALUES], random.randint(0, len(VALUES)))
                facts = {fact: frozenset({random.choice(VALUES[fact])}) for fact in known}
                yield library, outcome, facts, page(library, tree, outcome, facts, CLOCK)


def shipped_pages() -> Iterator[tuple[Library, Outcome, Facts, Page]]:
    for walk in map(ended, CASES):
        assert isinstance(walk.here, Outcome)
        shown = page(walk.library, walk.tree, walk.here, walk.facts, CLOCK)
        yield walk.library, walk.here, walk.facts, shown


def speaker(library: Library, facts: Facts, shown: Page) -> Speaker:
    found = Speaker(library, facts, shown.tree)
    found.on_page = frozenset(c.route for h in shown.help for c in (*h.contacts, *h.more))
    return found


def said(speaker: Speaker, line: Advice) -> str:
    return speaker.say(line.say, names_for="staff" if line.kind is Kind.WORKER else "")


def test_steps_and_parts_hold_every_line_in_order() -> None:
    """Also as text: a part that no letter opens would be lost."""
    for library, outcome, facts, shown in (*odd_pages(), *shipped_pages()):
        words = speaker(library, facts, shown)
        young = shown.reader == "young-person"
        lines = [
            line
            for line in visibility.lines(library, outcome, facts)
            if not (young and line.kind in (Kind.NEAR, Kind.FAR))
        ]
        told = [*shown.steps, *(line for part in shown.parts for line in part.lines)]
        for kind in Kind:
            due = [
                said(words, x)
                for x in lines
                if x.kind is kind and not (x.ask and kind is Kind.KNOW)
            ]
            notes = shown.note if kind is Kind.WORKER else ()
            assert [*(line.text for line in told if line.kind is kind), *notes] == due
        to_do = [said(words, x) for x in lines if x.kind in TO_DO[shown.reader]]
        assert [line.text for line in shown.instructions] == to_do
        say = words.say
        assert [(p.title, p.short, p.text) for p in parts_of(shown, PartKind.ANSWER)] == [
            (say(line.ask), say(line.short), (say(line.say),)) for line in lines if line.ask
        ]
        backs = [say(line.already.say) for line in lines if line.already]
        ways = [each for part in parts_of(shown, PartKind.ALREADY) for each in part.text[1:]]
        once = list(dict.fromkeys(backs))
        assert len(ways) == len(once)
        assert all(map(str.endswith, ways, once))
        blocks = page_blocks(shown)
        whole = text(blocks, width=10_000)
        assert all(line.text in whole for line in told)
        opened = [block[0].text for block in blocks if letter_of(block)]
        assert opened == [*(part.title for part in shown.parts), "Where this comes from"]


def parts_of(shown: Page, kind: PartKind) -> list[Part]:
    return [part for part in shown.parts if part.kind is kind]


MOST = {"young-person": 5, "parent": 5, "staff": 6}


def test_the_steps_are_few_and_what_saves_a_life_is_among_them() -> None:
    more_than_fit = 0
    for library, outcome, facts, shown in (*odd_pages(), *shipped_pages()):
        lines = visibility.lines(library, outcome, facts)
        to_do = [line for line in lines if line.kind in TO_DO[shown.reader]]
        words = speaker(library, facts, shown)
        first = [said(words, line) for line in to_do if line.first]
        most = max(3 if shown.under_13 else MOST[shown.reader], len(first))
        steps = [line.text for line in shown.steps]
        assert len(steps) == (most if len(to_do) > most + 1 else len(to_do))  # none is left alone
        assert steps[: len(first)] == first
        more_than_fit += len(to_do) > most
    assert more_than_fit > 100


def test_a_worker_is_shown_first_whom_the_first_steps_name() -> None:
    lead, seen = "safeguarding-lead", 0
    for _, _, _, shown in shipped_pages():
        needs = [each.need for each in shown.help if each.need != visibility.EMERGENCY]
        first = shown.steps[0].text.lower() if shown.steps else ""
        if (
            shown.reader == "staff"
            and lead in needs
            and first.startswith("tell your safeguarding lead")
        ):
            seen += 1
            assert needs[0] == lead, f"{shown.tree}/{shown.outcome}"
    assert seen > 10
