"""From what an author typed to what it means: the right model, or the right message."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import pytest

from fingerpost.checks.structure import circles
from fingerpost.model.base import Frozen, field_names
from fingerpost.model.diagnostics import Severity
from fingerpost.reading import yaml_reader
from fingerpost.reading.decode import MOST_MISTAKES
from fingerpost.reading.files import values
from fingerpost.reading.files.file import File
from fingerpost.reading.files.names import Names
from fingerpost.reading.loader import Reading, load

from ..support.checking import found_by

MISTAKES = Path(__file__).parents[1] / "fixtures" / "mistakes"
SOUND = MISTAKES / "sound"


@pytest.fixture(scope="module")
def sound() -> Reading:
    return load([SOUND], whole=True)


# One mistake gives one message


@dataclass(frozen=True)
class Slip:
    """A change to a file of the sound library, and the only message that there must be.

    ``place`` is where the message points: line and column, and if ``to`` is not None the same for
    the end.
    """

    code: str
    file: str
    old: str
    new: str
    place: tuple[int, int] | None
    to: tuple[int, int] | None
    message: str
    hint: str


def slips(text: str) -> Iterator[Slip]:
    """The slips of ``one-at-a-time.txt``, which says at its top how it is written."""
    for block in re.split(r"\n\n+", text.strip()):
        if block.startswith("#"):
            continue
        head, *lines = block.split("\n")
        code, file = head.split(" ")

        def of(sign: str, lines: list[str] = lines) -> str:
            return "\n".join(line[1:] for line in lines if line.startswith(sign))

        place = re.fullmatch(r"(\d+):(\d+)-(\d+):(\d+)|", of("@"))
        assert place, block
        at = (int(place[1]), int(place[2])) if place[1] else None
        to = (int(place[3]), int(place[4])) if place[3] else None
        yield Slip(code, file, of("-"), of("+"), at, to, of("!"), of("?"))


SLIPS = tuple(slips((MISTAKES / "one-at-a-time.txt").read_text(encoding="utf-8")))


def marked(text: str, mark: str) -> tuple[int, int] | None:
    """Line and column, from 1, of a mark in a text that has no other marks before it."""
    if mark not in text:
        return None
    before = text[: text.index(mark)].replace("⟦", "")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.code} {slip.message}")
def test_one_slip_gives_one_message(slip: Slip, folder: Path) -> None:
    file = folder / slip.file
    before = file.read_text(encoding="utf-8")
    assert before.count(slip.old) == 1
    after = before.replace(slip.old, slip.new)
    file.write_text(after.replace("⟦", "").replace("⟧", ""), encoding="utf-8")

    reading = load([folder], whole=True)
    [found] = reading.mistakes

    assert (
        found_by(circles, reading.library) == ()
    )  # a way that cannot be read leads nowhere, not back
    assert (found.code, found.message, found.hint) == (slip.code, slip.message, slip.hint)
    assert Path(found.span.file) == file
    assert found.severity is Severity.ERROR
    place, to = slip.place or marked(after, "⟦"), slip.to or marked(after, "⟧")
    assert (found.span.line, found.span.column) == place
    assert to is None or (found.span.end_line, found.span.end_column) == to


def test_a_sound_library_has_no_mistake(sound: Reading) -> None:
    """Nor has the one that uses every key that there is."""
    assert sound.mistakes == ()
    every_key = MISTAKES.parent / "every_key"
    own = every_key / "own" / "local.yaml"
    assert load([every_key], whole=True, local_file=own).mistakes == ()


NOT_YAML = "title: 'never closed\n"
NO_KEYS = "- one\n- two\n"
NOTHING = "# nothing yet\n"
ALL_FILES = sorted(path.relative_to(SOUND).as_posix() for path in SOUND.rglob("*.yaml"))


@pytest.mark.parametrize("text", [NOT_YAML, NO_KEYS, NOTHING], ids=["syntax", "a list", "nothing"])
@pytest.mark.parametrize("file", ALL_FILES)
def test_a_file_that_cannot_be_read_is_the_only_mistake(folder: Path, file: str, text: str) -> None:
    """Whatever other files take from it cannot be known, and is no mistake of theirs."""
    (folder / file).write_text(text, encoding="utf-8")
    [found] = load([folder], whole=True).mistakes
    assert Path(found.span.file) == folder / file
    assert found.code in ("FP001", "FP010")


def test_a_mark_in_a_long_text_is_pointed_at_in_its_own_line(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    """In a folded text, in one that is quoted over two lines, the second time, or broken up."""
    change(
        "second.yaml", "title: The second", "title: >-\n  Ring {route:line},\n  not {route:lien}."
    )
    change("second.yaml", "about: Where the first leads.", 'about: "Ring\n  {route:lien}."')
    change("second.yaml", "    ask: Which?", "    ask: A { brace {{grooming}} and {grooming}")
    change("second.yaml", "    open: That is all.", '    open: "Ring {route:l\\x69en}."')
    found = load([folder]).mistakes
    assert [(m.code, m.span.line, m.span.column, m.span.end_column) for m in found] == [
        ("FP207", 4, 7, 19),
        ("FP207", 6, 3, 15),
        ("FP109", 11, 12, 13),
        ("FP203", 11, 37, 47),
        ("FP207", 19, 11, 34),
    ]


def test_so_many_mistakes_that_nobody_reads_them_end_somewhere(folder: Path) -> None:
    """Also where each would have to be compared with very many names, that is quick."""
    lines = (f"  q{n}: {{use: age, goto: nowhere-{n}}}\n" for n in range(2 * MOST_MISTAKES))
    steps = (f"  e{n}: {{use: danger}}\n" for n in range(2 * MOST_MISTAKES))
    text = "fingerpost: 1\ntitle: T\nabout: A\nreview-by: 2027-01-01\nstart: q1\nquestions:\n"
    (folder / "many.yaml").write_text(f"{text}{''.join(lines)}outcomes:\n{''.join(steps)}", "utf-8")
    found = [m for m in load([folder]).mistakes if m.span.file.endswith("many.yaml")]
    last, end = found[-1], found[-2]
    assert [m.code for m in found] == ["FP201"] * (MOST_MISTAKES - 1) + ["FP009", "FP201"]
    assert end.message == "1,000 mistakes up to here; the others are not listed"
    assert end.span == last.span


# What all of it means


PARTS = "trees questions advice always needs words routes opening rules hazards tried cases"


def meaning(value: object) -> object:
    """A value as JSON has it, without places and without what is not said."""
    match value:
        case Mapping():
            return {str(key): meaning(each) for key, each in value.items()}
        case frozenset():
            return sorted(map(str, value))
        case tuple():
            return [meaning(each) for each in value]
        case Frozen():
            said = {name: getattr(value, name) for name in field_names(value)}
            return {n: meaning(v) for n, v in said.items() if n not in ("span", "spans") and v}
        case IntEnum():
            return value.name
    return value if isinstance(value, (bool, int)) or value is None else str(value)


def test_the_sound_library_means_what_was_written_down(sound: Reading) -> None:
    """Everything that an author can write, in each of its forms, is in it."""
    golden = MISTAKES.parents[1] / "golden" / "model.json"
    said = {name: meaning(getattr(sound.library, name)) for name in PARTS.split()}
    found = json.dumps(said, indent=1, ensure_ascii=False) + "\n"
    written = golden.read_text("utf-8") if golden.exists() else ""
    if os.environ.get("RENEW_GOLDENS"):
        golden.write_text(found, "utf-8")
    assert found == written


# Routes, rules and cases


def test_a_nation_that_is_added_is_not_claimed_by_silence() -> None:
    contract = "{ages: all, nations: uk, tellers: all}"
    text = f"routes: {{line: {{name: A, serves: talk, contract: {contract}}}}}".encode()
    node, _ = yaml_reader.read(text, "uk.yaml")
    assert node is not None
    known = ("england", "wales", "scotland", "northern-ireland", "isle-of-man", "not-sure")
    file = File("uk.yaml", Names(facts={"nation": known}))
    served = values.bind(file, node, "routes")["line"].contract
    assert served.nations == set(known) - {"isle-of-man"}


def test_a_file_condition_and_a_condition_of_the_route_both_count(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    change("routes/wales.yaml", "    serves: talk\n", "    serves: talk\n    when: {age: 18}\n")
    welsh = load([folder]).library.routes["line-in-wales"]
    assert [when.facts for when in welsh.whens] == [("nation",), ("age",)]
