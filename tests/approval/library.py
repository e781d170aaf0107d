"""A library of two trees with one of everything that an approval covers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from fingerpost.approval.leaves import Leaves
from fingerpost.approval.signing import A_YEAR, Signature, as_yaml, sign
from fingerpost.approval.status import standing
from fingerpost.model.diagnostics import Severity
from fingerpost.model.library import Library
from fingerpost.page.approval import Fingerprints
from fingerpost.reading.loader import load

DAY = date(2026, 11, 27)
SIGNED = Signature("Jo Field", "Safeguarding lead", DAY, DAY + A_YEAR)

_FIXTURE = Path(__file__).parents[1] / "fixtures" / "approved"
FILES: Mapping[str, str] = {
    path.relative_to(_FIXTURE).as_posix(): path.read_text("utf-8")
    for path in sorted(_FIXTURE.rglob("*.yaml"))
}


def written(folder: Path, files: Mapping[str, str] = FILES) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def sound(folder: Path) -> Library:
    reading = load([folder])
    assert [m for m in reading.mistakes if m.severity is Severity.ERROR] == []
    return reading.library


def signed(folder: Path, *trees: str) -> Library:
    """The library of a folder in which all its trees, or some, are approved as they stand, with
    what they share."""
    library = sound(folder)
    fingerprints = Fingerprints(library)
    parts = [part for leaf in Leaves(fingerprints).of(trees or None) for part in leaf.parts]
    approvals = sign((), fingerprints, SIGNED, parts)
    (folder / "approvals.yaml").write_text(as_yaml(approvals, ()), encoding="utf-8")
    return sound(folder)


def voided(folder: Path) -> set[str]:
    """The parts of trees that are not approved as they stand."""
    library = sound(folder)
    leaves = Leaves(Fingerprints(library))
    found = standing(leaves, leaves.fingerprints, (), DAY)
    return {part.name for part in found.parts if not part.holds}
