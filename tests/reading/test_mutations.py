"""A small library spoilt at random: reading and checking never crash, and what they say is true.

Some of what an author may get wrong is done to the small library that has one of everything. What
ships is spoilt in ``test_mutations_of_what_ships.py``.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from fingerpost.reading import loader

from ..support.doctoring import layer, texts
from ..support.judging import must_be_the_same
from ..support.spoiling import CHANGES, KINDS, LAW, SLIPS, Slips, changed_well, must_hold, spoilt

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("each_file_is_read_once")]

SOUND = Path(__file__).parents[1] / "fixtures" / "mistakes" / "sound"


@settings(LAW, max_examples=150)
@given(slips=SLIPS)
def test_a_small_library_spoilt_at_random(slips: Slips, capsys: pytest.CaptureFixture[str]) -> None:
    with TemporaryDirectory() as folder:
        must_hold(layer(Path(folder), spoilt(texts(SOUND), slips)), capsys)


@settings(LAW, max_examples=60)
@given(slips=SLIPS)
def test_a_small_library_changed_so_that_it_still_reads_well(
    slips: Slips, capsys: pytest.CaptureFixture[str]
) -> None:
    """Then everybody who can come to an ending is looked at one by one, and the checks agree."""
    with TemporaryDirectory() as folder:
        changed = layer(Path(folder), changed_well(Path(folder), texts(SOUND), slips))
        found = must_hold(changed, capsys)
        if all(mistake.code[:3] in ("FP3", "FP4") and mistake.code != "FP301" for mistake in found):
            must_be_the_same(loader.load([changed], whole=True).library, found)


def test_every_slip_changes_something_and_is_mostly_a_mistake() -> None:
    """What is done at random would be no trial if it did nothing, or if nobody minded it."""
    files, codes = texts(SOUND), set()
    done: set[object] = set()
    for change in dict.fromkeys(CHANGES):
        for kind in KINDS:
            for one in range(12):
                slipped = change(files, kind, one, one + 1)
                if slipped != files:
                    done |= {change, kind}
                    with TemporaryDirectory() as folder:
                        read = loader.load([layer(Path(folder), slipped)], whole=True)
                    codes.update(mistake.code for mistake in read.mistakes)
    assert done == {*CHANGES, *KINDS}
    assert {code[:3] for code in codes} == {"FP0", "FP1", "FP2"}
    assert len(codes) > 15
