"""Codes of sheets: real ones with a slip, made-up ones that add up, and any letters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hypothesis import strategies as st

from fingerpost.page.messages import catalogue
from fingerpost.walk import sheet_code
from fingerpost.walk.sheet_code import LETTERS, WrongCode, code_of, opened

from ..support.staged import small
from .kind import Kind, must

CODES = sorted({code_of(small(), case.tree, case.answers) for case in small().cases.values()})


def with_a_check(letters: str) -> str:
    """A code that adds up, of any letters but those of its check."""
    check = sheet_code._letters(sheet_code.crc32(letters.encode()), sheet_code._CHECK)
    return letters + check


DRAWN = st.one_of(
    st.sampled_from(CODES),
    st.tuples(st.sampled_from(CODES), st.text(max_size=3)).map("".join),
    st.text(LETTERS, min_size=14, max_size=14).map(with_a_check),
    st.text(f"{LETTERS}-", max_size=28),
)


def inputs(code: str) -> Iterator[str]:
    """A code with each slip of one letter, and of two that change places."""
    yield code
    for place in range(len(code)):
        before, letter, after = code[:place], code[place], code[place + 1 :]
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
    again = opened(small(), code_of(small(), found.tree, found.facts))
    must(again == found, "another person")


KIND = Kind(
    "codes",
    "Codes of sheets: real ones with a slip, made-up ones that add up, any letters",
    DRAWN,
    run,
    quick=4,
    slow=40,
    inputs=inputs,
)
