"""What has been read: a library, the mistakes in it, and its files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..model.base import Frozen, field, replace
from ..model.diagnostics import Diagnostic, Severity
from ..model.graph import breadth_first
from ..model.library import Library
from . import cross_references
from .folders import CannotRead


class Reading(Frozen):
    """A library, every mistake in it, and the text of each file by its name in messages.

    ``local_mistakes`` are those of the ``local_file``, which is then left out of the library;
    ``without_local`` is the library without it, or None if there is none. ``files`` maps each tree
    that exists, readable or not, to its file. ``apart`` are the files that no walk reads: rules,
    cases and word lists. ``own_cases`` are the files of cases that a trainer added.
    """

    library: Library
    mistakes: tuple[Diagnostic, ...]
    local_mistakes: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    own_cases: frozenset[str] = frozenset()
    without_local: Library | None = None
    local_file: str = ""

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The mistakes that are errors."""
        return tuple(each for each in self.mistakes if each.severity is Severity.ERROR)

    @property
    def blocking(self) -> tuple[Diagnostic, ...]:
        """The errors that keep the library from being used whole: those in a file that is apart do
        not."""
        return tuple(each for each in self.errors if each.span.file not in self.apart)

    @property
    def walkable(self) -> Library:
        """The library without the trees that cannot be walked, and without their cases."""
        trees = self.library.trees
        if self.blocking:
            trees = {n: tree for n, tree in trees.items() if not self.stopping(n)}
        cases = {n: case for n, case in self.library.cases.items() if case.tree in trees}
        return replace(self.library, trees=trees, cases=cases)

    def stopping(self, name: str) -> tuple[Diagnostic, ...]:
        """The errors that keep a tree from being walked: in it, in a tree that it links to,
        or in what all trees share."""
        if not self.blocking:
            return ()
        trees = self.library.trees
        linked = set(
            breadth_first([name], lambda n: cross_references.links(trees[n]) if n in trees else ())
        )
        others = {file for other, file in self.files.items() if other not in linked}
        return tuple(mistake for mistake in self.blocking if mistake.span.file not in others)


def shipped() -> Path:
    """The folder of trees that come with fingerpost: in the package, else in a checkout."""
    package = Path(__file__).parents[1]
    for folder in (package / "trees", package.parent.parent / "trees"):
        if folder.is_dir():
            return folder
    raise CannotRead("The trees that come with fingerpost are missing. Install it again.")
