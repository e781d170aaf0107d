"""``fingerpost sheet``: the advice of one ending, or of all of them, to print."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TextIO

import click

from ...model.base import Frozen
from ...model.facts import PEOPLE
from ...model.tree import Outcome
from ...page.messages import say
from ...sheets.formats import FORMATS, named
from ...sheets.sheet import sheet_of
from ...terminal.io import streams
from ...walk.autoplay import play_known
from ...walk.walk import Walk
from ..context import Beginning, beginning, clock_of, day_of, read
from ..options import refuse_first, walk_options
from ..output import echo
from ..terminal_session import leave_no_core_dump
from ..writer import OUTPUT, FolderWriter, Writer, force_option, suffix_option

if TYPE_CHECKING:
    from ...terminal.io.ui import Ui


_LEAFLETS = "leaflets"
"""The folder of leaflets, unless another is named."""

_SAME_FOR_EVERYBODY = (
    "A leaflet is the same for everybody. Only --nation, --name, --format, --force, --now and the "
    "options about a library go with --leaflets."
)

_SAME_FOR_ALL_TOPICS = (
    "The form of --record is empty, whatever it is about: leave out TREE and the options about a "
    "person."
)


class _Asked(Frozen, kw_only=True):
    """The options of the command, but for those that ``beginning`` reads."""

    output: str | None
    format_: str | None
    large: bool
    discreet: bool
    carry_on: bool
    force: bool
    every: bool
    rack: bool
    record: bool
    name: str | None
    vary: tuple[str, ...]
    yes: bool
    moment: str | None
    plain: bool


@click.command("sheet", epilog="Example: fingerpost sheet threatened -o advice.html")
@click.argument("tree", required=False)
@click.option(
    *("-o", "output"),
    metavar="FILE",
    help="Where to write it, or - for the output.",
)
@suffix_option
@click.option("--large-print", "large", is_flag=True, help="In letters of 16 to 18 pt.")
@click.option("--discreet", is_flag=True, help="Without anything that says what it is about.")
@click.option(
    "--carry-on", is_flag=True, hidden=True, help="Go on from an ending that has a way on."
)
@force_option
@click.option("--all", "every", is_flag=True, help="Every ending, into a new folder: -o DIR.")
@click.option(
    *("--leaflets", "rack"),
    is_flag=True,
    help=f"Leaflets for everybody. [default: -o {_LEAFLETS}]",
)
@click.option("--record", is_flag=True, help="An empty form, to note what was said.")
@click.option("--name", metavar="CLUB", hidden=True, help="With --leaflets: yours.")
@click.option(
    *("--vary", "vary"),
    multiple=True,
    metavar="FACT",
    hidden=True,
    help="With --all: what to write sheets of their own for. [default: teller, age, nation]",
)
@click.option("--yes", is_flag=True, hidden=True, help="With --all: write them however many.")
@walk_options
def command(tree: str | None, **options: Any) -> None:
    """Ask what has happened, and write the advice as a sheet to print."""
    asked = _Asked(**{name: options.pop(name) for name in _Asked.__struct_fields__})
    output = _output(tree, asked, options)
    if asked.every:
        _write_every_ending(tree, output, asked, options)
    elif asked.rack:
        _write_rack(tree, output, asked, options)
    elif asked.record:
        _write_record(output, asked, options)
    else:
        _write_one(tree, output, asked, options)


def _output(tree: str | None, asked: _Asked, known: Mapping[str, Any]) -> str:
    """Where to write. Raises a usage error for options that do not go together."""
    output = _LEAFLETS if asked.output is None and asked.rack else asked.output
    if output is None:
        told = "Say where to write it: -o advice.html, or -o - for the output."
        raise click.UsageError(told)
    folder = asked.every or asked.rack
    for_some = asked.discreet or known["teller"] or known["given"]
    refuse_first(
        (asked.every and asked.rack, "--all and --leaflets do not go together."),
        (asked.name is not None and not asked.rack, "--name goes with --leaflets."),
        ((asked.vary or asked.yes) and not asked.every, "--vary and --yes go with --all."),
        (
            asked.every and asked.carry_on,
            "--carry-on is for one sheet, and does not go with --all.",
        ),
        (
            asked.rack and (asked.carry_on or for_some or asked.large),
            _SAME_FOR_EVERYBODY,
        ),
        (
            asked.record and (folder or asked.carry_on or for_some or known["nation"] or tree),
            _SAME_FOR_ALL_TOPICS,
        ),
        (
            folder and output == OUTPUT,
            f"--{'all' if asked.every else 'leaflets'} needs a folder: -o DIR.",
        ),
    )
    return output


def _write_one(tree: str | None, output: str, asked: _Asked, known: Mapping[str, Any]) -> None:
    """Write the sheet of one ending, after asking the questions that are left."""
    writer = Writer.of("-o", output, asked.format_, force=asked.force, large=asked.large)
    clock_of(asked.moment)  # a malformed moment is refused before anything is asked
    begun = beginning(tree, **known)
    leave_no_core_dump()
    walk, discreet = _already(begun, asked), asked.discreet
    if walk is None:
        talked = _talked(begun, writer, asked)
        if talked is None:
            return
        walk, discreet = talked
    writer.write(
        sheet_of(
            walk,
            day_of(asked.moment),
            large=asked.large,
            discreet=discreet,
        )
    )


def _already(begun: Beginning, asked: _Asked) -> Walk | None:
    """The walk at its ending, if nothing is left to ask."""
    if begun.tree is None:
        return None
    begin = Walk.begin(begun.reading.library, begun.tree, begun.given)
    walk = play_known(begin, begun.given, carry_on=asked.carry_on)
    return walk if isinstance(walk.here, Outcome) else None


def _talked(begun: Beginning, writer: Writer, asked: _Asked) -> tuple[Walk, bool] | None:
    """Ask what is left: the ending and whether its sheet is discreet, or None for no sheet.

    The modules of a conversation are imported here, because most sheets are written without one.
    """
    from ...terminal.save_prompt import Saving
    from ...terminal.walk_session import WalkSession, Wish
    from ..terminal_session import hold

    on: TextIO | None = sys.stdout if writer.path else sys.stderr
    if on is None:
        raise click.ClickException("There is nowhere to ask: the output for errors is closed.")
    asks = streams.is_terminal(sys.stdin)
    place = str(writer.path or "")
    wish = Wish(place, discreet=asked.discreet, carry_on=asked.carry_on, asks=asks)

    def talk(face: Ui) -> tuple[Walk, Saving]:
        clock = clock_of(asked.moment)
        one = WalkSession(face, begun.reading, clock, index=begun.index)
        return one.to_paper(begun.tree, begun.given, wish)

    said = hold(talk, plain=asked.plain, on=on)
    if said is None or said[1] is Saving.NOT:
        return None
    walk, saving = said
    return walk, asked.discreet or saving is Saving.DISCREET


def _write_every_ending(
    tree: str | None, output: str, asked: _Asked, known: Mapping[str, Any]
) -> None:
    """Write the sheets of every ending into a folder."""
    from ...sheets.discretion import Discretion
    from ...sheets.leaflets import Order
    from ..leaflets import every_ending

    today = day_of(asked.moment)
    format_ = named(asked.format_) if asked.format_ else FORMATS[0]
    writer = FolderWriter.of(output, (format_,), force=asked.force, large=asked.large)
    begun = beginning(tree, whole=True, **known)
    order = Order(
        trees=(tree,) if tree else tuple(begun.reading.files),
        printed_on=today,
        vary=asked.vary or PEOPLE,
        given={fact: each for fact, each in begun.given.items() if fact not in asked.vary},
        large=asked.large,
        discretion=Discretion.of(begun.reading.walkable) if asked.discreet else None,
    )
    writer.fill(every_ending(begun.reading, order, yes=asked.yes))


def _write_rack(tree: str | None, output: str, asked: _Asked, known: Mapping[str, Any]) -> None:
    """Write leaflets for everybody into a folder, in HTML and PDF if no format is named."""
    from ...sheets.rack import Rack
    from ..leaflets import rack_leaflets

    today = day_of(asked.moment)
    wished = [named(asked.format_)] if asked.format_ else [e for e in FORMATS if e.offered]
    formats = [each for each in wished if asked.format_ or each.available]
    if formats != wished:
        echo(say("rack.without"))
    writer = FolderWriter.of(output, formats, force=asked.force)
    begun = beginning(tree, **known)
    library = begun.reading.library
    nation = next(iter(begun.given.get("nation", ())), None)
    how = Rack(today, nation, library.organisation if asked.name is None else asked.name)
    writer.fill(rack_leaflets(begun.reading, (tree,) if tree else tuple(library.trees), how))


def _write_record(output: str, asked: _Asked, known: Mapping[str, Any]) -> None:
    """Write the page on which a worker writes down what they were told and who they told."""
    from ...sheets.record import record_page

    writer = Writer.of("-o", output, asked.format_, force=asked.force, large=asked.large)
    where = {name: known[name] for name in ("trees_folder", "only", "local_file", "language")}
    record = read(**where, trees=()).library.record
    if record is None:
        raise click.ClickException("This library's record.yaml has a mistake: fingerpost check")
    writer.write(record_page(record, large=asked.large), "it is empty")
