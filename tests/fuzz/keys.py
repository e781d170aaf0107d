"""Keys and pastes at every screen of a walk and of a rehearsal, drawn and line by line."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import strategies as st

from fingerpost.cli.save_folder import FolderPrinter
from fingerpost.reading import loader
from fingerpost.rehearsal.catalogue import syllabus
from fingerpost.search.index import SearchIndex
from fingerpost.search.indexing import index_of
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io import streams
from fingerpost.terminal.io.keyboard import keys, words
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.io.screen import Screen
from fingerpost.terminal.io.screen_ui import ScreenUi
from fingerpost.terminal.rehearsal_session import SoloRehearsal
from fingerpost.terminal.room import RoomRehearsal
from fingerpost.terminal.walk_session import WalkSession

from ..support.shipped import quick_to_search
from ..support.staged import PROMPT, TALKS, clock, small
from ..terminal.test_hostile import ACTS, EVERY_SCREEN, LINES, OURS
from .kind import Kind, must

TALK = PROMPT.findall((TALKS / "rehearsal-alone.txt").read_text("utf-8"))
ROOM = PROMPT.findall((TALKS / "rehearsal-room.txt").read_text("utf-8"))
USUAL: dict[str, list[str]] = {
    "walk": [each.replace("↵", "\n") for each in EVERY_SCREEN],
    "walk, plain": [f"{line}\n" for line in LINES.split()],
    "alone": ["\n", *(f"{line}\n" for _, line in TALK)],
    "alone, plain": [f"{line}\n" for _, line in TALK],
    "room": [f"{line}\n" for _, line in ROOM],
    "room, plain": [f"{line}\n" for _, line in ROOM],
}
"""For each conversation keys that show all or many of its screens."""

SHEET = re.compile(r"advice-\d+\.(html|pdf)")
KEYS = st.sampled_from([*"1122334509!zwgnbmscpprev/ ", "\n", "\n", "\x7f", "\f", "\x1b[A", "\t"])
PASTES = st.one_of(
    st.sampled_from(["q", "x", "1 3", "v 2 1", "\x1b[200~they want money\x1b[201~", "\x00" * 9]),
    st.sampled_from(["\x1b]52;c;ZQ==\x07", "\x1b", "\x1b[", "\x9b31m", "\u202e", "1" * 600, "İ"]),
    st.text(st.characters(codec="utf-8"), max_size=40),
)
WHO = st.sampled_from(sorted(USUAL))
SIZES = st.tuples(st.integers(20, 100), st.integers(6, 40))
TYPED = st.lists(st.one_of(KEYS, KEYS, KEYS, PASTES), min_size=1, max_size=25)
DRAWN = st.tuples(WHO, SIZES, st.integers(0, 60), TYPED)


def inputs(drawn: tuple[str, tuple[int, int], int, list[str]]) -> Iterator[list[object]]:
    """What is typed after some of the usual keys, each with its kind of conversation and the size
    of its window."""
    who, size, usual, typed = drawn
    yield [who, size, [*USUAL[who][:usual], *typed]]


class Typed:
    """What arrives at a terminal, together or one by one; then the terminal is gone."""

    def __init__(self, arriving: list[str]) -> None:
        self.arriving = [*arriving]
        self.waiting: list[str] = []

    def read(self, pressed: Any = keys) -> str:
        while not self.waiting:
            if not self.arriving:
                raise EOFError
            self.waiting += pressed(self.arriving.pop(0))
        return self.waiting.pop(0)

    def read_words(self) -> str:
        return self.read(words)

    def has_key(self, seconds: float = 0) -> bool:
        """A search may begin while more keys are on their way, or have to wait for them."""
        return bool(self.waiting)


@cache
def reading() -> loader.Reading:
    return quick_to_search(loader.load([TALKS / "library"]))


@cache
def library() -> Any:
    return quick_to_search(loader.Reading(small(), ())).library


@cache
def index() -> SearchIndex:
    return index_of(library())


def run(drawn: tuple[str, tuple[int, int], list[str]], folder: Path) -> None:
    who, size, typed = drawn
    said = io.StringIO()
    in_a_window = patch.object(streams, "size", lambda _: tuple(size))
    with in_a_window, suppress(Left, EOFError, KeyboardInterrupt):
        held(who, said, typed, folder)
    text = said.getvalue()
    must(not ACTS.search(OURS.sub("", text)), "acts on a terminal")
    if who.endswith("plain"):
        must("\x1b" not in text, "an escape sequence line by line")
    for file in folder.iterdir():
        must(who.startswith("walk") and SHEET.fullmatch(file.name), f"a file: {file.name}")
        file.unlink()


def held(who: str, said: io.StringIO, typed: list[str], folder: Path) -> None:
    """Hold a conversation to its end, which raises."""
    kind, _, plain = who.partition(", ")
    face: Any = (
        PlainUi(said, io.StringIO("".join(typed)), can_clear=True)
        if plain
        else ScreenUi(Screen(said), Typed(typed))  # type: ignore[arg-type]  # it has only keys
    )
    if kind == "walk":
        printer = FolderPrinter("2026-11-24", folder)
        WalkSession(face, reading(), clock, printer, index).run(None, {})
    session = SoloRehearsal if kind == "alone" else RoomRehearsal
    session(face, library(), clock, syllabus(library())).run()


KIND = Kind(
    "keys",
    "Keys and pastes at every screen, drawn and line by line, in windows of any size",
    DRAWN,
    run,
    quick=16,
    slow=80,
    inputs=inputs,
)
