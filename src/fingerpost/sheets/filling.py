"""A folder that is kept filled with files of ours: only what is new, damaged or changed is made.

Beside the files lies a manifest of what each was made of and what it holds. It is written before
the files that it is the first to name, so whatever bears a name that it lists is ours, at whatever
moment we are interrupted; and a file that is not what the manifest says is made again. It holds no
time and no name of anybody. A file that it does not list is somebody else's, and is not touched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256

from ..cli.files import AlreadyThere, Folder
from ..model.base import Frozen

MANIFEST = "manifest.json"

_KIND = "fingerpost sheets 1"
"""What our manifests begin with; another number is another form, which we cannot read."""

_BATCH = 16
"""Files that are made before they are written together: the manifest is written so much less."""

_NAME = re.compile(r"[a-z]+(?:-[0-9]+)?\.[a-z]+")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Made(Frozen):
    """A file of ours: the hash of what it was made of, and of its bytes."""

    of: str
    holds: str


class Filling(Frozen):
    """What a folder is to hold, and what has to be done so that it does.

    ``wanted`` maps each name to the hash of what that file is made of, in the order in which they
    are made. ``guide`` is the one that tells what is in the others. ``listed`` is what the manifest
    has, ``taken`` are names of which there is a file that is not ours.
    """

    wanted: Mapping[str, str]
    guide: str
    listed: Mapping[str, Made]
    taken: tuple[str, ...]
    to_make: tuple[str, ...]

    @property
    def to_remove(self) -> tuple[str, ...]:
        """Files of ours that are no longer wanted."""
        return tuple(name for name in self.listed if name not in self.wanted)


def planned(folder: Folder | None, wanted: Mapping[str, str], guide: str) -> Filling:
    """What there is to do in a folder, or in one that is not there yet. Nothing is written.

    Raises NotWritten if the folder cannot be read.
    """
    there = folder.names() if folder else frozenset()
    known = _read(folder.read(MANIFEST)) if folder and MANIFEST in there else {}
    listed = {} if known is None else known
    taken = {name for name in wanted if name in there and name not in listed}
    if known is None:
        taken.add(MANIFEST)
    whole = {
        name
        for name, of in wanted.items()
        if folder
        and name in there
        and name in listed
        and listed[name].of == of
        and _hash(folder.read(name)) == listed[name].holds
    }
    return Filling(
        wanted, guide, listed, tuple(sorted(taken)), tuple(n for n in wanted if n not in whole)
    )


def fill(
    folder: Folder,
    plan: Filling,
    make: Callable[[str], bytes],
    made: Callable[[int], None],
    *,
    force: bool = False,
) -> tuple[str, ...]:
    """Do what was planned: ``make`` gives the bytes of a file, ``made`` is told of each few.

    Gives the names of files that were ours and are no longer wanted, but stay because somebody has
    changed them since. With ``force`` files that are not ours are replaced; otherwise nothing is
    done if there is one. Raises NotWritten; whatever ``make`` raises passes through. Everything in
    the folder is whole then too.
    """
    if plan.taken and not force:
        raise AlreadyThere(
            f"{folder.path / plan.taken[0]} is there already, and was not made by fingerpost "
            "in this folder. It is left as it is."
        )
    manifest = _Manifest(folder, dict(plan.listed), forced=force and MANIFEST in plan.taken)
    if plan.guide in plan.to_make:
        # Half way the old one would call new files by what was in the old ones.
        folder.remove(plan.guide)
    for names in _batches(plan.to_make):
        files = {name: make(name) for name in names}
        for name, data in files.items():
            manifest.listed[name] = Made(plan.wanted[name], _hash(data))
        manifest.write()
        for name, data in files.items():
            folder.write(name, data, replace=force or name in plan.listed)
        made(len(names))
    kept = tuple(name for name in plan.to_remove if not _removed(folder, name, plan.listed[name]))
    for name in plan.to_remove:
        del manifest.listed[name]
    manifest.write()
    return kept


def _batches(names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(names), _BATCH):
        yield names[start : start + _BATCH]


def _removed(folder: Folder, name: str, made: Made) -> bool:
    """Remove a file if it is still what we made; whether it is gone."""
    data = folder.read(name)
    if data is None:
        return name not in folder.names()
    if _hash(data) != made.holds:
        return False
    folder.remove(name)
    return True


# The manifest


class _Manifest(Frozen):
    """What is listed now, and how it comes into its file."""

    folder: Folder
    listed: dict[str, Made]
    forced: bool

    def write(self) -> None:
        """Write it if the file does not say the same already."""
        files = {name: {"of": each.of, "holds": each.holds} for name, each in self.listed.items()}
        text = json.dumps({"kind": _KIND, "files": files}, indent=1, sort_keys=True)
        data = f"{text}\n".encode()
        if self.forced or self.folder.read(MANIFEST) != data:
            self.folder.write(MANIFEST, data, replace=True)


def _read(data: bytes | None) -> dict[str, Made] | None:
    """What a manifest lists; None if it is no manifest of ours."""
    try:
        found = json.loads(data or b"")
        files = {name: Made(**each) for name, each in found["files"].items()}
        ours = found["kind"] == _KIND and all(map(_could_be_ours, files, files.values()))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return files if ours else None


def _could_be_ours(name: str, made: Made) -> bool:
    """Raises TypeError for hashes that are no texts."""
    hashes = (_SHA256.fullmatch(made.of), _SHA256.fullmatch(made.holds))
    return name != MANIFEST and all((_NAME.fullmatch(name), *hashes))


def _hash(data: bytes | None) -> str:
    return sha256(data or b"").hexdigest()
