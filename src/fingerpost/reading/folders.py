"""Find the files of a library in its folders, and read their bytes.

Folders are layers. A tree of an upper one replaces that of the same name below it, whose steps lead
to each other; any other file is laid over it, entry by entry.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias

from ..model.diagnostics import Diagnostic, Span
from ..model.sanitize import one_line
from ..model.spelling import closest, did_you_mean

ENDING = ".yaml"
OWN_CASES = "cases/own"
LISTS = (
    *("search", "discreet", "budgets", "record", "front-pages", "review-questions"),
    *("unsafe-lines", "approvals"),
)
"""Files beside the trees in which an upper layer adds to those below. A library without any takes
them from the shipped one, but for approvals."""

BESIDE = (f"rules{ENDING}", f"hazards{ENDING}")
"""Files beside the trees that no walk needs: a mistake in them stops none."""

Layers: TypeAlias = tuple[Path, ...]
"""The files of one name, the lowest first."""

LANGUAGES = "languages"
"""The folder of translations, to each of which an upper layer adds."""

SHARED_ADVICE = ("advice", "answers", "first-aid", "law")
"""The kinds of files of ``shared/`` whose lines any advice may use, by names that are in one of
them only."""

SHARED = ("questions", "needs", "words", *SHARED_ADVICE, "outcomes", "always", "opening", "doors")
"""The kinds of files of ``shared/``, first those that give names."""

LARGEST = 8 * 1024 * 1024
"""The most bytes that a file may have."""

_MOST_ENTRIES = 20_000
"""The most names in one folder, read or not."""

_MB = 1024 * 1024
_MOST_FILES, _MOST_TREES, _MOST_MB = 2_000, 500, 16
"""The limits of one library: its files, how many of them are trees, and how large all are. To read
a MB takes some 12 MB of memory, and ``check`` is to end in 500."""

_FOLDERS = ("", "shared", "routes", "cases", LANGUAGES)
_NEARLY_ENDINGS = (".yaml", ".yml", ".yaml.txt", ".yml.txt")


class CannotRead(Exception):
    """A folder or a file cannot be read. The message is one sentence for the user."""

    def __init__(self, sentence: str) -> None:
        super().__init__(one_line(sentence))  # it names files


class TooMuch(CannotRead):
    """A library has more of something than it may."""

    code = "FP014"

    def __init__(self, sentence: str) -> None:
        super().__init__(f"{sentence} To read why: fingerpost check --explain {self.code}")


def library_files(folders: Iterable[Path]) -> tuple[dict[str, Layers], list[Diagnostic]]:
    """Every YAML file of a library, by its name relative to the folder; and a warning for each
    file that nothing reads although its name nearly says so.

    Each layer of one of ``LISTS`` and of a language is read by itself, so its name includes the
    layer, as in ``search/000``.
    """
    found: dict[str, Layers] = {}
    warnings: list[Diagnostic] = []
    for layer, folder in enumerate(folders):
        for part in _FOLDERS:
            inside, strays = _split(_inside(folder, part), part)
            for path in inside:
                is_list = part == LANGUAGES or (not part and path.stem in LISTS)
                name = f"{path.stem}/{layer:03}" if is_list else path.name
                name = f"{part}/{name}" if part else name
                is_tree = not part and name not in BESIDE
                found[name] = (path,) if is_tree else (*found.get(name, ()), path)
            warnings += strays
    return found, warnings


def refuse_too_much(files: Mapping[str, Layers], trees: int) -> None:
    """Raise TooMuch for more files than a library may have, ``trees`` of which are trees, before
    any of them is read."""
    paths = tuple(chain.from_iterable(files.values()))
    found = (
        ("trees", trees, _MOST_TREES),
        ("files", len(paths), _MOST_FILES),
        ("MB in its files", sum(map(_size, paths)) // _MB, _MOST_MB),
    )
    for what, number, most in found:
        if number > most:
            raise TooMuch(f"A library may have {most:,} {what}. This one has {number:,}.")


def _size(path: Path) -> int:
    """The bytes that would be read of a file; none of one that cannot be, which is told of then."""
    try:
        return min(path.stat().st_size, LARGEST)
    except (OSError, ValueError):
        return 0


def case_files(folder: Path | None) -> tuple[dict[str, Layers], list[Diagnostic]]:
    """The files of a trainer's own cases, named so that they replace none of the library's."""
    if folder is None:
        return {}, []
    inside, warnings = _split(_inside(folder, "", of="cases"), "cases")
    if not inside and not warnings:
        raise CannotRead(f"There are no cases in {folder}. A file of cases ends in {ENDING}.")
    return {f"{OWN_CASES}/{path.name}": (path,) for path in inside}, warnings


def read_file(path: Path) -> bytes:
    """The bytes of an ordinary file, up to one more than ``LARGEST``.

    Raises CannotRead, with a sentence, for anything else: a folder, a device, no permission.
    """
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise CannotRead(f"{path} is a folder. It should be a file.")
        if not stat.S_ISREG(found.st_mode):
            raise CannotRead(f"{path} is not an ordinary file.")
        expected = min(found.st_size, LARGEST)
        with path.open("rb") as file:
            data = file.read(expected + 1)  # to allocate LARGEST takes four times as long
            return data if len(data) <= expected else data + file.read(LARGEST - expected)
    except (OSError, ValueError) as error:
        raise CannotRead(f"{path} cannot be read: {_reason(error)}.") from error


def outside(paths: Iterable[Path], folders: Iterable[Path]) -> Iterator[Path]:
    """The files that stand in none of some folders, but behind a link in one of them."""
    within = tuple(folder.resolve() for folder in folders)
    real = cache(Path.resolve)
    for path in paths:
        place = path.resolve() if path.is_symlink() else real(path.parent)
        if not any(place.is_relative_to(folder) for folder in within):
            yield path


def shown(path: Path) -> str:
    """A path as messages name it: relative to the working folder if it lies below it."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except (OSError, ValueError):
        return str(path)


def _reason(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "it is not there"
        case PermissionError():
            return "you do not have permission"
        case OSError(strerror=str(words)):
            return words.lower()
        case _:
            return str(error)


def _inside(folder: Path, part: str, of: str = "trees") -> list[Path]:
    """The contents of a folder of the library; empty if an inner one does not exist."""
    inside = folder / part
    if part and not os.path.lexists(inside):
        return []
    try:
        found = sorted(islice(inside.iterdir(), _MOST_ENTRIES + 1))
    except NotADirectoryError as error:
        raise CannotRead(f"{inside} is a file. It should be a folder of {of}.") from error
    except (OSError, ValueError) as error:
        raise CannotRead(f"{inside} cannot be read: {_reason(error)}.") from error
    if len(found) > _MOST_ENTRIES:
        raise TooMuch(f"{inside} has more than {_MOST_ENTRIES:,} files. Is it the right folder?")
    return found


def _split(paths: Iterable[Path], part: str) -> tuple[list[Path], list[Diagnostic]]:
    """The YAML files among some paths, and a warning for each stray."""
    found: list[Path] = []
    warnings: list[Diagnostic] = []
    for path in paths:
        if warning := _stray(path, part):
            warnings.append(warning)
        elif path.name.endswith(ENDING) and not path.name.startswith("."):
            found.append(path)
    return found, warnings


def _stray(path: Path, part: str) -> Diagnostic | None:
    """A warning for a file or folder that nothing reads, though its name nearly says so."""
    name = path.name
    ending = next((e for e in reversed(_NEARLY_ENDINGS) if name.lower().endswith(e)), "")
    stem = name[: len(name) - len(ending)]
    if name.startswith(".") or not stem:
        return None
    if ending and not name.endswith(ENDING):
        code, message = "FP217", f"this file is not read, because its name does not end in {ENDING}"
        hint = f"rename it to {stem}{ENDING}"
    elif ending and part == "shared" and stem not in SHARED:
        code, message = "FP218", f"no file of shared/ is called “{name}”"
        hint = did_you_mean(name, tuple(f"{kind}{ENDING}" for kind in SHARED))
    elif part or ending or name in _FOLDERS:
        return None
    elif (meant := closest(name.lower(), _FOLDERS[1:])) and path.is_dir():
        code, message = "FP218", f"this folder is not read, because it is not called “{meant}”"
        hint = f"rename it to {meant}"
    else:
        return None
    return Diagnostic(code, message, Span.start_of(shown(path)), hint=hint)
