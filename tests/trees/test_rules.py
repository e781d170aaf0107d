"""The safety rules that ship: each is proved, and each breaks where what it rests on is gone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest

from fingerpost.checks.safety import rules
from fingerpost.cli.main import main
from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Severity
from fingerpost.model.library import Library
from fingerpost.model.sentence import Urgency
from fingerpost.model.tree import Always, Rule
from fingerpost.reading import loader as files

from ..mutations import EVERY_TREE, broken_by, said_first, those_with_changes
from ..mutations.change import Change
from ..support.checking import found_from
from ..support.doctoring import layer
from ..support.oracle import sayings
from ..support.sample import FIRST_TWO
from ..support.shipped import whole_library

pytestmark = pytest.mark.slow

Doctored: TypeAlias = Callable[[Change, str, str], Library]

NOT_IN_THE_FIRST_TWO = {
    "a-hold-on-the-neck-comes-first": ("controlling-partner",),
    "whoever-would-rather-not-say-is-not-sent-home": ("not-coping",),
    "whoever-cannot-ring-reads-of-other-ways": ("sent-a-picture",),
    "weapons-and-named-days-reach-the-police-now": ("bullied-online",),
    "goodbye-is-told-now": ("my-child",),
    "a-child-without-a-bed-is-safe-tonight": ("my-child",),
    "nobody-without-a-bed-is-fetched-by-a-stranger": ("my-child",),
    "young-people-stop-before-they-go-themselves": ("worried-about-a-friend",),
    "money-reaches-the-bank": ("fake-account-or-hacked",),
    "files-are-never-opened-or-deleted": ("my-child",),
    "hurt-self-is-heard": ("my-child",),
    "a-body-that-gives-way-is-seen-today": ("not-coping",),
    "who-orders-what-is-eaten-is-reported": ("not-coping",),
    "an-app-is-not-left-to-say-what-is-eaten": ("privacy-checkup",),
    "own-chats-are-told-of-and-kept": ("staff-disclosure",),
    "care-after-a-touch-is-named": ("my-child",),
    "nobody-is-interviewed-without-advice": ("my-child",),
    "nobody-is-alone-with-them-at-work": ("talking-to-someone",),
    "broken-no-contact-is-told-today": ("my-child",),
    "whoever-tells-of-a-friend-may-be-next": ("worried-about-a-friend",),
    "nobody-is-changed-by-force": ("controlling-partner",),
    "a-home-is-not-used-by-others": ("exploited",),
    "a-friend-whom-they-threaten-is-told-of": ("fake-account-or-hacked",),
    "nothing-is-deleted-at-the-wish-of-who-did-it": ("talking-to-someone",),
    "whoever-got-what-they-did-not-want-is-left-in-peace": ("sent-a-picture",),
    "whoever-did-it-and-says-so-leaves-them-in-peace": ("i-did-something",),
}
"""Rules for every tree that speak of nobody in the first two, or of what those say once more."""


@pytest.fixture(scope="module")
def without_cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is shipped, but for the cases: no rule rests on one."""
    folder = tmp_path_factory.mktemp("without-cases") / "trees"
    return shutil.copytree(files.shipped(), folder, ignore=shutil.ignore_patterns("cases"))


@pytest.fixture(scope="module")
def shipped() -> Library:
    return whole_library()


@pytest.fixture
def doctored(tmp_path: Path, without_cases: Path) -> Doctored:
    """What is shipped after one change, as far as it is needed to break a rule of a tree: that
    tree, with those that it leads into."""

    def doctor(change: Change, tree: str, rule: str) -> Library:
        text = (without_cases / change.file).read_text(encoding="utf-8")
        layer(tmp_path, {change.file: change.made_in(text)})
        folders = [without_cases, tmp_path]
        reading = files.load(folders, broken_in(tree, rule), whole=tree == EVERY_TREE)
        assert [each for each in reading.mistakes if each.severity is Severity.ERROR] == []
        return reading.library

    return doctor


def broken_in(tree: str, rule: str) -> tuple[str, ...]:
    """Where a rule is broken: in its tree. One for every tree is tried on the first two, for it
    speaks of somebody there, and the more trees are read, the longer it takes."""
    return NOT_IN_THE_FIRST_TWO.get(rule, FIRST_TWO) if tree == EVERY_TREE else (tree,)


def named_rules(library: Library) -> dict[tuple[str, str], Rule]:
    """The rules by their tree, or EVERY_TREE, and their name."""
    of_trees = ((tree.name, rule) for tree in library.trees.values() for rule in tree.rules)
    every = (*((EVERY_TREE, rule) for rule in library.rules), *of_trees)
    return {(tree, rule.name): rule for tree, rule in every}


def with_only(library: Library, name: str) -> Library:
    """The same library, with one of its rules: to prove all of them takes long."""
    trees = {
        each: replace(tree, rules=tuple(rule for rule in tree.rules if rule.name == name))
        for each, tree in library.trees.items()
    }
    kept = tuple(rule for rule in library.rules if rule.name == name)
    return replace(library, rules=kept, trees=trees)


def must_break(library: Library, name: str, starts: Collection[str]) -> None:
    """The rule is broken for somebody who begins in one of these trees, and who breaks it comes to
    the ending that is named. The ways that begin elsewhere are not looked at: whatever is broken on
    some ways is broken on all."""
    [mistake] = found_from(starts, rules, with_only(library, name))
    assert mistake.code == "FP310"
    assert f"“{name}”" in mistake.message
    ending = mistake.message.split("“")[2].split("”")[0]
    walks = (walk for walk, _ in sayings(library, mistake.witness))
    assert ending in {f"{walk.tree.name}/{walk.here.name}" for walk in walks}, mistake.witness


def test_every_rule_says_why_and_has_a_name_of_its_own(shipped: Library) -> None:
    """That each is proved is held to in ``test_shipped.py``."""
    written = [*shipped.rules, *(rule for tree in shipped.trees.values() for rule in tree.rules)]
    assert [rule.name for rule in written if rule.because is None] == []
    names = [rule.name for rule in written]
    assert sorted(names) == sorted(set(names))


# --- each rule breaks where what it rests on is gone ---------------------------------------------

CHANGES = {
    (tree, rule): change
    for tree in those_with_changes()
    for rule, change in broken_by(tree).items()
}


RULES = named_rules(whole_library())


def change_for(tree: str, rule: str) -> Change:
    """The change that breaks a rule: its own, or the one that goes without saying."""
    return CHANGES.get((tree, rule)) or said_first(tree, RULES[tree, rule], files.shipped())


def test_every_change_of_its_own_is_for_a_rule() -> None:
    assert CHANGES.keys() <= RULES.keys()


@pytest.mark.in_turn
@pytest.mark.parametrize(("tree", "rule"), RULES, ids=map("/".join, RULES))
def test_a_rule_breaks_where_what_it_rests_on_is_gone(
    tree: str, rule: str, doctored: Doctored
) -> None:
    must_break(doctored(change_for(tree, rule), tree, rule), rule, broken_in(tree, rule))


def test_a_change_that_finds_nothing_to_change_is_a_mistake() -> None:
    change = Change("any.yaml", "- police", after="  here:\n")
    assert (
        change.made_in("- police\n  here:\n- bank\n- police\n") == "- police\n  here:\n- bank\n\n"
    )
    for text in ("- police\n  here:\n- bank\n", "- police\n  there:\n- police\n"):
        with pytest.raises(ValueError, match="not found"):
            change.made_in(text)


# --- always.yaml: what each of its vital lines is for --------------------------------------------

CAUGHT_BY = {
    "danger: now": "danger-reaches-999",
    "danger: ring-999-now": "danger-reaches-999",
    "danger: ring-if-not-sure": "danger-reaches-999",
    "danger teller=young-person: no-phone-to-ring": "danger-reaches-999-without-a-phone",
    "danger teller: other-ways-to-999": "danger-reaches-999-without-a-phone",
    "age danger teller=young-person: other-ways-to-999": "danger-reaches-999-without-a-phone",
    "danger: deaf-in-danger": "danger-reaches-999-without-a-voice",
    "danger: emergency": "danger-reaches-999",
    "danger: crisis-support": "danger-reaches-someone-who-answers",
    "danger=hurt: first-aid-on-the-side": "the-hurt-are-kept-breathing",
    "danger=hurt: first-aid-not-breathing": "whoever-does-not-breathe-is-told-of-at-once",
    "danger=hurt: first-aid-bleeding": "bleeding-that-does-not-stop-comes-first",
    "danger=hurt: held-by-the-neck": "the-hurt-hear-of-a-hold-on-the-neck",
    "danger=hurt: first-aid-swallowed": "what-was-taken-is-heard-of-while-someone-is-hurt",
    "danger=hurt teller=young-person whose-danger=friend: friend-swallowed": (
        "what-was-taken-is-heard-of-while-someone-is-hurt"
    ),
    "control-what danger: held-by-the-neck": "a-hold-on-the-neck-comes-first",
    "danger=suicide: step-back-first": "a-step-back-comes-first",
    "danger=suicide: move-dangers-away": "danger-to-life-has-what-could-hurt-moved-away",
    "danger=suicide: move-dangers-away-from-them": "danger-to-life-has-what-could-hurt-moved-away",
    "suicide=plan: now": "plan-is-an-emergency",
    "suicide=plan: step-back-first": "a-step-back-comes-first-with-a-plan",
    "suicide=plan: ring-999-for-a-plan": "thoughts-of-suicide-hear-when-to-ring-999",
    "suicide=plan: someone-stays-until-help-comes": (
        "nobody-with-thoughts-of-suicide-is-left-alone"
    ),
    "suicide=plan: move-dangers-away": "what-could-hurt-is-moved-away-from-a-plan",
    "suicide=plan: move-dangers-away-from-them": "what-could-hurt-is-moved-away-from-a-plan",
    "suicide=plan: emergency": "plan-is-an-emergency",
    "suicide=plan: crisis-support": "thoughts-of-suicide-reach-live-help",
    "suicide: today": "thoughts-of-suicide-reach-live-help",
    "suicide=thoughts: not-alone-with-thoughts": "nobody-with-thoughts-of-suicide-is-left-alone",
    "suicide=thoughts: not-alone-once-found": "nobody-with-thoughts-of-suicide-is-left-alone",
    "suicide=thoughts: ring-999-before-acting-on-thoughts": (
        "thoughts-of-suicide-hear-when-to-ring-999"
    ),
    "suicide=thoughts: crisis-support": "thoughts-of-suicide-reach-live-help",
    "suicide=thoughts threat: now": "blackmail-and-thoughts-of-suicide-are-an-emergency",
    "suicide=thoughts threat: emergency": "blackmail-and-thoughts-of-suicide-are-an-emergency",
    "suicide=not-sure: someone-there-if-it-gets-too-much": (
        "thoughts-of-suicide-hear-when-to-ring-999"
    ),
    "suicide=not-sure: someone-there-if-it-gets-too-much-for-them": (
        "thoughts-of-suicide-hear-when-to-ring-999"
    ),
    "suicide=not-sure: how-to-ask-about-suicide": "suicide-is-asked-about-in-plain-words",
    "suicide=not-sure: crisis-support": "thoughts-of-suicide-reach-live-help",
    "suicide=nobody-asked: how-to-ask-about-suicide": "suicide-is-asked-about-in-plain-words",
    "also=weapon: now": "weapons-and-named-days-reach-the-police-now",
    "also=weapon: carry-nothing": "nobody-carries-a-weapon-for-safety",
    "also=weapon: a-weapon-of-your-own": "a-weapon-that-was-typed-stays-where-it-is",
    "also=weapon: emergency": "weapons-and-named-days-reach-the-police-now",
    "also=named-day: now": "weapons-and-named-days-reach-the-police-now",
    "also=named-day: emergency": "weapons-and-named-days-reach-the-police-now",
    "also=goodbye: now": "goodbye-is-told-now",
    "also=goodbye: goodbye-is-an-emergency": "goodbye-is-told-now",
    "also=goodbye: goodbye-is-said-when-you-ring": "goodbye-is-told-now",
    "also=goodbye: emergency": "goodbye-is-told-now",
    "also=goodbye: crisis-support": "goodbye-is-told-now",
    "also=on-camera: now": "camera-on-now-is-an-emergency",
    "also=on-camera: close-the-camera": "camera-on-now-is-an-emergency",
    "also=on-camera: emergency": "camera-on-now-is-an-emergency",
    "also=with-them-today: now": "nobody-leaves-with-the-one-who-hurts-them",
    "also=with-them-today: before-they-leave-with-them": (
        "nobody-leaves-with-the-one-who-hurts-them"
    ),
    "also=with-them-today: before-an-adult-leaves-with-them": (
        "nobody-leaves-with-the-one-who-hurts-them"
    ),
    "also=with-them-today: emergency": "nobody-leaves-with-the-one-who-hurts-them",
    "also=going-myself teller: now": "adults-stop-before-they-go-themselves",
    "also=going-myself teller: stop-and-let-the-police-go": "adults-stop-before-they-go-themselves",
    "also=suicidal close-what=has-picture: now": "thoughts-of-dying-and-a-picture-are-an-emergency",
    "also=suicidal close-what=has-picture: emergency": (
        "thoughts-of-dying-and-a-picture-are-an-emergency"
    ),
    "friend-danger=plan: now": "a-friends-plan-is-an-emergency",
    "friend-danger=plan: friend-plan-rings-999": "a-friends-plan-is-an-emergency",
    "friend-danger=plan: friend-plan-is-said-when-you-ring": "a-friends-plan-is-an-emergency",
    "friend-danger=plan: friend-plan-is-told-now": (
        "a-friends-thoughts-of-suicide-are-passed-on-now"
    ),
    "friend-danger=plan: friend-plan-is-told-to-someone": (
        "a-friends-thoughts-of-suicide-are-passed-on-now"
    ),
    "friend-danger=plan: emergency": "a-friends-plan-is-an-emergency",
    "friend-danger=plan: crisis-support": "a-friends-thoughts-of-suicide-reach-live-help",
    "friend-danger: today": "maybe-is-told-today-and-hears-when-to-ring",
    "friend-danger=not-sure: friend-may-have-a-plan": "maybe-is-told-today-and-hears-when-to-ring",
    "friend-danger=not-sure: friend-may-have-a-plan-and-someone-is-told": (
        "maybe-is-told-today-and-hears-when-to-ring"
    ),
    "friend-danger=not-sure: friend-is-asked": "a-friend-who-may-think-of-suicide-is-asked",
    "friend-danger=not-sure: friend-is-asked-by-someone": (
        "a-friend-who-may-think-of-suicide-is-asked"
    ),
    "friend-danger=not-sure: crisis-support": "a-friends-thoughts-of-suicide-reach-live-help",
    "friend-danger=not-sure: emergency": "maybe-is-told-today-and-hears-when-to-ring",
    "friend-danger=thoughts: friend-with-thoughts-is-not-alone": (
        "a-friends-thoughts-of-suicide-are-passed-on-now"
    ),
    "friend-danger=thoughts: friend-with-thoughts-is-told-of-to-someone": (
        "a-friends-thoughts-of-suicide-are-passed-on-now"
    ),
    "friend-danger=thoughts: friend-who-may-act-rings-999": (
        "a-friends-thoughts-of-suicide-hear-when-to-ring-999"
    ),
    "friend-danger=thoughts: crisis-support": "a-friends-thoughts-of-suicide-reach-live-help",
    "also=suicidal threat: now": "blackmail-and-a-tick-for-suicide-is-an-emergency",
    "also=suicidal threat: emergency": "blackmail-and-a-tick-for-suicide-is-an-emergency",
    "also=suicidal used-what=threat: now": "thoughts-of-suicide-under-a-threat-are-an-emergency",
    "age also=no-bed: now": "a-child-without-a-bed-is-safe-tonight",
    "age also=no-bed: a-safe-bed-tonight": "a-child-without-a-bed-is-safe-tonight",
    "age also=no-bed: into-nobodys-car": "nobody-without-a-bed-is-fetched-by-a-stranger",
    "age also=no-bed: emergency": "a-child-without-a-bed-is-safe-tonight",
    "also=suicidal used-what=threat: emergency": (
        "thoughts-of-suicide-under-a-threat-are-an-emergency"
    ),
    "threat=pictures: now": "more-pictures-or-else-is-an-emergency",
    "threat=pictures: emergency": "more-pictures-or-else-is-an-emergency",
    "age=under-13 threat: now": ("adults-of-a-child-under-13-hear-that-it-is-an-emergency"),
    "age=under-13 threat: emergency": ("adults-of-a-child-under-13-hear-that-it-is-an-emergency"),
    "also=made-to-self-harm: now": "self-harm-that-somebody-wants-is-an-emergency",
    "also=made-to-self-harm: do-not-hurt-yourself-for-them": (
        "self-harm-that-somebody-wants-is-an-emergency"
    ),
    "also=made-to-self-harm: emergency": "self-harm-that-somebody-wants-is-an-emergency",
    "also=made-to-self-harm: crisis-support": "self-harm-that-somebody-wants-is-an-emergency",
}
"""The vital parts of ``always.yaml``, by whom they are for, and a rule that each alone keeps."""

NOT_ASKED_FOR = frozenset(
    {
        "danger=suicide: now",
        "also=with-them-today: tell-a-grown-up-outside-home-now",
        "also=going-myself teller: emergency",
        "age=under-13 close-what suspect teller=young-person: now",
        "also=suicidal sent-what=swapped: now",
        "also=suicidal sent-what=swapped: emergency",
        "suicide=plan: first-aid-swallowed",
        "also=threatened suicide=thoughts: now",
        "also=threatened suicide=thoughts: emergency",
        # The same lines come last for everybody who ticks it; here they come first.
        "also=hurt-self danger: first-aid-bleeding",
        "also=hurt-self danger: look-after-the-hurt",
        "also=hurt-self danger: the-hurt-is-told-of",
        "also=hurt-self danger: the-hurt-is-told-of-outside-home",
        "also=hurt-self suicide: first-aid-bleeding",
        "also=hurt-self suicide: look-after-the-hurt",
        "also=hurt-self suicide: the-hurt-is-told-of",
        "also=hurt-self suicide: the-hurt-is-told-of-outside-home",
        # The ending of a friend in danger has them, too.
        "danger=suicide whose-danger=friend: move-dangers-away",
        "danger=suicide whose-danger=friend: move-dangers-away-from-them",
        "danger=suicide whose-danger=friend: now",
        "danger=suicide whose-danger=friend: step-back-first",
    }
)
"""Vital parts without which every rule is still proved: an ending or another part has the same, or
no rule asks for them yet. Whoever writes such a rule takes the part out of here."""

TRIED_ON = {
    "also=with-them-today: before-an-adult-leaves-with-them": ("staff-disclosure",),
    "control-what danger: held-by-the-neck": ("controlling-partner",),
    "suicide: today": ("my-child",),
    "also=weapon: now": ("worried-about-a-friend",),
    "also=weapon: a-weapon-of-your-own": ("bullied-online",),
    "also=named-day: now": ("worried-about-a-friend",),
    "age also=no-bed: now": ("my-child",),
    "age also=no-bed: a-safe-bed-tonight": ("my-child",),
    "age also=no-bed: into-nobodys-car": ("my-child",),
    "age also=no-bed: emergency": ("my-child",),
    "also=goodbye: now": ("worried-about-a-friend",),
    "also=goodbye: goodbye-is-an-emergency": ("worried-about-a-friend",),
    "also=goodbye: goodbye-is-said-when-you-ring": ("worried-about-a-friend",),
    "also=goodbye: emergency": ("worried-about-a-friend",),
    "also=goodbye: crisis-support": ("worried-about-a-friend",),
    "danger=hurt teller=young-person whose-danger=friend: friend-swallowed": (
        "worried-about-a-friend",
    ),
    "also=suicidal threat: now": ("image-shared", "threatened"),
    "also=suicidal threat: emergency": ("image-shared", "threatened"),
    "threat=pictures: now": ("image-shared", "threatened"),
    "threat=pictures: emergency": ("image-shared", "threatened"),
    "age=under-13 threat: now": ("image-shared", "threatened"),
    "age=under-13 threat: emergency": ("image-shared", "threatened"),
    "also=made-to-self-harm: now": ("image-shared", "threatened"),
    "also=made-to-self-harm: do-not-hurt-yourself-for-them": ("image-shared", "threatened"),
    "also=made-to-self-harm: emergency": ("image-shared", "threatened"),
    "also=made-to-self-harm: crisis-support": ("image-shared", "threatened"),
}
"""Where the first two trees have in their endings what a part adds, and another has not."""

LIFE = frozenset({"danger", "suicide", "friend-danger"})
"""Facts that tell of danger to life. What they bring is vital, as is what brings NOW: how urgent it
is, who answers, and the lines that a rule asks for by name."""

ANSWERING = frozenset({"emergency", "crisis-support"})


Parts: TypeAlias = Callable[[tuple[str, ...]], dict[str, Library]]


@pytest.fixture(scope="module")
def without_a_part(without_cases: Path) -> Parts:
    """Some trees with those that they lead into, and the rules for every tree: without each vital
    part of ``always.yaml``, by its name."""

    @cache
    def tried_on(trees: tuple[str, ...]) -> dict[str, Library]:
        return dict(parts_of(files.load([without_cases], trees, whole=True).library))

    return tried_on


def missed_in(part: str, rule: str) -> tuple[str, ...]:
    """The trees in which a rule that keeps a part is broken without it."""
    [tree] = [tree for tree, name in RULES if name == rule]
    return TRIED_ON.get(part, FIRST_TWO if tree == EVERY_TREE else (tree,))


def is_vital(entry: Always) -> bool:
    return entry.urgency is Urgency.NOW or not LIFE.isdisjoint(dict(entry.when.tests))


def parts_of(library: Library) -> Iterator[tuple[str, Library]]:
    """Each vital part of ``always.yaml`` by a name, and the library without it."""
    rules = [*library.rules, *(rule for tree in library.trees.values() for rule in tree.rules)]
    asked_for = {name for rule in rules for name in (*rule.must.advice, *rule.must.top)}
    for number, entry in enumerate(library.always):
        if not is_vital(entry):
            continue

        def without(number: int = number, **less: object) -> Library:
            changed = replace(library.always[number], **less)  # type: ignore[arg-type]  # by name
            always = (*library.always[:number], changed, *library.always[number + 1 :])
            return replace(library, always=always)

        whom = for_whom(entry)
        if entry.urgency is not None:
            yield f"{whom}: {entry.urgency.name.lower()}", without(urgency=None)
        for line in (each for each in entry.advice if each.name in asked_for):
            left = tuple(each for each in entry.advice if each is not line)
            yield f"{whom}: {line.name}", without(advice=left)
        for need in (each for each in entry.needs if each.need in ANSWERING):
            wanted = tuple(each for each in entry.needs if each is not need)
            yield f"{whom}: {need.need}", without(needs=wanted)


def for_whom(entry: Always) -> str:
    """The facts of a condition, with the value where there is only one."""
    return " ".join(
        f"{fact}={next(iter(values))}" if len(values) == 1 else fact
        for fact, values in sorted(entry.when.tests)
    )


def test_every_vital_part_of_always_is_looked_at(shipped: Library) -> None:
    names = [name for name, _ in parts_of(shipped)]
    assert sorted(names) == sorted([*CAUGHT_BY, *NOT_ASKED_FOR])


@pytest.mark.in_turn
@pytest.mark.parametrize("part", CAUGHT_BY)
def test_a_part_of_always_is_missed_when_it_is_gone(part: str, without_a_part: Parts) -> None:
    rule = CAUGHT_BY[part]
    trees = missed_in(part, rule)
    must_break(without_a_part(trees)[part], rule, trees)


@pytest.mark.in_turn(among="planted faults")
def test_an_entry_of_always_is_missed_as_a_whole(shipped: Library, without_a_part: Parts) -> None:
    """With an entry go all its parts, and one of them is missed. That each is for somebody else is
    why none of them can stand in for another."""
    for number, entry in enumerate(shipped.always):
        whom = for_whom(entry)
        if not any(part.startswith(f"{whom}: ") for part in CAUGHT_BY):
            continue
        part, name = next((p, r) for p, r in CAUGHT_BY.items() if p.startswith(f"{whom}: "))
        trees = missed_in(part, name)
        library = without_a_part(trees)[part]
        always = (*library.always[:number], *library.always[number + 1 :])
        must_break(replace(library, always=always), name, trees)


@pytest.mark.in_turn(among="planted faults")
def test_the_command_refuses_a_library_without_a_line_that_a_rule_rests_on(
    tmp_path: Path, without_cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asked of the two trees alone, and of the rules for every tree, of which none is broken
    before the line is gone: the other trees would take a minute, and change nothing of it."""
    rule = "not-sure-of-safety-rings-all-the-same"
    change = change_for(EVERY_TREE, rule)
    folder = shutil.copytree(without_cases, tmp_path / "trees")
    for file in folder.glob("*.yaml"):
        if file.stem not in ("rules", *FIRST_TWO):
            file.unlink()
    (folder / "shared" / "doors.yaml").unlink()  # it names the others
    asked = ["check", str(folder / "rules.yaml"), "--trees", str(folder), "--only"]
    asked += ["--now", "2026-11-24"]
    assert main(asked) == 0
    said = capsys.readouterr().out
    assert "FP311" in said  # of those who are in other trees alone: the rules were tried
    assert "error" not in said
    text = (folder / change.file).read_text(encoding="utf-8")
    layer(folder, {change.file: change.made_in(text)})
    assert main(asked) == 1
    said = capsys.readouterr().out
    assert f"error FP310 the rule “{rule}” is broken" in said
    assert "--given danger=not-sure" in said
