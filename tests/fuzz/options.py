"""Options of every command, right and wrong, with any values."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click
from hypothesis import strategies as st

from fingerpost.cli.main import COMMANDS, program

from .inside import REHEARSALS, SMALL, ended
from .kind import Kind, must

VALUES = ["first", "second", "middle", "end", "police", "talk", "wales", "parent", "staff", "html"]
VALUES += [
    "txt",
    "json",
    "dot",
    "yes",
    "0",
    "1",
    "-1",
    "1000",
    "9" * 20,
    "1e3",
    "١",
    "x=y",
]
VALUES += ["age=13-15", "age=", "=13", "age", "nation=wales,england", "2026-11-24", "2026-13-45"]
VALUES += ["2026-12-25T03:00", "9999-12-31", "0001-01-01", "-", "--", "-x", "--all", "--only", "="]
VALUES += [".", "..", "out.html", "out.md", "out", "new.yaml", "HEAD:trees", ":x", "C:x", "FP101"]
VALUES += [
    "FP999",
    "tree",
    "shared",
    "İa",
    "K7QF-2M9T",
    "22222222",
    "\x1b[2J",
    "\x07",
]
VALUES += ["\udcff", "\u202e", "routes", "", " ", "\n", "a b", "a" * 5000]

GOOD = {
    "check": ["--explain", "FP101"],
    "new": ["a-new-one"],
}
GOOD |= {name: ["first"] for name in ("walk", "sheet", "graph")} | {"diff": [".", "."]}
"""What each command may be about, so that one line in two comes to its options."""

RIGHT = {"--now": "2026-11-24", "--given": "age=13-15", "-o": "out.html", "--vary": "teller"}
RIGHT |= {"--tree": "threat", "--limit": "3", "--need": "talk"}
RIGHT |= {"--review": "out.md", "--handout": "-", "--age": "13-15", "--topic": "something"}
RIGHT |= {"--book": "out.html"}
"""For some options a value that fits, which two lines in three have."""

WRITES = {"-o", "--book", "--init", "--review", "--handout", "--trees"}


def words_of(name: str) -> st.SearchStrategy[list[str]]:
    """What may stand after a command: its options, each mostly with one of its values."""
    command = program.get_command(click.Context(program), name) if name else program
    assert command is not None
    anything = st.one_of(
        st.sampled_from(VALUES),
        # No command line can hold a NUL, and this one leads out of no folder.
        st.text(st.characters(codec="utf-8", exclude_characters="\x00/\\"), max_size=8),
    )
    pieces = [st.tuples(anything).map(list)]
    for each in command.params:
        if not isinstance(each, click.Option) or each.name == "format_":
            continue
        opts, fits = st.sampled_from(each.opts), [RIGHT[o] for o in each.opts if o in RIGHT]
        if isinstance(each.type, click.Choice):
            fits = [*each.type.choices]
        right = st.sampled_from(fits) if fits else anything
        value = st.one_of(right, right, anything)
        pieces.append(opts.map(lambda o: [o]) if each.is_flag else st.tuples(opts, value).map(list))
    begun = st.sampled_from([[name], [name, *GOOD.get(name, [])]])
    options = st.lists(st.one_of(*pieces[1:], *pieces[1:], pieces[0]), max_size=4)
    return st.tuples(begun, options).map(lambda both: sum(both[1], both[0]))


NAMES = st.sampled_from(["", *COMMANDS])
LINES = NAMES.flatmap(words_of)


def run(line: list[str], folder: Path) -> None:
    with TemporaryDirectory(dir=folder) as around:
        here = Path(around) / "here"
        here.mkdir()
        shipped = REHEARSALS if line[0] == "rehearse" else SMALL
        ended(line if line[0] else line[1:], here, "1\n" * 6 + "q\n", shipped)
        asked_above = line[0] == "new" and ".." in line
        must([*Path(around).iterdir()] == [here] or asked_above, "something beside the folder")
        wrote = {line[0], *line} & {"new", *WRITES}
        must(wrote or not any(here.iterdir()), "a file that nobody asked for")


KIND = Kind(
    "options",
    "Options of every command, right and wrong, with any values",
    LINES,
    run,
    quick=50,
    slow=300,
)
