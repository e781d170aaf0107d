"""``fingerpost sheet``: the advice of one ending, or of all of them, to print."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from ...model.facts import TELLERS
from ...model.tree import Outcome
from ...page.messages import say
from ...page.page import Clock
from ...sheets.formats import FORMATS, named
from ...terminal.io import streams
from ...walk.autoplay import play_known
from ...walk.walk import Walk
from ..completion import tree_names
from ..context import clock_of, day_of
from ..echo import echo
from ..options import ValueOf, force_option, walk_options
from ..output import OUTPUT, Target, made, paper_of, suffix_option
from ..start_walk import Beginning, beginning
from ..terminal_session import leave_no_core_dump

if TYPE_CHECKING:
    from ...terminal.io.ui import Ui


@click.command("sheet", epilog="Example: fingerpost sheet threatened -o advice.html")
@click.argument("tree", required=False, shell_complete=tree_names)
@click.option(
    "-o", "output", metavar="FILE", help="Where to write it: a new file, or - for the output."
)
@suffix_option
@click.option("--for", "audience", type=ValueOf("teller", TELLERS), help="Whom the paper is for.")
@click.option("--large-print", "large", is_flag=True, help="In letters of 18 pt.")
@click.option("--discreet", is_flag=True, help="Without anything that says what it is about.")
@click.option(
    "--with-code", "coded", is_flag=True, help="With a code that opens the same topic again."
)
@click.option("--carry-on", is_flag=True, help="Go on from an ending that has a way on.")
@force_option
@click.option("--all", "every", is_flag=True, help="Write every ending into a new folder: -o DIR.")
@click.option(
    "--rack", is_flag=True, help="Write leaflets for everybody into a new folder: -o DIR."
)
@click.option("--name", metavar="CLUB", help="With --rack: what you are called.")
@click.option(
    "--vary",
    multiple=True,
    metavar="FACT",
    help="With --all: what to write sheets of their own for. [default: teller, age, nation]",
)
@click.option("--yes", is_flag=True, help="With --all: write them however many there are.")
@walk_options
def command(
    tree: str | None,
    output: str | None,
    every: bool,
    rack: bool,
    name: str | None,
    vary: tuple[str, ...],
    yes: bool,
    coded: bool,
    discreet: bool,
    **options: Any,
) -> None:
    """Write the advice of an ending as a sheet to print: HTML, PDF, Markdown or plain text.

    Questions that --given does not answer are asked, as in a walk. Here --given also answers what
    a walk always asks. The sheet is for whoever is reading, if --for does not say otherwise.
    """
    if output is None:
        told = "Say where to write it: -o advice.html, or -o - for the output."
        raise click.UsageError(told)
    if every and rack:
        raise click.UsageError("--all and --rack do not go together.")
    if name is not None and not rack:
        raise click.UsageError("--name goes with --rack.")
    if coded and discreet:
        raise click.UsageError("A code says what a sheet is about: --with-code or --discreet.")
    if (vary or yes) and not every:
        raise click.UsageError("--vary and --yes go with --all.")
    if coded and (every or rack):
        raise click.UsageError("--with-code is for one sheet.")
    if every:
        _pack(tree, Path(output), vary, yes, discreet=discreet, **options)
    elif rack:
        _rack(tree, Path(output), name, discreet=discreet, **options)
    else:
        _one(tree, output, discreet=discreet, coded=coded, **options)


def _one(
    tree: str | None,
    output: str,
    *,
    format_: str | None,
    audience: str | None,
    large: bool,
    discreet: bool,
    coded: bool,
    carry_on: bool,
    force: bool,
    moment: str | None,
    plain: bool,
    **known: Any,
) -> None:
    """Write the sheet of one ending, after asking the questions that are left."""
    target = Target.of("-o", output, format_, force=force, large=large)
    clock = clock_of(moment)
    begun = beginning(tree, **known)
    leave_no_core_dump()
    walk = _already(begun, carry_on=carry_on)
    if walk is None:
        asked = _asked(begun, target, clock, discreet=discreet, carry_on=carry_on, plain=plain)
        if asked is None:
            return
        walk, discreet = asked
    target.write(
        paper_of(
            walk, audience=audience, large=large, discreet=discreet, coded=coded, moment=moment
        )
    )


def _already(begun: Beginning, *, carry_on: bool) -> Walk | None:
    """The walk at its ending, if nothing is left to ask."""
    if begun.tree is None:
        return None
    begin = Walk.begin(begun.reading.library, begun.tree, begun.given)
    walk = play_known(begin, begun.given, carry_on=carry_on)
    return walk if isinstance(walk.here, Outcome) else None


def _asked(
    begun: Beginning,
    target: Target,
    clock: Callable[[], Clock],
    *,
    discreet: bool,
    carry_on: bool,
    plain: bool,
) -> tuple[Walk, bool] | None:
    """Ask what is left: the ending and whether its sheet is discreet, or None for no sheet.

    The modules of a conversation are imported here, because most sheets are written without one.
    """
    from ...terminal.save_prompt import Saving
    from ...terminal.walk import WalkSession, Wish
    from ..terminal_session import hold

    on: TextIO | None = sys.stdout if target.path else sys.stderr
    if on is None:
        raise click.ClickException("There is nowhere to ask: the output for errors is closed.")
    asks = streams.is_terminal(sys.stdin)
    wish = Wish(str(target.path or ""), discreet=discreet, carry_on=carry_on, asks=asks)

    def talk(face: Ui) -> tuple[Walk, Saving]:
        one = WalkSession(face, begun.reading, clock, stories=begun.stories)
        return one.to_paper(begun.tree, begun.given, wish, begun.notice)

    said = hold(talk, plain=plain, on=on)
    if said is None or said[1] is Saving.NOT:
        return None
    walk, saving = said
    return walk, discreet or saving is Saving.DISCREET


def _pack(
    tree: str | None,
    folder: Path,
    vary: tuple[str, ...],
    yes: bool,
    *,
    format_: str | None,
    audience: str | None,
    large: bool,
    discreet: bool,
    carry_on: bool,
    force: bool,
    moment: str | None,
    plain: bool,
    **known: Any,
) -> None:
    """Write every ending into a folder."""
    from ..leaflets import Printing, make

    if carry_on or known["code"] is not None:
        raise click.UsageError("--code and --carry-on are for one sheet, and do not go with --all.")
    if str(folder) == OUTPUT:
        raise click.UsageError("--all needs a folder: -o DIR.")
    today = day_of(moment)
    written = named(format_) if format_ else FORMATS[0]
    made(written, large=large)  # refused before anything is read
    begun = beginning(tree, whole=True, **known)
    how = Printing(written.suffix, today, audience, large, discreet)
    trees = () if tree is None else (tree,)
    make(begun.reading, trees, folder, how, vary=vary, given=begun.given, yes=yes, force=force)


def _rack(
    tree: str | None,
    folder: Path,
    name: str | None,
    *,
    format_: str | None,
    audience: str | None,
    large: bool,
    discreet: bool,
    carry_on: bool,
    force: bool,
    moment: str | None,
    plain: bool,
    teller: str | None,
    given: tuple[str, ...],
    code: str | None,
    **read: Any,
) -> None:
    """Write the leaflets of a rack, in HTML and PDF if no format is named."""
    from ...sheets.rack import Rack
    from ..leaflets import make_rack

    if audience or large or discreet or carry_on or teller or given or code:
        raise click.UsageError(
            "A leaflet is the same for everybody. Only --nation, --name, --format, --force, --now "
            "and the options about a library go with --rack."
        )
    if str(folder) == OUTPUT:
        raise click.UsageError("--rack needs a folder: -o DIR.")
    wished = [named(format_)] if format_ else [each for each in FORMATS if each.offered]
    formats = tuple(each for each in wished if format_ or each.available)
    if formats != tuple(wished):
        echo(say("rack.without"))
    made(formats[0])  # refused before anything is read
    begun = beginning(tree, teller=None, given=(), code=None, **read)
    nation = next(iter(begun.given.get("nation", ())), None)
    called = begun.reading.library.organisation if name is None else name
    how = Rack(day_of(moment), nation, called)
    trees = () if tree is None else (tree,)
    make_rack(begun.reading, trees, folder, how, formats, force=force)
