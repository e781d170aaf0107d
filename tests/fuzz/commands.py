"""Every command over libraries with several mistakes at once, anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from hypothesis import strategies as st

from ..support.doctoring import layer, texts
from ..support.spoiling import CHANGES, KINDS, spoilt
from .inside import REHEARSALS, SMALL, ended
from .kind import Kind
from .reading import DRAWN as ANY_FILE
from .reading import encoded

NOW = ("--now", "2026-11-24")
COMMANDS = {
    "check": ("check", *NOW),
    "check, all of it": ("check", "--notices", "--strict", *NOW),
    "check as json": ("check", "--format", "json", *NOW),
    "trees": ("trees",),
    "walk": ("walk", "--plain", *NOW),
    "walk a tree": ("walk", "{tree}", "--plain", *NOW),
    "walk with facts": ("walk", "{tree}", "--plain", "--nation", "wales"),
    "sheet": ("sheet", "{tree}", "-o", "-", "--plain", *NOW),
    "all sheets": ("sheet", "--all", "-o", "{out}/all", "--vary", "teller", *NOW),
    "all sheets of a tree": ("sheet", "{tree}", "--all", "-o", "{out}/one", "--discreet", *NOW),
    "web": ("web", "-o", "-", *NOW),
    "rehearse": ("rehearse", "--plain", *NOW),
    "rehearse in a room": ("rehearse", "--room", "--topic", "{tree}", "--plain", *NOW),
    "rehearse a topic": ("rehearse", "--topic", "something has happened", "--plain", *NOW),
    "handout": ("rehearse", "--script", "-", "--topic", "{tree}", *NOW),
    "routes": ("routes", *NOW),
    "routes by need": ("routes", "line", "--need", "talk", "--nation", "wales", *NOW),
    "routes as json": ("routes", "--format", "json", "--open-now", *NOW),
    "routes to check": ("routes", "--to-check", *NOW),
    "graph": ("graph", "{tree}"),
    "graph as dot": ("graph", "{tree}", "--format", "dot"),
    "paths": ("graph", "{tree}", "--paths"),
    "paths of some": ("graph", "{tree}", "--paths", "--teller", "parent"),
    "diff from": ("diff", "{library}", "{sound}"),
    "diff to": ("diff", "{sound}", "{library}"),
}
"""Each command that reads a library, as a person would type it."""

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
    slow=10,
    inputs=inputs,
)
