"""What changes between two libraries: for people, each walked one by one here, and in words."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.cli.main import main
from fingerpost.diff import impact as meanings
from fingerpost.diff.as_text import as_text
from fingerpost.diff.aspects import What
from fingerpost.diff.audience import Told, Whom
from fingerpost.diff.comparison import Difference, compare
from fingerpost.diff.impact import Change
from fingerpost.diff.lockstep import MOST_STATES, Together, together
from fingerpost.model.base import replace
from fingerpost.model.facts import Facts
from fingerpost.model.library import Library
from fingerpost.model.tree import Outcome, Question
from fingerpost.page import visibility
from fingerpost.page.messages import LAST_RESORT
from fingerpost.proof.witness import Witness
from fingerpost.reading import loader as files
from fingerpost.walk.walk import Walk, fits

from ..support.oracle import MANY, VALUES, any_tree, any_trees, of_trees, with_help

DIFFERENCES = Path(__file__).parents[1] / "fixtures" / "differences"
SMALL = {
    file.relative_to(DIFFERENCES).as_posix(): file.read_text("utf-8")
    for file in DIFFERENCES.rglob("*.yaml")
}

SPARE = (
    "  spare: {name: A spare line, serves: [talk], phone: 0808 157 0222, source: {seen: undated}}\n"
)

Edit: TypeAlias = tuple[str, str, str]
"""A file, some text in it, and what stands there instead."""

Compare = Callable[..., Difference]
Run = Callable[..., tuple[int, str, str]]


def written(folder: Path, *edits: Edit, base: Mapping[str, str] = SMALL) -> Path:
    """The small library in a folder, with these edits."""
    texts = dict(base)
    for file, old, new in edits:
        assert texts[file].count(old) == 1, (file, old)
        texts[file] = texts[file].replace(old, new)
    for file, text in texts.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def read(folder: Path) -> Library:
    reading = files.load([folder], whole=True)
    assert [str(m.message) for m in reading.mistakes if m.severity == "error"] == []
    return reading.library


@pytest.fixture
def change(tmp_path: Path) -> Compare:
    """What changes when the small library is edited."""

    def edit(*edits: Edit, before: Iterable[Edit] = (), most: int = MOST_STATES) -> Difference:
        old = read(written(tmp_path / "old", *before))
        return compare(old, read(written(tmp_path / "new", *edits)), most)

    return edit


def told(found: Difference) -> list[str]:
    """Each change in one line: which way, what, which, and where."""
    return [_told(change) for change in found.changes]


def _told(change: Change) -> str:
    at = f" at {'/'.join(change.at)}" if change.at else ""
    levels = f": {change.old} > {change.new}" if change.old else ""
    return f"{change.turn} {change.what} {change.name or change.words}".rstrip() + at + levels


def replay(library: Library, way: Witness | None) -> Walk:
    """Walk as a witness says, answer by answer."""
    assert way is not None
    walk = Walk.begin(library, way.tree, way.given)
    for reply in way.replies:
        assert (walk.tree.name, walk.here.name) == reply.place
        walk = walk.answer(reply.values) if reply.values else walk.carry_on()
    return walk


def routes(walk: Walk) -> set[str]:
    assert isinstance(walk.here, Outcome)
    served = visibility.served(walk.library, walk.here, walk.facts)
    return {route.name for each in served for route in each.routes}


# For people, one kind of change after another


def test_what_cannot_be_decided_is_said(change: Compare) -> None:
    spare = (
        "routes/uk.yaml",
        "serves: [talk], phone: 0808 157 0222",
        "serves: [report], phone: 0808 157 0222",
    )
    moved = ("lost.yaml", "keys: {say: Keys, goto: keys}", "keys: {say: Keys, goto: phone}")
    found = change(spare, moved, most=3)
    assert "where people come to another ending" in found.not_decided
    assert "route spare" in found.not_decided
    assert not found.is_empty
    # Not everyone was met, so nobody can say for whom it is.
    assert all(each.whom == Whom(some=True) for each in found.changes)


ALONE = SMALL["late.yaml"].replace("otherwise: lost/what", "otherwise: wait")


@pytest.mark.parametrize(
    ("edits", "explored"),
    [
        ({}, ""),
        ({"alone.yaml": ("title: I am late", "title: I'm late")}, ""),
        ({"soon.yaml": ("", ALONE)}, ""),
        ({"alone.yaml": ("start:", "given: {apps: chat}\nstart:")}, "alone"),
        # Those who come there from another tree are met too.
        (
            {"lost.yaml": ("keys: {say: Keys, goto: keys}", "keys: {say: Keys, goto: phone}")},
            "late lost",
        ),
        # What trees share is in each that uses it.
        ({"shared/questions.yaml": ("      18: {say: 18}\n", "")}, "alone late lost"),
        ({"shared/always.yaml": ("urgency: now", "urgency: today")}, "alone late lost"),
        ({"routes/uk.yaml": (SPARE, "")}, "alone late lost"),
        ({"routes/uk.yaml": ("when: {apps: chat}, ", "")}, "late lost"),
        ({"lost.yaml": ("use: tell-someone\n      - do: Ring it.", "do: Ring it.")}, "late lost"),
    ],
)
def test_only_trees_in_which_a_walk_may_differ_are_explored(
    edits: Mapping[str, tuple[str, str]],
    explored: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """To explore a whole library takes minutes."""
    base = {**SMALL, "alone.yaml": ALONE}
    changed = {**base, **{f: base.get(f, "").replace(*edit) for f, edit in edits.items()}}
    old, new = (read(written(tmp_path / at, base=b)) for at, b in (("old", base), ("new", changed)))
    seen: set[str] = set()

    def counted(*args: Any) -> Together:
        seen.add(args[0].tree)
        return together(*args)

    monkeypatch.setattr(meanings, "together", counted)
    compare(old, new)
    assert " ".join(sorted(seen)) == explored


def test_a_circle_of_what_is_known_ends(change: Compare) -> None:
    """Such a tree is a mistake that check finds; here nobody may hang."""
    circle = (
        ("lost.yaml", "review-by: 2027-05-24\n", "review-by: 2027-05-24\ngiven: {age: 18}\n"),
        (
            "lost.yaml",
            "age: {use: age, goto: what}",
            "age: {use: age, goto: again}\n  again: {use: age, goto: age}",
        ),
    )
    found = change(*circle, before=circle[:1])
    assert "where people come to another ending" in found.not_decided


# For people, against people who are walked one by one


@dataclass(frozen=True)
class Person:
    """Somebody who gives the same answers everywhere, some of them ``beforehand``."""

    start: str
    answers: Facts
    beforehand: Facts

    def meets(self, library: Library) -> Iterator[Walk | None]:
        """Each ending, going on from each; None where they cannot give their answer."""
        walk = Walk.begin(library, self.start, self.beforehand)
        while True:
            while isinstance(walk.here, Question):
                answer = self.answers[walk.here.fact]
                if not fits(walk.here, answer):
                    yield None
                    return
                walk = walk.answer(answer)
            yield walk
            if not isinstance(walk.here, Outcome) or walk.here.carry_on is None:
                return
            walk = walk.carry_on()


def everyone() -> Iterator[Person]:
    choices = []
    for fact, values in VALUES.items():
        sets = [frozenset({value}) for value in values]
        if fact == MANY:
            sets.append(frozenset({"here", "there"}))
        choices.append([(fact, chosen) for chosen in sets])
    for start, *answers in product(("one", "two"), *choices):
        known = dict(answers)
        for beforehand in ({}, {"teller": known["teller"]}):
            yield Person(start, known, beforehand)


Line: TypeAlias = tuple[str, str, str, str]
"""A change: what, which way, which, and the ending."""


def page(walk: Walk) -> dict[tuple[What, str], object]:
    """All that an ending shows."""
    assert isinstance(walk.here, Outcome)
    library, outcome, facts = walk.library, walk.here, walk.facts
    return {
        (What.URGENCY, ""): visibility.urgency(library, outcome, facts),
        **{(What.NEED, need): True for need in visibility.needs(library, outcome, facts)},
        **{(What.ROUTE, name): True for name in routes(walk)},
        **{(What.ADVICE, line.name): True for line in visibility.lines(library, outcome, facts)},
    }


def differences(old: Walk, new: Walk) -> Iterator[Line]:
    """What one person finds otherwise at the same ending, or that it is another one."""
    here, there = f"{old.tree.name}/{old.here.name}", f"{new.tree.name}/{new.here.name}"
    if here != there:
        yield "way", here, there, ""
        return
    before, after = page(old), page(new)
    for what, name in before.keys() | after.keys():
        was, now = before.get((what, name)), after.get((what, name))
        if was != now:
            turn = f"{was!r}>{now!r}" if what is What.URGENCY else str(bool(now))
            yield str(what), turn, name, here


def line(change: Change, old: Library, new: Library) -> Line:
    """The same from what was found, its way replayed."""
    before, after = replay(old, change.old_way), replay(new, change.new_way)
    return next(
        each
        for each in differences(before, after)
        if change.what is What.WAY or (each[0] == change.what and each[2] == change.name)
    )


def is_within(whom: Whom, person: Person, facts: Facts) -> bool:
    """Whether all that is told is true of somebody, by what is known of them at the end."""

    def holds(told: Told) -> bool:
        known = facts.get(told.fact)
        if known is None:
            return "" in told.values
        return known.isdisjoint(told.values) is told.without

    return all(map(holds, whom.told))


def any_two(chance: random.Random) -> tuple[Library, Library]:
    """Two libraries that are alike in some things and not in others."""
    old = with_help(chance, any_trees(chance))
    match chance.randrange(3):
        case 0:
            return old, with_help(chance, old)
        case 1:
            one = any_tree(chance, "one", "two/")
            same = of_trees(one, old.trees["two"])
            return old, replace(old, trees={**same.trees, "two": old.trees["two"]})
        case _:
            return old, with_help(chance, any_trees(chance))


def offers_all(library: Library) -> bool:
    """Whether everybody can give their own answer to every question."""
    return all(
        set(question.values) == set(VALUES[question.fact])
        for tree in library.trees.values()
        for question in tree.questions.values()
    )


@pytest.mark.slow
def test_what_changes_is_what_changes_for_each_person() -> None:
    """And for whom: everyone told is concerned, and everyone concerned is told."""
    looked = met = 0
    for seed in range(400):
        old, new = any_two(random.Random(seed))
        if not (offers_all(old) and offers_all(new)):
            continue
        looked += 1
        found = compare(old, new)
        assert found.not_decided == ()
        kinds = (What.WAY, What.URGENCY, What.NEED, What.ROUTE, What.ADVICE)
        lines = {line(each, old, new): each.whom for each in found.changes if each.what in kinds}
        expected: set[Line] = set()
        for person in everyone():
            for before, after in zip(person.meets(old), person.meets(new), strict=False):
                assert before is not None
                assert after is not None
                mine = set(differences(before, after))
                expected |= mine
                here = f"{before.tree.name}/{before.here.name}"
                for each, whom in lines.items():
                    at = each[1] if each[0] == "way" else each[3]
                    stays = (
                        before.here.name == after.here.name and before.tree.name == after.tree.name
                    )
                    if at != here or (each[0] != "way" and not stays):
                        continue
                    within = is_within(whom, person, {**before.facts, **after.facts})
                    assert within or each not in mine, (seed, person, each, whom)
                    assert not within or each in mine or whom.some, (seed, person, each, whom)
        assert set(lines) == expected, seed
        met += len(lines)
    assert looked > 100
    assert met > 1000


@given(st.integers(0, 1_000_000))
def test_a_library_is_no_different_from_itself(seed: int) -> None:
    old, _ = any_two(random.Random(seed))
    assert compare(old, replace(old)).is_empty


# The command


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line: how it ends, and what it says on either stream."""

    def run_it(*arguments: str | Path) -> tuple[int, str, str]:
        status = main(["diff", *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run_it


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Two folders below the one where we are: in the second a line is only for some."""
    written(tmp_path / "old")
    written(
        tmp_path / "new",
        ("routes/uk.yaml", "when: {age: [under-18, not-sure]}", "when: {age: under-18}"),
    )
    monkeypatch.chdir(tmp_path)
    return "old", "new"


def test_the_walk_that_is_printed_can_be_typed(run: Run, two: tuple[str, str]) -> None:
    _, said, _ = run(*two)
    walk = next(row for row in said.splitlines() if "walk: fingerpost" in row)
    typed = walk.partition("fingerpost ")[2].split()
    pages = []
    for folder in two:
        ran = subprocess.run(
            [sys.executable, "-m", "fingerpost", *typed, "--plain", "--trees", folder, "--only"],
            input="q\n",
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        pages.append(ran.stdout)
    assert ["A line" in page for page in pages] == [True, False]
    assert ["A spare line" in page for page in pages] == [True, True]


def test_what_was_not_decided_is_not_called_the_same(change: Compare) -> None:
    found = replace(change(), not_decided=("route x",))
    said = as_text(found, "a", "b")
    assert "For people: no change was found.\nNot decided, because there is" in said
    assert "nothing changes.\n\nIn words" not in said


def test_hostile_text_is_only_text(change: Compare) -> None:
    """No file can hold such a thing; whoever gives us a library without one could."""
    found = change(
        ("lost.yaml", "do: Ring it.", "do: Ring your phone."),
        ("routes/uk.yaml", "when: {apps: chat}", "when: {apps: game}"),
    )
    hostile = "\x1b[2J\u202eevil\nFor people: nothing changes."
    bad_words = tuple(
        replace(w, name=hostile, new=w.new and replace(w.new, text=hostile), also=(hostile,))
        for w in found.words
    )
    bad = tuple(
        replace(c, words=hostile, whom=Whom((Told(hostile, (hostile,)),))) for c in found.changes
    )
    spoilt = replace(found, changes=bad, words=bad_words, not_decided=(hostile,))
    said = as_text(spoilt, hostile, hostile)
    assert bad
    assert not {"\x1b", "\u202e"} & set(said)
    assert "\nFor people: nothing changes." not in said


# Which libraries


def test_a_library_with_mistakes_is_named(run: Run, two: tuple[str, str]) -> None:
    Path("new", "lost.yaml").write_text("title: [", encoding="utf-8")
    status, said, complaint = run(*two)
    assert (status, said) == (1, "")
    told = f"{LAST_RESORT}\nnew cannot be compared until these mistakes are mended:\n"
    assert complaint.startswith(told)
    assert f"{Path('new', 'lost.yaml')}:1:" in complaint
