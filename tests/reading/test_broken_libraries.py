"""Every command and option over hundreds of broken libraries: each ends as it says, and none
crashes.

Each library is broken in one place: a way that leads nowhere, a key written twice, a step renamed,
a file that is missing or empty, a value of the wrong kind.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest

from fingerpost.checks import runner
from fingerpost.cli.commands import diff
from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.reading import loader
from fingerpost.reading.loader import Reading
from fingerpost.reading.yaml_reader import Scalar

from ..support.doctoring import Part, Text, layer, parts, texts

pytestmark = pytest.mark.slow

FIXTURES = Path(__file__).parents[1] / "fixtures"
SMALL = FIXTURES / "mistakes" / "sound"
REHEARSED = FIXTURES / "rehearsals"
LOCAL = FIXTURES / "every_key" / "own" / "local.yaml"

Files = dict[str, str]

NOW = ("--now", "2026-11-24")
COMMANDS = {
    "check": ("check", *NOW),
    "check, all of it": ("check", "--coverage", "--notices", "--rules", "--strict", *NOW),
    "check as json": ("check", "--format", "json", *NOW),
    "check for github": ("check", "--format", "github", *NOW),
    "check as sarif": ("check", "--format", "sarif", *NOW),
    "trees": ("trees",),
    "walk": ("walk", "--plain", *NOW),
    "walk a tree": ("walk", "{tree}", "--plain", *NOW),
    "walk with facts": ("walk", "{tree}", "--plain", "--nation", "wales"),
    "sheet": ("sheet", "{tree}", "-o", "-", "--plain", *NOW),
    "all sheets": ("sheet", "--all", "-o", "{out}/all", "--vary", "teller", *NOW),
    "all sheets of a tree": ("sheet", "{tree}", "--all", "-o", "{out}/one", "--discreet", *NOW),
    "web": ("web", "-o", "-", *NOW),
    "rehearse": ("rehearse", "--seed", "1", "--plain", *NOW),
    "rehearse in a room": ("rehearse", "--room", "--tree", "{tree}", "--plain", *NOW),
    "rehearse a topic": ("rehearse", "--topic", "something has happened", "--plain", *NOW),
    "handout": ("rehearse", "--handout", "-", "--seed", "1", "--answers", *NOW),
    "routes": ("routes", *NOW),
    "routes by need": ("routes", "line", "--need", "talk", "--nation", "wales", *NOW),
    "routes as json": ("routes", "--format", "json", "--open-now", *NOW),
    "routes to check": ("routes", "--to-check", *NOW),
    "routes to check as json": ("routes", "--to-check", "--format", "json", *NOW),
    "graph": ("graph", "{tree}"),
    "graph as dot": ("graph", "{tree}", "--format", "dot"),
    "paths": ("paths", "{tree}"),
    "paths listed": ("paths", "{tree}", "--list", "--limit", "3", "--teller", "parent"),
    "paths as json": ("paths", "{tree}", "--format", "json"),
    "diff from": ("diff", "{library}", "{sound}"),
    "diff to": ("diff", "{sound}", "{library}", "--format", "json"),
}
"""Each command that reads a library, as a person would type it."""

ALLOWED = {Exit.DONE, Exit.PROBLEMS, Exit.USAGE, Exit.CANNOT}


def ways(files: Files) -> Iterator[tuple[str, Part]]:
    return of(files, lambda part: "goto" in part.path[-2:] and isinstance(part.value, Scalar))


def steps(files: Files) -> Iterator[tuple[str, Part]]:
    return of(files, lambda part: len(part.path) == 2 and part.path[0] in ("questions", "outcomes"))


def keys(files: Files) -> Iterator[tuple[str, Part]]:
    return of(files, lambda part: not part.path[-1].isdigit())


def values(files: Files) -> Iterator[tuple[str, Part]]:
    return of(files, lambda part: True)


def of(files: Files, wanted: Callable[[Part], bool]) -> Iterator[tuple[str, Part]]:
    return ((name, part) for name in files for part in parts(files[name]) if wanted(part))


def without(text: Text, part: Part) -> str:
    return text.without(part)


def nowhere(text: Text, part: Part) -> str:
    return text.with_value(part, "nowhere-at-all")


def twice(text: Text, part: Part) -> str:
    words, start = text.of(part.span), text.start(part.span)
    before = text.text[:start].rpartition("\n")[2]
    between = f"\n{before}" if not before.strip() else ", "
    return text.text[:start] + words + between + text.text[start:]


def renamed(text: Text, part: Part) -> str:
    start = text.start(part.span)
    return f"{text.text[:start]}x{text.text[start:]}"


def of_another_kind(text: Text, part: Part) -> str:
    return text.with_value(part, "[]" if isinstance(part.value, Scalar) else "nothing")


def emptied(text: Text, part: Part) -> str:
    return text.with_value(part, "''")


ONE_BREAK = {
    "a way dropped": (ways, without),
    "a way to nowhere": (ways, nowhere),
    "a key twice": (keys, twice),
    "a step renamed": (steps, renamed),
    "something dropped": (keys, without),
    "another kind": (values, of_another_kind),
    "an empty value": (values, emptied),
}


def broken(files: Files, at_most: int) -> dict[str, dict[str, Files]]:
    """The library with one thing broken: by kind, and then by what it is. Of each kind there are
    so many, spread evenly."""
    found: dict[str, dict[str, Files]] = {
        "a file missing": {name: {n: t for n, t in files.items() if n != name} for name in files},
        "an empty file": {name: {**files, name: ""} for name in files},
        "a list for a file": {name: {**files, name: "- nothing\n"} for name in files},
    }
    for kind, (places, change) in ONE_BREAK.items():
        every = list(places(files))
        found[kind] = {
            f"{name} {'/'.join(part.path)}": {**files, name: change(Text(files[name]), part)}
            for name, part in every[:: max(1, -(-len(every) // at_most))]
        }
    return found


BROKEN = broken(texts(SMALL), 60)


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library is broken once, and many commands read the same of it, and find the same in it."""
    kept: dict[Any, Reading] = {}
    read = loader.load

    def load(folders: Sequence[Path], trees: Collection[str] | None = None, **how: Any) -> Reading:
        key = (tuple(folders), trees, tuple(how.items()))
        if key not in kept:
            kept[key] = read(folders, trees, **how)
        return kept[key]

    monkeypatch.setattr(loader, "load", load)
    monkeypatch.setattr(diff, "load", load)
    for looks in (runner.check, runner.rehearsable):
        monkeypatch.setattr(runner, looks.__name__, once_for_each(looks))


def once_for_each(look: Callable[..., Any]) -> Callable[..., Any]:
    """What is found in a reading, by which it is."""
    kept: dict[tuple[object, ...], tuple[Reading, Any]] = {}

    def again(reading: Reading, *more: date) -> Any:
        key = (id(reading), *more)  # it is kept, so that no other has its place in memory
        if key not in kept:
            kept[key] = reading, look(reading, *more)
        return kept[key][1]

    return again


def test_there_are_more_than_three_hundred() -> None:
    assert sum(map(len, BROKEN.values())) > 300


@pytest.mark.usefixtures("each_file_is_read_once")
@pytest.mark.parametrize("kind", BROKEN)
def test_no_command_crashes_on_a_broken_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Most of them refuse it; what can be used all the same is used. Each library is given to every
    third command, the next to the next ones: so each command meets each kind some twenty times."""
    for number, (told, files) in enumerate(BROKEN[kind].items()):
        wanted = dict(islice(COMMANDS.items(), number % 3, None, 3))
        folder = tmp_path / str(number)
        assert not list(unexpected({told: files}, SMALL, "first", folder, monkeypatch, wanted))


@pytest.mark.usefixtures("each_file_is_read_once")
def test_no_command_crashes_on_broken_rehearsals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What of them is sound can be rehearsed, which the smaller library has nothing for."""
    wanted = {name: command for name, command in COMMANDS.items() if command[0] == "rehearse"}
    for kind, libraries in broken(texts(REHEARSED), 6).items():
        folder = tmp_path / kind
        assert not list(unexpected(libraries, REHEARSED, "threat", folder, monkeypatch, wanted))


@pytest.mark.usefixtures("each_file_is_read_once")
@pytest.mark.parametrize("kind", BROKEN)
def test_a_shell_is_offered_what_there_is_of_a_broken_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """An error would garble the line that somebody is typing."""
    monkeypatch.setenv("_FINGERPOST_COMPLETE", "bash_complete")
    for number, files in enumerate(BROKEN[kind].values()):
        library = layer(tmp_path / str(number), files)
        for words in ("", "--given ", "--given age="):
            typed = f"fingerpost walk --only --trees {library} {words}"
            monkeypatch.setenv("COMP_WORDS", typed)
            monkeypatch.setenv("COMP_CWORD", str(len(typed.split()) - typed.endswith("=")))
            assert main([]) == Exit.DONE
            assert capsys.readouterr().err == ""


def test_no_command_crashes_on_what_ships_when_a_file_of_it_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every sixth file in turn is broken in the next way, for the next few commands."""
    shipped = loader.shipped()
    slow = ("diff from", "diff to", "check", "check as json", "check for github")
    ways_to_break = cycle([*ONE_BREAK.values(), None])
    commands = cycle((name, typed) for name, typed in COMMANDS.items() if name not in slow)
    tried = set()
    for name, text in islice(texts(shipped).items(), 0, None, 6):
        changed = ""
        while way := next(ways_to_break):  # or the file is empty
            places, change = way
            if every := [part for _, part in places({name: text})]:
                changed = change(Text(text), every[len(every) // 2])
                break
        wanted = dict(islice(commands, 3))
        tried |= set(wanted)
        folder = tmp_path / name.replace("/", "-")
        library = {name: {name: changed}}
        found = unexpected(library, shipped, "threatened", folder, monkeypatch, wanted, only=False)
        assert not list(found)
    assert tried == set(COMMANDS) - set(slow)


def test_no_command_crashes_on_broken_local_details(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = ("check", "walk a tree", "routes", "sheet", "rehearse")
    commands = {name: COMMANDS[name] for name in wanted} | {"local": ("local",)}
    files = {"local.yaml": LOCAL.read_text("utf-8")}
    every = [each for libraries in broken(files, 9).values() for each in libraries.values()]
    for number, changed in enumerate(every):
        file = layer(tmp_path / str(number), changed) / "local.yaml"
        with_it = {name: (*each, "--local", str(file)) for name, each in commands.items()}
        library = {"": texts(SMALL)}
        assert not list(unexpected(library, SMALL, "first", tmp_path, monkeypatch, with_it))


def unexpected(
    libraries: dict[str, Files],
    sound: Path,
    tree: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    commands: dict[str, tuple[str, ...]] = COMMANDS,
    *,
    only: bool = True,
) -> Iterator[tuple[str, str, int]]:
    """Each library and command that does not end as it may, with how it ends."""
    for number, (told, files) in enumerate(libraries.items()):
        library, out = folder / f"library-{number}", folder / f"out-{number}"
        layer(library, files).mkdir(exist_ok=True, parents=True)
        for name, command in commands.items():
            monkeypatch.setattr(sys, "stdin", io.StringIO("1\n" * 8 + "q\n" * 4))
            filled = [a.format(library=library, sound=sound, tree=tree, out=out) for a in command]
            where = ["--trees", str(library)] if command[0] not in ("diff", "local") else []
            alone = ["--only"] if only and where else []
            status = main([*filled, *where, *alone])
            if status not in ALLOWED:
                yield told, name, status
