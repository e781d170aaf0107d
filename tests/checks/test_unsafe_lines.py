"""Lines that could harm their reader, in other words than those that are listed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from fingerpost.checks.content import unsafe_lines
from fingerpost.cli.main import main
from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Diagnostic, Severity, Span
from fingerpost.model.library import Library
from fingerpost.model.sentence import Sentence
from fingerpost.model.text_index import Wording
from fingerpost.model.tree import Advice, Kind
from fingerpost.reading.loader import load

FIXTURES = Path(__file__).parents[1] / "fixtures"
SOUND = FIXTURES / "manuals"
OTHERS = FIXTURES / "unsafe-lines.txt"


@cache
def library() -> Library:
    """A small library, in which the words that ship are looked for."""
    return load([SOUND], whole=True).library


def found_in(text: str, known: Library | None = None) -> tuple[Diagnostic, ...]:
    """What is found in a line that is said to everybody."""
    span = Span("opening.yaml", 1, 1, 1, 9)
    line = Advice(kind=Kind.DO, say=Sentence(text, span=span), span=span)
    said = replace(known or library(), opening=(line,))
    return tuple(m for m in unsafe_lines.find(Wording(said)) if m.span == span)


def kinds_of(text: str) -> set[str]:
    return set(_kinds(found_in(text)))


def _kinds(found: tuple[Diagnostic, ...]) -> Iterator[str]:
    for mistake in found:
        assert mistake.code == "FP415"
        kind = re.search(r" \(([a-z-]+)\): ", mistake.message)
        assert kind is not None
        yield kind[1]


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("nude", "Send the nude to your youth worker as proof."),
        ("nude", "Was it a naked picture? Forward it to a teacher."),
        ("nude", "You could take a screenshot of the photo before it goes."),
        ("nude", "Ask your friend to airdrop the video to staff."),
        ("nude", "Don't forget to save the pics, so that the police believe you."),
        ("nude", "If the head asks, show her the images."),
        ("nude", "The nude should be printed and put in the file."),
        ("meeting", "Meet them alone and tell them to stop."),
        ("meeting", "Go round to his house and talk it over."),
        ("meeting", "Stay calm, and confront whoever did it."),
        ("meeting", "Maybe talk to the sender face to face."),
        ("secret", "Keep this between us."),
        ("secret", "It's best not to tell your mum."),
        ("secret", "Say nothing to your teacher about the chat."),
        ("secret", "Your parents don't have to know."),
        ("pay", "Pay half and ask for more time."),
        ("pay", "Buy two gift cards and read them the codes."),
        ("pay", "Just give them what they want."),
        ("proof", "Wipe your phone before the police come."),
        ("proof", "Now clear all the chats with him."),
        ("silence", "I promise I won't tell anyone."),
        ("silence", "Nobody will ever find out."),
        ("promise", "Tell us, and they will be kind to you."),
        ("promise", "Childline can make it stop."),
        ("trouble", "You're not in trouble, whatever you did."),
        ("heard-as-order", "Don't look, show or send."),
        ("heard-as-order", "Don't look or send."),
        ("nobody-does", "Nobody shares the picture."),
        ("first-aid", "Is it bleeding? Press on it hard with a clean cloth."),
        ("first-aid", "See a doctor today if you passed out."),
        ("first-aid", "Roll your friend onto one side, and wait."),
        ("first-aid", "He took her tablets? Make him drink water, even if he seems fine."),
        ("law", "In Scotland a nude of a friend is no crime if they said yes."),
        ("law", "You are too young for a crime at 12."),
        ("law", "If you can't speak, cough or tap."),
        ("hiding", "He hits you? Hide behind a locked door."),
        ("one-phone", "Keep them talking, and ring 999 on another phone."),
        ("asking-down", "Ask whoever put it up to take it down."),
        ("screenshot", "A screenshot is fine as proof."),
        ("may-they", "Is it tonight, or may they come tomorrow?"),
        ("start-again", "If it was paid, start again, and choose the other answer."),
        ("allowed-later", "Don't go with them until you have told somebody."),
        ("alone", "Ask the group by yourself."),
        ("number", "Ring 0800 123 4567 if you are scared."),
    ],
)
def test_a_line_that_could_harm_is_found(kind: str, line: str) -> None:
    assert kind in kinds_of(line)


@pytest.mark.parametrize(
    "line",
    [
        "Don't send the nude to anybody.",
        "Never save the picture, not even as proof.",
        "They may ask you to send a nude.",
        "If you sent a picture, you can still get help.",
        "Did someone ask you to forward the video?",
        "Report it in the app instead of forwarding the picture.",
        "A threat to share the nude is never your fault.",
        "You don't have to meet them.",
        "Don't meet him, and don't go to his house.",
        "They said to keep it secret. You can tell us.",
        "Paying makes them ask for more.",
        "Don't pay, whatever they say.",
        "Don't delete the messages.",
        "Tell a teacher that you were told to delete the chat.",
        "Ring Childline on 0800 1111.",
        "It was in 2019, and 150 people saw it.",
        "Tell a teacher what the picture shows, in words.",
        "You're not in trouble for telling.",
        "Nobody can promise that it stays between us.",
        "Don't promise that nobody will know.",
        "Don't be alone with that person.",
        "You don't have to look or answer.",
    ],
)
def test_a_line_that_tells_of_harm_or_warns_of_it_is_not(line: str) -> None:
    assert kinds_of(line) == set()


def test_lines_of_other_wording_are_told_apart() -> None:
    """They were written before a look at what is found, and hold the words to it from now on."""
    unsafe, _, safe = OTHERS.read_text(encoding="utf-8").partition("\n\n")
    assert [line for line in unsafe.splitlines()[1:] if not kinds_of(line)] == []
    assert {line: kinds for line in safe.splitlines()[1:] if (kinds := kinds_of(line))} == {}


JUDGED = """\
opening:
  - say:
      otherwise: Keep the picture of your bus pass in your wallet.
      judged: {nude: "It is a bus pass. The lead, May 2026"}
  - say: {otherwise: Ring us., judged: {pay: "It is free. The lead, May 2026"}}
"""


def test_what_somebody_has_judged_is_no_mistake_until_it_is_needless(tmp_path: Path) -> None:
    layer = tmp_path / "shared"
    layer.mkdir()
    file = layer / "opening.yaml"
    file.write_text(JUDGED, encoding="utf-8")
    reading = load([SOUND, tmp_path], whole=True)
    assert not reading.mistakes
    [needless] = unsafe_lines.find(Wording(reading.library))
    assert (needless.code, needless.span.line) == ("FP416", 5)
    file.write_text(JUDGED.replace("nude:", "nudes:"), encoding="utf-8")
    found = list(unsafe_lines.find(Wording(load([SOUND, tmp_path], whole=True).library)))
    assert [(m.code, m.span.line) for m in found] == [("FP415", 3), ("FP416", 3), ("FP416", 5)]
    assert "did you mean “nude”" in found[1].hint


OWN = """\
words: {smoke: cigarette cigarettes vape}
kinds:
  smoking:
    harm: somebody is told to smoke
    hint: say that they can say no
    orders: [take ... SMOKE]
    only-in: shared/needs.yaml
    severity: warning
  nude: {harm: a nude is passed on, hint: say it in words, orders: [pigeon ... NUDE]}
"""


def test_a_library_laid_over_adds_its_own(tmp_path: Path) -> None:
    (tmp_path / "unsafe-lines.yaml").write_text(OWN, encoding="utf-8")
    reading = load([SOUND.parents[2] / "trees", tmp_path], whole=True)
    assert not reading.mistakes
    own = replace(library(), unsafe_lines=reading.library.unsafe_lines)
    [found] = found_in("Take the vape, and think.", own)
    assert found.severity is Severity.WARNING
    assert "(smoking): somebody is told to smoke" in found.message
    [found] = found_in("Save the nude.", own)
    assert found.severity is Severity.ERROR
    assert "a nude is passed on" in found.message


def test_check_says_so_and_how_many_lines_nobody_has_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(SOUND, tmp_path / "sound"))
    line = "opening: [{say: Meet them alone and tell them to stop.}]\n"
    (folder / "shared" / "opening.yaml").write_text(line, encoding="utf-8")
    lines = len(Wording(load([folder], whole=True).library).texts)
    asked = ["check", "--only", "--trees", str(folder), "--now", "2026-06-15"]
    assert main(asked) == 1
    said = capsys.readouterr().out
    assert "error FP415 the opening has “meet” (meeting)" in said
    assert f"No program can tell if {lines} lines are right and kind." in said
    assert main([*asked, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [mistake["code"] for mistake in told["diagnostics"]] == ["FP415"]
    assert told["lines_only_people_can_judge"] == lines
