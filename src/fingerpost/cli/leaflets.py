"""What ``fingerpost sheet --all`` and ``--leaflets`` write: leaflets, on an index that has them."""

from __future__ import annotations

import math
import os
import sys

import click

from ..model.library import Library
from ..page.messages import say
from ..reading.reading import Reading
from ..sheets.leaflet_index import Section, contents
from ..sheets.leaflets import Order, Pack, TooMany, pack
from ..sheets.rack import Rack, rack
from ..terminal.io.screen import progress_bar
from .context import known_facts, no_such, refuse
from .output import echo

MOST = 500
"""The number of sheets above which --yes is required."""


def every_ending(reading: Reading, order: Order, *, yes: bool) -> Section:
    """The sheets of an order; ``reading`` is a whole library, whose cases say what they are for.

    ``yes`` allows more than MOST. Ends the command if a tree of the order cannot be walked.
    """
    _refuse_mistakes(reading, order.trees)
    library = reading.walkable
    known = tuple(known_facts(library))
    for fact in order.vary:
        if fact not in known:
            raise no_such("fact", fact, known)
    return contents(library, order, _packed(library, order, yes=yes))


def rack_leaflets(reading: Reading, trees: tuple[str, ...], how: Rack) -> Section:
    """The leaflets of a rack. Ends the command if one of the trees cannot be walked."""
    _refuse_mistakes(reading, trees)
    made = rack(reading.library, trees, how)
    if not made.sections:
        raise click.ClickException(say("rack.none", tree=", ".join(trees)))
    echo(say("rack.to-make", count=len(made.papers())))
    return made


def _refuse_mistakes(reading: Reading, trees: tuple[str, ...]) -> None:
    stopping = tuple(dict.fromkeys(m for name in trees for m in reading.stopping(name)))
    if stopping:
        why = "No sheets can be made until these mistakes are mended:"
        refuse(why, stopping, reading.texts)


def _packed(library: Library, order: Order, *, yes: bool) -> Pack:
    """The pack, with the number of endings first and a bar meanwhile.

    Raises a usage error as soon as there are too many sheets, unless ``yes``.
    """
    endings = sum(len(library.trees[tree].outcomes) for tree in order.trees)
    echo(say("pack.to-look-at", count=endings))
    try:
        with progress_bar(endings, "Endings", sys.stderr, os.environ) as more:
            found = pack(library, order, more, math.inf if yes else MOST)
    except TooMany:
        raise click.UsageError(
            f"That would be more than {MOST} sheets. To make them all: --yes. To make fewer: name "
            "one tree, or --vary fewer facts. For some thirty leaflets that fit whoever takes "
            "one: --leaflets."
        ) from None
    echo(say("pack.to-make", count=len(found.leaflets) + len(found.apps)))
    return found
