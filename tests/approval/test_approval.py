"""What an approval covers, what voids it, and what a page says of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fingerpost.approval.file import as_yaml
from fingerpost.approval.signing import sign
from fingerpost.diff.comparison import compare
from fingerpost.model.base import replace
from fingerpost.model.library import Library
from fingerpost.model.tree import Advice, Outcome
from fingerpost.page import labels
from fingerpost.page.approval import Fingerprints, fingerprint
from fingerpost.page.opening_hours import BankHolidays
from fingerpost.page.page import Clock, page
from fingerpost.page.visibility import lines
from fingerpost.reading.loader import load, shipped
from fingerpost.sheets.sheet import Sheet, sheet
from fingerpost.walk.autoplay import play_case
from fingerpost.walk.walk import Walk

from .library import DAY, FILES, SIGNED, signed, sound, voided, written

NOBODY = "No safeguarding professional has approved these words yet."
LEAD = "Approved by Jo Field, Safeguarding lead, on 2026-11-27"
CHANGED = f"{LEAD}, and changed since."
PARENT = {"teller": frozenset({"parent"}), "safe": frozenset({"yes"})}


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


BEFORE = "what is read before its pages"

CHANGES = {
    "a line of an ending": ("one.yaml", "Ring a friend", "Ring a pal", {"one": "calm"}),
    "a title": ("two.yaml", "title: Stop", "title: Halt", {"two": "stop"}),
    "an urgency": ("two.yaml", "urgency: today", "urgency: now", {"two": "stop"}),
    "who sees a line": (
        "one.yaml", "teller: young-person, safe: yes}}", "safe: yes}}", {"one": "calm"},
    ),
    "a line more": ("two.yaml", "{do: Sit down.}", "{do: Sit down.}, {do: Rest.}", {"two": "stop"}),
    "a line less": ("two.yaml", "{do: Get up.}, ", "", {"two": "go"}),
    "the order of lines": (
        "two.yaml", "{do: Get up.}, {use: breathe}", "{use: breathe}, {do: Get up.}",
        {"two": "go"},
    ),
    "a question": ("one.yaml", "Where is it", "Where was it", {"one": BEFORE}),
    "a reason": ("one.yaml", "So that the", "For the", {"one": BEFORE}),
    "an answer": ("one.yaml", "say: Here", "say: Right here", {"one": BEFORE}),
    "an answer that a page names": ("one.yaml", "say: There", "say: Away", {"one": "before rude"}),
    "a way on": ("one.yaml", "There, goto: rude", "There, goto: calm", {"one": "before rude"}),
    "a shared question": (
        "shared/questions.yaml", "Safe?", "Are you safe?", {"one": BEFORE, "two": BEFORE},
    ),
    "what it is for": ("one.yaml", "about: One thing", "about: A thing", {"one": BEFORE}),
    "the title of a tree": ("two.yaml", "title: Two", "title: Zwei", {"two": "before stop go"}),
    "the opening": ("shared/opening.yaml", "first", "at first", {"one": BEFORE, "two": BEFORE}),
    "a line of two endings": (
        "shared/advice.yaml", "Breathe out", "Breathe in", {"one": "calm", "two": "go"},
    ),
    "a line that is always added": (
        "shared/advice.yaml", "help comes", "it comes", {"one": "danger", "two": "stop"},
    ),
    "a line for staff": (
        "shared/advice.yaml", "Write it", "Note it", {"one": "danger calm", "two": "stop go"},
    ),
    "a service": (
        "routes/uk.yaml", "Free.", "Free of charge.",
        {"one": "danger calm rude", "two": "stop go"},
    ),
    "a service that a page only names": (
        "routes/uk.yaml", "Far desk", "A far desk", {"two": "go"},
    ),
    "what a page only names, and does not show": (
        "routes/uk.yaml", "Ask for Ann.", "Ask for Bob.", {},
    ),
    "a hard word": ("shared/words.yaml", "trust", "believe", {"one": "calm"}),
}  # fmt: skip


def parts(tree: str, endings: str) -> set[str]:
    """The parts of a tree, by short names of them."""
    if endings == BEFORE:
        return {BEFORE}
    return {BEFORE if each == "before" else f"ending {tree}/{each}" for each in endings.split()}


@pytest.mark.parametrize("case", CHANGES.values(), ids=CHANGES)
def test_a_change_voids_the_parts_that_it_stands_in_and_no_other(
    folder: Path, case: tuple[str, str, str, dict[str, str]]
) -> None:
    file, old, new, endings = case
    signed(folder)
    assert voided(folder) == {}
    change(folder, file, old, new)
    assert voided(folder) == {tree: parts(tree, names) for tree, names in endings.items()}


@pytest.mark.parametrize("case", CHANGES.values(), ids=CHANGES)
def test_diff_says_what_has_changed(
    folder: Path, case: tuple[str, str, str, dict[str, str]]
) -> None:
    """And of an ending that it names, the approval is gone."""
    file, old, new, _ = case
    before = signed(folder)
    change(folder, file, old, new)
    found = compare(before, sound(folder))
    assert not found.is_empty
    for name in (name for each in found.words for name in (each.name, *each.also)):
        tree, _, rest = name.partition(": ")
        if rest.startswith("ending"):
            assert f"ending {tree}/{rest.split()[1].strip(':')}" in voided(folder)[tree], name


def test_a_signature_for_other_fingerprints_approves_nothing(folder: Path) -> None:
    library = signed(folder)
    text = (folder / "approvals.yaml").read_text(encoding="utf-8")
    for mark in {m for a in library.approvals.values() for m in (a.before, *a.endings.values())}:
        text = text.replace(mark, "aaaaaaaa")
    (folder / "approvals.yaml").write_text(text, encoding="utf-8")
    every = {
        name: {BEFORE, *(f"ending {name}/{e}" for e in tree.outcomes)}
        for name, tree in library.trees.items()
    }
    assert voided(folder) == every
    later = sound(folder)
    for name, tree in later.trees.items():
        for ending in tree.outcomes:
            assert "changed since" in said(later, f"{name}/{ending}")


def test_the_order_of_services_counts(folder: Path) -> None:
    signed(folder)
    line, desk, far = FILES["routes/uk.yaml"].strip().split("\n")[1:]
    (folder / "routes/uk.yaml").write_text(f"routes:\n{desk}\n{line}\n{far}\n", encoding="utf-8")
    assert voided(folder)["two"] == {"ending two/stop", "ending two/go"}
    assert "ending one/rude" not in voided(folder)["one"]


# What a page says


def test_a_page_says_who_approved_it_and_only_pages_of_that_tree(folder: Path) -> None:
    library = signed(folder, "one")
    assert said(library, "one/danger", teller="staff", safe="no") == f"{LEAD}."
    assert said(library, "two/stop", teller="staff", safe="no") == NOBODY
    other = sound(written(folder / "other"))
    assert said(other, "one/danger", teller="staff", safe="no") == NOBODY


def test_a_page_that_has_changed_says_so_to_everybody(folder: Path) -> None:
    """What was approved is all that a page can show, whoever reads it."""
    signed(folder)
    change(folder, "one.yaml", "Ring a friend", "Ring a pal")
    library = sound(folder)
    for reader in ("young-person", "staff"):
        assert said(library, "one/calm", teller=reader, safe="yes") == CHANGED
        assert said(library, "one/danger", teller=reader, safe="no") == f"{LEAD}."


def test_a_page_and_a_sheet_say_that_it_is_to_be_read_again(folder: Path) -> None:
    library = signed(folder)
    tree = library.trees["one"]
    late = Clock(datetime(2027, 11, 28, 12, tzinfo=UTC), BankHolidays.load())
    over = "It was to be read again by 2027-11-27."
    shown = page(library, tree, tree.outcomes["calm"], PARENT, late)
    assert labels.reviewed(shown) == f"{LEAD}. {over}"
    paper = page(library, tree, tree.outcomes["calm"], PARENT)
    assert over in str(sheet(paper, "", Sheet("young-person", date(2027, 11, 28))))
    assert over not in str(sheet(paper, "", Sheet("young-person", DAY)))


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
    assert labels.approval_of(sound(folder), "one", now) == CHANGED
    assert labels.approval_of(sound(written(folder / "other")), None, now) == NOBODY


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
def approved(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """What ships under an organisation's folder, in which “threatened” is approved."""
    library = load([shipped()]).library
    folder = tmp_path_factory.mktemp("own")
    text = as_yaml([sign(Fingerprints(library), "threatened", SIGNED)])
    (folder / "approvals.yaml").write_text(text, encoding="utf-8")
    assert len(text) < 1_500
    return load([shipped(), folder], whole=True).library


@pytest.fixture(scope="module")
def ends(approved: Library) -> list[Walk]:
    """The end of the walk of every made-up case."""
    found = [play_case(approved, case) for case in approved.cases.values()]
    return [walk for walk in found if isinstance(walk.here, Outcome)]


def changed_pages(library: Library, ends: list[Walk]) -> set[tuple[str, str]]:
    """The endings that do not say that they are as they were approved, in another library with the
    same steps."""
    fingerprints = Fingerprints(library)
    found = set()
    for walk in ends:
        tree = library.trees[walk.tree.name]
        assert isinstance(walk.here, Outcome)
        outcome = tree.outcomes[walk.here.name]
        shown = page(library, tree, outcome, walk.facts, None, fingerprints)
        if labels.reviewed(shown) != f"{LEAD}.":
            assert labels.reviewed(shown) == (CHANGED if tree.name == "threatened" else NOBODY)
            found.add((tree.name, outcome.name))
    return found


@pytest.mark.slow
def test_an_approval_of_threatened_is_on_its_pages_and_only_there(
    approved: Library, ends: list[Walk]
) -> None:
    every = {(walk.tree.name, walk.here.name) for walk in ends}
    unapproved = changed_pages(approved, ends)
    assert unapproved == {place for place in every if place[0] != "threatened"}
    assert unapproved < every


@pytest.mark.slow
def test_a_changed_shared_line_is_said_wherever_it_can_stand(
    approved: Library, ends: list[Walk]
) -> None:
    def changed(line: Advice) -> Advice:
        if line.name != "no-phone-to-ring":
            return line
        return replace(line, say=replace(line.say, otherwise="Other words.", by_teller=()))

    always = tuple(replace(e, advice=tuple(map(changed, e.advice))) for e in approved.always)
    library = replace(approved, always=always)
    found = changed_pages(library, ends) - changed_pages(approved, ends)
    stands = {
        (walk.tree.name, walk.here.name)
        for walk in ends
        if walk.tree.name == "threatened"
        and isinstance(walk.here, Outcome)
        and any(line.name == "no-phone-to-ring" for line in lines(library, walk.here, walk.facts))
    }
    assert stands <= found
    assert 0 < len(found) < len(approved.approvals["threatened"].endings)
