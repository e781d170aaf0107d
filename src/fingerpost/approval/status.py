"""How the approval of each tree stands: as it is, changed since, overdue, or never."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ..model.approval import Approval
from ..model.base import Frozen
from ..page.approval import Fingerprints

BEFORE = "what is read before its pages"
"""The part for all that is read of a tree before an ending."""


class Part(Frozen):
    """A part that has changed: its name, which stays, and its title, if it still has one."""

    name: str
    title: str = ""


class Standing(Frozen):
    """The approval of one tree on a day; without an approval nobody ever read it."""

    tree: str
    approval: Approval | None
    parts: tuple[Part, ...] = ()
    overdue: bool = False

    @property
    def holds(self) -> bool:
        """Whether it is approved as it stands, and not overdue."""
        return self.approval is not None and not self.parts and not self.overdue


def standings(fingerprints: Fingerprints, trees: Iterable[str], on: date) -> list[Standing]:
    """How each of some trees stands."""
    return [_standing(fingerprints, name, on) for name in trees]


def _standing(fingerprints: Fingerprints, name: str, on: date) -> Standing:
    approval = fingerprints.library.approvals.get(name)
    if approval is None:
        return Standing(name, None)
    return Standing(name, approval, (*_parts(fingerprints, approval),), on > approval.until)


def _parts(fingerprints: Fingerprints, approval: Approval) -> Iterator[Part]:
    tree = fingerprints.library.trees[approval.tree]
    if approval.before != fingerprints.before(tree):
        yield Part(BEFORE)
    for name in fingerprints.changed(approval):
        outcome = tree.outcomes.get(name)
        yield Part(f"ending {tree.name}/{name}", outcome.title.read_by(None) if outcome else "")
