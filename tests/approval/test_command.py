"""``fingerpost approve`` and ``check --strict --approved``: what a sitting, paper or another person
adds to what was approved, and who is asked for what. Whole sittings are among the transcripts."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fingerpost.approval.leaves import Leaf, Leaves
from fingerpost.approval.signing import as_yaml, sign
from fingerpost.approval.status import in_words, standings, summary
from fingerpost.cli import context
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.model.base import replace
from fingerpost.page import labels
from fingerpost.page.approval import Fingerprints
from fingerpost.page.messages import say
from fingerpost.page.page import page
from fingerpost.page.text_layout import Line
from fingerpost.reading.files import review
from fingerpost.terminal.io.keyboard import ENTER, ESCAPE, PAGE_DOWN, UP
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.io.ui import Act, Command, Key, Slide

from ..support.seat import Sit, lined
from ..support.shipped import whole_library
from ..terminal.conftest import sit
from .library import DAY, FILES, SIGNED, signed, sound, voided, written

sit = sit  # a fixture, asked for by its name

TODAY = ["--now", DAY.isoformat()]

Paper: TypeAlias = Callable[..., tuple[int, str]]


class Typed(io.StringIO):
    """The lines that a person types; what else happens before some of them."""

    def __init__(self, lines: Iterable[str | Callable[[], object]]) -> None:
        super().__init__()
        self.lines = [*lines]

    def readline(self, _size: int = -1, /) -> str:
        while self.lines and callable(self.lines[0]):
            self.lines.pop(0)()  # type: ignore[operator]  # it has just been asked
        return f"{self.lines.pop(0)}\n" if self.lines else ""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "library")


@pytest.fixture
def sitting(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Callable[..., int]:
    """A sitting of somebody with the name ``by``, who types these lines."""

    def hold(by: str, *lines: str | Callable[[], object]) -> int:
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdin", Typed(lines))
            where = ["--trees", str(folder), "--only", "--plain", *TODAY]
            return main(["approve", *where, "--by", by, "--role", "Lead"])

    return hold


@pytest.fixture
def at_screen(sit: Sit, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Callable[..., list[str]]:
    """What Jo sees before each of some keys, and after the last."""

    def hold(*keys: str, trees: Sequence[str] = (), columns: int = 80) -> list[str]:
        face, typist = sit(keys, columns)
        with monkeypatch.context() as patched:
            patched.setattr("fingerpost.cli.commands.approve.hold", lambda talk, **_: talk(face))
            who = ["--by", "Jo Field", "--role", "Lead", "--for", "A club"]
            main(["approve", *trees, "--trees", str(folder), "--only", *TODAY, *who])
        return typist.shots

    return hold


def leaves(folder: Path, *trees: str) -> list[Leaf]:
    return list(Leaves(Fingerprints(sound(folder))).of(trees or None))


def by_whom(folder: Path) -> dict[str, str]:
    return {part: each.by for each in sound(folder).approvals for part in each.pages}


def test_two_people_at_the_same_time_lose_nothing_and_read_nothing_twice(
    folder: Path, sitting: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    every = [leaf.parts for leaf in leaves(folder)]

    def other() -> None:
        sitting("Ann", "", "s", "a", "a", "c", "", "Not so good.")

    sitting("Jo", "", "a", other, "a", "a", "q")
    said = by_whom(folder)
    assert [{said.get(part) for part in parts} for parts in every[:6]] == [
        {"Jo"}, {"Jo"}, {"Ann"}, {"Ann"}, {"Jo"}, {None},
    ]  # fmt: skip
    assert [comment.by for comment in sound(folder).comments] == ["Ann"]


def test_what_cannot_be_kept_is_not_approved_and_said(
    folder: Path, sitting: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    place = folder / "approvals.yaml"
    sitting("Jo", "", lambda: place.write_text("approvals: 1\n", "utf-8"), "a", "q")
    said = " ".join(capsys.readouterr().out.split())
    assert "approvals.yaml has a mistake now, and is left as it is" in said
    assert "Signed: 0." in said
    assert place.read_text("utf-8") == "approvals: 1\n"


@pytest.mark.parametrize("columns", [80, 60])
def test_no_line_is_wider_than_the_window_and_what_was_seen_stays_seen(
    folder: Path, at_screen: Callable[..., list[str]], columns: int
) -> None:
    long = [f"w{n}" for n in range(600)]
    lines = FILES["shared/advice.yaml"].replace("Breathe out", "/".join(long))
    written(folder, {"shared/advice.yaml": lines})
    shots = at_screen("g", "a", "a", *[PAGE_DOWN] * 9, UP, "a", columns=columns)
    assert shots[1:] == [shot for shot in shots if shot.startswith("all trees: ")]
    rows = {row.strip() for shot in shots[3:] for row in shot.splitlines() if "/w" in row}
    assert {word for row in rows for word in re.findall(r"w\d+", row)} == {*long}
    assert "Signed: part 3, “w0/w1/" in shots[-1]


def test_a_line_has_its_mark_and_is_read_before_only_where_somebody_signed_it(
    folder: Path, at_screen: Callable[..., list[str]]
) -> None:
    lines = FILES["shared/advice.yaml"].replace("out.}", "out., when: {safe: yes}}")
    written(folder, {"shared/advice.yaml": lines})
    skips = at_screen(ENTER, *"ss", trees=["one"]), at_screen("t", *"ssss", trees=["one"])
    *_, skipped = skips[0]
    assert re.search(r"\d Breathe out\.\n +\[“Yes”\]", skipped)
    assert not any(re.search("» .*Breathe", shot) for _, *shots in skips for shot in shots)
    # The first page of the tree is one for danger. What is read too early counts later.
    shots = at_screen("t", "s", " ", *" a" * 12, trees=["one"])
    assert "Ring now (GET HELP NOW)" in shots[1]
    assert "As seen by young people" in shots[2]
    # What others see stands in the part of shared lines, and is read there.
    assert "Breathe out" not in shots[3]
    assert "Others also see 1 line that stands in another part." in shots[3]
    told = " ".join(" ".join(shots).split())
    assert "This page counts as approved once you have signed " in told
    assert "1 page that you had read is approved now." in told


def test_a_page_that_is_read_before_what_it_shares_counts_as_soon_as_that_is_signed(
    folder: Path, at_screen: Callable[..., list[str]]
) -> None:
    at_screen("t", "a", trees=["one"])
    library = sound(folder)
    [part] = library.approvals[0].pages
    assert (part in by_whom(folder), part in voided(folder)) == (True, True)
    shared = [name for leaf in leaves(folder, "one") for name in leaf.parts if "one" not in name]
    ann = sign(library.approvals, Fingerprints(library), replace(SIGNED, by="Ann"), shared)
    (folder / "approvals.yaml").write_text(as_yaml(ann, ()), encoding="utf-8")
    assert (by_whom(folder)[part], part in voided(folder)) == ("Jo Field", False)


def test_a_signature_is_taken_back_at_once_and_an_earlier_one_by_going_back(
    folder: Path, at_screen: Callable[..., list[str]]
) -> None:
    first, second, third = (leaf.parts for leaf in leaves(folder)[:3])
    shots = at_screen(ENTER, *"aaau")
    assert "Taken back: part 3, " in shots[-1]
    assert "all trees: part 3 of " in shots[-1]
    signed_now = by_whom(folder).keys()
    assert signed_now >= {*first, *second}
    assert signed_now.isdisjoint(third)
    at_screen(ENTER, *"<<u")
    assert by_whom(folder).keys().isdisjoint(first)
    assert by_whom(folder).keys() >= {*second}


def test_nobody_signs_what_they_object_to_until_they_close_that(
    folder: Path, at_screen: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    every = leaves(folder)
    number, lines = next((n, x) for n, x in enumerate(every) if "shared line breathe" in x.parts)
    skip = "s" * number
    slip = ("9", "9", ENTER, *"as above ")  # no letter that is meant as words is a command
    told = at_screen(ENTER, *skip, "c", *slip)[-1]
    assert "There is no line 99 here. Number of a line" in told
    shots = at_screen(ENTER, *skip, "c", "1", ENTER, "Not so.", ENTER, *" a" * 14)
    assert "Not the line that you commented on" in " ".join(" ".join(shots).split())
    assert by_whom(folder).keys() >= {*lines.parts}
    rest = [part for leaf in every[:number] for part in leaf.parts]
    ann = sign((), Fingerprints(sound(folder)), replace(SIGNED, by="Ann"), rest)
    library = sound(folder)
    both = (*library.approvals, *ann)
    (folder / "approvals.yaml").write_text(as_yaml(both, library.comments), encoding="utf-8")
    # Pages that have the line wait for it, and no others.
    assert voided(folder) == {"one/calm", "two/go"}
    where = ["--trees", str(folder), "--only", *TODAY]
    assert main(["approve", "--close", "1", *where]) == Exit.DONE
    assert voided(folder) == set()


def test_a_comment_on_a_line_that_changed_holds_nothing_back(
    folder: Path, at_screen: Callable[..., list[str]]
) -> None:
    number = next(n for n, x in enumerate(leaves(folder)) if "shared line breathe" in x.parts)
    at_screen(ENTER, *("s" * number), "c", "1", ENTER, "Not so.", ENTER, "a")
    lines = FILES["shared/advice.yaml"].replace("Breathe out", "Breathe in")
    written(folder, {"shared/advice.yaml": lines})
    at_screen(ENTER, *" a" * 17)
    assert voided(folder) == set()
    assert sound(folder).comments == ()


def test_a_lead_of_a_nation_is_asked_for_what_is_shown_there(
    folder: Path, sitting: Callable[..., int]
) -> None:
    answers = "wales: {say: Wales}, england: {say: England}, not-sure: {say: Not sure}"
    asked = f"  nation: {{ask: Where?, answers: {{{answers}}}}}\n"
    desk = (
        "  welsh: {name: Welsh desk, serves: [talk], phone: 0800 2222, when: {nation: wales}}\n"
        "  english: {name: A desk, serves: [talk], phone: 0800 3333, when: {nation: england}}\n"
    )
    questions = FILES["shared/questions.yaml"].replace("questions:\n", f"questions:\n{asked}")
    tree = FILES["two.yaml"].replace("start: safe", "start: nation")
    tree = tree.replace(
        "questions:\n",
        "questions:\n  nation: {use: nation, goto: {wales: safe, england: safe, not-sure: safe}}\n",
    )
    routes = f"{FILES['routes/uk.yaml'].rstrip()}\n{desk}"
    written(
        folder, {"shared/questions.yaml": questions, "two.yaml": tree, "routes/uk.yaml": routes}
    )
    library = sound(folder)
    prints = Fingerprints(library)
    parts = [p for leaf in Leaves(prints, "wales").of(["two"]) for p in leaf.parts]
    assert "route welsh" in parts
    assert "route english" not in parts
    given = replace(library, approvals=sign((), prints, SIGNED, parts))
    two = given.trees["two"]

    def approval(nation: str) -> str:
        facts = {"teller": "staff", "safe": "no", "nation": nation}
        known = {fact: frozenset({value}) for fact, value in facts.items()}
        return labels.reviewed(page(given, two, two.outcomes["stop"], known))

    assert approval("wales").startswith("Approved by Jo Field")
    assert approval("not-sure").startswith("Approved by Jo Field")
    assert approval("england") == "No safeguarding professional has approved these words yet."
    every = [*standings(now := Fingerprints(given), ["two"], DAY)]
    every += standings(now, ["two"], DAY, "wales")
    assert summary(every[0]).startswith("two: 0 of 2 pages, 2 in Wales, ")
    assert summary(every[1]).startswith("two: 2 of 2 pages in Wales; ")
    assert [in_words(part)[-9:] for part in every[0].pages] == [" in Wales"] * 2


def test_a_lead_is_told_who_signs_where_it_is_kept_and_what_marks_mean(
    folder: Path, at_screen: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, told, *_ = at_screen("?", ESCAPE)
    assert "you sign as Jo Field, Lead, A club" in first
    assert f"{folder}/approvals.yaml" in first.replace("\n", "")
    assert "To whom each line is shown you do not sign" in " ".join(first.split())
    assert "--trees FOLDER" not in first
    # What stands with the program could go with it.
    monkeypatch.setattr("fingerpost.cli.approvals_file.shipped", lambda: folder)
    assert "add --trees FOLDER" in " ".join(at_screen()[0].split())
    assert all(line in " ".join(told.split()) for line in say("book.key").split("\n")[:3])


SLIDE = Slide("T", tuple((Line(f"Line {n}."),) for n in range(40)), (Key("a", "yes", at_end=True),))


@pytest.mark.parametrize(("rows", "onward"), [(12, " "), (20, ENTER), (60, " ")])
def test_a_key_that_needs_all_of_a_page_waits_for_its_end(sit: Sit, rows: int, onward: str) -> None:
    face, typist = sit(f"a{onward}" * 9, rows=rows)
    assert face.slide(SLIDE) == Command("a")
    assert all(any(f"Line {n}." in shot for shot in typist.shots) for n in range(40))
    told = {shot for shot in typist.shots if say("rehearsal.key.to-its-end") in shot}
    assert len(told) == len(typist.shots) // 2


def test_a_window_that_cuts_lines_off_shows_no_page_to_its_end(sit: Sit) -> None:
    long = Slide("T", ((Line("A line " * 100),),), (Key("a", "yes", at_end=True),))
    face, _ = sit("a a q", columns=20, rows=8)
    assert face.slide(long) == Command(Act.STOP)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["q", "x", "!", ENTER], Command("", "qx!")),
        (["a pasted ", "text", "\b", ENTER], Command("", "a pasted tex")),
        (["a", ESCAPE], Command("<")),
        (["!"], Command(Act.DANGER)),
    ],
)
def test_words_can_have_every_letter(sit: Sit, keys: list[str], said: Command) -> None:
    face, _ = sit(keys)
    assert face.slide(Slide("T", (), (), asks_words="Your words")) == said


def test_line_by_line_a_terminal_shows_as_much_as_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fingerpost.terminal.io.streams.is_terminal", lambda _: True)
    told = io.StringIO()
    assert PlainUi(told, lined(["a", "", "a"]), can_clear=False).slide(SLIDE) == Command("a")
    before, early, after = told.getvalue().partition(say("rehearsal.key.to-its-end"))
    assert early
    assert "Line 39." in after
    assert "Line 39." not in before


# On paper


@pytest.fixture
def paper(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """How a review with these lines ends, and what is said of it."""

    def come(*lines: str, of: Path = folder) -> tuple[int, str]:
        text = "\n".join(["by: Jo", "Role: Lead", *lines])
        (tmp_path / "review.txt").write_text(text, encoding="utf-8")
        where = ["--trees", str(of), *(["--only"] if of == folder else []), *TODAY]
        ended = main(["approve", "--from", str(tmp_path / "review.txt"), *where])
        told = capsys.readouterr()
        return ended, " ".join(f"{told.out} {told.err}".split())

    return come


def test_paper_signs_each_page_of_which_all_was_ticked(
    folder: Path, tmp_path: Path, paper: Paper, capsys: pytest.CaptureFixture[str]
) -> None:
    every = leaves(folder, "two")
    lines = next(leaf for leaf in every if "shared line breathe" in leaf.parts)
    stop, go = (next(leaf for leaf in every if f"two/{x}" in leaf.parts) for x in ("stop", "go"))
    ticks = {leaf.number: f"{leaf.number} ok" for leaf in every if leaf != lines}
    _, said = paper(*ticks.values(), f"{stop.number} Sit where?", f"{stop.number} And when?")
    assert "Signed: 6 boxes; 1 comment. Approved: 0 of 2 pages of “two”. By Jo." in said
    assert f"{stop.number}: not signed, though ticked: you wrote that something is wrong" in said
    # What is ticked and waits is asked for no more: not here, not by the status, not in a book.
    nobody = "for boxes that nobody has signed"
    assert f"ticked wait: page 2 {nobody}, {lines.subject}: {lines.number} Left" in said
    assert "Left for you of “two”: 2 boxes, 1 box of them shared; " in said
    where = ["two", "--trees", str(folder), "--only", *TODAY]
    assert main(["approve", "--status", *where]) == Exit.DONE
    assert (
        f"“{go.title.split(': ')[1].split(' (')[0]}”: signed; it waits for "
        in capsys.readouterr().out
    )
    book = tmp_path / "left.txt"
    assert main(["approve", "--left", "--book", str(book), *where]) == Exit.DONE
    asked = {leaf.number for leaf in every if leaf.number in book.read_text("utf-8")}
    assert asked == {lines.number, stop.number}
    assert [(c.page, c.says, c.by) for c in sound(folder).comments] == [
        ("two/stop", "Sit where? And when?", "Jo")
    ]
    # What was read before need not be ticked again, but what was objected to: once that is closed.
    _, said = paper(f"{lines.number} ok")
    assert "Signed: 1 box. Approved: 1 of 5 pages of all trees. By Jo." in said
    paper(f"{stop.number} ok")
    assert voided(folder) == {"one", "one/danger", "one/calm", "one/rude", "two/stop"}
    assert main(["approve", "--close", "1", *where[1:]]) == Exit.DONE
    assert voided(folder) == {"one", "one/danger", "one/calm", "one/rude"}


def test_a_line_that_is_wrong_holds_back_what_has_it_and_the_rest_of_its_box_is_signed(
    folder: Path, paper: Paper, capsys: pytest.CaptureFixture[str]
) -> None:
    every = leaves(folder, "two")
    lines = next(leaf for leaf in every if "shared line hold-on" in leaf.parts)
    stop = next(leaf for leaf in every if "two/stop" in leaf.parts)
    ticks = [f"{leaf.number} ok" for leaf in every]
    for unclear in ("“Not in this box”", "“Hold on”", "“Hold”"):
        ended, said = paper(*ticks, f"{lines.number} {unclear} is wrong")
        assert (ended, sound(folder).approvals) == (Exit.CANNOT, ())
        assert (
            f"review.txt:{len(ticks) + 3}: no line begins with {unclear} in {lines.number}" in said
        )
    # A line of the page is this line, wherever it is quoted; one of two words is quoted whole.
    objects = f"{lines.number} “Hold on help” To what?", f'{stop.number} "Sit down." Where?'
    _, said = paper(*ticks, *objects)
    assert "Signed: 8 boxes; 2 comments. Approved: 1 of 2 pages of “two”." in said
    why = f"on “Sit down.” ({stop.number}), the comment on “Hold on, help comes.” ({lines.number})"
    assert f"Pages that you ticked wait: page 1 for the comment {why} Left" in said
    where = ["--trees", str(folder), "--only", *TODAY]
    assert main(["approve", "--comments", *where]) == Exit.DONE
    told = " ".join(capsys.readouterr().out.split())
    assert re.search(
        r"shared/advice.yaml:\d+: shared line hold-on “Hold on, help comes.” Jo,", told
    )
    assert re.search(r"two.yaml:\d+: two/stop “Sit down.” Jo, [\d-]+: Where\?", told)
    assert told.count("signed, and waiting for this: two/stop") == len(objects)
    assert {part for part in voided(folder) if part.startswith("two")} == {"two/stop"}
    for _ in objects:
        assert main(["approve", "--close", "1", *where]) == Exit.DONE
    assert not any(part.startswith("two") for part in voided(folder))


def test_what_pages_wait_for_is_named_by_numbers_that_stand_in_their_book(
    tmp_path: Path, paper: Paper
) -> None:
    book = [*Leaves(Fingerprints(whole_library())).of(["threatened"])]
    pages = [leaf.number for leaf in book if leaf.title.startswith("Page ")]
    (tmp_path / "own").mkdir()
    _, said = paper(*(f"{number} ok" for number in pages), of=tmp_path / "own")
    named = re.findall(r"\b[a-z2-7]{3}-[a-z2-7]{3}\b", said)
    assert {*named} <= {leaf.number for leaf in book} - {*pages}
    assert len(named) > 20
    assert len(named) == len({*named})
    assert "0 of 17 pages of “threatened”" in said


def test_the_book_of_what_is_left_has_the_numbers_of_the_whole(folder: Path) -> None:
    every = leaves(folder, "two")
    joined = next(leaf for leaf in every if len(leaf.parts) > 1)
    left = Leaves(Fingerprints(sound(folder))).of(["two"], joined.parts[:1])
    assert [leaf.number for leaf in left] == [leaf.number for leaf in every]


def test_the_file_that_the_book_and_the_page_of_docs_show_is_one_that_can_be_read(
    tmp_path: Path,
) -> None:
    shown = say("book.file-rows")
    docs = (Path(__file__).parents[2] / "docs" / "approval.md").read_text("utf-8")
    assert f"```\n{shown}\n```" in docs
    (tmp_path / "review.txt").write_text(shown, "utf-8")
    found = review.review(tmp_path / "review.txt")
    assert (len(found.read), len(found.remarks), found.by) == (2, 2, "Jo Field")


def test_a_number_is_known_however_it_is_typed_and_another_is_told_with_its_words(
    folder: Path, paper: Paper
) -> None:
    numbers = [leaf.number for leaf in leaves(folder, "two")]
    typed = [each.upper().replace("L", "1").replace("O", "0") for each in numbers]
    _, said = paper(*(f"\t{each}: OK." for each in typed))
    assert "2 of 2 pages of “two”." in said
    other = f"{'b' if numbers[0][0] == 'a' else 'a'}{numbers[0][1:]}"
    _, said = paper(f"{other} “Quoted” in words.")
    assert f"did you mean {numbers[0]}, in “" in said
    assert "Your words on it are not kept: “Quoted” in words." in said


_SAYS = (
    "ok",
    "ok.",
    "OK",
    ": ok",
    "- ok",
    "",
    ":",
    "ok?",
    "not ok",
    "yes",
    "I do not agree",
    "\x1b[1m",
)
_SAYS += (
    '"Quoted" words, then more',
    '"Breathe out" too late',
    "“Breathe out.”: when?",
    ": wrong: all of it",
    "ok ok",
    "\t ok",
    "ok \u200b",
    "page 12",
)


@settings(max_examples=60, deadline=None, suppress_health_check=[*HealthCheck])
@given(st.data())
def test_whatever_is_written_signs_only_what_stands_alone_with_ok_and_loses_no_word(
    folder: Path, paper: Paper, data: st.DataObject
) -> None:
    (folder / "approvals.yaml").unlink(missing_ok=True)
    boxes = {leaf.number: leaf for leaf in leaves(folder, "two")}
    number = st.sampled_from([*[*boxes][:4], "aaa-aaa"])
    on_a_box = st.tuples(number, st.sampled_from(_SAYS)).map(" ".join)
    before = st.sampled_from(["", "read: ", "by: ", "role: ", "page 12: ", "- "])
    others = st.one_of(st.tuples(before, on_a_box), st.tuples(on_a_box, st.just(" "), number))
    rows = data.draw(st.lists(on_a_box | on_a_box | others.map("".join), min_size=1, max_size=6))
    ended, said = paper(*rows)
    library = sound(folder)
    signed = {part for a in library.approvals for part in a.pages}
    if ended != Exit.DONE:
        assert (signed, library.comments) == (set(), ())
        assert re.search(r"review.txt:[3-8]: .* Nothing of this file is signed yet", said)
        return
    words = [[x for x in re.findall(r"[\w?-]+", row.casefold()) if x != "-"] for row in rows]
    approved = {part for part in signed if Fingerprints(library).is_read(part)}
    assert approved.isdisjoint(comment.page for comment in library.comments)
    for each, leaf in boxes.items():
        if not signed.isdisjoint(leaf.parts):
            on_it = {tuple(found) for found in words if each in found}
            assert (each, "ok") in on_it
            assert {x[1] for x in on_it} <= {"ok", "breathe"}  # words on one line alone
    told = (words for each in library.comments for words in (each.line, each.says))
    kept = " ".join([said, *told]).casefold()
    assert {
        word for found in words for word in found if word not in ("ok", *boxes) and word not in kept
    } == set()


# Over another library


def test_an_organisation_is_asked_for_what_it_changed_and_what_that_touches(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    signed(folder)
    monkeypatch.setattr(context, "shipped", lambda: folder)
    over = tmp_path / "over"
    lines = FILES["shared/advice.yaml"].replace("Breathe out", "Breathe in")
    written(over, {"shared/advice.yaml": lines})
    where = ["--trees", str(over), *TODAY]
    assert main(["check", "--strict", "--approved", *where]) == Exit.PROBLEMS
    said = capsys.readouterr().out
    asked = {
        line.split()[0] for line in said.splitlines() if "changed since: by the shared" in line
    }
    assert asked == {"one/calm", "two/go"}
    monkeypatch.setattr(sys, "stdin", Typed(["", "a", "a", "a"]))
    main(["approve", "--by", "Ann", "--role", "Lead", "--plain", *where])
    said = capsys.readouterr().out
    print(said)
    assert "Signed: 3. Pages approved: 5 of 5." in said
    assert main(["check", "--strict", "--approved", *where]) == Exit.DONE
    written(over, {"shared/opening.yaml": "opening: [{say: Say that first.}]\n"})
    assert main(["check", "--strict", "--approved", *where]) == Exit.PROBLEMS
    # Below, nothing has been written.
    approvals, *_ = review.signed(over / "approvals.yaml")
    assert {part for each in approvals for part in each.pages} == {
        "shared line breathe",
        "one/calm",
        "two/go",
    }
    assert voided(folder) == set()
