"""What a person typed to find what has happened, and the kinds of danger that it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.facts import WROTE, Facts

if TYPE_CHECKING:
    from .trees import TreeSearch


class OwnWords:
    """The texts that were typed one after the other. Letters that are added to a text make it
    longer; what was taken back was typed all the same."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def __bool__(self) -> bool:
        """Whether anything was typed."""
        return bool(self._texts)

    def add(self, said: str) -> None:
        """Add a text as it stands after a key, or whole."""
        last = self._texts[-1] if self._texts else ""
        if last.startswith(said):
            return
        if last and said.startswith(last):
            self._texts.pop()
        self._texts.append(said)

    def known(self, facts: Facts, search: TreeSearch) -> Facts:
        """These facts with the kinds of danger that the texts speak of."""
        kinds = facts.get(WROTE, frozenset()).union(*map(search.danger_written, self._texts))
        return {**facts, WROTE: kinds} if kinds else facts
