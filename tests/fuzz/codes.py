"""Codes of sheets: real ones with a slip, made-up ones that add up, and any letters.

A code opens to the walk that has this very code, or is refused in one sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hypothesis import strategies as st

from fingerpost.page.messages import catalogue
from fingerpost.walk import resume_code
from fingerpost.walk.autoplay import play_case
from fingerpost.walk.check_letters import LETTERS, WrongCode, read, written
from fingerpost.walk.resume_code import code_of, opened

from ..support.staged import small
from .kind import Kind, must

CODES = sorted({code_of(play_case(small(), case)) for case in small().cases.values()})


def made(tree: str, body: int, pick: int) -> str:
    """A code whose letters and whose tree are right, and whose answers are any number."""
    shape = resume_code._shape(small(), tree, wide=False)
    head = resume_code._together(resume_code._head(shape))
    masked = resume_code._hidden(body, pick) * resume_code._HEADS
    masked += head ^ resume_code._mask(body, pick)
    return written((masked * resume_code._PICKS + pick) * resume_code._FORMATS)


TREES = sorted(small().trees)
MADE = st.tuples(st.sampled_from(TREES), st.integers(0, 1 << 60), st.integers(0, 31))
DRAWN = st.one_of(
    st.sampled_from(CODES),
    st.tuples(st.sampled_from(CODES), st.text(max_size=3)).map("".join),
    st.integers(0, 1 << 90).map(written),
    st.text(f"{LETTERS}-", max_size=28),
    MADE,
)


def inputs(drawn: str | tuple[str, int, int]) -> Iterator[str]:
    """A code with each slip of one letter, and of two that change places; or a made-up one and
    those whose answers are the next numbers."""
    if not isinstance(drawn, str):
        tree, body, pick = drawn
        yield from (made(tree, body + more, pick) for more in range(40))
        return
    yield drawn
    for place in range(len(drawn)):
        before, letter, after = drawn[:place], drawn[place], drawn[place + 1 :]
        yield before + after
        yield before + after[:1] + letter + after[1:]
        yield from (before + other + after for other in LETTERS)


def run(code: str, _: Path) -> None:
    try:
        found = opened(small(), code)
    except WrongCode as wrong:
        must(f"code.wrong-{wrong.why}" in catalogue(), f"no sentence: {wrong}")
        return
    must(found.tree in small().trees, f"no such tree: {found.tree}")
    if found.walk is not None:
        must(read(code_of(found.walk)) == read(code), "the walk of another code")
        must(found.walk.facts == found.facts, "other facts than those of its walk")


KIND = Kind(
    "codes",
    "Codes of sheets: real ones with a slip, made-up ones that add up, any letters",
    DRAWN,
    run,
    quick=4,
    slow=40,
    inputs=inputs,
)
