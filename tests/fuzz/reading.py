"""Files: pieces of sound ones cut and doctored, signs of YAML, and raw bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hypothesis import strategies as st

from fingerpost.checks.reports.text import for_people
from fingerpost.model.diagnostics import Diagnostic, Span
from fingerpost.reading import yaml_reader
from fingerpost.reading.decode import readable
from fingerpost.reading.located import Mapping, Node, Sequence

from ..support.doctoring import texts
from .kind import Kind, must

FIXTURES = Path(__file__).parents[1] / "fixtures"
SIGNS = "abk -:?#|>[]{},&*!%@\"'\\\n\t~"
ODD = ("- ", ": ", "? ", "---", "...", "<<: ", "&a ", "*a", "!!x ", "|-", ">+", "%YAML 9.9")
ODD += ("\r", "\r\n", "\x00", "\x1b[2J", "\x85", "\u2028", "\ufeff", "\u202e", "\u00a0", "é\u0301")

FILES = [
    t.split("\n") for f in ("mistakes/sound", "every_key") for t in texts(FIXTURES / f).values()
]
PIECES = [
    "\n".join(rows[at : at + size]) for rows in FILES for size in (1, 3) for at in range(len(rows))
]


def text_of(data: bytes) -> str:
    """Any bytes as a text that JSON can hold, and ``encoded`` gives back."""
    return data.decode("utf-8", "surrogateescape")


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


DRAWN = st.one_of(
    st.text(SIGNS, max_size=10),
    st.sampled_from(PIECES),
    st.lists(st.sampled_from(PIECES) | st.sampled_from(ODD), min_size=2, max_size=4).map("".join),
    st.tuples(st.sampled_from(PIECES), st.binary(max_size=4)).map(lambda t: t[0] + text_of(t[1])),
    st.binary(max_size=16).map(text_of),
    st.sampled_from(PIECES).map(lambda piece: text_of(piece.encode("utf-16"))),
)


def inputs(drawn: str) -> Iterator[str]:
    """It, and it cut short, without a sign, and with another, at up to forty places."""
    yield drawn
    for place in range(0, len(drawn) + 1, len(drawn) // 40 + 1):
        before, after = drawn[:place], drawn[place:]
        yield before
        yield before + after[1:]
        for sign in SIGNS if len(drawn) < 12 else SIGNS[place % 4 :: 4]:
            yield before + sign + after


def run(text: str, _: Path) -> None:
    data = encoded(text)
    node, mistakes = yaml_reader.read(data, "a.yaml")
    must(node is not None or mistakes, "neither a node nor a mistake")
    shown = readable(data)
    if node is not None:
        nodes_must_be_inside(node, [len(row) for row in shown.split("\n")])
    if mistakes:
        must_be_told(mistakes, {"a.yaml": shown})


def must_be_told(mistakes: tuple[Diagnostic, ...], shown: dict[str, str]) -> None:
    """Each mistake lies in its file, and can be shown."""
    for mistake in mistakes:
        for span in (mistake.span, *(each.span for each in mistake.related)):
            must_be_inside(span, [len(row) for row in shown[span.file].split("\n")])
    told = for_people(mistakes, shown)
    must(all(each.code in told for each in mistakes), "a mistake is not shown")


def must_be_inside(span: Span, rows: list[int]) -> None:
    """``rows`` are the lengths of the file's lines."""
    inside = 1 <= span.line <= span.end_line <= len(rows)
    inside = inside and 1 <= span.column <= rows[span.line - 1] + 1
    inside = inside and 1 <= span.end_column <= rows[span.end_line - 1] + 1
    inside = inside and (span.line, span.column) <= (span.end_line, span.end_column)
    must(inside, f"outside the file: {span}")


def nodes_must_be_inside(node: Node, rows: list[int]) -> None:
    must_be_inside(node.span, rows)
    match node:
        case Mapping(by_text=entries):
            for entry in entries.values():
                must_be_inside(entry.key.span, rows)
                nodes_must_be_inside(entry.value, rows)
        case Sequence(items=items):
            for item in items:
                nodes_must_be_inside(item, rows)


KIND = Kind(
    "reading",
    "Files: pieces of sound ones cut and doctored, signs of YAML, raw bytes",
    DRAWN,
    run,
    quick=6,
    slow=60,
    inputs=inputs,
)
