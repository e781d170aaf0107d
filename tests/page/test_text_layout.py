"""Lines that fit a width and pages that fit a height, whatever is written in them."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from fingerpost.page.text_layout import GAP, Block, Line, Style, cells, height, pages, text, wrap

WHOLE = (
    "999",
    "0800 1111",
    "116 123",
    "0300 123 3000",
    "+44 20 7946 0001",
    "+44 (0)20 7946 0001",
    "(020) 7946 0001",
    "020-7946-0001",
    "85258",
    "https://www.childline.org.uk",
    "https://example.org/a-very-long-way/that-is-wider-than-any/narrow-window?and=more",
)
"""What somebody dials or types: it may never stand on two rows."""

PLAIN_WORDS = st.text("abcdefghij’“éŵ", min_size=1, max_size=14)
WIDE_WORDS = st.sampled_from(["漢字", "😀", "e\u0301galit\u0301e", "नमस्ते", "👩\u200d👧", "ﷺ"])
WORDS = st.one_of(PLAIN_WORDS, st.sampled_from(WHOLE), WIDE_WORDS)
# A letter between two numbers: a number is told from its neighbour by what stands between.
TEXTS = st.lists(WORDS, max_size=25).map(lambda words: " and ".join(words))
WIDTHS = st.integers(20, 200)
BEFORES = st.sampled_from([("", 0), ("  ", 4), (" 1. ", 4), ("Worker: ", 8), ("  10. [x] ", 10)])
LINES = st.builds(
    lambda text, before, style: Line(text, style, before[0], before[1]),
    TEXTS,
    BEFORES,
    st.sampled_from(Style),
)
BLOCKS = st.one_of(st.just(GAP), st.lists(LINES, min_size=1, max_size=5).map(tuple))


@given(TEXTS, WIDTHS, BEFORES)
@settings(max_examples=50, deadline=None)
def test_rows_joined_again_are_what_was_written(
    written: str, width: int, before: tuple[str, int]
) -> None:
    first, hang = before
    rows = wrap(Line(written, before=first, hang=hang), width, breaks=False)
    assert rows[0].startswith(first.rstrip())
    assert all(row.startswith(" " * hang) for row in rows[1:])
    joined = " ".join([rows[0][len(first) :], *(row[hang:] for row in rows[1:])])
    assert joined == written


@given(TEXTS, WIDTHS, BEFORES)
@settings(max_examples=50, deadline=None)
def test_numbers_and_addresses_stand_whole_on_one_row(
    written: str, width: int, before: tuple[str, int]
) -> None:
    rows = wrap(Line(written, before=before[0], hang=before[1]), width, breaks=False)
    for whole in WHOLE:
        pattern = rf"(?<![\w+]){re.escape(whole)}(?!\w)"
        on_rows = sum(len(re.findall(pattern, row)) for row in rows)
        assert on_rows >= len(re.findall(pattern, written))


@given(TEXTS, WIDTHS, BEFORES)
@settings(max_examples=50, deadline=None)
@example("+44 (0)20 7946 0001", 20, ("  ", 4))
def test_only_a_single_word_makes_a_row_too_long(
    written: str, width: int, before: tuple[str, int]
) -> None:
    first, hang = before
    for row in wrap(Line(written, before=first, hang=hang), width):
        if cells(row) > width:
            own = row.removeprefix(first).lstrip()  # what hangs further in begins with it too
            assert " " not in own or any(whole in own for whole in WHOLE)


def test_a_number_that_would_not_fit_goes_to_the_next_row_whole() -> None:
    assert wrap(Line("Ring Childline 0800 1111"), 20) == ["Ring Childline", "0800 1111"]
    assert wrap(Line("Ring Childline 0800 1111", before="  ", hang=4), 20) == [
        "  Ring Childline",
        "    0800 1111",
    ]


def test_an_address_ends_a_row_after_a_slash_else_after_a_hyphen_and_never_within_a_name() -> None:
    written = "Web https://www.childline.org.uk/online-mobile-safety/report-remove/"
    assert wrap(Line(written, before="  ", hang=4), 48) == [
        "  Web https://www.childline.org.uk/",
        "    online-mobile-safety/report-remove/",
    ]
    assert wrap(Line(written), 18)[-3:] == ["online-mobile-", "safety/", "report-remove/"]


def test_cells_are_what_a_terminal_takes() -> None:
    assert cells("abc") == 3
    assert cells("ŵ") == cells("w\u0302") == 1
    assert cells("漢字") == 4
    assert cells("a\u200db") == 2


@given(st.lists(BLOCKS, max_size=14), WIDTHS, st.integers(1, 40))
@settings(max_examples=50, deadline=None)
def test_pages_show_every_line_in_order(blocks: list[Block], width: int, rows: int) -> None:
    shown = [line for page in pages(blocks, width, rows) for line in page]
    written = [line for block in blocks for line in block]
    assert [line for line in shown if line.text or line.before] == [
        line for line in written if line.text or line.before
    ]


@given(st.lists(BLOCKS, max_size=14), WIDTHS, st.integers(1, 40))
@settings(max_examples=50, deadline=None)
def test_a_page_is_no_taller_than_the_window(blocks: list[Block], width: int, rows: int) -> None:
    for page in pages(blocks, width, rows):
        tall = [height(wrap(line, width), width) for line in page]
        assert sum(tall) <= rows or len(tall) == 1


@given(st.lists(BLOCKS, max_size=14), WIDTHS, st.integers(1, 40))
@settings(max_examples=50, deadline=None)
def test_a_block_that_fits_a_page_is_not_parted(blocks: list[Block], width: int, rows: int) -> None:
    # Lines that look the same are told apart by who they are, not by what they say.
    marked = [
        tuple(Line(f"{i}:{j} {line.text}", line.style) for j, line in enumerate(block))
        for i, block in enumerate(blocks)
    ]
    on_page = {
        line.text: number for number, page in enumerate(pages(marked, width, rows)) for line in page
    }
    for block in marked:
        if sum(height(wrap(line, width), width) for line in block) <= rows:
            assert len({on_page[line.text] for line in block}) == 1


def test_text_has_every_block_and_can_do_nothing() -> None:
    blocks = [(Line("Childline\x1b[3J"), Line("Phone 0800 1111", before="  ", hang=4)), GAP]
    assert text(blocks) == "Childline\ufffd[3J\n  Phone 0800 1111\n\n"
    assert text([(Line("one\ntwo"),)]) == "one two\n"
