"""What an approval covers, what voids it, and what a page says of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.approval.file import as_yaml
from fingerpost.approval.reach import reach
from fingerpost.approval.signing import sign
from fingerpost.diff.comparison import compare
from fingerpost.model.base import replace
from fingerpost.model.library import Library
from fingerpost.model.tree import Advice, Outcome
from fingerpost.page import labels
from fingerpost.page.approval import shared_items
from fingerpost.page.availability import BankHolidays
from fingerpost.page.fingerprint import fingerprint
from fingerpost.page.page import Clock, Page, page
from fingerpost.reading.loader import load, shipped
from fingerpost.sheets.sheet import Sheet, sheet
from fingerpost.terminal.views.room_screens import advice
from fingerpost.walk.autoplay import play_case
from fingerpost.walk.walk import Walk

from .library import DAY, FILES, SIGNED, signed, sound, standing, voided, written

NOBODY = "No safeguarding professional has approved these words yet."
LEAD = "Approved by Jo Field, Safeguarding lead, on 2026-11-27"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "library")


def said(library: Library, place: str, **facts: str) -> str:
    """What the page of an ending says of its approval."""
    tree, _, ending = place.partition("/")
    known = {fact: frozenset({value}) for fact, value in facts.items()}
    here = library.trees[tree]
    return labels.reviewed(page(library, here, here.outcomes[ending], known))


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


# What is voided


CHANGES = {
    "a line of an ending": ("one.yaml", "Ring a friend", "Ring a pal", {"one": "ending one/calm"}),
    "a title": ("two.yaml", "title: Stop", "title: Halt", {"two": "ending two/stop"}),
    "an urgency": ("two.yaml", "urgency: today", "urgency: now", {"two": "ending two/stop"}),
    "who sees a line": (
        "one.yaml", "teller: young-person, safe: yes}}", "safe: yes}}", {"one": "ending one/calm"},
    ),
    "a line more": (
        "two.yaml", "{do: Sit down.}", "{do: Sit down.}, {do: Rest.}", {"two": "ending two/stop"},
    ),
    "a line less": ("two.yaml", "{do: Get up.}, ", "", {"two": "ending two/go"}),
    "the order of lines": (
        "two.yaml", "{do: Get up.}, {use: breathe}", "{use: breathe}, {do: Get up.}",
        {"two": "ending two/go"},
    ),
    "a question": ("one.yaml", "Where is it", "Where was it", {"one": "question one/where"}),
    "a reason": ("one.yaml", "So that the", "For the", {"one": "question one/where"}),
    "an answer": ("one.yaml", "say: Here", "say: Right here", {"one": "question one/where"}),
    "a way on": (
        "one.yaml", "There, goto: rude", "There, goto: calm",
        {"one": "question one/where|ending one/rude"},
    ),
    "a shared question": (
        "shared/questions.yaml", "Safe?", "Are you safe?",
        {"one": "question one/safe", "two": "question two/safe"},
    ),
    "what it is for": ("one.yaml", "about: One thing", "about: A thing", {"one": "tree one"}),
    "the opening": (
        "shared/opening.yaml", "first", "at first", {"one": "opening", "two": "opening"},
    ),
    "a line of two endings": (
        "shared/advice.yaml", "Breathe out", "Breathe in",
        {"one": "ending one/calm", "two": "ending two/go"},
    ),
    "a line that is always added": (
        "shared/advice.yaml", "help comes", "it comes",
        {
            "one": "ending one/danger|shared line hold-on",
            "two": "ending two/stop|shared line hold-on",
        },
    ),
    "a line for staff": (
        "shared/advice.yaml", "Write it", "Note it",
        {
            "one": "ending one/danger|ending one/calm|shared line for-staff",
            "two": "ending two/stop|ending two/go|shared line for-staff",
        },
    ),
    "a service": (
        "routes/uk.yaml", "Free.", "Free of charge.",
        {
            "one": "ending one/danger|ending one/calm|ending one/rude|route line",
            "two": "ending two/stop|ending two/go|route line",
        },
    ),
    "a hard word": (
        "shared/words.yaml", "trust", "believe",
        {"one": "ending one/calm|hard word grooming"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES.values(), ids=CHANGES)
def test_a_change_voids_the_parts_that_it_stands_in_and_no_other(
    folder: Path, case: tuple[str, str, str, dict[str, str]]
) -> None:
    file, old, new, parts = case
    signed(folder)
    assert voided(folder) == {}
    change(folder, file, old, new)
    assert voided(folder) == {tree: {*names.split("|")} for tree, names in parts.items()}


@pytest.mark.parametrize("case", CHANGES.values(), ids=CHANGES)
def test_whatever_diff_calls_a_change_voids_something(
    folder: Path, case: tuple[str, str, str, dict[str, str]]
) -> None:
    """And of a tree that diff names, it voids a part that diff names."""
    file, old, new, _ = case
    before = signed(folder)
    change(folder, file, old, new)
    found = compare(before, sound(folder))
    assert not found.is_empty
    names = {each.name for each in found.words} | {n for each in found.words for n in each.also}
    for tree in {"one", "two"} & {name.partition(":")[0] for name in names}:
        own = {n.removeprefix(f"{tree}: ") for n in names if n.startswith(f"{tree}: ")}
        steps = {" ".join(n.partition(":")[0].split()[:2]) for n in own}
        called = {f"{s.split()[0]} {tree}/{s.split()[1]}" for s in steps if " " in s}
        called |= {f"tree {tree}"} if {"about", "title"} & own else set()
        assert called <= voided(folder)[tree]


def _where(tree: str) -> st.SearchStrategy[tuple[str, str]]:
    words = [
        line.strip(" ,.?{}[]")
        for line in FILES[tree].replace("{", "\n").replace("}", "\n").replace(",", "\n").split("\n")
    ]
    texts = [w for w in words if w.startswith(("do: ", "open: ", "say: ", "ask: ", "why: "))]
    return st.sampled_from([(tree, text) for text in texts if FILES[tree].count(text) == 1])


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.one_of(*map(_where, ("one.yaml", "two.yaml"))), st.integers(0, 9))
def test_any_changed_word_voids_the_part_that_diff_names(at: tuple[str, str], number: int) -> None:
    file, text = at
    with TemporaryDirectory() as place:
        folder = written(Path(place))
        before = signed(folder)
        change(folder, file, text, f"{text} {number}")
        [tree] = voided(folder)
        [part] = voided(folder)[tree]
        [name] = {each.name for each in compare(before, sound(folder)).words}
        owner, kind, step = name.replace(":", "").split()[:3]
        assert part == f"{kind} {owner}/{step}"


def shuffled(value: Any, rng: random.Random, key: str = "") -> Any:
    """The same meaning with its keys in another order, where their order has none."""
    if isinstance(value, dict):
        items = [(k, shuffled(v, rng, k)) for k, v in value.items()]
        if key not in ("answers", "routes"):  # are shown in their order
            rng.shuffle(items)
        return dict(items)
    return [shuffled(v, rng) for v in value] if isinstance(value, list) else value


def commented(text: str, rng: random.Random) -> Iterator[str]:
    for line in text.splitlines():
        if rng.random() < 0.3 and not line.startswith("    "):
            yield "# a comment"
        yield line


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(20, 200))
def test_a_comment_an_order_of_keys_and_a_line_break_void_nothing(
    rng: random.Random, width: int
) -> None:
    with TemporaryDirectory() as place:
        folder = written(Path(place))
        signed(folder)
        for name, text in FILES.items():
            again = yaml.dump(
                shuffled(yaml.load(text, yaml.BaseLoader), rng),
                width=width,
                sort_keys=False,
                default_flow_style=rng.choice([None, False]),
            )
            (folder / name).write_text("\n".join(commented(again, rng)) + "\n", encoding="utf-8")
        assert voided(folder) == {}
        library = sound(folder)
        assert said(library, "one/danger", teller="staff", safe="no") == f"{LEAD}."


def test_a_signature_for_other_fingerprints_approves_nothing(folder: Path) -> None:
    signed(folder)
    text = (folder / "approvals.yaml").read_text(encoding="utf-8")
    for mark in fingerprints(text):
        text = text.replace(mark, "aaaaaa")
    (folder / "approvals.yaml").write_text(text, encoding="utf-8")
    library = sound(folder)
    for name, tree in library.trees.items():
        assert not standing(folder)[name].holds
        for ending in tree.outcomes:
            assert "changed since" in said(library, f"{name}/{ending}")


def fingerprints(text: str) -> set[str]:
    words = text.partition("about:")[2].replace("/", " ").split()
    return {w for w in words if len(w) in (6, 8) and w.isalnum() and w not in ("danger", "shared")}


def test_an_ending_that_is_written_in_another_way_approves_nothing(folder: Path) -> None:
    signed(folder)
    lines = (folder / "approvals.yaml").read_text(encoding="utf-8").split("\n")
    lines = ["      calm: all of it" if each.startswith("      calm:") else each for each in lines]
    (folder / "approvals.yaml").write_text("\n".join(lines), encoding="utf-8")
    assert voided(folder) == {"one": {"ending one/calm"}}
    assert "lines have changed since" in said(sound(folder), "one/calm", safe="yes")


def test_what_nobody_reads_voids_nothing(folder: Path) -> None:
    signed(folder)
    change(folder, "one.yaml", "review-by: 2027-05-31", "review-by: 2027-06-30\nsaid: [it is one]")
    change(
        folder, "routes/uk.yaml", "cost: Free.", "cost: Free., checked: {date: 2026-11-01, by: A}"
    )
    assert voided(folder) == {}


def test_a_service_that_is_gone_voids_the_endings_that_showed_it(folder: Path) -> None:
    signed(folder)
    text = FILES["routes/uk.yaml"]
    (folder / "routes/uk.yaml").write_text(text[: text.index("  desk")], encoding="utf-8")
    assert voided(folder)["two"] == {
        "ending two/stop", "ending two/go", "shared things that are gone",
    }  # fmt: skip
    library = sound(folder)
    assert said(library, "two/go", teller="staff") == f"{LEAD}, and 1 line has changed since."
    # The way by which only a young person comes never showed it.
    assert said(library, "one/rude", teller="young-person") == f"{LEAD}."


def test_the_order_of_services_counts(folder: Path) -> None:
    signed(folder)
    line, desk = FILES["routes/uk.yaml"].strip().split("\n")[1:]
    (folder / "routes/uk.yaml").write_text(f"routes:\n{desk}\n{line}\n", encoding="utf-8")
    assert voided(folder)["two"] == {"ending two/stop", "ending two/go"}


def test_an_ending_that_can_suddenly_show_something_is_voided(folder: Path) -> None:
    signed(folder)
    change(
        folder, "one.yaml", "    when: {teller: young-person, safe: yes}\n    otherwise: calm\n", ""
    )
    assert voided(folder) == {"one": {"question one/where", "ending one/rude"}}


# What a page says


def test_a_page_says_who_approved_it_and_only_pages_of_that_tree(folder: Path) -> None:
    library = signed(folder, "one")
    assert said(library, "one/danger", safe="no") == f"{LEAD}."
    assert said(library, "two/stop", safe="no") == NOBODY
    assert said(sound(written(folder / "other")), "one/danger", safe="no") == NOBODY


def test_only_what_is_on_this_page_counts(folder: Path) -> None:
    signed(folder)
    change(folder, "shared/advice.yaml", "help comes", "it comes")
    library = sound(folder)
    one = f"{LEAD}, and 1 line has changed since."
    assert said(library, "one/danger", teller="parent", safe="no") == one
    assert said(library, "two/stop", teller="staff", safe="no") == one
    assert said(library, "one/calm", teller="parent", safe="yes") == f"{LEAD}."


def test_two_lines_are_counted(folder: Path) -> None:
    signed(folder)
    change(folder, "one.yaml", "open: You can.", "open: You could.")
    change(folder, "one.yaml", "Ring a friend.", "Ring a pal.")
    found = said(sound(folder), "one/calm", teller="young-person", safe="yes")
    assert found == f"{LEAD}, and 2 lines have changed since."


OFTEN = {
    "one.yaml": FILES["one.yaml"].replace(
        "      - use: breathe\n",
        "".join(f"      - {{use: breathe, when: {{where: {at}}}}}\n" for at in ("here", "there")),
    ),
    "shared/always.yaml": FILES["shared/always.yaml"]
    + "  - when: {teller: parent}\n    advice: [{use: for-staff}]\n",
}
"""Of the library: a shared line twice in one ending, and one that is always added for two kinds."""


@pytest.mark.parametrize(
    ("line", "other"), [("Breathe out", "Breathe in"), ("Write it", "Note it")]
)
def test_a_line_that_stands_in_several_places_is_one_line(
    folder: Path, line: str, other: str
) -> None:
    signed(written(folder, OFTEN))
    change(folder, "shared/advice.yaml", line, other)
    for reader in ("young-person", "staff"):
        found = said(sound(folder), "one/calm", teller=reader, safe="yes")
        assert found == f"{LEAD}, and 1 line has changed since."
    [one] = [part for part in standing(folder)["one"].parts if part.name == "ending one/calm"]
    assert one.items == 1


def test_a_page_and_a_sheet_say_that_it_is_to_be_read_again(folder: Path) -> None:
    library = signed(folder)
    tree = library.trees["one"]
    late = Clock(datetime(2027, 11, 28, 12, tzinfo=UTC), BankHolidays.load())
    over = "It was to be read again by 2027-11-27."
    shown = page(library, tree, tree.outcomes["calm"], {}, late)
    assert labels.reviewed(shown) == f"{LEAD}. {over}"
    paper = page(library, tree, tree.outcomes["calm"], {})
    assert over in str(sheet(paper, "", Sheet("young-person", date(2027, 11, 28))))
    assert over not in str(sheet(paper, "", Sheet("young-person", DAY)))


def test_an_organisation_is_named(folder: Path) -> None:
    library = signed(folder)
    named = {n: replace(a, organisation="A club") for n, a in library.approvals.items()}
    found = said(replace(library, approvals=named), "one/danger", safe="no")
    assert found == "Approved by Jo Field, Safeguarding lead (for A club), on 2026-11-27."


def now() -> Clock:
    return Clock(datetime(2026, 11, 27, 12, tzinfo=UTC), BankHolidays.load())


def test_the_first_screen_says_what_is_true(folder: Path) -> None:
    library = signed(folder, "one")
    assert labels.approval_of(library, "one", now) == f"{LEAD}."
    assert labels.approval_of(library, "two", now) == NOBODY
    some = "A safeguarding professional has approved some of these words"
    assert labels.approval_of(library, None, now).startswith(some)
    both = signed(written(folder / "all"))
    assert "approved these words" in labels.approval_of(both, None, now)
    change(folder, "one.yaml", "Where is it", "Where was it")
    found = labels.approval_of(sound(folder), "one", now)
    assert found == f"{LEAD}, and 1 line has changed since."
    assert labels.approval_of(sound(written(folder / "other")), None, now) == NOBODY


def test_a_room_is_told_too(folder: Path) -> None:
    library = signed(folder, "one")
    tree = library.trees["one"]
    shown = advice(page(library, tree, tree.outcomes["calm"], {}))
    told = " ".join(line.text for block in shown for line in block)
    assert f"{LEAD}." in " ".join(told.split())


def test_approvals_with_a_mistake_approve_nothing_and_stop_nobody(folder: Path) -> None:
    signed(folder)
    change(folder, "approvals.yaml", "  two:", "  three:")
    reading = load([folder])
    assert reading.library.approvals == {}
    assert [mistake.code for mistake in reading.mistakes] == ["FP210"]
    assert reading.stopping("one") == ()


def test_fingerprints_tell_apart_what_differs_only_in_shape() -> None:
    assert fingerprint("a", "b") != fingerprint("ab")
    assert fingerprint(("a",)) != fingerprint("a")
    assert fingerprint({"a": "b"}) == fingerprint({"a": "b"})
    assert fingerprint(frozenset({"a", "b"})) == fingerprint(frozenset({"b", "a"}))
    with pytest.raises(TypeError, match="no part of a library"):
        fingerprint(b"bytes")


# What ships


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An organisation's folder, in which “threatened” is approved."""
    library = load([shipped()]).library
    folder = tmp_path_factory.mktemp("own")
    text = as_yaml([sign(library, "threatened", SIGNED, reach(library))])
    (folder / "approvals.yaml").write_text(text, encoding="utf-8")
    assert len(text) < 15_000
    return folder


@pytest.fixture(scope="module")
def approved(own: Path) -> Library:
    return load([shipped(), own], whole=True).library


@pytest.fixture(scope="module")
def ends(approved: Library) -> list[Walk]:
    """The end of the walk of every made-up case of a tree, and of some cases of the others."""
    found = [play_case(approved, case) for case in approved.cases.values()]
    ended = [walk for walk in found if isinstance(walk.here, Outcome)]
    return [w for n, w in enumerate(ended) if w.tree.name == "threatened" or n % 8 == 0]


def told(library: Library, ends: list[Walk]) -> Iterator[tuple[str, str, Page]]:
    """The tree, the ending and the page of each walk, in another library with the same steps."""
    for walk in ends:
        tree = library.trees[walk.tree.name]
        assert isinstance(walk.here, Outcome)
        outcome = tree.outcomes[walk.here.name]
        yield tree.name, outcome.name, page(library, tree, outcome, walk.facts)


ONE = f"{LEAD}, and 1 line has changed since."


@pytest.mark.slow
@pytest.mark.in_turn(among="whole sweeps")
def test_an_approval_of_threatened_is_on_its_pages_and_only_there(
    approved: Library, ends: list[Walk]
) -> None:
    found = {(tree == "threatened", labels.reviewed(p)) for tree, _, p in told(approved, ends)}
    assert found == {(True, f"{LEAD}."), (False, NOBODY)}


@pytest.mark.slow
@pytest.mark.in_turn(among="longer sweeps")
def test_one_word_in_an_ending_changes_that_ending_alone(
    approved: Library, ends: list[Walk]
) -> None:
    tree = approved.trees["threatened"]
    ending = tree.outcomes["suicide-now"]
    first, *rest = ending.advice
    other = replace(first, say=replace(first.say, otherwise="One other word.", by_teller=()))
    ending = replace(ending, advice=(other, *rest))
    tree = replace(tree, outcomes={**tree.outcomes, "suicide-now": ending})
    library = replace(approved, trees={**approved.trees, "threatened": tree})
    found = {
        (name == "suicide-now", labels.reviewed(p))
        for tree_, name, p in told(library, ends)
        if tree_ == "threatened"
    }
    assert found == {(True, ONE), (False, f"{LEAD}.")}


@pytest.mark.slow
@pytest.mark.in_turn(among="longer sweeps")
def test_a_changed_shared_line_is_said_wherever_it_stands(
    approved: Library, ends: list[Walk]
) -> None:
    words = "These are other words."

    def changed(line: Advice) -> Advice:
        if line.name != "no-phone-to-ring":
            return line
        return replace(line, say=replace(line.say, otherwise=words, by_teller=()))

    always = tuple(replace(e, advice=tuple(map(changed, e.advice))) for e in approved.always)
    library = replace(approved, always=always)
    pages = [p for tree, _, p in told(library, ends) if tree == "threatened"]
    stands = [any(line.text == words for line in p.instructions) for p in pages]
    said_ = [labels.reviewed(p) for p in pages]
    assert {ONE} == {text for text, there in zip(said_, stands, strict=True) if there}
    # An ending that can show it to somebody says so to everybody: it is one part.
    approval = approved.approvals["threatened"]
    marks = _marks(approved, "no-phone-to-ring")
    [place] = [at for at, mark in enumerate(approval.shared) if mark in marks]
    for p in pages:
        shows = bool(approval.endings[p.outcome].shows >> place & 1)
        assert labels.reviewed(p) == (ONE if shows else f"{LEAD}.")


def _marks(library: Library, name: str) -> set[str]:
    return {item.mark for item in shared_items(library) if item.name == name}
