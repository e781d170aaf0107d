"""What could go wrong, the figure that is held to, and the test that holds it: ``threats.tsv``."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple


class Threat(NamedTuple):
    """``test`` is a file of tests and, after two colons, one of its functions."""

    what: str
    figure: str
    test: str

    @property
    def file(self) -> str:
        return self.test.partition("::")[0]

    @property
    def function(self) -> str:
        return self.test.partition("::")[2]


with Path(__file__).with_suffix(".tsv").open(encoding="utf-8", newline="") as _table:
    THREATS = tuple(
        Threat(**row) for row in csv.DictReader(_table, delimiter="\t", quoting=csv.QUOTE_NONE)
    )
