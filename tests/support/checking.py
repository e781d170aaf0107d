"""One check by itself, as the runner calls it."""

from __future__ import annotations

from types import ModuleType

from fingerpost.checks import registry
from fingerpost.model.diagnostics import Diagnostic
from fingerpost.model.library import Library
from fingerpost.model.text_index import Wording
from fingerpost.proof.prover import Proofs

_PACKAGE = str(registry.__package__)


def found_by_every_check(library: Library, proofs: Proofs | None = None) -> list[Diagnostic]:
    """What all checks find that do not depend on the day. As in the program, they share one
    exploration of the paths."""
    shared = proofs or Proofs(library)
    return [*found_beside_paths(library), *registry.find(registry.OF_PATHS, shared)]


def found_beside_paths(library: Library) -> list[Diagnostic]:
    """What those of them find that look at no path. They share one index of the sentences."""
    groups: tuple[tuple[tuple[str, ...], object], ...] = (
        (registry.OF_ANY, library),
        (registry.OF_SOUND_PATHS, library),
        (registry.OF_SOUND, library),
        (registry.OF_WORDS, Wording(library)),
    )
    return [each for group, about in groups for each in registry.find(group, about)]


def found_by(
    check: ModuleType, library: Library, *more: object, proofs: Proofs | None = None, only: str = ""
) -> tuple[Diagnostic, ...]:
    """What a check finds in a library, in the order of the files, or what has ``only`` this code.
    Checks of paths that are given the same ``proofs`` share one exploration, as in the program."""
    name = check.__name__.removeprefix(f"{_PACKAGE}.")
    about: object = library
    if name in registry.OF_PATHS:
        about = proofs or Proofs(library)
    elif name in registry.OF_WORDS:
        about = Wording(library)
    found = (each for each in check.find(about, *more) if only in ("", each.code))
    return tuple(sorted(found, key=lambda mistake: mistake.order))
