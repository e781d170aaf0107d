"""``fingerpost rehearse``: staff practise with made-up cases, alone or in a room."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...model.base import Frozen, grouped
from ...model.library import Library
from ...model.spelling import meant
from ...page.text_layout import GAP, Line, Style
from ...rehearsal.catalogue import Lesson, Search, SpokenOf, Topic, in_a_list, minutes, syllabus
from ...rehearsal.review import nation_of
from ...terminal.io.ui import Ui
from ..context import clock_of, read, refuse, refuse_what_could_harm
from ..options import cases_option, language_option, library_options, now_option, plain_option
from ..output import echo, echo_blocks
from ..terminal_session import hold, leave_no_core_dump
from ..writer import OUTPUT, Writer, force_option, suffix_option

if TYPE_CHECKING:
    from ...page.opening_hours import Clock

_NEAR = 4
"""The most cases that are offered for a word."""

_HYPHENS = 2
"""Hyphens of a name: what has fewer, such as self-harm, may be what a story is about."""

_FOR_YOU, _FOR_EACH = "print once, for you alone", "print one for each person"
_AFTERWARDS = "for each person, afterwards"


@click.command("rehearse", epilog="Example: fingerpost rehearse she-made-me-promise --room")
@click.argument("names", nargs=-1, metavar="[STORY]...")
@click.option("--case", "also_named", multiple=True, hidden=True)
@click.option("--topic", metavar="WORDS", help="Only stories about this, such as sextortion.")
@click.option("--list", "only_list", is_flag=True, help="List stories, and stop there.")
@click.option("--room", is_flag=True, help="For a trainer with a projector, with votes.")
@click.option("--review", metavar="FILE", help="Write the review, or with --script the take-home.")
@click.option("--script", metavar="FILE", help="Write the trainer's script, with the answers.")
@click.option("--handout", metavar="FILE", help="Write a paper for each person, without answers.")
@click.option("--large-print", "large", is_flag=True, help="Print those in letters of 18 pt.")
@suffix_option
@force_option
@plain_option
@cases_option
@now_option
@language_option
@library_options
def command(
    script: str | None,
    handout: str | None,
    review: str | None,
    room: bool,
    only_list: bool,
    large: bool,
    format_: str | None,
    force: bool,
    plain: bool,
    moment: str | None,
    **wanted: Any,
) -> None:
    """Practise with a made-up story: decide, answer, say who can help. Nothing is kept of
    what anybody answers, and there are no marks.
    """
    papers = {"--script": script, "--handout": handout, "--review": review}
    places = {option: place for option, place in papers.items() if place is not None}
    if only_list and (places or room):
        raise click.UsageError("--list rehearses nothing and writes no file: use it alone.")
    if script is None and handout is None:
        places = {}
    if places and room:
        raise click.UsageError("--script and --handout rehearse nothing: leave out --room.")
    if not places and large:
        raise click.UsageError("--large-print goes with --script and --handout.")
    if not places and review is None and (format_ or force):
        raise click.UsageError("--format and --force go with --review, --script and --handout.")
    clock = clock_of(moment)
    if only_list:
        _list(_Stories.of(**wanted))
        return
    if places:
        writers = {
            option: Writer.of(option, place, format_, force=force, large=large)
            for option, place in places.items()
        }
        _hand_out(_Stories.of(**wanted), writers, large=large)
        return
    if review == OUTPUT:
        raise click.UsageError("A review is written to a file: --review FILE.")
    place = review if review is None or force else _free(review)
    keeper = None if place is None else Writer.of("--review", place, format_, force=force)
    stories = _Stories.of(**wanted)
    is_kept = _rehearsed(stories, clock, keeper, room=room, plain=plain)
    if keeper is not None and is_kept:
        keeper.say_kept()


# Which stories


def _library(*, cases_folder: Path | None, **where: Any) -> Library:
    """Read the library with its cases and a trainer's own; mistakes in those end the command."""
    from ...checks.runner import rehearsable
    from ...model.diagnostics import Severity

    reading = read(**where, whole=True, own_cases=cases_folder)
    refuse_what_could_harm(reading, **where)
    if not (cases_folder or where["trees_folder"] or reading.local_file):
        return reading.library  # what ships has been checked, and that takes as long as to read it
    found = rehearsable(reading)
    if any(each.severity is Severity.ERROR for each in found.mistakes):
        why = "These cases cannot be rehearsed until this is mended:"
        refuse(why, found.mistakes, reading.texts)
    if not found.library.cases:
        raise click.ClickException("There is no story to rehearse here. See: fingerpost check")
    return found.library


class _Stories(Frozen):
    """The stories that a command line asks for.

    ``named`` come first, and ``topics`` are those to choose from. ``asked``: an option selects
    stories.
    """

    library: Library
    topics: tuple[Topic, ...]
    named: tuple[Lesson, ...]
    asked: bool

    @classmethod
    def of(
        cls,
        *,
        names: tuple[str, ...],
        also_named: tuple[str, ...],
        topic: str | None,
        **where: Any,
    ) -> _Stories:
        """Select stories. Raises a usage error, with the closest known word, for an unknown one."""
        names += also_named
        if names and topic:
            raise click.UsageError("The stories are named: leave out --topic.")
        library = _library(**where)
        topics = syllabus(library)
        if topic is not None:
            topics = _about(library, topics, topic)
        elif len(names) == 1 and (found := _as_topic(library, topics, names[0])):
            topics, topic, names = found, names[0], ()
        named = tuple(_named(library, topics, name, " ".join(names)) for name in names)
        asked = bool(names or topic is not None)
        return cls(library, topics, named, asked)

    @property
    def every(self) -> list[Lesson]:
        """The stories selected without a choice by the user: all of them by default."""
        return list(self.named) or _each(self.topics)


def _each(topics: tuple[Topic, ...]) -> list[Lesson]:
    return [lesson for topic in topics for lesson in topic.lessons]


def _about(library: Library, topics: tuple[Topic, ...], words: str) -> tuple[Topic, ...]:
    """The stories of the tree of this name, or else what is found by these words."""
    search = Search(library, topics)
    found = tuple(each for each in topics if each.tree == words) or search.topics(words)
    if not found:
        meant = search.mended(words)
        named = f"The topics: {', '.join(each.tree for each in topics)}."
        hint = f"Did you mean “{meant}”?" if meant else named
        raise click.UsageError(f"There is no story about “{words}”. {hint}")
    return found


def _as_topic(library: Library, topics: tuple[Topic, ...], word: str) -> tuple[Topic, ...]:
    """The stories about a word that is no name of a story, or like one, such as suicide."""
    is_name = word.count("-") >= _HYPHENS or _called(topics, word) or meant(word, library.cases)
    return () if is_name else Search(library, topics).topics(word.replace("-", " "))


def _called(topics: tuple[Topic, ...], name: str) -> Lesson | None:
    """The case of this name or title, or the only one whose name begins with it."""
    every = _each(topics)
    for each in every:
        if name == each.case.name or name.casefold() == each.title.casefold():
            return each
    begun = [each for each in every if each.case.name.startswith(f"{name}-")]
    return begun[0] if len(begun) == 1 else None


def _named(library: Library, topics: tuple[Topic, ...], name: str, typed: str) -> Lesson:
    """The case that is called this. Raises a usage error with the case that is
    a typo away, or else those that the search finds by all that was typed."""
    if (called := _called(topics, name)) is not None:
        return called
    if near := meant(name, library.cases):
        raise click.UsageError(f"There is no story “{name}”. Did you mean “{near}”?")
    found = Search(library, topics).among(_each(topics), typed.replace("-", " "))[:_NEAR]
    near = f"You may mean: {', '.join(each.case.name for each in found)}. " if found else ""
    all_ = "To see them all: fingerpost rehearse --list"
    raise click.UsageError(f"There is no story “{typed if found else name}”. {near}{all_}")


# Listing, rehearsing and writing


def _free(place: str) -> str:
    """This name of a file; where there is one, the first of NAME-2, NAME-3 and so on that is free:
    a second rehearsal neither replaces the review of the first nor is stopped by it."""
    path = Path(place)
    if path.is_symlink() or not path.is_file():
        return place
    names = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return str(next(each for each in names if not os.path.lexists(each)))


def _list(stories: _Stories) -> None:
    """Print the scenes by the nation of their services, and how to list exercises; or where some
    stories are asked for, or there is no scene, the exercises; each as in a menu, with its name."""
    spoken_of = SpokenOf(stories.library)

    def named(each: Lesson) -> Line:
        text = f"{in_a_list(spoken_of, each, far=False)}: {each.case.name}"
        return Line(text, before="  ", hang=4)

    scenes = [each for each in stories.every if each.case.scene]
    others = [each for each in stories.every if not each.case.scene]
    if scenes:
        alone, room = (
            max(minutes(stories.library, each.case, far=far) for each in scenes)
            for far in (False, True)
        )
        echo(f"Scenes: {len(scenes)}, {alone} minutes alone, up to {room} in a room")
    placed = ((nation_of(stories.library, each.case), each) for each in scenes)
    for nation, here in grouped(placed).items():
        _rows(nation or "UK", [named(each) for each in here])
    if scenes and others and not stories.asked:
        told = [Line("fingerpost rehearse --topic grooming --list", before="  ")]
        _rows(f"Exercises: {len(others)}. To list those on grooming:", told)
    else:
        _rows(f"Exercises: {len(others)}", list(map(named, others)))
    echo("To rehearse one: fingerpost rehearse NAME")


def _rows(title: str, rows: Sequence[Line]) -> None:
    """Print rows under a title; nothing without rows."""
    if rows:
        echo_blocks([(Line(title, Style.TITLE), *rows, *GAP)])


def _hand_out(stories: _Stories, writers: Mapping[str, Writer], *, large: bool) -> None:
    """Write the papers of stories, each in a file of its own, and say how often to print each."""
    from ...rehearsal.debrief import take_home
    from ...rehearsal.handout import handout, script

    if not stories.asked:
        raise click.UsageError("Say which stories: fingerpost rehearse STORY, or --topic WORDS.")
    cases = [each.case for each in stories.every]
    papers = {
        "--script": (script, _FOR_YOU),
        "--handout": (handout, _FOR_EACH),
        "--review": (take_home, _AFTERWARDS),
    }
    for option, writer in writers.items():
        made, note = papers[option]
        writer.write(made(stories.library, cases, large=large), note)
    if "--script" in writers and writers["--script"].path is not None:
        echo(f"To begin: fingerpost rehearse {' '.join(each.name for each in cases)} --room")


def _rehearsed(
    stories: _Stories,
    clock: Callable[[], Clock],
    keeper: Writer | None,
    *,
    room: bool,
    plain: bool,
) -> bool:
    """Run the rehearsal, and keep its review, or what a room takes home, however it ends.

    Whether that was written and is to be said: not if nothing was decided, and not on a screen that
    was cleared to leave at once.
    """
    from ...rehearsal.debrief import Rehearsed, reviews, take_home
    from ...terminal.conversation import Left
    from ...terminal.rehearsal_session import SoloRehearsal
    from ...terminal.room import RoomRehearsal

    leave_no_core_dump()
    begun: tuple[Rehearsed, ...] = ()
    is_kept, tells = False, True

    def keep(done: tuple[Rehearsed, ...]) -> None:
        nonlocal is_kept
        if keeper is not None and done and not is_kept:
            is_kept = True  # what cannot be written is said once
            cases = [each.rehearsal.case for each in done]
            keeper.keep(take_home(stories.library, cases) if room else reviews(done))

    def talk(face: Ui) -> None:
        nonlocal begun
        kind = RoomRehearsal if room else SoloRehearsal
        keeps = "" if keeper is None else str(keeper.path)
        told = (stories.topics, stories.named, keeps, keep)
        stage = kind(face, stories.library, clock, *told)
        nonlocal tells
        try:
            stage.run()
        except Left as left:
            tells = not left.at_once
            raise
        finally:
            begun = stage.begun

    try:
        hold(talk, plain=plain, on=sys.stdout)
    finally:
        keep(begun)
    return is_kept and tells
