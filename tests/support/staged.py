"""Rehearsals on a terminal: a small library, and somebody who types in front of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from fingerpost.checks.runner import rehearsable
from fingerpost.model.library import Library
from fingerpost.page.opening_hours import Clock
from fingerpost.reading import loader as files
from fingerpost.rehearsal.catalogue import lesson, syllabus
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.rehearsal_session import RehearsalSession

from .seat import CLOCK, Echo
from .shipped import whole_reading

TALKS = Path(__file__).parents[1] / "fixtures" / "talks"
CASES = TALKS / "cases"

# What somebody types in a transcript stands after the last sign of a prompt.
PROMPT = re.compile(
    r"^((?:.* 1(?: to \d+)?(?:, or .*words|, such as 1 3)?|(?:What next|Facilitator) \([^)]*\)): "
    r"|(?:(?:Hands|Minutes|Go on with)[^:]*): )(.*)$",
    re.MULTILINE,
)


@cache
def small() -> Library:
    """The library of the talks with its cases."""
    reading = files.load([TALKS / "library"], whole=True, own_cases=CASES)
    found = rehearsable(reading)
    assert found.mistakes == ()
    return found.library


@cache
def shipped() -> Library:
    """The library that comes with fingerpost, with the cases that can be rehearsed."""
    return rehearsable(whole_reading()).library


def clock() -> Clock:
    return CLOCK


def staged(
    kind: type[RehearsalSession], lines: Iterable[str], *cases: str, library: Library | None = None
) -> tuple[str, RehearsalSession]:
    """A whole rehearsal as a transcript, with how it ended in brackets; and the stage after it.

    Without ``cases`` the story is chosen.
    """
    library = library or small()
    said = io.StringIO()
    face = PlainUi(said, Echo(said, lines), can_clear=True)
    named = [lesson(library, library.cases[name]) for name in cases]
    stage = kind(face, library, clock, syllabus(library), named)
    try:
        stage.run()
    except Left as left:
        said.write("(left at once)\n" if left.at_once else "(stopped)\n")
    except EOFError:
        said.write("(ended before a review)\n")
    return said.getvalue(), stage
