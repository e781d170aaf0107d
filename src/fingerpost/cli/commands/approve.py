"""``fingerpost approve``: read and sign pages, on the screen or from paper, and what is left."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

import click

from ...model.base import Frozen, grouped, replace
from ...model.facts import NATIONS, TELLERS
from ...reading.folders import CannotRead
from ...reading.reading import shipped
from ..context import clock_of, day_of, no_such_tree, read, refuse
from ..files import NotWritten, alone, look_at, write
from ..options import (
    ValueOf,
    file_names,
    language_option,
    library_options,
    now_option,
    plain_option,
    refuse_first,
    tree_names,
)
from ..output import echo
from ..terminal_session import hold
from ..writer import Writer, force_option, suffix_option

if TYPE_CHECKING:
    from ...approval.leaves import Leaf
    from ...approval.signing import Signature
    from ...approval.status import PartStanding, Standing
    from ...model.approval import Approval, Comment
    from ...model.diagnostics import Span
    from ...model.library import Library
    from ...page.approval import Fingerprints
    from ...terminal.approval_session import ApprovalSession
    from ...terminal.io.ui import Ui


@click.command("approve", epilog="Example: fingerpost approve threatened")
@click.argument("trees", nargs=-1, metavar="[TREE]...", shell_complete=tree_names)
@click.option("--by", metavar="NAME", help="Who reads and approves; else you are asked.")
@click.option("--role", metavar="ROLE", help="What they are, such as Safeguarding lead.")
@click.option("--for", "organisation", metavar="ORG", help="The organisation it is approved for.")
@click.option("--until", metavar="DATE", help="When it is to be read again: else in a year.")
@click.option(
    "--reader",
    type=ValueOf("teller", TELLERS),
    default=TELLERS[0],
    help="As whom you read: whose words come first.",
)
@click.option(
    "--nation",
    type=ValueOf("nation", tuple(NATIONS)),
    help="Only what people of this nation are shown: pages are approved for them alone.",
)
@click.option("--status", is_flag=True, help="Show how much is approved, and what changed since.")
@click.option("--comments", is_flag=True, help="List the open comments, with their places.")
@click.option("--close", type=click.IntRange(min=1), metavar="N", help="Close a comment of these.")
@click.option(
    "--from",
    "review_file",
    type=click.Path(path_type=Path),
    metavar="REVIEW",
    help="Sign what was ticked on paper. The last page of the book shows such a file.",
)
@click.option(
    *("-o", "--book"),
    "book",
    metavar="FILE",
    shell_complete=file_names,
    help="Write all that is to be read as a book, for the screen or for paper.",
)
@click.option("--left", is_flag=True, help="With --book: only what nobody has read yet.")
@suffix_option
@force_option
@plain_option
@now_option
@language_option
@library_options
def command(
    trees: tuple[str, ...],
    by: str | None,
    role: str | None,
    organisation: str | None,
    until: str | None,
    reader: str,
    nation: str | None,
    status: bool,
    comments: bool,
    close: int | None,
    review_file: Path | None,
    book: str | None,
    left: bool,
    format_: str | None,
    force: bool,
    plain: bool,
    moment: str | None,
    **where: Any,
) -> None:
    """Read trees one part at a time, and sign each, comment on it or skip it.

    You sign words that you have read; rules prove to whom they are shown. It is kept at once, in
    approvals.yaml in the folder of --trees, or else beside the trees that come with fingerpost:
    stop when you like, and go on another day. Several people can share the parts. A page then says
    who approved it, and if it has changed since. Without TREE, all trees.

    To read on paper: --book writes each sentence once, with a box to tick and its number, and
    --from signs what was ticked.
    """
    apart = (status, comments, close is not None, book is not None)
    refuse_first(
        (
            sum(apart) + (review_file is not None) > 1,
            "--status, --comments, --close, --from and --book are each used alone.",
        ),
        (
            any(apart) and (by or role or until or organisation),
            "Nothing is signed with this: leave out --by, --role and the like.",
        ),
        (
            (left or format_ or force) and book is None,
            "--left, --format and --force go with --book FILE.",
        ),
        (
            where["language"] and book is None,
            "What is signed is the English: --language goes with --book FILE.",
        ),
    )
    writer = None if book is None else Writer.of("--book", book, format_, force=force)
    today = day_of(moment)
    record = _Record.of(where)
    library = record.fingerprints.library
    for name in trees:
        if name not in library.trees:
            raise no_such_tree(name, tuple(library.trees), **where)
    wanted = tuple(dict.fromkeys(trees))
    nation = nation or ""
    who = _Who(by or "", role or "", organisation or "", until or "")
    if status:
        _show_status(record.fingerprints, wanted, today, nation)
    elif comments:
        _show_comments(record.fingerprints)
    elif close is not None:
        record.close(close)
    elif writer is not None:
        _write_book(record.fingerprints, wanted, today, writer, nation, left=left)
    elif review_file is not None:
        _sign_review(record, wanted, review_file, who, today, nation)
    else:
        _approve(record, wanted, who, today, (reader, nation), moment, plain=plain)


class _Who(Frozen):
    """What the options say of a person; empty what they leave out."""

    by: str
    role: str
    organisation: str
    until: str


def _signature(who: _Who, on: date) -> Signature:
    """The signature of a person. Asks for a name and role that are missing, and whom it is for."""
    from ...approval.signing import Signature, a_year_after

    end = _day(who.until) if who.until else a_year_after(on)
    if end <= on:
        raise click.UsageError(f"--until {who.until}: that day is not after {on}.")
    by = who.by.strip() or click.prompt("Your name", type=str).strip()
    role = who.role.strip() or click.prompt("Your role, such as Safeguarding lead").strip()
    if not by or not role:
        raise click.UsageError("Say who approves it: --by NAME --role ROLE")
    organisation = who.organisation.strip()
    if not organisation and not (who.by and who.role):
        asks = "Your club, school or other organisation, or Enter for none"
        organisation = click.prompt(asks, default="", show_default=False).strip()
    return Signature(by, role, on, end, organisation)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise click.UsageError(f"--until {text}: write a day as 2027-05-24.") from wrong


# --- the file -----------------------------------------------------------------------------------


class _Record:
    """The approvals of a library: those of the file ``place``, and those of the layers below it."""

    def __init__(self, fingerprints: Fingerprints, place: Path) -> None:
        self.fingerprints = fingerprints
        self.place = place
        library = fingerprints.library
        self._below = [each for each in library.approvals if not self._is_in_file(each)]
        self._said_below = [each for each in library.comments if not self._is_in_file(each)]

    @classmethod
    def of(cls, where: Mapping[str, Any]) -> _Record:
        """Those of the library that the options name. Ends the command for an error in a tree, or
        any mistake in the file."""
        from ...approval.signing import NAME
        from ...page.approval import Fingerprints

        # The compiled library has no places, and only the approvals that it was shipped with.
        reading = read(**where, whole=True)
        if errors := reading.blocking:
            refuse(
                "Nothing can be approved until these mistakes are mended:", errors, reading.texts
            )
        folder: Path = where["trees_folder"] or shipped()
        broken = [m for m in reading.mistakes if Path(m.span.file).name == NAME]
        if broken:
            refuse("Mend this file first, or remove it:", broken, reading.texts)
        return cls(Fingerprints(reading.library), folder / NAME)

    def add(
        self,
        signature: Signature,
        parts: Sequence[str] = (),
        comments: Sequence[Comment] = (),
        back: Sequence[str] = (),
    ) -> Fingerprints:
        """Sign some parts and add some comments to what is in the file by now, and take ``back``
        what this person signed of others: the fingerprints of the library with all that is there.
        Raises NotWritten and CannotRead."""
        from ...approval.signing import sign, take_back
        from ...approval.status import open_comments

        open_ = [each.comment for each in open_comments(self.fingerprints)] if parts else []

        def added(
            approvals: tuple[Approval, ...], said: tuple[Comment, ...]
        ) -> tuple[tuple[Approval, ...], tuple[Comment, ...]]:
            new = (each for each in comments if not any(_is_same(each, other) for other in said))
            if parts:
                approvals = sign(approvals, self.fingerprints, signature, parts)
                # What they had said of other words than these is settled.
                said = tuple(
                    each
                    for each in said
                    if each.by != signature.by
                    or each.page not in parts
                    or not self._is_settled(each, open_)
                )
            approvals = take_back(approvals, signature.by, back) if back else approvals
            return approvals, (*said, *new)

        return self._change(added)

    def close(self, number: int) -> None:
        """Close an open comment by its number in their list."""
        every = _comments(self.fingerprints)
        if number > len(every):
            raise click.UsageError(f"There is no comment {number}. To see them: --comments")
        closed = every[number - 1][0]
        if not self._is_in_file(closed):
            place = closed.span.file
            raise click.UsageError(f"That comment is in {place}: close it with --trees there.")
        self._change(
            lambda approvals, said: (approvals, tuple(c for c in said if not _is_same(c, closed)))
        )
        left = len(every) - 1
        echo(f"Closed {number} of {len(every)}, which {closed.by} said: {closed.says}")
        if number <= left:
            numbers = f"1 to {left}" if left > 1 else "1"
            echo(f"Those left are now {numbers}: --comments lists them.")

    def _change(self, change: Any) -> Fingerprints:
        from ...approval.signing import as_yaml
        from ...reading.files.review import signed

        with alone(self.place.parent):
            approvals, said, mistakes, _ = signed(self.place)
            if mistakes:
                told = f"{self.place} has a mistake now, and is left as it is"
                raise NotWritten(f"{told}: {mistakes[0].message}.")
            approvals, said = change(approvals, said)
            write(self.place, as_yaml(approvals, said).encode(), replace=True)
        below, said_below = self._below, self._said_below
        return self.fingerprints.signed((*below, *approvals), (*said_below, *said))

    def _is_settled(self, said: Comment, open_: Sequence[Comment]) -> bool:
        """Whether a comment that was there before is about words that are there no more."""
        known = any(_is_same(said, each) for each in self.fingerprints.library.comments)
        return known and not any(_is_same(said, each) for each in open_)

    def _is_in_file(self, each: Approval | Comment) -> bool:
        return Path(each.span.file).resolve() == self.place.resolve()


def _is_same(one: Comment, other: Comment) -> bool:
    """Whether two comments say the same of the same, wherever they are written."""
    return (one.page, one.line, one.says, one.by) == (other.page, other.line, other.says, other.by)


# --- reading and signing ------------------------------------------------------------------------


def _approve(
    record: _Record,
    trees: tuple[str, ...],
    who: _Who,
    today: date,
    whom: tuple[str, str],
    moment: str | None,
    *,
    plain: bool,
) -> None:
    """Show what is not signed, part after part, until all is or the user leaves; to a reader of a
    nation."""
    from ...approval.leaves import Leaves
    from ...approval.status import signed_on
    from ...terminal.approval_session import ApprovalSession, NotKept
    from ...terminal.conversation import Left

    reader, nation = whom
    leaves = Leaves(record.fingerprints, nation)
    title = ", ".join(trees) or "all trees"
    every = (part for leaf in leaves.of(trees or None) for part in leaf.parts)
    if who.by and signed_on(record.fingerprints, today, who.by).issuperset(every):
        echo(f"{title}: all of it is signed as it stands.")
        return
    look_at(record.place, replace=True)
    signature = _signature(who, today)

    def keep(
        parts: Sequence[str] = (), comments: Sequence[Comment] = (), back: Sequence[str] = ()
    ) -> Fingerprints:
        try:
            return record.add(signature, parts, comments, back)
        except NotWritten as why:
            raise NotKept(why.message) from why
        except CannotRead as why:
            raise NotKept(str(why)) from why

    session: ApprovalSession | None = None
    tells = True

    def talk(ui: Ui) -> None:
        nonlocal session, tells
        about = (trees, title, reader, str(record.place))
        session = ApprovalSession(ui, leaves, clock_of(moment), signature, keep, *about)
        try:
            session.run()
        except Left as left:
            tells = not left.at_once
            raise
        except EOFError:  # the end of what was piped in, or of the terminal: all is kept
            return

    hold(talk, plain=plain, on=sys.stdout)
    if session is not None and tells:
        echo(session.so_far)
        if session.signed or session.said:
            echo(f"Kept in {record.place}. Hand it to those who look after the trees.")


def _sign_review(
    record: _Record,
    trees: tuple[str, ...],
    path: Path,
    who: _Who,
    today: date,
    nation: str,
) -> None:
    """Sign what was ticked on paper, as far as it goes, and say what is left."""
    from ...approval.leaves import Leaves, minutes
    from ...approval.review import ticked
    from ...approval.status import approved, open_comments, shared_ones, signed_on, standings
    from ...reading.files.review import review

    found = review(path)
    who = replace(who, by=who.by or found.by, role=who.role or found.role)
    signature = _signature(who, today)
    leaves = Leaves(record.fingerprints, nation)
    now = record.fingerprints
    made = ticked(leaves, found, signature, signed_on(now, today, signature.by), trees)
    for remark, count in made.unclear:
        begin = "several lines begin" if count else "no line begins"
        why = f"{begin} with “{remark.words}” in {remark.number}: type three words or more of one"
        raise CannotRead(f"{remark.place}: {why}. Nothing of this file is signed yet.")
    if made.parts or made.comments:
        now = record.add(signature, made.parts, made.comments)
    whose = " and ".join(f"“{each}”" for each in made.trees or ()) or "all trees"
    if made.trees is None:  # what it changed is all that can be told
        before = approved(record.fingerprints, today, nation)
        pages = f"{_counted(len(approved(now, today, nation) - before), 'page')} by it"
    else:
        stand = standings(now, made.trees or leaves.library.trees, today, nation)
        pages = _counted(sum(len(each.pages) for each in stand), "page")
        pages = f"{sum(each.held for each in stand)} of {pages} of {whose}"
    said = f"; {_counted(len(made.comments), 'comment')}" if made.comments else ""
    signed = _counted(len(made.signed), "box", "es")
    echo(f"Signed: {signed}{said}. Approved: {pages}. By {signature.by}.")
    for leaf in made.objected:
        echo(f"{leaf.number}: not signed, though ticked: you wrote that something is wrong with it")
    if made.missing:
        echo("Pages that you ticked wait for these boxes:")
        _echo_by(made.missing)
    for number, meant in made.unknown.items():
        guess = f"; did you mean {meant.number}, in “{meant.title}”?" if meant else ""
        echo(f"{number}: changed since it was printed, or mistyped{guess}")
        for remark in (each for each in found.remarks if each.number == number):
            quoted = f"“{remark.words}” " if remark.words else ""
            echo(f"  Your words on it are not kept: {quoted}{remark.says}")
    if made.trees is None:
        echo("What is left of a tree: fingerpost approve TREE --status")
    else:
        left = tuple(leaves.of(made.trees or None, signed_on(now, today, signature.by)))
        shared = _counted(len(shared_ones(leaves.library, left)), "box", "es")
        time = minutes(sum(leaf.words for leaf in left))
        told = f"{_counted(len(left), 'box', 'es')}, {shared} of them shared; {time} of reading"
        echo(f"Left for you of {whose}: {told if left else 'nothing'}.")
    if mine := sum(each.comment.by == signature.by for each in open_comments(now)):
        told = f"{_counted(mine, 'comment')} of yours: pages with these lines wait until a line is"
        echo(f"{told} changed, or you close it. --comments lists them; --close N closes one.")


def _echo_by(leaves: Sequence[Leaf]) -> None:
    """Leaves as they are found in the book: each subject with the numbers of its boxes."""
    for subject, numbers in grouped((leaf.subject, leaf.number) for leaf in leaves).items():
        told, more = f"{subject}: {', '.join(numbers)}", " " * 4
        echo(fill(told, 79, initial_indent=more, subsequent_indent=more, break_on_hyphens=False))


def _counted(count: int, what: str, plural: str = "s") -> str:
    return f"{count} {what}{plural * (count != 1)}"


def _write_book(
    found: Fingerprints,
    trees: tuple[str, ...],
    today: date,
    writer: Writer,
    nation: str,
    *,
    left: bool,
) -> None:
    """Write what is to be read as a book; with ``left`` without what is signed as it stands."""
    from ...approval.book import book
    from ...approval.status import signed_on

    without = signed_on(found, today) if left else ()
    writer.write(book(found, trees or None, today, without, nation))


# --- what there is ------------------------------------------------------------------------------


def _show_status(
    fingerprints: Fingerprints, trees: tuple[str, ...], today: date, nation: str
) -> None:
    from ...approval.status import progress, shared_ones, standings

    library = fingerprints.library
    for standing in standings(fingerprints, trees or library.trees, today, nation):
        echo(_summary(standing))
        for part in standing.parts if trees else ():
            echo(_part(part))
        if trees and (shared := shared_ones(library, standing.left)):
            echo("  left of shared lines:")
            _echo_by(shared)
    if trees:
        return
    share, people = progress(fingerprints, today, nation)
    by = f", by {people} {'person' if people == 1 else 'people'}" if people else ""
    echo(f"whole library {int(share * 100)} %{by}")


def _summary(standing: Standing) -> str:
    """How a tree stands, in a line."""
    told = f"{standing.tree}: {standing.held} of {_counted(len(standing.pages), 'page')}"
    if standing.left:
        from ...approval.leaves import minutes

        told += f", {minutes(standing.words)} left"
    changed = sum(part.approval is not None and part.approval.changed for part in standing.parts)
    over = sum(part.approval is not None and part.approval.over for part in standing.parts)
    waits = sum(part.read and part.approval is None for part in standing.pages)
    others = [f"{_counted(waits, 'page')} signed, waiting for others"] if waits else []
    others += [f"{standing.read} of {_counted(standing.shared, 'box', 'es')} of shared lines"]
    others += [f"{changed} changed since"] if changed else []
    others += [f"{over} overdue"] if over else []
    return "; ".join((told, *others))


def _part(part: PartStanding) -> str:
    """How a page stands, in a line."""
    if part.approval is None:
        waits = "signed; it waits for what it shares, or for a comment to be closed"
        told = waits if part.read else "nobody has approved it"
    else:
        given = part.approval
        whose = f" for {given.organisation}" if given.organisation else ""
        told = f"approved by {given.by}, {given.role}{whose}, on {given.on}"
        if given.changed:
            because = ", ".join(f"the {each}" for each in part.because)
            told += f"; changed since: by {because or 'its own words, or who sees which'}"
        if given.over:
            told += f"; overdue: it was to be read again by {given.until}"
    return f"  {part.name} “{part.title}”: {told}"


def _show_comments(fingerprints: Fingerprints) -> None:
    """List the open comments, in the order of the files."""
    from ...model.sanitize import shorten

    every = _comments(fingerprints)
    for number, (comment, span) in enumerate(every, 1):
        where = f"{span.file}:{span.line}: " if span else ""
        echo(f"{number}. {where}{comment.page}")
        if comment.line:
            echo(f"   “{shorten(comment.line, 70)}”")
        echo(f"   {comment.by}, {comment.on}: {comment.says}")
    echo(f"{len(every)} open comment{'s' * (len(every) != 1)}")


def _comments(fingerprints: Fingerprints) -> list[tuple[Comment, Span | None]]:
    from ...approval.status import open_comments

    found = [(each.comment, each.span) for each in open_comments(fingerprints)]

    def place(each: tuple[Comment, Span | None]) -> tuple[str, int]:
        return (each[1].file, each[1].line) if each[1] else ("", 0)

    return sorted(found, key=place)


def not_approved(library: Library, today: date) -> Iterator[str]:
    """How each tree stands that is not approved as it is, with its pages that were and are not."""
    from ...approval.status import standings
    from ...page.approval import Fingerprints

    for standing in standings(Fingerprints(library), library.trees, today):
        if not standing.holds:
            yield _summary(standing)
            yield from (
                _part(part) for part in standing.parts if part.approval and not part.holds()
            )
