"""``fingerpost approve``: sign what was read, or see how each approval stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...reading.folders import CannotRead
from ...reading.loader import load
from ...reading.reading import Reading, shipped
from ..context import day_of, no_such_tree, read, refuse
from ..files import write
from ..options import library_options, now_option, tree_names
from ..output import Exit, echo
from ..writer import say_written

if TYPE_CHECKING:
    from ...approval.status import Standing
    from ...model.approval import Review
    from ...model.library import Library


@click.command(
    "approve",
    epilog="Example: fingerpost approve --status",
)
@click.argument("trees", nargs=-1, metavar="[TREE]...", shell_complete=tree_names)
@click.option("--by", metavar="NAME", help="Who has read all of it and approves it.")
@click.option("--role", metavar="ROLE", help="What they are, such as Safeguarding lead.")
@click.option("--until", metavar="DATE", help="When it is to be read again: else in a year.")
@click.option("--for", "organisation", metavar="ORG", help="The organisation it is approved for.")
@click.option(
    "--from",
    "review_file",
    type=click.Path(path_type=Path),
    metavar="REVIEW",
    help="Sign what was ticked on paper: a file of ticks and comments.",
)
@click.option(
    "--comments", is_flag=True, help="Only list the comments of --from, with their places."
)
@click.option("--status", is_flag=True, help="Show what is approved, and what changed since.")
@now_option
@library_options
def command(
    trees: tuple[str, ...],
    by: str | None,
    role: str | None,
    until: str | None,
    organisation: str | None,
    review_file: Path | None,
    comments: bool,
    status: bool,
    moment: str | None,
    **where: Any,
) -> None:
    """Sign the words of trees that a person has read, or show how each approval stands.

    It writes approvals.yaml in the folder of --trees, or else beside the trees that come with
    fingerpost: who read which tree, when, and a fingerprint of each page. A page then says who
    approved it, and if it has changed since. Without TREE, all trees.
    """
    today = day_of(moment)
    if comments and review_file is None:
        raise click.UsageError("--comments lists those of a review: --from REVIEW")
    if status and (by or role or until or organisation or review_file):
        raise click.UsageError("--status shows what is signed, and signs nothing.")
    reading = _sound(where)
    if status:
        _show(reading, _wanted(reading, trees, where), today, _place(where), where)
        return
    review = _review(reading.library, review_file) if review_file else None
    if review is not None:
        by, role = by or review.by, role or review.role
        if comments:
            _show_comments(reading.library, review)
            return
    if not by or not by.strip() or not role or not role.strip():
        raise click.UsageError("Say who approves it: --by NAME --role ROLE. Or ask: --status")
    from ...approval.signing import Signature, a_year_after

    end = _day(until) if until else a_year_after(today)
    if end <= today:
        raise click.UsageError(f"--until {until}: that day is not after {today}.")
    signature = Signature(by.strip(), role.strip(), today, end, (organisation or "").strip())
    wanted = _wanted(reading, trees, where)
    if review is not None:
        wanted = _ticked(reading.library, wanted, review)
    _sign(reading, wanted, signature, _place(where))


def _review(library: Library, path: Path) -> Review:
    """A review that was typed in. Ends the command if it has a mistake."""
    from ...approval.review import places
    from ...reading.files.review import review

    found, mistakes, text = review(path, places(library))
    if mistakes:
        refuse("Mend this review first:", mistakes, {mistakes[0].span.file: text})
    return found


def _show_comments(library: Library, review: Review) -> None:
    """List the comments of a review, in the order of the files."""
    from ...approval.review import places

    known = places(library)
    listed = [(known[number], number, said) for number, said in review.comments.items()]
    for place, number, said in sorted(listed, key=lambda each: each[0].order):
        where = f"{place.span.file}:{place.span.line}: " if place.span else ""
        echo(f"{where}{place.name} ({number})\n  {said}")
    count = len(listed)
    echo(f"{count} comment{'s' * (count != 1)} of {review.by or 'nobody named'}")


def _ticked(library: Library, trees: tuple[str, ...], review: Review) -> tuple[str, ...]:
    """The trees of which all is ticked and nothing commented. Ends the command if there is none."""
    from ...approval.review import left, parts_of
    from ...page.approval import Fingerprints

    fingerprints = Fingerprints(library)
    signed = []
    for name in trees:
        open_ = left(review, parts_of(fingerprints, name))
        if not open_.unread and not open_.commented:
            signed.append(name)
            continue
        unread, commented = len(open_.unread), len(open_.commented)
        told = f"{name}: not signed: {unread} parts not ticked, {commented} with a comment"
        echo(told)
    if not signed:
        raise click.exceptions.Exit(Exit.PROBLEMS)
    return tuple(signed)


def _sound(where: Mapping[str, Any]) -> Reading:
    """The library that the options name. Ends the command if a tree of it has an error."""
    reading = read(**where)
    if errors := reading.blocking:
        refuse("Nothing can be approved until these mistakes are mended:", errors, reading.texts)
    return reading


def _wanted(reading: Reading, trees: tuple[str, ...], where: Mapping[str, Any]) -> tuple[str, ...]:
    known = tuple(reading.library.trees)
    for name in trees:
        if name not in known:
            raise no_such_tree(name, known, **where)
    return tuple(dict.fromkeys(trees)) or known


def _place(where: Mapping[str, Any]) -> Path:
    from ...approval.file import NAME

    folder: Path = where["trees_folder"] or shipped()
    return folder / NAME


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise click.UsageError(f"--until {text}: write a day as 2027-05-24.") from wrong


def _sign(reading: Reading, trees: tuple[str, ...], signature: Any, place: Path) -> None:
    from ...approval.file import as_yaml
    from ...approval.signing import sign
    from ...page.approval import Fingerprints

    library = reading.library
    broken = [m for m in reading.mistakes if Path(m.span.file).name == place.name]
    if broken:
        refuse("Mend this file first, or remove it:", broken, reading.texts)
    fingerprints = Fingerprints(library)
    kept = {n: a for n, a in library.approvals.items() if _is_in(place, a.span.file)}
    signed = {name: sign(fingerprints, name, signature) for name in trees}
    write(place, as_yaml({**kept, **signed}.values()).encode(), replace=True)
    named = ", ".join(trees) if len(trees) < len(library.trees) else "all trees"
    told = f"{signature.by}, {signature.role}, approves {named}, until {signature.until}."
    echo(told)
    say_written(place)
    echo("It is a record of who read what. Keep it with the files, in git if you can.")


def _is_in(place: Path, file: str) -> bool:
    return Path(file).resolve() == place.resolve()


def _show(
    reading: Reading,
    trees: tuple[str, ...],
    today: date,
    place: Path,
    where: Mapping[str, Any],
) -> None:
    from ...approval.status import standings
    from ...page.approval import Fingerprints

    found = standings(Fingerprints(reading.library), trees, today)
    for standing in found:
        for line in _standing(standing):
            echo(line)
    held = sum(each.holds for each in found)
    echo(f"{held} of {len(found)} trees are approved as they stand.")
    moved = [each.tree for each in found if each.parts]
    if moved:
        for line in _in_words(reading.library, moved, place, where):
            echo(line)


def _standing(standing: Standing) -> Iterator[str]:
    from ...approval.numbers import number

    approval = standing.approval
    if approval is None:
        yield f"{standing.tree}: nobody has approved it"
        return
    whose = f" for {approval.organisation}" if approval.organisation else ""
    day = f"on {approval.on}, until {approval.until}"
    yield f"{standing.tree}: approved by {approval.by}, {approval.role}{whose}, {day}"
    if standing.overdue:
        yield f"  overdue: it was to be read again by {approval.until}"
    if standing.parts:
        count = len(standing.parts)
        yield f"  changed since: {count} part{'s' * (count != 1)}"
    for part in standing.parts:
        called = f"the page “{part.title}” ({part.name}, {number(part.name)})"
        yield f"    {called if part.title else part.name}"


def _in_words(
    library: Library, trees: Iterable[str], place: Path, where: Mapping[str, Any]
) -> Iterator[str]:
    """Old beside new, in the words of ``diff``, if git has the files as they were signed."""
    from ...diff import git
    from ...diff.as_text import reworded_lines
    from ...diff.text_changes import reworded

    try:
        revision = git.last_change(place)
        files = revision and git.contents(revision)
    except CannotRead:
        return
    if revision is None or not isinstance(files, Mapping):
        return
    below = [shipped()] if where["trees_folder"] and not where["only"] else []
    with git.laid_out(files) as folder:
        old = load([*below, folder]).library
    others = tuple(f"{name}: " for name in library.trees if name not in set(trees))
    words = [each for each in reworded(old, library) if not each.name.startswith(others)]
    yield ""
    yield f"In words, since it was signed (git {revision.commit[:7]}):"
    for each in words:
        yield from reworded_lines(each)


def not_approved(library: Library, today: date) -> Iterator[str]:
    """A line for each tree that is not approved as it stands."""
    from ...approval.status import standings
    from ...page.approval import Fingerprints

    for standing in standings(Fingerprints(library), library.trees, today):
        if not standing.holds:
            yield from _standing(standing)
