"""``fingerpost approve``: read and sign pages, on the screen or from paper, and what is left."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from textwrap import fill
from typing import Any
from unicodedata import category

import click

from ...approval.book import book
from ...approval.leaves import Leaf, Leaves
from ...approval.review import ticked
from ...approval.signing import A_YEAR, Signature
from ...approval.status import (
    comments_counted,
    first_words,
    held_everywhere,
    in_cells,
    in_words,
    nations_named,
    nations_read,
    open_comments,
    part_title,
    signed_on,
    standing,
    summary,
    withdrawn,
)
from ...model.approval import ALL_NATIONS, Approval, Comment, Review
from ...model.base import replace
from ...model.facts import NATIONS, understood
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
from ..context import clock_of, day_of, no_such
from ..files import NotWritten
from ..options import (
    ValueOf,
    language_option,
    library_options,
    now_option,
    plain_option,
    refuse_first,
)
from ..output import Exit, echo, echo_blocks, echo_table
from ..terminal_session import hold
from ..writer import Writer, force_option, suffix_option

_WHERE = (*NATIONS, ALL_NATIONS)


@click.command("approve", epilog="Example: fingerpost approve threatened")
@click.argument("trees", nargs=-1, metavar="[TREE]...")
@click.option("--by", metavar="NAME", help="Who reads and approves; else you are asked.")
@click.option("--role", metavar="ROLE", help="What they are, such as Safeguarding lead.")
@click.option("--for", "organisation", metavar="ORG", help="The organisation it is approved for.")
@click.option(
    "--nation",
    type=ValueOf("nation", _WHERE),
    metavar="NATION",
    help=f"Leave out what only other nations are shown: {', '.join(_WHERE)}.",
)
@click.option("--status", is_flag=True, help="How much is approved, and what changed since.")
@click.option("--exit-code", is_flag=True, help="With --status: exit with 1 if anything is open.")
@click.option("--comments", is_flag=True, help="List comments, open and closed.")
@click.option("--close", type=click.IntRange(min=1), metavar="N", help="Close a comment of these.")
@click.option("--because", metavar="REASON", help="Why it is closed; else you are asked.")
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
    nation: str | None,
    status: bool,
    exit_code: bool,
    comments: bool,
    close: int | None,
    because: str | None,
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
            any(apart) and ((by and close is None) or role or organisation),
            "Nothing is signed with this: leave out --by, --role and the like.",
        ),
        (not _is_name(by or ""), say("approve.again.name")),
        (exit_code and not status, "--exit-code goes with --status."),
        (because is not None and close is None, "--because goes with --close N."),
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
            raise no_such("tree", name, tuple(library.trees))
    wanted = tuple(dict.fromkeys(trees))
    is_on_paper = book_file is not None or review_file is not None  # both are of one nation
    nation = nation or ("" if is_on_paper or exit_code else record.nation)
    if not is_on_paper and not any(apart):
        record.look_at()
        is_asked = not nation and "nation" in library.questions
        if is_asked or not (by and role):
            echo(say("approve.who-asks"))
        nation = _asked_nation(library) if is_asked else nation
    end, of = today + A_YEAR, organisation or ""
    who = Signature(by or "", role or "", today, end, of, nation)
    record.fingerprints = record.fingerprints.read_in(nation if nation in NATIONS else "")
    leaves = Leaves(record.fingerprints)
    if status:
        _show_status(leaves, wanted, today, exit_code=exit_code)
    elif comments:
        _show_comments(leaves, wanted, today)
    elif close is not None:
        _close(record, close, who, because or "")
    elif writer is not None:
        without = signed_on(record.fingerprints, today) if left else ()
        writer.write(book(record.fingerprints, wanted or None, today, without))
    elif review_file is not None:
        _sign_review(record, leaves, wanted, review_file, who)
    else:
        _approve(record, leaves, wanted, who, moment, plain=plain)


def _asked_nation(library: Library) -> str:
    """The nation whose lines somebody wants to read, or all."""
    named = [Speaker(library, {}).answers("nation", [each]) for each in NATIONS]
    told = [f"{n} {each}" for n, each in enumerate((*named, say("approve.four-nations")), 1)]
    echo(say("approve.which-nation", nations=", ".join(told)))
    return _asked("nation", None, _WHERE)


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
        is_name = what != "name" or _is_name(typed)
        if meant in known or (not known and (len(typed) > 1 or typed == before) and is_name):
            return meant
        again = "known" if known else "typed" if is_name else "name"
        echo(say(f"approve.again.{again}"))


def _is_name(typed: str) -> bool:
    """Whether all of it can be somebody's name, in any script: no command that was pasted."""
    return all(each in " -'’." or category(each)[0] in "LM" for each in typed)


# --- reading and signing ------------------------------------------------------------------------


def _approve(
    record: ApprovalsFile,
    leaves: Leaves,
    trees: tuple[str, ...],
    who: Signature,
    moment: str | None,
    *,
    plain: bool,
) -> None:
    """Show what is not signed, part after part, until all is or the user leaves."""
    signature = _signature(who, leaves.library.approvals)  # before what takes seconds
    stand = standing(leaves, record.fingerprints, trees, who.on)
    if not stand.left:
        echo(summary(stand))
        return

    def keep(*change: Any) -> Fingerprints:
        try:
            return record.add(signature, *change)
        except (NotWritten, CannotRead) as why:
            raise NotKept(str(why)) from why

    def talk(ui: Ui) -> str:
        about = (signature, keep, stand, record.kept)
        session = ApprovalSession(ui, leaves, clock_of(moment), *about)
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
    read, book, found = _book_of(leaves, trees, path)
    if read.nation != leaves.nation:  # what they read is signed as what it was
        if who.nation:
            told = say("approve.other-book", book=nations_named(read), here=nations_named(leaves))
            _echo_row(told, "")
        leaves, who = leaves if who.nation else read, replace(who, nation=read.nation)
        record.fingerprints = now = now.read_in(leaves.nation)
    given = {name: getattr(who, name) or typed for name, typed in found.signs.items()}
    signature = _signature(replace(who, **given), leaves.library.approvals)
    made = ticked(read, book, found, signature, signed_on(now.read_in(read.nation), today))
    if made.parts or made.comments:
        now = record.add(signature, made.parts, made.comments)
    counts = {"boxes": len(made.signed), "wait-comments": len(made.comments)}
    done = "; ".join(say(f"approve.{x}", count=n) for x, n in counts.items() if n or x == "boxes")
    echo(f"Signed: {done}. By {signature.by}.")
    for told in made.told:
        _echo_row(told, "")
    stand = standing(leaves, now, trees, today)
    _echo_row(summary(stand), "")
    ticks = {leaf.parts[0] for leaf in made.signed}
    stand = replace(stand, leaves=tuple(book.values()))  # boxes have the numbers of that paper
    for told in in_words(stand, (x for x in stand.pages if x.name in ticks and not x.holds)):
        _echo_row(told)
    if any(each.by == signature.by for each in stand.comments):
        echo("--comments lists them; --close N closes one.")
    if made.has_slip and not trees:
        echo("If it is the book of one tree, name that: fingerpost approve TREE --from REVIEW")
    if unsigned := made.unsigned.items():
        why = ", ".join(say("approve.why", number=x, why=each) for x, each in unsigned)
        boxes = say("approve.boxes", count=len(unsigned))
        _echo_row(say("approve.not-signed", boxes=boxes, why=why), "")
    if made.has_slip:
        raise click.exceptions.Exit(Exit.PROBLEMS)


def _book_of(
    leaves: Leaves, trees: tuple[str, ...], path: Path
) -> tuple[Leaves, Mapping[str, Leaf], Review]:
    """The book in which a review was written, and the review: of the nation of these leaves, or
    else of that which has the most of its numbers."""
    tried: list[tuple[Leaves, Mapping[str, Leaf], Review]] = []
    asked = NATIONS if "nation" in leaves.library.questions else ()
    for nation in dict.fromkeys((leaves.nation, "", *asked)):
        read = Leaves(leaves.fingerprints.read_in(nation)) if tried else leaves
        book = {leaf.number: leaf for leaf in read.of(trees or None)}
        tried.append((read, book, review(path, book.keys())))
        if tried[-1][2].typed.keys() <= book.keys():
            break
    return max(tried, key=lambda each: len(each[1].keys() & each[2].typed.keys()))


def _echo_row(told: str, indent: str = "  ") -> None:
    after = f"{indent}  "
    echo(fill(told, 79, initial_indent=indent, subsequent_indent=after, break_on_hyphens=False))


# --- what there is ------------------------------------------------------------------------------


def _show_status(leaves: Leaves, trees: tuple[str, ...], today: date, *, exit_code: bool) -> None:
    now, names = leaves.fingerprints, trees or leaves.library.trees
    every = [standing(leaves, now, (name,), today) for name in names]
    if trees:
        for stand in every:
            _echo_row(summary(stand), "")
            for row in in_words(stand, stand.parts):
                _echo_row(row)
    else:
        head = [say(f"status.{each}") for each in ("tree", "approved", "to-read", "who")]
        held, pages = sum(x.held for x in every), sum(len(x.pages) for x in every)
        all_ = say("status.all-trees"), say("trees.of", count=held, pages=pages), "", ""
        echo_table(head, [*map(in_cells, every), all_])
        if left := [x for x in every if x.left]:  # what trees share is read with the first
            begin = min(left, key=lambda stand: sum(leaf.words for leaf in stand.left))
            _echo_row(say("status.begin", tree=begin.title), "")
    if said := nations_read(leaves):
        _echo_row(said, "")
    if exit_code and not all(stand.holds for stand in every):
        raise click.exceptions.Exit(Exit.PROBLEMS)


def _close(record: ApprovalsFile, number: int, who: Signature, because: str) -> None:
    """Close an open comment by its number, in the name of somebody, with a reason."""
    now = record.fingerprints.read_in("")
    closed = next(iter(now.library.comments[number - 1 : number]), None)
    if closed not in open_comments(now):
        raise click.UsageError(f"No comment {number} is open. To see them: --comments")
    _echo_row(f"{closed.by}, {closed.on}: {closed.says}", "")
    who = replace(who, by=who.by.strip() or _asked("name", None))
    because = because.strip() or _asked("because", None)
    back = withdrawn(Leaves(now), now, closed, who.by)
    if back:
        _echo_row(say("approve.close-takes", by=closed.by), "")
    for part in sorted(back):
        _echo_row(part_title(now, part))
    _echo_row(say("approve.close-as", by=who.by, because=because), "")
    if click.confirm(say("approve.close-sure")):
        record.add(who, (), (), back, (closed, because))
        echo(say("approve.close-done"))


def _show_comments(leaves: Leaves, trees: tuple[str, ...], today: date) -> None:
    """List the comments on some ``trees`` or on all: those that are open, with what each holds
    back; then those that are closed. Each has its number among all that were ever made, which
    stays as others are closed."""
    now = leaves.fingerprints
    if not now.library.comments:  # to prove what waits for them takes seconds
        echo("no comments open")
        return
    every = open_comments(now)
    stand = standing(leaves, now, trees, today)
    known = {*stand.comments, *stand.remarks}
    places = {part for leaf in stand.leaves for part in leaf.parts}

    numbers = {each: number for number, each in enumerate(now.library.comments, 1)}

    def tell(each: Comment) -> None:
        _echo_row(f"{numbers[each]}. {each.by}, {each.on}: {each.says}", "")
        line = [f"“{first_words(each.line)}”"] if each.line else []
        where = dict.fromkeys((*line, f"“{part_title(now, each.page)}”"))
        _echo_row(f"on {', '.join(where)}", "   ")

    listed = [x for x in every.items() if not trees or x[0] in known]
    for comment, span in listed:
        tell(comment)
        held = held_everywhere(leaves, now, stand, comment)
        _echo_row(f"holds back {held or 'nothing'}", "   ")
        if span:
            echo(f"   {span.file}:{span.line}")
    counted = comments_counted(stand, len(listed) - len(stand.comments))
    _echo_row(counted or f"no comments open in {stand.title}", "")
    for each in now.library.comments:
        if each not in every and (not trees or each.page in places):
            tell(each)
            gone = "closed: its words have changed"
            why = f"closed by {each.closed}, {each.closed_on}: {each.because}"
            _echo_row(why if each.closed else gone, "   ")
