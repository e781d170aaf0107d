"""Whole sessions at a screen: what is shown, each key, and what it changes.

``golden/screens.txt`` has them. Each says what it shows, what is called, the window if it is not 80
by 24, and the keys, of which those before a ``|`` are pressed first. Then comes the first screen,
on which ``...`` are empty rows, and after every key the rows that it changed, with their numbers,
or the whole screen if most have changed; last, how each call ended.

RENEW_GOLDENS=1 writes it anew after a change. Nothing that it writes is kept unread.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from fingerpost.reading import loader
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io import keyboard
from fingerpost.terminal.io.screen_ui import ScreenUi
from fingerpost.terminal.io.ui import Act, Item, Menu
from fingerpost.terminal.walk_session import WalkSession

from ..support.seat import CLOCK, Sit, ask, paragraphs

TESTS = Path(__file__).parents[1]
TALKS = TESTS / "fixtures" / "talks"
GOLDEN = TESTS / "golden" / "screens.txt"

NAMED = {
    "Enter": keyboard.ENTER,
    "Space": " ",
    "Escape": keyboard.ESCAPE,
    "Backspace": keyboard.BACKSPACE,
    "Up": keyboard.UP,
    "Down": keyboard.DOWN,
    "PageUp": keyboard.PAGE_UP,
    "PageDown": keyboard.PAGE_DOWN,
    "Resized": keyboard.RESIZED,
    "Nothing": keyboard.NOTHING,
    "ctrl-c": "ctrl-c",
}
"""Keys that have no sign of their own."""

AT_QUESTION = (Act.CHANGE, Act.WORDS, Act.NOTE)
"""What can be asked for at a question that has all of it."""

_SESSION = re.compile(r"# .*\n(?:call: .*\n)+(?:window: .*\n)?keys:.*\n")


@cache
def library(*laid_over: str) -> loader.Reading:
    found = loader.load([TALKS / "library", *(TALKS / folder for folder in laid_over)])
    assert found.mistakes == ()
    return found


def calls(face: ScreenUi) -> dict[str, Any]:
    """What a session may call."""

    def walk(tree: str | None) -> None:
        laid_over = ["with-app"] if tree == "message" else []
        WalkSession(face, library(*laid_over), lambda: CLOCK).run(tree, {})

    here = {
        name: getattr(face, name) for name in ("question", "menu", "read", "opening", "goodbye")
    }
    words = {"ask": ask, "paragraphs": paragraphs, "Menu": Menu, "Item": Item, "Act": Act}
    return {**here, **words, "walk": walk, "AT_QUESTION": AT_QUESTION}


def shown(shots: Sequence[str], keys: Sequence[str]) -> Iterator[str]:
    """The first screen, and what each key changed."""
    before: list[str] = []
    for at, shot in enumerate(shots):
        rows = shot.split("\n")
        pairs = enumerate(zip_longest(before, rows, fillvalue=""), 1)
        changed = [(n, new) for n, (old, new) in pairs if old != new]
        if 2 * len(changed) > len(rows):
            whole = "\n".join(f"| {row}".rstrip() for row in rows)
            yield re.sub(r"\n(\|\n){3,}", "\n...\n", whole)
        else:
            yield from (f"{n:2}| {row}".rstrip() for n, row in changed)
        before = rows
        if at < len(keys):
            yield f"key {keys[at]}"


def told(value: object) -> str:
    return repr(sorted(value) if isinstance(value, (set, frozenset)) else value)


def played(head: str, sit: Sit) -> str:
    """A session, as it goes now."""
    size = re.search(r"^window: (\d+) (\d+)$", head, re.M)
    keys = re.search(r"^keys:(.*)$", head, re.M)
    assert keys
    before, names = ([], keys[1].split())
    if "|" in names:
        before, names = names[: names.index("|")], names[names.index("|") + 1 :]
    pressed = [NAMED.get(name, name) for name in (*before, *names)]
    face, typist = sit(pressed, *map(int, size.groups() if size else ()))
    ends = []
    for call in re.findall(r"^call: (.*)$", head, re.M):
        try:
            end = told(eval(call, calls(face)))
        except (Left, EOFError, KeyboardInterrupt) as left:
            at_once = " at once" if getattr(left, "at_once", False) else ""
            end = f"{type(left).__name__}{at_once}"
        ends.append(f"= {end}")
    rest = [f"not pressed: {len(typist.keys)}"] if typist.keys else []
    return head + "\n".join([*shown(typist.shots[len(before) :], names), *ends, *rest]) + "\n"


def test_each_session_goes_as_it_was_written_down(sit: Sit) -> None:
    written = GOLDEN.read_text("utf-8")
    top = written[: written.index("# ")]
    now = top + "\n".join(played(head, sit) for head in _SESSION.findall(written))
    if os.environ.get("RENEW_GOLDENS"):
        GOLDEN.write_text(now, "utf-8")
    assert now == written
