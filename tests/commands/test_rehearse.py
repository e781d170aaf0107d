"""``fingerpost rehearse``: which stories, what is written, and what is refused."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.page.messages import LAST_RESORT

from ..support.staged import CASES, TALKS

SMALL = ["--trees", str(TALKS / "library"), "--only", "--now", "2026-11-24T02:00"]
REHEARSE = ["rehearse", *SMALL, "--cases", str(CASES)]
LATE = ["1", "1", "1", "1", "4", "3"]
"""What to type for the whole of the late bus, to the ending that the tree shows."""

Said = pytest.CaptureFixture[str]
Type = Callable[..., None]


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Type:
    """What somebody types, line by line."""
    return lambda *lines: monkeypatch.setattr(
        sys, "stdin", io.StringIO("".join(f"{x}\n" for x in lines))
    )


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, types: Type) -> Path:
    """An empty folder to work in; nobody types anything."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    types()
    return work


def names_in(said: str) -> list[str]:
    return re.findall(r"--case (\S+) --seed", said)


# Which stories


def test_topics_and_cases_are_listed(capsys: Said) -> None:
    assert main([*REHEARSE, "--list"]) == Exit.DONE
    said = capsys.readouterr().out
    assert said.startswith("late: I am late\n  a-late-bus - to begin with\n\nlost: I have lost")
    assert said.endswith("\nTo rehearse one: fingerpost rehearse --case CASE\n")
    for name in ("a-late-bus", "safe-again", "keys-and-a-quarrel"):
        assert f"\n  {name} - " in said


@pytest.mark.parametrize(
    "options",
    [["--topic", "bicycle"], ["--case", "keys-and-a-quarrel"]],
    ids=lambda options: options[0],
)
def test_what_is_asked_for_is_listed_alone(capsys: Said, options: list[str]) -> None:
    assert main([*REHEARSE, "--list", *options]) == Exit.DONE
    assert re.findall("^  (\\S+) - ", capsys.readouterr().out, re.M) == ["keys-and-a-quarrel"]


def test_with_nothing_it_offers_topics(types: Type, capsys: Said) -> None:
    types("q")
    assert main(REHEARSE) == Exit.DONE
    said = capsys.readouterr().out
    assert "  1. I am late\n     1 story\n  2. I have lost something\n     3 stories" in said
    assert "One at random" in said


def test_stories_of_the_library_are_offered_too(types: Type, capsys: Said) -> None:
    types("q")
    assert main(["rehearse"]) == Exit.DONE
    assert "A picture of a young person has been shared" in capsys.readouterr().out


def test_a_case_is_the_story(types: Type, capsys: Said) -> None:
    types("q")
    assert main([*REHEARSE, "--case", "a-late-bus"]) == Exit.DONE
    assert names_in(capsys.readouterr().out) == ["a-late-bus"]


def test_cases_come_in_the_order_in_which_they_are_named(types: Type, capsys: Said) -> None:
    types("2", "2", "q")
    names = ["safe-again", "a-late-bus"]
    assert main([*REHEARSE, *(x for name in names for x in ("--case", name))]) == Exit.DONE
    assert names_in(capsys.readouterr().out) == names


def test_a_seed_draws_the_same_again(types: Type, capsys: Said) -> None:
    drawn = set()
    for seed in (1, 1, 2, 3, 4, 5, 6):
        types("q")
        assert main([*REHEARSE, "--seed", str(seed)]) == Exit.DONE
        drawn.add((seed, *names_in(capsys.readouterr().out)))
    assert len(drawn) == 6
    assert len({name for _, name in drawn}) > 1


def test_a_tree_keeps_to_its_own_stories(types: Type, capsys: Said) -> None:
    types("1", "q")
    assert main([*REHEARSE, "--tree", "late"]) == Exit.DONE
    said = capsys.readouterr().out
    assert "REHEARSAL: which story?\n  1. A late bus" in said
    assert "what is it to be about?" not in said


def test_a_topic_keeps_to_the_stories_about_it(types: Type, capsys: Said) -> None:
    types("q")
    assert main([*REHEARSE, "--topic", "bicycle"]) == Exit.DONE
    said = capsys.readouterr().out
    assert "  1. Keys and a quarrel\n" in said
    assert "A phone on the bus" not in said


def test_sextortion_is_blackmail_for_money(types: Type, capsys: Said) -> None:
    types("1\n3\nq")  # the stories for those with practice
    assert main(["rehearse", "--topic", "sextortion"]) == Exit.DONE
    said = capsys.readouterr().out
    found = said.split("about?\n", 1)[1]
    first = found.splitlines()[0].split(". ")[1]
    assert first == "Someone is threatening a young person"  # most are about it
    assert "Two in the morning" in said


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--case", "a-late-buss"], "There is no case “a-late-buss”. Did you mean “a-late-bus”?"),
        (["--case", "quarrel"], "You may mean: keys-and-a-quarrel. To see them all: fingerpost"),
        (["--case", "zzzzzz"], "“zzzzzz”. To see them all: fingerpost rehearse --list"),
        (["--list", "--room"], "--list rehearses nothing"),
        (["--list", "--handout", "h.html"], "--list rehearses nothing"),
        (["--tree", "bus"], "There is no tree “bus”. You may mean: lost, late"),
        (["--tree", "lots"], "There is no tree “lots”. Did you mean “lost”?"),
        (["--topic", "zebras"], "There is no story about “zebras”. To see what there is"),
        (["--topic", "bicicle"], "Did you mean “bicycle”?"),
        (["--topic", "İa"], "There is no story about “İa”."),
        (["--topic", "   "], "There is no story about"),
        (["--case", "a-late-bus", "--topic", "bus"], "leave out --tree and --topic"),
        (["--case", "a-late-bus", "--tree", "late"], "leave out --tree and --topic"),
        (["--topic", "bicycle", "--tree", "late"], "There is no story about “bicycle”"),
        (["--name", "Sam"], "--name goes with --review."),
        (["--answers"], "--answers and --large-print go with --handout."),
        (["--large-print"], "--answers and --large-print go with --handout."),
        (["--format", "pdf"], "--format and --force go with --review and --handout."),
        (["--force"], "--format and --force go with --review and --handout."),
        (["--handout", "h.html"], "Say which stories:"),
        (["--handout", "h.html", "--room", "--seed", "1"], "--handout writes a sheet"),
        (["--handout", "h.html", "--review", "r.html"], "--handout writes a sheet"),
        (["--seed", "-1"], "--seed"),
        (["--now", "never"], "--now never"),
    ],
)
def test_what_does_not_fit_is_refused(options: list[str], told: str, capsys: Said) -> None:
    assert main([*REHEARSE, *options]) == Exit.USAGE
    said, error = capsys.readouterr()
    assert said == ""
    assert error.startswith(LAST_RESORT)
    assert told in error


def test_only_alone_is_refused(capsys: Said) -> None:
    assert main(["rehearse", "--only"]) == Exit.USAGE
    assert "--only needs --trees DIR" in capsys.readouterr().err


def test_a_library_without_stories_says_so(capsys: Said) -> None:
    assert main(["rehearse", *SMALL]) == Exit.CANNOT
    assert "There is no story to rehearse here." in capsys.readouterr().err


def test_a_tree_without_stories_says_so(tmp_path: Path, capsys: Said) -> None:
    text = (CASES / "lost.yaml").read_text("utf-8")
    (tmp_path / "own.yaml").write_text(text.partition("  a-late-bus:")[0], "utf-8")
    assert main(["rehearse", *SMALL, "--cases", str(tmp_path), "--tree", "late"]) == Exit.USAGE
    assert "There is no story for “late” yet." in capsys.readouterr().err


# A trainer's own cases


def test_a_mistake_in_one_s_own_cases_is_shown_with_its_place(tmp_path: Path, capsys: Said) -> None:
    text = (CASES / "lost.yaml").read_text("utf-8").replace("how: little", "how: lttle")
    (tmp_path / "own.yaml").write_text(text, "utf-8")
    assert main(["rehearse", *SMALL, "--cases", str(tmp_path)]) == Exit.PROBLEMS
    said, error = capsys.readouterr()
    assert said == ""
    assert error.startswith(LAST_RESORT)
    assert "own.yaml" in error
    assert "lttle" in error


def test_a_case_that_does_not_end_as_it_expects_is_a_mistake(tmp_path: Path, capsys: Said) -> None:
    text = (CASES / "lost.yaml").read_text("utf-8").replace("urgency: info", "urgency: now")
    (tmp_path / "own.yaml").write_text(text, "utf-8")
    assert main(["rehearse", *SMALL, "--cases", str(tmp_path)]) == Exit.PROBLEMS
    assert "own.yaml" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, capsys: Said) -> None:
    assert main(["rehearse", *SMALL, "--cases", str(tmp_path / "none")]) == Exit.CANNOT
    assert "cannot be read" in capsys.readouterr().err


# The review


def test_nothing_is_written_unless_it_is_asked_for(folder: Path, types: Type, capsys: Said) -> None:
    types(*LATE, "1", "q")
    assert main([*REHEARSE, "--case", "a-late-bus"]) == Exit.DONE
    assert list(folder.iterdir()) == []
    assert "REHEARSAL: the review" in capsys.readouterr().out


@pytest.mark.parametrize("suffix", ["html", "md", "txt"])
def test_the_review_is_written(suffix: str, folder: Path, types: Type, capsys: Said) -> None:
    types(*LATE, "1", "q")
    assert main([*REHEARSE, "--case", "a-late-bus", "--review", f"review.{suffix}"]) == Exit.DONE
    written = (folder / f"review.{suffix}").read_text("utf-8")
    assert "REHEARSAL" in written
    assert "A boy has missed the bus by a minute." in written
    assert f"Written: review.{suffix} (whoever finds it can read it)\n" in capsys.readouterr().out


def test_a_name_that_no_pdf_can_show_is_refused_before_anything_is_asked(
    folder: Path, types: Type, capsys: Said
) -> None:
    """Otherwise the whole rehearsal would be for nothing."""
    pytest.importorskip("typst")
    types(*LATE, "1", "q")
    review = ["--case", "a-late-bus", "--review", "review.pdf", "--name", "\u65b0"]
    assert main([*REHEARSE, *review]) == Exit.PROBLEMS
    said, complaint = capsys.readouterr()
    assert said == ""
    assert "\u65b0" in complaint
    assert not (folder / "review.pdf").exists()


def test_a_name_is_on_the_review_only_if_it_is_given(folder: Path, types: Type) -> None:
    review = [*REHEARSE, "--case", "a-late-bus", "--review", "review.txt", "--force"]
    for options, named in (([], False), (["--name", "Robin"], True)):
        types(*LATE, "1", "q")
        assert main([*review, *options]) == Exit.DONE
        assert ("for Robin" in (folder / "review.txt").read_text("utf-8")) is named


def test_the_reviews_of_several_stories_are_one_file(folder: Path, types: Type) -> None:
    safe = ["1", "1", "1", "2", "1", "1", "1", "2", "1"]
    types(*LATE, "1", "1", *safe, "1", "q")
    cases = ["--case", "a-late-bus", "--case", "safe-again"]
    assert main([*REHEARSE, *cases, "--review", "review.txt"]) == Exit.DONE
    first, second = (folder / "review.txt").read_text("utf-8").split("\f")
    assert "A boy has missed the bus" in first
    assert "A girl rings from the park." in second


def test_a_story_that_did_not_end_has_no_review(folder: Path, types: Type, capsys: Said) -> None:
    types("1", "q")
    assert main([*REHEARSE, "--case", "a-late-bus", "--review", "review.txt"]) == Exit.DONE
    assert list(folder.iterdir()) == []
    assert "There is nothing to write yet: no story came to its end." in capsys.readouterr().out


def test_whoever_leaves_at_once_leaves_nothing(folder: Path, types: Type, capsys: Said) -> None:
    types(*LATE, "1", "x")
    assert main([*REHEARSE, "--case", "a-late-bus", "--review", "review.txt"]) == Exit.DONE
    assert list(folder.iterdir()) == []
    assert "Written" not in capsys.readouterr().out


def test_the_end_of_input_before_a_review_is_not_done(folder: Path, types: Type) -> None:
    types("1")
    review = ["--case", "a-late-bus", "--review", "review.txt"]
    assert main([*REHEARSE, *review]) == Exit.STOPPED
    assert list(folder.iterdir()) == []


def test_a_room_writes_its_debrief(folder: Path, types: Type) -> None:
    types("1", "n", "n", "v 4 3", "n", "v 1 0 0 5", "n", "3", "n", "q")
    debrief = ["--room", "--case", "a-late-bus", "--review", "debrief.txt", "--name", "Team B"]
    assert main([*REHEARSE, *debrief]) == Exit.DONE
    written = " ".join((folder / "debrief.txt").read_text("utf-8").split())
    assert "What the room can take home, for Team B" in written
    assert "1 hand: Now. Someone may be badly hurt, or die. This minute" in written
    assert "3 hands: Very, and I have lost something too" in written


def said_in(page: Path) -> list[str]:
    """The words of each part that may lie about alone: a page, or what stands below a heading."""
    if page.suffix == ".pdf":
        whole = subprocess.run(["pdftotext", page, "-"], capture_output=True, check=True).stdout
        return whole.decode().rstrip("\f").split("\f")
    parts = {".html": '<div class="break"></div>', ".md": "\n---\n\n## ", ".txt": "\f"}
    return page.read_text("utf-8").split(parts[page.suffix])


@pytest.mark.parametrize("suffix", ["html", "pdf", "md", "txt"])
@pytest.mark.parametrize("what", ["review", "debrief", "handout", "answers"])
def test_every_print_says_that_it_is_a_rehearsal(
    what: str, suffix: str, folder: Path, types: Type
) -> None:
    if suffix == "pdf":
        pytest.importorskip("typst")
        if not shutil.which("pdftotext"):
            pytest.skip("poppler is not installed")
    in_room = ["1", "n", "n", "1", "1", "4", "3", "n", "s"]
    typed = {"review": [*LATE, "1", "1", *LATE, "1", "q"], "debrief": [*in_room, *in_room, "q"]}
    options = {
        "review": ["--review", f"paper.{suffix}"],
        "debrief": ["--review", f"paper.{suffix}", "--room"],
        "handout": ["--handout", f"paper.{suffix}"],
        "answers": ["--handout", f"paper.{suffix}", "--answers"],
    }
    types(*typed.get(what, []))
    twice = ["--case", "a-late-bus"] * 2
    assert main([*REHEARSE, *twice, *options[what]]) == Exit.DONE
    parts = said_in(folder / f"paper.{suffix}")
    assert len(parts) >= 2
    for part in parts:
        assert "REHEARSAL" in part
    if suffix == "html":
        assert '<div class="edge" aria-hidden="true">REHEARSAL</div>' in parts[0]


# The handout


def test_a_handout_has_the_stories_and_no_answers(folder: Path, capsys: Said) -> None:
    assert main([*REHEARSE, "--tree", "lost", "--handout", "h.txt"]) == Exit.DONE
    written = (folder / "h.txt").read_text("utf-8")
    assert written.count("REHEARSAL. Story") == 3
    assert "The battery may be empty" not in written
    said = capsys.readouterr().out
    assert said == "Written: h.txt (whoever finds it can read it)\n"


def test_the_facilitator_s_has_the_answers(folder: Path) -> None:
    handout = ["--case", "a-phone-on-the-bus", "--handout", "h.txt", "--answers"]
    assert main([*REHEARSE, *handout]) == Exit.DONE
    written = (folder / "h.txt").read_text("utf-8")
    assert "The battery may be empty" in written
    assert "Keys and a quarrel" not in written


def test_a_handout_of_one_by_chance(folder: Path) -> None:
    assert main([*REHEARSE, "--seed", "3", "--handout", "h.txt"]) == Exit.DONE
    assert (folder / "h.txt").read_text("utf-8").count("A boy has missed") < 2


def test_a_handout_in_large_print(folder: Path) -> None:
    handout = ["--topic", "bicycle", "--handout", "h.html"]
    assert main([*REHEARSE, *handout]) == Exit.DONE
    usual = (folder / "h.html").read_text("utf-8")
    assert main([*REHEARSE, *handout, "--large-print", "--force"]) == Exit.DONE
    large = (folder / "h.html").read_text("utf-8")
    assert "18pt" in large.replace(" ", "")
    assert usual != large
