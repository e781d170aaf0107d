"""A sitting at a real terminal that is killed again and again loses nothing that was approved, and
counts no page that was not on the screen to its end."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import pexpect
import pytest

from fingerpost.approval.leaves import Leaves
from fingerpost.approval.status import signed_on
from fingerpost.page.approval import Fingerprints
from fingerpost.reading.files.review import signed

from .library import DAY, FILES, sound, written

pytestmark = [pytest.mark.pty, pytest.mark.slow]

TREES, PAGES, KILLS = 6, 18, 10
MOST_KEYS = 60
PATIENCE = 20.0
"""Seconds until we give up on a machine that is busy with other things."""

WORD = re.compile(r"w\d+x\d+x\d+")
HEADER = re.compile(r"all trees: part (\d+) of \d+ ·")


def library(folder: Path, chance: Random) -> Path:
    """A hundred pages, each of one screen to three, with words of its own."""
    trees = {}
    for tree in range(TREES):
        asks = "  safe: {use: safe, goto: {yes: e0, no: e1, not-sure: next}}\n"
        ends = "".join(f"a{page}: {{say: To {page}, goto: e{page}}}, " for page in range(2, PAGES))
        asks += f"  next: {{ask: And?, answers: {{{ends} not-sure: {{say: Or, goto: e0}}}}}}\n"
        pages = ""
        for page in range(PAGES):
            lines = "".join(
                f"{{do: This is w{tree}x{page}x{line}.}}, " for line in range(chance.randint(1, 14))
            )
            pages += f"  e{page}: {{title: T, urgency: soon, open: O., needs: [talk], "
            pages += f"advice: [{lines}]}}\n"
        trees[f"t{tree}.yaml"] = (
            f"fingerpost: 1\ntitle: Tree {tree}\nabout: A.\ngiven: {{teller: staff}}\n"
            f"review-by: 2027-05-31\nstart: safe\nquestions:\n{asks}outcomes:\n{pages}"
        )
    others = {name: text for name, text in FILES.items() if name not in ("one.yaml", "two.yaml")}
    return written(folder, {**others, "discreet.yaml": "harmless: tree\n", **trees})


def sat(folder: Path, chance: Random) -> str:
    """All that was on the screen of somebody who reads, sometimes approves too early, and is killed
    at some moment."""
    where = ["--trees", str(folder), "--only", "--now", DAY.isoformat()]
    child = pexpect.spawn(
        sys.executable,
        ["-m", "fingerpost", "approve", *where, "--by", "Jo", "--role", "Lead"],
        dimensions=(18, 80),
        env={**os.environ, "TERM": "xterm-256color"},
        timeout=PATIENCE,
        encoding="utf-8",
    )
    child.delaybeforesend = None
    child.expect("you sign as")
    child.send("g")
    said = str(child.before)
    for _ in range(chance.randint(0, MOST_KEYS)):
        child.send(chance.choice(("a", " ", "  a")))
        time.sleep(chance.uniform(0, 0.04))
        with suppress(pexpect.TIMEOUT, pexpect.EOF):
            said += child.read_nonblocking(65536, timeout=0.01)
    time.sleep(chance.uniform(0, 0.03))
    child.kill(signal.SIGKILL)
    said += child.read()  # what was written before, and had not been read
    child.close(force=True)
    return said


def test_a_sitting_that_is_killed_loses_nothing_and_counts_no_page_unseen(tmp_path: Path) -> None:
    chance = Random(KILLS)
    folder = library(tmp_path / "library", chance)
    fingerprints = Fingerprints(sound(folder))
    leaves, done = Leaves(fingerprints), frozenset[str]()
    every = list(leaves.of(None))
    for _ in range(KILLS):
        if all(done.issuperset(leaf.parts) for leaf in every):
            break
        said = sat(folder, chance)
        approvals, _comments, mistakes, _ = signed(folder / "approvals.yaml")
        assert mistakes == ()
        now = signed_on(fingerprints.signed(approvals, ()), DAY)
        shown = {*WORD.findall(said)}
        for part in now - done:
            of_part = {word for line in leaves.lines_of(part) for word in WORD.findall(line.says)}
            assert of_part <= shown, part
        # Who comes to a page has approved those before it.
        come = max(map(int, HEADER.findall(said)), default=1)
        kept = {part for leaf in every[: come - 1] for part in leaf.parts}
        assert now >= done | kept
        done = now
    assert len(done) > 15  # however slow the machine
