"""The page on which a worker writes down by hand what a young person has told them.

Nothing that is written on it is known to any program: it is printed empty.
"""

from __future__ import annotations

from ..model.library import Record
from .document import Blank, Document, Points


def record_page(record: Record, *, large: bool = False) -> Document:
    """The empty page of ``record.yaml``, on one side but in large print."""
    worker = "staff"
    title, above = record.title.read_by(worker), (each.read_by(worker) for each in record.say)
    blanks = (Blank(each.ask.read_by(worker), max(each.lines, 1)) for each in record.blanks)
    return Document(title, (Points(tuple(above)), *blanks), most_sides=1, large=large)
