"""``fingerpost approve``: read and sign pages, on the screen or from paper, and what is left."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from textwrap import fill
from typing import Any

import click

from ...approval.book import book
from ...approval.leaves import Leaf, Leaves
from ...approval.review import ticked
from ...approval.signing import Signature, a_year_after
from ...approval.status import (
    box_title,
    by_reader,
    comments_counted,
    first_words,
    held_back,
    in_words,
    nations_read,
    open_comments,
    pages_named,
    signed_on,
    standing,
    standings,
    summary,
)
from ...model.approval import ALL_NATIONS, Approval
from ...model.base import replace
from ...model.facts import NATIONS, TELLERS, understood
from ...model.library import Library
from ...page.approval import Fingerprints
from ...page.messages import say
from ...page.speaker import Speaker
from ...page.text_layout import Line
from ...reading.files.review import review
from ...reading.folders import CannotRead
from ...terminal.approval_session import ApprovalSession, NotKept
from ...terminal.conversation import Left
from ...terminal.io.ui import Ui
from ..approvals_file import ApprovalsFile
from ..context import clock_of, day_of, no_such_tree
from ..files import NotWritten
from ..options import (
    ValueOf,
    language_option,
    library_options,
    now_option,
    plain_option,
    refuse_first,
)
from ..output import echo, echo_blocks
from ..terminal_session import hold
from ..writer import Writer, force_option, suffix_option

_WHERE = (*NATIONS, ALL_NATIONS)


@click.command("approve", epilog="Example: fingerpost approve threatened")
@click.argument("trees", nargs=-1, metavar="[TREE]...")
@click.option("--by", metavar="NAME", help="Who reads and approves; else you are asked.")
@click.option("--role", metavar="ROLE", help="What they are, such as Safeguarding lead.")
@click.option("--for", "organisation", metavar="ORG", help="The organisation it is approved for.")
@click.option("--until", metavar="DATE", help="When it is to be read again: else in a year.")
@click.option(
    "--reader",
    type=ValueOf("teller", TELLERS),
    default=TELLERS[0],
    metavar="WHO",
    help=f"As whom you read: {', '.join(TELLERS)}.",
)
@click.option(
    "--nation",
    type=ValueOf("nation", _WHERE),
    metavar="NATION",
    help=f"Leave out what only other nations are shown: {', '.join(_WHERE)}.",
)
@click.option("--status", is_flag=True, help="How much is approved, and what changed since.")
@click.option("--comments", is_flag=True, help="List the open comments, with their places.")
@click.option("--close", type=click.IntRange(min=1), metavar="N", help="Close a comment of these.")
@click.option(
    "--from",
    "review_file",
    type=click.Path(path_type=Path),
    metavar="REVIEW",
    help="Sign what was ticked on paper: see the book's last page.",
)
@click.option(
    *("-o", "--book"),
    "book_file",
    metavar="FILE",
    help="Write all that is to be read as a book.",
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
    book_file: str | None,
    left: bool,
    format_: str | None,
    force: bool,
    plain: bool,
    moment: str | None,
    **where: Any,
) -> None:
    """Read trees one part at a time, and sign each, comment on it or skip it.

    It is kept at once in approvals.yaml, in the folder of --trees or beside fingerpost's own. Stop
    when you like, and go on another day. Several people can share the parts.

    On paper: --book writes each sentence with a box to tick, and --from signs them.
    """
    apart = (status, comments, close is not None, book_file is not None)
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
            (left or format_ or force) and book_file is None,
            "--left, --format and --force go with --book FILE.",
        ),
        (
            where["language"] and book_file is None,
            "What is signed is the English: --language goes with --book FILE.",
        ),
    )
    writer = None if book_file is None else Writer.of("--book", book_file, format_, force=force)
    today = day_of(moment)
    record = ApprovalsFile.of(where)
    library = record.fingerprints.library
    for name in trees:
        if name not in library.trees:
            raise no_such_tree(name, tuple(library.trees), **where)
    wanted = tuple(dict.fromkeys(trees))
    end = _end(until, today)
    is_on_paper = book_file is not None or review_file is not None  # both are of one nation
    nation = nation or ("" if is_on_paper else record.nation)
    if not is_on_paper and not any(apart):
        record.look_at()
        is_asked = not nation and "nation" in library.questions
        if is_asked or not (by and role):
            echo(say("approve.who-asks"))
        nation = _asked_nation(library) if is_asked else nation
    who = Signature(by or "", role or "", today, end, organisation or "", nation)
    record.fingerprints = record.fingerprints.read_in(nation if nation in NATIONS else "")
    leaves = Leaves(record.fingerprints)
    if status:
        _show_status(leaves, wanted, today)
    elif comments:
        _show_comments(leaves, wanted, today)
    elif close is not None:
        record.close(close)
    elif writer is not None:
        without = signed_on(record.fingerprints, today) if left else ()
        writer.write(book(record.fingerprints, wanted or None, today, without))
    elif review_file is not None:
        _sign_review(record, leaves, wanted, review_file, who)
    else:
        _approve(record, leaves, wanted, who, reader, moment, plain=plain)


def _asked_nation(library: Library) -> str:
    """The nation whose lines somebody wants to read, or all."""
    named = [Speaker(library, {}).answers("nation", [each]) for each in NATIONS]
    told = [f"{n} {each}" for n, each in enumerate((*named, say("approve.four-nations")), 1)]
    echo(say("approve.which-nation", nations=", ".join(told)))
    return _asked("nation", None, _WHERE)


def _end(until: str | None, on: date) -> date:
    """The day by which what is signed on a day is to be read again."""
    try:
        end = date.fromisoformat(until) if until else a_year_after(on)
    except ValueError as wrong:
        raise click.UsageError(f"--until {until}: write a day as 2027-05-24.") from wrong
    if end <= on:
        raise click.UsageError(f"--until {until}: that day is not after {on}.")
    return end


def _signature(who: Signature, before: Sequence[Approval]) -> Signature:
    """The signature of a person, who is asked for what is missing, and offered what they gave."""
    asks = not (who.by and who.role)
    by = who.by.strip() or _asked("name", before[-1].by if before else None)
    own = next((each for each in reversed(before) if each.by == by), None)
    role = who.role.strip() or _asked("role", own.role if own else None)
    of = who.organisation.strip()
    of = of or (_asked("for", own.organisation if own else "") if asks else "")
    return replace(who, by=by, role=role, organisation=of)


def _asked(what: str, before: str | None, known: Sequence[str] = ()) -> str:
    """What somebody types: one of those ``known``, by number or name, or words of their own. One
    letter is a key of the screens, and no name."""
    numbered = {str(number): each for number, each in enumerate(known, 1)}
    while True:
        asks = say(f"approve.who.{what}")
        typed = click.prompt(asks, default=before or "", show_default=bool(before)).strip()
        if typed.casefold() in ("q", "x"):
            raise click.exceptions.Exit(0)
        meant = understood(what, numbered.get(typed, typed), known)
        if meant in known or (not known and (len(typed) > 1 or typed == before)):
            return meant
        echo(say("approve.again.known" if known else "approve.again.typed"))


# --- reading and signing ------------------------------------------------------------------------


def _approve(
    record: ApprovalsFile,
    leaves: Leaves,
    trees: tuple[str, ...],
    who: Signature,
    reader: str,
    moment: str | None,
    *,
    plain: bool,
) -> None:
    """Show what is not signed, part after part, until all is or the user leaves."""
    stand = standing(leaves, record.fingerprints, trees, who.on)
    if not stand.left:
        echo(summary(stand))
        return
    signature = _signature(who, leaves.library.approvals)

    def keep(*change: Any) -> Fingerprints:
        try:
            return record.add(signature, *change)
        except (NotWritten, CannotRead) as why:
            raise NotKept(str(why)) from why

    def talk(ui: Ui) -> str:
        about = (stand, reader, record.kept)
        session = ApprovalSession(ui, leaves, clock_of(moment), signature, keep, *about)
        try:
            session.run()
        except Left as left:
            if left.at_once:
                raise
        except EOFError:  # the end of what was piped in, or of the terminal: all is kept
            pass
        place = f"\nKept in {record.place}. Hand it to those who look after the trees."
        return session.so_far + place * bool(session.signed or session.said)

    if told := hold(talk, plain=plain, on=sys.stdout):
        echo_blocks([tuple(map(Line, told.split("\n")))])


def _sign_review(
    record: ApprovalsFile, leaves: Leaves, trees: tuple[str, ...], path: Path, who: Signature
) -> None:
    """Sign what was ticked on paper, as far as it goes, and say what is left."""
    now, today = record.fingerprints, who.on
    book = {leaf.number: leaf for leaf in leaves.of(trees or None)}
    found = review(path, book.keys())
    names = ("by", "role", "organisation")
    who = replace(who, **{name: getattr(who, name) or getattr(found, name) for name in names})
    signature = _signature(who, leaves.library.approvals)
    made = ticked(leaves, book, found, signature, signed_on(now, today))
    unknown = [_of_no_box(*each) for each in made.unknown.items()]
    if made.nowhere:
        nowhere = (f"{each.place}: {each.number} has no line {each.line}" for each in made.nowhere)
        wrong = "; ".join((*nowhere, *unknown))
        raise CannotRead(f"{wrong}. Nothing of this file is signed yet.")
    if made.parts or made.comments:
        now = record.add(signature, made.parts, made.comments)
    said = f"; {_counted(len(made.comments), 'comment')}" if made.comments else ""
    echo(f"Signed: {_counted(len(made.signed), 'box', 'es')}{said}. By {signature.by}.")
    for leaf in made.objected:
        echo(f"{leaf.number}: not signed, though ticked: you wrote that something is wrong with it")
    for remark, line in made.on.items():
        echo(f"{remark.number}.{remark.line}: on “{first_words(line.says)}”")
    for number, told in zip(made.unknown, unknown, strict=True):
        echo(told)
        for remark in (each for each in found.remarks if each.number == number):
            echo(f"  Your words on it are not kept: {remark.says}")
    if made.unknown and not trees:
        echo("If it is the book of one tree, name that: fingerpost approve TREE --from REVIEW")
    stand = standing(leaves, now, trees, today)
    _echo_row(summary(stand), "")
    ticks = {leaf.parts[0] for leaf in made.signed}
    rows = in_words(stand, (x for x in stand.pages if x.name in ticks and not x.holds))
    for row in filter(None, (by_reader(leaves, now, trees, today), *rows)):
        _echo_row(row)
    if any(each.by == signature.by for each in stand.comments):
        echo("--comments lists them; --close N closes one.")


def _of_no_box(number: str, meant: Leaf | None) -> str:
    guess = f" (did you mean {meant.number}, in “{meant.title}”?)" if meant else ""
    return f"{number}: changed since it was printed, or mistyped{guess}"


def _echo_row(told: str, indent: str = "  ") -> None:
    after = f"{indent}  "
    echo(fill(told, 79, initial_indent=indent, subsequent_indent=after, break_on_hyphens=False))


def _counted(count: int, what: str, plural: str = "s") -> str:
    return f"{count} {what}{plural * (count != 1)}"


# --- what there is ------------------------------------------------------------------------------


def _show_status(leaves: Leaves, trees: tuple[str, ...], today: date) -> None:
    every = standings(leaves, leaves.fingerprints, trees or leaves.library.trees, today)
    for stand in every:
        _echo_row(summary(stand), "")
        if trees:
            readers = by_reader(leaves, leaves.fingerprints, (stand.title,), today)
            for row in filter(None, (readers, *in_words(stand, stand.parts))):
                _echo_row(row)
    if not trees:
        pages = sum(len(each.pages) for each in every)
        echo(f"whole library: {sum(each.held for each in every)} of {pages} pages approved")
    if said := nations_read(leaves):
        _echo_row(said, "")


def _show_comments(leaves: Leaves, trees: tuple[str, ...], today: date) -> None:
    """List the open comments, in the order of the files, with what each holds back: those on some
    ``trees`` as a sitting with these counts them, by their numbers among all."""
    every = [*enumerate(open_comments(leaves.fingerprints).items(), 1)]
    if not every:  # to prove what waits for them takes seconds
        echo("no comments open")
        return
    stand = standing(leaves, leaves.fingerprints, trees, today)
    if trees:
        known = {*stand.comments, *stand.remarks}
        every = [each for each in every if each[1][0] in known]
    boxes = {part: leaf for leaf in stand.leaves for part in leaf.parts}
    places = {part: f"“{box_title(leaf)}”" for part, leaf in boxes.items()}
    for number, (comment, span) in every:
        _echo_row(f"{number}. {comment.by}, {comment.on}: {comment.says}", "")
        line = [f"“{first_words(comment.line)}”"] if comment.line else []
        where = dict.fromkeys((*line, places.get(comment.page, comment.page)))
        _echo_row(f"on {', in '.join(where)}", "   ")
        counted, held = held_back(stand, [comment])
        holds = f"{counted} ({stand.scope}): {pages_named(stand, held)}" if held else "nothing"
        _echo_row(f"holds back {holds}", "   ")
        if span:
            echo(f"   {span.file}:{span.line}")
    told = comments_counted(stand, len(every) - len(stand.comments))
    _echo_row(told or f"no comments open in {stand.scope}", "")


def not_approved(library: Library, today: date) -> Iterator[str]:
    """How each tree stands that is not approved as it is, with its pages that were and are not."""
    leaves = Leaves(Fingerprints(library))
    for stand in standings(leaves, leaves.fingerprints, library.trees, today):
        if not stand.holds:
            yield summary(stand)
            open_ = (part for part in stand.parts if part.approval and not part.holds)
            yield from (f"  {row}" for row in in_words(stand, open_))
