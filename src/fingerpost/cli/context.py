"""What a command works on, from its options: a library, facts, a moment, and how a walk begins."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ..model.base import Frozen, replace
from ..model.diagnostics import Diagnostic, Severity
from ..model.facts import Facts, understood
from ..model.library import Library
from ..model.sanitize import one_line
from ..model.spelling import did_you_mean
from ..model.tree import Question
from ..page.messages import LAST_RESORT, listed, say, speaking
from ..reading import compiled
from ..reading.reading import Reading, shipped
from ..walk.walk import fits
from .output import Exit, echo

if TYPE_CHECKING:
    from ..page.opening_hours import Clock
    from ..search.index import SearchIndex

_FIRST = 4
"""The most mistakes that a command shows which is not there to show them: with their lines and
hints they fit on a screen of 24 rows."""

_MOST_LISTED = 60
"""The most known words that stand beside one that is not known."""


def read(
    trees_folder: Path | None,
    only: bool,
    local_file: Path | None,
    *,
    trees: Collection[str] | None = None,
    whole: bool = False,
    own_cases: Path | None = None,
    language: str | None = None,
    told: bool = True,
) -> Reading:
    """Read the library that the options name, with a trainer's own cases if it is read whole.
    Local details with a mistake are left out, which is ``told`` on stderr.

    From then on the command speaks the ``language``. Raises CannotRead, or a usage error for --only
    without --trees or a language that is not there.
    """
    if only and trees_folder is None:
        raise click.UsageError("--only needs --trees DIR: the folder that is to stand alone.")
    folders = [] if only else [shipped()]
    if trees_folder is not None:
        folders.append(trees_folder)
    local = local_file or _usual_local_file()
    reading = None if whole or trees_folder else compiled.read(trees, local)
    if reading is None:
        from ..reading.loader import load  # what is compiled is walked without it

        reading = load(folders, trees, local_file=local, own_cases=own_cases, whole=whole)
    if local is not None:
        from ..checks.content.contacts import held_to_form  # few have any

        reading = held_to_form(reading)
    if told and any(each.severity is Severity.ERROR for each in reading.local_mistakes):
        left_out = "Details of your organisation are left out until this is mended:"
        explain(f"{LAST_RESORT}\n{left_out}", reading.local_mistakes, reading.texts)
    return reading if language is None else _in_language(reading, language, folders)


def shipped_below(trees_folder: Path | None, only: bool, **_more: Any) -> Library | None:
    """The library that ships, if a folder is laid over it."""
    if trees_folder is None or only:
        return None
    from ..reading.loader import load

    return load([shipped()], whole=True).library


def folders_read(trees_folder: Path | None, only: bool, **_more: Any) -> str:
    """The folders of the library that the options name, in words."""
    shipped_one = [] if only else [say("check.shipped")]
    return listed((*shipped_one, *([one_line(str(trees_folder))] if trees_folder else [])))


def warn_of_unread(trees_folder: Path | None, **_more: Any) -> None:
    """Say so if the working folder has trees of which others are read: those of a copy of which
    another copy was installed."""
    here = Path("trees")
    read_ones = [folder for folder in (shipped(), trees_folder) if folder]
    if (here / "shared").is_dir() and not any(_is_alike(here, folder) for folder in read_ones):
        echo(say("check.here-unread"), err=True)


def _is_alike(folder: Path, other: Path) -> bool:
    """Whether each file of YAML in a folder is in the other, with the same text."""
    both = ((path, other / path.relative_to(folder)) for path in folder.rglob("*.yaml"))
    return all(at.is_file() and at.read_bytes() == path.read_bytes() for path, at in both)


def _in_language(reading: Reading, tag: str, folders: Sequence[Path]) -> Reading:
    """What was read in a language, which the command speaks to its end."""
    from ..reading.loader import languages
    from ..reading.translation import translated

    found = languages(folders)
    known = found.library.languages
    if tag not in known:
        raise no_such("language", tag, tuple(known))
    if found.errors:
        refuse(f"--language {tag}: mend these mistakes first:", found.errors, found.texts)
    click.get_current_context().with_resource(speaking(tag, known[tag].messages))

    def of(library: Library) -> Library:
        return translated(library, known[tag], lambda text: say("language.fallback", text=text))

    without = reading.without_local
    return replace(reading, library=of(reading.library), without_local=without and of(without))


def search_index(
    trees_folder: Path | None, only: bool, *, cases_folder: Path | None = None, **_more: Any
) -> SearchIndex:
    """The index of a search of the library that the options name: what is compiled, or made of all
    that is read, with its cases. The names of services in local details are not searched."""
    from ..search.index import SearchIndex

    if not (trees_folder or cases_folder) and (made := compiled.search_index(SearchIndex)):
        return made
    from ..search.indexing import index_of

    reading = read(trees_folder, only, None, whole=True, own_cases=cases_folder, told=False)
    return index_of(replace(reading, library=reading.without_local or reading.library).walkable)


def read_tree(name: str, trees_folder: Path | None, only: bool, local_file: Path | None) -> Library:
    """Read a library with one tree and all that it leads into.

    Raises CannotRead, or a usage error for an unknown tree. Ends the command where mistakes leave
    nothing to follow.
    """
    reading = read(trees_folder, only, local_file, trees=(name,))
    if name not in reading.files:
        raise no_such("tree", name, tuple(reading.files))
    if stopping := reading.stopping(name):
        refuse("This cannot be used until these mistakes are mended:", stopping, reading.texts)
    return reading.library


def refuse_what_could_harm(
    reading: Reading, trees_folder: Path | None, only: bool, **_more: Any
) -> None:
    """End the command if a folder laid over what ships has a line that could harm its reader, or
    another number of a service that nobody has signed: one wrong digit is a stranger's."""
    if trees_folder is None or only:
        return
    from ..checks.content import changed_numbers, unsafe_lines
    from ..model.text_index import Wording
    from ..reading.loader import load

    ships = load([shipped()], whole=True).library
    wording = Wording(replace(reading.library, unsafe_lines=ships.unsafe_lines))
    found = [
        *unsafe_lines.find(wording, frozenset(Wording(ships).texts)),
        *changed_numbers.find(reading.library, ships),
    ]
    if errors := [each for each in found if each.severity is Severity.ERROR]:
        refuse("This could harm its reader. Mend it first:", errors, reading.texts)


def refuse(why: str, mistakes: Iterable[Diagnostic], texts: Mapping[str, str]) -> NoReturn:
    """End the command with where to turn, ``why``, and the first mistakes that are the reason."""
    explain(f"{LAST_RESORT}\n{why}", mistakes, texts)
    raise click.exceptions.Exit(Exit.PROBLEMS)


def explain(what: str, mistakes: Iterable[Diagnostic], texts: Mapping[str, str]) -> None:
    """Print a sentence and the first mistakes to stderr, in a screenful; ``texts`` are the files
    that they quote."""
    from ..checks.reports.text import for_people

    found = sorted(mistakes, key=lambda mistake: mistake.order)
    echo(what, err=True)
    echo(for_people(found[:_FIRST], texts), err=True)
    if more := len(found[_FIRST:]):
        echo(say("check.more", count=more), err=True)


def local_place() -> Path:
    """The default place of local details: the user's configuration folder."""
    return Path(click.get_app_dir("fingerpost", roaming=False)) / "local.yaml"


def _usual_local_file() -> Path | None:
    try:
        place = local_place()
        return place if place.exists() else None
    except (OSError, RuntimeError):  # no home, or one that cannot be looked into
        return None


def facts_given(
    library: Library, teller: str | None, nation: str | None, given: Iterable[str]
) -> Facts:
    """The facts that --teller, --nation and --given name, and the nation of the local file.

    Raises a usage error, with the closest known word, for an unknown fact or value.
    """
    facts: dict[str, frozenset[str]] = {}
    if library.nation:
        facts["nation"] = frozenset({library.nation})
    if teller:
        facts["teller"] = frozenset({teller})
    if nation:
        facts["nation"] = frozenset({nation})
    known = known_facts(library) if given else {}  # all trees would be read for it
    for text in given:
        fact, equals, values = text.partition("=")
        if not equals:
            raise click.UsageError(f"--given {text}: write FACT=VALUE, such as age=13-15.")
        if fact not in known:
            raise no_such("fact", fact, tuple(known))
        facts[fact] = _answer(fact, tuple(values.split(",")), known[fact])
    return facts


def _answer(fact: str, chosen: tuple[str, ...], asked: tuple[Question, ...]) -> frozenset[str]:
    """The values of a fact; a usage error unless one of its questions allows them together."""
    known = tuple(dict.fromkeys(value for question in asked for value in question.values))
    chosen = tuple(understood(fact, value, known) for value in chosen)
    if any(fits(question, chosen) for question in asked):
        return frozenset(chosen)
    for value in chosen:
        if value not in known:
            raise no_such(f"value of {fact}", value, known)
    raise click.UsageError(f"--given {fact}: {', '.join(chosen)} cannot all be the answer.")


def moment_of(text: str | None) -> datetime:
    """The moment that --now names, or the present. Raises a usage error for a malformed one."""
    from ..page.london_time import moment, now

    if text is None:
        return now()
    try:
        return moment(text)
    except ValueError as wrong:
        raise click.UsageError(f"--now {text}: {wrong}") from wrong


def day_of(text: str | None) -> date:
    """The day that --now names, or today. Raises a usage error for a malformed one."""
    from ..page.london_time import today

    return today() if text is None else moment_of(text).date()


def clock_of(text: str | None) -> Callable[[], Clock]:
    """A clock that stands still at the moment of --now, or else tells the present.

    Raises a usage error for a malformed moment.
    """
    from ..page.opening_hours import Clock

    if text is not None:
        moment_of(text)

    def clock() -> Clock:
        from ..page.opening_hours import BankHolidays

        return Clock(moment_of(text), BankHolidays.load())

    return clock


def no_such(kind: str, word: str, known: tuple[str, ...]) -> click.UsageError:
    """A usage error for an unknown word, with the closest of the known ones, or else all of them
    if a screen holds them."""
    listed_all = f"known here: {', '.join(known)}" if len(known) <= _MOST_LISTED else ""
    hint = did_you_mean(word, known) or listed_all
    return click.UsageError(f"There is no {kind} “{word}”. {hint[:1].upper()}{hint[1:]}".rstrip())


def known_facts(library: Library) -> dict[str, tuple[Question, ...]]:
    """The questions of each fact: the shared ones, then those of each tree."""
    own = [q for tree in library.trees.values() for q in tree.asked]
    known: dict[str, tuple[Question, ...]] = {}
    for question in (*library.questions.values(), *own):
        known[question.fact] = (*known.get(question.fact, ()), question)
    return known


class Beginning(Frozen):
    """The start of a conversation.

    ``tree`` is None if it is still to be chosen. ``given`` are the known facts. ``index`` is that
    of a search, and ``every`` reads all trees; each is done when it is needed.
    """

    reading: Reading
    index: Callable[[], SearchIndex]
    every: Callable[[], Reading]
    tree: str | None
    given: Facts


def beginning(
    tree: str | None,
    *,
    trees_folder: Path | None,
    only: bool,
    local_file: Path | None,
    teller: str | None,
    nation: str | None,
    given: tuple[str, ...],
    language: str | None,
    whole: bool = False,
) -> Beginning:
    """Read the library, and interpret the options about a tree and a person.

    ``whole`` reads every tree, and the rules and cases that a walk does not need. Raises CannotRead
    and, for an unknown name, a usage error. Ends the command if mistakes leave
    nothing to walk; those of the local file are only reported.
    """
    wanted = None if whole or tree is None else (tree,)
    where = (trees_folder, only, local_file)
    reading = read(*where, trees=wanted, whole=whole, language=language)
    if tree is not None and tree not in reading.files:
        raise no_such("tree", tree, tuple(reading.files))
    if stopping := _stopping_all(tree, reading):
        why = "This cannot be used until these mistakes are mended:"
        refuse(why, stopping, reading.texts)

    def index() -> SearchIndex:
        return search_index(trees_folder, only)

    def every() -> Reading:
        return reading if wanted is None else read(*where, language=language, told=False)

    refuse_what_could_harm(reading, trees_folder, only)
    known = facts_given(reading.library, teller, nation, given)
    return Beginning(reading, index, every, tree, known)


def _stopping_all(tree: str | None, reading: Reading) -> tuple[Diagnostic, ...]:
    """The mistakes that leave nothing to walk, in one tree or in all."""
    if tree is not None:
        return reading.stopping(tree)
    if any(not reading.stopping(name) for name in reading.library.trees):
        return ()
    return reading.mistakes
