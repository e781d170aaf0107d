"""What changes between two libraries: for people, each walked one by one here, and in words."""

from __future__ import annotations

import random
import re
import shutil
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
from fingerpost.cli.output import Exit
from fingerpost.diff import audience as people_of
from fingerpost.diff import impact as meanings
from fingerpost.diff.as_json import as_json
from fingerpost.diff.as_text import as_text
from fingerpost.diff.aspects import What
from fingerpost.diff.audience import Census, Kind, Told, Whom
from fingerpost.diff.comparison import Difference, compare
from fingerpost.diff.impact import Change, Turn
from fingerpost.diff.lockstep import MOST_STATES, Together, together
from fingerpost.model.base import replace
from fingerpost.model.facts import Facts
from fingerpost.model.library import Library
from fingerpost.model.sentence import Sentence
from fingerpost.model.tree import Outcome, Question
from fingerpost.page import visibility
from fingerpost.page.messages import LAST_RESORT
from fingerpost.proof.formula import Test
from fingerpost.proof.witness import Witness
from fingerpost.reading import loader as files
from fingerpost.walk.walk import Walk, fits

from ..support.oracle import (
    ALWAYS_ASK,
    HERE,
    MANY,
    VALUES,
    any_tree,
    any_trees,
    of_trees,
    with_help,
)
from ..support.sample import FIRST_TWO

SOUND = Path(__file__).parents[1] / "fixtures" / "mistakes" / "sound"

DIFFERENCES = Path(__file__).parents[1] / "fixtures" / "differences"
SMALL = {
    file.relative_to(DIFFERENCES).as_posix(): file.read_text("utf-8")
    for file in DIFFERENCES.rglob("*.yaml")
}

SPARE = "  spare: {name: A spare line, serves: [talk], phone: 0800 2222, source: {seen: undated}}\n"

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


def groups(whom: Whom) -> list[dict[str, tuple[str, ...]]]:
    return [{told.fact: told.values for told in group} for group in whom.groups]


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


def test_whom_it_concerns_may_be_too_much_to_look_at(
    change: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meanings, "_MOST_FOR_WHOM", 1)
    found = change(
        (
            "lost.yaml",
            "safe: {use: safe, goto: {yes: age, otherwise: danger}}",
            "safe: {use: safe, goto: {yes: age, no: danger, not-sure: age}}",
        )
    )
    ways = [each for each in found.changes if each.what is What.WAY]
    assert len(ways) == 2
    assert all(each.whom.some for each in ways)
    assert found.not_decided == ()


def test_what_cannot_be_decided_is_said(change: Compare) -> None:
    spare = (
        "routes/uk.yaml",
        "serves: [talk], phone: 0800 2222",
        "serves: [report], phone: 0800 2222",
    )
    moved = ("lost.yaml", "keys: {say: Keys, goto: keys}", "keys: {say: Keys, goto: phone}")
    found = change(spare, moved, most=3)
    assert found.not_decided[0] == "which endings are reached"
    assert "where people come to another ending" in found.not_decided
    assert "route spare" in found.not_decided
    assert not found.is_empty
    # Not everyone was met, so nobody can say for whom it is; and no ending is called gone.
    assert all(each.whom == Whom(some=True) for each in found.changes)
    assert What.ENDING not in {each.what for each in found.changes}
    partly = [compare(found.old, found.new, most) for most in range(4, 40)]
    ways = [
        each
        for more in partly
        if "where people come to another ending" in more.not_decided
        for each in more.changes
        if each.what is What.WAY
    ]
    assert ways
    assert all(each.whom == Whom(some=True) for each in ways)


def test_all_comparisons_together_have_a_limit(
    change: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = change(("routes/uk.yaml", SPARE, ""), most=200)
    assert found.not_decided == ()
    monkeypatch.setattr(meanings, "_MOST_IN_ALL", 0)
    spent = compare(found.old, found.new, 200)
    assert (spent.changes, spent.not_decided) == ((), ("route spare",))


ALONE = SMALL["late.yaml"].replace("otherwise: lost/what", "otherwise: wait")


@pytest.mark.parametrize(
    ("edits", "explored"),
    [
        ({}, ""),
        ({"alone.yaml": ("title: I am late", "title: I'm late")}, ""),
        ({"soon.yaml": ("", ALONE)}, "soon"),
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


def test_an_ending_is_not_lost_while_a_tree_without_a_change_leads_to_it(tmp_path: Path) -> None:
    other = ALONE.replace("otherwise: wait", "otherwise: late/wait")
    away = SMALL["late.yaml"].replace("under-18: wait, otherwise", "otherwise")
    gone = "lost ending late/wait at late/wait"
    for more, is_lost in ({}, True), ({"other.yaml": other}, False):
        old, new = ({**SMALL, **more}, {**SMALL, **more, "late.yaml": away})
        at = tmp_path / str(is_lost)
        found = compare(read(written(at / "old", base=old)), read(written(at / "new", base=new)))
        assert (gone in told(found)) is is_lost


def test_too_many_sets_of_answers_are_not_decided(change: Compare) -> None:
    many = "".join(f"      a{n}: {{say: A{n}}}\n" for n in range(20))
    more = (
        "shared/questions.yaml",
        "      game: {say: A game}\n",
        "      game: {say: A game}\n" + many,
    )
    served = "".join(
        f"  r{n}: {{name: R{n}, serves: [report], instead: chat, when: {{apps: a{n}}}, "
        f'web: "https://example.org/{n}", source: {{seen: undated}}}}\n'
        for n in range(20)
    )
    plus = ("routes/uk.yaml", "routes:\n", f"routes:\n{served}")
    found = change(
        more, plus, ("routes/uk.yaml", "when: {apps: chat}", "when: {age: 18}"), before=[more, plus]
    )
    assert "route chat" in found.not_decided


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
    """Whether somebody is in the groups that are told, by what is known of them at the end."""

    def holds(told: Told) -> bool:
        if told.fact == "begun":
            return person.start in told.values
        known = facts.get(told.fact)
        if known is None:
            return "" in told.values
        return known.isdisjoint(told.values) is told.without

    return not whom.groups or any(all(map(holds, group)) for group in whom.groups)


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


_BACK = {
    Turn.GAINED: Turn.LOST,
    Turn.LOST: Turn.GAINED,
    Turn.MORE_URGENT: Turn.LESS_URGENT,
    Turn.LESS_URGENT: Turn.MORE_URGENT,
}


@pytest.mark.slow
@given(st.integers(0, 1_000_000))
def test_the_way_back_is_the_other_way_round(seed: int) -> None:
    """Gained is lost, old is new; whatever can be asked, and whoever asks first."""
    old, new = any_two(random.Random(seed))

    def key(each: Change, *, back: bool) -> tuple[object, ...]:
        turn = _BACK.get(each.turn, each.turn) if back else each.turn
        levels = (each.new, each.old) if back else (each.old, each.new)
        if each.what is What.WAY:
            return each.what, *(level.partition(" ")[0] for level in levels)
        return each.what, turn, each.name, each.words, each.at, *levels

    there = {key(each, back=False) for each in compare(old, new).changes}
    back = {key(each, back=True) for each in compare(new, old).changes}
    assert there == back


# For whom


def test_too_many_kinds_of_people_are_some_people(monkeypatch: pytest.MonkeyPatch) -> None:
    census = Census((), (Test("f", frozenset({"a"})),))
    a, b = (census.kind({"f": frozenset({value})}, "lost") for value in ("a", "b"))
    assert len(census.whom([a], [b]).groups) == 1
    monkeypatch.setattr(people_of, "_MOST_KINDS", 1)
    assert census.whom([a], [b]) == Whom(some=True)


def test_too_many_groups_are_some_people(monkeypatch: pytest.MonkeyPatch) -> None:
    census = Census((), (Test("f", frozenset({"a"})), Test("g", frozenset({"a"}))))

    def kind(f: str, g: str) -> Kind:
        return census.kind({"f": frozenset({f}), "g": frozenset({g})}, "lost")

    apart = ([kind("a", "b"), kind("b", "a")], [kind("a", "a"), kind("b", "b")])
    assert len(census.whom(*apart).groups) == 2
    monkeypatch.setattr(people_of, "_MOST_GROUPS", 1)
    assert census.whom(*apart) == Whom(some=True)


def test_those_who_cannot_be_told_apart_are_some() -> None:
    census = Census((), (Test("f", frozenset({"a"})),))
    kind = census.kind({"f": frozenset({"a"})}, "lost")
    assert census.whom([kind], [kind]).some


@pytest.mark.parametrize(
    ("concerned", "others", "told_of_apps"),
    [
        ([{"chat"}, {"chat", "game"}], [{"game"}, None], Told("apps", ("chat",))),
        ([{"game"}], [{"chat"}, None], Told("apps", ("chat",), without=True)),
        ([None], [{"chat"}, {"game"}], Told("apps", ("",))),
        ([{"chat"}, None], [{"game"}], Told("apps", ("chat", ""))),
        ([{"game"}, None], [{"chat"}], Told("apps", ("chat", ""), without=True)),
        ([{"game"}, {"chat"}], [None], Told("apps", ("chat", "game", "none"))),
    ],
)
def test_sets_of_values_are_told_by_what_they_hold(
    tmp_path: Path,
    concerned: list[set[str] | None],
    others: list[set[str] | None],
    told_of_apps: Told,
) -> None:
    census = Census((read(written(tmp_path)),), (Test("apps", frozenset({"chat"})),))

    def kinds(sets: list[set[str] | None]) -> Iterator[Kind]:
        return (census.kind({"apps": frozenset(s)} if s else {}, "lost") for s in sets)

    assert census.whom(kinds(concerned), kinds(others)) == Whom(((told_of_apps,),))


# In words


def everything_written(library: Library) -> Difference:
    nothing = replace(
        library, trees={}, questions={}, advice={}, always=(), needs={}, words={}, routes={},
        opening=(), rules=(), cases={},
    )  # fmt: skip
    return compare(nothing, library)


def test_everything_has_a_name_as_its_author_names_it() -> None:
    found = {
        each.name: each.new and each.new.text for each in everything_written(read(SOUND)).words
    }
    some = {
        "shared question safe: why": "That comes first.",
        "shared question safe: answer not-sure: say": "I'm not sure",
        "shared question safe: always-ask": "yes",
        "shared advice tell-someone": "do: staff: Tell your lead. / Tell someone. (source book)"
        " (when safe not-sure or yes) (unless age 19-or-over)",
        "always (when safe no or not-sure) (unless teller parent): urgency": "now",
        "need talk: say": "Someone to talk to",
        "word grooming": "Grooming is being kind to someone to hurt them later.",
        "first: about (for young-person)": "Something has happened to you.",
        "first: said": "it happened to me",
        "first: reviewed": "2026-11-24 by the safeguarding lead",
        "first: given teller": "staff",
        "first: source paper: title": "A paper",
        "first: question what: ask": "What is it? Is it {place}, or {{grooming}}?",
        "first: question what: answers": "paid, no, 10-00",
        "first: question what: answer no: goto": "second/",
        "first: question where: fact": "place",
        "first: question where: answer nowhere: alone": "yes",
        "first: ending danger: carry-on": "say Everyone is safe now, goto first/age, sets safe yes",
        "first: ending ending: urgency": "today",
        "first: rule ending-is-soon: must": "outcome ending; danger, urgency today",
        "route line: name": "A line",
        "route line: contract": "ages 18 or under-18, nations wales, tellers staff or young-person",
        "route line: hours phone": "Mo-Fr 10:00-12:00",
        "route line: when": "age 18 or under-18",
        "route line-in-wales: phone": "number 0808 801 0800",
        "rule danger-first: when": "safe no or not-sure",
        "case a-case: story": "Someone comes to you.",
        "case a-case: answer place": "here or there",
    }
    assert {name: found.get(name) for name in some} == some
    assert "first: ending ending: advice" in found
    assert "opening" in found


def test_to_be_found_by_other_words_is_a_change_of_words_line_by_line(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SOUND, tmp_path / "new"))
    text = (folder / "first.yaml").read_text(encoding="utf-8")
    more = text.replace("said: [it happened to me]", "said: [it happened to me, left out]")
    (folder / "first.yaml").write_text(more, encoding="utf-8")
    found = compare(read(SOUND), read(folder))
    assert found.changes == ()
    assert [(each.name, each.old, each.new and each.new.text) for each in found.words] == [
        ("first: said", None, "left out")
    ]


def test_every_edit_of_a_file_is_noticed(tmp_path: Path) -> None:
    """Each word of a library that means something is changed, one at a time, and is told once."""
    old = read(SOUND)
    for number, (file, before, after) in enumerate(
        [
            ("first.yaml", "title: Something has happened", "title: It has happened"),
            ("first.yaml", "said: [it happened to me]", "said: [it happens to me]"),
            ("first.yaml", "review-by: 2027-05-24", "review-by: 2027-05-25"),
            ("first.yaml", "by: the safeguarding lead", "by: the lead"),
            ("first.yaml", "note: Do not ask for more.", "note: Do not ask."),
            ("first.yaml", "say: Nowhere, alone: true", "say: Nowhere, alone: false"),
            ("first.yaml", "say: Everyone is safe now", "say: We are safe now"),
            ("first.yaml", "know: It is not your fault.", "do: It is not your fault."),
            ("first.yaml", "because: It may be {{grooming}}.", "because: It may be."),
            ("first.yaml", "because: Nobody waits.", "because: Somebody waits."),
            ("first.yaml", "date: 2026-03", "date: 2026-04"),
            ("rules.yaml", "never: {outcome: [end]}", "never: {outcome: [ending]}"),
            ("shared/words.yaml", "Grooming is being kind", "Grooming is to be kind"),
            ("shared/needs.yaml", "live: true", "live: false"),
            ("shared/opening.yaml", "when: {nation: wales}", "when: {nation: not-sure}"),
            ("shared/advice.yaml", "unless: {age: 19-or-over}", "unless: {age: 18}"),
            ("routes/uk.yaml", "fixed: true", "fixed: false"),
            ("routes/uk.yaml", "unless: {apps: game}", "unless: {apps: chat}"),
            ("routes/uk.yaml", "send: SHOUT", "send: HELLO"),
            ("routes/uk.yaml", "cost: Free\n", "cost: Not free\n"),
            ("routes/uk.yaml", "steps: [Ring., Talk.]", "steps: [Talk., Ring.]"),
            ("routes/uk.yaml", "confidence: medium", "confidence: low"),
            ("routes/wales.yaml", "say: In Welsh", "say: In English"),
            ("cases/first.yaml", "verdict: partly", "verdict: wrong"),
            ("cases/first.yaml", "say: The phone rings.", "say: The bell rings."),
        ]
    ):
        folder = Path(shutil.copytree(SOUND, tmp_path / str(number)))
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(before) == 1, before
        (folder / file).write_text(text.replace(before, after), encoding="utf-8")
        found = compare(old, read(folder)).words
        assert found, before
        assert {each.new.span.file for each in found if each.new} <= {str(folder / file)}, before


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


def test_exit_codes(run: Run, two: tuple[str, str]) -> None:
    old, new = two
    assert run(old, old)[:2] == (
        0,
        "From old to old\n\nFor people: nothing changes.\n\nIn words: nothing changes.\n",
    )
    assert run(old, old, "--exit-code")[0] == 0
    assert run(old, new, "--exit-code")[0] == 1
    assert run(old)[0] == 2


def test_some_people_and_people_who_are_not_asked_are_worded(change: Compare) -> None:
    found = change(
        ("lost.yaml", "safe: {use: safe, goto: {yes: age,", "safe: {use: safe, goto: {yes: what,")
    )
    assert "    for: some of those with age under-18 or not-sure, starting in lost" in as_text(
        found, "", ""
    )
    of_some = replace(found.changes[0], whom=Whom(some=True))
    of_unasked = replace(found.changes[0], whom=Whom(((Told("age", ("18", "")),),)))
    said = as_text(replace(found, changes=(of_some, of_unasked)), "", "")
    assert "    for: some of those who come here" in said
    assert "    for: age 18 or not asked" in said


def test_what_was_not_decided_is_not_called_the_same(change: Compare) -> None:
    found = replace(change(), not_decided=("route x",))
    said = as_text(found, "a", "b")
    assert "For people: no change was found.\nNot decided, because there is" in said
    assert "nothing changes.\n\nIn words" not in said


def test_other_places_of_the_same_words_are_counted(change: Compare) -> None:
    found = change(("shared/questions.yaml", "ask: How old?", "ask: How old are you?"))
    [only] = found.words
    many = replace(found, words=(replace(only, also=tuple(f"place {n}" for n in range(5))),))
    assert "  the same in: place 0; place 1; place 2; and 2 more\n" in as_text(many, "", "")
    few = replace(found, words=(replace(only, also=("place 0",)),))
    assert "  the same in: place 0\n" in as_text(few, "", "")


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
        replace(c, words=hostile, whom=Whom(((Told(hostile, (hostile,)),),))) for c in found.changes
    )
    spoilt = replace(found, changes=bad, words=bad_words, not_decided=(hostile,))
    said = as_text(spoilt, hostile, hostile)
    assert bad
    assert not {"\x1b", "\u202e"} & set(said)
    assert "\nFor people: nothing changes." not in said
    assert as_json(spoilt, hostile, hostile).isascii()


# Which libraries


def test_a_library_with_mistakes_is_named(run: Run, two: tuple[str, str]) -> None:
    Path("new", "lost.yaml").write_text("title: [", encoding="utf-8")
    status, said, complaint = run(*two)
    assert (status, said) == (1, "")
    told = f"{LAST_RESORT}\nnew cannot be compared until these mistakes are mended:\n"
    assert complaint.startswith(told)
    assert f"{Path('new', 'lost.yaml')}:1:" in complaint


def test_mistakes_in_rules_and_cases_stop_nobody(run: Run, two: tuple[str, str]) -> None:
    Path("new", "cases").mkdir()
    Path("new", "cases", "a.yaml").write_text("cases: [", encoding="utf-8")
    status, said, complaint = run(*two)
    assert status == 0
    assert "Lost: the route line" in said
    assert complaint == "new has mistakes in rules or cases. Not all of their words are compared.\n"


def test_a_folder_that_is_not_there(run: Run, two: tuple[str, str]) -> None:
    status, said, complaint = run("old", "nowhere")
    assert (status, said) == (3, "")
    assert "nowhere cannot be read: it is not there." in complaint
    assert run("old", ":trees")[0] == 3
    assert run("old", "C:\\trees")[0] == 3


def test_one_file_lies_over_the_other_folder(
    run: Run, two: tuple[str, str], tmp_path: Path
) -> None:
    Path("drafts").mkdir()
    draft = Path("drafts", "lost.yaml")
    draft.write_text(
        SMALL["lost.yaml"].replace("urgency: today", "urgency: info"), encoding="utf-8"
    )
    status, said, _ = run("old", draft)
    assert status == 0
    assert "For people: 1 less urgent\n" in said
    assert f"lost: ending phone: urgency ({draft}:" in said
    assert "For people: 1 more urgent\n" in run(draft, "old")[1]
    Path("drafts", "lost.txt").write_text("text", encoding="utf-8")
    status, _, complaint = run("old", Path("drafts", "lost.txt"))
    assert status == 3
    assert "lost.txt is not a tree. A tree is a file that ends in .yaml." in complaint
    draft.write_text("title: [", encoding="utf-8")
    status, _, complaint = run("old", draft)
    assert status == 1
    assert f"{draft}:1:" in complaint


@pytest.mark.slow
def test_two_files_are_one_tree_before_and_after(run: Run, tmp_path: Path) -> None:
    """They lie over the trees that come with fingerpost, under the name of the second."""
    tree = files.shipped() / "threatened.yaml"
    before = tmp_path / "before.yaml"
    text = tree.read_text(encoding="utf-8")
    before.write_text(re.sub("review-by: .*", "review-by: 2030-01-01", text, count=1), "utf-8")
    status, said, complaint = run(before, tree)
    assert (status, complaint) == (0, "")
    assert "For people: nothing changes.\n\nIn words: 1 change\n\nthreatened: review-by" in said
    assert "  - 2030-01-01\n" in said


@pytest.mark.slow
def test_a_layer_lies_over_what_is_shipped(run: Run, tmp_path: Path) -> None:
    layer = tmp_path / "layer"
    layer.mkdir()
    shutil.copy(files.shipped() / "threatened.yaml", layer)
    status, _, complaint = run(layer, layer)  # alone it lacks the shared words
    assert (status, "add --over-shipped" in complaint) == (Exit.USAGE, True)
    assert run(layer, layer, "--over-shipped", "--exit-code")[0] == 0


@pytest.mark.slow
def test_a_spare_route_of_the_shipped_library(tmp_path: Path) -> None:
    """Who loses a second line for a crisis in two of its trees, and what is left to them."""
    folder = Path(shutil.copytree(files.shipped(), tmp_path / "trees"))
    uk = folder / "routes" / "uk.yaml"
    text = uk.read_text(encoding="utf-8")
    start, end = text.index("\n  papyrus:\n"), text.index("\n  samaritans:\n")
    uk.write_text(text[:start] + text[end:], encoding="utf-8")
    for file in folder.rglob("*.yaml"):  # rules and cases that name it do so no more
        text = re.sub(r"papyrus, |, papyrus\b", "", file.read_text(encoding="utf-8"))
        file.write_text(text, encoding="utf-8")
    places = (files.shipped(), folder)
    old, new = (files.load([place], FIRST_TWO, whole=True).library for place in places)
    found = compare(old, new)
    assert {(each.turn, each.what, each.name) for each in found.changes} == {
        (Turn.LOST, What.ROUTE, "papyrus")
    }
    for each in found.changes:
        before, after = replay(old, each.old_way), replay(new, each.new_way)
        assert routes(before) - routes(after) == {"papyrus"}
        assert "childline" in each.beside.instead
    ages = {
        value
        for each in found.changes
        for group in each.whom.groups
        for told in group
        if told.fact == "age"
        for value in told.values
    }
    contract = old.routes["papyrus"].contract
    assert contract is not None
    assert ages
    assert ages <= set(contract.ages)
    assert found.not_decided == ()
    assert ("threatened", "sextortion") in {each.at for each in found.changes}
    assert "Lost: the route papyrus (PAPYRUS HOPELINE247)" in as_text(found, "old", "new")


# Revisions


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of two commits: the small library in “the trees”, and a change of it."""
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    git("init", "--quiet")
    for edits in ((), (("lost.yaml", "urgency: today", "urgency: info"),)):
        written(folder / "the trees", *edits)
        git("add", ".")
        git("commit", "--quiet", "-m", "a commit")
    return folder


def git(*arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def test_two_revisions(run: Run, repository: Path) -> None:
    status, said, complaint = run("HEAD~1:the trees", "HEAD:the trees/")
    assert (status, complaint) == (0, "")
    assert "For people: 1 less urgent\n" in said
    assert "lost: ending phone: urgency (HEAD:the trees/lost.yaml:25)\n" in said
    assert repository.is_dir()


def test_a_revision_and_the_folder(run: Run, repository: Path) -> None:
    assert run("HEAD:the trees", "the trees", "--exit-code")[0] == 0
    status, said, _ = run("HEAD~1:the trees", "the trees", "--exit-code")
    assert status == 1
    assert f"({Path('the trees', 'lost.yaml')}:25)" in said


def test_one_file_of_a_revision(run: Run, repository: Path) -> None:
    status, said, _ = run("HEAD~1:the trees/lost.yaml", "the trees")
    assert status == 0
    assert "For people: 1 less urgent\n" in said
    status, said, _ = run("the trees", "HEAD~1:the trees/lost.yaml")
    assert "lost: ending phone: urgency (HEAD~1:the trees/lost.yaml:25)\n" in said


def test_mistakes_in_a_revision_have_its_name(run: Run, repository: Path) -> None:
    (repository / "the trees" / "lost.yaml").write_text("title: [", encoding="utf-8")
    git("commit", "--quiet", "-a", "-m", "a mistake")
    status, _, complaint = run("HEAD~1:the trees", "HEAD:the trees")
    assert status == 1
    assert complaint.startswith(f"{LAST_RESORT}\nHEAD:the trees cannot be compared until")
    assert "\nHEAD:the trees/lost.yaml:1:" in complaint


def test_no_such_revision(run: Run, repository: Path) -> None:
    status, said, complaint = run("nowhere:the trees", "the trees")
    assert (status, said) == (3, "")
    assert "There is no git revision “nowhere” here." in complaint
    assert run("--", "-x:the trees", "the trees")[0] == 3


def test_nothing_is_written(
    run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Not in the repository, and the folder for reading is gone."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    before = {path: path.stat().st_mtime_ns for path in repository.rglob("*")}
    assert run("HEAD~1:the trees", "HEAD:the trees")[0] == 0
    assert {path: path.stat().st_mtime_ns for path in repository.rglob("*")} == before
    assert list(temporary.iterdir()) == []


def test_the_place_of_a_sentence_is_no_part_of_it() -> None:
    """So two libraries in different folders can be the same; this is what compares them."""
    assert Sentence("a", span=HERE) == Sentence("a", span=replace(HERE, line=9))
    assert ALWAYS_ASK in VALUES
