"""Every command over libraries with several mistakes at once, anywhere.

Each ends with 0 to 3: it refuses the library, or leaves out what cannot be used.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from hypothesis import strategies as st

from ..reading.test_broken_libraries import COMMANDS
from ..support.doctoring import layer, texts
from ..support.spoiling import CHANGES, KINDS, spoilt
from .inside import REHEARSALS, SMALL, ended
from .kind import Kind
from .reading import DRAWN as ANY_FILE
from .reading import encoded

LIBRARIES = {"first": SMALL, "threat": REHEARSALS}
"""Each by the tree that is asked for."""

SOUND = {tree: texts(folder) for tree, folder in LIBRARIES.items()}

Slip: TypeAlias = tuple[int, int, int, int]

SLIP = st.tuples(
    st.integers(0, len(CHANGES) - 1),
    st.integers(0, len(KINDS) - 1),
    st.integers(0, 999),
    st.integers(0, 999),
)
SLIPS = st.lists(SLIP, min_size=1, max_size=3)
LOST = st.one_of(st.none(), st.none(), st.integers(0, 30))
MORE = st.one_of(st.none(), st.none(), st.tuples(st.integers(0, 30), ANY_FILE))
"""A file that is not there, and one at whose end stands something else."""

DRAWN = st.tuples(st.sampled_from(sorted(LIBRARIES)), SLIPS, LOST, MORE)


def inputs(drawn: tuple[object, ...]) -> Iterator[list[object]]:
    """The broken library with every command."""
    yield from ([command, *drawn] for command in COMMANDS)


def run(
    drawn: tuple[str, str, list[Slip], int | None, tuple[int, str] | None], folder: Path
) -> None:
    command, tree, slips, lost, more = drawn
    files = dict(
        spoilt(SOUND[tree], [(CHANGES[c], KINDS[k], one, two) for c, k, one, two in slips])
    )
    if lost is not None:
        del files[sorted(files)[lost % len(files)]]
    with TemporaryDirectory(dir=folder) as around:
        library = layer(Path(around) / "library", files)
        if more is not None:
            with (library / sorted(files)[more[0] % len(files)]).open("ab") as file:
                file.write(encoded(more[1]))
        out = Path(around) / "out"
        line = [
            each.format(library=library, sound=LIBRARIES[tree], tree=tree, out=out)
            for each in COMMANDS[command]
        ]
        alone = [] if line[0] == "diff" else ["--only", "--trees", str(library)]
        ended([*line, *alone], Path(around), "1\n" * 8 + "q\n" * 4)


KIND = Kind(
    "commands",
    "Whole commands over broken libraries, with a few mistakes anywhere",
    DRAWN,
    run,
    quick=1,
    slow=8,
    inputs=inputs,
)
