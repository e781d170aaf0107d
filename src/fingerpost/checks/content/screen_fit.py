"""FP410 and FP414: questions that are too long for a screen, and more doors than it takes.

A screen has at least 80 columns and 24 rows. Answers beyond the ninth are behind a filter and a
key, so what has to fit is the question and its first nine answers. The rows are an estimate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ...model.diagnostics import Diagnostic, Span
from ...model.facts import TELLERS
from ...model.library import Library
from ...model.tree import Answer, AnswerKind, Question
from ...walk.doors import AT_ONCE, entrances

_COLUMNS = 80
_ROWS = 24
_AROUND = 8  # the title, the way so far, the keys and the gaps between them
_NUMBER = 5  # columns before an answer: its number, or the box to tick
_WORKER = 8  # columns before the worker's note
_HALF_A_WORD = 3


def find(library: Library) -> Iterator[Diagnostic]:
    """Every question and every choice of doors that a screen cannot take."""
    yield from _questions(library)
    yield from _doors(library)


def _questions(library: Library) -> Iterator[Diagnostic]:
    """Every question with too many rows for the screen."""
    asked: dict[Span, Question] = {}
    for tree in library.trees.values():
        for question in tree.asked:
            shared = library.questions.get(question.fact) if question.shared else None
            # Shared words are judged once, unless a tree offers only some of their answers.
            if shared is not None and len(shared.answers) == len(question.answers):
                question = shared
            asked.setdefault(question.span, question)
    for question in asked.values():
        lists = [tuple(kind or answers[0] for kind, answers in question.listed)]
        lists += (answers for kind, answers in question.listed if kind)
        rows = max(_rows(question, each, reader) for each in lists for reader in TELLERS)
        if rows > _ROWS:
            yield Diagnostic(
                "FP410",
                f"“{question.name}” takes about {rows} rows, and a screen may have only {_ROWS}",
                question.span,
                hint="shorten the question, its note or its answers",
            )


def _rows(question: Question, listed: Sequence[Answer | AnswerKind], reader: str) -> int:
    """An estimate of the rows that a list of a question takes on the screen of a reader."""
    note = question.note.read_by(reader) if question.note and reader == "staff" else ""
    rows = _AROUND + bool(question.unticked)
    rows += _rows_of(question.ask.read_by(reader), _COLUMNS)
    rows += _rows_of(note, _COLUMNS - _WORKER)
    for answer in listed[:AT_ONCE]:
        rows += _rows_of(answer.say.read_by(reader), _COLUMNS - _NUMBER)
    return rows


def _rows_of(text: str, columns: int) -> int:
    """Words do not break, so a row is on average half a word short; 0 for no text."""
    return -(-len(text) // (columns - _HALF_A_WORD)) if len(text) > columns else bool(text)


def _doors(library: Library) -> Iterator[Diagnostic]:
    """The first line too many, once for all readers who have it. A folder that is laid over the one
    with the doors may add trees of its own."""
    told = set()
    shared = {Path(door.span.file).parent.parent for door in library.doors}
    trees = [
        n for n, t in library.trees.items() if not shared or Path(t.span.file).parent in shared
    ]
    for teller in TELLERS:
        lines = entrances(library, teller, trees)
        for door, behind in lines[AT_ONCE : AT_ONCE + 1]:
            span = door.span if door else library.trees[behind[0]].span
            if span not in told:
                told.add(span)
                yield Diagnostic(
                    "FP414",
                    f"a {teller} has {len(lines)} lines to choose from, and {AT_ONCE} have a key",
                    span,
                    hint="put trees behind one door, in shared/doors.yaml",
                )
