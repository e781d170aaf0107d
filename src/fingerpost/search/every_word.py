"""Which of some things say every word that is looked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_SHORTEST_BEGINNING = 4
"""Letters; a shorter word stands for nothing but itself."""

MOST_WORDS = 60
"""A frightened person may write a lot, but who looks for something needs no more than this."""


def saying_all(wanted: Iterable[str], said: Mapping[str, frozenset[str]]) -> list[str]:
    """The names of those that say every one of these stems, or a longer one that begins with it.

    ``said`` are the stems that each says, by its name. Nothing wanted is said by all.
    """
    known = frozenset[str]().union(*said.values())
    forms = [{stem, *_longer(stem, known)} for stem in wanted]
    return [
        name for name, stems in said.items() if not any(form.isdisjoint(stems) for form in forms)
    ]


def _longer(stem: str, known: Iterable[str]) -> Iterable[str]:
    if len(stem) < _SHORTEST_BEGINNING:
        return ()
    return (other for other in known if other.startswith(stem))
